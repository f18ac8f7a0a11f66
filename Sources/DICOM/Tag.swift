/// The address of an attribute: group and element number (DICOM PS3.5, 7.1).
public struct Tag: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Both halves in one number, group first: their order is the order of a data set.
    public let number: UInt32

    /// A tag from its two halves.
    public init(_ group: UInt16, _ element: UInt16) {
        number = UInt32(group) << 16 | UInt32(element)
    }

    /// A tag from both halves in one number.
    public init(number: UInt32) {
        self.number = number
    }

    /// A tag written `(0008,0018)`, `0008,0018` or `00080018`, or nil.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ",") }
        guard digits.count == 8, let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            return nil
        }
        self.number = number
    }

    /// The group number.
    public var group: UInt16 { UInt16(truncatingIfNeeded: number >> 16) }
    /// The element number.
    public var element: UInt16 { UInt16(truncatingIfNeeded: number) }
    /// Whether the tag is of a private group: an odd one (PS3.5, 7.8).
    public var isPrivate: Bool { group & 1 == 1 }
    /// Whether the element reserves a block of a private group for a creator (PS3.5, 7.8.1).
    public var isPrivateCreator: Bool { isPrivate && (0x10...0xFF).contains(element) }
    /// Whether the element is a group length (PS3.5, 7.2).
    public var isGroupLength: Bool { element == 0 }

    /// As the standard writes it: `(0008,0018)`, upper-case hexadecimal.
    public var description: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = [UInt8(ascii: "(")]
        for shift in stride(from: 28, through: 0, by: -4) {
            text.append(digits[Int(number >> UInt32(shift)) & 15])
            if shift == 16 { text.append(UInt8(ascii: ",")) }
        }
        text.append(UInt8(ascii: ")"))
        return String(decoding: text, as: UTF8.self)
    }

    /// Compares by group, then by element.
    public static func < (left: Tag, right: Tag) -> Bool { left.number < right.number }
}

/// The way from the root of a data set to an element: `(0040,A375)[1]/(0008,1115)[2]/(0008,1190)`.
public struct TagPath: Hashable, Sendable, CustomStringConvertible {
    /// A sequence that was entered, and the number of the item in it, from 1.
    public struct Step: Hashable, Sendable {
        /// The sequence.
        public let tag: Tag
        /// The item, from 1.
        public let item: Int
    }

    /// The sequences that were entered.
    public var steps: [Step]
    /// The element at the end, or nil where the path names an item.
    public var tag: Tag?

    /// A path; the empty one names the data set itself.
    public init(_ steps: [(Tag, Int)] = [], _ tag: Tag? = nil) {
        self.steps = steps.map { Step(tag: $0.0, item: $0.1) }
        self.tag = tag
    }

    /// The path of the item numbered `item`, from 1, of the sequence `tag` in the item that this path names.
    public func item(_ tag: Tag, _ item: Int) -> TagPath {
        var path = self
        path.steps.append(Step(tag: tag, item: item))
        path.tag = nil
        return path
    }

    /// The path of the element `tag` in the item that this path names.
    public func element(_ tag: Tag) -> TagPath {
        var path = self
        path.tag = tag
        return path
    }

    /// The path as text; empty for the data set itself.
    public var description: String {
        var parts = steps.map { "\($0.tag)[\($0.item)]" }
        if let tag { parts.append(tag.description) }
        return parts.joined(separator: "/")
    }
}
