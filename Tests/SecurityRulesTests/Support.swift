import Checks
import Conformance
import Foundation
import SOAP
import Signatures
import TestSupport
import XDS
import XML

/// An invented assertion and message, to be bent.
enum AssertionCase {
    static let now = Date(timeIntervalSinceNow: 60)
    static let patient = CX(id: "279035121518989", oid: FrenchOID.insNIRTest, type: "NH")

    static let facts = VIHF.Facts(
        professional: "899700000017", professionalName: "Zoé MEDECIN", structure: SigningFiles.structure,
        sector: "SA25^1.2.250.1.71.4.2.4", patient: patient.text,
        profession: VIHF.Code("10", VIHF.professions, display: "Médecin"),
        specialty: VIHF.Code("SM26", VIHF.specialties, display: "Médecine générale"), mode: "INDIRECTE",
        software: .init(name: "CISIS", version: "1", serial: "1", homologation: "TEST-1"))

    static func identity(_ name: String) throws -> SigningIdentity {
        let files = SigningFiles.shared
        return try SigningIdentity(certificateChain: files.path("\(name).pem"), key: files.path("\(name).key"))
    }

    static func verifier(days: Double = 0, trust: String? = "ca") throws -> SignatureVerifier {
        SignatureVerifier(
            trust: try trust.map { SignatureTrust(pem: try SigningFiles.shared.bytes("\($0).pem")) },
            at: now.addingTimeInterval(days * 86_400))
    }

    static func values() throws -> VIHF {
        VIHF(facts, id: "a-1", at: now, issuer: try identity("drimbox").certificate.subject)
    }

    /// A query about `patient` that the element `assertion` comes with.
    static func message(_ assertion: Element?, patient: CX = patient) -> SOAPMessage {
        let query = StoredQuery(
            .findDocuments, parameters: [StoredQuery.Parameter("$XDSDocumentEntryPatientId", ["'\(patient.text)'"])])
        let envelope = OutgoingEnvelope(
            Addressing(action: "urn:ihe:iti:2007:RegistryStoredQuery", messageID: "urn:uuid:1"),
            headerBlocks: [SecurityHeader.element(assertion.map { [$0] } ?? [])], content: query.element())
        return SOAPMessage(reading: envelope.serialized(), contentType: "application/soap+xml")
    }

    static func subject(_ mutations: [String], level: JudgementLevel = .run) throws -> AssertionSubject? {
        let element = try VIHFMutation.apply(
            mutations.compactMap { VIHFMutation(rawValue: $0) }, to: values(), by: identity("drimbox"),
            stranger: identity("stranger"), at: now)
        return AssertionSubject(message(element), verifier: try verifier(), receivedAt: now)
    }
}

/// The outcomes of a table.
struct Outcomes {
    let outcomes: [RuleOutcome]

    init<Subject>(_ rules: [Rule<Subject>], _ subject: Subject, _ level: JudgementLevel) {
        outcomes = rules.map { $0.judge(subject, level: level) }
    }

    /// The ids of the rules that fail.
    var failing: [String] { outcomes.filter { $0.verdict == .fail }.map(\.id) }
    /// The ids of the rules with warnings and no violation.
    var warning: [String] {
        outcomes.filter { $0.verdict != .fail && $0.findings.contains { $0.severity == .warning } }.map(\.id)
    }
    var notRun: [String] { outcomes.filter { $0.verdict == .notRun }.map(\.id) }
    var findings: [Finding] { outcomes.flatMap(\.findings) }
}
