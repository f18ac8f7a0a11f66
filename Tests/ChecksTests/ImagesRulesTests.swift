import Conformance
import DICOM
import HTTP
import Imaging
import Simulators
import Testing
import XDS

@testable import Checks

@Suite struct ImagesRulesTests {
    @Test(
        "Each rule of RAD-69 passes on a whole answer",
        arguments: ImageAnswerRules.retrieveImagingDocumentSet.map(\.descriptor.id))
    func passingDocumentSet(_ id: String) throws {
        let rule = try #require(ImageAnswerRules.retrieveImagingDocumentSet.first { $0.descriptor.id == id })
        var subject = Answer.documentSet
        if id == "IDS-014" {
            subject.images.removeFirst()
            subject.registry = RegistryResponse(
                status: XDSURN.partialSuccess,
                errors: [RegistryError(.documentUniqueIDError, "not found", location: Answer.asked[0].instance)])
        }
        let outcome = rule.judge(subject, level: .run)
        #expect(outcome.verdict == .pass)
        #expect(outcome.findings.map(\.actual) == [])
    }

    @Test("Each rule of WADO-RS passes on a whole answer", arguments: ImageAnswerRules.wado.map(\.descriptor.id))
    func passingWADO(_ id: String) throws {
        let rule = try #require(ImageAnswerRules.wado.first { $0.descriptor.id == id })
        let outcome = rule.judge(Answer.series(), level: .run)
        #expect(outcome.verdict == .pass)
        #expect(outcome.findings.map(\.actual) == [])
    }

    @Test("Each rule of RAD-69 names what breaks it", arguments: Answer.documentSetCases + Answer.unfitDocumentSetCases)
    func failingDocumentSet(_ broken: BrokenCase<ImageAnswerSubject>) throws {
        try broken.expectBroken(ImageAnswerRules.retrieveImagingDocumentSet)
    }

    @Test("Each rule of WADO-RS names what breaks it", arguments: Answer.wadoCases + Answer.unfitWADOCases)
    func failingWADO(_ broken: BrokenCase<ImageAnswerSubject>) throws {
        try broken.expectBroken(ImageAnswerRules.wado)
    }

    @Test("Every rule has a failing case, a statement in two languages and a source")
    func completeness() {
        expectSoundTable(
            ImageAnswerRules.retrieveImagingDocumentSet, broken: Answer.documentSetCases.map(\.id), prefix: "IDS-")
        expectSoundTable(ImageAnswerRules.wado, broken: Answer.wadoCases.map(\.id), prefix: "WRS-")
    }

    @Test("A whole answer has no finding; without errors there is no error row to judge")
    func whole() {
        for severity in Severity.allCases {
            #expect(findings(ImageAnswerRules.retrieveImagingDocumentSet, Answer.documentSet, severity) == [])
            #expect(findings(ImageAnswerRules.wado, Answer.series(), severity) == [])
        }
        let found = verdicts(ImageAnswerRules.retrieveImagingDocumentSet, Answer.documentSet)
        #expect(found.filter { $0.value != .pass } == ["IDS-014": .notApplicable])
    }

    @Test("A body that is cut anywhere breaks the multipart and the count", arguments: [3, 40, 300, 9000, 17_000])
    func truncated(_ missing: Int) {
        let found = verdicts(ImageAnswerRules.wado, Answer.series { $0.removeLast(missing) })
        #expect(found["WRS-010"] == .fail)
        #expect(found["WRS-012"] == .fail)
    }

    @Test("A media type with parameters is one of DICOM; its transfer syntax has to be that of the file")
    func parameters() {
        var subject = Answer.documentSet
        subject.images[0].mediaType = "application/dicom; transfer-syntax=\(UID.explicitLittleEndian)"
        #expect(findings(ImageAnswerRules.retrieveImagingDocumentSet, subject, .violation) == [])
        subject.images[0].mediaType = "Application/DICOM;transfer-syntax=\(Answer.jpeg)"
        let found = findings(ImageAnswerRules.retrieveImagingDocumentSet, subject, .violation)
        #expect(found == ["IDS-011: transfer-syntax=\(Answer.jpeg)"])
    }

    @Test(
        "Compressed pixels pass whatever their codec",
        arguments: [
            (Answer.jpeg, [0xFF, 0xD8] as [UInt8]), ("1.2.840.10008.1.2.4.80", [0xFF, 0xD8]),
            ("1.2.840.10008.1.2.4.91", [0xFF, 0x4F]), ("1.2.840.10008.1.2.5", [1, 0]),
            ("1.2.840.10008.1.2.4.102", [0, 0]),
        ])
    func compressed(_ syntax: String, _ start: [UInt8]) {
        var subject = Answer.documentSet
        subject.transferSyntaxes.append(syntax)
        subject.images[0].head = ImageHeader(Answer.file { Answer.compress(&$0, syntax, [start, [1, 2]]) })
        #expect(findings(ImageAnswerRules.retrieveImagingDocumentSet, subject, .violation) == [])
    }

    @Test(
        "A name is that of the patient in any of its writings",
        arguments: [
            "PATIENTE-ESSAI^ALIX", "patiente-essai^alix", "Patiente Essai^Alix^^Mme", "PATIENTE ESSAI ALIX",
            "PATIENTE-ESSAI^ALIX CAMILLE", "PATIENTE-ESSAI", "P?TIENTE-ESSAI^ALIX",
        ])
    func names(_ name: String) {
        var subject = Answer.documentSet
        subject.images[0].head = Answer.head {
            $0.dataSet.set(.patientName, name)
            $0.dataSet.remove(.otherPatientNames)
        }
        for severity in [Severity.violation, .warning] {
            #expect(findings(ImageAnswerRules.retrieveImagingDocumentSet, subject, severity) == [])
        }
    }

    @Test("Nothing asked and nothing answered is never a pass")
    func nothing() {
        let empty = ImageAnswerSubject(asked: [], transferSyntaxes: [], images: [])
        for rules in [ImageAnswerRules.retrieveImagingDocumentSet, ImageAnswerRules.wado] {
            for (id, verdict) in verdicts(rules, empty) { #expect(verdict == .notRun, "\(id)") }
        }
    }

    @Test("A part that is no image is told once, not as a missing instance")
    func unreadable() {
        let subject = Answer.unreadable
        let broken = findings(ImageAnswerRules.wado, subject, .violation).map { $0.prefix(7) }
        #expect(broken == ["WRS-011"])
    }

    @Test("An error of the whole request needs no location")
    func wholeRequest() throws {
        var subject = Answer.documentSet
        subject.images = []
        subject.registry = RegistryResponse(
            status: XDSURN.failure, errors: [RegistryError(.repositoryError, "no valid transfer syntax")])
        let found = verdicts(ImageAnswerRules.retrieveImagingDocumentSet, subject)
        #expect(found["IDS-013"] == .pass)
        #expect(found["IDS-014"] == .pass)
        #expect(found["IDS-010"] == .notRun)
    }

    @Test("A missing instance that a warning alone tells has no error row")
    func warningAlone() {
        var subject = Answer.documentSet
        subject.images.removeFirst()
        let location = Answer.asked[0].instance
        func verdict(_ severity: String) -> Verdict? {
            subject.registry = RegistryResponse(
                status: XDSURN.partialSuccess,
                errors: [RegistryError(.documentUniqueIDError, "no", severity: severity, location: location)])
            return verdicts(ImageAnswerRules.retrieveImagingDocumentSet, subject)["IDS-014"]
        }
        #expect(verdict(XDSURN.error) == .pass)
        #expect(verdict(XDSURN.warning) == .fail)
    }
}
