internal import DICOM
internal import Foundation
internal import HTTP
internal import Imaging

/// The metadata of one answer of WADO-RS: what the DICOM JSON Model says of each instance (DICOM PS3.18, annex F).
struct ReceivedMetadata: Sendable {
    /// What is said of one instance.
    struct Instance: Sendable, Hashable {
        var study: String?
        var series: String?
        var instance: String?
        /// Whether the pixels stand in it.
        var hasPixels: Bool
    }

    var mediaType: MediaType?
    /// nil where the body is no array of objects.
    var instances: [Instance]?

    /// Reads the body of an answer.
    init(mediaType: MediaType?, _ bytes: [UInt8]) {
        self.mediaType = mediaType
        let objects = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [[String: Any]]
        instances = objects?.map { object in
            func attribute(_ key: String) -> [String: Any]? { object[key] as? [String: Any] }
            func uid(_ key: String) -> String? {
                let attribute = attribute(key)
                guard attribute?["vr"] as? String == "UI" else { return nil }
                return (attribute?["Value"] as? [Any])?.first as? String
            }
            return Instance(
                study: uid("0020000D"), series: uid("0020000E"), instance: uid("00080018"),
                hasPixels: attribute("7FE00010")?["InlineBinary"] != nil)
        }
    }
}

/// The frames of one answer of WADO-RS.
struct ReceivedFrames: Sendable {
    /// One frame.
    struct Frame: Sendable, Hashable {
        var mediaType: String?
        var transferSyntax: String?
        var length: Int
        var byteOffset: Int
    }

    var mediaType: MediaType?
    var frames: [Frame]
    var isClosed: Bool

    /// The parts of an answer, which hold no files.
    init(_ multipart: MultipartStudy, _ mediaType: MediaType?) {
        self.mediaType = mediaType
        frames = multipart.parts.map {
            Frame(
                mediaType: $0.contentType?.essence.lowercased(), transferSyntax: $0.declaredTransferSyntax,
                length: $0.length, byteOffset: $0.bodyOffset)
        }
        isClosed = multipart.isClosed
    }
}
