internal import Glibc
internal import Schematron
internal import XML

/// Writes the Schematrons of a document as XSLT 2.0, for another processor to be compared with.
struct StylesheetSection {
    let kit: Kit
    let options: Options

    init(_ options: Options) {
        kit = Kit(options)
        self.options = options
    }

    func run() throws {
        let document = try Document(contentsOfFile: options.document)
        for (index, name) in kit.schematrons(for: options.document, document).enumerated() {
            let schema = try kit.schematron(name)
            let folder = name.split(separator: "/").dropLast().map { $0 + "/" }.joined()
            let sheet = StylesheetWriter(schema, base: "file://\(options.output)/kit/schematrons/\(folder)").element()
            let path = "\(options.output)/\(index)-\(Kit.lastSegment(name)).xsl"
            guard let file = fopen(path, "w") else {
                throw Subprocess.Failure(description: "\(path): cannot be written")
            }
            let bytes = Serializer.serialize(sheet)
            let count = fwrite(bytes, 1, bytes.count, file)
            guard fclose(file) == 0, count == bytes.count else {
                throw Subprocess.Failure(description: "\(path): cannot be written")
            }
        }
    }
}

/// A bound schema as an XSLT 2.0 stylesheet of the reference's shape: a mode for each pattern, a template for each rule
/// with the first rule first in priority, variables of schema and patterns global, messages in SVRL.
///
/// The reference walks the document once more for every pattern, to no end; this does not.
struct StylesheetWriter {
    private let schema: BoundSchema
    private let base: String

    init(_ schema: BoundSchema, base: String) {
        self.schema = schema
        self.base = base
    }

    func element() -> Element {
        var sheet = Element("xsl:stylesheet", ["version": "2.0"])
        sheet.attributes += [
            ("xmlns:xsl", "http://www.w3.org/1999/XSL/Transform"), ("xmlns:svrl", "http://purl.oclc.org/dsdl/svrl"),
            ("xmlns:xs", "http://www.w3.org/2001/XMLSchema"), ("xml:base", base),
        ]
        for (prefix, uri) in schema.namespaces where !["xsl", "svrl", "xs", "xml"].contains(prefix) {
            sheet.attributes.append(("xmlns:\(prefix)", uri))
        }
        var known: Set<String> = []
        for variable in globals() where known.insert(variable.name).inserted { sheet.append(self.variable(variable)) }
        var root = Element("svrl:schematron-output")
        for index in schema.patterns.indices {
            root.append(Element("svrl:active-pattern"))
            root.append(Element("xsl:apply-templates", ["select": "/", "mode": "M\(index)"]))
        }
        sheet.append(Element("xsl:template", ["match": "/"], [root]))
        for index in schema.patterns.indices {
            sheet.append(Element("xsl:template", ["match": "text()", "priority": "-1", "mode": "M\(index)"]))
            sheet.append(
                Element("xsl:template", ["match": "@*|node()", "priority": "-2", "mode": "M\(index)"], [walk(index)]))
        }
        for (number, rule) in schema.rules.enumerated() {
            sheet.append(template(rule, priority: schema.rules.count - number))
        }
        return sheet
    }

    private func globals() -> [SchemaLet] {
        let source = schema.source
        guard let phase = source.phases.first(where: { $0.id == schema.phase }) else {
            return source.lets + source.patterns.flatMap(\.lets)
        }
        let active = Set(phase.active.map(\.pattern))
        let patterns = source.patterns.filter { $0.id.map(active.contains) ?? false }
        return source.lets + phase.lets + patterns.flatMap(\.lets)
    }

    private func variable(_ variable: SchemaLet) -> Element {
        guard let value = variable.value else {
            return Element("xsl:variable", ["name": variable.name], text: variable.text)
        }
        return Element("xsl:variable", ["name": variable.name, "select": value])
    }

    private func walk(_ pattern: Int) -> Element {
        Element("xsl:apply-templates", ["select": "*|comment()|processing-instruction()", "mode": "M\(pattern)"])
    }

    private func template(_ rule: BoundSchema.Rule, priority: Int) -> Element {
        var template = Element(
            "xsl:template",
            ["match": rule.rule.context, "priority": String(1000 + priority), "mode": "M\(rule.pattern)"])
        template.append(Element("svrl:fired-rule", ["context": Self.literal(rule.rule.context)]))
        for item in rule.rule.items {
            switch item {
            case .variable(let local): template.append(variable(local))
            case .check(let assertion): template.append(check(assertion))
            case .extends: break
            }
        }
        template.append(walk(rule.pattern))
        return template
    }

    private func check(_ assertion: SchemaAssertion) -> Element {
        var text = Element("svrl:text")
        for part in assertion.message {
            switch part {
            case .text(let piece): text.append(Element("xsl:text", text: piece))
            case .value(let select, _): text.append(Element("xsl:value-of", ["select": select]))
            case .name(let path, _): text.append(Element("xsl:value-of", ["select": "name(\(path ?? "."))"]))
            }
        }
        switch assertion.kind {
        case .assert:
            return Element(
                "xsl:choose", [:],
                [
                    Element("xsl:when", ["test": assertion.test]),
                    Element("xsl:otherwise", [:], [Element("svrl:failed-assert", [:], [text])]),
                ])
        case .report:
            return Element("xsl:if", ["test": assertion.test], [Element("svrl:successful-report", [:], [text])])
        }
    }

    /// A text where XSLT takes braces for expressions.
    private static func literal(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "{" || scalar == "}" { result.unicodeScalars.append(scalar) }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
