internal import Conformance

/// Values that must not stand in records, reports or evidence: those that the target file takes from the environment.
///
/// A system under test may send a token back, in a header, a page or an error text.
struct Secrets: Sendable {
    private let values: [String]
    /// Header fields whose values are secrets, whatever they are.
    private static let fields: Set<String> = ["authorization", "proxy-authorization", "cookie", "set-cookie"]

    /// Hides `values`; those of less than six characters would hide half of the evidence.
    init(_ values: [String]) { self.values = values.filter { $0.utf8.count >= 6 } }

    /// `text` without the values.
    func hidden(_ text: String) -> String {
        var text = text
        for value in values where text.contains(value) { text = text.replacing(value, with: "●●●") }
        // An expression is read each time it is used: most texts need none.
        guard text.utf8.contains(UInt8(ascii: "=")), text.contains("_token=") || text.contains("_secret=") else {
            return text
        }
        // Parameters of an address that are secrets, whoever gave them.
        return text.replacing(/((?:access_token|id_token|refresh_token|client_secret)=)[^&\s"'<>]+/) {
            "\($0.output.1)●●●"
        }
    }

    /// A header value as it may be shown: the scheme of a credential stays.
    func hidden(field name: String, _ value: String) -> String {
        guard Self.fields.contains(name.lowercased()) else { return hidden(value) }
        let scheme = value.split(separator: " ", maxSplits: 1)
        return scheme.count == 2 && !name.lowercased().hasSuffix("cookie") ? "\(scheme[0]) ●●●" : "●●●"
    }

    /// A head with the values of its secret fields replaced.
    func hidden(head: [UInt8]) -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        let lines = head.split(separator: newline, omittingEmptySubsequences: false).map { line -> [UInt8] in
            let text = String(decoding: line, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":") else { return Array(hidden(text).utf8) }
            let name = String(text[..<colon])
            let isEnded = text.hasSuffix("\r")
            let value = text[text.index(after: colon)...].drop { $0 == " " }
            let shown = hidden(field: name, String(isEnded ? value.dropLast() : value))
            return Array("\(name): \(shown)\(isEnded ? "\r" : "")".utf8)
        }
        return Array(lines.joined(separator: [newline]))
    }

    /// The bytes with each value replaced by as many stars, so that offsets stay; nil when none is there.
    func hidden(body: [UInt8]) -> [UInt8]? {
        var result: [UInt8]?
        for value in values {
            let sought = Array(value.utf8)
            var rest = (result ?? body)[...]
            while let range = rest.firstRange(of: sought) {
                var bytes = result ?? body
                bytes.replaceSubrange(range, with: [UInt8](repeating: UInt8(ascii: "*"), count: sought.count))
                result = bytes
                rest = bytes[range.upperBound...]
            }
        }
        return result
    }

    /// A step without the values in its texts.
    func hidden(_ step: StepRecord) -> StepRecord {
        var step = step
        step.captures = step.captures.mapValues(hidden)
        if var exchange = step.exchange {
            exchange.error = exchange.error.map(hidden)
            exchange.url = hidden(exchange.url)
            step.exchange = exchange
        }
        for index in step.checks.indices {
            step.checks[index].reason = step.checks[index].reason.map(hidden)
            step.checks[index].findings = step.checks[index].findings.map { finding in
                var finding = finding
                finding.message = hidden(finding.message)
                finding.expected = finding.expected.map(hidden)
                finding.actual = finding.actual.map(hidden)
                return finding
            }
        }
        return step
    }

    private func hidden(_ text: LocalizedText) -> LocalizedText {
        LocalizedText(fr: hidden(text.fr), en: hidden(text.en))
    }
}
