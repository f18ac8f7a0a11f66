internal import Cryptography
public import Foundation

/// The registered packs: dated copies of the official kit, each by its digest.
///
/// They stand below `CISIS_HOME` (else `$XDG_CONFIG_HOME/cisis`, else `~/.config/cisis`) in `packs/<name>`, as
/// `pack.json`, `kit/…` and `overlay/…`. A pack comes into being whole or not at all, and never changes.
public struct PackStore: Sendable {
    /// The folder that holds the packs.
    public let folder: String
    private let limits: PackLimits

    /// The packs below the settings folder `home`.
    public init(home: String, limits: PackLimits = .init()) {
        folder = home + "/packs"
        self.limits = limits
    }

    /// The settings folder of the person who runs the tool.
    public static func home(_ environment: [String: String]) -> String {
        if let home = environment["CISIS_HOME"], !home.isEmpty { return home }
        if let settings = environment["XDG_CONFIG_HOME"], !settings.isEmpty { return settings + "/cisis" }
        return (environment["HOME"] ?? NSHomeDirectory()) + "/.config/cisis"
    }

    /// The registered packs whose record can be read, the newest first, and why the others cannot be used.
    public func list() throws(PackError) -> (records: [PackRecord], spoilt: [PackError]) {
        guard FileSystem.exists(folder) else { return ([], []) }
        var records: [PackRecord] = []
        var spoilt: [PackError] = []
        for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
            do {
                records.append(try record(name))
            } catch {
                spoilt.append(error)
            }
        }
        return (records.sorted { ($0.added, $1.name) > ($1.added, $0.name) }, spoilt)
    }

    /// The pack called `name`, or the newest one.
    ///
    /// - Throws: `PackError` with `spoilt` when its files are no longer those that were registered.
    public func named(_ name: String?) throws(PackError) -> OfficialPack {
        let record: PackRecord
        if let name {
            record = try self.record(name)
        } else {
            let (records, spoilt) = try list()
            guard let newest = records.first else {
                throw spoilt.first
                    ?? PackError(
                        .unknown, "no pack is registered: add the official kit with 'cisis pack add FOLDER_OR_ZIP'")
            }
            record = newest
        }
        let place = folder + "/" + record.name
        // Sizes and times are enough where they are as they were; else the digests decide.
        guard record.fingerprint == FileSystem.fingerprint(of: place) || isIntact(record) else {
            throw PackError(
                .spoilt,
                "the files of the pack '\(record.name)' were changed since it was registered: remove it and add it again"
            )
        }
        return try OfficialPack(
            name: record.name, digest: record.digest, root: place + "/kit",
            overlay: record.overlayDigest == nil ? nil : place + "/overlay",
            overlayDigest: record.overlayDigest, volets: record.volets)
    }

    /// The record of the pack called `name`.
    public func record(_ name: String) throws(PackError) -> PackRecord {
        try Self.check(name: name)
        guard FileSystem.isFolder(folder + "/" + name) else {
            let known = try list().records.map { "'\($0.name)'" }.joined(separator: ", ")
            throw PackError(
                .unknown, "no pack '\(name)': \(known.isEmpty ? "none is registered" : "registered are \(known)")")
        }
        let bytes = try FileSystem.read(folder + "/" + name + "/pack.json", limit: 16 << 20)
        guard let record = try? PackRecord.decode(bytes), record.name == name else {
            throw PackError(.spoilt, "the record of the pack '\(name)' is spoilt: remove the pack and add it again")
        }
        return record
    }

    /// Takes a pack away.
    public func remove(_ name: String) throws(PackError) {
        _ = try? record(name)
        try Self.check(name: name)
        guard FileSystem.isFolder(folder + "/" + name) else {
            _ = try record(name)
            return
        }
        let doomed = folder + "/.removed-" + UUID().uuidString
        do {
            try FileManager.default.moveItem(atPath: folder + "/" + name, toPath: doomed)
            try FileManager.default.removeItem(atPath: doomed)
        } catch {
            throw PackError(.unreadable, "the pack '\(name)' cannot be removed: \(error.localizedDescription)")
        }
    }

    /// Whether the files of a pack are still those that were registered.
    public func isIntact(_ record: PackRecord) -> Bool {
        let place = folder + "/" + record.name
        guard let kit = try? digest(of: FolderSource(place + "/kit", limits: limits)), kit == record.digest else {
            return false
        }
        guard let expected = record.overlayDigest else { return true }
        return (try? digest(of: FolderSource(place + "/overlay", limits: limits))) == expected
    }

    private func digest(of source: FolderSource) throws(PackError) -> String {
        var lines: [String: String] = [:]
        for file in source.files {
            lines[file.path] = MessageDigest.hexadecimal(of: try source.bytes(file), .sha256)
        }
        return Self.digest(lines)
    }

    static func digest(_ digests: [String: String]) -> String {
        let paths = digests.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return MessageDigest.hexadecimal(of: paths.flatMap { "\($0)\t\(digests[$0] ?? "")\n".utf8 }, .sha256)
    }
}

extension PackStore {
    /// Registers a copy of the kit in a folder or zip archive.
    ///
    /// - Parameters:
    ///   - path: the folder or archive; the kit may stand up to three folders deep in it.
    ///   - overlay: a folder of files that the kit lacks, laid out as the kit or as its `schematrons`.
    ///   - name: what the pack is called; made from the path where nil.
    ///   - now: the instant that is recorded.
    public func add(
        _ path: String, overlay: String? = nil, name: String? = nil, now: Date = Date()
    ) throws(PackError) -> PackRecord {
        let source = Self.lastComponent(path)
        let name = name ?? Self.name(from: source)
        try Self.check(name: name)
        guard !FileSystem.isFolder(folder + "/" + name) else { throw Self.taken(name) }
        let place = folder + "/.adding-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: place) }
        let kit = try copyKit(path, to: place + "/kit")
        var record = PackRecord(
            name: name, added: Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)),
            digest: kit.digest, files: kit.files, bytes: kit.bytes, overlayDigest: nil, overlayFiles: 0,
            source: source, volets: Volet.all(in: place + "/kit"))
        if let overlay {
            let files = try FolderSource(overlay, limits: limits)
            guard !files.files.isEmpty else { throw PackError(.unreadable, "the overlay '\(overlay)' holds no file") }
            let copy = try copy(files, prefix: "", to: place + "/overlay")
            record.overlayDigest = copy.digest
            record.overlayFiles = copy.files
        }
        do {
            record.fingerprint = FileSystem.fingerprint(of: place)
            try FileSystem.write(try record.json(), to: place + "/pack.json")
        } catch {
            throw (error as? PackError) ?? PackError(.unreadable, "the record of the pack cannot be written: \(error)")
        }
        // The last step is one step: the pack is there whole or not at all.
        guard rename(place, folder + "/" + name) == 0 else { throw Self.taken(name) }
        return record
    }

    private func copyKit(_ path: String, to target: String) throws(PackError) -> Copy {
        guard FileSystem.realPath(path) != nil else { throw FileSystem.unreadable(path) }
        let source: any PackSource
        if FileSystem.isFolder(path) {
            source = try FolderSource(path, limits: limits)
        } else {
            let bytes = try FileSystem.read(path, limit: limits.archiveSize)
            do throws(PackError) {
                source = try ZipArchive(bytes, name: Self.lastComponent(path), limits: limits)
            } catch  where error.code == .unsupportedArchive || error.code == .unreadForm {
                throw PackError(
                    error.code, error.message + ": unpack it and name the folder",
                    fr: error.french + " : la décompresser et donner le dossier")
            }
        }
        guard let prefix = OfficialPack.prefix(in: source.files.map(\.path)) else { throw OfficialPack.notKit(path) }
        return try copy(source, prefix: prefix, to: target)
    }

    private struct Copy {
        var digest = ""
        var files = 0
        var bytes = 0
    }

    private func copy(_ source: any PackSource, prefix: String, to target: String) throws(PackError) -> Copy {
        var result = Copy()
        var digests: [String: String] = [:]
        for file in source.files where file.path.hasPrefix(prefix) {
            let path = String(file.path.dropFirst(prefix.count))
            guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
            let bytes = try source.bytes(file)
            try FileSystem.write(bytes, to: target + "/" + path)
            digests[path] = MessageDigest.hexadecimal(of: bytes, .sha256)
            result.files += 1
            result.bytes += bytes.count
        }
        result.digest = Self.digest(digests)
        return result
    }

    private static func taken(_ name: String) -> PackError {
        PackError(.exists, "a pack '\(name)' is registered: choose another name with --name, or remove it first")
    }

    private static func lastComponent(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
    }

    /// A pack's name from that of a folder or archive: `TestContenuCDA 3.0.zip` gives `TestContenuCDA-3.0`.
    static func name(from source: String) -> String {
        let stem = source.lowercased().hasSuffix(".zip") ? String(source.dropLast(4)) : source
        let text = String(stem.map { isNameCharacter($0) ? $0 : "-" }.drop { $0 == "." || $0 == "-" }.prefix(64))
        return text.isEmpty ? "kit" : text
    }

    static func check(name: String) throws(PackError) {
        guard name.lowercased() != "none" else {
            throw PackError(.name, "'\(name)' cannot name a pack: '--pack none' asks for no kit; give --name")
        }
        guard !name.isEmpty, name.count <= 64, !name.hasPrefix("."), !name.hasPrefix("-"),
            name.allSatisfy(isNameCharacter)
        else {
            throw PackError(.name, "'\(name)' cannot name a pack: use up to 64 letters, digits, '.', '_' and '-'")
        }
    }
}
