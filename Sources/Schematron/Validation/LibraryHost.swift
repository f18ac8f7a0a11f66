internal import Synchronization
internal import XML
internal import XPath

/// Gives expressions the documents of a library, and remembers those that are absent.
final class LibraryHost: XPathHost {
    /// A document that was asked for in vain.
    struct Missing: Sendable {
        /// As written.
        let uri: String
        let base: String
        let reason: String
    }

    private let library: SchemaLibrary
    private let missing = Mutex<[Missing]>([])

    init(_ library: SchemaLibrary) { self.library = library }

    func document(_ uri: String, base: String?) throws(XPathError) -> Document? {
        let base = base ?? ""
        guard let path = library.resolve(uri, from: base) else {
            note(Missing(uri: uri, base: base, reason: "'\(uri)' leads out of the folders that may be read"))
            return nil
        }
        switch library.document(path) {
        case .document(let document): return document
        case .missing(let reason):
            note(Missing(uri: uri, base: base, reason: reason))
            return nil
        }
    }

    func uri(of document: Document) -> String? { document.name.isEmpty ? nil : document.name }

    private func note(_ item: Missing) { missing.withLock { $0.append(item) } }

    /// What has been missed so far.
    var missed: [Missing] { missing.withLock { $0 } }
}
