public import Conformance
public import SOAP
import XML

/// The rules of a message's framing and envelope: what its faults weigh, and what only the exchange can tell.
///
/// They look at a `SOAPMessage` that was read from exact bytes. Passes: an MTOM package whose parts are delimited,
/// whose every `xop:Include` names a part, and whose envelope is SOAP 1.2 with the action of the transaction. Fails:
/// each departure, with its place. In a capture, what the official samples do is a warning.
public enum MessageRules {
    /// What part of a message a rule looks at.
    public enum Layer: String, Sendable, CaseIterable {
        /// Status and content type.
        case http
        /// multipart/related, XOP, the binary parts.
        case mtom
        /// Envelope and addressing.
        case soap
    }

    /// Which way a message goes.
    public enum Direction: String, Sendable, CaseIterable {
        case request, response

        /// The direction that the body of `message` tells; nil where it tells none.
        public init?(of message: SOAPMessage) {
            guard let envelope = message.envelope, let content = envelope.content else { return nil }
            if envelope.fault != nil || content.localName.hasSuffix("Response") {
                self = .response
            } else if content.localName.hasSuffix("Request") {
                self = .request
            } else {
                return nil
            }
        }
    }

    /// What one kind of fault weighs.
    public struct Weight: Sendable {
        /// The kind.
        public let code: MessageFault.Code
        /// Where it belongs.
        public let layer: Layer
        /// The messages that it concerns; nil for both.
        public let direction: Direction?
        /// Id, both severities, statement, source.
        public let descriptor: RuleDescriptor
        /// What to do.
        public let advice: LocalizedText
    }

    /// The descriptors of all rules of messages.
    public static let descriptors: [RuleDescriptor] = weights.map(\.descriptor) + [responseActionDescriptor]

    /// The weight of `code`; nil for a code that this version does not know.
    public static func weight(of code: MessageFault.Code) -> Weight? { index[code] }

    private static let index: [MessageFault.Code: Weight] = Dictionary(
        weights.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// Why `layer` cannot be judged on `message`; nil where it can.
    ///
    /// A body that was captured without its HTTP header says nothing of the HTTP layer: it is `notRun`.
    public static func reasonNotRun(_ layer: Layer, of message: SOAPMessage) -> LocalizedText? {
        guard layer == .http, message.has(.noHeaders) else { return nil }
        return LocalizedText(
            fr: "Les en-têtes HTTP ne sont pas connus : statut et Content-Type ne sont pas jugés",
            en: "The HTTP headers are not known: status and Content-Type are not judged")
    }

    /// So many findings of one kind are told of one message; a hostile message could hold thousands.
    private static let maximumOfAKind = 20

    /// What is wrong with `message` in `layers`, in the order of the bytes; the first twenty of each kind.
    ///
    /// - Parameters:
    ///   - level: a system under test in a run, or a file captured elsewhere.
    ///   - requirement: the requirement that the findings name; their own id where nil.
    ///   - direction: request or response; told by the body where nil.
    ///   - object: what the findings call the bytes: `request body`, `response body`, a file name.
    public static func findings(
        _ message: SOAPMessage, layers: Set<Layer>, level: JudgementLevel, requirement: String?,
        direction: Direction? = nil, object: String? = nil
    ) -> [Finding] {
        let direction = direction ?? Direction(of: message)
        let faults = message.faults + missing(in: message, direction: direction)
        var counts: [MessageFault.Code: Int] = [:]
        return faults.compactMap { fault in
            counts[fault.code, default: 0] += 1
            guard counts[fault.code, default: 0] <= maximumOfAKind else { return nil }
            guard let weight = index[fault.code] else {
                return unknown(fault, of: message, requirement: requirement, object: object)
            }
            guard layers.contains(weight.layer) else { return nil }
            if let needed = weight.direction, let direction, needed != direction { return nil }
            return finding(fault, weight, of: message, level: level, requirement: requirement, object: object)
        }
    }

    /// `fault` as a finding.
    static func finding(
        _ fault: MessageFault, _ weight: Weight, of message: SOAPMessage, level: JudgementLevel, requirement: String?,
        object: String?
    ) -> Finding {
        var severity = level == .run ? weight.descriptor.severity : weight.descriptor.captureSeverity
        // Bare metadata are an official sample; a document of another kind is no message at all.
        if fault.code == .notEnvelope, level == .capture, !holdsBareMessage(message) { severity = .violation }
        // An envelope that was kept without its parts cannot show them: official samples are such files.
        if fault.code == .includeUnresolved, level == .capture, !message.isMultipart { severity = .warning }
        return Finding(
            check: weight.descriptor.id, requirement: requirement ?? weight.descriptor.id, severity: severity,
            message: LocalizedText(fr: fault.french, en: fault.english), expected: fault.expected,
            actual: fault.actual ?? "∅", advice: weight.advice,
            place: place(of: fault, in: message, layer: weight.layer, object: object))
    }

    private static func place(
        of fault: MessageFault, in message: SOAPMessage, layer: Layer, object: String?
    ) -> EvidencePlace {
        let place = message.place(of: fault)
        let isAboutHeader = fault.node == nil && fault.byteOffset == nil && fault.part == nil
        return EvidencePlace(
            object: object, part: place.part, line: place.line, column: place.column, byte: place.byte,
            xpath: place.xpath, header: isAboutHeader && layer != .soap ? "Content-Type" : nil)
    }

    /// A kind that came with a newer reader is never dropped.
    private static func unknown(
        _ fault: MessageFault, of message: SOAPMessage, requirement: String?, object: String?
    ) -> Finding {
        Finding(
            check: "mtom.\(fault.code.rawValue)", requirement: requirement, severity: .warning,
            message: LocalizedText(fr: fault.french, en: fault.english), expected: fault.expected,
            actual: fault.actual, place: place(of: fault, in: message, layer: .mtom, object: object))
    }

    private static func holdsBareMessage(_ message: SOAPMessage) -> Bool {
        guard let root = message.document?.documentElement else { return false }
        return MessageBody.namespaces.contains(root.namespaceURI)
    }
}
