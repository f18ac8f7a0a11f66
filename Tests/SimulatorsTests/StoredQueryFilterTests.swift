import SOAP
import Simulators
import Testing
import XDS

@Suite struct StoredQueryFilterTests {
    struct Pattern: Sendable {
        let text: String
        let pattern: String
        let isMatch: Bool
    }

    @Test(
        "An author pattern matches as SQL's LIKE does",
        arguments: [
            Pattern(text: "abc", pattern: "abc", isMatch: true), Pattern(text: "abc", pattern: "a%", isMatch: true),
            Pattern(text: "abc", pattern: "%c", isMatch: true), Pattern(text: "abc", pattern: "%", isMatch: true),
            Pattern(text: "", pattern: "%", isMatch: true), Pattern(text: "abc", pattern: "a_c", isMatch: true),
            Pattern(text: "abc", pattern: "_", isMatch: false), Pattern(text: "abc", pattern: "b", isMatch: false),
            Pattern(text: "aab", pattern: "%ab", isMatch: true), Pattern(text: "abab", pattern: "%ab%b", isMatch: true),
            Pattern(text: "ab", pattern: "ab_", isMatch: false), Pattern(text: "é^x", pattern: "_^x", isMatch: true),
        ])
    func patterns(_ item: Pattern) async throws {
        let harness = await Harness()
        var exam = Harness.fresh()
        exam.author.family = "zz"
        var request = exam.submissionRequest([.report])
        request.submission.entries[0].authors = [Author(person: XCN(item.text))]
        #expect(try await harness.submit(request).registry?.errors == [])
        let query = harness.find(
            exam, [.init("$XDSDocumentEntryAuthorPerson", [QueryValue.list([item.pattern]).written])])
        let found = try await harness.query(query)?.objects.entries.contains { $0.uniqueID == exam.documentID }
        #expect(found == item.isMatch)
    }
}
