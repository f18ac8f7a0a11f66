/// The shape of object identifiers and UIDs.
public enum OID {
    /// Whether `text` is a dotted OID without leading zeros, of at most 128 characters by default.
    public static func isWellFormed(_ text: String, maximumLength: Int = 128) -> Bool {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= maximumLength else { return false }
        let arcs = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard arcs.count >= 2, let first = arcs.first, first.count == 1, (0x30...0x32).contains(first[first.startIndex])
        else { return false }
        return arcs.allSatisfy { arc in
            !arc.isEmpty && arc.allSatisfy { (0x30...0x39).contains($0) } && (arc.count == 1 || arc.first != 0x30)
        }
    }

    /// Whether `text` is a uniqueId of a document: an OID, or `OID^extension` with an extension of 1 to 16 characters.
    ///
    /// Source: IHE ITI TF-3 4.2.3.2.26: at most 128 characters in all; `^` only with an extension.
    public static func isDocumentUniqueID(_ text: String) -> Bool {
        let parts = text.split(separator: "^", omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, let root = parts.first, isWellFormed(String(root), maximumLength: 64) else {
            return false
        }
        return parts.count == 1 || (parts.count == 2 && !parts[1].isEmpty)
    }

    /// Whether `text` is a DICOM UID: an OID of at most 64 characters. Source: DICOM PS3.5 9.1.
    public static func isUID(_ text: String) -> Bool { isWellFormed(text, maximumLength: 64) }
}

/// The shape of UUIDs.
public enum UUIDText {
    /// Whether `text` is `8-4-4-4-12` hexadecimal digits.
    public static func isWellFormed(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard groups.map(\.count) == [8, 4, 4, 4, 12] else { return false }
        return groups.allSatisfy { $0.allSatisfy(isHexadecimal) }
    }

    /// Whether `text` is `urn:uuid:` and a UUID.
    public static func isURN(_ text: String) -> Bool {
        text.hasPrefix("urn:uuid:") && isWellFormed(String(text.dropFirst(9)))
    }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
