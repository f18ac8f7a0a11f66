import Conformance
import Reporting

/// Records for the tests: invented patients, test OIDs, no byte of a real exchange.
enum Sample {
    static let instant = "2026-03-02T09:15:30Z"

    static func both(_ fr: String, _ en: String) -> LocalizedText { LocalizedText(fr: fr, en: en) }

    static func digest(_ seed: Int) -> String {
        let text = String(seed, radix: 16)
        return String(repeating: "a", count: 64 - text.count) + text
    }
}
