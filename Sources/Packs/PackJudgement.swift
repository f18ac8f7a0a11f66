public import Conformance

/// What a pack says of a document: its layers and their verdicts.
public struct PackJudgement: Sendable {
    /// The pack's name.
    public let pack: String
    /// The pack's digest; empty for a folder that is not registered.
    public let digest: String
    /// `xml`, `xsd`, then one `schematron:<path>` for each schema in the kit's order.
    public let layers: [PackLayer]

    /// The verdict of the layers.
    public var verdict: Verdict { Verdict.rollUp(layers.map { ($0.verdict, $0.isRequired) }) }
}

/// One layer of a judgement.
public struct PackLayer: Sendable {
    /// `xml`, `xsd`, `schematron:profils/IHE`, …
    public internal(set) var layer: String
    public internal(set) var verdict: Verdict
    /// Whether its `notRun` weighs on the document.
    public internal(set) var isRequired = true
    /// Why it did not run, could not be judged, or what is to be known of it.
    public internal(set) var reason: LocalizedText?
    /// The count of rules that fired; nil for layers that are no Schematron.
    public internal(set) var firedRules: Int?
    public internal(set) var findings: [Finding] = []
    /// The ids of the asserts that had something to judge, and were judged wherever they had; told of the project's
    /// own rules alone.
    public internal(set) var judged: Set<String> = []
    /// The ids of the asserts that an error kept from being judged somewhere; told of the project's own rules alone.
    public internal(set) var undecided: Set<String> = []

    init(_ layer: String, _ verdict: Verdict, _ reason: LocalizedText? = nil) {
        self.layer = layer
        self.verdict = verdict
        self.reason = reason
    }
}
