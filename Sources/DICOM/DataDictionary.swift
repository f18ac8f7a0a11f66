/// The attributes that the standard names (DICOM PS3.6): those of the modules of image, report and key object instances.
public enum DataDictionary {
    /// What the standard says of an attribute.
    public struct Entry: Sendable, Hashable {
        /// The attribute.
        public let tag: Tag
        /// The representation; of those that depend on others, the usual one (`US` for "US or SS", `OW` for "OB or OW").
        public let vr: VR
        /// The keyword: `SOPInstanceUID`.
        public let keyword: String
        /// The name: `SOP Instance UID`.
        public let name: String
        /// Other representations that the standard allows.
        public let alternatives: [VR]
    }

    /// What the standard says of `tag`, or nil where this dictionary does not know it.
    public static func entry(_ tag: Tag) -> Entry? { byTag[tag] }

    /// The keyword of `tag`, or nil.
    public static func keyword(_ tag: Tag) -> String? { byTag[tag]?.keyword }

    /// The name of `tag`, or nil; private creators and group lengths have one too.
    public static func name(_ tag: Tag) -> String? {
        if let name = byTag[tag]?.name { return name }
        if tag.isGroupLength { return "Group Length" }
        return tag.isPrivateCreator ? "Private Creator" : nil
    }

    /// The tag of a keyword, or nil.
    public static func tag(_ keyword: String) -> Tag? { byKeyword[keyword] }

    /// The representation of `tag` where the encoding does not say it (PS3.5, 7.1.3 and 7.8.1): UN for an unknown one.
    public static func vr(_ tag: Tag) -> VR {
        if let entry = byTag[tag] { return entry.vr }
        if tag.isGroupLength { return .UL }
        return tag.isPrivateCreator ? .LO : .UN
    }

    /// All entries, ascending by tag.
    public static let all: [Entry] = TableLine.parse(table) { line in
        guard let tag = Tag(line.word()) else { return nil }
        let code = line.word()
        let keyword = line.word()
        let (vr, alternatives): (VR, [VR]) =
            switch code {
            case "XS": (.US, [.SS, .OW])
            case "OX": (.OW, [.OB])
            case _: (VR(rawValue: code) ?? .UN, [])
            }
        return Entry(tag: tag, vr: vr, keyword: keyword, name: line.rest(), alternatives: alternatives)
    }

    private static let byTag = Dictionary(all.map { ($0.tag, $0) }) { first, _ in first }

    private static let byKeyword = Dictionary(all.map { ($0.keyword, $0.tag) }) { first, _ in first }
}

/// The dictionary under the name that says its field.
public typealias DICOMDictionary = DataDictionary
