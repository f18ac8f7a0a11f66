public import ArgumentParser
public import Conformance
import Foundation

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "Language of what is printed: fr or en (default: from LANG, else fr).")
    var lang: Language?

    @Option(name: .long, help: "Folder that holds Profiles and Reports (default: CISIS_DATA, else found around).")
    var data: String?

    @Flag(name: .long, help: "Print results only.")
    var quiet = false

    @Flag(name: .customLong("no-color"), help: "No colour (NO_COLOR is honoured too).")
    var noColor = false

    var language: Language {
        if let lang { return lang }
        let environment = ProcessInfo.processInfo.environment
        let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
        return locale.hasPrefix("en") ? .en : .fr
    }

    var usesColor: Bool {
        !noColor && ProcessInfo.processInfo.environment["NO_COLOR"] == nil && Terminal.isInteractive
    }

    /// The data root: `--data`, `CISIS_DATA`, `<binary>/../share/cisis`, else upwards from the working folder and from
    /// the binary.
    func dataRoot() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        if let named = data ?? environment["CISIS_DATA"] {
            guard Self.isDataRoot(named) else {
                throw Ending.usage("'\(named)' holds no Profiles folder: name the data root with --data DIR")
            }
            return named
        }
        let binary = URL(fileURLWithPath: Self.executablePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let installed = binary.deletingLastPathComponent().appendingPathComponent("share/cisis").path
        if Self.isDataRoot(installed) { return installed }
        for start in [URL(fileURLWithPath: FileManager.default.currentDirectoryPath), binary] {
            if let root = Self.upwards(from: start) { return root }
        }
        throw Ending.usage("no data root found: name the folder that holds Profiles with --data DIR or CISIS_DATA")
    }

    private static var executablePath: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    private static func upwards(from start: URL) -> String? {
        var folder = start.standardizedFileURL
        while true {
            if isDataRoot(folder.path) { return folder.path }
            let parent = folder.deletingLastPathComponent()
            if parent.path == folder.path { return nil }
            folder = parent
        }
    }

    private static func isDataRoot(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path + "/Profiles", isDirectory: &isFolder) && isFolder.boolValue
    }
}

extension Language: ExpressibleByArgument {}

extension JudgementLevel: ExpressibleByArgument {}
extension JudgementProfile: ExpressibleByArgument {}
