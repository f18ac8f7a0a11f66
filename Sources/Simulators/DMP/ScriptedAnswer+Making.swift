import DICOM
import HTTP
import SOAP
import XDS
import XML

extension ScriptedAnswer {
    /// The answer in whose stead the message is not served; nil when it is served.
    func replacement(of transaction: DMPTransaction, _ exchange: SOAPExchange) -> SimulatorAnswer? {
        switch kind {
        case .error(let code, let context): return refusal(transaction, RegistryError(code, context), exchange)
        case .fault(let code, let reason): return exchange.answer(Fault(code, reason: reason))
        case .http(let status): return .text(status, "as the scenario asks")
        case .html: return .html(200, "<html><body><h1>Service indisponible</h1></body></html>")
        case .closedRecord: return existence(transaction, .closed, exchange)
        case .absentRecord: return existence(transaction, .absent, exchange)
        case .noAccess:
            if transaction == .authorization {
                return exchange.answer(
                    envelope(
                        transaction, exchange, AuthorizationResponse(isGranted: false, "access is blocked").element()))
            }
            return existence(transaction, .open(.absent), exchange)
        default: return nil
        }
    }

    private func envelope(
        _ transaction: DMPTransaction, _ exchange: SOAPExchange, _ content: Element
    ) -> OutgoingEnvelope {
        OutgoingEnvelope(exchange.addressing(action: transaction.responseAction), content: content)
    }

    private func existence(
        _ transaction: DMPTransaction, _ state: ExistenceAnswer.State, _ exchange: SOAPExchange
    ) -> SimulatorAnswer? {
        guard transaction == .existence, let content = exchange.message.envelope?.content,
            let request = ExistenceRequest(reading: content)
        else { return nil }
        return exchange.answer(
            envelope(
                transaction, exchange, ExistenceAnswer(state).element(to: request, identifiers: exchange.identifiers)))
    }

    private func refusal(
        _ transaction: DMPTransaction, _ error: RegistryError, _ exchange: SOAPExchange
    ) -> SimulatorAnswer {
        let response = RegistryResponse(errors: [error])
        switch transaction {
        case .provideAndRegister:
            let envelope = envelope(transaction, exchange, response.element())
            return exchange.answer(
                MTOMPackage(
                    envelope: envelope.serialized(), action: envelope.addressing.action, boundary: exchange.boundary()))
        case .updateDocumentSet: return exchange.answer(envelope(transaction, exchange, response.element()))
        case .registryStoredQuery:
            return exchange.answer(envelope(transaction, exchange, StoredQueryResponse(response).element()))
        case .retrieveDocumentSet:
            return exchange.answer(
                RetrieveDocumentSetResponse(response, documents: []).package(
                    exchange.addressing(action: transaction.responseAction), boundary: exchange.boundary()))
        case .existence:
            let request = exchange.message.envelope?.content.flatMap { ExistenceRequest(reading: $0) }
            let answer = ExistenceAnswer(.refused("\(error.code.rawValue): \(error.context)"))
            return exchange.answer(
                envelope(transaction, exchange, answer.element(to: request, identifiers: exchange.identifiers)))
        case .authorization:
            let answer = AuthorizationResponse(isGranted: false, "\(error.code.rawValue): \(error.context)")
            return exchange.answer(envelope(transaction, exchange, answer.element()))
        }
    }

    /// The answer as it goes on the wire.
    func applied(to answer: SimulatorAnswer) -> SimulatorAnswer {
        var answer = answer
        switch kind {
        case .delayed(let seconds): answer.delay = seconds
        case .dripped(let rate): answer.framing = .dripped(bytesPerSecond: rate)
        case .cut(let count): answer.framing = .broken(afterBytes: count)
        case .silence: answer.framing = .silent
        case .contentType(let type): answer.headers.set("Content-Type", type)
        case .lowerCaseHeaders:
            answer.headers = HTTPHeaders(answer.headers.fields.map { ($0.name.lowercased(), $0.value) })
        case .unquotedBoundary:
            guard let type = answer.headers.first("Content-Type"), let boundary = MediaType(type)?["boundary"] else {
                break
            }
            answer.headers.set("Content-Type", type.replacing("\"\(boundary)\"", with: boundary))
        default: break
        }
        return answer
    }

    // MARK: ITI-18

    /// The answer to a query, changed as the script asks.
    func changed(
        _ response: StoredQueryResponse, query: StoredQuery, storage: any DMPStorage
    ) async throws(StorageError) -> StoredQueryResponse {
        var response = response
        switch kind {
        case .empty: response = StoredQueryResponse()
        case .withCount: response.totalResultCount = response.objects.entries.count + response.objects.references.count
        case .tooMany:
            let all = response.objects.entries
            response.objects.entries = Array(all.prefix((all.count + 1) / 2))
            response.registry = RegistryResponse(
                status: XDSURN.partialSuccess,
                errors: [
                    RegistryError(
                        .tooManyResults, "\(all.count) entries match, \(response.objects.entries.count) are returned")
                ])
        case .withWithdrawn: try await addWithdrawn(&response, query, storage)
        case .extraSlots:
            for index in response.objects.entries.indices {
                let id = response.objects.entries[index].id
                response.objects.entries[index].otherSlots.append(Slot("urn:cisis:unknown", ["unknown"]))
                response.objects.entries[index].otherClassifications.append(
                    Classification(
                        id: "urn:uuid:00000000-0000-4000-8000-00000000c151",
                        scheme: "urn:uuid:00000000-0000-4000-8000-00000000c152", classifiedObject: id,
                        nodeRepresentation: "unknown", slots: [Slot("codingScheme", ["1.2.3"])], name: "unknown"))
            }
        case .olderEventCodes:
            let older = [
                FrenchOID.dicomTerminology: FrenchOID.modalityValueSet, FrenchOID.snomed: FrenchOID.regionValueSet,
            ]
            for index in response.objects.entries.indices {
                response.objects.entries[index].eventCodes = response.objects.entries[index].eventCodes.map { code in
                    CodedValue(code.code, older[code.scheme] ?? code.scheme, code.displayName)
                }
            }
        default: break
        }
        return response
    }

    private func addWithdrawn(
        _ response: inout StoredQueryResponse, _ query: StoredQuery, _ storage: any DMPStorage
    ) async throws(StorageError) {
        guard let patient = query.text("$XDSDocumentEntryPatientId") else { return }
        let shown = Set(response.objects.entries.map(\.id))
        let all = try await storage.objects(.patient(CX(patient))).entries
        response.objects.entries += all.filter {
            !shown.contains($0.id) && [XDSURN.deprecated, XDSURN.deleted].contains($0.availabilityStatus)
        }
        guard !response.objects.entries.contains(where: { $0.availabilityStatus == XDSURN.deleted }),
            var withdrawn = response.objects.entries.first
        else { return }
        withdrawn.id = "urn:uuid:00000000-0000-4000-8000-00000000de1e"
        withdrawn.logicalID = withdrawn.id
        withdrawn.uniqueID += ".999"
        withdrawn.availabilityStatus = XDSURN.deleted
        response.objects.entries.append(withdrawn)
    }

    // MARK: ITI-43

    /// The answer to a retrieval, changed as the script asks.
    func changed(_ response: RetrieveDocumentSetResponse) -> RetrieveDocumentSetResponse {
        var response = response
        switch kind {
        case .partial:
            guard let last = response.documents.popLast() else { break }
            let error = RegistryError(
                .documentUniqueIDError, "the document cannot be read now", location: last.documentUniqueID)
            response = RetrieveDocumentSetResponse(
                documents: response.documents, errors: (response.registry?.errors ?? []) + [error])
        case .brokenManifest: response.changeManifests { Array($0.prefix(100)) }
        case .otherPatientManifest:
            response.changeManifests { bytes in
                guard var file = try? DICOMFile(reading: bytes) else { return bytes }
                file.dataSet.set(.patientID, "180019999900069")
                return DICOMFile(dataSet: file.dataSet, transferSyntax: file.transferSyntax).serialized()
            }
        default: break
        }
        return response
    }
}

extension RetrieveDocumentSetResponse {
    fileprivate mutating func changeManifests(_ change: ([UInt8]) -> [UInt8]) {
        for index in documents.indices where documents[index].mimeType == "application/dicom" {
            guard case .bytes(let bytes) = documents[index].body else { continue }
            documents[index].body = .bytes(change(bytes))
        }
    }

    /// The answer with its documents as base64 text.
    func inlineElement() -> Element {
        var element = element { _ in "" }
        let bodies = documents.map { document -> [UInt8] in
            guard case .bytes(let bytes) = document.body else { return [] }
            return bytes
        }
        var next = 0
        for index in element.content.indices {
            guard case .element(var response) = element.content[index], response.name == "xdsb:DocumentResponse" else {
                continue
            }
            for inner in response.content.indices {
                guard case .element(let child) = response.content[inner], child.name == "xdsb:Document" else {
                    continue
                }
                let text = String(decoding: Base64.encode(bodies[next]), as: UTF8.self)
                response.content[inner] = .element(Element("xdsb:Document", text: text))
            }
            element.content[index] = .element(response)
            next += 1
        }
        return element
    }
}
