import DICOM
import HTTP
import SOAP
import XDS
import XML

// RAD-69 (IHE RAD TF-2: 4.69).
extension ImagingSourceSimulator {
    /// The transfer syntaxes that the source can make without loss.
    static let producible: Set<String> = [UID.explicitLittleEndian, UID.implicitLittleEndian]

    func retrieve(_ request: SimulatorRequest) -> (SimulatorAnswer, [ReceivedFault]) {
        guard request.method == "POST" else {
            return (.text(405, "POST is expected", headers: ["Allow": "POST"]), [])
        }
        let exchange: SOAPExchange
        do {
            exchange = try SOAPExchange(request, identifiers: identifiers)
        } catch {
            return (.text(413, error.message), [])
        }
        if let fault = exchange.fault(serving: [XDSTransaction.retrieveImagingDocumentSet.action]) {
            return (exchange.answer(fault), exchange.receivedFaults)
        }
        var response = response(to: exchange.message.envelope?.content)
        if misbehaviors.contains(.rad69WrongErrorCode), var registry = response.registry {
            registry.errors = registry.errors.map {
                RegistryError(.repositoryError, $0.context, severity: $0.severity, location: $0.location)
            }
            response.registry = registry
        }
        let package = response.package(
            exchange.addressing(action: XDSTransaction.retrieveImagingDocumentSet.responseAction),
            boundary: exchange.boundary())
        return (exchange.answer(package), exchange.receivedFaults)
    }

    private func response(to content: Node?) -> RetrieveDocumentSetResponse {
        guard let content, let request = RetrieveImagingDocumentSetRequest(reading: content) else {
            return failure(.repositoryError, "the body is no RetrieveImagingDocumentSetRequest")
        }
        if let defect = Self.defect(of: request) { return failure(.imagingRequestError, defect) }
        guard !request.transferSyntaxes.filter({ !$0.isEmpty }).isEmpty else {
            return failure(.repositoryError, "the request names no valid transfer syntax")
        }
        guard let syntax = request.transferSyntaxes.first(where: Self.producible.contains) else {
            return failure(.repositoryError, "no transfer syntax of the request can be made")
        }
        var documents: [DocumentResponse] = []
        var errors: [RegistryError] = []
        for wanted in request.requests {
            switch deliver(wanted, syntax: syntax) {
            case .success(let document): documents.append(document)
            case .failure(let error): errors.append(error)
            }
        }
        if misbehaviors.contains(.rad69DropsInstance), documents.count > 1 { documents.removeLast() }
        return RetrieveDocumentSetResponse(documents: documents, errors: errors)
    }

    private func failure(_ code: XDSErrorCode, _ context: String) -> RetrieveDocumentSetResponse {
        RetrieveDocumentSetResponse(documents: [], errors: [RegistryError(code, context)])
    }

    private enum Delivery {
        case success(DocumentResponse)
        case failure(RegistryError)
    }

    private func deliver(
        _ wanted: (study: String?, series: String?, document: DocumentRequest), syntax: String
    ) -> Delivery {
        let id = wanted.document.documentUniqueID ?? ""
        let location = wanted.document.repositoryUniqueID ?? ""
        guard held.contains(where: { $0.exam.retrieveLocationUID == location }) else {
            return .failure(
                RegistryError(.unknownRepositoryID, "this source is not the repository \(location)", location: id))
        }
        guard let exam = exam(study: wanted.study ?? ""),
            let series = exam.series.first(where: { $0.uid == wanted.series }),
            let instance = series.instances.first(where: { $0.uid == id })
        else {
            return .failure(
                RegistryError(
                    .documentUniqueIDError, "the source does not hold the instance in this series of this study",
                    location: id))
        }
        let isWrong = misbehaviors.contains(.rad69WrongTransferSyntax)
        let served = isWrong && syntax == UID.explicitLittleEndian ? UID.implicitLittleEndian : syntax
        // Made when it is sent: an answer of any length is never whole in memory.
        let once = OncePiece {
            var file = exam.image(instance, of: series)
            if served != file.transferSyntax { file = DICOMFile(dataSet: file.dataSet, transferSyntax: served) }
            return retrieved(file, of: exam)
        }
        let answered = misbehaviors.contains(.rad69OtherRepository) ? exam.derived.uid("other-repository") : location
        return .success(
            DocumentResponse(
                home: wanted.document.home, repositoryUniqueID: answered, documentUniqueID: id,
                mimeType: "application/dicom", body: .stream(length: nil) { once.next() }))
    }

    /// Why the request is malformed; nil when it is not.
    private static func defect(of request: RetrieveImagingDocumentSetRequest) -> String? {
        guard !request.studies.isEmpty else { return "no StudyRequest" }
        for study in request.studies {
            guard let uid = study.uid, !uid.isEmpty else { return "a StudyRequest has no studyInstanceUID" }
            guard !study.series.isEmpty else { return "the study \(uid) has no SeriesRequest" }
            for series in study.series {
                guard let uid = series.uid, !uid.isEmpty else { return "a SeriesRequest has no seriesInstanceUID" }
                guard !series.documents.isEmpty else { return "the series \(uid) has no DocumentRequest" }
                for document in series.documents {
                    if let defect = defect(of: document) { return "the series \(uid): \(defect)" }
                }
            }
        }
        return nil
    }

    private static func defect(of document: DocumentRequest) -> String? {
        let values = [
            ("RepositoryUniqueId", document.repositoryUniqueID), ("DocumentUniqueId", document.documentUniqueID),
        ]
        for (name, value) in values {
            guard let value, !value.isEmpty else { return "a DocumentRequest has no \(name)" }
            let count = document.place.node?.elements(name, in: XDSNamespace.xdsb).count ?? 1
            guard count == 1 else { return "a DocumentRequest has \(count) \(name)" }
        }
        return nil
    }
}
