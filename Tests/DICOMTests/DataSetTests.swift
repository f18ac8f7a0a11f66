import DICOM
import Testing

@Suite("Data sets: values, editing, writing, describing") struct DataSetTests {
    @Test("Padding is no part of a value; blanks that are not padding are")
    func trimming() {
        var dataSet = DataSet()
        dataSet.set(.universalEntityIDType, bytes: Array("ISO ".utf8))
        dataSet.set(.sopInstanceUID, bytes: Array("1.2.3\0".utf8))
        dataSet.set(.instanceNumber, bytes: Array(" 12 ".utf8))
        dataSet.set(.retrieveURL, bytes: Array("\nhttps://a  ".utf8))
        dataSet.set(.patientComments, bytes: Array("  a\\b ".utf8))
        dataSet.set(.otherPatientNames, bytes: Array("A ^B \\ C".utf8))
        #expect(dataSet.string(.universalEntityIDType) == "ISO")
        #expect(dataSet.string(.sopInstanceUID) == "1.2.3")
        #expect(dataSet.integer(.instanceNumber) == 12)
        #expect(dataSet.string(.retrieveURL) == "\nhttps://a")
        #expect(dataSet.string(.patientComments) == "  a\\b")
        #expect(dataSet.strings(.otherPatientNames) == ["A ^B", "C"])
    }

    @Test("Absent, empty and padded elements have no value, but the last two are there")
    func emptiness() {
        var dataSet = DataSet()
        dataSet.setEmpty(.accessionNumber)
        dataSet.set(.patientID, bytes: [0x20, 0x20])
        #expect(dataSet.string(.accessionNumber) == nil)
        #expect(dataSet.contains(.accessionNumber))
        #expect(dataSet.string(.patientID) == nil)
        #expect(dataSet[.patientID]?.isEmpty == true)
        #expect(!dataSet.contains(.patientName))
        #expect(dataSet.text(.patientName) == nil)
    }

    @Test("Elements stand in order whatever the order in which they are set, and one stands for a tag")
    func order() {
        var dataSet = DataSet()
        for tag in [Tag.pixelSpacing, .modality, .patientID, .modality] { dataSet.set(tag, "1") }
        #expect(dataSet.elements.map(\.tag) == [.modality, .patientID, .pixelSpacing])
        dataSet.remove(.modality)
        #expect(dataSet.elements.map(\.tag) == [.patientID, .pixelSpacing])
    }

    @Test("Numbers are written in binary or in text as their VR says, and read back")
    func numbers() {
        var dataSet = DataSet()
        dataSet.set(.rows, 513)
        dataSet.set(Tag(0x18, 0x6020), -70000)
        dataSet.set(.seriesNumber, 59)
        #expect(dataSet[.rows].map { Array($0.bytes) } == [1, 2])
        #expect(dataSet.string(.rows) == "513")
        #expect(dataSet.integer(Tag(0x18, 0x6020)) == -70000)
        #expect(dataSet[.seriesNumber].map { Array($0.bytes) } == Array("59".utf8))
    }

    @Test("A path leads to an element and to an edit", arguments: [1, 2])
    func paths(_ item: Int) {
        var dataSet = Exam.manifest.file().dataSet
        let path = TagPath().item(.currentRequestedProcedureEvidenceSequence, 1).item(.referencedSeriesSequence, item)
        dataSet.edit(path) { $0.set(.retrieveURL, "https://other") }
        #expect(
            dataSet[path.element(.retrieveURL)].map { String(decoding: $0.bytes, as: UTF8.self) } == "https://other")
        #expect(dataSet[TagPath().item(.contentSequence, 99).element(.textValue)] == nil)
    }

    @Test(
        "What is written is read back equal, lengths even, whatever the form",
        arguments: [UID.explicitLittleEndian, UID.implicitLittleEndian],
        [DataSetWriter.SequenceLength.defined, .undefined])
    func roundTrip(_ syntax: String, _ sequences: DataSetWriter.SequenceLength) throws {
        let made = Exam.manifest.file(transferSyntax: syntax)
        let bytes = made.serialized(sequences: sequences)
        let read = try DICOMFile(reading: bytes)
        #expect(read.notes == [])
        #expect(read.hasPreamble)
        #expect(read.transferSyntax == syntax)
        #expect(read.meta.string(.mediaStorageSOPInstanceUID) == made.dataSet.string(.sopInstanceUID))
        let lines = read.dataSet.describe(limit: .max, width: 1000).lines
        #expect(
            lines.map { "\($0.path) \($0.text)" }
                == made.dataSet.describe(limit: .max, width: 1000).lines.map { "\($0.path) \($0.text)" })
        #expect(lines.allSatisfy { ($0.length ?? 0) % 2 == 0 })
        #expect(read.serialized(sequences: sequences) == bytes)
    }

    @Test("Padding is NUL for a UID and a space for text")
    func padding() throws {
        var dataSet = DataSet()
        dataSet.set(.sopClassUID, "1.2")
        dataSet.set(.modality, "CTX")
        var writer = DataSetWriter(isExplicit: true, sequences: .defined)
        writer.write(dataSet)
        #expect(writer.bytes == Bytes.explicit(.sopClassUID, "UI", "1.2\0") + Bytes.explicit(.modality, "CS", "CTX "))
    }

    @Test("A text too long for a short length is written as UN and read as text")
    func longText() throws {
        var dataSet = DataSet()
        dataSet.set(.modality, "CT")
        dataSet.set(.patientComments, String(repeating: "a", count: 70000))
        let read = try DICOMFile(reading: DICOMFile(dataSet: dataSet).serialized())
        #expect(read.dataSet[.patientComments]?.vr == .UN)
        #expect(read.dataSet.string(.patientComments)?.count == 70000)
    }

    @Test("The tree names depth, keyword, bounded value and place, and says where it is cut")
    func describe() throws {
        let file = try DICOMFile(reading: Exam.manifest.file().serialized())
        let (lines, isCut) = file.dataSet.describe(limit: 5000, width: 10)
        #expect(!isCut)
        let line = try #require(lines.first { $0.path.description == "(0040,A375)[1]/(0008,1115)[2]/(0008,1190)" })
        #expect(line.depth == 2)
        #expect(line.keyword == "RetrieveURL")
        #expect(line.vr == .UR)
        #expect(line.text == "https://db…")
        #expect(line.byteOffset == file.dataSet[line.path]?.byteOffset)
        #expect(line.byteOffset > 0)
        #expect(lines.contains { $0.tag.description == "(FFFE,E000)" && $0.name == "Item 2" && $0.byteOffset > 0 })
        #expect(lines.first { $0.tag == .contentSequence }?.text == "8 items")
        let bounded = file.dataSet.describe(limit: 7)
        #expect(bounded.lines.count == 7)
        #expect(bounded.isCut)
    }

    @Test("Bulk bytes are described by number and beginning")
    func describeBulk() {
        let line = Exam.image(columns: 8, rows: 8).file().dataSet.describe().lines.last
        #expect(line?.tag == .pixelData)
        #expect(line?.text.hasPrefix("128 bytes: ") == true)
    }

    @Test("A sequence that the dictionary does not know stays one in implicit VR, however lengths are written")
    func unknownSequence() throws {
        var item = DataSet()
        item.set(.modality, "CT")
        var dataSet = DataSet()
        dataSet.set(Tag(0x0041, 0x0010), "CISIS", vr: .LO)
        dataSet.set(Tag(0x0041, 0x1001), items: [item, DataSet()])
        let file = DICOMFile(dataSet: dataSet, transferSyntax: UID.implicitLittleEndian)
        for sequences in [DataSetWriter.SequenceLength.defined, .undefined] {
            let read = try DICOMFile(reading: file.serialized(sequences: sequences))
            #expect(read.dataSet.items(Tag(0x0041, 0x1001)).map { $0.string(.modality) } == ["CT", nil])
        }
    }
}
