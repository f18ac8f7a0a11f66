import Foundation
import Signatures
import TestSupport
import Testing
import XML

@Suite("The whitelist")
struct WhitelistTests {
    static let list = Whitelist(
        generated: "2026-11-24T11:08:12Z",
        domains: [
            .init(
                identifier: "1", db: "db1.test.mesimagesmedicales.fr", vi: "vi1.test.mesimagesmedicales.fr",
                denomination: "Opérateur 1", certificateName: "CN=db1.test.mesimagesmedicales.fr,OU=1,C=FR",
                supportContact: "support@example.test", updated: "2026-11-23T11:08:12Z"),
            .init(
                identifier: "2", db: "db2.test.mesimagesmedicales.fr", denomination: "Opérateur 2",
                certificateName: "CN=db2.test.mesimagesmedicales.fr,OU=2,C=FR", responsibleContact: "chef@example.test",
                supportContact: "support@example.test", updated: "2026-11-23T11:08:12Z"),
        ])

    @Test("A list that was written is read again, and finds domains by host and by certificate")
    func reading() throws {
        let list = try #require(Whitelist(reading: try parse(text(Self.list.element()))))
        #expect(list.generated == Self.list.generated && list.version == "1.0.0")
        #expect(list.domains.map(\.db) == Self.list.domains.map(\.db))
        #expect(list.domains.map(\.responsibleContact) == [nil, "chef@example.test"])
        #expect(list.domain(of: "VI1.test.mesimagesmedicales.fr")?.identifier == "1")
        #expect(list.domain(of: "other.test") == nil && list.domain(of: "") == nil)
        let subject = try #require(DistinguishedName("C=FR, OU=2, CN=db2.test.mesimagesmedicales.fr"))
        #expect(list.domain(of: subject)?.identifier == "2")
        #expect(Whitelist(reading: try parse("<Liste/>")) == nil)
    }

    @Test(
        "A signed list verifies; each change is told",
        .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
    func signing() throws {
        let signed = text(
            try BaselineSignature.sign(Self.list.element(), by: identity("list"), at: Date(timeIntervalSinceNow: 60)))
        func refusals(_ altered: String) throws -> [String] {
            try verifier().verifyBaseline(try parse(altered).documentElement).refusals
        }
        let report = try verifier().verifyBaseline(try parse(signed).documentElement)
        #expect(report.isValid && report.refusals == [] && report.remarks == [])
        #expect(report.signer?.subject.commonName == Whitelist.signerName)
        #expect(report.signer?.subject.units == [Whitelist.signerUnit])
        #expect(try refusals(signed.replacingOccurrences(of: "db2.test", with: "db3.test")) == ["digest-wrong"])
        #expect(
            try refusals(signed.replacingOccurrences(of: "MimeType>text", with: "MimeType>image")) == ["digest-wrong"])
        #expect(
            try refusals(signed.replacingOccurrences(of: "/descendant::ds:Signature", with: "/descendant::*"))
                == ["transform-refused"])
        #expect(
            try refusals(signed.replacingOccurrences(of: "Filter=\"subtract\"", with: "Filter=\"intersect\""))
                == ["transform-refused"])
        // A domain within a second signature would be taken out of what is signed.
        let hidden = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><Domaine/></ds:Signature>"
        #expect(
            try refusals(signed.replacingOccurrences(of: "<ListeDomaines>", with: "<ListeDomaines>" + hidden))
                == ["signature-several"])
        let bare = try verifier().verifyBaseline(try parse(text(Self.list.element())).documentElement)
        #expect(bare.refusals == ["signature-missing"])
    }

    static let folder = "drim-m/Referencement DRIMBox/Liste blanche TEST/Liste blanche signee/"
    static let officials = [
        folder + "LISTEBLANCHE_DRIM-M_SIGNEE_TEST_.xml",
        "drim-m/informatif/listeblanche/LISTEBLANCHE_DRIM-M_TEST_SIGNEE.xml",
    ]

    @Test(
        "The official signed lists verify within the life of their certificate",
        .enabled(if: Corpora.has("drim-m"), Comment(rawValue: Corpora.absence)),
        arguments: officials)
    func official(_ path: String) throws {
        let document = try Document(parsing: try Corpora.bytes(path))
        let signature = try #require(document.documentElement.elements("Signature", in: SignatureNames.signature).first)
        let time = try #require(XAdESProperties(in: signature)?.signingTime.flatMap { XMLInstant($0) }?.date)
        let report = SignatureVerifier(at: time).verifyBaseline(document.documentElement)
        #expect(report.refusals == [])
        #expect(report.integrity == .intact)
        #expect(report.references.map(\.isDigestRight) == [true, true])
        #expect(report.signer?.subject.commonName == Whitelist.signerName)
        #expect(report.signer?.subject.units.contains(Whitelist.signerUnit) == true)
        guard case .notRun = report.chain else { return #expect(Bool(false), "\(report.chain)") }
        #expect(try #require(Whitelist(reading: document)).domains.isEmpty == false)
        let altered = text(document.bytes).replacingOccurrences(of: "<db>db", with: "<db>dx")
        #expect(
            SignatureVerifier(at: time).verifyBaseline(try parse(altered).documentElement).refusals == ["digest-wrong"])
        let late = SignatureVerifier(at: Date(timeIntervalSince1970: 4_000_000_000)).verifyBaseline(
            document.documentElement)
        #expect(late.refusals == ["certificate-expired"])
    }
}
