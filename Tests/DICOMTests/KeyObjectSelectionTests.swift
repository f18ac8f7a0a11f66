import DICOM
import TestSupport
import Testing

@Suite("Key object selections") struct KeyObjectSelectionTests {
    @Test("A manifest that is made is seen with the values that it was made of")
    func manifest() throws {
        let made = Exam.manifest
        let selection = KeyObjectSelection(try DICOMFile(reading: made.file().serialized()))
        #expect(selection.isKeyObjectSelection)
        #expect(selection.isManifest)
        #expect(selection.title == KeyObjectSelection.Code(value: "113030", scheme: "DCM", meaning: "Manifest"))
        #expect(selection.sopInstanceUID == made.sopInstanceUID)
        #expect(selection.studyInstanceUID == made.studyInstanceUID)
        #expect(selection.seriesInstanceUID == made.seriesInstanceUID)
        #expect(selection.patientID == made.patient.ins)
        #expect(selection.issuerOfPatientID == "ASIP-SANTE-INS-NIR")
        #expect(selection.patientIDOID == made.patient.insOID)
        #expect(selection.patientName == "DEMOÉLÉGANT^ZOÉ")
        #expect(
            selection.accession
                == KeyObjectSelection.Identifier(value: made.order.accession, issuerOID: made.order.accessionOID))
        #expect(
            selection.placerOrder
                == KeyObjectSelection.Identifier(value: made.order.placerOrder, issuerOID: made.order.placerOID))
        #expect(selection.institutionName == "Centre d'imagerie fictif^^^^^^^^^999999999")
        #expect(selection.studies.map(\.uid) == [made.studyInstanceUID])
        #expect(selection.series.map(\.uid) == made.series.map(\.uid))
        #expect(selection.series.map(\.retrieveURL) == made.series.map(\.retrieveURL))
        #expect(selection.series.map(\.retrieveLocationUID) == made.series.map(\.retrieveLocationUID))
        #expect(selection.instances.map(\.sopInstance) == made.series.flatMap(\.instances).map(\.sopInstance))
        #expect(selection.instances.map(\.sopClass) == Array(repeating: UID.ctImage, count: 7))
        #expect(selection.instances.last?.path.description == "(0040,A375)[1]/(0008,1115)[2]/(0008,1199)[4]")
        #expect(selection.instances.allSatisfy { $0.byteOffset > 0 })
    }

    @Test("The content tree names each instance, then the description in the layout of the ANS")
    func content() throws {
        let selection = KeyObjectSelection(try DICOMFile(reading: Exam.manifest.file().serialized()))
        #expect(selection.contentItems.map(\.valueType) == Array(repeating: "IMAGE", count: 7) + ["TEXT"])
        #expect(
            selection.contentItems.flatMap(\.references).map(\.sopInstance) == selection.instances.map(\.sopInstance))
        #expect(
            selection.descriptionLines == [
                "Examen : Scanner du thorax", "Acte = Scanner thoracique sans injection",
                "Série-2.25.314159.2.1.1 : CT @ [Thorax] : Parenchyme 1",
                "Série-2.25.314159.2.1.2 : CT @ [Thorax] : Parenchyme 2",
            ])
    }

    @Test("Classes that are no images are referenced as what they are, several frames are counted")
    func kinds() {
        var manifest = Exam.manifest
        manifest.series = [
            Exam.series(1, instances: 1, sopClass: "1.2.840.10008.5.1.4.1.1.88.67"),
            Exam.series(2, instances: 1, sopClass: "1.2.840.10008.5.1.4.1.1.9.1.1"),
            Exam.series(3, instances: 1, sopClass: "1.2.840.10008.5.1.4.1.1.2.1"),
        ]
        manifest.series[2].instances[0].frames = 40
        let selection = KeyObjectSelection(manifest.file())
        #expect(selection.contentItems.map(\.valueType) == ["COMPOSITE", "WAVEFORM", "IMAGE", "TEXT"])
        #expect(selection.instances.map(\.frames) == [nil, nil, 40])
    }

    @Test(
        "Text that Latin 1 has is written in Latin 1, other text in UTF-8",
        arguments: [("Œdème", "ISO_IR 192"), ("Épaule", "ISO_IR 100")])
    func characterSet(_ label: String, _ term: String) throws {
        var manifest = Exam.manifest
        manifest.studyDescription = label
        let file = try DICOMFile(reading: manifest.file().serialized())
        #expect(file.dataSet.string(.specificCharacterSet) == term)
        #expect(file.dataSet.string(.studyDescription) == label)
        #expect(KeyObjectSelection(file).descriptionLines.first == "Examen : " + label)
        #expect(file.dataSet.characterFaults() == [])
    }

    @Test("The name of an institution is cut so that its number still fits in 64 characters")
    func longInstitution() {
        var manifest = Exam.manifest
        manifest.institution = String(repeating: "Centre ", count: 12)
        #expect(manifest.institutionName.count == 64)
        #expect(manifest.institutionName.hasSuffix("^^^^^^^^^999999999"))
    }

    @Test("The same values make the same bytes")
    func determinism() {
        #expect(Exam.manifest.file().serialized() == Exam.manifest.file().serialized())
        #expect(Exam.image().file().serialized() == Exam.image().file().serialized())
    }

    @Test("A view of a file that is no key object selection says so and has nothing in it")
    func otherClass() {
        let selection = KeyObjectSelection(Exam.image().file())
        #expect(!selection.isKeyObjectSelection)
        #expect(!selection.isManifest)
        #expect(selection.studies.isEmpty)
        #expect(selection.description == nil)
    }

    @Test(
        "The demonstrator's manifest: text at the root, no text item",
        .enabled(if: Corpora.has("drimbox/kos.dcm"), Comment(rawValue: Corpora.absence)))
    func demonstrator() throws {
        let file = try DICOMFile(reading: try Corpora.bytes("drimbox/kos.dcm"))
        let selection = KeyObjectSelection(file)
        #expect(file.notes == [])
        #expect(selection.isManifest)
        #expect(selection.description == nil)
        #expect(file.dataSet.text(.textValue)?.hasPrefix("Examen : Tête^Dental") == true)
        #expect(selection.series.first?.retrieveURL?.hasPrefix("http://localhost:8080/") == true)
    }
}
