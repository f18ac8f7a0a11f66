/// The nodes of a document in document order: one array a property, one row a node.
///
/// Row 0 is the document. An element's attributes follow it at once, then its children; row `end[i]` is the first
/// that is no descendant of `i`, hence descendants are a range and document order is integer order.
package struct NodeTable: Sendable {
    /// The kind.
    package internal(set) var kind: [NodeKind] = []
    /// The id in `names` of an element, attribute or processing instruction (its target); 0, a name that none has, else.
    package internal(set) var name: [UInt32] = []
    /// The id in `names.prefixes`; 0 is no prefix.
    package internal(set) var prefix: [UInt32] = []
    /// The row of the parent; -1 for the document. An attribute's is its element.
    package internal(set) var parent: [Int32] = []
    /// One past the last descendant (attributes are counted in).
    package internal(set) var end: [Int32] = []
    /// Where the string value starts in `values`.
    package internal(set) var valueOffset: [UInt32] = []
    /// The length of the string value in bytes.
    package internal(set) var valueLength: [UInt32] = []
    /// Where the tag starts in `Document.text`; an attribute's and a text's is its element's.
    package internal(set) var position: [UInt32] = []

    /// The UTF-8 bytes of all values. All text comes first, in document order, so that the string value of *every*
    /// node, an element's or the document's too, is one slice of it.
    package internal(set) var values: [UInt8] = []
    /// The names.
    package internal(set) var names = NameTable()

    /// The rows of elements that declare namespaces, one entry a declaration, in document order.
    package internal(set) var declarationElement: [Int32] = []
    /// The declared prefix, an id in `names.prefixes`; 0 is the default namespace.
    package internal(set) var declarationPrefix: [UInt32] = []
    /// The namespace name, an index in `names.namespaces`; 0 takes the declaration back.
    package internal(set) var declarationNamespace: [UInt32] = []

    /// The count of nodes.
    package var count: Int { kind.count }

    /// The bytes in `values` of the string value (XPath 1.0 §5) of row `index`.
    package func valueRange(_ index: Int32) -> Range<Int> {
        let start = Int(valueOffset[Int(index)])
        return start..<start + Int(valueLength[Int(index)])
    }

    /// The string value (XPath 1.0 §5) of row `index`.
    package func string(_ index: Int32) -> String {
        let range = valueRange(index)
        return values.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
        }
    }

    /// The first child of row `index`, or `end[index]`.
    package func firstChild(_ index: Int32) -> Int32 {
        let end = self.end[Int(index)]
        var child = index + 1
        while child < end, kind[Int(child)] == .attribute { child += 1 }
        return child
    }

    /// The attribute of element `index` with the name `id`, or nil.
    package func attribute(_ index: Int32, named id: UInt32) -> Int32? {
        let end = self.end[Int(index)]
        var row = index + 1
        while row < end, kind[Int(row)] == .attribute {
            if name[Int(row)] == id { return row }
            row += 1
        }
        return nil
    }

    /// The entries of the declarations that element `index` itself makes.
    package func declarations(_ index: Int32) -> Range<Int> {
        var low = 0
        var high = declarationElement.count
        while low < high {
            let middle = (low + high) / 2
            if declarationElement[middle] < index { low = middle + 1 } else { high = middle }
        }
        while high < declarationElement.count, declarationElement[high] == index { high += 1 }
        return low..<high
    }
}
