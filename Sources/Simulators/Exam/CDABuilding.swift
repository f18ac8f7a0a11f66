import XML

/// Small makers of the CDA elements that a report repeats.
enum CDA {
    static let loinc = "2.16.840.1.113883.6.1"
    static let dicom = "1.2.840.10008.2.16.4"
    static let snomed = "2.16.840.1.113883.6.96"

    /// The names that readers expect beside the OIDs.
    private static let systemNames = [
        loinc: "LOINC", dicom: "DCM", snomed: "SNOMED CT", "1.2.250.1.215.300.1": "CCAM",
        "1.2.840.10008.2.6.1": "DCMUID", "2.16.840.1.113883.6.3": "CIM-10",
    ]

    static func identifier(_ root: String, _ value: String? = nil, as name: String = "id") -> Element {
        var element = Element(name, ["root": root])
        if let value { element.attributes.append((name: "extension", value: value)) }
        return element
    }

    static func templates(_ roots: [String]) -> [Element] { roots.map { identifier($0, as: "templateId") } }

    static func code(
        _ name: String, _ value: ExamFixture.Coded, type: String? = nil, _ children: [Element] = []
    ) -> Element {
        var element = Element(name)
        if let type { element.attributes.append((name: "xsi:type", value: type)) }
        element.attributes += [
            (name: "code", value: value.code), (name: "displayName", value: value.display),
            (name: "codeSystem", value: value.system),
        ]
        if let label = systemNames[value.system] { element.attributes.append((name: "codeSystemName", value: label)) }
        element.content = children.map { .element($0) }
        return element
    }

    static func loincCode(_ code: String, _ display: String) -> ExamFixture.Coded {
        ExamFixture.Coded(code, display, loinc)
    }

    static func dicomCode(_ code: String, _ display: String) -> ExamFixture.Coded {
        ExamFixture.Coded(code, display, dicom)
    }

    /// `originalText/reference`.
    static func original(_ anchor: String) -> Element {
        Element("originalText", [:], [reference("#\(anchor)")])
    }

    static func reference(_ value: String) -> Element { Element("reference", ["value": value]) }

    static func textReference(_ anchor: String) -> Element { Element("text", [:], [reference("#\(anchor)")]) }

    static func completed() -> Element { Element("statusCode", ["code": "completed"]) }

    static func component(_ child: Element) -> Element { Element("component", [:], [child]) }

    static func entry(_ child: Element) -> Element { Element("entry", [:], [child]) }

    static func content(_ anchor: String, _ text: String) -> Element { Element("content", ["ID": anchor], text: text) }

    static func paragraph(_ text: String) -> Element { Element("paragraph", [:], text: text) }

    static func list(_ items: [String]) -> Element {
        Element("list", [:], items.map { Element("item", [:], text: $0) })
    }

    /// A table of one row: a heading and a cell a column.
    static func table(_ columns: [(heading: String, cell: Element)]) -> Element {
        Element(
            "table", ["border": "0"],
            [
                Element("thead", [:], [Element("tr", [:], columns.map { Element("th", [:], text: $0.heading) })]),
                Element("tbody", [:], [Element("tr", [:], columns.map { Element("td", [:], [$0.cell]) })]),
            ])
    }

    /// A section: templates, id, code, title, narrative, then entries and sub-sections.
    static func section(
        templates roots: [String], id: String, code value: ExamFixture.Coded, title: String, text: [Element],
        _ children: [Element] = []
    ) -> Element {
        Element(
            "section", [:],
            templates(roots) + [
                identifier(id), code("code", value), Element("title", [:], text: title), Element("text", [:], text),
            ] + children)
    }
}
