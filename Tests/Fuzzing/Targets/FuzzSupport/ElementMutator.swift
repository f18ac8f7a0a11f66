/// Moves elements of an XML text about: bytes alone would not wrap a signature in a thousand years.
public enum ElementMutator {
    @_silgen_name("LLVMFuzzerMutate")
    private static func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int) -> Int

    /// libFuzzer's custom mutator: one in three inputs has an element copied, moved, removed or put around another.
    public static func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
        var random = Generator(state: UInt64(seed) &* 2 + 1)
        let text = Array(UnsafeBufferPointer(start: bytes, count: count))
        guard random.next() % 3 == 0, let made = changed(text, &random), !made.isEmpty, made.count <= limit else {
            return mutateBytes(bytes, count, limit)
        }
        for (index, byte) in made.enumerated() { bytes[index] = byte }
        return made.count
    }

    private static func changed(_ text: [UInt8], _ random: inout Generator) -> [UInt8]? {
        let elements = elements(of: text)
        guard let first = elements.randomElement(using: &random), let other = elements.randomElement(using: &random)
        else { return nil }
        let pieces: [Range<Int>]
        switch random.next() % 6 {
        case 0: pieces = [0..<other.whole.lowerBound, first.whole, other.whole.lowerBound..<text.count]
        case 1: pieces = [0..<other.content.upperBound, first.whole, other.content.upperBound..<text.count]
        case 2: pieces = [0..<first.whole.lowerBound, first.whole.upperBound..<text.count]
        case 3: pieces = [0..<other.whole.lowerBound, first.whole, other.whole.upperBound..<text.count]
        case 4:
            // The tags of one around the whole of the other.
            pieces = [
                0..<other.whole.lowerBound, first.whole.lowerBound..<first.content.lowerBound, other.whole,
                first.content.upperBound..<first.whole.upperBound, other.whole.upperBound..<text.count,
            ]
        default:
            guard first.whole.upperBound <= other.whole.lowerBound else { return nil }
            pieces = [
                0..<first.whole.lowerBound, other.whole, first.whole.upperBound..<other.whole.lowerBound, first.whole,
                other.whole.upperBound..<text.count,
            ]
        }
        return pieces.flatMap { text[$0] }
    }

    private struct Span {
        var whole: Range<Int>
        var content: Range<Int>
    }

    /// Where elements begin and end, as far as tags without `>` in their attributes tell.
    private static func elements(of text: [UInt8]) -> [Span] {
        var open: [(start: Int, content: Int)] = []
        var found: [Span] = []
        var place = 0
        while let start = text[place...].firstIndex(of: UInt8(ascii: "<")), found.count < 200,
            let end = text[start...].firstIndex(of: UInt8(ascii: ">"))
        {
            place = end + 1
            guard start + 1 < end else { continue }
            switch text[start + 1] {
            case UInt8(ascii: "?"), UInt8(ascii: "!"): continue
            case UInt8(ascii: "/"):
                guard let last = open.popLast() else { continue }
                found.append(Span(whole: last.start..<place, content: last.content..<start))
            default:
                if text[end - 1] == UInt8(ascii: "/") {
                    found.append(Span(whole: start..<place, content: place..<place))
                } else {
                    open.append((start, place))
                }
            }
        }
        return found
    }

    /// The same changes for the same seed (SplitMix64).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
