import Testing
import XML

@testable import XPath

@Suite("Limits of expressions that share an evaluation")
struct SharedLimitTests {
    private func evaluation(_ change: (inout XPathSettings) -> Void) -> Evaluation {
        var settings = XPathSettings()
        change(&settings)
        return Evaluation(variables: NamedVariables([:]), host: nil, settings: settings)
    }

    @Test("All expressions together have a limit of steps, so that many quadratic ones do not run on")
    func stepsOfAll() throws {
        let expression = try XPathExpression("every $x in 1 to 500 satisfies $x")
        let shared = evaluation { $0.maximumTotalSteps = 5_000 }
        var failures: [XPathError] = []
        var successes = 0
        for _ in 0..<100 {
            do {
                _ = try expression.boolean(at: nil, in: shared)
                #expect(failures.isEmpty, "once the limit is met nothing goes on")
                successes += 1
            } catch {
                failures.append(error)
            }
        }
        #expect(successes > 0 && !failures.isEmpty)
        #expect(failures.allSatisfy { $0.code == "XPDY0130" })
        #expect(failures.first?.message.contains("together") == true)
        let ample = evaluation { _ in }
        for _ in 0..<100 { #expect(try expression.boolean(at: nil, in: ample)) }
    }

    @Test("One expression alone has its own limit")
    func stepsOfOne() throws {
        let expression = try XPathExpression("every $x in 1 to 5000 satisfies $x")
        let shared = evaluation { $0.maximumSteps = 1_000 }
        let error = #expect(throws: XPathError.self) { try expression.boolean(at: nil, in: shared) }
        #expect(error?.code == "XPDY0130")
        #expect(error?.message.contains("1000 steps") == true)
        #expect(try XPathExpression("1").boolean(at: nil, in: shared))
    }
}
