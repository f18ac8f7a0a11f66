import ArgumentParser
import Conformance
import Foundation
import Runner

/// `cisis resolve`: follows the link of a report to its images.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Follow the links of a report to its images, hop by hop.",
        discussion: """
            A line for each hop: the report, its link, whether the link names the study, the accession number and the id
            of its report.

            Example:
              cisis resolve report.xml

            Exit codes: 0 every hop leads on, 1 any does not, 2 any could not be judged.
            """)

    @Argument(help: ArgumentHelp("Reports (CDA).", valueName: "file"))
    var files: [String]

    @Option(help: "text or json (one object a line).")
    var format = RunCommand.Format.text

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name a report") }
    }

    func run() async throws {
        let resolver = LinkResolver()
        var verdicts: [Verdict] = []
        for file in files {
            let judgement = await resolver.resolve(file)
            verdicts.append(judgement.verdict)
            switch format {
            case .json: try Terminal.put(JudgementText(common.language).json(judgement) + "\n")
            case .text: try Terminal.put(JudgementText(common.language).hops(judgement).joined(separator: "\n") + "\n")
            }
        }
        try end(verdicts)
    }

    private func end(_ verdicts: [Verdict]) throws {
        switch Verdict.rollUp(verdicts.map { ($0, true) }) {
        case .fail: throw Ending(1)
        case .pass, .notApplicable, .skipped: return
        case .notRun, .inconclusive, .error: throw Ending(2)
        }
    }
}
