/// Runs all ways through a program side by side, one character at a time: time is text × program.
struct PikeMachine {
    private let instructions: [RegexInstruction]
    private let sets: [CharacterSet]
    private let flags: RegexFlags
    private let slots: Int
    private let isAnchored: Bool

    /// The program counters that wait for a character, in order of priority, and their captures.
    private struct Threads {
        var counters: [Int32] = []
        var captures: [Int] = []
        /// The step at which a counter was last added, so that emptying the list costs nothing.
        var stamps: [Int]
        var step = 1

        init(size: Int) { stamps = [Int](repeating: 0, count: size) }

        mutating func clear() {
            counters.removeAll(keepingCapacity: true)
            captures.removeAll(keepingCapacity: true)
            step += 1
        }

        /// Whether the counter wasn't there yet; it is now.
        mutating func insert(_ counter: Int32) -> Bool {
            if stamps[Int(counter)] == step { return false }
            stamps[Int(counter)] = step
            return true
        }
    }

    private enum Job {
        case explore(Int32)
        case restore(slot: Int, value: Int)
    }

    private var jobs: [Job] = []
    private var capture: [Int]

    init(program: RegexProgram, slots: Int, isAnchored: Bool) {
        instructions = program.instructions
        sets = program.sets
        flags = program.flags
        self.slots = slots
        self.isAnchored = isAnchored
        capture = [Int](repeating: -1, count: slots)
    }

    mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from: Int) -> [Int]? {
        let size = instructions.count
        var current = Threads(size: size)
        var following = Threads(size: size)
        var matched: [Int]?
        var position = from
        while true {
            if matched == nil && (position == from || !isAnchored) {
                for slot in 0..<slots { capture[slot] = -1 }
                add(0, at: position, bytes, to: &current)
            }
            if current.counters.isEmpty && (matched != nil || isAnchored) { break }
            var next = position
            let value: UInt32? = position < bytes.count ? UTF8Decoding.next(bytes, &next).value : nil
            var index = 0
            threads: while index < current.counters.count {
                let counter = Int(current.counters[index])
                let instruction = instructions[counter]
                var goesOn = false
                switch instruction.operation {
                case .match:
                    matched = Array(current.captures[index * slots..<(index + 1) * slots])
                    break threads
                case .character: goesOn = value == UInt32(bitPattern: instruction.first)
                case .set: if let value { goesOn = sets[Int(instruction.first)].contains(value) }
                case .any: if let value { goesOn = flags.dotMatchesAll || (value != 0x0A && value != 0x0D) }
                case .split, .jump, .save, .start, .end, .backReference: break
                }
                if goesOn {
                    for slot in 0..<slots { capture[slot] = current.captures[index * slots + slot] }
                    add(Int32(counter + 1), at: next, bytes, to: &following)
                }
                index += 1
            }
            current.clear()
            swap(&current, &following)
            if position >= bytes.count { break }
            position = next
        }
        return matched
    }

    /// Adds the thread at `counter` and all that it leads to without a character.
    private mutating func add(
        _ counter: Int32, at position: Int, _ bytes: UnsafeBufferPointer<UInt8>, to threads: inout Threads
    ) {
        jobs.append(.explore(counter))
        while let job = jobs.popLast() {
            switch job {
            case .restore(let slot, let value): capture[slot] = value
            case .explore(let start):
                var counter = start
                while threads.insert(counter) {
                    let instruction = instructions[Int(counter)]
                    switch instruction.operation {
                    case .jump:
                        counter = instruction.first
                        continue
                    case .split:
                        jobs.append(.explore(instruction.second))
                        counter = instruction.first
                        continue
                    case .save:
                        let slot = Int(instruction.first)
                        if slot < slots {
                            jobs.append(.restore(slot: slot, value: capture[slot]))
                            capture[slot] = position
                        }
                        counter += 1
                        continue
                    case .start:
                        guard isStart(position, bytes) else { break }
                        counter += 1
                        continue
                    case .end:
                        guard isEnd(position, bytes) else { break }
                        counter += 1
                        continue
                    case .character, .set, .any, .match, .backReference:
                        threads.counters.append(counter)
                        threads.captures.append(contentsOf: capture)
                    }
                    break
                }
            }
        }
    }

    private func isStart(_ position: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        RegexAnchors.isStart(position, bytes, isMultiline: flags.isMultiline)
    }

    private func isEnd(_ position: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        RegexAnchors.isEnd(position, bytes, isMultiline: flags.isMultiline)
    }
}

/// Where `^` and `$` match (F&O 7.6.1.1, flag `m`).
enum RegexAnchors {
    static func isStart(_ position: Int, _ bytes: UnsafeBufferPointer<UInt8>, isMultiline: Bool) -> Bool {
        if position == 0 { return true }
        // Not after a newline that is the last character of the text.
        return isMultiline && bytes[position - 1] == 0x0A && position < bytes.count
    }

    static func isEnd(_ position: Int, _ bytes: UnsafeBufferPointer<UInt8>, isMultiline: Bool) -> Bool {
        if position == bytes.count { return true }
        return isMultiline && bytes[position] == 0x0A
    }
}
