// Items and fragments.
extension DataSetReader {
    mutating func readItems(
        _ bound: Bound, _ context: Context, tag: Tag, isExplicit: Bool
    ) throws(DICOMError) -> [DataSet] {
        guard context.depth < options.maximumDepth else {
            throw fail(.tooDeep, "sequences are nested more than \(options.maximumDepth) deep")
        }
        let (outerExplicit, outerEndian) = (self.isExplicit, isLittleEndian)
        self.isExplicit = isExplicit
        if outerExplicit && !isExplicit { isLittleEndian = true }
        var inner = context
        inner.depth += 1
        var items: [DataSet] = []
        while try nextItem(bound, in: tag) {
            let offset = position
            path.steps.append(TagPath.Step(tag: tag, item: items.count + 1))
            path.tag = nil
            let length = number32(position + 4)
            position += 8
            count += 1
            guard count <= options.maximumElements else {
                throw fail(.tooMany, "more than \(options.maximumElements) elements and items")
            }
            let end = length == .max ? bound.end : position + Int(length)
            guard end <= bound.end else {
                position = offset
                throw fail(
                    bound.end == bytes.count ? .truncated : .overrun,
                    "the item has the length \(length), but \(bound.end - offset - 8) bytes are left")
            }
            if length != .max && length & 1 == 1 { note(.oddLength, "the item has the odd length \(length)") }
            items.append(
                try readElements(Bound(end: end, isUndefined: length == .max), inner, byteOffset: offset))
            path.steps.removeLast()
        }
        path.tag = tag
        self.isExplicit = outerExplicit
        isLittleEndian = outerEndian
        return items
    }

    /// Whether an item stands here; a delimiter or the end of the sequence is consumed.
    private mutating func nextItem(_ bound: Bound, in tag: Tag) throws(DICOMError) -> Bool {
        path.tag = tag
        while position < bound.end {
            guard bound.end - position >= 8 else {
                throw fail(
                    bound.end == bytes.count ? .truncated : .overrun,
                    "\(bound.end - position) bytes are left: too few for an item")
            }
            let found = Tag(number16(position), number16(position + 2))
            let length = number32(position + 4)
            switch found {
            case .item: return true
            case .sequenceDelimitation where bound.isUndefined:
                if length != 0 { note(.delimiter, "Sequence Delimitation has the length \(length), not 0") }
                position += 8
                return false
            case .sequenceDelimitation, .itemDelimitation:
                note(.delimiter, "\(found) where an item is expected")
                position += 8
            default:
                throw fail(.malformed, "\(found) stands where an item (FFFE,E000) is expected")
            }
        }
        if bound.isUndefined {
            throw fail(.truncated, "the sequence has no end: (FFFE,E0DD) Sequence Delimitation is missing")
        }
        return false
    }

    mutating func readFragments(_ bound: Bound, depth: Int) throws(DICOMError) -> [ArraySlice<UInt8>] {
        var fragments: [ArraySlice<UInt8>] = []
        while bound.end - position >= 8 {
            let found = Tag(number16(position), number16(position + 2))
            let length = number32(position + 4)
            if found == .sequenceDelimitation {
                if length != 0 { note(.delimiter, "Sequence Delimitation has the length \(length), not 0") }
                position += 8
                return fragments
            }
            guard found == .item, length != .max else {
                throw fail(.malformed, "\(found) stands where a fragment of pixel data is expected")
            }
            count += 1
            guard count <= options.maximumElements else {
                throw fail(.tooMany, "more than \(options.maximumElements) elements, items and fragments")
            }
            position += 8
            let end = min(position + Int(length), bound.end)
            if position + Int(length) > bound.end && depth == 0 && bound.end == bytes.count {
                note(.pixelDataCut, "a fragment has the length \(length), but \(end - position) bytes are left")
            } else if position + Int(length) > bound.end {
                throw fail(.overrun, "a fragment has the length \(length), but \(end - position) bytes are left")
            }
            if length & 1 == 1 { note(.oddLength, "a fragment has the odd length \(length)") }
            fragments.append(bytes[position..<end])
            position = end
        }
        guard depth == 0, bound.end == bytes.count else {
            throw fail(.overrun, "pixel data have no end: (FFFE,E0DD) Sequence Delimitation is missing")
        }
        note(.pixelDataCut, "pixel data have no end: (FFFE,E0DD) Sequence Delimitation is missing")
        position = bound.end
        return fragments
    }
}
