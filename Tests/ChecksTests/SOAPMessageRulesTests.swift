import Checks
import Conformance
import Foundation
import HTTP
import SOAP
import TestSupport
import Testing
import XDS
import XML

/// A message with one fault, and the finding that tells it.
private struct FaultCase: CustomTestStringConvertible, Sendable {
    let code: String
    let run: Severity
    let capture: Severity
    let message: @Sendable () -> SOAPMessage
    var testDescription: String { code }

    init(
        _ code: String, _ run: Severity, _ capture: Severity? = nil, _ message: @escaping @Sendable () -> SOAPMessage
    ) {
        self.code = code
        self.run = run
        self.capture = capture ?? run
        self.message = message
    }

    /// The right package with `framing` bent.
    static func package(
        _ code: String, _ run: Severity, _ capture: Severity? = nil,
        _ bend: @escaping @Sendable (inout MTOMPackage) -> Void
    ) -> FaultCase {
        FaultCase(code, run, capture) {
            var package = SOAPMessageCase.package()
            bend(&package)
            return SOAPMessageCase.read(package)
        }
    }

    /// The right envelope with one text changed.
    static func envelope(
        _ code: String, _ run: Severity, _ capture: Severity? = nil, _ old: String, _ new: String
    ) -> FaultCase {
        FaultCase(code, run, capture) { SOAPMessageCase.read(SOAPMessageCase.envelope.changing(old, to: new)) }
    }

    /// The right bytes with one text changed.
    static func bytes(
        _ code: String, _ run: Severity, _ capture: Severity? = nil, _ old: String, _ new: String
    ) -> FaultCase {
        FaultCase(code, run, capture) { SOAPMessageCase.read(bytes: { $0.change(old, to: new) }) }
    }

    /// The right Content-Type with one text changed.
    static func type(
        _ code: String, _ run: Severity, _ capture: Severity? = nil, _ old: String, _ new: String
    ) -> FaultCase {
        FaultCase(code, run, capture) {
            SOAPMessageCase.read(bytes: { _ in }, contentType: { $0.change(old, to: new) })
        }
    }

    static let include = "<xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:0.2\"/>"
    static let messageID = "<wsa:MessageID>\(SOAPMessageCase.messageID)</wsa:MessageID>"
    static let to = "<wsa:To>http://127.0.0.1/repository</wsa:To>"

    static let all: [FaultCase] = http + multipart + xop + soap

    static let http: [FaultCase] = [
        FaultCase("mtom.no-http-header", .warning, .warning) {
            SOAPMessage(reading: (try? SOAPMessageCase.package().bytes()) ?? [], contentType: nil)
        },
        FaultCase("http.content-type", .violation, .warning) {
            SOAPMessage(reading: Array(SOAPMessageCase.envelope.utf8), contentType: "text/xml")
        },
        FaultCase("http.http-status", .violation, .warning) {
            let envelope = OutgoingEnvelope(
                SOAPMessageCase.addressing, content: RegistryResponse().element())
            return SOAPMessageCase.answer(status: 500, String(decoding: envelope.serialized(), as: UTF8.self))
        },
        FaultCase("http.body-unavailable", .violation) {
            SOAPMessage(
                reading: HTTPResponse(
                    version: "HTTP/1.1", status: 200, reason: "OK", headers: HTTPHeaders(),
                    body: RecordedBody([1, 2, 3])), limit: 2)
        },
        .type("http.header-action", .violation, .warning, SOAPMessageCase.action, "urn:other"),
        FaultCase("soap.empty", .violation) { SOAPMessage(reading: [], contentType: "application/soap+xml") },
        FaultCase("soap.html", .violation) {
            SOAPMessage(reading: Array("<html><body>Sorry</body></html>".utf8), contentType: "text/html")
        },
        FaultCase("soap.not-xml", .violation) {
            SOAPMessage(reading: Array("<a><b></a>".utf8), contentType: "application/soap+xml")
        },
        FaultCase("soap.not-envelope", .violation) {
            SOAPMessage(reading: Array("<a/>".utf8), contentType: "application/soap+xml")
        },
        FaultCase("soap.not-envelope", .violation, .warning) {
            SOAPMessage(
                reading: Array("<SubmitObjectsRequest xmlns=\"\(XDSNamespace.lcm)\"/>".utf8),
                contentType: "application/soap+xml")
        },
    ]

    static let multipart: [FaultCase] = [
        .type("mtom.boundary-missing", .violation, nil, "; boundary=\"limit\"", ""),
        .type("mtom.boundary-illegal", .violation, .warning, "boundary=\"limit\"", "boundary=\"lim§it\""),
        .type("mtom.boundary-not-found", .violation, nil, "boundary=\"limit\"", "boundary=\"other\""),
        .package("mtom.missing-close-delimiter", .violation) { $0.framing.writesCloseDelimiter = false },
        .package("mtom.line-ends-lf", .warning) { $0.framing.lineEnd = .lf },
        .package("mtom.indented-delimiter", .violation, .warning) { $0.framing.indentation = "  " },
        .package("mtom.indented-header", .violation, .warning) { $0.framing.indentation = "  " },
        .bytes("mtom.delimiter-text", .warning, nil, "\r\ndocument", "\r\n--limitless\r\ndocument"),
        .bytes(
            "mtom.header-too-large", .violation, nil, "Content-ID: <0.2>",
            "Content-ID: <0.2>\r\nX-Long: \(String(repeating: "x", count: 1 << 17))"),
        .bytes("mtom.malformed-header", .violation, .warning, "Content-ID: <0.2>", "Content-ID: <0.2>\r\nno header: x"),
        .bytes("mtom.no-blank-line", .violation, nil, "Content-ID: <0.2>\r\n\r\ndocument", "Content-ID: <0.2>"),
        .bytes("mtom.duplicate-content-id", .violation, nil, "<0.2>", "<0.1>"),
        .package("mtom.preamble", .information) { $0.framing.preamble = Array("hello\r\n".utf8) },
        .package("mtom.epilogue", .information) { $0.framing.epilogue = Array("bye".utf8) },
        .bytes("mtom.empty-part", .warning, nil, "\r\n\r\ndocument", "\r\n\r\n"),
        FaultCase("mtom.no-part", .violation) {
            SOAPMessage(
                reading: Array("--limit--\r\n".utf8), contentType: "multipart/related; boundary=limit")
        },
        FaultCase("mtom.too-many-parts", .violation) {
            SOAPMessageCase.read(bytes: {
                $0.change("--limit--", to: String(repeating: "--limit\r\n\r\nx\r\n", count: 100_001) + "--limit--")
            })
        },
        .package("mtom.nested", .warning) { $0.attachments[0].contentType = "multipart/mixed; boundary=b" },
        .package("mtom.unknown-transfer-encoding", .violation) { $0.attachments[0].transferEncoding = "x-gzip" },
        .bytes(
            "mtom.bad-transfer-encoding", .violation, nil, "binary\r\nContent-ID: <0.2>\r\n\r\ndocument",
            "base64\r\nContent-ID: <0.2>\r\n\r\ndocu*ment"),
        .package("mtom.type-parameter", .violation) { $0.type = "text/xml" },
        .package("mtom.start-absent", .information) { $0.start = nil },
        .package("mtom.start-unknown", .violation) { $0.start = "<9.9>" },
        .package("mtom.start-info", .warning) { $0.startInfo = "text/xml" },
        FaultCase("mtom.root-missing", .violation) {
            SOAPMessage(reading: Array("nothing".utf8), contentType: "multipart/related; boundary=limit")
        },
        .package("mtom.root-content-type", .violation) { $0.rootContentType = "text/xml" },
        .package("mtom.root-charset", .warning) {
            $0.rootContentType =
                "application/xop+xml; charset=ISO-8859-1; type=\"application/soap+xml\"; action=\"\(SOAPMessageCase.action)\""
        },
        .package("mtom.root-leading-blanks", .violation, .warning) { $0.rootPrefix = Array("  ".utf8) },
        .package("mtom.part-action", .violation, .warning) { $0.rootAction = "urn:other" },
        .package("mtom.part-without-id", .warning) { $0.attachments[0].contentID = nil },
        .bytes("mtom.content-id-form", .violation, .warning, "Content-ID: <0.2>", "Content-ID: 0.2"),
        .package("mtom.orphan-part", .warning) {
            $0.attachments.append(MTOMPackage.Attachment(contentID: "0.3", content: .bytes([1])))
        },
    ]

    static let xop: [FaultCase] = [
        .envelope("mtom.include-unresolved", .violation, nil, "cid:0.2", "cid:0.9"),
        .envelope("mtom.include-scheme", .violation, nil, "cid:0.2", "http://127.0.0.1/document"),
        FaultCase("mtom.include-escape", .warning) {
            SOAPMessageCase.read(bytes: {
                $0.change("<0.2>", to: "<a%40b>")
                $0.change("cid:0.2", to: "cid:a%40b")
            })
        },
        .envelope("mtom.include-siblings", .violation, nil, include, include + "more"),
        .envelope("mtom.inline-base64", .warning, nil, include, "ZG9jdW1lbnQ="),
        .envelope("mtom.inline-malformed", .violation, nil, include, "ZG9*"),
        .package("mtom.transfer-encoding-base64", .warning) { $0.attachments[0].transferEncoding = "BASE64" },
        FaultCase("mtom.not-multipart", .violation, .warning) {
            SOAPMessage(
                reading: Array(SOAPMessageCase.envelope.utf8),
                contentType: "application/soap+xml; action=\"\(SOAPMessageCase.action)\"")
        },
    ]

    static let soap: [FaultCase] = [
        .envelope("soap.soap-1.1", .violation, nil, SOAPNamespace.soap12, SOAPNamespace.soap11),
        FaultCase("soap.body-missing", .violation) {
            SOAPMessageCase.read(
                "<s:Envelope xmlns:s=\"\(SOAPNamespace.soap12)\"><s:Header/></s:Envelope>")
        },
        FaultCase("soap.body-empty", .violation) {
            SOAPMessageCase.read("<s:Envelope xmlns:s=\"\(SOAPNamespace.soap12)\"><s:Body/></s:Envelope>")
        },
        .envelope("soap.body-several", .violation, nil, "</soap:Body>", "<more/></soap:Body>"),
        FaultCase("soap.header-order", .violation) {
            SOAPMessageCase.read(
                "<s:Envelope xmlns:s=\"\(SOAPNamespace.soap12)\"><s:Body><a/></s:Body><s:Header/></s:Envelope>")
        },
        .envelope(
            "soap.action-missing", .violation, nil,
            "<wsa:Action soap:mustUnderstand=\"true\">\(SOAPMessageCase.action)</wsa:Action>", ""),
        .envelope("soap.message-id-missing", .violation, nil, messageID, ""),
        .envelope("soap.message-id-form", .violation, .warning, "urn:uuid:6f1ff37c", "6f1ff37c"),
        .envelope("soap.to-missing", .violation, nil, to, ""),
        .envelope("soap.addressing-repeated", .violation, nil, to, to + to),
        .envelope("soap.must-understand-unqualified", .warning, nil, "soap:mustUnderstand", "mustUnderstand"),
        .envelope("soap.must-understand-absent", .warning, nil, " soap:mustUnderstand=\"true\"", ""),
        .envelope("soap.must-understand-value", .violation, nil, "mustUnderstand=\"true\"", "mustUnderstand=\"yes\""),
    ]
}

@Suite("What a fault of a message weighs")
struct SOAPMessageRulesTests {
    private static let layers = Set(MessageRules.Layer.allCases)

    private func findings(_ message: SOAPMessage, _ level: JudgementLevel) -> [Finding] {
        MessageRules.findings(message, layers: Self.layers, level: level, requirement: nil)
    }

    @Test("A right package has no finding")
    func rightPackage() {
        #expect(findings(SOAPMessageCase.read(SOAPMessageCase.package()), .run).isEmpty)
    }

    @Test("A right answer has no finding")
    func rightAnswer() {
        let answer = SOAPMessageCase.answer()
        #expect(findings(answer, .run).isEmpty)
        #expect(findings(SOAPMessageCase.answer(status: 200), .run).contains { $0.check == "mtom.not-multipart" })
    }

    @Test("Each fault is a finding of its weight, in both languages", arguments: FaultCase.all)
    fileprivate func fault(_ example: FaultCase) throws {
        let message = example.message()
        for (level, severity) in [(JudgementLevel.run, example.run), (.capture, example.capture)] {
            let all = findings(message, level)
            let finding = try #require(all.first { $0.check == example.code }, "\(all.prefix(9).map(\.check))")
            #expect(finding.severity == severity)
            #expect(!finding.message.fr.isEmpty && !finding.message.en.isEmpty)
            #expect(finding.message.fr != finding.message.en)
            #expect(finding.advice?.fr.isEmpty == false)
            #expect(finding.expected?.isEmpty == false && finding.actual?.isEmpty == false)
        }
    }

    @Test("Each weight has a message that shows it")
    func completeness() {
        let shown = Set(FaultCase.all.map(\.code) + ["soap.relates-to-missing", "soap.relates-to-other"])
        #expect(Set(MessageRules.weights.map(\.descriptor.id)) == shown)
    }

    @Test("Each code that the readers know has a weight")
    func everyCode() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        var codes: Set<String> = []
        for path in ["SOAP/MessageFault.swift", "HTTP/Multipart/MultipartFault.swift"] {
            let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
            for match in text.matches(of: /static let \w+ = (?:Self|Code)\((?:rawValue: )?"([a-z0-9.-]+)"\)/) {
                codes.insert(String(match.1))
            }
        }
        #expect(codes.count > 55)
        for code in codes.sorted() {
            #expect(MessageRules.weight(of: MessageFault.Code(rawValue: code)) != nil, "no weight for \(code)")
        }
        #expect(MessageRules.weights.count == codes.count)
    }

    @Test("The ids of the descriptors are unique and name layer and code")
    func descriptors() {
        let ids = MessageRules.descriptors.map(\.id)
        #expect(Set(ids).count == ids.count)
        for weight in MessageRules.weights {
            #expect(weight.descriptor.id == "\(weight.layer.rawValue).\(weight.code.rawValue)")
            #expect(!weight.descriptor.source.isEmpty)
        }
    }

    @Test("A finding has its place in the bytes")
    func place() throws {
        let message = SOAPMessageCase.read(SOAPMessageCase.envelope.changing("cid:0.2", to: "cid:0.9"))
        let finding = try #require(
            MessageRules.findings(
                message, layers: [.mtom], level: .run, requirement: "PNR-008", object: "request body"
            ).first { $0.check == "mtom.include-unresolved" })
        #expect(finding.requirement == "PNR-008")
        #expect(finding.place?.object == "request body")
        #expect(finding.place?.part == "0.1")
        #expect(finding.place?.xpath?.hasSuffix("Include") == true)
        #expect(finding.expected == "cid:0.1, cid:0.2")
        #expect(finding.actual == "cid:0.9")
        let byte = try #require(finding.place?.byte)
        let bytes = try SOAPMessageCase.package(SOAPMessageCase.envelope.changing("cid:0.2", to: "cid:0.9")).bytes()
        #expect(bytes[byte...].starts(with: Array("<xop:Include".utf8)))
    }

    @Test("Only the layers that are asked for are told")
    func layers() {
        let message = SOAPMessageCase.read(SOAPMessageCase.envelope.changing("cid:0.2", to: "cid:0.9"))
        #expect(
            !MessageRules.findings(message, layers: [.http, .soap], level: .run, requirement: nil)
                .contains { $0.check.hasPrefix("mtom.") })
    }

    @Test("Without HTTP header the HTTP layer does not run, with a reason")
    func notRun() {
        let captured = SOAPMessage(reading: (try? SOAPMessageCase.package().bytes()) ?? [], contentType: nil)
        #expect(MessageRules.reasonNotRun(.http, of: captured) != nil)
        #expect(MessageRules.reasonNotRun(.soap, of: captured) == nil)
        #expect(MessageRules.reasonNotRun(.http, of: SOAPMessageCase.read(SOAPMessageCase.package())) == nil)
    }

    @Test("wsa:To and wsa:MessageID are asked of requests alone")
    func direction() {
        let answer = SOAPMessageCase.answer()
        #expect(MessageRules.Direction(of: answer) == .response)
        #expect(findings(answer, .run).isEmpty)
        let asRequest = MessageRules.findings(
            answer, layers: [.soap], level: .run, requirement: nil, direction: .request)
        #expect(asRequest.map(\.check) == ["soap.to-missing"])
    }
}

@Suite("What the exchange tells of an answer")
struct SOAPExchangeRulesTests {
    private static let accepted = XDSTransaction.retrieveImagingDocumentSet.acceptedResponseActions

    @Test("The action of the technical framework passes")
    func rightAction() {
        let answer = SOAPMessageCase.answer(action: Self.accepted[0])
        #expect(MessageRules.responseAction(of: answer, accepted: Self.accepted, requirement: nil).isEmpty)
    }

    @Test("Another accepted action is a warning, any other a violation")
    func otherAction() {
        let older = MessageRules.responseAction(
            of: SOAPMessageCase.answer(action: Self.accepted[1]), accepted: Self.accepted, requirement: "IDS-007")
        #expect(older.map(\.severity) == [.warning])
        #expect(older.first?.requirement == "IDS-007")
        let other = MessageRules.responseAction(
            of: SOAPMessageCase.answer(action: "urn:other"), accepted: Self.accepted, requirement: nil)
        #expect(other.map(\.severity) == [.violation])
        #expect(other.first?.expected == Self.accepted[0])
        #expect(other.first?.actual == "urn:other")
        #expect(other.first?.place?.line != nil)
    }

    @Test("A SOAP fault is told with its reason")
    func fault() {
        let envelope = OutgoingEnvelope(fault: .actionNotSupported("urn:x"))
        let answer = SOAPMessage(reading: envelope.serialized(), contentType: "application/soap+xml")
        let findings = MessageRules.responseAction(of: answer, accepted: Self.accepted, requirement: nil)
        #expect(findings.first?.actual?.hasPrefix("Sender: The [action]") == true)
    }

    @Test("RelatesTo that repeats the MessageID passes; none or another does not")
    func relatesTo() {
        func checks(_ relatesTo: String?) -> [String] {
            MessageRules.relatesTo(
                of: SOAPMessageCase.answer(relatesTo: relatesTo), messageID: SOAPMessageCase.messageID, requirement: nil
            ).map(\.check)
        }
        #expect(checks(SOAPMessageCase.messageID).isEmpty)
        #expect(checks(nil) == ["soap.relates-to-missing"])
        #expect(checks("urn:uuid:other") == ["soap.relates-to-other"])
    }
}
