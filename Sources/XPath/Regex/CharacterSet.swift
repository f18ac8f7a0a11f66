/// A set of code points of a regular expression: ranges, categories, a set taken away, all of it perhaps negated.
///
/// Membership of ASCII is a bit; categories are asked of the standard library when a character is tested.
struct CharacterSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var ranges: [ClosedRange<UInt32>] = []
    private var parts: [Part] = []
    private var isNegated = false
    private var subtracted: [CharacterSet] = []
    private var isSealed = false

    /// A named part of a set.
    enum Part: Sendable {
        case categories(UInt32, negated: Bool)
        case nameStart(negated: Bool)
        case nameCharacter(negated: Bool)
        case space(negated: Bool)
        case word(negated: Bool)
        case set(CharacterSetBox, negated: Bool)
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }
    mutating func insert(_ part: Part) { parts.append(part) }
    mutating func negate() { isNegated.toggle() }
    mutating func subtract(_ other: CharacterSet) { subtracted.append(other) }

    /// The single character of the set, if that is all there is.
    var single: UInt32? {
        guard parts.isEmpty, !isNegated, subtracted.isEmpty, ranges.count == 1,
            ranges[0].lowerBound == ranges[0].upperBound
        else { return nil }
        return ranges[0].lowerBound
    }

    /// Adds the case variants of all ranges (F&O 7.6.1.1, flag `i`).
    mutating func addCaseVariants() {
        var added: [ClosedRange<UInt32>] = []
        for range in ranges {
            if range.count > 64 {
                for (scalar, variants) in CaseVariants.table where range.contains(scalar) {
                    added += variants.map { $0...$0 }
                }
            } else {
                for value in range { added += (CaseVariants.table[value] ?? []).map { $0...$0 } }
            }
        }
        ranges += added
    }

    /// Sorts the ranges and computes the bits of ASCII; nothing may be inserted afterwards.
    mutating func seal() {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        ranges = merged
        for value: UInt32 in 0..<64 where slowContains(value) { low |= 1 << UInt64(value) }
        for value: UInt32 in 64..<128 where slowContains(value) { high |= 1 << UInt64(value - 64) }
        isSealed = true
    }

    @inline(__always)
    func contains(_ value: UInt32) -> Bool {
        if value < 64 { return low >> UInt64(value) & 1 == 1 }
        if value < 128 { return high >> UInt64(value &- 64) & 1 == 1 }
        return slowContains(value)
    }

    private func slowContains(_ value: UInt32) -> Bool {
        var found = inRanges(value)
        if !found { found = parts.contains { $0.contains(value) } }
        if isNegated { found.toggle() }
        return found && !subtracted.contains { $0.slowContains(value) }
    }

    private func inRanges(_ value: UInt32) -> Bool {
        var lower = 0
        var upper = ranges.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if ranges[middle].upperBound < value {
                lower = middle + 1
            } else if ranges[middle].lowerBound > value {
                upper = middle
            } else {
                return true
            }
        }
        return false
    }
}

/// A set inside a set.
final class CharacterSetBox: Sendable {
    let set: CharacterSet
    init(_ set: CharacterSet) { self.set = set }
}

extension CharacterSet.Part {
    func contains(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        switch self {
        case .categories(let mask, let negated):
            return (mask >> UnicodeCategories.bit(scalar) & 1 == 1) != negated
        case .nameStart(let negated): return XMLNames.isNameStart(scalar) != negated
        case .nameCharacter(let negated): return XMLNames.isNameCharacter(scalar) != negated
        case .space(let negated): return (value < 0x80 && isXMLSpace(UInt8(value))) != negated
        case .word(let negated):
            return (UnicodeCategories.notWord >> UnicodeCategories.bit(scalar) & 1 == 0) != negated
        case .set(let box, let negated): return box.set.contains(value) != negated
        }
    }
}

/// General categories as bits.
enum UnicodeCategories {
    private static let names = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn", "Cs",
    ]

    /// The bits of a category or of a group of them such as `L`; nil if there is none of that name.
    static func mask(_ name: String) -> UInt32? {
        var mask: UInt32 = 0
        for (bit, candidate) in names.enumerated()
        where candidate == name || (name.utf8.count == 1 && candidate.hasPrefix(name)) {
            // XML Schema part 2, appendix F: Cs is no category there.
            if candidate == "Cs" { continue }
            mask |= 1 << UInt32(bit)
        }
        return mask == 0 ? nil : mask
    }

    /// `\w` is all but punctuation, separators and "other".
    static let notWord: UInt32 = (mask("P") ?? 0) | (mask("Z") ?? 0) | (mask("C") ?? 0) | 1 << 29

    static func bit(_ scalar: Unicode.Scalar) -> UInt32 {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: 0
        case .lowercaseLetter: 1
        case .titlecaseLetter: 2
        case .modifierLetter: 3
        case .otherLetter: 4
        case .nonspacingMark: 5
        case .spacingMark: 6
        case .enclosingMark: 7
        case .decimalNumber: 8
        case .letterNumber: 9
        case .otherNumber: 10
        case .connectorPunctuation: 11
        case .dashPunctuation: 12
        case .openPunctuation: 13
        case .closePunctuation: 14
        case .initialPunctuation: 15
        case .finalPunctuation: 16
        case .otherPunctuation: 17
        case .mathSymbol: 18
        case .currencySymbol: 19
        case .modifierSymbol: 20
        case .otherSymbol: 21
        case .spaceSeparator: 22
        case .lineSeparator: 23
        case .paragraphSeparator: 24
        case .control: 25
        case .format: 26
        case .privateUse: 27
        case .unassigned: 28
        case .surrogate: 29
        @unknown default: 28
        }
    }
}

/// Which characters differ only in case: they share a one-character upper or lower case mapping.
enum CaseVariants {
    static let table: [UInt32: [UInt32]] = {
        var groups: [UInt32: Set<UInt32>] = [:]
        func single(_ text: String) -> UInt32? {
            let scalars = text.unicodeScalars
            return scalars.count == 1 ? scalars.first?.value : nil
        }
        for value: UInt32 in 0x41..<0x1E950 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let properties = scalar.properties
            guard properties.changesWhenCaseMapped else { continue }
            let mapped = [single(properties.lowercaseMapping), single(properties.uppercaseMapping)]
            for case .some(let other) in mapped where other != value {
                groups[other, default: []].insert(value)
                groups[value, default: []].insert(other)
            }
        }
        // Variants of variants: "K", "k" and the Kelvin sign.
        var table: [UInt32: [UInt32]] = [:]
        for (value, direct) in groups {
            var all = direct
            for other in direct { all.formUnion(groups[other] ?? []) }
            all.remove(value)
            table[value] = all.sorted()
        }
        return table
    }()

    static func areVariants(_ left: UInt32, _ right: UInt32) -> Bool {
        left == right || table[left]?.contains(right) == true
    }
}
