import Conformance
import Foundation
import Testing

@Suite struct YAMLLimitsTests {
    private func errors(_ text: String) -> [LoadError] {
        ScenarioLoader.read(text: text, name: "s.yaml", vocabulary: Sample.vocabulary).errors
    }

    @Test("Aliases that unfold to millions of values are refused at once")
    func billionLaughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<12 {
            text += "a\(level): &a\(level) [\((0..<9).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
        }
        #expect(errors(text).map(\.message) == ["12 anchors and 99 aliases could unfold to millions of values"])
        // A bomb as a key would be compared before it is unfolded.
        #expect(errors(text + "? *a11\n: x\n").count == 1)
    }

    @Test("Aliases that unfold beyond the limit of a file are refused")
    func manyAliases() {
        let list = "a: &a [\((0..<1000).map { _ in "x" }.joined(separator: ", "))]\n"
        let text = list + "b: [\((0..<200).map { _ in "*a" }.joined(separator: ", "))]\n"
        #expect(errors(text).map(\.message) == ["the file unfolds to more than 100000 values"])
    }

    @Test("A few anchors are an author's right")
    func fewAnchors() {
        let text = """
            scenario: x
            title: &title {fr: a, en: b}
            summary: *title
            role: repository
            steps:
              - {send: ITI-41, title: *title}
            """
        #expect(errors(text) == [])
    }

    @Test("A file of more values than the limit is refused")
    func manyNodes() {
        let text = "a: [\((0..<100_001).map { _ in "x" }.joined(separator: ","))]\n"
        #expect(errors(text).map(\.message) == ["the file unfolds to more than 100000 values"])
    }

    @Test("Deep nesting is refused without a crash", arguments: [65, 900, 1_100, 200_000])
    func deep(_ depth: Int) throws {
        let found = errors(String(repeating: "[", count: depth))
        #expect(found.count == 1)
        let closed = errors(
            "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "\n")
        #expect(closed.count == 1)
        let block = errors((0..<min(depth, 1_200)).map { String(repeating: " ", count: $0) + "a:\n" }.joined())
        #expect(block.count == 1)
    }

    @Test("A file beyond a mebibyte, a folder, a missing file and bytes that are not text are refused by name")
    func files() throws {
        let root = try DataRoot(["small.yaml": "a: b\n"])
        try root.write(String(repeating: "# comment\n", count: 110_000), to: "large.yaml")
        try Data([0x61, 0x3A, 0x20, 0x62, 0x0A, 0x63, 0xE9, 0x0A]).write(
            to: URL(fileURLWithPath: "\(root.path)/latin.yaml"))
        func message(_ name: String) -> String? {
            ScenarioLoader.load(path: "\(root.path)/\(name)", name: name, vocabulary: Sample.vocabulary).errors.first
                .map { "\($0.location): \($0.message)" }
        }
        #expect(
            message("large.yaml") == "large.yaml:1:1: the file holds 1100000 bytes, more than the 1048576 that are read"
        )
        #expect(message("none.yaml") == "none.yaml:1:1: no such file")
        #expect(message("") == ":1:1: a file was expected, a folder or device was found")
        #expect(message("latin.yaml") == "latin.yaml:2:2: the file is not UTF-8 text from here on")
        let device = ScenarioLoader.load(path: "/dev/zero", name: "zero", vocabulary: Sample.vocabulary)
        #expect(device.errors.first?.message == "a file was expected, a folder or device was found")
    }

    @Test("A byte order mark and Windows line ends don't matter")
    func windows() throws {
        let root = try DataRoot([:])
        let text = "\u{FEFF}" + Sample.scenario.replacing("\n", with: "\r\n")
        try root.write(text, to: "s.yaml")
        let loaded = ScenarioLoader.load(path: "\(root.path)/s.yaml", name: "s.yaml", vocabulary: Sample.vocabulary)
        #expect(loaded.errors == [])
        #expect(loaded.value?.steps.count == 2)
    }
}
