/// The names that every scenario can use without declaring them: `${patientId}`.
public enum BuiltInVariable: String, Sendable, CaseIterable {
    /// The patient of the fresh exam, as a CX: `<INS>^^^&<oid>&ISO^NH`.
    case patientId
    /// uniqueId of the fresh exam's KOS.
    case kosUniqueId
    /// uniqueId of the fresh exam's report.
    case crUniqueId
    /// The accession number of the fresh exam, as a CXi of a reference id list.
    case accessionReference
    /// The study of the fresh exam.
    case studyInstanceUID
    /// The patient of the exam that the system holds, as a CX.
    case examPatientId
    /// The accession number of the exam that the system holds, as a CXi.
    case examAccessionReference
    /// The study of the exam that the system holds.
    case examStudyInstanceUID
}
