internal import Conformance
internal import DICOM

// The order that the exam answers, (0040,A370): KOS-036 to KOS-041.
extension ManifestRules {
    private static let request = "DICOM PS3.3 C.17.6.2; \(drim)"

    static let requestRules = [
        rule(
            "KOS-036", .violation, fr: "(0040,A370), la demande, a exactement un item.",
            en: "(0040,A370), the request, has exactly one item.", source: request
        ) { subject, remarks in
            let count = subject.selection.requests.count
            guard count != 1 else { return }
            remarks.remark(
                expected: "1 × (FFFE,E000)", actual: subject.shown(.referencedRequestSequence),
                at: subject.place(.referencedRequestSequence))
        },
        rule(
            "KOS-037", .violation, fr: "L'UID d'examen de la demande est celui de la racine.",
            en: "The study UID of the request is that of the root.", source: request
        ) { subject, remarks in
            eachRequest(subject, &remarks) { request, remarks in
                let path = request.path.element(.studyInstanceUID)
                guard request.studyInstanceUID == nil || request.studyInstanceUID != subject.selection.studyInstanceUID
                else { return }
                remarks.remark(
                    expected: subject.shown(.studyInstanceUID), actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-038", .violation, fr: "La demande porte le numéro d'accession (0008,0050).",
            en: "The request holds the accession number (0008,0050).", source: request
        ) { subject, remarks in
            eachRequest(subject, &remarks) { request, remarks in
                guard request.accession == nil else { return }
                let path = request.path.element(.accessionNumber)
                remarks.remark(expected: "SH", actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-039", .violation, fr: "Le numéro d'accession a un émetteur (0008,0051) : un item, un OID et ISO.",
            en: "The accession number has an issuer (0008,0051): one item, an OID and ISO.", source: request
        ) { subject, remarks in
            eachRequest(subject, &remarks) { request, remarks in
                judgeIssuer(request.path, .issuerOfAccessionNumberSequence, subject, &remarks)
            }
        },
        rule(
            "KOS-040", .violation,
            fr:
                "La demande a le numéro de prescription (0040,2016), au besoin vide ; s'il est rempli, (0040,0026) dit qui l'a donné.",
            en:
                "The request has the placer order number (0040,2016), empty if need be; with a value, (0040,0026) says who gave it.",
            source: request
        ) { subject, remarks in
            eachRequest(subject, &remarks) { request, remarks in
                demandPresent([.placerOrderNumberImagingServiceRequest], in: request.path, subject, &remarks)
                let issuer = request.path.element(.orderPlacerIdentifierSequence)
                guard request.placerOrder != nil || subject.element(issuer)?.items.isEmpty == false else { return }
                judgeIssuer(request.path, .orderPlacerIdentifierSequence, subject, &remarks)
            }
        },
        rule(
            "KOS-041", .warning,
            fr:
                "La demande a les attributs de type 2 (0008,1110), (0032,1060), (0032,1064), (0040,1001) et (0040,2017).",
            en:
                "The request has the type 2 attributes (0008,1110), (0032,1060), (0032,1064), (0040,1001) and (0040,2017).",
            source: "DICOM PS3.3 C.17.6.2"
        ) { subject, remarks in
            eachRequest(subject, &remarks) { request, remarks in
                demandPresent(
                    [
                        .referencedStudySequence, .requestedProcedureDescription, .requestedProcedureCodeSequence,
                        .requestedProcedureID, .fillerOrderNumberImagingServiceRequest,
                    ], in: request.path, subject, &remarks)
            }
        },
    ]

    /// Looks at each request; without any the rule cannot be seen.
    private static func eachRequest(
        _ subject: ManifestSubject, _ remarks: inout Remarks,
        _ body: (KeyObjectSelection.Request, inout Remarks) -> Void
    ) {
        let requests = subject.selection.requests
        guard !requests.isEmpty else {
            return remarks.notRun(fr: "Le manifeste n'a pas de demande.", en: "The manifest has no request.")
        }
        for request in requests { body(request, &remarks) }
    }

    private static func judgeIssuer(
        _ path: TagPath, _ sequence: Tag, _ subject: ManifestSubject, _ remarks: inout Remarks
    ) {
        let path = path.element(sequence)
        let items = subject.element(path)?.items ?? []
        guard items.count != 1 || items[0].universalOID == nil else { return }
        let found = items.map {
            "(\($0.string(.universalEntityID) ?? ""), \($0.string(.universalEntityIDType) ?? ""))"
        }
        remarks.remark(
            expected: "(OID, ISO)", actual: found.isEmpty ? subject.shown(path) : found.joined(separator: ", "),
            at: issuerPlace(path, items, subject))
    }

    /// The element of the only item that is not as it should be, else the sequence.
    private static func issuerPlace(_ path: TagPath, _ items: [DataSet], _ subject: ManifestSubject) -> EvidencePlace {
        guard items.count == 1, let sequence = path.tag else { return subject.place(path) }
        let item = path.item(sequence, 1)
        let hasOID = items[0].string(.universalEntityID).map(UID.isValid) ?? false
        return subject.place(item.element(hasOID ? .universalEntityIDType : .universalEntityID))
    }
}
