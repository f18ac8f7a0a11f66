public import Conformance
internal import DICOM

/// The rules that one KOS manifest can show alone.
///
/// Sources: DICOM PS3.3 (IOD and modules), PS3.5 (encoding), PS3.10 (file), PS3.16 TID 2010; IHE RAD TF-2 4.68 (XDS-I.b
/// manifest); CI-SIS, DRIM-M (the French content: INS, order, retrieve URL, description).
public enum ManifestRules {
    /// Every rule, in the order of its id.
    public static let all: [Rule<ManifestSubject>] =
        (fileRules + documentRules + patientRules + titleRules + requestRules + evidenceRules + contentRules
        + contextRules + moduleRules + valueRules)
        .sorted { $0.descriptor.id < $1.descriptor.id }

    static let drim = "CI-SIS, DRIM-M, manifeste KOS"

    /// One rule of the layer `kos`.
    static func rule(
        _ id: String, _ severity: Severity, capture: Severity? = nil, fr: String, en: String, source: String,
        _ apply: @escaping @Sendable (ManifestSubject, inout Remarks) -> Void
    ) -> Rule<ManifestSubject> {
        Rule(RuleDescriptor(id, layer: "kos", severity, capture: capture, fr: fr, en: en, source: source)) {
            subject, remarks in
            remarks.usualAdvice = ManifestAdvice.advice[id]
            apply(subject, &remarks)
        }
    }

    /// Says that `tag` does not hold `expected`, unless it does.
    static func demand(
        _ tag: Tag, _ expected: [String], _ subject: ManifestSubject, _ remarks: inout Remarks,
        advice: LocalizedText? = nil
    ) {
        let path = TagPath([], tag)
        let actual = subject.file.dataSet.text(tag)
        guard actual.map(expected.contains) != true else { return }
        remarks.remark(
            expected: expected.joined(separator: ", "), actual: subject.shown(path), advice: advice,
            at: subject.place(path))
    }

    /// Says which of `tags` is not there, below `path`.
    static func demandPresent(
        _ tags: [Tag], in path: TagPath, _ subject: ManifestSubject, _ remarks: inout Remarks
    ) {
        for tag in tags where subject.file.dataSet[path.element(tag)] == nil {
            let name = DataDictionary.entry(tag)?.keyword ?? ""
            remarks.remark(
                expected: "\(tag) \(name)", actual: Shown.absent, at: subject.place(path.element(tag)))
        }
    }
}

extension ManifestSubject {
    /// The element of a path; of the file meta information where its group is 0002.
    func element(_ path: TagPath) -> DataElement? {
        if path.steps.isEmpty, path.tag?.group == 2 { return path.tag.flatMap { file.meta[$0] } }
        return file.dataSet[path]
    }

    /// The data set or item that the steps of a path lead to.
    private func item(_ path: TagPath) -> DataSet? {
        var current = file.dataSet
        for step in path.steps {
            let items = current.items(step.tag)
            guard items.indices.contains(step.item - 1) else { return nil }
            current = items[step.item - 1]
        }
        return current
    }

    /// Where an element is, or where the item begins that should hold it.
    func place(_ path: TagPath) -> EvidencePlace {
        let byte: Int? =
            if let element = element(path) {
                element.byteOffset
            } else if path.tag?.group == 2 {
                file.hasPreamble ? 132 : 0
            } else if path.steps.isEmpty {
                file.dataSetOffset
            } else {
                item(path)?.byteOffset
            }
        return EvidencePlace(byte: byte, tag: path.description.isEmpty ? nil : path.description)
    }

    /// Where the only item of a sequence departs from `values`; the sequence where it has not one item.
    func place(_ sequence: TagPath, holding values: [(tag: Tag, value: String)]) -> EvidencePlace {
        guard let tag = sequence.tag, let items = element(sequence)?.items, items.count == 1,
            let wrong = values.first(where: { items[0].string($0.tag) != $0.value })
        else { return place(sequence) }
        return place(sequence.item(tag, 1).element(wrong.tag))
    }

    /// Where the only item of a code sequence is not that code.
    func codePlace(_ sequence: TagPath, _ value: String, _ scheme: String) -> EvidencePlace {
        place(sequence, holding: [(.codeValue, value), (.codingSchemeDesignator, scheme)])
    }

    /// Where an element of the root is.
    func place(_ tag: Tag) -> EvidencePlace { place(TagPath([], tag)) }

    /// The value of an element for a person: a sign where there is none, text, or the number of its items.
    func shown(_ path: TagPath) -> String {
        guard let element = element(path) else { return Shown.absent }
        if element.isEmpty { return Shown.empty }
        switch element.value {
        case .items(let items): return "\(items.count) × (FFFE,E000)"
        case .fragments(let fragments): return "\(fragments.count) × (FFFE,E000)"
        case .bytes(let bytes):
            let values = element.strings(item(path)?.characterSet ?? .ascii)
            return values.isEmpty ? "\(bytes.count) × 8 bit" : values.joined(separator: "\\")
        }
    }

    /// The value of an element of the root for a person.
    func shown(_ tag: Tag) -> String { shown(TagPath([], tag)) }
}

extension DataSet {
    /// Visits every element, those of items after the sequence that holds them, with its path and its own data set.
    func visit(from path: TagPath = TagPath(), _ body: (DataElement, TagPath, DataSet) -> Void) {
        for element in elements {
            body(element, path.element(element.tag), self)
            for (index, item) in element.items.enumerated() {
                item.visit(from: path.item(element.tag, index + 1), body)
            }
        }
    }

    /// Whether the item names an authority by an OID: (0040,0032), (0040,0033) = `ISO`.
    var universalOID: String? {
        guard string(.universalEntityIDType) == "ISO", let oid = string(.universalEntityID), UID.isValid(oid) else {
            return nil
        }
        return oid
    }
}

/// The forms of DICOM's date, time and offset (PS3.5, table 6.2-1).
enum DICOMForm {
    /// `YYYYMMDD`, a date of the calendar.
    static func isDate(_ text: String) -> Bool {
        let digits = numbers(text)
        guard digits.count == 8, text.utf8.count == 8 else { return false }
        let year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
        let month = digits[4] * 10 + digits[5]
        let day = digits[6] * 10 + digits[7]
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return lengths.indices.contains(month - 1) && (1...lengths[month - 1]).contains(day)
    }

    /// `HH[MM[SS[.F…]]]`.
    static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = numbers(String(parts[0]))
        guard digits.count == parts[0].utf8.count, [2, 4, 6].contains(digits.count) else { return false }
        if parts.count == 2 {
            let fraction = numbers(String(parts[1]))
            guard digits.count == 6, (1...6).contains(fraction.count), fraction.count == parts[1].utf8.count else {
                return false
            }
        }
        let pairs = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        return zip(pairs, [24, 60, 61]).allSatisfy { $0 < $1 }
    }

    /// `±HHMM` from -1200 to +1400.
    static func isOffset(_ text: String) -> Bool {
        guard let sign = text.first, "+-".contains(sign) else { return false }
        let digits = numbers(String(text.dropFirst()))
        guard digits.count == 4, text.utf8.count == 5, digits[2] < 6 else { return false }
        let value = digits.reduce(0) { $0 * 10 + $1 }
        return sign == "+" ? value <= 1400 : value <= 1200
    }

    private static func numbers(_ text: String) -> [Int] {
        text.utf8.filter { (0x30...0x39).contains($0) }.map { Int($0) - 0x30 }
    }
}
