public import XML

/// A SOAP fault: the receiver did not understand or could not serve the message.
public struct Fault: Sendable, Hashable {
    /// The code of SOAP 1.2, by its local name; the codes of SOAP 1.1 are read as their counterparts.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The local name.
        public let rawValue: String

        /// A code by its local name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The message is at fault.
        public static let sender = Code(rawValue: "Sender")
        /// The receiver is at fault.
        public static let receiver = Code(rawValue: "Receiver")
        /// A header block that must be understood was not.
        public static let mustUnderstand = Code(rawValue: "MustUnderstand")
        /// The envelope is of another SOAP.
        public static let versionMismatch = Code(rawValue: "VersionMismatch")
        /// The encoding is not known.
        public static let dataEncodingUnknown = Code(rawValue: "DataEncodingUnknown")
    }

    /// The code.
    public var code: Code
    /// The first subcode.
    public var subcode: QName?
    /// The sentence for people.
    public var reason: String
    /// The language of `reason`.
    public var language: String
    /// The text of the detail.
    public var detail: String
    /// The detail's elements, to be written.
    public var detailElements: [Element]
    /// Where it was read.
    public var node: Node?

    /// A fault to be written.
    public init(
        _ code: Code, subcode: QName? = nil, reason: String, language: String = "en", detail: [Element] = []
    ) {
        self.code = code
        self.subcode = subcode
        self.reason = reason
        self.language = language
        self.detail = ""
        detailElements = detail
    }

    /// The fault for an action that nobody serves. Source: WS-Addressing 1.0 SOAP Binding 6.4.2.5.
    public static func actionNotSupported(_ action: String) -> Fault {
        Fault(
            .sender, subcode: QName("ActionNotSupported", in: SOAPNamespace.addressing),
            reason: "The [action] cannot be processed at the receiver.",
            detail: [Element("wsa:ProblemAction", [:], [Element("wsa:Action", text: action)])])
    }

    /// The fault that the body element `node` is; nil when it is none.
    public init?(reading node: Node) {
        guard node.localName == "Fault" else { return nil }
        switch node.namespaceURI {
        case SOAPNamespace.soap12: self.init(reading12: node)
        case SOAPNamespace.soap11: self.init(reading11: node)
        default: return nil
        }
    }

    private init(reading12 node: Node) {
        let namespace = SOAPNamespace.soap12
        let codeNode = node.first("Code", in: namespace)
        let value = codeNode?.first("Value", in: namespace)
        let subvalue = codeNode?.first("Subcode", in: namespace)?.first("Value", in: namespace)
        let text = node.first("Reason", in: namespace)?.first("Text", in: namespace)
        let detailNode = node.first("Detail", in: namespace)
        code = Code(rawValue: value.map { Self.name(in: $0).local } ?? "")
        subcode = subvalue.map { Self.name(in: $0) }
        reason = text?.stringValue.trimmedBlanks ?? ""
        language = text?.attribute("lang", in: SOAPNamespace.xml) ?? ""
        detail = detailNode?.stringValue.trimmedBlanks ?? ""
        detailElements = []
        self.node = node
    }

    private init(reading11 node: Node) {
        let name = node.first("faultcode", in: "").map { Self.name(in: $0).local } ?? ""
        let counterparts = ["Client": Code.sender, "Server": .receiver]
        code = counterparts[name] ?? Code(rawValue: name)
        reason = node.first("faultstring", in: "")?.stringValue.trimmedBlanks ?? ""
        language = ""
        detail = node.first("detail", in: "")?.stringValue.trimmedBlanks ?? ""
        detailElements = []
        self.node = node
    }

    /// The qualified name that stands as text in `node`.
    private static func name(in node: Node) -> QName {
        let parts = node.stringValue.trimmedBlanks.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return QName(parts.first ?? "") }
        return QName(parts[1], in: node.namespaceURI(forPrefix: parts[0]) ?? "")
    }

    /// The fault as an element; `soap` and `wsa` are declared by the envelope.
    public func element(version: Envelope.Version = .soap12) -> Element {
        switch version {
        case .soap12:
            var codeChildren = [Element("soap:Value", text: "soap:" + code.rawValue)]
            if let subcode { codeChildren.append(subcodeElement(subcode)) }
            var children = [
                Element("soap:Code", [:], codeChildren),
                Element("soap:Reason", [:], [Element("soap:Text", ["xml:lang": language], text: reason)]),
            ]
            if !detailElements.isEmpty { children.append(Element("soap:Detail", [:], detailElements)) }
            return Element("soap:Fault", [:], children)
        case .soap11:
            let counterparts = [Code.sender: "Client", .receiver: "Server"]
            var children = [
                Element("faultcode", text: "soap:" + (counterparts[code] ?? code.rawValue)),
                Element("faultstring", text: reason),
            ]
            if !detailElements.isEmpty { children.append(Element("detail", [:], detailElements)) }
            return Element("soap:Fault", [:], children)
        }
    }

    private func subcodeElement(_ subcode: QName) -> Element {
        let value: Element
        switch subcode.namespace {
        case SOAPNamespace.addressing: value = Element("soap:Value", text: "wsa:" + subcode.local)
        case "": value = Element("soap:Value", text: subcode.local)
        default:
            value = Element("soap:Value", ["xmlns:sub": subcode.namespace], text: "sub:" + subcode.local)
        }
        return Element("soap:Subcode", [:], [value])
    }

    /// Equal when they say the same; the place does not count.
    public static func == (left: Fault, right: Fault) -> Bool {
        left.code == right.code && left.subcode == right.subcode && left.reason == right.reason
            && left.language == right.language && left.detail == right.detail
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(subcode)
        hasher.combine(reason)
    }
}
