/// A name that every scenario can use without declaring it: `${exam.patientId}`.
public enum BuiltInVariable: String, Sendable, CaseIterable {
    /// The patient of the fresh exam, as a CX: `<INS>^^^&<oid>&ISO^NH`.
    case patientId = "exam.patientId"
    /// uniqueId of the fresh exam's KOS.
    case kosUniqueId = "exam.kosUniqueId"
    /// uniqueId of the fresh exam's report.
    case crUniqueId = "exam.crUniqueId"
    /// The accession number of the fresh exam, as a CXi of a reference id list.
    case accessionReference = "exam.accessionReference"
    /// The study of the fresh exam.
    case studyInstanceUID = "exam.studyInstanceUID"
    /// The patient of the exam that the system under test holds, as a CX.
    case heldPatientId = "target.patientId"
    /// The accession number of the exam that the system holds, as a CXi.
    case heldAccessionReference = "target.accessionReference"
    /// The study of the exam that the system holds.
    case heldStudyInstanceUID = "target.studyInstanceUID"
    /// uniqueId of the KOS that the system holds.
    case heldKosUniqueId = "target.kosUniqueId"
    /// The first instance that this KOS lists.
    case heldInstanceUID = "target.instanceUID"
    /// A patient without a record in the DMP, as a CX.
    case absentPatientId = "target.absentPatientId"
    /// A patient whose record is closed, as a CX.
    case closedPatientId = "target.closedPatientId"
    /// A patient who refused the professional the access, as a CX.
    case blockedPatientId = "target.blockedPatientId"
}
