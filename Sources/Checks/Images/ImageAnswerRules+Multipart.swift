internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging

// WADO-RS: WRS-010 to WRS-017.
extension ImageAnswerRules {
    private static let layer = "wado"
    private static let source = "DICOM PS3.18 10.4.3, 8.7.3.5; IHE RAD TF-2 4.107"
    private static let drim = "CI-SIS, DRIM-M, accès aux images"

    /// The departures after which parts can be wrong or missing; the others can be read and are told as warnings.
    private static let grave: Set<MultipartFault.Code> = [
        .boundaryMissing, .boundaryIllegal, .boundaryNotFound, .missingCloseDelimiter, .headerTooLarge,
        .malformedHeader, .noBlankLine, .noPart, .tooManyParts,
    ]

    static let multipartRules = [
        rule(
            "WRS-010", .violation, layer: layer,
            fr:
                "La réponse est 200, multipart/related de type application/dicom, avec sa limite, jusqu'au délimiteur de fin.",
            en:
                "The answer is 200, multipart/related of type application/dicom, with its boundary, up to the close delimiter.",
            source: "\(source); RFC 2046 5.1; RFC 2387"
        ) { subject, remarks in judgeMultipart(subject, &remarks) },
        rule(
            "WRS-011", .violation, layer: layer,
            fr:
                "Chaque partie est application/dicom, un fichier Part 10 avec ses pixels, et annonce sa syntaxe de transfert.",
            en:
                "Each part is application/dicom, a Part 10 file with its pixels, and announces its transfer syntax.",
            source: "\(source); PS3.10 7; PS3.3 C.7.6.3; PS3.5 8, A.4"
        ) { subject, remarks in
            eachImage(subject, &remarks) { image, remarks in
                judgeFile(image, &remarks)
                guard let head = image.head else { return }
                judgeEncoding(image, head, &remarks)
                guard image.declaredTransferSyntax != head.transferSyntax else { return }
                remarks.remark(
                    expected: "transfer-syntax=\(head.transferSyntax)",
                    actual: "transfer-syntax=\(image.declaredTransferSyntax ?? Shown.absent)", at: place(image))
            }
        },
        rule(
            "WRS-012", .violation, layer: layer,
            fr: "La réponse a une partie par instance que le KOS liste, et aucune autre.",
            en: "The answer has one part for each instance that the KOS lists, and no other.",
            source: "\(source); \(drim)"
        ) { subject, remarks in
            guard !subject.asked.isEmpty else { return sayNothingAsked(&remarks) }
            // Without the delimiter that ends it, the last part cannot be told to be whole.
            let whole = subject.isClosed ? subject.images.count : max(0, subject.images.count - 1)
            if whole != subject.asked.count {
                remarks.remark(
                    expected: "\(subject.asked.count)", actual: "\(whole) / \(subject.images.count)", at: answer)
            }
            // A part that cannot be read is told by WRS-011.
            var readable = subject
            readable.images.removeAll { $0.instanceUID == nil }
            guard !readable.images.isEmpty else { return }
            judgeSet(readable, &remarks, tellsMissing: readable.images.count == subject.images.count)
        },
        rule(
            "WRS-013", .violation, layer: layer,
            fr: "Chaque image est de l'examen et de la série de l'adresse appelée, et l'instance qu'elle dit être.",
            en: "Each image is of the study and series of the address that was called, and the instance that it says.",
            source: "DICOM PS3.18 10.4.1; PS3.10 7.1"
        ) { subject, remarks in
            if subject.asked.isEmpty { sayNothingAsked(&remarks) }
            let studies = Set(subject.asked.map(\.study))
            let series = Set(subject.asked.map(\.series))
            let asked = subject.askedByInstance
            eachHead(subject, &remarks) { image, head, remarks in
                judgeMeta(image, head, &remarks)
                guard !asked.isEmpty else { return }
                judgeClass(image, head, head.sopInstanceUID.flatMap { asked[$0] }, &remarks)
                for (tag, uids, uid) in [
                    ("(0020,000D)", studies, head.studyInstanceUID), ("(0020,000E)", series, head.seriesInstanceUID),
                ] where uid.map(uids.contains) != true {
                    remarks.remark(
                        expected: uids.sorted().joined(separator: ", "), actual: uid ?? Shown.absent,
                        at: place(image, tag))
                }
            }
        },
    ]

    static let instanceRules = [
        rule(
            "WRS-014", .violation, layer: layer,
            fr: "La syntaxe de transfert de chaque image est une de celles d'Accept.",
            en: "The transfer syntax of each image is one of those of Accept.", source: source
        ) { subject, remarks in judgeSyntaxes(subject, &remarks) },
        rule(
            "WRS-015", .warning, layer: layer,
            fr: "Une syntaxe avec perte n'est pas servie quand une syntaxe sans perte est préférée.",
            en: "A lossy syntax is not served where a lossless one is preferred.", source: "\(drim); DICOM PS3.18 8.7.8"
        ) { subject, remarks in
            guard !subject.transferSyntaxes.isEmpty else {
                return remarks.notRun(
                    fr: "La demande n'a pas de syntaxe de transfert.", en: "The request has no transfer syntax.")
            }
            eachHead(subject, &remarks) { image, head, remarks in
                // JPEG 2000 (…4.91) may be without loss: nothing is said of it.
                guard isLossy(head.transferSyntax),
                    let rank = subject.transferSyntaxes.firstIndex(of: head.transferSyntax),
                    let better = subject.transferSyntaxes[..<rank].first(where: { !isLossy($0) })
                else { return }
                remarks.remark(
                    expected: better, actual: head.transferSyntax,
                    advice: LocalizedText(
                        fr: "Sans objet si l'image est archivée ainsi.", en: "Void if the image is stored that way."),
                    at: place(image, "(0002,0010)"))
            }
        },
        rule(
            "WRS-016", .violation, layer: layer,
            fr: "Chaque image porte en (0010,1002) un item avec l'INS : type TEXT, OID de l'INS, ISO.",
            en: "Each image bears in (0010,1002) an item with the INS: type TEXT, OID of the INS, ISO.", source: drim
        ) { subject, remarks in judgeNationalIdentifier(subject, &remarks) },
        rule(
            "WRS-017", .violation, layer: layer,
            fr:
                "L'identité du patient dans les images est laissée telle quelle : la même partout, celle du KOS, l'IPP conservé.",
            en:
                "The identity of the patient in the images is left as it is: the same everywhere, that of the KOS, the local number kept.",
            source: drim
        ) { subject, remarks in judgeLocalIdentity(subject, &remarks) },
    ]

    private static func isLossy(_ uid: String) -> Bool {
        uid != "1.2.840.10008.1.2.4.91" && TransferSyntax(uid: uid)?.isLossy == true
    }

    private static func judgeMultipart(_ subject: ImageAnswerSubject, _ remarks: inout Remarks) {
        guard subject.status != nil || subject.contentType != nil else {
            return remarks.notRun(
                fr: "La réponse n'a ni statut ni Content-Type.", en: "The answer has neither status nor Content-Type.")
        }
        if let status = subject.status, status != 200 {
            remarks.remark(expected: "200", actual: "\(status)", at: EvidencePlace(object: "status line"))
        }
        let header = EvidencePlace(object: "response head", header: "Content-Type")
        if let type = subject.contentType {
            if type.essence.lowercased() != "multipart/related" {
                remarks.remark(expected: "multipart/related", actual: type.essence, at: header)
            }
            if type["type"]?.lowercased() != "application/dicom" {
                remarks.remark(
                    expected: "type=\"application/dicom\"", actual: "type=\(type["type"] ?? Shown.absent)", at: header)
            }
            if type["boundary"]?.isEmpty ?? true {
                remarks.remark(expected: "boundary", actual: "boundary=\(Shown.absent)", at: header)
            }
        } else {
            remarks.remark(expected: "multipart/related", actual: Shown.absent, at: header)
        }
        for fault in subject.faults {
            remarks.remark(
                expected: "multipart/related (RFC 2046 5.1)", actual: fault.code.rawValue,
                at: EvidencePlace(object: "response body", byte: fault.byteOffset),
                severity: grave.contains(fault.code) ? nil : .warning)
        }
        if !subject.isClosed, !subject.faults.contains(where: { $0.code == .missingCloseDelimiter }) {
            remarks.remark(expected: "--boundary--", actual: Shown.absent, at: answer)
        }
    }

    private static func judgeNationalIdentifier(_ subject: ImageAnswerSubject, _ remarks: inout Remarks) {
        eachHead(subject, &remarks) { image, head, remarks in
            let place = place(image, "(0010,1002)")
            guard let found = head.nationalIdentifier else {
                let others = head.otherPatientIDs.map(\.value)
                return remarks.remark(
                    expected: subject.patientID ?? "INS",
                    actual: others.isEmpty ? Shown.absent : others.joined(separator: ", "), at: place)
            }
            if let patient = subject.patientID {
                for other in Set(head.nationalIdentifiers.map(\.value) + [found.value]).sorted() where other != patient
                {
                    remarks.remark(expected: patient, actual: other, at: place)
                }
            }
            if found.type != "TEXT" {
                remarks.remark(expected: "(0010,0022) = TEXT", actual: found.type ?? Shown.absent, at: place)
            }
            if found.oid.flatMap(NationalIdentifier.authority) == nil {
                remarks.remark(
                    expected: NationalIdentifier.authorities.map(\.oid).joined(separator: ", "),
                    actual: found.oid ?? Shown.absent, at: place)
            }
            if found.oidType != "ISO" {
                remarks.remark(expected: "(0040,0033) = ISO", actual: found.oidType ?? Shown.absent, at: place)
            }
        }
    }

    private static func judgeLocalIdentity(_ subject: ImageAnswerSubject, _ remarks: inout Remarks) {
        var first: ImageHeader?
        eachHead(subject, &remarks) { image, head, remarks in
            let reference = first ?? head
            first = reference
            let traits: [(String, String?, String?)] = [
                ("(0010,0010)", reference.patientName, head.patientName),
                ("(0010,0020)", reference.patientID?.value, head.patientID?.value),
                ("(0010,0030)", reference.birthDate, head.birthDate), ("(0010,0040)", reference.sex, head.sex),
            ]
            for (tag, expected, actual) in traits where expected != actual {
                remarks.remark(
                    expected: expected ?? Shown.absent, actual: actual ?? Shown.absent, at: place(image, tag))
            }
            if let patient = subject.patient { judgeTraits(image, head, patient, "KOS", &remarks) }
            guard let local = head.patientID?.value, local == subject.patientID else { return }
            remarks.remark(
                LocalizedText(
                    fr: "(0010,0020) contient l'INS : l'identifiant du service semble remplacé.",
                    en: "(0010,0020) holds the INS: the number of the department seems replaced."),
                expected: "≠ \(local)", actual: local, at: place(image, "(0010,0020)"), severity: .warning)
        }
    }
}
