import Synchronization

/// Where fresh identifiers come from: random, or repeatable from a seed so that a run can be made again.
public final class IdentifierSource: Sendable {
    private let state: Mutex<UInt64?>

    /// Identifiers from the system's randomness; with `seed`, the same identifiers each time.
    public init(seed: UInt64? = nil) { state = Mutex(seed) }

    /// 64 fresh bits.
    public func bits() -> UInt64 {
        state.withLock { state in
            guard let seed = state else { return UInt64.random(in: .min ... .max) }
            // SplitMix64: small, even, and the same on every platform.
            let next = seed &+ 0x9E37_79B9_7F4A_7C15
            state = next
            var value = next
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }

    /// The 128 bits of a version 4 UUID.
    private func value() -> UInt128 {
        let high = bits() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = bits() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return UInt128(high) << 64 | UInt128(low)
    }

    /// A version 4 UUID in lower case, without prefix.
    public func uuid() -> String {
        let digits = String(value(), radix: 16)
        let padded = Array(String(repeating: "0", count: 32 - digits.count) + digits)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(padded[$0]) }.joined(separator: "-")
    }

    /// `urn:uuid:` and a version 4 UUID.
    public func urn() -> String { "urn:uuid:" + uuid() }

    /// An OID under 2.25 made from a UUID. Source: ITU-T X.667.
    public func oid() -> String { "2.25.\(value())" }
}
