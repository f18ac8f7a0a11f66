import SOAP
import Cryptography
import DICOM
import Foundation
import Imaging
import Simulators
import TestSupport
import Testing
import XDS
import XML

@Suite struct ExamFixtureTests {
    private static let schema = "ans-kit/infrastructure/cda/CDA_extended.xsd"

    @Test("The same seed draws the same exam byte for byte, another seed another exam of the same patient")
    func determinism() throws {
        let (one, same, other) = (ExamFixture(seed: 5), ExamFixture(seed: 5), ExamFixture(seed: 6))
        for document in ExamDocument.allCases {
            #expect(one.bytes(of: document) == same.bytes(of: document))
            #expect(one.uniqueID(of: document) != other.uniqueID(of: document))
        }
        #expect(
            one.imageBytes(one.series[1].instances[2], of: one.series[1])
                == same.imageBytes(same.series[1].instances[2], of: same.series[1]))
        #expect(one.accession.value != other.accession.value)
        #expect(one.patient.nationalIdentifier == other.patient.nationalIdentifier)
    }

    @Test("The identity is a valid test INS that nobody bears")
    func identity() {
        let patient = ExamFixture().patient
        #expect(NationalIdentifier.isValid(patient.nationalIdentifier.value))
        #expect(patient.nationalIdentifier.root == NationalIdentifier.testAuthority)
        // The order number of a real one begins at 001.
        #expect(patient.nationalIdentifier.value.dropFirst(10).prefix(3) == "000")
    }

    @Test(
        "The report is valid for the official CDA schema",
        .enabled(if: Corpora.has(schema), Comment(rawValue: Corpora.absence)), arguments: [1, 99] as [UInt64])
    func schemaValidity(_ seed: UInt64) throws {
        let schema = try Schema(contentsOfFile: Corpora.url(Self.schema).path)
        let violations = schema.validate(ExamFixture(seed: seed).reportBytes())
        #expect(violations.map(\.message) == [])
    }

    @Test("The report says what the exam is, and its link stands in the entry and in the narrative")
    func report() throws {
        let exam = ExamFixture(seed: 11)
        let report = try #require(ImagingReport(try Document(parsing: exam.reportBytes())))
        #expect(report.identifier?.root == exam.documentID)
        #expect(report.studyUIDs == [exam.studyUID])
        #expect(report.accessions.map(\.joined) == ["\(exam.accession.root).\(exam.accession.value)"])
        #expect(report.orderNumbers.map(\.value) == [exam.order.value])
        #expect(report.patient?.nationalIdentifier?.value == exam.patient.nationalIdentifier.value)
        #expect(report.patient?.firstBirthGivenName == exam.patient.firstBirthGivenName)
        #expect(report.patient?.birthPlace == exam.patient.birthPlaceCode)
        #expect(report.imagingActs.flatMap(\.modalities).map(\.code) == ["CT"])
        #expect(report.imagingActs.flatMap(\.regions).map(\.code) == [exam.region.code])
        #expect(report.isStructured)
        let link = try #require(report.links.first)
        #expect(report.links.count == 1)
        #expect(link.link.form == .french)
        #expect(link.link.faults.isEmpty)
        #expect(link.link.studyUID == exam.studyUID)
        #expect(link.studyUID == exam.studyUID)
        #expect(link.narrative.map(\.link.text) == [link.link.text])
        #expect(link.node.path.hasSuffix("/observation/text/reference"))
    }

    @Test("The manifest lists every image of the report's exam")
    func manifest() throws {
        let exam = ExamFixture(
            seed: 12,
            plans: [
                .init("A", instances: 2), .init("B", instances: 1), .init("C", instances: 4, rows: 16, columns: 32),
            ])
        let kos = KeyObjectSelection(try DICOMFile(reading: exam.manifestBytes()))
        #expect(kos.isManifest)
        #expect(kos.sopInstanceUID == exam.manifestUID)
        #expect(kos.studyInstanceUID == exam.studyUID)
        #expect(kos.accession?.value == exam.accession.value)
        #expect(kos.accession?.issuerOID == exam.accession.root)
        #expect(kos.patientID == exam.patient.nationalIdentifier.value)
        #expect(kos.series.map(\.instances.count) == [2, 1, 4])
        #expect(kos.series.compactMap(\.retrieveURL) == exam.series.map(exam.retrieveURL))
        #expect(kos.instances.compactMap(\.sopInstance) == exam.series.flatMap(\.instances).map(\.uid))
        #expect(exam.instanceCount == 7)
    }

    @Test("Every image belongs to the exam, has pixels of the planned size and the INS")
    func images() throws {
        let exam = ExamFixture(seed: 13, plans: [.init("A", instances: 2, rows: 24, columns: 40)])
        var pixels: Set<[UInt8]> = []
        for instance in exam.series[0].instances {
            let file = try DICOMFile(reading: exam.imageBytes(instance, of: exam.series[0]))
            let head = ImageHeader(file)
            #expect(head.sopInstanceUID == instance.uid)
            #expect(head.seriesInstanceUID == exam.series[0].uid)
            #expect(head.studyInstanceUID == exam.studyUID)
            #expect(head.rows == 24 && head.columns == 40)
            #expect(head.patientID?.value == exam.patient.localIdentifier.value)
            #expect(head.nationalIdentifier?.value == exam.patient.nationalIdentifier.value)
            #expect(head.accession == exam.accession.value)
            let data = try #require(file.dataSet[.pixelData]?.bytes)
            #expect(data.count == 24 * 40 * 2)
            pixels.insert(Array(data))
        }
        #expect(pixels.count == 2)
    }

    @Test("The entries describe the documents that travel with them")
    func metadata() throws {
        let exam = ExamFixture(seed: 14)
        let request = exam.submissionRequest()
        for (entry, document) in zip(request.submission.entries, request.documents) {
            #expect(entry.id == document.id)
            #expect(entry.hash == MessageDigest.hexadecimal(of: document.bytes, .sha1))
            #expect(entry.size == String(document.bytes.count))
            #expect(entry.patientID?.text == "270019999900024^^^&1.2.250.1.213.1.4.10&ISO^NH")
            #expect(entry.references(.accession).map(\.id) == [exam.accession.value])
            #expect(entry.references(.studyInstanceUID).map(\.id) == [exam.studyUID])
            #expect(entry.serviceStartTime?.text == "20260312083000")
        }
        #expect(request.submission.entries.map(\.uniqueID) == [exam.documentID, exam.manifestUID])
        #expect(request.submission.associations.count == 2)
    }

    @Test("An instant is written with its offset in CDA and in UTC in XDS")
    func instants() throws {
        let instant = try #require(ExamInstant("20260101003000", offset: -210))
        #expect(instant.cda == "20260101003000-0330")
        #expect(instant.utc == "20260101040000")
        #expect(ExamInstant("20261301000000") == nil)
        #expect(ExamInstant("2026010100") == nil)
    }

    @Test(
        "dciodvfy finds no error in the manifest under the IHE XDS-I profile",
        .enabled(if: Tool.has("dciodvfy"), Tool.absence))
    func profile() throws {
        let text = try Tool.withFile(ExamFixture().manifestBytes()) {
            try Tool.run(["dciodvfy", "-profile", "IHEXDSIManifest", $0]).text
        }
        #expect(text.contains("KeyObjectSelectionDocument"))
        #expect(!text.contains("Error"), "\(text)")
    }

    @Test("dcmdump and dsrdump read the manifest", .enabled(if: Tool.has("dcmdump", "dsrdump"), Tool.absence))
    func dumps() throws {
        let exam = ExamFixture()
        try Tool.withFile(exam.manifestBytes()) { path in
            let dump = try Tool.run(["dcmdump", path])
            #expect(dump.status == 0)
            #expect(dump.text.contains(exam.manifestUID))
            let report = try Tool.run(["dsrdump", path])
            #expect(report.status == 0)
            #expect(report.text.contains("Manifest"))
        }
    }
}
