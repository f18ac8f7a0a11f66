import Checks
import Conformance
import Foundation
import SOAP
import Signatures
import TestSupport
import Testing
import XML

/// The instants of an assertion, with and without the time at which it came.
@Suite("Times of the VIHF", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct AssertionTimesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bend: @Sendable (inout VIHF) -> Void
        let severity: Severity?
        let word: String

        init(
            _ name: String, _ severity: Severity?, _ word: String = "", _ bend: @escaping @Sendable (inout VIHF) -> Void
        ) {
            testDescription = name
            self.severity = severity
            self.word = word
            self.bend = bend
        }
    }

    private static func after(_ seconds: TimeInterval) -> String {
        XMLInstant.text(AssertionCase.now.addingTimeInterval(seconds))
    }

    static let cases: [Case] = [
        Case("a validity around the issue", nil) {
            $0.notBefore = after(-60)
            $0.notOnOrAfter = after(3600)
        },
        Case("a word for AuthnInstant", .violation, "AuthnInstant") { $0.authnInstant = "yesterday" },
        Case("no AuthnInstant", .violation, "AuthnInstant") { $0.authnInstant = nil },
        Case("a word for IssueInstant", .violation, "IssueInstant") { $0.issueInstant = "now" },
        Case("a word for NotBefore", .violation, "NotBefore") { $0.notBefore = "soon" },
        Case("an end before the beginning", .violation, "NotOnOrAfter") {
            $0.notBefore = after(60)
            $0.notOnOrAfter = after(-60)
        },
        Case("an end that is the beginning", .violation, "NotOnOrAfter") {
            $0.notBefore = after(0)
            $0.notOnOrAfter = after(0)
        },
        Case("expired when it was issued", .warning, "NotOnOrAfter") { $0.notOnOrAfter = after(-86_400) },
        Case("in force an hour after its issue", .warning, "NotBefore") { $0.notBefore = after(3600) },
        Case("authenticated after the issue", .warning, "AuthnInstant") { $0.authnInstant = after(3600) },
        Case("a local time", .warning, "UTC") { $0.authnInstant = $0.issueInstant.replacing("Z", with: "+01:00") },
    ]

    private func findings(_ test: Case, receivedAt: Date?, _ level: JudgementLevel) throws -> [Finding] {
        var values = try AssertionCase.values()
        test.bend(&values)
        let element = try values.signed(by: AssertionCase.identity("drimbox"))
        let subject = try #require(
            AssertionSubject(
                AssertionCase.message(element), verifier: try AssertionCase.verifier(), receivedAt: receivedAt))
        return Outcomes(AssertionRules.all, subject, level).findings
    }

    @Test("What SAML forbids is an error and what a clock tells a warning, in a capture and in a run", arguments: cases)
    func times(_ test: Case) throws {
        for (received, level) in [(nil, JudgementLevel.capture), (AssertionCase.now, .run)] {
            let found = try findings(test, receivedAt: received, level)
            #expect(found.allSatisfy { $0.check == "SEC-005" }, "\(found.map(\.check))")
            guard let severity = test.severity else {
                #expect(found == [])
                continue
            }
            #expect(found.contains { $0.severity == severity && $0.message.en.contains(test.word) }, "\(found)")
            #expect(severity == .violation || found.allSatisfy { $0.severity == .warning })
            #expect(found.allSatisfy { $0.place?.line != nil && $0.message.fr != $0.message.en })
        }
    }

    @Test("The resource is that of the DMP", arguments: [("urn:dmp", 0), ("urn:other", 1), ("dmp", 1)])
    func resource(_ value: String, _ count: Int) throws {
        let test = Case(value, nil) { $0.set(VIHF.Name.resource, [.text(value)]) }
        let found = try findings(test, receivedAt: nil, .capture)
        #expect(found.map(\.check) == Array(repeating: "SEC-008", count: count))
        #expect(found.allSatisfy { $0.expected == "urn:dmp" && $0.actual == value && $0.severity == .violation })
    }
}
