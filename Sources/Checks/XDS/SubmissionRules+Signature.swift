public import Conformance
import SOAP
import XDS
import XML

/// The signature that the French profile wants with every submission set.
extension SubmissionRules {
    /// PNR-051 to PNR-055.
    public static let signature: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-051", fr: "La fiche de la signature est là : formatCode xmldsig, typeCode E1762, text/xml",
            en: "The entry of the signature is there: formatCode xmldsig, typeCode E1762, text/xml",
            source: Norm.signature
        ) { subject, remarks in
            guard let entry = signatureEntry(subject, &remarks) else { return }
            let format = entry.formatCode?.matches(FrenchCode.signatureFormat) == true
            let type = entry.typeCode?.matches(FrenchCode.signatureType) == true
            guard !format || !type || entry.mimeType != "text/xml" else { return }
            let codes = [entry.formatCode, entry.typeCode].map { $0.map { "\($0.code) (\($0.scheme))" } ?? "∅" }
            remarks.remark(
                expected: "\(FrenchCode.signatureFormat.code) (URN), E1762 (ASTM), text/xml",
                actual: "\(codes.joined(separator: ", ")), \(entry.mimeType)",
                at: (format ? entry.typeCode : entry.formatCode).flatMap { subject.place($0.place) }
                    ?? subject.place(entry))
        },
        rule(
            "PNR-052", fr: "Une association signs relie la fiche de la signature au lot de soumission",
            en: "An association signs links the entry of the signature to the submission set", source: Norm.signature
        ) { subject, remarks in
            let entries = subject.entries.filter(\.isSignature)
            guard !entries.isEmpty, let set = subject.request.submission.submissionSet else {
                return remarks.notApplicable(fr: "Aucune fiche de signature", en: "No entry of a signature")
            }
            for entry in entries {
                let links = subject.request.submission.associations.filter { $0.type == XDSURN.signs }
                let right = links.filter { $0.source == entry.id && $0.target == set.id }
                guard right.count != 1 else { continue }
                remarks.remark(
                    expected: "1 signs: \(entry.id) → \(set.id)",
                    actual: links.isEmpty
                        ? "∅" : links.map { "signs: \($0.source) → \($0.target)" }.joined(separator: ", "),
                    at: links.first.flatMap { subject.place($0.place) } ?? subject.place(entry))
            }
        },
        rule(
            "PNR-053", capture: .warning,
            fr: "SignedInfo de la signature renvoie au manifeste et aux SignedProperties, avec leurs empreintes",
            en: "SignedInfo of the signature refers to the manifest and the SignedProperties, with their digests",
            source: Norm.signature
        ) { subject, remarks in
            withSignatures(subject, &remarks) { signature, remarks in
                let types = [SubmissionSignature.manifestType, SubmissionSignature.propertiesType]
                for type in types where signature.references.filter({ $0.type == type }).count != 1 {
                    remarks.remark(
                        LocalizedText(
                            fr: "SignedInfo n'a pas une et une seule référence de ce type",
                            en: "SignedInfo has not exactly one reference of this type"),
                        expected: "1 \(type)",
                        actual: signature.references.map { $0.type ?? "∅" }.joined(separator: ", "),
                        at: subject.place(signature, signature.signature))
                }
                sayDigests(signature, signature.references, subject, &remarks)
            }
        },
        rule(
            "PNR-054", capture: .warning,
            fr: "Le manifeste a l'uniqueId du lot avec l'empreinte AA== et chaque document avec la sienne",
            en: "The manifest has the uniqueId of the set with the digest AA== and each document with its own",
            source: Norm.signature
        ) { subject, remarks in
            withSignatures(subject, &remarks) { signature, remarks in
                judgeManifest(signature, subject, &remarks)
            }
        },
        rule(
            "PNR-055", capture: .warning,
            fr: "Le certificat de la signature est valide et son organisation est l'émetteur de la VIHF",
            en: "The certificate of the signature is valid and its organisation is the issuer of the VIHF",
            source: Norm.signature
        ) { subject, remarks in
            guard let read = subject.context.certificate else {
                return remarks.notRun(
                    fr: "Aucun lecteur de certificats n'est là", en: "No reader of certificates is there")
            }
            withSignatures(subject, &remarks) { signature, remarks in
                judgeCertificate(signature, read, subject, &remarks)
            }
        },
    ]

    private static func signatureEntry(_ subject: SubmissionSubject, _ remarks: inout Remarks) -> DocumentEntry? {
        if let entry = subject.entries.first(where: \.isSignature) { return entry }
        guard !subject.context.isArchive, !(subject.isBare && subject.message.envelope == nil) else {
            remarks.notRun(
                fr: "Les métadonnées sont seules : la signature de la soumission n'y est pas attendue",
                en: "The metadata stand alone: the signature of the submission is not expected there")
            return nil
        }
        remarks.remark(
            expected: FrenchCode.signatureFormat.code, actual: "∅",
            advice: LocalizedText(
                fr: "Joindre la signature XAdES du lot de soumission et sa fiche.",
                en: "Add the XAdES signature of the submission set and its entry."),
            at: subject.place(subject.request.submission.place) ?? subject.bodyPlace)
        return nil
    }

    private static func withSignatures(
        _ subject: SubmissionSubject, _ remarks: inout Remarks,
        _ body: (SubmissionSignature, inout Remarks) -> Void
    ) {
        guard subject.entries.contains(where: \.isSignature) else {
            return remarks.notApplicable(fr: "Aucune fiche de signature", en: "No entry of a signature")
        }
        guard !subject.signatures.isEmpty else {
            let isThere = subject.deliveries.contains { $0.entry.isSignature }
            guard isThere else { return remarks.noDocuments() }
            for (entry, document) in subject.deliveries where entry.isSignature {
                remarks.remark(
                    LocalizedText(
                        fr: "Le document de la signature n'est pas une signature XML lisible",
                        en: "The document of the signature is no readable XML signature"),
                    expected: "ds:Signature", actual: "\(document.bytes.count) bytes",
                    at: subject.place(document.place) ?? subject.place(entry))
            }
            return
        }
        for signature in subject.signatures { body(signature, &remarks) }
    }

    private static func sayDigests(
        _ signature: SubmissionSignature, _ references: [SubmissionSignature.Reference], _ subject: SubmissionSubject,
        _ remarks: inout Remarks
    ) {
        for reference in references where reference.actual != reference.declared {
            remarks.remark(
                LocalizedText(
                    fr: "L'empreinte de la référence \(reference.uri) n'est pas celle de ce qu'elle désigne",
                    en: "The digest of the reference \(reference.uri) is not that of what it names"),
                expected: reference.actual ?? "∅", actual: reference.declared.isEmpty ? "∅" : reference.declared,
                at: subject.place(signature, reference.node))
        }
    }

    private static func judgeManifest(
        _ signature: SubmissionSignature, _ subject: SubmissionSubject, _ remarks: inout Remarks
    ) {
        if let set = subject.request.submission.submissionSet {
            let uri = "urn:oid:\(set.uniqueID)"
            let own = signature.manifest.filter { $0.uri == uri }
            if own.count != 1 || own.first?.declared != "AA==" {
                remarks.remark(
                    expected: "1 \(uri): AA==",
                    actual: own.isEmpty ? "∅" : own.map { "\($0.uri): \($0.declared)" }.joined(separator: ", "),
                    at: subject.place(signature, own.first?.node ?? signature.signature))
            }
        }
        for entry in subject.contentEntries {
            let uri = "urn:oid:\(entry.uniqueID)"
            let own = signature.manifest.filter { $0.uri == uri }
            guard own.count == 1 else {
                remarks.remark(
                    LocalizedText(
                        fr: "Le manifeste n'a pas une et une seule référence au document \(entry.id)",
                        en: "The manifest has not exactly one reference to the document \(entry.id)"),
                    expected: "1 \(uri)", actual: "\(own.count)", at: subject.place(signature, signature.signature))
                continue
            }
            // A document that did not come has nothing to be compared with.
            guard subject.deliveries.contains(where: { $0.entry.id == entry.id }) else { continue }
            sayDigests(signature, own, subject, &remarks)
        }
    }

    private static func judgeCertificate(
        _ signature: SubmissionSignature, _ read: @Sendable ([UInt8]) -> CertificateFacts?,
        _ subject: SubmissionSubject, _ remarks: inout Remarks
    ) {
        guard let bytes = signature.certificate, let facts = read(bytes) else {
            return remarks.remark(
                expected: "ds:X509Certificate", actual: "∅", at: subject.place(signature, signature.signature))
        }
        let written = signature.signingTime.map { $0.filter(\.isNumber).prefix(14) } ?? ""
        let time = subject.context.time ?? String(written)
        if time.count == 14, time < facts.notBefore || time > facts.notAfter {
            remarks.remark(
                LocalizedText(
                    fr: "Le certificat n'est pas valide à cette date", en: "The certificate is not valid at that time"),
                expected: "\(facts.notBefore) … \(facts.notAfter)", actual: time,
                at: subject.place(signature, signature.signature))
        }
        let issuers = subject.message.envelope?.header?.descendants(
            "Issuer", in: "urn:oasis:names:tc:SAML:2.0:assertion")
        guard let issuer = issuers?.first else { return }
        let name = DistinguishedName(issuer.stringValue)
        guard name != DistinguishedName(facts.subject) else { return }
        remarks.remark(
            LocalizedText(
                fr: "Le sujet du certificat n'est pas l'émetteur de la VIHF",
                en: "The subject of the certificate is not the issuer of the VIHF"),
            expected: name.text, actual: facts.subject, at: subject.place(ReadPlace(issuer)))
    }
}

extension SubmissionRules.Norm {
    static let signature =
        "CI-SIS, volet Partage de documents de santé, signature du lot de soumission; IHE ITI TF-3 5.5"
}

/// A distinguished name, for comparison: its parts in any order, blanks apart.
private struct DistinguishedName: Equatable {
    let text: String
    private let parts: Set<String>

    init(_ text: String) {
        self.text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        parts = Set(
            text.split(separator: ",").map { part in
                part.split(separator: "=", maxSplits: 1).map { piece in
                    piece.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                }.joined(separator: "=").uppercased()
            })
    }

    static func == (left: Self, right: Self) -> Bool { left.parts == right.parts }
}

extension SubmissionSubject {
    /// The place of an element of the signature document: its own lines, in the part of the document.
    func place(_ signature: SubmissionSignature, _ node: Node) -> EvidencePlace {
        var part = signature.entry.id
        if case .part(let index)? = request.document(signature.entry.id)?.content?.origin {
            part = message.parts[index].name
        }
        return EvidencePlace(
            part: part, line: node.line, column: node.column, byte: node.byteOffset, xpath: node.path)
    }
}
