import Foundation
public import Testing

/// A program of another project that reads what this one writes.
public enum Tool {
    public static let absence: Comment = "the tool is not on the PATH"

    /// The path of the program `name`, or nil.
    public static func find(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    public static func has(_ names: String...) -> Bool { names.allSatisfy { find($0) != nil } }

    /// A python with pydicom and numpy: `CISIS_PYTHON`, else `python3`; nil where it has none.
    public static let python: String? = {
        let named = ProcessInfo.processInfo.environment["CISIS_PYTHON"]
        guard let path = named ?? find("python3") else { return nil }
        let probe = try? run([path, "-c", "import pydicom, numpy"])
        return probe?.status == 0 ? path : nil
    }()

    public struct Output {
        public let status: Int32
        public let text: String
    }

    /// Runs a program to its end; `text` is what it printed on both channels, latin 1.
    public static func run(_ command: [String]) throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: find(command[0]) ?? command[0])
        process.arguments = Array(command.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Output(
            status: process.terminationStatus, text: String(decoding: data.map { UInt16($0) }, as: UTF16.self))
    }

    /// Gives the path of a temporary file that holds `bytes` to `body`.
    public static func withFile<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString).dcm")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }
}
