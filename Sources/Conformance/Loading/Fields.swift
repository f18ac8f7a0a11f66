/// The errors of one file while it is read: reading goes on after an error, so that an author sees them all.
struct Diagnostics: Sendable {
    let file: SourceFile
    private(set) var errors: [LoadError] = []
    /// What no error may show of the file.
    private var secrets: [String] = []

    init(_ file: SourceFile) {
        self.file = file
    }

    mutating func report(_ location: SourceLocation, _ message: String, advice: String? = nil, length: Int? = nil) {
        errors.append(file.error(location, message, advice: advice, length: length))
        for secret in secrets { hide(secret, in: &errors[errors.count - 1]) }
    }

    /// Keeps `secret` out of the lines that errors show, of those before and those after.
    mutating func hide(_ secret: String) {
        guard !secret.isEmpty else { return }
        secrets.append(secret)
        for index in errors.indices { hide(secret, in: &errors[index]) }
    }

    private func hide(_ secret: String, in error: inout LoadError) {
        let stars = String(repeating: "*", count: secret.unicodeScalars.count)
        error.excerpt = error.excerpt?.replacing(secret, with: stars)
    }
}

extension SourceValue {
    /// What the value is, for a message.
    var noun: String {
        switch self {
        case .scalar(let text, _): text.isEmpty ? "nothing" : "the text '\(text.prefix(40))'"
        case .list: "a list"
        case .map: "a mapping"
        }
    }

    /// The text of a scalar.
    var scalar: String? {
        guard case .scalar(let text, _) = self else { return nil }
        return text
    }
}

/// The fields of a mapping with known keys; what is unknown, doubled, missing or of another shape is reported.
struct Fields: Sendable {
    let noun: String
    let location: SourceLocation
    private let entries: [SourceEntry]

    /// Reads `value`; nil, and a report, when it isn't a mapping.
    init?(_ value: SourceValue, of noun: String, keys: [String], _ diagnostics: inout Diagnostics) {
        guard case .map(let entries, let location) = value else {
            diagnostics.report(
                value.location,
                "\(noun) must be a mapping of \(keys.prefix(3).joined(separator: ", "))…, found \(value.noun)")
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            diagnostics.report(
                entry.keyLocation, "unknown key '\(entry.key)' in \(noun)",
                advice: Suggestion.advice(for: entry.key, among: keys)
                    ?? "known keys: \(keys.joined(separator: ", "))",
                length: entry.key.unicodeScalars.count)
        }
        self.noun = noun
        self.location = location
        self.entries = entries
    }

    /// The entry of `key`.
    subscript(key: String) -> SourceEntry? { entries.first { $0.key == key } }

    /// The value of `key`; its absence is reported.
    func required(_ key: String, _ diagnostics: inout Diagnostics) -> SourceValue? {
        guard let entry = self[key] else {
            diagnostics.report(location, "\(noun) lacks '\(key)'", advice: "add '\(key):'")
            return nil
        }
        return entry.value
    }

    /// The text of `key`, or nil where the key is absent.
    func text(_ key: String, _ diagnostics: inout Diagnostics) -> String? {
        self[key].flatMap { diagnostics.text($0.value, "'\(key)'") }
    }

    /// The text of `key`; its absence is reported.
    func requiredText(_ key: String, _ diagnostics: inout Diagnostics) -> String? {
        required(key, &diagnostics).flatMap { diagnostics.text($0, "'\(key)'") }
    }

    /// An identifier, which may stand in addresses and file names.
    func requiredIdentifier(_ key: String, _ diagnostics: inout Diagnostics) -> String? {
        guard let value = required(key, &diagnostics), let text = diagnostics.text(value, "'\(key)'") else {
            return nil
        }
        diagnostics.checkIdentifier(text, at: value.location)
        return text
    }

    /// The two languages of `key`.
    func localized(_ key: String, _ diagnostics: inout Diagnostics) -> LocalizedText? {
        self[key].flatMap { diagnostics.localized($0.value, "'\(key)'") }
    }

    /// The two languages of `key`; its absence is reported.
    func requiredLocalized(_ key: String, _ diagnostics: inout Diagnostics) -> LocalizedText? {
        required(key, &diagnostics).flatMap { diagnostics.localized($0, "'\(key)'") }
    }

    /// The texts of `key`, which may be one text or a list; none where the key is absent.
    func texts(_ key: String, _ diagnostics: inout Diagnostics) -> [(text: String, location: SourceLocation)] {
        self[key].map { diagnostics.texts($0.value, "'\(key)'") } ?? []
    }

    /// The items of the list `key`; none where the key is absent.
    func list(_ key: String, _ diagnostics: inout Diagnostics) -> [SourceValue] {
        guard let value = self[key]?.value else { return [] }
        guard case .list(let items, _) = value else {
            diagnostics.report(
                value.location, "'\(key)' must be a list, found \(value.noun)", advice: "begin each item with '- '")
            return []
        }
        return items
    }

    /// The entries of the mapping `key`; none where the key is absent.
    func map(_ key: String, _ diagnostics: inout Diagnostics) -> [SourceEntry] {
        guard let value = self[key]?.value else { return [] }
        guard case .map(let entries, _) = value else {
            diagnostics.report(
                value.location, "'\(key)' must be a mapping, found \(value.noun)", advice: "write 'name: value'")
            return []
        }
        return entries
    }

    /// `true` or `false` at `key`.
    func flag(_ key: String, default standard: Bool, _ diagnostics: inout Diagnostics) -> Bool {
        guard let value = self[key]?.value else { return standard }
        switch value.scalar {
        case "true": return true
        case "false": return false
        default:
            diagnostics.report(value.location, "'\(key)' must be true or false, found \(value.noun)")
            return standard
        }
    }

    /// One of `choices` at `key`.
    func choice(_ key: String, of choices: [String], _ diagnostics: inout Diagnostics) -> String? {
        guard let value = self[key]?.value else { return nil }
        guard let text = value.scalar, choices.contains(text) else {
            diagnostics.report(
                value.location, "'\(key)' must be one of \(choices.joined(separator: ", ")), found \(value.noun)",
                advice: Suggestion.advice(for: value.scalar ?? "", among: choices))
            return nil
        }
        return text
    }
}

extension Diagnostics {
    /// The text of a value that must not be empty.
    mutating func text(_ value: SourceValue, _ noun: String) -> String? {
        guard let text = value.scalar, !text.allSatisfy(\.isWhitespace) else {
            let advice: String? =
                if case .map = value { "put the text between quotes when it holds ': ' or begins with '{'" } else {
                    nil
                }
            report(value.location, "\(noun) must be text, found \(value.noun)", advice: advice)
            return nil
        }
        return text
    }

    /// One text, or a list of texts.
    mutating func texts(_ value: SourceValue, _ noun: String) -> [(text: String, location: SourceLocation)] {
        switch value {
        case .list(let items, _):
            return items.compactMap { item in text(item, "an item of \(noun)").map { ($0, item.location) } }
        case .scalar, .map:
            return text(value, noun).map { [($0, value.location)] } ?? []
        }
    }

    /// `{fr: …, en: …}`.
    mutating func localized(_ value: SourceValue, _ noun: String) -> LocalizedText? {
        guard let fields = Fields(value, of: noun, keys: ["fr", "en"], &self) else { return nil }
        let french = fields.requiredText("fr", &self)
        let english = fields.requiredText("en", &self)
        guard let french, let english else { return nil }
        return LocalizedText(fr: french, en: english)
    }

    /// Reports an identifier that could not stand in an address or a file name.
    mutating func checkIdentifier(_ text: String, at location: SourceLocation) {
        let isSound = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_.".unicodeScalars.contains(scalar))
        }
        guard !isSound else { return }
        report(location, "'\(text.prefix(40))' cannot name this", advice: "use letters, digits, '-', '_' and '.' only")
    }
}
