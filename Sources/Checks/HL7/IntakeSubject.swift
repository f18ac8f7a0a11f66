public import Conformance
public import HL7v2
public import Imaging
internal import XML

/// A message that an information system sends to a DRIMbox source, as the rules look at it.
public struct IntakeSubject: Sendable {
    public let message: HL7Message
    /// What it hands over; nil for a message of another type.
    public let transmission: ReportTransmission?
    /// The report in it, read.
    public let report: ImagingReport?
    /// Why the decoded document is no CDA; nil where it is one, or where nothing could be decoded.
    public let obstacle: LocalizedText?

    /// A message.
    public init(_ message: HL7Message) {
        self.message = message
        transmission = ReportTransmission(message)
        guard let bytes = transmission?.report?.bytes else {
            (report, obstacle) = (nil, nil)
            return
        }
        do throws(XMLError) {
            report = ImagingReport(try Document(parsing: bytes))
            obstacle =
                report == nil
                ? LocalizedText(
                    fr: "La racine du document n'est pas ClinicalDocument",
                    en: "The document's root is no ClinicalDocument")
                : nil
        } catch {
            report = nil
            obstacle = LocalizedText(
                fr: "Le document n'est pas du XML lisible : \(error.french)",
                en: "The document is no readable XML: \(error.english)")
        }
    }

    /// The bytes of the report; nil where none can be decoded.
    public var document: [UInt8]? { transmission?.report?.bytes }

    /// The place of a field.
    func place(_ segment: HL7Segment?, _ number: Int) -> EvidencePlace {
        guard let segment else { return EvidencePlace(object: "MSH", byte: 0) }
        return EvidencePlace(object: segment.place(number), byte: segment[number].byteOffset)
    }
}

/// The answer to a message, and what is known of the message.
public struct AcknowledgmentSubject: Sendable {
    /// MSH-10 of the message that was sent; nil when it is not known.
    public let controlID: String?
    /// The answer as it came; nil where none came.
    public let answer: HL7Message?

    /// An answer.
    public init(controlID: String?, answer: HL7Message?) {
        self.controlID = controlID
        self.answer = answer
    }
}
