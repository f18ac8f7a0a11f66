/// Reads the elements of a data set from bytes, under limits (DICOM PS3.5, 7).
///
/// Values are slices of the bytes; nothing is decoded but the structure. Each loop consumes at least eight bytes, so
/// that the work is bounded by the size of the input.
struct DataSetReader {
    let bytes: [UInt8]
    let options: DICOMFile.ReadingOptions
    var isExplicit: Bool
    var isLittleEndian: Bool
    var position: Int
    var notes: [DICOMNote] = []
    var path = TagPath()
    var count = 0
    private var isMeta = false

    init(_ bytes: [UInt8], at position: Int, isExplicit: Bool, isLittleEndian: Bool, options: DICOMFile.ReadingOptions)
    {
        self.bytes = bytes
        self.position = position
        self.isExplicit = isExplicit
        self.isLittleEndian = isLittleEndian
        self.options = options
    }

    /// What an item has from the data set around it.
    struct Context {
        var characterSet: SpecificCharacterSet = .ascii
        var hasSignedPixels = false
        var depth = 0
    }

    /// Where a level ends: at a byte, and perhaps before it at a delimiter.
    struct Bound {
        let end: Int
        let isUndefined: Bool
    }

    /// Reads to the end of the bytes.
    mutating func readDataSet() throws(DICOMError) -> DataSet {
        try readElements(Bound(end: bytes.count, isUndefined: false), Context(), byteOffset: position)
    }

    /// Reads the elements of the group 0002 that stand here.
    mutating func readMeta() throws(DICOMError) -> DataSet {
        isMeta = true
        defer { isMeta = false }
        var elements: [DataElement] = []
        while position + 8 <= bytes.count, number16(position) == 2 {
            elements.append(try readElement(Bound(end: bytes.count, isUndefined: false), Context()))
        }
        return assemble(elements, .ascii, byteOffset: elements.first?.byteOffset ?? position)
    }

    mutating func readElements(
        _ bound: Bound, _ context: Context, byteOffset: Int
    ) throws(DICOMError) -> DataSet {
        var elements: [DataElement] = []
        var context = context
        loop: while position < bound.end {
            guard bound.end - position >= 8 else {
                // No tag can be read any more: the path stays that of the element before.
                try endWithRest(bound, depth: context.depth, after: elements.last?.tag)
                break
            }
            path.tag = nil
            let tag = Tag(number16(position), number16(position + 2))
            if tag.group == 0xFFFE {
                switch try readDelimiter(tag, bound) {
                case .end: return assemble(elements, context.characterSet, byteOffset: byteOffset)
                case .ignored: continue loop
                }
            }
            let element = try readElement(bound, context)
            elements.append(element)
            if tag == .specificCharacterSet { context.characterSet = characterSet(of: element) }
            if tag == .pixelRepresentation { context.hasSignedPixels = element.bytes.first == 1 }
        }
        if bound.isUndefined {
            throw fail(.truncated, "the item ends with the bytes; (FFFE,E00D) Item Delimitation is missing")
        }
        return assemble(elements, context.characterSet, byteOffset: byteOffset)
    }

    /// What to do with fewer than eight bytes before the end of a level.
    private mutating func endWithRest(_ bound: Bound, depth: Int, after last: Tag?) throws(DICOMError) {
        let rest = bound.end - position
        path.tag = last
        let place = last.map { " after \($0)" } ?? ""
        guard depth == 0 else {
            throw fail(
                bound.isUndefined && bound.end == bytes.count ? .truncated : .overrun,
                "\(rest) bytes are left in the item\(place): too few for an element")
        }
        guard bytes[position..<bound.end].allSatisfy({ $0 == 0 }) else {
            throw fail(.truncated, "the file ends within the header of an element\(place): \(rest) bytes are left")
        }
        note(.trailingBytes, "\(rest) NUL bytes after the last element")
        position = bound.end
    }

    private enum Delimiter { case end, ignored }

    private mutating func readDelimiter(_ tag: Tag, _ bound: Bound) throws(DICOMError) -> Delimiter {
        let length = number32(position + 4)
        switch tag {
        case .itemDelimitation:
            if length != 0 { note(.delimiter, "Item Delimitation has the length \(length), not 0") }
            if !bound.isUndefined { note(.delimiter, "Item Delimitation where no item of undefined length is open") }
            position += 8
            return bound.isUndefined ? .end : .ignored
        case .sequenceDelimitation where bound.isUndefined:
            note(.delimiter, "the sequence ends within an item: (FFFE,E00D) Item Delimitation is missing")
            return .end
        case .sequenceDelimitation:
            note(.delimiter, "Sequence Delimitation where no sequence is open")
            position += 8
            return .ignored
        default:
            path.tag = tag
            throw fail(.malformed, "\(tag) stands where an element of the data set is expected")
        }
    }

    /// Sorts, and tells what is out of order, double, or private without a creator.
    private mutating func assemble(
        _ read: [DataElement], _ characterSet: SpecificCharacterSet, byteOffset: Int
    ) -> DataSet {
        var elements = read
        var isSorted = true
        for (previous, element) in zip(read, read.dropFirst()) where element.tag <= previous.tag {
            isSorted = false
            if element.tag < previous.tag {
                note(.outOfOrder, "\(element.tag) follows \(previous.tag)", element)
            }
        }
        if !isSorted {
            let order = elements.indices.sorted { (elements[$0].tag, $0) < (elements[$1].tag, $1) }
            elements = []
            for index in order {
                if elements.last?.tag == read[index].tag {
                    note(.duplicate, "\(read[index].tag) stands twice; the first one is kept", read[index])
                } else {
                    elements.append(read[index])
                }
            }
        }
        tellGroups(elements)
        return DataSet(elements: elements, characterSet: characterSet, byteOffset: byteOffset)
    }

    private mutating func tellGroups(_ elements: [DataElement]) {
        var creators: Set<Tag> = []
        for element in elements where element.tag.isPrivate {
            let tag = element.tag
            if tag.isPrivateCreator { creators.insert(tag) }
            if [1, 3, 5, 7, 0xFFFF].contains(tag.group) || (0x1..<0x10).contains(tag.element)
                || (0x100..<0x1000).contains(tag.element)
            {
                note(.forbiddenGroup, "\(tag) is no place for a private element", element)
            } else if tag.element >= 0x1000, !creators.contains(Tag(tag.group, tag.element >> 8)) {
                note(
                    .privateCreatorMissing,
                    "the private element \(tag) has no creator \(Tag(tag.group, tag.element >> 8))", element)
            }
        }
    }

    private mutating func characterSet(of element: DataElement) -> SpecificCharacterSet {
        let set = SpecificCharacterSet(terms: element.strings(.ascii))
        for term in set.unsupportedTerms {
            if SpecificCharacterSet.multiByteTerms.contains(term) {
                note(
                    .characterSetUnread,
                    "the character set '\(term)' is recognised; its characters are not decoded here", element)
            } else {
                note(.characterSetUnknown, "'\(term)' is no character set of the standard", element)
            }
        }
        if let fault = set.combinationFault { note(.characterSetUnknown, fault, element) }
        return set
    }
}

// One element.
extension DataSetReader {
    private struct Header {
        let tag: Tag
        let vr: VR
        /// nil: undefined.
        let length: Int?
        let valueOffset: Int
        /// Whether the value's own elements bear a VR.
        let hasExplicitItems: Bool
    }

    private mutating func readElement(_ bound: Bound, _ context: Context) throws(DICOMError) -> DataElement {
        let offset = position
        count += 1
        guard count <= options.maximumElements else {
            throw fail(.tooMany, "more than \(options.maximumElements) elements and items")
        }
        let header = try readHeader(bound, context)
        position = header.valueOffset
        let value = try readValue(header, bound, context)
        return DataElement(header.tag, header.vr, value, byteOffset: offset, length: header.length)
    }

    private mutating func readHeader(_ bound: Bound, _ context: Context) throws(DICOMError) -> Header {
        let tag = Tag(number16(position), number16(position + 2))
        path.tag = tag
        if !isMeta && (tag.group == 0 || tag.group == 2) {
            note(.forbiddenGroup, "\(tag) has no place in a data set")
        }
        return isExplicit ? try explicitHeader(tag, bound) : implicitHeader(tag, context)
    }

    private func implicitHeader(_ tag: Tag, _ context: Context) -> Header {
        let length = number32(position + 4)
        var vr = DataDictionary.vr(tag)
        if vr == .US, context.hasSignedPixels, DataDictionary.entry(tag)?.alternatives.contains(.SS) == true {
            vr = .SS
        }
        return Header(
            tag: tag, vr: vr, length: length == .max ? nil : Int(length), valueOffset: position + 8,
            hasExplicitItems: false)
    }

    private mutating func explicitHeader(_ tag: Tag, _ bound: Bound) throws(DICOMError) -> Header {
        let letters = (bytes[position + 4], bytes[position + 5])
        let known = VR(letters.0, letters.1)
        if known == nil {
            let isLetters = [letters.0, letters.1].allSatisfy { (0x41...0x5A).contains($0) }
            note(.unknownVR, "the VR is \(Self.shown(letters)), which the standard does not know")
            // PS3.5, 6.2: a VR of the future has the long form; no letters at all are the implicit form.
            if !isLetters {
                let length = number32(position + 4)
                guard length == .max || Int(length) <= bound.end - position - 8 else {
                    throw fail(.malformed, "\(Self.shown(letters)) is no VR, and no length either")
                }
                return Header(
                    tag: tag, vr: DataDictionary.vr(tag), length: length == .max ? nil : Int(length),
                    valueOffset: position + 8, hasExplicitItems: false)
            }
        }
        let vr = known ?? .UN
        tellVR(vr, of: tag)
        guard vr.hasLongLength else {
            return Header(
                tag: tag, vr: vr, length: Int(number16(position + 6)), valueOffset: position + 8, hasExplicitItems: true
            )
        }
        guard bound.end - position >= 12 else {
            throw fail(
                bound.end == bytes.count ? .truncated : .overrun,
                "\(bound.end - position) bytes are left: too few for the header of a \(vr.rawValue) element")
        }
        let length = number32(position + 8)
        // PS3.5, 6.2.2, note 2: the items of an UN of undefined length are implicit VR little endian.
        return Header(
            tag: tag, vr: vr, length: length == .max ? nil : Int(length), valueOffset: position + 12,
            hasExplicitItems: vr != .UN)
    }

    private mutating func tellVR(_ vr: VR, of tag: Tag) {
        guard vr != .UN, let entry = DataDictionary.entry(tag), entry.vr != vr, !entry.alternatives.contains(vr),
            entry.vr != .UN, !(entry.vr == .OW && vr == .OB)
        else { return }
        note(.unexpectedVR, "\(entry.keyword) has the VR \(vr.rawValue); the standard has \(entry.vr.rawValue)")
    }

    private mutating func readValue(
        _ header: Header, _ bound: Bound, _ context: Context
    ) throws(DICOMError) -> DataElement.Value {
        guard let length = header.length else { return try readUndefined(header, bound, context) }
        let rest = bound.end - position
        if length > rest {
            guard context.depth == 0, header.tag.isPixelData else {
                throw fail(
                    bound.end == bytes.count ? .truncated : .overrun,
                    "the value has the length \(length), but \(rest) bytes are left"
                        + (bound.end == bytes.count ? " in the file" : " in the item or sequence around it"))
            }
            note(.pixelDataCut, "the pixel data have the length \(length), but \(rest) bytes are left in the file")
        }
        if length & 1 == 1 { note(.oddLength, "the value has the odd length \(length)") }
        let end = position + min(length, rest)
        if header.vr == .SQ {
            return .items(
                try readItems(
                    Bound(end: end, isUndefined: false), context, tag: header.tag, isExplicit: header.hasExplicitItems))
        }
        defer { position = end }
        return .bytes(ordered(bytes[position..<end], header.vr))
    }

    private mutating func readUndefined(
        _ header: Header, _ bound: Bound, _ context: Context
    ) throws(DICOMError) -> DataElement.Value {
        let open = Bound(end: bound.end, isUndefined: true)
        if header.vr == .SQ || header.vr == .UN {
            return .items(try readItems(open, context, tag: header.tag, isExplicit: header.hasExplicitItems))
        }
        let isBulk = header.vr == .OB || header.vr == .OW
        guard isBulk, header.tag.isPixelData || header.hasExplicitItems else {
            throw fail(.malformed, "a value of the VR \(header.vr.rawValue) has no length")
        }
        return .fragments(try readFragments(open, depth: context.depth))
    }

    /// Numbers of a big-endian file are turned, so that values in memory are little endian.
    private func ordered(_ value: ArraySlice<UInt8>, _ vr: VR) -> ArraySlice<UInt8> {
        let size = vr.unitSize
        guard !isLittleEndian, size > 1 else { return value }
        var turned: [UInt8] = []
        turned.reserveCapacity(value.count)
        var start = value.startIndex
        while start < value.endIndex {
            let end = min(start + size, value.endIndex)
            turned.append(contentsOf: value[start..<end].reversed())
            start = end
        }
        return turned[...]
    }
}

// Numbers and messages.
extension DataSetReader {
    func number16(_ index: Int) -> UInt16 {
        let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        return isLittleEndian ? first | second << 8 : first << 8 | second
    }

    func number32(_ index: Int) -> UInt32 {
        let (first, second) = (UInt32(number16(index)), UInt32(number16(index + 2)))
        return isLittleEndian ? first | second << 16 : first << 16 | second
    }

    mutating func note(_ code: DICOMNote.Code, _ message: String, _ element: DataElement? = nil) {
        guard notes.count < options.maximumNotes else {
            if notes.count == options.maximumNotes {
                notes.append(
                    DICOMNote(
                        .more, "more than \(options.maximumNotes) faults: the rest is not listed", byteOffset: position)
                )
            }
            return
        }
        var place = path
        if let element { place.tag = element.tag }
        notes.append(
            DICOMNote(code, message, byteOffset: element?.byteOffset ?? position, tagPath: place.description))
    }

    func fail(_ code: DICOMError.Code, _ message: String) -> DICOMError {
        DICOMError(code, message, byteOffset: position, tagPath: path.description)
    }

    private static func shown(_ letters: (UInt8, UInt8)) -> String {
        let isPrintable = [letters.0, letters.1].allSatisfy { (0x21...0x7E).contains($0) }
        if isPrintable { return "'\(String(decoding: [letters.0, letters.1], as: UTF8.self))'" }
        return "0x"
            + [letters.0, letters.1].map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}

extension Tag {
    static let item = Tag(0xFFFE, 0xE000)
    static let itemDelimitation = Tag(0xFFFE, 0xE00D)
    static let sequenceDelimitation = Tag(0xFFFE, 0xE0DD)

    /// Whether the element holds pixels: integer, float or double ones.
    public var isPixelData: Bool { group == 0x7FE0 && [0x0008, 0x0009, 0x0010].contains(element) }
}
