import Conformance
import Foundation
import Packs
import Simulators
import TestSupport
import Testing
import XDS

@testable import Runner

@Suite("Codes of metadata against a registered kit")
struct ValueSetLayerTests {
    /// A small invented kit that has only value sets beside what makes it one.
    private static func kit(_ folder: TemporaryFolder, _ sets: [(name: String, id: String, codes: [(String, String)])])
        throws -> OfficialPack
    {
        func write(_ text: String, _ path: String) throws {
            let url = URL(fileURLWithPath: folder.path + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try write("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>", "infrastructure/cda/CDA_extended.xsd")
        try write(
            "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'/>",
            "schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch")
        for set in sets {
            let codes = set.codes.map { "<Concept code='\($0)' codeSystem='\($1)' displayName='x'/>" }.joined()
            try write(
                "<RetrieveValueSetResponse xmlns='urn:ihe:iti:svs:2008'><ValueSet id='\(set.id)' displayName='\(set.name)'>"
                    + "<ConceptList>\(codes)</ConceptList></ValueSet></RetrieveValueSetResponse>",
                "jeuxDeValeurs/\(set.name).xml")
        }
        return try OfficialPack(folder: folder.path)
    }

    private static let sets: [(name: String, id: String, codes: [(String, String)])] = [
        (
            "JDV_J06_XdsClassCode_CISIS", "1.2.250.1.213.1.1.5.468",
            [("31", FrenchOID.classCode), ("10", FrenchOID.classCode)]
        ),
        (
            "JDV_J07_XdsTypeCode_CISIS", "1.2.250.1.213.1.1.5.471",
            [("18748-4", FrenchOID.loinc), (FrenchCode.kosType.code, FrenchCode.kosType.scheme)]
        ),
    ]

    private func layer(_ bytes: [UInt8], _ pack: OfficialPack?) async throws -> LayerJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.pack = pack
        options.level = .run
        let judgement = await (try FileValidator(options)).validate(bytes, name: "x")
        return try #require(judgement.layers.first { $0.layer == "metadata" })
    }

    private func outcome(_ bytes: [UInt8], _ pack: OfficialPack?) async throws -> [Finding] {
        try await layer(bytes, pack).findings.filter { $0.check == "xds.value-sets" }
    }

    private static func bare(_ bend: @escaping @Sendable (inout ProvideAndRegisterRequest) -> Void = { _ in }) throws
        -> [UInt8]
    {
        try SignedCapture.capture(try SignedCapture.package(try SignedCapture.request([.report, .manifest], bend)))
    }

    @Test("Codes of the kit pass, another typeCode is told with the set, the code and its place")
    func small() async throws {
        let folder = try TemporaryFolder()
        let pack = try Self.kit(folder, Self.sets)
        #expect(try await outcome(try Self.bare(), pack).isEmpty)
        let bytes = try Self.bare { $0.submission.entries[0].typeCode?.code = "11502-2" }
        let findings = try await outcome(bytes, pack)
        let finding = try #require(findings.first)
        #expect(findings.count == 1 && finding.severity == .warning)
        #expect(finding.expected == "JDV_J07_XdsTypeCode_CISIS" && finding.actual?.hasPrefix("11502-2") == true)
        #expect(finding.place?.line != nil && finding.place?.xpath?.contains("Classification") == true)
        #expect(try await outcome(bytes, nil).isEmpty)
    }

    @Test("The codes of a kit are used for the codes of which the project knows the form alone")
    func facility() async throws {
        let folder = try TemporaryFolder()
        let pack = try Self.kit(
            folder,
            [
                (
                    "JDV_J02_XdsHealthcareFacilityTypeCode_CISIS", "1.2.250.1.213.1.1.5.466",
                    [("SA25", FrenchOID.facility)]
                )
            ])
        let findings = try await layer(try Self.bare(), pack).findings.filter { $0.check == "PNR-043" }
        #expect(findings.count == 3, "KOS, report and signature: \(findings)")
        #expect(findings.allSatisfy { $0.expected?.contains("SA25") == true })
        #expect(try await layer(try Self.bare(), nil).findings.allSatisfy { $0.check != "PNR-043" })
    }

    @Test(
        "The official kit knows the codes of the reference exam and refuses one that it has not",
        .enabled(if: Corpora.has("ans-kit/jeuxDeValeurs"), Comment(rawValue: Corpora.absence)))
    func official() async throws {
        let pack = try OfficialPack(folder: Corpora.url("ans-kit").path)
        let findings = try await layer(try Self.bare(), pack).findings
        #expect(findings.isEmpty, "\(findings)")
        let bytes = try Self.bare {
            $0.submission.entries[0].typeCode?.code = "00000-0"
            $0.submission.entries[1].practiceSettingCode?.code = "INCONNU"
        }
        let told = try await layer(bytes, pack).findings.map(\.check)
        #expect(told.contains("xds.value-sets") && told.contains("PNR-044"))
    }

    @Test(
        "With the official kit the official samples have no error in a capture either",
        .enabled(
            if: Corpora.has("ans-kit/jeuxDeValeurs") && Corpora.has("drim-m/informatif"),
            Comment(rawValue: Corpora.absence)),
        arguments: [
            "drim-m/informatif/XDS/publication.xml",
            "drim-m/informatif/XDM/KA202401/IHE_XDM/SS000001/METADATA.XML",
            "drim-m/Echantillons validateurs/Cross-validateur/Echantillons de validation/XDS.xml",
            "drim-m/test a blanc/Cross-validateur/OK_HL7_XDS_invisible_masque/Metadata_invisible_masque.xml",
        ])
    func samples(_ path: String) async throws {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.pack = try OfficialPack(folder: Corpora.url("ans-kit").path)
        let judgement = await (try FileValidator(options)).validate(try Corpora.bytes(path), name: path)
        let violations = judgement.layers.flatMap(\.findings).filter { $0.severity == .violation }
        #expect(violations.isEmpty, "\(violations)")
        #expect(judgement.verdict == .pass)
    }
}
