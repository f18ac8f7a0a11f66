extension HL7Message {
    /// The most segments that are read: a message of a report has some dozens.
    private static let maximumSegments = 10_000

    /// Reads a message, with or without its MLLP frame. Blank lines before it, as in captured files, are told and passed
    /// over; places count from its MSH.
    ///
    /// - Throws: `HL7Error` where it does not begin with an MSH segment that declares its separators.
    public init(reading framed: [UInt8]) throws(HL7Error) {
        var faults: [HL7Fault] = []
        let bytes = Self.withoutLeadingBlanks(MLLP.unframed(framed, &faults), &faults)
        guard bytes.starts(with: "MSH".utf8), bytes.count > 7 else {
            throw HL7Error(
                fr: "Un message HL7 v2 commence par le segment MSH et ses séparateurs (MSH|^~\\&)",
                en: "An HL7 v2 message begins with the segment MSH and its separators (MSH|^~\\&)", at: 0)
        }
        guard let separators = Self.separators(bytes) else {
            throw HL7Error(
                fr: "MSH-1 et MSH-2 ne déclarent pas cinq séparateurs différents (|^~\\&)",
                en: "MSH-1 and MSH-2 do not declare five separators that differ (|^~\\&)", at: 3)
        }
        let lines = Self.lines(bytes, &faults)
        let characterSet = Self.characterSet(bytes, lines.first, separators, &faults)
        var occurrences: [String: Int] = [:]
        var segments: [HL7Segment] = []
        for line in lines {
            let name = String(decoding: bytes[line].prefix(3), as: UTF8.self)
            let isNamed =
                name.utf8.count == 3
                && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
                && (line.count == 3 || bytes[line.lowerBound + 3] == separators.field)
            guard isNamed else {
                faults.append(
                    HL7Fault(
                        .segmentName,
                        fr: "Une ligne ne commence pas par un nom de segment de trois lettres : elle n'est pas lue",
                        en: "A line does not begin with a segment name of three letters: it is not read",
                        at: line.lowerBound))
                continue
            }
            let occurrence = (occurrences[name] ?? 0) + 1
            occurrences[name] = occurrence
            segments.append(
                HL7Segment(
                    name: name, occurrence: occurrence, byteOffset: line.lowerBound,
                    fields: Self.fields(bytes, line, name, separators, characterSet)))
        }
        self.bytes = bytes
        self.separators = separators
        self.characterSet = characterSet
        self.segments = segments
        self.faults = faults.sorted { $0.byteOffset < $1.byteOffset }
    }

    private static func withoutLeadingBlanks(_ bytes: [UInt8], _ faults: inout [HL7Fault]) -> [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let rest = bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0).drop { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }
        guard rest.count < bytes.count, rest.starts(with: "MSH".utf8) else { return bytes }
        // Those that are known count from the MSH, too.
        faults = faults.map { $0.moved(by: rest.count - bytes.count) }
        faults.append(
            HL7Fault(
                .leadingBlanks, fr: "Des blancs ou une marque UTF-8 précèdent MSH",
                en: "Blanks or a mark of UTF-8 precede MSH", at: 0))
        return Array(rest)
    }

    private static func separators(_ bytes: [UInt8]) -> HL7Separators? {
        var separators = HL7Separators()
        separators.field = bytes[3]
        let end = bytes[4...].firstIndex { $0 == separators.field || $0 == 0x0D || $0 == 0x0A } ?? bytes.endIndex
        let declared = Array(bytes[4..<end])
        // HL7 v2.7 adds a fifth: the truncation character.
        guard (4...5).contains(declared.count) else { return nil }
        separators.component = declared[0]
        separators.repetition = declared[1]
        separators.escape = declared[2]
        separators.subcomponent = declared[3]
        let all = [separators.field] + declared
        guard Set(all).count == all.count,
            all.allSatisfy({ byte in
                (0x21...0x7E).contains(byte) && !(0x30...0x39).contains(byte) && !(0x41...0x5A).contains(byte)
                    && !(0x61...0x7A).contains(byte)
            })
        else { return nil }
        return separators
    }

    /// The ranges of the segments. CR ends one; LF, and CR with LF, are read as its end and told once.
    private static func lines(_ bytes: [UInt8], _ faults: inout [HL7Fault]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        var isTold = false
        func end(at index: Int) { if index > start { lines.append(start..<index) } }
        for (index, byte) in bytes.enumerated() where byte == 0x0D || byte == 0x0A {
            if byte == 0x0A, !isTold {
                isTold = true
                faults.append(
                    HL7Fault(
                        .segmentEnd, fr: "Un segment finit par LF au lieu de CR seul",
                        en: "A segment ends by LF in the place of CR alone", at: index))
            }
            end(at: index)
            start = index + 1
            guard lines.count < maximumSegments else {
                faults.append(
                    HL7Fault(
                        .tooMany, fr: "Plus de \(maximumSegments) segments : la suite n'est pas lue",
                        en: "More than \(maximumSegments) segments: the rest is not read", at: index))
                return lines
            }
        }
        end(at: bytes.count)
        return lines
    }

    private static func fields(
        _ bytes: [UInt8], _ line: Range<Int>, _ name: String, _ separators: HL7Separators,
        _ characterSet: HL7CharacterSet
    ) -> [HL7Field] {
        func field(_ slice: ArraySlice<UInt8>, isLiteral: Bool = false) -> HL7Field {
            HL7Field(
                bytes: slice, separators: separators, characterSet: characterSet, isLiteral: isLiteral,
                byteOffset: slice.startIndex)
        }
        guard line.count > 3 else { return [] }
        let parts = bytes[(line.lowerBound + 4)..<line.upperBound].split(
            separator: separators.field, omittingEmptySubsequences: false)
        guard name == "MSH" else { return parts.map { field($0) } }
        // MSH-1 is the separator that follows the name.
        let first = field(bytes[(line.lowerBound + 3)...(line.lowerBound + 3)], isLiteral: true)
        return [first] + parts.enumerated().map { field($0.element, isLiteral: $0.offset == 0) }
    }

    /// MSH-18 where it is known; else UTF-8 where the bytes are that, else ISO 8859-1.
    private static func characterSet(
        _ bytes: [UInt8], _ header: Range<Int>?, _ separators: HL7Separators, _ faults: inout [HL7Fault]
    ) -> HL7CharacterSet {
        guard let header else { return .utf8 }
        let fields = Self.fields(bytes, header, "MSH", separators, .utf8)
        let field = fields.count > 17 ? fields[17] : nil
        let declared = field?.components.first ?? ""
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        guard !declared.isEmpty else {
            if bytes.contains(where: { $0 >= 0x80 }) {
                faults.append(
                    HL7Fault(
                        .characterSet, fr: "MSH-18 est vide alors que le message a des caractères hors de l'ASCII",
                        en: "MSH-18 is empty though the message has characters beyond ASCII", at: header.lowerBound))
            }
            return isUTF8 ? .utf8 : .latin1
        }
        guard let known = HL7CharacterSet(rawValue: declared) else {
            faults.append(
                HL7Fault(
                    .characterSet,
                    fr: "MSH-18 « \(declared) » n'est pas ASCII, 8859/1, 8859/15 ou UNICODE UTF-8",
                    en: "MSH-18 '\(declared)' is not ASCII, 8859/1, 8859/15 or UNICODE UTF-8",
                    at: field?.byteOffset ?? 0))
            return isUTF8 ? .utf8 : .latin1
        }
        let first = bytes.firstIndex { $0 >= 0x80 }
        if let first, known == .ascii || (known == .utf8 && !isUTF8) {
            faults.append(
                HL7Fault(
                    .character, fr: "Le message a des octets que \(declared) (MSH-18) n'a pas",
                    en: "The message has bytes that \(declared) (MSH-18) does not have", at: first))
            return isUTF8 ? .utf8 : .latin1
        }
        return known
    }
}
