/// The shape of DICOM UIDs and of OIDs.
package enum UniqueIdentifier {
    /// Whether `text` is dotted digits without leading zeros, at most 64 characters (PS3.5, 9.1).
    package static func isLegal(_ text: some StringProtocol) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 64 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            guard !part.isEmpty, part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
                return false
            }
            return part.utf8.count == 1 || part.first != "0"
        }
    }
}
