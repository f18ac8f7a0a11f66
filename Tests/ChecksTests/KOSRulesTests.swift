import Conformance
import DICOM
import Foundation
import Imaging
import Signatures
import Simulators
import TestSupport
import Testing
import XML

@testable import Checks

/// Manifests of the invented exam, edited.
enum KOS {
    static let exam = ExamFixture(seed: 3)
    static let study = TagPath([(.currentRequestedProcedureEvidenceSequence, 1)])
    static let series = study.item(.referencedSeriesSequence, 1)
    static let instance = series.item(.referencedSOPSequence, 1)
    static let request = TagPath([(.referencedRequestSequence, 1)])
    static let reference = TagPath([(.contentSequence, 1)])
    static let description = TagPath([(.contentSequence, exam.instanceCount + 1)])
    static let enhancedCT = "1.2.840.10008.5.1.4.1.1.2.1"

    /// The manifest after `edit`, written and read again.
    static func edited(_ edit: (inout DICOMFile) -> Void) throws -> ManifestSubject {
        var file = exam.manifest().file()
        edit(&file)
        return try ManifestSubject(reading: file.serialized())
    }

    /// The manifest whose bytes are edited.
    static func bytes(_ edit: (inout [UInt8]) -> Void) throws -> ManifestSubject {
        var bytes = exam.manifestBytes()
        edit(&bytes)
        return try ManifestSubject(reading: bytes)
    }

    /// An exam that shows every rule: an instance of several frames, the second version, all that is known beside it.
    static func whole() throws -> ManifestSubject {
        var manifest = exam.manifest()
        manifest.series[0].instances[0].sopClass = enhancedCT
        manifest.series[0].instances[0].frames = 12
        manifest.instanceNumber = 2
        var subject = try ManifestSubject(reading: manifest.file().serialized())
        subject.context = try context()
        return subject
    }

    /// What is known beside the manifest: the version before, the list of domains, the use, the rejected instances.
    static func context() throws -> ManifestContext {
        var manifest = exam.manifest()
        manifest.sopInstanceUID += ".1"
        let host = exam.retrieveURL(of: exam.series[0]).split(separator: "/")[1]
        let domain = Whitelist.Domain(
            identifier: "1", db: String(host), denomination: "Essai", certificateName: "CN=essai",
            supportContact: "a@example", updated: "2026-01-01")
        let usage = NationalIdentifier.authority(oid: manifest.patient.insOID)?.usage
        return ManifestContext(
            previous: KeyObjectSelection(manifest.file()),
            domains: Whitelist(generated: "2026-01-01", domains: [domain]), usage: usage, rejected: ["1.2.3.4"])
    }

    /// The whole manifest after `edit` of what is known beside it.
    private static func beside(
        _ id: String, _ edit: String, actual: String, _ change: @escaping @Sendable (inout ManifestContext) -> Void
    ) -> Case {
        Case(id, edit, actual: actual) {
            var subject = try whole()
            change(&subject.context)
            return subject
        }
    }

    /// The whole manifest with an element of `path` set, everything known beside it.
    private static func version(_ id: String, _ path: TagPath, _ value: String) -> Case {
        Case(id, "\(path) = \(value)", actual: value) {
            var file = try whole().file
            file.dataSet.edit(path) { item in path.tag.map { item.set($0, value) } }
            var subject = try ManifestSubject(reading: file.serialized())
            subject.context = try context()
            return subject
        }
    }

    private static func note(_ id: String, _ title: String) -> Case {
        file(id, "a key object document of the title \(title)", actual: title) { file in
            file.dataSet.edit(instance) { item in
                var code = DataSet()
                code.set(.codeValue, title)
                code.set(.codingSchemeDesignator, "DCM")
                code.set(.codeMeaning, "Title")
                var note = DataSet()
                note.set(.referencedSOPClassUID, UID.keyObjectSelection)
                note.set(.referencedSOPInstanceUID, "1.2.3.4.5")
                note.set(.conceptNameCodeSequence, items: [code])
                item.set(.referencedSOPSequence, items: [note])
            }
        }
    }

    static let contextCases: [Case] = [
        beside("KOS-023", "another use", actual: "(") { $0.usage = $0.usage == "test" ? "production" : "test" },
        beside("KOS-047", "another list", actual: "example") { $0.domains?.domains[0].db = "other.test" },
        beside("KOS-047", "an empty list", actual: "example") { $0.domains?.domains = [] },
        beside("KOS-065", "the same document", actual: exam.manifest().sopInstanceUID) {
            $0.previous = KeyObjectSelection(exam.manifest().file())
        },
        version("KOS-065", TagPath([], .instanceNumber), "1"),
        version("KOS-065", TagPath([], .studyInstanceUID), "1.2.3"),
        version("KOS-065", request.element(.accessionNumber), "OTHER"),
        note("KOS-066", "113030"),
        file("KOS-066", "the manifest itself", actual: exam.manifest().sopInstanceUID) { file in
            let own = exam.manifest().sopInstanceUID
            file.dataSet.edit(instance) { item in
                item.set(.referencedSOPClassUID, UID.keyObjectSelection)
                item.set(.referencedSOPInstanceUID, own)
            }
        },
        note("KOS-067", "113001"), note("KOS-067", "113037"), note("KOS-067", "113038"), note("KOS-067", "113039"),
        beside("KOS-067", "a rejected instance", actual: exam.series[0].instances[0].uid) {
            $0.rejected = [exam.series[0].instances[0].uid]
        },
        root("KOS-068", .currentRequestedProcedureEvidenceSequence, nil, actual: "0 × (0008,1155)"),
        element("KOS-068", study.element(.referencedSeriesSequence), nil, actual: "0 × (0008,1155)"),
    ]

    static let moduleCases: [Case] = [
        file("KOS-069", "no version of the meta information", actual: "∅") {
            $0.meta.remove(.fileMetaInformationVersion)
        },
        element("KOS-069", description.element(.textValue), nil),
        element("KOS-069", description.element(.relationshipType), nil),
        element("KOS-069", reference.element(.referencedSOPSequence), nil),
        root("KOS-070", .studyDate, nil), root("KOS-070", .studyTime, nil),
        root("KOS-071", .accessionNumber, ["12345678901234567"]),
        root("KOS-071", .studyDate, ["2026-01-01"]),
        root("KOS-072", .accessionNumber, ["A", "B"], actual: "A\\B"),
        file("KOS-073", "a date said a code", actual: "CS") { file in
            file.dataSet.set(.studyDate, "20260101", vr: .CS)
        },
        root("KOS-074", .textValue, ["x"]),
        Case("KOS-075", "NULs at the end", actual: "trailing-bytes") { try bytes { $0 += [0, 0, 0, 0] } },
    ]

    typealias Case = BrokenCase<ManifestSubject>

    private static func root(
        _ id: String, _ tag: Tag, _ values: [String]?, actual: String? = nil, severity: Severity? = nil
    ) -> Case {
        element(id, TagPath([], tag), values, actual: actual, severity: severity)
    }

    /// The element of `path` gets `values`, or goes.
    private static func element(
        _ id: String, _ path: TagPath, _ values: [String]?, actual: String? = nil, severity: Severity? = nil
    ) -> Case {
        Case(
            id, "\(path) = \(values?.joined(separator: "\\") ?? "∅")",
            actual: actual ?? values?.first ?? "∅", severity: severity
        ) {
            try edited { file in
                file.dataSet.edit(path) { item in
                    guard let tag = path.tag else { return }
                    if let values { item.set(tag, values) } else { item.remove(tag) }
                }
            }
        }
    }

    private static func file(
        _ id: String, _ edit: String, actual: String, severity: Severity? = nil,
        _ change: @escaping @Sendable (inout DICOMFile) -> Void
    ) -> Case {
        Case(id, edit, actual: actual, severity: severity) { try edited(change) }
    }

    private static func text(_ id: String, _ old: String, _ new: String, actual: String) -> Case {
        file(id, "'\(old)' becomes '\(new)'", actual: actual) { file in
            file.dataSet.edit(description) { item in
                item.set(.textValue, (item.text(.textValue) ?? "").replacingOccurrences(of: old, with: new))
            }
        }
    }

    static let encodingCases: [Case] = [
        file("KOS-001", "without preamble", actual: " ") { $0.hasPreamble = false },
        Case("KOS-002", "wrong group length", actual: "meta-length (0002,0000)") { try bytes { $0[140] &+= 2 } },
        file("KOS-003", "class of an image", actual: UID.ctImage) {
            $0.meta.set(.mediaStorageSOPClassUID, UID.ctImage)
        },
        file("KOS-003", "no class", actual: "∅") { $0.meta.remove(.mediaStorageSOPClassUID) },
        file("KOS-004", "another instance", actual: "1.2.3") { $0.meta.set(.mediaStorageSOPInstanceUID, "1.2.3") },
        file("KOS-004", "no instance", actual: "∅") {
            $0.meta.remove(.mediaStorageSOPInstanceUID)
            $0.dataSet.remove(.sopInstanceUID)
        },
        file("KOS-005", "JPEG", actual: "1.2.840.10008.1.2.4.70") {
            $0.meta.set(.transferSyntaxUID, "1.2.840.10008.1.2.4.70")
        },
        file("KOS-005", "explicit said implicit", actual: "transfer-syntax-wrong") {
            $0.meta.set(.transferSyntaxUID, UID.implicitLittleEndian)
        },
        file("KOS-006", "no implementation class", actual: "∅") { $0.meta.remove(.implementationClassUID) },
        Case("KOS-007", "an element at the end", actual: "out-of-order") {
            try bytes { $0 += [0x08, 0, 0x14, 0, 0x55, 0x49, 4, 0, 0x31, 0x2E, 0x32, 0] }
        },
        Case("KOS-007", "an odd length", actual: "odd-length") {
            try bytes { $0 += [0x50, 0, 0x05, 0, 0x4C, 0x4F, 3, 0, 0x31, 0x2E, 0x32] }
        },
        root("KOS-008", .sopClassUID, [UID.ctImage]),
        root("KOS-009", .studyInstanceUID, ["1.02.3"]),
        element("KOS-009", instance.element(.referencedSOPInstanceUID), ["1.2.A"]),
        root("KOS-010", .modality, ["CT"]),
        root("KOS-010", .modality, nil),
        file("KOS-011", "no character set", actual: "(0008,0005) = ∅") { $0.dataSet.remove(.specificCharacterSet) },
        file("KOS-011", "UTF-8 under ISO_IR 100", actual: "UTF-8") {
            $0.dataSet.set(.patientName, bytes: Array("ÉTOILE^ALIX ".utf8))
        },
        file("KOS-011", "Latin 1 under ISO_IR 192", actual: "\u{FFFD}") {
            $0.dataSet.set(.patientName, bytes: [0xC9, 0x54, 0x5E, 0x41])
            $0.dataSet.set(.specificCharacterSet, "ISO_IR 192")
        },
        root("KOS-011", .specificCharacterSet, ["UTF-8"]),
        root("KOS-011", .specificCharacterSet, ["ISO_IR 100", "ISO_IR 101"]),
        file("KOS-011", "an accent in a code string", actual: "É") {
            $0.dataSet.set(.patientSex, bytes: [0xC9, 0x20])
        },
    ]

    static let documentCases: [Case] = [
        root("KOS-012", .contentTime, nil),
        root("KOS-012", .contentDate, ["20230229"]),
        root("KOS-013", .instanceCreationTime, ["2561"]),
        root("KOS-013", .instanceCreationDate, []).named("\"\""),
        root("KOS-014", .timezoneOffsetFromUTC, ["+1500"]),
        root("KOS-014", .timezoneOffsetFromUTC, nil),
        root("KOS-015", .accessionNumber, nil),
        root("KOS-016", .institutionName, ["CENTRE D'ESSAI"]),
        root("KOS-016", .institutionName, ["CENTRE^^^^^^^^^12345678"]),
        root("KOS-017", .manufacturer, nil), root("KOS-017", .referringPhysicianName, nil),
        root("KOS-017", .studyID, nil), root("KOS-017", .referencedPerformedProcedureStepSequence, nil),
        root("KOS-018", .patientName, ["PATIENTE-ESSAI"]),
        root("KOS-018", .patientName, ["^ALIX"]),
        root("KOS-019", .patientID, ["270019999900025"]),
        root("KOS-019", .patientID, ["IPP12"]),
        root("KOS-020", .issuerOfPatientID, ["HOPITAL"]),
        file("KOS-021", "no item", actual: "\"\"") {
            $0.dataSet.set(.issuerOfPatientIDQualifiersSequence, items: [])
        },
        element(
            "KOS-021", TagPath([(.issuerOfPatientIDQualifiersSequence, 1)], .universalEntityID),
            ["1.2.250.1.213.1.4.2"]),
        element(
            "KOS-021", TagPath([(.issuerOfPatientIDQualifiersSequence, 1)], .universalEntityIDType), ["DNS"]),
        root("KOS-022", .issuerOfPatientID, ["ASIP-SANTE-INS-NIA"]),
        element("KOS-024", TagPath([(.otherPatientIDsSequence, 1)], .typeOfPatientID), ["RFID"]),
        root("KOS-024", .otherPatientIDsSequence, nil),
        root("KOS-025", .patientBirthDate, ["19700231"]),
        root("KOS-026", .patientSex, ["X"]),
        root("KOS-027", .patientComments, ["PARIS"]),
        root("KOS-028", .otherPatientNames, ["A^B^C^D^E^F"]),
        root("KOS-029", .studyInstanceUID, nil),
        root("KOS-030", .seriesInstanceUID, [exam.series[1].uid]),
        root("KOS-030", .seriesInstanceUID, nil),
        root("KOS-031", .instanceNumber, ["0"]),
        root("KOS-031", .seriesNumber, ["A"]),
        root("KOS-032", .valueType, ["TEXT"]),
        root("KOS-032", .continuityOfContent, ["CONTINUOUS"]),
        element("KOS-033", TagPath([(.conceptNameCodeSequence, 1)], .codeValue), ["113000"]),
        file("KOS-033", "two titles", actual: "(113030, DCM), (113030, DCM)") { file in
            let title = file.dataSet.items(.conceptNameCodeSequence)
            file.dataSet.set(.conceptNameCodeSequence, items: title + title)
        },
        element("KOS-034", TagPath([(.conceptNameCodeSequence, 1)], .codeMeaning), ["Of Interest"]),
        root("KOS-035", .contentTemplateSequence, nil),
        element("KOS-035", TagPath([(.contentTemplateSequence, 1)], .templateIdentifier), ["2000"]),
    ]

    static let referenceCases: [Case] = [
        root("KOS-036", .referencedRequestSequence, nil),
        file("KOS-036", "two requests", actual: "2 × (FFFE,E000)") { file in
            let items = file.dataSet.items(.referencedRequestSequence)
            file.dataSet.set(.referencedRequestSequence, items: items + items)
        },
        element("KOS-037", request.element(.studyInstanceUID), ["1.2.3"]),
        element("KOS-038", request.element(.accessionNumber), [], actual: "\"\""),
        element("KOS-039", request.element(.issuerOfAccessionNumberSequence), nil),
        element("KOS-039", request.item(.issuerOfAccessionNumberSequence, 1).element(.universalEntityIDType), ["DNS"]),
        element("KOS-040", request.element(.placerOrderNumberImagingServiceRequest), nil),
        element("KOS-040", request.element(.orderPlacerIdentifierSequence), nil),
        element("KOS-041", request.element(.requestedProcedureID), nil),
        root("KOS-042", .currentRequestedProcedureEvidenceSequence, nil),
        file("KOS-042", "two studies", actual: "2 × (FFFE,E000)") { file in
            let items = file.dataSet.items(.currentRequestedProcedureEvidenceSequence)
            file.dataSet.set(.currentRequestedProcedureEvidenceSequence, items: items + items)
        },
        element("KOS-043", study.element(.studyInstanceUID), ["1.2.3"]),
        element("KOS-043", study.element(.studyInstanceUID), nil),
        element("KOS-044", study.element(.referencedSeriesSequence), nil),
        element("KOS-044", series.element(.seriesInstanceUID), [exam.series[1].uid]),
        element("KOS-045", series.element(.retrieveURL), nil),
        element("KOS-046", series.element(.retrieveURL), ["http://db1.example/studies/1/series/2"]),
        element(
            "KOS-046", series.element(.retrieveURL), ["\n" + exam.retrieveURL(of: exam.series[0])], actual: "\\nhttps"),
        element("KOS-046", series.element(.retrieveURL), ["https://db1.example/studies/1/series/2"]),
        element(
            "KOS-046", series.element(.retrieveURL), ["https:///studies/\(exam.studyUID)/series/\(exam.series[0].uid)"]),
        element("KOS-048", series.element(.retrieveURL), ["null/api/studies/1/series/2"]),
        element("KOS-048", series.element(.retrieveURL), ["http://localhost:8080/studies/1"]),
        element("KOS-048", series.element(.retrieveURL), ["https://127.0.0.1/studies/1"]),
        element("KOS-048", series.element(.retrieveURL), ["https://db1.example/studies/1?x=1"]),
        element("KOS-049", series.element(.retrieveLocationUID), nil),
        element("KOS-050", series.element(.retrieveAETitle), nil),
        element("KOS-051", series.element(.referencedSOPSequence), nil),
        element("KOS-051", instance.element(.referencedSOPClassUID), nil),
        element("KOS-051", instance.element(.referencedSOPInstanceUID), [], actual: "\"\""),
        element(
            "KOS-052", instance.element(.referencedSOPInstanceUID), [exam.series[1].instances[0].uid]),
        element("KOS-053", instance.element(.referencedSOPClassUID), ["1.2.3.4"]),
        element("KOS-053", instance.element(.referencedSOPClassUID), [UID.studyRootFind]),
        element("KOS-054", instance.element(.referencedSOPClassUID), [enhancedCT], actual: "∅"),
    ]

    static let contentCases: [Case] = [
        element(
            "KOS-055", reference.item(.referencedSOPSequence, 1).element(.referencedSOPInstanceUID), ["1.2.3"]),
        element("KOS-055", instance.element(.referencedSOPInstanceUID), ["1.2.3"], actual: "∅"),
        element("KOS-056", reference.element(.relationshipType), ["HAS OBS CONTEXT"]),
        element("KOS-056", reference.element(.relationshipType), nil),
        element("KOS-057", reference.element(.valueType), ["COMPOSITE"]),
        element(
            "KOS-058", description.item(.conceptNameCodeSequence, 1).element(.codeValue), ["121106"],
            actual: "(121106, DCM)"),
        element("KOS-058", description.element(.valueType), ["IMAGE"], actual: "∅"),
        text("KOS-059", "Examen :", "Exam:", actual: "Exam: "),
        text("KOS-060", "Acte =", "Action =", actual: "Action = "),
        text("KOS-061", "CT @", "CT ;", actual: "CT ;"),
        text("KOS-061", "\r\nSérie-\(exam.series[1].uid)", " ", actual: "1"),
        text("KOS-062", exam.series[0].uid, "1.2.3", actual: "1.2.3"),
        file("KOS-063", "pixels", actual: "4 × 8 bit") { $0.dataSet.set(.pixelData, bytes: [1, 2, 3, 4], vr: .OW) },
        file("KOS-063", "a verification flag", actual: "UNVERIFIED", severity: .warning) {
            $0.dataSet.set(.verificationFlag, "UNVERIFIED")
        },
        file("KOS-064", "a private group", actual: "ACME") { $0.dataSet.set(Tag(9, 0x10), "ACME", vr: .LO) },
        file("KOS-064", "a private element without creator", actual: "(0009,1001)") {
            $0.dataSet.set(Tag(9, 0x1001), "A", vr: .LO)
        },
    ]

    static let cases =
        encodingCases + documentCases + referenceCases + contentCases + contextCases + moduleCases
}

extension BrokenCase {
    /// The same case, found as `actual`.
    func named(_ actual: String) -> BrokenCase {
        BrokenCase(id, edit, actual: actual, severity: severity, make: make)
    }
}

@Suite struct KOSRulesTests {
    @Test("Each rule passes on a consistent manifest", arguments: ManifestRules.all.map(\.descriptor.id))
    func passing(_ id: String) throws {
        let rule = try #require(ManifestRules.all.first { $0.descriptor.id == id })
        let outcome = rule.judge(try KOS.whole(), level: .run)
        #expect(outcome.verdict == .pass)
        #expect(outcome.findings.map(\.actual) == [])
    }

    @Test("Each rule names what breaks it", arguments: KOS.cases)
    func failing(_ broken: BrokenCase<ManifestSubject>) throws { try broken.expectBroken(ManifestRules.all) }

    @Test("Every rule has a failing case, a statement in two languages and a source")
    func completeness() {
        expectSoundTable(ManifestRules.all, broken: KOS.cases.map(\.id), prefix: "KOS-")
        #expect(ManifestRules.all.map(\.descriptor.id) == ManifestRules.all.map(\.descriptor.id).sorted())
        #expect(ManifestRules.all.count == 75)
    }

    @Test("The manifest of the exam has no finding", arguments: [1, 2, 77] as [UInt64])
    func exam(_ seed: UInt64) throws {
        let subject = try ManifestSubject(reading: ExamFixture(seed: seed).manifestBytes())
        for severity in Severity.allCases { #expect(findings(ManifestRules.all, subject, severity) == []) }
    }

    @Test("A finding names the element, the item and the byte")
    func places() throws {
        let subject = try KOS.edited {
            $0.dataSet.edit(KOS.study.item(.referencedSeriesSequence, 2)) { $0.set(.retrieveURL, "http://x") }
        }
        let rule = try #require(ManifestRules.all.first { $0.descriptor.id == "KOS-046" })
        let place = try #require(rule.judge(subject, level: .run).findings.first?.place)
        #expect(place.tag == "(0040,A375)[1]/(0008,1115)[2]/(0008,1190)")
        let byte = try #require(place.byte)
        #expect(Array(subject.bytes[byte..<byte + 6]) == [0x08, 0, 0x90, 0x11, 0x55, 0x52])
    }

    @Test("A manifest that refers to nothing passes no rule on its references")
    func nothing() throws {
        var dataSet = DataSet()
        dataSet.set(.sopClassUID, UID.keyObjectSelection)
        let subject = try ManifestSubject(reading: DICOMFile(dataSet: dataSet).serialized())
        let found = verdicts(ManifestRules.all, subject)
        for number in [34, 37, 38, 39, 40, 41, 43, 44, 45, 46, 48, 49, 50, 51, 52, 53, 55, 56, 57, 59, 60, 61, 62] {
            #expect(found["KOS-0\(number)"] == .notRun, "KOS-0\(number)")
        }
        #expect(found["KOS-036"] == .fail)
        #expect(found["KOS-042"] == .fail)
    }

    @Test("The lines of series are read in the writings of the samples")
    func lines() throws {
        let line = try #require(SeriesLine("Série-1.2.3 : CT @ [thorax [haut]] : Coupes : 5 mm"))
        #expect(line.uid == "1.2.3" && line.modality == "CT" && line.region == "thorax [haut]")
        #expect(line.label == "Coupes : 5 mm")
        #expect(SeriesLine("Serie-1.2 : MR @  : T2 Ax")?.region == "")
        #expect(SeriesLine("Série-1.2: US @ [] :")?.label == "")
        #expect(SeriesLine("Série-1.2 : CT : Coupes") == nil)
        #expect(SeriesLine("Série- : CT @  : x") == nil)
    }

    @Test("A manifest with any byte changed is judged by every rule, or refused as unreadable")
    func changedBytes() throws {
        let bytes = KOS.exam.manifestBytes()
        var broken: Set<String> = []
        var generator = SplitMix(state: 7)
        for _ in 0..<400 {
            var changed = bytes
            changed[Int.random(in: 128..<bytes.count, using: &generator)] ^= UInt8.random(
                in: 1...255, using: &generator)
            guard let subject = try? ManifestSubject(reading: changed) else { continue }
            broken.formUnion(verdicts(ManifestRules.all, subject).filter { $0.value == .fail }.keys)
        }
        #expect(broken.count > 10)
    }
}

/// The same numbers at each run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
