import Conformance
import Foundation
import SOAP
import Simulators
import Testing
import XDS
import XML

@testable import Runner

/// Another writing of a right message that the norm permits.
struct PermittedVariant: Sendable, CustomTestStringConvertible {
    let name: String
    var profiles: [JudgementProfile] = [.dim, .ihe]
    let make: @Sendable () throws -> [UInt8]
    var testDescription: String { name }

    init(
        _ name: String, _ profiles: [JudgementProfile] = [.dim, .ihe],
        _ make: @escaping @Sendable () throws -> [UInt8]
    ) {
        self.name = name
        self.profiles = profiles
        self.make = make
    }

    /// Other metadata, signed.
    static func metadata(
        _ name: String, _ profiles: [JudgementProfile] = [.dim, .ihe],
        _ documents: [ExamDocument] = [.report, .manifest],
        _ bend: @escaping @Sendable (inout ProvideAndRegisterRequest) -> Void
    ) -> PermittedVariant {
        PermittedVariant(name, profiles) {
            try SignedCapture.capture(try SignedCapture.package(try SignedCapture.request(documents, bend)))
        }
    }

    /// Other XML.
    static func xml(_ name: String, _ edit: @escaping @Sendable (inout String) throws -> Void) -> PermittedVariant {
        PermittedVariant(name) {
            try SignedCapture.capture(try SignedCapture.package(try SignedCapture.request(), edit: edit))
        }
    }

    /// Another framing.
    static func framing(_ name: String, _ bend: @escaping @Sendable (inout MTOMPackage) throws -> Void)
        -> PermittedVariant
    {
        PermittedVariant(name) {
            var package = try SignedCapture.package(try SignedCapture.request())
            try bend(&package)
            return try SignedCapture.capture(package)
        }
    }

    /// Another writing of the HTTP header Content-Type.
    static func header(_ name: String, _ edit: @escaping @Sendable (inout String) throws -> Void) -> PermittedVariant {
        PermittedVariant(name) {
            let package = try SignedCapture.package(try SignedCapture.request())
            var type = package.contentType
            try edit(&type)
            return try SignedCapture.capture(package, contentType: type)
        }
    }

    static let all = metadata + exams + xml + framing + exchanges
}

// MARK: Metadata

extension PermittedVariant {
    private static func slot(_ entry: inout DocumentEntry, _ name: String, _ values: String...) {
        entry.otherSlots.append(Slot(name, values))
    }

    /// What TF-3 4.2.3 leaves open, in each entry.
    private static let metadata: [PermittedVariant] =
        [
            metadata("as the project writes it") { _ in },
            metadata("hash in capitals") { request in
                for index in request.submission.entries.indices {
                    request.submission.entries[index].hash = request.submission.entries[index].hash?.uppercased()
                }
            },
            metadata("no serviceStopTime") { $0.submission.entries[1].serviceStopTime = nil },
            metadata("no sourcePatientInfo") { $0.submission.entries[0].sourcePatientInfo = [] },
            metadata("no comments") { $0.submission.entries[1].comments = nil },
            metadata("title of the set absent") { $0.submission.submissionSets[0].title = nil },
            metadata("non-ASCII title") {
                $0.submission.entries[0].title = "Échographie du cœur — 5 µg/l & « bilan » <1>"
            },
            metadata("three institutions") { request in
                request.submission.entries[0].authors[0].institutions += [
                    XON(name: "Hôpital de l'Étoile", id: "1990000022"), XON(name: "Cabinet n° 2", id: "1990000033"),
                ]
            },
            metadata("two authors") { request in
                request.submission.entries[0].authors.append(
                    Author(
                        person: XCN(id: "899700000099", family: "L'HÉRITIER-NOËL", given: "Anaïs"),
                        institutions: [XON(name: "Centre", id: "1990000022")]))
            },
            metadata("author with role and telecommunication") { request in
                request.submission.entries[0].authors[0].roles = ["PAT^Médecin responsable^1.2.250.1.213.1.1.4.6"]
            },
            metadata("author without specialty") { $0.submission.entries[0].authors[0].specialties = [] },
            metadata("intendedRecipient") {
                $0.submission.submissionSets[0].intendedRecipients = [
                    "Centre^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1990000022|^MEDECIN^ZOE"
                ]
            },
            metadata("slots of no profile") {
                slot(&$0.submission.entries[0], "urn:example:vendor:note", "une", "deux")
                slot(&$0.submission.entries[1], "submissionTime", "20260115104000")
            },
            metadata("entryUUIDs instead of symbolic ids") { request in
                let ids = [
                    "urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d", "urn:uuid:94f30df9-d945-485e-9dbe-e61a63270c30",
                ]
                for index in ids.indices {
                    let old = request.submission.entries[index].id
                    request.submission.entries[index].id = ids[index]
                    request.documents[index] = SubmittedDocument(id: ids[index], bytes: request.documents[index].bytes)
                    for link in request.submission.associations.indices
                    where request.submission.associations[link].target == old {
                        request.submission.associations[link].target = ids[index]
                    }
                }
            },
            metadata("RPLC of an entry of the registry") { request in
                request.submission.associations.append(
                    Association(
                        id: "Replaces1", type: XDSURN.replaces, source: "DocumentKOS",
                        target: "urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d"))
            },
            metadata("masked from professionals and patient") { request in
                for index in request.submission.entries.indices {
                    request.submission.entries[index].confidentialityCodes += [
                        FrenchCode.hiddenFromProfessionals, FrenchCode.hiddenFromPatient,
                        FrenchCode.hiddenFromRepresentatives,
                    ]
                }
            },
            metadata("restricted too (R)") {
                $0.submission.entries[0].confidentialityCodes.append(
                    CodedValue("R", FrenchOID.hl7Confidentiality, "Restreint"))
            },
            metadata("study reference with an authority") { request in
                for index in request.submission.entries.indices {
                    request.submission.entries[index].referenceIDs.removeAll { $0.kind == .studyInstanceUID }
                    request.submission.entries[index].referenceIDs.append(
                        CXi(id: SignedCapture.exam.studyUID, oid: "1.2.3.4.5.6", kind: .studyInstanceUID))
                }
            },
            metadata("no order reference in the KOS entry") {
                $0.submission.entries[1].referenceIDs.removeAll { $0.kind == .order }
            },
            metadata("references in another order") { $0.submission.entries[1].referenceIDs.reverse() },
            metadata("references of other types", [.ihe]) {
                $0.submission.entries[0].referenceIDs += [
                    CXi("1^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:referral"),
                    CXi("2^^^&1.2.3&ISO^urn:ihe:iti:xds:2015:encounterId"),
                    CXi("1.2.3.4^^^^urn:ihe:iti:xdw:2013:workflowInstanceId"),
                    CXi("2.25.9^^^^urn:ihe:iti:xds:2013:uniqueId"),
                ]
            },
            metadata("another profile's languages and codes", [.ihe]) { request in
                request.submission.entries[0].languageCode = "en-US"
                request.submission.entries[0].typeCode = CodedValue("34133-9", FrenchOID.loinc, "Summarization")
                request.submission.entries[0].practiceSettingCode = CodedValue(
                    "394802001", FrenchOID.snomed, "Medicine")
                request.submission.entries[0].healthcareFacilityTypeCode = CodedValue("HOSP", "1.2.3", "Hospital")
            },
            metadata("times with less precision", [.ihe]) { request in
                request.submission.entries[0].creationTime = DTM("2026")
                request.submission.entries[0].serviceStartTime = DTM("202601")
                request.submission.entries[0].serviceStopTime = DTM("20260131")
            },
            metadata("uniqueId with an extension", [.ihe]) { $0.submission.entries[0].uniqueID = "1.2.3.4^A-17/b" },
            metadata("event codes in the older writing") { request in
                for index in 0..<2 {
                    request.submission.entries[index].eventCodes = request.submission.entries[index].eventCodes.map {
                        code in
                        switch code.scheme {
                        case FrenchOID.dicomTerminology:
                            CodedValue(code.code, FrenchOID.modalityValueSet, code.displayName)
                        case FrenchOID.snomed: CodedValue(code.code, FrenchOID.regionValueSet, code.displayName)
                        default: code
                        }
                    }
                }
            },
            metadata("two modalities and the act in the KOS entry") {
                $0.submission.entries[1].eventCodes += [
                    FrenchCode.modality("PT"), CodedValue("ZBQK002", "1.2.250.1.213.2.5", "Radiographie du thorax"),
                ]
            },
            metadata("no event codes in the report's entry") { $0.submission.entries[0].eventCodes = [] },
            metadata("authenticator known by another type") {
                $0.submission.entries[0].legalAuthenticator = XCN(
                    "899700367909^DOC^KIT^^^^Dr^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS")
            },
            metadata("a device as author") {
                $0.submission.entries[0].authors[0].person = XCN(
                    "1990000011/123^Logiciel^Source^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^EI")
            },
            metadata("a folder") { request in
                var folder = Folder(id: "Folder01", uniqueID: "2.25.77")
                folder.title = "Examens 2026"
                folder.patientID = request.submission.submissionSets[0].patientID
                folder.codes = [CodedValue("A", "1.2.3", "Dossier")]
                request.submission.folders = [folder]
                request.submission.associations += [
                    Association.member(id: "F1", set: ExamFixture.submissionSetID, entry: "Folder01"),
                    Association(id: "F2", type: XDSURN.hasMember, source: "Folder01", target: "DocumentKOS"),
                    Association(
                        id: "F3", type: XDSURN.hasMember, source: ExamFixture.submissionSetID, target: "F2"),
                ]
            },
        ]
        + ["ETABLISSEMENT", "HAD", "SAMU_SMUR", "DEPISTAGE"].map { code in
            metadata("practice setting \(code)") { request in
                for index in request.submission.entries.indices {
                    request.submission.entries[index].practiceSettingCode = CodedValue(
                        code, FrenchOID.practiceSetting, code)
                }
            }
        }
        + ["SA08", "SA25", "SA41"].map { code in
            metadata("facility \(code)") { request in
                for index in request.submission.entries.indices {
                    request.submission.entries[index].healthcareFacilityTypeCode = CodedValue(
                        code, FrenchOID.facility, code)
                }
            }
        }
        + ["03", "04", "19", "97"].map { code in
            metadata("content type \(code)") {
                $0.submission.submissionSets[0].contentTypeCode = CodedValue(code, FrenchOID.contentType, code)
            }
        }

    /// Other documents.
    private static let exams: [PermittedVariant] = [
        metadata("the KOS alone", [.dim, .ihe], [.manifest]) { _ in },
        metadata("the report alone", [.dim, .ihe], [.report]) { _ in },
        metadata("KOS before report", [.dim, .ihe], [.manifest, .report]) { _ in },
        metadata("documents in another order than entries") { $0.documents.reverse() },
        metadata("a third document of another kind") { request in
            let bytes = Array("%PDF-1.4 ordonnance".utf8)
            var entry = request.submission.entries[0]
            entry.id = "DocumentOrder"
            entry.uniqueID = "2.25.4242"
            entry.mimeType = "application/pdf"
            entry.title = "Prescription"
            entry.typeCode = CodedValue("57833-6", FrenchOID.loinc, "Prescription de produits de santé")
            entry.classCode = CodedValue("42", FrenchOID.classCode, "Prescription")
            entry.formatCode = CodedValue("urn:ihe:iti:xds:2017:mimeTypeSufficient", "1.3.6.1.4.1.19376.1.2.3", "x")
            let document = SubmittedDocument(id: entry.id, bytes: bytes)
            entry.hash = document.hash
            entry.size = "\(bytes.count)"
            request.submission.entries.append(entry)
            request.documents.append(document)
            request.submission.associations.append(
                Association.member(id: "AssociationOrder", set: ExamFixture.submissionSetID, entry: entry.id))
        },
        metadata("a third document that is XML of another kind") { request in
            let bytes = Array(
                "<Letter xmlns='urn:example:letter'><p>Lettre de liaison</p></Letter>".utf8)
            var entry = request.submission.entries[0]
            entry.id = "DocumentLetter"
            entry.uniqueID = "2.25.4243"
            entry.typeCode = CodedValue("11490-0", FrenchOID.loinc, "Lettre de liaison à la sortie")
            entry.formatCode = CodedValue("urn:asip:ci-sis:ldl-ses:2017", "1.2.250.1.213.1.1.4.2.282", "LDL")
            entry.referenceIDs = []
            entry.eventCodes = []
            let document = SubmittedDocument(id: entry.id, bytes: bytes)
            entry.hash = document.hash
            entry.size = "\(bytes.count)"
            request.submission.entries.append(entry)
            request.documents.append(document)
            request.submission.associations.append(
                Association.member(id: "AssociationLetter", set: ExamFixture.submissionSetID, entry: entry.id))
        },
    ]
}
