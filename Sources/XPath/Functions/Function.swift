/// A function: its signature as the specification writes it, and what it does.
struct Function: Sendable {
    typealias Body = @Sendable (Call) throws(XPathError) -> Value

    /// What stands for the last argument when it is left out.
    enum ContextArgument: Sendable {
        case none
        /// `.`
        case item
        /// `string(.)`
        case string
    }

    let name: String
    let parameters: [SequenceType]
    /// How many arguments must be given.
    let required: Int
    /// Whether the last parameter may be repeated (`fn:concat`).
    let isVariadic: Bool
    let result: SequenceType
    let context: ContextArgument
    let body: Body

    /// Makes a function from `name($a as type[, $b as type]) as type`; brackets enclose what may be left out.
    init(_ signature: String, context: ContextArgument = .none, _ body: @escaping Body) {
        let parsed = SignatureReader.read(signature)
        name = parsed.name
        parameters = parsed.parameters
        required = parsed.required
        isVariadic = parsed.isVariadic
        result = parsed.result
        self.context = context
        self.body = body
    }

    func accepts(_ count: Int) -> Bool {
        let least = context == .none ? required : required - 1
        return count >= least && (isVariadic || count <= parameters.count)
    }

    /// The type of the argument at `index`.
    func parameter(_ index: Int) -> SequenceType { parameters[min(index, parameters.count - 1)] }

    /// As a message tells it: `fn:substring takes 2 to 3 arguments`.
    var arity: String {
        let plural = parameters.count == 1 && required == 1 ? "" : "s"
        if isVariadic { return "\(required) or more arguments" }
        return required == parameters.count
            ? "\(required) argument\(plural)" : "\(required) to \(parameters.count) argument\(plural)"
    }

    /// The functions of F&O by local name.
    static let standard: [String: Function] = table(
        NodeFunctions.all, StringFunctions.all, RegexFunctions.all, URIFunctions.all, NumberFunctions.all,
        SequenceFunctions.all, AggregateFunctions.all, QNameFunctions.all, DateFunctions.all, ContextFunctions.all)

    /// The functions that XSLT adds and Schematron uses.
    static let xslt: [String: Function] = table(XSLTFunctions.all)

    private static func table(_ groups: [Function]...) -> [String: Function] {
        var result: [String: Function] = [:]
        for group in groups { for function in group { result[function.name] = function } }
        return result
    }
}

/// One call of a function: its arguments, converted to the types of the signature.
struct Call {
    let arguments: [Value]
    let evaluation: Evaluation
    let site: CallSite

    var count: Int { arguments.count }

    /// The argument as a single atomic value, nil where it is empty or left out.
    @inline(__always)
    func atomic(_ index: Int) -> Atomic? {
        guard index < arguments.count, case .item(let item) = arguments[index] else { return nil }
        return item.atomized
    }

    func text(_ index: Int) -> Text? {
        guard let value = atomic(index) else { return nil }
        if case .text(let text) = value.storage { return text }
        return value.text
    }

    /// The argument as text; empty for the empty sequence.
    func textOrEmpty(_ index: Int) -> Text { text(index) ?? .empty }

    func node(_ index: Int) -> NodeRef? {
        guard index < arguments.count, case .item(.node(let node)) = arguments[index] else { return nil }
        return node
    }

    func double(_ index: Int) -> Double? { atomic(index)?.double }

    func integer(_ index: Int) -> Integer? {
        guard case .integer(let value)? = atomic(index)?.storage else { return nil }
        return value
    }

    func calendar(_ index: Int) -> CalendarValue? {
        guard case .calendar(let value)? = atomic(index)?.storage else { return nil }
        return value
    }

    func duration(_ index: Int) -> DurationValue? {
        guard case .duration(let value)? = atomic(index)?.storage else { return nil }
        return value
    }

    func qname(_ index: Int) -> QualifiedName? {
        guard case .qname(let value)? = atomic(index)?.storage else { return nil }
        return value
    }

    var implicitTimezone: Int { evaluation.settings.implicitTimezone }

    /// FOCH0002 unless the argument, if it is there, names the codepoint collation.
    func requireCodepointCollation(_ index: Int) throws(XPathError) {
        guard index < arguments.count else { return }
        let name = textOrEmpty(index).string
        if name == CallSite.codepointCollation { return }
        if let base = site.baseURI, URIReference.resolve(name, base: base) == CallSite.codepointCollation { return }
        throw XPathError("FOCH0002", "the collation '\(name)' is not supported; only the codepoint collation is")
    }
}

/// What a call knows of the place where it is written.
final class CallSite: Sendable {
    static let codepointCollation = "http://www.w3.org/2005/xpath-functions/collation/codepoint"

    let baseURI: String?

    init(baseURI: String?) { self.baseURI = baseURI }
}

/// Reads the signatures of the function tables. They are constants of this module: a fault in one is a broken build.
private enum SignatureReader {
    struct Signature {
        var name = ""
        var parameters: [SequenceType] = []
        var required = 0
        var isVariadic = false
        var result = SequenceType.empty
    }

    static func read(_ text: String) -> Signature {
        var result = Signature()
        guard let open = text.firstIndex(of: "("), let close = text.range(of: ") as ") else {
            preconditionFailure("a signature has parameters and a result: \(text)")
        }
        result.name = String(text[..<open])
        result.result = type(text[close.upperBound...])
        var inside = text[text.index(after: open)..<close.lowerBound]
        var isOptional = false
        while !inside.isEmpty {
            if inside.first == "[" || inside.first == "]" {
                if inside.first == "[" { isOptional = true }
                inside = inside.dropFirst()
                continue
            }
            if inside.first == "," || inside.first == " " {
                inside = inside.dropFirst()
                continue
            }
            if inside.hasPrefix("...") {
                result.isVariadic = true
                break
            }
            let end = inside.firstIndex { $0 == "," || $0 == "[" || $0 == "]" } ?? inside.endIndex
            guard let word = inside[..<end].range(of: " as ") else {
                preconditionFailure("a parameter has a type: \(text)")
            }
            result.parameters.append(type(inside[word.upperBound..<end]))
            if !isOptional { result.required += 1 }
            inside = inside[end...]
        }
        return result
    }

    private static func type(_ text: Substring) -> SequenceType {
        var name = text
        var occurrence = Occurrence.one
        switch name.last {
        case "?": occurrence = .zeroOrOne
        case "*": occurrence = .zeroOrMore
        case "+": occurrence = .oneOrMore
        default: break
        }
        if occurrence != .one { name = name.dropLast() }
        switch name {
        case "item()": return .items(.item, occurrence)
        case "node()": return .items(.node(.node), occurrence)
        case "element()": return .items(.node(.element(nil, matchesUntyped: true)), occurrence)
        case "document-node()": return .items(.node(.document(nil)), occurrence)
        case "numeric": return .items(.numeric, occurrence)
        case "none": return .empty
        default:
            guard name.hasPrefix("xs:"), let type = AtomicType(localName: String(name.dropFirst(3))) else {
                preconditionFailure("'\(name)' is no type of a signature")
            }
            return .items(.atomic(type), occurrence)
        }
    }
}

extension StringProtocol {
    /// Where `text` first occurs.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
