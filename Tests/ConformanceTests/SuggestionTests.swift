import Testing

@testable import Conformance

@Suite struct SuggestionTests {
    struct Case: Sendable {
        let word: String
        let nearest: String?
    }

    @Test(
        "The nearest word is proposed, and none when nothing is near",
        arguments: [
            Case(word: "exepct", nearest: "expect"), Case(word: "Status", nearest: "status"),
            Case(word: "sta", nearest: nil), Case(word: "xs", nearest: "xsd"), Case(word: "", nearest: nil),
            Case(word: "headers", nearest: "header"), Case(word: "zzz", nearest: nil),
        ])
    func nearest(_ item: Case) {
        let names = ["expect", "status", "xsd", "header"]
        #expect(Suggestion.nearest(to: item.word, among: names) == item.nearest)
    }

    @Test("A swap of neighbours is one edit")
    func distance() {
        func distance(_ left: String, _ right: String) -> Int {
            Suggestion.distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
        }
        #expect(distance("ab", "ba") == 1)
        #expect(distance("kitten", "sitting") == 3)
        #expect(distance("", "abc") == 3)
    }
}
