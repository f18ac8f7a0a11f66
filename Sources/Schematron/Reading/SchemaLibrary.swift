internal import Glibc
package import XML
internal import Synchronization

/// The files that schemas may read: those below a root, those laid over it, and nothing else.
///
/// A path is spoken of relative to the root, with `/`. A reference with a scheme, an absolute one, one that climbs out of
/// the root, and a link that leads out of it are refused before any file is opened; there is no network.
public final class SchemaLibrary: Sendable {
    /// The root folder.
    public let root: String
    /// Folders laid out as the root, whose files take precedence.
    public let overlays: [String]
    /// Names of folders beside the root that may be read too: the official kit keeps its value sets in
    /// `../jeuxDeValeurs`, seen from its `schematrons`.
    public let siblings: [String]
    /// Whether an include that is absent is looked for without regard to letter case (a note tells).
    public let ignoresIncludeCase: Bool

    private let realRoots: [Area]
    private let rootName: String
    private let documents = Mutex<[String: Found]>([:])
    private let lookups = Mutex<[Lookup.Key: Set<[UInt8]>]>([:])
    private let resolved = Mutex<[Reference: String?]>([:])

    private struct Reference: Hashable {
        let text: String
        let base: String
    }

    private static let maximumResolved = 10_000

    private struct Area: Sendable {
        /// The first segments of a path that the area serves: none for the root.
        let prefix: [String]
        /// The same, taken away where the folder stands for a part of the root.
        let folder: RealFolder
        let isOverlay: Bool
    }

    /// A document that an expression looked up, or why there is none.
    package enum Found: Sendable {
        case document(Document)
        case missing(String)
    }

    public init(
        root: String, overlays: [String] = [], siblings: [String] = ["jeuxDeValeurs"], ignoresIncludeCase: Bool = false
    ) {
        self.root = root
        self.overlays = overlays
        self.siblings = siblings
        self.ignoresIncludeCase = ignoresIncludeCase
        var areas: [Area] = []
        rootName = FileAccess.realPath(root).map { String($0.split(separator: "/").last ?? "") } ?? ""
        for overlay in overlays {
            guard let real = FileAccess.realPath(overlay) else { continue }
            areas.append(Area(prefix: [], folder: RealFolder(real), isOverlay: true))
            // An overlay of the kit's `schematrons` folder serves a root one level above, too.
            areas.append(Area(prefix: ["schematrons"], folder: RealFolder(real), isOverlay: true))
        }
        if let real = FileAccess.realPath(root) {
            areas.append(Area(prefix: [], folder: RealFolder(real), isOverlay: false))
            let parent = FileAccess.parent(of: real)
            for sibling in siblings {
                guard let beside = FileAccess.realPath(parent + "/" + sibling) else { continue }
                areas.append(Area(prefix: ["..", sibling], folder: RealFolder(beside), isOverlay: false))
            }
        }
        realRoots = areas
    }

    /// The library that suits a schema file that is named alone.
    ///
    /// Its root is the folder `schematrons` of an official kit where the file stands in one, else the file's folder.
    public static func root(forSchema path: String) -> String {
        let folder = FileAccess.parent(of: FileAccess.realPath(path) ?? path)
        var candidate = folder
        while candidate.count > 1 {
            let parent = FileAccess.parent(of: candidate)
            if candidate.hasSuffix("/schematrons"), FileAccess.realPath(parent + "/jeuxDeValeurs") != nil {
                return candidate
            }
            candidate = parent
        }
        return folder
    }

    /// The path relative to the root of a file named by an ordinary path; nil where it is not below the root.
    public func relativePath(of path: String) -> String? {
        guard let real = FileAccess.realPath(path), let realRoot = FileAccess.realPath(root) else { return nil }
        let prefix = realRoot == "/" ? "/" : realRoot + "/"
        return real.hasPrefix(prefix) ? String(real.dropFirst(prefix.count)) : nil
    }

    /// Resolves a reference written in the file `base`; nil where it leads out of the root.
    package func resolve(_ reference: String, from base: String) -> String? {
        let key = Reference(text: reference, base: base)
        if let known = resolved.withLock({ $0[key] }) { return known }
        let path = resolved(key)
        resolved.withLock { table in
            // References may be made of what documents say: their count is no one's promise.
            if table.count >= Self.maximumResolved { table.removeAll() }
            table[key] = .some(path)
        }
        return path
    }

    private func resolved(_ key: Reference) -> String? {
        let (reference, base) = (key.text, key.base)
        var text = Substring(reference)
        if let fragment = text.firstIndex(of: "#") { text = text[..<fragment] }
        guard !text.isEmpty, !text.hasPrefix("/"), !text.hasPrefix("\\"), !Self.hasScheme(text),
            let decoded = Self.percentDecoded(text), !decoded.contains("\0")
        else { return nil }
        var segments = base.split(separator: "/").dropLast().map(String.init)
        for segment in decoded.split(separator: "/", omittingEmptySubsequences: true).map(String.init) {
            switch segment {
            case ".": continue
            case "..":
                if segments.isEmpty || segments.last == ".." { segments.append("..") } else { segments.removeLast() }
            default: segments.append(segment)
            }
        }
        // The kit has `../schematrons/include/…`: out of the root and back into it.
        if segments.count > 2, segments[0] == "..", segments[1] == rootName { segments.removeFirst(2) }
        guard let first = segments.first else { return nil }
        if first == ".." {
            guard segments.count > 2, siblings.contains(segments[1]), !segments.dropFirst().contains("..") else {
                return nil
            }
        }
        return segments.joined(separator: "/")
    }

    /// The bytes of a file of the library; nil where there is no such file.
    package func read(_ path: String) -> (bytes: [UInt8], isOverlay: Bool)? {
        let segments = path.split(separator: "/").map(String.init)
        for area in realRoots where segments.starts(with: area.prefix) {
            let rest = segments.dropFirst(area.prefix.count)
            guard !rest.isEmpty, !rest.contains("..") else { continue }
            if let bytes = area.folder.read(rest) {
                return (bytes, area.isOverlay)
            }
        }
        return nil
    }

    /// The path of an existing file that differs from `path` in letter case alone.
    package func pathIgnoringCase(_ path: String) -> String? {
        let segments = path.split(separator: "/").map(String.init)
        for area in realRoots where segments.starts(with: area.prefix) {
            var found: [String] = []
            var folder = area.folder.path
            for segment in segments.dropFirst(area.prefix.count) {
                let names = FileAccess.names(in: folder)
                let folded = segment.lowercased()
                let name = names.contains(segment) ? segment : names.first { $0.lowercased() == folded }
                guard let name else { break }
                found.append(name)
                folder += "/" + name
            }
            if found.count == segments.count - area.prefix.count {
                return (area.prefix + found).joined(separator: "/")
            }
        }
        return nil
    }

    /// The document at `path`, parsed once a library; a failure is remembered too.
    package func document(_ path: String) -> Found {
        if let known = documents.withLock({ $0[path] }) { return known }
        let found = load(path)
        return documents.withLock { table in
            // Another thread may have been first: every caller must get the same document, for node identity.
            if let known = table[path] { return known }
            table[path] = found
            return found
        }
    }

    /// The values that look-ups in a document ask for, gathered once a library; nil where there is no such document.
    func entries(_ key: Lookup.Key) -> Set<[UInt8]>? {
        if let known = lookups.withLock({ $0[key] }) { return known }
        guard case .document(let document) = self.document(key.file) else { return nil }
        let entries = Lookup.entries(of: document, key)
        lookups.withLock { $0[key] = entries }
        return entries
    }

    private func load(_ path: String) -> Found {
        guard let file = read(path) else { return .missing("the file \(path) is absent") }
        do {
            return .document(try Document(parsing: file.bytes, name: path))
        } catch {
            return .missing("the file \(path) cannot be read: \(error.message)")
        }
    }

    private static func hasScheme(_ text: Substring) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        return !text[..<colon].contains("/")
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        guard text.utf8.contains(0x25) else { return String(text) }
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next(), let low = iterator.next(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
