import Conformance
import Foundation
import Reporting
import Testing
import XML

/// Runs that did not judge all that was planned say so first, in every report.
@Suite struct PartialRunTests {
    private static func passed(_ id: String) -> ScenarioRecord {
        let check = Sample.check("status", "http", 16, "Code HTTP", "HTTP status", ["R-1"], .pass)
        return Sample.scenario(id, "Réussi \(id)", "Passed \(id)", [Sample.step("a", "a", "a", [check])])
    }

    static let reason = Sample.both(
        "La cible ne déclare aucune adresse « wado ».", "The target declares no endpoint 'wado'.")

    private static func skipped(_ id: String) -> ScenarioRecord {
        let checks = ["status", "images"].map { name in
            Sample.check(name, "http", 16, "Contrôle", "Check", ["R-2"], .skipped, reason: reason)
        }
        return Sample.scenario(id, "Images \(id)", "Images \(id)", [Sample.step("a", "a", "a", checks)])
    }

    static func record(passed passedCount: Int, skipped skippedCount: Int) -> RunRecord {
        Sample.record(
            scenarios: (0..<passedCount).map { passed("p\($0)") } + (0..<skippedCount).map { skipped("k\($0)") })
    }

    struct Headline: Sendable {
        let passed: Int
        let skipped: Int
        let fr: String
        let en: String
    }

    @Test(
        "A run that left scenarios out is conformant on those that it replayed, and says it first",
        arguments: [
            Headline(
                passed: 3, skipped: 2, fr: "Conforme sur les 3 scénarios rejoués ; 2 écartés",
                en: "Conformant on the 3 replayed scenarios; 2 skipped"),
            Headline(
                passed: 1, skipped: 1, fr: "Conforme sur le seul scénario rejoué ; 1 écarté",
                en: "Conformant on the only replayed scenario; 1 skipped"),
            Headline(passed: 2, skipped: 0, fr: "Conforme", en: "Conformant"),
            Headline(passed: 0, skipped: 2, fr: "Jugement impossible", en: "Could not judge"),
        ])
    func headline(_ item: Headline) throws {
        let record = Self.record(passed: item.passed, skipped: item.skipped)
        #expect(record.exitCode == (item.passed > 0 ? 0 : 2))
        let page = try Page(record)
        let heading = try #require(page.elements.first { $0.localName == "h1" })
        #expect(heading.elements.map(\.stringValue) == [item.fr, item.en])
        #expect(page.elements.first { $0.localName == "title" }?.stringValue.hasPrefix("\(item.fr) – ") ?? false)
        for (language, words) in [(Language.fr, item.fr), (.en, item.en)] {
            let lines = ConsoleReporter(language: language).summary(of: record, directory: "out")
            #expect(lines.contains { $0.hasPrefix("\(words) — ") })
            let junit = try Document(parsing: JUnitReporter.write(record, options: .init(language: language)))
            let suite = try #require(junit.documentElement.elements.first { _ in true })
            let properties = suite.first("properties", in: "")?.elements.map { $0.attribute("value") ?? "" }
            #expect(properties == (item.skipped > 0 ? [words, String(item.skipped), "false"] : nil))
            let output = suite.first("system-out", in: "")?.stringValue.split(separator: "\n").first
            #expect(output == (item.skipped > 0 ? Substring(words) : nil))
        }
    }

    @Test("What was left out stands with its reason under the failures, in JUnit and in the console")
    func leftOut() throws {
        var record = Self.record(passed: 1, skipped: 2)
        let page = try Page(record)
        let section = try #require(page.section("skipped"))
        for part in ["Écartés", "(2)", "Images k0", "k1", Self.reason.fr, Self.reason.en] {
            #expect(section.contains(part))
        }
        #expect(page.section("not-run") == nil)
        #expect(page.all("say").first?.stringValue.hasPrefix("1 scénario rejoué sur 3 : 2 écartés, 1 réussi.") ?? false)
        let lines = ConsoleReporter(language: .fr).summary(of: record, directory: "out")
        #expect(lines.contains("Écartés :"))
        #expect(lines.contains("  k0 — \(Self.reason.fr)"))
        let junit = try Document(parsing: JUnitReporter.write(record, options: .init(isLean: true)))
        let suite = try #require(junit.root.descendants("testsuite", in: "").first)
        #expect(suite.first("properties", in: "") == nil)
        #expect(suite.first("system-out", in: "")?.stringValue.contains("écarté : k1 — \(Self.reason.fr)") ?? false)
        #expect(try #require(AgreementTests.schema).validate(JUnitReporter.write(record)).isEmpty)

        record.scenarios += Sample.scenarios
        record.verdict = .fail
        let failed = try Page(record)
        let ids = failed.elements.filter { $0.localName == "h2" }.compactMap { $0.attribute("id") }
        #expect(ids.prefix(4) == ["counts", "failures", "skipped", "undecided"])
        #expect(failed.elements.first { $0.localName == "h1" }?.stringValue.hasPrefix("Non conforme") ?? false)
    }

    @Test("A requirement that nothing judged is listed with the reason of the check or scenario that should have")
    func requirements() throws {
        var record = Self.record(passed: 1, skipped: 1)
        record.requirements = [
            Sample.requirement("R-1", "Jugée", "Judged", .pass, ["p0/a/status"]),
            Sample.requirement("R-2", "Écartée", "Skipped", .skipped, ["k0/a/images"]),
            Sample.requirement("TF-SOAP-1", "Du scénario", "Of the scenario", .notRun, []),
            Sample.requirement("R-4", "De personne", "Of nobody", .notRun, []),
        ]
        let page = try Page(record)
        let rows = page.all("requirement")
        func row(_ id: String) -> String { rows.first { $0.stringValue.hasPrefix(id) }?.stringValue ?? "" }
        #expect(rows.count == 4)
        #expect(!row("R-1").contains("Raison"))
        for id in ["R-2", "TF-SOAP-1"] {
            #expect(row(id).contains("Raison : ") && row(id).contains(Self.reason.fr), "\(row(id))")
        }
        #expect(row("R-2").contains("écarté"))
        #expect(row("R-4").contains("Aucun contrôle de ce rejeu ne l'a jugée."))
        #expect(page.counts("requirements") == ["pass": 1, "skipped": 1, "notRun": 2, "total": 4])
        let text = try #require(page.section("requirements"))
        let unjudged = try #require(text.range(of: "Exigences qu'aucun contrôle n'a jugées"))
        for id in ["R-2", "TF-SOAP-1", "R-4"] { #expect(text[unjudged.upperBound...].contains(id)) }
        #expect(row("R-1").contains("obligatoire (SHALL)"))
    }

    @Test(
        "An interrupted run is red in JUnit and says that it is partial, whatever it found", arguments: [true, false])
    func interrupted(_ hasFailure: Bool) throws {
        var record = hasFailure ? Sample.run : Self.record(passed: 1, skipped: 0)
        let before = RunSummary(of: record).outcomes
        record.isInterrupted = true
        #expect(record.exitCode == (hasFailure ? 1 : 2))
        let bytes = JUnitReporter.write(record)
        #expect(try #require(AgreementTests.schema).validate(bytes).isEmpty)
        let root = try Document(parsing: bytes).documentElement
        #expect(root.attribute("errors") == String((before[.error] ?? 0) + 1))
        #expect(root.attribute("failures") == String(before[.failure] ?? 0))
        let own = try #require(root.descendants("testcase", in: "").last)
        #expect(own.attribute("classname") == "cisis.run")
        #expect(own.first("error", in: "")?.attribute("message")?.contains("ce rapport est partiel") ?? false)
        let output = root.elements.compactMap { $0.first("system-out", in: "") }.first?.stringValue ?? ""
        #expect(output.contains("Le rejeu a été interrompu avant la fin du plan"))
        #expect(try Page(record).section("undecided")?.contains("ce rapport est partiel") ?? false)
    }
}

/// What is not the harness's fault isn't called so, and a cause is told once.
@Suite struct ExchangeErrorTests {
    static let cause = "drimbox.invalid:443: the server closed the connection"

    static var scenario: ScenarioRecord {
        let finding = Finding(
            check: "transport.closed", severity: .violation,
            message: Sample.both(
                "L'échange n'a pas abouti : \(cause)", "The exchange did not end: \(cause)"),
            place: EvidencePlace(object: "transport"))
        let none = Sample.both("Aucune réponse n'a été reçue.", "No answer was received.")
        var exchange = Sample.exchange
        exchange.response = nil
        exchange.error = cause
        return Sample.scenario(
            "images", "Récupérer les images", "Retrieve the images",
            [
                Sample.step(
                    "get", "Demander", "Ask",
                    [
                        Sample.check(
                            "transport", "transport", 12, "Échange HTTP", "HTTP exchange", [], .error,
                            findings: [finding], reason: Sample.both(cause, cause)),
                        Sample.check("status", "http", 16, "Code", "Status", ["R-1"], .inconclusive, reason: none),
                        Sample.check("soap", "soap", 17, "SOAP", "SOAP", ["R-2"], .inconclusive, reason: none),
                        Sample.check("images", "images", 18, "Images", "Images", ["R-2"], .inconclusive, reason: none),
                    ], exchange: exchange)
            ])
    }

    @Test("An exchange that did not end is called that; what the harness broke stays its error")
    func words() throws {
        let record = Sample.record(scenarios: [Self.scenario])
        let page = try Page(record)
        #expect(!page.text.contains("erreur du banc"))
        #expect(!page.text.contains("harness error"))
        #expect(page.all("scenario").first?.stringValue.contains("échange non abouti") ?? false)
        #expect(page.all("say").first?.stringValue.contains("1 échange non abouti.") ?? false)
        for (language, word) in [(Language.fr, "échange non abouti"), (.en, "exchange not completed")] {
            let console = ConsoleReporter(language: language)
            #expect(console.line(for: Self.scenario).hasPrefix("! \(word)  images · "))
            #expect(console.summary(of: record, directory: "o")[0].contains("(1 \(word))"))
        }
        let error = try Document(parsing: JUnitReporter.write(record)).root.descendants("error", in: "").first
        #expect(error?.stringValue == "échange non abouti : \(Self.cause)")
        #expect(error?.attribute("type") == "error")

        let broken = Sample.check("x", "xsd", 3, "x", "x", [], .error, reason: Sample.both("r", "r"))
        let other = Sample.scenario("s", "s", "s", [Sample.step("a", "a", "a", [broken])])
        #expect(ConsoleReporter(language: .fr).line(for: other).hasPrefix("! erreur du banc  "))
        let both = try Page(Sample.record(scenarios: [Self.scenario, other]))
        #expect(both.all("say").first?.stringValue.contains("1 erreur du banc, 1 échange non abouti.") ?? false)
        #expect(both.elements.first { $0.localName == "thead" }?.stringValue.contains("ou échange non abouti") ?? false)
    }

    @Test("The console tells one cause of a step once, with the checks that it touches")
    func console() {
        let lines = ConsoleReporter(language: .fr).details(of: Self.scenario)
        #expect(
            lines == [
                "    ! échange non abouti get – transport", "      \(Self.cause)",
                "        scénario : \(Sample.file):12",
                "    ? non concluant get – status, soap, images [R-1, R-2]", "      Aucune réponse n'a été reçue.",
                "        scénario : \(Sample.file):16",
            ])
    }

    @Test("The page tells one cause of a step on one card, and counts checks and causes")
    func page() throws {
        let page = try Page(Sample.record(scenarios: [Self.scenario]))
        let section = try #require(page.elements.first { $0.attribute("aria-labelledby") == "undecided" })
        #expect(section.elements.count { $0.localName == "article" } == 2)
        #expect(section.stringValue.contains("(4 points de contrôle, 2 causes"))
        #expect(section.stringValue.components(separatedBy: Self.cause).count == 2)
        for path in ["images/get/status", "images/get/soap", "images/get/images"] {
            #expect(section.stringValue.contains(path))
        }
        // Three times in all: on the card, in the exchange and at the check itself.
        #expect(page.document.root.stringValue.components(separatedBy: Self.cause).count - 1 == 3)
        // It is no fault that was found.
        #expect(page.all("violation").isEmpty)
    }

    @Test("Failures count what is listed: findings, and the requirements that they touch")
    func failures() throws {
        #expect(try Page(Sample.run).section("failures")?.hasPrefix("ÉchecsFailures (2)") ?? false)
        let finding = Sample.failures[0]
        let check = Sample.check(
            "soap", "soap", 17, "s", "s", ["TF-SOAP-1"], .fail, findings: [finding, finding, Sample.failures[1]])
        let page = try Page(
            Sample.record(scenarios: [Sample.scenario("s", "s", "s", [Sample.step("a", "a", "a", [check])])]))
        let section = try #require(page.elements.first { $0.attribute("aria-labelledby") == "failures" })
        #expect(section.elements.count { $0.localName == "article" } == 3)
        #expect(section.stringValue.contains("(2 exigences, 3 constats2 requirements, 3 findings)"))
    }

    @Test("The title names tool and system once", arguments: [("CISIS", 1), ("cisis-banc", 1), ("DMP", 1)])
    func title(_ name: String, _ count: Int) throws {
        var record = Sample.run
        record.target.name = name
        let title = try #require(try Page(record).elements.first { $0.localName == "title" }?.stringValue)
        #expect(title.lowercased().components(separatedBy: "cisis").count - 1 == count, "\(title)")
        #expect(title.hasPrefix("Non conforme – \(name)"))
    }

    @Test("In French the objects of an exchange have French names")
    func objects() throws {
        let page = try Page(Sample.run)
        let french = page.elements.filter { $0.localName == "span" && $0.attribute("lang") == "fr" }.map(\.stringValue)
        for words in ["response body", "response-body", "request-body", "response-head"] {
            #expect(!french.contains { $0.contains(words) })
        }
        for words in ["corps de la réponse", "corps de la requête", "en-tête de la réponse"] {
            #expect(french.contains { $0.contains(words) }, "\(words)")
        }
        let english = page.elements.filter { $0.attribute("lang") == "en" }.map(\.stringValue)
        #expect(english.contains { $0.contains("response body") })
    }

    @Test(
        "A run that did not verify server certificates says so, one that did says nothing",
        arguments: ["false", "true"])
    func unverified(_ verifies: String) {
        var record = PartialRunTests.record(passed: 1, skipped: 0)
        record.environment["tls.verifies"] = verifies
        let page = String(decoding: HTMLReporter.write(record) { _ in nil }, as: UTF8.self)
        let console = ConsoleReporter(language: .en).summary(of: record, directory: "x").joined(separator: "\n")
        #expect(page.contains("certificats des serveurs") == (verifies == "false"))
        #expect(console.contains("server certificates") == (verifies == "false"))
    }
}
