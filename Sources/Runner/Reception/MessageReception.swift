internal import Conformance
internal import DICOM
internal import HTTP
internal import SOAP
internal import Simulators
internal import XDS
internal import XML

/// A step that waits for a message of the system under test: `await: ITI-41`.
///
/// `with: {stimulus: submit, answer: error XDSRepositoryBusy, within: 60}`: what the system is asked to do, how the
/// simulated DMP answers (by the rules when it is left out), and for how many seconds it is waited for.
struct MessageReception: Sendable {
    let transaction: DMPTransaction
    let stimulus: Stimulus?
    let answer: ScriptedAnswer?
    /// Seconds; nil: as long as the kind of target suggests.
    let within: Double?
    /// Whether the step expects that no message comes.
    let expectsNone: Bool

    init(_ name: String, _ step: Step) throws(LoadError) {
        guard let transaction = DMPTransaction(rawValue: name) else {
            throw LoadError(
                step.location, "no step can wait for '\(name)'",
                advice: "known here: \(DMPTransaction.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.transaction = transaction
        let fields = try Argument.map(step.with, keys: ["stimulus", "answer", "within"])
        if let argument = fields["stimulus"] {
            let text = try argument.text()
            guard let stimulus = Stimulus(rawValue: text) else {
                throw LoadError(
                    argument.value.location, "no stimulus '\(text)'",
                    advice: "known here: \(Stimulus.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            self.stimulus = stimulus
        } else {
            stimulus = nil
        }
        if let argument = fields["answer"] {
            let text = try argument.text()
            guard let answer = ScriptedAnswer(text) else {
                throw LoadError(
                    argument.value.location, "no answer '\(text)'",
                    advice: "known here: \(ScriptedAnswer.forms.joined(separator: ", "))")
            }
            self.answer = answer
        } else {
            answer = nil
        }
        if let argument = fields["within"] {
            guard let seconds = Double(try argument.text()), seconds > 0, seconds <= 86_400 else {
                throw LoadError(argument.value.location, "'within' must be seconds above 0")
            }
            within = seconds
        } else {
            within = nil
        }
        expectsNone = step.expectations.contains { $0.kind == "arrival" && $0.argument.scalarText == "none" }
        guard let mutation = step.mutations.first else { return }
        throw LoadError(mutation.location, "a step that waits sends nothing: it has no mutation")
    }

    /// What the message holds, for the judges.
    func read(_ message: ReceivedMessage, into evidence: inout StepEvidence) async {
        evidence.received = message
        let body = (try? message.request.body.bytes(limit: 256 << 20)) ?? []
        let type = message.request.headers.first("Content-Type")
        let soap = await WorkerPool.shared.run { SOAPMessage(reading: body, contentType: type) }
        evidence.answer = soap
        evidence.requestAction = transaction.action
        guard transaction == .provideAndRegister, let request = ProvideAndRegisterRequest(reading: soap) else { return }
        evidence.submission = soap
        // The signature describes no document of the exam.
        evidence.submittedEntries = request.submission.entries.filter { !$0.isSignature }
        evidence.entries = evidence.submittedEntries
        for document in request.documents {
            let entry = request.submission.entries.first { $0.id == document.id }
            var held = HeldDocument(
                name: document.id, uniqueID: entry?.uniqueID ?? document.id, mimeType: entry?.mimeType ?? "",
                bytes: document.bytes)
            if let file = try? DICOMFile(reading: document.bytes) {
                held.name = "kos"
                evidence.manifest = StepEvidence.Manifest(
                    bytes: document.bytes, file: file, selection: KeyObjectSelection(file))
            } else if let parsed = try? Document(parsing: document.bytes),
                parsed.documentElement.localName == "ClinicalDocument"
            {
                held.name = "cr"
                evidence.report = StepEvidence.Report(bytes: document.bytes, document: parsed)
            }
            evidence.documents.append(held)
        }
    }
}

extension SourceValue {
    /// The text of a scalar; nil for what is none.
    var scalarText: String? {
        guard case .scalar(let text, _) = self else { return nil }
        return text
    }
}
