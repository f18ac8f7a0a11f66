import DICOM
import Imaging

// The images as this source serves them, faults included.
extension ImagingSourceSimulator {
    /// The bytes of an image in WADO-RS.
    func bytes(_ instance: ExamFixture.Instance, of series: ExamFixture.Series, in exam: ExamFixture) -> [UInt8] {
        var file = exam.image(instance, of: series)
        for misbehavior in misbehaviors.sorted() {
            switch misbehavior {
            case .wadoNoINS: file.dataSet.remove(.otherPatientIDsSequence)
            case .wadoOtherSeries: file.dataSet.set(.seriesInstanceUID, exam.derived.uid("other-series"))
            case .wadoOtherPatient: Self.setOtherPatient(&file)
            case .wadoOtherBirthDate: file.dataSet.set(.patientBirthDate, "19330303")
            case .wadoNoPixels: file.dataSet.remove(.pixelData)
            case .wadoWrongEncoding: Self.setSyntax(&file, UID.losslessJPEG)
            case .wadoWrongMeta: file.meta.set(.mediaStorageSOPInstanceUID, exam.derived.uid("other-instance"))
            case .wadoWrongClass:
                file.dataSet.set(.sopClassUID, UID.mrImage)
                file.meta.set(.mediaStorageSOPClassUID, UID.mrImage)
            case _: break
            }
        }
        return misbehaviors.contains(.wadoTruncatedPixels) ? Self.cut(file) : file.serialized()
    }

    /// The bytes of an image in RAD-69.
    func retrieved(_ image: DICOMFile, of exam: ExamFixture) -> [UInt8] {
        var file = image
        if misbehaviors.contains(.rad69OtherPatient) { Self.setOtherPatient(&file) }
        if misbehaviors.contains(.rad69WrongEncoding) { Self.setSyntax(&file, UID.losslessJPEG) }
        if misbehaviors.contains(.rad69NoPixels) { file.dataSet.remove(.pixelData) }
        if misbehaviors.contains(.rad69WrongMeta) {
            file.meta.set(.mediaStorageSOPInstanceUID, exam.derived.uid("other-instance"))
        }
        return misbehaviors.contains(.rad69TruncatedPixels) ? Self.cut(file) : file.serialized()
    }

    /// The INS of nobody, for tests.
    private static func setOtherPatient(_ file: inout DICOMFile) {
        file.dataSet.editItems(.otherPatientIDsSequence) { item in
            if item.string(.issuerOfPatientID) != nil { item.set(.patientID, "170019999900074") }
        }
    }

    /// Says another transfer syntax; the pixels stay as they are.
    private static func setSyntax(_ file: inout DICOMFile, _ syntax: String) {
        file = DICOMFile(dataSet: file.dataSet, transferSyntax: syntax)
    }

    /// All but the last quarter of the pixels.
    private static func cut(_ file: DICOMFile) -> [UInt8] {
        let missing = (file.dataSet[.pixelData]?.bytes.count ?? 0) / 4
        return Array(file.serialized().dropLast(missing))
    }
}

extension UID {
    /// JPEG Lossless, first-order prediction.
    static let losslessJPEG = "1.2.840.10008.1.2.4.70"
}
