import Conformance
import Foundation
import Reporting
import Testing
import XML

@Suite struct HTMLReporterTests {
    @Test("The page says the verdict, and what was judged, against what, when, by which version and how to replay it")
    func header() throws {
        let page = try Page(Sample.run)
        let verdict = try #require(page.all("verdict").first).stringValue
        for part in [
            "Non conforme", "3 scénarios rejoués : 1 échec, 1 non concluant, 1 réussi.",
            "2 exigences ne sont pas respectées.", "Système de référence", "Partage de documents d'imagerie",
            "2024.01", "2026-03-02 09:15:30 UTC", "3,21 s", "cisis 0.1.0", "cisis run --profile dim --seed 42",
            "n'est pas une décision de l'ANS",
        ] {
            #expect(verdict.contains(part), "\(part)")
        }
        #expect(
            page.text.contains("a reçu l&#39;ordre de commettre") || page.text.contains("a reçu l'ordre de commettre"))
        #expect(page.text.contains("<code>wrong-action</code>"))
    }

    @Test("Failures stand first, each with requirement, statement, expected, actual, advice, place and scenario line")
    func failures() throws {
        let page = try Page(Sample.run)
        let order = ["failures", "undecided", "warnings", "not-run", "requirements", "scenarios", "basis"]
        let positions = order.map { id in page.text.range(of: "<h2 id=\"\(id)\"")?.lowerBound }
        #expect(!positions.contains(nil))
        #expect(positions.compactMap { $0 } == positions.compactMap { $0 }.sorted())
        let failures = try #require(page.section("failures"))
        for part in [
            "TF-SOAP-1", "La réponse est une enveloppe SOAP 1.2", "L'action WS-Addressing de la réponse n'est pas",
            "ProvideAndRegisterDocumentSet-bResponse", "urn:ihe:iti:2007:Wrong", "Renvoyer l'action de réponse",
            "ligne 4, colonne 5", "/s:Envelope/s:Header/a:Action", "\(Sample.file):18", "submit-exam/submit/soap",
        ] {
            #expect(failures.contains(part), "\(part)")
        }
        #expect(!failures.contains("TF-RAD69-1"))
        let undecided = try #require(page.section("undecided"))
        #expect(undecided.contains("drimbox.invalid:443: the name is not resolved"))
        #expect(try #require(page.section("not-run")).contains("Aucun schéma CDA n'est fourni"))
        #expect(try #require(page.section("warnings")).contains("zéro de tête"))
        let requirements = try #require(page.section("requirements"))
        let unjudged = try #require(requirements.range(of: "Exigences qu'aucun contrôle n'a jugées"))
        #expect(requirements[unjudged.upperBound...].contains("TF-MTOM-1"))
    }

    @Test("A run in which all went well has no section of failures")
    func allWell() throws {
        let check = Sample.check("status", "http", 16, "Code", "Status", ["R-1"], .pass)
        let page = try Page(
            Sample.record(scenarios: [Sample.scenario("s", "s", "s", [Sample.step("a", "a", "a", [check])])]))
        #expect(page.text.contains("Conforme"))
        #expect(!page.text.contains("Non conforme"))
        for id in ["failures", "undecided", "warnings", "not-run"] { #expect(page.section(id) == nil) }
    }

    @Test("The exchange shows both messages, marks the lines that findings name and offers the exact files")
    func exchange() throws {
        let page = try Page(Sample.run)
        let exchange = try #require(page.all("exchange").first)
        for part in [
            "POST /repository HTTP/1.1", "HTTP/1.1 200 OK", "Authorization: Bearer ●●●", "12,1 ms",
            "<xdsb:ProvideAndRegisterDocumentSetRequest", "44 49 43 4d", "Extrait : 256 octets sur",
        ] {
            #expect(exchange.stringValue.contains(part), "\(part)")
        }
        let hits = page.all("hit").map { $0.stringValue.trimmingCharacters(in: .whitespaces) }
        #expect(hits.count == 2)
        #expect(hits.first?.hasPrefix("<a:Action") ?? false)
        #expect(hits.last?.hasPrefix("<rs:RegistryResponse") ?? false)
        let links = page.elements.compactMap { $0.attribute("href") }.filter { !$0.hasPrefix("#") }
        #expect(!links.isEmpty)
        #expect(links.allSatisfy { $0.wholeMatch(of: /evidence\/[0-9a-f]{64}/) != nil })
    }

    @Test("Every link inside the page has its target, and every id is there once")
    func anchors() throws {
        let page = try Page(Sample.run)
        let ids = page.elements.compactMap { $0.attribute("id") }
        #expect(Set(ids).count == ids.count)
        let targets = page.elements.compactMap { $0.attribute("href") }.filter { $0.hasPrefix("#") }
        #expect(targets.contains("#submit-exam/submit/soap"))
        #expect(targets.contains("#r/TF-SOAP-1"))
        #expect(Set(targets.map { String($0.dropFirst()) }).subtracting(ids).isEmpty)
    }

    @Test(
        "The page needs nothing from outside: a policy forbids it, and there is no script, style attribute or handler")
    func selfContained() throws {
        let page = try Page(Sample.run)
        let policy = try #require(
            page.elements.first { $0.attribute("http-equiv") == "Content-Security-Policy" }?.attribute("content"))
        #expect(policy.hasPrefix("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
        #expect(!policy.contains("script-src"))
        #expect(!page.text.lowercased().contains("<script"))
        #expect(!page.text.contains("@import"))
        #expect(!page.text.contains("url("))
    }

    /// Elements and attributes that the page may have: anything else came from outside.
    static let elements: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "input", "div", "header", "main", "footer", "section",
        "article", "h1", "h2", "h3", "h4", "h5", "p", "a", "span", "strong", "label", "dl", "dt", "dd", "code", "pre",
        "i", "br", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li", "details", "summary", "time",
        "svg", "rect",
    ]
    static let attributes: Set<String> = [
        "lang", "charset", "http-equiv", "content", "name", "class", "type", "id", "checked", "href", "for", "scope",
        "aria-hidden", "aria-labelledby", "data-counts", "data-verdict", "open", "datetime", "download", "viewBox",
        "preserveAspectRatio", "x", "y", "width", "height",
    ]

    @Test("Nothing that a system sends becomes markup, whatever it is", arguments: 0..<4)
    func hostile(_ seed: Int) throws {
        var records = RandomRecord(seed: 2000 + UInt64(seed))
        for _ in 0..<25 {
            let page = try Page(records.next())
            for node in page.elements {
                #expect(Self.elements.contains(node.qualifiedName), "\(node.qualifiedName)")
                for attribute in node.attributes {
                    #expect(Self.attributes.contains(attribute.qualifiedName), "\(attribute.qualifiedName)")
                }
                if let link = node.attribute("href") {
                    #expect(link.hasPrefix("#") || link.wholeMatch(of: /evidence\/[0-9a-f]{64}/) != nil, "\(link)")
                }
            }
            for hidden in ["\u{0}", "\u{1B}", "\u{202E}", "\u{9B}", "<script"] { #expect(!page.text.contains(hidden)) }
        }
    }

    struct Body: Sendable {
        let bytes: [UInt8]
        let shown: String
        init(_ bytes: [UInt8], _ shown: String) {
            self.bytes = bytes
            self.shown = shown
        }
    }

    private static func page(body: [UInt8], options: HTMLReporter.Options = .init()) throws -> Page {
        let reference = EvidenceReference(
            sha256: Sample.digest(20), size: Int64(body.count), mediaType: "x/y", kind: "response-body", name: "body")
        var exchange = Sample.exchange
        exchange.response?.body = reference
        exchange.request.parts = []
        exchange.request.body = nil
        let check = Sample.check("x", "xds", 3, "x", "x", [], .pass)
        let step = Sample.step("a", "a", "a", [check], exchange: exchange)
        let record = Sample.record(scenarios: [Sample.scenario("s", "s", "s", [step])])
        let bytes = HTMLReporter.write(record, options: options) { _ in body }
        return try Page(text: String(decoding: bytes, as: UTF8.self))
    }

    @Test(
        "A body is shown as what it is",
        arguments: [
            Body(Array("<html><script>alert(1)</script></html>".utf8), "<html><script>alert(1)</script></html>"),
            Body(Array("a\r\nb\r\n".utf8), "ab"),
            Body([0, 1, 2, 255], "0000  00 01 02 ff"),
            Body([0xFF, 0xFE, 0x3C, 0, 0x61, 0, 0x2F, 0, 0x3E, 0], "<a/>"),
            Body(Array("{\"a\": 1}\u{1}".utf8) + [UInt8](repeating: 0x20, count: 200), "{\"a\": 1}␁"),
            Body(Array("<a".utf8) + [UInt8](repeating: 0x20, count: 300) + Array("/><b>t</b>".utf8), "<b>t</b>"),
        ])
    func bodies(_ item: Body) throws {
        let page = try Self.page(body: item.bytes)
        let shown = page.elements.filter { $0.localName == "pre" }.last?.stringValue ?? ""
        #expect(shown.contains(item.shown), "\(shown)")
    }

    @Test("Bodies are cut at a limit each and a budget in all, and the page says so")
    func limits() throws {
        let long = Array(String(repeating: "é0123456789\n", count: 100_000).utf8)
        let page = try Self.page(body: long)
        #expect(page.text.utf8.count < 120_000)
        #expect(page.text.contains("Extrait : 16 Kio sur 1,2 Mio."))
        let none = try Self.page(body: long, options: .init(excerptBudget: 0))
        #expect(none.text.contains("la page a atteint sa taille"))
        #expect(!none.text.contains("é0123456789"))
    }

    @Test("However many bodies pass, those of a failure that comes last are shown")
    func reserve() throws {
        let passed = Sample.check("x", "xds", 3, "x", "x", [], .pass)
        let failed = Sample.check("x", "xds", 3, "x", "x", [], .fail, findings: Sample.failures)
        let steps = (0..<50).map { number in
            Sample.step("a\(number)", "a", "a", [number < 49 ? passed : failed], exchange: Sample.exchange)
        }
        let record = Sample.record(scenarios: [Sample.scenario("s", "s", "s", steps)])
        let page = try Page(text: Sample.page(record, options: .init(excerptBudget: 8000)))
        let exchanges = page.all("exchange")
        #expect(exchanges.first?.stringValue.contains("XDSRepositoryError") ?? false)
        #expect(exchanges.dropLast().last?.stringValue.contains("la page a atteint sa taille") ?? false)
        #expect(exchanges.last?.stringValue.contains("XDSRepositoryError") ?? false)
    }

    @Test("Ten thousand checks make a page that a browser opens")
    func large() throws {
        let passed = Sample.check("x", "xds", 3, "Statut", "Status", ["TF-ITI41-1"], .pass)
        let scenarios = (0..<200).map { number in
            Sample.scenario(
                "s-\(number)", "s", "s",
                (0..<5).map {
                    Sample.step("a\($0)", "a", "a", Array(repeating: passed, count: 10), exchange: Sample.exchange)
                })
        }
        let page = Sample.page(Sample.record(scenarios: scenarios))
        #expect(page.utf8.count < 15_000_000)
    }

    @Test("A huge record becomes a page of bounded size, fast")
    func huge() throws {
        let finding = Finding(
            check: "c", severity: .violation, message: Sample.both("m", "m"),
            actual: String(repeating: "<x>", count: 1 << 20))
        var check = Sample.check("x", "xds", 3, "x", "x", ["R-1"], .fail)
        check.findings = Array(repeating: finding, count: 2000)
        let record = Sample.record(
            scenarios: [Sample.scenario("s", "s", "s", [Sample.step("a", "a", "a", [check])])])
        let page = try Page(record)
        #expect(page.text.utf8.count < 6_000_000)
        #expect(page.text.contains("… [+3141728]"))
        #expect(page.section("failures")?.contains("More findings, in the scenarios: 1800") ?? false)
    }
}
