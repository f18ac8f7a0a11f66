import DICOM
import HTTP
import Imaging
import SOAP
import Simulators
import Testing
import XDS
import XML

/// Whether a rule of RAD-69 is seen broken, by the misbehaviour that breaks it.
enum RetrieveProbes {
    typealias Edit = @Sendable (inout RetrieveImagingDocumentSetRequest) -> Void

    static func probe(_ item: Misbehavior) -> MisbehaviorTests.Probe {
        switch item {
        case .rad69IgnoresRepository: serves { $0.editDocuments { $0.repositoryUniqueID = "1.2.405" } }
        case .rad69UnknownAsSuccess: succeeds { $0.keepFirst { $0.documentUniqueID = "1.2.404" } }
        case .rad69IgnoresSeries: serves { $0.studies[0].series[0].uid = "1.2.404" }
        case .rad69IgnoresStudy: serves { $0.studies[0].uid = "1.2.404" }
        case .rad69RefusalWithImages:
            { harness in
                let answer = try await answer(harness) { $0.keepFirst { $0.documentUniqueID = "1.2.404" } }
                return answer?.registry?.status == XDSURN.failure && answer?.documents.isEmpty == false
            }
        case .rad69AcceptsEmptyUIDs: serves { $0.studies[0].uid = "" }
        case .rad69MalformedAsUnknown: names(.documentUniqueIDError) { $0.studies[0].series = [] }
        case .rad69AcceptsEmptyRequest: succeeds { $0.studies = [] }
        case .rad69SkipsMissingIDs: serves { $0.studies[0].series[0].documents[0].documentUniqueID = "" }
        case .rad69IgnoresRepetition: { try await serves($0, rewritten: repeatFirstID) }
        case .rad69DefaultSyntax: serves { $0.transferSyntaxes = [] }
        case .rad69ServesStoredSyntax: serves { $0.transferSyntaxes = ["1.2.840.10008.1.2.4.100"] }
        case .rad69FailsWhole:
            {
                try await answer($0) { $0.studies[0].series[0].documents[0].documentUniqueID = "1.2.404" }?
                    .registry?.status == XDSURN.failure
            }
        case .rad69PartialAsSuccess:
            succeeds { $0.studies[0].series[0].documents[0].documentUniqueID = "1.2.404" }
        case .rad69IgnoresAction: { try await served($0, action: "urn:example:Unknown") }
        case .rad69HTMLFault:
            { harness in
                let content = harness.everyInstance.element()
                let answer = try await send(harness, content, action: "urn:example:Unknown")
                return answer.response.headers.first("Content-Type")?.hasPrefix("text/html") == true
            }
        case .rad69IgnoresHome: serves { $0.editDocuments { $0.home = "urn:oid:1.2.404" } }
        case .rad69ErrorWithoutLocation: firstError { $0.location == nil }
        case .rad69ErrorWithoutContext: firstError { $0.context.isEmpty }
        case .rad69ErrorAsWarning: firstError { $0.isWarning }
        case .rad69RepeatsInstance:
            { harness in
                let documents = try await answer(harness)?.documents ?? []
                return Set(documents.map(\.documentUniqueID)).count < documents.count
            }
        case .rad69IgnoresNamespaces: { try await serves($0, rewritten: renameNamespace) }
        case .rad69AcceptsBrokenPackage:
            { harness in
                let message = try await harness.post(
                    "/ids", bytes: Array("<env:Envelope".utf8), contentType: "application/soap+xml",
                    to: harness.actors.source)
                return RetrieveDocumentSetResponse(reading: message)?.registry?.isSuccess == true
            }
        case .rad69RefusesPackage:
            { harness in
                let envelope = OutgoingEnvelope(
                    Addressing(action: action, messageID: "urn:uuid:1", to: "http://source.example"),
                    content: harness.everyInstance.element())
                let package = MTOMPackage(envelope: envelope.serialized(), action: action, boundary: "b")
                let request = try SOAPClient.request(to: "http://source", package)
                let message = try await harness.post("/ids", request, to: harness.actors.source)
                return message.status == 415
            }
        case .rad69AcceptsSOAP11:
            { harness in
                let envelope = OutgoingEnvelope(
                    Addressing(action: action, messageID: "urn:uuid:1", to: "http://source.example"),
                    content: harness.everyInstance.element(), version: .soap11)
                let message = try await harness.post(
                    "/ids", bytes: envelope.serialized(), contentType: "text/xml", to: harness.actors.source)
                return RetrieveDocumentSetResponse(reading: message)?.registry?.isSuccess == true
            }
        case .rad69PlainAnswer:
            { harness in
                let (message, answer) = try await harness.retrieveImages(harness.everyInstance)
                return !message.isMultipart && answer?.documents.count == 6
                    && answer?.documents.allSatisfy { $0.content?.bytes.isEmpty == false } == true
            }
        case .rad69WrongMimeType:
            { try await answer($0)?.documents.contains { $0.mimeType != "application/dicom" } == true }
        case .rad69NoPixels: image { $0.pixels.form == .absent }
        case .rad69WrongMeta: image { $0.mediaStorageSOPInstanceUID != $0.sopInstanceUID }
        case .rad69UnaskedInstance: { try await answer($0)?.documents.count == 7 }
        case _: preconditionFailure("no probe of RAD-69 for \(item.name)")
        }
    }

    private static let action = XDSTransaction.retrieveImagingDocumentSet.action

    private static func answer(_ harness: Harness, _ edit: Edit = { _ in }) async throws -> RetrieveDocumentSetResponse?
    {
        var request = harness.everyInstance
        edit(&request)
        return try await harness.retrieveImages(request).answer
    }

    /// Whether the first instance that is asked, which is asked wrongly, comes back.
    private static func serves(_ edit: @escaping Edit) -> MisbehaviorTests.Probe {
        { harness in
            let first = harness.everyInstance.requests.first?.document.documentUniqueID
            var request = harness.everyInstance
            edit(&request)
            // An instance without id cannot come back; nothing must come beside it.
            let isNamed = request.requests.first?.document.documentUniqueID?.isEmpty == false
            let documents = try await harness.retrieveImages(request).answer?.documents ?? []
            return isNamed ? documents.contains { $0.documentUniqueID == first } : !documents.isEmpty
        }
    }

    private static func succeeds(_ edit: @escaping Edit) -> MisbehaviorTests.Probe {
        { try await answer($0, edit)?.registry?.isSuccess == true }
    }

    private static func names(_ code: XDSErrorCode, _ edit: @escaping Edit) -> MisbehaviorTests.Probe {
        { try await answer($0, edit)?.registry?.errors.first?.code == code }
    }

    /// The error of an unknown instance.
    private static func firstError(_ holds: @escaping @Sendable (RegistryError) -> Bool) -> MisbehaviorTests.Probe {
        {
            let answer = try await answer($0) { $0.studies[0].series[0].documents[0].documentUniqueID = "1.2.404" }
            return try holds(#require(answer?.registry?.errors.first))
        }
    }

    private static func image(_ holds: @escaping @Sendable (ImageHeader) -> Bool) -> MisbehaviorTests.Probe {
        {
            try await answer($0)?.documents
                .map { ImageHeader(try DICOMFile(reading: $0.content?.bytes ?? [])) }.contains(where: holds) == true
        }
    }

    private static func send(
        _ harness: Harness, _ content: Element, action: String
    ) async throws -> (response: HTTPResponse, message: SOAPMessage) {
        try await harness.send(content, action: action, path: "/ids", to: harness.actors.source)
    }

    private static func served(_ harness: Harness, action: String) async throws -> Bool {
        let message = try await send(harness, harness.everyInstance.element(), action: action).message
        return RetrieveDocumentSetResponse(reading: message)?.documents.isEmpty == false
    }

    private static func serves(
        _ harness: Harness, rewritten: @Sendable (inout Element) -> Void
    ) async throws -> Bool {
        var content = harness.everyInstance.element()
        rewritten(&content)
        let message = try await send(harness, content, action: action).message
        return RetrieveDocumentSetResponse(reading: message)?.documents.isEmpty == false
    }

    private static func renameNamespace(_ request: inout Element) { request["xmlns:xdsi"] = "urn:example:other" }

    /// Repeats the identifier of the first instance.
    private static func repeatFirstID(_ element: inout Element) {
        for index in element.content.indices {
            guard case .element(var child) = element.content[index] else { continue }
            if child.name == "xdsb:DocumentRequest" {
                child.content.append(contentsOf: child.content.suffix(1))
            } else {
                repeatFirstID(&child)
            }
            element.content[index] = .element(child)
            return
        }
    }
}

extension RetrieveImagingDocumentSetRequest {
    /// Changes each instance that is asked.
    fileprivate mutating func editDocuments(_ edit: (inout DocumentRequest) -> Void) {
        for study in studies.indices {
            for series in studies[study].series.indices {
                for index in studies[study].series[series].documents.indices {
                    edit(&studies[study].series[series].documents[index])
                }
            }
        }
    }

    /// Asks for the first instance alone, changed.
    fileprivate mutating func keepFirst(_ edit: (inout DocumentRequest) -> Void) {
        studies[0].series = [studies[0].series[0]]
        studies[0].series[0].documents = [studies[0].series[0].documents[0]]
        edit(&studies[0].series[0].documents[0])
    }
}
