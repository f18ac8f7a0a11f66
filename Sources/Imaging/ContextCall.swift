/// The contextual call by which a practice system opens a DRIMbox consumer on a patient: a form that is POSTed (CI-SIS,
/// volet Lien et appel contextuel).
///
/// Nothing is judged here: whatever can be read is read.
public struct ContextCall: Sendable {
    /// A field of the form.
    public struct Parameter: Sendable, Hashable {
        /// Decoded.
        public let name: String
        public let value: String
        /// As it was written.
        public let raw: String
        /// Whether name or value has a `%` that no two digits follow, or bytes that are no UTF-8.
        public let isMalformed: Bool
        /// Where it begins in the body.
        public let byteOffset: Int
    }

    /// The parameters that a call must have.
    public static let mandatory = [
        "Patient.identifier.value", "Patient.identifier.system", "Patient.name.family", "Patient.name.given",
        "Patient.gender", "Patient.birthDate", "Address.district", "InformationEtOppositionConsultation", "PatientID",
        "PatientIDIssuer",
    ]
    /// Those that it may have.
    public static let optional = [
        "StudyInstanceUID", "Modality", "AccessionNumber", "AccessionNumberIssuer", "StudyDate", "AnatomicRegion",
        "Situation",
    ]
    /// Former names, and those that took their place.
    public static let former = ["InformationEtConsentement": "InformationEtOppositionConsultation"]

    public let request: CapturedRequest
    public let parameters: [Parameter]

    /// Reads the form of a request.
    public init(_ request: CapturedRequest) {
        self.request = request
        parameters = Self.parameters(request.body)
    }

    /// The value of the first parameter of this name, or of its former name; nil where there is none.
    public subscript(_ name: String) -> String? { parameter(name)?.value }

    /// The first parameter of this name, or of its former name.
    public func parameter(_ name: String) -> Parameter? {
        parameters.first { $0.name == name } ?? parameters.first { Self.former[$0.name] == name }
    }

    /// Whether a request is a contextual call: a form with a parameter of a patient, or such a query.
    public static func isRecognized(_ request: CapturedRequest) -> Bool {
        let names = Set(mandatory).union(former.keys)
        if parameters(request.body).contains(where: { names.contains($0.name) }) { return true }
        return request.target.firstIndex(of: "?").map { mark in
            parameters(Array(request.target[mark...].dropFirst().utf8)).contains { names.contains($0.name) }
        } ?? false
    }

    /// The fields of a form (WHATWG URL, 5.1).
    public static func parameters(_ body: [UInt8]) -> [Parameter] {
        var end = body.endIndex
        // A capture in a text file ends with a line end.
        while end > 0, body[end - 1] == 0x0A || body[end - 1] == 0x0D { end -= 1 }
        let fields: [ArraySlice<UInt8>] = body[..<end].split(separator: UInt8(ascii: "&"))
        return fields.map { field in
            let halves = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = decoded(halves[0])
            let value = halves.count > 1 ? decoded(halves[1]) : (text: "", isRight: false)
            return Parameter(
                name: name.text, value: value.text, raw: String(decoding: field, as: UTF8.self),
                isMalformed: !name.isRight || !value.isRight, byteOffset: field.startIndex)
        }
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> (text: String, isRight: Bool) {
        var result: [UInt8] = []
        var isRight = true
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): result.append(0x20)
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                guard digits.count == 2, digits.allSatisfy({ isHexadecimal($0) }),
                    let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
                else {
                    isRight = false
                    result.append(byte)
                    continue
                }
                result.append(value)
                rest = rest.dropFirst(2)
            default: result.append(byte)
            }
        }
        guard let text = String(validating: result, as: UTF8.self) else {
            return (String(decoding: result, as: UTF8.self), false)
        }
        return (text, isRight)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
