import Checks
import Conformance
import SOAP
import Testing
import XDS
import XML

/// One malformed input and the finding that is expected of it.
private struct HostileInput: Sendable, CustomTestStringConvertible {
    let name: String
    let check: String
    let message: @Sendable () -> SOAPMessage
    var testDescription: String { "\(check) \(name)" }

    static let all: [HostileInput] = cut + cutEnvelope + broken + references + inline + values + documents

    private static let whole = XDSSignedExam.package()
    private static let text = String(decoding: whole.envelope, as: UTF8.self)

    private static func read(_ envelope: String) -> SOAPMessage {
        var package = whole
        package.envelope = Array(envelope.utf8)
        return SOAPMessageCase.read(package)
    }

    /// The body is cut after so many bytes.
    private static let cut: [HostileInput] = (1...60).map { step in
        HostileInput(name: "body cut at \(step)/61", check: "mtom.missing-close-delimiter") {
            let bytes = (try? whole.bytes()) ?? []
            // The first delimiter stays: without it there is no multipart at all.
            let length = 600 + (bytes.count - 700) * step / 61
            return SOAPMessage(reading: Array(bytes[..<length]), contentType: whole.contentType)
        }
    }

    /// The envelope is cut; the framing is whole.
    private static let cutEnvelope: [HostileInput] = (1...60).map { step in
        HostileInput(name: "envelope cut at \(step)/61", check: "soap.not-xml") {
            read(String(text.prefix(text.count * step / 61)))
        }
    }

    /// Something that no XML may hold, at so many places.
    private static let broken: [HostileInput] = [
        "\u{0}", "\u{1}", "&nothing;", "<a>", "</a>", "<", "&#0;", "<?xml version=\"1.0\"?>", "]]>", "<a b=c/>",
        "<a b=\"1\" b=\"2\"/>", "<x:a/>", "<!DOCTYPE a>", "<![CDATA[", "&#xD800;",
    ].flatMap { piece in
        ["</soap:Header>", "<soap:Body>", "<rim:RegistryObjectList", "</rim:RegistryPackage>"].map { anchor in
            HostileInput(name: "\(piece.debugDescription) at \(anchor)", check: "soap.not-xml") {
                var message = text
                let mark = message.contains(anchor) ? anchor : "<rim:Association"
                message.change(mark, to: piece + mark)
                return read(message)
            }
        }
    }

    /// `href` of anything but a part of the message.
    private static let references: [HostileInput] =
        [
            "http://127.0.0.1:9/x", "https://example.invalid/", "file:///etc/hostname", "file:/etc/passwd",
            "ftp://example.invalid/a", "data:,x", "data:text/xml;base64,AAAA", "//example.invalid/a", "/etc/hostname",
            "../../etc/hostname", "etc/hostname", "javascript:alert(1)", "mid:0.2", "urn:uuid:0.2", "gopher://a/",
            "ldap://a/", "jar:file:///a!/b", "netdoc:///etc/hostname", "php://filter", "expect://id", "smb://a/b",
            "#0.2", "", " cid:0.2", "c id:0.2", "cid", "CID;0.2", "\\\\host\\share", "C:\\x", "http:0.2", "0.2",
            "<0.2>",
        ].map { href in
            HostileInput(name: href.debugDescription, check: "mtom.include-scheme") {
                let escaped = href.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
                return read(text.changing("href=\"cid:0.2\"", to: "href=\"\(escaped)\""))
            }
        }
        + [
            "cid:", "cid:0.99", "cid:0.2/../0.3", "cid:0.2#x", "cid:%00", "cid:0.2%20", "cid:%2e%2e/0.2", "cid://0.2",
            "cid:file:///etc/hostname", "cid:*", "cid:0.2,0.3", "cid:%zz",
        ].map { href in
            HostileInput(name: href, check: "mtom.include-unresolved") {
                read(text.changing("href=\"cid:0.2\"", to: "href=\"\(href)\""))
            }
        }

    /// Text in the place of a document.
    private static let inline: [HostileInput] = [
        "*", "AAA*", "A", "AA=A", "====", "AAAA=", "é", "AAAA-AAA", "AAAA_AAA", "{}", "AAAAA", "A=", "AA===", "%41",
        "AAA\u{FFFD}",
    ].map { content in
        HostileInput(name: content, check: "mtom.inline-malformed") {
            let start = text.ranges(of: "<xop:Include").first?.lowerBound ?? text.startIndex
            let end = text[start...].ranges(of: "/>").first?.upperBound ?? text.endIndex
            return read(text[..<start] + content + text[end...])
        }
    }

    private static func value(
        _ check: String, _ name: String, _ bend: @escaping @Sendable (inout DocumentEntry) -> Void
    ) -> HostileInput {
        HostileInput(name: name, check: check) {
            SOAPMessageCase.read(XDSSignedExam.package({ bend(&$0.submission.entries[1]) }))
        }
    }

    /// Values that are none.
    private static let values: [HostileInput] =
        [
            "0", "2", "99999", "20261301", "20260100", "20260132", "20260229", "2026011524", "202601151060",
            "20260115106061", "demain", "2026-01-15", "20260115T10", " 2026 01", "-20260115", "20260115103000a",
            String(repeating: "9", count: 4000), "²026", "１２３４", "2026011510300099",
        ].map { text in value("xds.time-form", String(text.prefix(20))) { $0.creationTime = DTM(text) } }
        + [
            "x", "^^^&1.2.3&ISO", "1^^^1.2.3", "1^^^&1.2.3", "1^^^&1.2.3&DNS", "1^^^&1..3&ISO", "1^x^^&1.2.3&ISO",
            "1^^x^&1.2.3&ISO", "1^^^a&1.2.3&ISO", "&&&", "^^^", "1^^^&&ISO", String(repeating: "^", count: 5000),
            "1^^^&9.9&ISO", "' OR 1=1 --",
        ].map { text in value("xds.patient-form", String(text.prefix(20))) { $0.patientID = CX(text) } }
        + [
            "x", "1", "1.", ".1", "1..2", "1.02", "3.1", "1.2.3^", "^x", "1.2^a^b", "urn:oid:1.2", "1.2.x",
            String(repeating: "1.2", count: 60), "1.2 .3", "１.2",
        ].map { text in value("xds.unique-id-form", String(text.prefix(20))) { $0.uniqueID = text } }
        + [
            "x", String(repeating: "0", count: 39), String(repeating: "0", count: 41), "0x",
            String(repeating: "g", count: 40),
        ]
        .map { text in value("xds.hash-form", text) { $0.hash = text } }
        + ["-1", "1.5", "1e9", "0x10", "１", "many", "99999999999999999999z"]
        .map { text in value("xds.size-form", text) { $0.size = text } }

    /// Whole documents that are no envelope.
    private static let documents: [HostileInput] =
        ["", " ", "\r\n\t"].map { body in
            HostileInput(name: "blank \(body.count)", check: "soap.empty") {
                SOAPMessage(reading: Array(body.utf8), contentType: "application/soap+xml")
            }
        }
        + [
            "x", "{}", "<", "<a", "<a>", "<a></b>", "<?xml version=\"1.0\"?>", "<!DOCTYPE a><a/>", "\u{0}\u{0}",
            "<a/><b/>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>",
            "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>",
            String(repeating: "<a>", count: 5000),
        ].map { body in
            HostileInput(name: String(body.prefix(40)).debugDescription, check: "soap.not-xml") {
                SOAPMessage(reading: Array(body.utf8), contentType: "application/soap+xml")
            }
        }
        + ["<a/>", "<Envelope/>", "<soap:Envelope xmlns:soap=\"urn:x\"/>"].map { body in
            HostileInput(name: body, check: "soap.not-envelope") {
                SOAPMessage(reading: Array(body.utf8), contentType: "application/soap+xml")
            }
        }
}

@Suite("Malformed messages and metadata")
struct XDSHostileInputTests {
    @Test("There are at least 300 malformed inputs")
    func count() { #expect(HostileInput.all.count >= 300) }

    @Test("Each malformed input has the expected finding", arguments: HostileInput.all)
    fileprivate func told(_ input: HostileInput) {
        let message = input.message()
        var checks = Set(
            MessageRules.findings(
                message, layers: Set(MessageRules.Layer.allCases), level: .run, requirement: nil, direction: .request
            ).map(\.check))
        if input.check.hasPrefix("xds."), let subject = SubmissionSubject(message) {
            for rule in SubmissionRules.complete where rule.descriptor.id == input.check {
                checks.formUnion(rule.judge(subject, level: .run).findings.map(\.check))
            }
        }
        #expect(checks.contains(input.check), "\(checks.sorted())")
    }

    @Test(
        "A document is never taken from anywhere but a part",
        arguments: HostileInput.all.filter { $0.check.hasPrefix("mtom.include") })
    fileprivate func neverFetched(_ input: HostileInput) throws {
        let request = try #require(ProvideAndRegisterRequest(reading: input.message()))
        let document = try #require(request.documents.first)
        #expect(document.bytes.isEmpty && document.content?.isResolved == false)
    }
}
