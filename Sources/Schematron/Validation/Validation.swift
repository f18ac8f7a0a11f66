internal import XML
internal import XPath

/// The judgement of one document by schemas of one library.
struct Validation {
    let library: SchemaLibrary
    private let host: LibraryHost
    private let variables = Variables()
    private let evaluation: Evaluation

    /// - Parameter deadline: when it ends; nil where the limits' time starts now.
    init(_ library: SchemaLibrary, _ limits: ValidationLimits, deadline: ContinuousClock.Instant? = nil) {
        self.library = library
        host = LibraryHost(library)
        var settings = XPathSettings()
        settings.maximumSteps = limits.stepsPerExpression
        settings.maximumTotalSteps = limits.stepsPerSchema
        settings.deadline = deadline ?? limits.time.map { ContinuousClock.now.advanced(by: $0) }
        evaluation = Evaluation(variables: variables, host: host, settings: settings)
    }

    func run(_ schema: BoundSchema, _ document: Document, isStrict: Bool) -> ValidationReport {
        var report = ValidationReport(
            document: document, schema: schema, firings: [], outcomes: [], indeterminate: [], notes: [])
        let missed = host.missed.count
        evaluation.restartCount()
        let start = evaluation.steps
        variables.begin(schema, evaluation.view(document))
        fire(schema, document, &report)
        for (number, firing) in report.firings.enumerated() {
            if evaluation.isExhausted, let error = evaluation.exhaustion {
                report.append(error, leftFrom: number, isStrict)
                break
            }
            judge(number, firing, isStrict, &report)
            if report.error != nil { break }
        }
        report.steps = evaluation.steps - start
        appendNotes(since: missed, &report)
        return report
    }

    /// Each file is told once.
    private func appendNotes(since start: Int, _ report: inout ValidationReport) {
        var known: Set<String> = []
        for item in host.missed.dropFirst(start) where known.insert(item.uri).inserted {
            report.notes.append(
                SchemaNote(
                    .missingLookup, "\(item.reason): add it to the pack, or lay it over with an overlay",
                    at: SourcePlace(file: item.base)))
        }
    }
}

/// Which rules fire.
extension Validation {
    private func fire(_ schema: BoundSchema, _ document: Document, _ report: inout ValidationReport) {
        let elsewhere = schema.patterns.indices.filter { schema.patterns[$0].documents != nil }
        walk(schema, document, without: elsewhere, &report)
        for pattern in elsewhere {
            for other in documents(of: pattern, schema, document, &report) {
                walk(schema, other, only: pattern, &report)
            }
        }
        // By pattern, each in document order, as the reference runs them.
        report.firings = sorted(report.firings, schema.patterns.count)
    }

    private func sorted(_ firings: [ValidationReport.Firing], _ count: Int) -> [ValidationReport.Firing] {
        var buckets = [[ValidationReport.Firing]](repeating: [], count: count)
        for firing in firings { buckets[Int(firing.pattern)].append(firing) }
        return Array(buckets.joined())
    }

    /// The documents that a pattern speaks of (ISO 19757-3:2016, 5.4.10: `documents`).
    private func documents(
        of pattern: Int, _ schema: BoundSchema, _ document: Document, _ report: inout ValidationReport
    ) -> [Document] {
        guard let use = schema.patterns[pattern].documents else { return [] }
        do throws(XPathError) {
            let names = try variables.within(use.variables) { () throws(XPathError) in
                try use.expression.value(at: 0, of: evaluation.view(document), in: evaluation).exported(evaluation)
                    .strings
            }
            var found: [Document] = []
            for name in names {
                guard let other = try host.document(name, base: schema.source.file) else {
                    throw XPathError("FODC0002", "the document '\(name)' cannot be had")
                }
                found.append(other)
            }
            return found
        } catch {
            report.indeterminate.append(
                ValidationReport.Indeterminate(
                    firing: nil, check: nil, node: document.root, code: error.code.rawValue,
                    message: "the documents of the pattern: \(error.message)", isPackDefect: false))
            return []
        }
    }

    private func walk(
        _ schema: BoundSchema, _ document: Document, without excluded: [Int] = [], only wanted: Int? = nil,
        _ report: inout ValidationReport
    ) {
        let kinds = document.nodes.kind
        let tree = evaluation.view(document)
        var index = DocumentIndex(schema.index, tree)
        var matcher = ChainMatcher(schema.index.chains, document)
        // An attribute or text is visited only where a context can match one; the reference visits none.
        let visitsAttributes = schema.index.mayMatch(.attribute)
        let visitsTexts = schema.index.mayMatch(.text)
        var lastRow = [Int32](repeating: -1, count: schema.patterns.count)
        for pattern in excluded { lastRow[pattern] = .max }
        for row in 0..<Int32(kinds.count) {
            if evaluation.isExhausted { return }
            switch kinds[Int(row)] {
            case .attribute where !visitsAttributes, .text where !visitsTexts: continue
            case .attribute, .text, .document, .element, .comment, .processingInstruction: break
            }
            index.forEachCandidate(row) { number, candidate in
                let pattern = Int(candidate.pattern)
                // The first rule of a pattern whose context matches fires; the others don't (ISO 19757-3, 6.5).
                guard lastRow[pattern] < row, wanted == nil || wanted == pattern,
                    matches(number, candidate, row, tree, schema, &matcher, &report)
                else { return }
                lastRow[pattern] = row
                report.firings.append(
                    ValidationReport.Firing(
                        pattern: candidate.pattern, rule: candidate.rule, node: Node(document: document, index: row)))
            }
        }
    }

    private func matches(
        _ number: Int32, _ trial: RuleIndex.Trial, _ row: Int32, _ tree: TreeView, _ schema: BoundSchema,
        _ matcher: inout ChainMatcher, _ report: inout ValidationReport
    ) -> Bool {
        do {
            if trial.chain >= 0 { return try matcher.matches(Int(trial.chain), row, tree, evaluation) }
            let candidate = schema.index.candidates[Int(number)]
            let context = candidate.context
            return try variables.within(context.variables) { () throws(XPathError) in
                try context.pattern.matches(candidate.alternative, row, of: tree, in: evaluation)
            }
        } catch {
            let context = schema.index.candidates[Int(number)].context
            report.indeterminate.append(
                ValidationReport.Indeterminate(
                    firing: nil, check: nil, node: tree.node(row), code: error.code.rawValue,
                    message: "the context '\(context.pattern.source)': \(error.message)"
                        + (error.code == "XPDY0130" ? ": \(ValidationLimits.remedy)" : ""), isPackDefect: false))
            return false
        }
    }
}

/// What the fired rules say.
extension Validation {
    private func judge(
        _ number: Int, _ firing: ValidationReport.Firing, _ isStrict: Bool, _ report: inout ValidationReport
    ) {
        let schema = report.schema
        let span = schema.spans[Int(firing.rule)]
        guard !span.checks.isEmpty else { return }
        let tree = evaluation.view(firing.node.document)
        let row = firing.node.index
        variables.begin(span, row, of: tree)
        for check in span.checks {
            do {
                let test = schema.tests[check]
                let holds =
                    test.variables.isEmpty
                    ? try test.expression.boolean(at: row, of: tree, in: evaluation)
                    : try variables.within(test.variables) { () throws(XPathError) in
                        try test.expression.boolean(at: row, of: tree, in: evaluation)
                    }
                guard holds == schema.speaksIfTrue[check] else { continue }
                report.outcomes.append(try outcome(number, check, firing.node, tree, schema, isStrict))
            } catch {
                if isStrict {
                    report.error = "\(error.code.rawValue) \(error.message)"
                    return
                }
                report.indeterminate.append(indeterminate(error, number, check, firing.node, schema))
            }
        }
    }

    private func outcome(
        _ number: Int, _ index: Int, _ node: Node, _ tree: TreeView, _ schema: BoundSchema, _ isStrict: Bool
    ) throws(XPathError) -> ValidationReport.Outcome {
        let check = schema.checks[index]
        func text(_ pieces: [BoundSchema.MessagePiece]) throws(XPathError) -> String {
            var text = ""
            for piece in pieces {
                switch piece {
                case .text(let part): text += part
                case .value(let use):
                    do {
                        text += try value(use, node.index, tree, schema).string()
                    } catch {
                        // The verdict stands; only what was to be shown cannot be.
                        if isStrict { throw error }
                        text += "[\(error.code)]"
                    }
                }
            }
            return Blanks.normalized(text)
        }
        var place = node
        if let subject = check.subject,
            let first = try? value(subject, node.index, tree, schema).exported(evaluation).nodes.first
        {
            place = first
        }
        var diagnostics: [(id: String, text: String)] = []
        for item in check.diagnostics { diagnostics.append((item.id, try text(item.message))) }
        var properties: [(id: String, text: String)] = []
        for item in check.properties { properties.append((item.id, try text(item.message))) }
        return ValidationReport.Outcome(
            firing: number, check: index, node: place, text: try text(check.message), diagnostics: diagnostics,
            properties: properties)
    }

    private func value(
        _ use: BoundSchema.Use, _ row: Int32, _ tree: TreeView, _ schema: BoundSchema
    ) throws(XPathError) -> Value {
        try variables.within(use.variables) { () throws(XPathError) in
            try use.expression.value(at: row, of: tree, in: evaluation)
        }
    }

    private func indeterminate(
        _ error: XPathError, _ number: Int, _ check: Int, _ node: Node, _ schema: BoundSchema
    ) -> ValidationReport.Indeterminate {
        let test = schema.checks[check].assertion.test
        var message = error.message
        var isPackDefect = false
        if error.code == "XPDY0130" { message += ": \(ValidationLimits.remedy)" }
        // FODC: a document could not be had. The pack is at fault where the expression itself names the file.
        if error.code.rawValue.hasPrefix("FODC"), let missing = host.missed.last(where: { message.contains($0.uri) }) {
            let name = missing.uri.split(separator: "/").last.map(String.init) ?? missing.uri
            isPackDefect = test.contains(name)
            message = "\(missing.reason): add it to the pack, or lay it over with an overlay"
        }
        return ValidationReport.Indeterminate(
            firing: number, check: check, node: node, code: error.code.rawValue, message: message,
            isPackDefect: isPackDefect)
    }
}

extension ValidationReport {
    /// Says that nothing was judged from a firing on, for steps or time are spent.
    fileprivate mutating func append(_ error: XPathError, leftFrom number: Int, _ isStrict: Bool) {
        var count = 0
        for firing in firings[number...] { count += schema.spans[Int(firing.rule)].checks.count }
        if isStrict { self.error = "\(error.code.rawValue) \(error.message)" }
        indeterminate.append(
            Indeterminate(
                firing: number, check: nil, node: firings[number].node, code: error.code.rawValue,
                message: "\(error.message): \(count) asserts and reports were not judged from here on; "
                    + ValidationLimits.remedy, isPackDefect: false))
    }
}
