import Conformance
import Testing

@Suite("Rules")
struct RuleTests {
    private static func rule(_ apply: @escaping @Sendable (Int, inout Remarks) -> Void) -> Rule<Int> {
        Rule(RuleDescriptor("R-1", layer: "test", .violation, capture: .warning, fr: "a", en: "b"), apply)
    }

    @Test("A rule that says nothing passes, one that remarks fails at the weight of its level")
    func weights() {
        let rule = Self.rule { subject, remarks in
            if subject > 0 { remarks.remark(expected: "0", actual: "\(subject)") }
        }
        #expect(rule.judge(0, level: .run).verdict == .pass)
        #expect(rule.judge(1, level: .run).verdict == .fail)
        let captured = rule.judge(1, level: .capture)
        #expect(captured.verdict == .pass)
        #expect(captured.findings.map(\.severity) == [.warning])
    }

    @Test("A rule that cannot see its object says so, unless it has found something")
    func withheld() {
        let rule = Self.rule { subject, remarks in
            if subject > 0 { remarks.remark() }
            remarks.notRun(fr: "rien", en: "nothing")
        }
        #expect(rule.judge(0, level: .run).verdict == .notRun)
        #expect(rule.judge(0, level: .run).reason?.en == "nothing")
        #expect(rule.judge(1, level: .run).verdict == .fail)
    }

    @Test("Thousands of remarks are counted, not listed, and never lose their weight")
    func many() {
        let rule = Self.rule { subject, remarks in
            for index in 0..<subject { remarks.remark(severity: index == subject - 1 ? .violation : .warning) }
        }
        let outcome = rule.judge(10_000, level: .run)
        #expect(outcome.findings.count == 52)
        #expect(outcome.verdict == .fail)
        #expect(outcome.findings.contains { $0.message.en.contains("9949") })
    }
}
