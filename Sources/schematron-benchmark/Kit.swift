internal import Glibc
internal import Schematron
internal import XML

/// The official kit's files and the Schematrons that judge a document of it.
struct Kit {
    let root: String
    let library: SchemaLibrary

    /// The generic Schematrons in the order of the kit's own script, paths without extension.
    static let generic = [
        "profils/IHE", "profils/terminologies/schematron/terminologie", "profils/CI-SIS_ModelesDeContenusCDA",
        "profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin", "profils/CI-SIS_Modeles_ANS",
    ]

    init(_ options: Options) {
        root = options.kit
        library = SchemaLibrary(root: root + "/schematrons", overlays: options.overlay.map { [$0] } ?? [])
    }

    var schemaFile: String { root + "/infrastructure/cda/CDA_extended.xsd" }

    func schema() throws(XMLError) -> Schema { try Schema(contentsOfFile: schemaFile) }

    func schematron(_ name: String) throws(SchematronError) -> BoundSchema {
        try BoundSchema(reading: name + ".sch", in: library)
    }

    /// All examples, sorted.
    func examples() -> [String] {
        Self.names(in: root + "/ExemplesCDA").filter { $0.hasSuffix(".xml") }.map { root + "/ExemplesCDA/" + $0 }
    }

    /// The names of the Schematrons of a document: the generic ones, and for a structured one that of its volet, which
    /// is the one whose name the file's name starts with.
    func schematrons(for file: String, _ document: Document) -> [String] {
        let isStructured = !document.documentElement.descendants("structuredBody", in: "urn:hl7-org:v3").isEmpty
        guard isStructured else { return Self.generic }
        let wanted = Self.comparable(Self.lastSegment(file))
        let volets = Self.names(in: root + "/schematrons")
            .filter { $0.hasPrefix("CI-SIS_") && $0.hasSuffix(".sch") }
            .map { String($0.dropLast(4)) }
        let own = volets.filter { wanted.hasPrefix(Self.comparable(String($0.dropFirst(7)))) }
            .max { $0.utf8.count < $1.utf8.count }
        return Self.generic + (own.map { [$0] } ?? [])
    }

    static func lastSegment(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func comparable(_ name: String) -> String {
        name.lowercased().split(separator: "_", omittingEmptySubsequences: false).joined(separator: "-")
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.sorted()
    }
}
