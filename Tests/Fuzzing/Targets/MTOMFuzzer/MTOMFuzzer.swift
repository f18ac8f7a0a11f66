internal import FuzzSupport
internal import HTTP
internal import SOAP
internal import XML

/// A line with the Content-Type, then the body: everything that the message tells is asked for. An empty line stands
/// for a body that was captured without its headers.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let halves = UnsafeBufferPointer(start: bytes, count: count)
        .split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return 0 }
    let header = String(decoding: halves[0], as: UTF8.self)
    let body = Array(halves[1])
    let message = SOAPMessage(reading: body, contentType: header.isEmpty ? nil : header)
    visit(message, in: body)
    let response = HTTPResponse(
        status: 200 + count % 2 * 300, headers: ["Content-Type": header], body: RecordedBody(body))
    let answer = SOAPMessage(reading: response)
    require(header.isEmpty || answer.parts.count == message.parts.count, "an answer has other parts")
    readTexts(header, body)
    return 0
}

private func visit(_ message: SOAPMessage, in body: [UInt8]) {
    require(message.rootIndex.map { message.parts.indices.contains($0) } ?? true, "the root is no part")
    for (index, part) in message.parts.enumerated() {
        require(part.index == index && part.bodyOffset + part.encodedLength <= body.count, "a part is outside")
        let own = body[part.bodyOffset..<(part.bodyOffset + part.encodedLength)]
        require(part.isDecoded || part.content == own, "a part has other bytes")
    }
    for fault in message.faults {
        let place = message.place(of: fault)
        require((place.line ?? 1) > 0 && (place.column ?? 1) > 0 && (place.byte ?? 0) >= 0, "a place before all")
        _ = (fault.english, fault.french, place.xpath)
    }
    for inclusion in message.includes {
        guard let parent = inclusion.node.parent, parent.kind == .element else { continue }
        let content = message.content(of: parent)
        require(
            parent.first("Include", in: SOAPNamespace.xop) != inclusion.node
                || content.isResolved == (inclusion.partIndex != nil), "an inclusion is resolved in two ways")
    }
    guard let document = message.document else { return }
    for element in document.root.descendants where element.kind == .element {
        _ = message.content(of: element).bytes.count
        _ = message.place(of: element)
    }
    guard let envelope = message.envelope else { return }
    for name in ["Action", "MessageID", "To", "RelatesTo"] { _ = envelope.mustUnderstand(name).isRequired }
    if let header = SecurityHeader(envelope) {
        require(!header.assertions.contains { header.strays.contains($0) }, "an assertion is in and out")
        _ = header.mustUnderstand.isRequired
    }
    _ = VIHFReading(envelope)?.values.patient
    rewrite(envelope)
}

/// Addressing and fault, written and read again, say the same.
private func rewrite(_ envelope: Envelope) {
    let written = OutgoingEnvelope(envelope.addressing, content: Element("a", text: "b")).serialized()
    let again = SOAPMessage(reading: written, contentType: "application/soap+xml").envelope
    require(again?.addressing == envelope.addressing, "the addressing changed")
    guard var fault = envelope.fault, envelope.version == .soap12, !fault.code.rawValue.isEmpty else { return }
    // What is no qualified name has no writing of its own.
    guard fault.subcode?.local.contains(":") != true else { return }
    // A read detail is a text for people, which is not written.
    fault.detail = ""
    let told = SOAPMessage(
        reading: OutgoingEnvelope(fault: fault).serialized(), contentType: "application/soap+xml")
    require(
        told.envelope?.fault == fault, "the fault changed: \(fault) became \(String(describing: told.envelope?.fault))")
}

private func readTexts(_ header: String, _ body: [UInt8]) {
    require(PercentEncoding.decode(PercentEncoding.encode(header)) == header, "escaped, it is another text")
    _ = PercentEncoding.decode(header)
    let piece = body.prefix(200)
    let decoded = Base64.decode(Base64.encode(piece, lineLength: 76))
    require(decoded.bytes == Array(piece) && decoded.firstError == nil, "in base64, they are other bytes")
    _ = Base64.decode(piece)
}

/// Moves elements about, besides the mutations of bytes.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
    ElementMutator.mutate(bytes, count, limit, seed)
}
