import Conformance
import DICOM
import Foundation
import TestSupport
import Testing
import XML

@testable import Checks

/// Manifests that other tools wrote, judged as captured files.
@Suite struct KOSCorporaTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let path: String
        let violations: [String]
        let warnings: [String]
        var testDescription: String { path }
    }

    static let samples = [
        Sample(
            path: "drim-m/test a blanc/Cross-validateur/OK_Cas_Passant/KOS_OK.xml", violations: [],
            warnings: ["KOS-035", "KOS-046", "KOS-071"]),
        Sample(
            path: "drim-m/informatif/KIN/Manifest_KOS.xml", violations: [],
            warnings: ["KOS-035", "KOS-046", "KOS-048", "KOS-049", "KOS-061", "KOS-062"]),
        Sample(
            path: "drim-m/_derived/publication_KOS.dcm", violations: [],
            warnings: ["KOS-016", "KOS-018", "KOS-035", "KOS-046", "KOS-048", "KOS-049"]),
        Sample(
            path: "drimbox/kos.dcm", violations: ["KOS-015", "KOS-017", "KOS-025", "KOS-026", "KOS-074"],
            warnings: [
                "KOS-014", "KOS-016", "KOS-018", "KOS-024", "KOS-027", "KOS-035", "KOS-041", "KOS-046", "KOS-048",
                "KOS-049", "KOS-058", "KOS-069", "KOS-071",
            ]),
        Sample(
            path: "nist/testkit/ids_4801/ValidateKOS/kos.dcm",
            violations: ["KOS-013", "KOS-019", "KOS-020", "KOS-021", "KOS-036", "KOS-045"],
            warnings: ["KOS-014", "KOS-016", "KOS-024", "KOS-027", "KOS-058"]),
        Sample(
            path: "nist/testkit/ids_4802/SelftestPnR/kos_modified.dcm",
            violations: ["KOS-004", "KOS-013", "KOS-019", "KOS-020", "KOS-021", "KOS-036", "KOS-045"],
            warnings: ["KOS-014", "KOS-016", "KOS-024", "KOS-027", "KOS-058"]),
    ]

    @Test(
        "Manifests of other tools break exactly the rules that are known",
        .enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absence)), arguments: samples)
    func sample(_ sample: Sample) throws {
        guard Corpora.has(sample.path) else { return }
        let bytes = try Corpora.bytes(sample.path)
        let subject =
            try sample.path.hasSuffix(".xml")
            ? ManifestSubject(reading: try Dump(bytes).file().serialized()) : ManifestSubject(reading: bytes)
        func broken(_ severity: Severity) -> [String] {
            Set(findings(ManifestRules.all, subject, severity, .capture).map { String($0.prefix(7)) }).sorted()
        }
        #expect(
            broken(.violation) == sample.violations, "\(findings(ManifestRules.all, subject, .violation, .capture))")
        #expect(broken(.warning) == sample.warnings, "\(findings(ManifestRules.all, subject, .warning, .capture))")
    }

    /// The XML that DCMTK's dcm2xml writes of a file.
    private struct Dump {
        let document: Document

        /// The dumps declare ISO-8859-1, but were saved as UTF-8 since, one of them without its accents.
        init(_ bytes: [UInt8]) throws {
            let text = String(decoding: bytes, as: UTF8.self)
                .replacingOccurrences(of: "ISO-8859-1", with: "UTF-8").replacingOccurrences(of: "\u{FFFD}", with: "é")
            document = try Document(parsing: Array(text.utf8))
        }

        func file() throws -> DICOMFile {
            let root = document.documentElement
            let body = root.first("data-set", in: "") ?? root
            var file = DICOMFile(
                dataSet: dataSet(body, .latin1),
                transferSyntax: body.attribute("xfer") ?? UID.explicitLittleEndian)
            if let meta = root.first("meta-header", in: "") {
                file.meta.set(.mediaStorageSOPClassUID, dataSet(meta, .ascii).string(.mediaStorageSOPClassUID) ?? "")
            }
            return file
        }

        private func dataSet(_ node: Node, _ characterSet: SpecificCharacterSet) -> DataSet {
            var result = DataSet(characterSet: characterSet)
            for child in node.children {
                guard let tag = child.attribute("tag").flatMap({ DICOM.Tag($0) }) else { continue }
                if child.localName == "sequence" {
                    result.set(tag, items: child.elements("item", in: "").map { dataSet($0, characterSet) })
                } else if tag != .fileMetaInformationGroupLength {
                    let vr = child.attribute("vr").flatMap { VR(rawValue: $0) }
                    // An editor has broken the long text into lines.
                    let text = child.stringValue.replacing(#/\n +/#, with: tag == .textValue ? " " : "\n")
                    result.set(tag, text, vr: vr)
                }
            }
            return result
        }
    }
}
