import Conformance
import DICOM
import Testing

@testable import Checks

/// The tag of an attribute, not the one of the testing library.
typealias Tag = DICOM.Tag

/// A subject that breaks one rule, and what the rule says of it.
struct BrokenCase<Subject: Sendable>: Sendable, CustomTestStringConvertible {
    let id: String
    /// What was done to the subject.
    let edit: String
    /// The severity in a run; nil: that of the descriptor.
    let severity: Severity?
    /// The severity at capture; nil: as in a run.
    let capture: Severity?
    /// What the finding names as found.
    let actual: String
    let make: @Sendable () throws -> Subject

    init(
        _ id: String, _ edit: String, actual: String, severity: Severity? = nil, capture: Severity? = nil,
        make: @escaping @Sendable () throws -> Subject
    ) {
        self.id = id
        self.edit = edit
        self.severity = severity
        self.capture = capture
        self.actual = actual
        self.make = make
    }

    var testDescription: String { "\(id) \(edit)" }

    /// Judges the subject at both levels and compares.
    func expectBroken(_ rules: [Rule<Subject>]) throws {
        let rule = try #require(rules.first { $0.descriptor.id == id })
        let subject = try make()
        for level in JudgementLevel.allCases {
            let outcome = rule.judge(subject, level: level)
            let usual = level == .run ? rule.descriptor.severity : rule.descriptor.captureSeverity
            let expected = (level == .capture ? capture : nil) ?? severity ?? usual
            #expect(outcome.verdict == (expected == .violation ? .fail : .pass), "\(level)")
            let finding = try #require(
                outcome.findings.first { $0.severity == expected && ($0.actual ?? "").contains(actual) },
                "\(level): \(outcome.findings.map { "\($0.severity) \($0.actual ?? "nil")" })")
            #expect(finding.check == id)
            #expect(finding.place != nil)
            #expect(finding.expected?.isEmpty == false)
        }
    }
}

/// What every table of rules keeps.
func expectSoundTable<Subject>(_ rules: [Rule<Subject>], broken: [String], prefix: String) {
    let ids = rules.map(\.descriptor.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids).subtracting(broken).sorted() == [], "rules without a failing case")
    for descriptor in rules.map(\.descriptor) {
        #expect(descriptor.id.hasPrefix(prefix))
        #expect(!descriptor.statement.fr.isEmpty && !descriptor.statement.en.isEmpty)
        #expect(descriptor.statement.fr != descriptor.statement.en, "\(descriptor.id)")
        #expect(!descriptor.source.isEmpty && !descriptor.source.contains(".md"), "\(descriptor.id)")
    }
}

/// The verdicts of a table on one subject, by rule.
func verdicts<Subject>(_ rules: [Rule<Subject>], _ subject: Subject, _ level: JudgementLevel = .run)
    -> [String: Verdict]
{
    Dictionary(uniqueKeysWithValues: rules.map { ($0.descriptor.id, $0.judge(subject, level: level).verdict) })
}

/// The findings of a table on one subject that weigh `severity`, as `id: actual`.
func findings<Subject>(
    _ rules: [Rule<Subject>], _ subject: Subject, _ severity: Severity, _ level: JudgementLevel = .run
) -> [String] {
    rules.flatMap { $0.judge(subject, level: level).findings }.filter { $0.severity == severity }
        .map { "\($0.check): \($0.actual ?? "")" }
}

extension ManifestSubject {
    /// The manifest of bytes.
    init(reading bytes: [UInt8]) throws { self.init(bytes: bytes, file: try DICOMFile(reading: bytes)) }
}
