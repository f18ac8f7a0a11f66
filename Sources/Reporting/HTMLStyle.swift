/// The style sheet of the report: it stands in the page, so that the one file is enough.
enum HTMLStyle {
    /// Colours are pairs of at least 4.5 to 1 (WCAG 2.1 AA) on both schemes; print is always light.
    static let sheet: StaticString = """
        :root{color-scheme:light dark;--bg:#f5f6f8;--card:#fff;--ink:#1c2434;--soft:#556074;--line:#dde2ea;
        --link:#1d4f91;--code:#f3f5f8;--pass:#17663a;--pass-bg:#e6f4ec;--fail:#a3182a;--fail-bg:#fdebed;
        --error:#70389a;--error-bg:#f4ecfa;--open:#7d4a00;--open-bg:#fff2db;--idle:#4d5666;--idle-bg:#eceff3;--tag:#1d4f91}
        @media (prefers-color-scheme:dark){:root{--bg:#11151b;--card:#191f28;--ink:#e3e8f0;--soft:#a4aebe;--line:#2e3745;
        --link:#8fb9f2;--code:#12171e;--pass:#82d9a6;--pass-bg:#15301f;--fail:#ff9da6;--fail-bg:#40191f;
        --error:#d9adf4;--error-bg:#311f40;--open:#f3c57f;--open-bg:#382a10;--idle:#b4bdcb;--idle-bg:#262e3a;--tag:#8fb9f2}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
        #lang-fr:checked~* [lang=en],#lang-en:checked~* [lang=fr]{display:none}
        .switch{position:absolute;opacity:0;width:1px;height:1px}
        .skip{position:absolute;left:-999em}.skip:focus{left:1em;top:.5em;background:var(--card);padding:.5em 1em;z-index:2}
        .page{max-width:70rem;margin:0 auto;padding:1.25rem 1.5rem 4rem}
        .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.25rem;margin-bottom:1rem;font-size:.9rem;color:var(--soft)}
        .bar strong{color:var(--ink);letter-spacing:.06em}
        .bar .languages{margin-left:auto;display:flex;gap:.25rem}
        .bar label{padding:.15rem .6rem;border:1px solid var(--line);border-radius:1rem;cursor:pointer;background:var(--card)}
        #lang-fr:checked~.page label[for=lang-fr],#lang-en:checked~.page label[for=lang-en]{background:var(--ink);color:var(--bg);border-color:var(--ink)}
        #lang-fr:focus-visible~.page label[for=lang-fr],#lang-en:focus-visible~.page label[for=lang-en],summary:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        h1,h2,h3,h4{line-height:1.25;margin:0}
        h1{font-size:2.1rem;font-weight:700}h2{font-size:1.3rem;margin:2.75rem 0 .75rem}h3{font-size:1rem}h4{font-size:1rem;margin-top:1.25rem}
        h2 .n{font-weight:400;color:var(--soft)}
        p{margin:.35rem 0}a{color:var(--link)}
        code,pre,.value{font-family:ui-monospace,SFMono-Regular,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.84rem}
        code{overflow-wrap:anywhere}
        .soft{color:var(--soft)}.small{font-size:.86rem}
        .verdict{background:var(--card);border:1px solid var(--line);border-left:.5rem solid var(--idle);border-radius:.5rem;padding:1.4rem 1.6rem}
        .verdict.pass{border-left-color:var(--pass)}.verdict.pass h1{color:var(--pass)}
        .verdict.fail{border-left-color:var(--fail)}.verdict.fail h1{color:var(--fail)}
        .verdict.partial{border-left-color:var(--open)}.verdict.partial h1{color:var(--open)}
        .verdict.error{border-left-color:var(--error)}.verdict.error h1{color:var(--error)}
        .verdict .say{font-size:1.08rem;margin:.5rem 0 0}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:1rem 0 0;font-size:.9rem}
        .facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
        .notice{border:1px solid var(--line);border-left:.3rem solid var(--open);background:var(--card);border-radius:.4rem;padding:.6rem 1rem;margin:.75rem 0}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.25rem;margin:.75rem 0}
        .card.fail{border-left:.3rem solid var(--fail)}.card.error,.card.inconclusive,.card.notRun{border-left:.3rem solid var(--error)}
        .card h3{display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline;font-weight:600}
        .statement{color:var(--soft);margin:.15rem 0 .5rem}
        .message{margin:.5rem 0;font-weight:500;white-space:pre-wrap;overflow-wrap:anywhere}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:.6rem;margin:.6rem 0}
        .pair div{background:var(--code);border:1px solid var(--line);border-radius:.35rem;padding:.4rem .7rem}
        .pair .label{display:block;font-size:.78rem;color:var(--soft)}
        .value{white-space:pre-wrap;overflow-wrap:anywhere}
        .where{font-size:.86rem;color:var(--soft);margin:.25rem 0 0;overflow-wrap:anywhere}
        .v{display:inline-block;padding:.02rem .55rem;border-radius:1rem;font-size:.8rem;font-weight:600;white-space:nowrap;background:var(--idle-bg);color:var(--idle)}
        .v.pass{background:var(--pass-bg);color:var(--pass)}.v.fail,.v.violation{background:var(--fail-bg);color:var(--fail)}
        .v.error{background:var(--error-bg);color:var(--error)}.v.inconclusive,.v.warning{background:var(--open-bg);color:var(--open)}
        .v.notRun{outline:1px dashed var(--idle);outline-offset:-1px}
        table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);border-radius:.5rem;font-size:.9rem}
        caption{text-align:left;color:var(--soft);font-size:.86rem;padding:0 0 .35rem}
        th,td{text-align:left;vertical-align:top;padding:.45rem .75rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
        thead th{border-top:0;font-size:.8rem;color:var(--soft);font-weight:600;overflow-wrap:normal}
        tbody th{font-weight:600}
        .counts td,.counts th{text-align:right;white-space:nowrap}.counts th:first-child{text-align:left}.counts .zero{color:var(--soft);font-weight:400}
        .counts thead .v{background:none;padding:0;outline:0;white-space:normal;font-size:.78rem}
        .counts td:last-child,.counts th:last-child{border-left:1px solid var(--line)}
        .bars{display:block;width:100%;height:.6rem;margin:0 0 .9rem;border-radius:.3rem}
        .bars .pass{fill:var(--pass)}.bars .fail{fill:var(--fail)}.bars .error{fill:var(--error)}.bars .inconclusive{fill:var(--open)}.bars rect{fill:var(--idle)}
        .counts .some{font-weight:700;font-size:1.02rem}
        .wide{overflow-x:auto}
        .id{white-space:nowrap}
        .requirements th:first-child{width:15%}.requirements thead th:nth-child(2){width:14%}.requirements thead th:last-child{width:27%}
        .skipped th:first-child{width:45%}
        tbody th .soft{font-weight:400}h3+.wide{margin-top:.4rem}.wide+h3{margin-top:1.75rem}
        details>summary{cursor:pointer}
        .scenario{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0}
        .scenario>summary{padding:.6rem 1rem;display:flex;flex-wrap:wrap;gap:.15rem .8rem;align-items:baseline}
        .scenario>summary::before,.exchange>summary::before{content:"▸";color:var(--soft);width:1em;display:inline-block}
        .scenario[open]>summary::before,.exchange[open]>summary::before{content:"▾"}
        .exchange>summary{list-style:none}summary::-webkit-details-marker{color:var(--soft)}.exchange>summary::-webkit-details-marker{display:none}
        .scenario>summary h3{font-weight:600;flex:1 1 20rem}
        .scenario>summary .v{min-width:7.5rem;text-align:center}
        .scenario[open]>summary{border-bottom:1px solid var(--line)}
        .inside{padding:.5rem 1.25rem 1.25rem}
        .checks{list-style:none;margin:.5rem 0 0;padding:0}
        .check{border-top:1px solid var(--line);padding:.4rem 0}
        .check .head{display:flex;flex-wrap:wrap;gap:.1rem .7rem;align-items:baseline}
        .check .head .v{min-width:7.5rem;text-align:center}
        .check:target,.scenario:target,tr:target{outline:2px solid var(--link)}
        .finding{margin:.5rem 0 .6rem;padding:.1rem 0 .1rem .9rem;border-left:.2rem solid var(--line)}
        .finding.violation{border-left-color:var(--fail)}.finding.warning{border-left-color:var(--open)}
        .exchange{margin:.6rem 0;border:1px solid var(--line);border-radius:.4rem;background:var(--bg)}
        .exchange>summary{padding:.4rem .8rem;font-size:.9rem;overflow-wrap:anywhere}
        .exchange .inside{padding:.2rem .8rem .8rem}
        .exchange h5{font-size:.9rem;margin:.8rem 0 .3rem}
        pre{margin:.3rem 0;padding:.6rem .8rem;background:var(--code);border:1px solid var(--line);border-radius:.35rem;white-space:pre-wrap;overflow-wrap:anywhere;max-height:34rem;overflow:auto;line-height:1.4}
        pre.lines{counter-reset:line;padding-left:0}
        pre.lines>span{display:block;padding-left:4rem;position:relative;min-height:1.4em}
        pre.lines>span::before{counter-increment:line;content:counter(line);position:absolute;left:0;width:3.2rem;text-align:right;color:var(--soft);opacity:.85}
        pre.lines>.hit{background:var(--open-bg);color:var(--open);font-weight:600}
        pre i{font-style:normal;color:var(--tag)}pre .hit i{color:inherit}
        .links{margin:.3rem 0;padding-left:1.1rem;font-size:.88rem}
        footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.75rem;color:var(--soft);font-size:.86rem}
        @media (max-width:40rem){.page{padding:1rem .75rem 3rem}h1{font-size:1.6rem}.facts{grid-template-columns:1fr}.facts dd{margin-bottom:.3rem}}
        @media print{:root{color-scheme:light;--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--link:#123;--code:#fff;
        --pass:#17663a;--pass-bg:#fff;--fail:#a3182a;--fail-bg:#fff;--error:#70389a;--error-bg:#fff;--open:#7d4a00;--open-bg:#fff;--idle:#333;--idle-bg:#fff;--tag:#123}
        @page{size:A4;margin:16mm 14mm}
        body{font-size:10pt}.page{max-width:none;padding:0}.languages,.skip{display:none!important}
        .v{border:1px solid currentColor}.counts thead .v{border:0}.counts th,.counts td{padding:.35rem .4rem}.wide{overflow:visible}h2{break-after:avoid}.card,tr,.check{break-inside:avoid}
        pre{max-height:none}details::details-content{content-visibility:visible;height:auto;display:block}}

        """
}
