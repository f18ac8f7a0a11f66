/// The kinds of node of the tree. A namespace is not a node here: see `Node.namespacesInScope`.
public enum NodeKind: UInt8, Sendable {
    case document, element, attribute, text, comment, processingInstruction
}
