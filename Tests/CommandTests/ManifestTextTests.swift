import DICOM
import Foundation
import Simulators
import Testing

@Suite("The text of a judged manifest") struct ManifestTextTests {
    private func text(_ language: String) async throws -> String {
        let scratch = try Scratch()
        var file = ExamFixture(seed: 3).manifest().file()
        file.dataSet.set(.modality, "CT")
        file.dataSet.remove(.studyDate)
        file.dataSet.edit(TagPath([(.referencedRequestSequence, 1)])) { item in
            item.remove(.requestedProcedureID)
            item.remove(.fillerOrderNumberImagingServiceRequest)
        }
        let path = scratch.path + "/kos.dcm"
        try Data(file.serialized()).write(to: URL(fileURLWithPath: path))
        let command = try await Command("validate", path, "--lang", language)
        #expect(command.status == 1)
        return command.output.replacingOccurrences(of: path, with: "kos.dcm")
    }

    @Test("A vendor reads place, tag, what is expected, what is found, what to mend", arguments: ["fr", "en"])
    func lines(_ language: String) async throws {
        let text = try await text(language)
        let start = try #require(text.range(of: language == "fr" ? "  kos: non conforme\n" : "  kos: fail\n"))
        #expect(String(text[start.lowerBound...]) == (language == "fr" ? Self.french : Self.english))
    }

    private static let french = """
          kos: non conforme
            kos.dcm ((0008,0060) octet 564): violation: KOS-010: non respecté : (0008,0060) Modality vaut KO.
              attendu  KO
              trouvé    CT
              → Mettre KO en (0008,0060).
              norme     DICOM PS3.3 C.17.6.1
            kos.dcm ((0040,A370)[1]/(0040,1001) octet 1410): avertissement: KOS-041 (×2): non respecté : La demande a les attributs de type 2 (0008,1110), (0032,1060), (0032,1064), (0040,1001) et (0040,2017).
              attendu  (0040,1001) RequestedProcedureID
              trouvé    absent
              aussi ((0040,A370)[1]/(0040,2017) octet 1410)
                attendu  (0040,2017) FillerOrderNumberImagingServiceRequest
                trouvé    absent
              → Ajouter l'attribut à la demande, au besoin sans valeur.
            kos.dcm ((0008,0020) octet 344): violation: KOS-070: non respecté : Tout attribut de type 2 est présent, au besoin sans valeur.
              attendu  (0008,0020) StudyDate, type 2 (C.7.2.1 General Study)
              trouvé    absent
              → Ajouter l'attribut, au besoin sans valeur.
              norme     DICOM PS3.3 A.35.4; PS3.5 7.4

        """
    private static let english = """
          kos: fail
            kos.dcm ((0008,0060) byte 564): violation: KOS-010: not met: (0008,0060) Modality is KO.
              expected  KO
              found    CT
              → Put KO into (0008,0060).
              norm     DICOM PS3.3 C.17.6.1
            kos.dcm ((0040,A370)[1]/(0040,1001) byte 1410): warning: KOS-041 (×2): not met: The request has the type 2 attributes (0008,1110), (0032,1060), (0032,1064), (0040,1001) and (0040,2017).
              expected  (0040,1001) RequestedProcedureID
              found    absent
              also ((0040,A370)[1]/(0040,2017) byte 1410)
                expected  (0040,2017) FillerOrderNumberImagingServiceRequest
                found    absent
              → Add the attribute to the request, without value if need be.
            kos.dcm ((0008,0020) byte 344): violation: KOS-070: not met: Each attribute of type 2 is there, without a value if need be.
              expected  (0008,0020) StudyDate, type 2 (C.7.2.1 General Study)
              found    absent
              → Add the attribute, without value if need be.
              norm     DICOM PS3.3 A.35.4; PS3.5 7.4

        """
}
