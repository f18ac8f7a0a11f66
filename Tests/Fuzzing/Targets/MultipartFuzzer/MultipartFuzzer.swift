internal import FuzzSupport
internal import HTTP

/// Three parts: a Content-Type, the sizes of the pieces (a byte each), a body, between them line feeds.
///
/// The events of the streaming reader must not depend on the pieces, and the message in memory must be what they say.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let lines = UnsafeBufferPointer(start: bytes, count: count)
        .split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3 else { return 0 }
    let header = String(decoding: lines[0], as: UTF8.self)
    let pieces = lines[1].map { Int($0 & 0x3F) }
    let body = Array(lines[2])
    let mediaType = readTexts(header)
    let message = MultipartMessage(reading: body, contentType: mediaType)
    visit(message, in: body)
    visit(MultipartMessage(capture: body), in: body)
    require(
        MultipartMessage.detectBoundary(in: body) == MultipartMessage(capture: body).detected, "two boundaries")
    var limits = MultipartReader.Limits()
    compare(body, message, limits, pieces)
    limits.headerSize = 48
    limits.parts = 2
    limits.faultsOfACode = 2
    compare(body, message, limits, pieces)
    return 0
}

extension MultipartMessage {
    fileprivate var detected: String? { boundary.isEmpty ? nil : boundary }
}

/// The small grammars of a header: what was read and written reads again as the same.
private func readTexts(_ header: String) -> MediaType? {
    let mediaType = MediaType(header)
    if let mediaType {
        require(MediaType(mediaType.description) == mediaType, "written, it is another media type")
    }
    for element in MediaType.list(header) { _ = element.mediaType?["q"] }
    require(URLTarget.percentDecoded(URLTarget.percentEncoded(header)) == header, "escaped, it is another text")
    if let target = try? URLTarget(header) { _ = target.path + (target.first("a") ?? "") }
    _ = ContentID.referenced(by: header)
    _ = ContentID.bare(header)
    return mediaType
}

private func visit(_ message: MultipartMessage, in body: [UInt8]) {
    var end = 0
    for part in message.parts {
        require(part.headerOffset >= end && part.bodyOffset >= part.headerOffset, "parts overlap")
        end = part.bodyOffset + part.body.count
        require(end <= body.count && body[part.bodyOffset..<end] == part.body, "a part is not of the body")
        _ = part.decodedBody()
        _ = part.contentType?.essence
        if let id = part.contentID {
            require(message.part(contentID: "<\(id)>") != nil, "a part is not found by its id")
        }
    }
    for fault in message.faults {
        require((0...body.count).contains(fault.byteOffset), "a fault is outside of the body")
    }
}

/// The events as text, the content of each part as one.
private struct Events {
    var lines: [String] = []
    var contents: [[UInt8]] = []

    mutating func take(_ event: MultipartEvent) {
        switch event {
        case .partStarted(let headers, let headerOffset, let bodyOffset):
            lines.append("part \(headerOffset) \(bodyOffset) \(headers)")
            contents.append([])
        case .body(let bytes):
            require(!contents.isEmpty, "content before any part")
            contents[contents.count - 1] += bytes
        case .partEnded(let length):
            require(contents.last?.count == length, "the length of a part is not that of its content")
            lines.append("end \(length)")
        case .fault(let fault): lines.append("\(fault.code.rawValue) \(fault.byteOffset) \(fault.message)")
        case .closed: lines.append("closed")
        }
    }
}

private func events(_ body: [UInt8], _ boundary: String, _ limits: MultipartReader.Limits, _ pieces: [Int]) -> Events {
    var events = Events()
    var reader = MultipartReader(boundary: boundary, limits: limits)
    var place = 0
    var turn = 0
    body.withUnsafeBytes { buffer in
        while place < buffer.count {
            // Empty pieces are allowed, but not endless.
            let size = pieces.isEmpty ? buffer.count : turn < 4096 ? pieces[turn % pieces.count] : 1
            let end = min(buffer.count, place + size)
            reader.feed(UnsafeRawBufferPointer(rebasing: buffer[place..<end])) { events.take($0) }
            place = end
            turn += 1
        }
        reader.finish { events.take($0) }
    }
    return events
}

private func compare(
    _ body: [UInt8], _ message: MultipartMessage, _ limits: MultipartReader.Limits, _ pieces: [Int]
) {
    let whole = events(body, message.boundary, limits, [])
    require(whole.contents == message.parts.map { Array($0.body) } || limits.headerSize < 1000, "other parts")
    for cut in [pieces, [1]] {
        let others = events(body, message.boundary, limits, cut)
        require(others.lines == whole.lines, "pieces change the events: \(others.lines) != \(whole.lines)")
        require(others.contents == whole.contents, "pieces change the content")
    }
}
