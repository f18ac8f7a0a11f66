internal import CLibXML2

/// The one place that sets libxml2's process-wide state.
enum LibXML {
    private static let started: Void = {
        xmlInitParser()
        // Whatever libxml2 wants to open besides the bytes it was given goes through here.
        xmlSetExternalEntityLoader { url, _, context in
            let name = url.map { String(cString: $0) } ?? ""
            // A name that is no file's gives the error of an absent file, which is what a refused one is to libxml2.
            return xmlNewInputFromFile(context, FileScope.allowedPath(name) ?? "refused: \(name)")
        }
    }()

    /// Makes libxml2 ready; call it before any other of its functions.
    static func start() { started }

    /// Runs `body` with this thread's stray errors of libxml2 collected instead of printed.
    ///
    /// Most errors come by hooks of their context; a few functions (C14N, XPath within XSLT, encodings) know only the
    /// handler of the thread. It is set and taken back within one synchronous call, hence on one thread.
    static func collecting<Value>(_ body: () -> Value) -> (value: Value, errors: [Diagnostic]) {
        let collector = Collector()
        let value = withExtendedLifetime(collector) {
            xmlSetStructuredErrorFunc(Unmanaged.passUnretained(collector).toOpaque()) { context, error in
                guard let context, let error else { return }
                Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue().add(Diagnostic(error.pointee))
            }
            defer { xmlSetStructuredErrorFunc(nil, nil) }
            return body()
        }
        return (value, collector.diagnostics)
    }

    /// Parses checked text into libxml2's own tree, for the functions that need it; nil where libxml2 refuses.
    ///
    /// Only for text that `Document` has taken, so that its limits hold here too.
    static func tree(_ source: SourceText, name: String) -> xmlDocPtr? {
        start()
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue | XML_PARSE_NOENT.rawValue
            | XML_PARSE_IGNORE_ENC.rawValue
            | XML_PARSE_BIG_LINES.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        return source.text.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let start = base.advanced(by: source.start).assumingMemoryBound(to: CChar.self)
            return xmlReadMemory(
                start, Int32(bytes.count - source.start), name.isEmpty ? nil : name, nil, Int32(options))
        }
    }
}

/// One error of libxml2, copied.
struct Diagnostic: Sendable {
    let code: Int
    let message: String
    let line: Int
    let isError: Bool
    let file: String

    init(_ error: _xmlError) {
        code = Int(error.code)
        message = error.message.map { Self.oneLine(String(cString: $0)) } ?? "error \(error.code)"
        line = Int(error.line)
        isError = error.level.rawValue >= XML_ERR_ERROR.rawValue
        file = error.file.map { String(cString: $0) } ?? ""
    }

    init(message: String, line: Int) {
        code = 0
        self.message = Self.oneLine(message)
        self.line = line
        isError = true
        file = ""
    }

    static func oneLine(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
        }
        // "xmlParseCharRef: invalid …": a reader cares for what, not for which function.
        if result.hasPrefix("xmlParse"), let colon = result.firstIndex(of: ":") {
            result = String(result[result.index(after: colon)...].drop { $0 == " " })
        }
        while result.hasSuffix(" ") { result.removeLast() }
        return result
    }
}

/// Collects the errors of one call; it lives on one thread.
final class Collector {
    private(set) var diagnostics: [Diagnostic] = []

    /// Keeps the first thousand: a hostile document must not make millions.
    func add(_ diagnostic: Diagnostic) {
        if diagnostics.count < 1000 { diagnostics.append(diagnostic) }
    }
}
