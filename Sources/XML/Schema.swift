internal import CLibXML2

/// An XML Schema 1.0, compiled once and shared by threads.
///
/// While it compiles, only files below the folder of the schema file are read; the network never is. A document's own
/// `xsi:schemaLocation` is not followed.
///
/// `@unchecked Sendable`: libxml2 only reads a compiled schema; all state of a validation is in a context of its own
/// (libxml2's threads.html; helgrind finds no race in two threads that validate at once).
public final class Schema: @unchecked Sendable {
    /// The schema's file.
    public let path: String
    /// What libxml2 remarked while it compiled: an import that it was not allowed to read, for one.
    public let warnings: [String]
    private let schema: xmlSchemaPtr

    /// Compiles the schema of a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - root: the folder below which includes and imports may be read; the file's own folder where nil.
    public init(contentsOfFile path: String, root: String? = nil) throws(XMLError) {
        LibXML.start()
        guard let real = FileScope.realPath(path) else {
            throw XMLError(.unreadable, "the schema '\(path)' cannot be read")
        }
        let folder = real[..<(real.lastIndex(of: "/") ?? real.startIndex)]
        guard let scope = root.map({ FileScope.realPath($0) }) ?? String(folder) else {
            throw XMLError(.unreadable, "the folder '\(root ?? "")' cannot be read")
        }
        let collector = Collector()
        let compiled = FileScope.reading(below: scope) { Self.compile(real, collector) }
        guard let schema = compiled else {
            let first = collector.diagnostics.first { $0.isError } ?? collector.diagnostics.first
            let place = first.flatMap { $0.file.isEmpty ? nil : $0.file } ?? path
            throw XMLError(
                .schema, "\(place): \(first?.message ?? "the schema does not compile")", line: first?.line ?? 0,
                column: first == nil ? 0 : 1)
        }
        warnings = collector.diagnostics.map { $0.file.isEmpty ? $0.message : "\($0.file):\($0.line): \($0.message)" }
        self.path = path
        self.schema = schema
    }

    deinit { xmlSchemaFree(schema) }

    private static func compile(_ path: String, _ collector: Collector) -> xmlSchemaPtr? {
        // The files' own faults come by the thread's handler, the schema's by the context's.
        let (schema, stray) = LibXML.collecting { () -> xmlSchemaPtr? in
            guard let context = xmlSchemaNewParserCtxt(path) else { return nil }
            defer { xmlSchemaFreeParserCtxt(context) }
            xmlSchemaSetParserStructuredErrors(
                context,
                { collector, error in
                    guard let collector, let error else { return }
                    Unmanaged<Collector>.fromOpaque(collector).takeUnretainedValue().add(Diagnostic(error.pointee))
                }, Unmanaged.passUnretained(collector).toOpaque())
            return xmlSchemaParse(context)
        }
        for diagnostic in stray { collector.add(diagnostic) }
        return schema
    }

    /// All breaches of the schema, in document order; the first thousand where there are more.
    ///
    /// Bytes that do not parse under `options` give one violation, the parse error, with libxml2's code 1.
    public func validate(_ bytes: [UInt8], options: ParsingOptions = .init()) -> [SchemaViolation] {
        do {
            return validate(try Document(parsing: bytes, options: options))
        } catch {
            return [
                SchemaViolation(
                    message: error.message, line: error.line, column: error.column,
                    code: Int(XML_ERR_INTERNAL_ERROR.rawValue), path: "", byteOffset: error.byteOffset,
                    startLine: error.line)
            ]
        }
    }

    /// All breaches of the schema, in document order; the first thousand where there are more.
    public func validate(_ document: Document) -> [SchemaViolation] {
        let faults = FaultList()
        let (result, stray) = LibXML.collecting { () -> Int32 in
            guard let tree = LibXML.tree(document.source, name: ""), let context = xmlSchemaNewValidCtxt(schema) else {
                return -1
            }
            defer {
                xmlSchemaFreeValidCtxt(context)
                xmlFreeDoc(tree)
            }
            xmlSchemaSetValidStructuredErrors(
                context,
                { list, error in
                    guard let list, let error else { return }
                    Unmanaged<FaultList>.fromOpaque(list).takeUnretainedValue().add(error.pointee)
                }, Unmanaged.passUnretained(faults).toOpaque())
            return xmlSchemaValidateDoc(context, tree)
        }
        var violations = faults.faults.map { $0.violation(in: document) }
        if result != 0, violations.isEmpty {
            let message = stray.first?.message ?? "libxml2 could not validate the document"
            let code = Int(XML_ERR_INTERNAL_ERROR.rawValue)
            violations = [
                SchemaViolation(
                    message: message, line: 1, column: 1, code: code, path: "", byteOffset: nil, startLine: 1)
            ]
        }
        return violations
    }
}

/// What libxml2 tells of one violation, while its tree lives.
private struct SchemaFault {
    let diagnostic: Diagnostic
    /// The positions among child elements that lead from the document to the element; empty where unknown.
    let steps: [Int]

    init(_ error: _xmlError) {
        diagnostic = Diagnostic(error)
        var steps: [Int] = []
        var node = error.node?.assumingMemoryBound(to: xmlNode.self)
        while let current = node, current.pointee.type != XML_DOCUMENT_NODE {
            if current.pointee.type == XML_ELEMENT_NODE {
                var position = 0
                var sibling = current.pointee.prev
                while let other = sibling {
                    if other.pointee.type == XML_ELEMENT_NODE { position += 1 }
                    sibling = other.pointee.prev
                }
                steps.append(position)
            }
            node = current.pointee.parent
        }
        self.steps = steps.reversed()
    }

    func violation(in document: Document) -> SchemaViolation {
        let element = element(in: document)
        let line = diagnostic.line > 0 ? diagnostic.line : element?.line ?? 1
        let column = element.map { $0.line == line ? $0.column : document.source.indentation(of: line) + 1 } ?? 1
        return SchemaViolation(
            message: diagnostic.message, line: line, column: column, code: diagnostic.code, path: element?.path ?? "",
            byteOffset: element?.byteOffset, startLine: element?.line ?? line)
    }

    private func element(in document: Document) -> Node? {
        guard !steps.isEmpty else { return nil }
        var node = document.root
        for position in steps {
            let elements = node.elements
            guard position < elements.count else { return nil }
            node = elements[position]
        }
        return node
    }
}

/// Collects the violations of one validation; it lives on one thread.
private final class FaultList {
    private(set) var faults: [SchemaFault] = []

    func add(_ error: _xmlError) {
        if faults.count < 1000 { faults.append(SchemaFault(error)) }
    }
}
