import HTTP
import SOAP
import TestSupport
import Testing
import XDS
import XML

private func read(_ element: Element) throws -> Node {
    try Document(parsing: Serializer.serialize(element)).documentElement
}

@Suite("Messages of the transactions")
struct TransactionTests {
    @Test("A submission is packed, sent and read back with its bytes")
    func provideAndRegister() throws {
        var submission = Submission()
        submission.entries = [
            DocumentEntry(id: "A", mimeType: "text/xml", uniqueID: "2.25.1"),
            DocumentEntry(id: "B", mimeType: "text/xml", uniqueID: "2.25.2"),
        ]
        let request = ProvideAndRegisterRequest(
            submission: submission,
            documents: [SubmittedDocument(id: "A", bytes: [1, 13, 10]), SubmittedDocument(id: "B", bytes: [])])
        let package = request.package(Addressing(messageID: "urn:uuid:1"), boundary: "limit")
        let message = SOAPMessage(reading: try package.bytes(), contentType: package.contentType)
        #expect(message.envelope?.addressing.action == XDSTransaction.provideAndRegister.action)
        let back = try #require(ProvideAndRegisterRequest(reading: message))
        #expect(back.submission.entries == submission.entries)
        #expect(back.documents.map(\.bytes) == [[1, 13, 10], []])
        #expect(back.document("A")?.content?.origin == .part(1) && back.document("C") == nil)
        #expect(SubmittedDocument(id: "x", bytes: []).hash == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    }

    @Test("A registry answer keeps status, errors and warnings")
    func registryResponse() throws {
        let written = RegistryResponse(errors: [
            RegistryError(.missingDocument, "no <document>", location: "A"),
            RegistryError(.extraMetadataNotSaved, "slot", severity: XDSURN.warning),
        ])
        #expect(written.status == XDSURN.failure)
        let element = written.element()
        let back = RegistryResponse(reading: try read(element))
        #expect(back == written && !back.isSuccess && back.isStatusKnown)
        #expect(back.errors.map(\.isWarning) == [false, true])
        #expect(
            try read(element).first("RegistryErrorList", in: XDSNamespace.rs)?.attribute("highestSeverity")
                == XDSURN.error)
        #expect(RegistryResponse(errors: [written.errors[1]]).isSuccess)
        #expect(!RegistryResponse(status: "urn:x").isStatusKnown)
    }

    @Test("A stored query keeps its parameters, repetitions included")
    func query() throws {
        let written = StoredQuery(
            .findDocuments,
            parameters: [
                StoredQuery.Parameter("$XDSDocumentEntryPatientId", ["'1^^^&1.2.3&ISO^NH'"]),
                StoredQuery.Parameter("$XDSDocumentEntryEventCodeList", ["('CT^^1.2')"]),
                StoredQuery.Parameter("$XDSDocumentEntryEventCodeList", ["('774007^^1.3','x''y^^1.4')"]),
            ])
        let back = try #require(StoredQuery(reading: try read(written.element())))
        #expect(back.id == .findDocuments && back.id.name == "FindDocuments")
        #expect(back.parameters == written.parameters && back.returnType == "LeafClass")
        #expect(back.text("$XDSDocumentEntryPatientId") == "1^^^&1.2.3&ISO^NH")
        #expect(back.parameters("$XDSDocumentEntryEventCodeList")[1].literals == ["774007^^1.3", "x'y^^1.4"])
        #expect(StoredQuery.Identifier(rawValue: "urn:uuid:0").name == nil)
        #expect(Set(StoredQuery.Identifier.all.map(\.id)).count == 14)
    }

    @Test("A query answer keeps what was found")
    func queryResponse() throws {
        var objects = Submission()
        objects.references = ["urn:uuid:1"]
        var written = StoredQueryResponse(objects: objects)
        written.totalResultCount = 1
        let back = try #require(StoredQueryResponse(reading: try read(written.element())))
        #expect(back.registry.isSuccess && back.objects.references == ["urn:uuid:1"] && back.totalResultCount == 1)
        #expect(try StoredQueryResponse(reading: read(Element("a"))) == nil)
    }

    @Test("A retrieval and its answer are read back")
    func retrieve() throws {
        let asked = RetrieveDocumentSetRequest([
            DocumentRequest(home: "urn:oid:1.2", repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.1"),
            DocumentRequest(repositoryUniqueID: nil, documentUniqueID: "2.25.3"),
        ])
        #expect(try RetrieveDocumentSetRequest(reading: read(asked.element())) == asked)
        let answer = RetrieveDocumentSetResponse(
            documents: [
                DocumentResponse(
                    repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.1", mimeType: "application/dicom",
                    body: .bytes([7, 8]))
            ], errors: [RegistryError(.documentUniqueIDError, "unknown", location: "2.25.3")])
        #expect(answer.registry?.isPartialSuccess == true)
        let package = answer.package(
            Addressing(action: XDSTransaction.retrieveDocumentSet.responseAction), boundary: "limit")
        let message = SOAPMessage(reading: try package.bytes(), contentType: package.contentType)
        let back = try #require(RetrieveDocumentSetResponse(reading: message))
        #expect(back.registry == answer.registry)
        #expect(back.documents.map(\.documentUniqueID) == ["2.25.1"])
        #expect(back.documents.first?.content?.bytes == [7, 8])
        #expect(back.documents.first?.mimeType == "application/dicom")
        #expect(
            RetrieveDocumentSetResponse(documents: [], errors: answer.registry?.errors ?? []).registry?.status
                == XDSURN.failure)
        #expect(RetrieveDocumentSetResponse(documents: answer.documents, errors: []).registry?.isSuccess == true)
    }

    @Test("A request of images keeps studies, series, instances and transfer syntaxes")
    func images() throws {
        var written = RetrieveImagingDocumentSetRequest(
            [
                RetrieveImagingDocumentSetRequest.Study(
                    uid: "2.25.4",
                    series: [
                        RetrieveImagingDocumentSetRequest.Series(
                            uid: "2.25.5",
                            documents: [
                                DocumentRequest(repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.6"),
                                DocumentRequest(repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.7"),
                            ])
                    ])
            ], transferSyntaxes: ["1.2.840.10008.1.2.1"])
        #expect(try RetrieveImagingDocumentSetRequest(reading: read(written.element())) == written)
        #expect(written.requests.map(\.document.documentUniqueID) == ["2.25.6", "2.25.7"])
        #expect(written.requests.map(\.series) == ["2.25.5", "2.25.5"])
        written.hasTransferSyntaxList = false
        written.transferSyntaxes = []
        written.studies[0].uid = nil
        #expect(try RetrieveImagingDocumentSetRequest(reading: read(written.element())) == written)
    }

    @Test(
        "The RAD-69 request of the NIST is read",
        .enabled(
            if: Corpora.has("nist/testkit/ids_4811/Rad69RetrieveRequest/RAD-69Request.xml"),
            Comment(rawValue: Corpora.absence)))
    func nist() throws {
        let bytes = try Corpora.bytes("nist/testkit/ids_4811/Rad69RetrieveRequest/RAD-69Request.xml")
        let request = try #require(
            RetrieveImagingDocumentSetRequest(reading: try Document(parsing: bytes).documentElement))
        #expect(!request.requests.isEmpty && request.hasTransferSyntaxList && !request.transferSyntaxes.isEmpty)
        #expect(
            request.requests.allSatisfy { $0.study != nil && $0.series != nil && $0.document.documentUniqueID != nil })
    }

    @Test("Transactions are known by their action, and answer with its Response", arguments: XDSTransaction.allCases)
    func actions(_ transaction: XDSTransaction) {
        #expect(XDSTransaction(action: transaction.action) == transaction)
        #expect(transaction.responseAction == transaction.action + "Response")
        #expect(transaction.acceptedResponseActions.first == transaction.responseAction)
        #expect(!transaction.requestElement.isEmpty && !transaction.responseElement.isEmpty)
        #expect(XDSTransaction(action: "urn:x") == nil)
    }

    @Test("Error codes are known once, and others are kept")
    func errorCodes() {
        let codes = XDSErrorCode.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(XDSErrorCode.missingDocument.isKnown && !XDSErrorCode(rawValue: "DMPOther").isKnown)
        #expect(XDSErrorCode.all.allSatisfy { !$0.transactions.isEmpty })
    }

    @Test("A message of another kind is no request", arguments: ["<a/>", "<RetrieveDocumentSetRequest/>"])
    func other(_ text: String) throws {
        let message = SOAPMessage(reading: Array(text.utf8), contentType: "application/xml")
        #expect(ProvideAndRegisterRequest(reading: message) == nil)
        let node = try Document(parsing: Array(text.utf8)).documentElement
        #expect(RetrieveDocumentSetRequest(reading: node) == nil && StoredQuery(reading: node) == nil)
        #expect(RetrieveImagingDocumentSetRequest(reading: node) == nil)
    }
}
