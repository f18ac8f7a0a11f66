/// An attribute of a data set with its value (DICOM PS3.5, 7.1).
public struct DataElement: Sendable, Hashable {
    /// A value: bytes as they stand, little endian where they are numbers; items; or fragments of pixel data.
    public enum Value: Sendable, Hashable {
        /// The bytes, padding included; a slice of the file's bytes.
        case bytes(ArraySlice<UInt8>)
        /// The items of a sequence.
        case items([DataSet])
        /// Encapsulated pixel data: the basic offset table, then the fragments (PS3.5, A.4).
        case fragments([ArraySlice<UInt8>])
    }

    /// The attribute.
    public let tag: Tag
    /// The representation, as written or by the dictionary.
    public let vr: VR
    /// The value.
    public var value: Value
    /// Where the element begins in the bytes that were read, from 0; 0 for one that was made.
    public let byteOffset: Int
    /// The length as written; nil where it is undefined or the element was made here.
    public let length: Int?

    /// An element.
    public init(_ tag: Tag, _ vr: VR, _ value: Value, byteOffset: Int = 0, length: Int? = nil) {
        self.tag = tag
        self.vr = vr
        self.value = value
        self.byteOffset = byteOffset
        self.length = length
    }

    /// The bytes of the value; empty for items and fragments.
    public var bytes: ArraySlice<UInt8> {
        if case .bytes(let bytes) = value { bytes } else { [] }
    }

    /// The items of the value; empty for any other.
    public var items: [DataSet] {
        if case .items(let items) = value { items } else { [] }
    }

    /// Whether there is no value: no bytes but padding, no item, no fragment.
    public var isEmpty: Bool {
        switch value {
        case .bytes(let bytes): meaning.isText ? Self.trimmed(bytes).isEmpty : bytes.isEmpty
        case .items(let items): items.isEmpty
        case .fragments(let fragments): fragments.isEmpty
        }
    }

    /// The representation, or that of the dictionary where the element says "unknown".
    public var meaning: VR { vr == .UN ? DataDictionary.vr(tag) : vr }

    /// The values as bytes: split at the backslash where the representation allows several, without padding.
    ///
    /// Spaces and NULs are padding on both ends, but leading spaces count in ST, LT, UT and UR (PS3.5, table 6.2-1).
    public var rawValues: [ArraySlice<UInt8>] {
        guard case .bytes(let bytes) = value, !bytes.isEmpty else { return [] }
        guard meaning.isMultiValued else {
            let kept = Self.trimmed(bytes, leading: false)
            return kept.isEmpty ? [] : [kept]
        }
        let whole = Self.trimmed(bytes)
        if whole.isEmpty { return [] }
        return whole.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false).map { Self.trimmed($0) }
    }

    /// The values as text under a character set; numbers in decimal, tags as `(gggg,eeee)`. Empty for bulk bytes.
    public func strings(_ characterSet: SpecificCharacterSet) -> [String] {
        switch meaning {
        case .AT:
            return numbers(2).chunked.map {
                Tag(UInt16(truncatingIfNeeded: $0.0), UInt16(truncatingIfNeeded: $0.1)).description
            }
        case .US, .UL, .UV, .SS, .SL, .SV: return integers.map { String($0) }
        case .FL: return bytes.units(4).map { String(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
        case .FD: return bytes.units(8).map { String(Double(bitPattern: $0)) }
        case .OB, .OD, .OF, .OL, .OV, .OW, .SQ, .UN: return []
        case .AE, .AS, .CS, .DA, .DS, .DT, .IS, .LO, .LT, .PN, .SH, .ST, .TM, .UC, .UI, .UR, .UT:
            // The default repertoire governs the others; a byte above 0x7F in them is shown by the declared set all the same.
            return rawValues.map { characterSet.decode($0, isPersonName: meaning == .PN).text }
        }
    }

    /// The values as whole numbers: binary ones, and those of IS and DS that are whole. Values that are not are left out.
    public var integers: [Int] {
        switch meaning {
        case .US: return numbers(2).map { Int($0) }
        case .UL: return numbers(4).map { Int($0) }
        case .UV: return numbers(8).compactMap { Int(exactly: $0) }
        case .SS: return numbers(2).map { Int(Int16(truncatingIfNeeded: $0)) }
        case .SL: return numbers(4).map { Int(Int32(truncatingIfNeeded: $0)) }
        case .SV: return numbers(8).map { Int(Int64(bitPattern: $0)) }
        case .IS, .DS, .LO, .SH, .CS, .UN: return rawValues.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        case _: return []
        }
    }

    private func numbers(_ size: Int) -> [UInt64] { bytes.units(size) }

    /// `bytes` without spaces and NULs at the end, and at the beginning unless those count.
    static func trimmed(_ bytes: ArraySlice<UInt8>, leading: Bool = true) -> ArraySlice<UInt8> {
        var kept = bytes
        while let last = kept.last, last == 0x20 || last == 0 { kept.removeLast() }
        if leading {
            while let first = kept.first, first == 0x20 || first == 0 { kept.removeFirst() }
        }
        return kept
    }
}

extension ArraySlice where Element == UInt8 {
    /// Little-endian numbers of `size` bytes; a rest that is too short is left out.
    func units(_ size: Int) -> [UInt64] {
        stride(from: startIndex, through: endIndex - size, by: size).map { start in
            (0..<size).reduce(UInt64(0)) { $0 | UInt64(self[start + $1]) << UInt64(8 * $1) }
        }
    }
}

extension [UInt64] {
    /// Two by two.
    fileprivate var chunked: [(UInt64, UInt64)] {
        stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
    }
}
