import Conformance
import Foundation
import SOAP
import Signatures
import Simulators
import TestSupport
import Testing
import XDS
import XML

@testable import Runner

/// Assertions and whitelists as files, with the options that a person has for them.
@Suite(
    "Captured assertions and whitelists", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence))
)
struct SignedFileTests {
    private static let now = Date(timeIntervalSinceNow: 60)

    private static func identity(_ name: String) throws -> SigningIdentity {
        let files = SigningFiles.shared
        return try SigningIdentity(certificateChain: files.path("\(name).pem"), key: files.path("\(name).key"))
    }

    private static func trust(_ name: String) throws -> SignatureTrust {
        SignatureTrust(pem: try SigningFiles.shared.bytes("\(name).pem"))
    }

    private static func judge(
        _ bytes: [UInt8], _ change: (inout FileValidator.Options) throws -> Void = { _ in }
    ) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        try change(&options)
        return await (try FileValidator(options)).validate(bytes, name: "x")
    }

    private static func violations(_ judgement: FileJudgement) -> [String] {
        judgement.layers.flatMap(\.findings).filter { $0.severity == .violation }.map(\.check)
    }

    private static func whitelist(by name: String) throws -> [UInt8] {
        let list = Whitelist(
            generated: "2026-11-24T11:08:12Z",
            domains: [
                .init(
                    identifier: "1", db: "db1.test.mesimagesmedicales.fr", denomination: "Opérateur",
                    certificateName: "CN=db1.test.mesimagesmedicales.fr,OU=1,C=FR",
                    supportContact: "support@example.test", updated: "2026-11-23T11:08:12Z")
            ])
        return try BaselineSignature.sign(list.element(), by: identity(name), at: now)
    }

    private static func assertion(by name: String = "drimbox") throws -> [UInt8] {
        let signer = try identity(name)
        var exam = SignedCapture.exam
        exam.organization.identifier = SigningFiles.structure
        let block = try #require(
            try Credentials(signer: signer).security(
                .registryStoredQuery, patient: SignedCapture.exam.patientCX.text, of: exam,
                id: "_a1", []
            ).first)
        var header = block
        header["xmlns:soap"] = SOAPNamespace.soap12
        let document = try Document(parsing: Serializer.serialize(header))
        let assertion = try #require(document.documentElement.elements.first)
        return Serializer.serialize(Element(copying: assertion))
    }

    @Test("A whitelist is told by its bytes; without --trust its chain is not run, with it it is followed")
    func whitelist() async throws {
        let bytes = try Self.whitelist(by: "list")
        let bare = try await Self.judge(bytes) { $0.signatures.at = Self.now }
        #expect(bare.kind == .whitelist && bare.verdict == .pass && Self.violations(bare).isEmpty)
        let chain = try #require(bare.layers.first { $0.layer == "chain" })
        #expect(chain.verdict == .notRun && chain.reason?.en.contains("--trust") == true)
        let trusted = try await Self.judge(bytes) {
            $0.signatures.at = Self.now
            $0.signatures.trust = try Self.trust("ca")
        }
        #expect(trusted.layers.first { $0.layer == "chain" }?.verdict == .pass && trusted.verdict == .pass)
        let other = try await Self.judge(bytes) {
            $0.signatures.at = Self.now
            $0.signatures.trust = try Self.trust("other")
        }
        #expect(Self.violations(other) == ["WL-002"] && other.verdict == .fail)
    }

    @Test(
        "--at decides whether a whitelist's certificate is in force",
        arguments: [(-30, ["WL-006"]), (0, []), (300, ["WL-006"])] as [(Double, [String])])
    func time(_ days: Double, _ expected: [String]) async throws {
        let judgement = try await Self.judge(try Self.whitelist(by: "list")) {
            $0.signatures.at = Self.now.addingTimeInterval(days * 86_400)
        }
        #expect(Self.violations(judgement) == expected)
    }

    @Test("A whitelist that another signed, or that was changed, is named")
    func whitelistFaults() async throws {
        let impostor = try await Self.judge(try Self.whitelist(by: "impostor")) { $0.signatures.at = Self.now }
        #expect(Self.violations(impostor) == ["WL-004"])
        let text = String(decoding: try Self.whitelist(by: "list"), as: UTF8.self)
        let changed = try await Self.judge(Array(text.replacing("Opérateur", with: "Operateur").utf8)) {
            $0.signatures.at = Self.now
        }
        #expect(Self.violations(changed) == ["WL-005"])
        for finding in changed.layers.flatMap(\.findings) {
            #expect(finding.place?.line != nil && finding.advice != nil && finding.message.fr != finding.message.en)
        }
    }

    @Test(
        "An assertion alone is told by its bytes and judged; IHE's profiles alone ask of it in a message what XUA asks")
    func assertion() async throws {
        let bytes = try Self.assertion()
        for level in [JudgementLevel.capture, .run] {
            let judgement = try await Self.judge(bytes) {
                $0.level = level
                $0.signatures.trust = try Self.trust("ca")
            }
            #expect(judgement.kind == .vihf && judgement.verdict == .pass, "\(judgement.layers)")
            #expect(judgement.layers.map(\.layer) == ["xml", "vihf", "signature", "chain"])
            #expect(!judgement.summary.isEmpty)
        }
        let message = try SignedCapture.capture(try SignedCapture.package(try SignedCapture.request()))
        let french = try await Self.judge(message).layers.map(\.layer)
        let own = try await Self.judge(message) { $0.profile = .ihe }.layers.map(\.layer)
        #expect(french.contains("vihf") && french.contains("xades"))
        #expect(own.contains("saml") && !own.contains("vihf") && !own.contains("xades"))
    }

    @Test("An assertion of a stranger, out of its time, changed: each named; a warning in a capture")
    func assertionFaults() async throws {
        func run(_ bytes: [UInt8], days: Double = 0, trust: String = "ca") async throws -> [String] {
            Self.violations(
                try await Self.judge(bytes) {
                    $0.level = .run
                    $0.signatures.at = Self.now.addingTimeInterval(days * 86_400)
                    $0.signatures.trust = try Self.trust(trust)
                })
        }
        #expect(try await run(try Self.assertion()).isEmpty)
        #expect(try await run(try Self.assertion(by: "stranger")).contains("SEC-003"))
        #expect(try await run(try Self.assertion(), days: 300).contains("SEC-003"))
        let text = String(decoding: try Self.assertion(), as: UTF8.self)
        let changed = Array(text.replacing("INDIRECTE", with: "DIRECTE").utf8)
        #expect(try await run(changed).contains("SEC-003"))
        let captured = try await Self.judge(changed)
        #expect(!Self.violations(captured).contains("SEC-003"))
        #expect(captured.layers.flatMap(\.findings).contains { $0.check == "SEC-003" && $0.severity == .warning })
    }

    @Test("What is named vihf or whitelist and is none says so", arguments: [FileKind.vihf, .whitelist])
    func others(_ kind: FileKind) async throws {
        let judgement = try await Self.judge(Array("<a/>".utf8)) { $0.kind = kind }
        #expect(judgement.verdict == .error && judgement.layers.last?.reason?.fr.isEmpty == false)
        let broken = try await Self.judge(Array("<a>".utf8)) { $0.kind = kind }
        #expect(broken.verdict == .fail && Self.violations(broken).allSatisfy { $0.hasPrefix("xml.") })
    }
}
