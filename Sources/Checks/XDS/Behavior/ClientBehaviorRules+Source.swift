import Conformance
import XDS

/// How a source takes the answers to its submissions and updates.
extension ClientBehaviorRules {
    static let source: [Rule<ClientBehavior>] = [
        rule(
            "PNR-058", fr: "À une réponse Success, le système enregistre l'acceptation",
            en: "At an answer Success the system records the acceptance", source: "IHE ITI TF-2 3.41.4.2.3"
        ) { subject, remarks in
            let accepted = subject.all(.submission).filter { $0.exchange.outcome == .success }
            guard !accepted.isEmpty else {
                return remarks.noExchange(fr: "de soumission acceptée", en: "accepted submission")
            }
            guard let recorded = subject.observation.recordedAsSent else {
                return remarks.unobserved(
                    fr: "les documents tenus pour envoyés (recordedAsSent)",
                    en: "the documents held as sent (recordedAsSent)")
            }
            for (_, exchange) in accepted {
                for document in exchange.documents where !recorded.contains(document) {
                    remarks.remark(expected: "\(document): sent", actual: "∅", at: exchange.place)
                }
            }
        },
        rule(
            "PNR-059",
            fr: "À une réponse Failure, le système signale l'erreur, ne tient pas le KOS pour envoyé et le garde",
            en: "At an answer Failure the system signals the error, does not hold the KOS as sent, and keeps it",
            source: "IHE ITI TF-2 3.41.4.2.3"
        ) { subject, remarks in
            let accepted = Set(
                subject.all(.submission).filter { $0.exchange.outcome == .success }.flatMap(\.exchange.documents))
            let refused = subject.all(.submission).filter { _, exchange in
                guard case .failure = exchange.outcome else { return false }
                return true
            }
            guard !refused.isEmpty else {
                return remarks.noExchange(fr: "de soumission refusée", en: "refused submission")
            }
            let seen = subject.observation
            guard seen.signalledError != nil || seen.recordedAsSent != nil || seen.retained != nil else {
                return remarks.unobserved(
                    fr: "l'erreur signalée et les documents tenus pour envoyés ou gardés",
                    en: "the error that is signalled and the documents held as sent or kept")
            }
            for (_, exchange) in refused {
                if seen.signalledError == false {
                    remarks.remark(expected: "error", actual: "∅", at: exchange.place)
                }
                for document in exchange.documents where !accepted.contains(document) {
                    if seen.recordedAsSent?.contains(document) == true {
                        remarks.remark(expected: "\(document): not sent", actual: "sent", at: exchange.place)
                    }
                    if seen.retained?.contains(document) == false {
                        remarks.remark(expected: "\(document): kept", actual: "∅", at: exchange.place)
                    }
                }
            }
        },
        rule(
            "PNR-060", .warning, fr: "Après XDSDuplicateUniqueIdInRegistry, le système ne renvoie pas sans fin",
            en: "After XDSDuplicateUniqueIdInRegistry the system does not send again without end",
            source: "IHE ITI TF-3 4.2.4"
        ) { subject, remarks in
            let codes: [XDSErrorCode] = [.duplicateUniqueIDInRegistry, .nonIdenticalHash]
            let refused = subject.all(.submission).filter { $0.exchange.outcome.codes.contains(where: codes.contains) }
            guard let first = refused.first else {
                return remarks.noExchange(fr: "de refus pour uniqueId connu", en: "refusal for a known uniqueId")
            }
            let again = subject.after(first.index, .submission).filter { later in
                later.documents.contains(where: first.exchange.documents.contains)
            }
            guard again.count > 1 else { return }
            remarks.remark(expected: "≤ 1", actual: "\(again.count)", at: again.last?.place)
        },
        rule(
            "PNR-061", .warning,
            fr: "Après une faute ou un silence, le système renvoie plus tard, et pas après une acceptation",
            en: "After a fault or silence the system sends again later, and not after an acceptance",
            source: "IHE ITI TF-2 3.41.4.1.2"
        ) { subject, remarks in
            let failed = subject.all(.submission).filter { _, exchange in
                switch exchange.outcome {
                case .fault, .silence: true
                case .status(let status): status >= 500
                case .success, .partialSuccess, .failure: false
                }
            }
            guard !failed.isEmpty else {
                return remarks.noExchange(
                    fr: "de soumission sans réponse du registre", en: "submission without an answer")
            }
            for (index, exchange) in failed {
                let again = subject.after(index, .submission).filter { later in
                    later.documents.contains(where: exchange.documents.contains)
                }
                if again.isEmpty {
                    remarks.remark(expected: "1", actual: "0", at: exchange.place)
                }
                if let accepted = again.firstIndex(where: { $0.outcome == .success }), accepted + 1 < again.count {
                    remarks.remark(
                        LocalizedText(
                            fr: "Le document est renvoyé après son acceptation",
                            en: "The document is sent again after its acceptance"),
                        expected: "0", actual: "\(again.count - accepted - 1)", at: again.last?.place)
                }
            }
        },
    ]

    static let updates: [Rule<ClientBehavior>] = [
        rule(
            "QRY-019", fr: "Le système a l'entryUUID par le registre avant de remplacer ou dépublier",
            en: "The system has the entryUUID from the registry before it replaces or unpublishes", source: imaging
        ) { subject, remarks in
            let aimed = subject.exchanges.enumerated().filter { !$0.element.targets.isEmpty }
            guard !aimed.isEmpty else {
                return remarks.noExchange(fr: "de remplacement ni de dépublication", en: "replacement or unpublishing")
            }
            for (index, exchange) in aimed {
                let known = Set(subject.exchanges[..<index].flatMap(\.entries).map(\.id))
                for target in exchange.targets where !known.contains(target) {
                    remarks.remark(
                        expected: known.isEmpty ? "ITI-18" : known.sorted().joined(separator: ", "), actual: target,
                        at: exchange.place)
                }
            }
        },
        rule(
            "UPD-006", fr: "Quand toutes les instances ont quitté le PACS, le système dépublie le KOS",
            en: "When every instance has left the PACS the system unpublishes the KOS", source: imaging
        ) { subject, remarks in
            guard let emptied = subject.observation.emptiedStudy else {
                return remarks.unobserved(fr: "le retrait des images (emptiedStudy)", en: "the removal (emptiedStudy)")
            }
            guard emptied else {
                return remarks.notApplicable(fr: "Le PACS garde des instances", en: "The PACS keeps instances")
            }
            guard !subject.exchanges.contains(where: { $0.operation == .update && $0.isUnpublishing }) else { return }
            remarks.remark(expected: "ITI-57 → \(XDSURN.deleted)", actual: "∅")
        },
        rule(
            "UPD-007", fr: "Après la dépublication, WADO répond 404 pour l'ancien KOS",
            en: "After unpublishing, WADO answers 404 for the old KOS", source: imaging
        ) { subject, remarks in
            guard let statuses = subject.observation.statusesAfterUnpublishing, !statuses.isEmpty else {
                return remarks.unobserved(
                    fr: "les réponses WADO après dépublication (statusesAfterUnpublishing)",
                    en: "the WADO answers after unpublishing (statusesAfterUnpublishing)")
            }
            for status in statuses where status != 404 { remarks.remark(expected: "404", actual: "\(status)") }
        },
        rule(
            "UPD-008", .warning,
            fr: "Un changement de confidentialité donne lieu à un remplacement ou à une mise à jour",
            en: "A change of confidentiality leads to a replacement or an update", source: sharing
        ) { subject, remarks in
            guard let changed = subject.observation.changedConfidentiality else {
                return remarks.unobserved(
                    fr: "le changement de confidentialité (changedConfidentiality)",
                    en: "the change of confidentiality (changedConfidentiality)")
            }
            guard changed else {
                return remarks.notApplicable(
                    fr: "La confidentialité n'a pas changé", en: "The confidentiality did not change")
            }
            let isFollowed = subject.exchanges.contains {
                $0.operation == .update || ($0.operation == .submission && !$0.targets.isEmpty)
            }
            guard !isFollowed else { return }
            remarks.remark(expected: "RPLC, ITI-57", actual: "∅")
        },
        rule(
            "XDM-007", fr: "Après réimport de l'archive, la recherche par examen et par KOS fonctionne",
            en: "After the archive is imported again, searches by study and by KOS work", source: imaging
        ) { subject, remarks in
            guard let found = subject.observation.foundAfterImport else {
                return remarks.unobserved(
                    fr: "la recherche après réimport (foundAfterImport)",
                    en: "the search after the import (foundAfterImport)")
            }
            if !found { remarks.remark(expected: "found", actual: "∅") }
        },
    ]
}
