internal import HTTP
internal import NIOCore

/// One connection: reads requests, lets the handler answer, writes the answers.
struct Connection: Sendable {
    let limits: ServerLimits
    let spoolDirectory: String?
    let handler: any HTTPHandler
    let remote: String?

    typealias Stream = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    func serve(_ connection: Stream) async {
        try? await connection.executeThenClose { inbound, outbound in
            var parser = RequestParser(limits: limits)
            var head: RequestHead?
            var recorder = BodyRecorder(directory: spoolDirectory)
            for try await buffer in inbound {
                parser.feed(buffer.readableBytesView)
                do {
                    while let event = try parser.next() {
                        switch event {
                        case .head(let read):
                            head = read
                            recorder = BodyRecorder(directory: spoolDirectory)
                            if read.headers.first("Expect")?.lowercased() == "100-continue" {
                                try await outbound.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
                            }
                        case .body(let bytes):
                            try bytes.withUnsafeBytes { try recorder.append($0) }
                        case .end:
                            guard let request = head else { return }
                            head = nil
                            let answered = ServerRequest(
                                method: request.method, target: request.target, version: request.version,
                                headers: request.headers, body: recorder.finish(), head: request.bytes,
                                remoteAddress: remote, clientCertificate: nil)
                            let response = await handler.respond(to: answered)
                            let writer = ResponseWriter(outbound: outbound, request: request)
                            guard try await writer.write(response) else { return }
                        }
                    }
                } catch let failure as RequestParser.Failure {
                    let body = Array((failure.message + "\n").utf8)
                    let response = ServerResponse(
                        failure.status, headers: ["Content-Type": "text/plain; charset=utf-8", "Connection": "close"],
                        body: .bytes(body))
                    _ = try await ResponseWriter(outbound: outbound, request: nil).write(response)
                    return
                }
            }
        }
    }
}

/// Writes one answer, right or wrong.
struct ResponseWriter {
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    let request: RequestHead?

    /// Writes `response`; false when the connection must close.
    func write(_ response: ServerResponse) async throws -> Bool {
        var gate = Gate(outbound: outbound)
        switch response.fault {
        case .raw(let bytes):
            try await outbound.write(ByteBuffer(bytes: bytes))
            return false
        case .neverAnswer:
            // The peer's patience or the server's end closes the connection.
            try await Task.sleep(for: .seconds(3600))
            return false
        case .endlessChunks:
            try await outbound.write(ByteBuffer(string: head(response, length: nil, chunked: true)))
            let chunk = ByteBuffer(string: "1000\r\n" + String(repeating: "0", count: 4096) + "\r\n")
            while !Task.isCancelled { try await outbound.write(chunk) }
            return false
        case .cutAfter(let count): gate.rest = count
        case .dripped(let rate): gate.rate = max(1, rate)
        case .contentLength, nil: break
        }
        let isChunked =
            response.framing == .chunked || (response.framing == .contentLength && response.body.length == nil)
        var length = response.framing == .contentLength ? response.body.length : nil
        if case .contentLength(let told) = response.fault { length = told }
        guard try await gate.write(Array(head(response, length: length, chunked: isChunked).utf8)) else { return false }
        if request?.method != "HEAD" {
            let next = response.body.makeReader()
            while let piece = try next() {
                guard !piece.isEmpty else { continue }
                let framed =
                    isChunked ? Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [0x0D, 0x0A] : piece
                guard try await gate.write(framed) else { return false }
            }
            if isChunked { guard try await gate.write(Array("0\r\n\r\n".utf8)) else { return false } }
        }
        if case .contentLength = response.fault { return false }
        let closes = response.headers.first("Connection")?.lowercased() == "close" || response.framing == .close
        return !closes && (request?.keepsAlive ?? false)
    }

    private func head(_ response: ServerResponse, length: Int64?, chunked: Bool) -> String {
        var text = "HTTP/1.1 \(response.status) \(response.reason)\r\n"
        for field in response.headers.fields { text += "\(field.name): \(field.value)\r\n" }
        if chunked {
            text += "Transfer-Encoding: chunked\r\n"
        } else if let length {
            text += "Content-Length: \(length)\r\n"
        }
        if response.framing == .close, response.headers.first("Connection") == nil { text += "Connection: close\r\n" }
        return text + "\r\n"
    }

    /// Lets bytes through until a fault stops them.
    private struct Gate {
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        var rest: Int?
        var rate: Int?

        mutating func write(_ bytes: [UInt8]) async throws -> Bool {
            if let rate {
                for start in stride(from: 0, to: bytes.count, by: rate) {
                    try await outbound.write(ByteBuffer(bytes: bytes[start..<min(start + rate, bytes.count)]))
                    try await Task.sleep(for: .seconds(1))
                }
                return true
            }
            guard let left = rest else {
                try await outbound.write(ByteBuffer(bytes: bytes))
                return true
            }
            try await outbound.write(ByteBuffer(bytes: bytes.prefix(left)))
            rest = left - min(left, bytes.count)
            return left > bytes.count
        }
    }
}
