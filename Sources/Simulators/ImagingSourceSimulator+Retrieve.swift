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
        if exchange.message.envelope == nil, misbehaviors.contains(.rad69AcceptsBrokenPackage) {
            let success = RetrieveDocumentSetResponse(documents: [], errors: [])
            return (answer(success, exchange), exchange.receivedFaults)
        }
        var served = [XDSTransaction.retrieveImagingDocumentSet.action]
        if misbehaviors.contains(.rad69IgnoresAction) { served += [exchange.action].compactMap { $0 } }
        if let fault = exchange.fault(serving: served), !isTaken(fault, exchange) {
            let page = SimulatorAnswer.html(500, "<html><body><h1>Internal Server Error</h1></body></html>")
            let isHidden = misbehaviors.contains(.rad69HTMLFault)
            return (isHidden ? page : exchange.answer(fault), exchange.receivedFaults)
        }
        let content = exchange.message.envelope?.content
        let faults = exchange.receivedFaults + RetrieveDefect.faults(of: content)
        if misbehaviors.contains(.rad69RefusesPackage), exchange.message.isMultipart {
            return (.text(415, "application/soap+xml is expected"), faults)
        }
        return (answer(judged(content), exchange), faults)
    }

    /// Whether a message of SOAP 1.1 is served all the same, as a fault.
    private func isTaken(_ fault: Fault, _ exchange: SOAPExchange) -> Bool {
        fault.code == .versionMismatch && exchange.message.envelope?.content != nil
            && misbehaviors.contains(.rad69AcceptsSOAP11)
    }

    private func answer(_ response: RetrieveDocumentSetResponse, _ exchange: SOAPExchange) -> SimulatorAnswer {
        let addressing = exchange.addressing(action: XDSTransaction.retrieveImagingDocumentSet.responseAction)
        guard misbehaviors.contains(.rad69PlainAnswer) else {
            return exchange.answer(response.package(addressing, boundary: exchange.boundary()))
        }
        return exchange.answer(OutgoingEnvelope(addressing, content: response.plain()))
    }

    /// The answer to the body `content`, with the faults of answers that the source shows.
    private func judged(_ content: Node?) -> RetrieveDocumentSetResponse {
        var response = response(to: content)
        guard var registry = response.registry, !registry.errors.isEmpty else { return response }
        for misbehavior in misbehaviors.sorted() {
            switch misbehavior {
            case .rad69WrongErrorCode: registry.edit { $0.code = .repositoryError }
            case .rad69MalformedAsUnknown:
                registry.edit { if $0.code == .imagingRequestError { $0.code = .documentUniqueIDError } }
            case .rad69ErrorWithoutLocation: registry.edit { $0.location = nil }
            case .rad69ErrorWithoutContext: registry.edit { $0.context = "" }
            case .rad69ErrorAsWarning: registry.edit { $0.severity = XDSURN.warning }
            case .rad69UnknownAsSuccess:
                registry.errors.removeAll { $0.code == .documentUniqueIDError && response.documents.isEmpty }
                if registry.errors.isEmpty { registry.status = XDSURN.success }
            case .rad69PartialAsSuccess:
                if !response.documents.isEmpty { registry = RegistryResponse(status: XDSURN.success) }
            case .rad69FailsWhole:
                registry.status = XDSURN.failure
                response.documents = []
            case .rad69RefusalWithImages:
                if response.documents.isEmpty { response.documents = [document(besides: [])].compactMap { $0 } }
            case _: break
            }
        }
        response.registry = registry
        return response
    }

    private func response(to content: Node?) -> RetrieveDocumentSetResponse {
        guard let content, let request = request(reading: content) else {
            return failure(.repositoryError, "the body is no RetrieveImagingDocumentSetRequest")
        }
        if let defect = RetrieveDefect(of: request, ignoring: ignoredDefects) {
            return failure(.imagingRequestError, defect.english)
        }
        var syntaxes = request.transferSyntaxes.filter { !$0.isEmpty }
        if syntaxes.isEmpty, misbehaviors.contains(.rad69DefaultSyntax) { syntaxes = [UID.explicitLittleEndian] }
        guard !syntaxes.isEmpty else {
            return failure(.repositoryError, "the request names no valid transfer syntax")
        }
        let stored = misbehaviors.contains(.rad69ServesStoredSyntax) ? UID.explicitLittleEndian : nil
        guard let syntax = syntaxes.first(where: Self.producible.contains) ?? stored else {
            return failure(.repositoryError, "no transfer syntax of the request can be made")
        }
        var documents: [DocumentResponse] = []
        var errors: [RegistryError] = []
        var answered: Set<Wanted> = []
        for (study, series, document) in request.requests where document.isComplete {
            let wanted = Wanted(study, series, document)
            // An instance that is asked twice is one instance: it comes once.
            guard answered.insert(wanted).inserted else { continue }
            switch deliver(wanted, syntax: syntax) {
            case .success(let document): documents.append(document)
            case .failure(let error): errors.append(error)
            }
        }
        if misbehaviors.contains(.rad69DropsInstance), documents.count > 1 { documents.removeLast() }
        if misbehaviors.contains(.rad69RepeatsInstance), let first = request.requests.first {
            let wanted = Wanted(first.study, first.series, first.document)
            if case .success(let document) = deliver(wanted, syntax: syntax) { documents.append(document) }
        }
        if misbehaviors.contains(.rad69UnaskedInstance), !documents.isEmpty {
            documents += [document(besides: Set(answered.map(\.instance)))].compactMap { $0 }
        }
        return RetrieveDocumentSetResponse(documents: documents, errors: errors)
    }

    private func request(reading content: Node) -> RetrieveImagingDocumentSetRequest? {
        misbehaviors.contains(.rad69IgnoresNamespaces)
            ? RetrieveImagingDocumentSetRequest(ignoringNamespacesOf: content)
            : RetrieveImagingDocumentSetRequest(reading: content)
    }

    private var ignoredDefects: Set<RetrieveDefect.Kind> {
        var kinds: Set<RetrieveDefect.Kind> = []
        if misbehaviors.contains(.rad69AcceptsEmptyUIDs) { kinds.insert(.emptyUID) }
        if misbehaviors.contains(.rad69AcceptsEmptyRequest) { kinds.insert(.missingElement) }
        if misbehaviors.contains(.rad69SkipsMissingIDs) { kinds.insert(.missingID) }
        if misbehaviors.contains(.rad69IgnoresRepetition) { kinds.insert(.repeatedID) }
        return kinds
    }

    private func failure(_ code: XDSErrorCode, _ context: String) -> RetrieveDocumentSetResponse {
        RetrieveDocumentSetResponse(documents: [], errors: [RegistryError(code, context)])
    }

    // MARK: Delivering

    /// One instance that is asked for.
    private struct Wanted: Hashable {
        let study: String
        let series: String
        let home: String?
        let repository: String
        let instance: String

        init(_ study: String?, _ series: String?, _ document: DocumentRequest) {
            self.study = study ?? ""
            self.series = series ?? ""
            home = document.home
            repository = document.repositoryUniqueID ?? ""
            instance = document.documentUniqueID ?? ""
        }
    }

    private enum Delivery {
        case success(DocumentResponse)
        case failure(RegistryError)
    }

    private func deliver(_ wanted: Wanted, syntax: String) -> Delivery {
        if let home = wanted.home, home != Self.homeCommunity, !misbehaviors.contains(.rad69IgnoresHome) {
            // IHE RAD TF-2 4.75: the gateway knows no imaging source of that community.
            return .failure(
                RegistryError(
                    .imagingUnknownSource, "no imaging source of the community \(home) is known",
                    location: wanted.instance))
        }
        guard
            misbehaviors.contains(.rad69IgnoresRepository)
                || served.contains(where: { $0.exam.retrieveLocationUID == wanted.repository })
        else {
            return .failure(
                RegistryError(
                    .unknownRepositoryID, "this source is not the repository \(wanted.repository)",
                    location: wanted.instance))
        }
        guard let (exam, series, instance) = find(wanted) else {
            return .failure(
                RegistryError(
                    .documentUniqueIDError, "the source does not hold the instance in this series of this study",
                    location: wanted.instance))
        }
        return .success(document(instance, of: series, in: exam, wanted, syntax: syntax))
    }

    private func find(_ wanted: Wanted) -> (ExamFixture, ExamFixture.Series, ExamFixture.Instance)? {
        let takesEmpty = misbehaviors.contains(.rad69AcceptsEmptyUIDs)
        for exam in served.map(\.exam) {
            guard
                exam.studyUID == wanted.study || misbehaviors.contains(.rad69IgnoresStudy)
                    || takesEmpty && wanted.study.isEmpty
            else { continue }
            for series in exam.series {
                guard
                    series.uid == wanted.series || misbehaviors.contains(.rad69IgnoresSeries)
                        || takesEmpty && wanted.series.isEmpty
                else { continue }
                if let instance = series.instances.first(where: { $0.uid == wanted.instance }) {
                    return (exam, series, instance)
                }
            }
        }
        return nil
    }

    private func document(
        _ instance: ExamFixture.Instance, of series: ExamFixture.Series, in exam: ExamFixture, _ wanted: Wanted,
        syntax: String
    ) -> DocumentResponse {
        let isWrong = misbehaviors.contains(.rad69WrongTransferSyntax)
        let served = isWrong && syntax == UID.explicitLittleEndian ? UID.implicitLittleEndian : syntax
        // Made when it is sent: an answer of any length is never whole in memory.
        let once = OncePiece {
            var file = exam.image(instance, of: series)
            if served != file.transferSyntax { file = DICOMFile(dataSet: file.dataSet, transferSyntax: served) }
            return retrieved(file, of: exam)
        }
        return DocumentResponse(
            home: wanted.home,
            repositoryUniqueID: misbehaviors.contains(.rad69OtherRepository)
                ? exam.derived.uid("other-repository") : wanted.repository,
            documentUniqueID: wanted.instance,
            mimeType: misbehaviors.contains(.rad69WrongMimeType) ? "application/octet-stream" : "application/dicom",
            body: .stream(length: nil) { once.next() })
    }

    /// An image that nobody asked for: the first that is not among `asked`.
    private func document(besides asked: Set<String>) -> DocumentResponse? {
        for exam in served.map(\.exam) {
            for series in exam.series {
                guard let instance = series.instances.first(where: { !asked.contains($0.uid) }) else { continue }
                let wanted = Wanted(
                    exam.studyUID, series.uid,
                    DocumentRequest(repositoryUniqueID: exam.retrieveLocationUID, documentUniqueID: instance.uid))
                return document(instance, of: series, in: exam, wanted, syntax: UID.explicitLittleEndian)
            }
        }
        return nil
    }
}

extension RetrieveDocumentSetResponse {
    /// The body element with the documents in base64, as before MTOM.
    fileprivate func plain() -> Element {
        func bytes(_ document: DocumentResponse) -> [UInt8] {
            let next = document.body.makeReader()
            var bytes: [UInt8] = []
            while let piece = try? next() { bytes += piece }
            return bytes
        }
        var rest = documents[...]
        var body = element { "\($0)" }
        body.content = body.content.map { item in
            guard case .element(var response) = item, response.name == "xdsb:DocumentResponse",
                let document = rest.popFirst()
            else { return item }
            response.content.removeLast()
            response.append(
                Element("xdsb:Document", text: String(decoding: Base64.encode(bytes(document)), as: UTF8.self)))
            return .element(response)
        }
        return body
    }
}

extension DocumentRequest {
    /// Whether it says what is asked, and of whom.
    fileprivate var isComplete: Bool { repositoryUniqueID?.isEmpty == false && documentUniqueID?.isEmpty == false }
}

extension RegistryResponse {
    /// Changes each error.
    fileprivate mutating func edit(_ change: (inout RegistryError) -> Void) {
        for index in errors.indices { change(&errors[index]) }
    }
}
