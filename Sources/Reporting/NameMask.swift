internal import Conformance

/// Finds names and addresses of the patient where messages carry them: CDA and HL7 v3 elements, the PID fields of
/// `sourcePatientInfo`, and DICOM (0010,0010) in a file, in JSON and in a listing.
enum NameMask {
    /// The bytes to replace.
    static func hiddenPositions(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var hidden: [Int] = []
        var hasElements = false
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "<"): hasElements = true
            case UInt8(ascii: "P"): hideField(at: index, in: bytes, &hidden)
            case 0x10: hideElement(at: index, in: bytes, &hidden)
            case UInt8(ascii: "("): hideListing(at: index, in: bytes, &hidden)
            case UInt8(ascii: "\""): hideMember(at: index, in: bytes, &hidden)
            default: break
            }
        }
        if hasElements { PatientElements.hide(in: bytes, &hidden) }
        return hidden
    }

    /// A value that is a name, with its label (`CR: …`), as a finding has it.
    static func hidden(_ value: String) -> String {
        let parts = value.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
        let label = parts.count == 2 ? "\(parts[0]): " : ""
        let name = parts.last ?? ""
        // What findings say where there is no name, and the shape that is asked for.
        guard !["absent", "empty", "NOM^PRENOM"].contains(name) else { return value }
        return label + String(name.map { $0.isLetter || $0.isNumber ? "*" : $0 })
    }

    private static func matches(_ text: StaticString, at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let length = text.utf8CodeUnitCount
        guard index + length <= bytes.count else { return false }
        return text.withUTF8Buffer { word in (0..<length).allSatisfy { bytes[index + $0] == word[$0] } }
    }

    private static func hide(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, _ hidden: inout [Int]) {
        for position in range where bytes[position].isOfWord { hidden.append(position) }
    }

    /// `PID-5|DOE^JANE`: name, mother's name, alias, address and telephone, to the end of the value.
    private static func hideField(at index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ hidden: inout [Int]) {
        guard matches("PID-", at: index, in: bytes) else { return }
        let digits = bytes[(index + 4)...].prefix(2).prefix { $0.isDigit }
        let start = digits.endIndex + 1
        guard start <= bytes.count, bytes[digits.endIndex] == UInt8(ascii: "|"),
            ["5", "6", "9", "11", "13"].contains(String(decoding: digits, as: UTF8.self))
        else { return }
        var end = start
        while end < bytes.count {
            if "<\"\n\r".utf8.contains(bytes[end]) || matches("&lt;", at: end, in: bytes)
                || matches(", PID-", at: end, in: bytes)
            {
                break
            }
            end += 1
        }
        hide(start..<end, in: bytes, &hidden)
    }

    /// (0010,0010) in a little-endian data set.
    private static func hideElement(at index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ hidden: inout [Int]) {
        guard index + 8 <= bytes.count, bytes[index + 1] == 0, bytes[index + 2] == 0x10, bytes[index + 3] == 0 else {
            return
        }
        let low = Int(bytes[index + 6]) | Int(bytes[index + 7]) << 8
        let isExplicit = matches("PN", at: index + 4, in: bytes)
        let length = isExplicit ? low : Int(bytes[index + 4]) | Int(bytes[index + 5]) << 8
        guard isExplicit || low == 0 else { return }
        hide((index + 8)..<min(index + 8 + length, bytes.count), in: bytes, &hidden)
    }

    /// `(0010,0010) PN [DOE^JANE]`.
    private static func hideListing(at index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ hidden: inout [Int]) {
        guard matches("(0010,0010) PN [", at: index, in: bytes) else { return }
        let name = bytes[(index + 16)...].prefix { $0 != UInt8(ascii: "]") && $0 != 0x0A }
        hide(name.startIndex..<name.endIndex, in: bytes, &hidden)
    }

    /// `"00100010": {"vr": "PN", "Value": [{"Alphabetic": "DOE^JANE"}]}`: the texts of the member that are no keys.
    private static func hideMember(at index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ hidden: inout [Int]) {
        guard matches("\"00100010\"", at: index, in: bytes) else { return }
        var position = index + 10
        var start: Int?
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if let first = start {
                if byte == UInt8(ascii: "\\") {
                    position += 1
                } else if byte == UInt8(ascii: "\"") {
                    let next = bytes[(position + 1)...].first { $0 > 0x20 }
                    let isKey = next == UInt8(ascii: ":")
                    if !isKey, !matches("PN\"", at: first, in: bytes) { hide(first..<position, in: bytes, &hidden) }
                    start = nil
                }
            } else if byte == UInt8(ascii: "\"") {
                start = position + 1
            } else if "{[".utf8.contains(byte) {
                depth += 1
            } else if "}]".utf8.contains(byte) {
                depth -= 1
                if depth <= 0 { return }
            }
            position += 1
        }
        // A name that is cut by the end of the text.
        if let start { hide(start..<bytes.count, in: bytes, &hidden) }
    }
}

/// The text of names and addresses below a patient, read without parsing: the XML may be cut, or not be XML at all.
private struct PatientElements {
    private enum Kind: Int, CaseIterable {
        case patient, role, organization, name, address, other
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var open: [(name: Range<Int>, kind: Kind)] = []
    private var counts = [Int](repeating: 0, count: Kind.allCases.count)

    static func hide(in bytes: UnsafeBufferPointer<UInt8>, _ hidden: inout [Int]) {
        var reader = PatientElements(bytes: bytes)
        reader.read(&hidden)
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private var isHiding: Bool {
        func isIn(_ kind: Kind) -> Bool { counts[kind.rawValue] > 0 }
        if isIn(.patient) { return isIn(.name) || isIn(.address) }
        return isIn(.role) && isIn(.address) && !isIn(.organization)
    }

    private mutating func read(_ hidden: inout [Int]) {
        var index = 0
        var isHiding = false
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<"), let end = tag(at: index) {
                index = end
                isHiding = self.isHiding
            } else {
                if isHiding, bytes[index] > 0x20 { hidden.append(index) }
                index += 1
            }
        }
    }

    /// Reads the tag at `start`; nil where none is. Gives what follows it.
    private mutating func tag(at start: Int) -> Int? {
        var index = start + 1
        let isEnd = index < bytes.count && bytes[index] == UInt8(ascii: "/")
        if isEnd { index += 1 }
        var first = index
        while index < bytes.count, bytes[index].isOfName {
            if bytes[index] == UInt8(ascii: ":") { first = index + 1 }
            index += 1
        }
        guard index > first else { return nil }
        let name = first..<index
        var quote: UInt8 = 0
        while index < bytes.count {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            index += 1
        }
        guard index < bytes.count else { return bytes.count }
        if isEnd {
            close(name)
        } else if bytes[index - 1] != UInt8(ascii: "/") {
            let kind = kind(of: name)
            open.append((name, kind))
            counts[kind.rawValue] += 1
        }
        return index + 1
    }

    /// What stands open within ends with it; an end without a start is nothing.
    private mutating func close(_ name: Range<Int>) {
        // Far enough for what people write, and bounded for what they don't.
        let recent = open.suffix(64)
        guard let match = recent.lastIndex(where: { bytes[$0.name].elementsEqual(bytes[name]) }) else { return }
        for element in open[match...] { counts[element.kind.rawValue] -= 1 }
        open.removeSubrange(match...)
    }

    private func kind(of name: Range<Int>) -> Kind {
        switch String(decoding: bytes[name], as: UTF8.self) {
        case "patient", "patientPerson": .patient
        case "patientRole": .role
        case "providerOrganization": .organization
        case "name", "family", "given": .name
        case "addr": .address
        default: .other
        }
    }
}

extension EvidencePlace {
    /// Whether the place holds a name or address of the patient.
    var isOfPatientName: Bool {
        if let tag, tag.hasSuffix("(0010,0010)") { return true }
        guard let xpath, xpath.contains("patient") else { return false }
        let steps = xpath.split(separator: "/").map { step in
            step.prefix { $0 != "[" }.split(separator: ":").last.map(String.init) ?? ""
        }
        return steps.contains { ["name", "family", "given", "addr"].contains($0) }
    }
}

extension UInt8 {
    /// A letter or digit, or part of a character beyond ASCII.
    fileprivate var isOfWord: Bool { isDigit || 0x61...0x7A ~= self | 0x20 || self >= 0x80 }

    /// Part of the name of an element.
    fileprivate var isOfName: Bool { isOfWord || "-_.:".utf8.contains(self) }
}
