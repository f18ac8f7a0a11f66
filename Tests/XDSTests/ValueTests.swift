import Testing
import XDS
import XML

@Suite("Dates and times")
struct DTMTests {
    @Test(
        "Digits of a legal length that are a date of the calendar are valid",
        arguments: [
            ("2026", true), ("202602", true), ("20240229", true), ("2026010112", true), ("20261231235959", true),
            ("20260101000060", true), ("", false), ("202", false), ("20261", false), ("202613", false),
            ("20230229", false), ("19000229", false), ("20000229", true), ("2026010124", false),
            ("202601011260", false), ("20260101120061", false), ("20260101120000+0100", false),
            ("20260101120000.5", false), ("2026-01-01", false), ("２０２６", false),
        ])
    func valid(_ text: String, _ isValid: Bool) { #expect(DTM(text).isValid == isValid) }

    @Test("Offset and fraction are told apart")
    func suffix() {
        #expect(DTM("20260101120000+0100").offset == "+0100")
        #expect(DTM("20260101120000.25-0500").offset == "-0500")
        #expect(DTM("20260101120000.25").hasFraction && !DTM("20260101120000").hasFraction)
        #expect(DTM("20260101120000+0100").isCalendarDate)
    }

    @Test("A short value covers its whole span")
    func span() {
        #expect(DTM("2026").earliest == "20260101000000" && DTM("2026").latest.hasPrefix("202612"))
        #expect(DTM("20260115").earliest == "20260115000000" && DTM("20260115").latest == "20260115235959")
        #expect(DTM("20260115101112").earliest == DTM("20260115101112").latest)
    }

    @Test(
        "Seconds since 1970 give UTC digits",
        arguments: [
            (0, "19700101000000"), (951_782_400, "20000229000000"), (-1, "19691231235959"),
            (1_767_225_599, "20251231235959"), (4_102_444_800, "21000101000000"),
        ])
    func epoch(_ seconds: Int, _ text: String) { #expect(DTM(secondsSince1970: seconds).text == text) }
}

@Suite("Identifiers of patients, persons and objects")
struct IdentifierTests {
    @Test("CX is written and read")
    func cx() {
        let patient = CX(id: "1", oid: "1.2.250.1.213.1.4.10", type: "NH")
        #expect(patient.text == "1^^^&1.2.250.1.213.1.4.10&ISO^NH")
        #expect(patient.id == "1" && patient.authority?.universalID == "1.2.250.1.213.1.4.10" && patient.type == "NH")
        #expect(patient.defect == nil)
        #expect(patient.names(same: CX("1^^^&1.2.250.1.213.1.4.10&ISO")))
        #expect(
            !patient.names(same: CX(id: "1", oid: "1.2.3"))
                && !patient.names(same: CX(id: "2", oid: "1.2.250.1.213.1.4.10")))
    }

    @Test(
        "What CX breaks is told",
        arguments: [
            "", "1", "^^^&1.2.3&ISO", "1^^^", "1^^^NS&1.2.3&ISO", "1^^^&1.2.3&DNS", "1^^^&1.02.3&ISO",
            "1^x^^&1.2.3&ISO",
            " 1^^^&1.2.3&ISO", "1^^^&1.2.3&ISO^NH ",
        ])
    func defects(_ text: String) { #expect(CX(text).defect != nil) }

    @Test("CXi holds its kind, authority and community")
    func cxi() {
        let accession = CXi(id: "A1", oid: "1.2.3", kind: .accession)
        #expect(accession.text == "A1^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:accession")
        #expect(accession.kind == .accession && accession.authority?.universalID == "1.2.3" && accession.home.isEmpty)
        let study = CXi(id: "2.25.1", oid: nil, kind: .studyInstanceUID)
        #expect(study.text == "2.25.1^^^^urn:ihe:iti:xds:2016:studyInstanceUID" && study.authority == nil)
        #expect(CXi("1^^^^urn:x^urn:oid:9").home == "urn:oid:9")
    }

    @Test("XCN of a person and of a device")
    func xcn() {
        let person = XCN(id: "8997", family: "NOM", given: "Zoé")
        #expect(person.text == "8997^NOM^Zoé^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS")
        #expect(person.id == "8997" && person.family == "NOM" && person.given == "Zoé")
        #expect(person.authority?.isOID == true && person.nameType == "D" && person.identifierType == "IDNPS")
        let device = XCN(id: "1", family: "DRIMbox", given: "X", isDevice: true)
        #expect(device.nameType == "U" && device.identifierType == "EI")
        #expect(XCN("x").identifierType.isEmpty && XCN("").id.isEmpty)
    }

    @Test("XON of a structure")
    func xon() {
        let structure = XON(name: "Centre", id: "1999")
        #expect(structure.text == "Centre^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1999")
        #expect(structure.name == "Centre" && structure.identifierType == "IDNST" && structure.id == "1999")
        #expect(structure.authority?.universalID == FrenchOID.organisation)
    }

    @Test(
        "OIDs",
        arguments: [
            ("1.2.3", true), ("2.25.0", true), ("0.9", true), ("1", false), ("3.1", false), ("1..2", false),
            ("1.02", false), ("1.2.", false), (".1.2", false), ("1.a", false), ("", false),
        ])
    func oid(_ text: String, _ isWellFormed: Bool) { #expect(OID.isWellFormed(text) == isWellFormed) }

    @Test("A UID has at most 64 characters, an OID 128")
    func lengths() {
        let text = "1." + String(repeating: "2", count: 63)
        #expect(!OID.isUID(text) && OID.isWellFormed(text))
        #expect(OID.isUID(String(text.dropLast())))
    }

    @Test("UUIDs and their URNs")
    func uuid() {
        let uuid = "6f1ff37c-2b3a-4b6e-9d55-4f2d3c1f0a01"
        #expect(UUIDText.isWellFormed(uuid) && UUIDText.isWellFormed(uuid.uppercased()))
        #expect(UUIDText.isURN("urn:uuid:" + uuid) && !UUIDText.isURN(uuid) && !UUIDText.isURN("urn:uuid:1"))
        #expect(!UUIDText.isWellFormed(String(uuid.dropLast())) && !UUIDText.isWellFormed("g" + uuid.dropFirst()))
    }

    @Test("Codes agree by code and scheme; the words do not count")
    func codes() {
        #expect(CodedValue("a", "1.2", "x").matches(CodedValue("a", "1.2", "y")))
        #expect(!CodedValue("a", "1.2", "x").matches(CodedValue("a", "1.3", "x")))
        #expect(CodedValue("a", "1.2", "x").queryText == "a^^1.2")
    }
}

@Suite("Values and combining marks")
struct CombiningMarkTests {
    @Test("A separator that a combining mark follows is a separator all the same")
    func components() {
        let person = XCN("801^\u{301}DEMO^ZOÉ")
        #expect(person.id == "801" && person.family == "\u{301}DEMO" && person.given == "ZOÉ")
        #expect(AssigningAuthority("a&\u{301}b&ISO")?.universalID == "\u{301}b")
        #expect(CodedValue(queryText: "a^^\u{301}b")?.scheme == "\u{301}b")
    }

    @Test("Blanks before a combining mark are taken away without it")
    func blanks() throws {
        let list =
            "<r:ValueList xmlns:r='urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0'><r:Value> \u{301}a </r:Value></r:ValueList>"
        let slot = "<r:Slot xmlns:r='urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0' name='n'>\(list)</r:Slot>"
        let read = Slot(reading: try Document(parsing: Array(slot.utf8)).documentElement)
        #expect(read.values.map { Array($0.unicodeScalars) } == [["\u{301}", "a"]])
    }
}

@Suite("Values of stored queries")
struct QueryValueTests {
    @Test(
        "A right value is read and written as it was",
        arguments: [
            ("'a'", ["a"], false), ("('a')", ["a"], true), ("('a','b')", ["a", "b"], true),
            ("20240101", ["20240101"], false),
            ("'O''Hara'", ["O'Hara"], false), ("''", [""], false), ("('a''b','c')", ["a'b", "c"], true),
            ("''''", ["'"], false), ("(1,2)", ["1", "2"], true), ("'(a,b)'", ["(a,b)"], false),
            ("'1^^^&1.2.3&ISO^NH'", ["1^^^&1.2.3&ISO^NH"], false),
        ])
    func right(_ text: String, _ literals: [String], _ isList: Bool) {
        let value = QueryValue(parsing: text)
        #expect(value.defect == nil)
        #expect(value.literals.map(\.text) == literals && value.isList == isList)
        #expect(value.written == text)
    }

    @Test("Blanks around quotes, commas and parentheses are passed over")
    func blanks() {
        let value = QueryValue(parsing: " ( 'a' , 'b' ) ")
        #expect(value.defect == nil && value.written == "('a','b')")
    }

    @Test(
        "What breaks the syntax is told, and the rest is read",
        arguments: [
            ("", []), ("a", ["a"]), ("'a", ["a"]), ("('a'", ["a"]), ("'a','b'", ["a", "b"]), ("'a' b", ["a"]),
            ("('a',)", ["a"]), ("()", []), ("(abc)", ["abc"]), ("'a')", ["a"]),
        ])
    func defects(_ text: String, _ literals: [String]) {
        let value = QueryValue(parsing: text)
        #expect(value.defect != nil)
        #expect(value.literals.map(\.text) == literals)
    }

    @Test(
        "Makers write what the parser reads",
        arguments: ["a", "O'Hara", "", "(x)", "é,'", "\u{301}a", "'\u{301}", ",\u{301}"])
    func makers(_ text: String) {
        #expect(QueryValue(parsing: QueryValue.string(text).written).literals.map(\.text) == [text])
        #expect(QueryValue(parsing: QueryValue.list([text, "b"]).written).literals.map(\.text) == [text, "b"])
        #expect(QueryValue.number("2026").written == "2026")
    }

    @Test("A wildcard or escape that a combining mark follows is one all the same")
    func patterns() {
        #expect(QueryPattern("%\u{301}").matches("\u{301}"))
        #expect(QueryPattern("a\\_").matches("a_") && !QueryPattern("a\\_").matches("ab"))
        #expect(QueryPattern("e\u{301}_").matches("éa"))
    }
}
