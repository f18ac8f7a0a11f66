/// A line of the tag tree of a report.
public struct ElementDescription: Sendable, Hashable {
    /// How many sequences stand around it.
    public let depth: Int
    /// The attribute; `(FFFE,E000)` for the head of an item.
    public let tag: Tag
    /// The representation; nil for the head of an item.
    public let vr: VR?
    /// The keyword; empty where the dictionary has none.
    public let keyword: String
    /// The name; empty where the dictionary has none.
    public let name: String
    /// The value as text, cut at the limit with `…`; the number of items or bytes where the value is no text.
    public let text: String
    /// Where it begins in the bytes that were read.
    public let byteOffset: Int
    /// The length of the value in bytes; nil where it is undefined or the element was made here.
    public let length: Int?
    /// The whole way to it.
    public let path: TagPath
}

extension DataSet {
    /// The tree of the elements, depth first, for people: at most `limit` lines, values of at most `width` characters.
    ///
    /// The second value says whether lines were left out.
    public func describe(limit: Int = 2000, width: Int = 160) -> (lines: [ElementDescription], isCut: Bool) {
        var lines: [ElementDescription] = []
        let isWhole = append(to: &lines, limit: limit, width: min(width, 1 << 24), path: TagPath())
        return (lines, !isWhole)
    }

    private func append(to lines: inout [ElementDescription], limit: Int, width: Int, path: TagPath) -> Bool {
        for element in elements {
            guard lines.count < limit else { return false }
            lines.append(line(for: element, width: width, path: path.element(element.tag)))
            for (index, item) in element.items.enumerated() {
                guard lines.count < limit else { return false }
                let inner = path.item(element.tag, index + 1)
                lines.append(
                    ElementDescription(
                        depth: inner.steps.count, tag: .item, vr: nil, keyword: "Item", name: "Item \(index + 1)",
                        text: "", byteOffset: item.byteOffset, length: nil, path: inner))
                guard item.append(to: &lines, limit: limit, width: width, path: inner) else { return false }
            }
        }
        return true
    }

    private func line(for element: DataElement, width: Int, path: TagPath) -> ElementDescription {
        let entry = DataDictionary.entry(element.tag)
        return ElementDescription(
            depth: path.steps.count, tag: element.tag, vr: element.vr, keyword: entry?.keyword ?? "",
            name: DataDictionary.name(element.tag) ?? "", text: shown(element, width: width),
            byteOffset: element.byteOffset, length: element.length, path: path)
    }

    private func shown(_ element: DataElement, width: Int) -> String {
        switch element.value {
        case .items(let items): return items.count == 1 ? "1 item" : "\(items.count) items"
        case .fragments(let fragments): return "\(max(0, fragments.count - 1)) fragments"
        case .bytes(let bytes):
            guard element.meaning.isText || [.AT, .FD, .FL, .SL, .SS, .SV, .UL, .US, .UV].contains(element.meaning)
            else {
                return bytes.isEmpty
                    ? "" : "\(bytes.count) bytes: " + hexadecimal(bytes.prefix(16)) + (bytes.count > 16 ? "…" : "")
            }
            // A value of megabytes is not decoded whole for a line of it.
            let bounded = DataElement(element.tag, element.vr, .bytes(bytes.prefix(width * 8)))
            let whole = bounded.strings(characterSet).joined(separator: "\\")
            let isCut = whole.count > width || bytes.count > width * 8
            return isCut ? String(whole.prefix(width)) + "…" : whole
        }
    }

    private func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }

    /// The faults of the text: bytes that the declared set does not have, and UTF-8 under another declaration.
    public func characterFaults(limit: Int = 1000) -> [DICOMNote] {
        var notes: [DICOMNote] = []
        appendCharacterFaults(to: &notes, limit: limit, path: TagPath())
        return notes
    }

    private func appendCharacterFaults(to notes: inout [DICOMNote], limit: Int, path: TagPath) {
        for element in elements where notes.count < limit {
            for (index, item) in element.items.enumerated() {
                item.appendCharacterFaults(to: &notes, limit: limit, path: path.item(element.tag, index + 1))
            }
            guard element.meaning.isText, !element.bytes.isEmpty else { continue }
            if let (code, message) = characterFault(of: element) {
                notes.append(
                    DICOMNote(
                        code, message, byteOffset: element.byteOffset, tagPath: path.element(element.tag).description))
            }
        }
    }

    private func characterFault(of element: DataElement) -> (DICOMNote.Code, String)? {
        let vr = element.meaning
        let declared = vr.usesSpecificCharacterSet ? characterSet : .ascii
        let name = declared.terms.isEmpty ? "ISO_IR 6" : declared.terms.joined(separator: "\\")
        for value in element.rawValues {
            let bad = declared.decode(value, isPersonName: vr == .PN).undecodable
            if let first = bad.first {
                let byte = value[value.startIndex + first]
                return (
                    .undecodable,
                    "byte 0x\(hexadecimal([byte])) at \(first) of the value is no character of \(name)"
                )
            }
            if !declared.terms.contains("ISO_IR 192"), SpecificCharacterSet.looksLikeUTF8(value) {
                return (.disguisedUTF8, "the value is UTF-8, but (0008,0005) declares \(name)")
            }
        }
        return nil
    }
}
