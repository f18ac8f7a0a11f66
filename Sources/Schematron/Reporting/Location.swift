internal import XML

/// Where nodes are, written in the forms of Schematron reports; one for each report.
final class Location {
    private let written = SiblingNumbers.asWritten()
    private let expanded = SiblingNumbers.expanded()

    /// The human path: `/ClinicalDocument/component[5]/section/@code`.
    ///
    /// Names are as written; `[n]` stands where siblings before it have that name, hence never `[1]`.
    func human(_ node: Node) -> String {
        // The reference's templates lead from the document node to its element.
        if node.kind == .document { return "/" + node.document.documentElement.qualifiedName }
        var steps: [String] = []
        var current: Node? = node
        if node.kind != .element {
            // The reference writes an attribute's name after its element's path; of other nodes it knows no name.
            steps.append("@" + node.qualifiedName)
            current = node.parent
        }
        while let element = current, element.kind == .element, let parent = element.parent {
            let name = element.qualifiedName
            let position = written.place(of: element, in: parent).position
            steps.append(position > 1 ? "\(name)[\(position)]" : name)
            current = parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    /// The path for a reader: as `Node.path` writes it.
    func path(_ node: Node) -> String {
        guard node.kind == .element else { return node.path }
        var steps: [String] = []
        var current = node
        while let parent = current.parent {
            let (position, count) = written.place(of: current, in: parent)
            steps.append(count > 1 ? "\(current.qualifiedName)[\(position)]" : current.qualifiedName)
            current = parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    /// A path that is an XPath expression whatever the prefixes:
    /// `/*:ClinicalDocument[namespace-uri()='urn:hl7-org:v3'][1]/@code`.
    func expression(_ node: Node) -> String {
        var steps: [String] = []
        var current = node
        while let parent = current.parent {
            steps.append(step(current, in: parent))
            current = parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    private func step(_ node: Node, in parent: Node) -> String {
        switch node.kind {
        case .attribute:
            return node.namespaceURI.isEmpty
                ? "@" + node.localName : "@*:\(node.localName)[namespace-uri()='\(node.namespaceURI)']"
        case .element:
            let place = expanded.place(of: node, in: parent).position
            return "*:\(node.localName)[namespace-uri()='\(node.namespaceURI)'][\(place)]"
        case .text, .comment, .processingInstruction, .document:
            let kinds: [NodeKind: String] = [
                .text: "text()", .comment: "comment()", .processingInstruction: "processing-instruction()",
            ]
            let place = parent.children.lazy.filter { $0.index <= node.index && $0.kind == node.kind }.count
            return "\(kinds[node.kind] ?? "node()")[\(place)]"
        }
    }
}
