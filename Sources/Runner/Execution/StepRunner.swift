internal import Conformance
internal import Foundation
internal import HTTP
internal import Packs
internal import Simulators
internal import XDS

/// Carries out one step and judges it.
struct StepRunner: Sendable {
    let planned: PlannedStep
    let context: StepContext

    private var step: Step { context.step }

    /// The record of the step, and what it leaves to later ones.
    func run() async -> (record: StepRecord, evidence: StepEvidence) {
        let started = Date()
        var evidence = StepEvidence()
        var record = StepRecord(
            id: step.id, kind: step.kind, title: step.shownTitle, location: step.location, startedAt: started.iso8601,
            duration: 0,
            checks: [])
        do {
            switch planned.action {
            case .send(let driver, _): try await send(driver, &evidence, &record)
            case .receive(let reception): try await receive(reception, &evidence, &record)
            case .check(let collector): evidence = try await collector.collect(context)
            }
        } catch {
            record.checks = withheld(error)
            record.duration = Date().timeIntervalSince(started)
            record.verdict = Verdict.rollUp(record.checks.map { ($0.verdict, $0.isRequired) })
            return (record, evidence)
        }
        record.evidence += await keepDocuments(&evidence)
        record.checks += await judge(evidence)
        record.checks += await judgeByKit(evidence)
        record.captures = capture(from: evidence, into: &record)
        record.duration = Date().timeIntervalSince(started)
        record.verdict = Verdict.rollUp(record.checks.map { ($0.verdict, $0.isRequired) })
        return (record, evidence)
    }

    // MARK: Sending

    private func send(_ driver: any TransactionDriver, _ evidence: inout StepEvidence, _ record: inout StepRecord)
        async throws
    {
        let prepared = try await driver.prepare(context)
        evidence = prepared.evidence
        evidence.request = prepared.request
        let recorder = ExchangeRecorder(step: step, services: context.services)
        do {
            let exchange = try await context.services.send(
                prepared.request, showing: planned.certificate, maximumAnswer: type(of: driver).maximumAnswer)
            evidence.exchange = exchange
            try await driver.read(exchange, into: &evidence, context)
            record.exchange = try await recorder.record(
                prepared, wire: exchange.wire, response: exchange.response, answer: evidence.answer)
            evidence.responseHeadDigest = record.exchange?.response?.head?.sha256
        } catch let failure as HTTPError {
            evidence.failure = failure
            if record.exchange == nil {
                record.exchange = try await recorder.record(prepared, failure: failure)
            }
            // A refused handshake is what the step looks at.
            if planned.certificate == nil || !failure.refusesClientCertificate {
                record.checks.append(transportCheck(failure))
            }
        }
    }

    /// The check point that says why no whole answer came: the harness could not judge.
    private func transportCheck(_ failure: HTTPError) -> CheckRecord {
        CheckRecord(
            id: "transport", layer: "transport",
            title: LocalizedText(fr: "Échange HTTP", en: "HTTP exchange"), location: step.location, verdict: .error,
            findings: [
                Finding(
                    check: "transport.\(failure.code.rawValue)", severity: .violation,
                    message: LocalizedText(
                        fr: "L'échange n'a pas abouti : \(failure.told.fr)",
                        en: "The exchange did not end: \(failure.told.en)"),
                    place: EvidencePlace(object: "transport"), source: step.location)
            ],
            reason: failure.told)
    }

    // MARK: Waiting

    private func receive(_ reception: MessageReception, _ evidence: inout StepEvidence, _ record: inout StepRecord)
        async throws
    {
        guard let dmp = context.dmp else {
            throw StepObstacle(.error, fr: "Le DMP simulé n'est pas lancé", en: "The simulated DMP does not run")
        }
        evidence.awaited = reception.transaction.rawValue
        if let stimulus = reception.stimulus {
            await context.services.announce(
                WaitingNotice(
                    step: step.id, transaction: reception.transaction.rawValue,
                    instruction: step.title.map { title in
                        let asked = instruction(stimulus, dmp)
                        return LocalizedText(fr: "\(title.fr) — \(asked.fr)", en: "\(title.en) — \(asked.en)")
                    } ?? instruction(stimulus, dmp)))
            await dmp.begin(stimulus)
        }
        let message = await dmp.next(reception)
        evidence.history = await dmp.history
        guard let message else { return }
        await reception.read(message, into: &evidence)
        record.exchange = try await ExchangeRecorder(step: step, services: context.services)
            .record(message, url: dmp.server.url(of: reception.transaction), request: evidence.answer)
        evidence.responseHeadDigest = record.exchange?.request.head?.sha256
    }

    private func instruction(_ stimulus: Stimulus, _ dmp: ReceivingDMP) -> LocalizedText {
        stimulus.instruction(
            patient: context.exam.fresh.patientCX.text, repository: dmp.server.repository,
            registry: dmp.server.registry)
    }

    // MARK: Judging

    private func judge(_ evidence: StepEvidence) async -> [CheckRecord] {
        var checks = CheckRecord.born(of: step)
        for (index, judge) in planned.judges.enumerated() {
            let judgement = await judge.judge(
                JudgementContext(
                    expectation: step.expectations[index], evidence: evidence, earlier: context.earlier,
                    variables: context.variables, services: context.services, siblings: step.expectations))
            checks[index].apply(judgement)
        }
        return checks
    }

    /// What the kit of the run says of each CDA document that came back, or that the step looks at.
    private func judgeByKit(_ evidence: StepEvidence) async -> [CheckRecord] {
        let rules = context.services.documents
        guard let kit = rules.pack?.name else { return [] }
        var reports = evidence.documents.filter { FileKind.detect($0.bytes) == .cda }.map { ($0.bytes, $0.reference) }
        if case .check("report") = step.action, let report = evidence.report {
            reports.append((report.bytes, report.reference))
        }
        var checks: [CheckRecord] = []
        for (number, (bytes, reference)) in reports.enumerated() {
            for layer in await WorkerPool.shared.run({ rules.kitLayers(bytes) }) ?? [] {
                var check = CheckRecord(
                    id: "kit-\(layer.layer)" + (number == 0 ? "" : "-\(number + 1)"), layer: "cda",
                    title: LocalizedText(
                        fr: "Document CDA jugé par le kit \(kit) : \(layer.layer)",
                        en: "CDA document judged by the kit \(kit): \(layer.layer)"), location: step.location)
                var judgement = Judgement(verdict: layer.verdict, findings: layer.findings, reason: layer.reason)
                    .placed(in: "CR", reference: reference)
                judgement.isRequired = layer.isRequired
                check.apply(judgement)
                checks.append(check)
            }
        }
        return checks
    }

    /// The check points of a step that could not be carried out: each says why, none passes.
    private func withheld(_ error: any Error) -> [CheckRecord] {
        let verdict: Verdict
        let reason: LocalizedText
        switch error {
        case let obstacle as StepObstacle:
            (verdict, reason) = (obstacle.verdict, obstacle.reason)
        case let missing as MissingVariable:
            verdict = .skipped
            reason = LocalizedText(
                fr: "La variable « \(missing.name) » n'a pas été capturée",
                en: "The variable '\(missing.name)' was not captured")
        default:
            verdict = .error
            reason = LocalizedText(fr: "\(error)", en: "\(error)")
        }
        var checks = CheckRecord.born(of: step)
        for index in checks.indices { checks[index].apply(Judgement(verdict: verdict, reason: reason)) }
        if checks.isEmpty {
            checks.append(
                CheckRecord(
                    id: "step", layer: "step", title: step.shownTitle, location: step.location, verdict: verdict,
                    reason: reason))
        }
        return checks
    }

    // MARK: Keeping

    /// Keeps the documents that came back as files of their own, and a page for people of each report.
    private func keepDocuments(_ evidence: inout StepEvidence) async -> [EvidenceReference] {
        var references: [EvidenceReference] = []
        for index in evidence.documents.indices {
            let document = evidence.documents[index]
            guard
                let reference = try? await context.services.evidence.keep(
                    document.bytes, mediaType: document.mimeType, kind: document.name, name: document.uniqueID)
            else { continue }
            evidence.documents[index].reference = reference
            if evidence.manifest?.bytes == document.bytes { evidence.manifest?.reference = reference }
            if evidence.report?.bytes == document.bytes { evidence.report?.reference = reference }
            references.append(reference)
        }
        if case .check = step.action {
            references += [evidence.report?.reference, evidence.manifest?.reference].compactMap { $0 }
        }
        if let report = evidence.report, let reference = report.reference, references.contains(reference),
            let page = await context.services.rendition.reference(of: report.document, name: reference.name)
        {
            references.append(page)
        }
        return references
    }

    private func capture(from evidence: StepEvidence, into record: inout StepRecord) -> [String: String] {
        var captures: [String: String] = [:]
        for capture in step.captures {
            switch Capture(capture.value).value(in: evidence) {
            case .success(let value): captures[capture.name] = value
            case .failure(let problem):
                record.checks.append(
                    CheckRecord(
                        id: "capture-\(capture.name)", layer: "capture",
                        title: LocalizedText(fr: "Capture « \(capture.name) »", en: "Capture '\(capture.name)'"),
                        location: capture.location, verdict: .inconclusive,
                        reason: LocalizedText(fr: problem.message, en: problem.message)))
            }
        }
        return captures
    }
}

extension Date {
    /// ISO 8601 in UTC with milliseconds.
    var iso8601: String {
        formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
