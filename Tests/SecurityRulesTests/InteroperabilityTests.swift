import Foundation
import SOAP
import Signatures
import TestSupport
import Testing
import XML

/// Two strangers that make and verify signatures: xmlsec's own tool, and signxml for Python.
@Suite(
    "Signatures of and for strangers", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct InteroperabilityTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Interop/signatures.sh").path
    static let hasTool = Tool.has("xmlsec1")
    static let hasSignxml: Bool = {
        let python = ProcessInfo.processInfo.environment["CISIS_SIGNXML"] ?? "python3"
        return (try? Tool.run([python, "-c", "import signxml"]))?.status == 0
    }()

    private static func run(_ arguments: String...) throws -> Tool.Output {
        try Tool.run(["bash", script] + arguments)
    }

    private static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    private static let ca = SigningFiles.shared.path("ca.pem")
    private static let other = SigningFiles.shared.path("other.pem")

    private static func assertion(_ algorithm: SignatureAlgorithm) throws -> [UInt8] {
        let signer = try AssertionCase.identity(algorithm == .ecdsaSHA256 ? "elliptic" : "drimbox")
        return Serializer.serialize(try AssertionCase.values().signed(by: signer, algorithm: algorithm))
    }

    @Test(
        "xmlsec1 accepts our assertion, alone and in its message, and refuses it changed or for another authority",
        .enabled(if: hasTool, Tool.absence), arguments: SignatureAlgorithm.allCases)
    func assertionForTool(_ algorithm: SignatureAlgorithm) throws {
        try Self.withFolder { folder in
            let bytes = try Self.assertion(algorithm)
            try Self.write(bytes, folder + "/a.xml")
            #expect(try Self.run("verify", "saml", folder + "/a.xml", Self.ca).status == 0)
            #expect(try Self.run("verify", "saml", folder + "/a.xml", Self.other).status != 0)
            let altered = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "Zoé", with: "Léa")
            try Self.write(Array(altered.utf8), folder + "/b.xml")
            #expect(try Self.run("verify", "saml", folder + "/b.xml", Self.ca).status != 0)
            let element = Element(copying: try Document(parsing: bytes).documentElement)
            let message = AssertionCase.message(element)
            try Self.write(try #require(message.document).bytes, folder + "/m.xml")
            #expect(try Self.run("verify", "saml", folder + "/m.xml", Self.ca).status == 0)
        }
    }

    @Test("xmlsec1 accepts our signatures of submissions and lists", .enabled(if: hasTool, Tool.absence))
    func propertiesForTool() throws {
        try Self.withFolder { folder in
            let signer = try AssertionCase.identity("drimbox")
            let seal = try SubmissionSignature.make(
                id: "2.25.17", submissionSet: "1.2.3", documents: [.init(uniqueID: "1.2.4", bytes: [1], isXML: false)],
                by: signer, at: AssertionCase.now)
            try Self.write(seal, folder + "/s.xml")
            let verified = try Self.run("verify", "xades", folder + "/s.xml", Self.ca)
            #expect(verified.status == 0, "\(verified.text)")
            let list = try BaselineSignature.sign(
                WhitelistRulesTests.list.element(), by: AssertionCase.identity("list"), at: AssertionCase.now)
            try Self.write(list, folder + "/l.xml")
            #expect(try Self.run("verify", "xades", folder + "/l.xml", Self.ca).status == 0)
            let altered = String(decoding: list, as: UTF8.self).replacingOccurrences(
                of: "Opérateur 1", with: "Opérateur 9")
            try Self.write(Array(altered.utf8), folder + "/x.xml")
            #expect(try Self.run("verify", "xades", folder + "/x.xml", Self.ca).status != 0)
        }
    }

    @Test("We accept what xmlsec1 signs, and refuse it changed", .enabled(if: hasTool, Tool.absence))
    func assertionOfTool() throws {
        try Self.withFolder { folder in
            // A template: our signature with its digest and value taken out.
            var text = String(decoding: try Self.assertion(.rsaSHA256), as: UTF8.self)
            for name in ["ds:DigestValue", "ds:SignatureValue", "ds:X509Certificate"] {
                let start = try #require(text.range(of: "<\(name)>")), end = try #require(text.range(of: "</\(name)>"))
                text.replaceSubrange(start.upperBound..<end.lowerBound, with: "")
            }
            try Self.write(Array(text.utf8), folder + "/t.xml")
            let files = SigningFiles.shared
            let signed = try Self.run(
                "sign", folder + "/t.xml", files.path("drimbox.key"), files.path("drimbox.pem"), folder + "/s.xml")
            #expect(signed.status == 0, "\(signed.text)")
            try Self.judge(folder + "/s.xml")
        }
    }

    @Test(
        "signxml accepts our assertion and refuses it changed or for another authority",
        .enabled(if: hasSignxml, Tool.absence), arguments: SignatureAlgorithm.allCases)
    func assertionForSignxml(_ algorithm: SignatureAlgorithm) throws {
        try Self.withFolder { folder in
            let bytes = try Self.assertion(algorithm)
            try Self.write(bytes, folder + "/a.xml")
            let verified = try Self.run("signxml-verify", folder + "/a.xml", Self.ca)
            #expect(verified.status == 0, "\(verified.text)")
            #expect(try Self.run("signxml-verify", folder + "/a.xml", Self.other).status != 0)
            let altered = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "Zoé", with: "Léa")
            try Self.write(Array(altered.utf8), folder + "/b.xml")
            #expect(try Self.run("signxml-verify", folder + "/b.xml", Self.ca).status != 0)
        }
    }

    @Test("We accept what signxml signs, and refuse it changed", .enabled(if: hasSignxml, Tool.absence))
    func assertionOfSignxml() throws {
        try Self.withFolder { folder in
            try Self.write(Serializer.serialize(try AssertionCase.values().element()), folder + "/u.xml")
            let files = SigningFiles.shared
            let signed = try Self.run(
                "signxml-sign", folder + "/u.xml", files.path("drimbox.key"), files.path("drimbox.pem"),
                folder + "/s.xml")
            #expect(signed.status == 0, "\(signed.text)")
            try Self.judge(folder + "/s.xml")
        }
    }

    private static func judge(_ path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let report = try AssertionCase.verifier().verifyEnveloped(try Document(parsing: bytes).documentElement)
        #expect(report.isValid, "\(report.faults.map(\.english))")
        let altered = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "SM26", with: "SM27")
        let refused = try AssertionCase.verifier().verifyEnveloped(
            try Document(parsing: Array(altered.utf8)).documentElement)
        #expect(refused.has(.digest) && !refused.isValid)
        #expect(
            try AssertionCase.verifier(trust: "other").verifyEnveloped(
                try Document(parsing: bytes).documentElement
            ).has(.untrusted))
    }
}
