extension Node {
    /// A readable location such as `/ClinicalDocument/recordTarget[1]/patientRole/id[2]/@root`.
    ///
    /// Names are as written, prefix included; `[n]` stands where siblings of that name repeat. Not an XPath expression
    /// where there is a default namespace.
    public var path: String {
        guard index > 0 else { return "/" }
        var steps: [String] = []
        var node = self
        while let parent = node.parent {
            steps.append(node.step(in: parent))
            node = parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    private func step(in parent: Node) -> String {
        if kind == .attribute { return "@" + qualifiedName }
        let (position, count) = document.siblingPlaces.place(of: index, by: .name, in: document.nodes)
        let name =
            switch kind {
            case .text: "text()"
            case .comment: "comment()"
            case .processingInstruction: "processing-instruction(\(localName))"
            case .element, .attribute, .document: qualifiedName
            }
        return count > 1 ? "\(name)[\(position)]" : name
    }
}
