/// The interned names of one document: ids are dense, start at 1 and stay.
package struct NameTable: Sendable {
    /// The name of each id; id 0 is the empty name.
    package internal(set) var names: [QName] = [QName("")]
    /// The prefix of each prefix id; id 0 is none.
    package internal(set) var prefixes: [String] = [""]
    /// The namespace names that the document mentions; 0 is none.
    package internal(set) var namespaces: [String] = [""]
    private var ids: [QName: UInt32] = [:]
    private var prefixIDs: [String: UInt32] = ["": 0]
    private var namespaceIDs: [String: UInt32] = ["": 0]

    package subscript(id: UInt32) -> QName { names[Int(id)] }

    /// The id of a name, or nil where the document has it nowhere.
    package func id(of name: QName) -> UInt32? { ids[name] }

    /// The id of a prefix, or nil where the document has it nowhere.
    package func prefixID(of prefix: String) -> UInt32? { prefixIDs[prefix] }

    mutating func intern(_ name: QName) -> UInt32 {
        if let id = ids[name] { return id }
        let id = UInt32(names.count)
        names.append(name)
        ids[name] = id
        return id
    }

    mutating func internPrefix(_ prefix: String) -> UInt32 {
        if let id = prefixIDs[prefix] { return id }
        let id = UInt32(prefixes.count)
        prefixes.append(prefix)
        prefixIDs[prefix] = id
        return id
    }

    mutating func internNamespace(_ namespace: String) -> UInt32 {
        if let id = namespaceIDs[namespace] { return id }
        let id = UInt32(namespaces.count)
        namespaces.append(namespace)
        namespaceIDs[namespace] = id
        return id
    }
}
