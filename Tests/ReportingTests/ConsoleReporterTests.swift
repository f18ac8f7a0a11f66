import Conformance
import Foundation
import Reporting
import Testing

@Suite struct ConsoleReporterTests {
    struct Line: Sendable {
        let language: Language
        let isColored: Bool
        let text: String
    }

    @Test(
        "A scenario that ended is one line: sign, word, id, title, duration",
        arguments: [
            Line(
                language: .fr, isColored: false,
                text: "✓ réussi          find-documents · Retrouver les fiches du patient (0,13 s)"),
            Line(
                language: .en, isColored: false,
                text: "✓ pass            find-documents · Find the entries of the patient (0.13 s)"),
            Line(
                language: .en, isColored: true,
                text: "\u{1B}[32m✓ pass\u{1B}[0m            find-documents · Find the entries of the patient (0.13 s)"),
        ])
    func line(_ item: Line) {
        let reporter = ConsoleReporter(language: item.language, isColored: item.isColored)
        #expect(reporter.line(for: Sample.scenarios[1]) == item.text)
    }

    @Test("A failing scenario is told in blocks; one that passed has none")
    func details() {
        let reporter = ConsoleReporter(language: .fr)
        #expect(reporter.details(of: Sample.scenarios[1]) == [])
        let lines = reporter.details(of: Sample.scenarios[0])
        #expect(
            lines.prefix(7) == [
                "    ✗ échec submit – soap [TF-SOAP-1, TF-SOAP-2]",
                "      écart [TF-SOAP-1, soap.action] L'action WS-Addressing de la réponse n'est pas celle de la transaction.",
                "        attendu : urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse",
                "        obtenu : urn:ihe:iti:2007:Wrong",
                "        conseil : Renvoyer l'action de réponse que fixe la transaction.",
                "        preuve : corps de la réponse · ligne 4, colonne 5 · /s:Envelope/s:Header/a:Action · "
                    + "evidence/\(Sample.digest(2))",
                "        scénario : \(Sample.file):18",
            ])
        let cause = ConsoleReporter(language: .en).details(of: Sample.scenarios[2])
        #expect(cause.first == "    retrieve: drimbox.invalid:443: the name is not resolved: check the address")
        #expect(cause.contains("      The exchange ended before the answer."))
    }

    @Test(
        "The end says counts, what did not run, the conclusion, the reports and the command",
        arguments: Language.allCases)
    func summary(_ language: Language) {
        let lines = ConsoleReporter(language: language).summary(of: Sample.run, directory: "out")
        let expected: [Language: [String]] = [
            .fr: [
                "Scénarios : 3 (1 échec, 1 non concluant, 1 réussi)",
                "Points de contrôle : 8 (2 échecs, 1 non concluant, 1 non exécuté, 4 réussis)",
                "Exigences : 6 (2 échecs, 1 non concluante, 1 non exécutée, 2 réussies)", "Avertissements : 1",
                "Non exécuté : cda — Aucun schéma CDA n'est fourni : donner --schema. (1)",
                "Fautes demandées : wrong-action", "",
                "Non conforme — Système de référence (code de sortie 1, 3,21 s)", "Rapport : out/report.html",
                "JUnit : out/junit.xml", "Rejouer : cisis run --profile dim --seed 42 --misbehave wrong-action",
            ],
            .en: [
                "Scenarios: 3 (1 failed, 1 inconclusive, 1 passed)",
                "Check points: 8 (2 failed, 1 inconclusive, 1 not run, 4 passed)",
                "Requirements: 6 (2 failed, 1 inconclusive, 1 not run, 2 passed)", "Warnings: 1",
                "Not run: cda — No CDA schema is given: name one with --schema. (1)", "Misbehaviours: wrong-action", "",
                "Not conformant — Système de référence (exit code 1, 3.21 s)", "Report: out/report.html",
                "JUnit: out/junit.xml", "Run again: cisis run --profile dim --seed 42 --misbehave wrong-action",
            ],
        ]
        #expect(lines == expected[language])
    }

    @Test("A run without a scenario says so")
    func empty() {
        let lines = ConsoleReporter(language: .en).summary(of: Sample.record(scenarios: []), directory: "out")
        #expect(lines.contains("No scenario was replayed."))
        #expect(lines.contains { $0.hasPrefix("Could not judge — ") && $0.contains("exit code 2") })
    }

    @Test("A system can't move the cursor, colour the terminal, break a line or show an identity")
    func hostile() {
        let finding = Finding(
            check: "c", severity: .violation, message: Sample.both("m", "m"),
            actual: "\u{1B}[2J\r\nA\u{7}\u{9B}\u{202E} \(Sample.identity)")
        let check = Sample.check("x", "xds", 3, "x", "x", [], .fail, findings: [finding])
        let scenario = Sample.scenario("s\u{1B}]0;x\u{7}", "t\nu", "t\nu", [Sample.step("a", "a", "a", [check])])
        let reporter = ConsoleReporter(language: .en)
        let lines = [reporter.line(for: scenario)] + reporter.details(of: scenario)
        for line in lines {
            #expect(
                line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) && $0 != "\u{202E}" })
        }
        #expect(lines.contains("        actual: ␛[2J␍ A␇[U+9B][U+202E] ***********4567"))
        #expect(lines[0].contains("s␛]0;x␇ · t u"))
    }
}
