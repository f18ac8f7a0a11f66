internal import Conformance
internal import DICOM
internal import Imaging
internal import XDS
internal import XML

// Patient, study and order: XCK-001 to XCK-004, XCK-007.
extension CoherenceRules {
    static let identityRules = [
        rule(
            "XCK-001", .violation, fr: "Le compte rendu, le KOS, leurs fiches XDS et les images ont le même INS.",
            en: "The report, the KOS, their XDS entries and the images have the same INS.",
            source: "\(drim); référentiel INS"
        ) { subject, remarks in
            var holders = Holders()
            let ins = subject.report?.reading.patient?.nationalIdentifier
            holders.report = ins.map {
                Held(
                    object: "CR", values: [Held.Value($0.value ?? "", $0.root)], place: subject.reportPlace($0))
            }
            if let manifest = subject.manifest, let value = manifest.selection.patientID {
                holders.manifest = [
                    Held(
                        object: "KOS", values: [Held.Value(value, manifest.selection.patientIDOID)],
                        place: subject.manifestPlace(.patientID))
                ]
            }
            func patient(_ entry: DocumentEntry) -> (values: [Held.Value], place: ReadPlace?) {
                (
                    entry.patientID.map { [Held.Value($0.id, $0.authority?.universalID)] } ?? [],
                    entry.patientID?.place
                )
            }
            holders.manifestEntries = CoherenceSubject.held(subject.manifestEntries, patient)
            holders.reportEntries = CoherenceSubject.held(subject.reportEntries, patient)
            holders.images = subject.images.compactMap { image in
                guard let head = image.head, let first = head.nationalIdentifiers.first else { return nil }
                let isOwn = first == head.patientID
                return Held(
                    object: image.name, values: head.nationalIdentifiers.map { Held.Value($0.value, $0.oid) },
                    place: ImageAnswerRules.place(image, isOwn ? "(0010,0020)" : "(0010,1002)"))
            }
            holders.judge(&remarks)
        },
        rule(
            "XCK-002", .violation,
            fr:
                "Le compte rendu, le KOS (racine, demande, références), les fiches XDS et les images sont du même examen.",
            en: "The report, the KOS (root, request, evidence), the XDS entries and the images are of the same study."
        ) { subject, remarks in
            var holders = Holders()
            let acts = subject.report?.reading.imagingActs ?? []
            holders.report = Held(
                object: "CR", values: acts.compactMap(\.studyUID).map { Held.Value($0) },
                place: subject.reportPlace(acts.first?.identifiers.first))
            holders.manifest = studiesOfManifest(subject)
            holders.manifestEntries = references(.studyInstanceUID, subject.manifestEntries, authority: false)
            holders.reportEntries = references(.studyInstanceUID, subject.reportEntries, authority: false)
            holders.images = subject.heldByImages(.studyInstanceUID, \.studyInstanceUID)
            holders.judge(&remarks)
        },
        rule(
            "XCK-003", .violation,
            fr:
                "Le compte rendu, le KOS et les fiches XDS ont le même numéro d'accession et le même émetteur ; les images ont ce numéro.",
            en:
                "The report, the KOS and the XDS entries have the same accession number and issuer; the images have this number."
        ) { subject, remarks in
            var holders = Holders()
            let accessions = subject.report?.reading.accessions ?? []
            holders.report = Held(
                object: "CR", values: accessions.map { Held.Value($0.value ?? "", $0.root) },
                place: subject.reportPlace(accessions.first))
            holders.manifest = ofRequests(subject, .accessionNumber, \.accession)
            holders.manifestEntries = references(.accession, subject.manifestEntries)
            holders.reportEntries = references(.accession, subject.reportEntries)
            holders.images = subject.heldByImages(.accessionNumber, \.accession)
            holders.judge(&remarks)
        },
        rule(
            "XCK-004", .warning, fr: "Le compte rendu, le KOS et les fiches XDS ont le même numéro de prescription.",
            en: "The report, the KOS and the XDS entries have the same order number."
        ) { subject, remarks in
            var holders = Holders()
            let orders = (subject.report?.reading.orderNumbers ?? []).filter { $0.value?.isEmpty == false }
            holders.report = Held(
                object: "CR", values: orders.map { Held.Value($0.value ?? "", $0.root) },
                place: subject.reportPlace(orders.first))
            holders.manifest = ofRequests(subject, .placerOrderNumberImagingServiceRequest, \.placerOrder)
            holders.manifestEntries = references(.order, subject.manifestEntries)
            holders.reportEntries = references(.order, subject.reportEntries)
            holders.judge(&remarks)
        },
    ]

    private static func studiesOfManifest(_ subject: CoherenceSubject) -> [Held] {
        guard let selection = subject.manifest?.selection, let root = selection.studyInstanceUID else { return [] }
        func held(_ uid: String?, _ path: TagPath) -> Held? {
            uid.map {
                Held(
                    object: "KOS \(path)", values: [Held.Value($0)],
                    place: subject.manifestPlace(path))
            }
        }
        let requests = selection.requests.compactMap {
            held($0.studyInstanceUID, $0.path.element(.studyInstanceUID))
        }
        let studies = selection.studies.compactMap { held($0.uid, $0.path.element(.studyInstanceUID)) }
        return [
            Held(object: "KOS", values: [Held.Value(root)], place: subject.manifestPlace(.studyInstanceUID))
        ] + requests + studies
    }

    private static func ofRequests(
        _ subject: CoherenceSubject, _ tag: Tag,
        _ identifier: (KeyObjectSelection.Request) -> KeyObjectSelection.Identifier?
    ) -> [Held] {
        (subject.manifest?.selection.requests ?? []).compactMap { request in
            identifier(request).map {
                Held(
                    object: "KOS", values: [Held.Value($0.value, $0.issuerOID)],
                    place: subject.manifestPlace(request.path.element(tag)))
            }
        }
    }

    private static func references(_ kind: CXi.Kind, _ entries: [DocumentEntry], authority: Bool = true) -> [Held] {
        CoherenceSubject.held(entries) { entry in
            let references: [CXi] = entry.references(kind)
            let values = references.map { Held.Value($0.id, authority ? $0.authority?.universalID : nil) }
            return (values, references.first?.place)
        }
    }
}
