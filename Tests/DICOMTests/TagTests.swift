import DICOM
import Testing

@Suite struct TagTests {
    @Test("A tag is written as the standard writes it, and read back")
    func writing() {
        #expect(Tag.sopInstanceUID.description == "(0008,0018)")
        #expect(Tag("(0040,A375)") == .currentRequestedProcedureEvidenceSequence)
        #expect(Tag("7FE00010") == .pixelData)
        #expect(Tag("0008,00") == nil)
    }
}
