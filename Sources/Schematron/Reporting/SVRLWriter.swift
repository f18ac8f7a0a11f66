public import XML

/// Writes a report in the Schematron Validation Report Language (ISO/IEC 19757-3 annex D).
public enum SVRLWriter {
    /// The two dialects.
    public enum Flavour: Sendable {
        /// As the norm has it: `test` is given, `location` is an XPath expression.
        case iso
        /// As the official kit writes it: no `test`, human locations, `document` and `dateHeure` on the outermost element.
        case kit
    }

    /// The report as an element.
    ///
    /// - Parameters:
    ///   - documentName: what `document` shows.
    ///   - date: what `dateHeure` shows; the kit's flavour alone.
    public static func element(
        _ report: ValidationReport, flavour: Flavour = .iso, documentName: String, date: String = ""
    ) -> Element {
        let schema = report.schema
        var root = Element("svrl:schematron-output")
        root["xmlns:svrl"] = "http://purl.oclc.org/dsdl/svrl"
        if flavour == .kit {
            for namespace in schema.namespaces { root["xmlns:" + namespace.prefix] = namespace.uri }
        }
        if !schema.title.isEmpty { root["title"] = schema.title }
        if !schema.schemaVersion.isEmpty { root["schemaVersion"] = schema.schemaVersion }
        if let phase = schema.phase { root["phase"] = phase }
        if flavour == .kit {
            root["document"] = documentName
            root["dateHeure"] = date
        } else {
            for namespace in schema.namespaces {
                root.append(
                    Element(
                        "svrl:ns-prefix-in-attribute-values", ["uri": namespace.uri, "prefix": namespace.prefix], []))
            }
        }
        appendPatterns(report, flavour, documentName, to: &root)
        return root
    }

    /// The report as a file.
    public static func bytes(
        _ report: ValidationReport, flavour: Flavour = .iso, documentName: String, date: String = ""
    ) -> [UInt8] {
        let element = element(report, flavour: flavour, documentName: documentName, date: date)
        switch flavour {
        case .iso: return Serializer.serialize(element, indented: true)
        case .kit: return Array(kitProlog.utf8) + Serializer.serialize(element, declaration: false, indented: true)
        }
    }

    /// The kit's reports name the stylesheet that it shows them with.
    private static let kitProlog = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <?xml-stylesheet type="text/xsl" href="rapportSchematronToHtml4.xsl"?>

        """

    private static func appendPatterns(
        _ report: ValidationReport, _ flavour: Flavour, _ documentName: String, to root: inout Element
    ) {
        var firing = 0
        var outcome = 0
        // Those of a context belong to no fired rule.
        let unclear = report.indeterminate.filter { $0.firing != nil }
        var indeterminate = 0
        for (index, pattern) in report.schema.patterns.enumerated() {
            root.append(active(pattern, flavour, documentName))
            while firing < report.firings.count, report.firings[firing].pattern == Int32(index) {
                root.append(fired(report, firing))
                while outcome < report.outcomes.count, report.outcomes[outcome].firing == firing {
                    root.append(element(report.outcomes[outcome], report, flavour))
                    outcome += 1
                }
                while indeterminate < unclear.count, unclear[indeterminate].firing == firing {
                    if let error = element(unclear[indeterminate], report, flavour) { root.append(error) }
                    indeterminate += 1
                }
                firing += 1
            }
        }
    }

    private static func active(_ pattern: BoundSchema.Pattern, _ flavour: Flavour, _ documentName: String) -> Element {
        var element = Element("svrl:active-pattern")
        if flavour == .iso { element["documents"] = documentName }
        if let id = pattern.id { element["id"] = id }
        if flavour == .iso, !pattern.title.isEmpty { element["name"] = pattern.title }
        for paragraph in pattern.paragraphs where flavour == .kit {
            element.append(Element("svrl:text", text: paragraph))
        }
        return element
    }

    private static func fired(_ report: ValidationReport, _ index: Int) -> Element {
        let rule = report.schema.rules[Int(report.firings[index].rule)].rule
        var element = Element("svrl:fired-rule", ["context": rule.context])
        if let id = rule.id { element["id"] = id }
        annotate(&element, rule.annotation)
        return element
    }

    private static func element(
        _ outcome: ValidationReport.Outcome, _ report: ValidationReport, _ flavour: Flavour
    ) -> Element {
        let check = report.schema.checks[outcome.check]
        var element = Element(check.assertion.kind == .assert ? "svrl:failed-assert" : "svrl:successful-report")
        if flavour == .iso { element["test"] = check.assertion.test }
        if let id = check.assertion.id ?? (flavour == .iso ? report.schema.stableID(ofCheck: outcome.check) : nil) {
            element["id"] = id
        }
        annotate(&element, check.assertion.annotation)
        element["location"] = flavour == .iso ? Location.expression(outcome.node) : Location.human(outcome.node)
        element.append(Element("svrl:text", text: outcome.text))
        for diagnostic in outcome.diagnostics {
            element.append(Element("svrl:diagnostic-reference", ["diagnostic": diagnostic.id], text: diagnostic.text))
        }
        for property in outcome.properties {
            element.append(Element("svrl:property-reference", ["property": property.id], text: property.text))
        }
        return element
    }

    /// ISO has no word for what could not be judged; `error` is that of the 2025 edition's SVRL.
    private static func element(
        _ item: ValidationReport.Indeterminate, _ report: ValidationReport, _ flavour: Flavour
    ) -> Element? {
        guard flavour == .iso else { return nil }
        var element = Element("svrl:error")
        element["location"] = Location.expression(item.node)
        element["code"] = item.code
        if let check = item.check { element["test"] = report.schema.checks[check].assertion.test }
        element.append(Element("svrl:text", text: item.message))
        return element
    }

    private static func annotate(_ element: inout Element, _ annotation: SchemaAnnotation) {
        if let role = annotation.role { element["role"] = role }
        if let flag = annotation.flag { element["flag"] = flag }
        if let see = annotation.see { element["see"] = see }
        if let icon = annotation.icon { element["icon"] = icon }
        if let fpi = annotation.fpi { element["fpi"] = fpi }
        if let language = annotation.language { element["xml:lang"] = language }
    }
}
