internal import XML

/// Where a node is, written in the two forms of Schematron reports.
enum Location {
    /// The human path: `/ClinicalDocument/component[5]/section/@code`.
    ///
    /// Names are as written; `[n]` stands where siblings before it have that name, hence never `[1]`.
    static func human(_ node: Node) -> String {
        // The reference's templates lead from the document node to its element.
        if node.kind == .document { return "/" + node.document.documentElement.qualifiedName }
        var steps: [String] = []
        var current: Node? = node
        if node.kind != .element {
            // The reference writes an attribute's name after its element's path; of other nodes it knows no name.
            steps.append("@" + node.qualifiedName)
            current = node.parent
        }
        while let element = current, element.kind == .element {
            let name = element.qualifiedName
            let place = place(element, by: .writtenName)
            steps.append(place > 1 ? "\(name)[\(place)]" : name)
            current = element.parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    /// A path that is an XPath expression whatever the prefixes:
    /// `/*:ClinicalDocument[namespace-uri()='urn:hl7-org:v3'][1]/@code`.
    static func expression(_ node: Node) -> String {
        var steps: [String] = []
        var current = node
        while let parent = current.parent {
            steps.append(step(current, in: parent))
            current = parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    private static func step(_ node: Node, in parent: Node) -> String {
        switch node.kind {
        case .attribute:
            return node.namespaceURI.isEmpty
                ? "@" + node.localName : "@*:\(node.localName)[namespace-uri()='\(node.namespaceURI)']"
        case .element:
            let place = place(node, by: .name)
            return "*:\(node.localName)[namespace-uri()='\(node.namespaceURI)'][\(place)]"
        case .text, .comment, .processingInstruction, .document:
            let kinds: [NodeKind: String] = [
                .text: "text()", .comment: "comment()", .processingInstruction: "processing-instruction()",
            ]
            let place = parent.children.lazy.filter { $0.index <= node.index && $0.kind == node.kind }.count
            return "\(kinds[node.kind] ?? "node()")[\(place)]"
        }
    }

    private static func place(_ node: Node, by likeness: SiblingPlaces.Likeness) -> Int {
        node.document.siblingPlaces.place(of: node.index, by: likeness, in: node.document.nodes).place
    }
}
