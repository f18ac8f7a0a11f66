extension SourceText {
    func tooManyAttributes(_ limit: Int) -> String { "an element has more than \(limit) attributes" }

    /// The last place of `marker` that ends at or before `end`; 0 where there is none.
    func lastIndex(of marker: StaticString, before end: Int) -> Int {
        let length = marker.utf8CodeUnitCount
        return text.withUnsafeBufferPointer { bytes in
            var index = min(end, bytes.count) - length
            while index > 0 {
                var matched = 0
                while matched < length, bytes[index + matched] == marker.utf8Start[matched] { matched += 1 }
                if matched == length { return index }
                index -= 1
            }
            return 0
        }
    }

    /// The first place of `marker` at or after `start`.
    func firstIndex(of marker: StaticString, from start: Int) -> Int? {
        let length = marker.utf8CodeUnitCount
        return text.withUnsafeBufferPointer { bytes in
            var index = start
            while index + length <= bytes.count {
                var matched = 0
                while matched < length, bytes[index + matched] == marker.utf8Start[matched] { matched += 1 }
                if matched == length { return index }
                index += 1
            }
            return nil
        }
    }

    /// The first start tag with more than `limit` attributes.
    ///
    /// libxml2 compares every attribute of a tag with every other before it tells of the tag: quadratic time. A tag
    /// holds one `<` and at least five bytes an attribute, so only long stretches without `<` need a look; they are
    /// found by leaps of that length.
    func overlongTag(_ limit: Int) -> Int? {
        let leap = max(limit, 1) * 5
        return text.withUnsafeBufferPointer { bytes in
            var tag = start
            while tag + leap < bytes.count {
                var next = tag + leap
                while next > tag, bytes[next] != 0x3C { next -= 1 }
                if next > tag {
                    tag = next
                    continue
                }
                var end = tag + 1
                while end < bytes.count, bytes[end] != 0x3C { end += 1 }
                if bytes[tag] == 0x3C, Self.attributeCount(bytes[tag..<end]) > limit { return tag }
                tag = end
            }
            return nil
        }
    }

    /// The count of quoted values up to the `>` that ends the tag.
    private static func attributeCount(_ tag: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        var count = 0
        var quote: UInt8 = 0
        for byte in tag {
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x3E {
                return count
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
                count += 1
            }
        }
        return count
    }
}

extension SourceText {
    /// The count of blanks that line `line`, from 1, starts with.
    func indentation(of line: Int) -> Int {
        guard line >= 1, line <= lines.starts.count else { return 0 }
        return text[Int(lines.starts[line - 1])...].prefix { $0 == 0x20 || $0 == 0x09 }.count
    }
}
