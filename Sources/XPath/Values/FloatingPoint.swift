/// Reading and writing of `xs:double` and `xs:float`.
enum FloatingPointFormat {
    /// F&O 17.1.2: decimal form from 1e-6 to 1e6, else mantissa and exponent, with the shortest digits that read back.
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-INF" : "INF" }
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        if value.magnitude < 1e6, value == value.rounded(.towardZero) { return String(Int(value)) }
        return arrange(value.magnitude.description, negative: value < 0)
    }

    /// The same for `xs:float`.
    static func text(_ value: Float) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-INF" : "INF" }
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        return arrange(value.magnitude.description, negative: value < 0)
    }

    /// Rearranges Swift's shortest form (`1.5e-07`, `123.0`) into XPath's.
    private static func arrange(_ shortest: String, negative: Bool) -> String {
        var digits: [UInt8] = []
        var pointAt = 0
        var exponent = 0
        let halves = shortest.utf8.split(separator: 0x65, omittingEmptySubsequences: false)
        var seenPoint = false
        for byte in halves.first.map(Array.init) ?? [] {
            if byte == 0x2E {
                seenPoint = true
            } else {
                digits.append(byte)
                if !seenPoint { pointAt += 1 }
            }
        }
        if halves.count > 1 { exponent = Int(Substring(halves[1])) ?? 0 }
        // value = 0.d1d2d3… × 10^point
        var point = pointAt + exponent
        while digits.first == 0x30 && digits.count > 1 {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == 0x30 && digits.count > 1 { digits.removeLast() }
        var result: [UInt8] = negative ? [0x2D] : []
        if point > -6 && point <= 6 {
            if point <= 0 {
                result += [0x30, 0x2E]
                result += [UInt8](repeating: 0x30, count: -point)
                result += digits
            } else if digits.count <= point {
                result += digits
                result += [UInt8](repeating: 0x30, count: point - digits.count)
            } else {
                result += digits[..<point]
                result.append(0x2E)
                result += digits[point...]
            }
        } else {
            result.append(digits[0])
            result.append(0x2E)
            result += digits.count > 1 ? digits[1...] : [0x30]
            result.append(0x45)
            result += Array(String(point - 1).utf8)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Reads the lexical form of `xs:double`; nil if it is none. White space at both ends falls away.
    static func double(_ text: Text) -> Double? {
        let text = text.trimmed
        return text.withBytes { bytes in
            if let quick = quickDouble(bytes) { return quick }
            switch special(bytes) {
            case .some(let value): return value
            case nil: break
            }
            guard isNumeral(bytes) else { return nil }
            return Double(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Reads the lexical form of `xs:float`.
    static func float(_ text: Text) -> Float? {
        let text = text.trimmed
        return text.withBytes { bytes in
            if let value = special(bytes) { return Float(value) }
            guard isNumeral(bytes) else { return nil }
            return Float(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Up to 15 digits and a point are read exactly without the general algorithm.
    private static func quickDouble(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
        var value = 0
        var scale = 0
        var seenPoint = false
        var count = 0
        var index = 0
        let negative = bytes[0] == 0x2D
        if negative || bytes[0] == 0x2B { index = 1 }
        while index < bytes.count {
            let byte = bytes[index]
            if isDigit(byte) {
                value = value &* 10 &+ Int(byte &- 0x30)
                count &+= 1
                if seenPoint { scale &+= 1 }
            } else if byte == 0x2E && !seenPoint {
                seenPoint = true
            } else {
                return nil
            }
            index &+= 1
        }
        guard count > 0, count <= 15 else { return nil }
        var result = Double(value)
        if scale > 0 {
            var divisor = 1.0
            for _ in 0..<scale { divisor *= 10 }
            result /= divisor
        }
        return negative ? -result : result
    }

    private static func special(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let last = bytes.last, last == 0x46 || last == 0x4E else { return nil }
        switch String(decoding: bytes, as: UTF8.self) {
        case "INF", "+INF": return .infinity  // XML Schema 1.1 part 2, 3.3.5.2
        case "-INF": return -.infinity
        case "NaN": return .nan
        default: return nil
        }
    }

    private static func isNumeral(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        func digits() -> Int {
            let start = index
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            return index - start
        }
        func sign() {
            if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
        }
        sign()
        var count = digits()
        if index < bytes.count, bytes[index] == 0x2E {
            index += 1
            count += digits()
        }
        guard count > 0 else { return false }
        if index < bytes.count, bytes[index] == 0x65 || bytes[index] == 0x45 {
            index += 1
            sign()
            guard digits() > 0 else { return false }
        }
        return index == bytes.count
    }
}
