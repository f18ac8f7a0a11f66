public import Conformance
import Cryptography
public import XDS

/// Documents that came back by ITI-43, with what was asked and what the registry says of them.
public struct RetrieveSubject: Sendable {
    /// One document that came back.
    public struct Document: Sendable {
        /// `DocumentUniqueId` of the answer.
        public var uniqueID: String
        /// `RepositoryUniqueId` of the answer; nil where it is not there.
        public var repositoryUniqueID: String?
        /// `mimeType` of the answer.
        public var mimeType: String
        /// The bytes.
        public var bytes: [UInt8]
        /// Where it is in the evidence.
        public var place: EvidencePlace?

        /// A document.
        public init(
            uniqueID: String, repositoryUniqueID: String?, mimeType: String, bytes: [UInt8], place: EvidencePlace?
        ) {
            self.uniqueID = uniqueID
            self.repositoryUniqueID = repositoryUniqueID
            self.mimeType = mimeType
            self.bytes = bytes
            self.place = place
        }
    }

    /// What was asked.
    public var requested: [DocumentRequest]
    /// What the registry says.
    public var entries: [DocumentEntry]
    /// What came.
    public var documents: [Document]

    /// A retrieval.
    public init(requested: [DocumentRequest], entries: [DocumentEntry], documents: [Document]) {
        self.requested = requested
        self.entries = entries
        self.documents = documents
    }

    /// The documents that the registry knows, each with its entry.
    var pairs: [(document: Document, entry: DocumentEntry)] {
        documents.compactMap { document in
            entries.first { $0.uniqueID == document.uniqueID }.map { (document, $0) }
        }
    }
}

/// The rules of what a repository returns (ITI-43), against its registry's entries and the request.
///
/// They look at the documents of an answer. Passes: bytes whose SHA-1 and length are those of the entry, the media type
/// of the entry, both ids as asked. Fails: one byte that differs, another media type, an id that nobody asked.
public enum RetrieveRules {
    /// Every rule.
    public static let all: [Rule<RetrieveSubject>] = [content, mediaType, identifiers]

    /// Passes: SHA-1 and length of the bytes are `hash` and `size`, the hash in either case. Fails: others.
    static let content = Rule<RetrieveSubject>(
        RuleDescriptor(
            "RET-003", layer: "xds", .violation,
            fr: "Le contenu rendu a le SHA-1 (hash) et la longueur (size) de sa fiche",
            en: "The content returned has the SHA-1 (hash) and length (size) of its entry",
            source: "IHE ITI TF-3 4.2.3.2.10, 4.2.3.2.26")
    ) { subject, remarks in
        guard hasPairs(subject, &remarks) else { return }
        for (document, entry) in subject.pairs {
            let digest = MessageDigest.hexadecimal(of: document.bytes, .sha1)
            if let hash = entry.hash, hash.lowercased() != digest {
                remarks.remark(
                    LocalizedText(
                        fr: "Le SHA-1 du document \(document.uniqueID) n'est pas le hash de sa fiche",
                        en: "The SHA-1 of document \(document.uniqueID) is not the hash of its entry"),
                    expected: hash, actual: digest, advice: advice, at: document.place)
            }
            if let size = entry.size, Int(size) != document.bytes.count {
                remarks.remark(
                    LocalizedText(
                        fr: "La longueur du document \(document.uniqueID) n'est pas la size de sa fiche",
                        en: "The length of document \(document.uniqueID) is not the size of its entry"),
                    expected: size, actual: "\(document.bytes.count)", advice: advice, at: document.place)
            }
        }
    }

    /// Passes: the media type of the entry. Fails: another.
    static let mediaType = Rule<RetrieveSubject>(
        RuleDescriptor(
            "RET-004", layer: "xds", .violation, fr: "mimeType de la réponse est celui de la fiche",
            en: "mimeType of the answer is that of the entry", source: "IHE ITI TF-2 3.43.5")
    ) { subject, remarks in
        guard hasPairs(subject, &remarks) else { return }
        for (document, entry) in subject.pairs where essence(document.mimeType) != essence(entry.mimeType) {
            remarks.remark(
                expected: entry.mimeType, actual: document.mimeType,
                advice: LocalizedText(
                    fr: "Rendre le mimeType de la fiche.", en: "Return the mimeType of the entry."),
                at: document.place)
        }
    }

    /// Passes: repository and document ids as one of the requests asked. Fails: others, or none.
    static let identifiers = Rule<RetrieveSubject>(
        RuleDescriptor(
            "RET-005", layer: "xds", .violation,
            fr: "La réponse répète RepositoryUniqueId et DocumentUniqueId de la requête",
            en: "The answer repeats RepositoryUniqueId and DocumentUniqueId of the request",
            source: "IHE ITI TF-2 3.43.4.2.2")
    ) { subject, remarks in
        guard !subject.documents.isEmpty else {
            remarks.notRun(fr: "La réponse n'apporte aucun document", en: "The answer brings no document")
            return
        }
        guard !subject.requested.isEmpty else {
            remarks.notRun(fr: "La requête n'est pas connue", en: "The request is not known")
            return
        }
        for document in subject.documents {
            let asked = subject.requested.contains {
                $0.documentUniqueID == document.uniqueID && $0.repositoryUniqueID == document.repositoryUniqueID
            }
            guard !asked else { continue }
            remarks.remark(
                expected: subject.requested.map { "\($0.repositoryUniqueID ?? "∅") \($0.documentUniqueID ?? "∅")" }
                    .joined(separator: ", "),
                actual: "\(document.repositoryUniqueID ?? "∅") \(document.uniqueID)",
                advice: LocalizedText(
                    fr: "Recopier les deux identifiants de la requête.", en: "Copy both ids of the request."),
                at: document.place)
        }
    }

    private static let advice = LocalizedText(
        fr: "Rendre les octets tels qu'ils ont été soumis, sans réencodage.",
        en: "Return the bytes as they were submitted, without re-encoding.")

    private static func hasPairs(_ subject: RetrieveSubject, _ remarks: inout Remarks) -> Bool {
        guard subject.pairs.isEmpty else { return true }
        remarks.notRun(
            fr: "Aucun document rendu n'a de fiche connue", en: "No document that came has a known entry")
        return false
    }

    /// A media type without its parameters, in lower case.
    private static func essence(_ type: String) -> String {
        type.split(separator: ";").first.map { $0.lowercased().filter { $0 != " " } } ?? ""
    }
}
