import Foundation

/// A running `cisis simulate dmp`.
final class RunningSimulator {
    let process = Process()
    let endpoints: [String: String]
    private let output: URL
    private let console: URL

    init(_ arguments: [String], in folder: URL) async throws {
        output = folder.appendingPathComponent("out-\(UUID().uuidString).txt")
        console = folder.appendingPathComponent("err-\(UUID().uuidString).txt")
        try Data().write(to: output)
        try Data().write(to: console)
        process.executableURL = URL(fileURLWithPath: Command.path)
        process.arguments = ["simulate", "dmp", "--lang", "en"] + arguments
        process.environment = [
            "CISIS_DATA": Command.root, "PATH": "/usr/bin:/bin", "CISIS_HOME": folder.path + "/no-home",
        ]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: console)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var lines: [String] = []
        for _ in 0..<600 where lines.count < 6 {
            try await Task.sleep(for: .milliseconds(50))
            lines = try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
        }
        endpoints = Dictionary(
            uniqueKeysWithValues: lines.prefix(6).map { line in
                let words = line.split(separator: " ").map(String.init)
                return (words[0], words[1])
            })
    }

    var text: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// What it says on standard error.
    var said: String { (try? String(contentsOf: console, encoding: .utf8)) ?? "" }

    /// Waits until what `read` gives holds `word`, for ten seconds at most.
    func await(_ word: String, _ read: (RunningSimulator) -> String) async throws -> Bool {
        for _ in 0..<200 where !read(self).contains(word) { try await Task.sleep(for: .milliseconds(50)) }
        return read(self).contains(word)
    }

    func end(_ signal: Int32) {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
    }
}
