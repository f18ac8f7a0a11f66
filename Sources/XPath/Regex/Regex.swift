internal import Synchronization

/// A compiled regular expression of F&O 7.6, shared by threads.
///
/// Without back-references the time is linear in the text (a Pike machine). With them it is a search under a limit of
/// steps that ends in XPDY0130.
final class Regex: Sendable {
    let program: RegexProgram
    /// The characters that every match starts with, when all do so literally.
    private let prefix: [UInt8]
    private let isAnchored: Bool
    private let search: BitSearch?

    init(_ pattern: Text, flags: Text = .empty) throws(XPathError) {
        let flags = try RegexFlags(flags)
        program = try RegexProgram(pattern, flags: flags)
        isAnchored = program.isAnchored
        prefix = Self.literalPrefix(program)
        search = BitSearch(program)
    }

    private struct Key: Hashable {
        let pattern: Text
        let flags: Text
    }

    private static let known = Mutex<[Key: Regex]>([:])
    private static let maximumKnown = 1000

    /// The compiled pattern, the same object for the same text as long as not too many others came between.
    static func shared(_ pattern: Text, flags: Text) throws(XPathError) -> Regex {
        let key = Key(pattern: Text(pattern.withBytes(Array.init)), flags: Text(flags.withBytes(Array.init)))
        if let regex = known.withLock({ $0[key] }) { return regex }
        let regex = try Regex(pattern, flags: flags)
        known.withLock { known in
            if known.count >= maximumKnown { known.removeAll() }
            known[key] = regex
        }
        return regex
    }

    private static func literalPrefix(_ program: RegexProgram) -> [UInt8] {
        var bytes: [UInt8] = []
        for instruction in program.instructions {
            if instruction.operation == .save { continue }
            guard instruction.operation == .character, let scalar = Unicode.Scalar(UInt32(instruction.first)) else {
                break
            }
            bytes.append(scalar: scalar)
        }
        // The last character before a repetition may be the target of its loop, which only repeats it: still a prefix.
        return bytes
    }

    /// Whether the pattern occurs in `text`.
    func isMatch(_ text: Text) throws(XPathError) -> Bool {
        if let search { return search.isMatch(text) }
        return try firstMatch(in: text, from: 0, wantsGroups: false) != nil
    }

    /// Whether the pattern matches nothing at all, which `fn:replace` and `fn:tokenize` refuse.
    func matchesEmpty() throws(XPathError) -> Bool { try isMatch(.empty) }

    /// The first match at or after `from`: byte offsets of its start, its end, and those of each group (-1: none).
    func firstMatch(in text: Text, from: Int, wantsGroups: Bool) throws(XPathError) -> [Int]? {
        var start = from
        if !prefix.isEmpty {
            let prefix = Text(prefix)
            guard let found = text.firstOffset(of: prefix, from: from) else { return nil }
            start = found
        }
        if isAnchored && start > 0 { return nil }
        if program.hasBackReference {
            var search = BacktrackingSearch(program: program, text: text)
            return try search.firstMatch(from: start)
        }
        let slots = wantsGroups ? 2 * (program.groupCount + 1) : 2
        return text.withBytes { bytes in
            var machine = PikeMachine(program: program, slots: slots, isAnchored: isAnchored)
            return machine.run(bytes, from: start)
        }
    }
}
