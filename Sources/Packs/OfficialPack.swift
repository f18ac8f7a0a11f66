internal import Foundation
public import Schematron
public import XML

/// The official kit of CDA schemas ("TestContenuCDA") as laid out by its authors, and the files laid over it.
public struct OfficialPack: Sendable {
    /// What reports call it.
    public let name: String
    /// The SHA-256 over all its files; empty for a folder that is not registered.
    public let digest: String
    /// The folder that holds `schematrons` and `infrastructure`.
    public let folder: String
    /// The folder of files that the kit lacks, laid out as the kit or as its `schematrons`; nil where there is none.
    public let overlay: String?
    /// The SHA-256 over the files of the overlay; nil where there is none or the folder is not registered.
    public let overlayDigest: String?
    /// The volets' schemas.
    public let volets: [Volet]
    /// The generic schemas that are there, relative to the kit, in the kit's order.
    public let genericSchemas: [String]
    /// The generic schemas that the kit should have and lacks.
    public let missingSchemas: [String]

    /// The XML Schema, relative to the kit.
    public static let schema = "infrastructure/cda/CDA_extended.xsd"

    /// The order of the kit's own run (`compilverif.bat`), before the volet's.
    public static let order = [
        "schematrons/profils/IHE.sch",
        "schematrons/profils/terminologies/schematron/terminologie.sch",
        "schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch",
        "schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch",
        "schematrons/profils/CI-SIS_Modeles_ANS.sch",
    ]

    /// A kit in a folder: the folder itself, or the one inside that holds it.
    public init(folder: String, overlay: String? = nil) throws(PackError) {
        guard let root = Self.root(below: folder, depth: 3) else { throw Self.notKit(folder) }
        try self.init(
            name: folder.split(separator: "/").last.map(String.init) ?? folder, digest: "", root: root,
            overlay: overlay, overlayDigest: nil, volets: Volet.all(in: root))
    }

    init(
        name: String, digest: String, root: String, overlay: String?, overlayDigest: String?, volets: [Volet]
    ) throws(PackError) {
        guard Self.isRoot(root) else { throw Self.notKit(root) }
        if let overlay, !FileSystem.isFolder(overlay) {
            throw PackError(.unreadable, "the overlay '\(overlay)' is no folder")
        }
        self.name = name
        self.digest = digest
        self.folder = root
        self.overlay = overlay
        self.overlayDigest = overlayDigest
        self.volets = volets
        genericSchemas = Self.order.filter { FileSystem.isFile(root + "/" + $0) }
        missingSchemas = Self.order.filter { !FileSystem.isFile(root + "/" + $0) }
    }

    /// The absolute path of the XML Schema.
    public var schemaPath: String { folder + "/" + Self.schema }

    /// The files that the Schematrons may read. Paths are relative to the kit.
    public func library(ignoresIncludeCase: Bool = true) -> SchemaLibrary {
        SchemaLibrary(
            root: folder, overlays: overlay.map { [$0] } ?? [], siblings: [], ignoresIncludeCase: ignoresIncludeCase)
    }

    /// The volet's schema for a document, by the template ids and the edition that it declares.
    public func volet(for document: Document) -> VoletChoice {
        DeclaredModel(document)?.choice(among: volets) ?? .notDocument
    }

    /// The name of a schema's layer: `schematron:profils/IHE`.
    public static func layer(of schema: String) -> String {
        var name = schema
        if name.hasPrefix("schematrons/") { name.removeFirst("schematrons/".count) }
        if name.hasSuffix(".sch") { name.removeLast(4) }
        return "schematron:" + name
    }

    static func notKit(_ path: String) -> PackError {
        PackError(
            .notKit,
            "'\(path)' holds no official kit: name the folder or zip with 'schematrons/profils' and '\(schema)'")
    }

    private static func isRoot(_ folder: String) -> Bool {
        FileSystem.isFile(folder + "/" + schema) && FileSystem.isFolder(folder + "/schematrons/profils")
    }

    /// The folder that holds the kit: archives have one or two folders around it.
    private static func root(below folder: String, depth: Int) -> String? {
        if isRoot(folder) { return folder }
        guard depth > 0, let names = try? FileSystem.names(in: folder) else { return nil }
        for name in names where FileSystem.isFolder(folder + "/" + name) && !name.hasPrefix(".") {
            if let found = root(below: folder + "/" + name, depth: depth - 1) { return found }
        }
        return nil
    }

    /// The same among the paths of an archive: what stands before `infrastructure/…`, shortest first.
    static func prefix(in paths: [String]) -> String? {
        paths.filter { $0 == schema || $0.hasSuffix("/" + schema) }
            .map { String($0.dropLast(schema.count)) }
            .filter { prefix in paths.contains { $0.hasPrefix(prefix + "schematrons/profils/") } }
            .min { ($0.count, $0) < ($1.count, $1) }
    }
}
