/// A remark of a simulator on what it received.
public struct ReceivedFault: Sendable, Hashable {
    /// A stable code: `soap.action-missing`, `mtom.line-ends-lf`, `XDSRepositoryMetadataError`, `wado.no-token`.
    public let code: String
    public let english: String
    public let french: String
    public let expected: String?
    public let actual: String?
    /// Offset in the body.
    public let byteOffset: Int?
    /// The element, the slot or the header.
    public let place: String?

    init(
        _ code: String, en english: String, fr french: String, expected: String? = nil, actual: String? = nil,
        byteOffset: Int? = nil, place: String? = nil
    ) {
        self.code = code
        self.english = english
        self.french = french
        self.expected = expected
        self.actual = actual
        self.byteOffset = byteOffset
        self.place = place
    }
}

/// One message that a simulator received, what it thought of it, and how it answered.
public struct ReceivedMessage: Sendable {
    /// From 1, in the order of arrival.
    public let number: Int
    /// `dmp` or `source`.
    public let actor: String
    /// `ITI-41`, `WADO-RS`, …; nil where the message is of none.
    public let transaction: String?
    public let request: SimulatorRequest
    public let status: Int
    public let faults: [ReceivedFault]
}

/// What the simulators of a system received, in order.
public actor MessageLog {
    /// The messages so far.
    public private(set) var messages: [ReceivedMessage] = []

    /// An empty log.
    public init() {}

    func add(actor: String, transaction: String?, _ request: SimulatorRequest, status: Int, _ faults: [ReceivedFault]) {
        messages.append(
            ReceivedMessage(
                number: messages.count + 1, actor: actor, transaction: transaction, request: request, status: status,
                faults: faults))
    }
}
