import Cryptography
import Imaging
import SOAP
public import XDS

/// The actors of the reference system without sockets: a DMP that holds one exam and the source that serves its images.
public struct ReferenceActors: Sendable {
    /// The exam that the DMP holds and that the source serves.
    public let exam: ExamFixture
    /// The KOS as the DMP holds it; differs from `exam` only where a fault is shown.
    public let manifest: [UInt8]
    /// The report of the exam before its current version; its link opens the exam too.
    public let olderReport: ExamFixture
    /// The exam as its KOS was before the current one replaced it.
    public let replaced: ExamFixture
    /// Another exam of the patient that the source holds.
    public let other: ExamFixture
    /// An exam of the patient that was withdrawn.
    public let withdrawn: ExamFixture
    public let dmp: DMPSimulator
    public let source: ImagingSourceSimulator
    /// What the DMP holds.
    public let store: DocumentStore
    /// What the actors received.
    public let log: MessageLog

    /// Makes the actors and lets the DMP hold the exam: its report and its KOS, which replaced an older version.
    ///
    /// - Parameters:
    ///   - patients: who the registry knows beside the patient of the exam; nil: every patient.
    ///   - seed: the seed of message and entry ids.
    ///   - policy: what the DMP demands beyond XDS.
    ///   - script: how the DMP answers the next messages.
    ///   - admittedClients: the common names of the client certificates in the whitelist of the source; nil: any.
    public init(
        exam: ExamFixture = ExamFixture(), misbehaviors: Set<Misbehavior> = [], patients: [CX]? = [],
        seed: UInt64? = nil, policy: DMPPolicy = .init(), script: AnswerScript = .init(),
        admittedClients: Set<String>? = nil
    ) async {
        let identifiers = IdentifierSource(seed: seed)
        let log = MessageLog()
        let store = DocumentStore(
            repositoryUniqueID: exam.repositoryUniqueID, admitsEveryone: patients == nil, identifiers: identifiers)
        await Self.admit([exam.patientCX] + (patients ?? []), to: store)

        var previous = exam
        previous.manifestUID = exam.derived.uid("manifest/previous")
        previous.manifestSeriesUID = exam.derived.uid("manifest-series/previous")
        var current = exam
        current.manifestNumber = previous.manifestNumber + 1
        let served = Self.served(current, misbehaviors)
        let manifest = served.manifestBytes()

        await Self.submit(previous.submissionRequest([.manifest]), to: store)
        let replacedEntry = try? await store.document(uniqueID: previous.manifestUID)?.entry.id
        var request = current.submissionRequest(replacing: replacedEntry.map { [.manifest: $0] } ?? [:])
        Self.exchange(&request, ExamDocument.manifest.entryID, for: manifest)
        await Self.submit(request, to: store)

        var held = ImagingSourceSimulator.Held(served)
        held.linkedStudyUID = current.studyUID
        held.replacedManifestUID = previous.manifestUID
        self.replaced = previous
        olderReport = Self.olderReport(of: current)
        held.reportIDs.append(olderReport.documentID)
        other = Self.sibling(of: current, "other")
        withdrawn = Self.sibling(of: current, "withdrawn")
        var gone = ImagingSourceSimulator.Held(withdrawn)
        gone.isWithdrawn = true
        self.exam = current
        self.manifest = manifest
        self.store = store
        self.log = log
        dmp = DMPSimulator(
            store: store, log: log, identifiers: identifiers, misbehaviors: misbehaviors, policy: policy,
            script: script)
        source = ImagingSourceSimulator(
            [held, ImagingSourceSimulator.Held(other), gone], log: log, identifiers: identifiers,
            misbehaviors: misbehaviors, admittedClients: admittedClients)
    }

    private static func olderReport(of exam: ExamFixture) -> ExamFixture {
        var older = exam
        older.documentID = exam.derived.uid("document/previous")
        return older
    }

    /// Another exam of the same patient at the same source.
    private static func sibling(of exam: ExamFixture, _ name: String) -> ExamFixture {
        var sibling = ExamFixture(seed: exam.derived.seed(name))
        sibling.patient = exam.patient
        sibling.imageBaseURL = exam.imageBaseURL
        sibling.displayBaseURL = exam.displayBaseURL
        sibling.retrieveLocationUID = exam.retrieveLocationUID
        sibling.repositoryUniqueID = exam.repositoryUniqueID
        return sibling
    }

    /// The exam as the source serves it.
    private static func served(_ exam: ExamFixture, _ misbehaviors: Set<Misbehavior>) -> ExamFixture {
        var served = exam
        if misbehaviors.contains(.manifestWrongStudy) { served.studyUID = exam.derived.uid("other-study") }
        if misbehaviors.contains(.manifestWrongPatient) {
            let number = "1800199999000"
            served.patient.nationalIdentifier.value = number + (NationalIdentifier.key(of: number) ?? "")
        }
        return served
    }

    private static func exchange(_ request: inout ProvideAndRegisterRequest, _ id: String, for bytes: [UInt8]) {
        for index in request.documents.indices where request.documents[index].id == id {
            request.documents[index].bytes = bytes
        }
        for index in request.submission.entries.indices where request.submission.entries[index].id == id {
            request.submission.entries[index].hash = MessageDigest.hexadecimal(of: bytes, .sha1)
            request.submission.entries[index].size = String(bytes.count)
        }
    }

    private static func admit(_ patients: [CX], to store: DocumentStore) async {
        do {
            for patient in patients { try await store.admit(patient) }
        } catch {
            preconditionFailure("a store in memory takes everything: \(error)")
        }
    }

    private static func submit(_ request: ProvideAndRegisterRequest, to store: DocumentStore) async {
        do {
            let errors = try await store.register(request, misbehaviors: [])
            precondition(errors.isEmpty, "the reference exam is conformant: \(errors.map(\.context))")
        } catch {
            preconditionFailure("a store in memory takes everything: \(error)")
        }
    }
}
