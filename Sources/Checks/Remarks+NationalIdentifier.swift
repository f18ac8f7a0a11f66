internal import Conformance
internal import Imaging

extension Remarks {
    /// Says that `value` is no INS: what is wrong with it, and the key that it ought to have. Nothing where it is one.
    ///
    /// - Parameters:
    ///   - place: where it stands.
    ///   - keySeverity: the weight of a wrong key, where it is not that of the rule.
    mutating func judgeNationalIdentifier(
        _ value: String, at place: EvidencePlace?, keySeverity: Severity? = nil
    ) {
        let shown = value.isEmpty ? "∅" : value
        switch NationalIdentifier.defect(of: value) {
        case nil: return
        case .form:
            remark(
                LocalizedText(
                    fr: "L'INS n'a pas treize caractères suivis d'une clé de deux chiffres",
                    en: "The INS has not thirteen characters that a key of two digits follows"),
                expected: "13 × [0-9AB] + 2 × [0-9]", actual: shown,
                advice: LocalizedText(
                    fr: "Transmettre le matricule INS entier, clé comprise, sans blanc.",
                    en: "Send the whole INS with its key, without blanks."), at: place)
        case .key(let key):
            remark(
                LocalizedText(fr: "La clé de l'INS est fausse", en: "The key of the INS is wrong"),
                expected: "\(value.prefix(13))\(key)", actual: shown,
                advice: LocalizedText(
                    fr: "Corriger le matricule : la clé est 97 − (les treize premiers caractères modulo 97).",
                    en: "Mend the number: the key is 97 − (the first thirteen characters modulo 97)."),
                at: place, severity: keySeverity)
        }
    }

    /// The weight of a wrong key where official samples hold such: a warning at capture, else that of the rule.
    var keySeverity: Severity? { level == .capture ? .warning : nil }
}
