import XML

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A document's source, written together with where each of its start tags stands.
struct RandomDocument {
    private(set) var text: String.UnicodeScalarView
    private(set) var tags: [(name: String, scalar: Int, line: Int, column: Int)] = []
    private var random: SeededGenerator
    private let alphabet: [String]
    private var scalar = 0
    private var line = 1
    private var column = 1

    init(seed: UInt64, declaring encoding: String, alphabet: [String], elements: Int, newlines: Int) {
        text = String.UnicodeScalarView()
        random = SeededGenerator(seed: seed)
        self.alphabet = alphabet
        write("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n<!-- < -->")
        open("root")
        var stack = ["root"]
        for index in 0..<elements {
            write(filler())
            for _ in 0..<newlines { write("\n") }
            let name = "e\(index)"
            open(name)
            if stack.count < 20, Bool.random(using: &random) {
                write(">")
                stack.append(name)
            } else {
                write(Bool.random(using: &random) ? "/>" : "></\(name)\n>")
            }
            if stack.count > 1, Int.random(in: 0..<3, using: &random) == 0 { write("</\(stack.removeLast())>") }
        }
        while let name = stack.popLast() { write("</\(name)>") }
    }

    private mutating func open(_ name: String) {
        tags.append((name, scalar, line, column))
        write("<\(name)")
        for index in 0..<Int.random(in: 0...3, using: &random) {
            let blank = [" ", "\n  ", "\t", "\r\n "].randomElement(using: &random) ?? " "
            write("\(blank)a\(index) = '>\(filler())'")
        }
        if name == "root" { write(">") }
    }

    private mutating func filler() -> String {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
    }

    private mutating func write(_ piece: String) {
        for character in piece.unicodeScalars {
            text.append(character)
            scalar += 1
            (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
        }
    }
}
