import Conformance
import DICOM
import Foundation
import HTTP
import SOAP
import Simulators
import TestSupport
import Testing
import XDS
import XML

@testable import Runner

/// Captured requests of images, answers with documents or images, and the grant of access.
@Suite("Captured retrievals")
struct RetrievalValidationTests {
    private static let exam = SignedCapture.exam

    private static func judge(
        _ bytes: [UInt8], level: JudgementLevel = .run, profile: JudgementProfile = .dim,
        against others: [[UInt8]] = []
    ) async throws -> FileJudgement {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.level = level
        options.profile = profile
        for (index, other) in others.enumerated() {
            options.others.append(try folder.write(other, to: "other\(index)"))
        }
        return await (try FileValidator(options)).validate(bytes, name: "x")
    }

    private static func checks(_ judgement: FileJudgement, _ severity: Severity = .violation) -> [String] {
        judgement.layers.flatMap(\.findings).filter { $0.severity == severity }.map(\.check)
    }

    private static func layer(_ name: String, _ judgement: FileJudgement) -> LayerJudgement? {
        judgement.layers.first { $0.layer == name }
    }

    // MARK: RAD-69, the request

    private static func imaging(
        _ bend: (inout RetrieveImagingDocumentSetRequest) -> Void = { _ in },
        edit: (inout String) throws -> Void = { _ in }
    ) throws -> [UInt8] {
        let selection = KeyObjectSelection(try DICOMFile(reading: exam.manifestBytes()))
        var request = RetrieveImagingDocumentSetRequest(
            selection.studies.map { study in
                .init(
                    uid: study.uid,
                    series: study.series.map { series in
                        .init(
                            uid: series.uid,
                            documents: series.instances.map {
                                DocumentRequest(
                                    repositoryUniqueID: series.retrieveLocationUID, documentUniqueID: $0.sopInstance)
                            })
                    })
            }, transferSyntaxes: ["1.2.840.10008.1.2.1"])
        bend(&request)
        return try SignedCapture.simple(.retrieveImagingDocumentSet, request.element(), edit: edit)
    }

    @Test("A right request of images passes with its manifest; without it, what needs it did not run")
    func imagingRequest() async throws {
        let whole = try await Self.judge(try Self.imaging(), against: [Self.exam.manifestBytes()])
        #expect(whole.verdict == .pass, "\(whole.layers)")
        #expect(Self.layer("rad69", whole)?.verdict == .pass && Self.layer("soap", whole)?.verdict == .pass)
        let alone = try await Self.judge(try Self.imaging())
        #expect(alone.verdict == .pass, "\(alone.layers)")
        #expect(Self.layer("vihf", alone) == nil)
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let id: String
        var bend: @Sendable (inout RetrieveImagingDocumentSetRequest) -> Void = { _ in }
        var edit: @Sendable (inout String) throws -> Void = { _ in }
        let testDescription: String
    }

    private static let faults: [Fault] = [
        Fault(id: "IDS-001", bend: { $0.studies = [] }, testDescription: "no study"),
        Fault(id: "IDS-001", bend: { $0.studies[0].series = [] }, testDescription: "no series"),
        Fault(id: "IDS-001", bend: { $0.studies[0].series[0].documents = [] }, testDescription: "no instance"),
        Fault(
            id: "IDS-001", edit: { try $0.replace(XDSNamespace.xdsi, by: "urn:ihe:rad:xdsi-b:2008") },
            testDescription: "another namespace"),
        Fault(
            id: "IDS-001",
            edit: {
                try $0.replace("<xdsb:DocumentRequest>", by: "<xdsi:DocumentRequest>")
                try $0.replace("</xdsb:DocumentRequest>", by: "</xdsi:DocumentRequest>")
            }, testDescription: "an instance in the namespace of the series"),
        Fault(id: "IDS-002", bend: { $0.studies[0].uid = "" }, testDescription: "an empty study UID"),
        Fault(id: "IDS-002", bend: { $0.studies[0].series[0].uid = nil }, testDescription: "no series UID"),
        Fault(
            id: "IDS-002", edit: { try $0.replace(" studyInstanceUID=", by: " xdsi:studyInstanceUID=") },
            testDescription: "a qualified attribute"),
        Fault(
            id: "IDS-003", bend: { $0.studies[0].series[0].documents[0].repositoryUniqueID = "1.2.3.4" },
            testDescription: "another repository"),
        Fault(
            id: "IDS-003", bend: { $0.studies[0].series[0].documents[0].repositoryUniqueID = nil },
            testDescription: "no repository"),
        Fault(
            id: "IDS-004", bend: { $0.studies[0].series[0].documents[0].documentUniqueID = "1.2.3.4" },
            testDescription: "an unknown instance"),
        Fault(
            id: "IDS-004", bend: { $0.studies[0].series[0].documents[0].documentUniqueID = "" },
            testDescription: "an empty instance UID"),
        Fault(id: "IDS-005", bend: { $0.transferSyntaxes = [] }, testDescription: "no transfer syntax"),
        Fault(id: "IDS-005", bend: { $0.transferSyntaxes = ["JPEG"] }, testDescription: "a syntax that is no UID"),
        Fault(id: "IDS-005", bend: { $0.hasTransferSyntaxList = false }, testDescription: "no list of syntaxes"),
        Fault(
            id: "IDS-006",
            edit: {
                try $0.replace(
                    "\(XDSTransaction.retrieveImagingDocumentSet.action)</wsa:Action>",
                    by: "\(XDSTransaction.retrieveDocumentSet.action)</wsa:Action>")
            }, testDescription: "the action of ITI-43"),
    ]

    @Test("Each fault of a request of images is told by its rule", arguments: faults)
    private func imagingFault(_ fault: Fault) async throws {
        let bytes = try Self.imaging(fault.bend, edit: fault.edit)
        let judgement = try await Self.judge(bytes, against: [Self.exam.manifestBytes()])
        #expect(judgement.verdict == .fail)
        let found = judgement.layers.flatMap(\.findings).filter { $0.severity == .violation }
        #expect(found.contains { $0.requirement == fault.id }, "\(found.map(\.check))")
        #expect(found.filter { $0.requirement == fault.id }.allSatisfy { $0.place != nil })
        #expect(
            found.allSatisfy {
                [fault.id, "xsd.violation", "http.header-action"].contains($0.check) || $0.requirement == fault.id
            }, "\(found.map(\.check))")
    }

    @Test("The body of a request of images alone is judged as one; NIST's has no error")
    func bareImagingRequest() async throws {
        let text = String(decoding: try Self.imaging(), as: UTF8.self)
        let start = try #require(text.range(of: "<xdsi:RetrieveImagingDocumentSetRequest"))
        let end = try #require(text.range(of: "</xdsi:RetrieveImagingDocumentSetRequest>"))
        let bare = String(text[start.lowerBound..<end.upperBound])
        let right = try await Self.judge(Array(bare.utf8))
        #expect(right.kind == .metadata && right.verdict == .pass, "\(right.layers)")
        #expect(Self.layer("rad69", right) != nil)
        let wrong = try await Self.judge(Array(bare.replacing("1.2.840.10008.1.2.1<", with: "<").utf8))
        #expect(Self.checks(wrong).contains("IDS-005"))
        for step in ["ids_4810", "ids_4811"] where Corpora.has("nist/testkit") {
            let path = "nist/testkit/\(step)/Rad69RetrieveRequest/RAD-69Request.xml"
            let judgement = try await Self.judge(try Corpora.bytes(path), profile: .ihe)
            #expect(Self.checks(judgement).isEmpty && Self.layer("rad69", judgement)?.verdict == .pass)
        }
    }

    // MARK: Answers

    private static func answer(
        _ documents: [DocumentResponse], action: String = XDSTransaction.retrieveDocumentSet.responseAction,
        relatesTo: String? = "urn:uuid:00000000-0000-4000-8000-000000000001"
    ) throws -> [UInt8] {
        let package = RetrieveDocumentSetResponse(documents: documents, errors: []).package(
            Addressing(action: action, relatesTo: relatesTo), boundary: "b")
        return Array("HTTP/1.1 200 OK\r\nContent-Type: \(package.contentType)\r\n\r\n".utf8) + (try package.bytes())
    }

    private static func manifest(_ bytes: [UInt8] = exam.manifestBytes()) -> DocumentResponse {
        DocumentResponse(
            repositoryUniqueID: "1.2.3", documentUniqueID: exam.manifestUID, mimeType: "application/dicom",
            body: .bytes(bytes))
    }

    private static let report = DocumentResponse(
        repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.9", mimeType: "text/xml",
        body: .bytes(
            Array(
                String(decoding: exam.reportBytes(), as: UTF8.self)
                    .replacing("<realmCode code=\"FR\"/>", with: "<realmCode code=\"FR\" other=\"\"/>").utf8)))

    private static func registered(_ bend: (inout DocumentEntry) -> Void = { _ in }) -> [UInt8] {
        var entry = exam.submissionRequest().submission.entries[1]
        entry.id = "urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d"
        entry.availabilityStatus = XDSURN.approved
        entry.repositoryUniqueID = "1.2.3"
        bend(&entry)
        var objects = Submission()
        objects.entries = [entry]
        return SignedCapture.answer(
            XDSTransaction.registryStoredQuery.responseAction, StoredQueryResponse(objects: objects).element())
    }

    private static func retrieval(_ document: String = exam.manifestUID) throws -> [UInt8] {
        try SignedCapture.simple(
            .retrieveDocumentSet,
            RetrieveDocumentSetRequest([DocumentRequest(repositoryUniqueID: "1.2.3", documentUniqueID: document)])
                .element())
    }

    @Test("The documents of an answer are judged as those of a submission, each finding at its document")
    func documents() async throws {
        let judgement = try await Self.judge(try Self.answer([Self.manifest(), Self.report]))
        #expect(Self.layer("kos", judgement)?.verdict == .pass)
        let wrong = judgement.layers.filter { $0.layer.hasPrefix("cda:") }.flatMap(\.findings)
        #expect(wrong.contains { $0.severity == .violation && $0.place?.part == "2.25.9" })
        let silent = try #require(Self.layer("retrieve", judgement))
        #expect(silent.verdict == .notRun && silent.reason?.en.contains("--against") == true)
    }

    @Test("A document of an answer that cannot be known as what it is declared is told, and what is not judged is said")
    func unknownDocuments() async throws {
        var broken = Self.exam.manifestBytes()
        broken[128] = UInt8(ascii: "X")
        let manifest = try await Self.judge(try Self.answer([Self.manifest(broken)]))
        #expect(manifest.verdict == .fail)
        #expect(Self.checks(manifest).contains { $0.hasPrefix("dicom.") }, "\(manifest.layers)")
        func document(_ type: String, _ text: String) -> DocumentResponse {
            DocumentResponse(
                repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.9", mimeType: type, body: .bytes(Array(text.utf8)))
        }
        let cut = try await Self.judge(try Self.answer([document("text/xml", "<Report><title>cut")]))
        #expect(Self.checks(cut).contains("xml.malformed"), "\(cut.layers)")
        for (type, text) in [("text/xml", "<Report/>"), ("application/pdf", "%PDF-1.4"), ("text/plain", "x")] {
            let other = try await Self.judge(try Self.answer([document(type, text)]))
            #expect(Self.layer("document", other)?.verdict == .notRun, "\(other.layers)")
        }
    }

    @Test("With the request and the entry, hash, size, type and ids are compared")
    func compared() async throws {
        let right = try await Self.judge(
            try Self.answer([Self.manifest()]), against: [Self.registered(), try Self.retrieval()])
        #expect(Self.layer("retrieve", right)?.verdict == .pass && right.verdict == .pass, "\(right.layers)")
        let hash = try await Self.judge(
            try Self.answer([Self.manifest()]),
            against: [Self.registered { $0.hash = String(repeating: "0", count: 40) }])
        #expect(Self.layer("retrieve", hash)?.findings.map(\.check) == ["RET-003"])
        let type = try await Self.judge(
            try Self.answer([Self.manifest()]), against: [Self.registered { $0.mimeType = "text/xml" }])
        #expect(Self.layer("retrieve", type)?.findings.map(\.check) == ["RET-004"])
        let other = try await Self.judge(try Self.answer([Self.manifest()]), against: [try Self.retrieval("1.2.3.9")])
        #expect(Self.layer("retrieve", other)?.findings.map(\.check) == ["RET-005"])
    }

    @Test("An answer without RelatesTo or with the action of another transaction is told; a warning in a capture")
    func addressing() async throws {
        #expect(Self.checks(try await Self.judge(try Self.answer([Self.manifest()]))).isEmpty)
        let unrelated = try Self.answer([Self.manifest()], relatesTo: nil)
        #expect(Self.checks(try await Self.judge(unrelated)) == ["soap.relates-to-missing"])
        #expect(Self.checks(try await Self.judge(unrelated, level: .capture)).isEmpty)
        #expect(Self.checks(try await Self.judge(unrelated, level: .capture), .warning) == ["soap.relates-to-missing"])
        for action in [XDSTransaction.retrieveDocumentSet.action, XDSTransaction.registryStoredQuery.responseAction] {
            let judgement = try await Self.judge(try Self.answer([Self.manifest()], action: action))
            #expect(Self.checks(judgement) == ["soap.response-action"])
        }
    }

    private static let series = exam.series[0]

    private static func image(_ index: Int = 0, changing change: (inout [UInt8]) -> Void = { _ in }) throws -> [UInt8] {
        var bytes = exam.imageBytes(series.instances[index], of: series)
        change(&bytes)
        return bytes
    }

    @Test("The images of RAD-69 are judged as images: a file that is none, another instance")
    func images() async throws {
        func response(_ bytes: [UInt8], type: String = "application/dicom", uid: String? = nil) throws -> [UInt8] {
            try Self.answer(
                [
                    DocumentResponse(
                        repositoryUniqueID: "1.2.3", documentUniqueID: uid ?? Self.series.instances[0].uid,
                        mimeType: type, body: .bytes(bytes))
                ], action: XDSTransaction.retrieveImagingDocumentSet.responseAction)
        }
        let right = try await Self.judge(try response(try Self.image()))
        #expect(Self.layer("rad69", right)?.verdict == .pass && right.verdict == .pass, "\(right.layers)")
        #expect(Self.checks(try await Self.judge(try response(Array("no".utf8)))) == ["IDS-010"])
        #expect(Self.checks(try await Self.judge(try response(try Self.image(), type: "image/jpeg"))) == ["IDS-010"])
        #expect(Self.checks(try await Self.judge(try response(try Self.image(), uid: "1.2.3.4"))) == ["IDS-012"])
    }

    // MARK: WADO-RS

    private static func wado(
        _ parts: [[UInt8]], type: String = "application/dicom", syntax: String = "1.2.840.10008.1.2.1",
        status: Int = 200, head: Bool = true
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        if head {
            bytes += Array(
                "HTTP/1.1 \(status) OK\r\nContent-Type: multipart/related; type=\"\(type)\"; boundary=b-1\r\n\r\n".utf8)
        }
        for part in parts {
            bytes += Array("--b-1\r\nContent-Type: application/dicom;transfer-syntax=\(syntax)\r\n\r\n".utf8)
            bytes += part + Array("\r\n".utf8)
        }
        return bytes + Array("--b-1--\r\n".utf8)
    }

    @Test("An answer of WADO-RS is told as one and judged by its rules, not as SOAP", arguments: [true, false])
    func wadoAnswer(head: Bool) async throws {
        let judgement = try await Self.judge(Self.wado([try Self.image()], head: head))
        #expect(judgement.kind == .wadoResponse)
        #expect(judgement.layers.map(\.layer) == ["http", "wado"])
        #expect(judgement.verdict == .pass, "\(judgement.layers)")
        let wrong = try await Self.judge(Self.wado([try Self.image()], syntax: "1.2.840.10008.1.2.4.70", head: head))
        #expect(Self.checks(wrong) == ["WRS-011"])
        let none = try await Self.judge(Self.wado([Array("no".utf8)], head: head))
        #expect(Self.checks(none).contains("WRS-011") && none.verdict == .fail)
    }

    @Test("Status and type of an answer of WADO-RS are judged, and with request and manifest what was asked")
    func wadoCompared() async throws {
        let status = try await Self.judge(Self.wado([try Self.image()], status: 500))
        #expect(Self.checks(status) == ["WRS-010"])
        let single =
            Array("HTTP/1.1 200 OK\r\nContent-Type: application/dicom\r\n\r\n".utf8) + (try Self.image())
        let bare = try await Self.judge(single)
        #expect(bare.kind == .wadoResponse && Self.checks(bare).contains("WRS-010"))
        let url = Self.exam.retrieveURL(of: Self.series)
        let request = Array("GET \(url) HTTP/1.1\r\nAccept: multipart/related; type=\"application/dicom\"\r\n\r\n".utf8)
        let others = [request, Self.exam.manifestBytes()]
        let all = try Self.series.instances.indices.map { try Self.image($0) }
        let whole = try await Self.judge(Self.wado(all), against: others)
        #expect(whole.verdict == .pass, "\(whole.layers)")
        let missing = try await Self.judge(Self.wado(Array(all.dropLast())), against: others)
        #expect(Self.checks(missing).contains("WRS-012"))
    }

    // MARK: TD0.3

    @Test("A grant of access is judged: AJOUT, its action, the patient of the VIHF")
    func authorization() async throws {
        func grant(_ action: String, edit: (inout String) throws -> Void = { _ in }) throws -> [UInt8] {
            let security = try Credentials(signer: EmbeddedIdentity.shared).security(
                .authorization, patient: Self.exam.patientCX.text, of: Self.exam, id: "_a1", [])
            let envelope = OutgoingEnvelope(
                Addressing(
                    action: DMPTransaction.authorization.action,
                    messageID: "urn:uuid:00000000-0000-4000-8000-000000000001", to: "https://dmp.example/habilitations"),
                headerBlocks: security, content: AuthorizationResponse.request(action))
            var text = String(decoding: envelope.serialized(), as: UTF8.self)
            try edit(&text)
            return SignedCapture.capture(
                Array(text.utf8),
                contentType: "application/soap+xml; charset=UTF-8; action=\"\(DMPTransaction.authorization.action)\"")
        }
        let right = try await Self.judge(try grant("AJOUT"))
        #expect(right.verdict == .pass && Self.layer("authorization", right)?.findings == [], "\(right.layers)")
        #expect(Self.checks(try await Self.judge(try grant("RETRAIT")), .warning).contains("AUT-003"))
        let other = try grant("AJOUT") { try $0.replace("urn:si-dmp-habilitations\"", by: "urn:other\"") }
        #expect(Self.checks(try await Self.judge(other), .warning).contains("AUT-003"))
    }
}
