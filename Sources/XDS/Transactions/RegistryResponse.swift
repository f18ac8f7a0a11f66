public import XML

/// An `rs:RegistryError`.
public struct RegistryError: Sendable, Hashable {
    /// The code.
    public var code: XDSErrorCode
    /// The sentence for people.
    public var context: String
    /// `XDSURN.error` or `XDSURN.warning`.
    public var severity: String
    /// What it is about: an entry id, a document unique id.
    public var location: String?
    /// Where it was read.
    public var place: ReadPlace

    /// An error.
    public init(
        _ code: XDSErrorCode, _ context: String, severity: String = XDSURN.error, location: String? = nil,
        place: ReadPlace = .init()
    ) {
        self.code = code
        self.context = context
        self.severity = severity
        self.location = location
        self.place = place
    }

    /// Whether it is a warning.
    public var isWarning: Bool { severity == XDSURN.warning }

    init(reading node: Node) {
        self.init(
            XDSErrorCode(rawValue: node.attribute("errorCode") ?? ""), node.attribute("codeContext") ?? "",
            severity: node.attribute("severity") ?? XDSURN.error, location: node.attribute("location"),
            place: ReadPlace(node))
    }

    func element() -> Element {
        var element = Element(
            "rs:RegistryError", ["errorCode": code.rawValue, "codeContext": context, "severity": severity])
        element["location"] = location
        return element
    }
}

/// An `rs:RegistryResponse`, and the head of query and retrieve answers, which is of the same type.
public struct RegistryResponse: Sendable, Hashable {
    /// The status URN.
    public var status: String
    /// The errors and warnings.
    public var errors: [RegistryError]
    /// `requestId`.
    public var requestID: String?
    /// Where it was read.
    public var place: ReadPlace

    /// An answer of this status.
    public init(status: String, errors: [RegistryError] = [], place: ReadPlace = .init()) {
        self.status = status
        self.errors = errors
        self.place = place
    }

    /// Success, or Failure when there is an error that is no warning.
    public init(errors: [RegistryError] = []) {
        self.init(status: errors.contains { !$0.isWarning } ? XDSURN.failure : XDSURN.success, errors: errors)
    }

    /// Whether all was done.
    public var isSuccess: Bool { status == XDSURN.success }
    /// Whether some was done.
    public var isPartialSuccess: Bool { status == XDSURN.partialSuccess }
    /// Whether the status is one of ebRS and XDS.
    public var isStatusKnown: Bool { [XDSURN.success, XDSURN.failure, XDSURN.partialSuccess].contains(status) }

    /// The answer that `node` is: any element with a `status` and an `rs:RegistryErrorList`.
    public init(reading node: Node) {
        let list = node.first("RegistryErrorList", in: XDSNamespace.rs)
        self.init(
            status: node.attribute("status") ?? "",
            errors: (list?.elements("RegistryError", in: XDSNamespace.rs) ?? []).map { RegistryError(reading: $0) },
            place: ReadPlace(node))
        requestID = node.attribute("requestId")
    }

    /// The answer as an element `name`, the prefix `rs` declared.
    public func element(_ name: String = "rs:RegistryResponse") -> Element {
        var element = Element(name, ["xmlns:rs": XDSNamespace.rs, "status": status])
        element["requestId"] = requestID
        if let list = errorList { element.append(list) }
        return element
    }

    private var errorList: Element? {
        guard !errors.isEmpty else { return nil }
        let highest = errors.contains { !$0.isWarning } ? XDSURN.error : XDSURN.warning
        return Element("rs:RegistryErrorList", ["highestSeverity": highest], errors.map { $0.element() })
    }
}
