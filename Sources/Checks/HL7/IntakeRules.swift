public import Conformance
internal import HL7v2
internal import Imaging

/// The rules on what an information system sends to a DRIMbox source: HL7-001…005, HL7-008 and HL7-009.
///
/// Passes: an ORU^R01 of HL7 v2.5 that names its profile, a qualified INS and an IPP, and a CDA in Base64 of the same
/// patient. Fails: each of them that is missing or another; the finding names the field and its byte.
public enum IntakeRules {
    private static let norm = "CI-SIS, volet Transmission d'un document CDA-R2 en HL7v2"

    /// Every rule.
    public static let all: [Rule<IntakeSubject>] = [
        Rule(
            RuleDescriptor(
                "HL7-001", layer: "hl7", .violation,
                fr: "MSH-9 est ORU^R01 ou MDM^T02, et MSH-21 nomme le profil \(ReportTransmission.profile)",
                en: "MSH-9 is ORU^R01 or MDM^T02, and MSH-21 names the profile \(ReportTransmission.profile)",
                source: norm), judgeHeader),
        Rule(
            RuleDescriptor(
                "HL7-002", layer: "hl7", .violation, fr: "PID-3 porte l'INS (type INS) et l'IPP (type PI)",
                en: "PID-3 holds the INS (type INS) and the IPP (type PI)", source: norm + " ; référentiel INS"),
            judgeIdentifiers),
        Rule(
            RuleDescriptor(
                "HL7-003", layer: "hl7", .violation, fr: "PID-32 vaut VALI : l'identité est qualifiée",
                en: "PID-32 is VALI: the identity is qualified", source: norm + " ; référentiel INS"), judgeStatus),
        Rule(
            RuleDescriptor(
                "HL7-004", layer: "hl7", .violation,
                fr: "Un OBX de type ED et de code 18748-4 porte le CDA en Base64, qui se décode",
                en: "An OBX of type ED and code 18748-4 holds the CDA in Base64, which can be decoded", source: norm),
            judgeDocument),
        Rule(
            RuleDescriptor(
                "HL7-005", layer: "hl7", .violation, fr: "Le patient du PID est celui du CDA",
                en: "The patient of the PID is that of the CDA", source: norm), judgePatient),
        Rule(
            RuleDescriptor(
                "HL7-008", layer: "hl7", .violation,
                fr:
                    "Chaque option \(ReportTransmission.optionSystem) est connue, vaut Y ou N et n'est dite qu'une fois",
                en: "Each option \(ReportTransmission.optionSystem) is known, is Y or N and is said only once",
                source: norm), judgeOptions),
        Rule(
            RuleDescriptor(
                "HL7-009", layer: "hl7", .warning, fr: "TXA-12 d'un MDM est l'identifiant du CDA",
                en: "TXA-12 of an MDM is the id of the CDA", source: norm), judgeDocumentID),
    ]

    /// Messages that have their place between the same systems and hand no report over: a study that changed, an answer.
    public static func isOther(_ subject: IntakeSubject) -> Bool {
        let type = subject.message.first("MSH")?[9].components ?? []
        return type.first == "ACK" || type.prefix(2) == ["OMI", "O23"]
    }

    /// Whether the message answers another.
    public static func isAcknowledgment(_ subject: IntakeSubject) -> Bool {
        subject.message.first("MSH")?[9].components.first == "ACK"
    }

    private static func judgeHeader(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        let header = subject.message.first("MSH")
        guard !isOther(subject) else {
            return remarks.notApplicable(
                fr: "\(subject.message.type) ne transmet pas de compte rendu",
                en: "\(subject.message.type) hands no report over")
        }
        if subject.transmission == nil {
            remarks.remark(
                LocalizedText(
                    fr: "MSH-9 n'annonce pas la transmission d'un compte rendu",
                    en: "MSH-9 does not announce the transmission of a report"),
                expected: "ORU^R01 | MDM^T02", actual: subject.message.type.orAbsent, at: subject.place(header, 9))
        }
        judgeMessage(subject, &remarks)
        let profiles = header?[21].repetitions.map { $0.components.joined(separator: "^") } ?? []
        if !profiles.contains(ReportTransmission.profile) {
            remarks.remark(
                LocalizedText(
                    fr: "MSH-21 ne nomme pas le profil de transmission",
                    en: "MSH-21 does not name the profile of the transmission"),
                expected: ReportTransmission.profile, actual: profiles.joined(separator: "~").orAbsent,
                at: subject.place(header, 21))
        }
        // ORU came with 2.5, MDM with 2.6: another version is read all the same.
        let version = subject.transmission.map { $0.kind == .observation ? "2.5" : "2.6" }
        if let version, subject.message.version != version {
            remarks.remark(
                LocalizedText(
                    fr: "MSH-12 n'est pas la version du message", en: "MSH-12 is not the version of the message"),
                expected: version, actual: subject.message.version.orAbsent, at: subject.place(header, 12),
                severity: .warning)
        }
    }

    /// What the answer needs (MSH-10), and that the message is one.
    private static func judgeMessage(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        let headers = subject.message.all("MSH")
        if let header = headers.first, header[10].text.withoutOuterBlanks.isEmpty {
            // HL7 v2.5, 2.14.9.10: required; the answer repeats it in MSA-2.
            remarks.remark(
                LocalizedText(
                    fr: "MSH-10 est vide : aucune réponse ne peut désigner le message",
                    en: "MSH-10 is empty: no answer can name the message"),
                expected: "MSH-10", actual: "∅",
                advice: LocalizedText(
                    fr: "Donner à chaque message un identifiant unique, de 20 caractères au plus.",
                    en: "Give each message an id of its own, of at most 20 characters."),
                at: subject.place(header, 10))
        }
        if headers.count > 1 {
            remarks.remark(
                LocalizedText(
                    fr: "La trame contient \(headers.count) messages : le premier seul est jugé",
                    en: "The frame holds \(headers.count) messages: the first alone is judged"),
                expected: "1 MSH", actual: "\(headers.count) MSH",
                advice: LocalizedText(
                    fr: "Envoyer un message par trame MLLP.", en: "Send one message in each MLLP frame."),
                at: subject.place(headers[1], 9))
        }
    }

    private static func judgeIdentifiers(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        guard let transmission = subject.transmission else { return notSeen(&remarks) }
        let patient = subject.message.first("PID")
        let place = subject.place(patient, 3)
        if let found = transmission.nationalIdentifier {
            let own = EvidencePlace(object: place.object, byte: found.field.byteOffset)
            if NationalIdentifier.authority(oid: found.oid) == nil {
                remarks.remark(
                    LocalizedText(
                        fr: "L'autorité de l'INS (CX-4.2) n'est pas l'une des siennes",
                        en: "The authority of the INS (CX-4.2) is none of its own"),
                    expected: NationalIdentifier.authorities.map(\.oid).joined(separator: " | "),
                    actual: found.oid.orAbsent, at: own)
            }
            remarks.judgeNationalIdentifier(found.value, at: own, keySeverity: remarks.keySeverity)
            if found.oidType != "ISO" {
                remarks.remark(
                    LocalizedText(
                        fr: "Le type de l'autorité de l'INS (CX-4.3) n'est pas ISO",
                        en: "The type of the INS's authority (CX-4.3) is not ISO"),
                    expected: "ISO", actual: found.oidType.orAbsent, at: own, severity: .warning)
            }
        } else {
            remarks.remark(
                LocalizedText(fr: "PID-3 n'a pas d'identifiant de type INS", en: "PID-3 has no identifier of type INS"),
                expected: "…^^^…^INS", actual: text(patient?[3]), at: place)
        }
        if let found = transmission.localIdentifier {
            if found.value.isEmpty || found.oid.isEmpty {
                remarks.remark(
                    LocalizedText(
                        fr: "L'IPP n'a pas de valeur ou pas d'autorité (CX-4.2)",
                        en: "The IPP has no value or no authority (CX-4.2)"),
                    expected: "IPP^^^…&OID&ISO^PI", actual: found.field.text,
                    at: EvidencePlace(object: place.object, byte: found.field.byteOffset))
            }
        } else {
            remarks.remark(
                LocalizedText(fr: "PID-3 n'a pas d'IPP (type PI)", en: "PID-3 has no IPP (type PI)"),
                expected: "…^^^…^PI", actual: text(patient?[3]), at: place)
        }
    }

    private static func judgeStatus(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        guard let transmission = subject.transmission else { return notSeen(&remarks) }
        guard !transmission.identityStatus.contains("VALI") else { return }
        remarks.remark(
            LocalizedText(
                fr: "L'identité n'est pas qualifiée : le document ne peut pas aller au DMP",
                en: "The identity is not qualified: the document cannot go to the DMP"),
            expected: "VALI", actual: transmission.identityStatus.joined(separator: "~").orAbsent,
            at: subject.place(subject.message.first("PID"), 32))
    }

    private static func judgeDocument(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        guard let transmission = subject.transmission else { return notSeen(&remarks) }
        guard let document = transmission.report else {
            return remarks.remark(
                LocalizedText(fr: "Aucun OBX de type ED", en: "No OBX of type ED"),
                expected: "OBX-2 = ED, OBX-3 = \(ReportTransmission.reportCode)^…^LN",
                actual: subject.message.all("OBX").map { "\($0[2].text)/\($0[3].component(1))" }
                    .joined(separator: ", ").orAbsent,
                at: subject.place(subject.message.first("OBX"), 2))
        }
        if document.code != ReportTransmission.reportCode || document.codeSystem != "LN" {
            remarks.remark(
                LocalizedText(
                    fr: "OBX-3 n'est pas le code LOINC d'un compte rendu d'imagerie",
                    en: "OBX-3 is not the LOINC code of a report of medical imaging"),
                expected: "\(ReportTransmission.reportCode)^…^LN", actual: text(document.segment[3]),
                at: subject.place(document.segment, 3))
        }
        let place = subject.place(document.segment, 5)
        if document.encoding != "Base64" {
            remarks.remark(
                LocalizedText(
                    fr: "L'encodage du document (ED-4) n'est pas Base64",
                    en: "The encoding of the document (ED-4) is not Base64"),
                expected: "^TEXT^XML^Base64^…", actual: document.encoding.orAbsent, at: place,
                severity: document.bytes == nil ? nil : .warning)
        }
        if document.bytes == nil {
            remarks.remark(
                LocalizedText(
                    fr: "Le document (ED-5) ne se décode pas du Base64",
                    en: "The document (ED-5) cannot be decoded from Base64"),
                expected: "Base64",
                actual: String(decoding: document.segment[5].componentBytes(5).prefix(40), as: UTF8.self).orAbsent,
                at: place)
        } else if let obstacle = subject.obstacle {
            remarks.remark(obstacle, expected: "ClinicalDocument", actual: "OBX-5", at: place)
        } else if let code = subject.report?.code?.code, code != document.code {
            remarks.remark(
                LocalizedText(
                    fr: "Le code du CDA n'est pas celui d'OBX-3", en: "The code of the CDA is not that of OBX-3"),
                expected: "OBX-3: \(document.code.orAbsent)", actual: "CDA: \(code)", at: place)
        }
    }

    private static func judgePatient(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        guard let transmission = subject.transmission, let patient = subject.report?.patient else {
            return remarks.notRun(
                fr: "Le CDA ne peut pas être lu, ou n'a pas de patient", en: "The CDA cannot be read, or has no patient"
            )
        }
        let segment = subject.message.first("PID")
        func compare(_ number: Int, _ what: (fr: String, en: String), _ message: String, _ document: String?) {
            guard let document, !document.isEmpty, !message.isEmpty, message != document else { return }
            remarks.remark(
                LocalizedText(
                    fr: "\(what.fr) : le message et le CDA diffèrent", en: "\(what.en): the message and the CDA differ"),
                expected: "CDA: \(document)", actual: message, at: subject.place(segment, number))
        }
        if let own = transmission.nationalIdentifier, let other = patient.nationalIdentifier {
            compare(3, ("INS", "INS"), own.value, other.value)
            compare(3, ("Autorité de l'INS", "Authority of the INS"), own.oid, other.root)
        }
        if let own = transmission.localIdentifier {
            let locals = patient.identifiers.filter { NationalIdentifier.authority(oid: $0.root) == nil }
            if !locals.isEmpty, !locals.contains(where: { $0.root == own.oid && $0.value == own.value }) {
                compare(
                    3, ("IPP", "IPP"), "\(own.value)^^^&\(own.oid)&ISO",
                    locals.map { "\($0.value ?? "")^^^&\($0.root)&ISO" }.joined(separator: " | "))
            }
        }
        compare(
            7, ("Date de naissance", "Birth date"), String((segment?[7].component(1) ?? "").prefix(8)),
            patient.birthDate.map { String($0.prefix(8)) })
        compare(8, ("Sexe", "Sex"), Self.sex(segment?[8].component(1) ?? ""), patient.sex.map(Self.sex))
        judgeName(subject, patient, &remarks)
        judgeOtherPatients(subject, &remarks)
    }

    /// A group of results may repeat the PID (HL7 v2.5, 7.3.1), but of the same patient: the report is of one.
    private static func judgeOtherPatients(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        let segments = subject.message.all("PID")
        guard let first = segments.first else { return }
        let known = Set(first[3].repetitions.map(identity))
        for segment in segments.dropFirst() {
            let own = segment[3].repetitions.map(identity)
            guard own.isEmpty || !own.allSatisfy(known.contains) else { continue }
            remarks.remark(
                LocalizedText(
                    fr: "Un second PID n'a pas les identifiants du premier : le message parle de deux patients",
                    en: "A second PID has not the identifiers of the first: the message speaks of two patients"),
                expected: text(first[3]), actual: text(segment[3]),
                advice: LocalizedText(
                    fr: "Envoyer un message par patient.", en: "Send one message for each patient."),
                at: subject.place(segment, 3))
        }
    }

    /// Value and authority of an identifier (CX-1 and CX-4.2).
    private static func identity(_ field: HL7Field) -> [String] { [field.component(1), field.subcomponent(4, 2)] }

    private static func judgeName(
        _ subject: IntakeSubject, _ patient: ImagingReport.Patient, _ remarks: inout Remarks
    ) {
        let segment = subject.message.first("PID")
        let traits = PatientTraits(patient)
        for name in segment?[5].repetitions ?? [] where !traits.names.isEmpty {
            let written = "\(name.component(1))^\(name.component(2))"
            let agreement = traits.agreement(withName: written)
            guard agreement != .full else { continue }
            remarks.remark(
                LocalizedText(
                    fr: "Nom : le message et le CDA diffèrent", en: "Name: the message and the CDA differ"),
                expected: "CDA: \(traits.names.joined(separator: " | "))", actual: written,
                at: EvidencePlace(object: "PID-5", byte: name.byteOffset), severity: agreement == .none ? nil : .warning
            )
        }
    }

    private static func sex(_ code: String) -> String { ["U", "UN", "O", "A", "N"].contains(code) ? "U" : code }

    private static func judgeDocumentID(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        guard let transmission = subject.transmission, transmission.kind == .document else {
            return remarks.notApplicable(fr: "Le message n'est pas un MDM", en: "The message is no MDM")
        }
        guard let identifier = subject.report?.identifier else {
            return remarks.notRun(
                fr: "Le CDA ne peut pas être lu, ou n'a pas d'identifiant",
                en: "The CDA cannot be read, or has no id")
        }
        let segment = subject.message.first("TXA")
        let written = segment?[12].components ?? []
        // As an id alone, or as EI: value, namespace, OID, ISO.
        let forms = [
            [identifier.root, identifier.uniqueID, identifier.joined],
            [identifier.value, identifier.root].compactMap { $0 },
        ]
        let first = written.first ?? ""
        let isSame =
            forms[0].contains(first) || written.joined(separator: "^") == identifier.uniqueID
            || (written.count > 2 && first == identifier.value && written[2] == identifier.root)
        guard !isSame else { return }
        remarks.remark(
            expected: identifier.uniqueID, actual: written.joined(separator: "^").orAbsent,
            at: subject.place(segment, 12))
    }

    static func notSeen(_ remarks: inout Remarks) {
        remarks.notRun(
            fr: "Le message ne transmet pas un compte rendu (HL7-001)",
            en: "The message does not hand over a report (HL7-001)")
    }

    static func text(_ field: HL7Field?) -> String { (field?.text ?? "").orAbsent }
}

extension String {
    /// The text, or the sign of what is absent.
    var orAbsent: String { isEmpty ? "∅" : self }
}
