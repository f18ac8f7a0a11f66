import Conformance
import XDS

/// How a consumer takes documents that come in unusual ways, and what it does before it asks.
extension ClientBehaviorRules {
    private static let norm = "IHE ITI TF-2 3.43.4.2"

    static let retrievals: [Rule<ClientBehavior>] = [
        opening(
            "RET-006", oddities: [.partMediaType], fr: "lit les parties par leur cid, quel que soit leur Content-Type",
            en: "reads parts by their cid, whatever their Content-Type"),
        opening(
            "RET-007", oddities: [.headerWriting],
            fr: "accepte les en-têtes en toute casse et la limite avec ou sans guillemets",
            en: "accepts headers in any case and a boundary with or without quotes"),
        opening(
            "RET-008", .warning, oddities: [.inlineDocument], fr: "accepte un Document en base64 dans l'enveloppe",
            en: "accepts a Document as base64 in the envelope"),
        rule(
            "RET-009", fr: "À PartialSuccess, le système utilise ce qui est rendu et dit ce qui manque",
            en: "At PartialSuccess the system uses what was delivered and tells what is missing", source: norm
        ) { subject, remarks in
            let partial = subject.all(.retrieval).filter { _, exchange in
                guard case .partialSuccess = exchange.outcome else { return false }
                return true
            }
            guard let first = partial.first?.exchange else {
                return remarks.noExchange(fr: "de PartialSuccess", en: "PartialSuccess")
            }
            guard subject.observation.opened != nil || subject.observation.signalledError != nil else {
                return remarks.unobserved(
                    fr: "les documents ouverts et l'erreur signalée (opened, signalledError)",
                    en: "the documents opened and the error signalled (opened, signalledError)")
            }
            if let opened = subject.observation.opened {
                for document in first.delivered where !opened.contains(document) {
                    remarks.remark(expected: "\(document): opened", actual: "∅", at: first.place)
                }
            }
            if subject.observation.signalledError == false {
                remarks.remark(expected: "message", actual: "∅", at: first.place)
            }
        },
        refusing(
            "RET-010", .brokenManifest, fr: "dit clairement qu'un KOS ne peut pas être lu",
            en: "says clearly that a KOS cannot be read"),
        refusing(
            "RET-011", .manifestOfOtherPatient, fr: "refuse un KOS dont le PatientID n'est pas le patient demandé",
            en: "refuses a KOS whose PatientID is not the patient asked"),
        opening(
            "RET-012", oddities: [.implicitManifest, .explicitManifest],
            fr: "accepte un KOS en VR explicite et implicite",
            en: "accepts a KOS of explicit and of implicit VR"),
        rule(
            "RET-013", fr: "Le système montre le compte rendu, par sa feuille de style ou son PDF",
            en: "The system shows the report, by its style sheet or its PDF", source: imaging
        ) { subject, remarks in
            let reports = Set(subject.knownEntries.filter { $0.isImagingReport && !$0.isKOS }.map(\.uniqueID))
            let delivered = subject.all(.retrieval).flatMap(\.exchange.delivered).filter(reports.contains)
            guard !delivered.isEmpty else {
                return remarks.noExchange(fr: "de compte rendu rendu", en: "report that was delivered")
            }
            guard let opened = subject.observation.opened else {
                return remarks.unobserved(fr: "les documents ouverts (opened)", en: "the documents opened (opened)")
            }
            for document in delivered where !opened.contains(document) {
                remarks.remark(expected: "\(document): opened", actual: "∅")
            }
        },
    ]

    static let access: [Rule<ClientBehavior>] = [
        // The state of the record in the answer is not established by a norm: a warning.
        rule(
            "AUT-002", .warning,
            fr: "Le système lit l'existence, le consentement et l'autorisation avant de chercher (ITI-18)",
            en: "The system reads existence, consent and authorisation before it searches (ITI-18)", source: sharing
        ) { subject, remarks in
            guard let query = subject.exchanges.firstIndex(where: { $0.operation == .query }) else {
                guard subject.exchanges.contains(where: { $0.operation == .existence }) else {
                    return remarks.noExchange(
                        fr: "de recherche ni de test d'existence", en: "search or existence check")
                }
                return
            }
            let checks = subject.exchanges[..<query].filter { $0.operation == .existence }
            if checks.isEmpty {
                remarks.remark(expected: "PRPA_IN201307UV02", actual: "ITI-18", at: subject.exchanges[query].place)
            } else if let refused = checks.last, refused.oddities.contains(.recordRefused) {
                let isOpened = subject.exchanges[..<query].contains {
                    $0.operation == .authorization && $0.outcome == .success
                }
                guard !isOpened else { return }
                remarks.remark(
                    LocalizedText(
                        fr: "Le système cherche alors que le dossier est fermé, absent ou refusé",
                        en: "The system searches although the record is closed, absent or refused"),
                    expected: "0 ITI-18", actual: "ITI-18", at: subject.exchanges[query].place)
            }
        },
        rule(
            "AUT-003", .warning,
            fr: "setAuthorization (AJOUT) ne part qu'après l'acte de la personne ; un refus est montré",
            en: "setAuthorization (AJOUT) is sent only after the person's act; a refusal is shown", source: sharing
        ) { subject, remarks in
            let sent = subject.all(.authorization)
            guard let first = sent.first?.exchange else {
                return remarks.noExchange(fr: "de setAuthorization", en: "setAuthorization")
            }
            let isRefused = sent.contains { $0.exchange.outcome != .success }
            let seen = subject.observation
            guard seen.personAgreed != nil || (isRefused && seen.signalledError != nil) else {
                return remarks.unobserved(
                    fr: "l'acte de la personne (personAgreed)", en: "the person's act (personAgreed)")
            }
            if seen.personAgreed == false {
                remarks.remark(expected: "act", actual: "∅", at: first.place)
            }
            if isRefused, seen.signalledError == false {
                remarks.remark(expected: "message", actual: "∅", at: first.place)
            }
        },
    ]

    private static func delivering(
        _ oddities: [ClientBehavior.Oddity], _ subject: ClientBehavior
    ) -> [ClientBehavior.Exchange] {
        subject.all(.retrieval).map(\.exchange).filter { exchange in
            !exchange.delivered.isEmpty && exchange.oddities.contains(where: oddities.contains)
        }
    }

    /// A rule that what comes in an odd way is opened.
    private static func opening(
        _ id: String, _ severity: Severity = .violation, oddities: [ClientBehavior.Oddity], fr: String, en: String
    ) -> Rule<ClientBehavior> {
        rule(id, severity, fr: "Le système \(fr)", en: "The system \(en)", source: norm) { subject, remarks in
            let exchanges = delivering(oddities, subject)
            guard !exchanges.isEmpty else {
                let names = oddities.map(\.rawValue).joined(separator: ", ")
                return remarks.noExchange(fr: "de réponse \(names)", en: "answer \(names)")
            }
            guard let opened = subject.observation.opened else {
                return remarks.unobserved(fr: "les documents ouverts (opened)", en: "the documents opened (opened)")
            }
            for exchange in exchanges {
                for document in exchange.delivered where !opened.contains(document) {
                    remarks.remark(expected: "\(document): opened", actual: "∅", at: exchange.place)
                }
            }
        }
    }

    /// A rule that what comes is refused, and that this is said.
    private static func refusing(
        _ id: String, _ oddity: ClientBehavior.Oddity, fr: String, en: String
    ) -> Rule<ClientBehavior> {
        rule(id, fr: "Le système \(fr)", en: "The system \(en)", source: imaging) { subject, remarks in
            let exchanges = delivering([oddity], subject)
            guard let first = exchanges.first else {
                return remarks.noExchange(fr: "de réponse \(oddity.rawValue)", en: "answer \(oddity.rawValue)")
            }
            let seen = subject.observation
            guard seen.opened != nil || seen.signalledError != nil else {
                return remarks.unobserved(
                    fr: "les documents ouverts et l'erreur signalée (opened, signalledError)",
                    en: "the documents opened and the error signalled (opened, signalledError)")
            }
            for document in exchanges.flatMap(\.delivered) where seen.opened?.contains(document) == true {
                remarks.remark(expected: "\(document): refused", actual: "opened", at: first.place)
            }
            if seen.signalledError == false {
                remarks.remark(expected: "message", actual: "∅", at: first.place)
            }
        }
    }
}
