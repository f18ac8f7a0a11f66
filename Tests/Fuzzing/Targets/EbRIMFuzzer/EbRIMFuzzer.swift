internal import FuzzSupport
internal import SOAP
internal import XDS
internal import XML

/// XML or a captured MIME body is a message: all readers of XDS, all rules that judge what they read. Anything else is
/// lines of text: the values of metadata and of stored queries.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let first = input.first, first == UInt8(ascii: "<") || first == UInt8(ascii: "-") else {
        for line in input.split(separator: 0x0A).prefix(20) { read(value: String(decoding: line, as: UTF8.self)) }
        return 0
    }
    let message = SOAPMessage(reading: input, contentType: nil)
    read(message)
    judge(message)
    if let repair = MetadataRepair(input) {
        require(!repair.prefixes.isEmpty && repair.bytes.count > input.count, "a repair of nothing")
        read(SOAPMessage(reading: repair.bytes, contentType: nil))
    }
    return 0
}

private func read(_ message: SOAPMessage) {
    guard let content = message.envelope?.content ?? message.document?.documentElement else { return }
    if let query = StoredQuery(reading: content) {
        _ = query.faults.count
        for parameter in query.parameters { visit(parameter, of: query) }
        requireSame(query, query.element()) { StoredQuery(reading: $0) }
    }
    if let request = RetrieveDocumentSetRequest(reading: content) {
        requireSame(request, request.element()) { RetrieveDocumentSetRequest(reading: $0) }
    }
    if let request = RetrieveImagingDocumentSetRequest(reading: content) {
        _ = request.requests.count
        requireSame(request, request.element()) { RetrieveImagingDocumentSetRequest(reading: $0) }
    }
    if let answer = StoredQueryResponse(reading: content) {
        requireSame(answer.registry, answer.registry.element()) { RegistryResponse(reading: $0) }
        rewrite(answer.objects)
        requireSettled(answer.element()) { StoredQueryResponse(reading: $0)?.element() }
    }
    if let answer = RetrieveDocumentSetResponse(reading: message) {
        _ = answer.documents.map { $0.content?.bytes.count }
        _ = answer.element { "part\($0)" }
    }
    if let request = UpdateDocumentSetRequest(reading: message) {
        _ = (request.statusUpdates.map(\.newStatus), request.newVersions.map(\.previousVersion))
    }
    guard let request = ProvideAndRegisterRequest(reading: message) else { return }
    _ = request.documents.map { ($0.hash, $0.content?.origin) }
    _ = request.submission.faults.count
    rewrite(request.submission)
}

private func visit(_ parameter: StoredQuery.Parameter, of query: StoredQuery) {
    _ = query.clauses(parameter.name)
    _ = query.accepts(parameter.name, ["a"])
    _ = query.acceptsPattern(parameter.name, ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", ""])
    _ = query.acceptsCode(parameter.name, [FrenchCode.kosType])
    _ = query.acceptsTime(parameter.name, DTM("20260115101500"))
}

/// What was read and written reads as the same.
private func requireSame<Value: Equatable>(_ value: Value, _ element: Element, _ read: (Node) -> Value?) {
    let written = Serializer.serialize(element)
    guard let document = try? Document(parsing: written) else {
        fatalError("written, it is no XML: \(String(decoding: written, as: UTF8.self))")
    }
    require(read(document.documentElement) == value, "it changed: \(String(decoding: written, as: UTF8.self))")
}

/// What was written, read and written again is written in the same manner.
private func requireSettled(_ element: Element, _ rewrite: (Node) -> Element?) {
    let written = Serializer.serialize(element)
    guard let document = try? Document(parsing: written) else {
        fatalError("written, it is no XML: \(String(decoding: written, as: UTF8.self))")
    }
    let again = rewrite(document.documentElement).map { Serializer.serialize($0) } ?? []
    require(
        again == written,
        "\(String(decoding: written, as: UTF8.self))\nwas then written\n\(String(decoding: again, as: UTF8.self))")
}

private func rewrite(_ submission: Submission) {
    for entry in submission.entries { _ = (entry.isKOS, entry.isSignature, entry.patientInfo(3)) }
    // The first writing brings the objects into the order and the ids of this project.
    requireSettled(submission.element()) { Submission(reading: $0).element() }
}

/// Moves elements about, besides the mutations of bytes.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
    ElementMutator.mutate(bytes, count, limit, seed)
}
