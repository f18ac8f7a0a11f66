internal import Foundation

/// A text file that an author wrote, with its lines at hand for messages.
struct SourceFile: Sendable {
    /// The largest file that is read, in bytes.
    static let maximumSize = 1 << 20

    /// The name in messages: relative to the data root, or as the person gave it.
    let name: String
    let text: String
    let lines: [Substring]

    init(name: String, text: String) {
        self.name = name
        self.text = text
        lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }

    /// Loads the file at `path`; what cannot be read as UTF-8 text of a bounded size is an author's error.
    static func load(path: String, name: String) throws(LoadError) -> SourceFile {
        let start = SourceLocation(file: name, line: 1)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw LoadError(start, "no such file", advice: "check the name, or create the file")
        }
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        guard !isFolder.boolValue, attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw LoadError(start, "a file was expected, a folder or device was found")
        }
        let size = attributes?[.size] as? Int ?? 0
        guard size <= maximumSize else {
            throw LoadError(
                start, "the file holds \(size) bytes, more than the \(maximumSize) that are read",
                advice: "split it, or move bulky text to a file of its own")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LoadError(start, "the file cannot be read", advice: "check its permissions")
        }
        return try decode([UInt8](data), name: name)
    }

    /// Decodes `bytes`, which may begin with a UTF-8 byte order mark.
    static func decode(_ bytes: [UInt8], name: String) throws(LoadError) -> SourceFile {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if let text = String(validating: body, as: UTF8.self) {
            return SourceFile(name: name, text: text)
        }
        // Where repair changes the text for the first time is where the bytes stop being UTF-8.
        let repaired = Array(String(decoding: body, as: UTF8.self).utf8)
        let offset = zip(body, repaired).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? body.count
        let before = String(decoding: body.prefix(offset), as: UTF8.self)
        let file = SourceFile(name: name, text: before)
        throw LoadError(
            SourceLocation(
                file: name, line: file.lines.count, column: (file.lines.last?.unicodeScalars.count ?? 0) + 1),
            "the file is not UTF-8 text from here on", advice: "save it as UTF-8",
            excerpt: file.lines.last.map(String.init))
    }

    /// The line `number`, counted from 1.
    func line(_ number: Int) -> Substring? {
        lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }

    /// An error at `location`; without `length` the caret underlines the word that begins there.
    func error(
        _ location: SourceLocation, _ message: String, advice: String? = nil, length: Int? = nil
    ) -> LoadError {
        let line = location.file == name ? line(location.line) : nil
        return LoadError(
            location, message, advice: advice, excerpt: line.map(String.init),
            length: length ?? line.map { Self.wordLength(in: $0, column: location.column) } ?? 1)
    }

    private static func wordLength(in line: Substring, column: Int) -> Int {
        let rest = line.unicodeScalars.dropFirst(column - 1)
        guard let first = rest.first else { return 1 }
        if first == "\"" || first == "'" {
            return rest.dropFirst().firstIndex(of: first).map { rest.distance(from: rest.startIndex, to: $0) + 1 }
                ?? rest.count
        }
        if "[{|>".unicodeScalars.contains(first) { return 1 }
        var length = 0
        var previous: Unicode.Scalar?
        for scalar in rest {
            if previous == ":", scalar == " " { return max(1, length - 1) }
            if previous == " ", scalar == "#" { break }
            if ",]}".unicodeScalars.contains(scalar) { break }
            length += 1
            previous = scalar
        }
        if previous == ":" { length -= 1 }
        let word = rest.prefix(length)
        return max(1, length - word.reversed().prefix { $0 == " " || $0 == "\t" }.count)
    }
}
