import Conformance
import Foundation
import HTTP
import SOAP
import Simulators
import XDS
import XML

@testable import Runner

// MARK: The other transactions

extension PermittedVariant {
    static let exchanges = queries + retrievals + updates + answers + bare

    private static let patient = "'\(SignedCapture.exam.patientCX.text)'"
    private static let approved = "('\(XDSURN.approved)')"
    private static let kos = "('\(FrenchCode.kosType.queryText)')"

    private static func query(
        _ name: String, _ id: StoredQuery.Identifier, _ parameters: [(String, [String])],
        returnType: String = "LeafClass",
        edit: @escaping @Sendable (inout String) throws -> Void = { _ in }
    ) -> PermittedVariant {
        PermittedVariant("query: " + name) {
            let query = StoredQuery(
                id, returnType: returnType, parameters: parameters.map { StoredQuery.Parameter($0.0, $0.1) })
            return try SignedCapture.simple(.registryStoredQuery, query.element(), edit: edit)
        }
    }

    private static func find(
        _ name: String, _ more: [(String, [String])] = [], status: [String] = [approved],
        edit: @escaping @Sendable (inout String) throws -> Void = { _ in }
    ) -> PermittedVariant {
        query(
            name, .findDocuments,
            [
                ("$XDSDocumentEntryPatientId", [patient]), ("$XDSDocumentEntryStatus", status),
                ("$XDSDocumentEntryTypeCode", [kos]),
            ] + more, edit: edit)
    }

    private static let queries: [PermittedVariant] = [
        find("FindDocuments of the KOS"),
        find("a list with blanks", status: ["( '\(XDSURN.approved)' , '\(XDSURN.deprecated)' )"]),
        find("one list a value", status: ["('\(XDSURN.approved)')", "('\(XDSURN.deprecated)')"]),
        find(
            "modality and region",
            [
                ("$XDSDocumentEntryEventCodeList", ["('CT^^1.2.840.10008.2.16.4','MR^^1.2.840.10008.2.16.4')"]),
                ("$XDSDocumentEntryEventCodeList", ["('774007^^2.16.840.1.113883.6.96')"]),
            ]),
        find(
            "modality in the older writing", [("$XDSDocumentEntryEventCodeList", ["('CT^^1.2.250.1.213.1.1.5.618')"])]),
        find(
            "an interval of times",
            [
                ("$XDSDocumentEntryCreationTimeFrom", ["2024"]),
                ("$XDSDocumentEntryCreationTimeTo", ["20261231235959"]),
                ("$XDSDocumentEntryServiceStartTimeFrom", ["202401"]),
            ]),
        find(
            "every filter",
            [
                ("$XDSDocumentEntryClassCode", ["('31^^1.2.250.1.213.1.1.4.1')"]),
                ("$XDSDocumentEntryPracticeSettingCode", ["('AMBULATOIRE^^1.2.250.1.213.1.1.4.9')"]),
                ("$XDSDocumentEntryHealthcareFacilityTypeCode", ["('SA01^^1.2.250.1.71.4.2.4')"]),
                ("$XDSDocumentEntryConfidentialityCode", ["('N^^2.16.840.1.113883.5.25')"]),
                ("$XDSDocumentEntryFormatCode", ["('1.2.840.10008.5.1.4.1.1.88.59^^1.2.840.10008.2.6.1')"]),
                ("$XDSDocumentEntryAuthorPerson", ["('%MEDECIN%')"]),
                ("$XDSDocumentEntryType", ["('\(XDSUUID.stableDocument)')"]),
            ]),
        find("an apostrophe, doubled", [("$XDSDocumentEntryAuthorPerson", ["('%L''HERITIER%')"])]),
        find("parameters before the patient") { text in
            let slot = "<rim:Slot name=\"$XDSDocumentEntryPatientId\">"
            guard let start = text.range(of: slot),
                let end = text.range(of: "</rim:Slot>", range: start.upperBound..<text.endIndex)
            else { throw NothingToChange(text: slot) }
            let moved = String(text[start.lowerBound..<end.upperBound])
            text.removeSubrange(start.lowerBound..<end.upperBound)
            try text.replaceFirst("</rim:AdhocQuery>", by: moved + "</rim:AdhocQuery>")
        },
        find("pretty print and other prefixes") { text in
            try text.replace("<rim:Slot ", by: "\n   <rim:Slot ")
            for (old, new) in [("rim", "ns2"), ("query", "q")] {
                try text.replace("<\(old):", by: "<\(new):")
                try text.replace("</\(old):", by: "</\(new):")
                try text.replace("xmlns:\(old)=", by: "xmlns:\(new)=")
            }
        },
        query(
            "ObjectRef", .findDocuments,
            [
                ("$XDSDocumentEntryPatientId", [patient]), ("$XDSDocumentEntryStatus", [approved]),
                ("$XDSDocumentEntryFormatCode", ["('1.2.840.10008.5.1.4.1.1.88.59^^1.2.840.10008.2.6.1')"]),
            ], returnType: "ObjectRef"),
        query(
            "FindDocumentsByReferenceId", .findDocumentsByReferenceID,
            [
                ("$XDSDocumentEntryPatientId", [patient]), ("$XDSDocumentEntryStatus", [approved]),
                ("$XDSDocumentEntryReferenceIdList", ["('A1^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:accession')"]),
                ("$XDSDocumentEntryReferenceIdList", ["('1.2.3.4^^^^urn:ihe:iti:xds:2016:studyInstanceUID')"]),
            ]),
        query("GetDocuments by uniqueId", .getDocuments, [("$XDSDocumentEntryUniqueId", ["('1.2.3','2.25.4^x')"])]),
        query(
            "GetDocuments by entryUUID", .getDocuments,
            [("$XDSDocumentEntryEntryUUID", ["('urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d')"])]),
        query(
            "FindSubmissionSets", .findSubmissionSets,
            [("$XDSSubmissionSetPatientId", [patient]), ("$XDSSubmissionSetStatus", [approved])]),
        query(
            "GetAll", .getAll,
            [
                ("$patientId", [patient]), ("$XDSDocumentEntryStatus", [approved]),
                ("$XDSSubmissionSetStatus", [approved]), ("$XDSFolderStatus", [approved]),
            ]),
        query(
            "GetAssociations", .getAssociations,
            [("$uuid", ["('urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d')"])]),
        query(
            "GetRelatedDocuments", .getRelatedDocuments,
            [
                ("$XDSDocumentEntryUniqueId", ["'1.2.3^a'"]), ("$AssociationTypes", ["('\(XDSURN.replaces)')"]),
            ]),
        query(
            "GetFoldersForDocument, its one value as a list", .getFoldersForDocument,
            [("$XDSDocumentEntryEntryUUID", ["('urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d')"])]),
        query(
            "GetSubmissionSetAndContents", .getSubmissionSetAndContents,
            [("$XDSSubmissionSetEntryUUID", ["'urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d'"])]),
    ]

    private static func retrieve(_ name: String, _ requests: [DocumentRequest]) -> PermittedVariant {
        PermittedVariant("retrieve: " + name) {
            try SignedCapture.simple(.retrieveDocumentSet, RetrieveDocumentSetRequest(requests).element())
        }
    }

    private static let retrievals: [PermittedVariant] = [
        retrieve("one document", [DocumentRequest(repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.4")]),
        retrieve(
            "several, with their community, one with an extension",
            [
                DocumentRequest(home: "urn:oid:1.2.9", repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.4"),
                DocumentRequest(home: "urn:oid:1.2.9", repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.5^A/1"),
            ]),
        PermittedVariant("retrieve: in MTOM") {
            let request = RetrieveDocumentSetRequest([
                DocumentRequest(repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.4")
            ])
            let envelope = OutgoingEnvelope(
                SignedCapture.addressing(.retrieveDocumentSet),
                headerBlocks: try SignedCapture.security(.retrieveDocumentSet), content: request.element())
            return try SignedCapture.capture(
                MTOMPackage(
                    envelope: envelope.serialized(), action: XDSTransaction.retrieveDocumentSet.action, boundary: "b"))
        },
    ]

    private static let updates: [PermittedVariant] = [
        PermittedVariant("update: a withdrawal") {
            try SignedCapture.simple(.updateDocumentSet, withdrawal.element())
        },
        PermittedVariant("update: a withdrawal with a title, in pretty print") {
            var update = withdrawal
            update.set.title = "Dépublication"
            return try SignedCapture.simple(.updateDocumentSet, update.element()) { text in
                try text.replace("<rim:Slot ", by: "\n\t<rim:Slot ")
            }
        },
    ]

    private static var withdrawal: StatusUpdate {
        let request = SignedCapture.exam.submissionRequest()
        var entry = request.submission.entries[1]
        entry.id = "urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d"
        entry.availabilityStatus = XDSURN.approved
        return StatusUpdate(entry, to: XDSURN.deleted, set: request.submission.submissionSets[0])
    }

    private static let answers: [PermittedVariant] = [
        PermittedVariant("answer: success") {
            SignedCapture.answer(
                XDSTransaction.provideAndRegister.action + "Response", RegistryResponse().element())
        },
        PermittedVariant("answer: failure with two errors") {
            let errors = ["a", "b"].map {
                RegistryError(.registryMetadataError, "message \($0)", location: "DocumentEntry01")
            }
            return SignedCapture.answer(
                XDSTransaction.provideAndRegister.action + "Response", RegistryResponse(errors: errors).element())
        },
        PermittedVariant("answer: no entry found") {
            SignedCapture.answer(
                XDSTransaction.registryStoredQuery.action + "Response", StoredQueryResponse().element())
        },
        PermittedVariant("answer: entries found") {
            var objects = Submission()
            var entry = SignedCapture.exam.submissionRequest().submission.entries[1]
            entry.id = "urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d"
            entry.availabilityStatus = XDSURN.approved
            entry.logicalID = entry.id
            entry.version = "1"
            entry.repositoryUniqueID = "1.2.3"
            objects.entries = [entry]
            return SignedCapture.answer(
                XDSTransaction.registryStoredQuery.action + "Response",
                StoredQueryResponse(objects: objects).element())
        },
        PermittedVariant("answer: a document") {
            let response = RetrieveDocumentSetResponse(
                documents: [
                    DocumentResponse(
                        repositoryUniqueID: "1.2.3", documentUniqueID: "2.25.4", mimeType: "application/dicom",
                        body: .bytes(SignedCapture.exam.manifestBytes()))
                ], errors: [])
            let package = response.package(
                Addressing(
                    action: XDSTransaction.retrieveDocumentSet.action + "Response",
                    relatesTo: "urn:uuid:00000000-0000-4000-8000-000000000001"), boundary: "b")
            return Array("HTTP/1.1 200 OK\r\nContent-Type: \(package.contentType)\r\n\r\n".utf8)
                + (try package.bytes())
        },
    ]

    private static let bare: [PermittedVariant] = [
        PermittedVariant("bare: SubmitObjectsRequest") { bareMetadata() },
        PermittedVariant("bare: RegistryObjectList") {
            Serializer.serialize(SignedCapture.exam.submissionRequest().submission.element())
        },
        PermittedVariant("bare: an on-demand entry", [.ihe]) {
            var submission = SignedCapture.exam.submissionRequest().submission
            submission.entries[0].objectType = XDSUUID.onDemandDocument
            submission.entries[0].creationTime = nil
            submission.entries[0].hash = nil
            submission.entries[0].size = nil
            return Serializer.serialize(submission.element())
        },
        PermittedVariant("bare: ISO-8859-1") {
            let text = String(decoding: bareMetadata(), as: UTF8.self)
                .replacingOccurrences(of: "encoding=\"UTF-8\"", with: "encoding=\"ISO-8859-1\"")
            guard let data = text.data(using: .isoLatin1) else { throw NothingToChange(text: "encoding") }
            return Array(data)
        },
        PermittedVariant("bare: UTF-16") {
            let text = String(decoding: bareMetadata(), as: UTF8.self)
                .replacingOccurrences(of: "encoding=\"UTF-8\"", with: "encoding=\"UTF-16\"")
            guard let data = text.data(using: .utf16) else { throw NothingToChange(text: "encoding") }
            return Array(data)
        },
        PermittedVariant("bare: indented, CRLF") {
            let request = SignedCapture.exam.submissionRequest()
            let element = Element(
                "lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [request.submission.element()])
            return Array(
                String(decoding: Serializer.serialize(element, indented: true), as: UTF8.self)
                    .replacingOccurrences(of: "\n", with: "\r\n").utf8)
        },
    ]

    private static func bareMetadata() -> [UInt8] {
        Serializer.serialize(
            Element(
                "lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm],
                [SignedCapture.exam.submissionRequest().submission.element()]))
    }
}
