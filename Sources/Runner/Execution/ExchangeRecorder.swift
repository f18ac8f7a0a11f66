internal import Conformance
internal import Foundation
internal import HTTP
internal import SOAP

/// Puts an exchange into the evidence and describes it for the record.
struct ExchangeRecorder: Sendable {
    let step: Step
    let services: RunServices

    /// Header fields whose values are secrets: the record says that they were there.
    private static let secrets: Set<String> = ["authorization", "proxy-authorization", "cookie", "set-cookie"]

    /// An exchange that ended.
    func record(_ prepared: PreparedRequest, wire: WireRecord, response: HTTPResponse, answer: SOAPMessage?)
        async throws -> ExchangeRecord
    {
        var record = try await base(prepared, wire)
        let startLine = "\(response.version) \(response.status) \(response.reason)"
        var message = MessageRecord(startLine: startLine, headers: Self.fields(response.headers))
        message.head = try await keepHead(wire.responseHead, kind: "response-head")
        let type = response.headers.first("Content-Type") ?? "application/octet-stream"
        message.body = try await keep(response.body, mediaType: type, kind: "response-body")
        if let answer, answer.isMultipart {
            for part in answer.parts {
                message.parts.append(
                    try await services.evidence.keep(
                        part.bytes, mediaType: part.headers.first("Content-Type") ?? "application/octet-stream",
                        kind: "part", name: part.name))
            }
        }
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

    private func base(_ prepared: PreparedRequest, _ wire: WireRecord) async throws -> ExchangeRecord {
        let request = prepared.request
        let lines = String(decoding: wire.requestHead, as: UTF8.self).split(separator: "\r\n", maxSplits: 1)
        var message = MessageRecord(
            startLine: lines.first.map(String.init) ?? "\(request.method) \(request.url)",
            headers: Self.fields(request.headers))
        message.head = try await keepHead(Self.withoutSecrets(wire.requestHead), kind: "request-head")
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
        return try await services.evidence.keep(bytes, mediaType: "message/http", kind: kind, name: kind)
    }

    private func keep(_ body: RecordedBody, mediaType: String, kind: String) async throws -> EvidenceReference? {
        guard !body.isEmpty else { return nil }
        return try await services.evidence.adopt(
            sha256: body.sha256, size: body.length, mediaType: mediaType, kind: kind, name: kind
        ) { path in try body.moveTo(path) }
    }

    private static func fields(_ headers: HTTPHeaders) -> [[String]] {
        headers.fields.map { field in
            [field.name, secrets.contains(field.name.lowercased()) ? masked(field.value) : field.value]
        }
    }

    /// The scheme of a credential without the credential: `Bearer ●●●`.
    private static func masked(_ value: String) -> String {
        let scheme = value.split(separator: " ", maxSplits: 1)
        return scheme.count == 2 ? "\(scheme[0]) ●●●" : "●●●"
    }

    /// A head with the values of its secret fields replaced.
    private static func withoutSecrets(_ head: [UInt8]) -> [UInt8] {
        guard !head.isEmpty else { return head }
        let lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line -> [UInt8] in
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return Array(line) }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            guard secrets.contains(name) else { return Array(line) }
            let value = String(decoding: line[line.index(after: colon)...], as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            return Array(line[...colon]) + Array(" \(masked(value))\r".utf8)
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }
}
