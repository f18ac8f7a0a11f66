public import Conformance
public import SOAP
public import XDS
import XML

/// A stored query (ITI-18) that a consumer sent.
public struct QuerySubject: MessageSubject {
    public let message: SOAPMessage
    public let query: StoredQuery
    /// What the query breaks.
    public let faults: [QueryFault]
    public let httpMethod: String?
    /// The criteria that the person asked for (modality, region); nil when not known.
    public var asked: Criteria?

    /// What a person looked for.
    public struct Criteria: Sendable, Hashable {
        public var modalities: [String]
        public var regions: [String]

        /// Criteria.
        public init(modalities: [String] = [], regions: [String] = []) {
            self.modalities = modalities
            self.regions = regions
        }
    }

    /// A query; nil when `message` holds none.
    public init?(_ message: SOAPMessage, httpMethod: String? = nil, asked: Criteria? = nil) {
        guard let body = message.envelope?.content ?? message.document?.documentElement,
            let query = StoredQuery(reading: body)
        else { return nil }
        self.message = message
        self.query = query
        self.httpMethod = httpMethod
        self.asked = asked
        faults = query.faults
    }

    func place(_ place: ReadPlace) -> EvidencePlace? {
        (place.node ?? query.place.node).map { MessageRules.evidencePlace(message.place(of: $0), object: nil) }
    }
}

/// The rules of a stored query, that the request alone can tell: QRY-001 to QRY-010.
///
/// Passes: a known query, LeafClass or ObjectRef, whose parameters are written as IHE asks. Fails: each parameter that is
/// not, at its slot.
public enum QueryRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<QuerySubject>] = FramingRules.rules(of: .registryStoredQuery) + own

    private static let norm = "IHE ITI TF-2 3.18.4.1.2.3"

    private static func rule(
        _ id: String, _ severity: Severity = .violation, capture: Severity? = nil, fr: String, en: String,
        source: String = norm, _ apply: @escaping @Sendable (QuerySubject, inout Remarks) -> Void
    ) -> Rule<QuerySubject> {
        Rule(
            RuleDescriptor(id, layer: "xds", severity, capture: capture, fr: fr, en: en, source: source), apply)
    }

    /// A rule on faults of these kinds.
    private static func faultRule(
        _ id: String, _ severity: Severity = .violation, kinds: Set<QueryFault.Kind>,
        fr: String, en: String
    ) -> Rule<QuerySubject> {
        rule(id, severity, fr: fr, en: en) { subject, remarks in
            for fault in subject.faults where kinds.contains(fault.kind) {
                let shown = fault.parameter.flatMap { $0 == fault.expected ? nil : "\($0) = " } ?? ""
                remarks.remark(expected: shown + fault.expected, actual: fault.actual, at: subject.place(fault.place))
            }
        }
    }

    private static let own: [Rule<QuerySubject>] = [
        faultRule(
            "QRY-002", kinds: [.returnType, .composedObjects],
            fr: "returnType est LeafClass ou ObjectRef, et returnComposedObjects est true",
            en: "returnType is LeafClass or ObjectRef, and returnComposedObjects is true"),
        faultRule(
            "QRY-003", kinds: [.unknownQuery], fr: "AdhocQuery@id est l'urn:uuid: d'une requête connue",
            en: "AdhocQuery@id is the urn:uuid: of a known query"),
        rule(
            "QRY-004", fr: "PatientId est entre apostrophes, sans parenthèses, en CX terminé par ^NH",
            en: "PatientId is in single quotes, without parentheses, a CX that ends with ^NH",
            source: "\(norm).5; CI-SIS, volet Partage de documents de santé"
        ) { subject, remarks in
            for parameter in subject.query.parameters
            where parameter.name.hasSuffix("PatientId") || parameter.name == "$patientId" {
                let own = subject.faults.first { $0.kind == .patientForm && $0.place.node == parameter.place.node }
                let isINS = parameter.literals.allSatisfy { text in
                    let patient = CX(text)
                    return patient.type == "NH" && FrenchOID.ins.contains(patient.authority?.universalID ?? "")
                }
                guard own != nil || !isINS else { continue }
                remarks.remark(
                    expected: "'<INS>^^^&\(FrenchOID.insNIR)&ISO^NH'",
                    actual: parameter.values.joined(separator: ", "), at: subject.place(parameter.place))
            }
        },
        faultRule(
            "xds.query-patient", kinds: [.patientForm], fr: "Un patient est un CX entre apostrophes, sans parenthèses",
            en: "A patient is a CX in single quotes, without parentheses"),
        rule(
            "QRY-005", fr: "Status est une liste entre parenthèses et apostrophes, d'URN de StatusType",
            en: "Status is a list between parentheses and quotes, of URNs of StatusType"
        ) { subject, remarks in
            let known = [
                XDSURN.approved, XDSURN.deprecated, XDSURN.submitted, XDSURN.deleted, XDSURN.archived,
            ]
            for parameter in subject.query.parameters where parameter.name.hasSuffix("Status") {
                let isWritten = !subject.faults.contains {
                    $0.kind == .listForm && $0.place.node == parameter.place.node
                }
                guard !isWritten || !parameter.literals.allSatisfy(known.contains) else { continue }
                remarks.remark(
                    expected: "('\(XDSURN.approved)')", actual: parameter.values.joined(separator: ", "),
                    at: subject.place(parameter.place))
            }
        },
        faultRule(
            "QRY-006", kinds: [.codeForm], fr: "Un paramètre de code est une liste ('code^^système')",
            en: "A parameter of codes is a list ('code^^scheme')"),
        faultRule(
            "QRY-007", kinds: [.timeForm], fr: "Une date est en chiffres seuls, 14 au plus",
            en: "A date is digits only, 14 at most"),
        rule(
            "QRY-008", fr: "Modalité et région demandées ensemble sont deux Slot eventCodeList",
            en: "Modality and region asked together are two eventCodeList Slots"
        ) { subject, remarks in judgeEventCodes(subject, &remarks) },
        rule(
            "QRY-009", .warning, fr: "La recherche demande typeCode ou formatCode du KOS ou du compte rendu",
            en: "The search asks typeCode or formatCode of the KOS or of the report",
            source: "CI-SIS, volet Partage de documents d'imagerie"
        ) { subject, remarks in
            guard [.findDocuments, .findDocumentsByReferenceID].contains(subject.query.id) else {
                return remarks.notApplicable(
                    fr: "La requête ne cherche pas de documents", en: "The query does not search documents")
            }
            let codes = ["$XDSDocumentEntryTypeCode", "$XDSDocumentEntryFormatCode"].flatMap { name in
                subject.query.parameters(name).flatMap(\.literals)
            }
            let known = [
                FrenchCode.kosType, FrenchCode.kosFormat, FrenchCode.reportType, FrenchCode.reportFormatN1,
                FrenchCode.reportFormatN3,
            ].map(\.queryText)
            guard !codes.contains(where: known.contains) else { return }
            remarks.remark(
                expected: "$XDSDocumentEntryTypeCode ('\(FrenchCode.kosType.queryText)')",
                actual: codes.isEmpty ? "∅" : codes.joined(separator: ", "), at: subject.place(subject.query.queryPlace)
            )
        },
        rule(
            "QRY-010", fr: "ReferenceIdList est une liste de CXi dont le type est un URN connu",
            en: "ReferenceIdList is a list of CXi whose type is a known URN"
        ) { subject, remarks in
            let name = "$XDSDocumentEntryReferenceIdList"
            guard subject.query.id == .findDocumentsByReferenceID else {
                return remarks.notApplicable(
                    fr: "La requête n'est pas FindDocumentsByReferenceId",
                    en: "The query is not FindDocumentsByReferenceId")
            }
            for parameter in subject.query.parameters(name) {
                let isWritten = !subject.faults.contains {
                    $0.kind == .referenceForm && $0.place.node == parameter.place.node
                }
                let references = parameter.literals.map { CXi($0) }
                let isKnown = references.allSatisfy { CXi.Kind.all.contains($0.kind) }
                // An accession or order number is unique only with who gave it.
                let isWhole = references.allSatisfy {
                    ![.accession, .order].contains($0.kind) || $0.authority?.isOID == true
                }
                guard !isWritten || !isKnown || !isWhole else { continue }
                remarks.remark(
                    expected: "('id^^^&OID&ISO^\(CXi.Kind.accession.rawValue)')",
                    actual: parameter.values.joined(separator: ", "), at: subject.place(parameter.place))
            }
        },
        faultRule(
            "xds.query-missing", kinds: [.missingParameter], fr: "Les paramètres obligatoires de la requête sont là",
            en: "The required parameters of the query are there"),
        faultRule(
            "xds.query-number", kinds: [.parameterNumber],
            fr: "Un paramètre à valeur unique n'est pas répété, et ceux qui s'excluent ne sont pas ensemble",
            en: "A parameter of one value is not repeated, and those that exclude each other are not together"),
        faultRule(
            "xds.query-form", kinds: [.listForm, .uuidForm], fr: "Une liste est entre parenthèses et apostrophes",
            en: "A list is between parentheses and quotes"),
        faultRule(
            "xds.query-unknown", .warning, kinds: [.unknownParameter], fr: "Les paramètres sont de la requête",
            en: "The parameters are of the query"),
    ]

    private static func judgeEventCodes(_ subject: QuerySubject, _ remarks: inout Remarks) {
        let slots = subject.query.parameters("$XDSDocumentEntryEventCodeList")
        guard !slots.isEmpty else {
            if let asked = subject.asked, !asked.modalities.isEmpty, !asked.regions.isEmpty {
                return remarks.remark(
                    expected: "2 $XDSDocumentEntryEventCodeList", actual: "∅",
                    at: subject.place(subject.query.queryPlace))
            }
            return remarks.notApplicable(
                fr: "La requête ne demande pas d'eventCode", en: "The query asks no eventCode")
        }
        let modalities: Set<String> = [FrenchOID.dicomTerminology, FrenchOID.modalityValueSet]
        let regions: Set<String> = [FrenchOID.snomed, FrenchOID.regionValueSet]
        for slot in slots {
            let schemes = Set(slot.literals.compactMap { CodedValue(queryText: $0)?.scheme })
            guard !schemes.isDisjoint(with: modalities), !schemes.isDisjoint(with: regions) else { continue }
            remarks.remark(
                LocalizedText(
                    fr: "Modalité et région sont dans le même Slot : elles valent alors l'une ou l'autre",
                    en: "Modality and region are in the same Slot: they then mean one or the other"),
                expected: "2 Slot", actual: slot.values.joined(separator: ", "), at: subject.place(slot.place))
        }
    }
}
