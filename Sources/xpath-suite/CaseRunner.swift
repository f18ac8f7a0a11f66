internal import Foundation
internal import XML
internal import XPath

/// What came of a case.
enum Outcome {
    case pass
    /// An error was expected and came, with another code.
    case passOtherCode(String)
    case fail(String)
    case unsupported(String)

    /// The better of two, for `any-of`.
    func or(_ other: Outcome) -> Outcome {
        switch (self, other) {
        case (.pass, _), (_, .pass): .pass
        case (.passOtherCode, _): self
        case (_, .passOtherCode): other
        default: self
        }
    }
}

/// Runs cases and judges what they give.
struct CaseRunner {
    let host: SuiteHost

    private enum Result {
        case value(XPathValue)
        case error(XPathError)
    }

    func run(_ suiteCase: SuiteCase) -> Outcome {
        for dependency in suiteCase.dependencies {
            if let refusal = dependency.refusal { return .unsupported(refusal) }
        }
        let surroundings = suiteCase.surroundings
        host.adopt(surroundings)
        var item: Node?
        var variables: [String: XPathValue] = [:]
        for source in surroundings.sources {
            do {
                let document = try host.load(source.path)
                if source.role == "." { item = document.root }
                if let role = source.role, role.hasPrefix("$") {
                    variables[String(role.dropFirst())] = XPathValue([document.root])
                }
            } catch {
                if source.role != nil { return .unsupported("document \(source.path): \(error)") }
            }
        }
        var context = context(suiteCase)
        for parameter in surroundings.parameters {
            do {
                context.variables = Set(variables.keys)
                variables[parameter.name] = try XPathExpression(parameter.select, context: context)
                    .evaluate(at: item, variables: variables, host: host)
            } catch {
                return .unsupported("parameter \(parameter.name): \(error)")
            }
        }
        context.variables = Set(variables.keys)
        let result: Result
        do {
            result = .value(
                try XPathExpression(suiteCase.source, context: context)
                    .evaluate(at: item, variables: variables, host: host))
        } catch {
            result = .error(error)
        }
        return judge(suiteCase.expected, result, context)
    }

    private func context(_ suiteCase: SuiteCase) -> XPathStaticContext {
        var context = XPathStaticContext()
        for (prefix, uri) in suiteCase.surroundings.namespaces {
            if prefix.isEmpty { context.defaultElementNamespace = uri } else { context.namespaces[prefix] = uri }
        }
        let base = suiteCase.surroundings.baseURI ?? host.fileURI(suiteCase.file)
        context.baseURI = base == "#UNDEFINED" ? nil : base
        context.isXPath1Compatible = suiteCase.dependencies.contains {
            $0.value == "xpath-1.0-compatibility" && $0.isSatisfied
        }
        return context
    }

    private func judge(_ expected: Node, _ result: Result, _ context: XPathStaticContext) -> Outcome {
        switch expected.localName {
        case "any-of":
            let outcomes = expected.elements.map { judge($0, result, context) }
            return outcomes.dropFirst().reduce(outcomes.first ?? .pass) { $0.or($1) }
        case "all-of":
            for child in expected.elements {
                let outcome = judge(child, result, context)
                if case .pass = outcome { continue }
                return outcome
            }
            return .pass
        case "not":
            guard let inner = expected.elements.first, case .fail = judge(inner, result, context) else {
                return .fail("what must not be")
            }
            return .pass
        case "error":
            guard case .error(let error) = result else { return .fail("a value instead of \(code(expected))") }
            let wanted = code(expected)
            if wanted == "*" || wanted == error.code.rawValue || wanted == "Q{\(error.namespace)}\(error.code)" {
                return .pass
            }
            return .passOtherCode("\(error.code) instead of \(wanted): \(error.message)")
        default: break
        }
        switch result {
        case .error(let error): return .fail("\(error)")
        case .value(let value):
            do {
                return try holds(expected, value, context)
                    ? .pass : .fail("\(expected.localName) \(expected.stringValue): found \(shortened(value))")
            } catch {
                return .fail("\(expected.localName) \(expected.stringValue): \(error)")
            }
        }
    }

    private func code(_ node: Node) -> String { node.attribute("code") ?? "*" }

    private func shortened(_ value: XPathValue) -> String {
        let items = value.items.prefix(12).map { "\($0.typeName ?? "node") \($0.string)" }
        return String("(\(items.joined(separator: ", ")))".prefix(300))
    }

    private func holds(_ expected: Node, _ value: XPathValue, _ context: XPathStaticContext) throws -> Bool {
        func ask(_ expression: String, _ other: XPathValue? = nil) throws -> Bool {
            var context = context
            context.variables = ["result", "expected"]
            let variables = ["result": value, "expected": other ?? .empty]
            return try XPathExpression(expression, context: context).boolean(at: nil, variables: variables, host: host)
        }
        let text = expected.stringValue
        switch expected.localName {
        case "assert-true": return try ask("$result instance of xs:boolean and $result")
        case "assert-false": return try ask("$result instance of xs:boolean and not($result)")
        case "assert-empty": return value.items.isEmpty
        case "assert-count": return value.items.count == Int(text)
        case "assert-eq": return try ask("$result eq (\(text)\n)")
        case "assert-deep-eq": return try ask("deep-equal($result, (\(text)\n))")
        case "assert": return try ask(text)
        case "assert-type": return try ask("$result instance of \(text)")
        case "assert-string-value":
            if expected.attribute("normalize-space") == "true" {
                return try ask(
                    "normalize-space(string-join(for $i in $result return string($i), ' ')) = normalize-space($expected)",
                    XPathValue(text))
            }
            return value.string == text
        case "assert-permutation": return try isPermutation(value, text, context)
        case "assert-xml": return try isXML(expected, value, ask)
        default: return false
        }
    }

    private func isPermutation(_ value: XPathValue, _ text: String, _ context: XPathStaticContext) throws -> Bool {
        var context = context
        context.variables = []
        var rest = try XPathExpression("(\(text)\n)", context: context).evaluate(at: nil, host: host).items
        context.variables = ["a", "b"]
        let equality = try XPathExpression("deep-equal($a, $b)", context: context)
        for item in value.items {
            let index = try rest.firstIndex {
                try equality.boolean(at: nil, variables: ["a": XPathValue([item]), "b": XPathValue([$0])])
            }
            guard let index else { return false }
            rest.remove(at: index)
        }
        return rest.isEmpty
    }

    private func isXML(
        _ expected: Node, _ value: XPathValue, _ ask: (String, XPathValue?) throws -> Bool
    ) throws -> Bool {
        var text = expected.stringValue
        if let file = expected.attribute("file") {
            text = try String(
                contentsOf: URL(fileURLWithPath: expected.document.name).deletingLastPathComponent()
                    .appendingPathComponent(file), encoding: .utf8)
        }
        if text.hasPrefix("<?xml"), let end = text.range(of: "?>") { text = String(text[end.upperBound...]) }
        let wrapped = try Document(parsing: Array("<w>\(text)</w>".utf8))
        let found = value.items.flatMap { item in
            guard let node = item.node, node.kind == .document else { return [item] }
            return node.children.map { XPathItem(node: $0) }
        }
        let expression = "deep-equal((for $i in $expected[1]/*/node() return $i), $expected[position() gt 1])"
        return try ask(expression, XPathValue([XPathItem(node: wrapped.root)] + found))
    }
}
