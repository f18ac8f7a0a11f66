import Checks
import Cryptography
import DICOM
import Foundation
import SOAP
import XDS
import XML

/// An invented submission: a KOS and a report whose metadata agree, to be bent.
enum XDSSubmissionCase {
    static let study = "2.25.314159.2.1"
    static let patient = CX(id: "279035121518989", oid: FrenchOID.insNIRTest, type: "NH")
    static let report = Array("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>".utf8)

    static let kos: [UInt8] = {
        let manifest = KeyObjectSelection.Manifest(
            patient: ImagingPatient(
                familyName: "DEMO", givenName: "ZOE", usedNames: [], ins: "279035121518989", birthDate: "19790301",
                sex: "F", birthPlace: "51215", localID: "IPP-0001", localOID: "2.25.314159.1.7"),
            sopInstanceUID: "2.25.314159.3.1", seriesInstanceUID: "2.25.314159.3", studyInstanceUID: study,
            studyDescription: "Scanner", studyDate: "20260115", studyTime: "101500", contentDate: "20260115",
            contentTime: "113000", timezone: "+0100", institution: "Centre fictif", institutionID: "999999999",
            order: KeyObjectSelection.Manifest.Order(
                accession: "ACC0001", accessionOID: "2.25.314159.1.5", placerOrder: "ORD0001",
                placerOID: "2.25.314159.1.6", procedureID: "P1", procedureDescription: "Scanner"),
            act: "Scanner",
            series: [
                KeyObjectSelection.Manifest.Series(
                    uid: "\(study).1", number: 1, modality: "CT", region: "Thorax", description: "Série",
                    retrieveURL: "https://db1.example.invalid/rs/studies/\(study)/series/\(study).1",
                    instances: (1...3).map {
                        KeyObjectSelection.Manifest.Instance(
                            sopClass: UID.ctImage, sopInstance: "\(study).1.\($0)", number: $0)
                    })
            ])
        return manifest.file().serialized()
    }()

    static func entry(_ id: String, _ mimeType: String, _ uniqueID: String, _ bytes: [UInt8]) -> DocumentEntry {
        var entry = DocumentEntry(id: id, mimeType: mimeType, uniqueID: uniqueID)
        entry.title = "Titre"
        entry.authors = [
            Author(
                person: XCN(id: "899700000001", family: "ESSAI", given: "CISIS", isDevice: true),
                institutions: [XON(name: "Centre fictif", id: "1999999999")])
        ]
        entry.confidentialityCodes = [FrenchCode.normal]
        entry.healthcareFacilityTypeCode = CodedValue("SA01", FrenchOID.facility, "Etablissement public de santé")
        entry.practiceSettingCode = CodedValue("AMBULATOIRE", FrenchOID.practiceSetting, "Ambulatoire")
        entry.creationTime = DTM("20260115103000")
        entry.serviceStartTime = DTM("20260115091500")
        entry.serviceStopTime = DTM("20260115093000")
        entry.languageCode = "fr-FR"
        entry.legalAuthenticator = XCN(id: "899700000002", family: "MEDECIN", given: "ZOE")
        entry.sourcePatientID = CX(id: "IPP-0001", oid: "2.25.314159.1.7", type: "PI")
        entry.sourcePatientInfo = [
            "PID-5|DEMO^ZOE^^^^^L", "PID-7|19790301", "PID-8|F", "PID-11|^^^^^^BDL^^51215",
        ]
        entry.patientID = patient
        entry.hash = MessageDigest.hexadecimal(of: bytes, .sha1)
        entry.size = "\(bytes.count)"
        entry.referenceIDs = [
            CXi(id: "ACC0001", oid: "2.25.314159.1.5", kind: .accession),
            CXi(id: study, oid: nil, kind: .studyInstanceUID),
            CXi(id: "ORD0001", oid: "2.25.314159.1.6", kind: .order),
        ]
        return entry
    }

    /// The right request.
    static var request: ProvideAndRegisterRequest {
        var manifest = entry("DocumentKOS", "application/dicom", "2.25.314159.3.1", kos)
        manifest.classCode = FrenchCode.kosClass
        manifest.typeCode = FrenchCode.kosType
        manifest.formatCode = FrenchCode.kosFormat
        manifest.eventCodes = [FrenchCode.modality("CT"), FrenchCode.region("774007", "Tête")]
        var text = entry("DocumentCR", "text/xml", "2.25.314159.4.1", report)
        text.classCode = FrenchCode.reportClass
        text.typeCode = FrenchCode.reportType
        text.formatCode = FrenchCode.reportFormatN3
        var set = SubmissionSet(id: "SubmissionSet01", uniqueID: "2.25.314159.5.1")
        set.authors = [Author(person: XCN(id: "899700000002", family: "MEDECIN", given: "ZOE"))]
        set.contentTypeCode = CodedValue("07", FrenchOID.contentType, "Consultation")
        set.patientID = patient
        set.sourceID = "2.25.314159.5"
        set.submissionTime = DTM("20260115104000")
        var submission = Submission()
        submission.entries = [manifest, text]
        submission.submissionSets = [set]
        submission.associations = ["DocumentKOS", "DocumentCR"].map {
            Association.member(id: "Member-\($0)", set: set.id, entry: $0)
        }
        return ProvideAndRegisterRequest(
            submission: submission,
            documents: [
                SubmittedDocument(id: "DocumentKOS", bytes: kos), SubmittedDocument(id: "DocumentCR", bytes: report),
            ])
    }

    /// The message of the right request, after `bend`, and after `edit` of its envelope.
    static func message(
        _ bend: (inout ProvideAndRegisterRequest) -> Void = { _ in }, edit: (inout String) -> Void = { _ in }
    ) -> SOAPMessage {
        var request = request
        bend(&request)
        var package = request.package(
            Addressing(messageID: SOAPMessageCase.messageID, to: "http://127.0.0.1/repository"), boundary: "limit")
        var text = String(decoding: package.envelope, as: UTF8.self)
        edit(&text)
        package.envelope = Array(text.utf8)
        return SOAPMessageCase.read(package)
    }
}
