internal import Conformance
internal import Foundation
internal import Imaging
internal import SOAP
internal import Signatures
internal import Simulators
internal import XDS
internal import XML

/// What the embedded DMP demands, and whom it knows: as a real one does, it takes no message without a signed VIHF and no
/// submission without a signature.
enum EmbeddedDMP {
    /// Patients of a state that scenarios ask for.
    static let patients: [BuiltInVariable: CX] = [
        .absentPatientId: patient("2800199999001"), .closedPatientId: patient("2800199999002"),
        .blockedPatientId: patient("2800199999003"),
    ]

    /// The rules of the DMP beyond XDS.
    static var policy: DMPPolicy {
        var policy = DMPPolicy()
        policy.assertion.demand = .required
        policy.assertion.verify = { context in verify(context) }
        policy.signature = SignaturePolicy(demand: .required) { signed in
            guard let document = try? Document(parsing: signed.bytes),
                let signature = Signatures.SubmissionSignature(reading: document)
            else { return ["it is no XAdES signature of a submission set"] }
            return defects(signature.verify(SignatureVerifier(at: Date())))
        }
        return policy
    }

    /// Gives the patients their records.
    static func admit(to store: DocumentStore) async {
        let records = [
            patients[.closedPatientId].map { PatientRecord($0, state: .closed) },
            patients[.blockedPatientId].map { PatientRecord($0, defaultAuthorization: .blocked) },
        ]
        for record in records.compactMap({ $0 }) {
            do {
                try await store.set(record)
            } catch {
                preconditionFailure("a store in memory takes everything: \(error)")
            }
        }
    }

    private static func verify(_ context: AssertionContext) -> [AssertionDefect] {
        defects(SignatureVerifier(at: Date()).verifyEnveloped(context.assertion))
            .map { AssertionDefect(.signature, $0) }
    }

    /// Why a signature is refused: what is wrong with it, and any signer but the one that the DMP knows.
    private static func defects(_ report: SignatureReport) -> [String] {
        var defects = report.faults.filter { $0.weight == .refusal }.map(\.english)
        if report.integrity != .intact, defects.isEmpty { defects.append("the signature cannot be verified") }
        if let signer = report.signer, signer.der != EmbeddedIdentity.shared.certificate.der {
            defects.append("the signer is not known")
        }
        return defects
    }

    private static func patient(_ number: String) -> CX {
        CX(
            id: number + (NationalIdentifier.key(of: number) ?? ""), oid: NationalIdentifier.testAuthority, type: "NH")
    }
}
