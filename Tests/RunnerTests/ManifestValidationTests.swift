import Conformance
import DICOM
import Runner
import Signatures
import Simulators
import TestSupport
import Testing
import XML

@Suite("Validation of captured manifests") struct ManifestValidationTests {
    private static let exam = ExamFixture(seed: 3)

    private static func findings(
        _ bytes: [UInt8], _ change: (inout FileValidator.Options, TemporaryFolder) throws -> Void = { _, _ in }
    ) async throws -> (judgement: FileJudgement, findings: [Finding]) {
        let folder = try TemporaryFolder()
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.level = .run
        options.kind = .kos
        try change(&options, folder)
        let judgement = try await FileValidator(options).validate(bytes, name: "kos.dcm")
        return (judgement, judgement.layers.flatMap(\.findings))
    }

    private static func version(_ number: Int, uid: String = ".2") -> [UInt8] {
        var manifest = exam.manifest()
        manifest.sopInstanceUID += uid
        manifest.instanceNumber = number
        return manifest.file().serialized()
    }

    @Test("A version is judged against the one before it")
    func versions() async throws {
        let former = Self.exam.manifestBytes()
        for (bytes, expected) in [(Self.version(2), []), (Self.version(1), ["KOS-065"])] {
            let (_, findings) = try await Self.findings(bytes) { options, folder in
                options.others = [try folder.write(former, to: "former.dcm")]
            }
            #expect(findings.map(\.check).filter { $0.hasPrefix("KOS") } == expected)
        }
    }

    @Test("The addresses are judged against the national list")
    func domains() async throws {
        let host = String(Self.exam.retrieveURL(of: Self.exam.series[0]).split(separator: "/")[1])
        for (domain, count) in [(host, 0), ("other.test", Self.exam.series.count)] {
            let list = Whitelist(
                generated: "2026-01-01T00:00:00Z",
                domains: [
                    Whitelist.Domain(
                        identifier: "1", db: domain, denomination: "Essai", certificateName: "CN=essai",
                        supportContact: "a@example.test", updated: "2026-01-01")
                ])
            let (_, findings) = try await Self.findings(Self.exam.manifestBytes()) { options, folder in
                options.others = [try folder.write(Serializer.serialize(list.element()), to: "list.xml")]
            }
            #expect(findings.filter { $0.check == "KOS-047" }.count == count)
        }
    }

    @Test("A deflated manifest is recognised, and refused by the rule on transfer syntaxes")
    func deflated() async throws {
        var file = Self.exam.manifest().file()
        file.meta.set(.transferSyntaxUID, UID.deflatedLittleEndian)
        let (judgement, findings) = try await Self.findings(file.serialized())
        #expect(judgement.verdict == .fail)
        let finding = try #require(findings.first)
        #expect(finding.check == "KOS-005" && finding.place?.tag == "(0002,0010)")
        #expect(finding.message.fr.contains("reconnue") && finding.advice != nil)
    }

    @Test("A manifest that is cut anywhere is refused with byte, tag, and words in both languages")
    func cut() async throws {
        let bytes = Self.exam.manifestBytes()
        for length in stride(from: 600, to: bytes.count, by: 701) {
            let (judgement, findings) = try await Self.findings(Array(bytes.prefix(length)))
            #expect(judgement.verdict == .fail, "\(length)")
            let finding = try #require(findings.first { $0.severity == .violation })
            #expect(finding.place?.byte != nil && finding.place?.tag != nil, "\(length): \(finding)")
            #expect(finding.message.fr != finding.message.en)
        }
    }

    @Test("Each remark on a manifest says what is expected, what is found, and what to mend")
    func remarks() async throws {
        var file = Self.exam.manifest().file()
        for tag in [Tag.modality, .studyDate, .patientID, .manufacturer, .conceptNameCodeSequence] {
            file.dataSet.remove(tag)
        }
        let (_, findings) = try await Self.findings(file.serialized())
        let rules = findings.filter { $0.check.hasPrefix("KOS") }
        #expect(Set(rules.map(\.check)).isSuperset(of: ["KOS-010", "KOS-017", "KOS-019", "KOS-033", "KOS-070"]))
        for finding in rules {
            #expect(finding.expected != nil && finding.actual != nil && finding.place?.tag != nil)
            let advice = try #require(finding.advice)
            #expect(!advice.fr.isEmpty && !advice.en.isEmpty && advice.fr != advice.en)
        }
    }
}

private typealias Tag = DICOM.Tag
