import Conformance
import DICOM
import HTTP
import Imaging
import Simulators
import Testing
import XDS

@testable import Checks

/// Answers of an image source, edited.
enum Answer {
    static let exam = ExamFixture(seed: 3)
    static let patient = exam.patient.nationalIdentifier.value
    static let jpeg = "1.2.840.10008.1.2.4.70"
    static let lossyJPEG = "1.2.840.10008.1.2.4.50"
    static let boundary = "cisis"
    static let contentType = MediaType(#"multipart/related; type="application/dicom"; boundary=cisis"#)

    static func reference(_ instance: ExamFixture.Instance, _ series: ExamFixture.Series) -> InstanceReference {
        InstanceReference(study: exam.studyUID, series: series.uid, instance: instance.uid)
    }

    static let asked = exam.series.flatMap { series in series.instances.map { reference($0, series) } }

    /// The file of the image `index` of the first series, edited.
    static func file(_ index: Int = 0, _ edit: (inout DICOMFile) -> Void = { _ in }) -> DICOMFile {
        var file = exam.image(exam.series[0].instances[index], of: exam.series[0])
        edit(&file)
        return file
    }

    static func head(_ edit: (inout DICOMFile) -> Void) -> ImageHeader { ImageHeader(file(0, edit)) }

    /// RAD-69: both series.
    static var documentSet: ImageAnswerSubject {
        let images = exam.series.flatMap { series in
            series.instances.map { instance in
                ReceivedImage(
                    name: instance.uid, declaredUID: instance.uid, mediaType: "application/dicom",
                    head: ImageHeader(exam.image(instance, of: series)))
            }
        }
        return ImageAnswerSubject(
            asked: asked, transferSyntaxes: [UID.explicitLittleEndian], images: images, patientID: patient,
            registry: RegistryResponse())
    }

    /// The multipart body of WADO-RS of the first series.
    static func body(_ files: [[UInt8]]) -> [UInt8] {
        files.flatMap { file in
            Array("--\(boundary)\r\nContent-Type: application/dicom;transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n".utf8)
                + file
                + Array("\r\n".utf8)
        } + Array("--\(boundary)--\r\n".utf8)
    }

    /// WADO-RS: the first series, read from bytes.
    static func series(_ edit: (inout [UInt8]) -> Void = { _ in }) -> ImageAnswerSubject {
        let series = exam.series[0]
        var bytes = body(series.instances.map { exam.imageBytes($0, of: series) })
        edit(&bytes)
        let study = MultipartStudy(reading: bytes, contentType: contentType)
        return ImageAnswerSubject(
            asked: series.instances.map { reference($0, series) },
            transferSyntaxes: [jpeg, lossyJPEG, UID.explicitLittleEndian],
            images: study.parts.map { part in
                ReceivedImage(
                    name: "part \(part.number)", declaredTransferSyntax: part.declaredTransferSyntax,
                    mediaType: part.contentType?.essence, head: part.image, error: part.error.map { "\($0)" },
                    byteOffset: part.bodyOffset)
            }, patientID: patient, status: 200, contentType: contentType, faults: study.faults,
            isClosed: study.isClosed)
    }

    typealias Case = BrokenCase<ImageAnswerSubject>

    private static func rad69(
        _ id: String, _ edit: String, actual: String, _ change: @escaping @Sendable (inout ImageAnswerSubject) -> Void
    ) -> Case {
        Case(id, edit, actual: actual) {
            var subject = documentSet
            change(&subject)
            return subject
        }
    }

    private static func wado(
        _ id: String, _ edit: String, actual: String, severity: Severity? = nil,
        _ change: @escaping @Sendable (inout ImageAnswerSubject) -> Void
    ) -> Case {
        Case(id, edit, actual: actual, severity: severity) {
            var subject = series()
            change(&subject)
            return subject
        }
    }

    /// An error row for the first instance, which did not come.
    private static func partial(
        _ subject: inout ImageAnswerSubject, context: String = "not found", severity: String = XDSURN.error,
        location: String? = asked[0].instance
    ) {
        subject.images.removeFirst()
        subject.registry = RegistryResponse(
            status: XDSURN.partialSuccess,
            errors: [RegistryError(.documentUniqueIDError, context, severity: severity, location: location)])
    }

    static let documentSetCases: [Case] = [
        rad69("IDS-009", "one is missing", actual: "absent") { $0.images.removeFirst() },
        rad69("IDS-009", "none came", actual: "absent") { $0.images = [] },
        rad69("IDS-009", "one came twice", actual: "2 × \(asked[0].instance)") { $0.images.append($0.images[0]) },
        rad69("IDS-009", "one was not asked for", actual: "9.9") { $0.images[0].declaredUID = "9.9" },
        rad69("IDS-010", "another media type", actual: "image/jpeg") { $0.images[0].mediaType = "image/jpeg" },
        rad69("IDS-010", "no media type", actual: "absent") { $0.images[0].mediaType = nil },
        rad69("IDS-010", "unreadable", actual: "no 'DICM'") {
            $0.images[0].head = nil
            $0.images[0].error = "no 'DICM'"
        },
        rad69("IDS-011", "another syntax", actual: UID.implicitLittleEndian) {
            $0.images[0].head = ImageHeader(
                DICOMFile(dataSet: file().dataSet, transferSyntax: UID.implicitLittleEndian))
        },
        rad69("IDS-012", "another instance", actual: "1.2.3") {
            $0.images[0].head = head { $0.dataSet.set(.sopInstanceUID, "1.2.3") }
        },
        rad69("IDS-012", "another study", actual: "1.2.4") {
            $0.images[0].head = head { $0.dataSet.set(.studyInstanceUID, "1.2.4") }
        },
        rad69("IDS-012", "another series", actual: "1.2.5") {
            $0.images[0].head = head { $0.dataSet.set(.seriesInstanceUID, "1.2.5") }
        },
        rad69("IDS-012", "another patient", actual: exam.patient.localIdentifier.value) {
            $0.images[0].head = head { $0.dataSet.remove(.otherPatientIDsSequence) }
        },
        rad69("IDS-013", "Success with one missing", actual: XDSURN.success) { $0.images.removeFirst() },
        rad69("IDS-013", "Failure with all", actual: XDSURN.failure) {
            $0.registry = RegistryResponse(status: XDSURN.failure)
        },
        rad69("IDS-013", "PartialSuccess with none", actual: XDSURN.partialSuccess) {
            $0.images = []
            $0.registry = RegistryResponse(status: XDSURN.partialSuccess)
        },
        rad69("IDS-014", "no row", actual: "no row for \(asked[0].instance)") { $0.images.removeFirst() },
        rad69("IDS-014", "no explanation", actual: "empty") { partial(&$0, context: "") },
        rad69("IDS-014", "no location", actual: "location = absent") { partial(&$0, location: nil) },
        rad69("IDS-014", "another location", actual: "location = 1.2") { partial(&$0, location: "1.2") },
        rad69("IDS-014", "a severity of its own", actual: "urn:x") { partial(&$0, severity: "urn:x") },
    ]

    static let wadoCases: [Case] = [
        wado("WRS-010", "206", actual: "206") { $0.status = 206 },
        wado("WRS-010", "one file", actual: "application/dicom") { $0.contentType = MediaType("application/dicom") },
        wado("WRS-010", "no Content-Type", actual: "absent") { $0.contentType = nil },
        wado("WRS-010", "no type", actual: "type absent") {
            $0.contentType = MediaType("multipart/related; boundary=cisis")
        },
        wado("WRS-010", "no boundary", actual: "boundary absent") {
            $0.contentType = MediaType(#"multipart/related; type="application/dicom""#)
        },
        wado("WRS-010", "cut", actual: "missing-close-delimiter") { $0 = series { $0.removeLast(300) } },
        wado("WRS-010", "not closed", actual: "no close delimiter") { $0.isClosed = false },
        wado("WRS-010", "text before the first part", actual: "preamble", severity: .warning) {
            $0 = series { $0 = Array("hello\r\n".utf8) + $0 }
        },
        wado("WRS-011", "a part of another type", actual: "text/plain") { $0.images[0].mediaType = "text/plain" },
        wado("WRS-011", "a part of no type", actual: "absent") { $0.images[0].mediaType = nil },
        wado("WRS-011", "another syntax announced", actual: jpeg) { $0.images[0].declaredTransferSyntax = jpeg },
        wado("WRS-011", "no syntax announced", actual: "transfer-syntax absent") {
            $0.images[0].declaredTransferSyntax = nil
        },
        wado("WRS-011", "no file", actual: "not-dicom") { $0 = unreadable },
        wado("WRS-012", "one is missing", actual: "2 whole part(s) of 2") { $0.images.removeLast() },
        wado("WRS-012", "none came", actual: "0 whole part(s) of 0") { $0.images = [] },
        wado("WRS-012", "another image", actual: "9.9") {
            $0.images[0].head = head { $0.dataSet.set(.sopInstanceUID, "9.9") }
        },
        wado("WRS-012", "cut in the last part", actual: "2 whole part(s) of 3") { $0 = series { $0.removeLast(300) } },
        wado("WRS-013", "another study", actual: "1.2.4") {
            $0.images[0].head = head { $0.dataSet.set(.studyInstanceUID, "1.2.4") }
        },
        wado("WRS-013", "another series", actual: exam.series[1].uid) {
            $0.images[0].head = ImageHeader(exam.image(exam.series[1].instances[0], of: exam.series[1]))
        },
        wado("WRS-014", "a syntax that was not offered", actual: UID.explicitLittleEndian) {
            $0.transferSyntaxes = [jpeg]
        },
        wado("WRS-015", "lossy before lossless", actual: lossyJPEG) {
            $0.images[0].head = ImageHeader(DICOMFile(dataSet: file().dataSet, transferSyntax: lossyJPEG))
        },
        wado("WRS-016", "no INS", actual: "absent") {
            $0.images[0].head = head { $0.dataSet.remove(.otherPatientIDsSequence) }
        },
        wado("WRS-016", "another INS", actual: "170019999900043") {
            $0.images[0].head = head { $0.dataSet.edit(ins) { $0.set(.patientID, "170019999900043") } }
        },
        wado("WRS-016", "another type", actual: "RFID") {
            $0.images[0].head = head { $0.dataSet.edit(ins) { $0.set(.typeOfPatientID, "RFID") } }
        },
        wado("WRS-016", "no OID", actual: "absent") {
            $0.images[0].head = head { $0.dataSet.edit(ins) { $0.remove(.issuerOfPatientIDQualifiersSequence) } }
        },
        wado("WRS-016", "another type of OID", actual: "DNS") {
            $0.images[0].head = head {
                $0.dataSet.edit(ins.item(.issuerOfPatientIDQualifiersSequence, 1)) {
                    $0.set(.universalEntityIDType, "DNS")
                }
            }
        },
        wado("WRS-017", "another name", actual: "AUTRE^ALIX") {
            $0.images[1].head = ImageHeader(file(1) { $0.dataSet.set(.patientName, "AUTRE^ALIX") })
        },
        wado("WRS-017", "another number", actual: "IPP0") {
            $0.images[1].head = ImageHeader(file(1) { $0.dataSet.set(.patientID, "IPP0") })
        },
        wado("WRS-017", "the INS as number", actual: patient, severity: .warning) { subject in
            for index in subject.images.indices {
                subject.images[index].head = ImageHeader(file(index) { $0.dataSet.set(.patientID, patient) })
            }
        },
    ]

    private static let ins = TagPath([(.otherPatientIDsSequence, 1)])

    /// A series whose first part is an error page.
    static var unreadable: ImageAnswerSubject {
        let series = exam.series[0]
        var subject = Answer.series()
        let page = body(
            [Array("<html>not found</html>".utf8)]
                + series.instances.dropFirst().map {
                    exam.imageBytes($0, of: series)
                })
        let study = MultipartStudy(reading: page, contentType: contentType)
        subject.images[0].head = study.parts[0].image
        subject.images[0].error = study.parts[0].error.map { "\($0)" }
        return subject
    }
}

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

    @Test("Each rule of RAD-69 names what breaks it", arguments: Answer.documentSetCases)
    func failingDocumentSet(_ broken: BrokenCase<ImageAnswerSubject>) throws {
        try broken.expectBroken(ImageAnswerRules.retrieveImagingDocumentSet)
    }

    @Test("Each rule of WADO-RS names what breaks it", arguments: Answer.wadoCases)
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
}
