import ArgumentParser
import Conformance
import Foundation

/// `cisis`: replays the exchanges of French medical-imaging sharing against a system and judges what crosses the wire.
@main
struct Cisis: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "cisis",
        abstract: "Conformance test harness for French medical-imaging sharing (CI-SIS, DIM, DRIMbox).",
        discussion: """
            Replay every scenario against the embedded reference system, and open the report:

              cisis run

            Replay them against your own system, then judge a file that you captured:

              cisis run --target my-drimbox.yaml
              cisis validate capture.mtom kos.dcm report.xml

            Exit codes: 0 conformant, 1 not conformant, 2 could not judge, 64 wrong usage, 65 invalid scenario or profile.
            """,
        version: version,
        subcommands: [
            RunCommand.self, ValidateCommand.self, ResolveCommand.self, ListCommand.self, LintCommand.self,
            ReportCommand.self,
            SimulateCommand.self, SchematronCommand.self, XPathCommand.self, PackCommand.self,
        ]
    )

    /// Parses, runs, and ends with the exit code of the contract: what is thrown is printed as one message.
    static func main() async {
        Terminal.ignoreBrokenPipes()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let ending as Ending {
            if !ending.message.isEmpty { Terminal.say(ending.message) }
            Foundation.exit(ending.code)
        } catch {
            exit(withError: error)
        }
    }
}

/// How a command ends when it isn't well: a code of the contract and what to say on standard error.
struct Ending: Error {
    let code: Int32
    let message: String

    init(_ code: Int32, _ message: String = "") {
        self.code = code
        self.message = message
    }

    /// 64: the command line or a file that it names is wrong.
    static func usage(_ message: String) -> Ending { Ending(64, "cisis: \(message)") }

    /// 65: scenarios, profiles or a target file are wrong; every error is said.
    static func authors(_ errors: [LoadError]) -> Ending {
        let noun = errors.count == 1 ? "1 error" : "\(errors.count) errors"
        return Ending(65, errors.map(\.description).joined(separator: "\n") + "\ncisis: \(noun)")
    }
}

/// The two streams: results on standard output, everything else on standard error.
enum Terminal {
    /// Writes a message and a line end on standard error; where that is closed, nobody listens.
    static func say(_ text: String) { _ = write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Writes on standard error without a line end.
    static func show(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

    /// Writes a result on standard output.
    ///
    /// - Throws: `Ending` with 2 when it cannot be written. A reader that closed early (`cisis list | head`) had enough.
    static func put(_ text: String) throws { try put(Array(text.utf8)) }

    /// Writes a result on standard output.
    static func put(_ bytes: [UInt8]) throws {
        let error = write(bytes, to: STDOUT_FILENO)
        guard error != 0, error != EPIPE else { return }
        throw Ending(2, "cisis: standard output cannot be written: \(String(cString: strerror(error)))")
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                offset += count
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    /// A write to a pipe that nobody reads is an error to look at, not a signal that kills.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Whether standard error is a terminal.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }
}
