import ArgumentParser
import Conformance
import Foundation
import Packs
import XML

/// `cisis pack`: dated copies of the official CDA kit.
struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Register, list, remove and compare copies of the official CDA kit.",
        discussion: """
            Examples:
              cisis pack add TestContenuCDA.zip --overlay patch --name kit-3.0
              cisis pack diff kit-2.9 kit-3.0 report.xml
            """,
        subcommands: [Add.self, List.self, Remove.self, Diff.self])

    /// The packs of the person who runs the command.
    static var store: PackStore { PackStore(home: PackStore.home(ProcessInfo.processInfo.environment)) }

    /// Gives what `body` gives; an error ends the command with the code of the contract.
    static func loading<Value>(_ body: () throws(PackError) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            let isUsage = [.unknown, .name, .exists, .unreadable].contains(error.code)
            throw isUsage ? Ending.usage(error.message) : Ending(65, "cisis: \(error.message)")
        }
    }

    /// The kit that judges CDA documents: the one that is named, else the newest; nil for `none`, or where no kit is
    /// registered.
    static func judging(_ name: String?) throws -> OfficialPack? {
        if name == "none" { return nil }
        if name == nil, try sound().isEmpty { return nil }
        return try loading { () throws(PackError) in try store.named(name) }
    }

    /// The registered kits, the newest first; those whose record is spoilt are told on standard error.
    ///
    /// - Throws: the ending of the command where kits are registered and none is sound.
    static func sound() throws -> [PackRecord] {
        let (records, spoilt) = try loading { () throws(PackError) in try store.list() }
        for error in spoilt { Terminal.say("cisis: \(error.message)") }
        guard spoilt.isEmpty || !records.isEmpty else { throw Ending(65, "cisis: no registered kit is sound") }
        return records
    }

    /// What `--pack` says in the help of the commands that take it.
    static let choiceHelp = ArgumentHelp(
        "Registered official kit that judges CDA documents (default: the newest; none: the rules of the tool).",
        valueName: "name")

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a copy of a kit.",
            discussion: "Example: cisis pack add TestContenuCDA.zip --overlay patch --name kit-3.0")

        @Argument(help: ArgumentHelp("The kit: a folder or a zip archive.", valueName: "path"))
        var path: String

        @Option(
            help: ArgumentHelp(
                "Files that the kit lacks, laid out as the kit or as its schematrons folder.", valueName: "dir"))
        var overlay: String?

        @Option(help: "What it is called (default: from the path).")
        var name: String?

        @OptionGroup var common: CommonOptions

        func run() throws {
            let record = try PackCommand.loading { () throws(PackError) in
                try PackCommand.store.add(path, overlay: overlay, name: name)
            }
            try Terminal.put("\(record.name)  \(PackLine.title(record).text(in: common.language))\n")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the registered kits, the newest first.",
            discussion: "Example: cisis pack list --format json")

        @Option(help: "text or json.")
        var format = RunCommand.Format.text

        @OptionGroup var common: CommonOptions

        func run() throws {
            let store = PackCommand.store
            let records = try PackCommand.sound()
            switch format {
            case .json:
                let objects = try records.map { String(decoding: try $0.json(), as: UTF8.self) }
                try Terminal.put("[" + objects.joined(separator: ",\n") + "]\n")
            case .text:
                for record in records {
                    let change = store.isIntact(record) ? "" : common.language == .fr ? " — MODIFIÉ" : " — ALTERED"
                    try Terminal.put("\(record.name)  \(PackLine.title(record).text(in: common.language))\(change)\n")
                }
            }
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a registered kit away.", discussion: "Example: cisis pack remove kit-3.0")

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var common: CommonOptions

        func run() throws {
            try PackCommand.loading { () throws(PackError) in try PackCommand.store.remove(name) }
        }
    }

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which asserts came, went and changed, and which verdicts change on documents.",
            discussion: "Example: cisis pack diff kit-2.9 kit-3.0 report.xml")

        @Argument(help: "The older kit's name.")
        var old: String

        @Argument(help: "The newer kit's name.")
        var new: String

        @Argument(help: ArgumentHelp("Documents to judge by both.", valueName: "file"))
        var files: [String] = []

        @OptionGroup var common: CommonOptions

        func run() throws {
            let packs = try PackCommand.loading { () throws(PackError) in
                (try PackCommand.store.named(old), try PackCommand.store.named(new))
            }
            let language = common.language
            let diff = PackDiff(from: packs.0, to: packs.1)
            try Terminal.put(diff.lines(language).joined(separator: "\n") + "\n")
            let judges = (CDAJudge(packs.0), CDAJudge(packs.1))
            for file in files {
                let document: Document
                do {
                    document = try Document(contentsOfFile: file)
                } catch {
                    throw Ending.usage("\(file): \(error.message)")
                }
                let changes = VerdictChange.between(judges.0.judge(document), judges.1.judge(document))
                try Terminal.put(PackLine.lines(changes, file, language).joined(separator: "\n") + "\n")
            }
        }
    }
}

/// What is said of packs at a terminal.
enum PackLine {
    static func title(_ record: PackRecord) -> LocalizedText {
        let instant = record.added.formatted(.iso8601)
        let size = "\(record.bytes >> 20) Mio"
        let digest = record.digest.prefix(16)
        let overlay = record.overlayDigest.map { "\(record.overlayFiles), SHA-256 \($0.prefix(16))…" }
        return LocalizedText(
            fr: "kit officiel '\(record.source)', enregistré le \(instant), \(record.files) fichiers, \(size), "
                + "\(record.volets.count) volets, SHA-256 \(digest)…" + (overlay.map { " ; surcouche : \($0)" } ?? ""),
            en: "official kit '\(record.source)', registered \(instant), \(record.files) files, "
                + "\(record.bytes >> 20) MiB, \(record.volets.count) volets, SHA-256 \(digest)…"
                + (overlay.map { "; overlay: \($0)" } ?? ""))
    }

    static func lines(_ changes: [VerdictChange], _ file: String, _ language: Language) -> [String] {
        guard !changes.isEmpty else {
            return ["\(file): \(language == .fr ? "même verdict" : "same verdict")"]
        }
        return ["\(file):"]
            + changes.map { "  \($0.layer): \($0.old?.rawValue ?? "–") → \($0.new?.rawValue ?? "–")" }
    }
}
