import Conformance
import Foundation
import HTTP
import Runner
import Simulators
import Testing

/// The scenarios of images and of the link, against a target that gives every key of its file, over mutual TLS.
@Suite("Images of a target", .serialized)
struct ImageTargetTests {
    private static let profiles = ["dim/acces-images", "dim/lien-et-appel-contextuel"]

    private func replay(
        misbehaviors: Set<Misbehavior> = [], _ edit: (inout SystemUnderTest) -> Void = { _ in }
    ) async throws -> [ScenarioRecord] {
        setenv("CISIS_TEST_WADO_TOKEN", "target-token", 1)
        setenv("CISIS_TEST_SESSION", ImagingSourceSimulator.session, 1)
        defer {
            unsetenv("CISIS_TEST_WADO_TOKEN")
            unsetenv("CISIS_TEST_SESSION")
        }
        let folder = try TemporaryFolder()
        let made = try TransportIdentities()
        let reference = try await ReferenceSystem.start(
            exam: ExamFixture(seed: 9), misbehaviors: misbehaviors, seed: 9, tls: made.server)
        var system = try target(reference, made, folder)
        edit(&system)
        var records: [ScenarioRecord] = []
        for profile in Self.profiles {
            records += try await Replay.record(folder, selection: Selection(profile: profile), target: system).scenarios
        }
        await reference.stop()
        return records
    }

    private func target(
        _ reference: ReferenceSystem, _ made: TransportIdentities, _ folder: TemporaryFolder
    ) throws -> SystemUnderTest {
        let actors = reference.actors
        let endpoints = reference.addresses.endpoints.merging(
            reference.addresses.secureEndpoints.filter {
                ["imaging-source", "imaging-gateway", "wado"].contains($0.key)
            }
        ) { $1 }
        let own = try files(made.identity(.known))
        let text = """
            target: source
            endpoints: {\(endpoints.sorted { $0.key < $1.key }.map { "\($0.key): '\($0.value)'" }.joined(separator: ", "))}
            repositoryUniqueId: \(reference.exam.repositoryUniqueID)
            tls:
              \(own.replacing(", ", with: "\n  "))
              trust: \(try #require(made.identity(nil).trust))
              expired: {\(try files(made.identity(.expired)))}
              unlisted: {\(try files(made.identity(.unlisted)))}
            token: {env: CISIS_TEST_WADO_TOKEN}
            session: {env: CISIS_TEST_SESSION}
            exam:
              report: \(try folder.write(actors.exam.reportBytes(), to: "cr.xml"))
              manifest: \(try folder.write(actors.manifest, to: "kos.dcm"))
              olderReport: \(try folder.write(actors.olderReport.reportBytes(), to: "older.xml"))
              withdrawnReport: \(try folder.write(actors.withdrawn.reportBytes(), to: "withdrawn.xml"))
              otherManifest: \(try folder.write(actors.other.manifestBytes(), to: "other.dcm"))
              replacedManifest: \(try folder.write(actors.replaced.manifestBytes(), to: "replaced.dcm"))
            """
        let loaded = TargetLoader.load(path: try folder.write(text, to: "target.yaml"))
        return try #require(loaded.value, "\(loaded.errors)")
    }

    private func files(_ identity: TLSIdentity) throws -> String {
        guard case .pem(let certificate, let key) = try #require(identity.credential) else { return "" }
        return "certificate: \(certificate), key: \(key)"
    }

    @Test("A right source passes every one of them")
    func right() async throws {
        let records = try await replay()
        #expect(records.count >= 35)
        #expect(records.filter { $0.verdict != .pass }.map(\.id) == [])
    }

    @Test("What the file does not give is skipped and says the key; nothing else is")
    func missing() async throws {
        let records = try await replay {
            $0.endpoints[.imagingGateway] = nil
            $0.tls.unlisted = nil
            $0.sessionVariable = nil
            $0.exam?.olderReport = nil
            $0.exam?.withdrawnReport = nil
            $0.exam?.otherManifest = nil
            $0.exam?.replacedManifest = nil
        }
        let skipped = records.filter { $0.verdict == .skipped }
        let reasons = skipped.flatMap(\.steps).flatMap(\.checks).compactMap(\.reason?.en)
        for key in [
            "endpoints.imaging-gateway", "tls.unlisted", "session", "exam.olderReport", "exam.withdrawnReport",
            "exam.otherManifest", "exam.replacedManifest",
        ] {
            #expect(reasons.contains { $0.contains("'\(key)'") }, "\(key)")
        }
        #expect(skipped.count == 7)
        #expect(records.filter { $0.verdict != .pass && $0.verdict != .skipped }.map(\.id) == [])
    }

    @Test("A viewer that asks to log in, where the file gives no session, weighs on nothing")
    func login() async throws {
        let records = try await replay { $0.sessionVariable = nil }
        let login = records.first { $0.id == "link-older-report" }
        // Without a session the page is not seen: it weighs on nothing.
        #expect(login?.verdict == .pass)
        #expect(login?.steps.flatMap(\.checks).contains { $0.verdict == .notRun && !$0.isRequired } == true)
    }

    @Test("A source without whitelist fails the client that it does not name", arguments: [true, false])
    func whitelist(_ isFaulty: Bool) async throws {
        let records = try await replay(misbehaviors: isFaulty ? [.wadoIgnoresWhitelist] : [])
        let verdict = records.first { $0.id == "wado-unlisted-client" }?.verdict
        #expect(verdict == (isFaulty ? .fail : .pass))
    }
}
