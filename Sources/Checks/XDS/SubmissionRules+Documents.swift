import Conformance
import Cryptography
import DICOM
import HTTP
import SOAP
import XDS

/// The documents and their entries: presence, hash, size.
extension SubmissionRules {
    static let documents: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-008", fr: "Chaque Document porte un xop:Include dont le cid désigne une partie",
            en: "Each Document bears an xop:Include whose cid names a part",
            source: "IHE ITI TF-2 3.41.4.1; W3C XOP 1.0 3.2"
        ) { subject, remarks in
            // An envelope that was kept without its parts cannot show them.
            guard !subject.isBare, subject.message.isMultipart || !subject.hasUnresolved else {
                return remarks.noDocuments()
            }
            for document in subject.request.documents {
                let actual: String
                switch document.content?.origin {
                case .part, nil: continue
                case .inline: actual = "base64"
                case .unresolved(let href): actual = href
                }
                remarks.remark(
                    LocalizedText(
                        fr: "Le Document \(document.id) ne désigne aucune partie du message",
                        en: "The Document \(document.id) names no part of the message"),
                    expected: "xop:Include href=\"cid:…\"", actual: actual,
                    advice: LocalizedText(
                        fr: "Mettre le document dans une partie MIME et la désigner par xop:Include.",
                        en: "Put the document in a MIME part and name it by xop:Include."),
                    at: subject.place(document.place),
                    severity: remarks.level == .capture && isWholeManifest(document) ? .warning : nil)
            }
        },
        rule(
            "PNR-009", fr: "Chaque fiche a son Document de même id, et chaque Document sa fiche",
            en: "Each entry has its Document of the same id, and each Document its entry", source: Norm.submission
        ) { subject, remarks in
            guard !subject.isBare else { return remarks.noDocuments() }
            for entry in subject.entries where subject.request.document(entry.id) == nil {
                remarks.remark(
                    LocalizedText(
                        fr: "La fiche \(entry.id) n'a pas de Document", en: "The entry \(entry.id) has no Document"),
                    expected: "xdsb:Document id=\"\(entry.id)\"", actual: "∅", at: subject.place(entry))
            }
            for document in subject.request.documents where subject.request.submission.entry(document.id) == nil {
                remarks.remark(
                    LocalizedText(
                        fr: "Le Document \(document.id) n'a pas de fiche",
                        en: "The Document \(document.id) has no entry"),
                    expected: "rim:ExtrinsicObject id=\"\(document.id)\"", actual: "∅",
                    at: subject.place(document.place))
            }
        },
        rule(
            "PNR-023", capture: .warning, fr: "hash est le SHA-1 hexadécimal des octets du document",
            en: "hash is the hexadecimal SHA-1 of the document's bytes", source: "IHE ITI TF-3 4.2.3.2.10"
        ) { subject, remarks in
            guard !subject.deliveries.isEmpty else { return remarks.noDocuments() }
            // The case of hexadecimal digits is not told: both are seen.
            for (entry, document) in subject.deliveries where entry.hash?.lowercased() != document.hash {
                remarks.remark(
                    LocalizedText(
                        fr: "hash de la fiche \(entry.id) n'est pas le SHA-1 du document",
                        en: "hash of the entry \(entry.id) is not the SHA-1 of the document"),
                    expected: document.hash, actual: entry.hash ?? "∅",
                    advice: LocalizedText(
                        fr: "Calculer hash sur les octets de la partie, tels qu'ils sont transmis.",
                        en: "Compute hash over the bytes of the part, as they are sent."),
                    at: subject.place(entry, slot: "hash"),
                    severity: entry.hash == nil ? nil : severity(subject, entry, document))
            }
        },
        rule(
            "PNR-024", capture: .warning, fr: "size est le nombre d'octets du document",
            en: "size is the number of bytes of the document", source: "IHE ITI TF-3 4.2.3.2.26"
        ) { subject, remarks in
            guard !subject.deliveries.isEmpty else { return remarks.noDocuments() }
            for (entry, document) in subject.deliveries where entry.size.flatMap({ Int($0) }) != document.bytes.count {
                remarks.remark(
                    LocalizedText(
                        fr: "size de la fiche \(entry.id) n'est pas la longueur du document",
                        en: "size of the entry \(entry.id) is not the length of the document"),
                    expected: "\(document.bytes.count)", actual: entry.size ?? "∅",
                    at: subject.place(entry, slot: "size"),
                    severity: entry.size == nil ? nil : severity(subject, entry, document))
            }
        },
    ]

    /// What a hash or a size that is there and wrong weighs: an error, but where a capture may have changed the bytes. A
    /// text file loses line ends, and official samples have signatures of another length.
    private static func severity(
        _ subject: SubmissionSubject, _ entry: DocumentEntry, _ document: SubmittedDocument
    ) -> Severity? {
        guard !entry.isSignature, case .part? = document.content?.origin,
            !subject.message.faults.contains(where: { $0.code.rawValue == MultipartFault.Code.lineEndsLF.rawValue })
        else { return nil }
        return .violation
    }

    // XOP 1.0 leaves it to the sender which content it packs; an accepted RAD-68 sample has its KOS in the envelope. A
    // captured KOS that came whole that way is told, and judged further.
    private static func isWholeManifest(_ document: SubmittedDocument) -> Bool {
        guard case .inline? = document.content?.origin else { return false }
        return KeyObjectSelection(bytes: document.bytes) != nil
    }
}
