import Cryptography
import DICOM
import Foundation
import HTTP
import HTTPServing
import SOAP
import Simulators
import TestSupport
import XDS
import XML

/// Whether a rule of submissions is seen broken, by the misbehaviour that breaks it.
enum SubmissionProbes {
    private static let other = CX(id: "180019999900069", oid: "1.2.250.1.213.1.4.10", type: "NH")

    static func probe(_ item: Misbehavior) -> MisbehaviorTests.Probe {
        switch item {
        case .acceptsMissingEntry:
            {
                try await MisbehaviorTests.isAccepted($0) {
                    $0.documents.append(SubmittedDocument(id: "x", bytes: [1]))
                }
            }
        case .acceptsRepeatedID:
            {
                try await MisbehaviorTests.isAccepted($0) {
                    $0.submission.entries[1].uniqueID = $0.submission.entries[0].uniqueID
                }
            }
        case .acceptsKnownID:
            { harness in
                _ = try await harness.submit(Harness.fresh().submissionRequest())
                return try await harness.submit(Harness.fresh().submissionRequest([.report])).registry?.isSuccess
                    == true
            }
        case .acceptsWrongSize: { try await MisbehaviorTests.isAccepted($0) { $0.submission.entries[0].size = "1" } }
        case .acceptsUnknownPatient:
            {
                try await MisbehaviorTests.isAccepted($0) { request in
                    request.submission.submissionSets[0].patientID = other
                    for index in request.submission.entries.indices {
                        request.submission.entries[index].patientID = other
                    }
                }
            }
        case .acceptsForeignCode:
            {
                try await MisbehaviorTests.isAccepted($0) {
                    $0.submission.entries[1].classCode = CodedValue("KOS", "1.2.3", "x")
                }
            }
        case .acceptsMissingFormat:
            { try await MisbehaviorTests.isAccepted($0) { $0.submission.entries[1].formatCode = nil } }
        case .acceptsBadTime:
            { try await MisbehaviorTests.isAccepted($0) { $0.submission.entries[0].creationTime = DTM("2026AB12") } }
        case .acceptsUnknownTarget:
            {
                try await MisbehaviorTests.isAccepted($0) {
                    $0.submission.associations.append(
                        Association(
                            id: "r", type: XDSURN.replaces, source: "DocumentKOS",
                            target: "urn:uuid:00000000-0000-4000-8000-000000000404"))
                }
            }
        case .replacesDeprecated:
            { harness in
                let old = try await harness.actors.store.entries.first { $0.availabilityStatus == XDSURN.deprecated }
                let request = Harness.fresh().submissionRequest([.manifest], replacing: [.manifest: old?.id ?? ""])
                return try await harness.submit(request).registry?.isSuccess == true
            }
        case .acceptsRejectionNote:
            { try await MisbehaviorTests.isAccepted($0) { rejectionNote(&$0) } }
        case .acceptsBrokenPackage:
            { harness in
                let request = SimulatorRequest(
                    "POST", "/repository",
                    headers: ["Content-Type": "multipart/related; type=\"application/xop+xml\"; boundary=\"other\""],
                    body: RecordedBody(Array("--boundary\r\n\r\nx\r\n--boundary--\r\n".utf8)))
                return try await harness.actors.dmp.answer(request).response().status == 200
            }
        case .acceptsUnknownAction:
            { harness in
                let query = harness.find(harness.actors.exam).element()
                let answer = try await harness.send(query, action: "urn:example:unknown", path: "/registry")
                return answer.response.status == 200
            }
        case .acceptsAlteredAssertion:
            { harness in
                var unsigned = VIHF(harness.actors.exam.patientCX)
                unsigned.isSigned = false
                var altered = VIHF(harness.actors.exam.patientCX)
                altered.id = "altered"
                let answers = [try await isServed(harness, unsigned), try await isServed(harness, altered)]
                return answers.contains(true)
            }
        case .acceptsOtherResource: { try await isServed($0, VIHF(other)) }
        case .acceptsExpiredAssertion:
            { harness in
                var expired = VIHF(harness.actors.exam.patientCX)
                expired.notOnOrAfter = "2026-03-12T09:00:00Z"
                return try await isServed(harness, expired)
            }
        case .acceptsMissingAssertion: { try await isServed($0, nil) }
        case .acceptsAnyCertificate:
            { harness in
                guard let certificates = TestCertificates.shared else { return true }
                return try await certificates.isServedToStranger(harness.actors.dmp.misbehaves(.acceptsAnyCertificate))
            }
        case .acceptsBrokenSignature:
            { try await MisbehaviorTests.isAccepted($0) { sign(&$0, isBroken: true) } }
        case .acceptsMissingSignature: { try await MisbehaviorTests.isAccepted($0) { _ in } }
        default: preconditionFailure("\(item) is probed elsewhere")
        }
    }

    /// Whether a query under an assertion is served.
    static func isServed(_ harness: Harness, _ assertion: VIHF?) async throws -> Bool {
        let answer = try await harness.exchange(
            .registryStoredQuery, harness.find(harness.actors.exam).element(),
            headerBlocks: assertion.map { [$0.header] } ?? [])
        return answer.message.envelope?.content?.localName == "AdhocQueryResponse"
    }

    /// Turns the KOS of a submission into a rejection note.
    static func rejectionNote(_ request: inout ProvideAndRegisterRequest) {
        guard var file = try? DICOMFile(reading: request.documents[1].bytes),
            var title = file.dataSet.items(.conceptNameCodeSequence).first
        else { return }
        title.set(.codeValue, "113001")
        file.dataSet.set(DataElement(.conceptNameCodeSequence, .SQ, .items([title])))
        exchange(&request, 1, DICOMFile(dataSet: file.dataSet, transferSyntax: file.transferSyntax).serialized())
    }

    /// Gives the document at `index` other bytes, and its entry their hash and size.
    static func exchange(_ request: inout ProvideAndRegisterRequest, _ index: Int, _ bytes: [UInt8]) {
        request.documents[index].bytes = bytes
        request.submission.entries[index].hash = MessageDigest.hexadecimal(of: bytes, .sha1)
        request.submission.entries[index].size = String(bytes.count)
    }

    /// Adds the signature of the submission set: its manifest alone, without a value.
    static func sign(_ request: inout ProvideAndRegisterRequest, isBroken: Bool = false) {
        let digests = "http://www.w3.org/2000/09/xmldsig#"
        func reference(_ id: String, _ digest: [UInt8]) -> Element {
            Element(
                "ds:Reference", ["URI": "urn:oid:\(id)"],
                [
                    Element("ds:DigestMethod", ["Algorithm": digests + "sha1"]),
                    Element("ds:DigestValue", text: String(decoding: Base64.encode(digest), as: UTF8.self)),
                ])
        }
        var references = [reference(request.submission.submissionSets[0].uniqueID, [0])]
        for entry in request.submission.entries {
            let digest = MessageDigest(.sha1)
            digest.update(request.document(entry.id)?.bytes ?? [])
            if isBroken { digest.update([0]) }
            references.append(reference(entry.uniqueID, digest.value()))
        }
        let document = Element(
            "ds:Signature", ["xmlns:ds": digests, "Id": "signature-1"],
            [Element("ds:Object", [:], [Element("ds:Manifest", ["Id": "IHEManifest"], references)])])
        let bytes = Serializer.serialize(document)
        var entry = request.submission.entries[0]
        entry.id = "Signature01"
        entry.uniqueID = "2.25.777"
        entry.classCode = FrenchCode.signatureClass
        entry.typeCode = FrenchCode.signatureType
        entry.formatCode = FrenchCode.signatureFormat
        entry.mimeType = "text/xml"
        entry.hash = MessageDigest.hexadecimal(of: bytes, .sha1)
        entry.size = String(bytes.count)
        request.submission.entries.append(entry)
        request.documents.append(SubmittedDocument(id: entry.id, bytes: bytes))
        let set = request.submission.submissionSets[0].id
        request.submission.associations += [
            .member(id: "SignatureMember", set: set, entry: entry.id),
            Association(id: "Signs", type: XDSURN.signs, source: entry.id, target: set),
        ]
    }
}

/// Authorities and certificates made by the `openssl` command, once.
final class TestCertificates: Sendable {
    static let shared = try? TestCertificates()

    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let script = """
            set -e
            cd '\(folder.path)'
            key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
            printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\\n' > names.ext
            for name in ca other; do openssl req -x509 $key -keyout $name.key -out $name.pem -subj "/CN=$name" -days 2; done
            leaf() {
                openssl req -new $key -keyout $1.key -out $1.csr -subj "/CN=$1"
                openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -days 2 -extfile names.ext -out $1.pem
            }
            leaf server ca; leaf client ca; leaf stranger other
            """
        guard try Tool.run(["/bin/sh", "-c", script]).status == 0 else {
            throw HTTPError(.storage, "openssl cannot make certificates")
        }
    }

    var tls: ServerTLS {
        ServerTLS(
            certificateChain: folder.path + "/server.pem", key: folder.path + "/server.key",
            clientTrust: folder.path + "/ca.pem")
    }

    func identity(_ name: String) -> TLSIdentity {
        TLSIdentity(
            .pem(certificateChain: "\(folder.path)/\(name).pem", key: "\(folder.path)/\(name).key"),
            trust: folder.path + "/ca.pem")
    }

    /// Whether a DMP that demands a certificate answers a client of another authority.
    func isServedToStranger(_ misbehaves: Bool) async throws -> Bool {
        var configuration = DMPConfiguration()
        configuration.tls = tls
        if misbehaves { configuration.misbehaviors = [.acceptsAnyCertificate] }
        let dmp = try await DMPSimulator.start(configuration: configuration)
        let request = HTTPRequest("GET", dmp.registry)
        let response = try? await HTTPClient().send(request, identity: identity("stranger")).response
        await dmp.stop()
        return response?.status == 405
    }
}

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "cisis-simulators-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
