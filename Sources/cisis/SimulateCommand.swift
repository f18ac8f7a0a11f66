public import ArgumentParser
import Conformance
import Foundation
import HTTP
import HTTPServing
import Runner
import Signatures
public import Simulators

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

            As the DMP does, it refuses messages without a signed VIHF and submissions without a signature, and verifies both;
            --vihf and --signature relax that. Every message is judged: when they come faster, their answers wait.

            Exit codes after a signal to stop: 0 every message passes, 1 any fails, 2 any could not be judged or none came
            (--no-checks: 0); 64 wrong usage.
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
        help: ArgumentHelp(
            "The VIHF of messages: required, when-present (verified where it is there), ignored.", valueName: "demand"))
    var vihf = DMPPolicy.Demand.required

    @Option(
        help: ArgumentHelp(
            "The signature of submission sets: required, when-present, ignored.", valueName: "demand"))
    var signature = DMPPolicy.Demand.required

    @Option(
        name: .customLong("signer-ca"),
        help: ArgumentHelp("PEM file of the authorities of who signs (default: any).", valueName: "file"))
    var signerTrust: String?

    @Option(
        name: .customLong("misbehave"),
        help: "Break a rule of the DMP: see 'cisis list misbehaviors'; may be repeated.")
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
        for name in misbehaviors where !Self.known.contains(name) {
            throw ValidationError(
                "no misbehaviour of the DMP is called '\(name)': it has \(Self.known.joined(separator: ", "))")
        }
    }

    /// The misbehaviours of this actor.
    private static let known = Misbehavior.allCases.filter { $0.actor == "dmp" }.map(\.rawValue)

    func run() async throws {
        var configuration = DMPConfiguration()
        (configuration.host, configuration.port) = try address()
        configuration.storeDirectory = store
        configuration.misbehaviors = Set(misbehaviors.compactMap(Misbehavior.init(rawValue:)))
        configuration.policy = try demands().policy
        try checkFiles()
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
        configuration.crowded = { [language = common.language] count in
            Terminal.say(
                language == .fr
                    ? "cisis: \(count) connexions sont ouvertes : chaque nouvelle prend la place d'une qui n'a rien demandé"
                    : "cisis: \(count) connections are open: each new one takes the place of one that asked for nothing"
            )
        }
        let dmp = try await started(configuration)
        for (transaction, answer) in try standing() { dmp.simulator.script.always(answer, for: transaction) }
        for transaction in DMPTransaction.allCases {
            try Terminal.put("\(transaction.rawValue)  \(dmp.url(of: transaction))\n")
        }
        await Self.untilStopped()
        await queue.end(within: drain) { await dmp.stop() }
        if let ending = await judgements.ending { throw ending }
    }

    private func started(_ configuration: DMPConfiguration) async throws -> DMPServer {
        do {
            return try await DMPSimulator.start(configuration: configuration)
        } catch let error as HTTPError {
            throw Ending(2, "cisis: the DMP cannot start: \(error.message)")
        } catch let error as StorageError {
            throw Ending(2, "cisis: the DMP cannot start: \(error.message)")
        } catch {
            throw Ending(2, "cisis: the DMP cannot start on \(listen): \(error)")
        }
    }

    /// What is asked of signed messages.
    private func demands() throws -> SignedMessages {
        var demands = SignedMessages()
        (demands.assertion, demands.submission) = (vihf, signature)
        guard let signerTrust else { return demands }
        if let fault = IdentityInspection.faults(ofTrust: signerTrust, ["--signer-ca"]).first {
            throw Ending.usage(fault.told)
        }
        demands.trust = FileManager.default.contents(atPath: signerTrust).map { SignatureTrust(pem: Array($0)) }
        return demands
    }

    /// Tells what is wrong with the files of TLS before it is started.
    private func checkFiles() throws {
        var pair = SystemUnderTest.KeyPair()
        (pair.certificate, pair.key) = (certificate, key)
        var faults = IdentityInspection(pair, []).faults
        if let trust { faults += IdentityInspection.faults(ofTrust: trust, ["client-ca"]) }
        if let fault = faults.first { throw Ending.usage(fault.told) }
    }

    private func validator() async throws -> FileValidator {
        var options = FileValidator.Options(dataRoot: try common.dataRoot())
        options.pack = try PackCommand.judging(pack)
        options.level = .run
        options.signatures.demandsAssertion = vihf == .required
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

extension DMPPolicy.Demand: ExpressibleByArgument {}

extension TargetFault {
    /// The fault of an option: which one, what is wrong and what to do.
    fileprivate var told: String {
        let option = keys.last.map { $0.hasPrefix("--") ? "\($0): " : "--\($0): " } ?? ""
        return option + message + (advice.map { "; \($0)" } ?? "")
    }
}
