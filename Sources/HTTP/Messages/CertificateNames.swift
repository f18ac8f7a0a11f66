internal import Cryptography

extension TLSPeer {
    /// A record of the certificate's own words; what is no X.509 leaves the names nil.
    package init(certificate: [UInt8]) {
        self.init(certificate: certificate, certificateSHA256: MessageDigest.hexadecimal(of: certificate, .sha256))
        readNames()
    }

    /// Takes subject and issuer from the certificate, so that client and server spell them alike.
    mutating func readNames() {
        guard let certificate, let names = CertificateNames(certificate) else { return }
        subject = names.subject
        issuer = names.issuer
    }
}

/// Subject and issuer of an X.509 certificate. Source: RFC 5280 §4.1; text forms as `CN=name, O=organisation`.
struct CertificateNames {
    let subject: String
    let issuer: String

    /// Reads a certificate in DER; nil where it is none.
    init?(_ bytes: [UInt8]) {
        var outer = DERReader(bytes[...])
        guard let certificate = outer.next(0x30) else { return nil }
        var inner = DERReader(certificate)
        guard let body = inner.next(0x30) else { return nil }
        var fields = DERReader(body)
        _ = fields.next(0xA0)  // version
        guard fields.next(0x02) != nil, fields.next(0x30) != nil else { return nil }  // serial number, algorithm
        guard let issuer = fields.next(0x30), fields.next(0x30) != nil, let subject = fields.next(0x30) else {
            return nil
        }
        self.issuer = Self.text(issuer)
        self.subject = Self.text(subject)
    }

    private static func text(_ name: ArraySlice<UInt8>) -> String {
        var parts: [String] = []
        var sets = DERReader(name)
        while let set = sets.next(0x31) {
            var pairs = DERReader(set)
            while let pair = pairs.next(0x30) {
                var fields = DERReader(pair)
                guard let type = fields.next(0x06), let (tag, value) = fields.any() else { continue }
                parts.append("\(attribute(type))=\(string(value, tag: tag))")
            }
        }
        return parts.joined(separator: ", ")
    }

    private static func attribute(_ type: ArraySlice<UInt8>) -> String {
        let names: [[UInt8]: String] = [
            [0x55, 4, 3]: "CN", [0x55, 4, 4]: "SN", [0x55, 4, 5]: "serialNumber", [0x55, 4, 6]: "C", [0x55, 4, 7]: "L",
            [0x55, 4, 8]: "ST", [0x55, 4, 10]: "O", [0x55, 4, 11]: "OU", [0x55, 4, 12]: "title", [0x55, 4, 42]: "GN",
            [0x55, 4, 97]: "organizationIdentifier",
            [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 1]: "emailAddress",
            [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 1, 1]: "UID",
            [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 1, 25]: "DC",
        ]
        return names[Array(type)] ?? dotted(type)
    }

    private static func dotted(_ type: ArraySlice<UInt8>) -> String {
        var numbers: [UInt64] = []
        var value: UInt64 = 0
        for byte in type {
            value = value << 7 | UInt64(byte & 0x7F)
            guard byte & 0x80 == 0 else { continue }
            if numbers.isEmpty {
                let first = min(value / 40, 2)
                numbers = [first, value - first * 40]
            } else {
                numbers.append(value)
            }
            value = 0
        }
        return numbers.map(String.init).joined(separator: ".")
    }

    private static func string(_ value: ArraySlice<UInt8>, tag: UInt8) -> String {
        let text: String
        if tag == 0x1E {
            let units = stride(from: value.startIndex, to: value.endIndex - 1, by: 2).map {
                UInt16(value[$0]) << 8 | UInt16(value[$0 + 1])
            }
            text = String(decoding: units, as: UTF16.self)
        } else {
            text = ASCII.text(value)
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}

/// Reads DER values one after the other.
private struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The content of the next value if its tag is `tag`; else nothing is read.
    mutating func next(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard rest.first == tag else { return nil }
        return any()?.content
    }

    /// The next value.
    mutating func any() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        var bytes = rest
        guard let tag = bytes.popFirst(), let first = bytes.popFirst() else { return nil }
        var length = Int(first)
        if first & 0x80 != 0 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count), bytes.count >= count else { return nil }
            length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(count)
        }
        guard bytes.count >= length else { return nil }
        rest = bytes.dropFirst(length)
        return (tag, bytes.prefix(length))
    }
}
