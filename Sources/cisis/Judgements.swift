import Conformance
import Foundation
import HTTP
import Runner
import Simulators

/// Judges the messages of a simulator and tells the outcome of each, once.
actor Judgements {
    /// The file of the judgements, in the folder of `--out`.
    static let fileName = "judgements.jsonl"

    private let validator: FileValidator?
    private let language: Language
    private let text: JudgementText
    private let file: FileHandle?
    /// How many messages have each verdict.
    private var verdicts: [Verdict: Int] = [:]

    /// - Parameters:
    ///   - validator: nil only tells what came.
    ///   - folder: where the file of the judgements is written, anew.
    /// - Throws: `Ending` when the file cannot be written.
    init(_ validator: FileValidator?, _ language: Language, folder: String?) throws {
        self.validator = validator
        self.language = language
        text = JudgementText(language)
        guard let folder else {
            file = nil
            return
        }
        let path = folder + "/" + Self.fileName
        do {
            try StoreFolder.make(folder)
            try Data().write(to: URL(fileURLWithPath: path))
            file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        } catch let error as StorageError {
            throw Ending(2, "cisis: --out: \(error.message)")
        } catch {
            throw Ending(2, "cisis: '\(path)' cannot be written: name another folder with --out")
        }
    }

    /// Judges a message, several at once; nil where nothing is judged.
    nonisolated func judge(_ message: ReceivedMessage) async -> FileJudgement? {
        let refusals = message.faults.map { "    \($0.code): \(language == .fr ? $0.french : $0.english)" }
        Terminal.say(([message.name + " → \(message.status)"] + refusals).joined(separator: "\n"))
        guard let validator else { return nil }
        if let judgement = FileJudgement.refused(message) { return judgement }
        let body: [UInt8]
        do {
            body = try message.request.body.bytes(limit: 256 << 20)
        } catch {
            let size = message.request.body.length
            return .notJudged(
                message.name,
                LocalizedText(
                    fr: "Le corps du message (\(size) octets) ne peut pas être lu : \(error)",
                    en: "The body of the message (\(size) bytes) cannot be read: \(error)"))
        }
        let fields = message.request.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = "\(message.request.method) \(message.request.target) HTTP/1.1\r\n\(fields)\r\n"
        return await validator.validate(Array(head.utf8) + body, name: message.name).refusing(message)
    }

    /// How the simulator ends: 1 when a message fails, else 2 when one could not be judged, or none came.
    ///
    /// Nothing is judged with `--no-checks`: that ends with 0.
    var ending: Ending? {
        guard validator != nil else { return nil }
        let count = verdicts.values.reduce(0, +)
        let told = Verdict.allCases.filter { verdicts[$0] != nil }.map { "\(verdicts[$0] ?? 0) \($0.rawValue)" }
        let messages = "\(count) message\(count == 1 ? "" : "s")"
        let text =
            count > 0
            ? "cisis: \(messages) (\(told.joined(separator: ", ")))"
            : language == .fr ? "cisis: aucun message n'a été reçu" : "cisis: no message was received"
        if verdicts[.fail] != nil { return Ending(1, text) }
        let isOpen = count == 0 || ![.error, .inconclusive, .notRun].allSatisfy { verdicts[$0] == nil }
        return Ending(isOpen ? 2 : 0, text)
    }

    /// Tells a judgement: on standard output, and in the file.
    func tell(_ judgement: FileJudgement) {
        guard validator != nil else { return }
        verdicts[judgement.verdict, default: 0] += 1
        try? Terminal.put(text.lines(judgement).joined(separator: "\n") + "\n")
        guard let file else { return }
        do {
            try file.write(contentsOf: Data((try text.json(judgement) + "\n").utf8))
        } catch {
            Terminal.say("cisis: \(judgement.file): \(Self.fileName): \(error.localizedDescription)")
        }
    }
}
