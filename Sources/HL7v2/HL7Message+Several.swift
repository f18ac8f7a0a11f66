extension HL7Message {
    /// Where the messages of a capture stand: each MLLP frame, or each MSH at the beginning of a line where there are no
    /// frames. What precedes the first belongs to it; a capture of one message is one range.
    public static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        let starts = bytes.contains(MLLP.start) ? frames(bytes) : headers(bytes)
        guard starts.count > 1 else { return [0..<bytes.count] }
        return starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
            return (index == 0 ? 0 : starts[index])..<end
        }
    }

    private static func frames(_ bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { bytes[$0] == MLLP.start && bytes[($0 + 1)...].starts(with: "MSH".utf8) }
    }

    private static func headers(_ bytes: [UInt8]) -> [Int] {
        let name = Array("MSH".utf8)
        var separator: UInt8?
        return bytes.indices.filter { index in
            guard bytes[index] == name[0], bytes.count - index > 4, bytes[index..<(index + 3)].elementsEqual(name),
                index == 0 || bytes[index - 1] == 0x0D || bytes[index - 1] == 0x0A || separator == nil
            else { return false }
            // A line of text may begin by MSH: a header begins as the first one does.
            guard let separator else {
                separator = bytes[index + 3]
                return true
            }
            return bytes[index + 3] == separator
        }
    }
}
