internal import XPath

/// A part of a test that asks for a sibling that is like the context element, see `Twins`.
///
/// The datatypes of the official schemas ask so of each element that may be repeated; `$others` is there
/// `preceding-sibling::*[local-name() = $name] | following-sibling::*[local-name() = $name]`, and `$name` is
/// `local-name()`.
struct TwinShape {
    /// The part as written.
    let source: String
    let filters: [String]
    let keys: [String]
    let conditions: [String]

    /// The shape of `$others[…][…]`; nil for any other.
    init?(_ tree: SyntaxTree, _ source: [UInt8], _ values: [String: RuleVariable]) {
        guard case .filter(let primary, let predicates) = tree.form, case .variable(let name) = primary.form,
            let others = values[name.lexical], Self.isSiblings(others)
        else { return nil }
        func text(_ tree: SyntaxTree) -> String { String(decoding: source[tree.span], as: UTF8.self) }
        var filters: [String] = []
        var keys: [String] = []
        var conditions: [String] = []
        for predicate in predicates {
            switch predicate.form {
            case .generalComparison(.equal, let left, let right):
                guard let key = Self.key(left, right, text, values) ?? Self.key(right, left, text, values) else {
                    return nil
                }
                keys.append(key)
            case .call(let function, let arguments) where function.prefix.isEmpty && arguments.count == 1:
                if Self.isTest(function), case .variable(let name) = arguments[0].form, values[name.lexical] != nil {
                    conditions.append(text(predicate))
                } else if function.local == "not", Self.isPlain(arguments[0]) {
                    filters.append(text(predicate))
                } else {
                    return nil
                }
            default: return nil
            }
        }
        self.source = text(tree)
        self.filters = filters
        self.keys = keys
        self.conditions = conditions
    }

    private static func isTest(_ function: QualifiedName) -> Bool {
        ["empty", "exists", "not"].contains(function.local)
    }

    /// `expression = $variable`, where the variable of the rule has its value from the same expression.
    private static func key(
        _ tree: SyntaxTree, _ variable: SyntaxTree, _ text: (SyntaxTree) -> String, _ values: [String: RuleVariable]
    ) -> String? {
        guard case .variable(let name) = variable.form, let value = values[name.lexical]?.expression, isPlain(tree),
            text(tree) == value.source
        else { return nil }
        return value.source
    }

    /// Whether an expression reads nothing but the element that it is asked of, gives texts or nodes, and never fails.
    private static func isPlain(_ tree: SyntaxTree) -> Bool {
        switch tree.form {
        case .contextItem: true
        case .step(let axis, _, let predicates):
            [.attribute, .child, .`self`, .descendant, .descendantOrSelf].contains(axis) && predicates.isEmpty
        case .path(let parts), .union(let parts), .sequence(let parts): parts.allSatisfy(isPlain)
        case .call(let function, let arguments):
            function.prefix.isEmpty && function.local == "string-join" && arguments.count == 2
                && arguments[1].literalString != nil && isPlain(arguments[0])
        default: false
        }
    }

    /// Whether a variable holds the siblings of the context element that have its local name.
    private static func isSiblings(_ variable: RuleVariable) -> Bool {
        guard case .union(let parts) = variable.expression.tree.form, parts.count == 2 else { return false }
        return isSiblings(parts[0], .precedingSibling, variable) && isSiblings(parts[1], .followingSibling, variable)
    }

    private static func isSiblings(_ tree: SyntaxTree, _ axis: Axis, _ variable: RuleVariable) -> Bool {
        guard case .step(axis, .name(nil, nil), let predicates) = tree.form, predicates.count == 1,
            case .generalComparison(.equal, let left, let right) = predicates[0].form, isLocalName(left),
            case .variable(let name) = right.form, let value = variable.inner[name.lexical]
        else { return false }
        return isLocalName(value.tree)
    }

    private static func isLocalName(_ tree: SyntaxTree) -> Bool {
        if case .call(let name, let arguments) = tree.form {
            return name.prefix.isEmpty && name.local == "local-name" && arguments.isEmpty
        }
        return false
    }
}
