internal import XML
internal import XPath

/// The values of a schema's variables while it judges a document: each is made when it is first used, hence one that
/// fails harms only what uses it.
final class Variables: VariableSource {
    private enum State {
        case unknown
        case running
        case value(Value)
        case failure(XPathError)
    }

    @exclusivity(unchecked) private var schema: BoundSchema?
    @exclusivity(unchecked) private var globals: [State] = []
    @exclusivity(unchecked) private var locals: [State] = []
    /// The variables of the expression that is being evaluated, by its slots.
    @exclusivity(unchecked) private var scope: [Int32] = []
    @exclusivity(unchecked) private var tree: TreeView?
    /// The context node of the rule.
    @exclusivity(unchecked) private var row: Int32 = 0
    private let kin = Kin()
    @exclusivity(unchecked) private var rootTree: TreeView?

    /// Starts with a schema on a document.
    func begin(_ schema: BoundSchema, _ root: TreeView) {
        self.schema = schema
        rootTree = root
        tree = root
        row = 0
        globals = Array(repeating: .unknown, count: schema.globals.count)
        locals = Array(repeating: .unknown, count: schema.locals.count)
        kin.forget()
    }

    /// Starts with a rule on a node: what its variables were on another one is forgotten.
    func begin(_ span: BoundSchema.RuleSpan, _ row: Int32, of tree: TreeView) {
        for index in span.locals { locals[index] = .unknown }
        self.tree = tree
        self.row = row
    }

    /// Evaluates `body` with the variables that an expression uses.
    @inline(__always)
    func within<Result>(
        _ variables: [Int32], _ body: () throws(XPathError) -> Result
    ) throws(XPathError) -> Result {
        if variables.isEmpty { return try body() }
        let outer = scope
        scope = variables
        defer { scope = outer }
        return try body()
    }

    func value(_ slot: Int, _ name: String, in evaluation: Evaluation) throws(XPathError) -> Value {
        let place = scope[slot]
        let isGlobal = place >= 0
        let index = Int(isGlobal ? place : ~place)
        switch isGlobal ? globals[index] : locals[index] {
        case .value(let value): return value
        case .failure(let error): throw error
        case .running: throw XPathError("XTDE0640", "the value of the variable $\(name) depends on itself")
        case .unknown: break
        }
        set(.running, isGlobal, index)
        do {
            let value = try make(isGlobal, index, evaluation)
            set(.value(value), isGlobal, index)
            return value
        } catch {
            set(.failure(error), isGlobal, index)
            throw error
        }
    }

    private func set(_ state: State, _ isGlobal: Bool, _ index: Int) {
        if isGlobal { globals[index] = state } else { locals[index] = state }
    }

    private func make(_ isGlobal: Bool, _ index: Int, _ evaluation: Evaluation) throws(XPathError) -> Value {
        guard let schema, let tree = isGlobal ? rootTree : tree else {
            throw XPathError("XPDY0002", "there is no document yet")
        }
        if isGlobal { return try value(of: schema.globals[index], 0, tree, evaluation) }
        switch schema.locals[index] {
        case .value(let use): return try value(of: use, row, tree, evaluation)
        case .lookup(let lookup):
            let found = try lookup.holds(in: schema.library) { (use) throws(XPathError) in
                try value(of: use, row, tree, evaluation)
            }
            guard let found else { return try value(of: lookup.general, row, tree, evaluation) }
            return found ? try value(of: Lookup.found, row, tree, evaluation) : .empty
        case .twins(let twins):
            let found = try kin.hasTwin(row, tree, twins) { (use, row) throws(XPathError) in
                try value(of: use, row, tree, evaluation)
            }
            guard let found else { return try value(of: twins.general, row, tree, evaluation) }
            return found ? try value(of: Lookup.found, row, tree, evaluation) : .empty
        }
    }

    private func value(
        of use: BoundSchema.Use, _ row: Int32, _ tree: TreeView, _ evaluation: Evaluation
    ) throws(XPathError) -> Value {
        try within(use.variables) { () throws(XPathError) in
            try use.expression.value(at: row, of: tree, in: evaluation)
        }
    }
}
