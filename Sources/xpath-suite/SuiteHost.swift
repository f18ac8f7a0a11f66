internal import Foundation
internal import Synchronization
internal import XML
internal import XPath

/// The documents of a suite: those of its folder and no others.
final class SuiteHost: XPathHost {
    private let folder: URL
    private let state = Mutex(State())

    private struct State {
        var documents: [String: Document] = [:]
        var paths: [String: String] = [:]
        var uris: [ObjectIdentifier: String] = [:]
        var collections: [String: [String]] = [:]
        var roles: [ObjectIdentifier: [String: XPathAttributeRole]] = [:]
    }

    init(folder: URL) { self.folder = folder.standardizedFileURL }

    /// Makes the environment's documents and collections known under their URIs.
    func adopt(_ surroundings: Surroundings) {
        state.withLock { state in
            state.paths = [:]
            state.collections = [:]
            for source in surroundings.sources {
                if let uri = source.uri { state.paths[uri] = source.path }
            }
            for collection in surroundings.collections { state.collections[collection.uri] = collection.paths }
        }
        for source in surroundings.sources {
            guard let uri = source.uri, let document = try? load(source.path) else { continue }
            state.withLock { $0.uris[ObjectIdentifier(document)] = uri }
        }
    }

    func fileURI(_ path: String) -> String { folder.appendingPathComponent(path).absoluteString }

    /// The document at a path of the suite, the same object each time.
    func load(_ path: String) throws -> Document {
        if let known = state.withLock({ $0.documents[path] }) { return known }
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
        let (body, roles) = Self.splitDoctype(bytes)
        let document = try Document(parsing: body, name: path)
        state.withLock { state in
            state.roles[ObjectIdentifier(document)] = roles
            state.documents[path] = document
            state.uris[ObjectIdentifier(document)] = fileURI(path)
        }
        return document
    }

    /// The reader refuses document types; a few documents of the suite have one. What it says of ID and IDREF is kept.
    private static func splitDoctype(_ bytes: [UInt8]) -> ([UInt8], [String: XPathAttributeRole]) {
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        guard let text = String(data: Data(bytes), encoding: isWide ? .utf16 : .utf8),
            let start = text.range(of: "<!DOCTYPE")
        else { return (bytes, [:]) }
        let rest = text[start.upperBound...]
        guard let plain = rest.firstIndex(of: ">") else { return (bytes, [:]) }
        var end = text.index(after: plain)
        if let bracket = rest.firstIndex(of: "["), bracket < plain {
            guard let close = rest.range(of: "]>") ?? rest.range(of: "] >") else { return (bytes, [:]) }
            end = close.upperBound
        }
        return (Array((text[..<start.lowerBound] + text[end...]).utf8), roles(text[start.upperBound..<end]))
    }

    /// The attributes that `<!ATTLIST element name ID …>` declares, by `element/name`.
    private static func roles(_ subset: Substring) -> [String: XPathAttributeRole] {
        var result: [String: XPathAttributeRole] = [:]
        for declaration in subset.components(separatedBy: "<!ATTLIST").dropFirst() {
            let words = declaration.prefix { $0 != ">" }.split { $0.isWhitespace }.map(String.init)
            guard let element = words.first else { continue }
            for index in words.indices.dropFirst(2) {
                switch words[index] {
                case "ID": result["\(element)/\(words[index - 1])"] = .identifier
                case "IDREF", "IDREFS": result["\(element)/\(words[index - 1])"] = .reference
                default: break
                }
            }
        }
        return result
    }

    func role(ofAttribute attribute: Node) -> XPathAttributeRole? {
        guard let element = attribute.parent else { return nil }
        let key = "\(element.qualifiedName)/\(attribute.qualifiedName)"
        return state.withLock { $0.roles[ObjectIdentifier(attribute.document)]?[key] }
    }

    func document(_ uri: String, base: String?) throws(XPathError) -> Document? {
        let named = state.withLock { $0.paths[uri] }
        var resolved = uri
        if let base, let absolute = URL(string: uri, relativeTo: URL(string: base))?.absoluteString {
            resolved = absolute
        }
        let path = named ?? state.withLock { $0.paths[resolved] } ?? self.path(resolved)
        guard let path else { return nil }
        return try? load(path)
    }

    /// The path of a URI that lies in the folder.
    private func path(_ uri: String) -> String? {
        guard let url = URL(string: uri), url.isFileURL else { return nil }
        let path = url.standardizedFileURL.path
        let root = folder.path + "/"
        return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : nil
    }

    func collection(_ uri: String?) throws(XPathError) -> [Node]? {
        let paths = state.withLock { $0.collections[uri ?? ""] }
        return paths?.compactMap { try? load($0).root }
    }

    func uri(of document: Document) -> String? { state.withLock { $0.uris[ObjectIdentifier(document)] } }
}
