import HTTP

/// One entry of an `Accept` header.
public struct AcceptEntry: Sendable, Hashable {
    /// A weight as it was written.
    public struct Weight: Sendable, Hashable {
        public let text: String
        /// nil where the text is no decimal number.
        public let value: Double?
        /// Whether it is 0 to 1 with at most three decimals (RFC 9110, 12.4.2).
        public var isLegal: Bool {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard let value, (0...1).contains(value), parts.count <= 2, parts[0] == "0" || parts[0] == "1" else {
                return false
            }
            return parts.count == 1 || parts[1].utf8.count <= 3
        }
    }

    /// The entry as it was written, without outer blanks.
    public let text: String
    /// `multipart/related` in lower case; nil where the entry has parameters alone.
    public let mediaType: String?
    private let content: MediaType?

    /// The value of a parameter, its name read without regard to case.
    public subscript(_ name: String) -> String? { content?[name] }

    /// `transfer-syntax`.
    public var transferSyntax: String? { self["transfer-syntax"] }
    /// `boundary`.
    public var boundary: String? { self["boundary"] }
    /// `type`: what the parts are.
    public var partType: String? { self["type"]?.lowercased() }
    /// `q`; nil where there is none, which means 1.
    public var weight: Weight? {
        guard let text = self["q"] else { return nil }
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { $0 == 46 || (48...57).contains($0) }
        return Weight(text: text, value: isNumber ? Double(text) : nil)
    }
    /// Whether it asks for DICOM files in a multipart answer; an entry without media type, seen in official samples,
    /// counts when it names a transfer syntax.
    public var isDICOM: Bool {
        switch mediaType {
        case "multipart/related": partType == "application/dicom"
        case "application/dicom": true
        case nil: transferSyntax != nil
        case "*/*", "multipart/*": true
        default: false
        }
    }

    /// Whether it takes anything: `*/*`, or any multipart.
    public var isWildcard: Bool { mediaType == "*/*" || mediaType == "multipart/*" }
    /// Whether `type` is in quotes, as a value with a slash has to be (RFC 9110, 5.6.6); true where there is none.
    public var hasQuotedType: Bool {
        guard let type = self["type"], type.contains("/") else { return true }
        return text.lowercased().contains("\"\(type.lowercased())\"")
    }

    init(_ text: String) {
        self.text = text
        let whole = MediaType(text)
        mediaType = whole?.essence
        content = whole ?? MediaType("x/x;\(text)")
    }
}

/// What a WADO-RS client says that it takes: one header with commas, repeated headers, or both.
public struct AcceptList: Sendable, Hashable {
    /// What a server does with the list.
    public enum Choice: Sendable, Hashable {
        /// Serve this transfer syntax in parts parted by the boundary offered.
        case serve(transferSyntax: String, boundary: String?)
        /// Nothing that the client takes can be made.
        case notAcceptable
    }

    /// In the order of writing.
    public let entries: [AcceptEntry]

    /// Reads the values of all `Accept` headers; empty entries, as after a trailing comma, are left out.
    public init(_ values: [String]) {
        entries = values.flatMap { MediaType.list($0) }.map(\.text).filter { !$0.isEmpty }.map(AcceptEntry.init)
    }

    /// Whether the client named no entry at all.
    public var isEmpty: Bool { entries.isEmpty }
    /// The entries that ask for DICOM files.
    public var dicomEntries: [AcceptEntry] { entries.filter(\.isDICOM) }
    /// The transfer syntaxes named, without repetition, in the order of writing.
    public var transferSyntaxes: [String] {
        var seen: Set<String> = []
        return entries.compactMap(\.transferSyntax).filter { seen.insert($0).inserted }
    }

    /// Chooses the syntax of greatest weight among those that can be made; at equal weight the stored one wins, then the
    /// one named first. Weight 0 excludes (RFC 9110, 12.4.2). An entry without syntax, or with `*`, takes the stored one.
    public func choose(stored: String, producible: Set<String>) -> Choice {
        let offers = dicomEntries.compactMap { entry -> (syntax: String, weight: Double)? in
            let weight = entry.weight.map { $0.value ?? 0 } ?? 1
            let named = entry.transferSyntax ?? "*"
            let syntax = named == "*" ? stored : named
            return weight > 0 && producible.contains(syntax) ? (syntax, weight) : nil
        }
        guard let best = offers.map(\.weight).max() else { return .notAcceptable }
        let finalists = offers.filter { $0.weight == best }
        let chosen = finalists.first { $0.syntax == stored } ?? finalists.first
        guard let chosen else { return .notAcceptable }
        return .serve(transferSyntax: chosen.syntax, boundary: entries.compactMap(\.boundary).first { !$0.isEmpty })
    }
}
