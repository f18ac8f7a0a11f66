internal import XPath

/// A text as an attribute of a stylesheet.
///
/// The reference writes each test into an attribute of a literal element of the stylesheet that it makes, where braces
/// hold expressions (XSLT 2.0, 5.6): `matches(@root, '^\\d{4,14}')` comes out as `matches(@root, '^\\d4 14')`. Lines of
/// JSON say what the reference says.
enum AttributeTemplate {
    /// The value; the text as it is where it is no template.
    static func value(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(0x7B) || bytes.contains(0x7D) else { return text }
        var result = ""
        var rest = bytes[...]
        while let brace = rest.firstIndex(where: { $0 == 0x7B || $0 == 0x7D }) {
            result += String(decoding: rest[..<brace], as: UTF8.self)
            let after = rest[(brace + 1)...]
            if after.first == rest[brace] {
                result += rest[brace] == 0x7B ? "{" : "}"
                rest = after.dropFirst()
                continue
            }
            guard rest[brace] == 0x7B, let end = after.firstIndex(of: 0x7D),
                let value = try? XPathExpression(String(decoding: after[..<end], as: UTF8.self)).string(at: nil)
            else { return text }
            result += value
            rest = after[(end + 1)...]
        }
        return result + String(decoding: rest, as: UTF8.self)
    }
}
