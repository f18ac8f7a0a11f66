internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging

/// The images of one answer, by RAD-69 or WADO-RS: their heads, never their pixels.
struct ReceivedImages: Sendable {
    struct Image: Sendable {
        /// What names it in messages: a Content-ID or a part number.
        var name: String
        /// What the envelope or the part calls it.
        var declaredUID: String?
        var declaredTransferSyntax: String?
        var mediaType: String?
        var head: ImageHeader?
        /// Why the head cannot be read.
        var error: String?
        var byteOffset: Int?
    }

    var images: [Image]
    /// What is odd about the multipart.
    var faults: [MultipartFault] = []
    var isClosed = true
    /// Whether the answer was a WADO-RS multipart.
    var isWADO: Bool

    /// The images of a WADO-RS answer.
    init(_ study: MultipartStudy) {
        images = study.parts.map { part in
            Image(
                name: "part \(part.number)", declaredTransferSyntax: part.declaredTransferSyntax,
                mediaType: part.contentType.map { "\($0.type)/\($0.subtype)" }, head: part.image,
                error: part.error.map { "\($0)" }, byteOffset: part.bodyOffset)
        }
        faults = study.faults
        isClosed = study.isClosed
        isWADO = true
    }

    /// Images that RAD-69 delivered.
    init(_ images: [Image]) {
        self.images = images
        isWADO = false
    }
}
