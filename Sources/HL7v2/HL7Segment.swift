/// A segment: three letters and its fields.
public struct HL7Segment: Sendable {
    /// `MSH`, `PID`, `OBX`, …
    public let name: String
    /// Which of its name it is in the message: 1, 2, …
    public let occurrence: Int
    /// Where it begins in the message.
    public let byteOffset: Int
    /// How many fields it has.
    public var count: Int { fields.count }

    let fields: [HL7Field]

    /// The field `number`, 1 for the first; an empty one where the segment is shorter.
    public subscript(number: Int) -> HL7Field {
        fields.indices.contains(number - 1) ? fields[number - 1] : HL7Field.absent(at: byteOffset)
    }

    /// The name of the field `number` for people: `PID-3`, `OBX[2]-5`.
    public func place(_ number: Int) -> String {
        (occurrence == 1 ? name : "\(name)[\(occurrence)]") + "-\(number)"
    }
}

/// A field: repetitions of components of subcomponents, read when they are asked for.
public struct HL7Field: Sendable {
    /// Its bytes as they came, escapes and separators with them.
    public let bytes: ArraySlice<UInt8>
    let separators: HL7Separators
    let characterSet: HL7CharacterSet
    /// MSH-1 and MSH-2 are the separators themselves, and are not parted.
    let isLiteral: Bool
    /// Where it begins in the message.
    public let byteOffset: Int

    static func absent(at offset: Int) -> HL7Field {
        HL7Field(bytes: [], separators: HL7Separators(), characterSet: .utf8, isLiteral: false, byteOffset: offset)
    }

    /// Whether nothing stands in it.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The whole as text, escapes resolved and separators left.
    public var text: String { unescaped(bytes) }

    /// Its repetitions; none for an empty field.
    public var repetitions: [HL7Field] {
        guard !isEmpty else { return [] }
        return isLiteral ? [self] : parts(by: separators.repetition)
    }

    /// The components of its first repetition, as text.
    public var components: [String] {
        guard let first = repetitions.first else { return [] }
        return isLiteral ? [text] : first.parts(by: separators.component).map(\.text)
    }

    /// The component `number` of the first repetition, 1 for the first; empty where there is none.
    public func component(_ number: Int) -> String { part(number)?.text ?? "" }

    /// The subcomponent `second` of the component `first`.
    public func subcomponent(_ first: Int, _ second: Int) -> String {
        guard let parts = part(first)?.parts(by: separators.subcomponent), parts.indices.contains(second - 1) else {
            return ""
        }
        return parts[second - 1].text
    }

    /// The bytes of the component `number`, escapes left: what an encapsulated document is decoded from.
    public func componentBytes(_ number: Int) -> ArraySlice<UInt8> { part(number)?.bytes ?? [] }

    private func part(_ number: Int) -> HL7Field? {
        guard let parts = repetitions.first?.parts(by: separators.component), parts.indices.contains(number - 1) else {
            return nil
        }
        return parts[number - 1]
    }

    private func parts(by separator: UInt8) -> [HL7Field] {
        bytes.split(separator: separator, omittingEmptySubsequences: false).map { part in
            HL7Field(
                bytes: part, separators: separators, characterSet: characterSet, isLiteral: false,
                byteOffset: byteOffset + part.startIndex - bytes.startIndex)
        }
    }

    /// The text with its escape sequences resolved (HL7 v2.5, 2.7); those that are not known stay as they are.
    private func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        guard !isLiteral, bytes.contains(separators.escape) else { return characterSet.decode(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        while let start = rest.firstIndex(of: separators.escape) {
            result += rest[..<start]
            rest = rest[(start + 1)...]
            guard let end = rest.firstIndex(of: separators.escape), let known = meaning(of: rest[..<end]) else {
                result.append(separators.escape)
                continue
            }
            result += known
            rest = rest[(end + 1)...]
        }
        return characterSet.decode(result + rest)
    }

    private func meaning(of sequence: ArraySlice<UInt8>) -> [UInt8]? {
        switch String(decoding: sequence, as: UTF8.self) {
        case "F": return [separators.field]
        case "S": return [separators.component]
        case "T": return [separators.subcomponent]
        case "R": return [separators.repetition]
        case "E": return [separators.escape]
        case ".br": return [0x0A]
        case let text where text.hasPrefix("X") && text.utf8.count % 2 == 1 && text.utf8.count > 1:
            let digits = Array(text.utf8.dropFirst())
            var bytes: [UInt8] = []
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
                    return nil
                }
                bytes.append(byte)
            }
            return bytes
        default: return nil
        }
    }
}
