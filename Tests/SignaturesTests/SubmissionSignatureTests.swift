import Foundation
import Signatures
import TestSupport
import Testing
import XML

@Suite("Signatures of submission sets", .enabled(if: SigningFiles.isPossible, Comment(rawValue: SigningFiles.absence)))
struct SubmissionSignatureTests {
    static let report = SubmissionSignature.SignedDocument(
        uniqueID: "1.2.3.1",
        bytes: Array("<?xml version='1.0'?><ClinicalDocument  a = 'b' xmlns='urn:hl7-org:v3'/>".utf8),
        isXML: true)
    static let manifest = SubmissionSignature.SignedDocument(
        uniqueID: "1.2.3.2", bytes: [0, 1, 2, 0xFF, 0x3C], isXML: false)
    static let set = "1.2.3.9"

    static func made(
        by name: String = "drimbox", algorithm: SignatureAlgorithm = .rsaSHA1,
        documents: [SubmissionSignature.SignedDocument] = [report, manifest]
    ) throws -> String {
        text(
            try SubmissionSignature.make(
                id: "2.25.17", submissionSet: set, documents: documents, by: identity(name),
                at: Date(timeIntervalSinceNow: 60),
                algorithm: algorithm))
    }

    @Test("What is made verifies, manifest and properties included", arguments: SignatureAlgorithm.allCases)
    func roundTrip(_ algorithm: SignatureAlgorithm) throws {
        let made = try Self.made(by: algorithm == .ecdsaSHA256 ? "elliptic" : "drimbox", algorithm: algorithm)
        let signature = try #require(SubmissionSignature(reading: try parse(made)))
        let report = signature.verify(try verifier())
        #expect(report.refusals == [])
        #expect(report.isValid)
        #expect(report.references.map(\.uri) == ["#IHEManifest", "#S0-SignedProperties"])
        #expect(report.references.map(\.isDigestRight) == [true, true])
        #expect(report.canonicalization == "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments")
        #expect(signature.id == "2.25.17")
        #expect(signature.purpose == SubmissionSignature.purpose)
        #expect(signature.properties?.isPolicyImplied == true)
        #expect(signature.entries.map(\.uniqueID) == [Self.set, "1.2.3.1", "1.2.3.2"])
        #expect(signature.manifestFaults(submissionSet: Self.set, documents: [Self.report, Self.manifest]) == [])
    }

    @Test("Documents and manifest that differ are told")
    func manifest() throws {
        let signature = try #require(SubmissionSignature(reading: try parse(try Self.made())))
        func codes(_ set: String?, _ documents: [SubmissionSignature.SignedDocument]) -> [String] {
            signature.manifestFaults(submissionSet: set, documents: documents).map(\.code.rawValue)
        }
        var altered = Self.manifest
        altered.bytes[0] ^= 1
        var blank = Self.report
        blank.bytes = Array("<ClinicalDocument a='b' xmlns='urn:hl7-org:v3'></ClinicalDocument>".utf8)
        let stranger = SubmissionSignature.SignedDocument(uniqueID: "1.2.3.4", bytes: [], isXML: false)
        #expect(codes(Self.set, [Self.report, altered]) == ["manifest-digest-wrong"])
        #expect(codes(Self.set, [blank, Self.manifest]) == [])
        #expect(codes(Self.set, [Self.report]) == ["manifest-entry-unknown"])
        #expect(codes(Self.set, [Self.report, Self.manifest, stranger]) == ["manifest-entry-missing"])
        #expect(
            codes("1.2.3.8", [Self.report, Self.manifest]) == ["manifest-submission-set", "manifest-entry-unknown"])
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let from: String
        let to: String
        let faults: [String]
        var testDescription: String { name }
    }

    @Test(
        "One change after signing is found and named",
        arguments: [
            Change(name: "manifest", from: "urn:oid:1.2.3.2", to: "urn:oid:1.2.3.3", faults: ["digest-wrong"]),
            Change(
                name: "time", from: "SigningTime>20", to: "SigningTime>19",
                faults: ["digest-wrong", "xades-signing-time"]),
            Change(
                name: "no time", from: "xades:SigningTime", to: "xades:Time",
                faults: ["digest-wrong", "xades-signing-time"]),
            Change(
                name: "manifest by another name", from: "Id=\"IHEManifest\"", to: "Id=\"Other\"",
                faults: ["reference-dangling", "reference-elsewhere"]),
            Change(
                name: "manifest without its reference", from: "URI=\"#IHEManifest\"", to: "URI=\"#purposeOfSignature\"",
                faults: ["reference-elsewhere", "digest-wrong"]),
            Change(
                name: "properties without reference", from: "URI=\"#S0-SignedProperties\"", to: "URI=\"#IHEManifest\"",
                faults: ["reference-elsewhere", "digest-wrong", "xades-properties-unsigned"]),
            Change(
                name: "target", from: "Target=\"#2.25.17\"><xades", to: "Target=\"#2.25.18\"><xades",
                faults: ["xades-properties-unsigned"]),
            Change(
                name: "purpose", from: "1.2.840.10065.1.12.1.14", to: "1.2.840.10065.1.12.1.1",
                faults: ["signature-purpose"]),
            Change(
                name: "no properties", from: "xades:SignedProperties", to: "xades:Properties",
                faults: ["digest-wrong", "xades-properties-missing"]),
            Change(
                name: "serial number", from: "X509SerialNumber>", to: "X509SerialNumber>1",
                faults: ["digest-wrong", "xades-certificate-differs"]),
            Change(name: "value", from: "<ds:SignatureValue>", to: "<ds:SignatureValue>AAAA", faults: ["value-wrong"]),
            Change(
                name: "two of one identifier", from: "<ds:KeyInfo>", to: "<ds:KeyInfo Id='IHEManifest'>",
                faults: ["identifier-duplicate", "reference-elsewhere"]),
        ])
    func changed(_ change: Change) throws {
        let made = try Self.made()
        #expect(made.contains(change.from))
        let altered = made.replacingOccurrences(of: change.from, with: change.to)
            .replacingOccurrences(of: "</xades:SerialNumber>1", with: "</xades:SerialNumber>")
        let report = try #require(SubmissionSignature(reading: try parse(altered))).verify(try verifier())
        var seen: Set<String> = []
        let codes = report.faults.map(\.code.rawValue).filter { $0 != "algorithm-weak" && seen.insert($0).inserted }
        #expect(codes == change.faults)
    }

    @Test("A document that is said to be XML and is none cannot be signed; another root is no signature")
    func unreadable() throws {
        #expect(throws: SignatureError.self) {
            try Self.made(documents: [.init(uniqueID: "1", bytes: [1], isXML: true)])
        }
        #expect(SubmissionSignature(reading: try parse("<Signature/>")) == nil)
    }

    @Test(
        "The signature of the official submission names its certificate and the digest of its KOS",
        .enabled(if: Corpora.has("drim-m/informatif/XDS/publication.xml"), Comment(rawValue: Corpora.absence)))
    func official() throws {
        let whole = text(try Corpora.bytes("drim-m/informatif/XDS/publication.xml"))
        let start = try #require(whole.range(of: "<Signature xmlns"))
        let end = try #require(whole.range(of: "</Signature>", options: .backwards))
        let signature = try #require(
            SubmissionSignature(reading: try parse(String(whole[start.lowerBound..<end.upperBound]))))
        let report = signature.verify(SignatureVerifier(at: try #require(XMLInstant("2023-11-14T14:44:58Z")).date))
        // The sample was indented after it was signed.
        #expect(report.refusals == ["digest-wrong"])
        #expect(report.signer?.subject.commonName != nil)
        let kos = try Corpora.bytes("drim-m/_derived/publication_KOS.dcm")
        let entry = try #require(signature.entries.last)
        #expect(
            signature.manifestFaults(
                submissionSet: signature.entries.first?.uniqueID,
                documents: [.init(uniqueID: entry.uniqueID, bytes: kos, isXML: false)]) == [])
    }
}
