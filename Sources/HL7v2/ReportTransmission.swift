internal import Foundation

/// A report that an information system hands to a DRIMbox source: ORU^R01 or MDM^T02 with a CDA (CI-SIS, volet
/// Transmission d'un document CDA-R2 en HL7v2).
///
/// Nothing is judged here: absent data are empty, and a message that breaks every rule can be read.
public struct ReportTransmission: Sendable {
    /// The message of MSH-9.
    public enum Kind: String, Sendable, CaseIterable {
        /// An observation result, HL7 v2.5.
        case observation = "ORU^R01"
        /// A document notification with its content, HL7 v2.6.
        case document = "MDM^T02"
    }

    /// An identifier of PID-3.
    public struct Identifier: Sendable {
        public let value: String
        /// CX-4: namespace, universal id, type.
        public let namespace: String
        public let oid: String
        public let oidType: String
        /// CX-5: `INS`, `PI`, …
        public let type: String
        public let field: HL7Field
    }

    /// An OBX segment with an encapsulated document (data type ED).
    public struct EncapsulatedDocument: Sendable {
        public let segment: HL7Segment
        /// OBX-3: code and its system.
        public let code: String
        public let codeSystem: String
        /// ED-4.
        public let encoding: String
        /// The decoded document; nil where ED-5 is no Base64.
        public let bytes: [UInt8]?
    }

    /// An option of the delivery (code system MetaDMPMSS).
    public struct Option: Sendable {
        /// `MASQUE_PS`, `DESTDMP`, …
        public let name: String
        /// Whether it is asked for; nil where OBX-5 is neither `Y` nor `N`.
        public let isAsked: Bool?
        public let segment: HL7Segment
    }

    /// The code system of the options.
    public static let optionSystem = "MetaDMPMSS"
    /// What MSH-21 names.
    public static let profile = "2.1^CISIS_CDA_HL7_V2"
    /// The LOINC code of a report of medical imaging.
    public static let reportCode = "18748-4"

    public let message: HL7Message
    public let kind: Kind
    /// MSH-21, each repetition.
    public let profiles: [String]
    public let identifiers: [Identifier]
    /// PID-32: `VALI` where the identity is qualified.
    public let identityStatus: [String]
    public let documents: [EncapsulatedDocument]
    public let options: [Option]
    /// TXA-12: the id of the document, of an MDM.
    public let documentID: String?

    /// A message that hands over a report; nil where MSH-9 says another.
    public init?(_ message: HL7Message) {
        guard let header = message.first("MSH"),
            let kind = Kind(rawValue: header[9].components.prefix(2).joined(separator: "^"))
        else { return nil }
        self.message = message
        self.kind = kind
        profiles = header[21].repetitions.map { $0.components.joined(separator: "^") }
        let patient = message.first("PID")
        identifiers = patient?[3].repetitions.map(Identifier.init) ?? []
        identityStatus = patient?[32].repetitions.map(\.text) ?? []
        let observations = message.all("OBX")
        documents = observations.filter { $0[2].text == "ED" }.map(EncapsulatedDocument.init)
        options = observations.filter { $0[2].text != "ED" && $0[3].component(3) == Self.optionSystem }
            .map(Option.init)
        documentID = message.first("TXA").map { $0[12].component(1) }
    }

    /// The national identifier (INS).
    public var nationalIdentifier: Identifier? { identifiers.first { $0.type == "INS" } }
    /// The identifier of the establishment (IPP).
    public var localIdentifier: Identifier? { identifiers.first { $0.type == "PI" } }
    /// The first document that is a report of medical imaging, else the first document.
    public var report: EncapsulatedDocument? { documents.first { $0.code == Self.reportCode } ?? documents.first }
}

extension ReportTransmission.Identifier {
    init(_ field: HL7Field) {
        self.init(
            value: field.component(1), namespace: field.subcomponent(4, 1), oid: field.subcomponent(4, 2),
            oidType: field.subcomponent(4, 3), type: field.component(5), field: field)
    }
}

extension ReportTransmission.EncapsulatedDocument {
    init(_ segment: HL7Segment) {
        self.init(
            segment: segment, code: segment[3].component(1), codeSystem: segment[3].component(3),
            encoding: segment[5].component(4),
            bytes: Base64.decoded(segment[5].componentBytes(5)))
    }
}

extension ReportTransmission.Option {
    init(_ segment: HL7Segment) {
        let isAsked: Bool? =
            switch segment[5].component(1) {
            case "Y": true
            case "N": false
            default: nil
            }
        self.init(name: segment[3].component(1), isAsked: isAsked, segment: segment)
    }
}

/// Base64 (RFC 4648), as ED-5 has it: blanks and line ends, escaped or not, may stand in it.
enum Base64 {
    /// The decoded bytes; nil where a character or the padding is wrong, or nothing is there.
    static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var letters: [UInt8] = []
        letters.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "\\"):
                // `\.br\` and `\X0D\`: a line end that was escaped.
                guard let end = rest.firstIndex(of: byte), end - rest.startIndex < 12 else { return nil }
                rest = rest[(end + 1)...]
            default: letters.append(byte)
            }
        }
        guard !letters.isEmpty, let data = Data(base64Encoded: Data(letters)) else { return nil }
        return Array(data)
    }
}
