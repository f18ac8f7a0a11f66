public import DICOM
public import HTTP

/// The instances of a multipart/related answer: of each part its headers, its place, its digest and the head of its
/// DICOM file; never the pixels.
public struct MultipartStudy: Sendable {
    /// One part.
    public struct Part: Sendable {
        /// From 1.
        public let number: Int
        public let headers: HTTPHeaders
        /// Where its headers begin in the body.
        public let headerOffset: Int
        /// Where its content begins in the body.
        public let bodyOffset: Int
        /// Bytes of the content.
        public let length: Int
        /// SHA-256 of the content.
        public let sha256: String
        /// The head of the file; nil where it is no readable DICOM.
        public let image: ImageHeader?
        /// Why it is not readable.
        public let error: DICOMError?
        /// Oddities of the file that were told.
        public let notes: [DICOMNote]

        /// `Content-Type`.
        public var contentType: MediaType? { headers.first("Content-Type").flatMap { MediaType($0) } }
        /// The `transfer-syntax` parameter of `Content-Type`.
        public var declaredTransferSyntax: String? { contentType?["transfer-syntax"] }
    }

    public let parts: [Part]
    /// Departures from the multipart grammar.
    public let faults: [MultipartFault]
    /// Whether the close delimiter came.
    public let isClosed: Bool

    /// Reads a whole body; the boundary is that of the content type.
    public init(reading bytes: [UInt8], contentType: MediaType?) {
        var reader = MultipartStudyReader(contentType: contentType)
        bytes.withUnsafeBytes { reader.feed($0) }
        self = reader.finish()
    }

    /// Reads a recorded body piece by piece.
    public init(reading body: RecordedBody, contentType: MediaType?) throws {
        var reader = MultipartStudyReader(contentType: contentType)
        try body.forEachPiece { reader.feed($0) }
        self = reader.finish()
    }

    init(parts: [Part], faults: [MultipartFault], isClosed: Bool) {
        self.parts = parts
        self.faults = faults
        self.isClosed = isClosed
    }

    /// The parts that hold an image, by SOP Instance UID; the first wins where one comes twice.
    public var images: [String: ImageHeader] {
        Dictionary(
            parts.compactMap { part in part.image.flatMap { image in image.sopInstanceUID.map { ($0, image) } } },
            uniquingKeysWith: { first, _ in first })
    }
}
