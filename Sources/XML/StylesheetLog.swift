internal import Glibc

/// What libxslt says during one call: it has one error handler for the process, hence the calling thread's log is
/// found by the thread.
final class StylesheetLog {
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        guard pthread_key_create(&key, nil) == 0 else { preconditionFailure("no thread-specific key is left") }
        return key
    }()

    /// The log of the call that this thread is in.
    static var current: StylesheetLog? {
        pthread_getspecific(key).map { Unmanaged<StylesheetLog>.fromOpaque($0).takeUnretainedValue() }
    }

    private var text = ""

    func add(_ piece: String) {
        if text.utf8.count < 65_536 { text += piece }
    }

    /// Runs `body` with this thread's messages of libxslt and libxml2 collected.
    func during<Value>(_ body: () -> Value) -> (value: Value, errors: [Diagnostic]) {
        withExtendedLifetime(self) {
            let outer = pthread_getspecific(Self.key)
            pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
            defer { pthread_setspecific(Self.key, outer) }
            return LibXML.collecting(body)
        }
    }

    /// The error that the collected messages make: the first that says what, and its line.
    func error(_ fallback: String, _ errors: [Diagnostic]) -> XMLError {
        var line = 0
        var message = ""
        for part in text.split(separator: "\n") {
            // "compilation error: file … line 3 element template" tells where, the next line tells what.
            if line == 0, part.contains("error"), let found = Self.lineNumber(part) {
                line = found
            } else if message.isEmpty, !part.contains(" error: ") || Self.lineNumber(part) == nil {
                message = Diagnostic.oneLine(String(part))
            }
        }
        if line == 0, let first = errors.first(where: { $0.line > 0 }) { line = first.line }
        let details = [message, errors.first?.message ?? ""].filter { !$0.isEmpty }
        let told = details.isEmpty ? fallback : "\(fallback): \(details.joined(separator: "; "))"
        return XMLError(.stylesheet, told, line: line, column: line > 0 ? 1 : 0)
    }

    private static func lineNumber(_ text: Substring) -> Int? {
        let words = text.split(separator: " ")
        guard let at = words.firstIndex(of: "line"), at + 1 < words.count else { return nil }
        return Int(words[at + 1])
    }
}
