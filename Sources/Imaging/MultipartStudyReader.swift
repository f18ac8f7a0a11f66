import Cryptography
import DICOM
public import HTTP

/// Reads the instances of a multipart answer while it comes, in constant memory: of each part only the first bytes are
/// kept, as many as the head of an image may have.
public struct MultipartStudyReader {
    /// How much of each part is kept to read its head.
    public static let headLimit = 1 << 20

    private struct Open {
        let headers: HTTPHeaders
        let headerOffset: Int
        let bodyOffset: Int
        var head: [UInt8] = []
        let digest = MessageDigest(.sha256)
    }

    private var reader: MultipartReader
    private var open: Open?
    private var parts: [MultipartStudy.Part] = []
    private var faults: [MultipartFault] = []
    private var isClosed = false

    /// A reader for the boundary of `contentType`.
    public init(contentType: MediaType?) {
        reader = MultipartReader(boundary: contentType?["boundary"] ?? "")
    }

    /// Takes the next bytes of the body.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        var reader = reader
        reader.feed(bytes) { take($0) }
        self.reader = reader
    }

    /// Ends the body.
    public mutating func finish() -> MultipartStudy {
        var reader = reader
        reader.finish { take($0) }
        self.reader = reader
        return MultipartStudy(parts: parts, faults: faults, isClosed: isClosed)
    }

    private mutating func take(_ event: MultipartEvent) {
        switch event {
        case .partStarted(let headers, let headerOffset, let bodyOffset):
            open = Open(headers: headers, headerOffset: headerOffset, bodyOffset: bodyOffset)
        case .body(let bytes):
            open?.digest.update(bytes)
            if let kept = open?.head.count, kept < Self.headLimit {
                open?.head.append(contentsOf: bytes.prefix(Self.headLimit - kept))
            }
        case .partEnded(let length):
            guard let part = open else { return }
            open = nil
            parts.append(finished(part, length: length))
        case .fault(let fault):
            faults.append(fault)
        case .closed:
            isClosed = true
        }
    }

    private func finished(_ part: Open, length: Int) -> MultipartStudy.Part {
        var image: ImageHeader?
        var error: DICOMError?
        var notes: [DICOMNote] = []
        do {
            let file = try DICOMFile(reading: part.head)
            image = ImageHeader(file)
            // Of a file longer than the head that was kept, the end was cut here, not by the sender.
            notes = length > part.head.count ? file.notes.filter { $0.code != .pixelDataCut } : file.notes
        } catch let failure {
            error = failure
        }
        return MultipartStudy.Part(
            number: parts.count + 1, headers: part.headers, headerOffset: part.headerOffset,
            bodyOffset: part.bodyOffset, length: length, sha256: part.digest.hexadecimal(), image: image, error: error,
            notes: notes)
    }
}
