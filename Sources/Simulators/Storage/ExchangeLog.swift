internal import Foundation
import HTTP
import Synchronization
import XDS

/// A readable record of what a simulator received and answered: one JSON object a line, appended as it happens.
///
/// It holds digests and codes, neither bodies nor names: who needs the bodies gives `bodies`.
public final class ExchangeLog: Sendable {
    /// The name of the file in its folder.
    public static let fileName = "exchanges.jsonl"
    /// The name of the folder of bodies.
    public static let bodiesName = "bodies"

    /// The path of the file.
    public let path: String
    private let bodies: String?
    private let descriptor: Int32
    private let lock = Mutex(())

    /// Opens the log in `directory` for appending; a last line that a crash cut short is dropped.
    ///
    /// - Parameter keepsBodies: whether the bodies of requests are kept in `bodies`, under their SHA-256.
    /// - Throws: `StorageError` with `open`.
    public init(directory: String, keepsBodies: Bool = false) throws(StorageError) {
        path = directory + "/" + Self.fileName
        bodies = keepsBodies ? directory + "/" + Self.bodiesName : nil
        do {
            try FileManager.default.createDirectory(
                atPath: bodies ?? directory, withIntermediateDirectories: true)
        } catch {
            throw StorageError(.open, "the folder '\(directory)' cannot be made: \(error)")
        }
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StorageError(.open, "'\(path)' cannot be opened: \(String(cString: strerror(errno)))")
        }
        Self.dropBrokenLine(descriptor)
    }

    deinit { close(descriptor) }

    private static func dropBrokenLine(_ descriptor: Int32) {
        var end = lseek(descriptor, 0, SEEK_END)
        let length = end
        var byte: UInt8 = 0
        while end > 0, pread(descriptor, &byte, 1, end - 1) == 1, byte != 0x0A { end -= 1 }
        if end < length { ftruncate(descriptor, end) }
    }

    private struct Line: Encodable {
        struct Refusal: Encodable {
            var code: String
            var context: String
            var location: String?
        }

        var number: Int
        var time: String
        var actor: String
        var transaction: String?
        var messageID: String?
        var method: String
        var target: String
        var remote: String?
        var client: String?
        var requestType: String?
        var requestBytes: Int64
        var requestSHA256: String
        var status: Int
        var answerBytes: Int64?
        var scripted: String?
        var errors: [Refusal]
        var remarks: [String]
    }

    func append(_ message: ReceivedMessage) {
        let line = Line(
            number: message.number,
            time: message.answered.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
            actor: message.actor,
            transaction: message.transaction, messageID: message.messageID, method: message.request.method,
            target: message.request.target, remote: message.request.remoteAddress,
            client: message.request.peer?.subject, requestType: message.request.headers.first("Content-Type"),
            requestBytes: message.request.body.length, requestSHA256: message.request.body.sha256,
            status: message.status, answerBytes: message.answer.body.length,
            scripted: message.scripted?.description,
            errors: message.errors.map {
                Line.Refusal(code: $0.code.rawValue, context: $0.context, location: $0.location)
            }, remarks: message.faults.map(\.code))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        if let bodies { keep(message.request.body, in: bodies) }
        let bytes = [UInt8](data) + [0x0A]
        lock.withLock { _ in
            // One write a line: lines of several writers never mix, and a crash cuts the last one at most.
            _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        }
    }

    private func keep(_ body: RecordedBody, in folder: String) {
        let path = folder + "/" + body.sha256
        guard !body.isEmpty, !FileManager.default.fileExists(atPath: path), let bytes = try? body.bytes() else {
            return
        }
        try? Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
