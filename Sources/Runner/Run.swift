public import Conformance
internal import Checks
internal import Foundation
internal import HTTP
internal import HTTPServing
internal import Packs
internal import Simulators

/// A run: scenarios against one system, recorded.
public struct Run: Sendable {
    /// What was asked.
    public let configuration: RunConfiguration
    private let profiles: [Profile]
    private let scenarios: [Scenario]
    private let identities: TargetIdentities

    /// A run of the scenarios of `profiles` that the configuration selects.
    ///
    /// - Throws: `RunError` with `usage` when nothing is selected, or a misbehaviour is not known.
    public init(_ configuration: RunConfiguration, profiles: [Profile]) throws(RunError) {
        self.configuration = configuration
        self.profiles = profiles
        let all = profiles.flatMap(\.scenarios)
        try configuration.selection.checkNames(all)
        scenarios = all.filter(configuration.selection.contains)
        guard !scenarios.isEmpty else {
            throw RunError(.usage, "no scenario is selected: see 'cisis list scenarios'")
        }
        for name in configuration.misbehaviors
        where Misbehavior(rawValue: name) == nil && ClientMisbehavior(rawValue: name) == nil {
            let known = Suggestion.nearest(
                to: name, among: Misbehavior.allCases.map(\.name) + ClientMisbehavior.allCases.map(\.name))
            throw RunError(
                .usage,
                "no misbehaviour is called '\(name)'" + (known.map { ": did you mean '\($0)'?" } ?? "")
                    + " (see 'cisis list misbehaviors')")
        }
        guard configuration.target == nil || configuration.misbehaviors.isEmpty else {
            throw RunError(.usage, "--misbehave speaks of the embedded system: it cannot stand beside --target")
        }
        identities = try TargetIdentities(configuration.target)
    }

    /// Replays the scenarios and gives their record; the evidence is in the folder `evidence` of the output directory.
    ///
    /// - Throws: `RunError` when the run cannot begin: an author's error, an exam that cannot be read, no free port.
    public func execute(_ observer: any RunObserver) async throws(RunError) -> RunRecord {
        let started = Date()
        // Every author's error is found before a file is written or a socket opens.
        let target = configuration.target
        let plan = try Planner.plan(
            scenarios,
            for: target.map { PlannedTarget($0) } ?? .embedded)
        let system = try await system(isSecure: plan.looksAtHandshakes)
        let evidence: EvidenceLog
        do {
            evidence = try EvidenceLog(directory: configuration.outputDirectory + "/evidence")
        } catch {
            await system.reference?.stop()
            throw error
        }
        let services: RunServices
        do {
            services = await self.services(system, evidence, plan, host: try await host(), observer)
        } catch {
            await system.reference?.stop()
            throw error
        }
        await observer.willStart(plan.scenarios.count)
        let (records, isInterrupted) = await replay(plan, services, observer)
        await system.reference?.stop()
        await services.host.stop()
        var record = RunRecord(
            id: identifier(started), startedAt: started.iso8601, duration: Date().timeIntervalSince(started),
            tool: ToolRecord(name: "cisis", version: configuration.version), command: configuration.command,
            seed: configuration.seed, profiles: profileRecords, target: self.target(system),
            rulePacks: rulePacks(),
            environment: environment(system), requirements: [], scenarios: records)
        record.requirements = RequirementLedger(profiles: profiles, plan: plan).records(records)
        record.isInterrupted = isInterrupted
        return record
    }

    // MARK: The system

    /// What the run speaks with.
    private struct System {
        var reference: ReferenceSystem?
        var name: String
        var endpoints: [SystemUnderTest.Endpoint: String]
        var heldExam: HeldExam?
        /// Where handshakes are looked at; nil where no step does.
        var secure: SecureTransport?
    }

    private func system(isSecure: Bool) async throws(RunError) -> System {
        let made = isSecure ? try transportIdentities() : nil
        if let target = configuration.target {
            var system = System(
                name: target.name, endpoints: target.endpoints,
                heldExam: try target.exam.map { exam throws(RunError) in try Self.held(exam) })
            system.secure = made.map {
                SecureTransport(
                    target, own: identities.client, expired: identities.expired, unlisted: identities.unlisted, $0)
            }
            return system
        }
        let reference: ReferenceSystem
        do {
            reference = try await ReferenceSystem.start(
                exam: ExamFixture(seed: configuration.seed),
                misbehaviors: Set(configuration.misbehaviors.compactMap(Misbehavior.init(rawValue:))), patients: [],
                seed: configuration.seed, policy: EmbeddedDMP.policy, tls: made?.server)
        } catch {
            throw RunError(.simulator, "the embedded system did not start: \(error.message)")
        }
        await EmbeddedDMP.admit(to: reference.actors.store)
        return System(
            reference: reference, name: "CISIS", endpoints: Self.endpoints(reference.addresses.endpoints),
            heldExam: try Self.held(reference.actors),
            secure: made.map { SecureTransport(embedded: Self.endpoints(reference.addresses.secureEndpoints), $0) })
    }

    private static func held(_ exam: SystemUnderTest.Exam) throws(RunError) -> HeldExam {
        var held = try HeldExam(
            report: try read(exam.report), manifest: try read(exam.manifest), names: (exam.report, exam.manifest))
        for (part, file) in exam.parts { try held.add(part, try read(file), name: file) }
        return held
    }

    private static func held(_ actors: ReferenceActors) throws(RunError) -> HeldExam {
        var held = try HeldExam(
            report: actors.exam.reportBytes(), manifest: actors.manifest, names: ("CR", "KOS"))
        try held.add(.olderReport, actors.olderReport.reportBytes(), name: "CR")
        try held.add(.withdrawnReport, actors.withdrawn.reportBytes(), name: "CR")
        try held.add(.otherManifest, actors.other.manifestBytes(), name: "KOS")
        try held.add(.replacedManifest, actors.replaced.manifestBytes(), name: "KOS")
        return held
    }

    private static func endpoints(_ named: [String: String]) -> [SystemUnderTest.Endpoint: String] {
        var endpoints: [SystemUnderTest.Endpoint: String] = [:]
        for (name, url) in named {
            if let endpoint = SystemUnderTest.Endpoint(rawValue: name) { endpoints[endpoint] = url }
        }
        return endpoints
    }

    private func transportIdentities() throws(RunError) -> TransportIdentities {
        do {
            return try TransportIdentities()
        } catch {
            throw RunError(.storage, error.message)
        }
    }

    private static func read(_ path: String) throws(RunError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw RunError(.usage, "'\(path)' cannot be read: \(error.localizedDescription)")
        }
    }

    /// Where scenarios wait for the system: at one address that a real system was told of, or anywhere.
    private func host() async throws(RunError) -> DMPHost {
        let misbehaviors = Set(configuration.misbehaviors.compactMap(ClientMisbehavior.init(rawValue:)))
        guard let listening = configuration.target?.listening else {
            return DMPHost(shared: nil, misbehaviors: misbehaviors)
        }
        var dmp = DMPConfiguration()
        (dmp.host, dmp.port) = (listening.host, listening.port)
        if let certificate = listening.certificate, let key = listening.key {
            dmp.tls = ServerTLS(certificateChain: certificate, key: key, clientTrust: listening.trust)
        }
        if let repository = configuration.target?.repositoryUniqueID { dmp.repositoryUniqueID = repository }
        do {
            return DMPHost(shared: try await DMPSimulator.start(configuration: dmp), misbehaviors: misbehaviors)
        } catch {
            let message = (error as? HTTPError)?.message ?? "\(error)"
            throw RunError(
                .simulator, "the simulated DMP cannot listen on \(listening.host):\(listening.port): \(message)")
        }
    }

    private func services(
        _ system: System, _ evidence: EvidenceLog, _ plan: Plan, host: DMPHost, _ observer: any RunObserver
    ) async -> RunServices {
        let target = configuration.target
        let limits = target?.limits ?? SystemUnderTest.Limits()
        var services = RunServices(
            client: HTTPClient(spoolDirectory: configuration.outputDirectory), evidence: evidence,
            rendition: Rendition(dataRoot: configuration.dataRoot, evidence: evidence), endpoints: system.endpoints,
            identity: identities.client,
            timeouts: Timeouts(
                connect: limits.connect, firstByte: limits.firstByte, idle: limits.idle, total: limits.total),
            token: identities.token ?? "cisis-\(configuration.seed)",
            session: target == nil ? ImagingSourceSimulator.session : identities.session,
            secrets: Secrets(identities.secrets),
            repositoryUniqueID: target == nil ? system.reference?.exam.repositoryUniqueID : target?.repositoryUniqueID,
            sourceID: target?.sourceID, patient: target?.patient, professional: target?.professional,
            heldExam: await kept(system.heldExam, evidence),
            schemas: MessageSchemas(folder: configuration.dataRoot + "/Profiles/Schemas"),
            documents: CDARules(dataRoot: configuration.dataRoot, pack: configuration.pack),
            credentials: target == nil ? Credentials(signer: EmbeddedIdentity.shared) : identities.credentials,
            patients: target.map(\.namedPatients) ?? EmbeddedDMP.patients, host: host,
            announce: { [isEmbedded = target == nil] notice in
                if !isEmbedded { await observer.isWaiting(notice) }
            }, secure: system.secure, maximumBody: limits.maximumBody)
        (services.seed, services.mayRepeat) = (configuration.seed, configuration.mayRepeat)
        services.unreachable = await Reachability(
            client: services.client, identity: identities.client, timeouts: services.timeouts
        )
        .failures(of: plan.addresses(system.endpoints))
        return services
    }

    /// Puts report and manifest of the held exam into the evidence.
    private func kept(_ exam: HeldExam?, _ evidence: EvidenceLog) async -> HeldExam? {
        guard var exam else { return nil }
        exam.report.reference = try? await evidence.keep(
            exam.report.bytes, mediaType: "text/xml", kind: "cr", name: "CR")
        exam.manifest.reference = try? await evidence.keep(
            exam.manifest.bytes, mediaType: "application/dicom", kind: "kos", name: "KOS")
        return exam
    }

    // MARK: Replaying

    /// The records in the order of the plan, at most `jobs` scenarios at once; a cancelled run stops between scenarios.
    private func replay(_ plan: Plan, _ services: RunServices, _ observer: any RunObserver) async
        -> (records: [ScenarioRecord], isInterrupted: Bool)
    {
        await withTaskGroup(of: (Int, ScenarioRecord).self) { group in
            var records: [Int: ScenarioRecord] = [:]
            var next = 0
            func startNext() {
                guard next < plan.scenarios.count, !Task.isCancelled else { return }
                let index = next
                let runner = ScenarioRunner(
                    planned: plan.scenarios[index], services: services, seed: configuration.seed)
                next += 1
                group.addTask {
                    await observer.didStart(runner.planned.scenario)
                    return (index, await runner.run())
                }
            }
            for _ in 0..<max(1, configuration.jobs) { startNext() }
            while let (index, record) = await group.next() {
                records[index] = record
                await observer.didEnd(record)
                startNext()
            }
            return (records.sorted { $0.key < $1.key }.map(\.value), records.count < plan.scenarios.count)
        }
    }

    // MARK: The record

    private func identifier(_ started: Date) -> String {
        Identifiers(seed: configuration.seed, scope: started.iso8601).uuid("run")
    }

    private var profileRecords: [ProfileRecord] {
        let used = Set(scenarios.map(\.profile))
        return profiles.filter { used.contains($0.id) }
            .map { ProfileRecord(id: $0.id, version: $0.version, title: $0.title) }
    }

    private func target(_ system: System) -> TargetRecord {
        TargetRecord(
            name: system.name, kind: configuration.target == nil ? "embedded" : "file",
            endpoints: Dictionary(uniqueKeysWithValues: system.endpoints.map { ($0.key.rawValue, $0.value) }),
            misbehaviors: configuration.misbehaviors)
    }

    private func rulePacks() -> [RulePackRecord] {
        func shipped(_ folder: String) -> RulePackRecord {
            RulePackRecord(
                name: folder, version: configuration.version,
                sha256: FileDigest.sha256(ofFolder: configuration.dataRoot + "/" + folder))
        }
        var packs = [
            RulePackRecord(name: "cisis-rules", version: configuration.version),
            shipped("Profiles/Schemas"), shipped("Schematron/cda"),
        ]
        guard let pack = configuration.pack else { return packs }
        packs.append(RulePackRecord(name: pack.name, version: "", sha256: pack.digest))
        if let overlay = pack.overlayDigest {
            packs.append(RulePackRecord(name: pack.name + " (overlay)", version: "", sha256: overlay))
        }
        return packs
    }

    private func environment(_ system: System) -> [String: String] {
        let process = ProcessInfo.processInfo
        var facts = [
            "os": process.operatingSystemVersionString, "processors": "\(process.activeProcessorCount)",
            "jobs": "\(configuration.jobs)",
        ]
        if let tls = configuration.target?.tls {
            facts["tls.verifies"] = "\(tls.verifies)"
            facts["tls.clientCertificate"] = tls.identity.shownFile ?? "none"
            facts["signing.assertion"] = configuration.target?.signing.assertion?.shownFile ?? "none"
            facts["signing.submission"] = configuration.target?.signing.submission?.shownFile ?? "none"
        }
        return facts
    }
}
