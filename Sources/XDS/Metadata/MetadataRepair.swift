/// Metadata as they lie in archives: cut out of their envelope, without the declarations of their prefixes.
///
/// What is missing is put into the first start tag, so that lines stay where they are. Files like that are official
/// samples: they are named, and then read.
public struct MetadataRepair: Sendable {
    /// The bytes with the declarations.
    public let bytes: [UInt8]
    /// The prefixes that had none; empty for the default namespace.
    public let prefixes: [String]

    /// The repair of `bytes`; nil where nothing has to be repaired, or the root is no element of XDS metadata.
    public init?(_ bytes: [UInt8]) {
        guard let tag = StartTag(bytes), !tag.prefix.isEmpty, let namespace = Self.namespace(ofRoot: tag.localName)
        else { return nil }
        var prefixes: [String] = []
        var text = ""
        if !tag.declares("xmlns") {
            // The children of the root stand in the default namespace, which is that of ebRIM.
            prefixes.append("")
            text += " xmlns=\"\(XDSNamespace.rim)\""
        }
        let own = "xmlns:\(tag.prefix)"
        if !tag.declares(own) {
            prefixes.insert(tag.prefix, at: 0)
            text += " \(own)=\"\(namespace)\""
        }
        guard prefixes.contains(tag.prefix) else { return nil }
        self.prefixes = prefixes
        self.bytes = Array(bytes[..<tag.nameEnd]) + Array(text.utf8) + Array(bytes[tag.nameEnd...])
    }

    private static func namespace(ofRoot name: String) -> String? {
        switch name {
        case "SubmitObjectsRequest": XDSNamespace.lcm
        case "RegistryObjectList": XDSNamespace.rim
        case "ProvideAndRegisterDocumentSetRequest": XDSNamespace.xdsb
        default: nil
        }
    }
}

/// The first start tag of a text.
private struct StartTag {
    let prefix: String
    let localName: String
    let nameEnd: Int
    private let attributes: String

    init?(_ bytes: [UInt8]) {
        var index = 0
        let limit = min(bytes.count, 1 << 16)
        while index < limit {
            guard let open = bytes[index..<limit].firstIndex(of: UInt8(ascii: "<")), open + 1 < limit else {
                return nil
            }
            let next = bytes[open + 1]
            guard next == UInt8(ascii: "?") || next == UInt8(ascii: "!") else {
                index = open
                break
            }
            guard let close = bytes[open..<limit].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            index = close + 1
        }
        guard index < limit, bytes[index] == UInt8(ascii: "<"),
            let close = bytes[index..<limit].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let ends: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "/"), UInt8(ascii: ">")]
        let end = bytes[(index + 1)...close].firstIndex(where: ends.contains) ?? close
        let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let local = parts.last, !local.isEmpty else { return nil }
        prefix = parts.count == 2 ? String(parts[0]) : ""
        localName = String(local)
        nameEnd = end
        attributes = String(decoding: bytes[end..<close], as: UTF8.self)
    }

    func declares(_ name: String) -> Bool {
        attributes.split(whereSeparator: { " \t\r\n".contains($0) }).contains { part in
            part.hasPrefix("\(name)=") || part == name
        }
    }
}
