import Conformance
import DICOM
import SOAP
import TestSupport
import Testing
import XDS

@testable import Checks

/// A submission that another tool wrote: its KOS and its entry, judged as captured.
@Suite struct CoherenceCorporaTests {
    private static let kos = "drim-m/_derived/publication_KOS.dcm"
    private static let submission = "drim-m/informatif/XDS/publication.xml"

    @Test(
        "The KOS of a captured submission agrees with its entry",
        .enabled(if: Corpora.has(kos) && Corpora.has(submission), Comment(rawValue: Corpora.absence)))
    func publication() throws {
        let message = SOAPMessage(reading: try Corpora.bytes(Self.submission), contentType: nil)
        let request = try #require(SubmissionSubject(message)?.request)
        let subject = CoherenceSubject(
            manifest: try ManifestSubject(reading: try Corpora.bytes(Self.kos)), entries: request.submission.entries)
        #expect(subject.manifestEntries.count == 1)
        let found = verdicts(CoherenceRules.all, subject, .capture)
        #expect(findings(CoherenceRules.all, subject, .violation, .capture) == [])
        #expect(findings(CoherenceRules.all, subject, .warning, .capture) == [])
        #expect(
            found.filter { $0.value == .pass }.keys.sorted() == [
                "XCK-001", "XCK-002", "XCK-003", "XCK-004", "XCK-005",
            ])
    }
}
