@testable import DICOM
import Testing

@Suite("CT phantoms") struct CTImageTests {
    @Test("The pixels have the size that the elements say, and air, tissue, lung and bone in them")
    func pixels() throws {
        let file = try DICOMFile(reading: Exam.image(columns: 64, rows: 48).file().serialized())
        let dataSet = file.dataSet
        #expect(file.notes == [])
        #expect(dataSet.integer(.rows) == 48)
        #expect(dataSet.integer(.columns) == 64)
        let bytes = try #require(dataSet[.pixelData]).bytes
        #expect(bytes.count == 64 * 48 * 2)
        let values = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
        #expect(Set(values).isSuperset(of: [-1000, -850, 700, 40]))
    }

    @Test("Each instance of an exam has pixels of its own")
    func difference() {
        let all = (1...3).flatMap { series in
            (1...20).map { Exam.image($0, series: series).file().dataSet[.pixelData]?.bytes }
        }
        #expect(Set(all).count == 60)
    }

    @Test(
        "Decimal strings are short and right",
        arguments: [(-24000, "-24"), (375, "0.375"), (-375, "-0.375"), (1500, "1.5"), (0, "0"), (20, "0.02")])
    func decimals(_ thousandths: Int, _ text: String) {
        #expect(CTImage.decimal(thousandths: thousandths) == text)
    }

    @Test("The image bears exam, order and both numbers of the patient")
    func identifiers() {
        let dataSet = Exam.image().file().dataSet
        #expect(dataSet.string(.studyInstanceUID) == Exam.study)
        #expect(dataSet.string(.accessionNumber) == "ACC0001")
        #expect(dataSet.string(.placerOrderNumberImagingServiceRequest) == "ORD0001")
        #expect(dataSet.string(.patientID) == "IPP-0001")
        #expect(dataSet.items(.otherPatientIDsSequence).first?.string(.patientID) == Exam.patient.ins)
    }
}
