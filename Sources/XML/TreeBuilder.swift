internal import CLibXML2

/// Fills the node table from libxml2's SAX2 events, under the limits.
///
/// It lives in memory of its own for the time of one parse, so that the C callbacks reach it by its address.
struct TreeBuilder {
    /// One node while the tree grows.
    private struct Row {
        var kind: NodeKind
        var name: UInt32 = 0
        var prefix: UInt32 = 0
        var parent: Int32
        var end: Int32 = 0
        var valueOffset: UInt32
        var valueLength: UInt32 = 0
        var position: UInt32
    }

    private let source: SourceText
    private let options: ParsingOptions
    private let context: xmlParserCtxtPtr
    private var rows: [Row] = []
    private var names: NameInterner
    private var text: ByteBuffer
    private var other: ByteBuffer
    private var declarationElement: [Int32] = []
    private var declarationPrefix: [UInt32] = []
    private var declarationNamespace: [UInt32] = []
    /// The row and the count of declarations in scope of each open element.
    private var open: [(row: Int32, declarations: Int)] = []
    private var current: Int32 = 0
    private var currentPosition: UInt32 = 0
    private var inScope = 0
    /// The text node that the next text belongs to, or -1.
    private var growing: Int32 = -1
    private(set) var fault: XMLError?

    init(_ source: SourceText, _ options: ParsingOptions, _ context: xmlParserCtxtPtr) {
        self.source = source
        self.options = options
        self.context = context
        names = NameInterner(limit: options.maximumNameLength)
        text = ByteBuffer(capacity: source.text.count / 4)
        other = ByteBuffer(capacity: source.text.count / 4)
        rows.reserveCapacity(source.text.count / 48 + 16)
        rows.append(Row(kind: .document, parent: -1, valueOffset: 0, position: UInt32(source.start)))
    }

    func deallocate() {
        names.deallocate()
        text.deallocate()
        other.deallocate()
    }

    /// Where the parser stands, in `source.text`.
    private var offset: Int {
        guard let input = context.pointee.input, let base = input.pointee.base, let current = input.pointee.cur,
            input.pointee.buf != nil
        else { return source.text.count }
        return min(source.start + Int(input.pointee.consumed) + (current - base), source.text.count)
    }

    // MARK: Faults

    private mutating func stop(_ code: XMLError.Code, _ message: String, at offset: Int) {
        guard fault == nil else { return }
        fault = source.error(code, message, at: offset)
        xmlStopParser(context)
    }

    /// A word of libxml2's own; the first error ends the matter.
    mutating func report(_ error: _xmlError) {
        let diagnostic = Diagnostic(error)
        guard fault == nil, diagnostic.isError else { return }
        var code = XMLError.Code.malformed
        var place = offset
        switch xmlParserErrors(rawValue: UInt32(error.code)) {
        case XML_NS_ERR_XML_NAMESPACE, XML_NS_ERR_UNDEFINED_NAMESPACE, XML_NS_ERR_QNAME, XML_NS_ERR_ATTRIBUTE_REDEFINED,
            XML_NS_ERR_EMPTY, XML_NS_ERR_COLON:
            code = .namespace
            place = tagStart(before: place)
        case XML_ERR_TAG_NAME_MISMATCH: place = tagStart(before: place)
        // The parser stands at the start of the text that holds it.
        case XML_ERR_MISPLACED_CDATA_END: place = source.firstIndex(of: "]]>", from: place) ?? place
        case XML_ERR_RESERVED_XML_NAME where declarationIsMisplaced: code = .misplacedDeclaration
        case XML_ERR_INVALID_ENCODING, XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_ENCODING: code = .encoding
        case XML_ERR_INVALID_CHAR: code = .illegalCharacter
        default: break
        }
        fault = source.error(code, diagnostic.message, at: place)
        // Safe at any point of the parser, unlike xmlStopParser: no event comes any more.
        context.pointee.disableSAX = 1
    }

    private var declarationIsMisplaced: Bool {
        !rows.contains { $0.kind == .element }
    }

    /// A second opinion after libxml2 is done: it takes a NUL for the end of the input.
    mutating func finish(_ result: Int32) {
        guard fault == nil else { return }
        if result != 0 || context.pointee.wellFormed == 0 || context.pointee.nsWellFormed == 0 {
            fault = source.error(.malformed, "the document is not well-formed", at: offset)
        }
    }

    // MARK: Events

    mutating func startElement(
        _ local: UnsafePointer<UInt8>, _ prefix: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?,
        _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ namespaceCount: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ attributeCount: Int
    ) {
        guard fault == nil else { return }
        growing = -1
        let start = tagStart(before: offset)
        guard open.count < options.maximumDepth else {
            return stop(.tooDeep, "the elements are nested more than \(options.maximumDepth) deep", at: start)
        }
        guard attributeCount + namespaceCount <= options.maximumAttributes else {
            return stop(.tooManyAttributes, source.tooManyAttributes(options.maximumAttributes), at: start)
        }
        guard namespaceCount + inScope <= options.maximumNamespaces else {
            return stop(
                .tooManyNamespaces, "more than \(options.maximumNamespaces) namespaces are declared at once", at: start)
        }
        guard rows.count + attributeCount < options.maximumNodes else {
            return stop(.tooManyNodes, "the document has more than \(options.maximumNodes) nodes", at: start)
        }
        let row = Int32(truncatingIfNeeded: rows.count)
        currentPosition = UInt32(truncatingIfNeeded: start)
        let name = names.entry(local, prefix, namespace)
        rows.append(
            Row(
                kind: .element, name: name.name, prefix: name.prefix, parent: current,
                valueOffset: UInt32(truncatingIfNeeded: text.count), position: currentPosition))
        open.append((current, inScope))
        inScope += namespaceCount
        current = row
        if let namespaces, namespaceCount > 0 { declare(namespaces, namespaceCount, row) }
        if let attributes, attributeCount > 0 { add(attributes, attributeCount, row) }
        if names.metLongName { stopAtLongName(start) }
    }

    private mutating func declare(
        _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ count: Int, _ row: Int32
    ) {
        for index in 0..<count {
            let prefix = namespaces[index * 2].map { String(cString: $0) } ?? ""
            let namespace = namespaces[index * 2 + 1].map { String(cString: $0) } ?? ""
            guard prefix.utf8.count <= options.maximumNameLength, namespace.utf8.count <= options.maximumNameLength
            else { return stopAtLongName(Int(currentPosition)) }
            declarationElement.append(row)
            declarationPrefix.append(names.prefix(prefix))
            declarationNamespace.append(names.namespace(namespace))
        }
    }

    private mutating func add(
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ count: Int, _ element: Int32
    ) {
        for index in 0..<count {
            let parts = attributes + index * 5
            guard let local = parts[0], let start = parts[3], let end = parts[4] else { continue }
            let length = end - start
            guard length <= options.maximumTextLength else { return stopAtLongText(Int(currentPosition)) }
            let name = names.entry(local, parts[1], parts[2])
            rows.append(
                Row(
                    kind: .attribute, name: name.name, prefix: name.prefix, parent: element,
                    end: Int32(truncatingIfNeeded: rows.count + 1),
                    valueOffset: UInt32(truncatingIfNeeded: other.count),
                    valueLength: UInt32(truncatingIfNeeded: length), position: currentPosition))
            other.append(start, length)
        }
    }

    mutating func endElement() {
        guard fault == nil, let outer = open.popLast() else { return }
        growing = -1
        close(current)
        current = outer.row
        inScope = outer.declarations
        currentPosition = rows[Int(current)].position
    }

    private mutating func close(_ row: Int32) {
        rows[Int(row)].end = Int32(truncatingIfNeeded: rows.count)
        rows[Int(row)].valueLength = UInt32(truncatingIfNeeded: text.count) - rows[Int(row)].valueOffset
    }

    mutating func characters(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        guard fault == nil, length > 0 else { return }
        if growing < 0 {
            guard rows.count < options.maximumNodes else {
                return stop(.tooManyNodes, "the document has more than \(options.maximumNodes) nodes", at: offset)
            }
            growing = Int32(truncatingIfNeeded: rows.count)
            rows.append(
                Row(
                    kind: .text, parent: current, end: growing + 1, valueOffset: UInt32(truncatingIfNeeded: text.count),
                    position: currentPosition))
        }
        let total = Int(rows[Int(growing)].valueLength) + length
        guard total <= options.maximumTextLength else { return stopAtLongText(Int(currentPosition)) }
        rows[Int(growing)].valueLength = UInt32(truncatingIfNeeded: total)
        text.append(bytes, length)
    }

    mutating func comment(_ value: UnsafePointer<UInt8>) {
        let length = Int(xmlStrlen(value))
        addLeaf(.comment, name: 0, value, length, at: source.lastIndex(of: "<!--", before: offset - 3 - length))
    }

    mutating func processingInstruction(_ target: UnsafePointer<UInt8>, _ value: UnsafePointer<UInt8>?) {
        guard fault == nil else { return }
        let length = value.map { Int(xmlStrlen($0)) } ?? 0
        let targetLength = Int(xmlStrlen(target))
        let start = source.lastIndex(of: "<?", before: offset - 2 - length - targetLength)
        guard targetLength <= options.maximumNameLength else { return stopAtLongName(start) }
        addLeaf(.processingInstruction, name: names.plain(String(cString: target)), value, length, at: start)
    }

    private mutating func addLeaf(
        _ kind: NodeKind, name: UInt32, _ value: UnsafePointer<UInt8>?, _ length: Int, at start: Int
    ) {
        guard fault == nil else { return }
        growing = -1
        guard rows.count < options.maximumNodes else {
            return stop(.tooManyNodes, "the document has more than \(options.maximumNodes) nodes", at: start)
        }
        guard length <= options.maximumTextLength else { return stopAtLongText(start) }
        rows.append(
            Row(
                kind: kind, name: name, parent: current, end: Int32(truncatingIfNeeded: rows.count + 1),
                valueOffset: UInt32(truncatingIfNeeded: other.count), valueLength: UInt32(truncatingIfNeeded: length),
                position: UInt32(truncatingIfNeeded: start)))
        if let value { other.append(value, length) }
    }

    mutating func doctype(_ name: String) {
        let isPage = name.lowercased() == "html"
        stop(
            .doctype,
            isPage
                ? "a DOCTYPE 'html' is not allowed: this looks like an HTML page"
                : "a document type declaration (DOCTYPE '\(name)') is not allowed",
            at: source.lastIndex(of: "<!DOCTYPE", before: offset))
    }

    // MARK: Places

    private mutating func stopAtLongName(_ start: Int) {
        stop(.nameTooLong, "a name is longer than \(options.maximumNameLength) bytes", at: start)
    }

    private mutating func stopAtLongText(_ start: Int) {
        stop(.textTooLong, "a text is longer than \(options.maximumTextLength) bytes", at: start)
    }

    /// The last `<` before an offset: a start tag holds no other (XML 1.0 §3.1: no `<` in attribute values).
    private func tagStart(before offset: Int) -> Int {
        source.text.withUnsafeBufferPointer { bytes in
            var index = min(offset, bytes.count) - 1
            while index > 0, bytes[index] != 0x3C { index -= 1 }
            return max(index, 0)
        }
    }

    // MARK: The tree

    /// The finished table.
    mutating func freeze() -> NodeTable {
        close(0)
        var table = NodeTable()
        let shift = UInt32(text.count)
        table.kind = rows.map(\.kind)
        table.name = rows.map(\.name)
        table.prefix = rows.map(\.prefix)
        table.parent = rows.map(\.parent)
        table.end = rows.map(\.end)
        table.valueOffset = rows.map { row in
            switch row.kind {
            case .document, .element, .text: row.valueOffset
            case .attribute, .comment, .processingInstruction: row.valueOffset + shift
            }
        }
        table.valueLength = rows.map(\.valueLength)
        table.position = rows.map(\.position)
        table.values = [UInt8](unsafeUninitializedCapacity: text.count + other.count) { buffer, count in
            if let base = buffer.baseAddress {
                base.update(from: text.base, count: text.count)
                (base + text.count).update(from: other.base, count: other.count)
            }
            count = text.count + other.count
        }
        table.names = names.table
        table.declarationElement = declarationElement
        table.declarationPrefix = declarationPrefix
        table.declarationNamespace = declarationNamespace
        return table
    }
}
