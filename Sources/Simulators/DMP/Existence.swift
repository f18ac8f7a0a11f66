import SOAP
public import XDS
public import XML

/// The question whether a patient has a DMP: TD0.2, `PRPA_IN201307UV02`. Source: facts of the French profile, §4.10.
public struct ExistenceRequest: Sendable, Hashable {
    /// `urn:hl7-org:v3`.
    public static let namespace = "urn:hl7-org:v3"
    static let interactions = "2.16.840.1.113883.1.6"

    /// Root and extension of the id of the message: fresh for each one (AUT-001).
    public var id: (root: String, extension: String)
    /// When it was made.
    public var creationTime: DTM
    /// The national identifier that is asked for.
    public var patient: CX
    /// Root and extension of the id of the query.
    public var queryID: (root: String, extension: String)
    /// The OID of the asking software.
    public var sender: String
    /// Its name.
    public var senderName: String

    /// A question.
    public init(
        patient: CX, id: (root: String, extension: String), queryID: (root: String, extension: String),
        creationTime: DTM, sender: String = "1.2.250.1.999.5.1", senderName: String = "CISIS"
    ) {
        self.patient = patient
        self.id = id
        self.queryID = queryID
        self.creationTime = creationTime
        self.sender = sender
        self.senderName = senderName
    }

    /// The question that `node` holds; nil when it is none, or names no patient.
    public init?(reading node: Node) {
        guard node.localName == "PRPA_IN201307UV02", node.namespaceURI == Self.namespace else { return nil }
        func identifier(_ node: Node?) -> (root: String, extension: String) {
            (node?.attribute("root") ?? "", node?.attribute("extension") ?? "")
        }
        let query = node.first("controlActProcess", in: Self.namespace)?.first("queryByParameter", in: Self.namespace)
        let value = query?.first("parameterList", in: Self.namespace)?
            .first("patientIdentifier", in: Self.namespace)?.first("value", in: Self.namespace)
        guard let root = value?.attribute("root"), let number = value?.attribute("extension"), !number.isEmpty else {
            return nil
        }
        let device = node.first("sender", in: Self.namespace)?.first("device", in: Self.namespace)
        self.init(
            patient: CX(id: number, oid: root, type: "NH"), id: identifier(node.first("id", in: Self.namespace)),
            queryID: identifier(query?.first("queryId", in: Self.namespace)),
            creationTime: DTM(
                node.first("creationTime", in: Self.namespace)?.attribute("value") ?? "",
                place: ReadPlace(node.first("creationTime", in: Self.namespace))),
            sender: device?.first("id", in: Self.namespace)?.attribute("root") ?? "",
            senderName: device?.first("softwareName", in: Self.namespace)?.stringValue ?? "")
    }

    /// The body of the question.
    public func element() -> Element {
        let parameter = Element(
            "patientIdentifier", [:],
            [
                Element("value", ["root": patient.authority?.universalID ?? "", "extension": patient.id]),
                Element("semanticsText", text: "Patient.id"),
            ])
        let query = Element(
            "queryByParameter", [:],
            [
                Element("queryId", ["root": queryID.root, "extension": queryID.extension]),
                Element("statusCode", ["code": "new"]),
                Element("parameterList", [:], [Element("dataSource", ["xsi:nil": "true"]), parameter]),
            ])
        let act = Element(
            "controlActProcess", ["classCode": "CACT", "moodCode": "EVN"],
            [Element("reasonCode", ["code": "TEST_EXST", "codeSystem": "1.2.250.1.213.1.1.4.11"]), query])
        return V3Wrapper(
            interaction: "PRPA_IN201307UV02", id: id, creationTime: creationTime,
            receiver: ("1.2.250.1.213.4.1.1.1", "DMP"), sender: (sender, senderName)
        ).element([Element("attentionLine", ["xsi:nil": "true"]), act])
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.id == right.id && left.queryID == right.queryID && left.creationTime == right.creationTime
            && left.patient == right.patient && left.sender == right.sender && left.senderName == right.senderName
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id.extension)
        hasher.combine(patient)
    }
}

/// The frame of an HL7 version 3 message.
private struct V3Wrapper {
    let interaction: String
    let id: (root: String, extension: String)
    let creationTime: DTM
    let receiver: (oid: String, name: String)
    let sender: (oid: String, name: String)

    func element(_ content: [Element]) -> Element {
        func party(_ name: String, _ type: String, _ party: (oid: String, name: String)) -> Element {
            Element(
                name, ["typeCode": type],
                [
                    Element(
                        "device", ["classCode": "DEV", "determinerCode": "INSTANCE"],
                        [Element("id", ["root": party.oid]), Element("softwareName", text: party.name)])
                ])
        }
        return Element(
            interaction,
            [
                "xmlns": ExistenceRequest.namespace, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                "ITSVersion": "XML_1.0",
            ],
            [
                Element("id", ["root": id.root, "extension": id.extension]),
                Element("creationTime", ["value": creationTime.text]),
                Element("interactionId", ["root": ExistenceRequest.interactions, "extension": interaction]),
                Element("processingCode", ["code": "D"]), Element("processingModeCode", ["code": "T"]),
                Element("acceptAckCode", ["code": "AL"]), party("receiver", "RCV", receiver),
                party("sender", "SND", sender),
            ] + content)
    }
}

/// The answer of the DMP to TD0.2, `PRPA_IN201308UV02`: whether there is a record, and whether it may be seen.
///
/// The form is that of HL7 version 3 with the attention line `AUTORISATION`; no published norm of it could be read, so a
/// client is never judged by its details.
public struct ExistenceAnswer: Sendable, Hashable {
    /// What the DMP says.
    public enum State: Sendable, Hashable {
        /// `NF`: no record.
        case absent
        /// `OK`, the record was closed.
        case closed
        /// `OK`, the record is open; what the professional may do.
        case open(PatientRecord.Authorization)
        /// `AE`: the question cannot be answered.
        case refused(String)
    }

    public var state: State

    /// An answer.
    public init(_ state: State) { self.state = state }

    /// The answer that `node` holds; nil when it is none.
    public init?(reading node: Node) {
        let v3 = ExistenceRequest.namespace
        guard node.localName == "PRPA_IN201308UV02", node.namespaceURI == v3 else { return nil }
        let acknowledgement = node.first("acknowledgement", in: v3)
        let act = node.first("controlActProcess", in: v3)
        let code = act?.first("queryAck", in: v3)?.first("queryResponseCode", in: v3)?.attribute("code")
        let line = node.elements("attentionLine", in: v3).first {
            $0.first("keyWordText", in: v3)?.attribute("code") == "AUTORISATION"
        }
        let authorization = line?.first("value", in: v3)?.attribute("code")
        let status = act?.descendants("patient", in: v3).first?.first("statusCode", in: v3)?.attribute("code")
        switch (acknowledgement?.attribute("typeCode"), code) {
        case ("AA", "NF"): state = .absent
        case ("AA", "OK"):
            let isClosed = status == "terminated"
            state = isClosed ? .closed : .open(PatientRecord.Authorization(rawValue: authorization ?? "") ?? .absent)
        default:
            let text = acknowledgement?.first("acknowledgementDetail", in: v3)?.first("text", in: v3)?.stringValue
            state = .refused(text ?? "no reason given")
        }
    }

    private var codes: (acknowledgement: String, response: String, status: String?) {
        switch state {
        case .absent: ("AA", "NF", nil)
        case .closed: ("AA", "OK", "terminated")
        case .open: ("AA", "OK", "active")
        case .refused: ("AE", "AE", nil)
        }
    }

    func element(to request: ExistenceRequest?, identifiers: IdentifierSource) -> Element {
        let codes = codes
        var content: [Element] = []
        if codes.status != nil {
            var authorization = PatientRecord.Authorization.absent
            if case .open(let value) = state { authorization = value }
            content.append(
                Element(
                    "attentionLine", [:],
                    [
                        Element("keyWordText", ["code": "AUTORISATION", "codeSystem": "1.2.250.1.213.4.1.2.5"]),
                        Element("value", ["xsi:type": "CV", "code": authorization.rawValue]),
                    ]))
        }
        var acknowledgement = Element(
            "acknowledgement", ["typeCode": codes.acknowledgement],
            [
                Element(
                    "targetMessage", [:],
                    [Element("id", ["root": request?.id.root ?? "", "extension": request?.id.extension ?? ""])])
            ])
        if case .refused(let reason) = state {
            acknowledgement.append(
                Element("acknowledgementDetail", ["typeCode": "E"], [Element("text", text: reason)]))
        }
        content.append(acknowledgement)
        var act = Element("controlActProcess", ["classCode": "CACT", "moodCode": "EVN"])
        if let status = codes.status, let request { act.append(subject(request.patient, status)) }
        act.append(
            Element(
                "queryAck", [:],
                [
                    Element(
                        "queryId",
                        ["root": request?.queryID.root ?? "", "extension": request?.queryID.extension ?? ""]),
                    Element("queryResponseCode", ["code": codes.response]),
                ]))
        content.append(act)
        return V3Wrapper(
            interaction: "PRPA_IN201308UV02", id: ("1.2.250.1.213.4.1.1.1", identifiers.uuid()),
            creationTime: DTM.now(), receiver: (request?.sender ?? "", request?.senderName ?? ""),
            sender: ("1.2.250.1.213.4.1.1.1", "DMP")
        ).element(content)
    }

    private func subject(_ patient: CX, _ status: String) -> Element {
        Element(
            "subject", ["typeCode": "SUBJ"],
            [
                Element(
                    "registrationEvent", ["classCode": "REG", "moodCode": "EVN"],
                    [
                        Element(
                            "subject1", ["typeCode": "SBJ"],
                            [
                                Element(
                                    "patient", ["classCode": "PAT"],
                                    [
                                        Element(
                                            "id",
                                            ["root": patient.authority?.universalID ?? "", "extension": patient.id]),
                                        Element("statusCode", ["code": status]),
                                    ])
                            ])
                    ])
            ])
    }
}

/// The answer to `setAuthorization` (TD0.3): a status and a line of text; the names are not confirmed.
public struct AuthorizationResponse: Sendable, Hashable {
    /// `urn:si-dmp-habilitations`.
    public static let namespace = "urn:si-dmp-habilitations"

    public var isGranted: Bool
    public var context: String

    /// An answer.
    public init(isGranted: Bool, _ context: String = "") {
        self.isGranted = isGranted
        self.context = context
    }

    /// The answer that `node` holds; nil when it is none.
    public init?(reading node: Node) {
        guard node.localName == "setAuthorizationResponse", node.namespaceURI == Self.namespace else { return nil }
        isGranted = node.descendants("status", in: Self.namespace).first?.stringValue.trimmedBlanks == "DMPOk"
        context = node.descendants("context", in: Self.namespace).first?.stringValue.trimmedBlanks ?? ""
    }

    func element() -> Element {
        Element(
            "hab:setAuthorizationResponse", ["xmlns:hab": Self.namespace],
            [
                Element("hab:status", text: isGranted ? "DMPOk" : "DMPRefused"),
                Element("hab:context", text: context),
            ])
    }

    /// The request: `AJOUT` grants, `SUPPRESSION` withdraws; patient and professional are those of the VIHF.
    public static func request(_ action: String = "AJOUT") -> Element {
        Element("hab:setAuthorization", ["xmlns:hab": namespace], [Element("hab:action", text: action)])
    }
}
