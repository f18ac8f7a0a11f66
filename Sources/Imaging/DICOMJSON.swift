public import DICOM
internal import SOAP

/// The DICOM JSON Model (PS3.18, annex F), written: the metadata of an instance without its bulk values.
public enum DICOMJSON {
    /// The array of the instances' data sets, as WADO-RS answers `/metadata`.
    public static func metadata(_ dataSets: [DataSet]) -> [UInt8] {
        Array("[\(dataSets.map { object($0) }.joined(separator: ","))]".utf8)
    }

    private static func object(_ dataSet: DataSet) -> String {
        let members = dataSet.elements.filter { !$0.tag.isGroupLength }.map { element in
            string(key(element.tag)) + ":" + attribute(element, dataSet.characterSet)
        }
        return "{\(members.joined(separator: ","))}"
    }

    /// `00100010`.
    private static func key(_ tag: Tag) -> String {
        let digits = String(tag.number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    // PS3.18 F.2.2: vr, and Value where there is one; bulk values are told by the caller, which leaves them out.
    private static func attribute(_ element: DataElement, _ characterSet: SpecificCharacterSet) -> String {
        let vr = element.meaning
        var members = ["\"vr\":\"\(vr.rawValue)\""]
        if vr == .SQ {
            let items = element.items.map { object($0) }
            if !items.isEmpty { members.append("\"Value\":[\(items.joined(separator: ","))]") }
        } else if [.OB, .OD, .OF, .OL, .OV, .OW, .UN].contains(vr) {
            if !element.bytes.isEmpty {
                members.append(
                    "\"InlineBinary\":\"\(String(decoding: Base64.encode(Array(element.bytes)), as: UTF8.self))\"")
            }
        } else {
            let values = element.strings(characterSet)
            if !values.isEmpty {
                members.append("\"Value\":[\(values.map { value($0, vr) }.joined(separator: ","))]")
            }
        }
        return "{\(members.joined(separator: ","))}"
    }

    // PS3.18 table F.2.3-1; an empty value among several is null.
    private static func value(_ text: String, _ vr: VR) -> String {
        guard !text.isEmpty else { return "null" }
        switch vr {
        case .PN:
            let names = ["Alphabetic", "Ideographic", "Phonetic"]
            let groups = text.split(separator: "=", omittingEmptySubsequences: false)
            let members = zip(names, groups).filter { !$0.1.isEmpty }.map { "\"\($0.0)\":\(string(String($0.1)))" }
            return "{\(members.joined(separator: ","))}"
        case .AT: return string(String(text.filter { $0.isHexDigit }))
        case .US, .UL, .SS, .SL, .FL, .FD: return text
        case .IS, .DS:
            // F.2.3.1: a number, or a string where its writing shall be kept.
            return Int(text).map(String.init) ?? string(text)
        case _: return string(text)
        }
    }

    private static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            case _: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

}
