internal import XML
internal import XPath

/// A part of a test that is a look-up, see `Lookup`.
struct LookupShape {
    struct Condition {
        let path: Lookup.Path
        let key: String
    }

    /// The part as written.
    let source: String
    let file: String
    let element: QName
    let conditions: [Condition]
}

extension ExpressionTable {
    /// An expression with the variables of the rule written out where they are patterns of regular expressions that the
    /// rule gives as literals, so that they are compiled with it; nil where there is none.
    func written(_ expression: XPathExpression, values: [String: RuleVariable]) -> String? {
        let source = Array(expression.source.utf8)
        var spans: [(Range<Int>, String)] = []
        PatternFinder(source: source, values: values).search(expression.tree, &spans)
        guard !spans.isEmpty else { return nil }
        var text: [UInt8] = []
        var end = 0
        for (span, literal) in spans.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
            text += source[end..<span.lowerBound]
            text += literal.utf8
            end = span.upperBound
        }
        text += source[end...]
        return String(decoding: text, as: UTF8.self)
    }

    /// The parts of a test that are better not evaluated as written, in the places where only the effective boolean
    /// value of a part counts and the context node is that of the rule, and the test with variables in their place; nil
    /// where there is none.
    ///
    /// - Parameter values: the expressions that variables of the rule have their values from.
    func parts(
        of expression: XPathExpression, values: [String: RuleVariable]
    ) -> (source: String, parts: [(name: String, part: TestPart)])? {
        let source = Array(expression.source.utf8)
        let finder = PartFinder(source: source, values: values)
        var found: [(Range<Int>, TestPart)] = []
        finder.search(expression.tree, &found)
        guard !found.isEmpty else { return nil }
        var text: [UInt8] = []
        var parts: [(name: String, part: TestPart)] = []
        var end = 0
        for (span, part) in found.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
            let name = "cisis.part.\(parts.count)"
            text += source[end..<span.lowerBound]
            text += "$\(name) ".utf8
            end = span.upperBound
            parts.append((name, part))
        }
        text += source[end...]
        return (String(decoding: text, as: UTF8.self), parts)
    }
}

/// A part of a test that is evaluated in a way of its own.
enum TestPart {
    case lookup(LookupShape)
    case twins(TwinShape)
}

/// A variable of a rule as the search for such parts sees it.
struct RuleVariable {
    let expression: XPathExpression
    /// Those variables that it uses itself, as far as they are the rule's.
    let inner: [String: XPathExpression]
}

private struct PatternFinder {
    let source: [UInt8]
    let values: [String: RuleVariable]

    func search(_ tree: SyntaxTree, _ found: inout [(Range<Int>, String)]) {
        switch tree.form {
        case .or(let parts), .and(let parts), .sequence(let parts), .union(let parts), .path(let parts):
            for part in parts { search(part, &found) }
        case .generalComparison(_, let left, let right), .valueComparison(_, let left, let right):
            search(left, &found)
            search(right, &found)
        case .conditional(let condition, let then, let otherwise):
            for part in [condition, then, otherwise] { search(part, &found) }
        case .step(_, _, let predicates): for predicate in predicates { search(predicate, &found) }
        case .filter(let primary, let predicates):
            for part in [primary] + predicates { search(part, &found) }
        case .call(let name, let arguments):
            if name.prefix.isEmpty, ["matches", "replace", "tokenize"].contains(name.local), arguments.count > 1,
                case .variable(let variable) = arguments[1].form, let value = values[variable.lexical]?.expression,
                value.tree.literalString != nil
            {
                found.append((arguments[1].span, " \(value.source) "))
            }
            for argument in arguments { search(argument, &found) }
        default: break
        }
    }
}

private struct PartFinder {
    let source: [UInt8]
    let values: [String: RuleVariable]

    func search(_ tree: SyntaxTree, _ found: inout [(Range<Int>, TestPart)]) {
        switch tree.form {
        case .or(let operands), .and(let operands):
            for operand in operands { search(operand, &found) }
        case .call(let name, let arguments) where arguments.count == 1 && isBoolean(name):
            search(arguments[0], &found)
        case .path(let steps):
            if let shape = shape(steps, tree.span) { found.append((tree.span, .lookup(shape))) }
        case .filter:
            if let shape = TwinShape(tree, source, values) { found.append((tree.span, .twins(shape))) }
        default: break
        }
    }

    private func isBoolean(_ name: QualifiedName) -> Bool {
        name.prefix.isEmpty && ["not", "exists", "boolean"].contains(name.local)
    }

    /// `doc(…)//element[conditions]`
    private func shape(_ steps: [SyntaxTree], _ span: Range<Int>) -> LookupShape? {
        guard steps.count == 3, case .call(let function, let arguments) = steps[0].form, arguments.count == 1,
            function.prefix.isEmpty, function.local == "doc" || function.local == "document",
            case .step(.descendantOrSelf, .kind(.node), let none) = steps[1].form, none.isEmpty,
            case .step(.child, .name(let namespace?, let local?), let predicates) = steps[2].form, !predicates.isEmpty
        else { return nil }
        var conditions: [LookupShape.Condition] = []
        for predicate in predicates {
            var parts = [predicate]
            if case .and(let operands) = predicate.form { parts = operands }
            for part in parts {
                guard let condition = condition(part) else { return nil }
                conditions.append(condition)
            }
        }
        return LookupShape(
            source: text(span), file: "string(\(text(arguments[0].span)))", element: QName(local, in: namespace),
            conditions: conditions)
    }

    private func condition(_ tree: SyntaxTree) -> LookupShape.Condition? {
        guard case .generalComparison(.equal, let left, let right) = tree.form else { return nil }
        if let path = path(left), isKey(right) { return LookupShape.Condition(path: path, key: text(right.span)) }
        if let path = path(right), isKey(left) { return LookupShape.Condition(path: path, key: text(left.span)) }
        return nil
    }

    private func path(_ tree: SyntaxTree) -> Lookup.Path? {
        switch tree.form {
        case .step(.attribute, .name(let namespace?, let local?), let predicates) where predicates.isEmpty:
            return .attribute(QName(local, in: namespace))
        case .step(.child, .kind(.text), let predicates) where predicates.isEmpty: return .text
        default: return nil
        }
    }

    /// Whether a value is surely a string or untyped, and the same whatever the context node.
    private func isKey(_ tree: SyntaxTree) -> Bool {
        switch tree.form {
        case .literal: return tree.literalString != nil
        case .call(let name, let arguments) where arguments.count == 1 && name.local == "string" && name.prefix.isEmpty:
            if case .variable = arguments[0].form { return true }
            return false
        case .variable(let name):
            guard let value = values[name.lexical] else { return false }
            switch value.expression.tree.form {
            case .step(.attribute, .name, _): return true
            default: return false
            }
        default: return false
        }
    }

    private func text(_ span: Range<Int>) -> String { String(decoding: source[span], as: UTF8.self) }
}

extension QualifiedName {
    /// The name as it is written.
    var lexical: String { prefix.isEmpty ? local : "\(prefix):\(local)" }
}
