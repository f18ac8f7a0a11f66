/// A message that is being written: segments whose fields are ER7 text.
public struct HL7Draft: Sendable {
    /// A segment: its name and its fields, the first at 1. Of MSH the fields begin at MSH-3.
    public struct Segment: Sendable {
        public var name: String
        private var fields: [Int: String]

        /// A segment with these fields.
        public init(_ name: String, _ fields: [Int: String] = [:]) {
            self.name = name
            self.fields = fields
        }

        /// The field `number` as ER7 text; empty where it was not set.
        public subscript(number: Int) -> String {
            get { fields[number] ?? "" }
            set { fields[number] = newValue.isEmpty ? nil : newValue }
        }

        func line() -> String {
            let last = fields.keys.max() ?? 0
            let isHeader = name == "MSH"
            let first = isHeader ? 3 : 1
            let rest = last < first ? [] : (first...last).map { self[$0] }
            return ([isHeader ? "MSH|^~\\&" : name] + rest).joined(separator: "|")
        }
    }

    public var segments: [Segment]

    /// A draft of these segments.
    public init(_ segments: [Segment]) { self.segments = segments }

    /// The first segment called `name`; setting adds it at the end where there is none.
    public subscript(name: String) -> Segment {
        get { segments.first { $0.name == name } ?? Segment(name) }
        set {
            if let index = segments.firstIndex(where: { $0.name == name }) {
                segments[index] = newValue
            } else {
                segments.append(newValue)
            }
        }
    }

    /// The message in UTF-8, each segment ended by CR.
    public func encoded() -> [UInt8] { segments.flatMap { Array("\($0.line())\r".utf8) } }

    /// `text` with the separators escaped.
    public static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\E\\"
            case "|": result += "\\F\\"
            case "^": result += "\\S\\"
            case "&": result += "\\T\\"
            case "~": result += "\\R\\"
            case "\r", "\n": result += "\\.br\\"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
