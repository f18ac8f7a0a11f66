import DICOM
import Testing

@Suite("Tags, representations, identifiers and tables") struct TagTests {
    @Test("A tag is written as the standard writes it, and read back")
    func writing() {
        #expect(Tag.sopInstanceUID.description == "(0008,0018)")
        #expect(Tag("(0040,A375)") == .currentRequestedProcedureEvidenceSequence)
        #expect(Tag("7FE00010") == .pixelData)
        #expect(Tag("0008,00") == nil)
        #expect(Tag(0x0008, 0xFFFF) < Tag(0x0010, 0))
    }

    @Test("A path names the items on the way, from 1")
    func path() {
        let path = TagPath().item(.currentRequestedProcedureEvidenceSequence, 1).item(.referencedSeriesSequence, 2)
            .element(.retrieveURL)
        #expect(path.description == "(0040,A375)[1]/(0008,1115)[2]/(0008,1190)")
        #expect(TagPath().description.isEmpty)
    }

    @Test(
        "A UID is digits without leading zeros, joined by dots, at most 64 characters",
        arguments: [
            ("1.2.840.10008.1.2", true), ("0", true), ("1.0.3", true), ("", false), ("1.02", false), ("1..2", false),
            ("1.2.", false), ("1.a", false), (".1", false), ("1.2 ", false),
            ("1." + String(repeating: "9", count: 62), true), ("1." + String(repeating: "9", count: 63), false),
        ])
    func uid(_ text: String, _ isValid: Bool) {
        #expect(UID.isValid(text) == isValid)
    }

    @Test("What this project writes about itself is valid")
    func implementation() {
        #expect(UID.isValid(UID.implementationClass))
        #expect(UID.implementationVersion.utf8.count <= 16)
    }

    @Test(
        "The dictionary knows keyword, name and VR",
        arguments: [
            (Tag.sopInstanceUID, VR.UI, "SOPInstanceUID", "SOP Instance UID"),
            (.retrieveURL, .UR, "RetrieveURL", "Retrieve URL"),
            (.retrieveLocationUID, .UI, "RetrieveLocationUID", "Retrieve Location UID"),
            (.textValue, .UT, "TextValue", "Text Value"), (.pixelData, .OW, "PixelData", "Pixel Data"),
            (.otherPatientIDsSequence, .SQ, "OtherPatientIDsSequence", "Other Patient IDs Sequence"),
            (.universalEntityID, .UT, "UniversalEntityID", "Universal Entity ID"),
            (.timezoneOffsetFromUTC, .SH, "TimezoneOffsetFromUTC", "Timezone Offset From UTC"),
        ])
    func dictionary(_ tag: Tag, _ vr: VR, _ keyword: String, _ name: String) {
        #expect(DataDictionary.vr(tag) == vr)
        #expect(DataDictionary.keyword(tag) == keyword)
        #expect(DataDictionary.name(tag) == name)
        #expect(DataDictionary.tag(keyword) == tag)
    }

    @Test("The dictionary is sorted, has no tag or keyword twice, and no line that was not understood")
    func dictionaryShape() {
        let all = DataDictionary.all
        #expect(all.count > 1000)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.tag < $1.tag })
        #expect(Set(all.map(\.keyword)).count == all.count)
        #expect(all.allSatisfy { !$0.name.isEmpty && $0.keyword.allSatisfy { $0.isLetter || $0.isNumber } })
        #expect(all.filter { $0.vr == .UN }.isEmpty)
    }

    @Test("An unknown tag is UN, a private creator LO, a group length UL")
    func unknown() {
        #expect(DataDictionary.vr(Tag(0x0009, 0x1001)) == .UN)
        #expect(DataDictionary.vr(Tag(0x0009, 0x0010)) == .LO)
        #expect(DataDictionary.vr(Tag(0x0008, 0x0000)) == .UL)
        #expect(DataDictionary.vr(Tag(0x0008, 0xFFF0)) == .UN)
    }

    @Test("Storage classes say whether they are images, and of several frames")
    func classes() {
        #expect(SOPClass.all.count > 150)
        #expect(SOPClass(uid: UID.ctImage)?.isImage == true)
        #expect(SOPClass(uid: UID.ctImage)?.isMultiFrame == false)
        #expect(SOPClass(uid: "1.2.840.10008.5.1.4.1.1.2.1")?.isMultiFrame == true)
        #expect(SOPClass(uid: UID.keyObjectSelection)?.kind == .composite)
        #expect(SOPClass(uid: "1.2.840.10008.5.1.4.1.1.9.1.1")?.kind == .waveform)
        #expect(SOPClass(uid: UID.studyRootFind) == nil)
        #expect(SOPClass.all.allSatisfy { UID.isValid($0.uid) && !$0.name.isEmpty })
    }

    @Test(
        "Transfer syntaxes say how the data set is written",
        arguments: [
            (UID.implicitLittleEndian, false, true, false, false, false),
            (UID.explicitLittleEndian, true, true, false, false, false),
            (UID.explicitBigEndian, true, false, false, false, false),
            (UID.deflatedLittleEndian, true, true, false, true, false),
            ("1.2.840.10008.1.2.4.50", true, true, true, false, true),
            ("1.2.840.10008.1.2.4.70", true, true, true, false, false),
            ("1.2.840.10008.1.2.4.80", true, true, true, false, false),
            ("1.2.840.10008.1.2.4.81", true, true, true, false, true),
            ("1.2.840.10008.1.2.4.91", true, true, true, false, true),
            ("1.2.840.10008.1.2.5", true, true, true, false, false),
        ])
    func syntaxes(
        _ uid: String, _ isExplicit: Bool, _ isLittle: Bool, _ isEncapsulated: Bool, _ isDeflated: Bool, _ isLossy: Bool
    ) throws {
        let syntax = try #require(TransferSyntax(uid: uid))
        #expect(syntax.isExplicit == isExplicit)
        #expect(syntax.isLittleEndian == isLittle)
        #expect(syntax.isEncapsulated == isEncapsulated)
        #expect(syntax.isDeflated == isDeflated)
        #expect(syntax.isLossy == isLossy)
        #expect(!syntax.name.isEmpty)
    }
}
