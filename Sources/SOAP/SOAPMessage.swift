public import HTTP
public import XML

/// A SOAP message as it came: alone or packed with MTOM/XOP, its parts, its envelope, and what is odd about it.
///
/// Reading never fails: what cannot be understood is a fault, and what is not there is nil.
public struct SOAPMessage: Sendable {
    /// The HTTP content type; nil when it is not known (a captured body without its headers) or unreadable.
    public let contentType: MediaType?
    /// Whether the body is a multipart.
    public let isMultipart: Bool
    /// The boundary by which it was read.
    public let boundary: String?
    /// The MIME parts; one pseudo part without headers when the body is no multipart.
    public let parts: [MessagePart]
    /// The index of the root part.
    public let rootIndex: Int?
    /// The XML of the root part.
    public let document: Document?
    /// The envelope of `document`; nil when its root is no SOAP envelope.
    public let envelope: Envelope?
    /// The references `xop:Include` of the envelope, in document order.
    public let includes: [Inclusion]
    /// What is not as the specifications say, in the order of the bytes.
    public let faults: [MessageFault]
    /// Offset of the first byte of `document` in the body; nil when the root part was transfer-encoded.
    let documentOffset: Int?
    let lineIndex: LineOffsets

    /// One `xop:Include` and the part that it names.
    public struct Inclusion: Sendable {
        /// The `xop:Include` element.
        public let node: Node
        /// Its `href` as written.
        public let href: String
        /// The index of the part; nil when there is none.
        public let partIndex: Int?
    }

    /// The root part.
    public var rootPart: MessagePart? { rootIndex.map { parts[$0] } }

    /// The part with the Content-ID `identifier` (without angle brackets), the first of several.
    public func part(_ identifier: String) -> MessagePart? { parts.first { $0.contentID == identifier } }

    /// Whether a fault of one of `codes` was seen.
    public func has(_ codes: MessageFault.Code...) -> Bool { faults.contains { codes.contains($0.code) } }

    /// Where `node` stands in the body.
    public func place(of node: Node) -> MessagePlace {
        var place = MessagePlace(part: isMultipart ? rootPart?.name : nil, xpath: node.path)
        guard let documentOffset else {
            place.line = node.line
            place.column = node.column
            return place
        }
        let offset = documentOffset + node.byteOffset
        let (line, column) = lineIndex.position(of: offset)
        place.line = line
        place.column = column
        place.byte = offset
        return place
    }

    /// Where `fault` stands in the body.
    public func place(of fault: MessageFault) -> MessagePlace {
        if let node = fault.node { return place(of: node) }
        guard let offset = fault.byteOffset else { return MessagePlace(part: fault.part) }
        let (line, column) = lineIndex.position(of: offset)
        return MessagePlace(part: fault.part, line: line, column: column, byte: offset)
    }
}

/// Where lines begin in a body, for the places of findings.
struct LineOffsets: Sendable {
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        var starts = [0]
        bytes.withUnsafeBufferPointer { buffer in
            for (index, byte) in buffer.enumerated() where byte == 0x0A { starts.append(index + 1) }
        }
        self.starts = starts
    }

    /// 1-based line and column, in bytes, of the byte at `offset`.
    func position(of offset: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, offset - starts[low] + 1)
    }
}

/// The bytes that stand for an element of type `xs:base64Binary`: in a part or inline.
public struct BinaryContent: Sendable {
    /// How they came.
    public enum Origin: Sendable, Hashable {
        /// By `xop:Include`, in the part of this index.
        case part(Int)
        /// As base64 text in the element.
        case inline
        /// By a reference that names no part.
        case unresolved(String)
    }

    /// The bytes; empty when unresolved.
    public let content: ArraySlice<UInt8>
    /// How they came.
    public let origin: Origin
    /// The element that holds them.
    public let node: Node

    /// The bytes.
    public var bytes: [UInt8] { Array(content) }
    /// Whether there are bytes to look at.
    public var isResolved: Bool {
        if case .unresolved = origin { return false }
        return true
    }
}

extension SOAPMessage {
    /// The bytes that `element` stands for: those of the part that its `xop:Include` names, else its base64 text.
    public func content(of element: Node) -> BinaryContent {
        guard let include = element.first("Include", in: SOAPNamespace.xop) else {
            return BinaryContent(
                content: Base64.decode(element.stringValue.utf8).bytes[...], origin: .inline, node: element)
        }
        guard let inclusion = includes.first(where: { $0.node == include }), let index = inclusion.partIndex else {
            return BinaryContent(
                content: [], origin: .unresolved(include.attribute("href") ?? ""), node: element)
        }
        return BinaryContent(content: parts[index].content, origin: .part(index), node: element)
    }
}
