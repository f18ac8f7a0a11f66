internal import Cryptography

/// Identifiers of one scenario, made from the seed of the run so that two runs with one seed send the same bytes.
struct Identifiers: Sendable {
    private let key: String

    /// A generator for `scope` (a scenario) under `seed`.
    init(seed: UInt64, scope: String) { key = "\(seed)/\(scope)" }

    /// A version-4-shaped UUID that depends on the seed, the scope and `name` only.
    func uuid(_ name: String) -> String {
        let digits = Array(MessageDigest.hexadecimal(of: "\(key)/\(name)".utf8, .sha256).prefix(32))
        var text = digits
        text[12] = "4"
        text[16] = "8"
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(text[$0]) }.joined(separator: "-")
    }

    /// A seed for generated objects, from the same sources.
    func number(_ name: String) -> UInt64 {
        let digits = MessageDigest.hexadecimal(of: "\(key)/\(name)".utf8, .sha256).prefix(15)
        return UInt64(digits, radix: 16) ?? 0
    }
}
