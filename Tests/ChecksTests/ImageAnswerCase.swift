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
    static let traits = PatientTraits(KeyObjectSelection(exam.manifest().file()))
    static let jpeg = "1.2.840.10008.1.2.4.70"
    static let lossyJPEG = "1.2.840.10008.1.2.4.50"
    static let boundary = "cisis"
    static let contentType = MediaType(#"multipart/related; type="application/dicom"; boundary=cisis"#)

    static func reference(_ instance: ExamFixture.Instance, _ series: ExamFixture.Series) -> InstanceReference {
        InstanceReference(
            study: exam.studyUID, series: series.uid, instance: instance.uid, sopClass: UID.ctImage,
            repository: exam.retrieveLocationUID)
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
                    head: ImageHeader(exam.image(instance, of: series)),
                    declaredRepository: exam.retrieveLocationUID)
            }
        }
        return ImageAnswerSubject(
            asked: asked, transferSyntaxes: [UID.explicitLittleEndian], images: images, registry: RegistryResponse(),
            patient: traits)
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
            }, status: 200, contentType: contentType, faults: study.faults, isClosed: study.isClosed, patient: traits)
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
        rad69("IDS-009", "of another repository", actual: "RepositoryUniqueId = 1.2.3") {
            $0.images[0].declaredRepository = "1.2.3"
        },
        rad69("IDS-009", "of no repository", actual: "RepositoryUniqueId = ∅") { $0.images[0].declaredRepository = "" },
        rad69("IDS-009", "one came in the stead of another", actual: "2 × \(asked[0].instance)") {
            $0.images[1] = $0.images[0]
        },
        rad69("IDS-009", "one is missing, another came twice", actual: "∅") { $0.images[1] = $0.images[0] },
        rad69("IDS-009", "one is missing", actual: "∅") { $0.images.removeFirst() },
        rad69("IDS-009", "none came", actual: "∅") { $0.images = [] },
        rad69("IDS-009", "one came twice", actual: "2 × \(asked[0].instance)") { $0.images.append($0.images[0]) },
        rad69("IDS-009", "one was not asked for", actual: "9.9") { $0.images[0].declaredUID = "9.9" },
        rad69("IDS-010", "another media type", actual: "image/jpeg") { $0.images[0].mediaType = "image/jpeg" },
        rad69("IDS-010", "no media type", actual: "∅") { $0.images[0].mediaType = nil },
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
        rad69("IDS-014", "no row", actual: "∅") { $0.images.removeFirst() },
        rad69("IDS-014", "no explanation", actual: "codeContext = \"\"") { partial(&$0, context: "") },
        rad69("IDS-014", "no location", actual: "location = ∅") { partial(&$0, location: nil) },
        rad69("IDS-014", "another location", actual: "location = 1.2") { partial(&$0, location: "1.2") },
        rad69("IDS-014", "a severity of its own", actual: "urn:x") { partial(&$0, severity: "urn:x") },
    ]

    static let wadoCases: [Case] = [
        wado("WRS-010", "206", actual: "206") { $0.status = 206 },
        wado("WRS-010", "one file", actual: "application/dicom") { $0.contentType = MediaType("application/dicom") },
        wado("WRS-010", "no Content-Type", actual: "∅") { $0.contentType = nil },
        wado("WRS-010", "no type", actual: "type=∅") {
            $0.contentType = MediaType("multipart/related; boundary=cisis")
        },
        wado("WRS-010", "no boundary", actual: "boundary=∅") {
            $0.contentType = MediaType(#"multipart/related; type="application/dicom""#)
        },
        wado("WRS-010", "cut", actual: "missing-close-delimiter") { $0 = series { $0.removeLast(300) } },
        wado("WRS-010", "not closed", actual: "∅") { $0.isClosed = false },
        wado("WRS-010", "text before the first part", actual: "preamble", severity: .warning) {
            $0 = series { $0 = Array("hello\r\n".utf8) + $0 }
        },
        wado("WRS-011", "a part of another type", actual: "text/plain") { $0.images[0].mediaType = "text/plain" },
        wado("WRS-011", "a part of no type", actual: "∅") { $0.images[0].mediaType = nil },
        wado("WRS-011", "another syntax announced", actual: jpeg) { $0.images[0].declaredTransferSyntax = jpeg },
        wado("WRS-011", "no syntax announced", actual: "transfer-syntax=∅") {
            $0.images[0].declaredTransferSyntax = nil
        },
        wado("WRS-011", "no file", actual: "not-dicom") { $0 = unreadable },
        wado("WRS-012", "one is missing", actual: "2 / 2") { $0.images.removeLast() },
        wado("WRS-012", "one came in the stead of another", actual: "2 × \(asked[0].instance)") {
            $0.images[2].head = $0.images[0].head
        },
        wado("WRS-011", "no preamble", actual: "∅") { $0 = bare },
        wado("WRS-012", "none came", actual: "0 / 0") { $0.images = [] },
        wado("WRS-012", "another image", actual: "9.9") {
            $0.images[0].head = head { $0.dataSet.set(.sopInstanceUID, "9.9") }
        },
        wado("WRS-012", "cut in the last part", actual: "2 / 3") { $0 = series { $0.removeLast(300) } },
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
        wado("WRS-016", "no INS", actual: "∅") {
            $0.images[0].head = head { $0.dataSet.remove(.otherPatientIDsSequence) }
        },
        wado("WRS-016", "another INS", actual: "170019999900074") {
            $0.images[0].head = head { $0.dataSet.edit(ins) { $0.set(.patientID, "170019999900074") } }
        },
        wado("WRS-016", "another type", actual: "RFID") {
            $0.images[0].head = head { $0.dataSet.edit(ins) { $0.set(.typeOfPatientID, "RFID") } }
        },
        wado("WRS-016", "no OID", actual: "∅") {
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

    /// The edits that make a file unfit, whatever asks for it: the rules of RAD-69 and of WADO-RS that see each.
    private static let unfit:
        [(rad69: String, wado: String, edit: String, actual: String, severity: Severity?, change: Edit)] = [
            ("IDS-010", "WRS-011", "no pixels", "∅", nil, { $0.dataSet.remove(.pixelData) }),
            ("IDS-010", "WRS-011", "too few pixels", "\(size - 2)", nil, { cut(&$0) }),
            ("IDS-010", "WRS-011", "more rows than pixels", "\(size)", nil, { $0.dataSet.set(.rows, 4095) }),
            ("IDS-010", "WRS-011", "fewer rows than pixels", "\(size)", nil, { $0.dataSet.set(.rows, 1) }),
            ("IDS-010", "WRS-011", "no rows", "∅", nil, { $0.dataSet.remove(.rows) }),
            ("IDS-010", "WRS-011", "more frames than pixels", "\(size)", nil, { $0.dataSet.set(.numberOfFrames, 2) }),
            ("IDS-010", "WRS-011", "no fragment", "0 × (FFFE,E000)", nil, { compress(&$0, jpeg, []) }),
            (
                "IDS-010", "WRS-011", "fewer fragments than frames", "1 × (FFFE,E000)", nil,
                {
                    compress(&$0, jpeg, [[0xFF, 0xD8]])
                    $0.dataSet.set(.numberOfFrames, 2)
                }
            ),
            (
                "IDS-011", "WRS-011", "native pixels under JPEG", "(7FE0,0010): \(size)", nil,
                { $0 = DICOMFile(dataSet: $0.dataSet, transferSyntax: jpeg) }
            ),
            (
                "IDS-011", "WRS-011", "fragments under a native syntax", "1 × (FFFE,E000)", nil,
                { compress(&$0, UID.explicitLittleEndian, [[0xFF, 0xD8]]) }
            ),
            ("IDS-011", "WRS-011", "JPEG 2000 under JPEG", "FF4F", nil, { compress(&$0, jpeg, [[0xFF, 0x4F]]) }),
            (
                "IDS-012", "WRS-013", "another instance in the file meta information", "1.2.9", nil,
                { $0.meta.set(.mediaStorageSOPInstanceUID, "1.2.9") }
            ),
            (
                "IDS-012", "WRS-013", "another class in the file meta information", "1.2.9", nil,
                { $0.meta.set(.mediaStorageSOPClassUID, "1.2.9") }
            ),
            (
                "IDS-012", "WRS-013", "another class than the manifest has", mrImage, nil,
                { $0.dataSet.set(.sopClassUID, mrImage) }
            ),
            ("IDS-012", "WRS-016", "another INS as number", other, nil, { $0.dataSet.set(.patientID, other) }),
            (
                "IDS-012", "WRS-017", "another birth date", "19330303", nil,
                { $0.dataSet.set(.patientBirthDate, "19330303") }
            ),
            ("IDS-012", "WRS-017", "another sex", "M", nil, { $0.dataSet.set(.patientSex, "M") }),
            ("IDS-012", "WRS-017", "another name", "DUPONT", nil, { rename(&$0, "DUPONT^JEAN") }),
            (
                "IDS-012", "WRS-017", "another given name", "PATIENTE-ESSAI^JEANNE", .warning,
                { rename(&$0, "PATIENTE-ESSAI^JEANNE") }
            ),
        ]

    typealias Edit = @Sendable (inout DICOMFile) -> Void
    private static let other = "170019999900074"
    private static let mrImage = "1.2.840.10008.5.1.4.1.1.4"
    /// Bytes of the pixels of one image.
    static let size = file().dataSet[.pixelData]?.bytes.count ?? 0

    private static func cut(_ file: inout DICOMFile) {
        file.dataSet.set(.pixelData, bytes: Array((file.dataSet[.pixelData]?.bytes ?? []).dropLast(2)), vr: .OW)
    }

    private static func rename(_ file: inout DICOMFile, _ name: String) {
        file.dataSet.set(.patientName, name)
        file.dataSet.remove(.otherPatientNames)
    }

    /// Makes the pixels fragments, after an empty offset table.
    static func compress(_ file: inout DICOMFile, _ syntax: String, _ fragments: [[UInt8]]) {
        file.dataSet.set(DataElement(.pixelData, .OB, .fragments([[]] + fragments.map { $0[...] })))
        file = DICOMFile(dataSet: file.dataSet, transferSyntax: syntax)
    }

    static let unfitDocumentSetCases: [Case] = unfit.map { row in
        Case(row.rad69, row.edit, actual: row.actual, severity: row.severity) {
            var subject = documentSet
            for index in 0..<3 { subject.images[index].head = ImageHeader(file(index, row.change)) }
            subject.transferSyntaxes.append(jpeg)
            return subject
        }
    }

    static let unfitWADOCases: [Case] = unfit.map { row in
        Case(row.wado, row.edit, actual: row.actual, severity: row.severity) {
            var subject = series()
            for index in 0..<3 { subject.images[index].head = ImageHeader(file(index, row.change)) }
            return subject
        }
    }

    private static let ins = TagPath([(.otherPatientIDsSequence, 1)])

    /// A series whose first part has no preamble.
    static var bare: ImageAnswerSubject {
        let series = exam.series[0]
        var subject = Answer.series()
        let parts = series.instances.map { exam.imageBytes($0, of: series) }
        let study = MultipartStudy(
            reading: body([Array(parts[0].dropFirst(132))] + parts.dropFirst()), contentType: contentType)
        subject.images[0].head = study.parts[0].image
        return subject
    }

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
