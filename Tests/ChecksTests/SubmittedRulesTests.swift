import Checks
import Conformance
import Foundation
import HTTP
import SOAP
import Testing
import XDS
import XML

/// What a source leaves to registry and repository, and small departures of parts, ids and values.
@Suite("What is submitted, and small departures")
struct SubmittedRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let testDescription: String
        let package: @Sendable () -> MTOMPackage

        init(_ id: String, _ name: String, bend: @escaping @Sendable (inout ProvideAndRegisterRequest) -> Void) {
            (self.id, testDescription) = (id, "\(id) \(name)")
            package = { XDSSignedExam.package(bend) }
        }

        init(_ id: String, _ name: String, edit old: String, _ new: String) {
            (self.id, testDescription) = (id, "\(id) \(name)")
            package = { XDSSignedExam.package(edit: { $0 = $0.replacing(old, with: new) }) }
        }
    }

    static let entry = "<rim:ExtrinsicObject id=\"DocumentKOS\""
    static let size = XDSSignedExam.request.submission.entries[1].size ?? ""

    /// Each is told, and is none but a warning.
    static let warnings: [Case] = [
        Case("xds.submitted-home", "an entry", edit: entry, entry + " home=\"urn:oid:1.2.3\""),
        Case("xds.submitted-home", "the set") { $0.submission.submissionSets[0].home = "urn:oid:1.2.3" },
        Case("xds.submitted-repository", "an entry") { $0.submission.entries[1].repositoryUniqueID = "1.2.3" },
        Case("xds.submitted-status", "Deprecated") {
            $0.submission.entries[1].availabilityStatus = XDSURN.deprecated
        },
        Case("xds.time-future", "creationTime") { $0.submission.entries[2].creationTime = DTM("29990101000000") },
        Case("xds.value-blanks", "size", edit: "<rim:Value>\(size)<", "<rim:Value> \(size) <"),
    ]

    @Test("Each is told at its place as a warning, and no rule fails", arguments: warnings)
    func warning(_ test: Case) {
        let found = XDSSignedExam.findings(test.package())
        #expect(found.contains { $0.id == test.id && $0.severity == .warning && $0.place?.xpath != nil }, "\(found)")
        #expect(found.allSatisfy { $0.severity == .warning }, "\(found)")
    }

    @Test("Approved, a past time and a value on its own line are not told")
    func right() {
        let package = XDSSignedExam.package(
            { $0.submission.entries[1].availabilityStatus = XDSURN.approved },
            edit: { $0 = $0.replacing("<rim:Value>\(Self.size)<", with: "<rim:Value>\n    \(Self.size)\n  <") })
        #expect(XDSSignedExam.findings(package).isEmpty)
    }

    @Test("A classification that leads nowhere is an error in a capture, one that leads to another object a warning")
    func classifiedObject() throws {
        for (target, severity) in [("Nobody", Severity.violation), ("Signature01", .warning)] {
            let package = XDSSignedExam.package(edit: { text in
                guard let range = text.firstRange(of: "classifiedObject=\"DocumentKOS\"") else { return }
                text.replaceSubrange(range, with: "classifiedObject=\"\(target)\"")
            })
            let subject = try #require(SubmissionSubject(SOAPMessageCase.read(package)))
            let found = SubmissionRules.complete.flatMap { $0.judge(subject, level: .capture).findings }
            #expect(found.map(\.check) == ["PNR-048"] && found.first?.severity == severity, "\(found)")
        }
    }

    @Test("Two Content-IDs on one part are told", arguments: [JudgementLevel.run, .capture])
    func twoContentIDs(_ level: JudgementLevel) throws {
        let package = XDSSignedExam.package()
        let bytes = try package.bytes()
        let old = Array("Content-ID: <0.2>".utf8)
        let range = try #require(bytes.firstRange(of: old))
        let doubled = bytes[..<range.upperBound] + Array("\r\nContent-ID: <0.99>".utf8) + bytes[range.upperBound...]
        for (content, count) in [(bytes, 0), (Array(doubled), 1)] {
            let message = SOAPMessage(reading: content, contentType: package.contentType)
            let found = MessageRules.findings(message, layers: [.mtom], level: level, requirement: nil)
                .filter { $0.check == "mtom.content-id-form" }
            #expect(found.count == count)
            #expect(found.allSatisfy { $0.actual == "2" && $0.severity == (level == .run ? .violation : .warning) })
        }
    }

    @Test(
        "serviceStartTime that is missing, short or no date is told by what it is",
        arguments: [(nil, "missing"), ("20260115", "14 digits"), ("20261345000000", "calendar")]
            as [(String?, String)])
    func startTime(_ text: String?, _ word: String) throws {
        let package = XDSSignedExam.package { $0.submission.entries[1].serviceStartTime = text.map { DTM($0) } }
        let subject = try #require(SubmissionSubject(SOAPMessageCase.read(package)))
        let rule = try #require(SubmissionRules.all.first { $0.descriptor.id == "PNR-045" })
        let found = rule.judge(subject, level: .run).findings
        #expect(found.count == 1 && found[0].message.en.contains(word) && found[0].message.fr != found[0].message.en)
    }

    @Test(
        "An accession number is asked with the authority that gave it",
        arguments: [
            ("('A1^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:accession')", true),
            ("('A1^^^^urn:ihe:iti:xds:2013:accession')", false),
            ("('1.2.3^^^^urn:ihe:iti:xds:2016:studyInstanceUID')", true),
        ])
    func accession(_ value: String, _ isRight: Bool) throws {
        let query = StoredQuery(
            .findDocumentsByReferenceID,
            parameters: [StoredQuery.Parameter("$XDSDocumentEntryReferenceIdList", [value])])
        let subject = try #require(
            QuerySubject(
                SOAPMessage(reading: Serializer.serialize(query.element()), contentType: "application/xml")))
        let rule = try #require(QueryRules.all.first { $0.descriptor.id == "QRY-010" })
        #expect(rule.judge(subject, level: .run).findings.isEmpty == isRight)
    }

    @Test(
        "An id that is asked with a blank is told: in it an error, around it a warning",
        arguments: [
            ("2.25.4", nil), ("2.25.5^A/1", nil), ("\n  2.25.4\n", nil), (" 2.25.4 ", .warning),
            ("2.25. 4", .violation), ("document", .violation),
        ] as [(String, Severity?)])
    func documentID(_ unique: String, _ severity: Severity?) throws {
        let text = """
            <xdsb:RetrieveDocumentSetRequest xmlns:xdsb="\(XDSNamespace.xdsb)"><xdsb:DocumentRequest>\
            <xdsb:RepositoryUniqueId>1.2.3</xdsb:RepositoryUniqueId>\
            <xdsb:DocumentUniqueId>\(unique)</xdsb:DocumentUniqueId></xdsb:DocumentRequest>\
            </xdsb:RetrieveDocumentSetRequest>
            """
        let subject = try #require(
            RetrieveRequestSubject(SOAPMessage(reading: Array(text.utf8), contentType: "application/xml")))
        let rule = try #require(RetrieveRequestRules.all.first { $0.descriptor.id == "RET-002" })
        #expect(rule.judge(subject, level: .run).findings.map(\.severity) == (severity.map { [$0] } ?? []))
    }
}
