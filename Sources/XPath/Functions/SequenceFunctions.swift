internal import XML

/// F&O 15.1 and 15.2: sequences.
enum SequenceFunctions {
    static let all: [Function] = [
        Function("boolean($arg as item()*) as xs:boolean") { (call) throws(XPathError) in
            .boolean(try call.arguments[0].boolean())
        },
        Function("not($arg as item()*) as xs:boolean") { (call) throws(XPathError) in
            .boolean(try !call.arguments[0].boolean())
        },
        Function("true() as xs:boolean") { (_) throws(XPathError) in .boolean(true) },
        Function("false() as xs:boolean") { (_) throws(XPathError) in .boolean(false) },
        Function("empty($arg as item()*) as xs:boolean") { (call) throws(XPathError) in
            .boolean(call.arguments[0].isEmpty)
        },
        Function("exists($arg as item()*) as xs:boolean") { (call) throws(XPathError) in
            .boolean(!call.arguments[0].isEmpty)
        },
        Function(
            "index-of($seqParam as xs:anyAtomicType*, $srchParam as xs:anyAtomicType[, $collation as xs:string]) as xs:integer*"
        ) {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            guard let wanted = call.atomic(1) else { return .empty }
            var positions: [Atomic] = []
            var position = 0
            try call.arguments[0].forEach { (item) throws(XPathError) in
                position += 1
                try call.evaluation.count()
                if AtomicComparison.areEqual(item.atomized, wanted, implicitTimezone: call.implicitTimezone) {
                    positions.append(.integer(position))
                }
                return true
            }
            return Value(positions)
        },
        Function("distinct-values($arg as xs:anyAtomicType*[, $collation as xs:string]) as xs:anyAtomicType*") {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(1)
            return Value(try distinct(call.arguments[0], call.evaluation))
        },
        Function("insert-before($target as item()*, $position as xs:integer, $inserts as item()*) as item()*") {
            (call) throws(XPathError) in
            var items = try call.arguments[0].array(call.evaluation)
            let inserts = try call.arguments[2].array(call.evaluation)
            items.insert(contentsOf: inserts, at: index(call.integer(1), items.count))
            try call.evaluation.check(items: items.count)
            return Value(items)
        },
        Function("remove($target as item()*, $position as xs:integer) as item()*") { (call) throws(XPathError) in
            guard let position = call.integer(1)?.int, position >= 1, position <= call.arguments[0].count else {
                return call.arguments[0]
            }
            var items = try call.arguments[0].array(call.evaluation)
            items.remove(at: position - 1)
            return Value(items)
        },
        Function("reverse($arg as item()*) as item()*") { (call) throws(XPathError) in
            switch call.arguments[0] {
            case .empty, .item: return call.arguments[0]
            case .items(let items): return .items(items.reversed())
            case .nodes(let nodes): return .nodes(nodes.reversed())
            case .range: return .items(try call.arguments[0].array(call.evaluation).reversed())
            }
        },
        Function("subsequence($sourceSeq as item()*, $startingLoc as xs:double[, $length as xs:double]) as item()*") {
            (call) throws(XPathError) in
            try subsequence(call)
        },
        Function("unordered($sourceSeq as item()*) as item()*") { (call) throws(XPathError) in call.arguments[0] },
        Function("zero-or-one($arg as item()*) as item()?") { (call) throws(XPathError) in
            guard call.arguments[0].count <= 1 else {
                throw XPathError("FORG0003", "fn:zero-or-one was given \(call.arguments[0].count) items")
            }
            return call.arguments[0]
        },
        Function("one-or-more($arg as item()*) as item()+") { (call) throws(XPathError) in
            guard !call.arguments[0].isEmpty else { throw XPathError("FORG0004", "fn:one-or-more was given no item") }
            return call.arguments[0]
        },
        Function("exactly-one($arg as item()*) as item()") { (call) throws(XPathError) in
            guard call.arguments[0].count == 1 else {
                throw XPathError("FORG0005", "fn:exactly-one was given \(call.arguments[0].count) items")
            }
            return call.arguments[0]
        },
        Function("deep-equal($parameter1 as item()*, $parameter2 as item()*[, $collation as xs:string]) as xs:boolean")
        {
            (call) throws(XPathError) in
            try call.requireCodepointCollation(2)
            return .boolean(try DeepEquality(call.evaluation).areEqual(call.arguments[0], call.arguments[1]))
        },
    ]

    private static func index(_ position: Integer?, _ count: Int) -> Int {
        guard let position else { return 0 }
        if position.isNegative { return 0 }
        return min(max((position.int ?? Int.max) - 1, 0), count)
    }

    private static func subsequence(_ call: Call) throws(XPathError) -> Value {
        let value = call.arguments[0]
        let count = value.count
        let first = NumberFunctions.round(call.double(1) ?? .nan)
        let end = call.count > 2 ? first + NumberFunctions.round(call.double(2) ?? .nan) : .infinity
        guard !first.isNaN, !end.isNaN, first <= Double(count), end > 1, first < end else { return .empty }
        let lower = first <= 1 ? 1 : Int(first)
        let upper = end > Double(count) ? count : Int(end) - 1
        guard lower <= upper else { return .empty }
        if lower == 1 && upper == count { return value }
        switch value {
        case .empty, .item: return value
        case .items(let items): return Value(Array(items[(lower - 1)..<upper]))
        case .nodes(let nodes): return Value(nodes: Array(nodes[(lower - 1)..<upper]))
        case .range(let start, _):
            let (from, to) = (start + lower - 1, start + upper - 1)
            return from == to ? .atomic(.integer(from)) : .range(from, to)
        }
    }

    private enum Bucket: Hashable {
        case text(Text)
        case number(Float)
        case nan
        case other(AtomicType)
    }

    /// The bucket that equal values share.
    private static func bucket(_ value: Atomic) -> Bucket {
        switch value.storage {
        case .text(let text): return .text(text)
        case .integer, .decimal, .double, .float:
            let number = value.double ?? .nan
            return number.isNaN ? .nan : .number(Float(number) + 0)
        case .boolean, .calendar, .qname, .binary: return .other(value.type.base)
        case .duration: return .other(.duration)
        }
    }

    static func distinct(_ value: Value, _ evaluation: Evaluation) throws(XPathError) -> [Atomic] {
        var result: [Atomic] = []
        var buckets: [Bucket: [Int]] = [:]
        try value.forEach { (item) throws(XPathError) in
            let atomic = item.atomized
            let bucket = bucket(atomic)
            let known = buckets[bucket] ?? []
            try evaluation.count(1 + known.count)
            if bucket == .nan && !known.isEmpty { return true }
            let zone = evaluation.settings.implicitTimezone
            for index in known where AtomicComparison.areEqual(result[index], atomic, implicitTimezone: zone) {
                return true
            }
            buckets[bucket, default: []].append(result.count)
            result.append(atomic)
            try evaluation.check(items: result.count)
            return true
        }
        return result
    }
}

/// `fn:deep-equal` (F&O 15.3.1).
struct DeepEquality {
    private let evaluation: Evaluation

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    func areEqual(_ left: Value, _ right: Value) throws(XPathError) -> Bool {
        guard left.count == right.count else { return false }
        var index = 0
        while index < left.count {
            if try !areEqual(left[index], right[index]) { return false }
            index += 1
        }
        return true
    }

    private func areEqual(_ left: Item, _ right: Item) throws(XPathError) -> Bool {
        try evaluation.count()
        switch (left, right) {
        case (.node(let first), .node(let second)): return try areEqual(first, second)
        case (.atomic(let first), .atomic(let second)):
            if first.isNaN && second.isNaN { return true }
            return AtomicComparison.areEqual(
                first, second, implicitTimezone: evaluation.settings.implicitTimezone)
        default: return false
        }
    }

    private func areEqual(_ left: NodeRef, _ right: NodeRef) throws(XPathError) -> Bool {
        try evaluation.count()
        guard left.kind == right.kind else { return false }
        if left == right { return true }
        switch left.kind {
        case .text, .comment: return left.text == right.text
        case .processingInstruction: return haveEqualNames(left, right) && left.text == right.text
        case .attribute: return haveEqualNames(left, right) && left.text == right.text
        case .document: return try childrenAreEqual(left, right)
        case .element:
            guard haveEqualNames(left, right), attributesAreEqual(left, right) else { return false }
            return try childrenAreEqual(left, right)
        }
    }

    private func haveEqualNames(_ left: NodeRef, _ right: NodeRef) -> Bool {
        if left.tree == right.tree { return left.tree.names[Int(left.row)] == right.tree.names[Int(right.row)] }
        return left.node.name == right.node.name
    }

    private func attributesAreEqual(_ left: NodeRef, _ right: NodeRef) -> Bool {
        let (first, second) = (attributes(left), attributes(right))
        guard first.count == second.count else { return false }
        return first.allSatisfy { one in second.contains { haveEqualNames(one, $0) && one.text == $0.text } }
    }

    private func attributes(_ node: NodeRef) -> [NodeRef] {
        var row = node.row + 1
        var result: [NodeRef] = []
        while row < node.tree.end(node.row), node.tree.kind(row) == .attribute {
            result.append(NodeRef(node.tree, row))
            row += 1
        }
        return result
    }

    /// Comments and processing instructions among the children don't count.
    private func childrenAreEqual(_ left: NodeRef, _ right: NodeRef) throws(XPathError) -> Bool {
        var first = next(left, left.tree.firstChild(left.row))
        var second = next(right, right.tree.firstChild(right.row))
        while first >= 0, second >= 0 {
            if try !areEqual(NodeRef(left.tree, first), NodeRef(right.tree, second)) { return false }
            first = next(left, left.tree.end(first))
            second = next(right, right.tree.end(second))
        }
        return first < 0 && second < 0
    }

    private func next(_ parent: NodeRef, _ row: Int32) -> Int32 {
        var row = row
        while row < parent.tree.end(parent.row) {
            let kind = parent.tree.kind(row)
            if kind == .element || kind == .text { return row }
            row = parent.tree.end(row)
        }
        return -1
    }
}
