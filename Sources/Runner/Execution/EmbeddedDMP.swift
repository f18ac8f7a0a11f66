internal import Conformance
internal import Imaging
internal import Signatures
internal import Simulators
internal import XDS

/// What the embedded DMP demands, and whom it knows: as a real one does, it takes no message without a signed VIHF and no
/// submission without a signature.
enum EmbeddedDMP {
    /// Patients of a state that scenarios ask for.
    static let patients: [BuiltInVariable: CX] = [
        .absentPatientId: patient("2800199999001"), .closedPatientId: patient("2800199999002"),
        .blockedPatientId: patient("2800199999003"),
    ]

    /// The rules of the DMP beyond XDS: it knows one signer.
    static var policy: DMPPolicy {
        var demands = SignedMessages()
        demands.known = EmbeddedIdentity.shared.certificate
        return demands.policy
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

    private static func patient(_ number: String) -> CX {
        CX(
            id: number + (NationalIdentifier.key(of: number) ?? ""), oid: NationalIdentifier.testAuthority, type: "NH")
    }
}
