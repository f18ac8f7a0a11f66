public import Conformance
internal import Foundation
public import XML

/// Which volet's Schematron a document is judged by.
public enum VoletChoice: Hashable, Sendable {
    /// That of the model and edition that the document declares. The note says why where the edition is not the declared
    /// one.
    case volet(Volet, note: LocalizedText?)
    /// A document of level 1 (`nonXMLBody`) takes the generic schemas only.
    case levelOne
    /// The document declares no model of the CI-SIS.
    case undeclared
    /// The document declares a model that the kit has no schema of.
    case absent(template: String)
    /// No CDA document at all.
    case notDocument
}

extension Volet {
    /// The template id of the imaging report, `IMG-CR-IMG`.
    public static let imagingReport = arc + "45"

    /// The template ids of models of the CI-SIS that a document declares, the most specific first.
    public static func models(of document: Document) -> [String] {
        DeclaredModel(document)?.templates.map(\.root) ?? []
    }
}

/// What a document says of its model.
struct DeclaredModel {
    /// The template ids of models, the most specific first.
    let templates: [(root: String, version: String?)]
    let isLevelOne: Bool
    /// The schemas that `<?oxygen SCHSchema="…"?>` names, by file name.
    let namedSchemas: [String]
    /// The document's file name.
    let fileName: String

    /// Nil where there is no `ClinicalDocument`: it may stand inside of a style sheet (auto-presentable documents).
    init?(_ document: Document) {
        let hl7 = "urn:hl7-org:v3"
        let root = document.documentElement
        let isPlain = root.localName == "ClinicalDocument" && root.namespaceURI == hl7
        guard let report = isPlain ? root : root.descendants("ClinicalDocument", in: hl7).first else { return nil }
        var found: [(root: String, version: String?)] = []
        for element in report.elements("templateId", in: hl7) {
            guard let root = element.attribute("root"), root.hasPrefix(Volet.arc), root != Volet.commonTemplate else {
                continue
            }
            found.append((root, element.attribute("extension")))
        }
        // The last of the most specific ones: general templates come first.
        templates = found.enumerated().sorted { left, right in
            let depths = [left, right].map { $0.element.root.split(separator: ".").count }
            return depths[0] != depths[1] ? depths[0] > depths[1] : left.offset > right.offset
        }.map(\.element)
        isLevelOne = report.first("component", in: hl7)?.first("nonXMLBody", in: hl7) != nil
        namedSchemas = document.root.children.filter { $0.kind == .processingInstruction }.compactMap { node in
            guard let start = node.stringValue.range(of: "SCHSchema=\"") else { return nil }
            let value = node.stringValue[start.upperBound...].prefix { $0 != "\"" }
            return value.split(separator: "/").last.map(String.init)
        }
        fileName = document.name.split(separator: "/").last.map(String.init) ?? ""
    }

    /// The volet among those of a kit.
    func choice(among volets: [Volet]) -> VoletChoice {
        // LISEZ-MOI of the kit: the volets' schemas are for structured bodies.
        if isLevelOne { return .levelOne }
        for (template, version) in templates {
            let editions = volets.filter { $0.template == template }.sorted { $0.version < $1.version }
            guard let newest = editions.last else { continue }
            return choice(among: editions, newest, version)
        }
        return templates.first.map { .absent(template: $0.root) } ?? .undeclared
    }

    /// Editions share a template id: `@extension` tells, else the schema that the document names, else its file name.
    private func choice(among editions: [Volet], _ newest: Volet, _ version: String?) -> VoletChoice {
        if let version, let exact = editions.first(where: { $0.version == version }) {
            return .volet(exact, note: nil)
        }
        let named = editions.last { volet in namedSchemas.contains { volet.schema.hasSuffix("/" + $0) } }
        let byFile = editions.last { !$0.version.isEmpty && fileName.contains($0.version) }
        let later = editions.first { $0.version > version ?? "~" }
        let chosen = named ?? byFile ?? later ?? newest
        guard let version, !version.isEmpty else {
            let isSure = editions.count == 1 || named != nil || byFile != nil
            return .volet(chosen, note: isSure ? nil : Self.noEdition(chosen))
        }
        return .volet(
            chosen,
            note: LocalizedText(
                fr: "Le document déclare l'édition \(version), absente du kit : jugé selon \(chosen.name)",
                en: "The document declares the edition \(version), which the kit lacks: judged by \(chosen.name)"))
    }

    private static func noEdition(_ chosen: Volet) -> LocalizedText {
        LocalizedText(
            fr: "Le document ne déclare pas d'édition (templateId/@extension) : jugé selon la plus récente, "
                + chosen.name,
            en: "The document declares no edition (templateId/@extension): judged by the newest, \(chosen.name)")
    }
}
