internal import Checks
internal import Conformance
internal import DICOM
internal import Foundation
internal import Imaging
internal import Simulators
internal import XDS
internal import XML

/// The two exams that a scenario can speak of: one that it makes and submits, one that the system under test holds.
struct ScenarioExam: Sendable {
    let fresh: ExamFixture
    let held: HeldExam?
    /// Patients whose records are in a state that scenarios ask for.
    var patients: [BuiltInVariable: CX] = [:]

    /// The facts that scenarios can name: `${exam.patientId}`.
    var variables: Variables {
        var values = Variables()
        func set(_ name: BuiltInVariable, _ value: String?) { values[name.rawValue] = value }
        set(.patientId, fresh.patientCX.text)
        set(.kosUniqueId, fresh.manifestUID)
        set(.crUniqueId, fresh.documentID)
        set(.accessionReference, fresh.accessionReference.text)
        set(.studyInstanceUID, fresh.studyUID)
        set(.heldPatientId, held?.patientCX?.text)
        set(.heldAccessionReference, held?.accessionReference?.text)
        set(.heldStudyInstanceUID, held?.manifest.selection.studyInstanceUID)
        set(.heldKosUniqueId, held?.manifest.selection.sopInstanceUID)
        set(.heldInstanceUID, held?.manifest.selection.askable.first?.instance)
        for (name, patient) in patients { set(name, patient.text) }
        return values
    }
}

/// The exam that the system under test holds, by its report and its manifest.
struct HeldExam: Sendable {
    var report: StepEvidence.Report
    var manifest: StepEvidence.Manifest
    let reading: ImagingReport
    /// The link of an older version of the report.
    private(set) var olderLink: ImageDisplayLink?
    /// The link of the report of an exam that was withdrawn.
    private(set) var withdrawnLink: ImageDisplayLink?
    /// The KOS of another exam that the system holds.
    private(set) var otherManifest: StepEvidence.Manifest?
    /// The KOS that the current one replaced.
    private(set) var replacedManifest: StepEvidence.Manifest?

    /// What a target may say beyond report and manifest, by the key of its file.
    enum Part: String, Sendable, CaseIterable {
        case olderReport = "exam.olderReport"
        case withdrawnReport = "exam.withdrawnReport"
        case otherManifest = "exam.otherManifest"
        case replacedManifest = "exam.replacedManifest"
    }

    /// Reads both files.
    ///
    /// - Throws: `RunError` with `usage`, naming the file that cannot be read.
    init(report reportBytes: [UInt8], manifest manifestBytes: [UInt8], names: (report: String, manifest: String))
        throws(RunError)
    {
        do {
            let document = try Document(parsing: reportBytes, name: names.report)
            guard let reading = ImagingReport(document) else {
                throw RunError(.usage, "'\(names.report)' is no CDA document")
            }
            self.reading = reading
            report = StepEvidence.Report(bytes: reportBytes, document: document)
            let file = try DICOMFile(reading: manifestBytes)
            manifest = StepEvidence.Manifest(
                bytes: manifestBytes, file: file, selection: KeyObjectSelection(file))
        } catch let error as XMLError {
            throw RunError(.usage, "'\(names.report)' cannot be read: line \(error.line): \(error.message)")
        } catch let error as DICOMError {
            throw RunError(.usage, "'\(names.manifest)' cannot be read: \(error)")
        } catch let error as RunError {
            throw error
        } catch {
            throw RunError(.usage, "the exam cannot be read: \(error)")
        }
    }

    /// Adds what the target says beyond report and manifest.
    ///
    /// - Throws: `RunError` with `usage` for a file that cannot be read.
    mutating func add(_ part: Part, _ bytes: [UInt8], name: String) throws(RunError) {
        switch part {
        case .olderReport: olderLink = try Self.link(bytes, name)
        case .withdrawnReport: withdrawnLink = try Self.link(bytes, name)
        case .otherManifest: otherManifest = try Self.manifest(bytes, name)
        case .replacedManifest: replacedManifest = try Self.manifest(bytes, name)
        }
    }

    private static func manifest(_ bytes: [UInt8], _ name: String) throws(RunError) -> StepEvidence.Manifest {
        do throws(DICOMError) {
            let file = try DICOMFile(reading: bytes)
            return StepEvidence.Manifest(bytes: bytes, file: file, selection: KeyObjectSelection(file))
        } catch {
            throw RunError(.usage, "'\(name)' cannot be read: \(error)")
        }
    }

    private static func link(_ bytes: [UInt8], _ name: String) throws(RunError) -> ImageDisplayLink? {
        do {
            return ImagingReport(try Document(parsing: bytes, name: name))?.links.first?.link
        } catch {
            throw RunError(.usage, "'\(name)' cannot be read: \(error)")
        }
    }

    /// The patient, as the DMP names them.
    var patientCX: CX? {
        reading.patient?.nationalIdentifier.flatMap { identifier in
            identifier.value.map { CX(id: $0, oid: identifier.root, type: "NH") }
        }
    }

    /// The first accession number of the report.
    var accessionReference: CXi? {
        reading.accessions.first.flatMap { accession in
            accession.value.map { CXi(id: $0, oid: accession.root, kind: .accession) }
        }
    }

    /// The link of the report.
    var link: ImageDisplayLink? { reading.links.first?.link }
}
