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
            of its report; then, on a system, the entry of the KOS in the DMP, the KOS, and its images.

            Examples:
              cisis resolve report.xml
              cisis resolve report.xml --target my-drimbox.yaml
              cisis resolve --target embedded      # the report and the exam of the embedded system

            Exit codes: 0 every hop leads on, 1 any does not, 2 any could not be judged.
            """)

    @Argument(help: ArgumentHelp("Reports (CDA).", valueName: "file"))
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "Target file of the system with the DMP and the images; 'embedded': the reference system.",
            valueName: "file"))
    var target: String?

    @Option(help: "Seed of the exam that the embedded system holds.")
    var seed: UInt64 = 1

    @Option(help: "text or json (one object a line).")
    var format = RunCommand.Format.text

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !files.isEmpty || target == "embedded" else { throw ValidationError("name a report") }
    }

    func run() async throws {
        let system = try await system()
        let resolver = LinkResolver(system)
        var verdicts: [Verdict] = []
        var judgements: [FileJudgement] = []
        if files.isEmpty, let report = system?.embeddedReport {
            judgements.append(await resolver.resolve(report, name: "CR"))
        }
        for file in files { judgements.append(await resolver.resolve(file)) }
        await system?.stop()
        for judgement in judgements {
            verdicts.append(judgement.verdict)
            switch format {
            case .json: try Terminal.put(JudgementText(common.language).json(judgement) + "\n")
            case .text: try Terminal.put(JudgementText(common.language).hops(judgement).joined(separator: "\n") + "\n")
            }
        }
        try end(verdicts)
    }

    private func system() async throws -> ResolutionSystem? {
        guard let target else { return nil }
        do {
            guard target != "embedded" else { return try await ResolutionSystem(embedded: seed) }
            let loaded = TargetFile.load(path: target)
            guard loaded.errors.isEmpty, let value = loaded.value else { throw Ending.authors(loaded.errors) }
            return try ResolutionSystem(value)
        } catch let error as RunError {
            throw error.code == .usage ? Ending.usage(error.message) : Ending(2, "cisis: \(error.message)")
        }
    }

    private func end(_ verdicts: [Verdict]) throws {
        switch Verdict.rollUp(verdicts.map { ($0, true) }) {
        case .fail: throw Ending(1)
        case .pass, .notApplicable, .skipped: return
        case .notRun, .inconclusive, .error: throw Ending(2)
        }
    }
}
