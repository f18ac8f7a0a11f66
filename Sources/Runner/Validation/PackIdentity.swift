internal import Packs

/// Which official kit judged a file.
public struct PackIdentity: Codable, Hashable, Sendable {
    /// The name that it is registered under.
    public var name: String
    /// The SHA-256 over its files.
    public var digest: String
    /// The SHA-256 over the files laid over it; nil where there are none.
    public var overlayDigest: String?

    init(_ pack: OfficialPack) {
        name = pack.name
        digest = pack.digest
        overlayDigest = pack.overlayDigest
    }
}

extension LayerJudgement {
    /// A layer of a kit or of the project's own rules; `judge` says which.
    init(_ layer: PackLayer, by judge: String? = nil) {
        self.init(layer.layer, findings: layer.findings)
        verdict = layer.verdict
        isRequired = layer.isRequired
        reason = layer.reason
        firedRules = layer.firedRules
        self.judge = judge
    }
}
