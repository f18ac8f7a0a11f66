internal import Conformance
internal import Cryptography
internal import Foundation
internal import SOAP
internal import Signatures
internal import Simulators
internal import XDS
internal import XML

/// With what the harness signs as a health professional's software: the VIHF of each message, and submission sets.
struct Credentials: Sendable {
    /// Of the assertions; nil: messages go without VIHF.
    let assertion: SigningIdentity?
    /// Of the submission sets; nil: they go unsigned.
    let submission: SigningIdentity?
    /// The roles and the mode of the assertions, where the target file says them.
    var professional = SystemUnderTest.Professional()

    /// One key for both.
    init(signer: SigningIdentity) { (assertion, submission) = (signer, signer) }

    /// A key for each; nil for what is not signed.
    init(assertion: SigningIdentity?, submission: SigningIdentity?, professional: SystemUnderTest.Professional) {
        self.assertion = assertion
        self.submission = submission
        self.professional = professional
    }

    /// The assertion of a message of `transaction` about `patient`, in its header block, made wrong by `mutations`; none
    /// without a key.
    func security(
        _ transaction: DMPTransaction, patient: String, of exam: ExamFixture, id: String, _ mutations: [VIHFMutation]
    ) throws -> [Element] {
        guard let signer = assertion else { return [] }
        // A source acts for a structure; a consumer for a professional that was authenticated.
        let isSource = transaction == .provideAndRegister || transaction == .updateDocumentSet
        let facts = VIHF.Facts(
            professional: exam.author.identifier,
            professionalName: "\(exam.author.given) \(exam.author.family)",
            structure: exam.organization.identifier,
            sector: sector(exam), patient: patient,
            profession: Self.code(professional.profession, VIHF.professions)
                ?? VIHF.Code("10", VIHF.professions, display: "Médecin"),
            specialty: Self.code(professional.specialty, VIHF.specialties)
                ?? (professional.profession == nil
                    ? VIHF.Code("SM44", VIHF.specialties, display: "Radio-diagnostic (SM)") : nil),
            mode: professional.mode ?? (isSource ? "INDIRECTE" : "INDIRECTE_RENFORCEE"),
            software: VIHF.Facts.Software(
                name: "CISIS", version: "1", homologation: professional.homologation ?? "ESSAI-0001"))
        let now = Date()
        let vihf = VIHF(facts, id: id, at: now, issuer: signer.certificate.subject)
        return [SecurityHeader.element([try VIHFMutation.apply(mutations, to: vihf, by: signer, at: now)])]
    }

    private func sector(_ exam: ExamFixture) -> String {
        let facility = exam.organization.facility
        guard let sector = professional.sector else { return "\(facility.code)^\(facility.system)" }
        return sector.contains("^") ? sector : "\(sector)^\(facility.system)"
    }

    private static func code(_ role: SystemUnderTest.Role?, _ system: String) -> VIHF.Code? {
        role.map { VIHF.Code($0.code, $0.system ?? system, display: $0.display) }
    }
}

/// Signs a submission set: adds the signature as a document with its entry and the association `signs`.
struct SubmissionSigner {
    /// The id of the signature's entry in a submission.
    static let entryID = "Signature01"

    private let identity: SigningIdentity
    /// What the entry of the signature has in common with the others.
    private let template: DocumentEntry?

    /// A signer of submissions like `request`.
    init(_ identity: SigningIdentity, _ request: ProvideAndRegisterRequest) {
        self.identity = identity
        template = request.submission.entries.first
    }

    /// Signs what stands in `request` now; the digests are those of its documents.
    func sign(_ request: inout ProvideAndRegisterRequest, uniqueID: String) throws {
        guard var entry = template, let set = request.submission.submissionSet else { return }
        let documents = request.submission.entries.compactMap { entry in
            request.document(entry.id).map {
                SubmissionSignature.SignedDocument(
                    uniqueID: entry.uniqueID, bytes: $0.bytes, isXML: entry.mimeType == "text/xml")
            }
        }
        let bytes = try SubmissionSignature.make(
            id: uniqueID, submissionSet: set.uniqueID, documents: documents, by: identity, at: Date())
        entry.id = Self.entryID
        entry.uniqueID = uniqueID
        entry.mimeType = "text/xml"
        entry.title = "Source"
        entry.comments = nil
        entry.classCode = FrenchCode.signatureClass
        entry.typeCode = FrenchCode.signatureType
        entry.formatCode = FrenchCode.signatureFormat
        entry.eventCodes = [FrenchCode.signaturePurpose]
        entry.referenceIDs = []
        entry.patientID = set.patientID
        entry.hash = MessageDigest.hexadecimal(of: bytes, .sha1)
        entry.size = String(bytes.count)
        request.submission.entries.append(entry)
        request.documents.append(SubmittedDocument(id: Self.entryID, bytes: bytes))
        request.submission.associations += [
            Association.member(id: "Association-\(Self.entryID)", set: set.id, entry: Self.entryID),
            Association(id: "Signs-\(Self.entryID)", type: XDSURN.signs, source: Self.entryID, target: set.id),
        ]
    }
}

/// The mutations of the VIHF that a step asks for: `vihf.expire`, `vihf.drop-attribute NAME`, `vihf.remove`.
struct AssertionMutations: Sendable {
    /// Each with the number of its words, for any driver of the DMP; those of the TLS handshake too.
    static let known: [String: Int] = {
        var known = ShownCertificate.known
        known["vihf.remove"] = 0
        for mutation in VIHFMutation.all where mutation.name != "wrong-ca" {
            known["vihf.\(mutation.name)"] = mutation.takesArgument ? 1 : 0
        }
        return known
    }()

    private var isRemoved = false
    private var mutations: [VIHFMutation] = []
    var isEmpty: Bool { !isRemoved && mutations.isEmpty }
    /// What is changed has to be there first.
    var signatures: Set<SignedPart> { isEmpty ? [] : [.assertion] }

    /// Those among `mutations`.
    init(_ mutations: [Mutation]) {
        for mutation in mutations where mutation.name.hasPrefix("vihf.") {
            guard mutation.name != "vihf.remove" else {
                isRemoved = true
                continue
            }
            let name = ([String(mutation.name.dropFirst(5))] + mutation.words).joined(separator: ":")
            if let known = VIHFMutation(rawValue: name) { self.mutations.append(known) }
        }
    }

    /// The header blocks of a message; none for a target that was given no key to sign with.
    ///
    /// - Throws: `StepObstacle` where the step changes an assertion that cannot be made.
    func blocks(_ transaction: DMPTransaction, patient: String?, _ context: StepContext) throws -> [Element] {
        guard let credentials = context.services.credentials, credentials.assertion != nil else {
            guard isEmpty else {
                throw StepObstacle(
                    .skipped, fr: "Aucune clé ne permet de signer un VIHF pour cette cible (clé « signing.assertion »)",
                    en: "There is no key to sign a VIHF with for this target (key 'signing.assertion')")
            }
            return []
        }
        guard !isRemoved else { return [] }
        return try credentials.security(
            transaction, patient: patient ?? context.exam.fresh.patientCX.text, of: context.exam.fresh,
            id: "_" + context.identifiers.uuid("assertion/\(context.step.id)"), mutations)
    }
}
