/// Where each line of a text starts: line and column of any byte.
///
/// Lines end with LF, hence also with CRLF, as in every other tool over libxml2.
struct LineIndex: Sendable {
    private(set) var starts: [UInt32] = [0]

    mutating func lineEnds(at offset: Int) { starts.append(UInt32(truncatingIfNeeded: offset + 1)) }

    mutating func reserve(_ count: Int) { starts.reserveCapacity(count) }

    /// The line of a byte, from 1.
    func line(_ offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The line and the column of a byte, both from 1; columns count code points.
    func place(_ offset: Int, in text: [UInt8]) -> (line: Int, column: Int) {
        let line = self.line(offset)
        var column = 1
        var index = Int(starts[line - 1])
        while index < min(offset, text.count) {
            if text[index] & 0xC0 != 0x80 { column += 1 }
            index += 1
        }
        return (line, column)
    }
}
