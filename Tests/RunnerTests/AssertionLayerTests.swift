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

/// The assertion of a captured message: missing, of another SAML, by the French profile and by IHE's alone.
@Suite("Captured assertions in messages")
struct AssertionLayerTests {
    private static func judge(
        _ bytes: [UInt8], _ level: JudgementLevel, _ profile: JudgementProfile = .dim
    ) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.level = level
        options.profile = profile
        return await (try FileValidator(options)).validate(bytes, name: "x")
    }

    private static func violations(_ judgement: FileJudgement) -> [String] {
        judgement.layers.flatMap(\.findings).filter { $0.severity == .violation }.map(\.check)
    }

    /// A retrieval, its VIHF cut out or changed.
    private static func retrieval(edit: (inout String) throws -> Void = { _ in }) throws -> [UInt8] {
        try SignedCapture.simple(
            .retrieveDocumentSet,
            RetrieveDocumentSetRequest([DocumentRequest(repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.4")])
                .element(), edit: edit)
    }

    private static func bare(_ text: inout String) throws {
        guard let start = text.range(of: "<wsse:Security"), let end = text.range(of: "</wsse:Security>") else {
            throw NothingToChange(text: "wsse:Security")
        }
        text.removeSubrange(start.lowerBound..<end.upperBound)
    }

    @Test("A request to the DMP without VIHF fails a run by SEC-001; in a capture it is said and does not weigh")
    func missing() async throws {
        let bytes = try Self.retrieval { try Self.bare(&$0) }
        let run = try await Self.judge(bytes, .run)
        #expect(Self.violations(run) == ["SEC-001"] && run.verdict == .fail)
        let capture = try await Self.judge(bytes, .capture)
        let layer = try #require(capture.layers.first { $0.layer == "vihf" })
        #expect(layer.verdict == .notRun && layer.reason?.en.contains("SEC-001") == true)
        #expect(layer.reason?.fr != layer.reason?.en)
        #expect(Self.violations(capture).isEmpty && capture.verdict == .pass)
        let ihe = try await Self.judge(bytes, .run, .ihe)
        #expect(ihe.verdict == .pass && !ihe.layers.contains { ["vihf", "saml"].contains($0.layer) })
    }

    @Test("An answer needs no VIHF", arguments: JudgementLevel.allCases)
    func answer(_ level: JudgementLevel) async throws {
        let bytes = SignedCapture.answer(
            XDSTransaction.registryStoredQuery.responseAction, StoredQueryResponse().element())
        #expect(!(try await Self.judge(bytes, level)).layers.contains { $0.layer == "vihf" })
    }

    @Test(
        "By IHE's profiles alone, the version of SAML and the instants are judged", arguments: JudgementLevel.allCases)
    func xua(_ level: JudgementLevel) async throws {
        let right = try await Self.judge(try Self.retrieval(), level, .ihe)
        #expect(right.layers.contains { $0.layer == "saml" && $0.verdict == .pass } && right.verdict == .pass)
        let version = try Self.retrieval { try $0.replace(" Version=\"2.0\"", by: " Version=\"1.1\"") }
        #expect(Self.violations(try await Self.judge(version, level, .ihe)).contains("SEC-001"))
        let instant = try Self.retrieval { text in
            guard let start = text.range(of: "AuthnInstant=\""),
                let end = text.range(of: "\"", range: start.upperBound..<text.endIndex)
            else { throw NothingToChange(text: "AuthnInstant") }
            text.replaceSubrange(start.upperBound..<end.lowerBound, with: "yesterday")
        }
        #expect(Self.violations(try await Self.judge(instant, level, .ihe)).contains("SEC-005"))
        let older = try Self.retrieval { text in
            try text.replace(SOAPNamespace.saml, by: "urn:oasis:names:tc:SAML:1.0:assertion")
        }
        #expect(Self.violations(try await Self.judge(older, level, .ihe)).contains("SEC-001"))
    }
}
