internal import CXMLSec
internal import Foundation
internal import XML

/// What is left to xmlsec and OpenSSL.
enum SignatureCore {
    struct Outcome {
        var digests: [Bool?]
        var isValueRight: Bool?
        var message: String
    }

    /// Digests and value of a signature whose form was accepted.
    static func verify(_ reading: SignatureReading, certificate: Certificate?) -> Outcome {
        SignatureEngine.start()
        var result = cisis_verification()
        let text = utf8(of: reading.signature.document)
        let ordinal = reading.signature.ordinal
        withIdentifiers(reading.identifiers) { identifiers, count in
            cisis_signature_verify(
                text, text.count, ordinal, identifiers, count, certificate?.der, certificate?.der.count ?? 0, &result)
        }
        let seen = withUnsafeBytes(of: result.references) { Array($0.bindMemory(to: Int8.self)) }
        let message = withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return Outcome(
            digests: reading.references.indices.map { $0 < seen.count && seen[$0] >= 0 ? seen[$0] == 1 : nil },
            isValueRight: result.is_valid == 1 ? true : result.value == 0 ? false : nil, message: message)
    }

    /// Fills the template `signature` of a document; the document whole.
    static func sign(
        _ document: Document, _ signature: Node, _ identity: SigningIdentity
    ) throws(SignatureError) -> [UInt8] {
        SignatureEngine.start()
        let reading = SignatureReading(signature)
        let text = utf8(of: document)
        var filled = cisis_bytes()
        var status: Int32 = -1
        let reason = SignatureEngine.words { words, size in
            withIdentifiers(reading.identifiers) { identifiers, count in
                status = cisis_signature_sign(
                    text, text.count, signature.ordinal, identifiers, count, identity.handle, &filled, words, size)
            }
        }
        guard status == 0 else { throw SignatureError(.signing, "the signature cannot be made: \(reason)") }
        defer { cisis_bytes_free(&filled) }
        return Array(UnsafeBufferPointer(start: filled.bytes, count: filled.count))
    }

    /// Whether `signer` leads to an authority.
    static func chain(
        of signer: Certificate, among certificates: [Certificate], _ trust: SignatureTrust, at time: Date
    ) -> (cisis_chain, String) {
        SignatureEngine.start()
        var result = cisis_chain_untrusted
        let others = certificates.filter { $0 != signer }.map(\.der)
        // One buffer with all of them, so that the pointers are of one lifetime.
        let joined = others.flatMap { $0 }
        let lengths = others.map(\.count)
        let reason = SignatureEngine.words { words, size in
            joined.withUnsafeBufferPointer { buffer in
                var offset = 0
                let starts = lengths.map { length -> UnsafePointer<UInt8>? in
                    defer { offset += length }
                    return buffer.baseAddress?.advanced(by: offset)
                }
                result = cisis_chain_verify(
                    signer.der, signer.der.count, starts, lengths, starts.count, trust.authorities,
                    trust.authorities.count, Int64(time.timeIntervalSince1970), words, size)
            }
        }
        return (result, reason)
    }

    private static func withIdentifiers(
        _ identifiers: [SignatureReading.Identifier], _ body: (UnsafePointer<cisis_identifier>?, Int) -> Void
    ) {
        var names: [UnsafeMutablePointer<CChar>?] = []
        defer { for name in names { free(name) } }
        let list = identifiers.map { identifier in
            let name = strdup(identifier.attribute.localName)
            let space = identifier.attribute.namespaceURI
            let namespace = space.isEmpty ? nil : strdup(space)
            names += [name, namespace]
            return cisis_identifier(
                element: identifier.node.ordinal, attribute: name, namespace_uri: namespace)
        }
        list.withUnsafeBufferPointer { body($0.baseAddress, $0.count) }
    }

    /// The document in UTF-8 from its first tag or declaration on.
    private static func utf8(of document: Document) -> [UInt8] {
        let text = document.text
        var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[start]) { start += 1 }
        return start == 0 ? text : Array(text[start...])
    }
}

extension Node {
    /// Its place among the elements of the document, in document order, from 0.
    var ordinal: Int {
        let kinds = document.nodes.kind
        return kinds[..<Int(index)].reduce(0) { $1 == .element ? $0 + 1 : $0 }
    }
}
