/// The header fields of a message: order, spelling and repetition are kept, look-up ignores case (RFC 9110 §5.1).
public struct HTTPHeaders: Sendable, Hashable {
    /// Every field, in the order of the message.
    public var fields: [(name: String, value: String)]

    /// Takes the fields as they are.
    public init(_ fields: [(String, String)] = []) {
        self.fields = fields.map { (name: $0.0, value: $0.1) }
    }

    /// The value of the first field named `name`.
    public func first(_ name: String) -> String? {
        fields.first { ASCII.equalIgnoringCase($0.name, name) }?.value
    }

    /// The values of all fields named `name`, in order.
    public func all(_ name: String) -> [String] {
        fields.lazy.filter { ASCII.equalIgnoringCase($0.name, name) }.map(\.value)
    }

    /// Whether a field is named `name`.
    public func contains(_ name: String) -> Bool { first(name) != nil }

    /// Adds a field at the end.
    public mutating func add(_ name: String, _ value: String) {
        fields.append((name: name, value: value))
    }

    /// Replaces all fields named `name` by one, at the place of the first.
    public mutating func set(_ name: String, _ value: String) {
        guard let place = fields.firstIndex(where: { ASCII.equalIgnoringCase($0.name, name) }) else {
            return add(name, value)
        }
        let later = fields[(place + 1)...].filter { !ASCII.equalIgnoringCase($0.name, name) }
        fields.replaceSubrange(place..., with: [(name: name, value: value)] + later)
    }

    /// Removes all fields named `name`.
    public mutating func remove(_ name: String) {
        fields.removeAll { ASCII.equalIgnoringCase($0.name, name) }
    }

    /// Equal fields in equal order, spelling included.
    public static func == (left: Self, right: Self) -> Bool {
        left.fields.count == right.fields.count && zip(left.fields, right.fields).allSatisfy { $0 == $1 }
    }

    /// Feeds every field to the hasher.
    public func hash(into hasher: inout Hasher) {
        for field in fields {
            hasher.combine(field.name)
            hasher.combine(field.value)
        }
    }

    /// Reads a block of header lines (no start line), lenient: a line without a colon is told, not refused.
    ///
    /// - Returns: the fields, and the byte offset of each line that is not a field.
    package static func parse(_ block: some BidirectionalCollection<UInt8>) -> (headers: HTTPHeaders, malformed: [Int])
    {
        var headers = HTTPHeaders()
        var malformed: [Int] = []
        var offset = 0
        for line in block.split(separator: ASCII.lf, omittingEmptySubsequences: false) {
            defer { offset += line.count + 1 }
            let content = line.last == ASCII.cr ? line.dropLast() : line
            guard let head = content.first else { continue }
            if ASCII.isBlank(head) {
                // RFC 9112 §5.2: obsolete line folding, read as one space.
                guard let last = headers.fields.indices.last else {
                    malformed.append(offset)
                    continue
                }
                headers.fields[last].value += " " + ASCII.text(ASCII.trimmed(content))
                continue
            }
            guard let colon = content.firstIndex(of: UInt8(ascii: ":")), colon != content.startIndex else {
                malformed.append(offset)
                continue
            }
            headers.add(
                ASCII.text(content[..<colon]), ASCII.text(ASCII.trimmed(content[content.index(after: colon)...])))
        }
        return (headers, malformed)
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// `["Accept": "application/dicom", "Accept": "*/*"]`: repetition is kept.
    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }
}

extension HTTPHeaders: CustomStringConvertible {
    /// One line a field, as on the wire.
    public var description: String {
        fields.map { "\($0.name): \($0.value)" }.joined(separator: "\r\n")
    }
}
