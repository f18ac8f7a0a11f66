import Foundation
import Testing

/// One edit of the sample and the asserts that have to speak of it, no more and no fewer.
struct ImagingReportFault: Sendable, CustomTestStringConvertible {
    enum Base: Sendable { case structured, pdf }

    let ids: [String]
    let title: String
    let base: Base
    let edit: @Sendable (String) -> String

    var testDescription: String {
        "\(ids.joined(separator: " ")): \(title.replacingOccurrences(of: "\n", with: "⏎"))"
    }

    /// The edited report; the edit has to change the sample.
    func report() throws -> String {
        let text = base == .structured ? ImagingReportSample.text : ImagingReportSample.pdf
        let edited = edit(text)
        try #require(edited != text, "the edit changes nothing: \(title)")
        return edited
    }

    /// The first `old` after `anchor` becomes `new`.
    static func swap(
        _ ids: String, _ old: String, _ new: String, after anchor: String = "", base: Base = .structured
    ) -> Self {
        Self(ids, "\(anchor) \(old) → \(new)", base) { text in
            let from = anchor.isEmpty ? text.startIndex : text.range(of: anchor)?.upperBound ?? text.endIndex
            guard let found = text.range(of: old, range: from..<text.endIndex) else { return text }
            return text.replacingCharacters(in: found, with: new)
        }
    }

    /// The first element of that name after `anchor` goes, with its content.
    static func cut(_ ids: String, _ name: String, after anchor: String = "", base: Base = .structured) -> Self {
        Self(ids, "\(anchor) without \(name)", base) { text in
            guard let range = element(name, in: text, after: anchor) else { return text }
            return text.replacingCharacters(in: range, with: "")
        }
    }

    /// The first element of that name after `anchor` stands twice, the second time with `old` as `new`.
    static func double(
        _ ids: String, _ name: String, after anchor: String = "", _ old: String = "", _ new: String = ""
    ) -> Self {
        Self(ids, "\(anchor) twice \(name) \(old) → \(new)", .structured) { text in
            guard let range = element(name, in: text, after: anchor) else { return text }
            let copy = old.isEmpty ? String(text[range]) : text[range].replacingOccurrences(of: old, with: new)
            return text.replacingCharacters(in: range.upperBound..<range.upperBound, with: copy)
        }
    }

    /// Both links, that of the entry and that of the narrative, get `old` replaced.
    static func relink(_ ids: String, _ old: String, _ new: String) -> Self {
        let link = ImagingReportSample.link
        let changed = old.isEmpty ? new : link.replacingOccurrences(of: old, with: new)
        return Self(ids, "link \(changed)", .structured) { $0.replacingOccurrences(of: link, with: changed) }
    }

    private init(_ ids: String, _ title: String, _ base: Base, _ edit: @escaping @Sendable (String) -> String) {
        self.ids = ids.split(separator: " ").map { "CR-" + $0 }
        self.title = title
        self.base = base
        self.edit = edit
    }

    /// Where the first element of that name after `anchor` stands, tags of the same name within it counted.
    private static func element(_ name: String, in text: String, after anchor: String) -> Range<String.Index>? {
        let from = anchor.isEmpty ? text.startIndex : text.range(of: anchor)?.upperBound ?? text.endIndex
        let start = [">", " ", "/>"].compactMap {
            text.range(of: "<\(name)\($0)", range: from..<text.endIndex)?.lowerBound
        }
        guard let start = start.min() else { return nil }
        var depth = 0
        var index = start
        while let open = text.range(of: "<", range: index..<text.endIndex),
            let close = text.range(of: ">", range: open.upperBound..<text.endIndex)
        {
            let tag = text[open.upperBound..<close.lowerBound]
            let word = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace && $0 != "/" }
            if word == name {
                if tag.hasPrefix("/") { depth -= 1 } else if !tag.hasSuffix("/") { depth += 1 }
                if depth == 0 { return start..<close.upperBound }
            }
            index = close.upperBound
        }
        return nil
    }
}
