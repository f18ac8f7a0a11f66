import DICOM
import HTTP
import Imaging
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct ImagingSourceSimulatorTests {
    // MARK: RAD-69

    @Test("Every instance asked for comes back as a Part 10 file in the syntax asked for")
    func retrieveAll() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let (message, answer) = try await harness.retrieveImages(harness.everyInstance)
        #expect(message.faults.map(\.code.rawValue) == [])
        #expect(answer?.registry?.isSuccess == true)
        let documents = try #require(answer?.documents)
        #expect(documents.map(\.documentUniqueID) == exam.series.flatMap(\.instances).map(\.uid))
        for document in documents {
            #expect(document.mimeType == "application/dicom")
            #expect(document.repositoryUniqueID == exam.retrieveLocationUID)
            let head = ImageHeader(try DICOMFile(reading: try #require(document.content?.bytes)))
            #expect(head.sopInstanceUID == document.documentUniqueID)
            #expect(head.transferSyntax == UID.explicitLittleEndian)
        }
    }

    @Test("Implicit VR is made when it is the syntax asked for")
    func implicit() async throws {
        let harness = await Harness()
        var request = harness.everyInstance
        request.transferSyntaxes = ["1.2.840.10008.1.2.4.70", UID.implicitLittleEndian]
        let document = try #require(try await harness.retrieveImages(request).answer?.documents.first)
        let file = try DICOMFile(reading: try #require(document.content?.bytes))
        #expect(file.transferSyntax == UID.implicitLittleEndian)
        #expect(file.dataSet.string(.sopInstanceUID) == document.documentUniqueID)
    }

    struct BadRequest: Sendable {
        let name: String
        let code: XDSErrorCode
        let edit: @Sendable (inout RetrieveImagingDocumentSetRequest) -> Void
    }

    @Test(
        "A faulty RAD-69 request is refused with its code",
        arguments: [
            BadRequest(name: "no study", code: .imagingRequestError) { $0.studies = [] },
            BadRequest(name: "empty study UID", code: .imagingRequestError) { $0.studies[0].uid = "" },
            BadRequest(name: "no study UID", code: .imagingRequestError) { $0.studies[0].uid = nil },
            BadRequest(name: "empty series UID", code: .imagingRequestError) { $0.studies[0].series[0].uid = "" },
            BadRequest(name: "no series", code: .imagingRequestError) { $0.studies[0].series = [] },
            BadRequest(name: "no document", code: .imagingRequestError) { $0.studies[0].series[1].documents = [] },
            BadRequest(name: "no repository", code: .imagingRequestError) {
                $0.studies[0].series[0].documents[0].repositoryUniqueID = nil
            },
            BadRequest(name: "blank instance", code: .imagingRequestError) {
                $0.studies[0].series[0].documents[0].documentUniqueID = " "
            },
            BadRequest(name: "no syntax", code: .repositoryError) { $0.transferSyntaxes = [] },
            BadRequest(name: "syntax not producible", code: .repositoryError) {
                $0.transferSyntaxes = ["1.2.840.10008.1.2.4.80"]
            },
        ])
    func badRequests(_ item: BadRequest) async throws {
        let harness = await Harness()
        var request = harness.everyInstance
        item.edit(&request)
        let answer = try #require(try await harness.retrieveImages(request).answer)
        #expect(answer.registry?.status == XDSURN.failure)
        #expect(answer.registry?.errors.map(\.code) == [item.code])
        #expect(answer.documents.isEmpty)
    }

    @Test("What is not held is an error with its place; the rest is delivered")
    func unknownInstances() async throws {
        let harness = await Harness()
        var request = harness.everyInstance
        let moved = request.studies[0].series[0].documents.removeFirst()
        request.studies[0].series[1].documents = [moved, request.studies[0].series[1].documents[0]]
        let answer = try #require(try await harness.retrieveImages(request).answer)
        #expect(answer.registry?.isPartialSuccess == true)
        #expect(answer.documents.count == 3)
        #expect(answer.registry?.errors.map(\.code) == [.documentUniqueIDError])
        #expect(answer.registry?.errors.first?.location == moved.documentUniqueID)

        var foreign = harness.everyInstance
        for series in foreign.studies[0].series.indices {
            for index in foreign.studies[0].series[series].documents.indices {
                foreign.studies[0].series[series].documents[index].repositoryUniqueID = "1.2.405"
            }
        }
        let refused = try #require(try await harness.retrieveImages(foreign).answer)
        #expect(refused.registry?.status == XDSURN.failure)
        #expect(Set(refused.registry?.errors.map(\.code) ?? []) == [.unknownRepositoryID])
        #expect(refused.registry?.errors.count == 6)
    }

    @Test("An unknown action gets a SOAP fault, an empty body XDSRepositoryError")
    func faults() async throws {
        let harness = await Harness()
        let unknown = try await harness.send(
            nil, action: "urn:example:Unknown", path: "/ids", to: harness.actors.source)
        #expect(unknown.message.envelope?.fault?.subcode?.local == "ActionNotSupported")
        let empty = try await harness.send(
            nil, action: XDSTransaction.retrieveImagingDocumentSet.action, path: "/ids", to: harness.actors.source)
        let answer = try #require(RetrieveDocumentSetResponse(reading: empty.message))
        #expect(answer.registry?.errors.map(\.code) == [.repositoryError])
    }

    @Test(
        "What is wrong in a request is told in the log, whether it is served or not",
        arguments: [
            BadRequest(name: "rad69.empty-uid", code: .imagingRequestError) { $0.studies[0].uid = "" },
            BadRequest(name: "rad69.missing-element", code: .imagingRequestError) { $0.studies[0].series = [] },
            BadRequest(name: "rad69.illegal-uid", code: .imagingRequestError) { $0.studies[0].uid = "1.02" },
            BadRequest(name: "rad69.missing-id", code: .imagingRequestError) {
                $0.studies[0].series[0].documents[0].repositoryUniqueID = nil
            },
            BadRequest(name: "rad69.no-transfer-syntax", code: .repositoryError) { $0.transferSyntaxes = [""] },
        ])
    func receivedFaults(_ item: BadRequest) async throws {
        let harness = await Harness()
        _ = try await harness.retrieveImages(harness.everyInstance)
        var request = harness.everyInstance
        item.edit(&request)
        _ = try await harness.retrieveImages(request)
        let messages = await harness.actors.log.messages
        #expect(messages.map { $0.faults.map(\.code) } == [[], [item.name]])
        #expect(messages.last?.faults.first?.place?.contains("RetrieveImagingDocumentSetRequest") == true)
        #expect(messages.last?.faults.first?.french != messages.last?.faults.first?.english)
    }

    // MARK: WADO-RS

    @Test("A series comes back as a multipart of DICOM files with the boundary that was offered")
    func series() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let response = try await harness.wado(harness.seriesRequest)
        #expect(response.status == 200)
        let type = try #require(response.headers.first("Content-Type").flatMap { MediaType($0) })
        #expect(type.essence == "multipart/related")
        #expect(type["type"] == "application/dicom")
        #expect(type["boundary"] == "cisis-boundary")
        let study = try response.study
        #expect(study.faults.isEmpty)
        #expect(study.isClosed)
        #expect(study.parts.compactMap(\.image?.sopInstanceUID) == exam.series[0].instances.map(\.uid))
        #expect(study.parts.allSatisfy { $0.declaredTransferSyntax == UID.explicitLittleEndian })
        #expect(study.parts.allSatisfy { $0.image?.nationalIdentifier?.value == exam.patient.nationalIdentifier.value })
    }

    @Test("A study and an instance are served too")
    func otherLevels() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        var request = harness.seriesRequest
        request.url = WADOTarget(base: exam.imageBaseURL, study: exam.studyUID).url
        #expect(try await harness.wado(request).study.parts.count == 6)
        let instance = exam.series[1].instances[0].uid
        request.url =
            WADOTarget(
                base: exam.imageBaseURL, study: exam.studyUID, series: exam.series[1].uid, instance: instance
            ).url
        #expect(try await harness.wado(request).study.parts.map(\.image?.sopInstanceUID) == [instance])
    }

    struct Refusal: Sendable {
        let name: String
        let status: Int
        var method = "GET"
        var url: @Sendable (String) -> String = { $0 }
        let edit: @Sendable (inout HTTPHeaders) -> Void
    }

    @Test(
        "A WADO-RS request without right or form is refused with its status",
        arguments: [
            Refusal(name: "no token", status: 401) { $0.remove("Authorization") },
            Refusal(name: "basic", status: 401) { $0.set("Authorization", "Basic eDp5") },
            Refusal(name: "empty token", status: 401) { $0.set("Authorization", "Bearer ") },
            Refusal(name: "inactive token", status: 401) {
                $0.set("Authorization", "Bearer \(ImagingSourceSimulator.inactiveToken)")
            },
            Refusal(name: "no accept", status: 400) { $0.remove("Accept") },
            Refusal(name: "no syntax", status: 400) {
                $0.set("Accept", "multipart/related; type=\"application/dicom\";q=0.5;boundary=b")
            },
            Refusal(name: "no q", status: 400) {
                $0.set(
                    "Accept",
                    "multipart/related; type=\"application/dicom\";transfer-syntax=1.2.840.10008.1.2.1;boundary=b")
            },
            Refusal(name: "no boundary", status: 400) {
                $0.set(
                    "Accept", "multipart/related; type=\"application/dicom\";transfer-syntax=1.2.840.10008.1.2.1;q=0.5")
            },
            Refusal(name: "png", status: 406) { $0.set("Accept", "image/png") },
            Refusal(name: "jpeg only", status: 406) {
                $0.set(
                    "Accept",
                    "multipart/related; type=\"application/dicom\";transfer-syntax=1.2.840.10008.1.2.4.50;q=0.9;boundary=b"
                )
            },
            Refusal(name: "no KOS", status: 400) { $0.remove("KOS-SOPInstanceUID") },
            Refusal(name: "unknown KOS", status: 404) { $0.set("KOS-SOPInstanceUID", "1.2.404") },
            Refusal(name: "unknown study", status: 404, url: { _ in "/drimbox/studies/1.2.404" }) { _ in },
            Refusal(name: "unknown series", status: 404, url: { $0 + "1" }) { _ in },
            Refusal(name: "traversal", status: 400, url: { _ in "/drimbox/studies/..%2F..%2Fetc" }) { _ in },
            Refusal(name: "no route", status: 404, url: { _ in "/drimbox/patients" }) { _ in },
            Refusal(name: "post", status: 405, method: "POST") { _ in },
        ])
    func refusals(_ item: Refusal) async throws {
        let harness = await Harness()
        var request = harness.seriesRequest
        request.url = item.url(request.url)
        let response = try await harness.wado(request, method: item.method, edit: item.edit)
        #expect(response.status == item.status)
        if item.status == 401 { #expect(response.headers.first("WWW-Authenticate") != nil) }
    }

    @Test("What of Accept is not as the volet asks is told in the log, though the series is served")
    func acceptFaults() async throws {
        let harness = await Harness()
        let entry = "multipart/related; type=\"application/dicom\";transfer-syntax=1.2.840.10008.1.2.1;boundary=b"
        #expect(try await harness.wado(harness.seriesRequest).status == 200)
        let response = try await harness.wado(harness.seriesRequest) { $0.set("Accept", entry + ";q=0.12345") }
        #expect(response.status == 200)
        let faults = await harness.actors.log.messages.map { $0.faults.map(\.code) }
        #expect(faults == [[], ["wado.transfer-syntaxes-missing", "wado.illegal-weight"]])
    }

    @Test("A boundary that is none is not echoed")
    func illegalBoundary() async throws {
        let harness = await Harness()
        var request = harness.seriesRequest
        request.boundary = "**"
        let response = try await harness.wado(request)
        #expect(response.headers.first("Content-Type").flatMap { MediaType($0) }?["boundary"] != "**")
        #expect(try response.study.parts.count == 3)
    }

    // MARK: The link

    @Test("The link of the report opens a page that names its study")
    func link() async throws {
        let harness = await Harness()
        let exam = harness.actors.exam
        let response = try await harness.open(exam.link.text)
        #expect(response.status == 200)
        #expect(try response.text.contains(exam.studyUID))
        let lower = exam.link.text.replacing("Accessionnumber", with: "accessionNumber")
        #expect(try await harness.open(lower).status == 200)
    }

    struct BadLink: Sendable {
        let replaced: String
        let by: String
        let status: Int
    }

    @Test(
        "A link that does not match opens nothing and repeats nothing",
        arguments: [
            BadLink(replaced: "&studyUID=", by: "&study=", status: 400),
            BadLink(replaced: "requestType=STUDY&", by: "", status: 400),
            BadLink(replaced: "requestType=STUDY", by: "requestType=PATIENT", status: 501),
            BadLink(replaced: "studyUID=", by: "studyUID=9.", status: 406),
            BadLink(replaced: "idCDA=", by: "idCDA=9.", status: 406),
            BadLink(replaced: "Accessionnumber=", by: "Accessionnumber=9.", status: 406),
            BadLink(replaced: "idCDA=", by: "idCDA=%3Cscript%3E", status: 400),
        ])
    func badLinks(_ item: BadLink) async throws {
        let harness = await Harness()
        let response = try await harness.open(harness.actors.exam.link.text.replacing(item.replaced, with: item.by))
        #expect(response.status == item.status)
        #expect(try !response.text.contains("script"))
        #expect(try !response.text.contains(harness.actors.exam.studyUID))
    }
}
