import ArgumentParser
import Conformance
import Foundation
import Reporting

/// `cisis report`: makes a report again from a record.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make JUnit or HTML from the record of a run.",
        discussion: "Example: cisis report Reports/runs/latest/run.json --format html --out report.html")

    enum Format: String, ExpressibleByArgument, CaseIterable { case junit, html }

    @Argument(help: ArgumentHelp("The record; its evidence is in the folder beside it.", valueName: "run.json"))
    var record: String

    @Option(help: "junit or html.")
    var format = Format.html

    @Option(help: ArgumentHelp("The file to write (default: standard output).", valueName: "file"))
    var out: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let run: RunRecord
        do {
            run = try RunRecordFile.read(record)
        } catch {
            throw Ending.usage(error.message)
        }
        let folder = URL(fileURLWithPath: record).deletingLastPathComponent().path
        let bytes: [UInt8] =
            switch format {
            case .junit: JUnitReporter.write(run)
            case .html: HTMLReporter.write(run, evidence: { ReportSet.evidencePrefix(of: $0, in: folder) })
            }
        guard let out else {
            try Terminal.put(bytes)
            return
        }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: out), options: .atomic)
        } catch {
            throw Ending(2, "cisis: '\(out)' cannot be written: \(error.localizedDescription)")
        }
    }
}
