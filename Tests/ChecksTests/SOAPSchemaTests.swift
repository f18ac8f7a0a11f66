import Foundation
import HTTP
import SOAP
import TestSupport
import Testing
import XDS
import XML

/// Body elements of every transaction, valid by the norm, with inline base64.
private enum Body {
    static func text(_ element: Element) -> String {
        String(decoding: Serializer.serialize(element, declaration: false), as: UTF8.self)
    }

    static let request: String = {
        let written = text(XDSSubmissionCase.request.element { "0.\($0 + 2)" })
        return written.replacing(/<xop:Include[^>]*>/, with: "AAEC")
    }()
    static let submission = text(
        Element(
            "lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm],
            [XDSSubmissionCase.request.submission.element()]))
    static let query = text(
        StoredQuery(
            .findDocuments,
            parameters: [
                StoredQuery.Parameter("$XDSDocumentEntryPatientId", ["'1^^^&2.25.1&ISO^NH'"]),
                StoredQuery.Parameter("$XDSDocumentEntryStatus", ["('\(XDSURN.approved)')"]),
            ]
        ).element())
    static let queryResponse = text(
        StoredQueryResponse(RegistryResponse(), objects: XDSSubmissionCase.request.submission).element())
    static let registryResponse = text(
        RegistryResponse(errors: [RegistryError(.repositoryError, "context", location: "here")]).element())
    static let retrieve = text(
        RetrieveDocumentSetRequest([
            DocumentRequest(home: "urn:oid:2.25.3", repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.1")
        ]).element())
    static let retrieveResponse: String = {
        let answer = RetrieveDocumentSetResponse(
            documents: [
                DocumentResponse(
                    repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.1", mimeType: "text/xml",
                    body: .bytes([0, 1, 2]))
            ], errors: [])
        return text(answer.element { _ in "d" }).replacing(/<xop:Include[^>]*>/, with: "AAEC")
    }()
    static let images = text(
        RetrieveImagingDocumentSetRequest(
            [
                RetrieveImagingDocumentSetRequest.Study(
                    uid: "2.25.4",
                    series: [
                        RetrieveImagingDocumentSetRequest.Series(
                            uid: "2.25.5",
                            documents: [DocumentRequest(repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.6")])
                    ])
            ], transferSyntaxes: ["1.2.840.10008.1.2.1"]
        ).element())
    static let removal =
        "<lcm:RemoveObjectsRequest xmlns:lcm=\"\(XDSNamespace.lcm)\" xmlns:rim=\"\(XDSNamespace.rim)\">"
        + "<rim:ObjectRefList><rim:ObjectRef id=\"urn:uuid:1\"/></rim:ObjectRefList></lcm:RemoveObjectsRequest>"

    static let all = [
        request, submission, query, queryResponse, registryResponse, retrieve, retrieveResponse, images, removal,
    ]
}

/// One edit of a valid body that both schemas must judge alike.
private struct Edit: CustomTestStringConvertible, Sendable {
    let body: String
    let old: String
    let new: String
    let isValid: Bool
    var testDescription: String { "\(old.prefix(40)) → \(new.prefix(40))" }
    var text: String { body.changing(old, to: new) }

    init(_ body: String, _ old: String, _ new: String, isValid: Bool = false) {
        self.body = body
        self.old = old
        self.new = new
        self.isValid = isValid
    }

    static let all: [Edit] = [
        Edit(Body.request, "<xdsb:Document id=\"DocumentKOS\">", "<xdsb:Document>"),
        Edit(Body.request, "<xdsb:Document id=\"DocumentCR\">AAEC</xdsb:Document>", "", isValid: true),
        Edit(Body.request, "lcm:SubmitObjectsRequest", "lcm:SubmitObjectRequest"),
        Edit(Body.request, "rim:ExtrinsicObject id=\"DocumentKOS\"", "rim:ExtrinsicObject"),
        Edit(Body.request, "</rim:Name>", "</rim:Name><rim:Slot name=\"a\"><rim:ValueList/></rim:Slot>"),
        Edit(Body.submission, " mimeType=\"application/dicom\"", "", isValid: true),
        Edit(Body.submission, " classifiedObject=\"DocumentKOS\"", ""),
        Edit(Body.submission, " identificationScheme=", " scheme="),
        Edit(Body.submission, "<rim:Value>fr-FR</rim:Value>", "", isValid: true),
        Edit(
            Body.submission, "<rim:Value>fr-FR</rim:Value>",
            "<rim:Value>\(String(repeating: "x", count: 257))</rim:Value>"),
        Edit(
            Body.submission, "<rim:Value>fr-FR</rim:Value>",
            "<rim:Value>\(String(repeating: "x", count: 256))</rim:Value>", isValid: true),
        Edit(Body.submission, "<rim:Value>fr-FR</rim:Value>", "<rim:Value><b/></rim:Value>"),
        Edit(Body.submission, "<rim:ValueList>", "<rim:ValueLists>".replacing("s>", with: ">") + "text"),
        Edit(Body.submission, "xml:lang=\"fr-FR\"", "xml:lang=\"not a language\""),
        Edit(Body.submission, "xml:lang=\"fr-FR\"", "xml:lang=\"\"", isValid: true),
        Edit(Body.submission, " value=\"Titre\"", ""),
        Edit(Body.submission, " associationType=", " kind="),
        Edit(Body.submission, " sourceObject=", " from="),
        Edit(Body.submission, "<rim:RegistryPackage ", "<rim:RegistryPackage unknown=\"1\" "),
        Edit(Body.submission, "<rim:Association ", "<rim:Unknown/><rim:Association "),
        Edit(
            Body.submission, "<rim:Association ", "<rim:ObjectRef id=\"urn:uuid:1\"/><rim:Association ", isValid: true),
        Edit(Body.submission, "<rim:Association ", "<rim:ObjectRef/><rim:Association "),
        Edit(Body.query, "LeafClass", "Leaf"),
        Edit(Body.query, "LeafClass", "ObjectRef", isValid: true),
        Edit(Body.query, "returnComposedObjects=\"true\"", "returnComposedObjects=\"yes\""),
        Edit(Body.query, "<rim:AdhocQuery id=\"\(StoredQuery.Identifier.findDocuments.rawValue)\"", "<rim:AdhocQuery"),
        Edit(Body.queryResponse, "status=\"\(XDSURN.success)\"", ""),
        Edit(Body.queryResponse, " status=", " totalResultCount=\"2\" status=", isValid: true),
        Edit(Body.queryResponse, " status=", " totalResultCount=\"two\" status="),
        Edit(Body.registryResponse, " errorCode=\"XDSRepositoryError\"", ""),
        Edit(Body.registryResponse, " codeContext=\"context\"", ""),
        Edit(Body.registryResponse, " location=\"here\"", "", isValid: true),
        Edit(Body.registryResponse, "<rs:RegistryErrorList", "<rs:Other/><rs:RegistryErrorList"),
        Edit(Body.retrieve, "<xdsb:HomeCommunityId>urn:oid:2.25.3</xdsb:HomeCommunityId>", "", isValid: true),
        Edit(Body.retrieve, "<xdsb:RepositoryUniqueId>2.25.2</xdsb:RepositoryUniqueId>", ""),
        Edit(Body.retrieve, "<xdsb:DocumentUniqueId>2.25.1</xdsb:DocumentUniqueId>", ""),
        Edit(Body.retrieveResponse, "<xdsb:mimeType>text/xml</xdsb:mimeType>", ""),
        Edit(Body.retrieveResponse, "<xdsb:Document>AAEC</xdsb:Document>", ""),
        Edit(Body.retrieveResponse, "rs:RegistryResponse", "rs:RegistryAnswer"),
        Edit(Body.images, " studyInstanceUID=\"2.25.4\"", ""),
        Edit(Body.images, " seriesInstanceUID=\"2.25.5\"", ""),
        Edit(Body.images, "<xdsi:TransferSyntaxUID>1.2.840.10008.1.2.1</xdsi:TransferSyntaxUID>", ""),
        Edit(Body.images, "xdsi:StudyRequest", "xdsi:Study"),
        Edit(Body.removal, "<rim:ObjectRef id=\"urn:uuid:1\"/>", "", isValid: true),
        Edit(Body.removal, "rim:ObjectRefList", "rim:ObjectList"),
    ]
}

@Suite("The schemas of the messages")
struct SOAPSchemaTests {
    static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Profiles/Schemas/messages.xsd").path
    static let schema: Schema? = try? Schema(contentsOfFile: file)
    static let oracle: Schema? =
        Corpora.has("nist/schema/XDSI.b_ImagingDocumentSource.xsd")
        ? try? Schema(contentsOfFile: Corpora.url("nist/schema/XDSI.b_ImagingDocumentSource.xsd").path) : nil

    private func violations(_ text: String) throws -> [SchemaViolation] {
        try #require(Self.schema).validate(Array(text.utf8))
    }

    private func envelope(_ body: String) -> String {
        SOAPMessageCase.envelope.replacing(/<soap:Body>.*<\/soap:Body>/, with: "<soap:Body>\(body)</soap:Body>")
    }

    @Test("The schema compiles without remarks")
    func compiles() throws {
        #expect(try Schema(contentsOfFile: Self.file).warnings.isEmpty)
    }

    @Test("What this project writes is valid, bare and in an envelope", arguments: Body.all)
    fileprivate func valid(_ body: String) throws {
        #expect(try violations(body).isEmpty)
        #expect(try violations(envelope(body)).isEmpty)
    }

    @Test("An edit is judged as it must be, bare and in an envelope", arguments: Edit.all)
    fileprivate func edited(_ edit: Edit) throws {
        #expect(edit.text != edit.body)
        #expect(try violations(edit.text).isEmpty == edit.isValid)
        #expect(try violations(envelope(edit.text)).isEmpty == edit.isValid)
    }

    @Test(
        "The schemas of the NIST judge the same messages and edits alike",
        .enabled(if: Corpora.has("nist/schema"), Comment(rawValue: Corpora.absence)))
    func oracle() throws {
        let oracle = try #require(Self.oracle)
        for body in Body.all { #expect(oracle.validate(Array(body.utf8)).isEmpty) }
        for edit in Edit.all {
            #expect(oracle.validate(Array(edit.text.utf8)).isEmpty == edit.isValid, "\(edit.testDescription)")
        }
    }

    @Test(
        "The differences from the schemas of the NIST are these",
        .enabled(if: Corpora.has("nist/schema"), Comment(rawValue: Corpora.absence)))
    func differences() throws {
        let oracle = try #require(Self.oracle)
        let stricter = [
            // IHE ITI TF-3 4.2.4.2 names three statuses; ebRS lets any URI stand.
            Body.registryResponse.changing(XDSURN.failure, to: "urn:ihe:iti:2007:ResponseStatusType:Maybe"),
            // No XDS message holds an organisation.
            Body.submission.changing("<rim:Association ", to: "<rim:Organization id=\"urn:uuid:1\"/><rim:Association "),
        ]
        for text in stricter {
            #expect(oracle.validate(Array(text.utf8)).isEmpty)
            #expect(try !violations(text).isEmpty)
        }
        let laxer = [
            // The root part of an MTOM message holds xop:Include where the schema says base64.
            Body.request.changing(
                "AAEC", to: "<xop:Include xmlns:xop=\"\(SOAPNamespace.xop)\" href=\"cid:0.2\"/>"),
            // XSD 1.0 cannot check the text of an element that may hold xop:Include: MessageRules does.
            Body.request.changing("AAEC", to: "A*C"),
        ]
        for text in laxer {
            #expect(try violations(text).isEmpty)
            #expect(!oracle.validate(Array(text.utf8)).isEmpty)
        }
    }

    @Test("A status that IHE does not name is not valid")
    func status() throws {
        for status in [XDSURN.success, XDSURN.failure, XDSURN.partialSuccess] {
            #expect(try violations(Body.registryResponse.changing(XDSURN.failure, to: status)).isEmpty)
        }
        for status in ["Success", "", "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Unavailable"] {
            #expect(try !violations(Body.registryResponse.changing(XDSURN.failure, to: status)).isEmpty)
        }
    }

    @Test("Envelope, header and body are checked, header blocks are not")
    func envelopes() throws {
        let right = envelope(Body.retrieve)
        let security =
            "<w:Security xmlns:w=\"\(SOAPNamespace.security)\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + "<a xsi:type=\"CE\"/></w:Security></soap:Header>"
        for text in [
            right, right.changing("</soap:Header>", to: security),
            right.changing("</soap:Header>", to: "<x/></soap:Header>"),
            String(decoding: OutgoingEnvelope(fault: .actionNotSupported("urn:x")).serialized(), as: UTF8.self),
            envelope("<h:setAuthorization xmlns:h=\"urn:si-dmp-habilitations\"/>"),
        ] { #expect(try violations(text).isEmpty, "\(text)") }
        for text in [
            right.changing("<soap:Body>", to: "<soap:Body/><soap:Body>"), envelope("<other/>"),
            envelope("<x:Unknown xmlns:x=\"\(XDSNamespace.xdsb)\"/>"), envelope(Body.retrieve + Body.retrieve),
            right.changing("soap:Header>", to: "soap:Head>").changing("</soap:Header>", to: "</soap:Head>"),
            String(
                decoding: OutgoingEnvelope(fault: Fault(Fault.Code(rawValue: "Other"), reason: "r")).serialized(),
                as: UTF8.self),
        ] { #expect(try !violations(text).isEmpty, "\(text)") }
    }

    @Test("A violation has its place")
    func place() throws {
        let violation = try #require(
            try violations(
                "\n\n" + Body.retrieve.changing("<xdsb:RepositoryUniqueId>2.25.2</xdsb:RepositoryUniqueId>", to: "")
            ).first)
        #expect(violation.line == 3)
        #expect(violation.path.hasSuffix("DocumentUniqueId"))
    }

    @Test(
        "The RAD-69 request of the NIST is valid",
        .enabled(
            if: Corpora.has("nist/testkit/ids_4811/Rad69RetrieveRequest/RAD-69Request.xml"),
            Comment(rawValue: Corpora.absence)))
    func corpus() throws {
        let bytes = try Corpora.bytes("nist/testkit/ids_4811/Rad69RetrieveRequest/RAD-69Request.xml")
        #expect(try #require(Self.schema).validate(bytes).isEmpty)
    }

    @Test(
        "The official signed submission breaks the order of ebRIM twice, and nothing else",
        .enabled(if: Corpora.has("drim-m/informatif/XDS/publication.xml"), Comment(rawValue: Corpora.absence)))
    func publication() throws {
        let bytes = try Corpora.bytes("drim-m/informatif/XDS/publication.xml")
        let document = try #require(SOAPMessage(reading: bytes, contentType: nil).document)
        let violations = try #require(Self.schema).validate(document)
        #expect(violations.count == 2)
        #expect(violations.allSatisfy { $0.path.contains("ExtrinsicObject") && $0.path.contains("Slot") })
    }
}
