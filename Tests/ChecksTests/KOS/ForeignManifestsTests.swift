import Conformance
import DICOM
import Foundation
import TestSupport
import Testing

@testable import Checks

/// Manifests of other tools: what dciodvfy says of each, and the rule by which we say it.
@Suite("Manifests of other tools by dciodvfy, dcmdump and us") struct ForeignManifestsTests {
    struct Said: Sendable {
        /// The attribute and the type that dciodvfy names; `VR` for the form of a value.
        let tag: String, type: String
        let rule: String
        /// Why the file is so.
        let reason: String

        init(_ tag: String, _ type: String, _ rule: String, _ reason: String) {
            (self.tag, self.type, self.rule, self.reason) = (tag, type, rule, reason)
        }
    }

    struct Sample: Sendable, CustomTestStringConvertible {
        let path: String
        let said: [Said]
        /// The violations that are left where the national rules are left out.
        let violations: [String]
        var testDescription: String { path }
    }

    private static let series = "(0040,A375)[1]/(0008,1115)[1]/"
    private static let request = "(0040,A370)[1]/"

    static let samples =
        [
            Sample(
                path: "drimbox/kos.dcm",
                said: [
                    Said("(0008,0031)", "VR", "KOS-071", "the demonstrator writes the date of the series as its time"),
                    Said("(0010,1002)[1]/(0010,0022)", "1", "KOS-069", "its item of other identifiers has no type"),
                    Said("(0008,0050)", "2", "KOS-015", "it leaves the accession number out of the root"),
                    Said("(0008,1111)", "2", "KOS-017", "it leaves the performed procedure steps out"),
                    Said(request + "(0008,1110)", "2", "KOS-041", "its request has the order numbers alone"),
                    Said(request + "(0040,2017)", "2", "KOS-041", "its request has the order numbers alone"),
                    Said(request + "(0040,1001)", "2", "KOS-041", "its request has the order numbers alone"),
                    Said(request + "(0032,1060)", "2", "KOS-041", "its request has the order numbers alone"),
                    Said(request + "(0032,1064)", "2", "KOS-041", "its request has the order numbers alone"),
                    Said("(0040,A160)", "1C", "KOS-074", "it writes the description at the root, not in the tree"),
                    Said(series + "(0008,0054)", "1", "KOS-050", "France has no AE title to give"),
                    Said(series + "(0040,E011)", "1", "KOS-049", "the demonstrator answers WADO-RS alone"),
                ], violations: ["KOS-015", "KOS-017", "KOS-074"]),
            Sample(
                path: "drim-m/_derived/publication_KOS.dcm",
                said: [
                    Said(series + "(0008,0054)", "1", "KOS-050", "France has no AE title to give"),
                    Said(series + "(0040,E011)", "1", "KOS-049", "the sample is of a source without RAD-69"),
                ], violations: []),
        ]
        + [
            "ids_4801/ValidateKOS", "ids_4801/SelftestPnR", "ids_4801/selftest-pnr", "ids_4802/ValidateKOS",
            "ids_4802/SelftestPnR",
        ].map { Sample(path: "nist/testkit/\($0)/kos.dcm", said: [], violations: []) }
        + ["ids_4801", "ids_4802"].map {
            Sample(path: "nist/testkit/\($0)/SelftestPnR/kos_modified.dcm", said: [], violations: ["KOS-004"])
        }

    @Test(
        "Each error of dciodvfy is one of ours, and IHE's rules refuse no good manifest of NIST",
        .enabled(if: Corpora.root != nil && Tool.has("dciodvfy"), Comment(rawValue: Corpora.absence)),
        arguments: samples)
    func explained(_ sample: Sample) throws {
        try #require(Corpora.has(sample.path))
        let bytes = try Corpora.bytes(sample.path)
        let theirs = Set(try DciodvfyError.all(bytes).map { "\($0.tag) \($0.type ?? "VR")" })
        #expect(theirs == Set(sample.said.map { "\($0.tag.suffix(11)) \($0.type)" }))
        var subject = try ManifestSubject(reading: bytes)
        for profile in JudgementProfile.allCases {
            subject.context.profile = profile
            let rules = ManifestRules.all.filter { profile.holds($0.descriptor) }
            let ours = rules.flatMap { $0.judge(subject, level: .capture).findings }
            for said in sample.said {
                #expect(
                    ours.contains { $0.check == said.rule && $0.place?.tag == said.tag },
                    "\(profile): \(said.tag): \(said.reason)")
            }
            guard profile == .ihe else { continue }
            #expect(Set(ours.filter { $0.severity == .violation }.map(\.check)).sorted() == sample.violations)
        }
    }

    @Test(
        "dcmdump names the elements that we read, in their order",
        .enabled(if: Corpora.root != nil && Tool.has("dcmdump"), Comment(rawValue: Corpora.absence)),
        arguments: samples)
    func dumped(_ sample: Sample) throws {
        try #require(Corpora.has(sample.path))
        let bytes = try Corpora.bytes(sample.path)
        let text = try Tool.run(["dcmdump", "-q", "+L", "-Un", Corpora.url(sample.path).path]).text
        let theirs = text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("(") }
            .map { $0.prefix(11).uppercased() }.filter { !$0.hasPrefix("(FFFE") }
        let file = try DICOMFile(reading: bytes)
        let ours = (file.meta.describe(limit: .max).lines + file.dataSet.describe(limit: .max).lines)
            .map(\.tag.description).filter { !$0.hasPrefix("(FFFE") }
        #expect(theirs == ours)
        #expect(ours.count > 40)
    }
}
