import Conformance
import Foundation
import HTTP
import Imaging
import Runner
import Simulators
import TestSupport
import Testing

/// What stands in a captured request of a consumer, and what `validate` says of it.
@Suite("Validation of requests")
struct RequestValidationTests {
    private static let exam = ExamFixture(seed: 21)

    private static func judge(
        _ text: String, kind: FileKind? = nil, against others: [String] = []
    ) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.kind = kind
        options.others = others
        return try await FileValidator(options).validate(Array(text.utf8), name: "request.txt")
    }

    private static func request(repeating: Bool = false) -> String {
        let series = exam.series[0]
        let request = WADORequest(
            url: exam.retrieveURL(of: series), kosInstanceUID: exam.manifestUID, token: "abc.def-123",
            repeatsHeader: repeating)
        let fields = request.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        return "GET \(request.url) HTTP/1.1\r\n\(fields)\r\n"
    }

    private static func findings(_ judgement: FileJudgement, _ severity: Severity) -> [String] {
        judgement.layers.flatMap(\.findings).filter { $0.severity == severity }.map(\.check)
    }

    @Test("Our own request breaks no rule, as one list or as repeated headers", arguments: [false, true])
    func sound(repeating: Bool) async throws {
        let judgement = try await Self.judge(Self.request(repeating: repeating))
        #expect(judgement.kind == .wadoRequest)
        #expect(judgement.layers.map(\.layer) == ["http", "wado"])
        #expect(judgement.verdict == .pass)
        #expect(judgement.layers.flatMap(\.findings) == [])
        #expect(!judgement.summary.joined().contains("abc.def"))
    }

    @Test("A masked token is no fault of the capture", arguments: ["●●●", "***", "…"])
    func masked(_ token: String) async throws {
        let judgement = try await Self.judge(Self.request().replacing("abc.def-123", with: token))
        #expect(judgement.layers.flatMap(\.findings) == [])
        #expect(judgement.verdict == .pass, "\(judgement.layers)")
    }

    struct Mutant: Sendable, CustomTestStringConvertible {
        let check: String
        let severity: Severity
        let old: String
        let new: String

        init(_ check: String, _ old: String, _ new: String, _ severity: Severity = .violation) {
            (self.check, self.severity, self.old, self.new) = (check, severity, old, new)
        }

        var testDescription: String { "\(check): \(old.debugDescription) → \(new.debugDescription)" }
    }

    static let series = exam.series[0].uid
    /// The host and the port of the URL.
    static let host = String(
        exam.retrieveURL(of: exam.series[0]).dropFirst("https://".count).prefix { $0 != "/" })
    static let first = "multipart/related; type=\"application/dicom\";transfer-syntax=1.2.840.10008.1.2.4.70;q=0.9"

    static let mutants: [Mutant] = [
        Mutant("WRS-001", "GET ", "POST "), Mutant("WRS-001", "GET ", "PUT "), Mutant("WRS-001", "GET ", "HEAD "),
        Mutant("WRS-001", "/studies/", "/study/"), Mutant("WRS-001", "/series/", "/serie/"),
        Mutant("WRS-001", "/series/\(series)", "/series/"),
        Mutant("WRS-001", "/series/\(series)", "/series/\(series)/"),
        Mutant("WRS-001", "/series/\(series)", "/series/\(series).x"),
        Mutant("WRS-001", "/series/\(series)", "/series/1.02.3"), Mutant("WRS-001", "/series/\(series)", "/series/.."),
        Mutant("WRS-001", "/series/\(series)", "/../\(series)"), Mutant("WRS-001", "/series/\(series)", "/%2E%2E/x"),
        Mutant("WRS-001", "/series/\(series)", "/series/\(series)/instances/abc"),
        Mutant("WRS-001", "/series/\(series)", "/series/\(series)/instances/1.2.3/frames/0"),
        Mutant("WRS-001", "/series/\(series)", "/series/\(series)/instances/1.2.3/frames/1,,2"),
        Mutant("WRS-001", "/series/\(series)", "/series/\(series)/instances/1.2.3/frames/a"),
        Mutant("WRS-001", "/series/\(series)", "/series/\(series)?x=1", .warning),
        Mutant("WRS-001", "/series/\(series)", "/series/\(String(repeating: "1", count: 65))"),
        Mutant("WRS-002", "Authorization: Bearer abc.def-123\r\n", ""),
        Mutant("WRS-002", "Bearer abc.def-123", "Bearer"), Mutant("WRS-002", "Bearer abc.def-123", ""),
        Mutant("WRS-002", "Bearer abc.def-123", "Basic abc"), Mutant("WRS-002", "Bearer abc.def-123", "abc.def-123"),
        Mutant("WRS-002", "abc.def-123", "abc def"), Mutant("WRS-002", "abc.def-123", "==="),
        Mutant("WRS-002", "abc.def-123", "abc\"def"),
        Mutant("WRS-002", "Authorization: ", "Authorization: Bearer x\r\nAuthorization: "),
        Mutant("WRS-003", "KOS-SOPInstanceUID: ", "X-KOS: "),
        Mutant("WRS-003", "KOS-SOPInstanceUID: ", "KOS-SOPInstanceUID: x"),
        Mutant("WRS-003", "KOS-SOPInstanceUID: \(exam.manifestUID)", "KOS-SOPInstanceUID:"),
        Mutant("WRS-003", "KOS-SOPInstanceUID: \(exam.manifestUID)", "KOS-SOPInstanceUID: 1..2"),
        Mutant("WRS-003", "KOS-SOPInstanceUID: \(exam.manifestUID)", "KOS-SOPInstanceUID: urn:oid:1.2.3"),
        Mutant("WRS-003", "KOS-SOPInstanceUID: ", "KOS-SOPInstanceUID: 1.2\r\nKOS-SOPInstanceUID: "),
        Mutant("WRS-004", "Accept: ", "X-Accept: "),
        Mutant("WRS-004", "type=\"application/dicom\"", "type=\"image/jpeg\""),
        Mutant("WRS-004", first, first.replacing("application/dicom", with: "application/octet-stream")),
        Mutant("WRS-004", first, first.replacing("type=\"application/dicom\";", with: "")),
        Mutant("WRS-004", first, "application/json, " + first, .warning),
        Mutant("WRS-004", first, "nonsense, " + first),
        Mutant("WRS-004", first, first.replacing("multipart/related; type=\"application/dicom\";", with: ""), .warning),
        Mutant("WRS-004", first, first.replacing("multipart/related", with: "application/dicom"), .warning),
        Mutant("WRS-004", ";boundary=cisis-boundary", "", .warning),
        Mutant("WRS-004", ";boundary=cisis-boundary", ";boundary=", .warning),
        Mutant("WRS-005", "transfer-syntax=1.2.840.10008.1.2.4.70;", ""),
        Mutant("WRS-005", "transfer-syntax=1.2.840.10008.1.2.4.70;", "transfer-syntax=;"),
        Mutant("WRS-005", "transfer-syntax=1.2.840.10008.1.2.4.70;", "transfer-syntax=jpeg;"),
        Mutant("WRS-005", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.57", .warning),
        Mutant("WRS-005", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81", .warning),
        Mutant("WRS-005", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.90", .warning),
        Mutant("WRS-005", "1.2.840.10008.1.2.4.103", "1.2.840.10008.1.2.4.104", .warning),
        Mutant("WRS-005", "transfer-syntax=1.2.840.10008.1.2.1;", "transfer-syntax=1.2.840.10008.1.2;", .warning),
        Mutant("WRS-006", ";q=0.9", ""), Mutant("WRS-006", ";q=0.9", ";q="), Mutant("WRS-006", ";q=0.9", ";q=1.1"),
        Mutant("WRS-006", ";q=0.9", ";q=-0.5"), Mutant("WRS-004", ";q=0.9", ";q=0,9"),
        Mutant("WRS-006", ";q=0.9", ";q=0.1234"), Mutant("WRS-006", ";q=0.9", ";q=high"),
        Mutant("WRS-006", ";q=0.9", ";q=2"), Mutant("WRS-006", ";q=0.9", ";q=.9"),
        Mutant("WRS-006", ";q=0.9", ";q=0.75", .warning), Mutant("WRS-006", ";q=0.9", ";q=1", .warning),
        Mutant("WRS-006", ";q=0.9", ";q=0.0", .warning), Mutant("WRS-006", ";q=0.9", ";q=0", .warning),
        Mutant("WRS-007", first, first.replacing("0.9", with: "0.8") + ";boundary=b," + first, .warning),
        Mutant("WRS-001", "GET https://", "GET http://"), Mutant("WRS-001", "/studies/", "/null/studies/"),
        Mutant("WRS-001", "\r\n\r\n", "\r\n\r\nbody", .warning),
        Mutant("WRS-002", "/series/\(series)", "/series/\(series)?access_token=abc", .warning),
        Mutant("WRS-004", "type=\"application/dicom\"", "type=application/dicom", .warning),
        Mutant("WRS-004", "/series/\(series)", "/series/\(series)/instances/1.2.3/frames/1", .warning),
        Mutant("http.blank-before-colon", "Accept: ", "Accept : "), Mutant("http.version", "HTTP/1.1", "HTTP/9.9"),
        Mutant("http.host-missing", "GET https://\(host)", "GET "),
        Mutant("http.host-repeated", "Accept: ", "Host: a.example\r\nHost: b.example\r\nAccept: "),
        Mutant("http.content-length-form", "Accept: ", "Content-Length: NaN\r\nAccept: "),
        Mutant("http.content-length", "Accept: ", "Content-Length: 12\r\nAccept: ", .warning),
        Mutant("http.malformed-header", "Accept: ", "nonsense\r\nAccept: "),
        Mutant("http.no-version", " HTTP/1.1", "", .warning), Mutant("http.line-ends-lf", "\r\n", "\n", .warning),
        Mutant("http.no-blank-line", "\r\n\r\n", "\r\n", .warning),
        Mutant("http.empty-element", "cisis-boundary\r\n", "cisis-boundary,\r\n", .warning),
        Mutant("http.folded-header", "Bearer abc", "Bearer\r\n abc", .warning),
    ]

    @Test("Each single fault is told by its check, and nothing else is an error", arguments: mutants)
    func faults(mutant: Mutant) async throws {
        let text = Self.request()
        try #require(text.contains(mutant.old))
        let judgement = try await Self.judge(text.replacing(mutant.old, with: mutant.new), kind: .wadoRequest)
        let found = judgement.layers.flatMap(\.findings).filter { $0.check == mutant.check }
        #expect(found.contains { $0.severity == mutant.severity })
        #expect(found.allSatisfy { $0.place?.line != nil })
        let others = judgement.layers.flatMap(\.findings).filter {
            $0.severity == .violation && $0.check != mutant.check
        }
        #expect(others.map { "\($0.check) \($0.message.en)" } == [])
        #expect(judgement.verdict == (mutant.severity == .violation ? .fail : .pass))
    }

    @Test("A weight of 0 everywhere takes no answer")
    func nothingTaken() async throws {
        let text = Self.request().replacing(#/q=0\.\d/#, with: "q=0.0")
        let judgement = try await Self.judge(text)
        #expect(Self.findings(judgement, .violation) == ["WRS-006"])
    }

    @Test(
        "What the norm allows is told by none",
        arguments: [
            (";boundary=cisis-boundary\r\n", ";boundary=cisis-boundary, */*;q=0.1\r\n"),
            (";boundary=cisis-boundary\r\n", ";boundary=cisis-boundary, multipart/*;q=0.1\r\n"),
            (";boundary=cisis-boundary\r\n", ";boundary=cisis-boundary, */*\r\n"),
            ("GET https://\(host)", "GET HTTPS://\(host)"), ("\r\n\r\n", "\r\nContent-Length: 0\r\n\r\n"),
            ("\r\n\r\n", "\r\nHost: a.example\r\n\r\n"),
        ])
    func allowed(_ old: String, _ new: String) async throws {
        let text = Self.request()
        try #require(text.contains(old))
        let judgement = try await Self.judge(text.replacing(old, with: new))
        #expect(judgement.layers.flatMap(\.findings).map(\.message.en) == [])
    }

    @Test("Frames are asked as bytes or as images, not as DICOM files")
    func frames() async throws {
        let target = "GET https://drimbox.example/rs/studies/1.2/series/1.3/instances/1.4/frames/1 HTTP/1.1\r\n"
        let head = "Authorization: Bearer abc\r\nKOS-SOPInstanceUID: 1.2.3\r\nAccept: "
        let right = try await Self.judge(
            target + head + "multipart/related; type=\"application/octet-stream\"\r\n\r\n")
        #expect(right.layers.flatMap(\.findings) == [])
    }

    @Test("A GET of anything is no health check", arguments: ["/", "/foo", "/studies", "/rs/foo"])
    func noHealthcheck(_ path: String) async throws {
        let judgement = try await Self.judge("GET \(path) HTTP/1.1\r\nHost: drimbox.example\r\n\r\n")
        #expect(judgement.kind != .healthcheck && judgement.verdict != .pass)
    }

    @Test("The table has sixty faults or more")
    func count() { #expect(Self.mutants.count >= 60) }

    @Test("A request is compared with the KOS that is given")
    func manifest() async throws {
        let path = NSTemporaryDirectory() + "kos-\(UUID().uuidString).dcm"
        try Data(Self.exam.manifestBytes()).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let right = try await Self.judge(Self.request(), against: [path])
        #expect(right.verdict == .pass)
        #expect(right.layers.map(\.layer) == ["http", "wado"])
        let instance = Self.request().replacing(Self.series, with: "\(Self.series)/instances/1.2.3")
        #expect(try await Self.judge(instance, against: [path]).verdict == .pass)
        let series = Self.request().replacing(Self.series, with: "1.2.3.4")
        #expect(Self.findings(try await Self.judge(series, against: [path]), .violation) == ["WRS-001"])
        let host = Self.request().replacing("/drimbox/", with: "/other/")
        #expect(Self.findings(try await Self.judge(host, against: [path]), .violation) == ["WRS-001"])
        let manifest = Self.request().replacing(Self.exam.manifestUID, with: "1.2.3.5")
        #expect(Self.findings(try await Self.judge(manifest, against: [path]), .violation) == ["WRS-003"])
    }

    @Test("A health check is told as one")
    func healthcheck() async throws {
        let text =
            "GET https://drimbox.example/rs HTTP/1.1\r\nHost: drimbox.example\r\nAccept: application/json\r\n\r\n"
        let judgement = try await Self.judge(text)
        #expect(judgement.kind == .healthcheck)
        #expect(judgement.verdict == .pass)
        let wrong = try await Self.judge(text.replacing("GET", with: "DELETE"), kind: .healthcheck)
        #expect(Self.findings(wrong, .violation) == ["healthcheck.method"])
        let other = try await Self.judge(text.replacing("/rs", with: "/rs?a=b"))
        #expect(other.kind == nil)
        #expect(other.verdict == .error)
    }

    // MARK: Official samples

    private static let samples = "drim-m/test a blanc"

    @Test(
        "No official request is in error, and its quirks are told",
        .enabled(if: Corpora.has(samples), Comment(rawValue: Corpora.absence)))
    func official() async throws {
        let root = try #require(Corpora.root).appendingPathComponent("drim-m").path
        let paths = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
            .filter { $0.hasSuffix(".txt") && ($0.contains("adoRS") || $0.contains("WADO-RS") || $0.contains("OK_")) }
        #expect(paths.count >= 13)
        for path in paths {
            let text = String(decoding: try Corpora.bytes("drim-m/" + path), as: UTF8.self)
            let judgement = try await Self.judge(text)
            #expect(judgement.verdict == .pass, "\(path)")
            #expect(Self.findings(judgement, .violation) == [], "\(path)")
            guard !path.contains("ealthcheck") else {
                #expect(judgement.kind == .healthcheck)
                continue
            }
            #expect(judgement.kind == .wadoRequest, "\(path)")
            let warnings = Set(Self.findings(judgement, .warning))
            #expect(warnings.contains("http.line-ends-lf") == !text.contains("\r\n"), "\(path)")
            #expect(warnings.contains("http.empty-element") == (text.contains(",\n") || text.hasSuffix(",")), "\(path)")
            #expect(
                warnings.contains("WRS-006") == (path.contains("QParameterMinMax") && text.contains("q=0;")), "\(path)")
            let known: Set = ["http.line-ends-lf", "http.empty-element", "http.no-blank-line", "WRS-006", "WRS-004"]
            #expect(warnings.isSubset(of: known), "\(path): \(warnings)")
        }
    }
}
