public import Conformance
import HTTP
import SOAP
public import XDS
import XML

/// How a request must travel, by the ids of its transaction: HTTP, MTOM, addressing.
///
/// What each fault weighs is said by `MessageRules`; here the faults stand under the requirement that they break.
/// Passes: a request whose framing and envelope have no fault. Fails: each fault, at its place.
public enum FramingRules {
    /// One requirement and the faults that break it.
    private struct Demand {
        let id: String
        var severity = Severity.violation
        var capture: Severity?
        let fr: String
        let en: String
        let source: String
        var codes: Set<MessageFault.Code>
        /// Whether the action of the transaction is demanded too.
        var wantsAction = false
        /// The media types that the message may have; empty: any.
        var mediaTypes: [String] = []
        var wantsPOST = false
    }

    /// The rules of `transaction`, for any message.
    public static func rules<Subject: MessageSubject>(of transaction: XDSTransaction) -> [Rule<Subject>] {
        demands(transaction).map { demand in
            Rule(descriptor(demand)) { subject, remarks in judge(subject, demand, transaction, &remarks) }
        }
    }

    /// The rules of `transaction` without what `MessageRules` tells: the action of the transaction, the HTTP method, the
    /// media type.
    public static func rulesBeyondFaults<Subject: MessageSubject>(of transaction: XDSTransaction) -> [Rule<Subject>] {
        demands(transaction).filter { $0.wantsAction || $0.wantsPOST || !$0.mediaTypes.isEmpty }.map { demand in
            var demand = demand
            demand.codes = []
            let bare = demand
            return Rule(descriptor(demand)) { subject, remarks in judge(subject, bare, transaction, &remarks) }
        }
    }

    private static func descriptor(_ demand: Demand) -> RuleDescriptor {
        RuleDescriptor(
            demand.id, layer: "soap", demand.severity, capture: demand.capture, fr: demand.fr, en: demand.en,
            source: demand.source)
    }

    /// The requirement of `transaction` that a finding of `MessageRules` touches; nil where it names none.
    public static func requirement(of check: String, in transaction: XDSTransaction) -> String? {
        let demands = demands(transaction).map { ($0.id, $0.codes) }
        let documents = transaction == .provideAndRegister ? [("PNR-008", documentCodes)] : []
        return (demands + documents).first { _, codes in
            codes.contains { MessageRules.weight(of: $0)?.descriptor.id == check }
        }?.0
    }

    /// The faults of documents that PNR-008 tells by itself.
    private static let documentCodes: Set<MessageFault.Code> = [
        .inlineBase64, .inlineMalformed, .includeUnresolved, .includeScheme,
    ]

    private static func judge(
        _ subject: some MessageSubject, _ demand: Demand, _ transaction: XDSTransaction, _ remarks: inout Remarks
    ) {
        let message = subject.message
        if message.envelope == nil, message.has(.notEnvelope) {
            return remarks.notRun(
                fr: "Les métadonnées sont seules, sans enveloppe", en: "The metadata stand alone, without an envelope")
        }
        let findings = MessageRules.findings(
            message, layers: Set(MessageRules.Layer.allCases), level: remarks.level, requirement: nil,
            direction: .request)
        let checks = Set(demand.codes.compactMap { MessageRules.weight(of: $0)?.descriptor.id })
        for finding in findings where checks.contains(finding.check) {
            remarks.remark(
                finding.message, expected: finding.expected, actual: finding.actual, advice: finding.advice,
                at: finding.place, severity: weaker(finding.severity, demand, remarks.level))
        }
        if demand.wantsAction { judgeAction(message, transaction, &remarks) }
        judgeHTTP(subject, demand, &remarks)
        guard !remarks.hasRemarks, message.has(.noHeaders), !demand.mediaTypes.isEmpty else { return }
        remarks.notRun(
            fr: "Les en-têtes HTTP ne sont pas connus", en: "The HTTP headers are not known")
    }

    private static func weaker(_ severity: Severity, _ demand: Demand, _ level: JudgementLevel) -> Severity {
        let own = level == .run ? demand.severity : demand.capture ?? demand.severity
        let order: [Severity] = [.information, .warning, .violation]
        let index = min(order.firstIndex(of: severity) ?? 2, order.firstIndex(of: own) ?? 2)
        return order[index]
    }

    private static func judgeAction(
        _ message: SOAPMessage, _ transaction: XDSTransaction, _ remarks: inout Remarks
    ) {
        guard let envelope = message.envelope, let action = envelope.addressing.action, !action.isEmpty,
            action != transaction.action
        else { return }
        remarks.remark(
            LocalizedText(
                fr: "wsa:Action n'est pas celle de la transaction \(transaction.rawValue)",
                en: "wsa:Action is not that of the transaction \(transaction.rawValue)"),
            expected: transaction.action, actual: action,
            at: envelope.addressingBlocks["Action"].map {
                MessageRules.evidencePlace(message.place(of: $0), object: nil)
            })
    }

    private static func judgeHTTP(_ subject: some MessageSubject, _ demand: Demand, _ remarks: inout Remarks) {
        if demand.wantsPOST, let method = subject.httpMethod, method != "POST" {
            remarks.remark(expected: "POST", actual: method, at: EvidencePlace(object: "request line"))
        }
        guard !demand.mediaTypes.isEmpty, let type = subject.message.contentType?.essence.lowercased(),
            !demand.mediaTypes.contains(type), ["multipart/related", "application/soap+xml"].contains(type)
        else { return }
        remarks.remark(
            expected: demand.mediaTypes.joined(separator: ", "), actual: type,
            at: EvidencePlace(header: "Content-Type"))
    }

    private static func code(_ text: String) -> MessageFault.Code { MessageFault.Code(rawValue: text) }

    private static let envelopeCodes: Set<MessageFault.Code> = [
        .contentType, .soap11, .notEnvelope, .htmlAnswer, .notXML, .emptyAnswer, .bodyAbsent, .bodyEmpty, .bodySeveral,
        .headerOrder,
    ]
    private static let actionCodes: Set<MessageFault.Code> = [.headerAction, .partAction, .actionAbsent]

    private static func demands(_ transaction: XDSTransaction) -> [Demand] {
        switch transaction {
        case .provideAndRegister: submission
        case .registryStoredQuery:
            [
                Demand(
                    id: "QRY-001",
                    fr: "Content-Type est application/soap+xml en UTF-8 et son paramètre action est wsa:Action",
                    en: "Content-Type is application/soap+xml in UTF-8 and its action parameter is wsa:Action",
                    source: "IHE ITI TF-2 3.18.4.1, Appendix V", codes: envelopeCodes.union(actionCodes),
                    wantsAction: true, mediaTypes: ["application/soap+xml"], wantsPOST: true)
            ]
        case .retrieveDocumentSet:
            [
                Demand(
                    id: "RET-001", fr: "wsa:Action est celle de RetrieveDocumentSet",
                    en: "wsa:Action is RetrieveDocumentSet",
                    source: "IHE ITI TF-2 3.43.4.1", codes: envelopeCodes.union(actionCodes), wantsAction: true,
                    wantsPOST: true)
            ]
        case .updateDocumentSet:
            [
                Demand(
                    id: "UPD-001", fr: "wsa:Action est celle de UpdateDocumentSet",
                    en: "wsa:Action is UpdateDocumentSet",
                    source: "IHE ITI TF-2 3.57.4.1", codes: envelopeCodes.union(actionCodes), wantsAction: true,
                    mediaTypes: ["application/soap+xml"], wantsPOST: true)
            ]
        case .retrieveImagingDocumentSet:
            [
                Demand(
                    id: "IDS-006", fr: "wsa:Action est celle de RetrieveImagingDocumentSet",
                    en: "wsa:Action is RetrieveImagingDocumentSet",
                    source: "IHE RAD TF-2 4.69.4.1", codes: envelopeCodes.union(actionCodes), wantsAction: true,
                    wantsPOST: true)
            ]
        }
    }

    private static let appendix = "IHE ITI TF-2 3.41.4.1, Appendix V.3.2"

    private static let submission: [Demand] = [
        Demand(
            id: "PNR-001",
            fr: "La requête est un POST HTTP en SOAP 1.2, multipart/related de type application/xop+xml",
            en: "The request is an HTTP POST in SOAP 1.2, multipart/related of type application/xop+xml",
            source: appendix, codes: envelopeCodes.union([.notMultipart, .typeParameter]),
            mediaTypes: ["multipart/related"], wantsPOST: true),
        Demand(
            id: "PNR-002", fr: "La limite (boundary) est annoncée et utilisée, et le délimiteur de fin est là",
            en: "The boundary is announced and used, and the close delimiter is there",
            source: "RFC 2046 5.1.1; \(appendix)",
            codes: [
                .boundaryAbsent, code("boundary-illegal"), code("boundary-not-found"), code("missing-close-delimiter"),
                code("no-part"), code("too-many-parts"), code("indented-delimiter"), code("delimiter-text"),
                code("line-ends-lf"), code("no-blank-line"), code("malformed-header"), code("header-too-large"),
                code("indented-header"),
            ]),
        Demand(
            id: "PNR-003", fr: "start désigne une partie, ou n'est pas là", en: "start names a part, or is absent",
            source: "RFC 2387 3.2; \(appendix)", codes: [.startUnknown, .rootAbsent]),
        Demand(
            id: "PNR-004", fr: "La partie racine est application/xop+xml de type application/soap+xml",
            en: "The root part is application/xop+xml of type application/soap+xml",
            source: "W3C XOP 1.0 4.1; \(appendix)",
            codes: [.rootContentType, .rootCharset, .startInfo, .rootLeadingBlanks]),
        Demand(
            id: "PNR-005", capture: .warning,
            fr: "Le paramètre action et wsa:Action sont ProvideAndRegisterDocumentSet-b",
            en: "The action parameter and wsa:Action are ProvideAndRegisterDocumentSet-b", source: appendix,
            codes: actionCodes, wantsAction: true),
        Demand(
            id: "PNR-006", severity: .warning, fr: "wsa:Action porte mustUnderstand dans l'espace de noms de SOAP",
            en: "wsa:Action has mustUnderstand in the namespace of SOAP", source: "IHE ITI TF-2 Appendix V.3.2.2",
            codes: [.mustUnderstandAbsent, .mustUnderstandUnqualified, .mustUnderstandValue]),
        Demand(
            id: "PNR-007", fr: "wsa:MessageID est un urn:uuid: et wsa:To est là",
            en: "wsa:MessageID is a urn:uuid: and wsa:To is there", source: "IHE ITI TF-2 Appendix V.3.2.2",
            codes: [.messageIDAbsent, .messageIDForm, .toAbsent, .addressingRepeated]),
    ]
}
