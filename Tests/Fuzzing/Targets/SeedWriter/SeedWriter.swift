internal import DICOM
internal import Foundation
internal import SOAP
internal import Signatures
internal import XDS
internal import XML

/// Writes the seeds that nobody writes by hand, with the writers of this project, and stops.
///
/// `SEEDS` names the folder, `IDENTITY` a PEM file with certificate and key. libFuzzer brings `main`, as to the targets.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let environment = ProcessInfo.processInfo.environment
    guard let folder = environment["SEEDS"], let identity = environment["IDENTITY"] else {
        fatalError("SEEDS and IDENTITY are not set")
    }
    do {
        try SeedWriter.write(to: folder, identity)
    } catch {
        fatalError("the seeds cannot be written: \(error)")
    }
    // Without libFuzzer's farewell, which would call this a crash.
    _exit(0)
}

enum SeedWriter {
    static func write(to folder: String, _ path: String) throws {
        let identity = try SigningIdentity(certificateChain: path, key: path)
        for (name, bytes) in try images() + signatures(identity) + messages() + metadata() {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
    }

    static let time = Date(timeIntervalSince1970: 1_800_000_000)
    static let patientID = CX(id: "279035121518989", oid: FrenchOID.insNIRTest, type: "NH")

    // MARK: DICOM

    private static func images() -> [(String, [UInt8])] {
        let patient = ImagingPatient(
            familyName: "DEMO", givenName: "ZOÉ", usedNames: [], ins: "279035121518989", birthDate: "19790301",
            sex: "F",
            birthPlace: "51215", localID: "IPP-1", localOID: "2.25.314159.1.7")
        let series = KeyObjectSelection.Manifest.Series(
            uid: "2.25.314159.2.1.1", number: 1, modality: "CT", region: "Thorax", description: "Parenchyme",
            retrieveURL: "https://db1.example.invalid/rs", retrieveLocationUID: "2.25.314159.1.9",
            retrieveAETitle: "DRIMBOX",
            instances: [.init(sopClass: UID.ctImage, sopInstance: "2.25.314159.2.1.1.1", number: 1)])
        let order = KeyObjectSelection.Manifest.Order(
            accession: "ACC0001", accessionOID: "2.25.314159.1.5", placerOrder: "ORD0001",
            placerOID: "2.25.314159.1.6", procedureID: "P1", procedureDescription: "Scanner")
        let manifest = KeyObjectSelection.Manifest(
            patient: patient, sopInstanceUID: "2.25.314159.3.1", seriesInstanceUID: "2.25.314159.3",
            studyInstanceUID: "2.25.314159.2.1", studyDescription: "Scanner", studyDate: "20260115",
            studyTime: "101500", contentDate: "20260115", contentTime: "113000", timezone: "+0100",
            institution: "Centre", institutionID: "999999999", order: order, act: "Scanner", series: [series])
        let image = CTImage(
            patient: patient,
            study: CTImage.Study(
                uid: "2.25.314159.2.1", id: "S1", date: "20260115", time: "101500", timezone: "+0100",
                description: "Scanner", accession: "ACC0001", accessionOID: "2.25.314159.1.5", placerOrder: "ORD0001",
                placerOID: "2.25.314159.1.6", institution: "Centre"),
            series: CTImage.Series(
                uid: "2.25.314159.2.1.1", number: 1, description: "Parenchyme", bodyPart: "CHEST",
                frameOfReferenceUID: "2.25.314159.2.99"),
            sopInstanceUID: "2.25.314159.2.1.1.1", number: 1, columns: 8, rows: 4)
        var small = DataSet(characterSet: .latin1)
        small.set(.specificCharacterSet, "ISO_IR 100")
        small.set(.patientName, "DEMO^ZOÉ")
        small.set(.sopClassUID, UID.ctImage)
        let pixels = DataElement(Tag(0x7FE0, 0x0010), .OB, .fragments([[], [1, 2, 3], [4]]))
        var encapsulated = small
        encapsulated.set(pixels)
        var unknown = DataSet()
        unknown.set(Tag(0x0041, 0x0010), "CISIS", vr: .LO)
        unknown.set(Tag(0x0041, 0x1001), items: [small, DataSet()])
        let implicit = DICOMFile(dataSet: unknown, transferSyntax: UID.implicitLittleEndian)
        return [
            ("dicom/private-implicit", implicit.serialized(sequences: .undefined)),
            ("dicom/kos", manifest.file().serialized()),
            ("dicom/kos-undefined", manifest.file().serialized(sequences: .undefined)),
            ("dicom/kos-implicit", manifest.file(transferSyntax: UID.implicitLittleEndian).serialized()),
            ("dicom/ct", image.file().serialized()),
            ("dicom/small", DICOMFile(dataSet: small).serialized()),
            ("dicom/small-bare", Array(DICOMFile(dataSet: small).serialized().dropFirst(132))),
            (
                "dicom/encapsulated",
                DICOMFile(dataSet: encapsulated, transferSyntax: "1.2.840.10008.1.2.4.50").serialized()
            ),
            ("dicom/big", bigEndian()),
        ]
    }

    /// An explicit big-endian data set without meta information, which the writer does not write.
    private static func bigEndian() -> [UInt8] {
        func element(_ group: UInt8, _ number: UInt8, _ vr: String, _ value: [UInt8]) -> [UInt8] {
            [0, group, 0, number] + Array(vr.utf8) + [0, UInt8(value.count)] + value
        }
        let sequence: [UInt8] =
            [0x00, 0x40, 0xA7, 0x30] + Array("SQ".utf8) + [0, 0, 0, 0, 0, 18] + [0xFF, 0xFE, 0xE0, 0x00, 0, 0, 0, 10]
            + [0x00, 0x28, 0x00, 0x10] + Array("US".utf8) + [0, 2, 1, 0]
        return element(8, 0x16, "UI", Array("1.2\0".utf8)) + element(0x28, 0x10, "US", [0, 8]) + sequence
    }

    // MARK: Signatures

    private static func signatures(_ identity: SigningIdentity) throws -> [(String, [UInt8])] {
        let facts = VIHF.Facts(
            professional: "801234567897", professionalName: "ZOE DEMO", structure: "10B0000001", sector: "SA01",
            patient: patientID.text, profession: VIHF.Code("10", VIHF.professions, display: "Médecin"), specialty: nil,
            mode: "INDIRECTE", software: .init(name: "CISIS", version: "1", homologation: "X-1"))
        var assertion = VIHF(facts, id: "_a1", at: time, issuer: identity.certificate.subject)
        assertion.notBefore = XMLInstant.text(time)
        assertion.notOnOrAfter = XMLInstant.text(time.addingTimeInterval(3600))
        let signed = try assertion.signed(by: identity)
        let envelope = OutgoingEnvelope(
            Addressing(action: "urn:test:a", messageID: "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"),
            headerBlocks: [SecurityHeader.element([signed])], content: Element("a"))
        let list = Whitelist(
            generated: "2026-01-15T10:15:00Z",
            domains: [
                .init(
                    identifier: "1", db: "db1.example.invalid", vi: "vi1.example.invalid", denomination: "Centre",
                    certificateName: "CN=db1,O=Centre,C=FR", responsibleContact: nil, supportContact: "a@b.invalid",
                    updated: "2026-01-15")
            ])
        let small = Element(
            "saml2:Assertion", ["xmlns:saml2": SOAPNamespace.saml, "ID": "a"], [Element("saml2:Issuer", text: "CN=a")])
        return [
            ("saml/assertion", Serializer.serialize(signed)),
            ("saml/envelope", envelope.serialized()),
            ("saml/unsigned", Serializer.serialize(assertion.element())),
            ("saml/whitelist", try BaselineSignature.sign(list.element(), by: identity, at: time)),
            (
                "saml/seal",
                try SubmissionSignature.make(
                    id: "S1", submissionSet: "1.2.3",
                    documents: [.init(uniqueID: "1.2.4", bytes: Array("<a/>".utf8), isXML: true)],
                    by: identity, at: time, algorithm: .rsaSHA256)
            ),
            ("saml/small", Serializer.serialize(try EnvelopedSignature.sign(small, position: 1, by: identity))),
        ]
    }
}
