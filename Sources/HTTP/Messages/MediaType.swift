/// A media type with its parameters, as in `Content-Type` and in one element of `Accept` (RFC 9110 §8.3.1).
///
/// Lenient where the field's samples are: spaces around `;` and `=`, quoted or bare values of any visible bytes
/// (`boundary=**`), empty parameters (`;;`), a trailing `;`. The order of the parameters is kept.
public struct MediaType: Sendable, Hashable {
    /// One parameter; `isQuoted` tells how it stood in the text.
    public struct Parameter: Sendable, Hashable {
        /// The name as written.
        public var name: String
        /// The value, without quotes and escapes.
        public var value: String
        /// Whether the value stood between quotes.
        public var isQuoted: Bool

        /// A parameter; quoted by default only where the value is not a token.
        public init(_ name: String, _ value: String, isQuoted: Bool? = nil) {
            self.name = name
            self.value = value
            self.isQuoted = isQuoted ?? !ASCII.isToken(value.utf8)
        }
    }

    /// The part before the slash, in lower case.
    public var type: String
    /// The part after the slash, in lower case.
    public var subtype: String
    /// The parameters in order.
    public var parameters: [Parameter]

    /// A media type from its parts.
    public init(type: String, subtype: String, parameters: [Parameter] = []) {
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        self.parameters = parameters
    }

    /// Reads `type/subtype; name=value…`; nil where there is no `type/subtype`.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        let essence = ASCII.trimmed(rest.prefix { $0 != UInt8(ascii: ";") })
        let halves = essence.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ ASCII.isToken($0) }) else { return nil }
        rest = rest.drop { $0 != UInt8(ascii: ";") }
        var parameters: [Parameter] = []
        while !rest.isEmpty {
            guard let parameter = Self.nextParameter(&rest) else { continue }
            parameters.append(parameter)
        }
        self.init(
            type: ASCII.text(halves[0]), subtype: ASCII.text(halves[1]), parameters: parameters)
    }

    /// `type/subtype` in lower case.
    public var essence: String { "\(type)/\(subtype)" }

    /// The value of the first parameter named `name`, without regard to case.
    public subscript(_ name: String) -> String? {
        parameters.first { ASCII.equalIgnoringCase($0.name, name) }?.value
    }

    /// The elements of a comma separated list such as `Accept`; an element that is no media type is nil.
    ///
    /// An empty element (a trailing comma) is an empty text, hence nil too: the caller tells.
    public static func list(_ text: String) -> [(text: String, mediaType: MediaType?)] {
        var elements: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: ","), !isQuoted {
                elements.append([])
                continue
            }
            if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && byte == UInt8(ascii: "\\") && !isEscaped
            elements[elements.count - 1].append(byte)
        }
        return elements.map { element in
            let text = ASCII.text(ASCII.trimmed(element))
            return (text, MediaType(text))
        }
    }

    /// Takes one `;name=value` from the front; nil for an empty one.
    private static func nextParameter(_ rest: inout ArraySlice<UInt8>) -> Parameter? {
        rest = rest.dropFirst().drop { ASCII.isBlank($0) }
        let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
        rest = rest.dropFirst(name.count)
        guard rest.first == UInt8(ascii: "=") else {
            let bare = ASCII.trimmed(name)
            return bare.isEmpty ? nil : Parameter(ASCII.text(bare), "", isQuoted: false)
        }
        rest = rest.dropFirst().drop { ASCII.isBlank($0) }
        let label = ASCII.text(ASCII.trimmed(name))
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(value.count)
            return Parameter(label, ASCII.text(ASCII.trimmed(value)), isQuoted: false)
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(byte)
            }
        }
        rest = rest.drop { $0 != UInt8(ascii: ";") }
        return Parameter(label, ASCII.text(value), isQuoted: true)
    }
}

extension MediaType: CustomStringConvertible {
    /// The header text: `type/subtype; name=value; name="quoted value"`.
    public var description: String {
        parameters.reduce(into: essence) { text, parameter in
            let value = parameter.value
            // By scalars: a quote that a combining mark follows ends the text all the same.
            let escaped = value.unicodeScalars.reduce(into: "") { text, scalar in
                if scalar == "\"" || scalar == "\\" { text += "\\" }
                text.unicodeScalars.append(scalar)
            }
            text += "; \(parameter.name)=" + (parameter.isQuoted ? "\"\(escaped)\"" : value)
        }
    }
}
