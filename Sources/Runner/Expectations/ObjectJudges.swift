internal import DICOM
internal import Checks
internal import Conformance
internal import HTTP
internal import Imaging
internal import Simulators

/// The rules that an expectation selects from a table: `kos: [all]`, `kos: [KOS-010, "KOS-03*"]`.
struct RuleSelection<Subject: Sendable>: Sendable {
    let rules: [Rule<Subject>]

    /// The rules of `table` that the argument names; a name that fits none is the author's error.
    init(_ expectation: Expectation, from table: [Rule<Subject>]) throws(LoadError) {
        let ids = Set(try expectation.selected(from: table.map(\.descriptor.id)))
        rules = table.filter { ids.contains($0.descriptor.id) }
    }

    private init(_ rules: [Rule<Subject>]) { self.rules = rules }

    /// Those of the rules whose id is among `ids`.
    func limited(to ids: Set<String>) -> RuleSelection {
        RuleSelection(rules.filter { ids.contains($0.descriptor.id) })
    }

    /// What the rules say of `subject`, on a worker.
    func judge(_ subject: Subject, object: String, reference: EvidenceReference?) async -> Judgement {
        let rules = rules
        let judgement = Judgement(
            rules: await WorkerPool.shared.run { rules.map { $0.judge(subject, level: .run) } })
        return judgement.placed(in: object, reference: reference)
    }
}

extension Judgement {
    /// With `object` as the place of what names none, and `reference` as its evidence.
    func placed(in object: String, reference: EvidenceReference?) -> Judgement {
        var judgement = self
        for index in judgement.findings.indices {
            var place = judgement.findings[index].place ?? EvidencePlace()
            place.object = place.object ?? object
            place.sha256 = place.sha256 ?? reference?.sha256
            judgement.findings[index].place = place
        }
        judgement.evidence = reference.map { [$0] } ?? []
        return judgement
    }
}

extension Expectation {
    /// The ids among `known` that the argument names, by name or glob: `[all]`, `[KOS-010, "KOS-03*"]`.
    ///
    /// - Throws: a name that fits none is the author's error.
    func selected(from known: [String]) throws(LoadError) -> [String] {
        let patterns = try Argument(argument).texts()
        for pattern in patterns where pattern != "all" {
            guard !known.contains(where: { Selection.matches(pattern, $0) }) else { continue }
            throw LoadError(
                argument.location, "no rule '\(pattern)' under '\(kind)'",
                advice: "known here: all, \(known.joined(separator: ", "))", length: pattern.utf8.count)
        }
        return known.filter { id in patterns.contains { $0 == "all" || Selection.matches($0, id) } }
    }
}

/// The rules on a KOS manifest: that of the step's evidence.
///
/// Passes: a manifest that breaks no rule. Fails: one finding for each rule that it breaks, with tag path and offset.
struct ManifestJudge: ExpectationJudge {
    private let selection: RuleSelection<ManifestSubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: ManifestRules.all)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let manifest = context.evidence.manifest else {
            return .withheld(
                .inconclusive, fr: "Aucun manifeste KOS n'a été obtenu", en: "No KOS manifest was obtained")
        }
        return await selection.judge(manifest.subject, object: "KOS", reference: manifest.reference)
    }
}

/// The checks on the report: its schema (CR-001), and the Schematron of imaging reports: `cda: [all]`, `cda: ["CR-02*"]`.
///
/// Passes: a report that breaks none of the named checks. Fails: a finding for each that it breaks, with line and path.
struct ReportJudge: ExpectationJudge {
    let ruleIDs: [String]

    init(_ expectation: Expectation) throws(LoadError) {
        ruleIDs = try expectation.selected(from: ReportRules.descriptors.map(\.id))
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let report = context.evidence.report else {
            return .withheld(
                .inconclusive, fr: "Aucun compte rendu CDA n'a été obtenu", en: "No CDA report was obtained")
        }
        let (ids, rules) = (Set(ruleIDs), context.services.documents)
        let outcomes = await WorkerPool.shared.run { rules.outcomes(report.document, level: .run) }
        return Judgement(rules: outcomes.filter { ids.contains($0.id) })
            .placed(in: "CR", reference: report.reference)
    }
}

/// The rules on the metadata of the submission that the step sent or waited for.
///
/// What the registry told the system before is what a replacement is compared with.
struct MetadataJudge: ExpectationJudge {
    private let selection: RuleSelection<SubmissionSubject>
    /// The rules on what the harness itself sent: how it frames and signs is not the system's doing.
    private let own: RuleSelection<SubmissionSubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        let all = try RuleSelection(expectation, from: SubmissionRules.complete)
        let ids = Set(SubmissionRules.all.map(\.descriptor.id))
        selection = all
        own = all.limited(to: ids)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        var circumstances = SubmissionContext()
        let told = ReceivedBehavior(context.evidence.history).entries
        if !told.isEmpty { circumstances.registered = told }
        circumstances.httpMethod = context.evidence.received?.request.method ?? context.evidence.request?.method
        circumstances.certificate = { CertificateFacts(der: $0) }
        guard let message = context.evidence.submission,
            let subject = SubmissionSubject(message, context: circumstances)
        else {
            return .withheld(.inconclusive, fr: "L'étape n'a pas de soumission", en: "The step has no submission")
        }
        let rules = context.evidence.received == nil ? own : selection
        return await rules.judge(subject, object: "request body", reference: nil)
    }
}

/// The rules on the images that came back: `images: {instances: all}`.
///
/// `all` or `series`: every instance that was asked for; a list (`first`, UIDs): these alone, of an answer that is
/// partial on purpose; `[]`: none, of an answer that refuses. `{metadata: all}` looks at metadata, `{frames: 1, of: STEP}` at
/// frames, which it compares with the instance that an earlier step retrieved. `whenServed: true` looks at nothing where
/// a system does not serve an optional route: it answers 404, 405, 406 or 501.
struct ImagesJudge: ExpectationJudge {
    private let instances: [String]
    private let isMetadata: Bool
    private let frames: Int?
    private let step: String?
    private let isOptional: Bool
    private static let onWhole: Set<String> = ["IDS-013", "IDS-014"]

    init(_ expectation: Expectation) throws(LoadError) {
        let fields = try Argument(expectation.argument).map(keys: [
            "instances", "metadata", "frames", "of", "whenServed",
        ])
        instances = try fields["instances"]?.texts(mayBeEmpty: true) ?? ["all"]
        isMetadata = fields["metadata"] != nil
        frames = try fields["frames"]?.integers().first
        step = try fields["of"]?.text()
        try fields["whenServed"]?.flag()
        isOptional = fields["whenServed"] != nil
        guard try fields["metadata"]?.text() ?? "all" == "all",
            [fields["instances"], fields["metadata"], fields["frames"]].compactMap({ $0 }).count <= 1
        else {
            throw LoadError(
                expectation.argument.location,
                "'images' takes one of {instances: …}, {metadata: all}, {frames: 1, of: STEP}")
        }
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        if isOptional, let status = context.evidence.exchange?.response.status, [404, 405, 406, 501].contains(status) {
            var judgement = Judgement.withheld(
                .notRun, fr: "Le système ne sert pas cette route, qui est optionnelle",
                en: "The system does not serve this route, which is optional")
            judgement.isRequired = false
            return judgement
        }
        if isMetadata { return judgeMetadata(context) }
        if let frames { return judgeFrames(frames, of: step, context) }
        guard let exchange = context.evidence.exchange, let asked = context.evidence.asked else {
            return .noAnswer(context)
        }
        guard !instances.isEmpty else { return refused(context) }
        guard let received = context.evidence.images else { return absent(asked, exchange, context) }
        let isWhole = instances.allSatisfy { $0 == "all" || $0 == "series" }
        var whole = ImageAnswerSubject(
            asked: asked.instances, transferSyntaxes: asked.transferSyntaxes, images: received.images,
            patientID: context.evidence.manifest?.selection.patientID, status: exchange.response.status,
            contentType: exchange.response.headers.first("Content-Type").flatMap { MediaType($0) },
            faults: received.faults, isClosed: received.isClosed, registry: context.evidence.registryResponse)
        whole.patient = context.evidence.manifest.map { PatientTraits($0.selection) }
        var expected = whole
        if !isWhole { expected.asked = context.evidence.manifest?.selection.select(instances) ?? [] }
        let rules = received.isWADO ? ImageAnswerRules.wado : ImageAnswerRules.retrieveImagingDocumentSet
        let (answer, subject) = (whole, expected)
        var judgement = Judgement(
            rules: await WorkerPool.shared.run {
                // Status and errors speak of all that was asked, the images of what is expected to come.
                rules.map { $0.judge(Self.onWhole.contains($0.descriptor.id) ? answer : subject, level: .run) }
            })
        judgement.findings = judgement.findings.map { context.placed($0) }
        let ids = rules.map(\.descriptor.id)
        for requirement in context.expectation.requirements where !ids.contains(requirement) {
            let findings = differences(of: received, from: subject, requirement, context)
            judgement.findings += findings
            if findings.contains(where: { $0.severity == .violation }) { judgement.verdict = .fail }
            judgement.outcomes.append(
                OutcomeRecord(requirement: requirement, verdict: context.concluded(findings).verdict))
        }
        return judgement
    }

    /// What a requirement of the profile, which no rule stands for, sees: whether the images are those expected.
    private func differences(
        of received: ReceivedImages, from subject: ImageAnswerSubject, _ requirement: String,
        _ context: JudgementContext
    ) -> [Finding] {
        let expected = subject.asked.map(\.instance).sorted()
        let actual = received.images.map { $0.declaredUID ?? $0.head?.sopInstanceUID ?? "∅" }.sorted()
        guard expected != actual else { return [] }
        var finding = context.finding(
            LocalizedText(
                fr: "La réponse ne rend pas les images attendues, chacune une fois",
                en: "The answer does not hold the images that are expected, each once"),
            expected: "\(expected.count): \(expected.prefix(3).joined(separator: ", "))",
            actual: "\(actual.count): \(actual.prefix(3).joined(separator: ", "))", at: context.place())
        finding.requirement = requirement
        return [finding]
    }

    /// An answer that refuses holds no image.
    private func refused(_ context: JudgementContext) -> Judgement {
        guard let first = context.evidence.images?.images.first else { return .pass }
        return context.failure(
            LocalizedText(
                fr: "La réponse refuse, mais elle rend des images", en: "The answer refuses, but it holds images"),
            expected: "0", actual: "\(context.evidence.images?.images.count ?? 0): \(first.name)",
            at: context.place(byte: first.byteOffset))
    }

    /// No image came: the first requirement is broken, the others could not be seen.
    private func absent(_ asked: AskedImages, _ exchange: HTTPExchange, _ context: JudgementContext) -> Judgement {
        var judgement = context.failure(
            LocalizedText(fr: "La réponse ne contient pas d'images", en: "The answer holds no images"),
            expected: "\(asked.instances.count) × application/dicom",
            actual: "\(exchange.response.status) \(exchange.response.headers.first("Content-Type") ?? "∅")",
            at: context.place())
        judgement.outcomes = context.expectation.requirements.enumerated().map { index, id in
            OutcomeRecord(requirement: id, verdict: index == 0 ? judgement.verdict : .inconclusive)
        }
        return judgement
    }
}

/// The rules that report, manifest, entries and images of one exam keep together: `coherence: [all]`.
struct CoherenceJudge: ExpectationJudge {
    private let selection: RuleSelection<CoherenceSubject>
    var ruleIDs: [String] { selection.rules.map(\.descriptor.id) }

    init(_ expectation: Expectation) throws(LoadError) {
        selection = try RuleSelection(expectation, from: CoherenceRules.all)
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        let evidence = context.evidence
        var subject = CoherenceSubject(
            report: evidence.report.flatMap { ReportSubject($0.document) }, manifest: evidence.manifest?.subject,
            entries: evidence.entries, images: evidence.images?.images ?? [])
        // The step that the scenario names retrieved the whole study.
        subject.imagesAreComplete = evidence.images != nil
        var judgement = await selection.judge(subject, object: "CR, KOS", reference: nil)
        for index in judgement.findings.indices {
            let object = judgement.findings[index].place?.object ?? ""
            let digest = evidence.digests.first { object.hasPrefix($0.key) }?.value
            if judgement.findings[index].place?.sha256 == nil { judgement.findings[index].place?.sha256 = digest }
        }
        judgement.evidence = [evidence.report?.reference, evidence.manifest?.reference].compactMap { $0 }
        return judgement
    }
}
