import Conformance
import Foundation
import Runner
import TestSupport
import Testing

/// What stands behind the values of a target file is looked at before anything is sent.
@Suite("Target files", .enabled(if: SigningFiles.isPossible, "the openssl command is absent"), .serialized)
struct TargetFileTests {
    private static let beginning = "target: t\nendpoints: {registry: 'https://a.example/'}\n"
    /// The keys of the tests are in force for 200 days.
    private static let later = Date().addingTimeInterval(300 * 86_400)

    private func load(_ text: String, at time: Date = Date()) throws -> (text: String, errors: [LoadError]) {
        setenv("CISIS_TEST_P12", SigningFiles.passphrase, 1)
        setenv("CISIS_TEST_WRONG", "wrong-passphrase", 1)
        let folder = try TemporaryFolder()
        _ = try folder.write("", to: "empty.pem")
        _ = try folder.write("hello", to: "text.pem")
        var text = Self.beginning + text + "\n"
        for name in [
            "drimbox.p12", "drimbox.pem", "drimbox.key", "locked.key", "stranger.pem", "stranger.key", "ca.pem",
        ] {
            text = text.replacing("@\(name)", with: SigningFiles.shared.path(name))
        }
        let path = try folder.write(text.replacing("¦", with: ""), to: "target.yaml")
        return (text, TargetFile.load(path: path, at: time).errors)
    }

    /// A mistake: its text with `¦` where the error is told, its message, and its advice.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let message: String
        let advice: String
        var isLater = false
        var testDescription: String { message }
    }

    static let values: [Mistake] = [
        Mistake(
            text: "patient: {ins: ¦\"279035121518990\"}",
            message: "the key of 'ins' is 90, that of its first 13 characters is 89",
            advice: "check the number; if it is invented, write 279035121518989"),
        Mistake(
            text: "patients: {nominal: {ins: ¦\"279035121518990\"}}",
            message: "the key of 'ins' is 90, that of its first 13 characters is 89", advice: "279035121518989"),
        Mistake(
            text: "patients: {closed: {ins: ¦\"279032A21518999\"}}", message: "the key of 'ins' is 99",
            advice: "279032A215189"),
        Mistake(text: "patient: {ins: ¦\"279034A21518999\"}", message: "a letter stands in it elsewhere", advice: "13"),
        Mistake(
            text: "patient: {ins: \"279035121518989\", authority: ¦1.2.250.1.71.4.2.1}",
            message: "'1.2.250.1.71.4.2.1' is no authority of the INS", advice: "1.2.250.1.213.1.4.8 (production)"),
        Mistake(
            text: "vihf: {professional: ¦\"99700367909\"}", message: "'professional' has the wrong form",
            advice: "8 and the RPPS"),
        Mistake(
            text: "vihf: {structure: ¦\"990000001\"}", message: "'structure' has the wrong form",
            advice: "1 and the FINESS"),
        Mistake(
            text: "vihf: {sector: ¦SA07^1.2.250.1.71.4.2.4}", message: "'sector' has the wrong form", advice: "SA07"),
        Mistake(text: "vihf: {profession: ¦Médecin}", message: "'profession' has the wrong form", advice: "10"),
        Mistake(
            text: "vihf: {profession: {code: ¦G15_10}}", message: "'profession' has the wrong form",
            advice: "two digits"),
        Mistake(text: "vihf: {specialty: ¦sm44}", message: "'specialty' has the wrong form", advice: "SM44"),
        Mistake(text: "vihf: {mode: ¦DIRECT}", message: "'mode' has the wrong form", advice: "INDIRECTE"),
        Mistake(text: "sourceId: ¦urn:oid:1.2.3", message: "'sourceId' must be an OID", advice: "without urn:oid:"),
        Mistake(text: "repositoryUniqueId: ¦1.02.3", message: "'repositoryUniqueId' must be an OID", advice: "numbers"),
    ]

    static let files: [Mistake] = [
        Mistake(
            text: "tls: {expired: {certificate: ¦@drimbox.pem, key: @drimbox.key}}",
            message: "'expired' names a certificate that is in force until", advice: "whose validity has ended"),
        Mistake(
            text: "tls: {expired: {p12: ¦@drimbox.p12, passphrase: {env: CISIS_TEST_P12}}}",
            message: "'expired' names a certificate that is in force until", advice: "leave 'expired' out"),
        Mistake(
            text: "tls: {certificate: ¦@drimbox.pem, key: @drimbox.key}", message: "the certificate expired on",
            advice: "in force", isLater: true),
        Mistake(
            text: "tls: {certificate: @drimbox.pem, key: ¦@stranger.key}",
            message: "the key 'stranger.key' is not that of the certificate 'drimbox.pem'", advice: "the key with which"
        ),
        Mistake(
            text: "tls: {certificate: ¦@drimbox.key, key: @drimbox.key}",
            message: "'drimbox.key' holds a private key, a certificate was expected", advice: "of the certificate"),
        Mistake(
            text: "tls: {certificate: @drimbox.pem, key: ¦@drimbox.pem}",
            message: "'drimbox.pem' holds no private key in PEM", advice: "of the key"),
        Mistake(
            text: "tls: {certificate: @drimbox.pem, key: ¦@locked.key}",
            message: "'locked.key' is locked by a passphrase, and none is given", advice: "{env: NAME}"),
        Mistake(
            text: "tls: {certificate: @drimbox.pem, key: @locked.key, passphrase: ¦{env: CISIS_TEST_WRONG}}",
            message: "the passphrase in CISIS_TEST_WRONG does not open 'locked.key'", advice: "the right one"),
        Mistake(
            text: "signing: {assertion: {p12: @drimbox.p12, passphrase: ¦{env: CISIS_TEST_WRONG}}}",
            message: "the passphrase in CISIS_TEST_WRONG does not open 'drimbox.p12'", advice: "the right one"),
        Mistake(
            text: "signing: {submission: {p12: ¦@drimbox.p12}}",
            message: "'drimbox.p12' is locked by a passphrase, and none is given", advice: "{env: NAME}"),
        Mistake(
            text: "signing: {submission: {p12: ¦@drimbox.pem}}", message: "'drimbox.pem' is no PKCS #12 file",
            advice: ".p12"),
        Mistake(
            text: "tls: {trust: ¦@drimbox.key}",
            message: "'drimbox.key' holds a private key, a certificate was expected", advice: "accepted authorities"),
        Mistake(
            text: "tls: {trust: ¦/dev/null}", message: "a folder or device stands at 'null'", advice: "name a file"),
        Mistake(text: "tls: {trust: ¦/tmp}", message: "a folder or device stands at 'tmp'", advice: "name a file"),
        Mistake(text: "tls: {trust: ¦empty.pem}", message: "'empty.pem' is empty", advice: "another"),
        Mistake(text: "tls: {trust: ¦text.pem}", message: "'text.pem' holds no certificate in PEM", advice: "PEM"),
        Mistake(
            text: "listen: {port: 8443, certificate: @drimbox.pem, key: ¦@stranger.key}",
            message: "the key 'stranger.key' is not that of", advice: "the key with which"),
        Mistake(
            text: "listen: {port: 8443, certificate: @drimbox.pem, key: ¦@locked.key}",
            message: "'locked.key' is locked by a passphrase", advice: "that is not locked"),
    ]

    @Test("A value that cannot be right is told at its place, with what to mend", arguments: values + files)
    func mistakes(_ mistake: Mistake) throws {
        let (text, errors) = try load(mistake.text, at: mistake.isLater ? Self.later : Date())
        let before = text.split(separator: "¦", maxSplits: 1)[0]
        let line = before.filter(\.isNewline).count + 1
        let column =
            (before.split(separator: "\n", omittingEmptySubsequences: false).last ?? "").unicodeScalars.count + 1
        #expect(errors.count == 1, "\(errors)")
        let error = try #require(errors.first)
        #expect(error.message.contains(mistake.message), "\(error)")
        #expect(error.advice?.contains(mistake.advice) == true, "\(error)")
        #expect("\(error.location.line):\(error.location.column)" == "\(line):\(column)", "\(error)")
        for word in ["wrong-passphrase", SigningFiles.passphrase, "mac verify", "OpenSSL", "bad decrypt"] {
            #expect(!error.description.contains(word))
        }
    }

    @Test(
        "Right values are taken",
        arguments: [
            "patient: {ins: '279035121518989'}\npatients: {absent: {ins: '279032A21518980', authority: 1.2.250.1.213.1.4.9}}",
            "vihf: {professional: '899700367909', structure: '499700367909006', sector: SA25, profession: '21', specialty: A}",
            "vihf: {professional: '0750012345', structure: '399999999900001', sector: SA07}",
            "vihf: {professional: 3990000001/ext-1, structure: '1990000001', profession: {code: ABC, system: 1.2.3}}",
            "vihf: {profession: '10', specialty: SM26, mode: INDIRECTE_RENFORCEE}",
            "tls: {certificate: @drimbox.pem, key: @drimbox.key, trust: @ca.pem}",
            "tls: {p12: @drimbox.p12, passphrase: {env: CISIS_TEST_P12}}",
            "tls: {certificate: @drimbox.pem, key: @locked.key, passphrase: {env: CISIS_TEST_P12}}",
            "signing: {assertion: {p12: @drimbox.p12, passphrase: {env: CISIS_TEST_UNSET}}}",
            "repositoryUniqueId: 1.2.250.1.999.4.1\nsourceId: 1.2.250.1.999.5",
        ])
    func right(_ text: String) throws {
        let errors = try load(text).errors
        #expect(errors.isEmpty, "\(errors)")
    }

    @Test("A certificate that is out of date is what 'expired' asks for")
    func expired() throws {
        let text = "tls: {expired: {certificate: @drimbox.pem, key: @drimbox.key}}"
        #expect(try load(text, at: Self.later).errors.isEmpty)
    }

    @Test("Every mistake of a file is told at once, with those of its form")
    func all() throws {
        let errors = try load(
            "patient: {ins: '279035121518990'}\nvihf: {sector: '7'}\nsourceId: x\ntimeouts: {idle: never}"
        ).errors
        #expect(errors.count == 4, "\(errors)")
    }

    @Test(
        "The target file of README.md has no mistake but files that are not there",
        .enabled(if: FileManager.default.fileExists(atPath: Checkout.root + "/README.md"), "there is no README.md"))
    func readme() throws {
        let text = try String(contentsOfFile: Checkout.root + "/README.md", encoding: .utf8)
        let start = try #require(text.range(of: "target: My DRIMbox source\n"))
        let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
        let folder = try TemporaryFolder()
        let path = try folder.write(String(text[start.lowerBound..<end.lowerBound]), to: "target.yaml")
        let errors = TargetFile.load(path: path).errors
        #expect(errors.allSatisfy { $0.message.hasPrefix("no such file") }, "\(errors)")
        #expect(!errors.isEmpty)
    }
}
