/// A value of a YAML file with the place of every node.
public indirect enum SourceValue: Sendable, Hashable {
    case scalar(String, SourceLocation)
    case list([SourceValue], SourceLocation)
    case map([SourceEntry], SourceLocation)

    /// Where it begins.
    public var location: SourceLocation {
        switch self {
        case .scalar(_, let location), .list(_, let location), .map(_, let location): location
        }
    }
}

/// A key of a YAML mapping, its place and its value.
public struct SourceEntry: Sendable, Hashable {
    public let key: String
    public let keyLocation: SourceLocation
    public let value: SourceValue

    /// An entry.
    public init(key: String, keyLocation: SourceLocation, value: SourceValue) {
        self.key = key
        self.keyLocation = keyLocation
        self.value = value
    }
}

/// A volet: what it is, who plays in it, and where it comes from.
public struct Profile: Sendable {
    public var id: String
    public var version: String
    public var title: LocalizedText
    /// The documents that it was written from.
    public var sources: [String]
    public var actors: [Actor]
    public var transactions: [Transaction]
    public var requirements: [Requirement]
    public var scenarios: [Scenario]
    public var location: SourceLocation

    /// A profile.
    public init(
        id: String, version: String, title: LocalizedText, sources: [String] = [], actors: [Actor],
        transactions: [Transaction], requirements: [Requirement], scenarios: [Scenario], location: SourceLocation
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.sources = sources
        self.actors = actors
        self.transactions = transactions
        self.requirements = requirements
        self.scenarios = scenarios
        self.location = location
    }
}

/// A role that a system plays: `drimbox-source`, `document-repository`.
public struct Actor: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText

    /// An actor.
    public init(id: String, title: LocalizedText) {
        self.id = id
        self.title = title
    }
}

/// An exchange of the volet by its IHE number.
public struct Transaction: Sendable, Hashable {
    public var id: String
    public var title: LocalizedText
    public var initiator: String
    public var responder: String

    /// A transaction.
    public init(id: String, title: LocalizedText, initiator: String, responder: String) {
        self.id = id
        self.title = title
        self.initiator = initiator
        self.responder = responder
    }
}

/// An exigence.
public struct Requirement: Sendable, Hashable {
    public var id: String
    /// `SHALL`, `SHOULD` or `MAY`.
    public var level: String
    public var statement: LocalizedText
    public var source: String
    /// False: a norm has not confirmed it; it stays a warning.
    public var isCertain: Bool
    public var actors: [String]
    /// Why no check can judge it.
    public var notTested: String?
    public var location: SourceLocation

    /// An exigence.
    public init(
        id: String, level: String, statement: LocalizedText, source: String, isCertain: Bool, actors: [String],
        notTested: String? = nil, location: SourceLocation
    ) {
        self.id = id
        self.level = level
        self.statement = statement
        self.source = source
        self.isCertain = isCertain
        self.actors = actors
        self.notTested = notTested
        self.location = location
    }
}

/// What the author wrote: an ordered list of steps that show some requirements.
public struct Scenario: Sendable {
    public var id: String
    public var title: LocalizedText
    public var summary: LocalizedText?
    public var profile: String
    /// The actor that the system under test plays.
    public var role: String
    public var requirements: [(id: String, location: SourceLocation)]
    public var tags: [String]
    public var variables: [(name: String, value: String, location: SourceLocation)]
    public var steps: [Step]
    public var location: SourceLocation

    /// A scenario.
    public init(
        id: String, title: LocalizedText, summary: LocalizedText? = nil, profile: String, role: String,
        requirements: [(id: String, location: SourceLocation)], tags: [String],
        variables: [(name: String, value: String, location: SourceLocation)] = [], steps: [Step],
        location: SourceLocation
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.profile = profile
        self.role = role
        self.requirements = requirements
        self.tags = tags
        self.variables = variables
        self.steps = steps
        self.location = location
    }
}

/// One step of a scenario.
public struct Step: Sendable {
    /// What the step does.
    public enum Action: Sendable {
        /// Sends a transaction: `send: ITI-41`.
        case send(transaction: String)
        /// Waits for a transaction that the system under test sends: `await: ITI-41`.
        case receive(transaction: String)
        /// Judges what earlier steps collected: `check: coherence`.
        case check(subject: String)
    }

    /// Unique in its scenario.
    public var id: String
    public var title: LocalizedText?
    public var action: Action
    /// The endpoint that is called when it isn't the transaction's own.
    public var to: String?
    /// Arguments of the transaction or check: scalars, lists, maps; `${name}` stands for a variable or capture.
    public var with: [SourceEntry]
    /// Mutation operators, in order: `metadata.set kos hash 00`.
    public var mutations: [(text: String, location: SourceLocation)]
    /// What to keep for later steps: name → where it is (`xpath: …`, `header: …`, `value: …`).
    public var captures: [(name: String, value: SourceValue, location: SourceLocation)]
    public var expectations: [Expectation]
    public var location: SourceLocation

    /// A step.
    public init(
        id: String, title: LocalizedText? = nil, action: Action, to: String? = nil, with: [SourceEntry] = [],
        mutations: [(text: String, location: SourceLocation)] = [],
        captures: [(name: String, value: SourceValue, location: SourceLocation)] = [],
        expectations: [Expectation], location: SourceLocation
    ) {
        self.id = id
        self.title = title
        self.action = action
        self.to = to
        self.with = with
        self.mutations = mutations
        self.captures = captures
        self.expectations = expectations
        self.location = location
    }
}

/// One line under `expect:`: a kind of assertion, its argument, and the requirements that it shows.
public struct Expectation: Sendable {
    /// The kind, as in `ExpectationKind.all`: `status`, `xsd`, `xpath`, `registry`, …
    public var kind: String
    public var argument: SourceValue
    public var requirements: [String]
    public var title: LocalizedText?
    /// The weight of its failure.
    public var severity: Severity
    public var location: SourceLocation

    /// An expectation.
    public init(
        kind: String, argument: SourceValue, requirements: [String] = [], title: LocalizedText? = nil,
        severity: Severity = .violation, location: SourceLocation
    ) {
        self.kind = kind
        self.argument = argument
        self.requirements = requirements
        self.title = title
        self.severity = severity
        self.location = location
    }
}
