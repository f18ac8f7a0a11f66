/// What a kit may hold: the official one has 2,300 files and 50 MB.
public struct PackLimits: Sendable {
    /// The count of files.
    public var files = 20_000
    /// The size of all files together, in bytes.
    public var totalSize = 512 << 20
    /// The size of one file, in bytes.
    public var fileSize = 64 << 20
    /// How many folders may lie in each other.
    public var depth = 32
    /// The size of an archive, in bytes.
    public var archiveSize = 256 << 20

    /// The defaults.
    public init() {}

    func check(count: Int, in source: String) throws(PackError) {
        guard count <= files else {
            throw PackError(
                .tooLarge, "'\(source)' holds more than the \(files) files that are read",
                fr: "'\(source)' contient plus que les \(files) fichiers qui sont lus")
        }
    }

    func check(size: Int, total: Int, of path: String) throws(PackError) {
        guard size <= fileSize else {
            throw PackError(
                .tooLarge, "'\(path)' has \(size) bytes, more than the \(fileSize) that are read of one file",
                fr: "'\(path)' a \(size) octets, plus que les \(fileSize) qui sont lus d'un fichier")
        }
        guard total <= totalSize else {
            throw PackError(
                .tooLarge, "with '\(path)' the files together pass the \(totalSize) bytes that are read",
                fr: "avec '\(path)', les fichiers ensemble dépassent les \(totalSize) octets qui sont lus")
        }
    }

    /// Refuses a path that is not plainly below the pack.
    func check(path: String) throws(PackError) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = segments.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard isPlain, !path.contains("\\"), !path.utf8.contains(0), !(segments.first?.contains(":") ?? true),
            path.utf8.count <= 1024, segments.allSatisfy({ $0.utf8.count <= 255 })
        else {
            throw PackError(
                .outside, "the path '\(path)' is refused: only plain relative paths are taken, without '..'",
                fr: "le chemin '\(path)' est refusé : seuls des chemins relatifs simples sont pris, sans '..'")
        }
        guard segments.count <= depth else {
            throw PackError(
                .tooLarge, "'\(path)' lies deeper than \(depth) folders",
                fr: "'\(path)' est à plus de \(depth) dossiers de profondeur")
        }
    }
}
