import Testing

@testable import XPath

@Suite("Regular expressions of F&O")
struct RegexTests {
    private struct Row: Sendable {
        let pattern: String
        let text: String
        let match: String?
        let flags: String

        init(_ pattern: String, _ text: String, _ match: String?, _ flags: String = "") {
            self.pattern = pattern
            self.text = text
            self.match = match
            self.flags = flags
        }
    }

    private static let rows: [Row] = [
        Row("a|ab", "ab", "a"), Row("ab|a", "ab", "ab"), Row("a*", "aaa", "aaa"), Row("a*?", "aaa", ""),
        Row("a+?", "aaa", "a"), Row("a{2}", "aaa", "aa"),
        Row("a{2,}", "aaaa", "aaaa"), Row("a{1,2}?", "aaa", "a"), Row("a{0}", "a", ""), Row("a{4}", "aaa", nil),
        Row("[a-c]+", "xxabcd", "abc"),
        Row("[^a-c]+", "abxyc", "xy"), Row("[a-z-[aeiou]]+", "aebcd", "bcd"), Row("[+-]", "-", "-"),
        Row("[^+-]", "+-", nil), Row("\\d{4,14}", "x201501", "201501"),
        Row("\\d", "\u{0663}", "\u{0663}"), Row("[\\d\\s]+", "a1 2", "1 2"), Row("\\w+", "!aé_1", "aé"),
        Row("\\W", "ab-", "-"), Row("\\S+", " ab ", "ab"), Row("\\p{Lu}", "aB", "B"),
        Row("\\P{Lu}+", "Bab", "ab"), Row("\\p{IsBasicLatin}+", "éab", "ab"), Row("\\i\\c*", "1a-b", "a-b"),
        Row("(a)(b)\\2", "abb", "abb"), Row("(a)\\1", "ab", nil),
        Row("(.)\\1", "abccd", "cc"), Row("^a", "ba", nil), Row("a$", "ab", nil), Row("^", "", ""),
        Row("^$", "a\n\nb", "", "m"), Row("b$", "ab\nc", "b", "m"), Row("a.c", "a\nc", nil),
        Row("a.c", "a\nc", "a\nc", "s"), Row("A", "a", "a", "i"), Row("[A-C]+", "xabc", "abc", "i"),
        Row("ß", "SS", nil, "i"), Row("a b", "ab", "ab", "x"), Row("\\.", "a.", "."), Row("\\n", "a\n", "\n"),
        Row("😀+", "a😀😀", "😀😀"), Row("[😀-😂]", "😁", "😁"), Row("(a|b)*c", "ababc", "ababc"), Row("(a*)*b", "aab", "aab"),
        Row("(%[a-f\\d]{2})+", "x%e9%20", "%e9%20"), Row("foo", "xfo", nil),
        Row("[0-9-.]*/", "12-3./", "12-3./"), Row("a{2147483647}", "aaa", nil),
    ]

    @Test("A first match", arguments: rows.indices)
    func firstMatch(_ index: Int) throws {
        let row = Self.rows[index]
        let text = Text(row.text)
        let match = try Regex(Text(row.pattern), flags: Text(row.flags)).firstMatch(
            in: text, from: 0, wantsGroups: true)
        #expect(match.map { text.slice($0[0], $0[1]).string } == row.match, "\(row.pattern) on \(row.text)")
    }

    @Test(
        "What is no pattern is FORX0002",
        arguments: [
            "(", ")", "a**", "*", "[", "[]", "[b-a]", "\\", "\\q", "a{2,1}", "a{", "\\p{Xx}", "\\p{IsNowhere}", "(?:a)",
            "\\1", "(a\\1)", "[a-\\d]", "{1}", "]", "a{,2}",
        ])
    func faults(_ pattern: String) {
        let error = #expect(throws: XPathError.self) { try Regex(Text(pattern)) }
        #expect(error?.code == "FORX0002")
    }

    @Test("Captures are those of the last turn")
    func captures() throws {
        let text = Text("abcd")
        let match = try #require(try Regex("(a)|((b)(c))").firstMatch(in: text, from: 1, wantsGroups: true))
        #expect(match == [1, 3, -1, -1, 1, 3, 1, 2, 2, 3])
    }
}
