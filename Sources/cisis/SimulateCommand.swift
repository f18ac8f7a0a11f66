import ArgumentParser
import Conformance
import Foundation
import HTTP
import HTTPServing
import Runner
import Simulators

/// `cisis simulate`: an actor that a system under test can speak with, which judges what it receives.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run an actor for your system to speak with; every message that it receives is judged.",
        discussion: """
            dmp: registry and repository (ITI-41, ITI-18, ITI-43, ITI-57), existence check and access (TD0.2, TD0.3).

            Examples:
              cisis simulate dmp --listen 0.0.0.0:8080
              cisis simulate dmp --store dmp-data --answer 'ITI-41=error XDSRepositoryBusy try later'
              cisis simulate dmp --certificate server.pem --key server.key --client-ca ca.pem

            Every message is judged: when they come faster, their answers wait.
            """)

    enum ActorName: String, ExpressibleByArgument, CaseIterable { case dmp }

    @Argument(help: "The actor: \(ActorName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var actor: ActorName

    @Option(help: ArgumentHelp("Where it listens; port 0 takes a free one.", valueName: "host:port"))
    var listen = "127.0.0.1:0"

    @Option(help: ArgumentHelp("Folder that keeps what it holds, and a log of the exchanges.", valueName: "dir"))
    var store: String?

    @Option(help: ArgumentHelp("TLS: PEM chain of the server.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("TLS: PEM key of the server.", valueName: "file"))
    var key: String?

    @Option(
        name: [.customLong("trust"), .customLong("client-ca")],
        help: ArgumentHelp("TLS: authorities of client certificates, which are then demanded.", valueName: "file"))
    var trust: String?

    @Option(
        name: .customLong("answer"), parsing: .singleValue,
        help: ArgumentHelp(
            "An answer for every message of a transaction: \(ScriptedAnswer.forms.joined(separator: ", ")).",
            valueName: "transaction=answer"))
    var answers: [String] = []

    @Option(
        name: .customLong("misbehave"), parsing: .upToNextOption,
        help: "Break a rule: see 'cisis list misbehaviors'.")
    var misbehaviors: [String] = []

    @Flag(help: "Answer only: do not judge what comes.")
    var noChecks = false

    @Option(help: ArgumentHelp("Folder where a line of JSON for each judgement is written.", valueName: "dir"))
    var out: String?

    @Option(help: "Seconds that the judgements still due may take after a signal to stop.")
    var drain = 30.0

    @Option(help: PackCommand.choiceHelp)
    var pack: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (certificate == nil) == (key == nil) else { throw ValidationError("--certificate and --key go together") }
        guard trust == nil || certificate != nil else {
            throw ValidationError(
                "--trust demands client certificates, which only TLS can: give --certificate and --key")
        }
        guard drain >= 0, drain <= 86_400 else { throw ValidationError("--drain must be seconds, 0 to 86400") }
        _ = try address()
        _ = try standing()
        for name in misbehaviors where Misbehavior(rawValue: name) == nil {
            throw ValidationError("no misbehaviour of the DMP is called '\(name)': see 'cisis list misbehaviors'")
        }
    }

    func run() async throws {
        var configuration = DMPConfiguration()
        (configuration.host, configuration.port) = try address()
        configuration.storeDirectory = store
        configuration.misbehaviors = Set(misbehaviors.compactMap(Misbehavior.init(rawValue:)))
        if let certificate, let key {
            configuration.tls = ServerTLS(certificateChain: certificate, key: key, clientTrust: trust)
        }
        let judgements = try Judgements(noChecks ? nil : try await validator(), common.language, folder: out)
        let queue = JudgingQueue {
            await judgements.judge($0)
        } report: { _, judgement in
            if let judgement { await judgements.tell(judgement) }
        }
        configuration.receipt = { await queue.add($0) }
        configuration.refusal = { [language = common.language] peer in
            Terminal.say("cisis: " + peer.told.text(in: language))
        }
        let dmp: DMPServer
        do {
            dmp = try await DMPSimulator.start(configuration: configuration)
        } catch {
            throw Ending(2, "cisis: the DMP cannot start on \(listen): \((error as? HTTPError)?.message ?? "\(error)")")
        }
        for (transaction, answer) in try standing() { dmp.simulator.script.always(answer, for: transaction) }
        for transaction in DMPTransaction.allCases {
            try Terminal.put("\(transaction.rawValue)  \(dmp.url(of: transaction))\n")
        }
        await Self.untilStopped()
        await queue.end(within: drain) { await dmp.stop() }
    }

    private func validator() async throws -> FileValidator {
        var options = FileValidator.Options(dataRoot: try common.dataRoot())
        options.pack = try PackCommand.judging(pack)
        options.level = .run
        do {
            return try await FileValidator(options)
        } catch {
            throw Ending.usage(error.message)
        }
    }

    /// Waits for an interrupt, or for the end of the session.
    private static func untilStopped() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let interruption = Interruption(isRun: false) { continuation.finish() }
        for await _ in stream {}
        interruption.end()
    }

    private func address() throws -> (host: String, port: Int) {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65_535).contains(port), colon > listen.startIndex
        else { throw ValidationError("--listen must be HOST:PORT, found '\(listen)'") }
        var host = String(listen[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return (host, port)
    }

    private func standing() throws -> [(DMPTransaction, ScriptedAnswer)] {
        try answers.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let transaction = DMPTransaction(rawValue: parts[0]),
                let answer = ScriptedAnswer(parts[1])
            else {
                throw ValidationError(
                    "--answer must be TRANSACTION=ANSWER, found '\(text)'; transactions: "
                        + DMPTransaction.allCases.map(\.rawValue).joined(separator: ", ") + "; answers: "
                        + ScriptedAnswer.forms.joined(separator: ", "))
            }
            return (transaction, answer)
        }
    }
}
