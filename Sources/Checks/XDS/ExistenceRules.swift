public import Conformance
public import SOAP
public import XDS
import XML

/// The existence check of the DMP (TD0.2) that a consumer sent.
public struct ExistenceSubject: MessageSubject {
    public let message: SOAPMessage
    public let httpMethod: String?
    /// The patient of the VIHF of the same message; nil when not known.
    public var assertionPatient: CX?
    /// The ids of the checks that came before.
    public var earlierIDs: Set<String>
    let root: Node

    /// A check; nil when `message` holds none.
    public init?(
        _ message: SOAPMessage, assertionPatient: CX? = nil, earlierIDs: Set<String> = [], httpMethod: String? = nil
    ) {
        guard let body = message.envelope?.content ?? message.document?.documentElement,
            body.localName == "PRPA_IN201307UV02", body.namespaceURI == Self.namespace
        else { return nil }
        self.message = message
        self.httpMethod = httpMethod
        self.earlierIDs = earlierIDs
        root = body
        self.assertionPatient = assertionPatient ?? Self.resourceID(of: message)
    }

    static let namespace = "urn:hl7-org:v3"

    /// The patient of the assertion of `message`.
    private static func resourceID(of message: SOAPMessage) -> CX? {
        let assertion = "urn:oasis:names:tc:SAML:2.0:assertion"
        let attributes = message.envelope?.header?.descendants("Attribute", in: assertion) ?? []
        return attributes.first { $0.attribute("Name") == "urn:oasis:names:tc:xacml:2.0:resource:resource-id" }?
            .first("AttributeValue", in: assertion).map { CX($0.stringValue.filter { !$0.isNewline && $0 != " " }) }
    }

    /// The id of the check: `root^extension`.
    public var identifier: String? {
        root.first("id", in: Self.namespace).map {
            "\($0.attribute("root") ?? "")^\($0.attribute("extension") ?? "")"
        }
    }
}

/// The rule of the existence check: AUT-001.
///
/// Passes: a PRPA_IN201307UV02 with an id that was not used before, a time, and the INS of the VIHF. Fails: each of them
/// that is missing or another. The form rests on a demonstrator: a warning.
public enum ExistenceRules {
    /// Every rule.
    public static let all: [Rule<ExistenceSubject>] = [
        Rule(
            RuleDescriptor(
                "AUT-001", layer: "xds", .warning,
                fr: "TD0.2 a un id unique, une date de création et l'INS de la VIHF",
                en: "TD0.2 has a unique id, a creation time and the INS of the VIHF",
                source: "CI-SIS, volet Partage de documents de santé, TD0.2; HL7 V3 PRPA_IN201307UV02")
        ) { subject, remarks in judge(subject, &remarks) }
    ]

    private static func judge(_ subject: ExistenceSubject, _ remarks: inout Remarks) {
        func place(_ node: Node?) -> EvidencePlace {
            MessageRules.evidencePlace(subject.message.place(of: node ?? subject.root), object: nil)
        }
        let namespace = ExistenceSubject.namespace
        let id = subject.root.first("id", in: namespace)
        if let id, let text = subject.identifier {
            if !UUIDText.isWellFormed(id.attribute("extension") ?? "") || !OID.isWellFormed(id.attribute("root") ?? "")
            {
                remarks.remark(expected: "id: OID, UUID", actual: text, at: place(id))
            }
            if subject.earlierIDs.contains(text) {
                remarks.remark(
                    LocalizedText(fr: "L'id a déjà servi", en: "The id was used before"), expected: "1 × \(text)",
                    actual: "2", at: place(id))
            }
        } else {
            remarks.remark(expected: "id", actual: "∅", at: place(nil))
        }
        let time = subject.root.first("creationTime", in: namespace)
        let written = time?.attribute("value") ?? ""
        if !DTM(written).isCalendarDate || DTM(written).digits.count < 12 {
            remarks.remark(
                expected: "creationTime: YYYYMMDDhhmmss", actual: written.isEmpty ? "∅" : written, at: place(time))
        }
        let interaction = subject.root.first("interactionId", in: namespace)
        if interaction?.attribute("extension") != "PRPA_IN201307UV02" {
            remarks.remark(
                expected: "interactionId: PRPA_IN201307UV02", actual: interaction?.attribute("extension") ?? "∅",
                at: place(interaction))
        }
        let values = subject.root.descendants("patientIdentifier", in: namespace)
            .compactMap { $0.first("value", in: namespace) }
        guard values.count == 1, let value = values.first else {
            return remarks.remark(expected: "1 patientIdentifier/value", actual: "\(values.count)", at: place(nil))
        }
        let patient = CX(id: value.attribute("extension") ?? "", oid: value.attribute("root") ?? "")
        if patient.id.isEmpty || !FrenchOID.ins.contains(patient.authority?.universalID ?? "") {
            remarks.remark(
                expected: "INS (\(FrenchOID.ins.joined(separator: ", ")))", actual: patient.text, at: place(value))
        }
        if let own = subject.assertionPatient, !own.names(same: patient) {
            remarks.remark(expected: "VIHF: \(own.text)", actual: patient.text, at: place(value))
        }
    }
}

/// The grant of access (TD0.3) that a consumer sent.
public struct AuthorizationSubject: MessageSubject {
    public let message: SOAPMessage
    public let httpMethod: String?
    let root: Node

    /// A grant; nil when `message` holds none.
    public init?(_ message: SOAPMessage, httpMethod: String? = nil) {
        guard let body = message.envelope?.content ?? message.document?.documentElement,
            body.localName == "setAuthorization"
        else { return nil }
        self.message = message
        self.httpMethod = httpMethod
        root = body
    }

    static let namespace = "urn:si-dmp-habilitations"
    static let action = "urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization"
}

/// The rule of the grant of access, as far as its message tells: AUT-003.
///
/// Passes: `setAuthorization/action` AJOUT, with its wsa:Action and the patient in the VIHF. Fails: each of them that is
/// missing or another. The form rests on a demonstrator: a warning. Whether the person asked for it, the run alone tells.
public enum AuthorizationRules {
    /// Every rule.
    public static let all: [Rule<AuthorizationSubject>] = [
        Rule(
            RuleDescriptor(
                "AUT-003", layer: "xds", .warning,
                fr: "setAuthorization demande AJOUT, avec son wsa:Action et le patient du VIHF",
                en: "setAuthorization asks AJOUT, with its wsa:Action and the patient of the VIHF",
                source: "CI-SIS, volet Partage de documents de santé, TD0.3")
        ) { subject, remarks in judge(subject, &remarks) }
    ]

    private static func judge(_ subject: AuthorizationSubject, _ remarks: inout Remarks) {
        func place(_ node: Node?) -> EvidencePlace {
            MessageRules.evidencePlace(subject.message.place(of: node ?? subject.root), object: nil)
        }
        let namespace = AuthorizationSubject.namespace
        if subject.root.namespaceURI != namespace {
            remarks.remark(
                expected: "{\(namespace)}setAuthorization",
                actual: "{\(subject.root.namespaceURI)}\(subject.root.localName)", at: place(nil))
        }
        let actions = subject.root.elements.filter { $0.localName == "action" }
        let values = actions.map { $0.stringValue.filter { !$0.isWhitespace } }
        if values != ["AJOUT"] || actions.first?.namespaceURI != subject.root.namespaceURI {
            remarks.remark(
                expected: "1 action: AJOUT", actual: values.isEmpty ? "∅" : values.joined(separator: ", "),
                at: place(actions.first))
        }
        guard let envelope = subject.message.envelope else { return }
        let action = envelope.addressing.action ?? ""
        if !action.isEmpty, action != AuthorizationSubject.action {
            remarks.remark(
                expected: "wsa:Action: \(AuthorizationSubject.action)", actual: action,
                at: place(envelope.addressingBlocks["Action"]))
        }
        guard let assertion = VIHFReading(envelope), assertion.values.patient?.isEmpty != false else { return }
        remarks.remark(expected: "VIHF: \(VIHF.Name.patient)", actual: "∅", at: place(assertion.node))
    }
}
