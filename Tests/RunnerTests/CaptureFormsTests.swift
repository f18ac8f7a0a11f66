import Conformance
import Foundation
import HTTP
import SOAP
import Simulators
import TestSupport
import Testing
import XDS
import XML

@testable import Runner

/// In what forms a message is captured, and what is said of a file that is judged in another form.
@Suite("Forms of captures")
struct CaptureFormsTests {
    private static func judge(_ bytes: [UInt8], level: JudgementLevel = .run) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.level = level
        return await (try FileValidator(options)).validate(bytes, name: "x")
    }

    private static func checks(_ judgement: FileJudgement, _ severity: Severity) -> [String] {
        judgement.layers.flatMap(\.findings).filter { $0.severity == severity }.map(\.check)
    }

    private static func query() throws -> [UInt8] {
        let patient = "'\(SignedCapture.exam.patientCX.text)'"
        let query = StoredQuery(
            .findDocuments,
            parameters: [
                StoredQuery.Parameter("$XDSDocumentEntryPatientId", [patient]),
                StoredQuery.Parameter("$XDSDocumentEntryStatus", ["('\(XDSURN.approved)')"]),
                StoredQuery.Parameter("$XDSDocumentEntryTypeCode", ["('\(FrenchCode.kosType.queryText)')"]),
            ])
        return try SignedCapture.simple(.registryStoredQuery, query.element())
    }

    /// The head with one more header, and the body after `change`.
    private static func coded(_ bytes: [UInt8], _ header: String, _ change: ([UInt8]) -> [UInt8]) throws -> [UInt8] {
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        return bytes[..<end.lowerBound] + Array("\r\n\(header)\r\n\r\n".utf8) + change(Array(bytes[end.upperBound...]))
    }

    private static func chunks(_ body: [UInt8], of size: Int = 1000) -> [UInt8] {
        stride(from: 0, to: body.count, by: size).flatMap { start in
            let piece = body[start..<min(start + size, body.count)]
            return Array("\(String(piece.count, radix: 16));x=y\r\n".utf8) + piece + Array("\r\n".utf8)
        } + Array("0\r\n\r\n".utf8)
    }

    /// RFC 1952, with the block of RFC 1951 that is stored.
    private static func gzip(_ body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        var index = 0
        repeat {
            let piece = body[index..<min(index + 60_000, body.count)]
            index += piece.count
            let (low, high) = (UInt8(piece.count & 0xFF), UInt8(piece.count >> 8))
            bytes += [index == body.count ? 1 : 0, low, high, ~low, ~high] + piece
        } while index < body.count
        var checksum = UInt32.max
        for byte in body {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? (checksum >> 1) ^ 0xEDB8_8320 : checksum >> 1 }
        }
        return bytes + withUnsafeBytes(of: (~checksum).littleEndian) { Array($0) }
            + withUnsafeBytes(of: UInt32(body.count).littleEndian) { Array($0) }
    }

    // MARK: Codings of HTTP

    @Test("A body in chunks, in gzip, in both, or whose codings the capture undid is judged as the plain one")
    func codings() async throws {
        let plain = try await Self.judge(try Self.query())
        #expect(plain.verdict == .pass, "\(plain.layers)")
        let captures = [
            try Self.coded(try Self.query(), "Transfer-Encoding: chunked") { Self.chunks($0) },
            try Self.coded(try Self.query(), "Content-Encoding: gzip") { Self.gzip($0) },
            try Self.coded(try Self.query(), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked") {
                Self.chunks(Self.gzip($0))
            },
            try Self.coded(try Self.query(), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked") { $0 },
        ]
        for (index, capture) in captures.enumerated() {
            let judgement = try await Self.judge(capture)
            #expect(judgement.kind == .soap && judgement.verdict == .pass, "\(index): \(judgement.layers)")
            #expect(judgement.layers.map(\.layer) == plain.layers.map(\.layer))
            #expect(Self.checks(judgement, .information).contains("http.coding-undone") == (index == 3))
        }
        let package = try SignedCapture.capture(try SignedCapture.package(try SignedCapture.request()))
        let chunked = try await Self.judge(try Self.coded(package, "Transfer-Encoding: chunked") { Self.chunks($0) })
        #expect(chunked.kind == .mtom && chunked.verdict == .pass, "\(chunked.layers)")
    }

    @Test("Chunks that are cut and gzip that is damaged are faults of the message, each told once with its place")
    func brokenCodings() async throws {
        let cut = try await Self.judge(
            try Self.coded(try Self.query(), "Transfer-Encoding: chunked") { Self.chunks($0).dropLast(9) })
        #expect(Self.checks(cut, .violation).contains("http.chunked") && cut.verdict == .fail)
        let damaged = try await Self.judge(
            try Self.coded(try Self.query(), "Content-Encoding: gzip") { Self.gzip($0).dropLast(20) })
        #expect(Self.checks(damaged, .violation).filter { $0 == "http.content-coding" }.count == 1)
        #expect(damaged.verdict == .fail)
    }

    @Test("A coding that the tool does not read is its limit: inconclusive, and named")
    func unknownCoding() async throws {
        let judgement = try await Self.judge(try Self.coded(try Self.query(), "Content-Encoding: br") { $0 })
        #expect(judgement.verdict == .inconclusive && Self.checks(judgement, .violation).isEmpty)
        #expect(judgement.layers.first?.reason?.en.contains("Content-Encoding: br") == true)
        #expect(judgement.layers.first?.reason?.fr.contains("donner le corps décodé") == true)
    }

    // MARK: Heads

    @Test("A body kept without its HTTP head does not fail a run: what the head would say is not judged, and said")
    func withoutHead() async throws {
        let bytes = try SignedCapture.capture(try SignedCapture.package(try SignedCapture.request()))
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        let judgement = try await Self.judge(Array(bytes[end.upperBound...]))
        #expect(judgement.kind == .mtom && judgement.verdict == .pass, "\(judgement.layers)")
        #expect(Self.checks(judgement, .violation).isEmpty)
        let http = try #require(judgement.layers.first { $0.layer == "http" })
        #expect(http.verdict == .notRun && http.reason?.en.contains("HTTP headers are not known") == true)
    }

    @Test(
        "A message sent as another type is still a message, and its type is told",
        arguments: ["application/octet-stream", "application/xml", "text/plain; charset=utf-8"])
    func foreignType(_ type: String) async throws {
        let text = String(decoding: try Self.query(), as: UTF8.self)
        let start = try #require(text.range(of: "Content-Type: "))
        let end = try #require(text.range(of: "\r\n", range: start.upperBound..<text.endIndex))
        let bytes = Array((text[..<start.upperBound] + type + text[end.lowerBound...]).utf8)
        let judgement = try await Self.judge(bytes)
        #expect(judgement.kind == .soap)
        #expect(Set(Self.checks(judgement, .violation)) == ["http.content-type"])
        #expect(judgement.layers.contains { $0.layer == "query" && $0.verdict == .pass })
        let capture = try await Self.judge(bytes, level: .capture)
        #expect(
            Self.checks(capture, .violation).isEmpty && Self.checks(capture, .warning).contains("http.content-type"))
    }

    @Test("A package sent as octets keeps its parts")
    func foreignPackage() async throws {
        let package = try SignedCapture.package(try SignedCapture.request())
        let bytes = SignedCapture.capture(try package.bytes(), contentType: "application/octet-stream")
        let judgement = try await Self.judge(bytes)
        #expect(judgement.kind == .mtom && judgement.layers.contains { $0.layer == "kos" && $0.verdict == .pass })
        #expect(Self.checks(judgement, .violation).contains("http.content-type"))
    }

    // MARK: Names

    struct Stranger: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let word: String
        var testDescription: String { word }

        init(_ text: String, _ word: String) { self.init(Array(text.utf8), word) }

        init(_ bytes: [UInt8], _ word: String) { (self.bytes, self.word) = (bytes, word) }
    }

    static let strangers: [Stranger] = [
        Stranger("", "empty"),
        Stranger("<?xml version=\"1.0\"?>\n<file-format><data-set/></file-format>", "xml2dcm"),
        Stranger("<NativeDicomModel xmlns=\"http://dicom.nema.org/PS3.19/models/NativeDICOM\"/>", "xml2dcm"),
        Stranger("[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}}]", "JSON"),
        Stranger("ins=279035121518989&accessionNumber=A1&oidIns=1.2", "form"),
        Stranger("<wsse:Security xmlns:wsse=\"\(SOAPNamespace.security)\"/>", "wsse:Security"),
        Stranger("FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|A\r", "FHS"), Stranger("BHS|^~\\&|A\r", "BHS"),
        Stranger([0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18), "empty zip"),
        Stranger(Array("prefix".utf8) + TestZip.bytes([TestZip.Item("a", "1")]), "6 bytes"),
        Stranger([0x1F, 0x8B, 8, 0], "gzip"), Stranger("%PDF-1.7", "PDF"),
        Stranger("<a xmlns=\"urn:b\"/>", "{urn:b}a"),
        Stranger("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nno", "404"),
        Stranger("POST /x?y=z HTTP/1.1\r\nHost: a\r\n\r\nno", "POST"),
        Stranger("something else", "--kind"),
    ]

    @Test("A file that is judged in another form is named, with what to give instead", arguments: strangers)
    func named(_ stranger: Stranger) async throws {
        let judgement = try await Self.judge(stranger.bytes)
        #expect(judgement.kind == nil && judgement.verdict == .error)
        let reason = try #require(judgement.layers.first?.reason)
        #expect(reason.en.contains(stranger.word), "\(reason.en)")
        #expect(reason.fr != reason.en)
    }

    @Test(
        "The official manifest in XML is named",
        .enabled(if: Corpora.has("drim-m/informatif/KIN"), Comment(rawValue: Corpora.absence)))
    func officialManifest() async throws {
        let judgement = try await Self.judge(try Corpora.bytes("drim-m/informatif/KIN/Manifest_KOS.xml"))
        #expect(judgement.layers.first?.reason?.en.contains("xml2dcm") == true)
    }
}
