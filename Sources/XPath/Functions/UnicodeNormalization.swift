/// The four Unicode normalization forms (UAX #15), for `fn:normalize-unicode`.
enum UnicodeNormalization {
    enum Form: String, Sendable { case nfc = "NFC", nfd = "NFD", nfkc = "NFKC", nfkd = "NFKD" }

    private struct Tables: Sendable {
        var canonical: [UInt32: [UInt32]] = [:]
        var compatible: [UInt32: [UInt32]] = [:]
        var composed: [UInt64: UInt32] = [:]

        init() {
            for entry in UnicodeDecompositions.lines.split(separator: " ") {
                let halves = entry.split(separator: "=")
                guard halves.count == 2 else { continue }
                let isCompatible = entry.hasPrefix("~")
                guard let code = UInt32(isCompatible ? halves[0].dropFirst() : halves[0], radix: 16) else { continue }
                let parts = halves[1].split(separator: "+").compactMap { UInt32($0, radix: 16) }
                if isCompatible {
                    compatible[code] = parts
                    continue
                }
                canonical[code] = parts
                if parts.count == 2, let scalar = Unicode.Scalar(code), !scalar.properties.isFullCompositionExclusion {
                    composed[UInt64(parts[0]) << 32 | UInt64(parts[1])] = code
                }
            }
        }
    }

    private static let tables = Tables()

    static func normalize(_ text: Text, _ form: Form) -> Text {
        if text.isASCII { return text }
        var scalars: [UInt32] = []
        for scalar in text.scalars { decompose(scalar.value, form == .nfkc || form == .nfkd, into: &scalars) }
        reorder(&scalars)
        if form == .nfc || form == .nfkc { compose(&scalars) }
        var result: [UInt8] = []
        for value in scalars { result.append(scalar: Unicode.Scalar(value) ?? "\u{FFFD}") }
        return Text(result)
    }

    private static func decompose(_ value: UInt32, _ isCompatible: Bool, into result: inout [UInt32]) {
        if value < 0x80 {
            result.append(value)
        } else if value >= 0xAC00, value < 0xAC00 + 11172 {
            let index = value - 0xAC00
            result += [0x1100 + index / 588, 0x1161 + index % 588 / 28]
            if index % 28 != 0 { result.append(0x11A7 + index % 28) }
        } else if let parts = tables.canonical[value] ?? (isCompatible ? tables.compatible[value] : nil) {
            for part in parts { decompose(part, isCompatible, into: &result) }
        } else {
            result.append(value)
        }
    }

    private static func combiningClass(_ value: UInt32) -> UInt8 {
        value < 0x300 ? 0 : Unicode.Scalar(value)?.properties.canonicalCombiningClass.rawValue ?? 0
    }

    private static func reorder(_ scalars: inout [UInt32]) {
        var index = 0
        while index < scalars.count {
            guard combiningClass(scalars[index]) != 0 else {
                index += 1
                continue
            }
            var end = index
            while end < scalars.count, combiningClass(scalars[end]) != 0 { end += 1 }
            // A stable sort: the standard library's is one in practice, the offset makes it one by construction.
            let sorted = scalars[index..<end].enumerated().sorted {
                (combiningClass($0.element), $0.offset) < (combiningClass($1.element), $1.offset)
            }
            scalars.replaceSubrange(index..<end, with: sorted.map(\.element))
            index = end
        }
    }

    private static func compose(_ scalars: inout [UInt32]) {
        var result: [UInt32] = []
        var starter = -1
        var lastClass: UInt8 = 0
        for value in scalars {
            let current = combiningClass(value)
            if starter >= 0, result.count == starter + 1 || (lastClass < current && lastClass != 0),
                let combined = pair(result[starter], value)
            {
                result[starter] = combined
                continue
            }
            if current == 0 { starter = result.count }
            lastClass = current
            result.append(value)
        }
        scalars = result
    }

    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if first >= 0x1100, first < 0x1113, second >= 0x1161, second < 0x1176 {
            return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
        }
        if first >= 0xAC00, first < 0xAC00 + 11172, (first - 0xAC00) % 28 == 0, second > 0x11A7, second < 0x11C3 {
            return first + second - 0x11A7
        }
        return tables.composed[UInt64(first) << 32 | UInt64(second)]
    }
}
