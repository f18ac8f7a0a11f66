/// Tries one way through a program after the other: only for patterns with back-references, under a limit of steps.
struct BacktrackingSearch {
    let program: RegexProgram
    let text: Text
    private var steps = 0

    static let maximumSteps = 5_000_000
    private static let maximumTrail = 2_000_000

    init(program: RegexProgram, text: Text) {
        self.program = program
        self.text = text
    }

    private enum Choice {
        case resume(counter: Int, position: Int)
        case restore(slot: Int, value: Int)
        case forget(counter: Int, position: Int)
    }

    mutating func firstMatch(from: Int) throws(XPathError) -> [Int]? {
        var start = from
        while start <= text.byteCount {
            if let match = try match(at: start) { return match }
            start += 1
            while start < text.byteCount, text[start] & 0xC0 == 0x80 { start += 1 }
        }
        return nil
    }

    private mutating func match(at start: Int) throws(XPathError) -> [Int]? {
        var captures = [Int](repeating: -1, count: 2 * (program.groupCount + 1))
        var trail: [Choice] = [.resume(counter: 0, position: start)]
        // The position at which a loop was last entered: an empty turn doesn't repeat.
        var entered: [Int: Int] = [:]
        while let choice = trail.popLast() {
            switch choice {
            case .restore(let slot, let value): captures[slot] = value
            case .forget(let counter, let position): entered[counter] = position < 0 ? nil : position
            case .resume(var counter, var position):
                run: while true {
                    steps += 1
                    guard steps <= Self.maximumSteps, trail.count <= Self.maximumTrail else {
                        throw XPathError(
                            "XPDY0130",
                            "the regular expression with a back-reference took more than \(Self.maximumSteps) steps")
                    }
                    let instruction = program.instructions[counter]
                    switch instruction.operation {
                    case .match: return captures
                    case .jump: counter = Int(instruction.first)
                    case .split:
                        let previous = entered[counter] ?? -1
                        if previous == position {
                            // The way out of the loop is the one that leads forward.
                            counter = Int(max(instruction.first, instruction.second))
                            continue run
                        }
                        trail.append(.forget(counter: counter, position: previous))
                        entered[counter] = position
                        trail.append(.resume(counter: Int(instruction.second), position: position))
                        counter = Int(instruction.first)
                    case .save:
                        let slot = Int(instruction.first)
                        trail.append(.restore(slot: slot, value: captures[slot]))
                        captures[slot] = position
                        counter += 1
                    case .start, .end, .character, .set, .any, .backReference:
                        guard let next = step(instruction, position, captures) else { break run }
                        position = next
                        counter += 1
                    }
                }
            }
        }
        return nil
    }

    /// The position after an instruction that looks at characters; nil if it doesn't match.
    private func step(_ instruction: RegexInstruction, _ position: Int, _ captures: [Int]) -> Int? {
        text.withBytes { bytes in
            switch instruction.operation {
            case .start:
                return RegexAnchors.isStart(position, bytes, isMultiline: program.flags.isMultiline) ? position : nil
            case .end:
                return RegexAnchors.isEnd(position, bytes, isMultiline: program.flags.isMultiline) ? position : nil
            case .backReference:
                let (lower, upper) = (captures[Int(instruction.first) * 2], captures[Int(instruction.first) * 2 + 1])
                // A group that took no part matches the empty string.
                guard lower >= 0, upper >= lower else { return position }
                var (index, other) = (lower, position)
                while index < upper {
                    guard other < bytes.count else { return nil }
                    let expected = UTF8Decoding.next(bytes, &index).value
                    let found = UTF8Decoding.next(bytes, &other).value
                    let isSame =
                        program.flags.ignoresCase ? CaseVariants.areVariants(expected, found) : expected == found
                    if !isSame { return nil }
                }
                return other
            default:
                guard position < bytes.count else { return nil }
                var next = position
                let value = UTF8Decoding.next(bytes, &next).value
                let isMatch: Bool
                switch instruction.operation {
                case .character: isMatch = value == UInt32(bitPattern: instruction.first)
                case .set: isMatch = program.sets[Int(instruction.first)].contains(value)
                default: isMatch = program.flags.dotMatchesAll || (value != 0x0A && value != 0x0D)
                }
                return isMatch ? next : nil
            }
        }
    }
}
