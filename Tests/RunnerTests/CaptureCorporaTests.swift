import Conformance
import Foundation
import Signatures
import TestSupport
import Testing
import XML

@testable import Runner

/// One official sample, and what a capture of it must be called.
private struct Sample: Sendable, CustomTestStringConvertible {
    let path: String
    let kind: FileKind
    var profile = JudgementProfile.dim
    /// The warnings, no more and no fewer; why each is none but a warning is said in `reasons`.
    var warnings: Set<String> = []
    /// The layers that did not run, with a word of the reason.
    var silent: [String: String] = [:]
    var violations: [String] = []
    var testDescription: String { path }

    /// Why an official sample may have each of these: facts of the profile, section 10.
    static let reasons: [String: String] = [
        "mtom.no-http-header": "the file has no HTTP head: boundary, type and start cannot be judged",
        "mtom.line-ends-lf": "trap 11: the demonstrator writes LF, and the copy was stored with LF",
        "mtom.indented-delimiter": "the published file is indented for reading",
        "mtom.indented-header": "the published file is indented for reading",
        "mtom.root-leading-blanks": "the published file is indented for reading",
        "mtom.part-action": "the demonstrator names the action of the root part otherwise",
        "mtom.transfer-encoding-base64": "trap 11: the demonstrator sends the KOS in base64",
        "soap.must-understand-unqualified": "trap 12: the attribute has no namespace",
        "xsd.violation": "the referenceIdList slot stands after the classifications, against rim.xsd",
        "xds.slot-order": "the referenceIdList slot stands after the classifications, against rim.xsd",
        "xml.prefix-unbound": "METADATA.XML declares neither its prefix nor a default namespace",
        "xds.identifier-scheme": "METADATA.XML has an identifier of the scheme 1.2.3",
        "PNR-013": "trap 20: the KOS entry is of PAT-HUIT, the submission set of another INS",
        "PNR-023": "the signature part was indented after it was hashed",
        "PNR-024": "the signature part was indented after it was counted",
        "PNR-025": "trap 33: the digits are local time, the KOS has an offset",
        "PNR-029": "the older samples have no region of the value set",
        "PNR-030": "trap 17: the older samples write the OID of the value set",
        "PNR-037": "the signature's entry repeats the INS as local identifier",
        "PNR-039": "the entry has another birth place than the KOS",
        "PNR-046": "serviceStartTime and serviceStopTime end with +0100",
        "PNR-048": "trap 19: classifications of the KOS entry name Signature01",
        "PNR-049": "trap 19: ids stand twice",
        "PNR-053": "the signature part was indented after it was signed",
        "KOS-016": "the institution's name has no identifier after it",
        "KOS-018": "the patient PAT-SIX has a family name alone",
        "KOS-035": "no template is named", "KOS-046": "the demonstrator's address is http://localhost",
        "KOS-048": "trap 9: the demonstrator's address is http://localhost",
        "KOS-049": "the Retrieve Location UID, which RAD-69 alone needs, is absent",
    ]

    private static let envelope: [String: String] = [
        "http": "HTTP headers", "signature": "masked", "chain": "no certificate", "value-sets": "no official kit",
    ]
    private static let lists = "drim-m/informatif/listeblanche/"
    private static let trust = ["chain": "--trust"]

    static let all: [Sample] = french + metadata + others

    private static let french: [Sample] = [
        Sample(
            path: "drim-m/informatif/XDS/publication.xml", kind: .mtom,
            warnings: [
                "mtom.indented-delimiter", "mtom.indented-header", "mtom.line-ends-lf", "mtom.no-http-header",
                "mtom.part-action", "mtom.root-leading-blanks", "mtom.transfer-encoding-base64",
                "soap.must-understand-unqualified", "xsd.violation", "xds.slot-order", "PNR-023", "PNR-024", "PNR-025",
                "PNR-037", "PNR-039", "PNR-053", "KOS-016", "KOS-018", "KOS-035", "KOS-046", "KOS-048", "KOS-049",
            ], silent: envelope.merging(["xades": "changed after", "xades:chain": "--trust"]) { $1 }),
        Sample(
            path: "drim-m/informatif/XDM/KA202401/IHE_XDM/SS000001/METADATA.XML", kind: .metadata,
            warnings: [
                "xml.prefix-unbound", "xsd.violation", "xds.slot-order", "xds.identifier-scheme", "PNR-029", "PNR-030",
                "PNR-037",
            ], silent: ["value-sets": "no official kit"]),
        Sample(
            path: "drim-m/Echantillons validateurs/Cross-validateur/Echantillons de validation/XDS.xml", kind: .soap,
            warnings: [
                "soap.must-understand-unqualified", "xsd.violation", "xds.slot-order", "PNR-013", "PNR-030", "PNR-037",
                "PNR-046", "PNR-049",
            ], silent: envelope),
        Sample(
            path: "drim-m/test a blanc/Cross-validateur/OK_HL7_XDS_invisible_masque/Metadata_invisible_masque.xml",
            kind: .soap,
            warnings: [
                "soap.must-understand-unqualified", "xsd.violation", "xds.slot-order", "PNR-013", "PNR-030", "PNR-037",
                "PNR-046", "PNR-048", "PNR-049",
            ], silent: envelope),
        Sample(
            path: lists + "LISTEBLANCHE_DRIM-M_NONSIGNEE_TEST_.xml", kind: .whitelist,
            silent: ["chain": "no signature"], violations: ["WL-003"]),
        Sample(path: lists + "LISTEBLANCHE_DRIM-M_TEST_SIGNEE.xml", kind: .whitelist, silent: trust),
        Sample(
            path:
                "drim-m/Referencement DRIMBox/Liste blanche TEST/Liste blanche signee/LISTEBLANCHE_DRIM-M_SIGNEE_TEST_.xml",
            kind: .whitelist, silent: trust),
    ]

    private static let metadata: [Sample] = ["ids_4801", "ids_4802"].flatMap { step in
        [
            Sample(path: "nist/testkit/\(step)/ValidateMetadata/metadata.xml", kind: .metadata, profile: .ihe),
            Sample(path: "nist/testkit/\(step)/SelftestPnR/metadata.xml", kind: .metadata, profile: .ihe),
        ]
    }

    /// ebRIM 2.1: named, not judged.
    private static let others: [Sample] = [
        "11966/submit/single_doc.xml", "11979/submit/two_doc.xml", "11986/submit/single_doc.xml",
        "11986/single_doc.xml", "12084/submit/two_doc.xml", "PnrXop/Xop/single_doc.xml", "PnrXop/NoXop/single_doc.xml",
        "PnrXop/encodedURL/single_doc.xml", "ids_4801/selftest-pnr/metadata.xml", "ids_4802/selftest-pnr/metadata.xml",
    ].map { path in
        Sample(
            path: "nist/testkit/" + path, kind: .metadata, profile: .ihe, silent: ["xsd": "2.1", "metadata": "2.1"])
    }
}

@Suite(
    "Official samples as captures",
    .enabled(if: Corpora.has("drim-m/informatif") && Corpora.has("nist/testkit"), Comment(rawValue: Corpora.absence)))
struct CaptureCorporaTests {
    /// Within the life of the certificate that the official whitelists were signed with: 1 June 2026.
    private static let signed = Date(timeIntervalSince1970: 1_780_315_200)

    private func judge(_ bytes: [UInt8], _ name: String, _ change: (inout FileValidator.Options) -> Void) async throws
        -> FileJudgement
    {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        change(&options)
        return await (try FileValidator(options)).validate(bytes, name: name)
    }

    private func checks(_ judgement: FileJudgement, _ severity: Severity) -> [String] {
        judgement.layers.flatMap(\.findings).filter { $0.severity == severity }.map(\.check)
    }

    @Test(
        "Each sample has the errors, warnings and silent layers that are known, each explained", arguments: Sample.all)
    fileprivate func sample(_ sample: Sample) async throws {
        let judgement = try await judge(try Corpora.bytes(sample.path), sample.path) {
            $0.profile = sample.profile
            if sample.kind == .whitelist { $0.signatures.at = Self.signed }
        }
        #expect(judgement.kind == sample.kind)
        #expect(checks(judgement, .violation) == sample.violations)
        let warnings = Set(checks(judgement, .warning))
        #expect(warnings == sample.warnings)
        #expect(warnings.allSatisfy { Sample.reasons[$0] != nil })
        let silent = judgement.layers.filter { $0.verdict == .notRun }
        #expect(Set(silent.map(\.layer)) == Set(sample.silent.keys))
        for layer in silent {
            let word = try #require(sample.silent[layer.layer])
            #expect(layer.reason?.en.contains(word) == true, "\(layer.layer): \(layer.reason?.en ?? "no reason")")
            #expect(layer.reason?.fr.isEmpty == false && layer.reason?.fr != layer.reason?.en)
        }
        let expected: Verdict = sample.violations.isEmpty ? (sample.silent["metadata"] == nil ? .pass : .notRun) : .fail
        #expect(judgement.verdict == expected)
    }

    @Test(
        "NIST's messages have no error by IHE's profiles, and the one without XOP has exactly PNR-008",
        arguments: [("Xop", []), ("encodedURL", []), ("dicom", []), ("NoXop", ["PNR-008"])])
    func packages(_ step: String, _ expected: [String]) async throws {
        let plan = String(decoding: try Corpora.bytes("nist/testkit/PnrXop/\(step)/testplan.xml"), as: UTF8.self)
        let line = try #require(plan.split(whereSeparator: \.isNewline).first { $0.contains("Content-Type:") })
        let head = "POST /repository HTTP/1.1\r\n\(line.trimmingCharacters(in: .whitespaces))\r\n\r\n"
        let bytes = Array(head.utf8) + (try Corpora.bytes("nist/testkit/PnrXop/\(step)/body.txt"))
        let judgement = try await judge(bytes, step) { $0.profile = .ihe }
        #expect(checks(judgement, .violation) == expected)
        #expect(judgement.layers.allSatisfy { $0.verdict != .notRun })
    }

    @Test("The signer of the official whitelists is named, and out of its certificate's life the list fails")
    func signer() async throws {
        for sample in Sample.all where sample.kind == .whitelist && sample.violations.isEmpty {
            let bytes = try Corpora.bytes(sample.path)
            let document = try Document(parsing: bytes)
            let report = SignatureVerifier(at: Self.signed).verifyBaseline(document.documentElement)
            let subject = try #require(report.signer?.subject.description)
            #expect(subject.contains("CN=Liste Blanche DRIM-M") && subject.contains("OU=318751275100020"))
            #expect(!report.references.isEmpty && report.references.allSatisfy { $0.isDigestRight == true })
            let late = try await judge(bytes, sample.path) { $0.signatures.at = Date(timeIntervalSince1970: 4e9) }
            #expect(checks(late, .violation) == ["WL-006"])
            let other = try await judge(bytes, sample.path) {
                $0.signatures.at = Self.signed
                $0.signatures.trust = SignatureTrust(pem: (try? SigningFiles.shared.bytes("ca.pem")) ?? [])
            }
            #expect(checks(other, .violation) == ["WL-002"])
        }
    }
}
