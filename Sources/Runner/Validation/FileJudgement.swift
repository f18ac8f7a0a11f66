public import Conformance

/// What `cisis validate` says of one file.
public struct FileJudgement: Sendable {
    /// The file as the person named it.
    public var file: String
    /// What it is, or was said to be; nil when it could not be told.
    public var kind: FileKind?
    public var layers: [LayerJudgement]
    /// What the file holds, for a person: parts, metadata, manifest.
    public var summary: [String]
    /// The official kit that judged it; nil where none did.
    public var pack: PackIdentity?

    /// The verdict of the layers.
    public var verdict: Verdict { Verdict.rollUp(layers.map { ($0.verdict, $0.isRequired) }) }
}

/// One layer of a file: its syntax, its schema, the rules on what it means.
public struct LayerJudgement: Sendable {
    /// `xml`, `xsd`, `dicom`, `kos`, `mtom`, `soap`, `metadata`, …
    public internal(set) var layer: String
    public var verdict: Verdict
    /// What judged it where there is a choice: a file of the project, of the person, or a kit.
    public internal(set) var judge: String?
    /// Whether its `notRun` weighs on the file.
    public var isRequired = true
    /// Why it did not run or could not be judged.
    public var reason: LocalizedText?
    public var findings: [Finding] = []
    /// The count of rules that fired; nil for what is no Schematron.
    public var firedRules: Int?

    init(_ layer: String, findings: [Finding]) {
        self.layer = layer
        self.findings = findings
        verdict = findings.contains { $0.severity == .violation } ? .fail : .pass
    }

    init(_ layer: String, _ verdict: Verdict, fr: String, en: String, isRequired: Bool = true) {
        self.layer = layer
        self.verdict = verdict
        self.isRequired = isRequired
        reason = LocalizedText(fr: fr, en: en)
    }

    /// The sum of rule outcomes: fails when one fails, passes when one passes, else did not run.
    init(_ layer: String, rules outcomes: [RuleOutcome]) {
        let judgement = Judgement(rules: outcomes)
        self.layer = layer
        verdict = judgement.verdict
        findings = judgement.findings
        reason = judgement.reason
    }
}

/// What a captured file can be.
public enum FileKind: String, Sendable, CaseIterable {
    /// A CDA R2 document.
    case cda
    /// A KOS manifest (DICOM Part 10).
    case kos
    /// Any other DICOM Part 10 file.
    case dicom
    /// ebRIM metadata without an envelope.
    case metadata
    /// A SOAP envelope without MIME parts.
    case soap
    /// A multipart/related body, with or without its HTTP head.
    case mtom
    /// A SAML assertion of a health professional, alone or in the envelope that brought it.
    case vihf
    /// The list of the DRIMboxes that may be talked to.
    case whitelist
    /// An archive of documents (XDM).
    case xdm
    /// An HL7 v2 message that hands a report over, with or without its MLLP frame.
    case hl7
    /// A WADO-RS request of a consumer.
    case wadoRequest = "wado-request"
    /// An answer of WADO-RS: images in a multipart/related body, with or without its HTTP head.
    case wadoResponse = "wado-response"
    /// A contextual call: the form that opens a consumer on a patient.
    case contextCall = "context-call"
    /// A request that asks whether a service is there.
    case healthcheck

    /// What `bytes` are; nil when it cannot be told.
    public static func detect(_ bytes: [UInt8]) -> FileKind? {
        if bytes.count >= 132, Array(bytes[128..<132]) == Array("DICM".utf8) {
            return FileReading.isManifest(bytes) ? .kos : .dicom
        }
        let head = bytes.prefix(1 << 16)
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .xdm }
        if bytes.starts(with: "MSH|".utf8) || bytes.starts(with: Array("\u{0B}MSH".utf8)) { return .hl7 }
        if FileReading.isUTF16(head) { return FileReading.kindOfXML(bytes) }
        if head.drop(while: { [0x20, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }).starts(with: "MSH|".utf8) {
            return .hl7
        }
        guard let first = head.first(where: { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }) else {
            return nil
        }
        if first == UInt8(ascii: "<") { return FileReading.kindOfXML(bytes) }
        if FileReading.startsWithHTTP(head) { return FileReading.kindOfMessage(bytes) }
        if FileReading.looksLikeMultipart(bytes) { return FileReading.holdsImages(bytes) ? .wadoResponse : .mtom }
        return nil
    }
}
