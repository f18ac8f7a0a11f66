internal import HTTP
internal import SOAP
internal import Signatures
internal import Simulators
internal import XDS

/// The embedded reference system as a client of the DMP: it does at once what a person does with a real system.
actor ReferenceInitiator {
    private let exam: ExamFixture
    private let source: SourceClient
    private let consumer: ConsumerClient
    private let signer: SigningIdentity
    private let identifiers: IdentifierSource
    /// An entry that the last consultation showed.
    private var shown: DocumentEntry?

    init(exam: ExamFixture, dmp: DMPServer, misbehaviors: Set<ClientMisbehavior>, client: HTTPClient, seed: UInt64) {
        self.exam = exam
        let signer = EmbeddedIdentity.shared
        let credentials = Credentials(signer: signer)
        let identifiers = IdentifierSource(seed: seed)
        self.signer = signer
        self.identifiers = identifiers
        // A reference client is answered at once, or on purpose not at all.
        let dmpClient = DMPClient(
            endpoints: DMPClient.Endpoints(base: dmp.baseURL), client: client,
            timeouts: Timeouts(connect: 10, firstByte: 10, idle: 10, total: 30),
            identifiers: identifiers
        ) { transaction, patient in
            let id = "_" + identifiers.uuid()
            do {
                return try credentials.security(
                    transaction, patient: (patient ?? exam.patientCX).text, of: exam, id: id, [])
            } catch {
                preconditionFailure("the embedded identity signs: \(error)")
            }
        }
        source = SourceClient(dmpClient, misbehaviors: misbehaviors)
        consumer = ConsumerClient(dmpClient, misbehaviors: misbehaviors)
    }

    /// `request` with the signature of its submission set.
    private func signed(_ request: ProvideAndRegisterRequest) -> ProvideAndRegisterRequest {
        var request = request
        do {
            try SubmissionSigner(signer, request).sign(&request, uniqueID: identifiers.oid())
        } catch {
            preconditionFailure("the embedded identity signs: \(error)")
        }
        return request
    }

    func perform(_ stimulus: Stimulus) async {
        switch stimulus {
        case .submit: await source.publish(signed(exam.submissionRequest([.report, .manifest])))
        case .retry: await source.retry()
        case .replace:
            let next = exam.nextVersion()
            let request = signed(next.submissionRequest([.report]))
            _ = await source.replace(
                exam.uniqueID(of: .report), with: request, entryID: ExamDocument.report.entryID)
        case .withdraw:
            guard let set = exam.submissionRequest([.manifest]).submission.submissionSet else { return }
            _ = await source.withdraw(exam.uniqueID(of: .manifest), set: set)
        case .resubmit: await source.resubmit()
        case .consult:
            let consultation = await consumer.consult(exam.patientCX)
            shown = consultation.exams.lazy.flatMap { $0.manifests + $0.reports }.first
        case .reopen:
            guard let shown else { return }
            _ = await consumer.reopen(shown, of: exam.patientCX)
        }
    }
}
