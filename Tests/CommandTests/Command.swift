import Foundation

/// Runs the built `cisis` as a user does.
struct Command {
    let status: Int32
    let output: String
    let errors: String

    /// The binary that was built with the tests.
    private static let binary: URL = {
        var folder = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
        // The test bundle or the runner stand in the build folder, or a few folders below it.
        for _ in 0..<5 {
            let candidate = folder.appendingPathComponent("cisis")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        let configuration = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/debug/cisis")
        return configuration
    }()

    /// The path of the binary.
    static var path: String { binary.path }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    init(_ arguments: String..., environment: [String: String] = [:], folder: String? = nil) async throws {
        try await self.init(arguments, environment: environment, folder: folder)
    }

    init(_ arguments: [String], environment: [String: String] = [:], folder: String? = nil) async throws {
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        // No kit is registered, whatever the person who runs the tests has.
        var variables = [
            "LANG": "en_US.UTF-8", "CISIS_DATA": Self.root, "PATH": "/usr/bin:/bin",
            "CISIS_HOME": FileManager.default.temporaryDirectory.path + "/cisis-no-home",
        ]
        variables.merge(environment) { $1 }
        process.environment = variables
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString)").path
        defer { for suffix in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(scratch).\(suffix)") } }
        // Files, not pipes: nothing has to be drained while the command runs.
        for suffix in ["out", "err"] { try Data().write(to: URL(fileURLWithPath: "\(scratch).\(suffix)")) }
        process.standardOutput = FileHandle(forWritingAtPath: "\(scratch).out")
        process.standardError = FileHandle(forWritingAtPath: "\(scratch).err")
        process.standardInput = FileHandle.nullDevice
        await withCheckedContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume() }
        }
        status = process.terminationStatus
        output = try String(decoding: Data(contentsOf: URL(fileURLWithPath: "\(scratch).out")), as: UTF8.self)
        errors = try String(decoding: Data(contentsOf: URL(fileURLWithPath: "\(scratch).err")), as: UTF8.self)
    }

    /// The output as JSON.
    func json() throws -> Any { try JSONSerialization.jsonObject(with: Data(output.utf8)) }
}

/// A folder that goes with the value.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws -> String {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}
