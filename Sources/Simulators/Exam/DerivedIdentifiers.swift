import Cryptography

/// Identifiers drawn from a seed: the same seed gives the same exam, byte for byte.
struct DerivedIdentifiers: Sendable {
    let seed: UInt64

    /// Sixteen bytes that belong to `name` alone.
    private func bytes(_ name: String) -> [UInt8] {
        let digest = MessageDigest(.sha256)
        digest.update("cisis-exam/\(seed)/\(name)".utf8)
        return Array(digest.value().prefix(16))
    }

    /// A UID below 2.25, which needs no registration: the decimal value of a UUID (PS3.5, B.2).
    func uid(_ name: String) -> String {
        "2.25.\(versioned(bytes(name)).reduce(UInt128(0)) { $0 << 8 | UInt128($1) })"
    }

    /// A UUID in upper case, as CDA reports write the ids of their sections.
    func uuid(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for (index, byte) in versioned(bytes(name)).enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A number of `digits` digits, the first of them not zero.
    func number(_ name: String, digits: Int) -> String {
        let value = bytes(name).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = (1..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
        return String(low + value % (low * 9))
    }

    /// The seed of another exam, which belongs to `name` alone.
    func seed(_ name: String) -> UInt64 {
        bytes("seed/" + name).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    private func versioned(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }
}
