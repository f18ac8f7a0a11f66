/// The elements of an instance or of an item, ascending by tag (DICOM PS3.5, 7.1).
public struct DataSet: Sendable, Hashable {
    /// The elements, ascending by tag.
    public private(set) var elements: [DataElement]
    /// How its text is read and written; an item has that of its parent unless it bears (0008,0005) itself.
    public private(set) var characterSet: SpecificCharacterSet
    /// Where the item begins in the bytes that were read; 0 for one that was made.
    public let byteOffset: Int

    /// An empty data set whose text is written in `characterSet`; (0008,0005) is for the caller to set at the root.
    public init(characterSet: SpecificCharacterSet = .ascii) {
        self.init(elements: [], characterSet: characterSet, byteOffset: 0)
    }

    /// A data set of elements that are sorted and unique.
    init(elements: [DataElement], characterSet: SpecificCharacterSet, byteOffset: Int) {
        self.elements = elements
        self.characterSet = characterSet
        self.byteOffset = byteOffset
    }

    /// Whether there is no element.
    public var isEmpty: Bool { elements.isEmpty }

    /// The element of a tag, or nil.
    public subscript(_ tag: Tag) -> DataElement? {
        let index = position(of: tag)
        return index < elements.count && elements[index].tag == tag ? elements[index] : nil
    }

    /// The element at the end of a path, or nil.
    public subscript(_ path: TagPath) -> DataElement? {
        var items = self
        for step in path.steps {
            let found = items.items(step.tag)
            guard found.indices.contains(step.item - 1) else { return nil }
            items = found[step.item - 1]
        }
        return path.tag.flatMap { items[$0] }
    }

    private func position(of tag: Tag) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].tag < tag { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

// Reading values.
extension DataSet {
    /// Whether the element is there, with or without a value.
    public func contains(_ tag: Tag) -> Bool { self[tag] != nil }

    /// The values of an element as text, without padding; empty where it is absent or has none.
    public func strings(_ tag: Tag) -> [String] { self[tag]?.strings(characterSet) ?? [] }

    /// The first value of an element as text, without padding; nil where it is absent or has none.
    public func string(_ tag: Tag) -> String? {
        guard let first = strings(tag).first, !first.isEmpty else { return nil }
        return first
    }

    /// The whole value as text, backslashes kept, without padding; nil where it is absent or empty.
    public func text(_ tag: Tag) -> String? {
        let values = strings(tag)
        return values.isEmpty ? nil : values.joined(separator: "\\")
    }

    /// The first value of an element as a whole number, or nil.
    public func integer(_ tag: Tag) -> Int? { self[tag]?.integers.first }

    /// The items of a sequence; empty where it is absent or has none.
    public func items(_ tag: Tag) -> [DataSet] { self[tag]?.items ?? [] }
}

// Making and editing.
extension DataSet {
    /// Puts an element in its place, in the stead of one of the same tag.
    public mutating func set(_ element: DataElement) {
        let index = position(of: element.tag)
        if index < elements.count && elements[index].tag == element.tag {
            elements[index] = element
        } else {
            elements.insert(element, at: index)
        }
        if element.tag == .specificCharacterSet {
            characterSet = SpecificCharacterSet(terms: element.strings(.ascii))
        }
    }

    /// Sets text values, written in the character set of this data set; none makes an element without value.
    ///
    /// A character that the set does not have is written as `?`; see `SpecificCharacterSet.encode`.
    public mutating func set(_ tag: Tag, _ values: [String], vr: VR? = nil) {
        let vr = vr ?? DataDictionary.vr(tag)
        let text = values.joined(separator: "\\")
        let bytes = vr.usesSpecificCharacterSet ? characterSet.encode(text).bytes : Array(text.utf8)
        set(DataElement(tag, vr, .bytes(bytes[...]), length: nil))
    }

    /// Sets one text value.
    public mutating func set(_ tag: Tag, _ value: String, vr: VR? = nil) {
        set(tag, value.isEmpty ? [] : [value], vr: vr)
    }

    /// Sets whole numbers: in binary, or in decimal text for IS and DS.
    public mutating func set(_ tag: Tag, _ values: [Int], vr: VR? = nil) {
        let vr = vr ?? DataDictionary.vr(tag)
        let size = vr.unitSize
        guard size > 1 else { return set(tag, values.map { String($0) }, vr: vr) }
        let bytes = values.flatMap { value in (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        set(DataElement(tag, vr, .bytes(bytes[...])))
    }

    /// Sets a whole number.
    public mutating func set(_ tag: Tag, _ value: Int, vr: VR? = nil) { set(tag, [value], vr: vr) }

    /// Sets the items of a sequence.
    public mutating func set(_ tag: Tag, items: [DataSet]) {
        set(DataElement(tag, .SQ, .items(items)))
    }

    /// Sets bytes as they are.
    public mutating func set(_ tag: Tag, bytes: [UInt8], vr: VR? = nil) {
        set(DataElement(tag, vr ?? DataDictionary.vr(tag), .bytes(bytes[...])))
    }

    /// Makes the element one without value (type 2).
    public mutating func setEmpty(_ tag: Tag) {
        if DataDictionary.vr(tag) == .SQ { set(tag, items: []) } else { set(tag, [String]()) }
    }

    /// Takes the element out.
    public mutating func remove(_ tag: Tag) {
        elements.removeAll { $0.tag == tag }
        if tag == .specificCharacterSet { characterSet = .ascii }
    }

    /// Edits each item of a sequence; nothing where it is absent.
    public mutating func editItems(_ tag: Tag, _ edit: (inout DataSet) throws -> Void) rethrows {
        guard let element = self[tag], case .items(var items) = element.value else { return }
        for index in items.indices { try edit(&items[index]) }
        set(tag, items: items)
    }

    /// Edits the data set that the steps of `path` lead to; nothing where there is none.
    public mutating func edit(_ path: TagPath, _ edit: (inout DataSet) throws -> Void) rethrows {
        guard let step = path.steps.first else { return try edit(&self) }
        guard let element = self[step.tag], case .items(var items) = element.value,
            items.indices.contains(step.item - 1)
        else { return }
        var rest = path
        rest.steps.removeFirst()
        try items[step.item - 1].edit(rest, edit)
        set(step.tag, items: items)
    }
}
