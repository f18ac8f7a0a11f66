import Conformance
import Foundation
import HTTP
import Runner
import SOAP
import Signatures
import Simulators
import TestSupport
import Testing
import XDS
import XML

/// What a target file says of who acts is what the system receives.
@Suite("Identities of a target", .enabled(if: SigningFiles.isPossible, "the openssl command is absent"), .serialized)
struct TargetIdentityTests {
    private static let structure = "1990000017"

    /// A DMP that wants signed assertions and submissions, and knows the patients of `target`.
    private func dmp() async throws -> DMPServer {
        var configuration = DMPConfiguration()
        configuration.policy.assertion.demand = .required
        configuration.policy.signature = SignaturePolicy(demand: .required) { _ in [] }
        configuration.patients = [Self.patient("279035121518989")]
        let server = try await DMPSimulator.start(configuration: configuration)
        try await server.store.set(PatientRecord(Self.patient("279035121518990"), state: .closed))
        try await server.store.set(
            PatientRecord(Self.patient("279035121518991"), defaultAuthorization: .blocked))
        return server
    }

    private static func patient(_ number: String) -> CX { CX(id: number, oid: "1.2.250.1.213.1.4.10", type: "NH") }

    private func target(_ dmp: DMPServer, _ folder: TemporaryFolder, _ more: String) throws -> SystemUnderTest {
        let file = try folder.write(
            """
            target: dmp
            endpoints:
              repository: \(dmp.repository)
              registry: \(dmp.registry)
              patients: \(dmp.patients)
              habilitations: \(dmp.habilitations)
            patient: {ins: "279035121518989"}
            \(more)
            """, to: "target.yaml")
        let loaded = TargetLoader.load(path: file)
        return try #require(loaded.value, "\(loaded.errors)")
    }

    private func sent(_ dmp: DMPServer) async -> [(String, SOAPMessage)] {
        await dmp.received().compactMap { message in
            guard let name = message.transaction, let body = try? message.request.body.bytes() else { return nil }
            return (name, SOAPMessage(reading: body, contentType: message.request.headers.first("Content-Type")))
        }
    }

    @Test("The DMP receives the professional, the patients and the signatures that the file names")
    func received() async throws {
        setenv("CISIS_TEST_P12", SigningFiles.passphrase, 1)
        defer { unsetenv("CISIS_TEST_P12") }
        let files = SigningFiles.shared
        let folder = try TemporaryFolder()
        let server = try await dmp()
        let system = try target(
            server, folder,
            """
            signing:
              assertion: {p12: \(files.path("drimbox.p12")), passphrase: {env: CISIS_TEST_P12}}
              submission: {certificate: \(files.path("stranger.pem")), key: \(files.path("stranger.key"))}
            vihf:
              professional: "899700111111"
              name: {given: Zoé, family: ESSAI}
              structure: "\(Self.structure)"
              sector: SA07
              profession: {code: "60", display: Infirmier}
              mode: INDIRECTE_RENFORCEE
              homologation: H-17
            patients:
              absent: {ins: "279035121518992"}
              closed: {ins: "279035121518990"}
              blocked: {ins: "279035121518991"}
            """)
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: ["submit-exam", "record-state", "access-refused"]), target: system)
        let messages = await sent(server)
        await server.stop()
        #expect(record.exitCode == 0, "\(record.scenarios.filter { $0.verdict != .pass }.map(\.id))")
        #expect(messages.map(\.0).sorted() == ["ITI-41", "TD0.2", "TD0.2", "TD0.2", "TD0.2", "TD0.3", "TD0.3"])
        let signer = try SigningIdentity(
            p12File: files.path("drimbox.p12"), passphrase: SigningFiles.passphrase
        ).certificate
        var patients: Set<String> = []
        for (name, message) in messages {
            let envelope = try #require(message.envelope)
            let vihf = try #require(VIHFReading(envelope), "\(name) has no assertion")
            let report = vihf.verify(SignatureVerifier(at: Date()))
            #expect(report.integrity == .intact && report.signer?.der == signer.der)
            #expect(vihf.values.issuer == signer.subject.description)
            #expect(vihf.values.nameID == "899700111111")
            func value(_ name: String) -> String? { vihf.attributes(name).first?.stringValue.trimmedBlanks }
            #expect(value(VIHF.Name.structure) == Self.structure)
            #expect(value(VIHF.Name.subject) == "Zoé ESSAI")
            #expect(value(VIHF.Name.sector) == "SA07^1.2.250.1.71.4.2.4")
            #expect(value(VIHF.Name.mode) == "INDIRECTE_RENFORCEE")
            #expect(value(VIHF.Name.homologation) == "H-17")
            let roles = vihf.attributes(VIHF.Name.role).flatMap { $0.descendants("Role", in: "urn:hl7-org:v3") }
            #expect(roles.map { $0.attribute("code") } == ["60"], "a specialty is of the profession that was named")
            patients.insert(CX(try #require(vihf.values.patient)).id)
        }
        #expect(
            patients == ["279035121518989", "279035121518990", "279035121518991", "279035121518992"])
        let submission = try #require(messages.first { $0.0 == "ITI-41" }?.1)
        let request = try #require(ProvideAndRegisterRequest(reading: submission))
        #expect(request.submission.submissionSet?.authors.first?.institutions.first?.id == Self.structure)
        #expect(request.submission.submissionSet?.authors.first?.person?.id == "899700111111")
        let entry = try #require(request.submission.entries.first { $0.isSignature })
        let document = try Document(parsing: try #require(request.document(entry.id)).bytes)
        let seal = try #require(SubmissionSignature(reading: document)).verify(SignatureVerifier(at: Date()))
        #expect(seal.integrity == .intact)
        #expect(
            seal.signer?.der
                == (try SigningIdentity(
                    certificateChain: files.path("stranger.pem"), key: files.path("stranger.key")
                ).certificate.der))
        // The passphrase is nowhere.
        #expect(!String(decoding: try RunRecordFile.encode(record), as: UTF8.self).contains(SigningFiles.passphrase))
    }

    @Test("A scenario is skipped with each key that it lacks, and none of its checks passes")
    func missing() async throws {
        let folder = try TemporaryFolder()
        let server = try await dmp()
        let system = try target(server, folder, "")
        let wanted = [
            "record-state": ["'signing.assertion'", "'patients.absent'", "'patients.closed'"],
            "access-refused": ["'signing.assertion'", "'patients.blocked'"],
            "submit-unsigned": ["'signing.submission'"], "submit-tampered-document": ["'signing.submission'"],
            "assertion-missing": ["'signing.assertion'"], "assertion-expired": ["'signing.assertion'"],
            "submit-unknown-patient": ["'patients.absent'"], "wado-series": ["'endpoints.wado'", "'token'"],
            "source-submits": ["'listen'"],
        ]
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: Array(wanted.keys)), target: system)
        let received = await server.received()
        await server.stop()
        #expect(received.isEmpty, "nothing is sent of a scenario that is skipped")
        #expect(record.scenarios.count == wanted.count)
        #expect(record.exitCode == 2)
        for scenario in record.scenarios {
            #expect(scenario.verdict == .skipped, "\(scenario.id)")
            for check in scenario.steps.flatMap(\.checks) {
                #expect(check.verdict == .skipped)
                for key in wanted[scenario.id] ?? [] {
                    #expect(check.reason?.en.contains(key) == true, "\(scenario.id): \(check.reason?.en ?? "")")
                }
            }
        }
    }

    @Test(
        "A key that cannot be opened and a variable that is not set are told before anything is sent",
        arguments: [
            ("signing: {assertion: {p12: P12, passphrase: {env: CISIS_TEST_WRONG}}}", "signing.assertion"),
            ("signing: {submission: {p12: P12, passphrase: {env: CISIS_TEST_UNSET}}}", "CISIS_TEST_UNSET"),
            ("signing: {submission: {certificate: PEM, key: OTHER}}", "signing.submission"),
            ("tls: {p12: P12, passphrase: {env: CISIS_TEST_UNSET}}", "CISIS_TEST_UNSET"),
        ])
    func unusable(_ text: String, _ word: String) async throws {
        setenv("CISIS_TEST_WRONG", "wrong-passphrase", 1)
        defer { unsetenv("CISIS_TEST_WRONG") }
        let files = SigningFiles.shared
        let folder = try TemporaryFolder()
        let server = try await dmp()
        let system = try target(
            server, folder,
            text.replacing("P12", with: files.path("drimbox.p12")).replacing("PEM", with: files.path("drimbox.pem"))
                .replacing("OTHER", with: files.path("stranger.key")))
        let error = await #expect(throws: RunError.self) {
            _ = try await Replay.record(folder, selection: Selection(scenarios: ["submit-exam"]), target: system)
        }
        await server.stop()
        #expect(error?.code == .usage)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("wrong-passphrase") == false)
    }
}
