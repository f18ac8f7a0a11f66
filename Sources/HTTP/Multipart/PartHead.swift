/// The headers of one part while they are read, line by line.
struct PartHead {
    /// The offset of the first header line.
    let offset: Int
    var bodyOffset = 0
    private(set) var headers = HTTPHeaders()
    private var lineCount = 0
    /// The white space before the first header name.
    private var indentation = 0

    init(offset: Int) { self.offset = offset }

    var isEmpty: Bool { lineCount == 0 }

    enum Step {
        case field([MultipartFault])
        case end([MultipartFault])
        /// The line is no header: the content begins with it.
        case bodyBegins
    }

    /// Reads one line, its line end included.
    mutating func read(_ raw: UnsafeRawBufferPointer, at place: Int) -> Step {
        var line = raw[...]
        if line.last == ASCII.lf { line = line.dropLast() }
        if line.last == ASCII.cr { line = line.dropLast() }
        let text = line.drop { ASCII.isBlank($0) }
        let indent = line.count - text.count
        if text.isEmpty {
            if indent == 0 { return .end([]) }
            let message = "white space in the blank line that ends the headers"
            return .end([MultipartFault(.indentedHeader, message, at: place)])
        }
        let name = text.prefix { $0 != UInt8(ascii: ":") }
        let isField = name.count < text.count && ASCII.isToken(name)
        if indent > 0, lineCount > 0, indent > indentation || !isField {
            // RFC 5322 §2.2.3: a folded line goes on with the one before.
            headers.fields[headers.fields.count - 1].value += " " + ASCII.text(ASCII.trimmed(text))
            return .field([])
        }
        guard isField else { return readOther(text, name: name, at: place) }
        var faults: [MultipartFault] = []
        if lineCount == 0, indent > 0 {
            indentation = indent
            faults.append(MultipartFault(.indentedHeader, "white space before the header name", at: place))
        }
        add(name, text)
        return .field(faults)
    }

    /// A line whose name is no token: a header with spaces in its name, or the content.
    private mutating func readOther(
        _ text: Slice<UnsafeRawBufferPointer>, name: Slice<UnsafeRawBufferPointer>, at place: Int
    ) -> Step {
        let isName = name.allSatisfy { ASCII.isToken($0) || ASCII.isBlank($0) }
        guard name.count < text.count, isName, !name.isEmpty else { return .bodyBegins }
        add(name, text)
        let shown = ASCII.text(name)
        return .field([MultipartFault(.malformedHeader, "the header name '\(shown)' holds white space", at: place)])
    }

    private mutating func add(_ name: Slice<UnsafeRawBufferPointer>, _ text: Slice<UnsafeRawBufferPointer>) {
        lineCount += 1
        headers.add(ASCII.text(name), ASCII.text(ASCII.trimmed(text.dropFirst(name.count + 1))))
    }
}
