public import Conformance
internal import Foundation
internal import Schematron
internal import XML

/// Judges Schematron schemas without any document: what cannot be compiled, and what is odd.
public struct SchematronLint: Sendable {
    /// What keeps a schema from being used, or loses a part of it: an include that is absent, an unknown element.
    public private(set) var errors: [LoadError] = []
    /// What is odd and loses nothing: an include found by another letter case, a rule that can never fire.
    public private(set) var notes: [String] = []
    /// How many schemas were compiled.
    public private(set) var compiled = 0

    /// The most files that are looked at.
    private static let limit = 20_000

    /// Judges the schema files among `paths`, and those below its folders.
    ///
    /// A file that another of the same folder tree includes is judged within that one.
    public init(_ paths: [String]) {
        for path in paths {
            let full = URL(fileURLWithPath: path).standardizedFileURL.path
            if full.hasSuffix(".sch"), FileSystem.isFile(full) {
                judge(full, shown: path)
            } else if FileSystem.isFolder(full) {
                for file in Self.tops(below: full) { judge(full + "/" + file, shown: path + "/" + file) }
            }
        }
    }

    private mutating func judge(_ path: String, shown: String) {
        let root = SchemaLibrary.root(forSchema: path)
        let library = SchemaLibrary(root: root, ignoresIncludeCase: true)
        let folder = FileSystem.realPath(root) ?? root
        let file = FileSystem.realPath(path) ?? path
        let name = file.hasPrefix(folder + "/") ? String(file.dropFirst(folder.count + 1)) : file
        // What the person named, up to the root of the schema: places are shown below it.
        let prefix = shown.hasSuffix(name) ? String(shown.dropLast(name.count)) : folder + "/"
        compiled += 1
        do throws(SchematronError) {
            let schema = try BoundSchema(reading: name, in: library)
            for note in schema.notes {
                if Self.losses.contains(note.code) {
                    errors.append(Self.error(note.message, note.code.rawValue, note.place, prefix))
                } else {
                    notes.append("\(prefix)\(note.description)")
                }
            }
        } catch {
            errors.append(Self.error(error.message, error.code.rawValue, error.place, prefix))
        }
    }

    /// Oddities by which rules or messages are lost: a judgement goes on without them, an author must know.
    private static let losses: Set<SchemaNote.Code> = [
        .missingInclude, .unreadableInclude, .missingReference, .unknownElement, .missingPattern,
    ]

    private static func error(_ message: String, _ code: String, _ place: SourcePlace, _ prefix: String) -> LoadError {
        LoadError(
            SourceLocation(file: prefix + place.file, line: max(1, place.line), column: max(1, place.column)),
            "\(message) [\(code)]", excerpt: line(place.line, of: prefix + place.file))
    }

    /// The schemas below a folder that no other one there includes, relative to it, sorted.
    private static func tops(below folder: String) -> [String] {
        var files: [String] = []
        for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            if name.hasSuffix(".sch") { files.append(name) }
            if files.count == limit { break }
        }
        var included: Set<String> = []
        for file in files {
            guard let bytes = try? FileSystem.read(folder + "/" + file, limit: 64 << 20),
                let document = try? Document(parsing: bytes)
            else { continue }
            let base = file.split(separator: "/").dropLast()
            for node in document.root.descendants("include", in: Volet.schematron) {
                let reference = node.attribute("href")?.split(separator: "#").first.map(String.init) ?? ""
                var parts = base.map(String.init)
                for part in reference.split(separator: "/") {
                    switch part {
                    case ".": continue
                    case "..": _ = parts.popLast()
                    default: parts.append(String(part))
                    }
                }
                included.insert(parts.joined(separator: "/").lowercased())
            }
        }
        // Parts may stand in a root of their own (`pattern`, `rule`): they are no schemas.
        return files.sorted().filter { file in
            guard !included.contains(file.lowercased()) else { return false }
            guard let bytes = try? FileSystem.read(folder + "/" + file, limit: 64 << 20),
                let document = try? Document(parsing: bytes)
            else { return true }
            return document.documentElement.localName == "schema"
        }
    }

    private static func line(_ number: Int, of path: String) -> String? {
        guard number > 0, let bytes = try? FileSystem.read(path, limit: 64 << 20) else { return nil }
        let lines = bytes.split(separator: 0x0A, maxSplits: number, omittingEmptySubsequences: false)
        guard lines.count >= number else { return nil }
        return String(decoding: lines[number - 1].prefix(200), as: UTF8.self)
    }
}
