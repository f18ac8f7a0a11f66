public import SOAP
public import XDS

/// One answer of the DMP that a scenario asks for, right or wrong, to see what the client does next.
///
/// As text, for scenarios and the command line: the name of the kind and its words, as `error XDSRegistryBusy try later`,
/// `delay 2.5`, `cut 400` or `with-withdrawn`.
public struct ScriptedAnswer: Sendable, Hashable, CustomStringConvertible {
    /// What the answer is.
    public enum Kind: Sendable, Hashable {
        /// By the rules of the DMP.
        case nominal

        // Instead of the answer; the message is not served, nothing is stored.
        /// An answer of the transaction that holds this error and fails.
        case error(XDSErrorCode, String)
        /// A SOAP fault.
        case fault(Fault.Code, String)
        /// An HTTP status with a line of text.
        case http(Int)
        /// A page of HTML with status 200, as a portal sends it.
        case html

        // On the wire; the message is served and stored.
        /// So many seconds before the first byte.
        case delayed(Double)
        /// So many bytes a second.
        case dripped(Int)
        /// The connection breaks after so many bytes of the answer.
        case cut(Int)
        /// No byte of an answer.
        case silence
        /// The right answer under another Content-Type.
        case contentType(String)
        /// The right answer with all header names in lower case (RET-007).
        case lowerCaseHeaders
        /// The right answer with an unquoted boundary (RET-007).
        case unquotedBoundary

        // ITI-18.
        /// Success and no object (QRY-011).
        case empty
        /// Half of the entries, PartialSuccess and XDSTooManyResults (QRY-022).
        case tooMany
        /// Deprecated and withdrawn entries among the others, whatever was asked (QRY-015).
        case withWithdrawn
        /// Slots and classifications that nobody knows (QRY-014).
        case extraSlots
        /// With totalResultCount, that registries may leave out (QRY-013).
        case withCount
        /// Event codes in the older writing (QRY-021).
        case olderEventCodes
        /// Another message in wsa:RelatesTo (QRY-023).
        case otherRelatesTo

        // ITI-43.
        /// The last document is missing, with PartialSuccess (RET-009).
        case partial
        /// Parts of an odd Content-Type (RET-006).
        case oddParts
        /// Documents as base64 in the envelope, without MTOM (RET-008).
        case inlineDocuments
        /// KOS that cannot be read (RET-010).
        case brokenManifest
        /// KOS of another patient (RET-011).
        case otherPatientManifest

        // TD0.2 and TD0.3.
        /// The patient closed the record (N-AUT-01).
        case closedRecord
        /// There is no record (N-AUT-01).
        case absentRecord
        /// The record is open, the professional has no access; asking for it is refused (N-AUT-02).
        case noAccess
    }

    public var kind: Kind

    /// An answer.
    public init(_ kind: Kind) { self.kind = kind }

    /// By the rules of the DMP.
    public static let nominal = ScriptedAnswer(.nominal)
    /// A failure with this error.
    public static func error(_ code: XDSErrorCode, _ context: String = "as the scenario asks") -> ScriptedAnswer {
        ScriptedAnswer(.error(code, context))
    }
    /// A SOAP fault.
    public static func fault(_ code: Fault.Code, _ reason: String = "as the scenario asks") -> ScriptedAnswer {
        ScriptedAnswer(.fault(code, reason))
    }

    private static let words: [(name: String, kind: Kind)] = [
        ("nominal", .nominal), ("html", .html), ("silence", .silence), ("lower-case-headers", .lowerCaseHeaders),
        ("unquoted-boundary", .unquotedBoundary), ("empty", .empty), ("too-many", .tooMany),
        ("with-withdrawn", .withWithdrawn), ("extra-slots", .extraSlots), ("with-count", .withCount),
        ("older-event-codes", .olderEventCodes), ("other-relates-to", .otherRelatesTo), ("partial", .partial),
        ("odd-parts", .oddParts), ("inline-documents", .inlineDocuments), ("broken-manifest", .brokenManifest),
        ("other-patient-manifest", .otherPatientManifest), ("closed-record", .closedRecord),
        ("absent-record", .absentRecord), ("no-access", .noAccess),
    ]

    /// The forms of the text, for help and for "did you mean".
    public static let forms: [String] =
        words.map(\.name) + [
            "error CODE [CONTEXT]", "fault Sender|Receiver [REASON]", "http STATUS", "delay SECONDS", "drip BYTES",
            "cut BYTES", "content-type TYPE",
        ]

    /// The answer that `text` names; nil when it names none.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard let name = parts.first else { return nil }
        if parts.count == 1, let word = Self.words.first(where: { $0.name == name }) {
            self.init(word.kind)
            return
        }
        guard parts.count > 1 else { return nil }
        let context = parts.count > 2 ? parts[2] : "as the scenario asks"
        let rest = parts.dropFirst().joined(separator: " ")
        switch name {
        case "error": self.init(.error(XDSErrorCode(rawValue: parts[1]), context))
        case "fault": self.init(.fault(Fault.Code(rawValue: parts[1]), context))
        case "content-type": self.init(.contentType(rest))
        case "http":
            guard let status = Int(rest), (200...599).contains(status) else { return nil }
            self.init(.http(status))
        case "delay":
            guard let seconds = Double(rest), seconds.isFinite, seconds >= 0 else { return nil }
            self.init(.delayed(seconds))
        case "drip":
            guard let rate = Int(rest), rate > 0 else { return nil }
            self.init(.dripped(rate))
        case "cut":
            guard let count = Int(rest), count >= 0 else { return nil }
            self.init(.cut(count))
        default: return nil
        }
    }

    /// The text that names it.
    public var description: String {
        if let word = Self.words.first(where: { $0.kind == kind }) { return word.name }
        switch kind {
        case .error(let code, let context): return "error \(code.rawValue) \(context)"
        case .fault(let code, let reason): return "fault \(code.rawValue) \(reason)"
        case .http(let status): return "http \(status)"
        case .delayed(let seconds): return "delay \(seconds)"
        case .dripped(let rate): return "drip \(rate)"
        case .cut(let count): return "cut \(count)"
        case .contentType(let type): return "content-type \(type)"
        default: return "nominal"
        }
    }
}
