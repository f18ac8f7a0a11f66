import Checks
import Cryptography
import SOAP
import Simulators
import XDS
import XML

/// A whole French submission, invented: an exam of the project's makers with the signature of its submission set.
enum XDSSignedExam {
    static let exam = ExamFixture(seed: 7)
    static let signatureID = "2.25.271828182845"

    /// The right request; the value of the signature is no signature, its digests are right.
    static let request: ProvideAndRegisterRequest = {
        var request = exam.submissionRequest()
        let document = signature(of: request)
        var entry = DocumentEntry(id: "Signature01", mimeType: "text/xml", uniqueID: signatureID)
        let model = request.submission.entries[0]
        entry.title = "Source"
        entry.authors = model.authors
        entry.classCode = FrenchCode.signatureClass
        entry.typeCode = FrenchCode.signatureType
        entry.formatCode = FrenchCode.signatureFormat
        entry.eventCodes = [FrenchCode.signaturePurpose]
        entry.confidentialityCodes = [
            FrenchCode.normal, FrenchCode.hiddenFromProfessionals, FrenchCode.hiddenFromPatient,
        ]
        entry.healthcareFacilityTypeCode = model.healthcareFacilityTypeCode
        entry.practiceSettingCode = model.practiceSettingCode
        entry.creationTime = model.creationTime
        entry.serviceStartTime = model.serviceStartTime
        entry.serviceStopTime = model.serviceStopTime
        entry.languageCode = "art"
        entry.legalAuthenticator = model.legalAuthenticator
        entry.sourcePatientID = model.sourcePatientID
        entry.patientID = model.patientID
        entry.hash = MessageDigest.hexadecimal(of: document, .sha1)
        entry.size = "\(document.count)"
        request.submission.entries.append(entry)
        let set = ExamFixture.submissionSetID
        request.submission.associations += [
            Association.member(id: "Association9", set: set, entry: "Signature01"),
            Association(id: "Signs1", type: XDSURN.signs, source: "Signature01", target: set),
        ]
        request.documents.append(SubmittedDocument(id: "Signature01", bytes: document))
        return request
    }()

    private static func digest(_ bytes: [UInt8]) -> String {
        let digest = MessageDigest(.sha1)
        digest.update(bytes)
        return String(decoding: Base64.encode(digest.value()), as: UTF8.self)
    }

    private static func reference(_ uri: String, _ value: String, _ attributes: String = "", c14n: Bool = false)
        -> String
    {
        let transforms =
            c14n
            ? "<ds:Transforms><ds:Transform Algorithm=\"\(Canonicalizer.Method.inclusive.rawValue)\"/></ds:Transforms>"
            : ""
        return "<ds:Reference URI=\"\(uri)\"\(attributes)>\(transforms)<ds:DigestMethod "
            + "Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/><ds:DigestValue>\(value)</ds:DigestValue>"
            + "</ds:Reference>"
    }

    /// XAdES 1.1.1 of the submission set. Source: facts of the profile, 3.6.
    static func signature(of request: ProvideAndRegisterRequest) -> [UInt8] {
        let set = request.submission.submissionSets[0].uniqueID
        let documents = request.submission.entries.map { entry -> String in
            let bytes = request.document(entry.id)?.bytes ?? []
            guard entry.mimeType == "text/xml" else { return reference("urn:oid:\(entry.uniqueID)", digest(bytes)) }
            let canonical = (try? Canonicalizer.canonicalize(bytes, method: .inclusive)) ?? []
            return reference("urn:oid:\(entry.uniqueID)", digest(canonical), c14n: true)
        }
        let manifest = reference("urn:oid:\(set)", "AA==") + documents.joined()
        func text(_ info: String) -> String {
            "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"\(signatureID)\"><ds:SignedInfo>"
                + "<ds:CanonicalizationMethod Algorithm=\"\(Canonicalizer.Method.inclusive.rawValue)\"/>"
                + "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"/>\(info)</ds:SignedInfo>"
                + "<ds:SignatureValue>AAAA</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>MIIB"
                + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><ds:Manifest Id=\"IHEManifest\">\(manifest)"
                + "</ds:Manifest><xad:QualifyingProperties xmlns:xad=\"http://uri.etsi.org/01903/v1.1.1#\" "
                + "Target=\"#\(signatureID)\"><xad:SignedProperties Id=\"S0-SignedProperties\">"
                + "<xad:SignedSignatureProperties><xad:SigningTime>2026-01-15T10:40:00Z</xad:SigningTime>"
                + "</xad:SignedSignatureProperties></xad:SignedProperties></xad:QualifyingProperties></ds:Object>"
                + "</ds:Signature>"
        }
        func own(_ id: String) -> String {
            let bytes = Array(text("").utf8)
            return digest(
                (try? Canonicalizer.canonicalize(bytes, method: .inclusive, selecting: .identifier(id))) ?? [])
        }
        let types = ("http://www.w3.org/2000/09/xmldsig#Manifest", "http://uri.etsi.org/01903/v1.1.1#SignedProperties")
        return Array(
            text(
                reference("#IHEManifest", own("IHEManifest"), " Type=\"\(types.0)\"")
                    + reference("#S0-SignedProperties", own("S0-SignedProperties"), " Type=\"\(types.1)\"")
            ).utf8)
    }

    /// The package of the right request after `bend` of the request and `edit` of its envelope.
    static func package(
        _ bend: (inout ProvideAndRegisterRequest) -> Void = { _ in }, edit: (inout String) -> Void = { _ in }
    ) -> MTOMPackage {
        var request = request
        bend(&request)
        var package = request.package(
            Addressing(messageID: SOAPMessageCase.messageID, to: "http://127.0.0.1/repository"), boundary: "limit")
        var text = String(decoding: package.envelope, as: UTF8.self)
        edit(&text)
        package.envelope = Array(text.utf8)
        return package
    }

    /// Every finding on a package, as a run gives them.
    static func findings(_ package: MTOMPackage, context: SubmissionContext = .init()) -> [FoundFault] {
        findings(SOAPMessageCase.read(package), context: context)
    }
}
