internal import HTTP
internal import SOAP
internal import XDS
internal import XML

extension SeedWriter {
    private static var submission: Submission {
        var entry = DocumentEntry(id: "D1", mimeType: "application/dicom", uniqueID: "2.25.314159.3.1")
        entry.title = "Scanner"
        entry.authors = [
            Author(
                person: XCN(id: "801234567897", family: "DEMO", given: "ZOÉ"),
                institutions: [XON(name: "Centre", id: "10B0000001")], roles: ["Radiologue"])
        ]
        entry.classCode = FrenchCode.kosClass
        entry.typeCode = FrenchCode.kosType
        entry.formatCode = FrenchCode.kosFormat
        entry.confidentialityCodes = [FrenchCode.normal]
        entry.eventCodes = [FrenchCode.modality("CT")]
        entry.creationTime = DTM("20260115101500")
        entry.sourcePatientID = patientID
        entry.sourcePatientInfo = ["PID-5|DEMO^ZOÉ^^^^^L", "PID-7|19790301", "PID-8|F"]
        entry.patientID = patientID
        entry.legalAuthenticator = XCN(id: "801234567897", family: "DEMO", given: "ZOÉ")
        entry.referenceIDs = [CXi(id: "ACC0001", oid: "2.25.314159.1.5", kind: .accession)]
        entry.hash = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
        entry.size = "1"
        var set = SubmissionSet(id: "S1", uniqueID: "2.25.314159.4")
        set.patientID = patientID
        set.sourceID = "2.25.314159.5"
        set.submissionTime = DTM("20260115101500")
        set.contentTypeCode = entry.classCode
        var folder = Folder(id: "F1", uniqueID: "2.25.314159.6")
        folder.patientID = patientID
        var submission = Submission()
        submission.entries = [entry]
        submission.submissionSets = [set]
        submission.folders = [folder]
        submission.associations = [.member(id: "A1", set: "S1", entry: "D1")]
        return submission
    }

    private static let addressing = Addressing(
        messageID: "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1", to: "https://dmp.example.invalid/a")

    private static func named(_ transaction: XDSTransaction) -> Addressing {
        var addressing = addressing
        addressing.action = transaction.action
        return addressing
    }

    static func messages() throws -> [(String, [UInt8])] {
        let request = ProvideAndRegisterRequest(
            submission: Submission(), documents: [SubmittedDocument(id: "D1", bytes: [0x61])])
        let package = request.package(addressing, boundary: "b")
        var encoded = package
        encoded.rootTransferEncoding = "quoted-printable"
        let answer = RetrieveDocumentSetResponse(
            RegistryResponse(errors: [RegistryError(.init(rawValue: "XDSDocumentUniqueIdError"), "1.2.3")]),
            documents: [
                DocumentResponse(
                    repositoryUniqueID: "1.2", documentUniqueID: "1.2.3", mimeType: "text/xml", body: .bytes([0x61]))
            ])
        let fault = OutgoingEnvelope(fault: .actionNotSupported("urn:a"), relatesTo: addressing.messageID)
        let fault11 = OutgoingEnvelope(fault: Fault(.receiver, reason: "no"), version: .soap11)
        func seed(_ contentType: String, _ body: [UInt8]) -> [UInt8] { Array("\(contentType)\n".utf8) + body }
        let answerPackage = answer.package(named(.retrieveDocumentSet), boundary: "b")
        return [
            ("mtom/submission", seed(package.contentType, try package.bytes())),
            ("mtom/encoded", seed(encoded.contentType, try encoded.bytes())),
            ("mtom/captured", seed("", try package.bytes())),
            ("mtom/answer", seed(answerPackage.contentType, try answerPackage.bytes())),
            ("mtom/fault", seed("application/soap+xml; charset=utf-8", fault.serialized())),
            ("mtom/fault11", seed("text/xml", fault11.serialized())),
            ("mtom/html", seed("text/html", Array("<html><body>502</body></html>".utf8))),
            ("ebrim/submission-mtom", try full().package(named(.provideAndRegister), boundary: "b").bytes()),
        ]
    }

    private static func full() -> ProvideAndRegisterRequest {
        ProvideAndRegisterRequest(submission: submission, documents: [SubmittedDocument(id: "D1", bytes: [0x61])])
    }

    static func metadata() -> [(String, [UInt8])] {
        let query = StoredQuery(
            .findDocuments,
            parameters: [
                .string("$XDSDocumentEntryPatientId", patientID.text),
                .list("$XDSDocumentEntryStatus", [XDSURN.approved]),
                .codes("$XDSDocumentEntryEventCodeList", [FrenchCode.modality("CT")]),
                .time("$XDSDocumentEntryCreationTimeFrom", DTM("2026")),
            ])
        let document = DocumentRequest(repositoryUniqueID: "1.2", documentUniqueID: "2.25.314159.3.1")
        let imaging = RetrieveImagingDocumentSetRequest(
            [.init(uid: "2.25.314159.2.1", series: [.init(uid: "2.25.314159.2.1.1", documents: [document])])],
            transferSyntaxes: ["1.2.840.10008.1.2.1"])
        let set = SubmissionSet(id: "S1", uniqueID: "2.25.314159.4")
        let entry = submission.entries[0]
        func envelope(_ transaction: XDSTransaction, _ content: Element) -> [UInt8] {
            OutgoingEnvelope(named(transaction), content: content).serialized()
        }
        return [
            ("ebrim/query", envelope(.registryStoredQuery, query.element())),
            ("ebrim/query-bare", Serializer.serialize(query.element())),
            ("ebrim/found", envelope(.registryStoredQuery, StoredQueryResponse(objects: submission).element())),
            ("ebrim/retrieve", envelope(.retrieveDocumentSet, RetrieveDocumentSetRequest([document]).element())),
            ("ebrim/imaging", Serializer.serialize(imaging.element())),
            (
                "ebrim/delete",
                envelope(
                    .updateDocumentSet, UpdateDocumentSetRequest.changingStatus(of: ["urn:uuid:1"], in: set).element())
            ),
            (
                "ebrim/revise",
                envelope(
                    .updateDocumentSet,
                    UpdateDocumentSetRequest.revising(entry, previousVersion: "1", in: set).element())
            ),
            (
                "ebrim/existence",
                Array(
                    """
                    <PRPA_IN201307UV02 xmlns="urn:hl7-org:v3"><id root="1.2.3" extension="4"/>\
                    <creationTime value="20260115101500"/><controlActProcess><queryByParameter><parameterList>\
                    <patientIdentifier><value root="1.2.250.1.213.1.4.10" extension="279035121518989"/>\
                    </patientIdentifier></parameterList></queryByParameter></controlActProcess></PRPA_IN201307UV02>
                    """.utf8)
            ),
        ]
    }
}
