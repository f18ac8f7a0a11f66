internal import XML
internal import XPath

/// A look-up in another document that only its existence is asked of:
/// `document($file)//svs:Concept[@code = $code and @codeSystem = $system]`.
///
/// The values that the conditions ask for are gathered once a library, so that a look-up is one probe of a set.
struct Lookup: Sendable {
    /// Which documents' values are gathered together.
    struct Key: Hashable, Sendable {
        let file: String
        let element: QName
        let conditions: [Path]
    }

    /// What is compared: the text children of the element, or one of its attributes.
    enum Path: Hashable, Sendable {
        case text
        case attribute(QName)
    }

    /// The URI of the document.
    let file: BoundSchema.Use
    let element: QName
    let conditions: [Path]
    /// What each condition is compared with: untyped values or strings.
    let keys: [BoundSchema.Use]
    /// The look-up as written.
    let general: BoundSchema.Use

    /// Whether there is such an element; nil where the general way must be gone: an unknown file, several values.
    func holds(
        in library: SchemaLibrary, _ value: (BoundSchema.Use) throws(XPathError) -> Value
    ) throws(XPathError) -> Bool? {
        guard let path = library.resolve(try value(file).string(), from: base),
            let entries = library.entries(Key(file: path, element: element, conditions: conditions))
        else { return nil }
        var probe: [UInt8] = []
        for key in keys {
            let value = try value(key)
            switch value {
            case .item: probe += try value.string().utf8
            case .empty: return entries.isEmpty ? nil : false
            case .items, .nodes, .range: return nil
            }
            probe.append(Self.separator)
        }
        return entries.contains(probe)
    }

    private var base: String { file.expression.context.baseURI ?? "" }

    /// No byte of UTF-8.
    private static let separator: UInt8 = 0xFF

    /// What stands for what was found: a value that is true.
    static let found: BoundSchema.Use = {
        do {
            return BoundSchema.Use(try XPathExpression("true()"), [])
        } catch {
            preconditionFailure("the expression true() is one")
        }
    }()

    /// The values of all elements of a document, as `holds` looks for them.
    static func entries(of document: Document, _ key: Key) -> Set<[UInt8]> {
        let nodes = document.nodes
        var entries: Set<[UInt8]> = []
        guard let name = nodes.names.id(of: key.element) else { return entries }
        for row in 0..<Int32(nodes.count) where nodes.kind[Int(row)] == .element && nodes.name[Int(row)] == name {
            // Several texts (a comment between them) make several entries.
            var made: [[UInt8]] = [[]]
            for condition in key.conditions {
                let values = values(condition, row, nodes)
                made = made.flatMap { start in values.map { start + nodes.values[$0] + [separator] } }
            }
            entries.formUnion(made)
        }
        return entries
    }

    private static func values(_ path: Path, _ row: Int32, _ nodes: NodeTable) -> [Range<Int>] {
        switch path {
        case .attribute(let name):
            guard let id = nodes.names.id(of: name), let found = nodes.attribute(row, named: id) else { return [] }
            return [nodes.valueRange(found)]
        case .text:
            var found: [Range<Int>] = []
            var child = nodes.firstChild(row)
            while child < nodes.end[Int(row)] {
                if nodes.kind[Int(child)] == .text { found.append(nodes.valueRange(child)) }
                child = nodes.end[Int(child)]
            }
            return found
        }
    }
}
