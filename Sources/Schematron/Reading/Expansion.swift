/// Abstract patterns made real and `extends` replaced by what the abstract rules hold.
struct Expansion {
    static let maximumDepth = 64
    static let maximumItems = 4_000_000

    private let schema: SchematronSchema
    private var notes: [SchemaNote] = []
    private var abstractRules: [String: SchemaRule] = [:]
    private var count = 0

    /// The schema with concrete patterns and rules alone.
    static func expand(_ schema: SchematronSchema) throws(SchematronError) -> SchematronSchema {
        var expansion = Expansion(schema)
        var result = schema
        result.patterns = []
        for pattern in schema.patterns where !pattern.isAbstract {
            if let real = expansion.instance(pattern) { result.patterns.append(real) }
        }
        expansion.collectAbstractRules(result.patterns)
        for index in result.patterns.indices {
            result.patterns[index].rules = try expansion.concreteRules(of: result.patterns[index])
        }
        result.notes += expansion.notes
        return result
    }

    private init(_ schema: SchematronSchema) { self.schema = schema }

    private mutating func instance(_ pattern: SchemaPattern) -> SchemaPattern? {
        guard let name = pattern.isA else { return pattern }
        guard
            let model = schema.patterns.first(where: { $0.id == name && $0.isAbstract })
                ?? schema.patterns.first(where: { $0.id == name && $0.isA == nil })
        else {
            notes.append(
                SchemaNote(
                    .missingReference, "the abstract pattern '\(name)' does not exist: the pattern is left out",
                    at: pattern.place))
            return nil
        }
        let parameters = Parameters(pattern.parameters)
        var real = model
        real.id = pattern.id
        real.isAbstract = false
        real.place = pattern.place
        if !pattern.title.isEmpty { real.title = pattern.title }
        real.title = parameters.replaced(real.title)
        real.paragraphs = model.paragraphs.map(parameters.replaced)
        real.documents = (pattern.documents ?? model.documents).map(parameters.replaced)
        real.lets = model.lets.map(parameters.replaced) + pattern.lets
        real.rules = model.rules.map(parameters.replaced) + pattern.rules
        return real
    }

    private mutating func collectAbstractRules(_ patterns: [SchemaPattern]) {
        // Any rule may be extended: the kit's are marked abstract, others' not always.
        let all = patterns.flatMap(\.rules) + schema.looseRules + schema.patterns.flatMap(\.rules)
        for rule in all.filter(\.isAbstract) + all.filter({ !$0.isAbstract }) {
            guard let id = rule.id, abstractRules[id] == nil else { continue }
            abstractRules[id] = rule
        }
    }

    private mutating func concreteRules(of pattern: SchemaPattern) throws(SchematronError) -> [SchemaRule] {
        var own: [String: SchemaRule] = [:]
        for rule in pattern.rules where rule.isAbstract {
            if let id = rule.id, own[id] == nil { own[id] = rule }
        }
        var rules: [SchemaRule] = []
        for rule in pattern.rules where !rule.isAbstract {
            var concrete = rule
            concrete.items = []
            try append(rule, to: &concrete.items, own: own, depth: 0)
            rules.append(concrete)
        }
        return rules
    }

    private mutating func append(
        _ rule: SchemaRule, to items: inout [SchemaRule.Item], own: [String: SchemaRule], depth: Int
    ) throws(SchematronError) {
        guard depth < Self.maximumDepth, count < Self.maximumItems else {
            throw SchematronError(
                .tooLarge, "'extends' leads back to its own rule, or the schema grows too large", at: rule.place)
        }
        for item in rule.items {
            guard case .extends(let id, let place) = item else {
                items.append(item)
                count += 1
                continue
            }
            guard let base = own[id] ?? abstractRules[id] else {
                notes.append(SchemaNote(.missingReference, "the abstract rule '\(id)' does not exist", at: place))
                continue
            }
            count += 1
            try append(base, to: &items, own: own, depth: depth + 1)
        }
    }
}

/// The parameters of an abstract pattern's instance: `$name` is replaced as text, wherever it stands.
struct Parameters {
    /// Longest name first.
    private let parameters: [(name: [UInt8], value: [UInt8])]

    init(_ parameters: [(name: String, value: String)]) {
        self.parameters = parameters.map { (Array($0.name.utf8), Array($0.value.utf8)) }
            .sorted { $0.name.count > $1.name.count }
    }

    func replaced(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard !parameters.isEmpty, bytes.contains(0x24) else { return text }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x24, let found = parameter(at: index + 1, in: bytes) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            result += found.value
            index += 1 + found.name.count
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func parameter(at index: Int, in bytes: [UInt8]) -> (name: [UInt8], value: [UInt8])? {
        parameters.first { parameter in
            let end = index + parameter.name.count
            guard end <= bytes.count, bytes[index..<end].elementsEqual(parameter.name) else { return false }
            // `$name_more` is another name.
            return end == bytes.count || !Self.continuesWord(bytes[end])
        }
    }

    private static func continuesWord(_ byte: UInt8) -> Bool {
        byte == 0x5F || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    func replaced(_ variable: SchemaLet) -> SchemaLet {
        SchemaLet(
            name: variable.name, value: variable.value.map(replaced), text: replaced(variable.text),
            place: variable.place)
    }

    func replaced(_ part: MessagePart) -> MessagePart {
        switch part {
        case .text(let text): .text(replaced(text))
        case .value(let select, let place): .value(select: replaced(select), place: place)
        case .name(let path, let place): .name(path: path.map(replaced), place: place)
        }
    }

    func replaced(_ annotation: SchemaAnnotation) -> SchemaAnnotation {
        var annotation = annotation
        annotation.role = annotation.role.map(replaced)
        annotation.flag = annotation.flag.map(replaced)
        annotation.see = annotation.see.map(replaced)
        annotation.subject = annotation.subject.map(replaced)
        return annotation
    }

    func replaced(_ rule: SchemaRule) -> SchemaRule {
        var rule = rule
        rule.context = replaced(rule.context)
        rule.annotation = replaced(rule.annotation)
        rule.items = rule.items.map { item in
            switch item {
            case .variable(let variable): return .variable(replaced(variable))
            case .extends: return item
            case .check(var check):
                check.test = replaced(check.test)
                check.annotation = replaced(check.annotation)
                check.message = check.message.map(replaced)
                return .check(check)
            }
        }
        return rule
    }
}
