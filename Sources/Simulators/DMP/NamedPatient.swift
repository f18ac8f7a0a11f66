import SOAP
import XDS
import XML

/// The patient that a message names, where its transaction names one.
struct NamedPatient {
    let patient: CX?

    init(_ transaction: DMPTransaction, _ message: SOAPMessage, _ submitted: ProvideAndRegisterRequest?) {
        let content = message.envelope?.content
        switch transaction {
        case .provideAndRegister: patient = submitted?.submission.submissionSet?.patientID
        case .updateDocumentSet:
            patient = content.flatMap { Submission.list(in: $0) }
                .flatMap { Submission(reading: $0).submissionSet?.patientID }
        case .registryStoredQuery:
            let query = content.flatMap { StoredQuery(reading: $0) }
            let names = [
                "$XDSDocumentEntryPatientId", "$XDSSubmissionSetPatientId", "$XDSFolderPatientId", "$patientId",
            ]
            patient = names.lazy.compactMap { query?.text($0) }.first.map { CX($0) }
        case .existence: patient = content.flatMap { ExistenceRequest(reading: $0)?.patient }
        case .retrieveDocumentSet, .authorization: patient = nil
        }
    }
}
