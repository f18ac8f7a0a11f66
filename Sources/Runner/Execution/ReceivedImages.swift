internal import Checks
internal import HTTP
internal import Imaging

/// The images of one answer, by RAD-69 or WADO-RS.
struct ReceivedImages: Sendable {
    var images: [ReceivedImage]
    /// What is odd about the multipart.
    var faults: [MultipartFault] = []
    var isClosed = true
    /// Whether the answer was a WADO-RS multipart.
    var isWADO: Bool

    /// The images of a WADO-RS answer.
    init(_ study: MultipartStudy) {
        images = study.parts.map { part in
            ReceivedImage(
                name: "part \(part.number)", declaredTransferSyntax: part.declaredTransferSyntax,
                mediaType: part.contentType?.essence, head: part.image, error: part.error?.brief,
                byteOffset: part.bodyOffset)
        }
        faults = study.faults
        isClosed = study.isClosed
        isWADO = true
    }

    /// Images that RAD-69 delivered.
    init(_ images: [ReceivedImage]) {
        self.images = images
        isWADO = false
    }
}
