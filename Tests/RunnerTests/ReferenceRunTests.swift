import Conformance
import Foundation
import HTTP
import Runner
import Simulators
import Testing

@Suite("Runs against the reference system")
struct ReferenceRunTests {
    @Test("Every scenario passes, every requirement is judged and no rule warns")
    func nominal() async throws {
        let folder = try TemporaryFolder()
        let observer = Observer()
        let record = try await Replay.record(folder, observer: observer)
        for scenario in record.scenarios {
            for step in scenario.steps {
                for check in step.checks {
                    #expect(
                        check.verdict == .pass,
                        "\(scenario.id)/\(step.id)/\(check.id): \(check.findings) \(check.reason?.en ?? "")")
                    #expect(check.findings.isEmpty, "\(scenario.id)/\(step.id)/\(check.id): \(check.findings)")
                }
            }
        }
        #expect(record.verdict == .pass)
        #expect(record.exitCode == 0)
        #expect(record.scenarios.count >= 12)
        // A rule on what an exam may lack, as an order number, does not apply to one that lacks it.
        let silent = record.requirements.filter { $0.verdict != .pass && $0.verdict != .notApplicable }.map(\.id)
        #expect(Set(silent) == Self.beyondMessages, "not judged: \(silent)")
        let counts = await (observer.total, observer.started.count, observer.ended.count)
        #expect(counts == (record.scenarios.count, record.scenarios.count, record.scenarios.count))
    }

    /// Rules that look at what no message of this run holds: the HL7v2 messages of the source, the value sets of a
    /// registered kit, the TLS handshake.
    private static let beyondMessages: Set<String> = [
        "PNR-062", "PNR-063", "SEC-017", "xds.value-sets",
        // What stands beside a manifest: the platform's use, the national list, the version before, rejection notes.
        "KOS-023", "KOS-047", "KOS-065", "KOS-067",
    ]

    @Test(
        "Each misbehaviour fails the requirements that it breaks, with all that is needed to mend it",
        arguments: Fault.seen)
    func misbehaviour(_ misbehavior: Fault) async throws {
        let folder = try TemporaryFolder()
        // The scenarios that cite what is broken are enough; where a rule alone cites it, all are replayed.
        let citing = try Checkout.profiles().flatMap(\.scenarios).filter { scenario in
            scenario.requirements.contains { misbehavior.breaks.contains($0.id) }
        }
        let cited = Set(citing.flatMap { $0.requirements.map(\.id) })
        let selection =
            cited.isSuperset(of: misbehavior.breaks) ? Selection(scenarios: citing.map(\.id)) : Selection()
        let record = try await Replay.record(folder, selection: selection, misbehaviors: [misbehavior.name])
        #expect(record.exitCode == 1, "\(misbehavior.name) is not seen")
        let failed = Set(record.requirements.filter { $0.verdict == .fail }.map(\.id))
        #expect(failed.isSuperset(of: misbehavior.breaks), "\(misbehavior.name): \(failed.sorted())")
        let findings = record.scenarios.flatMap(\.steps).flatMap(\.checks).filter { $0.verdict == .fail }
            .flatMap(\.findings).filter { $0.severity == .violation }
        for id in misbehavior.breaks {
            let finding = findings.first { $0.requirement == id && $0.expected != nil && $0.actual != nil }
            #expect(finding?.source?.line ?? 0 > 0, "\(id): no finding with expected, actual and scenario line")
            // A message that did not come has no place.
            let hasMessage = finding?.check != "arrival" || finding?.actual != "∅"
            #expect(
                !hasMessage || finding?.place?.object != nil || finding?.place?.tag != nil,
                "\(id): no place in the evidence")
        }
    }

    /// A misbehaviour of the embedded system, as a server or as a client.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let breaks: [String]
        let unseen: String?

        var testDescription: String { name }

        static let all =
            Misbehavior.allCases.map { Fault(name: $0.name, breaks: $0.breaks, unseen: nil) }
            + ClientMisbehavior.allCases.map { Fault(name: $0.name, breaks: $0.breaks, unseen: $0.unseen?.english) }
        static let seen = all.filter { $0.unseen == nil }
    }

    @Test(
        "A misbehaviour that no run shows says why, and the run that cannot show it passes",
        arguments: ["consumer-splits-exam", "consumer-refuses-implicit-syntax"])
    func unseen(_ name: String) async throws {
        let fault = try #require(Fault.all.first { $0.name == name })
        #expect(fault.unseen?.isEmpty == false)
        let folder = try TemporaryFolder()
        #expect(try await Replay.record(folder, misbehaviors: [name]).exitCode == 0)
        #expect(Fault.all.count - Fault.seen.count == 13)
    }

    @Test("The same seed sends the same bytes, another seed sends others")
    func determinism() async throws {
        func sent(_ seed: UInt64) async throws -> [String?] {
            let folder = try TemporaryFolder()
            let selection = Selection(scenarios: ["submit-exam"])
            let target = try await ReferenceSystem.start(exam: ExamFixture(seed: 5), seed: 5)
            let record = try await Replay.record(
                folder, selection: selection, target: Replay.target(target.addresses.repository), seed: seed)
            await target.stop()
            return record.scenarios.flatMap(\.steps).flatMap { $0.exchange?.request.parts ?? [] }
                .filter { $0.name != "0.1" }.map(\.sha256)
        }
        let (first, second, third) = (try await sent(1), try await sent(1), try await sent(2))
        #expect(first.count == 2)
        #expect(first == second)
        #expect(first != third)
    }

    @Test("Eight scenarios at once end, in the order of the plan")
    func jobs() async throws {
        let folder = try TemporaryFolder()
        let record = try await Replay.record(folder, jobs: 8)
        #expect(record.exitCode == 0)
        let order = try Checkout.profiles().flatMap(\.scenarios).map(\.id)
        #expect(record.scenarios.map(\.id) == order)
    }

    @Test("All evidence that the record names is in the folder, with its digest and size")
    func evidence() async throws {
        let folder = try TemporaryFolder()
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: ["retrieve-documents", "wado-series"]))
        var references: [EvidenceReference] = []
        for step in record.scenarios.flatMap(\.steps) {
            references += step.evidence + step.checks.flatMap(\.evidence)
            guard let exchange = step.exchange else { continue }
            for message in [exchange.request, exchange.response].compactMap({ $0 }) {
                references += [message.head, message.body].compactMap { $0 } + message.parts
            }
        }
        #expect(references.count > 20)
        for reference in references {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/evidence/" + reference.sha256))
            #expect(bytes.count == reference.size, "\(reference.kind) \(reference.name)")
        }
    }

    @Test("A target file with the exam that the system holds gives the same verdicts as the embedded system")
    func target() async throws {
        let folder = try TemporaryFolder()
        let reference = try await ReferenceSystem.start(exam: ExamFixture(seed: 9), seed: 9)
        let report = try folder.write(reference.exam.reportBytes(), to: "cr.xml")
        let manifest = try folder.write(reference.actors.manifest, to: "kos.dcm")
        let file = try folder.write(
            """
            target: reference
            endpoints:
            \(reference.addresses.endpoints.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }.joined(separator: "\n"))
            repositoryUniqueId: \(reference.exam.repositoryUniqueID)
            exam: {report: \(report), manifest: \(manifest)}
            """, to: "target.yaml")
        let loaded = TargetLoader.load(path: file)
        #expect(loaded.errors.isEmpty, "\(loaded.errors)")
        let system = try #require(loaded.value)
        let record = try await Replay.record(folder, target: system)
        await reference.stop()
        #expect(record.exitCode == 0, "\(record.scenarios.filter { $0.verdict != .pass }.map(\.id))")
        #expect(record.target.kind == "file")
    }

    @Test("A scenario whose endpoint the target does not declare is skipped and says which")
    func missingEndpoint() async throws {
        let folder = try TemporaryFolder()
        let reference = try await ReferenceSystem.start(exam: ExamFixture(seed: 9), seed: 9)
        var system = Replay.target(reference.addresses.repository)
        system.endpoints = [.repository: reference.addresses.repository]
        let record = try await Replay.record(
            folder, selection: Selection(scenarios: ["submit-exam", "find-documents", "wado-series"]), target: system)
        await reference.stop()
        let verdicts = Dictionary(uniqueKeysWithValues: record.scenarios.map { ($0.id, $0.verdict) })
        #expect(verdicts == ["submit-exam": .pass, "find-documents": .skipped, "wado-series": .skipped])
        let reasons = record.scenarios.flatMap(\.steps).flatMap(\.checks).compactMap(\.reason?.en)
        #expect(reasons.contains { $0.contains("registry") })
        #expect(reasons.contains { $0.contains("wado") })
        #expect(record.exitCode == 0)
    }

    @Test("A cancelled run keeps the scenarios that ended and is never conformant")
    func cancellation() async throws {
        let folder = try TemporaryFolder()
        let task = Task { try await Replay.record(folder, jobs: 1) }
        task.cancel()
        let record = try await task.value
        #expect(record.isInterrupted)
        #expect(record.exitCode != 0)
        #expect(record.scenarios.count < (try Checkout.profiles().flatMap(\.scenarios).count))
    }
}
