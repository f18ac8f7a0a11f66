/// Writes elements as UTF-8.
///
/// What is written parses back to the same: line ends and tabs of attributes are character references, so is CR in text.
/// A character that XML cannot hold (XML 1.0 §2.2) becomes U+FFFD. Names are written unchecked.
public enum Serializer {
    /// The document of `element`.
    ///
    /// - Parameters:
    ///   - declaration: whether to start with the XML declaration.
    ///   - indented: whether to set elements that hold no text on lines of their own.
    public static func serialize(_ element: Element, declaration: Bool = true, indented: Bool = false) -> [UInt8] {
        var output: [UInt8] = []
        if declaration {
            output += #"<?xml version="1.0" encoding="UTF-8"?>"#.utf8
            if indented { output.append(0x0A) }
        }
        write(element, indented ? 0 : nil, to: &output)
        if indented { output.append(0x0A) }
        return output
    }

    private static func write(_ element: Element, _ depth: Int?, to output: inout [UInt8]) {
        output.append(0x3C)
        output += element.name.utf8
        for attribute in element.attributes {
            output.append(0x20)
            output += attribute.name.utf8
            output += #"=""#.utf8
            escape(attribute.value, inAttribute: true, to: &output)
            output.append(0x22)
        }
        guard !element.content.isEmpty else {
            output += "/>".utf8
            return
        }
        output.append(0x3E)
        let holdsText = element.content.contains {
            if case .text = $0 { true } else { false }
        }
        let inner = holdsText ? nil : depth.map { $0 + 1 }
        for content in element.content {
            breakLine(inner, &output)
            switch content {
            case .element(let child): write(child, inner, to: &output)
            case .text(let text): escape(text, inAttribute: false, to: &output)
            }
        }
        if inner != nil { breakLine(depth, &output) }
        output += "</".utf8
        output += element.name.utf8
        output.append(0x3E)
    }

    private static func breakLine(_ depth: Int?, _ output: inout [UInt8]) {
        guard let depth else { return }
        output.append(0x0A)
        output += [UInt8](repeating: 0x20, count: depth * 2)
    }

    private static func escape(_ text: String, inAttribute: Bool, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case 0x26: output += "&amp;".utf8
                case 0x3C: output += "&lt;".utf8
                // `]]>` must not stand in text (XML 1.0 §2.4).
                case 0x3E: output += "&gt;".utf8
                case 0x22 where inAttribute: output += "&quot;".utf8
                // A parser makes blanks of these in attributes, and of CR a LF in text (XML 1.0 §2.11, §3.3.3).
                case 0x09 where inAttribute: output += "&#9;".utf8
                case 0x0A where inAttribute: output += "&#10;".utf8
                case 0x0D: output += "&#13;".utf8
                case 0x09, 0x0A: output.append(byte)
                case 0x00..<0x20: output += "\u{FFFD}".utf8
                // U+FFFE and U+FFFF.
                case 0xEF where bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE:
                    output += "\u{FFFD}".utf8
                    index += 2
                default: output.append(byte)
                }
                index += 1
            }
        }
    }
}
