internal import Conformance
internal import HL7v2

// The options of the delivery: OBX of the code system MetaDMPMSS (CI-SIS, volet Transmission d'un document CDA-R2 en HL7v2).
extension IntakeRules {
    /// The options that the volet names.
    static let options: Set<String> = [
        "MASQUE_PS", "INVISIBLE_PATIENT", "INVISIBLE_REP_LEGAUX", "CONNEXION_SECRETE", "MODIF_CONF_CODE", "DESTDMP",
        "DESTMSSANTEPS", "DESTMSSANTEPAT", "ACK_RECEPTION", "ACK_LECTURE_MSS",
    ]
    /// Older names, and those that took their place.
    static let formerOptions = ["INVISIBLE_REPRENSANTS_LEGAUX": "INVISIBLE_REP_LEGAUX"]

    static func judgeOptions(_ subject: IntakeSubject, _ remarks: inout Remarks) {
        guard let transmission = subject.transmission else { return notSeen(&remarks) }
        guard !transmission.options.isEmpty else {
            return remarks.notApplicable(
                fr: "Le message n'a pas d'option \(ReportTransmission.optionSystem)",
                en: "The message has no option \(ReportTransmission.optionSystem)")
        }
        var said: [String: Bool?] = [:]
        for option in transmission.options {
            let name = formerOptions[option.name] ?? option.name
            judgeName(option, subject, &remarks)
            if option.isAsked == nil {
                remarks.remark(
                    LocalizedText(
                        fr: "La valeur de l'option \(option.name) n'est ni Y ni N",
                        en: "The value of the option \(option.name) is neither Y nor N"),
                    expected: "Y^^expandedYes-NoIndicator | N^^expandedYes-NoIndicator",
                    actual: text(option.segment[5]), at: subject.place(option.segment, 5))
            }
            if let earlier = said[name] {
                let isSame = earlier == option.isAsked
                remarks.remark(
                    LocalizedText(
                        fr: isSame
                            ? "L'option \(option.name) est répétée"
                            : "L'option \(option.name) est dite deux fois, avec deux valeurs",
                        en: isSame
                            ? "The option \(option.name) is repeated"
                            : "The option \(option.name) is said twice, with two values"),
                    expected: "1 × \(name)", actual: text(option.segment[5]), at: subject.place(option.segment, 3),
                    severity: isSame ? .warning : nil)
            }
            said[name] = option.isAsked
        }
    }

    private static func judgeName(
        _ option: ReportTransmission.Option, _ subject: IntakeSubject, _ remarks: inout Remarks
    ) {
        if let current = formerOptions[option.name] {
            remarks.remark(
                LocalizedText(
                    fr: "\(option.name) est l'ancien nom de \(current)",
                    en: "\(option.name) is the former name of \(current)"),
                expected: current, actual: option.name, at: subject.place(option.segment, 3), severity: .warning)
        } else if !options.contains(option.name) {
            remarks.remark(
                LocalizedText(
                    fr: "\(option.name.orAbsent) n'est pas une option du volet : elle peut rester sans effet",
                    en: "\(option.name.orAbsent) is no option of the volet: it may have no effect"),
                expected: options.sorted().joined(separator: ", "), actual: option.name.orAbsent,
                at: subject.place(option.segment, 3), severity: .warning)
        }
    }
}
