/// One sentence in the two languages of the reports.
public struct LocalizedText: Codable, Hashable, Sendable {
    /// What reviewers and vendors read first.
    public var fr: String
    /// The same in English.
    public var en: String

    /// Both languages.
    public init(fr: String, en: String) {
        self.fr = fr
        self.en = en
    }

    /// The text in `language`.
    public func text(in language: Language) -> String {
        switch language {
        case .fr: fr
        case .en: en
        }
    }
}

/// A language of the reports.
public enum Language: String, Codable, Sendable, CaseIterable {
    case fr, en
}
