import Conformance
import DICOM
import Foundation
import Imaging
import Simulators
import Testing
import XDS
import XML

@testable import Checks

/// Objects of the invented exam, one of them edited.
enum Exams {
    static let exam = ExamFixture(seed: 3)

    static func images(of exam: ExamFixture) -> [ReceivedImage] {
        exam.series.flatMap { series in
            series.instances.map { instance in
                ReceivedImage(
                    name: "image \(series.number).\(instance.number)", mediaType: "application/dicom",
                    head: ImageHeader(exam.image(instance, of: series)))
            }
        }
    }

    static func report(of exam: ExamFixture, _ edit: (String) -> String = { $0 }) throws -> ReportSubject {
        let text = edit(String(decoding: Serializer.serialize(exam.report()), as: UTF8.self))
        return try #require(ReportSubject(try Document(parsing: Array(text.utf8))))
    }

    static func subject(of exam: ExamFixture) throws -> CoherenceSubject {
        CoherenceSubject(
            report: try report(of: exam), manifest: try ManifestSubject(reading: exam.manifestBytes()),
            entries: exam.submissionRequest().submission.entries, images: images(of: exam), imagesAreComplete: true)
    }

    typealias Case = BrokenCase<CoherenceSubject>

    /// One object is that of another exam.
    private static func edited(
        _ id: String, _ edit: String, actual: String, severity: Severity? = nil,
        _ change: @escaping @Sendable (inout CoherenceSubject) throws -> Void
    ) -> Case {
        Case(id, edit, actual: actual, severity: severity) {
            var subject = try subject(of: exam)
            try change(&subject)
            return subject
        }
    }

    private static func manifest(
        _ subject: inout CoherenceSubject, _ edit: (inout DICOMFile) -> Void
    ) throws {
        var file = exam.manifest().file()
        edit(&file)
        subject.manifest = try ManifestSubject(reading: file.serialized())
    }

    private static func entries(_ subject: inout CoherenceSubject, _ edit: (inout DocumentEntry) -> Void) {
        for index in subject.entries.indices { edit(&subject.entries[index]) }
    }

    private static func image(_ subject: inout CoherenceSubject, _ edit: (inout DICOMFile) -> Void) {
        var file = exam.image(exam.series[0].instances[0], of: exam.series[0])
        edit(&file)
        subject.images[0].head = ImageHeader(file)
    }

    private static func rename(_ subject: inout CoherenceSubject, _ name: String) {
        image(&subject) {
            $0.dataSet.set(.patientName, name)
            $0.dataSet.remove(.otherPatientNames)
        }
    }

    private static let request = TagPath([(.referencedRequestSequence, 1)])
    private static let otherINS = "170019999900074"
    private static let mrImage = "1.2.840.10008.5.1.4.1.1.4"

    static let identityCases: [Case] = [
        edited("XCK-001", "another INS in the KOS", actual: "KOS: \(otherINS)") {
            try manifest(&$0) { $0.dataSet.set(.patientID, otherINS) }
        },
        edited("XCK-001", "another authority in the KOS", actual: "1.2.250.1.213.1.4.8") {
            try manifest(&$0) {
                $0.dataSet.edit(TagPath([(.issuerOfPatientIDQualifiersSequence, 1)])) {
                    $0.set(.universalEntityID, "1.2.250.1.213.1.4.8")
                }
            }
        },
        edited("XCK-001", "another INS in the entries", actual: "XDS DocumentKOS: \(otherINS)") {
            entries(&$0) { $0.patientID = CX(id: otherINS, oid: "1.2.250.1.213.1.4.10", type: "NH") }
        },
        edited("XCK-001", "another INS in the entry of the report", actual: "XDS DocumentCR: \(otherINS)") {
            entries(&$0) { $0.patientID = CX(id: otherINS, oid: "1.2.250.1.213.1.4.10", type: "NH") }
        },
        edited("XCK-001", "another INS in an image", actual: "image 1.1: \(otherINS)") {
            image(&$0) {
                $0.dataSet.edit(TagPath([(.otherPatientIDsSequence, 1)])) { $0.set(.patientID, otherINS) }
            }
        },
        edited("XCK-001", "another INS as number of an image", actual: "image 1.1: \(otherINS)") {
            image(&$0) { $0.dataSet.set(.patientID, otherINS) }
        },
        edited("XCK-001", "another INS in an image, without a manifest", actual: "image 1.1: \(otherINS)") {
            image(&$0) { $0.dataSet.set(.patientID, otherINS) }
            $0.manifest = nil
        },
        edited("XCK-001", "another INS in an image, with entries alone", actual: "image 1.1: \(otherINS)") {
            image(&$0) { $0.dataSet.set(.patientID, otherINS) }
            $0.manifest = nil
            $0.report = nil
        },
        edited("XCK-002", "another study in the report", actual: exam.studyUID) { subject in
            subject.report = try report(of: exam) { $0.replacingOccurrences(of: exam.studyUID, with: "1.2.3") }
        },
        edited("XCK-002", "another study in the request", actual: "(0020,000D): 1.2.3") {
            try manifest(&$0) { $0.dataSet.edit(request) { $0.set(.studyInstanceUID, "1.2.3") } }
        },
        edited("XCK-002", "another study in the evidence", actual: "(0020,000D): 1.2.3") {
            try manifest(&$0) {
                $0.dataSet.edit(TagPath([(.currentRequestedProcedureEvidenceSequence, 1)])) {
                    $0.set(.studyInstanceUID, "1.2.3")
                }
            }
        },
        edited("XCK-002", "another study in the entries", actual: "XDS DocumentKOS: 1.2.3") {
            entries(&$0) { $0.referenceIDs = [CXi(id: "1.2.3", oid: nil, kind: .studyInstanceUID)] }
        },
        edited("XCK-002", "another study in an image", actual: "image 1.1: 1.2.3") {
            image(&$0) { $0.dataSet.set(.studyInstanceUID, "1.2.3") }
        },
        edited("XCK-003", "another accession in the KOS", actual: "KOS: AUTRE") {
            try manifest(&$0) { $0.dataSet.edit(request) { $0.set(.accessionNumber, "AUTRE") } }
        },
        edited("XCK-003", "another issuer in the KOS", actual: "(1.2.3)") {
            try manifest(&$0) {
                $0.dataSet.edit(request.item(.issuerOfAccessionNumberSequence, 1)) {
                    $0.set(.universalEntityID, "1.2.3")
                }
            }
        },
        edited("XCK-003", "another issuer in the entries", actual: "XDS DocumentCR: \(exam.accession.value) (1.2.3)") {
            entries(&$0) { $0.referenceIDs = [CXi(id: exam.accession.value, oid: "1.2.3", kind: .accession)] }
        },
        edited("XCK-003", "another accession in an image", actual: "image 1.1: AUTRE") {
            image(&$0) { $0.dataSet.set(.accessionNumber, "AUTRE") }
        },
        edited("XCK-004", "another order in the KOS", actual: "KOS: AUTRE") {
            try manifest(&$0) {
                $0.dataSet.edit(request) { $0.set(.placerOrderNumberImagingServiceRequest, "AUTRE") }
            }
        },
        edited("XCK-004", "another order in the entries", actual: "XDS DocumentKOS: AUTRE") {
            entries(&$0) { $0.referenceIDs = [CXi(id: "AUTRE", oid: exam.order.root, kind: .order)] }
        },
    ]

    private static func described(_ subject: inout CoherenceSubject, _ old: String, _ new: String) throws {
        try manifest(&subject) {
            $0.dataSet.edit(KOS.description) {
                $0.set(.textValue, ($0.text(.textValue) ?? "").replacingOccurrences(of: old, with: new))
            }
        }
    }

    static let contentCases: [Case] = [
        edited("XCK-005", "another modality in the description", actual: "KOS: MR") {
            try described(&$0, "CT @", "MR @")
        },
        edited("XCK-005", "another modality in the report", actual: "KOS: CT") { subject in
            subject.report = try report(of: exam) {
                $0.replacingOccurrences(of: #"<translation code="CT""#, with: #"<translation code="MR""#)
            }
        },
        edited("XCK-005", "no modality in the entry", actual: "XDS DocumentKOS: ∅") {
            entries(&$0) { $0.eventCodes = [] }
        },
        edited("XCK-006", "another region in the report", actual: "XDS DocumentCR: 67734004") { subject in
            subject.report = try report(of: exam) {
                $0.replacingOccurrences(of: #"<translation code="67734004""#, with: #"<translation code="774007""#)
            }
        },
        edited("XCK-006", "no region in the entry", actual: "XDS DocumentKOS: ∅") {
            entries(&$0) { $0.eventCodes = [] }
        },
        edited("XCK-007", "another name", actual: "KOS: AUTRE") {
            try manifest(&$0) { $0.dataSet.set(.patientName, "AUTRE^ALIX") }
        },
        edited("XCK-007", "another given name", actual: "KOS: CLAUDE") {
            try manifest(&$0) { $0.dataSet.set(.patientName, "PATIENTE-ESSAI^CLAUDE") }
        },
        edited("XCK-007", "another birth date", actual: "KOS: 19700102") {
            try manifest(&$0) { $0.dataSet.set(.patientBirthDate, "19700102") }
        },
        edited("XCK-007", "another sex", actual: "KOS: M") { try manifest(&$0) { $0.dataSet.set(.patientSex, "M") } },
        edited("XCK-007", "another birth place", actual: "KOS: 75056") {
            try manifest(&$0) { $0.dataSet.set(.patientComments, "75056") }
        },
        edited("XCK-007", "another birth date in an image", actual: "image 1.1: 19330303") {
            image(&$0) { $0.dataSet.set(.patientBirthDate, "19330303") }
        },
        edited("XCK-007", "another sex in an image", actual: "image 1.1: M") {
            image(&$0) { $0.dataSet.set(.patientSex, "M") }
        },
        edited("XCK-007", "another name in an image", actual: "image 1.1: DUPONT^JEAN") { rename(&$0, "DUPONT^JEAN") },
        edited("XCK-007", "another given name in an image", actual: "image 1.1: PATIENTE", severity: .warning) {
            rename(&$0, "PATIENTE-ESSAI^JEANNE")
        },
        edited("XCK-007", "another name in an image, without a manifest", actual: "image 1.1: DUPONT^JEAN") {
            rename(&$0, "DUPONT^JEAN")
            $0.manifest = nil
        },
        edited("XCK-007", "another birth date in an image, with entries alone", actual: "image 1.1: 19330303") {
            image(&$0) { $0.dataSet.set(.patientBirthDate, "19330303") }
            $0.manifest = nil
            $0.report = nil
        },
        edited("XCK-007", "an accent in the KOS", actual: "KOS: PÂTIENTE-ESSAI", severity: .warning) {
            try manifest(&$0) { $0.dataSet.set(.patientName, "PÂTIENTE-ESSAI^ALIX") }
        },
        edited("XCK-009", "the local time in the entry", actual: "XDS DocumentKOS: 20260312093000") {
            entries(&$0) { $0.serviceStartTime = DTM("20260312093000") }
        },
        edited("XCK-009", "another end", actual: "XDS DocumentKOS: 20260312235900") {
            entries(&$0) { $0.serviceStopTime = DTM("20260312235900") }
        },
        edited("XCK-010", "a masked KOS of an open report", actual: "XDS DocumentKOS: MASQUE_PS, N") { subject in
            for index in subject.entries.indices where subject.entries[index].isKOS {
                subject.entries[index].confidentialityCodes.append(FrenchCode.hiddenFromProfessionals)
            }
        },
        edited("XCK-010", "an open KOS of a masked report", actual: "XDS DocumentKOS: N") { subject in
            for index in subject.entries.indices where !subject.entries[index].isKOS {
                subject.entries[index].confidentialityCodes.append(FrenchCode.hiddenFromProfessionals)
            }
        },
        edited("XCK-010", "a report of another code", actual: "XDS DocumentKOS: N") { subject in
            subject.report = try report(of: exam) {
                $0.replacingOccurrences(of: #"<confidentialityCode code="N""#, with: #"<confidentialityCode code="R""#)
            }
        },
        edited("XCK-011", "another structure in the KOS", actual: "KOS: 123456789") {
            try manifest(&$0) { $0.dataSet.set(.institutionName, "CENTRE^^^^^^^^^123456789") }
        },
        edited("XCK-011", "another structure in the entry", actual: "XDS DocumentKOS: 1990000009") {
            entries(&$0) { $0.authors = [Author(person: nil, institutions: [XON(name: "A", id: "1990000009")])] }
        },
        edited("XCK-013", "one image is missing", actual: "∅") { $0.images.removeFirst() },
        edited("XCK-013", "one image twice", actual: "2 × \(exam.series[0].instances[1].uid)") {
            $0.images[0] = $0.images[1]
        },
        edited("XCK-013", "an image of another class", actual: "image 1.1: \(mrImage)") {
            image(&$0) { $0.dataSet.set(.sopClassUID, mrImage) }
        },
        edited("XCK-013", "one image too many", actual: "image 1.1: 9.9") {
            image(&$0) { $0.dataSet.set(.sopInstanceUID, "9.9") }
        },
        edited("XCK-013", "one image that cannot be read", actual: "image 1.1: cut") {
            $0.images[0].head = nil
            $0.images[0].error = "cut"
        },
    ]

    static let cases = identityCases + contentCases
}

@Suite struct CoherenceRulesTests {
    @Test("Each rule passes on the objects of one exam", arguments: CoherenceRules.all.map(\.descriptor.id))
    func passing(_ id: String) throws {
        let rule = try #require(CoherenceRules.all.first { $0.descriptor.id == id })
        let outcome = rule.judge(try Exams.subject(of: Exams.exam), level: .run)
        #expect(outcome.verdict == .pass)
        #expect(outcome.findings.map(\.actual) == [])
    }

    @Test("Each rule names what breaks it", arguments: Exams.cases)
    func failing(_ broken: BrokenCase<CoherenceSubject>) throws { try broken.expectBroken(CoherenceRules.all) }

    @Test("Every rule has a failing case, a statement in two languages and a source")
    func completeness() {
        expectSoundTable(CoherenceRules.all, broken: Exams.cases.map(\.id), prefix: "XCK-")
    }

    @Test("The exam has no finding, whatever its seed", arguments: [1, 2, 77] as [UInt64])
    func exam(_ seed: UInt64) throws {
        let subject = try Exams.subject(of: ExamFixture(seed: seed))
        for severity in Severity.allCases { #expect(findings(CoherenceRules.all, subject, severity) == []) }
    }

    @Test("One object alone is compared with nothing, and passes nothing")
    func alone() throws {
        let whole = try Exams.subject(of: Exams.exam)
        let alone = [
            CoherenceSubject(), CoherenceSubject(report: whole.report), CoherenceSubject(manifest: whole.manifest),
            CoherenceSubject(images: whole.images), CoherenceSubject(entries: Array(whole.entries.prefix(1))),
        ]
        for subject in alone {
            for rule in CoherenceRules.all {
                let outcome = rule.judge(subject, level: .run)
                #expect(outcome.verdict == .notRun, "\(rule.descriptor.id)")
                #expect(outcome.reason != nil)
            }
        }
    }

    @Test("Of some images the others are not judged; one that the manifest does not list is told")
    func someImages() throws {
        let rule = try #require(CoherenceRules.all.first { $0.descriptor.id == "XCK-013" })
        var subject = try Exams.subject(of: Exams.exam)
        subject.imagesAreComplete = false
        #expect(rule.judge(subject, level: .run).verdict == .pass)
        subject.images = Array(subject.images.prefix(1))
        let outcome = rule.judge(subject, level: .run)
        #expect(outcome.verdict == .notRun)
        #expect(outcome.reason?.en.contains("1 of the 6") == true)
        subject.images = Array(Exams.images(of: ExamFixture(seed: 4)).prefix(1))
        #expect(rule.judge(subject, level: .run).verdict == .fail)
    }

    @Test("The objects of another exam break study, accession and images", arguments: [0, 1, 2, 3])
    func mixed(_ which: Int) throws {
        var subject = try Exams.subject(of: Exams.exam)
        let other = try Exams.subject(of: ExamFixture(seed: 4))
        switch which {
        case 0: subject.report = other.report
        case 1: subject.manifest = other.manifest
        case 2: subject.entries = other.entries
        default: subject.images = other.images
        }
        let found = verdicts(CoherenceRules.all, subject)
        #expect(found["XCK-002"] == .fail)
        #expect(found["XCK-003"] == .fail)
        #expect(found["XCK-013"] == (which == 1 || which == 3 ? .fail : .pass))
    }

    @Test("A report of several exams agrees with the manifest of one of them, and that with its own objects")
    func severalExams() throws {
        var subject = try Exams.subject(of: Exams.exam)
        let other = ExamFixture(seed: 4)
        // The header has the act and the order of another exam too.
        subject.report = try Exams.report(of: Exams.exam) { text in
            let second = String(decoding: Serializer.serialize(other.report()), as: UTF8.self)
            func part(_ name: String, _ text: String) -> Range<String.Index> {
                let start = text.range(of: "<\(name)>")?.lowerBound ?? text.startIndex
                return start..<(text.range(of: "</\(name)>")?.upperBound ?? start)
            }
            var both = text
            for name in ["inFulfillmentOf", "documentationOf"] {
                let place = part(name, both).lowerBound
                both.insert(contentsOf: second[part(name, second)], at: place)
            }
            return both
        }
        #expect(subject.report?.reading.studyUIDs.count == 2)
        for severity in [Severity.violation, .warning] {
            #expect(findings(CoherenceRules.all, subject, severity) == [])
        }
        subject.images = Exams.images(of: other)
        #expect(verdicts(CoherenceRules.all, subject)["XCK-002"] == .fail)
    }

    @Test("Times are compared as instants")
    func instants() throws {
        var subject = try Exams.subject(of: Exams.exam)
        let rule = try #require(CoherenceRules.all.first { $0.descriptor.id == "XCK-009" })
        // Without offset in the report the hour of France is meant.
        subject.report = try Exams.report(of: Exams.exam) { $0.replacingOccurrences(of: "+0100\"", with: "\"") }
        #expect(rule.judge(subject, level: .run).findings.isEmpty)
        for index in subject.entries.indices { subject.entries[index].serviceStartTime = DTM("20260312") }
        #expect(rule.judge(subject, level: .run).findings.isEmpty)
        for index in subject.entries.indices { subject.entries[index].serviceStartTime = DTM("20260313") }
        #expect(rule.judge(subject, level: .run).findings.count == 1)
    }
}
