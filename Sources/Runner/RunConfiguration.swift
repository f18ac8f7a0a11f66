public import Conformance
public import Packs

/// What a person asks of a run.
public struct RunConfiguration: Sendable {
    /// The folder that holds `Profiles`, `Schematron`, `Reports`.
    public var dataRoot: String
    /// Where `run.json` and `evidence/` are written.
    public var outputDirectory: String
    /// Which scenarios.
    public var selection: Selection
    /// Scenarios at once.
    public var jobs: Int
    /// The system under test; nil: the embedded reference system.
    public var target: SystemUnderTest?
    /// The rules that the embedded system is told to break.
    public var misbehaviors: [String]
    /// What all generated identifiers come from.
    public var seed: UInt64
    /// Whether the target may know what is sent: a seed that was chosen may have been replayed on it before.
    public var mayRepeat: Bool
    /// The official kit that judges the CDA documents of every exchange; nil: what the project ships.
    public var pack: OfficialPack?
    /// The command line that makes this run again.
    public var command: String
    /// The tool's version.
    public var version: String

    /// A configuration.
    public init(
        dataRoot: String, outputDirectory: String, selection: Selection = Selection(), jobs: Int = 1,
        target: SystemUnderTest? = nil, misbehaviors: [String] = [], seed: UInt64 = 1,
        mayRepeat: Bool = false, pack: OfficialPack? = nil, command: String = "cisis run",
        version: String
    ) {
        self.dataRoot = dataRoot
        self.outputDirectory = outputDirectory
        self.selection = selection
        self.jobs = jobs
        self.target = target
        self.misbehaviors = misbehaviors
        self.seed = seed
        self.mayRepeat = mayRepeat
        self.pack = pack
        self.command = command
        self.version = version
    }
}

/// Why a run could not even begin.
public struct RunError: Error, Sendable, CustomStringConvertible {
    /// The kind of cause.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        /// A code by its text.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// What the person asked for does not exist.
        public static let usage = Code(rawValue: "usage")
        /// The embedded system did not start.
        public static let simulator = Code(rawValue: "simulator")
        /// The output folder cannot be written.
        public static let storage = Code(rawValue: "storage")
        /// A scenario asks for what no step can do.
        public static let scenario = Code(rawValue: "scenario")
    }

    public let code: Code
    /// One sentence that says what and what to do.
    public let message: String
    /// The authors' errors, for `scenario`.
    public let errors: [LoadError]

    /// A cause.
    public init(_ code: Code, _ message: String, errors: [LoadError] = []) {
        self.code = code
        self.message = message
        self.errors = errors
    }

    public var description: String { message }
}

/// What a person has to do so that the system under test sends the message that a step waits for.
public struct WaitingNotice: Sendable, Hashable {
    /// The id of the step.
    public var step: String
    /// The transaction that is waited for: `ITI-41`.
    public var transaction: String
    public var instruction: LocalizedText
}

/// Who wants to know how a run goes.
public protocol RunObserver: Sendable {
    /// The plan is made: so many scenarios will be replayed.
    func willStart(_ total: Int) async
    /// A scenario begins.
    func didStart(_ scenario: Scenario) async
    /// A step waits for a real system, which someone has to make send.
    func isWaiting(_ notice: WaitingNotice) async
    /// A scenario has ended.
    func didEnd(_ record: ScenarioRecord) async
}
