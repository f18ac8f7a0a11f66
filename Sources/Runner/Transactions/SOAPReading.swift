internal import Conformance
internal import HTTP
internal import SOAP
internal import XDS

extension StepEvidence {
    /// Reads the answer as SOAP; what cannot be understood is a fault of the message.
    mutating func readSOAP(_ exchange: HTTPExchange) async {
        answer = await WorkerPool.shared.run { SOAPMessage(reading: exchange) }
    }

}

extension StepContext {
    /// The addressing properties of a request of this step.
    func addressing(_ action: String) -> Addressing {
        Addressing(
            action: action, messageID: "urn:uuid:" + identifiers.uuid("message/\(step.id)"), to: endpoint,
            replyTo: "http://www.w3.org/2005/08/addressing/anonymous")
    }

    /// A boundary for a multipart of this step.
    var boundary: String { "uuid-" + identifiers.uuid("boundary/\(step.id)") }
}
