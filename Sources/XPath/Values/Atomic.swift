/// An atomic value: its type and what it holds.
package struct Atomic: Sendable {
    let storage: Storage
    let type: AtomicType

    enum Storage: Sendable {
        /// The string types, `xs:untypedAtomic` and `xs:anyURI`.
        case text(Text)
        case boolean(Bool)
        case integer(Integer)
        indirect case decimal(DecimalNumber)
        case double(Double)
        case float(Float)
        indirect case calendar(CalendarValue)
        indirect case duration(DurationValue)
        indirect case qname(QualifiedName)
        case binary([UInt8])
    }

    init(_ type: AtomicType, _ storage: Storage) {
        self.type = type
        self.storage = storage
    }

    static func string(_ text: Text) -> Atomic { Atomic(.string, .text(text)) }
    static func untyped(_ text: Text) -> Atomic { Atomic(.untypedAtomic, .text(text)) }
    static func uri(_ text: Text) -> Atomic { Atomic(.anyURI, .text(text)) }
    static func boolean(_ value: Bool) -> Atomic { Atomic(.boolean, .boolean(value)) }
    static func integer(_ value: Int) -> Atomic { Atomic(.integer, .integer(.small(value))) }
    static func integer(_ value: Integer) -> Atomic { Atomic(.integer, .integer(value)) }
    static func decimal(_ value: DecimalNumber) -> Atomic { Atomic(.decimal, .decimal(value)) }
    static func double(_ value: Double) -> Atomic { Atomic(.double, .double(value)) }
    static func float(_ value: Float) -> Atomic { Atomic(.float, .float(value)) }
    static func calendar(_ value: CalendarValue, _ type: AtomicType) -> Atomic { Atomic(type, .calendar(value)) }
    static func duration(_ value: DurationValue, _ type: AtomicType) -> Atomic { Atomic(type, .duration(value)) }
    static func dayTime(_ value: DurationValue) -> Atomic { Atomic(.dayTimeDuration, .duration(value)) }
    static func yearMonth(_ value: DurationValue) -> Atomic { Atomic(.yearMonthDuration, .duration(value)) }
    static func qname(_ value: QualifiedName) -> Atomic { Atomic(.qname, .qname(value)) }

    var isNaN: Bool {
        switch storage {
        case .double(let value): value.isNaN
        case .float(let value): value.isNaN
        default: false
        }
    }

    /// The value cast to `xs:string`.
    var text: Text {
        switch storage {
        case .text(let text): text
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): Text(value.description)
        case .decimal(let value): Text(value.description)
        case .double(let value): Text(FloatingPointFormat.text(value))
        case .float(let value): Text(FloatingPointFormat.text(value))
        case .calendar(let value): Text(value.text(as: type))
        case .duration(let value): Text(value.text(as: type))
        case .qname(let value): Text(value.lexical)
        case .binary(let bytes): type == .hexBinary ? BinaryFormat.hexadecimal(bytes) : BinaryFormat.base64(bytes)
        }
    }

    /// The value of a numeric as a double; nil for what is no number.
    var double: Double? {
        switch storage {
        case .integer(let value): value.double
        case .decimal(let value): value.double
        case .double(let value): value
        case .float(let value): Double(value)
        default: nil
        }
    }

    /// The value of an integer or decimal; nil for any other.
    var exact: DecimalNumber? {
        switch storage {
        case .integer(let value): DecimalNumber(value)
        case .decimal(let value): value
        default: nil
        }
    }
}

/// An expanded name with the prefix that it was written with: the value of `xs:QName`.
package struct QualifiedName: Sendable, Hashable {
    package let prefix: String
    package let namespace: String
    package let local: String

    init(prefix: String = "", namespace: String = "", local: String) {
        self.prefix = prefix
        self.namespace = namespace
        self.local = local
    }

    var lexical: String { prefix.isEmpty ? local : "\(prefix):\(local)" }

    package static func == (left: QualifiedName, right: QualifiedName) -> Bool {
        left.local == right.local && left.namespace == right.namespace
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(namespace)
        hasher.combine(local)
    }
}

/// Reading and writing of the two binary types.
enum BinaryFormat {
    private static let base64Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let hexadecimalDigits = Array("0123456789ABCDEF".utf8)

    static func hexadecimal(_ bytes: [UInt8]) -> Text {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            result.append(hexadecimalDigits[Int(byte >> 4)])
            result.append(hexadecimalDigits[Int(byte & 15)])
        }
        return Text(result)
    }

    static func readHexadecimal(_ text: Text) -> [UInt8]? {
        let text = text.trimmed
        guard text.byteCount % 2 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.byteCount / 2)
        for offset in stride(from: 0, to: text.byteCount, by: 2) {
            guard let high = digit(text[offset]), let low = digit(text[offset + 1]) else { return nil }
            result.append(high << 4 | low)
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    static func base64(_ bytes: [UInt8]) -> Text {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
            for offset in 0..<4 {
                result.append(offset <= count ? base64Digits[Int(group >> UInt32(18 - 6 * offset) & 63)] : 0x3D)
            }
        }
        return Text(result)
    }

    static func readBase64(_ text: Text) -> [UInt8]? {
        var result: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        var padding = 0
        for offset in 0..<text.byteCount {
            let byte = text[offset]
            if isXMLSpace(byte) { continue }
            if byte == 0x3D {
                padding += 1
                continue
            }
            guard padding == 0, let value = base64Value(byte) else { return nil }
            group = group << 6 | value
            count += 1
            if count % 4 == 0 {
                result += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
                group = 0
            }
        }
        guard (count + padding) % 4 == 0, padding <= 2 else { return nil }
        switch count % 4 {
        case 0: return padding == 0 ? result : nil
        case 2:
            guard padding == 2, group & 15 == 0 else { return nil }
            return result + [UInt8(group >> 4 & 255)]
        case 3:
            guard padding == 1, group & 3 == 0 else { return nil }
            return result + [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
        default: return nil
        }
    }

    private static func base64Value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte) - 0x41
        case 0x61...0x7A: UInt32(byte) - 0x61 + 26
        case 0x30...0x39: UInt32(byte) - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
