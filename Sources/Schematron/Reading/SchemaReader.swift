internal import XML

/// Reads a schema and what it includes.
struct SchemaReader {
    /// An element and the file that it stands in.
    struct Source {
        let node: Node
        let file: String
        let places: Places

        var place: SourcePlace { places.place(of: node, file) }
        func attribute(_ name: String) -> String? { node.attribute(name) }
    }

    static let namespace = "http://purl.oclc.org/dsdl/schematron"
    static let xsltNamespace = "http://www.w3.org/1999/XSL/Transform"
    private static let formerNamespace = "http://www.ascc.net/xml/schematron"
    static let maximumIncludeDepth = 32
    static let maximumFiles = 20_000

    let library: SchemaLibrary
    var schema = SchematronSchema()
    /// The files whose content is being read, outermost first.
    private var open: [String] = []

    init(_ library: SchemaLibrary) { self.library = library }

    static func read(_ path: String, _ library: SchemaLibrary) throws(SchematronError) -> SchematronSchema {
        var reader = SchemaReader(library)
        guard let file = library.read(path) else {
            throw SchematronError(
                .unreadable, "the schema cannot be read, or is not a file below the root", at: SourcePlace(file: path))
        }
        let document: Document
        do {
            document = try Document(parsing: file.bytes, name: path)
        } catch {
            throw SchematronError(
                .malformed, error.message, at: SourcePlace(file: path, line: error.line, column: error.column))
        }
        reader.open = [path]
        reader.schema.file = path
        reader.schema.files = [path]
        try reader.readSchema(Source(node: document.documentElement, file: path, places: Places()))
        return reader.schema
    }

    mutating func note(_ code: SchemaNote.Code, _ message: String, _ place: SourcePlace) {
        schema.notes.append(SchemaNote(code, message, at: place))
    }

    private mutating func readSchema(_ source: Source) throws(SchematronError) {
        guard source.node.namespaceURI == Self.namespace, source.node.localName == "schema" else {
            let hint =
                source.node.namespaceURI == Self.formerNamespace
                ? "this is Schematron 1.5: change the namespace to \(Self.namespace)"
                : "expected the element schema of the namespace \(Self.namespace), found \(source.node.qualifiedName)"
            throw SchematronError(.notSchematron, hint, at: source.place)
        }
        schema.schemaVersion = source.attribute("schemaVersion") ?? ""
        schema.defaultPhase = source.attribute("defaultPhase")
        let binding = source.attribute("queryBinding") ?? "xslt"
        guard let known = SchematronSchema.QueryBinding(rawValue: binding.lowercased()) else {
            throw SchematronError(
                .queryBinding, "the query binding '\(binding)' is not known: use xslt, xslt2 or xpath2",
                at: source.place)
        }
        schema.queryBinding = known
        try forEachChild(of: source) { (reader, child) throws(SchematronError) in
            try reader.readTopLevel(child)
        }
    }

    private mutating func readTopLevel(_ source: Source) throws(SchematronError) {
        switch source.node.localName {
        case "title": schema.title = Self.normalized(source.node.stringValue)
        case "ns":
            schema.namespaces.append((try require("prefix", of: source), try require("uri", of: source)))
        case "let": schema.lets.append(try readLet(source))
        case "phase": schema.phases.append(try readPhase(source))
        case "pattern": schema.patterns.append(try readPattern(source))
        case "rule": schema.looseRules.append(try readRule(source))
        case "rules":
            try forEachChild(of: source) { (reader, child) throws(SchematronError) in
                if child.node.localName == "rule" { reader.schema.looseRules.append(try reader.readRule(child)) }
            }
        case "diagnostics":
            try forEachChild(of: source) { (reader, child) throws(SchematronError) in
                reader.schema.diagnostics.append(try reader.readDiagnostic(child))
            }
        case "properties":
            try forEachChild(of: source) { (reader, child) throws(SchematronError) in
                reader.schema.properties.append(try reader.readDiagnostic(child))
            }
        case "diagnostic": schema.diagnostics.append(try readDiagnostic(source))
        case "property": schema.properties.append(try readDiagnostic(source))
        case "p": break
        // Schematron 1.5 had a key of its own.
        case "key": noteXSLT(source)
        case "schema":
            // ISO 2020 §5.4.3: a whole schema that is extended brings its children.
            try forEachChild(of: source) { (reader, child) throws(SchematronError) in
                try reader.readTopLevel(child)
            }
        default: noteUnknown(source)
        }
    }

    private mutating func readPhase(_ source: Source) throws(SchematronError) -> SchemaPhase {
        var active: [(pattern: String, place: SourcePlace)] = []
        var lets: [SchemaLet] = []
        try forEachChild(of: source) { (reader, child) throws(SchematronError) in
            switch child.node.localName {
            case "active": active.append((try reader.require("pattern", of: child), child.place))
            case "let": lets.append(try reader.readLet(child))
            case "p": break
            default: reader.noteUnknown(child)
            }
        }
        return SchemaPhase(id: try require("id", of: source), active: active, lets: lets, place: source.place)
    }

    private mutating func readPattern(_ source: Source) throws(SchematronError) -> SchemaPattern {
        var pattern = SchemaPattern(
            id: source.attribute("id"), title: "", paragraphs: [], isAbstract: source.attribute("abstract") == "true",
            isA: source.attribute("is-a"), parameters: [], lets: [], rules: [],
            documents: source.attribute("documents"), place: source.place)
        try forEachChild(of: source) { (reader, child) throws(SchematronError) in
            try reader.readPatternChild(child, into: &pattern)
        }
        return pattern
    }

    private mutating func readPatternChild(
        _ child: Source, into pattern: inout SchemaPattern
    ) throws(SchematronError) {
        switch child.node.localName {
        case "title": pattern.title = Self.normalized(child.node.stringValue)
        case "p": pattern.paragraphs.append(Self.normalized(child.node.stringValue))
        case "let": pattern.lets.append(try readLet(child))
        case "param":
            pattern.parameters.append((try require("name", of: child), try require("value", of: child)))
        case "rule": pattern.rules.append(try readRule(child))
        default: noteUnknown(child)
        }
    }

    private mutating func readRule(_ source: Source) throws(SchematronError) -> SchemaRule {
        let isAbstract = source.attribute("abstract") == "true"
        guard let context = source.attribute("context") ?? (isAbstract ? "" : nil) else {
            throw SchematronError(.structure, "the rule lacks its attribute context", at: source.place)
        }
        var rule = SchemaRule(
            id: source.attribute("id"), isAbstract: isAbstract, context: context,
            annotation: Self.annotation(source.node), items: [], place: source.place)
        try readItems(source, into: &rule)
        return rule
    }

    private mutating func readItems(_ source: Source, into rule: inout SchemaRule) throws(SchematronError) {
        try forEachChild(of: source) { (reader, child) throws(SchematronError) in
            switch child.node.localName {
            case "let": rule.items.append(.variable(try reader.readLet(child)))
            case "assert": rule.items.append(.check(try reader.readAssertion(child, .assert)))
            case "report": rule.items.append(.check(try reader.readAssertion(child, .report)))
            case "extends":
                if child.attribute("href") != nil {
                    try reader.including(child) { (reader, other) throws(SchematronError) in
                        try reader.readItems(other, into: &rule)
                    }
                } else {
                    rule.items.append(.extends(rule: try reader.require("rule", of: child), place: child.place))
                }
            case "p", "title": break
            default: reader.noteUnknown(child)
            }
        }
    }

    private mutating func readLet(_ source: Source) throws(SchematronError) -> SchemaLet {
        // The kit has names with a trailing blank.
        SchemaLet(
            name: Self.normalized(try require("name", of: source)), value: source.attribute("value"),
            text: source.node.stringValue, place: source.place)
    }

    private mutating func readAssertion(
        _ source: Source, _ kind: SchemaAssertion.Kind
    ) throws(SchematronError) -> SchemaAssertion {
        SchemaAssertion(
            kind: kind, id: source.attribute("id"), test: try require("test", of: source),
            annotation: Self.annotation(source.node), message: try readMessage(source),
            diagnostics: Self.words(source.attribute("diagnostics")),
            properties: Self.words(source.attribute("properties")), place: source.place)
    }

    private mutating func readDiagnostic(_ source: Source) throws(SchematronError) -> SchemaDiagnostic {
        SchemaDiagnostic(
            id: try require("id", of: source), language: Self.annotation(source.node).language,
            message: try readMessage(source), place: source.place)
    }

    private mutating func readMessage(_ source: Source) throws(SchematronError) -> [MessagePart] {
        var parts: [MessagePart] = []
        for child in source.node.children {
            switch child.kind {
            case .text: parts.append(.text(child.stringValue))
            case .element:
                let inner = Source(node: child, file: source.file, places: source.places)
                guard child.namespaceURI == Self.namespace else {
                    parts += try readMessage(inner)
                    continue
                }
                switch child.localName {
                case "value-of":
                    parts.append(.value(select: try require("select", of: inner), place: inner.place))
                case "name": parts.append(.name(path: inner.attribute("path"), place: inner.place))
                default: parts += try readMessage(inner)
                }
            case .document, .attribute, .comment, .processingInstruction: break
            }
        }
        return parts
    }
}

extension SchemaReader {
    /// Calls `body` for each child element of Schematron's namespace, includes replaced by what they bring.
    mutating func forEachChild(
        of source: Source, _ body: (inout SchemaReader, Source) throws(SchematronError) -> Void
    ) throws(SchematronError) {
        for child in source.node.elements {
            let inner = Source(node: child, file: source.file, places: source.places)
            guard child.namespaceURI == Self.namespace else {
                if child.namespaceURI == Self.xsltNamespace { noteXSLT(inner) }
                continue
            }
            let bringsFile =
                child.localName == "include"
                || child.localName == "extends" && source.node.localName != "rule" && inner.attribute("href") != nil
            if bringsFile {
                try including(inner, body)
            } else {
                try body(&self, inner)
            }
        }
    }

    /// Calls `body` for the element that an include names: the outermost one of its file, or the one with the id.
    mutating func including(
        _ source: Source, _ body: (inout SchemaReader, Source) throws(SchematronError) -> Void
    ) throws(SchematronError) {
        let reference = try require("href", of: source)
        guard let element = try load(reference, source) else { return }
        open.append(element.file)
        defer { open.removeLast() }
        if element.node.localName == "include", element.node.namespaceURI == Self.namespace {
            try including(element, body)
        } else {
            try body(&self, element)
        }
    }

    private mutating func load(_ reference: String, _ source: Source) throws(SchematronError) -> Source? {
        guard var path = library.resolve(reference, from: source.file) else {
            throw SchematronError(
                .outsideRoot, "the include '\(reference)' leads out of the root: nothing outside it is read",
                at: source.place)
        }
        guard !open.contains(path) else {
            throw SchematronError(.reference, "the include '\(reference)' leads back to itself", at: source.place)
        }
        guard open.count <= Self.maximumIncludeDepth, schema.files.count < Self.maximumFiles else {
            throw SchematronError(
                .tooLarge, "includes are nested deeper than \(Self.maximumIncludeDepth), or there are too many",
                at: source.place)
        }
        var file = library.read(path)
        if file == nil, library.ignoresIncludeCase, let other = library.pathIgnoringCase(path) {
            note(
                .caseInsensitiveInclude, "the include '\(reference)' names the file \(other): letter case differs",
                source.place)
            path = other
            file = library.read(other)
        }
        guard let file else {
            note(
                .missingInclude, "the include '\(reference)' names a file that is absent: what it holds is not checked",
                source.place)
            return nil
        }
        if file.isOverlay { note(.overlay, "\(path) is taken from an overlay", source.place) }
        schema.files.append(path)
        return element(in: file.bytes, path, reference, source)
    }

    private mutating func element(in bytes: [UInt8], _ path: String, _ reference: String, _ source: Source) -> Source? {
        let document: Document
        do {
            document = try Document(parsing: bytes, name: path)
        } catch {
            note(.unreadableInclude, "\(path):\(error.line): \(error.message)", source.place)
            return nil
        }
        guard let hash = reference.firstIndex(of: "#") else {
            return Source(node: document.documentElement, file: path, places: Places())
        }
        let id = String(reference[reference.index(after: hash)...])
        let xml = "http://www.w3.org/XML/1998/namespace"
        let found = ([document.documentElement] + document.documentElement.descendants).first {
            $0.kind == .element && ($0.attribute("id") == id || $0.attribute("id", in: xml) == id)
        }
        guard let found else {
            note(.missingInclude, "\(path) holds no element with the id '\(id)'", source.place)
            return nil
        }
        return Source(node: found, file: path, places: Places())
    }

    func require(_ name: String, of source: Source) throws(SchematronError) -> String {
        guard let value = source.attribute(name) else {
            throw SchematronError(
                .structure, "the element \(source.node.localName) lacks its attribute \(name)", at: source.place)
        }
        return value
    }

    mutating func noteUnknown(_ source: Source) {
        note(.unknownElement, "the element \(source.node.localName) is not known here and is left out", source.place)
    }

    /// The query bindings of XSLT let a schema hold `xsl:key`, `xsl:function` and their like (ISO 19757-3, annexes C and H).
    mutating func noteXSLT(_ source: Source) {
        schema.leftOut.append(source.place)
        let name = source.attribute("name").map { " '\($0)'" } ?? ""
        note(
            .unknownElement,
            "the element \(source.node.qualifiedName)\(name) is not supported and is left out: what calls it is not judged",
            source.place)
    }

    static func annotation(_ node: Node) -> SchemaAnnotation {
        var annotation = SchemaAnnotation()
        annotation.role = node.attribute("role")
        annotation.flag = node.attribute("flag")
        annotation.see = node.attribute("see")
        annotation.fpi = node.attribute("fpi")
        annotation.icon = node.attribute("icon")
        annotation.subject = node.attribute("subject")
        annotation.language = node.attribute("lang", in: "http://www.w3.org/XML/1998/namespace")
        return annotation
    }

    static func words(_ text: String?) -> [String] {
        (text ?? "").split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }.map(String.init)
    }

    /// The text with runs of XML's blanks made one space; a no-break space is none of them.
    static func normalized(_ text: String) -> String { Blanks.normalized(text) }
}

/// The places of the elements of one file, asked for in document order: a column is counted on from the one before it,
/// so that a file of one long line takes no longer than any other.
final class Places {
    private var offset = 0
    private var line = 0
    private var column = 0

    func place(of node: Node, _ file: String) -> SourcePlace {
        let start = Int(node.document.nodes.position[Int(node.index)])
        let nodeLine = node.line
        if nodeLine == line, start >= offset {
            // Code points are the bytes that continue none.
            column += node.document.text[offset..<start].lazy.filter { $0 & 0xC0 != 0x80 }.count
        } else {
            column = node.column
            line = nodeLine
        }
        offset = start
        return SourcePlace(file: file, line: line, column: column)
    }
}
