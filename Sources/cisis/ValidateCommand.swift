import ArgumentParser
import Conformance
import Foundation
import Packs
import Reporting
import Runner
import Signatures

/// `cisis validate`: judges captured files, offline.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Judge captured files: CDA, KOS, DICOM, metadata, messages, HL7 v2, requests, VIHF, whitelists.",
        discussion: """
            Examples:
              cisis validate report.xml
              cisis validate report.xml --pack TestContenuCDA
              cisis validate capture.mtom kos.dcm --format json
              cisis validate report.xml --against kos.dcm --against capture.mtom
            """)

    @Argument(help: ArgumentHelp("Files to judge.", valueName: "file"))
    var files: [String]

    @Option(help: "What the files are: auto, \(FileKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind = "auto"

    @Option(help: ArgumentHelp("XML Schema for CDA documents, in the place of the tool's.", valueName: "file.xsd"))
    var schema: String?

    @Option(help: PackCommand.choiceHelp)
    var pack: String?

    @Option(help: "capture: what official samples break weighs less; run: as in a run.")
    var level = JudgementLevel.capture

    @Option(help: "dim: the French rules too; ihe: IHE's profiles alone.")
    var profile = JudgementProfile.dim

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Another object of the same exam; may be repeated.", valueName: "file"))
    var against: [String] = []

    @Option(
        help: ArgumentHelp(
            "When certificates must be in force: 2026-11-24 or 2026-11-24T12:00:00Z.", valueName: "date"))
    var at: String?

    @Option(help: ArgumentHelp("The accepted authorities of signatures, in PEM.", valueName: "ca.pem"))
    var trust: String?

    @Option(help: "text or json (one object a line).")
    var format = RunCommand.Format.text

    @OptionGroup var work: LimitOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name a file to judge") }
        guard pack == nil || pack == "none" || schema == nil else {
            throw ValidationError("--pack has its own schema: leave --schema out")
        }
        guard kind == "auto" || FileKind(rawValue: kind) != nil else {
            throw ValidationError(
                "no kind '\(kind)': auto, \(FileKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    func run() async throws {
        var options = FileValidator.Options(dataRoot: try common.dataRoot())
        options.kind = FileKind(rawValue: kind)
        options.schema = schema
        if schema == nil { options.pack = try PackCommand.judging(pack) }
        options.jobs = ProcessInfo.processInfo.activeProcessorCount
        options.level = level
        options.limits = work.limits
        options.profile = profile
        options.others = against
        options.signatures = try signatureOptions()
        let validator: FileValidator
        do {
            validator = try await FileValidator(options)
        } catch {
            throw Ending.usage(error.message)
        }
        // The process ends with the command: to take compiled schemas apart would be lost time.
        _ = Unmanaged.passRetained(Kept(validator: validator))
        var verdicts: [Verdict] = []
        for file in files {
            let judgement = await validator.validate(file)
            verdicts.append(judgement.verdict)
            switch format {
            case .json: try Terminal.put(JudgementText(common.language).json(judgement) + "\n")
            case .text: try Terminal.put(JudgementText(common.language).lines(judgement).joined(separator: "\n") + "\n")
            }
        }
        let worst = Verdict.rollUp(verdicts.map { ($0, true) })
        switch worst {
        case .fail: throw Ending(1)
        case .pass, .notApplicable, .skipped: return
        case .notRun, .inconclusive, .error: throw Ending(2)
        }
    }

    private final class Kept {
        let validator: FileValidator

        init(validator: FileValidator) { self.validator = validator }
    }

    private func signatureOptions() throws -> SignatureOptions {
        var options = SignatureOptions()
        if let at {
            guard let instant = XMLInstant(at.contains("T") ? at : at + "T12:00:00Z") else {
                throw Ending.usage("--at '\(at)': write 2026-11-24 or 2026-11-24T12:00:00Z")
            }
            options.at = instant.date
        }
        if let trust {
            guard let data = FileManager.default.contents(atPath: trust) else {
                throw Ending.usage("--trust '\(trust)' cannot be read")
            }
            guard !Certificate.read(pem: Array(data)).isEmpty else {
                throw Ending.usage("--trust '\(trust)' holds no certificate in PEM")
            }
            options.trust = SignatureTrust(pem: Array(data))
        }
        return options
    }
}
