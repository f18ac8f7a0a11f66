import HTTP
import SOAP
import XDS
import XML

/// The SOAP side of a simulator: reads the request, finds the transaction, frames the answer.
struct SOAPExchange {
    let request: SimulatorRequest
    let message: SOAPMessage
    let identifiers: IdentifierSource

    init(_ request: SimulatorRequest, identifiers: IdentifierSource) throws(HTTPError) {
        self.request = request
        self.identifiers = identifiers
        message = SOAPMessage(
            reading: try request.body.bytes(), contentType: request.headers.first("Content-Type"))
    }

    /// `wsa:Action`.
    var action: String? { message.envelope?.addressing.action }

    /// Why the message cannot be served at all, as a SOAP fault.
    func fault(serving actions: [String]) -> Fault? {
        guard let envelope = message.envelope else {
            return Fault(.sender, reason: "The message is not a SOAP envelope.")
        }
        guard envelope.version == .soap12 else {
            return Fault(.versionMismatch, reason: "SOAP 1.2 is expected.")
        }
        guard let action else {
            return Fault(
                .sender, subcode: QName("MessageAddressingHeaderRequired", in: SOAPNamespace.addressing),
                reason: "A required header representing a Message Addressing Property is not present.")
        }
        guard actions.contains(action) else { return .actionNotSupported(action) }
        return nil
    }

    /// The addressing of the answer.
    func addressing(action: String) -> Addressing {
        Addressing(
            action: action, messageID: identifiers.urn(), relatesTo: message.envelope?.addressing.messageID)
    }

    /// A SOAP fault.
    // SOAP 1.2 Part 2 table 20: a fault of the sender travels with 400, any other with 500.
    func answer(_ fault: Fault) -> SimulatorAnswer {
        let envelope = OutgoingEnvelope(fault: fault, relatesTo: message.envelope?.addressing.messageID)
        return SimulatorAnswer(
            fault.code == .sender ? 400 : 500, headers: ["Content-Type": "application/soap+xml; charset=UTF-8"],
            body: .bytes(envelope.serialized()))
    }

    /// An envelope alone.
    func answer(_ envelope: OutgoingEnvelope) -> SimulatorAnswer {
        var type = "application/soap+xml; charset=UTF-8"
        if let action = envelope.addressing.action { type += "; action=\"\(action)\"" }
        return SimulatorAnswer(200, headers: ["Content-Type": type], body: .bytes(envelope.serialized()))
    }

    /// An MTOM package.
    func answer(_ package: MTOMPackage) -> SimulatorAnswer {
        do {
            return SimulatorAnswer(200, headers: ["Content-Type": package.contentType], body: try package.body())
        } catch {
            return answer(Fault(.receiver, reason: "The answer cannot be made: \(error)"))
        }
    }

    /// A boundary that no document holds.
    func boundary() -> String { "cisis-\(identifiers.uuid())" }

    /// What the reader of the message told.
    var receivedFaults: [ReceivedFault] {
        message.faults.map {
            ReceivedFault(
                "soap.\($0.code.rawValue)", en: $0.english, fr: $0.french, expected: $0.expected, actual: $0.actual,
                byteOffset: message.place(of: $0).byte, place: message.place(of: $0).xpath)
        }
    }
}
