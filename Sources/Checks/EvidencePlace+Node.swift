internal import Conformance
internal import XML

extension EvidencePlace {
    /// Where a node stands; with `attribute`, where that attribute of it stands or should stand.
    init(_ node: Node, attribute: String? = nil) {
        let path = attribute.map { "\(node.path)/@\($0)" } ?? node.path
        self.init(line: node.line, column: node.column, byte: node.byteOffset, xpath: path)
    }
}
