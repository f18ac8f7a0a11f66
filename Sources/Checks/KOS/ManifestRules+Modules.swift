internal import Conformance
internal import DICOM

// What the modules of the IOD demand and no rule of its own says: KOS-069, KOS-070, KOS-074.
extension ManifestRules {
    private static let modules = "DICOM PS3.3 A.35.4; PS3.5 7.4"

    static let moduleRules = [
        rule(
            "KOS-069", .violation,
            fr: "Tout attribut de type 1, ou 1C dont la condition est remplie, est présent avec une valeur.",
            en: "Each attribute of type 1, or 1C whose condition holds, is there with a value.", source: modules
        ) { subject, remarks in
            eachAttribute(subject) { attribute, path, dataSet in
                guard attribute.kind == .one, attribute.condition?(dataSet) ?? true else { return }
                guard dataSet[attribute.tag]?.isEmpty ?? true, !isTold(attribute, dataSet, subject) else { return }
                sayMissing(attribute, path, subject, &remarks)
            }
        },
        rule(
            "KOS-070", .violation, fr: "Tout attribut de type 2 est présent, au besoin sans valeur.",
            en: "Each attribute of type 2 is there, without a value if need be.", source: modules
        ) { subject, remarks in
            eachAttribute(subject) { attribute, path, dataSet in
                guard attribute.kind == .two, attribute.condition?(dataSet) ?? true else { return }
                guard !dataSet.contains(attribute.tag), !isTold(attribute, dataSet, subject) else { return }
                sayMissing(attribute, path, subject, &remarks)
            }
        },
        rule(
            "KOS-074", .violation,
            fr: "Aucun attribut conditionnel n'est là sans sa condition, et aucune séquence n'a trop d'items.",
            en: "No conditional attribute is there without its condition, and no sequence has too many items.",
            source: modules
        ) { subject, remarks in
            eachAttribute(subject) { attribute, path, dataSet in
                guard let element = dataSet[attribute.tag] else { return }
                if attribute.isForbiddenElsewise, let condition = attribute.condition, !condition(dataSet) {
                    // Without a type the fault is the type's: KOS-057, KOS-069.
                    let hasType = dataSet.string(.valueType).map(valueTypes.contains) ?? false
                    remarks.remark(
                        expected: Shown.absent, actual: "\(named(attribute.tag)): \(subject.shown(path))",
                        at: subject.place(path), severity: hasType ? nil : .information)
                }
                if let maximum = attribute.maximumItems, element.items.count > maximum,
                    !isTold(attribute, dataSet, subject)
                {
                    remarks.remark(
                        expected: "<= \(maximum) × (FFFE,E000)", actual: subject.shown(path), at: subject.place(path))
                }
            }
        },
    ]

    /// The types of content items (PS3.3, table C.17.3-8).
    private static let valueTypes: Set<String> = [
        "TEXT", "NUM", "CODE", "DATETIME", "DATE", "TIME", "UIDREF", "PNAME", "COMPOSITE", "IMAGE", "WAVEFORM",
        "SCOORD",
        "SCOORD3D", "TCOORD", "CONTAINER", "TABLE",
    ]

    /// The tag and the keyword of an attribute.
    static func named(_ tag: Tag) -> String { "\(tag) \(DataDictionary.keyword(tag) ?? "")" }

    private static func sayMissing(
        _ attribute: ManifestModules.Attribute, _ path: TagPath, _ subject: ManifestSubject, _ remarks: inout Remarks
    ) {
        remarks.remark(
            expected: "\(named(attribute.tag)), type \(attribute.typeName) (\(attribute.module))",
            actual: subject.shown(path), at: subject.place(path), severity: attribute.isLenient ? .warning : nil)
    }

    private static func isTold(
        _ attribute: ManifestModules.Attribute, _ dataSet: DataSet, _ subject: ManifestSubject
    ) -> Bool {
        if attribute.toldWhere?(dataSet) == true { return true }
        return switch attribute.told {
        case .nowhere: false
        case .elsewhere: true
        case .nationally: subject.context.profile == .dim
        }
    }

    /// Goes through the attributes of every module, with the data set or item that should hold each.
    private static func eachAttribute(
        _ subject: ManifestSubject, _ body: (ManifestModules.Attribute, TagPath, DataSet) -> Void
    ) {
        // Without file meta information KOS-002 says so: its elements are not missing one by one.
        if !subject.file.meta.isEmpty { visit(ManifestModules.meta, subject.file.meta, TagPath(), body) }
        visit(ManifestModules.root, subject.file.dataSet, TagPath(), body)
    }

    private static func visit(
        _ attributes: [ManifestModules.Attribute], _ dataSet: DataSet, _ path: TagPath,
        _ body: (ManifestModules.Attribute, TagPath, DataSet) -> Void
    ) {
        for attribute in attributes {
            body(attribute, path.element(attribute.tag), dataSet)
            guard !attribute.items.isEmpty else { continue }
            for (index, item) in dataSet.items(attribute.tag).enumerated() {
                visit(attribute.items, item, path.item(attribute.tag, index + 1), body)
            }
        }
    }
}
