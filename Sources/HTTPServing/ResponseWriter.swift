internal import HTTP
internal import NIOCore

/// The way out of one connection.
///
/// A write waits until the system took the bytes: what a slow peer has not taken never piles up here.
struct Output: Sendable {
    let channel: any Channel
    let patience: Patience

    func write(_ bytes: ByteBuffer) async throws {
        let channel = channel
        let patience = patience
        patience.enter(.writing)
        let written: EventLoopFuture<Void> = channel.writeAndFlush(bytes)
        // From one write to the next it is the server who is waited for.
        written.whenComplete { _ in patience.wrote() }
        try await withTaskCancellationHandler {
            try await written.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}

/// Writes one answer, right or wrong.
struct ResponseWriter {
    let output: Output
    let request: RequestHead?

    /// What is written at once: the peer's progress is seen from one such piece to the next.
    private static let pieceSize = 64 << 10

    /// Writes `response`; false when the connection must close.
    func write(_ response: ServerResponse) async throws -> Bool {
        var gate = Gate(output: output)
        switch response.fault {
        case .raw(let bytes):
            _ = try await gate.write(bytes[...])
            return false
        case .neverAnswer:
            await waitForEnd()
            return false
        case .endlessChunks:
            try await output.write(ByteBuffer(string: head(response, length: nil, isChunked: true)))
            let chunk = ByteBuffer(string: "1000\r\n" + String(repeating: "0", count: 4096) + "\r\n")
            while !Task.isCancelled { try await output.write(chunk) }
            return false
        case .cutAfter(let count): gate.rest = max(0, count)
        case .dripped(let rate): gate.rate = max(1, rate)
        case .contentLength, nil: break
        }
        let framing = framing(of: response)
        let isChunked = framing == .chunked
        var length = framing == .contentLength ? response.body.length : nil
        if case .contentLength(let told) = response.fault { length = told }
        var head = Array(head(response, length: length, isChunked: isChunked).utf8)
        let hasBody = request?.method != "HEAD"
        // A short answer goes in one piece.
        if hasBody, !isChunked, case .bytes(let bytes) = response.body, bytes.count <= Self.pieceSize {
            guard try await gate.write((head + bytes)[...]) else { return false }
            head = []
        } else {
            guard try await gate.write(head[...]) else { return false }
        }
        if hasBody, !head.isEmpty {
            guard try await write(response.body, isChunked: isChunked, to: &gate) else { return false }
        }
        if case .contentLength = response.fault { return false }
        let closes = RequestHead.options(response.headers).contains("close") || framing == .close
        return !closes && (request?.keepsAlive ?? false)
    }

    private func write(_ body: RequestBody, isChunked: Bool, to gate: inout Gate) async throws -> Bool {
        let next = body.makeReader()
        while let bytes = try next() {
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Self.pieceSize)
                rest = rest.dropFirst(piece.count)
                if isChunked {
                    let framed = Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [0x0D, 0x0A]
                    guard try await gate.write(framed[...]) else { return false }
                } else {
                    guard try await gate.write(piece) else { return false }
                }
            }
        }
        guard isChunked else { return true }
        return try await gate.write(Array("0\r\n\r\n".utf8)[...])
    }

    /// RFC 9112 §6.1: a client of HTTP/1.0 does not know chunks, unless the test wants them sent.
    private func framing(of response: ServerResponse) -> ServerResponse.Framing {
        guard response.framing == .contentLength, response.body.length == nil else { return response.framing }
        return request?.version == "HTTP/1.0" ? .close : .chunked
    }

    /// Waits until the peer, or the server's end, closes the connection; at most an hour.
    private func waitForEnd() async {
        let channel = output.channel
        let limit = channel.eventLoop.scheduleTask(in: .hours(1)) { channel.close(promise: nil) }
        await withTaskCancellationHandler {
            try? await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        limit.cancel()
    }

    private func head(_ response: ServerResponse, length: Int64?, isChunked: Bool) -> String {
        var text = "HTTP/1.1 \(response.status) \(response.reason)\r\n"
        for field in response.headers.fields { text += "\(field.name): \(field.value)\r\n" }
        // RFC 9110 §8.6: neither 1xx nor 204 has a Content-Length.
        let hasNone = (100..<200).contains(response.status) || response.status == 204
        if isChunked {
            if !response.headers.contains("Transfer-Encoding") { text += "Transfer-Encoding: chunked\r\n" }
        } else if let length, !(hasNone && length == 0), !response.headers.contains("Content-Length") {
            text += "Content-Length: \(length)\r\n"
        }
        if response.framing == .close, response.headers.first("Connection") == nil { text += "Connection: close\r\n" }
        return text + "\r\n"
    }

    /// Lets bytes through until a fault stops them.
    private struct Gate {
        let output: Output
        var rest: Int?
        var rate: Int?

        init(output: Output) { self.output = output }

        mutating func write(_ bytes: ArraySlice<UInt8>) async throws -> Bool {
            if let rate {
                for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: rate) {
                    try await output.write(ByteBuffer(bytes: bytes[start..<min(start + rate, bytes.endIndex)]))
                    try await Task.sleep(for: .seconds(1))
                }
                return true
            }
            guard let left = rest else {
                try await output.write(ByteBuffer(bytes: bytes))
                return true
            }
            try await output.write(ByteBuffer(bytes: bytes.prefix(left)))
            rest = left - min(left, bytes.count)
            return left > bytes.count
        }
    }
}
