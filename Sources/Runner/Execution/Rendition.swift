internal import Conformance
internal import Foundation
internal import XML

/// Makes a page for people of each CDA document, by `Reports/Assets/cda.xsl`, and keeps it in the evidence.
actor Rendition {
    private let path: String
    private let evidence: EvidenceLog
    /// Nil until it is asked for; the inner nil: there is no usable stylesheet, so there are no renditions.
    private var stylesheet: Stylesheet??

    init(dataRoot: String, evidence: EvidenceLog) {
        path = dataRoot + "/Reports/Assets/cda.xsl"
        self.evidence = evidence
    }

    /// The page of a document; nil when it cannot be made: the document itself is in the evidence anyway.
    func reference(of document: Document, name: String) async -> EvidenceReference? {
        guard let stylesheet = compiled() else { return nil }
        let page = try? await WorkerPool.shared.run { try stylesheet.transform(document) }
        guard let page else { return nil }
        return try? await evidence.keep(page, mediaType: "text/html", kind: "rendition", name: name)
    }

    private func compiled() -> Stylesheet? {
        if let stylesheet { return stylesheet }
        let made = (try? Data(contentsOf: URL(fileURLWithPath: path))).flatMap { try? Stylesheet(Array($0)) }
        stylesheet = .some(made)
        return made
    }
}
