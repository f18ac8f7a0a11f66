import SOAP
import TestSupport
import Testing
import XDS
import XML

/// An entry with every attribute.
private func fullEntry() -> DocumentEntry {
    var entry = DocumentEntry(id: "Document01", mimeType: "application/dicom", uniqueID: "2.25.1")
    entry.logicalID = "urn:uuid:2"
    entry.home = "urn:oid:2.25.9"
    entry.availabilityStatus = XDSURN.approved
    entry.title = "Titre & <suite>"
    entry.comments = "Commentaire"
    entry.version = "1"
    entry.authors = [
        Author(
            person: XCN(id: "1", family: "NOM", given: "Zoé"),
            institutions: [XON(name: "A", id: "2"), XON(name: "B", id: "3")],
            roles: ["rôle"], specialties: ["G15^x^1.2"]),
        Author(person: XCN(id: "4", family: "DRIMbox", given: "X", isDevice: true)),
    ]
    entry.classCode = FrenchCode.kosClass
    entry.typeCode = FrenchCode.kosType
    entry.formatCode = FrenchCode.kosFormat
    entry.healthcareFacilityTypeCode = CodedValue("SA01", FrenchOID.facility, "Établissement")
    entry.practiceSettingCode = CodedValue("AMBULATOIRE", FrenchOID.practiceSetting, "Ambulatoire")
    entry.confidentialityCodes = [FrenchCode.normal, FrenchCode.hiddenFromPatient]
    entry.eventCodes = [FrenchCode.modality("CT"), FrenchCode.region("774007", "tête")]
    entry.creationTime = DTM("20260115103000")
    entry.serviceStartTime = DTM("20260115")
    entry.serviceStopTime = DTM("2026")
    entry.languageCode = "fr-FR"
    entry.legalAuthenticator = XCN(id: "1", family: "NOM", given: "Zoé")
    entry.sourcePatientID = CX(id: "IPP", oid: "1.2.3", type: "PI")
    entry.sourcePatientInfo = ["PID-5|NOM^Zoé", "PID-8|F"]
    entry.patientID = CX(id: "279", oid: FrenchOID.insNIRTest, type: "NH")
    entry.hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    entry.size = "0"
    entry.repositoryUniqueID = "2.25.8"
    entry.referenceIDs = [
        CXi(id: "A", oid: "1.2.3", kind: .accession), CXi(id: "2.25.7", oid: nil, kind: .studyInstanceUID),
    ]
    entry.uri = "SS/KOS.DCM"
    entry.otherSlots = [Slot("submissionTime", ["20260115"])]
    return entry
}

private func fullSubmission() -> Submission {
    var set = SubmissionSet(id: "Set01", uniqueID: "2.25.5")
    set.title = "Lot"
    set.comments = "Commentaire"
    set.authors = [Author(person: XCN(id: "1", family: "NOM", given: "Zoé"))]
    set.contentTypeCode = CodedValue("07", FrenchOID.contentType, "Consultation")
    set.patientID = CX(id: "279", oid: FrenchOID.insNIRTest, type: "NH")
    set.sourceID = "2.25.6"
    set.submissionTime = DTM("20260115104000")
    set.intendedRecipients = ["|x"]
    var folder = Folder(id: "Folder01", uniqueID: "2.25.10")
    folder.title = "Classeur"
    folder.codes = [CodedValue("c", "1.2", "C")]
    folder.patientID = set.patientID
    var submission = Submission()
    submission.entries = [fullEntry()]
    submission.submissionSets = [set]
    submission.folders = [folder]
    submission.associations = [
        Association.member(id: "Member1", set: "Set01", entry: "Document01"),
        Association(
            id: "Replace1", type: XDSURN.replaces, source: "Document01",
            target: "urn:uuid:6f1ff37c-2b3a-4b6e-9d55-4f2d3c1f0a01"),
    ]
    submission.references = ["urn:uuid:3"]
    return submission
}

private func document(_ element: Element) throws -> Document {
    try Document(parsing: Serializer.serialize(element))
}

@Suite("ebRIM metadata")
struct MetadataTests {
    @Test("Every attribute of an entry is read back as it was written")
    func entry() throws {
        let read = try #require(
            Submission(reading: try document(fullSubmission().element()).documentElement).entries.first)
        #expect(read == fullEntry())
    }

    @Test("Sets, folders, associations and references are read back")
    func submission() throws {
        let written = fullSubmission()
        let read = Submission(reading: try document(written.element()).documentElement)
        #expect(read.submissionSets == written.submissionSets)
        #expect(read.folders == written.folders)
        #expect(read.associations == written.associations)
        #expect(read.references == ["urn:uuid:3"])
        #expect(read.unknownElements.isEmpty && read.unmarkedPackages.isEmpty)
        #expect(
            read.objects.map(\.kind) == [
                .extrinsicObject, .registryPackage, .registryPackage, .association, .association, .objectReference,
            ])
    }

    @Test("A mark beside the package makes it a submission set too; without one it stays unmarked")
    func marks() throws {
        let text = """
            <RegistryObjectList xmlns="\(XDSNamespace.rim)"><RegistryPackage id="a"/><RegistryPackage id="b"/>
            <Classification id="c" classifiedObject="a" classificationNode="\(XDSUUID.submissionSet)"/><Service id="s"/>
            </RegistryObjectList>
            """
        let read = Submission(reading: try Document(parsing: Array(text.utf8)).documentElement)
        #expect(read.submissionSets.map(\.id) == ["a"])
        #expect(read.unmarkedPackages.map(\.id) == ["b"])
        #expect(read.unknownElements == ["Service"])
    }

    @Test("A long URI is cut into numbered values and joined again")
    func uri() throws {
        var entry = fullEntry()
        entry.uri = String(repeating: "abcdefghij", count: 30)
        let slot = try #require(entry.registryObject.slot("URI"))
        #expect(slot.values.count == 3 && slot.values.allSatisfy { $0.count <= 128 })
        #expect(DocumentEntry(entry.registryObject)?.uri == entry.uri)
    }

    @Test("Values remember the element that they were read from")
    func places() throws {
        let entry = try #require(
            Submission(reading: try document(fullSubmission().element()).documentElement).entries.first)
        #expect(entry.creationTime?.place.node?.localName == "Value")
        #expect(entry.patientID?.place.node?.localName == "ExternalIdentifier")
        #expect(entry.typeCode?.place.node?.localName == "Classification")
    }

    @Test("Kinds of entries are told by their codes")
    func kinds() {
        #expect(fullEntry().isKOS && !fullEntry().isSignature && !fullEntry().isImagingReport)
        var signature = DocumentEntry(id: "s", mimeType: "text/xml", uniqueID: "1")
        signature.formatCode = FrenchCode.signatureFormat
        #expect(signature.isSignature && !signature.isKOS)
        #expect(fullEntry().patientInfo(8) == "F" && fullEntry().patientInfo(7) == nil)
        #expect(fullEntry().references(.accession).map(\.id) == ["A"])
    }

    @Test(
        "The official metadata alone are read",
        .enabled(
            if: Corpora.has("drim-m/Echantillons validateurs/Cross-validateur/Echantillons de validation/XDS.xml"),
            Comment(rawValue: Corpora.absence)))
    func bare() throws {
        let bytes = try Corpora.bytes(
            "drim-m/Echantillons validateurs/Cross-validateur/Echantillons de validation/XDS.xml")
        let request = try #require(
            ProvideAndRegisterRequest(reading: SOAPMessage(reading: bytes, contentType: "application/xml")))
        #expect(!request.submission.entries.isEmpty && request.submission.submissionSet != nil)
        #expect(request.submission.entries.allSatisfy { !$0.uniqueID.isEmpty && $0.patientID != nil })
    }
}
