internal import Foundation

/// Why a record could not be written or read.
public struct RecordError: Error, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public var rawValue: String

        /// A code.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The file cannot be read or written.
        public static let file = Code(rawValue: "file")
        /// The file isn't a record.
        public static let shape = Code(rawValue: "shape")
        /// The record has another version.
        public static let version = Code(rawValue: "version")
        /// The file is larger than a record may be.
        public static let tooLarge = Code(rawValue: "too-large")
    }

    /// What kind of trouble it is.
    public let code: Code
    /// One line: which file, what, and what to do.
    public let message: String

    /// `message`.
    public var description: String { message }
}

/// The file of a run: `run.json`.
public enum RunRecordFile {
    /// The JSON of `record`: keys sorted, indented, the same bytes for the same record.
    public static func encode(_ record: RunRecord) throws(RecordError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(record)) + [UInt8(ascii: "\n")]
        } catch {
            throw RecordError(code: .shape, message: "the record cannot be written as JSON: \(error)")
        }
    }

    /// The record that `bytes` hold; `name` stands for them in messages.
    public static func decode(_ bytes: [UInt8], name: String = "run.json") throws(RecordError) -> RunRecord {
        struct Version: Decodable {
            let format: String?
        }
        let decoder = JSONDecoder()
        do {
            let version = try decoder.decode(Version.self, from: Data(bytes)).format
            guard version == RunRecord.format else {
                throw RecordError(
                    code: .version,
                    message: "\(name): the record has the format '\(version ?? "none")', this tool reads "
                        + "'\(RunRecord.format)': read it with the version of cisis that wrote it")
            }
            return try decoder.decode(RunRecord.self, from: Data(bytes))
        } catch let error as RecordError {
            throw error
        } catch let error as DecodingError {
            throw RecordError(code: .shape, message: "\(name): the file is no run record: \(place(of: error))")
        } catch {
            throw RecordError(code: .shape, message: "\(name): the file is no run record")
        }
    }

    /// Writes `record` at `path`: the file is complete or not there.
    public static func write(_ record: RunRecord, to path: String) throws(RecordError) {
        try writeAtomically(try encode(record), to: path)
    }

    /// A larger file is refused: decoding takes several times its size in memory.
    public static let maximumSize: Int64 = 256 << 20

    /// Reads the record at `path`.
    public static func read(_ path: String) throws(RecordError) -> RunRecord {
        // Weighed before it is read.
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int64 ?? 0
        guard size <= maximumSize else {
            throw RecordError(
                code: .tooLarge,
                message: "\(path): \(size >> 20) MiB, and a record of more than \(maximumSize >> 20) MiB is not read: "
                    + "replay fewer scenarios in one run")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RecordError(
                code: .file, message: "\(path): no such file, or not readable: name the run.json of a run")
        }
        return try decode([UInt8](data), name: path)
    }

    /// Writes `bytes` beside `path` and renames the file into place.
    package static func writeAtomically(_ bytes: [UInt8], to path: String) throws(RecordError) {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url, options: .atomic)
        } catch {
            throw RecordError(
                code: .file, message: "\(path): cannot be written: \(error.localizedDescription)")
        }
    }

    private static func place(of error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            let parts = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return parts.isEmpty ? "the document" : "'/\(parts.joined(separator: "/"))'"
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context)) lacks '\(key.stringValue)'"
        case .typeMismatch(let type, let context): return "\(path(context)) must be \(words(for: type))"
        case .valueNotFound(let type, let context): return "\(path(context)) must be \(words(for: type)), not null"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "the JSON is broken or cut" : "\(path(context)) has a value that is not known"
        @unknown default: return "it has another shape"
        }
    }

    /// A type of Swift in the words of JSON.
    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: return "a text"
        case is Bool.Type: return "true or false"
        case is any Numeric.Type: return "a number"
        default:
            let name = String(describing: type)
            if name.hasPrefix("Array") { return "a list" }
            return name.hasPrefix("Dictionary") || type is any Decodable.Type
                ? "a JSON object" : "another kind of value"
        }
    }
}
