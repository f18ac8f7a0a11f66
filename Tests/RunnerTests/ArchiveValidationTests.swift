import Conformance
import Runner
import Simulators
import TestSupport
import Testing
import XDS
import XML

/// An archive (XDM) made for the test: the reference exam's documents with their metadata.
private struct Archive: Sendable {
    var items: [TestZip.Item]

    static let exam = ExamFixture(seed: 3)
    static let folder = "KA202601/IHE_XDM/SS000001/"

    /// A right archive, its metadata after `bend`.
    init(_ bend: (inout Submission) -> Void = { _ in }) {
        var submission = Self.exam.submissionRequest().submission
        submission.entries[0].uri = "CR.XML"
        submission.entries[1].uri = "SS000001/KOS_1_1.DCM"
        bend(&submission)
        let metadata = Serializer.serialize(
            Element("lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [submission.element()]))
        items = [
            TestZip.Item("KA202601/INDEX.HTM", "<html><body>Index</body></html>"),
            TestZip.Item("KA202601/README.TXT", "CISIS"), TestZip.Item(Self.folder + "METADATA.XML", metadata),
            TestZip.Item(Self.folder + "CR.XML", Self.exam.reportBytes()),
            TestZip.Item(Self.folder + "KOS_1_1.DCM", Self.exam.manifestBytes()),
            TestZip.Item(Self.folder + "CR.TXT", "1.2.3;A1;279035121518989;1.2.250.1.213.1.4.10;1.2.3.4;IPP1"),
        ]
    }

    var bytes: [UInt8] { TestZip.bytes(items) }

    /// The archive without the members whose path ends with `end`.
    func without(_ end: String) -> Archive {
        var copy = self
        copy.items.removeAll { String(decoding: $0.name, as: UTF8.self).hasSuffix(end) }
        return copy
    }

    /// With one more member.
    func with(_ name: String, _ content: String = "x", _ change: (inout TestZip.Item) -> Void = { _ in }) -> Archive {
        var copy = self
        copy.items.append(TestZip.Item(name, content).with(change))
        return copy
    }

    /// Every path without what stands before `IHE_XDM/`.
    var bare: Archive {
        var copy = self
        for index in copy.items.indices {
            copy.items[index].name = Array(
                String(decoding: copy.items[index].name, as: UTF8.self).replacing("KA202601/", with: "").utf8)
        }
        return copy
    }
}

/// One archive and what is told of it.
private struct ArchiveCase: Sendable, CustomTestStringConvertible {
    let name: String
    let archive: Archive
    /// Every violation, warning and information of the layers `zip` and `xdm`, in order.
    var violations: [String] = []
    var warnings: [String] = []
    var information: [String] = []
    /// What the message, the reason or the place must say.
    var word = ""
    /// The verdict, where it does not follow from the violations here.
    var verdict: Verdict?
    var testDescription: String { name }

    static let all: [ArchiveCase] = [
        .init(name: "right", archive: Archive()),
        .init(name: "no monthly folder", archive: Archive().bare, information: ["XDM-008"], word: "KAyyyyMM"),
        .init(
            name: "no metadata", archive: Archive().without("METADATA.XML"), violations: ["XDM-001"],
            warnings: ["XDM-002", "XDM-002"], information: ["XDM-008"], word: "IHE_XDM/SS000001/METADATA.XML"),
        .init(
            name: "metadata that are no XML",
            archive: Archive().without("METADATA.XML").with(Archive.folder + "METADATA.XML", "<a>"),
            verdict: .fail),
        .init(
            name: "metadata that are other XML",
            archive: Archive().without("METADATA.XML").with(Archive.folder + "METADATA.XML", "<a/>"),
            violations: ["XDM-001"], word: "ebRIM 3.0"),
        .init(
            name: "no index", archive: Archive().without("INDEX.HTM"), warnings: ["XDM-002"], word: "INDEX.HTM"),
        .init(
            name: "a member that is not there", archive: Archive().without("KOS_1_1.DCM"), violations: ["XDM-003"],
            word: "KOS_1_1.DCM"),
        .init(name: "no URI", archive: Archive { $0.entries[0].uri = nil }, violations: ["XDM-003"], word: "URI"),
        .init(
            name: "a URI that leads out", archive: Archive { $0.entries[0].uri = "../../../etc/passwd" },
            violations: ["XDM-003"], word: "etc/passwd"),
        .init(
            name: "a wrong hash", archive: Archive { $0.entries[1].hash = String(repeating: "0", count: 40) },
            violations: ["XDM-004"], word: "0000000000"),
        .init(
            name: "a wrong size", archive: Archive { $0.entries[1].size = "7" }, violations: ["XDM-004"], word: "7"),
        .init(
            name: "a long name in small letters", archive: Archive().with(Archive.folder + "rapport-complet.xhtml"),
            warnings: ["XDM-005"], word: "rapport-complet.xhtml"),
        .init(
            name: "CR.TXT of three fields",
            archive: Archive().without("CR.TXT").with(Archive.folder + "CR.TXT", "1.2.3;A1;2790"),
            warnings: ["XDM-006"], word: "cdaRoot;cdaExt"),
        .init(
            name: "CR.TXT without OID",
            archive: Archive().without("CR.TXT").with(Archive.folder + "CR.TXT", "moi;A;1;1.2;1.2;2"),
            warnings: ["XDM-006"], word: "moi"),
        // The archive itself: refused whole, nothing of it is written or followed.
        .init(
            name: "a path that climbs", archive: Archive().with("../../evil"), violations: ["xdm.archive"],
            word: "../../evil"),
        .init(
            name: "an absolute path", archive: Archive().with("/etc/cron.d/x"), violations: ["xdm.archive"],
            word: "/etc/cron.d/x"),
        .init(
            name: "a symbolic link", archive: Archive().with("KA202601/LINK", "/etc/passwd") { $0.mode = 0xA1FF },
            violations: ["xdm.archive"], word: "link"),
        .init(
            name: "a declared gigabyte",
            archive: Archive().with("KA202601/BIG") {
                $0.declaredSize = 1 << 30
                $0.method = 8
            }, word: "KA202601/BIG", verdict: .inconclusive),
        .init(
            name: "ZIP64", archive: Archive().with("KA202601/BIG") { $0.declaredSize = 0xFFFF_FFFF }, word: "ZIP64",
            verdict: .inconclusive),
        .init(
            name: "a stream that unpacks to more than it declares",
            archive: Archive().with("KA202601/BOMB", String(repeating: "a", count: 10)) {
                // 1,000 times `a`, deflated.
                $0.packed = [0x4B, 0x4C, 0x1C, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0x00]
                $0.method = 8
            }, violations: ["xdm.archive"], word: "KA202601/BOMB"),
        .init(
            name: "a name twice", archive: Archive().with("KA202601/README.TXT"), violations: ["xdm.archive"],
            word: "twice"),
        .init(
            name: "encryption", archive: Archive().with("KA202601/SECRET") { $0.flags = 1 },
            violations: ["xdm.archive"], word: "encrypted"),
        .init(
            name: "a damaged member", archive: Archive().with("KA202601/BAD") { $0.checksum = 7 },
            violations: ["xdm.archive"], word: "checksum"),
    ]
}

@Suite("Captured archives (XDM)")
struct ArchiveValidationTests {
    private func judge(_ bytes: [UInt8], level: JudgementLevel = .run) async throws -> FileJudgement {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.level = level
        return await (try FileValidator(options)).validate(bytes, name: "exam.zip")
    }

    @Test("What is told of each archive", arguments: ArchiveCase.all)
    fileprivate func archives(_ test: ArchiveCase) async throws {
        let judgement = try await judge(test.archive.bytes)
        #expect(judgement.kind == .xdm)
        let findings = judgement.layers.filter { ["zip", "xdm"].contains($0.layer) }.flatMap(\.findings)
        func checks(_ severity: Severity) -> [String] { findings.filter { $0.severity == severity }.map(\.check) }
        #expect(checks(.violation) == test.violations)
        #expect(checks(.warning) == test.warnings)
        #expect(checks(.information) == test.information)
        let layers = judgement.layers.filter { ["zip", "xdm"].contains($0.layer) }
        #expect(test.word.isEmpty || "\(findings) \(layers)".contains(test.word))
        #expect(findings.allSatisfy { $0.place != nil || $0.check == "xdm.archive" })
        #expect(
            judgement.verdict == test.verdict ?? (test.violations.isEmpty ? .pass : .fail), "\(judgement.layers)")
        #expect(!"\(judgement)".contains("root:x:0"))
    }

    @Test("Metadata that are no XML are told once, with the line and the cause")
    func unreadableMetadata() async throws {
        let archive = Archive().without("METADATA.XML").with(Archive.folder + "METADATA.XML", "<a>\n<b>\n</a>")
        let violations = try await judge(archive.bytes).layers.flatMap(\.findings).filter { $0.severity == .violation }
        #expect(violations.map(\.check) == ["xml.malformed"])
        #expect(violations.first?.place?.object == Archive.folder + "METADATA.XML")
        #expect(violations.first?.message.en.contains("line 3") == true)
    }

    @Test("A limit of the tool is told as its own, in both languages, and no fault is found")
    func limit() async throws {
        let judgement = try await judge(Archive().with("BIG") { $0.declaredSize = 0xFFFF_FFFF }.bytes)
        let layer = try #require(judgement.layers.first)
        #expect(judgement.layers.count == 1 && layer.verdict == .inconclusive && layer.findings.isEmpty)
        #expect(layer.reason?.fr.contains("limite de l'outil") == true && layer.reason?.fr.contains("which") == false)
        #expect(layer.reason?.en.contains("limit of the tool") == true)
        #expect(layer.reason?.en.contains("name the folder") == false)
    }

    @Test("A second submission set is judged as the first, at its own metadata")
    func secondSet() async throws {
        func archive(_ bend: (inout Submission) -> Void) -> Archive {
            let other = Archive(bend)
            var whole = Archive()
            for item in other.items where String(decoding: item.name, as: UTF8.self).contains("SS000001/") {
                let name = String(decoding: item.name, as: UTF8.self).replacing("SS000001", with: "SS000002")
                let content =
                    String(decoding: item.content, as: UTF8.self).contains("RegistryObjectList")
                    ? Array(
                        String(decoding: item.content, as: UTF8.self).replacing("SS000001/", with: "SS000002/").utf8)
                    : item.content
                var copy = TestZip.Item(name, content)
                copy.mode = item.mode
                whole.items.append(copy)
            }
            return whole
        }
        let right = try await judge(archive { _ in }.bytes)
        #expect(right.verdict == .pass, "\(right.layers)")
        #expect(right.layers.contains { $0.layer == "xdm:SS000002" && $0.verdict == .pass })
        #expect(right.layers.contains { $0.layer == "metadata:SS000002" && $0.verdict == .pass })
        let wrong = try await judge(archive { $0.entries[1].hash = String(repeating: "0", count: 40) }.bytes)
        let found = wrong.layers.flatMap(\.findings).filter { $0.severity == .violation }
        #expect(found.map(\.check) == ["XDM-004"] && wrong.verdict == .fail)
        #expect(found.first?.place?.object?.contains("SS000002/METADATA.XML") == true)
    }

    @Test("The documents of an archive are judged as in a message, each finding at its member")
    func documents() async throws {
        var archive = Archive()
        let text = String(decoding: Archive.exam.reportBytes(), as: UTF8.self)
            .replacing("<realmCode code=\"FR\"/>", with: "<realmCode code=\"FR\" other=\"\"/>")
        archive.items[3].content = Array(text.utf8)
        let judgement = try await judge(archive.bytes)
        let names = judgement.layers.map(\.layer)
        #expect(names.contains("kos") && names.contains("cda:xsd") && names.contains("metadata"))
        let findings = judgement.layers.filter { $0.layer.hasPrefix("cda:") }.flatMap(\.findings)
        #expect(findings.contains { $0.severity == .violation && $0.place?.part == Archive.folder + "CR.XML" })
    }

    @Test("No cut or changed byte makes it trap or read what is outside")
    func damaged() async throws {
        let whole = TestZip.bytes(Archive().without("CR.XML").without("KOS_1_1.DCM").items)
        let validator = try await FileValidator(FileValidator.Options(dataRoot: Checkout.root))
        for index in stride(from: 0, to: whole.count, by: 97) {
            var bytes = whole
            bytes[index] ^= 0x55
            for damaged in [bytes, Array(whole.prefix(index))] {
                let judgement = await validator.validate(damaged, name: "x")
                #expect(!judgement.layers.isEmpty)
            }
        }
    }
}
