import Testing

@testable import HL7v2

@Suite struct ReportTransmissionTests {
    private func transmission(_ lines: [String], type: String = "ORU^R01^ORU_R01") throws -> ReportTransmission? {
        let header = "MSH|^~\\&|||||||\(type)|42|P|2.5||||||UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2"
        return ReportTransmission(
            try HL7Message(reading: Array(([header] + lines).map { $0 + "\r" }.joined().utf8)))
    }

    @Test("What an ORU hands over is read")
    func observation() throws {
        let found = try #require(
            try transmission([
                "PID|||279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~7^^^CHU&1.2.3&ISO^PI|||||||||||||||||||||||||||||VALI",
                "OBX|1|ED|18748-4^CR d'imagerie^LN||^TEXT^XML^Base64^PGEv\r".replacing("\r", with: "\\X0D\\Pg=="),
                "OBX|2|CE|MASQUE_PS^Masqué^MetaDMPMSS||Y^^expandedYes-NoIndicator",
                "OBX|3|CE|DESTDMP^^MetaDMPMSS||N", "OBX|4|CE|ACK_RECEPTION^^MetaDMPMSS||peut-être",
            ]))
        #expect(found.kind == .observation)
        #expect(found.profiles == ["2.1^CISIS_CDA_HL7_V2"])
        #expect(found.nationalIdentifier?.value == "279035121518989")
        #expect(found.nationalIdentifier?.oid == "1.2.250.1.213.1.4.10")
        #expect(found.localIdentifier?.value == "7")
        #expect(found.identityStatus == ["VALI"])
        #expect(found.report?.bytes == Array("<a/>".utf8))
        #expect(found.options.map(\.name) == ["MASQUE_PS", "DESTDMP", "ACK_RECEPTION"])
        #expect(found.options.map(\.isAsked) == [true, false, nil])
        #expect(found.documentID == nil)
    }

    @Test("An MDM tells the id of its document; another message hands nothing over")
    func document() throws {
        let found = try transmission(["TXA|1|CR||||||||||1.2.3^x"], type: "MDM^T02^MDM_T02")
        #expect(found?.documentID == "1.2.3")
        #expect(try transmission([], type: "ADT^A01") == nil)
        #expect(try transmission([], type: "") == nil)
    }

    @Test(
        "Base64 is decoded as it is written, or not at all",
        arguments: [
            ("QUJD", "ABC"), ("QUI=", "AB"), ("QQ==", "A"), ("QU JD", "ABC"), ("QUJD\\.br\\QUJD", "ABCABC"), ("", nil),
            ("Q", nil), ("QU=JD", nil), ("QUJD*", nil), ("=", nil), ("QUJD\\", nil),
        ] as [(String, String?)])
    func base64(text: String, expected: String?) {
        #expect(Base64.decoded(Array(text.utf8)[...]) == expected.map { Array($0.utf8) })
    }

    @Test("An acknowledgment answers the message: identifiers, actors, cause")
    func acknowledgment() throws {
        let asked = try HL7Message(reading: Array("MSH|^~\\&|RIS|CHU|BOX|X|1||MDM^T02^MDM_T02|id\\T\\7|P|2.6\r".utf8))
        let answer = Acknowledgment(
            .error, to: asked.controlID, text: "le CDA est illisible | OBX-5", location: "OBX^1^5")
        let bytes = answer.message(answering: asked, id: "9", time: "20261124093000+0100").encoded()
        let read = try HL7Message(reading: bytes)
        #expect(read.type == "ACK^T02^ACK")
        #expect(read.first("MSH")?[3].text == "BOX")
        #expect(read.first("MSH")?[5].text == "RIS")
        #expect(read.version == "2.6")
        let found = try #require(Acknowledgment(read))
        #expect(found.code == .error)
        #expect(found.controlID == "id&7")
        #expect(found.text == "le CDA est illisible | OBX-5")
        #expect(found.location == "OBX^1^5")
        #expect(read.faults == [])
        let accepted = Acknowledgment(.accept, to: "1").message(answering: nil, id: "2", time: "")
        #expect(try HL7Message(reading: accepted.encoded()).segments.map(\.name) == ["MSH", "MSA"])
        #expect(Acknowledgment(try HL7Message(reading: Array("MSH|^~\\&|\rMSA|XX|1\r".utf8))) == nil)
        #expect(Acknowledgment(try HL7Message(reading: Array("MSH|^~\\&|\r".utf8))) == nil)
    }
}
