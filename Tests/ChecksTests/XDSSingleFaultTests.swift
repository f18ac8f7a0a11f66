import Checks
import Conformance
import XDS
import Testing

@Suite("Single faults in a whole French submission")
struct XDSSingleFaultTests {
    @Test("The right submission breaks no rule")
    func right() {
        let found = XDSSignedExam.findings(XDSSignedExam.package())
        #expect(found.isEmpty, "\(found)")
    }

    @Test("A certificate in force, of the issuer of the VIHF, breaks nothing, whatever the order of its name")
    func certificate() {
        let package = SingleFault.issued(by: "O=Centre, CN=DRIMbox", "PNR-055", "right").package()
        let found = XDSSignedExam.findings(package, context: SingleFault.certified())
        #expect(found.isEmpty, "\(found)")
    }

    @Test("A replacement of one Approved entry by another KOS of the same study breaks nothing")
    func replacement() {
        let package = XDSSignedExam.package {
            $0.submission.associations.append(SingleFault.replacing("urn:uuid:00000000-0000-4000-8000-000000000002"))
        }
        let found = XDSSignedExam.findings(package, context: SingleFault.known)
        #expect(found.isEmpty, "\(found)")
    }

    @Test(
        "A KOS is not published before the identity is qualified",
        arguments: [("VALI", 0), ("PROV", 1), ("", 1), (nil, 0)] as [(String?, Int)])
    func identity(_ state: String?, _ count: Int) throws {
        var context = SubmissionContext()
        context.identityState = state
        let found = XDSSignedExam.findings(XDSSignedExam.package(), context: context)
        #expect(found.map(\.id) == Array(repeating: "PNR-062", count: count))
        #expect(found.allSatisfy { $0.severity == .warning && $0.place?.xpath != nil })
        let subject = try #require(SubmissionSubject(SOAPMessageCase.read(XDSSignedExam.package()), context: context))
        let rule = try #require(SubmissionRules.all.first { $0.descriptor.id == "PNR-062" })
        let outcome = rule.judge(subject, level: .run)
        #expect((outcome.verdict == .notRun) == (state == nil) && (outcome.reason != nil) == (state == nil))
    }

    @Test("There are at least 300 faults")
    func count() { #expect(SingleFault.all.count >= 300) }

    @Test(
        "Each fault is found by its rule, with its place, and nothing unrelated is an error", arguments: SingleFault.all
    )
    func found(_ fault: SingleFault) throws {
        let found = XDSSignedExam.findings(fault.package(), context: fault.context)
        let own = found.filter { $0.id == fault.id }
        #expect(own.contains { $0.severity == .violation }, "\(found.map(\.id))")
        let place = try #require(own.first?.place, "no place")
        #expect(place.xpath != nil || place.part != nil || place.byte != nil || place.header != nil)
        let unrelated = found.filter {
            $0.severity == .violation && $0.id != fault.id && !fault.consequences.contains($0.id)
        }
        #expect(unrelated.isEmpty, "\(unrelated)")
    }

    @Test("Every rule that can fail a submission has its fault")
    func complete() {
        let demanded = SubmissionRules.complete.map(\.descriptor).filter { $0.severity == .violation }.map(\.id)
        let missing = Set(demanded).subtracting(SingleFault.all.map(\.id))
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
}
