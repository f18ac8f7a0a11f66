public import Conformance
internal import Imaging

/// The rules on the images that a source answers, by RAD-69 and by WADO-RS.
///
/// What SOAP and MTOM show is the matter of the message rules.
public enum ImageAnswerRules {
    /// The rules on the answer of RetrieveImagingDocumentSet (IHE RAD-69).
    public static let retrieveImagingDocumentSet: [Rule<ImageAnswerSubject>] = documentSetRules + registryRules
    /// The rules on the multipart answer of WADO-RS (IHE RAD-107).
    public static let wado: [Rule<ImageAnswerSubject>] = multipartRules + instanceRules

    /// One rule of a layer.
    static func rule(
        _ id: String, _ severity: Severity, layer: String, fr: String, en: String, source: String,
        _ apply: @escaping @Sendable (ImageAnswerSubject, inout Remarks) -> Void
    ) -> Rule<ImageAnswerSubject> {
        Rule(RuleDescriptor(id, layer: layer, severity, fr: fr, en: en, source: source), apply)
    }

    /// Where an image, or an element of its head, stands in the answer.
    static func place(_ image: ReceivedImage, _ tag: String? = nil) -> EvidencePlace {
        EvidencePlace(object: image.name, byte: image.byteOffset, tag: tag)
    }

    /// Where something is missing.
    static let answer = EvidencePlace(object: "response body")

    /// Looks at each image; without any the rule cannot be seen.
    static func eachImage(
        _ subject: ImageAnswerSubject, _ remarks: inout Remarks, _ body: (ReceivedImage, inout Remarks) -> Void
    ) {
        guard !subject.images.isEmpty else {
            return remarks.notRun(fr: "La réponse ne contient pas d'image.", en: "The answer holds no image.")
        }
        for image in subject.images { body(image, &remarks) }
    }

    /// Looks at each image whose head can be read.
    static func eachHead(
        _ subject: ImageAnswerSubject, _ remarks: inout Remarks,
        _ body: (ReceivedImage, ImageHeader, inout Remarks) -> Void
    ) {
        guard subject.images.contains(where: { $0.head != nil }) else {
            return remarks.notRun(
                fr: "La réponse ne contient pas d'image lisible.", en: "The answer holds no image that can be read.")
        }
        for image in subject.images {
            if let head = image.head { body(image, head, &remarks) }
        }
    }

    static func sayNothingAsked(_ remarks: inout Remarks) {
        remarks.notRun(
            fr: "Aucune instance n'a été demandée : rien n'est à comparer.",
            en: "No instance was asked for: there is nothing to compare.")
    }

    /// The transfer syntaxes of the images against those offered.
    static func judgeSyntaxes(_ subject: ImageAnswerSubject, _ remarks: inout Remarks) {
        guard !subject.transferSyntaxes.isEmpty else {
            return remarks.notRun(
                fr: "La demande n'a pas de syntaxe de transfert.", en: "The request has no transfer syntax.")
        }
        eachHead(subject, &remarks) { image, head, remarks in
            guard !subject.transferSyntaxes.contains(head.transferSyntax) else { return }
            remarks.remark(
                expected: subject.transferSyntaxes.joined(separator: ", "), actual: head.transferSyntax,
                at: place(image, "(0002,0010)"))
        }
    }
}

extension ImageAnswerSubject {
    /// What was asked for, by SOP Instance UID.
    var askedByInstance: [String: InstanceReference] {
        Dictionary(asked.map { ($0.instance, $0) }) { first, _ in first }
    }
}

extension ReceivedImage {
    /// The SOP Instance UID that it is answered for.
    var instanceUID: String? { declaredUID ?? head?.sopInstanceUID }
}
