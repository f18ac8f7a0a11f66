internal import Conformance
internal import Foundation
internal import Imaging
internal import XML

/// Follows the links of a report to its images, hop by hop: report, link, its agreement with the report, then with a
/// system the DMP, the KOS and the images.
public struct LinkResolver: Sendable {
    private let system: ResolutionSystem?

    /// A resolver.
    ///
    /// - Parameter system: where the DMP and the images are; without one, what needs it is not run.
    public init(_ system: ResolutionSystem? = nil) { self.system = system }

    /// The hops of the report at `path`, a layer each.
    public func resolve(_ path: String) async -> FileJudgement {
        do {
            return await resolve(try FileValidator.read(path), name: path)
        } catch {
            return FileJudgement(
                file: path, kind: nil,
                layers: [LayerJudgement("report", .error, fr: error.message, en: error.message)], summary: [])
        }
    }

    /// The hops of a report.
    public func resolve(_ bytes: [UInt8], name: String) async -> FileJudgement {
        var judgement = FileJudgement(file: name, kind: .cda, layers: [], summary: [])
        let document: Document
        do throws(XMLError) {
            document = try Document(parsing: bytes, name: name)
        } catch {
            judgement.layers = [FileValidator.syntax(error)]
            return judgement
        }
        guard let report = ImagingReport(document) else {
            judgement.layers = [
                LayerJudgement(
                    "report", .error, fr: "Le fichier n'est pas un compte rendu CDA",
                    en: "The file is no CDA report")
            ]
            return judgement
        }
        judgement.summary = ReportSummary.lines(report)
        judgement.layers.append(LayerJudgement("report", findings: []))
        let found: [FoundLink]
        if report.isStructured {
            found = FoundLink.all(in: report)
        } else {
            switch await Self.linksOfText(report) {
            case .success(let links): found = links
            case .failure(let obstacle):
                judgement.layers.append(obstacle.layer)
                return judgement
            }
        }
        guard !found.isEmpty else {
            judgement.layers.append(Self.noLink(report))
            return judgement
        }
        for (number, link) in found.enumerated() {
            let suffix = found.count > 1 ? "[\(number + 1)]" : ""
            let hop = LinkHop(found: link, report: report)
            judgement.layers += [hop.form("link\(suffix)"), hop.agreement("agreement\(suffix)")]
            if let system { judgement.layers += await SystemHops(system).follow(link, of: report, suffix: suffix) }
        }
        guard system == nil else { return judgement }
        judgement.layers += SystemHops.names.map { name in
            LayerJudgement(
                name, .notRun, fr: "Aucun système n'est donné (--target)", en: "No system is given (--target)",
                isRequired: false)
        }
        return judgement
    }

    private static func noLink(_ report: ImagingReport) -> LayerJudgement {
        LayerJudgement(
            "link",
            findings: [
                Finding(
                    check: "link.absent", requirement: "CR-028", severity: .violation,
                    message: LocalizedText(
                        fr: "Le compte rendu ne porte aucun lien vers les images",
                        en: "The report holds no link to the images"),
                    expected: report.isStructured
                        ? "observation/text/reference, linkHtml" : "https://…/\(ImageDisplayLink.resource)?…",
                    actual: "∅", place: EvidencePlace(object: report.isStructured ? "CR" : "PDF"))
            ])
    }

    /// Why the text of a report of level 1 could not be read.
    private struct Obstacle: Error {
        let layer: LayerJudgement
    }

    private static func linksOfText(_ report: ImagingReport) async -> Result<[FoundLink], Obstacle> {
        switch await WorkerPool.shared.run({ PortableDocument.text(of: report) }) {
        case .text(let text):
            return .success(PortableDocument.links(in: text).map { FoundLink(link: $0, source: .text) })
        case .absent:
            return .failure(
                Obstacle(
                    layer: LayerJudgement(
                        "link", .inconclusive, fr: "Le corps du compte rendu n'est ni structuré ni un PDF",
                        en: "The body of the report is neither structured nor a PDF")))
        case .noTool:
            return .failure(
                Obstacle(
                    layer: LayerJudgement(
                        "link", .notRun,
                        fr: "Le lien est dans le texte du PDF : installez pdftotext (poppler-utils) pour qu'il soit lu",
                        en: "The link is in the text of the PDF: install pdftotext (poppler-utils) to have it read")))
        case .unreadable(let cause):
            return .failure(
                Obstacle(
                    layer: LayerJudgement(
                        "link", .inconclusive, fr: "Le PDF du compte rendu ne peut pas être lu (\(cause))",
                        en: "The PDF of the report cannot be read (\(cause))")))
        }
    }
}
