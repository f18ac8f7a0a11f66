import Checks
import Conformance
import Foundation
import HTTP
import SOAP
import Signatures
import TestSupport
import Testing
import XML

@Suite("Rules of the VIHF", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct AssertionRulesTests {
    @Test("A good assertion passes every rule; only the channel is not known", arguments: JudgementLevel.allCases)
    func good(_ level: JudgementLevel) throws {
        let outcomes = Outcomes(AssertionRules.all, try #require(try AssertionCase.subject([])), level)
        #expect(outcomes.findings.map(\.check) == [])
        #expect(outcomes.notRun == ["SEC-017"])
    }

    struct Mutant: Sendable, CustomTestStringConvertible {
        let mutations: [String]
        let failing: [String]
        var warning: [String] = []
        var testDescription: String { mutations.joined(separator: ", ") }
    }

    static let mutants: [Mutant] = [
        Mutant(mutations: ["resign"], failing: []),
        Mutant(mutations: ["wrong-version"], failing: ["SEC-001"]),
        Mutant(mutations: ["wrong-namespace"], failing: ["SEC-001"]),
        Mutant(mutations: ["wrap"], failing: ["SEC-001", "SEC-003"]),
        Mutant(mutations: ["wrong-issuer"], failing: ["SEC-002"]),
        Mutant(mutations: ["wrong-issuer-format"], failing: ["SEC-002"]),
        Mutant(mutations: ["unsign"], failing: ["SEC-003"]),
        Mutant(mutations: ["tamper"], failing: ["SEC-003"]),
        Mutant(mutations: ["tamper-value"], failing: ["SEC-003"]),
        Mutant(mutations: ["mask-certificate"], failing: ["SEC-003"]),
        Mutant(mutations: ["wrong-ca"], failing: ["SEC-003"]),
        Mutant(mutations: ["drop-name-id"], failing: ["SEC-004"]),
        Mutant(mutations: ["wrong-name-id"], failing: ["SEC-004"]),
        Mutant(mutations: ["expire"], failing: [], warning: ["SEC-005"]),
        Mutant(mutations: ["not-yet-valid"], failing: [], warning: ["SEC-005"]),
        Mutant(mutations: ["local-time"], failing: [], warning: ["SEC-005"]),
        Mutant(mutations: ["wrong-audience"], failing: [], warning: ["SEC-006"]),
        Mutant(mutations: ["drop-authn-context"], failing: ["SEC-007"]),
        Mutant(mutations: ["wrong-authn-context"], failing: ["SEC-007"]),
        Mutant(mutations: ["wrong-vihf-version"], failing: [], warning: ["SEC-009"]),
        Mutant(mutations: ["wrong-mode"], failing: ["SEC-007", "SEC-010"]),
        Mutant(mutations: ["wrong-sector"], failing: ["SEC-011"]),
        Mutant(mutations: ["wrong-role"], failing: ["SEC-012"]),
        Mutant(mutations: ["drop-specialty"], failing: ["SEC-012"]),
        Mutant(mutations: ["wrong-purpose"], failing: ["SEC-013"]),
        Mutant(mutations: ["wrong-patient"], failing: ["SEC-014"]),
        Mutant(mutations: ["wrong-structure"], failing: ["SEC-015"]),
        Mutant(mutations: ["drop-attribute:LPS_Nom"], failing: [], warning: ["SEC-016"]),
        Mutant(mutations: ["drop-attribute:LPS_ID"], failing: []),
        Mutant(mutations: ["repeat-attribute:LPS_ID"], failing: []),
    ]

    static let attributeMutants: [Mutant] = VIHF.Name.required.flatMap { name in
        [
            Mutant(mutations: ["drop-attribute:\(name)"], failing: ["SEC-008"]),
            Mutant(mutations: ["repeat-attribute:\(name)"], failing: ["SEC-008"]),
        ]
    }

    @Test("One fault is found by its rule and by no other", arguments: mutants + attributeMutants)
    func mutant(_ mutant: Mutant) throws {
        #expect(mutant.mutations.allSatisfy { VIHFMutation(rawValue: $0) != nil })
        let subject = try #require(try AssertionCase.subject(mutant.mutations))
        let outcomes = Outcomes(AssertionRules.all, subject, .run)
        // The mode tells what the authentication context must be: a wrong one shows in both.
        let failing = mutant.mutations == ["wrong-mode"] ? outcomes.failing + ["SEC-007"] : outcomes.failing
        #expect(Set(failing) == Set(mutant.failing))
        #expect(outcomes.warning == mutant.warning)
        for finding in outcomes.findings {
            #expect((finding.place?.line ?? 0) > 0 && finding.place?.xpath?.hasPrefix("/soap:Envelope") == true)
            #expect(
                !finding.message.fr.isEmpty && !finding.message.en.isEmpty && finding.message.fr != finding.message.en)
        }
    }

    @Test("Every mutation is tried, and has its rule in the rule book")
    func catalogue() {
        let tried = Set(
            (Self.mutants + Self.attributeMutants).flatMap(\.mutations).map {
                $0.split(separator: ":").first.map(String.init) ?? ""
            })
        #expect(Set(VIHFMutation.all.map(\.name)).subtracting(tried) == [])
        let known = Set(RuleBook.descriptors.map(\.id))
        #expect(VIHFMutation.all.allSatisfy { known.contains($0.rule) })
        for number in 1...21 { #expect(known.contains("SEC-0" + (number < 10 ? "0" : "") + "\(number)")) }
        for number in 1...8 { #expect(known.contains("WL-00\(number)")) }
        #expect(VIHFMutation(rawValue: "nothing") == nil && VIHFMutation(rawValue: "drop-attribute") == nil)
        #expect(VIHFMutation(rawValue: "unsign:x") == nil)
    }

    @Test("No assertion, two of them, no header")
    func count() throws {
        let signed = try AssertionCase.values().signed(by: AssertionCase.identity("drimbox"))
        let verifier = try AssertionCase.verifier()
        let none = try #require(AssertionSubject(AssertionCase.message(nil), verifier: verifier))
        #expect(Outcomes(AssertionRules.all, none, .run).failing == ["SEC-001"])
        var two = AssertionCase.message(signed)
        let text = String(decoding: try #require(two.document).bytes, as: UTF8.self)
        let element = String(decoding: Serializer.serialize(signed, declaration: false), as: UTF8.self)
        two = SOAPMessage(
            reading: Array(text.replacingOccurrences(of: element, with: element + element).utf8),
            contentType: "application/soap+xml")
        let subject = try #require(AssertionSubject(two, verifier: verifier))
        #expect(Outcomes(AssertionRules.all, subject, .run).failing == ["SEC-001", "SEC-003"])
    }

    @Test("The channel: TLS, its version, and the client certificate")
    func channel() throws {
        var subject = try #require(try AssertionCase.subject([]))
        subject.peer = TLSPeer(version: "TLSv1.3", subject: "CN=DRIMbox")
        #expect(Outcomes(AssertionRules.all, subject, .run).notRun == [])
        subject.peer = TLSPeer(version: "TLSv1.1", subject: "CN=DRIMbox")
        #expect(Outcomes(AssertionRules.all, subject, .run).failing == ["SEC-017"])
        subject.peer = TLSPeer(version: "TLSv1.2")
        #expect(Outcomes(AssertionRules.all, subject, .run).failing == ["SEC-017"])
        subject.peer = nil
        subject.isCleartext = true
        #expect(Outcomes(AssertionRules.all, subject, .run).failing == ["SEC-017"])
    }

    @Test("The exchange with Pro Santé Connect, good and with each fault")
    func token() throws {
        let url = "https://psc.invalid/auth?state=a&nonce=b&acr_values=eidas1&scope=openid%20scope_all"
        let introspect = TokenSubject.Request(
            "POST", "https://psc.invalid/token/introspect", body: Array("token=abc".utf8))
        let good = TokenSubject(authorization: url, acceptedForeignState: false, requests: [introspect])
        let outcomes = Outcomes(TokenRules.all, good, .run)
        #expect(outcomes.findings.isEmpty && outcomes.notRun.isEmpty)
        #expect(
            Outcomes(TokenRules.all, TokenSubject(authorization: nil), .run).notRun == [
                "SEC-018", "SEC-019", "SEC-020", "SEC-021",
            ])
        for part in ["state=a", "nonce=b", "acr_values=eidas1", "scope=openid%20scope_all"] {
            let subject = TokenSubject(
                authorization: url.replacingOccurrences(of: part, with: "x=y"), acceptedForeignState: false,
                requests: [introspect])
            #expect(Outcomes(TokenRules.all, subject, .run).failing == ["SEC-018"])
        }
        var bad = good
        bad.acceptedForeignState = true
        #expect(Outcomes(TokenRules.all, bad, .run).failing == ["SEC-019"])
        bad = good
        bad.requests.append(.init("GET", "https://db.invalid/studies?access_token=abc"))
        #expect(Outcomes(TokenRules.all, bad, .run).warning == ["SEC-020"])
        bad.requests = [
            .init(
                "POST", introspect.url, headers: HTTPHeaders([("Authorization", "Basic eA==")]), body: introspect.body)
        ]
        #expect(Outcomes(TokenRules.all, bad, .run).warning == ["SEC-021"])
    }

    static let samples = [
        "drim-m/Echantillons validateurs/Cross-validateur/Echantillons de validation/XDS.xml",
        "drim-m/test a blanc/Cross-validateur/OK_HL7_XDS_invisible_masque/Metadata_invisible_masque.xml",
        "drim-m/informatif/XDS/publication.xml",
    ]

    @Test(
        "The official samples have no error in a capture; what was masked did not run, with the reason",
        .enabled(if: Corpora.has("drim-m"), Comment(rawValue: Corpora.absence)), arguments: samples)
    func official(_ path: String) throws {
        let message = SOAPMessage(reading: try Corpora.bytes(path), contentType: nil)
        let time = try #require(XMLInstant("2023-11-14T14:44:58Z")).date
        let subject = try #require(AssertionSubject(message, verifier: SignatureVerifier(at: time)))
        #expect(subject.assertion?.values.mode == "INDIRECTE")
        let outcomes = Outcomes(AssertionRules.all, subject, .capture)
        #expect(outcomes.failing == [])
        if subject.signature?.has(.unreadableCertificate) == true {
            #expect(outcomes.notRun.contains("SEC-003"))
            #expect(outcomes.outcomes.first { $0.id == "SEC-003" }?.reason?.en.contains("masked") == true)
        }
        #expect(outcomes.notRun.contains("SEC-015"))
    }
}
