import DICOM
import Foundation
import Imaging
import Testing

@Suite("The DICOM JSON Model")
struct DICOMJSONTests {
    private func read(_ dataSet: DataSet) throws -> [String: [String: Any]] {
        let bytes = DICOMJSON.metadata([dataSet])
        let objects = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: [String: Any]]])
        #expect(objects.count == 1)
        return try #require(objects.first)
    }

    @Test("Each attribute has its key, its value representation and its values")
    func attributes() throws {
        var dataSet = DataSet()
        dataSet.set(.studyInstanceUID, "1.2.3")
        dataSet.set(.patientName, "ESSAI^CAMILLE")
        dataSet.set(.patientBirthDate, "")
        dataSet.set(.seriesDescription, "Crâne \"natif\"\t1")
        let object = try read(dataSet)
        #expect(object["0020000D"]?["vr"] as? String == "UI")
        #expect(object["0020000D"]?["Value"] as? [String] == ["1.2.3"])
        #expect((object["00100010"]?["Value"] as? [[String: String]])?.first == ["Alphabetic": "ESSAI^CAMILLE"])
        // PS3.18 F.2.5: an empty value has no Value.
        #expect(object["00100030"]?.keys.sorted() == ["vr"])
        #expect((object["0008103E"]?["Value"] as? [String])?.first?.contains("\"natif\"") == true)
    }

    @Test("Binary values are in base64, numbers are numbers, sequences are arrays of objects")
    func values() throws {
        var item = DataSet()
        item.set(.patientID, "42")
        var dataSet = DataSet()
        dataSet.set(DataElement(.otherPatientIDsSequence, .SQ, .items([item])))
        dataSet.set(DataElement(.pixelData, .OW, .bytes([0xFF, 0x00, 0x7F, 0x01])))
        dataSet.set(DataElement(.rows, .US, .bytes([0x00, 0x02])))
        let object = try read(dataSet)
        let items = try #require(object["00101002"]?["Value"] as? [[String: [String: Any]]])
        #expect(items.first?["00100020"]?["Value"] as? [String] == ["42"])
        #expect(object["7FE00010"]?["InlineBinary"] as? String == "/wB/AQ==")
        #expect(object["00280010"]?["Value"] as? [Int] == [512])
    }

    @Test("No instance is an empty array")
    func none() { #expect(DICOMJSON.metadata([]) == Array("[]".utf8)) }
}
