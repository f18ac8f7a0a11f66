import Cryptography
import DICOM
public import HTTP

/// Reads the instances of a multipart answer while it comes, in constant memory: of each part only the first bytes are
/// kept, as many as the head of an image may have; the pixels after them are counted.
public struct MultipartStudyReader {
    /// How much of each part is kept to read its head.
    public static let headLimit = 1 << 20
    /// How much is kept of a part whose head is longer than that.
    public static let longestHead = 16 << 20

    fileprivate struct Open {
        let headers: HTTPHeaders
        let headerOffset: Int
        let bodyOffset: Int
        var head: [UInt8] = []
        var limit = MultipartStudyReader.headLimit
        var begun: (file: DICOMFile, pixels: PixelFollower)?
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
            open?.take(bytes)
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
        if let begun = part.begun {
            var pixels = begun.pixels
            image = ImageHeader(begun.file, pixels: pixels.finish(total: length))
            // The end was cut here, not by the sender.
            notes = begun.file.notes.filter { $0.code != .pixelDataCut }
        } else {
            do {
                let file = try DICOMFile(reading: part.head)
                image = ImageHeader(file)
                notes = file.notes
            } catch let failure {
                error = failure
            }
        }
        return MultipartStudy.Part(
            number: parts.count + 1, headers: part.headers, headerOffset: part.headerOffset,
            bodyOffset: part.bodyOffset, length: length, sha256: part.digest.hexadecimal(), image: image, error: error,
            notes: notes)
    }
}

extension MultipartStudyReader.Open {
    /// Takes the next bytes: into the head as long as it has room, then past the pixels.
    fileprivate mutating func take(_ bytes: UnsafeRawBufferPointer) {
        digest.update(bytes)
        var rest = bytes[...]
        while !rest.isEmpty {
            if begun != nil {
                begun?.pixels.feed(UnsafeRawBufferPointer(rebasing: rest))
                return
            }
            guard head.count < limit else {
                begin()
                if begun == nil, limit >= MultipartStudyReader.longestHead { return }
                continue
            }
            let taken = rest.prefix(limit - head.count)
            head.append(contentsOf: taken)
            rest = rest.dropFirst(taken.count)
        }
    }

    /// Reads the head, now that there is more of the part than it has room for; a head that ends before the pixels is
    /// given more room.
    private mutating func begin() {
        let file = try? DICOMFile(reading: head)
        let hasPixels = file.map { file in ImagePixels.tags.contains { file.dataSet.contains($0) } } ?? false
        if let file, hasPixels || limit >= MultipartStudyReader.longestHead {
            begun = (file, PixelFollower(file, head: head))
        } else if limit < MultipartStudyReader.longestHead {
            limit *= 4
        }
    }
}
