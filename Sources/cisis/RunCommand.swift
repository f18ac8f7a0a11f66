import ArgumentParser
import Conformance
import Dispatch
import Foundation
import Reporting
import Runner
import Simulators

/// `cisis run`: replays scenarios against the embedded reference system or a target, judges, and writes the reports.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Replay scenarios and give a verdict, JUnit and HTML.",
        discussion: """
            Without --target the embedded reference system (DMP and DRIMbox source, on loopback) is started.

            Examples:
              cisis run
              cisis run 'retrieve-*' --jobs 4
              cisis run --target my-drimbox.yaml --role drimbox-source
              cisis run --misbehave dmp-accepts-wrong-hash
            """)

    @Argument(help: ArgumentHelp("Scenario ids or globs (default: all).", valueName: "scenario"))
    var scenarios: [String] = []

    @Option(help: "Profile id or its beginning: dim, dim/acces-images.")
    var profile: String?

    @Option(help: "The actor that the system under test plays.")
    var role: String?

    @Option(name: .customLong("requirement"), help: "Scenarios that show a requirement; may be repeated.")
    var requirements: [String] = []

    @Option(name: .customLong("tag"), help: "Scenarios with a tag; may be repeated.")
    var tags: [String] = []

    @Option(help: ArgumentHelp("Target file: addresses, identities, limits of your system.", valueName: "file"))
    var target: String?

    @Option(help: ArgumentHelp("Folder of the results (default: Reports/runs/<time>-<id>).", valueName: "dir"))
    var out: String?

    @Option(help: "Scenarios at once.")
    var jobs = 1

    @Option(
        name: .customLong("misbehave"),
        help: "Let the embedded system break a rule: see 'cisis list misbehaviors'; may be repeated.")
    var misbehaviors: [String] = []

    @Option(help: PackCommand.choiceHelp)
    var pack: String?

    @Option(
        help: """
            Seed of all generated identifiers (default: 1; with --target a new one each time, as a system that keeps what it \
            received refuses it a second time).
            """)
    var seed: UInt64?

    @Option(help: "What is printed on standard output: text or json (the record).")
    var format = Format.text

    @OptionGroup var common: CommonOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs must be at least 1") }
        guard out != "" else { throw ValidationError("--out must name a folder") }
        if let name = scenarios.first(where: {
            Misbehavior(rawValue: $0) != nil || ClientMisbehavior(rawValue: $0) != nil
        }) {
            throw ValidationError("'\(name)' is a misbehaviour, no scenario: write --misbehave \(name)")
        }
    }

    func run() async throws {
        let root = try common.dataRoot()
        let profiles: [Profile]
        do {
            profiles = try ProfileLoader.loadProfiles(dataRoot: root, rules: RequirementCatalogue.ruleIDs)
        } catch {
            throw Ending.authors(error.errors)
        }
        let folder = ResultFolder(named: out)
        let run: Run
        do {
            run = try Run(try configuration(root, folder), profiles: profiles)
        } catch let error as RunError {
            throw Self.ending(error)
        }
        let progress = RunProgress(language: common.language, isColored: common.usesColor, isQuiet: common.quiet)
        let task = Task { try await run.execute(progress) }
        let interruption = Interruption { task.cancel() }
        defer { interruption.end() }
        let record: RunRecord
        do {
            record = try await task.value
        } catch let error as RunError {
            throw Self.ending(error)
        }
        do {
            try ReportSet.write(record, to: folder.path)
        } catch {
            throw Ending(2, "cisis: the reports cannot be written to '\(folder.path)': \(error)")
        }
        folder.publish()
        try report(record, folder, progress)
        if record.exitCode != 0 { throw Ending(record.exitCode, Self.causes(record)) }
    }

    private func configuration(_ root: String, _ folder: ResultFolder) throws -> RunConfiguration {
        var system: SystemUnderTest?
        if let target {
            let loaded = TargetFile.load(path: target)
            guard loaded.errors.isEmpty, let value = loaded.value else { throw Ending.authors(loaded.errors) }
            system = value
        }
        let used = seed ?? (target == nil ? 1 : UInt64.random(in: 2...999_999_999_999))
        if target != nil, !common.quiet {
            Terminal.say(common.language == .fr ? "  graine \(used)" : "  seed \(used)")
        }
        return RunConfiguration(
            dataRoot: root, outputDirectory: folder.path,
            selection: Selection(
                scenarios: scenarios, profile: profile, role: role, requirements: requirements, tags: tags),
            jobs: jobs, target: system, misbehaviors: misbehaviors, seed: used,
            mayRepeat: target != nil && seed != nil, pack: try PackCommand.judging(pack),
            // Run again, it sends the same bytes.
            command: Self.commandLine + (seed == nil && target != nil ? " --seed \(used)" : ""),
            version: Cisis.version)
    }

    /// Why exchanges did not end, each cause in one line.
    private static func causes(_ record: RunRecord) -> String {
        var causes: [String] = []
        for cause in record.scenarios.flatMap(\.steps).compactMap(\.exchange?.error) where !causes.contains(cause) {
            causes.append(cause)
        }
        return causes.prefix(5).map { "cisis: \($0)" }.joined(separator: "\n")
    }

    private static func ending(_ error: RunError) -> Ending {
        switch error.code {
        case .scenario: .authors(error.errors)
        case .usage: .usage(error.message)
        default: Ending(2, "cisis: \(error.message)")
        }
    }

    /// The command line, each word quoted where a shell needs it.
    private static var commandLine: String {
        let words = ["cisis"] + CommandLine.arguments.dropFirst()
        return words.map { word in
            let isPlain =
                !word.isEmpty
                && word.utf8.allSatisfy { byte in
                    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
                        || "-_./=:,@+".utf8.contains(byte)
                }
            return isPlain ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
        }.joined(separator: " ")
    }

    private func report(_ record: RunRecord, _ folder: ResultFolder, _ progress: RunProgress) throws {
        switch format {
        case .json:
            try Terminal.put(String(decoding: try RunRecordFile.encode(record), as: UTF8.self) + "\n")
        case .text:
            let console = ConsoleReporter(language: common.language, isColored: common.usesColor)
            try Terminal.put(console.summary(of: record, directory: folder.shown).joined(separator: "\n") + "\n")
        }
    }
}

/// Where a run writes.
private struct ResultFolder {
    let path: String
    /// What is said to the person.
    let shown: String
    private let isDefault: Bool

    /// The folder `name`, else a new one under `Reports/runs`.
    init(named name: String?) {
        isDefault = name == nil
        shown = name ?? Self.fresh()
        path = URL(fileURLWithPath: shown).standardizedFileURL.path
    }

    private static func fresh() -> String {
        let time = Date().formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        let id = String(UInt32.random(in: 0...UInt32.max), radix: 16)
        return "Reports/runs/\(time)-\(id)"
    }

    /// Lets `Reports/runs/latest` point at the folder.
    func publish() {
        guard isDefault else { return }
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let fresh = parent + "/.latest-\(UInt32.random(in: 0...UInt32.max))"
        do {
            // Another run may do the same: a rename replaces the link in one step.
            try FileManager.default.createSymbolicLink(
                atPath: fresh, withDestinationPath: URL(fileURLWithPath: path).lastPathComponent)
            guard rename(fresh, parent + "/latest") == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(atPath: fresh)
            Terminal.say("cisis: '\(parent)/latest' could not be made to point at this run")
        }
    }
}

/// A line for each scenario on standard error, and what failed at once below it.
private actor RunProgress: RunObserver {
    private let console: ConsoleReporter
    private let isQuiet: Bool

    init(language: Language, isColored: Bool, isQuiet: Bool) {
        console = ConsoleReporter(language: language, isColored: isColored)
        self.isQuiet = isQuiet
    }

    func willStart(_ total: Int) {}

    func didStart(_ scenario: Scenario) {
        guard !isQuiet, Terminal.isInteractive else { return }
        Terminal.show("  … \(scenario.id)\r")
    }

    func isWaiting(_ notice: WaitingNotice) {
        Terminal.say("  ⏳ \(notice.transaction): \(notice.instruction.text(in: console.language))")
    }

    func didEnd(_ record: ScenarioRecord) {
        guard !isQuiet else { return }
        let clear = Terminal.isInteractive ? "\u{1B}[2K\r" : ""
        Terminal.say(clear + ([console.line(for: record)] + console.details(of: record)).joined(separator: "\n"))
    }
}
