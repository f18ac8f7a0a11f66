import Checks
import Conformance
import SOAP
import Simulators
import Testing
import XDS
import XML

/// One existence check that breaks AUT-001 in one way.
private struct ExistenceFault: Sendable, CustomTestStringConvertible {
    let name: String
    let old: String
    let new: String
    /// A word of what was expected.
    let expected: String
    var testDescription: String { name }

    static let all: [ExistenceFault] = [
        .init(name: "an id that is no UUID", old: XDSExistenceRulesTests.uuid, new: "42", expected: "UUID"),
        .init(
            name: "an id whose root is no OID", old: "root=\"1.2.250.1.999.5.2\"", new: "root=\"moi\"", expected: "OID"),
        .init(name: "a time that is none", old: "20260115104000", new: "20261315104000", expected: "YYYYMMDDhhmmss"),
        .init(name: "a day without a time", old: "20260115104000", new: "20260115", expected: "YYYYMMDDhhmmss"),
        .init(
            name: "another interaction", old: "extension=\"PRPA_IN201307UV02\"", new: "extension=\"PRPA_IN201305UV02\"",
            expected: "PRPA_IN201307UV02"),
        .init(
            name: "a local identifier", old: "root=\"\(FrenchOID.insNIRTest)\"", new: "root=\"1.2.3\"", expected: "INS"),
        .init(
            name: "another patient than the VIHF's", old: "279035121518989", new: "179035121518942", expected: "VIHF"),
        .init(
            name: "a wrong key", old: "279035121518989", new: "279035121518988", expected: "279035121518989"),
        .init(name: "no identifier", old: "patientIdentifier", new: "otherIdentifier", expected: "patientIdentifier"),
        .init(name: "no time", old: "creationTime", new: "otherTime", expected: "creationTime"),
    ]
}

@Suite("The rule of the existence check")
struct XDSExistenceRulesTests {
    static let uuid = "5d0b7c5e-0d5d-4d6e-9a43-8e4f0a6f5d11"
    private static let patient = CX(id: "279035121518989", oid: FrenchOID.insNIRTest, type: "NH")

    private static func message(_ edit: (String) -> String = { $0 }) -> SOAPMessage {
        let request = ExistenceRequest(
            patient: patient, id: ("1.2.250.1.999.5.2", uuid), queryID: ("1.2.250.1.999.5.3", uuid),
            creationTime: DTM("20260115104000"))
        let envelope = OutgoingEnvelope(
            Addressing(action: "urn:hl7-org:v3:PRPA_IN201307UV02", messageID: SOAPMessageCase.messageID),
            content: request.element())
        let text = edit(String(decoding: envelope.serialized(), as: UTF8.self))
        return SOAPMessage(reading: Array(text.utf8), contentType: "application/soap+xml")
    }

    private static func findings(_ message: SOAPMessage, earlier: Set<String> = []) throws -> [Finding] {
        let subject = try #require(ExistenceSubject(message, assertionPatient: patient, earlierIDs: earlier))
        return ExistenceRules.all.flatMap { $0.judge(subject, level: .run).findings }
    }

    @Test("A right check breaks nothing")
    func right() throws { #expect(try Self.findings(Self.message()).isEmpty) }

    @Test("Each fault is told, with place, expected and found", arguments: ExistenceFault.all)
    fileprivate func faults(_ fault: ExistenceFault) throws {
        let findings = try Self.findings(Self.message { $0.replacing(fault.old, with: fault.new) })
        #expect(!findings.isEmpty)
        #expect(findings.contains { $0.expected?.contains(fault.expected) == true }, "\(findings)")
        for finding in findings {
            #expect(finding.check == "AUT-001" && finding.severity == .warning)
            #expect(finding.actual?.isEmpty == false && finding.place?.line != nil && finding.place?.xpath != nil)
        }
    }

    @Test("An id that was used before is told, with both languages")
    func repeated() throws {
        let message = Self.message()
        let id = try #require(ExistenceSubject(message)?.identifier)
        let findings = try Self.findings(message, earlier: [id])
        #expect(findings.count == 1 && findings[0].message.fr.contains("déjà servi"))
    }

    @Test("Another body is no existence check")
    func others() {
        #expect(ExistenceSubject(SOAPMessage(reading: Array("<PRPA_IN201307UV02/>".utf8), contentType: nil)) == nil)
    }
}
