/// The files of a zip archive that is no kit: under the same limits, and refused by the same rules.
public enum ZipMembers {
    /// The members of `bytes`, in the order of the archive.
    ///
    /// - Throws: `PackError` for an archive that is broken, too large, or holds a path that leads out of it.
    public static func members(
        of bytes: [UInt8], name: String, limits: PackLimits = .init()
    ) throws(PackError) -> [(path: String, bytes: [UInt8])] {
        guard bytes.count <= limits.archiveSize else {
            throw PackError(
                .tooLarge, "'\(name)' has \(bytes.count) bytes, more than the \(limits.archiveSize) that are read",
                fr: "'\(name)' a \(bytes.count) octets, plus que les \(limits.archiveSize) qui sont lus")
        }
        let archive = try ZipArchive(bytes, name: name, limits: limits)
        var members: [(path: String, bytes: [UInt8])] = []
        for file in archive.files { members.append((file.path, try archive.bytes(file))) }
        return members
    }
}
