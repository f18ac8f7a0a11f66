import Foundation
import HTTP
import SOAP
import Simulators
import TestSupport
import Testing
import XDS
import XML

@testable import Runner

/// A whole French submission, signed and with its VIHF, as it would be captured: what a source sends when all is right.
enum SignedCapture {
    static let exam = ExamFixture(seed: 3)

    /// The request after `bend`, signed afterwards.
    static func request(
        _ documents: [ExamDocument] = [.report, .manifest],
        _ bend: (inout ProvideAndRegisterRequest) -> Void = { _ in }
    ) throws -> ProvideAndRegisterRequest {
        var request = exam.submissionRequest(documents)
        bend(&request)
        try SubmissionSigner(EmbeddedIdentity.shared, request).sign(&request, uniqueID: "2.25.314159265")
        return request
    }

    /// The package of `request`, its envelope changed by `edit` after the VIHF was signed.
    static func package(_ request: ProvideAndRegisterRequest, edit: (inout String) throws -> Void = { _ in }) throws
        -> MTOMPackage
    {
        let security = try Credentials(signer: EmbeddedIdentity.shared).security(
            .provideAndRegister, patient: exam.patientCX.text, of: exam, id: "_assertion-1", [])
        var package = request.package(addressing(.provideAndRegister), headerBlocks: security, boundary: "b-1")
        var text = String(decoding: package.envelope, as: UTF8.self)
        try edit(&text)
        package.envelope = Array(text.utf8)
        return package
    }

    static func addressing(_ transaction: XDSTransaction) -> Addressing {
        Addressing(
            action: transaction.action, messageID: "urn:uuid:00000000-0000-4000-8000-000000000001",
            to: "https://dmp.example/service", replyTo: "http://www.w3.org/2005/08/addressing/anonymous")
    }

    /// The package with its HTTP head; `contentType` in the place of its own.
    static func capture(_ package: MTOMPackage, contentType: String? = nil) throws -> [UInt8] {
        capture(try package.bytes(), contentType: contentType ?? package.contentType)
    }

    /// A request of HTTP.
    static func capture(_ body: [UInt8], contentType: String) -> [UInt8] {
        Array("POST /service HTTP/1.1\r\nHost: dmp.example\r\nContent-Type: \(contentType)\r\n\r\n".utf8) + body
    }

    /// The VIHF of a request to the DMP; none of RAD-69, which goes to a DRIMbox.
    static func security(_ transaction: XDSTransaction) throws -> [Element] {
        guard let known = DMPTransaction(rawValue: transaction.rawValue) else { return [] }
        return try Credentials(signer: EmbeddedIdentity.shared).security(
            known, patient: exam.patientCX.text, of: exam, id: "_assertion-1", [])
    }

    /// A SOAP request of `transaction` without parts.
    static func simple(
        _ transaction: XDSTransaction, _ content: Element, contentType: String? = nil,
        edit: (inout String) throws -> Void = { _ in }
    ) throws -> [UInt8] {
        let envelope = OutgoingEnvelope(
            addressing(transaction), headerBlocks: try security(transaction), content: content)
        var text = String(decoding: envelope.serialized(), as: UTF8.self)
        try edit(&text)
        return capture(
            Array(text.utf8),
            contentType: contentType ?? "application/soap+xml; charset=UTF-8; action=\"\(transaction.action)\"")
    }

    /// The answer of a server.
    static func answer(_ action: String, _ content: Element) -> [UInt8] {
        let envelope = OutgoingEnvelope(
            Addressing(action: action, relatesTo: "urn:uuid:00000000-0000-4000-8000-000000000001"), content: content)
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml; charset=UTF-8; action=\"\(action)\"\r\n\r\n"
        return Array(head.utf8) + envelope.serialized()
    }
}

/// The text that a change was to be made in does not hold what was to be changed: the test itself is wrong.
struct NothingToChange: Error {
    let text: String
}

extension String {
    /// Every `old` replaced by `new`; at least one must be there.
    mutating func replace(_ old: String, by new: String) throws {
        guard contains(old) else { throw NothingToChange(text: old) }
        self = replacingOccurrences(of: old, with: new)
    }

    /// The first `old` replaced by `new`.
    mutating func replaceFirst(_ old: String, by new: String) throws {
        guard let range = range(of: old) else { throw NothingToChange(text: old) }
        replaceSubrange(range, with: new)
    }
}
