/// Looks for a match, without its place, all ways at once: one bit a way.
///
/// For programs of at most 64 characters and sets, without back-references and without flag `m`. Time is text × ways.
struct BitSearch: Sendable {
    /// Which ways take each ASCII character.
    private var accepts = [UInt64](repeating: 0, count: 128)
    /// The sets of the ways, for other characters; nil takes any but a line end, or any at all.
    private var tests: [Test] = []
    /// The ways open after each way.
    private var follow: [Front] = []
    /// The ways open where a match may start: at the start of the text, and elsewhere.
    private var atStart = Front()
    private var elsewhere = Front()

    private struct Front {
        var ways: UInt64 = 0
        /// Whether a match is complete here; whether it is if the text ends here.
        var isMatch = false
        var isMatchAtEnd = false
    }

    private enum Test: Sendable {
        case character(UInt32)
        case set(CharacterSet)
        case any(dotMatchesAll: Bool)

        func accepts(_ value: UInt32) -> Bool {
            switch self {
            case .character(let wanted): value == wanted
            case .set(let set): set.contains(value)
            case .any(let dotMatchesAll): dotMatchesAll || (value != 0x0A && value != 0x0D)
            }
        }
    }

    init?(_ program: RegexProgram) {
        guard !program.hasBackReference, !program.flags.isMultiline else { return nil }
        var wayOf = [Int](repeating: -1, count: program.instructions.count)
        var counters: [Int] = []
        for (counter, instruction) in program.instructions.enumerated() {
            switch instruction.operation {
            case .character: tests.append(.character(UInt32(bitPattern: instruction.first)))
            case .set: tests.append(.set(program.sets[Int(instruction.first)]))
            case .any: tests.append(.any(dotMatchesAll: program.flags.dotMatchesAll))
            default: continue
            }
            wayOf[counter] = counters.count
            counters.append(counter)
            guard counters.count <= 64 else { return nil }
        }
        for (way, test) in tests.enumerated() {
            for value in 0..<128 where test.accepts(UInt32(value)) { accepts[value] |= 1 << UInt64(way) }
        }
        atStart = Self.front(0, program, wayOf, isStart: true)
        elsewhere = Self.front(0, program, wayOf, isStart: false)
        for counter in counters { follow.append(Self.front(counter + 1, program, wayOf, isStart: false)) }
    }

    /// All that is reached from an instruction without a character.
    private static func front(_ counter: Int, _ program: RegexProgram, _ wayOf: [Int], isStart: Bool) -> Front {
        var front = Front()
        var seen: Set<Int> = []
        // The counter, and whether an end of the text was asked for on the way.
        var open = [(counter, false)]
        while let (counter, isAtEnd) = open.popLast() {
            guard seen.insert(counter * 2 + (isAtEnd ? 1 : 0)).inserted else { continue }
            let instruction = program.instructions[counter]
            switch instruction.operation {
            case .match: if isAtEnd { front.isMatchAtEnd = true } else { front.isMatch = true }
            case .jump: open.append((Int(instruction.first), isAtEnd))
            case .split:
                open.append((Int(instruction.first), isAtEnd))
                open.append((Int(instruction.second), isAtEnd))
            case .save: open.append((counter + 1, isAtEnd))
            case .start: if isStart { open.append((counter + 1, isAtEnd)) }
            case .end: open.append((counter + 1, true))
            case .character, .set, .any: if !isAtEnd { front.ways |= 1 << UInt64(wayOf[counter]) }
            case .backReference: break
            }
        }
        return front
    }

    func isMatch(_ text: Text) -> Bool {
        text.withBytes { bytes in
            var position = 0
            var ways = atStart.ways
            if atStart.isMatch || (bytes.isEmpty && atStart.isMatchAtEnd) { return true }
            while position < bytes.count {
                var taken = ways
                let byte = bytes[position]
                if byte < 0x80 {
                    taken &= accepts[Int(byte)]
                    position += 1
                } else {
                    taken = taking(UTF8Decoding.next(bytes, &position).value, ways)
                }
                ways = elsewhere.ways
                var isMatchAtEnd = elsewhere.isMatchAtEnd
                if elsewhere.isMatch { return true }
                while taken != 0 {
                    let way = taken.trailingZeroBitCount
                    taken &= taken &- 1
                    if follow[way].isMatch { return true }
                    if follow[way].isMatchAtEnd { isMatchAtEnd = true }
                    ways |= follow[way].ways
                }
                if position == bytes.count { return isMatchAtEnd }
                if ways == 0 { return false }
            }
            return false
        }
    }

    private func taking(_ value: UInt32, _ ways: UInt64) -> UInt64 {
        var rest = ways
        var result: UInt64 = 0
        while rest != 0 {
            let way = rest.trailingZeroBitCount
            rest &= rest &- 1
            if tests[way].accepts(value) { result |= 1 << UInt64(way) }
        }
        return result
    }
}
