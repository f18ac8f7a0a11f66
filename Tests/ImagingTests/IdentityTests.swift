import Imaging
import Testing

@Suite struct IdentityTests {
    struct Case: Sendable {
        let number: String
        let key: String?
    }

    @Test(
        "The key of an INS is 97 minus its remainder, Corsica counted as 19 and 18",
        arguments: [
            Case(number: "2790351215189", key: "89"), Case(number: "1620188850453", key: "27"),
            Case(number: "2700199999000", key: "24"),
            Case(number: "18001 2A04001", key: nil), Case(number: "-700199999000", key: nil),
            Case(number: "27001999990", key: nil),
        ])
    func keys(_ item: Case) {
        #expect(NationalIdentifier.key(of: item.number) == item.key)
    }

    @Test("Corsican departments stand for 19 and 18 in the key")
    func corsica() {
        #expect(NationalIdentifier.key(of: "180032A004001") == NationalIdentifier.key(of: "1800319004001"))
        #expect(NationalIdentifier.key(of: "180032B004001") == NationalIdentifier.key(of: "1800318004001"))
    }

    @Test("A number is valid with its key alone")
    func validity() {
        #expect(NationalIdentifier.isValid("270019999900024"))
        #expect(!NationalIdentifier.isValid("270019999900025"))
        #expect(!NationalIdentifier.isValid("2700199999000"))
    }

    @Test(
        "What is wrong with a number is its form or its key",
        arguments: [
            ("270019999900024", nil), ("270019999900025", .key(expected: "24")), ("2700199999000", .form),
            ("27001999990002A", .form), ("+70019999900024", .form), ("", .form), ("170012A00400173", nil),
            ("170012A00400174", .key(expected: "73")),
        ] as [(String, NationalIdentifier.Defect?)])
    func defects(_ number: String, _ defect: NationalIdentifier.Defect?) {
        #expect(NationalIdentifier.defect(of: number) == defect)
    }

    struct Time: Sendable {
        let text: String
        let utc: String?
    }

    @Test(
        "Times of CDA, DICOM and XDS become one instant",
        arguments: [
            Time(text: "20260312093000+0100", utc: "20260312083000"),
            Time(text: "20260101003000+0100", utc: "20251231233000"),
            Time(text: "20240229120000.5-0330", utc: "20240229153000"),
            Time(text: "202603", utc: "20260301000000"), Time(text: "19700101000000", utc: "19700101000000"),
            Time(text: "19691231235959", utc: "19691231235959"), Time(text: "20230229", utc: nil),
            Time(text: "20261301", utc: nil), Time(text: "20260312093000+01", utc: nil),
            Time(text: "2026-03", utc: nil),
            Time(text: "", utc: nil), Time(text: "2026031209300", utc: nil),
        ])
    func times(_ item: Time) {
        #expect(TimeStamp(item.text)?.utc == item.utc)
    }
}
