/// Changes a document in one place, at random, without looking at any schema.
struct DocumentMutator {
    /// The kinds of changes.
    enum Kind: String, CaseIterable, Hashable, Sendable {
        case removeElement, repeatElement, swapSiblings, renameElement, emptyElement, unwrapElement
        case removeAttribute, addAttribute, renameAttribute, changeValue, changeType, setNullFlavor
        case insertText, insertForeign, insertNamed, copyElement
    }

    private struct Attribute {
        /// From the white space before the name to the closing quote.
        let range: Range<Int>
        let name: [UInt8]
        let value: [UInt8]
    }

    private struct Tag {
        let start: Int
        let name: [UInt8]
        let attributes: [Attribute]
        let isEmpty: Bool
        let parent: Int?
        var children: [Int] = []
        /// Where the content begins: behind the start tag.
        let contentStart: Int
        var contentEnd: Int
        var end: Int

        /// Where one more attribute may be written.
        var attributesEnd: Int { contentStart - (isEmpty ? 2 : 1) }

        func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == Array(name.utf8) } }
    }

    let bytes: [UInt8]
    private var tags: [Tag] = []

    /// - Parameter bytes: a well-formed document without DOCTYPE.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        scan()
    }

    /// The document with one change; nil where the kind fits no place that was drawn.
    func mutant(_ kind: Kind, _ random: inout SeededGenerator) -> [UInt8]? {
        let index = Int.random(in: 1..<tags.count, using: &random)
        let tag = tags[index]
        switch kind {
        case .removeElement: return replacing(tag.start..<tag.end, "")
        case .repeatElement: return replacing(tag.end..<tag.end, bytes[tag.start..<tag.end])
        case .emptyElement:
            return tag.contentStart == tag.contentEnd ? nil : replacing(tag.contentStart..<tag.contentEnd, "")
        case .unwrapElement:
            return tag.isEmpty ? nil : replacing(tag.start..<tag.end, bytes[tag.contentStart..<tag.contentEnd])
        case .swapSiblings: return swapped(index, &random)
        case .renameElement:
            let isForeign = Int.random(in: 0..<3, using: &random) == 0
            let name = isForeign ? any(tags, &random).name : Array(any(Self.names, &random).utf8)
            return renamed(tag, name)
        case .removeAttribute, .renameAttribute, .changeValue: return withAttribute(of: tag, kind, &random)
        case .addAttribute:
            let name = any(Self.attributes, &random)
            guard tag.attribute(name) == nil else { return nil }
            let value = any(name == "xsi:type" ? Self.types : Self.values, &random)
            return replacing(tag.attributesEnd..<tag.attributesEnd, " \(name)=\"\(value)\"")
        case .changeType:
            let typed = tags.filter { $0.attribute("xsi:type") != nil }
            let isTyped = !typed.isEmpty && Int.random(in: 0..<10, using: &random) < 7
            return setting("xsi:type", any(Self.types, &random), of: isTyped ? any(typed, &random) : tag)
        case .setNullFlavor: return setting("nullFlavor", any(Self.nullFlavors, &random), of: tag)
        case .insertText: return inserting(Array("text".utf8), in: tag, &random)
        case .insertForeign: return inserting(Array(any(Self.foreign, &random).utf8), in: tag, &random)
        case .insertNamed:
            let name = any(Self.names, &random)
            let attribute = any(["", " nullFlavor=\"NA\"", " code=\"a\"", " value=\"1\""], &random)
            return inserting(Array("<\(name)\(attribute)/>".utf8), in: tag, &random)
        case .copyElement:
            let other = tags[Int.random(in: 1..<tags.count, using: &random)]
            guard other.end - other.start < 20_000 else { return nil }
            return inserting(bytes[other.start..<other.end], in: tag, &random)
        }
    }

    private func any<Value>(_ values: [Value], _ random: inout SeededGenerator) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    private func replacing(_ range: Range<Int>, _ text: String) -> [UInt8] { replacing(range, Array(text.utf8)) }

    private func replacing(_ range: Range<Int>, _ text: some Collection<UInt8>) -> [UInt8] {
        var result = bytes
        result.replaceSubrange(range, with: text)
        return result
    }

    private func swapped(_ index: Int, _ random: inout SeededGenerator) -> [UInt8]? {
        guard let parent = tags[index].parent else { return nil }
        let other = any(tags[parent].children, &random)
        guard other != index else { return nil }
        let (first, second) = (tags[min(index, other)], tags[max(index, other)])
        let between = bytes[first.end..<second.start]
        let text = bytes[second.start..<second.end] + between + bytes[first.start..<first.end]
        return replacing(first.start..<second.end, text)
    }

    private func renamed(_ tag: Tag, _ name: [UInt8]) -> [UInt8]? {
        guard name != tag.name else { return nil }
        var text = [0x3C] + name + bytes[tag.start + 1 + tag.name.count..<tag.contentEnd]
        if !tag.isEmpty { text += Array("</".utf8) + name + [0x3E] }
        return replacing(tag.start..<tag.end, text)
    }

    private func withAttribute(of tag: Tag, _ kind: Kind, _ random: inout SeededGenerator) -> [UInt8]? {
        let attributes = tag.attributes.filter { !$0.name.starts(with: "xmlns".utf8) }
        guard !attributes.isEmpty else { return nil }
        let attribute = any(attributes, &random)
        if kind == .removeAttribute { return replacing(attribute.range, "") }
        var name = String(decoding: attribute.name, as: UTF8.self)
        var value = String(decoding: attribute.value, as: UTF8.self)
        if kind == .renameAttribute {
            name = any(Self.attributes, &random)
            guard tag.attribute(name) == nil else { return nil }
        } else {
            let old = value
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<3: value += any(["X", " ", "0", "."], &random)
            case 3, 4: value = String(value.dropLast())
            case 5: value = value == value.lowercased() ? value.uppercased() : value.lowercased()
            default: value = any(Self.values, &random)
            }
            guard value != old, !value.contains("\"") else { return nil }
        }
        return replacing(attribute.range, " \(name)=\"\(value)\"")
    }

    private func setting(_ name: String, _ value: String, of tag: Tag) -> [UInt8]? {
        guard let attribute = tag.attribute(name) else {
            return replacing(tag.attributesEnd..<tag.attributesEnd, " \(name)=\"\(value)\"")
        }
        return attribute.value == Array(value.utf8) ? nil : replacing(attribute.range, " \(name)=\"\(value)\"")
    }

    private func inserting(_ text: some Collection<UInt8>, in tag: Tag, _ random: inout SeededGenerator) -> [UInt8] {
        if tag.isEmpty {
            let end = Array("</".utf8) + tag.name + [0x3E]
            return replacing(tag.contentStart - 2..<tag.end, [0x3E] + Array(text) + end)
        }
        let place = any([tag.contentStart, tag.contentEnd] + tag.children.map { tags[$0].end }, &random)
        return replacing(place..<place, text)
    }

    // MARK: Where the tags are

    private mutating func scan() {
        var open: [Int] = []
        var position = 0
        while let start = bytes[position...].firstIndex(of: 0x3C) {
            let next = bytes[start + 1]
            if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
                let closing = next == UInt8(ascii: "?") ? "?>" : bytes[start + 2] == UInt8(ascii: "-") ? "-->" : "]]>"
                position = end(of: closing, from: start)
            } else if next == UInt8(ascii: "/") {
                position = end(of: ">", from: start)
                if let closed = open.popLast() {
                    tags[closed].contentEnd = start
                    tags[closed].end = position
                }
            } else {
                let tag = startTag(at: start, parent: open.last)
                if let parent = open.last { tags[parent].children.append(tags.count) }
                if !tag.isEmpty { open.append(tags.count) }
                tags.append(tag)
                position = tag.contentStart
            }
        }
    }

    private func end(of text: String, from start: Int) -> Int {
        let needle = Array(text.utf8)
        var position = start
        while !bytes[position...].starts(with: needle) { position += 1 }
        return position + needle.count
    }

    private func startTag(at start: Int, parent: Int?) -> Tag {
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        var position = start + 1
        while bytes[position] != 0x3E, bytes[position] != 0x2F, !isBlank(bytes[position]) { position += 1 }
        let name = Array(bytes[start + 1..<position])
        var attributes: [Attribute] = []
        while true {
            let before = position
            while isBlank(bytes[position]) { position += 1 }
            guard bytes[position] != 0x3E, bytes[position] != 0x2F else { break }
            let nameStart = position
            while bytes[position] != 0x3D, !isBlank(bytes[position]) { position += 1 }
            let name = Array(bytes[nameStart..<position])
            while bytes[position] != 0x22, bytes[position] != 0x27 { position += 1 }
            let quote = bytes[position]
            let valueStart = position + 1
            position = bytes[valueStart...].firstIndex(of: quote) ?? valueStart
            attributes.append(
                Attribute(range: before..<position + 1, name: name, value: Array(bytes[valueStart..<position])))
            position += 1
        }
        let isEmpty = bytes[position] == 0x2F
        let content = position + (isEmpty ? 2 : 1)
        return Tag(
            start: start, name: name, attributes: attributes, isEmpty: isEmpty, parent: parent, contentStart: content,
            contentEnd: content, end: content)
    }

    // MARK: What is drawn from

    private static func words(_ text: String) -> [String] { text.split { $0.isWhitespace }.map(String.init) }

    private static let names = words(
        """
        id code text title value effectiveTime templateId realmCode typeId statusCode languageCode low high width
        center name addr telecom time originalText qualifier translation reference entryRelationship entry component
        section observation act procedure organizer participant participantRole author informant performer specimen
        subject consumable assignedEntity assignedPerson representedOrganization table tbody tr td th thead paragraph
        list item content br caption footnote renderMultiMedia linkHtml given family prefix suffix streetAddressLine
        postalCode city country methodCode targetSiteCode interpretationCode repeatNumber functionCode precondition
        referenceRange setId versionNumber unknown
        """)
    private static let attributes = words(
        """
        nullFlavor code codeSystem displayName codeSystemName codeSystemVersion root extension value unit classCode
        moodCode typeCode determinerCode contextControlCode contextConductionInd negationInd inversionInd ID styleCode
        use mediaType representation operator inclusive partType qualifier language unsorted displayable
        assigningAuthorityName unknown border align colspan rowspan href listType xsi:type xsi:nil xml:lang xml:space
        """)
    private static let types = words(
        """
        CD CE CV CS CO CR PQ PQR IVL_TS IVL_PQ IVL_INT IVL_REAL PIVL_TS EIVL_TS SXPR_TS TS INT REAL BL BN ST ED II TEL
        AD EN PN ON TN MO RTO RTO_PQ_PQ ANY QTY URL SC ADXP Unknown SXCM_TS IVXB_TS HXIT_PQ BXIT_CD
        """)
    private static let nullFlavors = words("NI INV DER OTH NINF PINF MSK NA UNC UNK ASKU NAV NASK QS TRC XX NP ni")
    private static let values =
        words(
            """
            true false 1 0 TRUE EVN INT RQO GOL OBS ACT DOC COMP SUBJ REFR XCRPT RSON AUT PRF LOC ASSIGNED PAT PSN
            INSTANCE KIND OP NI UNK NAV MSK XX x 2024 20240101 202401011200 20240101120000+0100 20240101120000.5+0100
            2024-01-01 20240101T12 999999999999999 1.2.250.1.213 1.2..3 01.2 urn:oid:1.2.3 1.02.3 3.1.2
            a1b2c3d4-0000-1111-2222-333344445555 NotAUid -12 1.5 1,5 1e3 NaN INF TXT B64 text/plain application/pdf
            tel:+33123456789 %zz #ref1 fr-FR CL FAM DEL
            """) + ["", " ", "a b", "1.2.3 ", " EVN ", "H WP", "HP XX", "http://a b/"]
    private static let foreign = [
        "<x:unknown xmlns:x=\"urn:unknown\"/>", "<x:unknown xmlns:x=\"urn:unknown\"><x:y>z</x:y></x:unknown>",
        "<x:id xmlns:x=\"urn:hl7-org:sdtc\" root=\"1.2.3\"/>", "<x:desc xmlns:x=\"urn:hl7-org:sdtc\">t</x:desc>",
        "<x:functionCode xmlns:x=\"urn:hl7-org:sdtc\" code=\"A\"/>",
        "<x:statusCode xmlns:x=\"urn:oid:1.3.6.1.4.1.19376.1.3.2\" code=\"active\"/>",
        "<x:formCode xmlns:x=\"urn:ihe:pharm:medication\" code=\"a\"/>",
        "<x:accessionNumber xmlns:x=\"urn:dicom-org:ps3-20\" extension=\"1\"/>",
        "<x:raceCode xmlns:x=\"urn:hl7-org:sdtc\" code=\"A\"/>", "<unknown xmlns=\"\"/>",
    ]
}
