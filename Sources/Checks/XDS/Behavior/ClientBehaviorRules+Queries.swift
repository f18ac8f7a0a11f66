import Conformance
import XDS

/// How a consumer takes the answers to its queries, and what it asks before them.
extension ClientBehaviorRules {
    private static let norm = "IHE ITI TF-2 3.18.4.1.3"

    static let queries: [Rule<ClientBehavior>] = [
        rule(
            "QRY-011", fr: "Le système accepte une réponse vide (Success sans fiche)",
            en: "The system takes an empty answer (Success, no entry)", source: norm
        ) { subject, remarks in
            let empty = subject.all(.query).filter { $0.exchange.outcome == .success && $0.exchange.entries.isEmpty }
            guard let last = empty.last else { return remarks.noExchange(fr: "de réponse vide", en: "empty answer") }
            guard subject.observation.signalledError != nil || subject.observation.exams != nil else {
                return remarks.unobserved(
                    fr: "ce que le système montre (signalledError, exams)",
                    en: "what the system shows (signalledError, exams)")
            }
            if subject.observation.signalledError == true {
                remarks.remark(expected: "0 exam", actual: "error", at: last.exchange.place)
            }
            if subject.knownEntries.isEmpty, let exams = subject.observation.exams, !exams.isEmpty {
                remarks.remark(expected: "0 exam", actual: "\(exams.count)", at: last.exchange.place)
            }
        },
        rule(
            "QRY-012", fr: "Le système demande chaque document à l'entrepôt que sa fiche nomme",
            en: "The system asks each document of the repository that its entry names",
            source: "IHE ITI TF-2 3.43.4.1.2"
        ) { subject, remarks in
            let known = Dictionary(subject.knownEntries.map { ($0.uniqueID, $0) }) { first, _ in first }
            let asked = subject.all(.retrieval).filter { $0.exchange.documents.contains { known[$0] != nil } }
            guard !asked.isEmpty else {
                return remarks.noExchange(
                    fr: "de demande d'un document trouvé", en: "request of a document that was found")
            }
            for (_, exchange) in asked {
                for (document, repository) in zip(exchange.documents, exchange.repositories) {
                    guard let own = known[document]?.repositoryUniqueID, own != repository else { continue }
                    remarks.remark(expected: "\(document): \(own)", actual: repository, at: exchange.place)
                }
            }
        },
        bearing(
            "QRY-013", oddity: .withoutTotalResultCount, fr: "se passe de totalResultCount",
            en: "does without totalResultCount"),
        bearing(
            "QRY-014", oddity: .unknownSlots, fr: "tolère des Slot et classifications inconnus",
            en: "tolerates unknown Slots and classifications"),
        bearing(
            "QRY-021", .warning, oddity: .olderEventCodeSchemes,
            fr: "accepte les deux écritures des schémas d'eventCode",
            en: "accepts both writings of eventCode schemes"),
        rule(
            "QRY-015", fr: "Le système laisse de côté les fiches Deprecated et Deleted",
            en: "The system leaves Deprecated and Deleted entries aside", source: sharing
        ) { subject, remarks in
            let gone = subject.knownEntries.filter { entry in
                [XDSURN.deprecated, XDSURN.deleted].contains(entry.availabilityStatus ?? "")
            }
            guard !gone.isEmpty else {
                return remarks.noExchange(fr: "de fiche Deprecated ou Deleted", en: "Deprecated or Deleted entry")
            }
            for entry in gone {
                guard let isUsed = subject.used([entry.uniqueID]) else {
                    return remarks.unobserved(fr: "les examens montrés (exams)", en: "the exams that are shown (exams)")
                }
                if isUsed {
                    remarks.remark(expected: "0 × \(entry.uniqueID)", actual: entry.availabilityStatus ?? "∅")
                }
            }
        },
        rule(
            "QRY-016", fr: "Le système groupe compte rendu et KOS par accession (valeur et autorité) et par examen",
            en: "The system groups report and KOS by accession (value and authority) and study", source: imaging
        ) { subject, remarks in
            judgeGroups(subject, &remarks) { first, second, isTogether in isTogether || !isSame(first, second) }
        },
        rule(
            "QRY-017", .warning, fr: "Un examen sans compte rendu et un compte rendu sans KOS se distinguent",
            en: "An exam without report and a report without KOS are told apart", source: imaging
        ) { subject, remarks in
            guard let exams = subject.observation.exams else {
                return remarks.unobserved(fr: "les examens montrés (exams)", en: "the exams that are shown (exams)")
            }
            let entries = Dictionary(subject.knownEntries.map { ($0.uniqueID, $0) }) { first, _ in first }
            for exam in exams {
                let own = exam.documents.compactMap { entries[$0] }
                guard !own.isEmpty else { continue }
                let (images, report) = (own.contains(where: \.isKOS), own.contains { !$0.isKOS })
                guard images != exam.showsImages || report != exam.showsReport else { continue }
                remarks.remark(
                    expected: "images \(images), report \(report)",
                    actual: "images \(exam.showsImages), report \(exam.showsReport)")
            }
        },
        rule(
            "QRY-018", fr: "Le système ne fond pas des examens de même accession et d'autorité différente",
            en: "The system does not merge exams of equal accession and different authority", source: imaging
        ) { subject, remarks in
            judgeGroups(subject, &remarks) { first, second, isTogether in !isTogether || !differs(first, second) }
        },
        rule(
            "QRY-020", fr: "Le patient de la VIHF (resource-id) est celui de la requête",
            en: "The patient of the VIHF (resource-id) is that of the query", source: sharing
        ) { subject, remarks in
            let asked = subject.all(.query).filter { $0.exchange.patient != nil && $0.exchange.assertionPatient != nil }
            guard !asked.isEmpty else {
                return remarks.noExchange(fr: "de requête avec VIHF et patient", en: "query with a VIHF and a patient")
            }
            for (_, exchange) in asked {
                guard let patient = exchange.patient, let own = exchange.assertionPatient, !own.names(same: patient)
                else { continue }
                remarks.remark(expected: patient.text, actual: own.text, at: exchange.place)
            }
        },
        rule(
            "QRY-022", .warning, fr: "Le système montre à la personne XDSTooManyResults et les résultats partiels",
            en: "The system shows XDSTooManyResults and partial results to the person", source: norm
        ) { subject, remarks in
            let limited = subject.all(.query).filter { _, exchange in
                if case .partialSuccess = exchange.outcome { return true }
                return exchange.outcome.codes.contains(.tooManyResults)
            }
            guard let first = limited.first else {
                return remarks.noExchange(fr: "de réponse partielle", en: "partial answer")
            }
            guard let signalled = subject.observation.signalledError else {
                return remarks.unobserved(
                    fr: "le message montré (signalledError)", en: "the message shown (signalledError)")
            }
            if !signalled { remarks.remark(expected: "message", actual: "∅", at: first.exchange.place) }
        },
        rule(
            "QRY-023", .warning, fr: "Le système n'utilise pas une réponse dont RelatesTo n'est pas son MessageID",
            en: "The system does not use an answer whose RelatesTo is not its MessageID",
            source: "WS-Addressing 1.0 Core 3.4"
        ) { subject, remarks in
            let odd = subject.all(.query).filter { $0.exchange.oddities.contains(.otherRelatesTo) }
            guard let first = odd.first, !first.exchange.entries.isEmpty else {
                return remarks.noExchange(fr: "de réponse à un autre message", en: "answer to another message")
            }
            guard let isUsed = subject.used(first.exchange.entries.map(\.uniqueID)) else {
                return remarks.unobserved(fr: "les examens montrés (exams)", en: "the exams that are shown (exams)")
            }
            if isUsed { remarks.remark(expected: "0", actual: "used", at: first.exchange.place) }
        },
    ]

    /// A rule that an odd answer of a query is used all the same.
    private static func bearing(
        _ id: String, _ severity: Severity = .violation, oddity: ClientBehavior.Oddity, fr: String, en: String
    ) -> Rule<ClientBehavior> {
        rule(id, severity, fr: "Le système \(fr)", en: "The system \(en)", source: norm) { subject, remarks in
            let odd = subject.all(.query).filter { $0.exchange.oddities.contains(oddity) }
            guard let first = odd.first, !first.exchange.entries.isEmpty else {
                return remarks.noExchange(fr: "de réponse \(oddity.rawValue)", en: "answer \(oddity.rawValue)")
            }
            guard let isUsed = subject.used(first.exchange.entries.map(\.uniqueID)) else {
                return remarks.unobserved(fr: "les examens montrés (exams)", en: "the exams that are shown (exams)")
            }
            if !isUsed { remarks.remark(expected: "used", actual: "∅", at: first.exchange.place) }
        }
    }

    private static func judgeGroups(
        _ subject: ClientBehavior, _ remarks: inout Remarks,
        _ isRight: (DocumentEntry, DocumentEntry, Bool) -> Bool
    ) {
        let entries = subject.knownEntries.filter { $0.availabilityStatus ?? XDSURN.approved == XDSURN.approved }
        guard entries.count > 1 else { return remarks.noExchange(fr: "plusieurs fiches", en: "several entries") }
        guard let exams = subject.observation.exams else {
            return remarks.unobserved(fr: "les examens montrés (exams)", en: "the exams that are shown (exams)")
        }
        for (index, first) in entries.enumerated() {
            for second in entries[(index + 1)...] where first.isKOS != second.isKOS || differs(first, second) {
                let isTogether = exams.contains {
                    $0.documents.contains(first.uniqueID) && $0.documents.contains(second.uniqueID)
                }
                guard !isRight(first, second, isTogether) else { continue }
                remarks.remark(
                    expected: isTogether ? "2 exams" : "1 exam",
                    actual: "\(first.uniqueID), \(second.uniqueID): \(isTogether ? "1 exam" : "2 exams")")
            }
        }
    }

    private static func isSame(_ first: DocumentEntry, _ second: DocumentEntry) -> Bool {
        let studies = Set(first.references(.studyInstanceUID).map(\.id))
        let others = second.references(.studyInstanceUID).map(\.id)
        let isSameStudy = others.contains(where: studies.contains)
        let isSameAccession = first.references(.accession).contains { own in
            second.references(.accession).contains { $0.id == own.id && $0.authority == own.authority }
        }
        return isSameAccession && (isSameStudy || studies.isEmpty || others.isEmpty)
    }

    private static func differs(_ first: DocumentEntry, _ second: DocumentEntry) -> Bool {
        let isSameValue = first.references(.accession).contains { own in
            second.references(.accession).contains { $0.id == own.id && $0.authority != own.authority }
        }
        return isSameValue && !isSame(first, second)
    }
}
