public import Conformance
internal import DICOM
internal import HTTP
public import Imaging
internal import XDS

/// The rules on the contextual call of a practice system: CTX-001…005, CTX-006…013.
///
/// Passes: a POST of a form in UTF-8 with the ten mandatory parameters, a qualified INS among them. Fails: each that is
/// missing, empty or malformed; the finding names the parameter and its byte.
public enum ContextCallRules {
    static let volet = "CI-SIS, volet Lien et appel contextuel"

    /// Every rule.
    public static let all: [Rule<ContextCall>] = [
        rule(
            "CTX-001", .violation, fr: "L'appel est un POST, et aucune donnée de santé n'est dans l'URL",
            en: "The call is a POST, and the URL holds no health data", judgeMethod),
        rule(
            "CTX-002", .violation, fr: "Le corps est un formulaire urlencoded en UTF-8",
            en: "The body is an urlencoded form in UTF-8", source: volet + " ; WHATWG URL, 5.1", judgeForm),
        rule(
            "CTX-003", .violation, fr: "Les dix paramètres obligatoires ont une valeur",
            en: "The ten mandatory parameters have a value", judgePresence),
        rule(
            "CTX-004", .violation, fr: "Patient.identifier.value est un INS, avec sa clé",
            en: "Patient.identifier.value is an INS, with its key", source: volet + " ; référentiel INS"
        ) { call, remarks in
            guard let found = call.parameter("Patient.identifier.value"), !found.value.isEmpty else {
                return notSeen("Patient.identifier.value", &remarks)
            }
            remarks.judgeNationalIdentifier(found.value, at: place(found))
        },
        rule(
            "CTX-005", .violation, fr: "Patient.identifier.system est un OID de l'INS",
            en: "Patient.identifier.system is an OID of the INS", source: volet + " ; référentiel INS"
        ) { call, remarks in
            guard let found = call.parameter("Patient.identifier.system"), !found.value.isEmpty else {
                return notSeen("Patient.identifier.system", &remarks)
            }
            guard NationalIdentifier.authority(oid: found.value) == nil else { return }
            remarks.remark(
                expected: NationalIdentifier.authorities.map(\.oid).joined(separator: " | "), actual: found.value,
                at: place(found))
        },
        // The volet does not settle the form: that of DICOM and that of FHIR are in use.
        form(
            "CTX-006", .warning, "Patient.birthDate", fr: "est une date AAAAMMJJ", en: "is a date YYYYMMDD",
            expected: "YYYYMMDD"
        ) { isDate($0.filter { $0 != "-" }) && ($0.count == 8 || $0.count == 10) },
        form(
            "CTX-007", .warning, "Patient.gender", fr: "est M ou F", en: "is M or F",
            expected: "M | F | male | female | U | unknown | other"
        ) { ["m", "f", "male", "female", "u", "unknown", "other", "o"].contains($0.lowercased()) },
        form(
            "CTX-008", .warning, "Address.district", fr: "est un code officiel géographique",
            en: "is an official geographic code (COG)", expected: "5 × [0-9AB]", isGeographicCode),
        Rule(
            descriptor(
                "CTX-009", .warning, fr: "Modality et AnatomicRegion sont des codes du jeu de valeurs",
                en: "Modality and AnatomicRegion are codes of the value set"), judgeCodes),
        form(
            "CTX-010", .warning, "StudyDate", fr: "est AAAAMMJJ-AAAAMMJJ, le début avant la fin",
            en: "is YYYYMMDD-YYYYMMDD, the start before the end", expected: "YYYYMMDD-YYYYMMDD", isRange),
        form(
            "CTX-011", .violation, "StudyInstanceUID", fr: "est un UID", en: "is a UID", expected: "UID"
        ) { UID.isValid($0) },
        rule(
            "CTX-012", .warning, fr: "AccessionNumber et AccessionNumberIssuer vont ensemble",
            en: "AccessionNumber and AccessionNumberIssuer go together"
        ) { call, remarks in
            let (number, issuer) = (call.parameter("AccessionNumber"), call.parameter("AccessionNumberIssuer"))
            guard number != nil || issuer != nil else { return notSeen("AccessionNumber", &remarks) }
            guard number == nil || issuer == nil else { return }
            remarks.remark(
                expected: "AccessionNumber, AccessionNumberIssuer", actual: (number ?? issuer)?.name ?? "∅",
                at: place(number ?? issuer))
        },
        form(
            "CTX-013", .warning, "PatientIDIssuer", fr: "porte l'espace de noms, l'OID et ISO (CX-4)",
            en: "holds namespace, OID and ISO (CX-4)", expected: "…&1.2.…&ISO"
        ) { value in
            let parts = value.split(separator: "&", omittingEmptySubsequences: false)
            return parts.count == 3 && !parts[0].isEmpty && UID.isValid(parts[1]) && parts[2] == "ISO"
        },
    ]

    // MARK: Making

    static func descriptor(
        _ id: String, _ severity: Severity, fr: String, en: String, source: String = volet
    ) -> RuleDescriptor {
        RuleDescriptor(id, layer: "context-call", severity, fr: fr, en: en, source: source)
    }

    private static func rule(
        _ id: String, _ severity: Severity, fr: String, en: String, source: String = volet,
        _ apply: @escaping @Sendable (ContextCall, inout Remarks) -> Void
    ) -> Rule<ContextCall> {
        Rule(descriptor(id, severity, fr: fr, en: en, source: source), apply)
    }

    /// A rule on the form of one parameter, where it has a value.
    private static func form(
        _ id: String, _ severity: Severity, _ name: String, fr: String, en: String, expected: String,
        _ holds: @escaping @Sendable (String) -> Bool
    ) -> Rule<ContextCall> {
        rule(id, severity, fr: "\(name) \(fr)", en: "\(name) \(en)") { call, remarks in
            guard let found = call.parameter(name), !found.value.isEmpty else { return notSeen(name, &remarks) }
            guard !holds(found.value) else { return }
            remarks.remark(expected: expected, actual: found.value, at: place(found))
        }
    }

    private static func notSeen(_ name: String, _ remarks: inout Remarks) {
        remarks.notApplicable(fr: "\(name) est absent ou vide", en: "\(name) is missing or empty")
    }

    private static func place(_ parameter: ContextCall.Parameter?) -> EvidencePlace {
        EvidencePlace(object: parameter?.name ?? "body", byte: parameter?.byteOffset)
    }

    // MARK: Judging

    private static func judgeMethod(_ call: ContextCall, _ remarks: inout Remarks) {
        let line = EvidencePlace(object: "request line", line: 1)
        if call.request.method != "POST" {
            remarks.remark(
                LocalizedText(fr: "La méthode n'est pas POST", en: "The method is not POST"), expected: "POST",
                actual: call.request.method, at: line)
        }
        guard let mark = call.request.target.firstIndex(of: "?") else { return }
        let query = ContextCall.parameters(Array(call.request.target[mark...].dropFirst().utf8))
        let known = Set(ContextCall.mandatory + ContextCall.optional)
        let exposed = query.filter { known.contains($0.name) || NationalIdentifier.isValid($0.value) }
        guard !exposed.isEmpty else { return }
        remarks.remark(
            LocalizedText(
                fr: "L'URL porte des données du patient : elles restent dans les journaux et l'historique",
                en: "The URL holds data of the patient: they stay in logs and in the history"),
            expected: "POST body", actual: exposed.map(\.name).joined(separator: ", "), at: line)
    }

    private static func judgeForm(_ call: ContextCall, _ remarks: inout Remarks) {
        let field = call.request.field("Content-Type")
        let type = field.flatMap { MediaType($0.value) }
        let place = EvidencePlace(line: field?.line ?? 1, header: "Content-Type")
        if type?.essence != "application/x-www-form-urlencoded" {
            remarks.remark(
                LocalizedText(
                    fr: "Content-Type n'est pas celui d'un formulaire", en: "Content-Type is not that of a form"),
                expected: "application/x-www-form-urlencoded", actual: field?.value ?? "∅", at: place)
        }
        if let charset = type?["charset"], charset.lowercased() != "utf-8" {
            remarks.remark(
                LocalizedText(fr: "Le jeu de caractères n'est pas UTF-8", en: "The charset is not UTF-8"),
                expected: "UTF-8", actual: charset, at: place)
        }
        for parameter in call.parameters where parameter.isMalformed {
            remarks.remark(
                LocalizedText(
                    fr:
                        "Un paramètre n'est pas encodé : pas de « = », « % » sans deux chiffres hexadécimaux, ou octets qui ne sont pas de l'UTF-8",
                    en:
                        "A parameter is not encoded: no '=', '%' without two hexadecimal digits, or bytes that are no UTF-8"
                ),
                expected: "name=value, %XX", actual: String(parameter.raw.prefix(80)), at: Self.place(parameter))
        }
    }

    private static func judgePresence(_ call: ContextCall, _ remarks: inout Remarks) {
        for name in ContextCall.mandatory where call.parameter(name) == nil {
            let near = call.parameters.first { $0.name.lowercased() == name.lowercased() }
            remarks.remark(
                LocalizedText(
                    fr: near == nil ? "\(name) est absent" : "\(name) est écrit autrement : la casse compte",
                    en: near == nil ? "\(name) is missing" : "\(name) is written otherwise: case matters"),
                expected: name, actual: near?.name ?? "∅", at: place(near))
        }
        let known = Set(ContextCall.mandatory + ContextCall.optional)
        var seen: Set<String> = []
        for parameter in call.parameters {
            let isCaseOnly = known.contains { $0.lowercased() == parameter.name.lowercased() && $0 != parameter.name }
            if !seen.insert(parameter.name).inserted {
                remarks.remark(
                    LocalizedText(fr: "\(parameter.name) est répété", en: "\(parameter.name) is repeated"),
                    expected: "1", actual: "2", at: place(parameter))
            }
            if let current = ContextCall.former[parameter.name] {
                remarks.remark(
                    LocalizedText(
                        fr: "\(parameter.name) est l'ancien nom de \(current)",
                        en: "\(parameter.name) is the former name of \(current)"),
                    expected: current, actual: parameter.name, at: place(parameter), severity: .warning)
            } else if !known.contains(parameter.name), !isCaseOnly {
                remarks.remark(
                    LocalizedText(
                        fr: "\(parameter.name) n'est pas un paramètre de l'appel : le démonstrateur répond 400",
                        en: "\(parameter.name) is no parameter of the call: the demonstrator answers 400"),
                    expected: (ContextCall.optional).joined(separator: ", "), actual: parameter.name,
                    at: place(parameter), severity: .warning)
            }
            if parameter.value.isEmpty, known.contains(parameter.name) || ContextCall.former[parameter.name] != nil {
                remarks.remark(
                    LocalizedText(fr: "\(parameter.name) est vide", en: "\(parameter.name) is empty"),
                    expected: parameter.name + "=…", actual: parameter.raw, at: place(parameter))
            }
        }
        if let flag = call.parameter("InformationEtOppositionConsultation"), !flag.value.isEmpty,
            !["true", "false"].contains(flag.value.lowercased())
        {
            remarks.remark(
                LocalizedText(fr: "\(flag.name) n'est pas un booléen", en: "\(flag.name) is no boolean"),
                expected: "true | false", actual: flag.value, at: place(flag), severity: .warning)
        }
    }

    private static func judgeCodes(_ call: ContextCall, _ remarks: inout Remarks) {
        let (modality, region) = (call.parameter("Modality"), call.parameter("AnatomicRegion"))
        guard modality != nil || region != nil else { return notSeen("Modality", &remarks) }
        if let modality, !modality.value.isEmpty, !FrenchCode.modalities.contains(modality.value) {
            remarks.remark(
                LocalizedText(
                    fr: "Modality n'est pas du jeu de valeurs \(FrenchOID.modalityValueSet)",
                    en: "Modality is not of the value set \(FrenchOID.modalityValueSet)"),
                expected: "CT, MR, US, …", actual: modality.value, at: place(modality))
        }
        if let region, !region.value.isEmpty, !FrenchCode.regions.contains(region.value) {
            remarks.remark(
                LocalizedText(
                    fr: "AnatomicRegion n'est pas du jeu de valeurs \(FrenchOID.regionValueSet)",
                    en: "AnatomicRegion is not of the value set \(FrenchOID.regionValueSet)"),
                expected: FrenchCode.regions.sorted().joined(separator: ", "), actual: region.value, at: place(region))
        }
    }

    // MARK: Forms

    private static func isDate(_ text: String) -> Bool {
        text.utf8.count == 8 && text.utf8.allSatisfy { (48...57).contains($0) }
            && TimeStamp(text + "000000") != nil
    }

    private static func isRange(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 && parts.allSatisfy(isDate) && parts[0] <= parts[1]
    }

    /// INSEE: five characters, `2A` and `2B` for Corsica, `99…` abroad.
    private static func isGeographicCode(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 5 else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            (48...57).contains(byte) || (index == 1 && bytes[0] == 50 && (byte == 65 || byte == 66))
        }
    }
}
