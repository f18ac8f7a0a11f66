import Checks
import Conformance
import Foundation
import Signatures
import TestSupport
import Testing
import XDS
import XML

@Suite("Rules of the whitelist", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct WhitelistRulesTests {
    static let list = Whitelist(
        generated: "2026-11-24T11:08:12Z",
        domains: (1...2).map {
            .init(
                identifier: "\($0)", db: "db\($0).test.mesimagesmedicales.fr", denomination: "Opérateur \($0)",
                certificateName: "CN=db\($0).test.mesimagesmedicales.fr,OU=\($0),C=FR",
                supportContact: "support@example.test", updated: "2026-11-23T11:08:12Z")
        })

    static func signed(_ list: Whitelist = list, by name: String = "list") throws -> String {
        let bytes = try BaselineSignature.sign(
            list.element(), by: AssertionCase.identity(name), at: AssertionCase.now)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func outcomes(_ text: String, days: Double = 0, trust: String? = "trust") throws -> Outcomes {
        let document = try Document(parsing: Array(text.utf8))
        let subject = try #require(
            WhitelistSubject(document, verifier: try AssertionCase.verifier(days: days, trust: trust)))
        return Outcomes(WhitelistRules.all, subject, .run)
    }

    @Test("A good list passes every rule")
    func good() throws {
        let outcomes = try Self.outcomes(try Self.signed())
        #expect(outcomes.findings.isEmpty && outcomes.notRun.isEmpty)
    }

    @Test("Unsigned, of another signer, changed, expired, revoked, of another authority: each by its rule")
    func faults() throws {
        let good = try Self.signed()
        let bare = String(decoding: Serializer.serialize(Self.list.element()), as: UTF8.self)
        #expect(try Self.outcomes(bare).failing == ["WL-003"])
        #expect(try Self.outcomes(try Self.signed(by: "impostor"), trust: "ca").failing == ["WL-004"])
        #expect(
            try Self.outcomes(good.replacingOccurrences(of: "Opérateur 2", with: "Opérateur 3")).failing == ["WL-005"])
        #expect(
            try Self.outcomes(
                good.replacingOccurrences(of: "SignatureValue>", with: "SignatureValue>").replacingOccurrences(
                    of: "<ds:SignatureValue>", with: "<ds:SignatureValue>AAAA")
            ).failing == ["WL-005"])
        #expect(try Self.outcomes(good, days: 300, trust: "ca").failing == ["WL-006"])
        #expect(try Self.outcomes(good, days: -3, trust: "ca").failing == ["WL-006"])
        #expect(try Self.outcomes(try Self.signed(by: "impostor")).failing == ["WL-004", "WL-006"])
        #expect(try Self.outcomes(good, trust: "other").failing == ["WL-002"])
        #expect(try Self.outcomes(good.replacingOccurrences(of: "subtract", with: "union")).failing == ["WL-002"])
    }

    @Test("The form of the list is a warning")
    func form() throws {
        var list = Self.list
        list.namespace = "urn:other"
        #expect(try Self.outcomes(try Self.signed(list)).warning == ["whitelist.namespace"])
        list = Self.list
        list.generated = "hier"
        #expect(try Self.outcomes(try Self.signed(list)).warning == ["whitelist.dates"])
        list = Self.list
        list.domains[0].db = "http://db1.test.mesimagesmedicales.fr"
        list.domains[0].certificateName = "CN=http://db1.test.mesimagesmedicales.fr"
        #expect(try Self.outcomes(try Self.signed(list)).warning == ["whitelist.domains"])
        list = Self.list
        list.domains[1].certificateName = "CN=autre"
        #expect(try Self.outcomes(try Self.signed(list)).warning == ["whitelist.certificates"])
        list.domains = []
        #expect(try Self.outcomes(try Self.signed(list)).warning == ["whitelist.domains"])
    }

    @Test("What a system does with the list")
    func use() throws {
        let day = 86_400.0
        let start = AssertionCase.now
        let name = try #require(DistinguishedName("CN=db1.test.mesimagesmedicales.fr,OU=1,C=FR"))
        let good = WhitelistUseSubject(
            list: Self.list, fetches: [start, start.addingTimeInterval(day)], watched: 2 * day,
            calls: [
                "https://db1.test.mesimagesmedicales.fr/rs", "http://ac.invalid/list.crl", "http://ocsp.invalid/",
                "http://db1.test.mesimagesmedicales.fr/.well-known/acme-challenge/x",
            ], served: [name])
        #expect(Outcomes(WhitelistRules.use, good, .run).findings.isEmpty)
        var bad = good
        bad.fetches = [start]
        #expect(Outcomes(WhitelistRules.use, bad, .run).failing == ["WL-001"])
        bad = good
        bad.calls.append("https://db9.test.mesimagesmedicales.fr/rs")
        #expect(Outcomes(WhitelistRules.use, bad, .run).failing == ["WL-007"])
        bad = good
        bad.served.append(try #require(DistinguishedName("CN=db9,C=FR")))
        #expect(Outcomes(WhitelistRules.use, bad, .run).failing == ["WL-007"])
        bad = good
        bad.calls.append("http://db1.test.mesimagesmedicales.fr/rs")
        #expect(Outcomes(WhitelistRules.use, bad, .run).failing == ["WL-008"])
        #expect(Outcomes(WhitelistRules.use, WhitelistUseSubject(list: nil), .run).notRun == ["WL-001", "WL-007"])
    }

    @Test(
        "The official lists: unsigned is WL-003 alone, signed pass within their certificate's life",
        .enabled(if: Corpora.has("drim-m"), Comment(rawValue: Corpora.absence)))
    func official() throws {
        let folder = "drim-m/informatif/listeblanche/"
        let signed = [
            folder + "LISTEBLANCHE_DRIM-M_TEST_SIGNEE.xml",
            "drim-m/Referencement DRIMBox/Liste blanche TEST/Liste blanche signee/LISTEBLANCHE_DRIM-M_SIGNEE_TEST_.xml",
        ]
        for path in signed {
            let document = try Document(parsing: try Corpora.bytes(path))
            let signature = try #require(document.documentElement.first("Signature", in: SignatureNames.signature))
            let time = try #require(XAdESProperties(in: signature)?.signingTime.flatMap { XMLInstant($0) }?.date)
            let subject = try #require(WhitelistSubject(document, verifier: SignatureVerifier(at: time)))
            #expect(Outcomes(WhitelistRules.all, subject, .capture).failing == [])
            let late = try #require(
                WhitelistSubject(document, verifier: SignatureVerifier(at: Date(timeIntervalSince1970: 4_000_000_000))))
            #expect(Outcomes(WhitelistRules.all, late, .capture).failing == ["WL-006"])
        }
        let bare = try Document(parsing: try Corpora.bytes(folder + "LISTEBLANCHE_DRIM-M_NONSIGNEE_TEST_.xml"))
        let subject = try #require(WhitelistSubject(bare, verifier: SignatureVerifier(at: AssertionCase.now)))
        #expect(Outcomes(WhitelistRules.all, subject, .capture).failing == ["WL-003"])
    }

    @Test("The seal of a submission: good, changed, of another authority, out of force")
    func seal() throws {
        let made = String(
            decoding: try Signatures.SubmissionSignature.make(
                id: "2.25.17", submissionSet: "1.2.3", documents: [.init(uniqueID: "1.2.4", bytes: [1], isXML: false)],
                by: AssertionCase.identity("drimbox"), at: AssertionCase.now), as: UTF8.self)
        func failing(_ text: String, _ verifier: SignatureVerifier, level: JudgementLevel = .run) throws -> [String] {
            let subject = try #require(
                SubmissionSealSubject(entry: "Signature01", bytes: Array(text.utf8), verifier: verifier))
            return Outcomes(SubmissionSealRules.all, subject, level).failing
        }
        let verifier = try AssertionCase.verifier()
        #expect(try failing(made, verifier) == [])
        #expect(try failing("\n    " + made, verifier) == [])
        let altered = made.replacingOccurrences(of: "urn:oid:1.2.4", with: "urn:oid:1.2.5")
        #expect(try failing(altered, verifier) == ["xades.signature"])
        #expect(try failing(altered, verifier, level: .capture) == [])
        #expect(try failing(made, try AssertionCase.verifier(trust: "other")) == ["xades.certificate"])
        #expect(try failing(made, try AssertionCase.verifier(days: 300)) == ["xades.certificate"])
    }
}
