import Checks
import SOAP
import XDS

/// Entries against their documents: manifest, report, signature; and what came before.
extension SingleFault {
    static let manifests: [SingleFault] = [
        bend("PNR-017", "mimeType") { $0.submission.entries[1].mimeType = "application/octet-stream" },
        bend("PNR-018", "typeCode", ["PNR-068"]) { $0.submission.entries[1].typeCode?.scheme = "1.2.3" },
        bend("PNR-019", "classCode") { $0.submission.entries[1].classCode?.code = "10" },
        bend("PNR-020", "formatCode") { $0.submission.entries[1].formatCode?.scheme = "1.2.3" },
        bend("PNR-021", "uniqueId", ["PNR-054"]) { $0.submission.entries[1].uniqueID = "2.25.9" },
        bend("PNR-028", "no event code") {
            $0.submission.entries[1].eventCodes.removeAll { $0.scheme == FrenchOID.dicomTerminology }
        },
        bend("PNR-028", "KO") { $0.submission.entries[1].eventCodes.append(FrenchCode.modality("KO")) },
        bend("PNR-031", "no accession", ["PNR-068"]) { request in
            request.submission.entries[1].referenceIDs.removeAll { $0.kind == .accession }
        },
        bend("PNR-032", "no study") { request in
            request.submission.entries[1].referenceIDs.removeAll { $0.kind == .studyInstanceUID }
        },
        bend("PNR-033", "other accession", ["PNR-068"]) { request in
            request.submission.entries[1].referenceIDs[0] = CXi(id: "OTHER", oid: "1.2.3", kind: .accession)
        },
        bend("PNR-036", "INS of another", ["PNR-013"]) {
            $0.submission.entries[1].patientID = CX(id: "179035121518942", oid: FrenchOID.insNIRTest, type: "NH")
        },
        bend("PNR-036", "wrong key", ["PNR-013", "xds.derived-patient"]) {
            $0.submission.entries[1].patientID = CX(id: "279035121518988", oid: FrenchOID.insNIRTest, type: "NH")
        },
        bend("PNR-040", "no id of the author") {
            $0.submission.entries[1].authors[0].person = XCN(id: "", family: "MEDECIN", given: "ZOE")
        },
        bend("PNR-042", "a device") {
            $0.submission.entries[1].legalAuthenticator = XCN(
                id: "899700000002", family: "ESSAI", given: "CISIS", isDevice: true)
        },
        bend("xds.source-patient-info", "no bar") { $0.submission.entries[1].sourcePatientInfo = ["PID-5 DEMO"] },
        bend("xds.source-patient-info", "no date") {
            $0.submission.entries[1].sourcePatientInfo = ["PID-7|19990230"]
        },
        bend("xds.unique-id-repeated", "uniqueId twice", ["PNR-021", "PNR-054"]) {
            $0.submission.entries[1].uniqueID = $0.submission.entries[0].uniqueID
        },
    ]

    static let reports: [SingleFault] = [
        bend("PNR-064", "classCode") { $0.submission.entries[0].classCode?.code = "31" },
        bend("PNR-064", "mimeType") { $0.submission.entries[0].mimeType = "application/pdf" },
        bend("PNR-065", "formatCode") { $0.submission.entries[0].formatCode?.code = "urn:other" },
        bend("PNR-066", "uniqueId", ["PNR-054"]) { $0.submission.entries[0].uniqueID = "2.25.8" },
        bend("PNR-068", "accession", ["xds.derived-references"]) {
            $0.submission.entries[0].referenceIDs[0] = CXi(id: "OTHER", oid: "1.2.3", kind: .accession)
        },
        bend("xds.derived-patient", "patient", ["PNR-013"]) {
            $0.submission.entries[0].patientID = CX(id: "179035121518942", oid: FrenchOID.insNIRTest, type: "NH")
        },
        bend("xds.derived-type", "typeCode", ["PNR-064"]) { $0.submission.entries[0].typeCode?.code = "11502-2" },
        bend("xds.derived-references", "order") {
            $0.submission.entries[0].referenceIDs[1] = CXi(id: "OTHER", oid: "1.2.3", kind: .order)
        },
    ]

    /// The signature document bent, hash and size mended.
    static func signed(_ id: String, _ name: String, _ old: String, _ new: String) -> SingleFault {
        bend(id, name, ["PNR-053", "PNR-054"]) { request in
            let text = String(decoding: request.documents[2].bytes, as: UTF8.self).changing(old, to: new)
            let document = SubmittedDocument(id: "Signature01", bytes: Array(text.utf8))
            request.documents[2] = document
            request.submission.entries[2].hash = document.hash
            request.submission.entries[2].size = "\(document.bytes.count)"
        }
    }

    static let signature: [SingleFault] = [
        bend("PNR-051", "no signature") { request in
            request.submission.entries.removeLast()
            request.documents.removeLast()
            request.submission.associations.removeLast(2)
        },
        bend("PNR-051", "typeCode") { $0.submission.entries[2].typeCode?.scheme = "1.2.3" },
        bend("PNR-051", "mimeType") { $0.submission.entries[2].mimeType = "text/plain" },
        bend("PNR-052", "no signs") { $0.submission.associations.removeLast() },
        signed("PNR-053", "type of the manifest", "xmldsig#Manifest", "xmldsig#Object"),
        signed("PNR-053", "no manifest in SignedInfo", "URI=\"#IHEManifest\"", "URI=\"#Other\""),
        signed("PNR-053", "signing time", "2026-01-15T10:40:00Z", "2026-01-15T10:41:00Z"),
        signed("PNR-054", "digest of the set", "AA==", "AQ=="),
        bend("PNR-054", "KOS changed after the signature", ["PNR-023"]) { request in
            var bytes = request.documents[1].bytes
            bytes[0] = 1
            request.documents[1].bytes = bytes
            request.submission.entries[1].hash = request.documents[1].hash
        },
    ]

    /// With a certificate of the signature, in force until 2029.
    static func certified(_ subject: String? = "CN=DRIMbox,O=Centre", at time: String? = nil) -> SubmissionContext {
        var context = SubmissionContext()
        context.certificate = { _ in
            subject.map { CertificateFacts(subject: $0, notBefore: "20250101000000", notAfter: "20290101000000") }
        }
        context.time = time
        return context
    }

    /// The message with a VIHF of `issuer`.
    static func issued(by issuer: String, _ id: String, _ name: String) -> SingleFault {
        SingleFault(
            id: id, name: name, context: certified(),
            package: {
                XDSSignedExam.package(edit: {
                    $0.change(
                        "</soap:Header>",
                        to:
                            "<a:Assertion xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\"><a:Issuer>\(issuer)</a:Issuer>"
                            + "</a:Assertion></soap:Header>")
                })
            })
    }

    static let certificates: [SingleFault] = [
        bend("PNR-055", "no readable certificate", context: certified(nil)) { _ in },
        bend("PNR-055", "certificate out of force", context: certified(at: "20300101000000")) { _ in },
        bend("PNR-055", "certificate not yet in force", context: certified(at: "20240101000000")) { _ in },
        issued(by: "CN=Autre,O=Centre", "PNR-055", "VIHF of another organisation"),
    ]

    static var known: SubmissionContext {
        var context = SubmissionContext()
        var old = XDSSignedExam.request.submission.entries[1]
        old.id = "urn:uuid:00000000-0000-4000-8000-000000000001"
        old.uniqueID = "2.25.4"
        old.availabilityStatus = XDSURN.deprecated
        var approved = old
        approved.id = "urn:uuid:00000000-0000-4000-8000-000000000002"
        approved.uniqueID = "2.25.5"
        approved.availabilityStatus = XDSURN.approved
        var other = approved
        other.id = "urn:uuid:00000000-0000-4000-8000-000000000003"
        other.uniqueID = "2.25.6"
        context.registered = [old, approved, other]
        return context
    }

    static func replacing(_ target: String, _ number: Int = 1, by entry: String = "DocumentKOS") -> Association {
        Association(id: "Replaces\(number)", type: XDSURN.replaces, source: entry, target: target)
    }

    static let circumstances: [SingleFault] = [
        bend("PNR-056", "symbolic target", ["xds.association-end"]) {
            $0.submission.associations.append(replacing("DocumentCR"))
        },
        bend("PNR-056", "deprecated target", context: known) {
            $0.submission.associations.append(replacing("urn:uuid:00000000-0000-4000-8000-000000000001"))
        },
        bend("PNR-056", "one entry replaces two", context: known) {
            $0.submission.associations += [
                replacing("urn:uuid:00000000-0000-4000-8000-000000000002", 1),
                replacing("urn:uuid:00000000-0000-4000-8000-000000000003", 2),
            ]
        },
        bend("PNR-056", "one entry replaces one twice", context: known) {
            $0.submission.associations += [
                replacing("urn:uuid:00000000-0000-4000-8000-000000000002", 1),
                replacing("urn:uuid:00000000-0000-4000-8000-000000000002", 2),
            ]
        },
        bend("PNR-056", "two entries replace one, the registry unknown") {
            $0.submission.associations += [
                replacing("urn:uuid:00000000-0000-4000-8000-000000000002", 1),
                replacing("urn:uuid:00000000-0000-4000-8000-000000000002", 2, by: "DocumentCR"),
            ]
        },
        bend("PNR-057", "same uniqueId", ["PNR-056", "PNR-021", "PNR-054"], context: known) {
            $0.submission.entries[1].uniqueID = "2.25.4"
            $0.submission.associations.append(replacing("urn:uuid:00000000-0000-4000-8000-000000000001"))
        },
        bend(
            "PNR-063", "no report before",
            context: {
                var context = SubmissionContext()
                context.trigger = SubmissionContext.Trigger(hasValidatedReport: false)
                return context
            }()
        ) { _ in },
    ]
}
