public import Conformance
public import SOAP
import XDS
import XML

/// What only the exchange tells: the answer must be that of this request.
extension MessageRules {
    static let responseActionDescriptor = RuleDescriptor(
        "soap.response-action", layer: "soap", .violation, capture: .warning,
        fr: "wsa:Action de la réponse est celle de la transaction",
        en: "wsa:Action of the answer is that of the transaction",
        source: "IHE ITI TF-2 Appendix V; IHE RAD TF-2 4.69")

    /// Compares `wsa:Action` of an answer with those that are accepted.
    ///
    /// The first of `accepted` is the writing of the technical framework; another of them gives a warning, any other
    /// value a violation. No `wsa:Action` at all is told by `findings` of the layer `soap`, and not here.
    public static func responseAction(
        of message: SOAPMessage, accepted: [String], requirement: String?, object: String? = nil
    ) -> [Finding] {
        guard let envelope = message.envelope, let action = envelope.addressing.action, !action.isEmpty,
            let expected = accepted.first, action != expected
        else { return [] }
        let block = envelope.addressingBlocks["Action"]
        let place = block.map { evidencePlace(message.place(of: $0), object: object) }
        func finding(_ severity: Severity, _ text: LocalizedText, actual: String, advice: LocalizedText) -> Finding {
            Finding(
                check: responseActionDescriptor.id, requirement: requirement ?? responseActionDescriptor.id,
                severity: severity, message: text, expected: expected, actual: actual, advice: advice, place: place)
        }
        let advice = LocalizedText(fr: "Écrire \(expected) dans wsa:Action.", en: "Write \(expected) in wsa:Action.")
        if accepted.contains(action) {
            return [
                finding(
                    .warning,
                    LocalizedText(
                        fr:
                            "wsa:Action de la réponse est dans une écriture acceptée, mais non celle du cadre technique",
                        en: "wsa:Action of the answer is an accepted writing, but not that of the technical framework"),
                    actual: action, advice: advice)
            ]
        }
        if let fault = envelope.fault {
            return [
                finding(
                    .violation,
                    LocalizedText(fr: "La réponse est une faute SOAP", en: "The answer is a SOAP fault"),
                    actual: "\(fault.code.rawValue): \(fault.reason)",
                    advice: LocalizedText(
                        fr: "Lire le motif de la faute dans le corps de la réponse.",
                        en: "Read the reason of the fault in the body of the answer."))
            ]
        }
        return [
            finding(
                .violation,
                LocalizedText(
                    fr: "wsa:Action de la réponse n'est pas celle de la transaction",
                    en: "wsa:Action of the answer is not that of the transaction"),
                actual: action, advice: advice)
        ]
    }

    /// Compares `wsa:RelatesTo` of an answer with the `wsa:MessageID` of its request.
    public static func relatesTo(
        of message: SOAPMessage, messageID: String, requirement: String?, object: String? = nil
    ) -> [Finding] {
        guard let envelope = message.envelope else { return [] }
        let values = envelope.headerBlocks.filter {
            $0.localName == "RelatesTo" && $0.namespaceURI == SOAPNamespace.addressing
        }
        let fault: MessageFault
        if values.isEmpty {
            fault = MessageFault(
                .relatesToAbsent, en: "the answer has no wsa:RelatesTo", fr: "la réponse n'a pas de wsa:RelatesTo",
                expected: messageID, actual: "(absent)", node: envelope.header ?? envelope.document.documentElement)
        } else if !values.contains(where: { $0.stringValue.trimmedBlanks == messageID }) {
            fault = MessageFault(
                .relatesToOther, en: "wsa:RelatesTo is not the wsa:MessageID of the request",
                fr: "wsa:RelatesTo n'est pas le wsa:MessageID de la requête", expected: messageID,
                actual: values.map { $0.stringValue.trimmedBlanks }.joined(separator: ", "), node: values.first)
        } else {
            return []
        }
        guard let weight = weight(of: fault.code) else { return [] }
        return [finding(fault, weight, of: message, level: .run, requirement: requirement, object: object)]
    }

    /// What an answer alone tells of its addressing: an action of a transaction that has its body, and `wsa:RelatesTo`.
    ///
    /// A SOAP fault has an action of its own and may answer what could not be read: nothing is told of it.
    public static func answer(_ message: SOAPMessage, level: JudgementLevel) -> [Finding] {
        guard let envelope = message.envelope, envelope.fault == nil, let content = envelope.content,
            let actions = answerActions[content.localName]
        else { return [] }
        var findings: [Finding] = []
        if let action = envelope.addressing.action, !action.isEmpty, !actions.contains(action) {
            findings.append(
                Finding(
                    check: responseActionDescriptor.id, requirement: responseActionDescriptor.id,
                    severity: level == .run
                        ? responseActionDescriptor.severity : responseActionDescriptor.captureSeverity,
                    message: LocalizedText(
                        fr: "wsa:Action n'est celle d'aucune réponse \(content.localName)",
                        en: "wsa:Action is that of no answer \(content.localName)"),
                    expected: actions.joined(separator: ", "), actual: action,
                    advice: LocalizedText(
                        fr: "Écrire dans wsa:Action celle de la réponse de la transaction.",
                        en: "Write that of the transaction's answer in wsa:Action."),
                    place: envelope.addressingBlocks["Action"].map {
                        evidencePlace(message.place(of: $0), object: nil)
                    }))
        }
        let isRelated = envelope.headerBlocks.contains {
            $0.localName == "RelatesTo" && $0.namespaceURI == SOAPNamespace.addressing
                && !$0.stringValue.trimmedBlanks.isEmpty
        }
        guard !isRelated, let weight = weight(of: .relatesToAbsent) else { return findings }
        let fault = MessageFault(
            .relatesToAbsent, en: "the answer has no wsa:RelatesTo", fr: "la réponse n'a pas de wsa:RelatesTo",
            expected: "wsa:RelatesTo: wsa:MessageID", actual: "∅",
            node: envelope.header ?? envelope.document.documentElement)
        return findings + [finding(fault, weight, of: message, level: level, requirement: nil, object: nil)]
    }

    /// The actions that answers may have, by their body: those of the transactions here, and of others with the same body.
    private static let answerActions: [String: [String]] = {
        var actions: [String: [String]] = [
            "RegistryResponse": [
                "urn:ihe:iti:2007:RegisterDocumentSet-bResponse", "urn:ihe:iti:2010:DeleteDocumentSetResponse",
                "urn:ihe:iti:2017:RemoveDocumentsResponse",
                "urn:ihe:iti:2010:RegisterOnDemandDocumentEntryResponse",
            ],
            "AdhocQueryResponse": [
                "urn:ihe:iti:2007:CrossGatewayQueryResponse", "urn:ihe:iti:2009:MultiPatientStoredQueryResponse",
            ],
            "RetrieveDocumentSetResponse": [
                "urn:ihe:iti:2007:CrossGatewayRetrieveResponse",
                "urn:ihe:rad:2011:CrossGatewayRetrieveImagingDocumentSetResponse",
            ],
        ]
        for transaction in XDSTransaction.allCases.reversed() {
            actions[transaction.responseElement, default: []].insert(transaction.responseAction, at: 0)
        }
        return actions
    }()

    static func evidencePlace(_ place: MessagePlace, object: String?) -> EvidencePlace {
        EvidencePlace(
            object: object, part: place.part, line: place.line, column: place.column, byte: place.byte,
            xpath: place.xpath)
    }
}
