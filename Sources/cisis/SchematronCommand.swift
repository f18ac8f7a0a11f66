import ArgumentParser
import Conformance
import Foundation
import Schematron

/// `cisis schematron`: one Schematron on documents.
struct SchematronCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schematron",
        abstract: "Judge documents with an ISO Schematron.",
        discussion: """
            Example:
              cisis schematron --schema kit/schematrons/profils/StructurationMinimale.sch --overlay patch report.xml

            Exit codes: 0 every document conforms, 1 any does not, 2 any could not be judged.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, svrl
        case svrlANS = "svrl-ans"
        case jsonl
    }

    @Argument(help: ArgumentHelp("Documents to judge.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("The schema.", valueName: "file.sch"))
    var schema: String

    @Option(help: "The phase (default: the schema's own).")
    var phase: String?

    @Flag(help: "Stop at the first error of an expression, as Saxon does.")
    var strict = false

    @Flag(name: .customLong("case-insensitive-includes"), help: "Find an absent include without regard to letter case.")
    var ignoresIncludeCase = false

    @Option(help: ArgumentHelp("Folder below which everything is read.", valueName: "dir"))
    var root: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Folder laid out as the root, whose files come first; may be repeated.", valueName: "dir"))
    var overlay: [String] = []

    @Option(help: "Documents at once.")
    var jobs = 1

    @Option(help: "text, svrl, svrl-ans or jsonl.")
    var format = Format.text

    @OptionGroup var work: LimitOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name a document to judge") }
        guard jobs >= 1 else { throw ValidationError("--jobs must be at least 1") }
        for folder in overlay where !FileManager.default.fileExists(atPath: folder) {
            throw ValidationError("the overlay '\(folder)' does not exist")
        }
        guard files.count == 1 || ![.svrl, .svrlANS].contains(format) else {
            throw ValidationError("SVRL is one XML document: name one file, or ask for jsonl")
        }
    }

    func run() throws {
        var options = SchematronRunner.Options()
        options.phase = phase
        options.isStrict = strict
        options.ignoresIncludeCase = ignoresIncludeCase
        options.root = root
        options.overlays = overlay
        options.jobs = jobs
        options.limits = work.limits
        options.language = common.language == .fr ? .french : .english
        options.date = Date().formatted(.iso8601)
        options.format =
            switch format {
            case .text: .text
            case .svrl: .svrl
            case .svrlANS: .svrlANS
            case .jsonl: .jsonLines
            }
        let runner: SchematronRunner
        do {
            runner = try SchematronRunner(schemaFile: schema, options: options)
        } catch {
            throw Ending(65, "cisis: \(error)")
        }
        if !common.quiet {
            for note in runner.schema.notes { Terminal.say("\(note)") }
        }
        var failure: (any Error)?
        let status = runner.run(files) { output in
            switch output {
            case .report(let text):
                do {
                    if failure == nil { try Terminal.put(text) }
                } catch {
                    failure = error
                }
            case .failure(let message): Terminal.say("cisis: \(message)")
            }
        }
        if let failure { throw failure }
        if status != 0 { throw Ending(status) }
    }
}
