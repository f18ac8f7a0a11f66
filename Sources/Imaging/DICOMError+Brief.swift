public import DICOM

extension DICOMError {
    /// The kind of cause and the place, in no language: `not-dicom @ 0 (0008,0018)`.
    public var brief: String { "\(code.rawValue) @ \(byteOffset)\(tagPath.isEmpty ? "" : " \(tagPath)")" }
}
