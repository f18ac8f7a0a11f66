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
            throw RecordError(code: .shape, message: "\(name): not the record of a run: \(place(of: error))")
        } catch {
            throw RecordError(code: .shape, message: "\(name): not the record of a run")
        }
    }

    /// Writes `record` at `path`: the file is complete or not there.
    public static func write(_ record: RunRecord, to path: String) throws(RecordError) {
        try writeAtomically(try encode(record), to: path)
    }

    /// Reads the record at `path`.
    public static func read(_ path: String) throws(RecordError) -> RunRecord {
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
            context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: "/")
        }
        switch error {
        case .keyNotFound(let key, let context): return "'\(key.stringValue)' is missing in '/\(path(context))'"
        case .typeMismatch(let type, let context): return "'/\(path(context))' should be \(type)"
        case .valueNotFound(let type, let context): return "'/\(path(context))' should be \(type), found null"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty ? "the JSON is broken or cut" : "'/\(path(context))' has an unknown value"
        @unknown default: return "\(error)"
        }
    }
}
