import Conformance
import Testing

@Suite struct ScenarioLoaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let yaml: String
        let message: String
        let advice: String
        var length: Int?

        init(_ name: String, _ yaml: String, _ message: String, advice: String = "", length: Int? = nil) {
            self.name = name
            self.yaml = yaml
            self.message = message
            self.advice = advice
            self.length = length
        }

        var testDescription: String { name }
    }

    /// A scenario around some lines of `steps:`.
    static func steps(_ lines: String) -> String {
        """
        scenario: x
        title: {fr: a, en: b}
        role: repository
        steps:
        \(lines)
        """
    }

    /// A scenario around one expectation.
    static func expectation(_ line: String) -> String { steps("  - send: ITI-41\n    expect:\n      \(line)") }

    @Test("A whole scenario is read with the place of every part")
    func whole() throws {
        let loaded = ScenarioLoader.read(text: Sample.scenario, name: "s.yaml", vocabulary: Sample.vocabulary)
        #expect(loaded.errors == [])
        let scenario = try #require(loaded.value)
        #expect(scenario.id == "submit")
        #expect(scenario.profile == "demo")
        #expect(scenario.title == LocalizedText(fr: "Déposer", en: "Submit"))
        #expect(scenario.summary?.en == "An exam is submitted.")
        #expect(scenario.requirements.map(\.id) == ["PNR-001"])
        #expect(scenario.tags == ["nominal", "ITI-41"])
        #expect(scenario.variables.map(\.value) == ["2"])
        #expect(scenario.steps.map(\.id) == ["first", "coherence"])
        let step = try #require(scenario.steps.first)
        guard case .send("ITI-41") = step.action else {
            Issue.record("the first step sends")
            return
        }
        #expect(step.to == "repository")
        #expect(step.with.map(\.key) == ["documents", "copies"])
        #expect(step.mutations.map(\.text) == ["metadata.set kos hash 00"])
        #expect(step.captures.map(\.name) == ["entry"])
        #expect(step.expectations.map(\.kind) == ["status", "registry"])
        #expect(step.expectations.map(\.severity) == [.violation, .warning])
        #expect(step.expectations[1].requirements == ["PNR-001"])
        #expect(step.expectations[1].title?.fr == "Accepté")
        #expect(step.expectations[1].location.description == "s.yaml:18:9")
        #expect(scenario.steps[1].location.line == 22)
    }

    @Test("Steps without an id are named after what they do")
    func derivedIDs() throws {
        let loaded = ScenarioLoader.read(
            text: Self.steps("  - send: ITI-41\n  - send: ITI-41\n  - {check: link, id: iti-41-3}\n  - send: ITI-41"),
            name: "s.yaml", vocabulary: Sample.vocabulary)
        #expect(loaded.value?.steps.map(\.id) == ["iti-41", "iti-41-2", "iti-41-3", "iti-41-4"])
        #expect(loaded.errors == [])
    }

    @Test(
        "What the author wrote wrong is told with its place and a remedy",
        arguments: [
            Case(
                "unknown key",
                "scenario: x\ntitle: {fr: a, en: b}\nrole: repository\n1️⃣sumary: x\nsteps: [{send: ITI-41}]",
                "unknown key 'sumary' in a scenario", advice: "did you mean 'summary'?", length: 6),
            Case(
                "unknown key, nothing near",
                "scenario: x\ntitle: {fr: a, en: b}\nrole: repository\n1️⃣zzzzzz: x\nsteps: [{send: ITI-41}]",
                "unknown key 'zzzzzz' in a scenario", advice: "known keys: scenario, title"),
            Case(
                "unknown step key", steps("  - send: ITI-41\n    1️⃣exepct: []"), "unknown key 'exepct' in a step",
                advice: "did you mean 'expect'?", length: 6),
            Case(
                "unknown expectation", expectation("- 1️⃣statsu: 200"), "unknown expectation 'statsu'",
                advice: "did you mean 'status'?", length: 6),
            Case(
                "misspelt modifier", expectation("- status: 200\n        1️⃣severty: warning"),
                "unknown expectation 'severty'", advice: "did you mean 'severity'?"),
            Case(
                "unknown requirement", expectation("- status: 200\n        requirements: [1️⃣PNR-01]"),
                "unknown requirement 'PNR-01'", advice: "did you mean 'PNR-001'?", length: 6),
            Case(
                "unknown requirement of the scenario",
                "scenario: x\ntitle: {fr: a, en: b}\nrole: repository\nrequirements:\n  - 1️⃣XYZ-999\nsteps: [{send: ITI-41}]",
                "unknown requirement 'XYZ-999'", advice: "add it to requirements.yaml"),
            Case(
                "requirement named twice",
                "scenario: x\ntitle: {fr: a, en: b}\nrole: repository\nrequirements: [PNR-001, 1️⃣PNR-001]\nsteps: [{send: ITI-41}]",
                "requirement 'PNR-001' is named twice"),
            Case(
                "unknown transaction", steps("  - send: 1️⃣ITI-14"), "unknown transaction 'ITI-14'",
                advice: "did you mean 'ITI-41'?", length: 6),
            Case(
                "unknown actor", "scenario: x\ntitle: {fr: a, en: b}\nrole: 1️⃣repositry\nsteps: [{send: ITI-41}]",
                "unknown actor 'repositry'", advice: "did you mean 'repository'?", length: 9),
            Case(
                "missing key", "1️⃣scenario: x\nrole: repository\nsteps: [{send: ITI-41}]", "a scenario lacks 'title'",
                advice: "add 'title:'"),
            Case(
                "one language", "scenario: x\ntitle: 1️⃣{fr: a}\nrole: repository\nsteps: [{send: ITI-41}]",
                "'title' lacks 'en'"),
            Case(
                "text where two languages are expected",
                "scenario: x\ntitle: 1️⃣Title\nrole: repository\nsteps: [{send: ITI-41}]",
                "'title' must be a mapping of fr, en…, found the text 'Title'"),
            Case(
                "list where text is expected",
                "scenario: 1️⃣[x]\ntitle: {fr: a, en: b}\nrole: repository\nsteps: [{send: ITI-41}]",
                "'scenario' must be text, found a list"),
            Case(
                "nothing where text is expected", "scenario: x\ntitle: {fr: a, en: b}\nrole:1️⃣\nsteps: [{send: ITI-41}]",
                "'role' must be text, found nothing"),
            Case(
                "identifier", "scenario: 1️⃣a/b\ntitle: {fr: a, en: b}\nrole: repository\nsteps: [{send: ITI-41}]",
                "'a/b' cannot name this", advice: "use letters, digits", length: 3),
            Case(
                "text where a list is expected", "scenario: x\ntitle: {fr: a, en: b}\nrole: repository\nsteps: 1️⃣none",
                "'steps' must be a list, found the text 'none'"),
            Case(
                "no step", "scenario: x\ntitle: {fr: a, en: b}\nrole: repository\nsteps: 1️⃣[]", "'steps' is empty"),
            Case("step of no shape", steps("  - 1️⃣send"), "a step must be a mapping of send, await, check…"),
            Case("step without action", steps("  - 1️⃣id: a"), "a step lacks its action"),
            Case(
                "step with two actions", steps("  - send: ITI-41\n    1️⃣check: link"),
                "a step holds one of 'send', 'await' and 'check', not two"),
            Case(
                "step id twice", steps("  - {send: ITI-41, id: a}\n  - {send: ITI-41, id: 1️⃣a}"),
                "step id 'a' is used twice", advice: "the first is at line 5"),
            Case(
                "capture of no shape", steps("  - send: ITI-41\n    capture: {a: 1️⃣b}"), "capture 'a' must be a mapping"),
            Case(
                "capture from nowhere", steps("  - send: ITI-41\n    capture: {a: {1️⃣xpth: b}}"),
                "unknown key 'xpth' in capture 'a'", advice: "did you mean 'xpath'?"),
            Case(
                "capture from two places", steps("  - send: ITI-41\n    capture: {a: 1️⃣{xpath: b, header: c}}"),
                "capture 'a' must hold one of xpath, header, entry, value"),
            Case(
                "with of no shape", steps("  - send: ITI-41\n    with: 1️⃣[a]"), "'with' must be a mapping, found a list"),
            Case(
                "mutation of no shape", steps("  - send: ITI-41\n    mutate: [1️⃣[a]]"),
                "an item of 'mutate' must be text, found a list"),
            Case("expectation of no shape", expectation("- 1️⃣status"), "an expectation must be a mapping"),
            Case("expectation without kind", expectation("- 1️⃣severity: warning"), "an expectation lacks its kind"),
            Case(
                "expectation of two kinds", expectation("- status: 200\n        1️⃣xsd: true"),
                "an expectation holds one kind, found 'status' and 'xsd'"),
            Case(
                "status of no number", expectation("- status: 1️⃣ok"),
                "'status' must be a whole number, found the text 'ok'"),
            Case("flag of no value", expectation("- xsd: 1️⃣maybe"), "'xsd' must be true or false"),
            Case("header of no shape", expectation("- header: 1️⃣a"), "'header' must be a mapping"),
            Case("xpath of no shape", expectation("- xpath: 1️⃣[a]"), "'xpath' must be text, found a list"),
            Case("rules of no shape", expectation("- kos: 1️⃣{a: b}"), "'kos' must be text, found a mapping"),
            Case(
                "severity", expectation("- status: 200\n        severity: 1️⃣warnin"),
                "'severity' must be one of violation, warning, information", advice: "did you mean 'warning'?"),
            Case(
                "variable of no shape",
                "scenario: x\ntitle: {fr: a, en: b}\nrole: repository\nvariables: {a: 1️⃣[b]}\nsteps: [{send: ITI-41}]",
                "variable 'a' must be text, found a list"),
            Case(
                "scenario of no shape", "1️⃣- a\n",
                "a scenario must be a mapping of scenario, title, summary…, found a list"),
            Case("empty file", "1️⃣", "the file is empty"),
            Case("only a comment", "1️⃣# nothing\n", "the file is empty"),
            Case("null", "1️⃣~", "a scenario must be a mapping"),
            Case("broken YAML", "scenario: x\ntitle: {fr: a, en: b\nrole1️⃣: repository\n", "broken YAML: "),
            Case("unclosed quote", "scenario: \"x\ntitle: a\n1️⃣", "broken YAML: found unexpected end of stream"),
            Case(
                "colon in text", "scenario: a1️⃣: b\n", "broken YAML: mapping values are not allowed",
                advice: "put the text between quotes"),
            Case(
                "tab", "scenario: x\nsteps:\n1️⃣\t- send: ITI-41\n", "a tab indents this line",
                advice: "YAML is indented with spaces"),
            Case(
                "control character", "scenario: x\ntitle: a1️⃣\u{1}b\n", "broken YAML: control characters are not allowed"
            ),
            Case(
                "duplicate key", "scenario: x\nrole: a\n1️⃣scenario: y\n", "duplicate key 'scenario'",
                advice: "it is at line 1 already", length: 8),
            Case(
                "duplicate key in a step", steps("  - send: ITI-41\n    id: a\n    1️⃣id: b"), "duplicate key 'id'",
                advice: "it is at line 6 already"),
            Case("two documents", "scenario: x\n1️⃣---\nscenario: y\n", "a second YAML document begins here"),
            Case("undefined alias", "scenario: 1️⃣*a\n", "broken YAML: found undefined alias"),
            Case("key of no shape", "1️⃣[a]: b\n", "a key must be text"),
        ])
    func errors(_ item: Case) throws {
        let marked = Marked(item.yaml)
        let loaded = ScenarioLoader.read(text: marked.text, name: "s.yaml", vocabulary: Sample.vocabulary)
        let error = try #require(loaded.errors.first { $0.message.hasPrefix(item.message) }, "\(loaded.errors)")
        #expect("\(error.location.line):\(error.location.column)" == marked["1️⃣"], "\(error)")
        #expect(error.advice?.hasPrefix(item.advice) ?? item.advice.isEmpty, "\(error)")
        if let length = item.length { #expect(error.length == length, "\(error)") }
    }

    @Test("All errors of a file are told, not the first alone")
    func all() {
        let text = Self.steps(
            "  - send: ITI-14\n    expect:\n      - statsu: 1\n      - xsd: perhaps\n  - check: link\n    idd: b")
        let loaded = ScenarioLoader.read(text: text, name: "s.yaml", vocabulary: Sample.vocabulary)
        #expect(loaded.errors.map(\.location.line) == [5, 7, 8, 10])
    }

    @Test("An error is shown with its line, a caret and a remedy")
    func rendering() throws {
        let text = Self.steps("  - send: ITI-41\n    exepct: []")
        let loaded = ScenarioLoader.read(text: text, name: "Profiles/a.yaml", vocabulary: Sample.vocabulary)
        #expect(
            loaded.errors.map(\.description) == [
                """
                Profiles/a.yaml:6:5: unknown key 'exepct' in a step
                  6 |     exepct: []
                    |     ^^^^^^ did you mean 'expect'?
                """
            ])
    }

    @Test("A fault far to the right is shown with the text around it")
    func longLine() throws {
        let text = "scenario: x\nrole: {\(String(repeating: "a: b, ", count: 50))}\n"
        let loaded = ScenarioLoader.read(
            text: text.replacing("b, }", with: "b, !!! }"), name: "a.yaml", vocabulary: Sample.vocabulary)
        let lines = try #require(loaded.errors.first).description.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count < 200 })
    }

    @Test("Where nothing is known of the profile any name will do")
    func noVocabulary() {
        let loaded = ScenarioLoader.read(
            text: Sample.scenario.replacing("ITI-41", with: "X-1").replacing("PNR-001", with: "Y"), name: "s.yaml",
            vocabulary: ScenarioVocabulary(profile: "p"))
        #expect(loaded.errors == [])
    }

    @Test("Every kind of expectation of the table is known to the loader")
    func everyKind() {
        for kind in ExpectationKind.all {
            let argument =
                switch kind.shape {
                case .text: "a"
                case .integers: "'${n}'"
                case .texts, .textsOrMap: "[a, b]"
                case .flag: "true"
                case .map: "{a: b}"
                }
            let loaded = ScenarioLoader.read(
                text: Self.expectation("- \(kind.name): \(argument)"), name: "s.yaml", vocabulary: Sample.vocabulary)
            #expect(loaded.errors == [], "\(kind.name)")
            #expect(loaded.value?.steps.first?.expectations.first?.kind == kind.name)
        }
    }
}
