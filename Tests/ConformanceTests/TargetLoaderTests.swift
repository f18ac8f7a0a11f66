import Conformance
import Foundation
import Testing

@Suite("Target files")
struct TargetLoaderTests {
    private static let files = ["a.pem": "x", "a.key": "x", "b.p12": "x"]

    private func load(_ text: String) throws -> (system: SystemUnderTest?, errors: [LoadError]) {
        let root = try DataRoot(Self.files.merging(["target.yaml": text]) { own, _ in own })
        let loaded = TargetLoader.load(path: root.path + "/target.yaml")
        return (loaded.value, loaded.errors)
    }

    @Test("Keys, professional and patients are read, files from the folder of the target file")
    func whole() throws {
        let (value, errors) = try load(
            """
            target: t
            endpoints: {repository: "https://dmp.example/repository"}
            tls: {p12: b.p12, passphrase: {env: TLS_PASSPHRASE}}
            signing:
              assertion: {certificate: a.pem, key: a.key, passphrase: {env: VIHF_PASSPHRASE}}
              submission: {p12: b.p12}
            vihf:
              professional: "899700111111"
              name: {given: Zoé, family: ESSAI}
              structure: "1990000017"
              sector: SA07
              profession: {code: "10", system: 1.2.250.1.71.1.2.7, display: Médecin}
              specialty: SM26
              mode: INDIRECTE
              homologation: H-1
            patients:
              nominal: {ins: "279035121518989"}
              absent: {ins: "279035121518990", authority: 1.2.250.1.213.1.4.8}
              closed: {ins: "279035121518991"}
              blocked: {ins: "279032A21518992"}
            """)
        #expect(errors.isEmpty, "\(errors)")
        let system = try #require(value)
        #expect(system.tls.identity.p12?.hasSuffix("/b.p12") == true)
        #expect(system.tls.identity.passphraseVariable == "TLS_PASSPHRASE")
        #expect(system.signing.assertion?.certificate?.hasSuffix("/a.pem") == true)
        #expect(system.signing.assertion?.passphraseVariable == "VIHF_PASSPHRASE")
        #expect(system.signing.submission?.p12?.hasSuffix("/b.p12") == true)
        #expect(system.professional.identifier == "899700111111")
        #expect(system.professional.given == "Zoé" && system.professional.family == "ESSAI")
        #expect(system.professional.profession?.display == "Médecin")
        #expect(system.professional.specialty == SystemUnderTest.Role(code: "SM26"))
        #expect(system.patient?.authority == "1.2.250.1.213.1.4.10")
        #expect(system.patients.absent?.authority == "1.2.250.1.213.1.4.8")
        #expect(system.patients.closed?.nationalIdentifier == "279035121518991")
        #expect(system.patients.blocked?.nationalIdentifier == "279032A21518992")
    }

    @Test("The exams of the system, its gateway, a client outside its whitelist and a session are read")
    func held() throws {
        let (value, errors) = try load(
            """
            target: t
            endpoints: {imaging-gateway: "https://gateway.example/rad69"}
            tls: {unlisted: {certificate: a.pem, key: a.key}}
            session: {env: VIEWER_COOKIES}
            exam:
              report: a.pem
              manifest: a.key
              olderReport: a.pem
              withdrawnReport: a.key
              otherManifest: b.p12
              replacedManifest: a.pem
            """)
        #expect(errors.isEmpty, "\(errors)")
        let system = try #require(value)
        #expect(system.endpoints[.imagingGateway] == "https://gateway.example/rad69")
        #expect(system.tls.unlisted?.certificate?.hasSuffix("/a.pem") == true)
        #expect(system.sessionVariable == "VIEWER_COOKIES")
        #expect(system.exam?.olderReport?.hasSuffix("/a.pem") == true)
        #expect(system.exam?.withdrawnReport?.hasSuffix("/a.key") == true)
        #expect(system.exam?.otherManifest?.hasSuffix("/b.p12") == true)
        #expect(system.exam?.replacedManifest?.hasSuffix("/a.pem") == true)
    }

    @Test("Submissions are signed with the key of the assertions unless they have their own")
    func oneKey() throws {
        let (value, _) = try load(
            "target: t\nendpoints: {registry: 'http://a.example/'}\nsigning: {assertion: {p12: b.p12}}\n")
        #expect(value?.signing.submission != nil)
        #expect(value?.signing.submission == value?.signing.assertion)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        /// What follows the endpoints, with 1️⃣ where the error is.
        let text: String
        let message: String
        var advice: String?
        var testDescription: String { message }
    }

    @Test(
        "A mistake is told at its place, with what was meant",
        arguments: [
            Mistake(
                text: "1️⃣signning: {}", message: "unknown key 'signning' in a target", advice: "did you mean 'signing'?"),
            Mistake(
                text: "signing: {1️⃣assertions: {p12: b.p12}}", message: "unknown key 'assertions' in 'signing'",
                advice: "did you mean 'assertion'?"),
            Mistake(text: "signing: {assertion: 1️⃣{}}", message: "'assertion' names no key"),
            Mistake(
                text: "signing: {assertion: 1️⃣{certificate: a.pem}}", message: "'certificate' and 'key' go together"),
            Mistake(
                text: "signing: {assertion: {certificate: a.pem, key: a.key, 1️⃣p12: b.p12}}",
                message: "'p12' stands instead of 'certificate' and 'key'"),
            Mistake(text: "signing: {submission: {p12: 1️⃣none.p12}}", message: "no such file 'none.p12'"),
            Mistake(
                text: "signing: {submission: {p12: b.p12, passphrase: 1️⃣s3cret}}",
                message: "'passphrase' is a secret: it does not stand in the file",
                advice: "write {env: NAME} and put it in that environment variable"),
            Mistake(
                text: "vihf: {1️⃣profesion: '10'}", message: "unknown key 'profesion' in 'vihf'",
                advice: "did you mean 'profession'?"),
            Mistake(
                text: "vihf: {profession: {code: '10', system: 1️⃣G15}}", message: "'system' must be an OID, found 'G15'"),
            Mistake(text: "vihf: {name: 1️⃣{given: Zoé}}", message: "'name' lacks 'family'"),
            Mistake(
                text: "patients: {1️⃣close: {ins: '279035121518989'}}", message: "unknown key 'close' in 'patients'",
                advice: "did you mean 'closed'?"),
            Mistake(
                text: "patients: {closed: {ins: 1️⃣'27903512151898'}}",
                message: "'ins' must be the 15 digits of an INS, key included, found '27903512151898'"),
            Mistake(
                text: "patients: {closed: {ins: '279035121518989', authority: 1️⃣INS}}",
                message: "'authority' must be an OID, found 'INS'"),
            Mistake(
                text: "patients: {closed: {ins: '279035121518989'}, blocked: 1️⃣{ins: '279035121518989'}}",
                message: "'blocked' is the patient of 'closed': a record is in one state"),
            Mistake(
                text: "patient: {ins: '279035121518989'}\npatients: {1️⃣nominal: {ins: '279035121518990'}}",
                message: "'nominal' is the patient that the key 'patient' names already"),
        ])
    func mistakes(_ mistake: Mistake) throws {
        let marked = Marked("target: t\nendpoints: {registry: 'http://a.example/'}\n\(mistake.text)\n")
        let (value, errors) = try load(marked.text)
        #expect(value == nil)
        let error = try #require(errors.first { $0.message == mistake.message }, "\(errors)")
        #expect("\(error.location.line):\(error.location.column)" == marked["1️⃣"])
        if let advice = mistake.advice { #expect(error.advice == advice) }
    }

    @Test("A secret that stands in the file is shown by no error")
    func secrets() throws {
        let errors = try load(
            "target: t\nendpoints: {registry: 'http://a.example/'}\ntoken: gr8-s3cret\n"
                + "signing: {assertion: {p12: none.p12, passphrase: s3cret-2}}\n"
        ).errors
        #expect(errors.count >= 3)
        for error in errors {
            #expect(error.excerpt?.contains("s3cret") == false)
            #expect(!error.message.contains("s3cret"))
        }
        #expect(errors.contains { $0.excerpt == "token: **********" })
    }
}
