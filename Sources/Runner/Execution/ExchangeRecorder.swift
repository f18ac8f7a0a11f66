internal import Conformance
internal import Foundation
internal import HTTP
internal import SOAP
internal import Simulators

/// Puts an exchange into the evidence and describes it for the record.
struct ExchangeRecorder: Sendable {
    let step: Step
    let services: RunServices

    /// An exchange that ended.
    func record(_ prepared: PreparedRequest, wire: WireRecord, response: HTTPResponse, answer: SOAPMessage?)
        async throws -> ExchangeRecord
    {
        var record = try await base(prepared, wire)
        let startLine = services.secrets.hidden("\(response.version) \(response.status) \(response.reason)")
        var message = MessageRecord(startLine: startLine, headers: fields(response.headers))
        message.head = try await keepHead(wire.responseHead, kind: "response-head")
        let type = response.headers.first("Content-Type") ?? "application/octet-stream"
        message.body = try await keep(response.body, mediaType: type, kind: "response-body")
        if let answer, answer.isMultipart { message.parts = try await keepParts(of: answer) }
        record.response = message
        return record
    }

    /// An exchange that did not end: what was sent and received until then.
    func record(_ prepared: PreparedRequest, failure: HTTPError) async throws -> ExchangeRecord {
        let wire = failure.wire ?? WireRecord(started: Date())
        var record = try await base(prepared, wire)
        record.error = failure.message
        if !wire.responseHead.isEmpty || wire.responseBody != nil {
            let lines = String(decoding: wire.responseHead, as: UTF8.self).split(separator: "\r\n")
            var message = MessageRecord(startLine: lines.first.map(String.init) ?? "", headers: [])
            message.head = try await keepHead(wire.responseHead, kind: "response-head")
            if let body = wire.responseBody {
                message.body = try await keep(body, mediaType: "application/octet-stream", kind: "response-body")
            }
            record.response = message
        }
        return record
    }

    /// A message that the system sent to the simulated DMP, and how that answered.
    func record(_ message: ReceivedMessage, url: String, request soap: SOAPMessage?) async throws -> ExchangeRecord {
        let request = message.request
        let startLine = "\(request.method) \(request.target) HTTP/1.1"
        var received = MessageRecord(
            startLine: services.secrets.hidden(startLine), headers: fields(request.headers))
        received.head = try await keepHead(head(startLine, request.headers), kind: "request-head")
        let type = request.headers.first("Content-Type") ?? "application/octet-stream"
        // The log of the simulator holds the body too: a copy goes into the evidence.
        let body = RecordedBody(try request.body.bytes(limit: 1 << 30))
        received.body = try await keep(body, mediaType: type, kind: "request-body")
        if let soap, soap.isMultipart { received.parts = try await keepParts(of: soap) }
        var record = ExchangeRecord(
            transaction: message.transaction ?? "", initiator: "", responder: "CISIS", url: url, request: received,
            startedAt: message.answered.iso8601)
        if let response = try? message.answer.response() {
            let line = "HTTP/1.1 \(response.status)"
            var answer = MessageRecord(startLine: line, headers: fields(response.headers))
            answer.head = try await keepHead(head(line, response.headers), kind: "response-head")
            let type = response.headers.first("Content-Type") ?? "application/octet-stream"
            answer.body = try await keep(response.body, mediaType: type, kind: "response-body")
            record.response = answer
        }
        return record
    }

    private func head(_ startLine: String, _ headers: HTTPHeaders) -> [UInt8] {
        let lines = headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("\(startLine)\r\n\(lines)\r\n".utf8)
    }

    private func keepParts(of message: SOAPMessage) async throws -> [EvidenceReference] {
        var parts: [EvidenceReference] = []
        for part in message.parts {
            parts.append(
                try await services.evidence.keep(
                    part.bytes, mediaType: part.headers.first("Content-Type") ?? "application/octet-stream",
                    kind: "part", name: part.name))
        }
        return parts
    }

    private func base(_ prepared: PreparedRequest, _ wire: WireRecord) async throws -> ExchangeRecord {
        let request = prepared.request
        let lines = String(decoding: wire.requestHead, as: UTF8.self).split(separator: "\r\n", maxSplits: 1)
        var message = MessageRecord(
            startLine: lines.first.map(String.init) ?? "\(request.method) \(request.url)",
            headers: fields(request.headers))
        message.head = try await keepHead(wire.requestHead, kind: "request-head")
        let type = request.headers.first("Content-Type") ?? "application/octet-stream"
        message.body = try await keep(wire.requestBody, mediaType: type, kind: "request-body")
        for part in prepared.parts {
            message.parts.append(
                try await services.evidence.keep(
                    part.bytes, mediaType: part.mediaType, kind: part.kind, name: part.name))
        }
        var transaction = ""
        if case .send(let name) = step.action { transaction = name }
        var record = ExchangeRecord(
            transaction: transaction, initiator: "CISIS", responder: step.to ?? "", url: request.url,
            request: message, startedAt: wire.started.iso8601)
        record.connect = wire.connectSeconds
        record.firstByte = wire.firstByteSeconds
        record.total = wire.totalSeconds
        record.remoteAddress = wire.remoteAddress
        record.tls = wire.tls.map { [$0.version, $0.cipher, $0.subject].compactMap { $0 }.joined(separator: ", ") }
        return record
    }

    private func keepHead(_ bytes: [UInt8], kind: String) async throws -> EvidenceReference? {
        guard !bytes.isEmpty else { return nil }
        return try await services.evidence.keep(
            services.secrets.hidden(head: bytes), mediaType: "message/http", kind: kind, name: kind)
    }

    private func keep(_ body: RecordedBody, mediaType: String, kind: String) async throws -> EvidenceReference? {
        guard !body.isEmpty else { return nil }
        // What is in memory is small enough to be searched; images of gigabytes hold no token.
        if body.path == nil, let shown = services.secrets.hidden(body: try body.bytes()) {
            return try await services.evidence.keep(shown, mediaType: mediaType, kind: kind, name: kind)
        }
        return try await services.evidence.adopt(
            sha256: body.sha256, size: body.length, mediaType: mediaType, kind: kind, name: kind
        ) { path in try body.moveTo(path) }
    }

    private func fields(_ headers: HTTPHeaders) -> [[String]] {
        headers.fields.map { [$0.name, services.secrets.hidden(field: $0.name, $0.value)] }
    }
}
