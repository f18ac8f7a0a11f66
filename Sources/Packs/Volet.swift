internal import Foundation
internal import Schematron
internal import XML

/// The Schematron of one volet (document model) of the official kit, in one edition.
public struct Volet: Codable, Hashable, Sendable {
    /// The schema, relative to the kit: `schematrons/CI-SIS_IMG-CR-IMG_2024.01.sch`.
    public var schema: String
    /// The model: `IMG-CR-IMG`.
    public var family: String
    /// The edition: `2024.01`; empty where the file's name has none.
    public var version: String
    /// The template id that a document of this model declares; nil where it cannot be told.
    public var template: String?

    /// `IMG-CR-IMG_2024.01`
    public var name: String { version.isEmpty ? family : "\(family)_\(version)" }

    /// The arc below which the document models of the CI-SIS have their template ids.
    static let arc = "1.2.250.1.213.1.1.1."
    /// The header that all models share ("structuration minimale").
    static let commonTemplate = "1.2.250.1.213.1.1.1.1"

    /// The models whose schemas do not test their own template id (volets of the CI-SIS).
    static let untestedTemplates = [
        "BIO-CR-BIO": arc + "55", "CSE-MDE": arc + "5.4", "OPH-CR-RTN": arc + "18",
    ]
}

extension Volet {
    /// The volets of a kit: its schemas `schematrons/CI-SIS_<model>_<edition>.sch`, sorted by path.
    static func all(in kit: String) -> [Volet] {
        let folder = kit + "/schematrons"
        let names = (try? FileSystem.names(in: folder)) ?? []
        return names.filter { $0.hasSuffix(".sch") && FileSystem.isFile(folder + "/" + $0) }
            .map { Volet(file: $0, in: folder) }
    }

    private init(file: String, in folder: String) {
        var stem = String(file.dropLast(4))
        if stem.hasPrefix("CI-SIS_") { stem.removeFirst("CI-SIS_".count) }
        let edition = stem.split(separator: "_").last.map(String.init) ?? ""
        let isEdition = stem.contains("_") && edition.allSatisfy { $0.isNumber || $0 == "." } && edition.count >= 4
        schema = "schematrons/" + file
        version = isEdition ? edition : ""
        family = isEdition ? String(stem.dropLast(edition.count + 1)) : stem
        template = Self.ownTemplate(file, in: folder) ?? Self.untestedTemplates[family]
    }

    /// The most specific template id that the schema's tests name: in the file itself, else where it includes the tests
    /// of the header.
    private static func ownTemplate(_ file: String, in folder: String) -> String? {
        let library = SchemaLibrary(root: folder, siblings: [])
        guard let document = document(file, library) else { return nil }
        var found = templates(in: document)
        for include in document.root.descendants("include", in: schematron) {
            guard let reference = include.attribute("href"), reference.lowercased().contains("entete"),
                let path = library.resolve(reference, from: file), let part = self.document(path, library)
            else { continue }
            found.formUnion(templates(in: part))
        }
        return found.max { rank($0) < rank($1) }
    }

    /// A file of the kit; an include may differ from its file in letter case.
    private static func document(_ path: String, _ library: SchemaLibrary) -> Document? {
        let file = library.read(path) ?? library.pathIgnoringCase(path).flatMap { library.read($0) }
        return file.flatMap { try? Document(parsing: $0.bytes, name: path) }
    }

    private static func rank(_ template: String) -> (Int, String) {
        (template.split(separator: ".").count, template)
    }

    static let schematron = "http://purl.oclc.org/dsdl/schematron"

    private static func templates(in document: Document) -> Set<String> {
        var found: Set<String> = []
        for name in ["assert", "rule"] {
            for element in document.root.descendants(name, in: schematron) {
                let text = element.attribute(name == "assert" ? "test" : "context") ?? ""
                for word in text.split(whereSeparator: { !$0.isNumber && $0 != "." }).map(String.init)
                where word.hasPrefix(arc) && word != commonTemplate {
                    found.insert(word)
                }
            }
        }
        return found
    }
}
