internal import Checks
internal import Foundation
internal import Packs
internal import XML

/// The value sets that lie in files: those of a registered kit, then the project's own.
enum ValueSetFiles {
    /// What rules look codes up in.
    static func catalogue(dataRoot: String, pack: OfficialPack?) -> ValueSetCatalogue {
        let official = pack.map { sets(in: $0.folder + "/jeuxDeValeurs") } ?? []
        let own = ["valuesets", "cda/jeuxDeValeurs"].flatMap { sets(in: dataRoot + "/Schematron/" + $0) }
        return ValueSetCatalogue(official).completed(by: ValueSetCatalogue(own)).completed(by: .builtIn)
    }

    /// The value sets of the files `*.xml` in `folder`; none where it is absent.
    private static func sets(in folder: String) -> [ValueSet] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { $0.lowercased().hasSuffix(".xml") && $0.hasPrefix("JDV") }.compactMap { name in
            guard let bytes = try? FileValidator.read("\(folder)/\(name)"),
                let document = try? Document(parsing: bytes, name: name)
            else { return nil }
            return ValueSet(document)
        }
    }
}
