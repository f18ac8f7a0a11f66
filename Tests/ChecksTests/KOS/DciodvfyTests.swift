import Conformance
import DICOM
import Foundation
import TestSupport
import Testing

@testable import Checks

/// What dciodvfy says of a file, an error a value.
struct DciodvfyError: Hashable, CustomStringConvertible {
    let line: String
    /// The attribute that it names.
    let tag: Tag
    /// `1`, `1C`, `2`, `2C`; nil where the error is of a value.
    let type: String?

    var description: String { line }

    /// An error of a type or of a value's form; nil for any other line.
    init?(_ line: Substring) {
        guard line.hasPrefix("Error - ") else { return nil }
        self.line = String(line)
        if let match = line.firstMatch(of: #/Type (1C?|2C?) .*Element=<(\w+)>/#),
            let tag = DataDictionary.tag(String(match.2))
        {
            self.tag = tag
            type = String(match.1)
        } else if let match = line.firstMatch(of: #/(?:for this VR|Attribute) - \(0x([0-9a-f]{4}),0x([0-9a-f]{4})\)/#),
            let tag = Tag("\(match.1),\(match.2)")
        {
            self.tag = tag
            type = nil
        } else {
            return nil
        }
    }

    static func all(_ bytes: [UInt8]) throws -> [DciodvfyError] {
        let text = try Tool.withFile(bytes) { try Tool.run(["dciodvfy", "-profile", "IHEXDSIManifest", $0]).text }
        return text.split(separator: "\n").compactMap { DciodvfyError($0) }
    }
}

/// A manifest with one thing changed.
struct ManifestMutant: Sendable, CustomTestStringConvertible {
    let name: String
    let file: DICOMFile
    var testDescription: String { name }

    init(_ name: String, _ file: DICOMFile) { (self.name, self.file) = (name, file) }

    static let absent = RichManifest.paths.map { ManifestMutant("\($0) absent", RichManifest.without($0)) }
    static let empty = RichManifest.paths.map { ManifestMutant("\($0) empty", RichManifest.emptied($0)) }

    /// Texts that no representation of the element takes.
    static let values: [ManifestMutant] = RichManifest.paths.flatMap { path -> [ManifestMutant] in
        guard let tag = path.tag else { return [] }
        let texts: [String] =
            switch DataDictionary.vr(tag) {
            case .DA: ["2026-01-15", "20261332", "20260229"]
            case .TM: ["10:15:00x", "256100", "20260115"]
            case .IS: ["A1", "1.5", "9999999999999"]
            case .CS: ["lower", "LONGER THAN SIXTEEN CHARACTERS"]
            case .SH: ["longer than sixteen characters"]
            case .LO: [String(repeating: "X", count: 65)]
            case .AE: ["LONGER THAN SIXTEEN"]
            case .UI: ["1.2.A", "1..2", "1.02.3", String(repeating: "1.23", count: 20)]
            case .PN: [String(repeating: "N", count: 65) + "^A"]
            case _: []
            }
        return texts.map { text in
            ManifestMutant("\(path) = \(text)", RichManifest.edited(path) { $0.set($1, text) })
        }
    }

    /// Elements under another representation.
    static let representations: [ManifestMutant] = [
        (Tag.institutionName, VR.CS), (.studyDate, .TM), (.seriesTime, .DA), (.accessionNumber, .LO),
        (.patientName, .LO), (.studyID, .UN), (.modality, .SH), (.seriesNumber, .DS), (.patientSex, .LO),
        (.contentTime, .DA), (.manufacturer, .SH), (.patientBirthDate, .LO),
    ].compactMap { tag, vr in
        guard let value = RichManifest.file().dataSet[tag]?.value else { return nil }
        return ManifestMutant(
            "\(tag) as \(vr.rawValue)",
            RichManifest.edited(TagPath([], tag)) { $0.set(DataElement($1, vr, value)) })
    }
}

@Suite("Manifests by dciodvfy and by us", .enabled(if: Tool.has("dciodvfy"), Tool.absence)) struct DciodvfyTests {
    /// Attributes of which one is demanded: dciodvfy names every one, we the first (PS3.3, 8.8 and 10.17).
    private static let alternatives: [Tag: Tag] = [
        Tag(0x0008, 0x0119): .codeValue, Tag(0x0008, 0x0120): .codeValue,
        .localNamespaceEntityID: .universalEntityID, .universalEntityIDType: .universalEntityID,
    ]

    /// The errors of dciodvfy on attributes that no finding of ours names, at either profile.
    ///
    /// What it says of characters follows from a character set that it does not know: we name that set.
    private func missed(_ bytes: [UInt8]) throws -> [String] {
        let errors = Set(try DciodvfyError.all(bytes))
        return try JudgementProfile.allCases.flatMap { profile -> [String] in
            var subject = try ManifestSubject(reading: bytes)
            subject.context.profile = profile
            let rules = ManifestRules.all.filter { profile.holds($0.descriptor) }
            let named = Set(
                rules.flatMap { $0.judge(subject, level: .run).findings }.compactMap { finding in
                    finding.place?.tag.flatMap { Tag($0.suffix(11)) }
                })
            return errors.filter { !$0.line.contains("character repertoire") }
                .filter { !named.contains($0.tag) && !named.contains(Self.alternatives[$0.tag] ?? $0.tag) }.map {
                    "\(profile): \($0.line)"
                }.sorted()
        }
    }

    @Test("The manifest from which the mutants are made has no error of either")
    func base() throws {
        let bytes = RichManifest.file().serialized()
        #expect(try DciodvfyError.all(bytes) == [])
        let subject = try ManifestSubject(reading: bytes)
        for severity in Severity.allCases { #expect(findings(ManifestRules.all, subject, severity) == []) }
    }

    @Test("An attribute that dciodvfy misses is missed by us", arguments: ManifestMutant.absent)
    func absent(_ mutant: ManifestMutant) throws {
        let missed = try missed(mutant.file.serialized())
        #expect(missed == [])
    }

    @Test("A value that dciodvfy misses is missed by us", arguments: ManifestMutant.empty)
    func empty(_ mutant: ManifestMutant) throws {
        let missed = try missed(mutant.file.serialized())
        #expect(missed == [])
    }

    @Test("A value that dciodvfy refuses is refused by us", arguments: ManifestMutant.values)
    func values(_ mutant: ManifestMutant) throws {
        let missed = try missed(mutant.file.serialized())
        #expect(missed == [])
    }

    @Test("A representation that dciodvfy refuses is refused by us", arguments: ManifestMutant.representations)
    func representations(_ mutant: ManifestMutant) throws {
        let missed = try missed(mutant.file.serialized())
        #expect(missed == [])
    }

    @Test("The mutants show much to dciodvfy, of every type")
    func coverage() throws {
        let all = ManifestMutant.absent + ManifestMutant.empty
        var types: [String: Int] = [:]
        for mutant in all {
            for type in Set(try DciodvfyError.all(mutant.file.serialized()).compactMap(\.type)) {
                types[type, default: 0] += 1
            }
        }
        #expect(all.count >= 150)
        #expect(
            types["1", default: 0] >= 40 && types["2", default: 0] >= 15 && types["1C", default: 0] >= 5, "\(types)")
    }
}
