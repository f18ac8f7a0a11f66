import Conformance
import XDS

/// The codes of the French value sets: by their members where these are known, else by coding system and form.
extension SubmissionRules {
    static let codes: [Rule<SubmissionSubject>] = [
        rule(
            "PNR-016", fr: "contentTypeCode du lot est du jeu de valeurs, avec son système de codage",
            en: "contentTypeCode of the set is of the value set, with its coding system",
            source: "\(Norm.sharing), JDV_J59"
        ) { subject, remarks in
            for set in subject.request.submission.submissionSets {
                let demand = CodeDemand.contentType
                if let code = set.contentTypeCode, demand.accepts(code, subject.context.valueSets) { continue }
                remarks.remark(
                    expected: demand.expected(subject.context.valueSets),
                    actual: set.contentTypeCode.map { "\($0.code) (\($0.scheme))" } ?? "∅",
                    at: set.contentTypeCode.flatMap { subject.place($0.place) } ?? subject.place(set))
            }
        },
        rule(
            "PNR-043", fr: "healthcareFacilityTypeCode est du jeu de valeurs, avec son système de codage",
            en: "healthcareFacilityTypeCode is of the value set, with its coding system",
            source: "\(Norm.sharing), JDV_J02"
        ) { subject, remarks in
            let demand = CodeDemand.facility
            for entry in subject.entries {
                guard let code = entry.healthcareFacilityTypeCode, !demand.accepts(code, subject.context.valueSets)
                else { continue }
                remarks.remark(
                    expected: demand.expected(subject.context.valueSets), actual: "\(code.code) (\(code.scheme))",
                    at: subject.place(code.place) ?? subject.place(entry))
            }
        },
        rule(
            "xds.value-sets", .warning,
            fr: "classCode, typeCode, formatCode et spécialité des auteurs sont des jeux de valeurs du CI-SIS",
            en: "classCode, typeCode, formatCode and specialty of the authors are of the value sets of the CI-SIS",
            source: "\(Norm.sharing), JDV_J01, JDV_J06, JDV_J07, JDV_J10"
        ) { subject, remarks in judgeValueSets(subject, &remarks) },
    ]

    /// The attributes whose codes are judged by coding system and form alone, as `catalogue` does not list their value set.
    public static func unlistedCodes(in catalogue: ValueSetCatalogue) -> [String] {
        let sets: [(name: String, keys: [String])] = [
            ("classCode", ["JDV_J06"]), ("typeCode", ["1.2.250.1.213.1.1.5.471", "JDV_J07"]),
            ("formatCode", ["JDV_J10"]), ("authorSpecialty", ["1.2.250.1.213.1.1.5.461", "JDV_J01"]),
            ("healthcareFacilityTypeCode", CodeDemand.facility.keys),
            ("contentTypeCode", CodeDemand.contentType.keys),
        ]
        return sets.filter { set in set.keys.allSatisfy { catalogue.listed($0) == nil } }.map(\.name)
    }

    private static func judgeValueSets(_ subject: SubmissionSubject, _ remarks: inout Remarks) {
        let catalogue = subject.context.valueSets
        let names: [(name: String, keys: [String], value: (DocumentEntry) -> [CodedValue])] = [
            ("classCode", ["JDV_J06"], { [$0.classCode].compactMap { $0 } }),
            ("typeCode", ["1.2.250.1.213.1.1.5.471", "JDV_J07"], { [$0.typeCode].compactMap { $0 } }),
            ("formatCode", ["JDV_J10"], { [$0.formatCode].compactMap { $0 } }),
            (
                "authorSpecialty", ["1.2.250.1.213.1.1.5.461", "JDV_J01"],
                { entry in
                    entry.authors.flatMap { author in
                        author.specialties.compactMap { CodedValue(specialty: $0, place: author.place) }
                    }
                }
            ),
        ]
        var count = 0
        for (name, keys, value) in names {
            guard let set = keys.lazy.compactMap({ catalogue.listed($0) }).first else { continue }
            for entry in subject.contentEntries {
                for code in value(entry) {
                    count += 1
                    guard !set.contains(code) else { continue }
                    remarks.remark(
                        LocalizedText(
                            fr: "\(name) n'est pas du jeu de valeurs \(set.name)",
                            en: "\(name) is not of the value set \(set.name)"),
                        expected: set.name, actual: "\(code.code) (\(code.scheme))",
                        at: subject.place(code.place) ?? subject.place(entry))
                }
            }
        }
        guard count == 0 else { return }
        remarks.notRun(
            fr: "Les jeux de valeurs officiels ne sont pas là : enregistrez un kit par cisis pack add",
            en: "The official value sets are not there: register a kit with cisis pack add")
    }
}

extension CodedValue {
    /// Reads `code^label^OID`, as authorSpecialty has it; nil where it has not that form.
    init?(specialty text: String, place: ReadPlace) {
        let parts = text.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        self.init(parts[0], parts[2], parts[1], place: place)
    }
}
