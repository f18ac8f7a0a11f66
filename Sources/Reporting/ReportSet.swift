public import Conformance
internal import Foundation

/// The reports of a run, in its folder.
public enum ReportSet {
    /// Writes `run.json`, `junit.xml` and `report.html` into `directory`; each is complete or as it was.
    ///
    /// Bodies are read from `directory/evidence`.
    public static func write(
        _ record: RunRecord, to directory: String, language: Language = .fr, showsIdentities: Bool = false
    ) throws(RecordError) {
        try RunRecordFile.write(record, to: directory + "/run.json")
        let options = JUnitReporter.Options(language: language, showsIdentities: showsIdentities)
        try RunRecordFile.writeAtomically(
            JUnitReporter.write(record, options: options), to: directory + "/junit.xml")
        let page = HTMLReporter.write(record, options: HTMLReporter.Options(showsIdentities: showsIdentities)) {
            evidencePrefix(of: $0, in: directory)
        }
        try RunRecordFile.writeAtomically(page, to: directory + "/report.html")
    }

    /// The beginning of a file of the evidence; nil where it is absent. A body of gigabytes isn't read whole.
    public static func evidencePrefix(of reference: EvidenceReference, in directory: String) -> [UInt8]? {
        guard reference.hasDigest,
            let file = FileHandle(forReadingAtPath: "\(directory)/evidence/\(reference.sha256)")
        else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: HTMLReporter.evidencePrefix)).map { [UInt8]($0) }
    }
}
