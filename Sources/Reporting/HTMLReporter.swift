public import Conformance

/// Writes the report that people read: one HTML file that needs nothing else.
///
/// No script, no resource from outside (its Content-Security-Policy says so); French and English both stand in the page
/// and a switch shows one. What comes from outside is escaped, national identifiers are masked.
public enum HTMLReporter {
    /// What the person may choose.
    public struct Options: Sendable {
        /// Whether national identifiers stay readable.
        public var showsIdentities: Bool
        /// How many bytes of a body are shown.
        public var excerptLimit: Int
        /// How many bytes of bodies are shown in all; what comes after is only linked.
        public var excerptBudget: Int

        /// The standard report.
        public init(showsIdentities: Bool = false, excerptLimit: Int = 16 << 10, excerptBudget: Int = 4 << 20) {
            self.showsIdentities = showsIdentities
            self.excerptLimit = excerptLimit
            self.excerptBudget = excerptBudget
        }
    }

    /// How many bytes of an evidence file `write` asks for at most, under the standard options.
    public static let evidencePrefix = (16 << 10) + 64

    /// The page of `record`.
    ///
    /// - Parameter evidence: gives the bytes of a file of the evidence, or their first `evidencePrefix`; nil where it
    ///   is absent.
    public static func write(
        _ record: RunRecord, options: Options = Options(), evidence: @escaping (EvidenceReference) -> [UInt8]?
    ) -> [UInt8] {
        var page = HTMLPage(record: record, options: options, evidence: evidence)
        page.write()
        return page.out.bytes
    }
}
