internal import HTTP
internal import XML
internal import Checks
internal import Conformance
internal import SOAP
internal import XDS

/// Compares the status of the registry response: `registry: Success`, `Failure` or `PartialSuccess`.
///
/// Passes: that status, and no error of severity Error beside `Success`.
/// Fails: another status, a status that ebRS does not know, no registry response, errors beside `Success`.
/// Inconclusive: `Failure`, when the system refuses only because it knows an identifier already, and no line asks for that.
struct RegistryJudge: ExpectationJudge {
    private static let statuses = [
        "Success": XDSURN.success, "Failure": XDSURN.failure, "PartialSuccess": XDSURN.partialSuccess,
    ]

    private let name: String
    private let urn: String

    init(_ expectation: Expectation) throws(LoadError) {
        name = try Argument(expectation.argument).text()
        guard let urn = Self.statuses[name] else {
            throw LoadError(
                expectation.argument.location, "'\(name)' is no status of a registry response",
                advice: "known here: \(Self.statuses.keys.sorted().joined(separator: ", "))", length: name.utf8.count)
        }
        self.urn = urn
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard context.evidence.exchange != nil else { return .noAnswer(context) }
        guard let response = context.evidence.registryResponse else { return context.noRegistryResponse(expected: urn) }
        let place = context.place(of: response.place)
        // A refusal of what the system knows is none of the fault that was sent; after a seed that may have been replayed,
        // it is none of the system either.
        if response.status == XDSURN.failure, urn == XDSURN.failure || context.services.mayRepeat,
            let repetition = context.repetition(response)
        {
            return repetition
        }
        guard response.status == urn else {
            let errors = response.errors.map { "\($0.code.rawValue): \($0.context)" }.joined(separator: "; ")
            return context.failure(
                LocalizedText(
                    fr: response.isStatusKnown
                        ? "Le statut de la réponse n'est pas celui attendu"
                        : "Le statut de la réponse n'est pas un statut d'ebRS",
                    en: response.isStatusKnown
                        ? "The status of the answer is not the expected one"
                        : "The status of the answer is no status of ebRS"),
                expected: urn, actual: response.status + (errors.isEmpty ? "" : " (\(errors))"), at: place)
        }
        let errors = response.errors.filter { !$0.isWarning }
        guard urn == XDSURN.success, let error = errors.first else { return .pass }
        return context.failure(
            LocalizedText(
                fr: "Une réponse Success porte une erreur", en: "A Success answer holds an error"),
            expected: "no rs:RegistryError of severity Error", actual: "\(error.code.rawValue): \(error.context)",
            at: context.place(of: error.place))
    }
}

/// Looks for an error code in the registry response: `errorCode: [XDSMissingDocument]`, any of the list.
///
/// `errorCode: {codes: […], location: UID}` also asks what the error is about.
/// Passes: an error of severity Error has one of the codes. Fails: no error, a warning only, or other codes only.
struct ErrorCodeJudge: ExpectationJudge {
    private let codes: [String]
    private let location: String?

    init(_ expectation: Expectation) throws(LoadError) {
        guard case .map = expectation.argument else {
            codes = try Argument(expectation.argument).texts()
            location = nil
            return
        }
        let fields = try Argument(expectation.argument).map(keys: ["codes", "location"])
        guard let codes = fields["codes"] else {
            throw LoadError(expectation.argument.location, "'errorCode' lacks 'codes'")
        }
        self.codes = try codes.texts()
        location = try fields["location"]?.text()
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard context.evidence.exchange != nil else { return .noAnswer(context) }
        let wanted = codes.joined(separator: " | ")
        guard let response = context.evidence.registryResponse else {
            return context.noRegistryResponse(expected: wanted)
        }
        let named = response.errors.filter { codes.contains($0.code.rawValue) }
        let shown = response.errors.map { $0.code.rawValue + ($0.isWarning ? " (Warning)" : "") }.joined(
            separator: ", ")
        guard let error = named.first(where: { !$0.isWarning }) else {
            if let repetition = context.repetition(response) { return repetition }
            return context.failure(
                LocalizedText(
                    fr: "La réponse ne porte pas le code d'erreur attendu, de sévérité Error",
                    en: "The answer does not hold the expected error code, of severity Error"),
                expected: wanted, actual: shown.isEmpty ? "∅ (\(response.status))" : shown,
                at: context.place(of: response.errors.first?.place ?? response.place))
        }
        guard let location else { return .pass }
        let subject = (try? context.variables.expand(location)) ?? location
        let isTold = named.contains { !$0.isWarning && ($0.location == subject || $0.context.contains(subject)) }
        guard !isTold else { return .pass }
        return context.failure(
            LocalizedText(
                fr: "L'erreur ne dit pas quel objet elle concerne",
                en: "The error does not say which object it is about"),
            expected: "location=\(subject)", actual: "location=\(error.location ?? "∅"), codeContext=\(error.context)",
            at: context.place(of: error.place))
    }
}

/// Looks at the entries that a query returned.
///
/// `count: N`; `include: STEP` or `STEP.kos`: the entries that a step submitted are there; `identicalTo: STEP`: they say
/// what was submitted, and where the document is; `patient: CX`, `status: Approved`, `reference: CXi`: every entry is of
/// them.
/// Passes: all hold. Fails: a finding for each that does not. `notRun`: there is no entry to look at.
struct EntriesJudge: ExpectationJudge {
    private let count: Int?
    private let include: String?
    private let identicalTo: String?
    private let patient: String?
    private let status: String?
    private let reference: String?

    init(_ expectation: Expectation) throws(LoadError) {
        let keys = ["count", "include", "identicalTo", "patient", "status", "reference"]
        let fields = try Argument(expectation.argument).map(keys: keys)
        guard !fields.isEmpty else {
            throw LoadError(
                expectation.argument.location, "'entries' asks for nothing",
                advice: "known here: \(keys.joined(separator: ", "))")
        }
        count = try fields["count"]?.integers().first
        include = try fields["include"]?.text()
        identicalTo = try fields["identicalTo"]?.text()
        patient = try fields["patient"]?.text()
        status = try fields["status"]?.text()
        reference = try fields["reference"]?.text()
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard context.evidence.exchange != nil else { return .noAnswer(context) }
        guard context.evidence.registryResponse != nil else { return context.noRegistryResponse(expected: "entries") }
        let entries = context.evidence.entries
        var findings: [Finding] = []
        if let count, entries.count != count {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Le nombre de fiches rendues n'est pas celui attendu",
                        en: "The number of entries returned is not the expected one"),
                    expected: "\(count)",
                    actual: ["\(entries.count)", entries.map(\.uniqueID).joined(separator: ", ")].filter { !$0.isEmpty }
                        .joined(separator: ": "),
                    at: context.place()))
        }
        if count == 0, entries.isEmpty, context.evidence.foundObjects > 0 {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "La réponse ne devait rien rendre, mais elle rend des objets ou leurs références",
                        en: "The answer was to return nothing, but it returns objects or references to them"),
                    expected: "0", actual: "\(context.evidence.foundObjects)", at: context.place()))
        }
        do {
            if let include { findings += try missing(include, entries, context) }
            if let identicalTo { findings += try differences(identicalTo, entries, context) }
            if let patient { findings += others(than: try context.variables.expand(patient), entries, context) }
            if let reference { findings += strangers(to: try context.variables.expand(reference), entries, context) }
        } catch let obstacle as StepObstacle {
            return Judgement(verdict: obstacle.verdict, reason: obstacle.reason)
        } catch let missing as MissingVariable {
            return .withheld(
                .skipped, fr: "La variable « \(missing.name) » n'a pas été capturée",
                en: "The variable '\(missing.name)' was not captured")
        } catch {
            return .withheld(.error, fr: "\(error)", en: "\(error)")
        }
        if let status { findings += otherStatus(than: status, entries, context) }
        if findings.isEmpty, entries.isEmpty, count != 0 {
            return .withheld(.notRun, fr: "Aucune fiche n'a été rendue", en: "No entry was returned")
        }
        return context.concluded(findings)
    }

    private func missing(_ step: String, _ entries: [DocumentEntry], _ context: JudgementContext) throws -> [Finding] {
        try context.submittedEntries(step).filter { wanted in !entries.contains { $0.uniqueID == wanted.uniqueID } }
            .map { wanted in
                context.finding(
                    LocalizedText(
                        fr: "La fiche d'un document soumis n'a pas été rendue",
                        en: "The entry of a submitted document was not returned"),
                    expected: "uniqueId \(wanted.uniqueID)",
                    actual: entries.isEmpty ? "∅" : entries.map(\.uniqueID).joined(separator: ", "), at: context.place()
                )
            }
    }

    private func differences(_ step: String, _ entries: [DocumentEntry], _ context: JudgementContext) throws
        -> [Finding]
    {
        var findings: [Finding] = []
        for wanted in try context.submittedEntries(step) {
            guard let entry = entries.first(where: { $0.uniqueID == wanted.uniqueID }) else {
                findings += try missing(step, entries, context).prefix(1)
                continue
            }
            let place = context.place(of: entry.source.object?.place ?? ReadPlace())
            if entry.repositoryUniqueID?.isEmpty ?? true {
                findings.append(
                    context.finding(
                        LocalizedText(
                            fr: "La fiche n'a pas de repositoryUniqueId : son document ne peut pas être récupéré",
                            en: "The entry has no repositoryUniqueId: its document cannot be retrieved"),
                        expected: "repositoryUniqueId", actual: "∅", at: place))
            }
            let repository = context.services.repositoryUniqueID
            let told = entry.repositoryUniqueID
            if let repository, let told, told != repository {
                findings.append(difference("repositoryUniqueId", repository, told, context, place))
            }
            for (wantedValue, found) in zip(Self.attributes(of: wanted), Self.attributes(of: entry))
            where wantedValue.value != found.value {
                findings.append(difference(found.name, wantedValue.value, found.value, context, place))
            }
            if UUIDText.isURN(entry.id) == false {
                findings.append(difference("id", "urn:uuid:…", entry.id, context, place))
            }
        }
        return findings
    }

    private func difference(
        _ name: String, _ expected: String, _ actual: String, _ context: JudgementContext, _ place: EvidencePlace
    ) -> Finding {
        context.finding(
            LocalizedText(
                fr: "\(name) de la fiche n'est pas celui qui a été soumis",
                en: "\(name) of the entry is not the one that was submitted"),
            expected: expected.isEmpty ? "∅" : expected, actual: actual.isEmpty ? "∅" : actual, at: place)
    }

    /// What a registry keeps of an entry as it was submitted (IHE ITI TF-3 4.2.3.2); lists in no order.
    private static func attributes(of entry: DocumentEntry) -> [(name: String, value: String)] {
        func code(_ value: CodedValue?) -> String { value.map { "\($0.code) (\($0.scheme))" } ?? "" }
        func codes(_ values: [CodedValue]) -> String { values.map { code($0) }.sorted().joined(separator: ", ") }
        return [
            ("hash", entry.hash?.lowercased() ?? ""), ("size", entry.size ?? ""), ("mimeType", entry.mimeType),
            ("objectType", entry.objectType), ("patientId", entry.patientID?.text ?? ""),
            ("classCode", code(entry.classCode)), ("typeCode", code(entry.typeCode)),
            ("formatCode", code(entry.formatCode)),
            ("healthcareFacilityTypeCode", code(entry.healthcareFacilityTypeCode)),
            ("practiceSettingCode", code(entry.practiceSettingCode)),
            ("confidentialityCode", codes(entry.confidentialityCodes)), ("eventCodeList", codes(entry.eventCodes)),
            ("creationTime", entry.creationTime?.text ?? ""), ("serviceStartTime", entry.serviceStartTime?.text ?? ""),
            ("serviceStopTime", entry.serviceStopTime?.text ?? ""), ("languageCode", entry.languageCode ?? ""),
            ("title", entry.title ?? ""), ("sourcePatientId", entry.sourcePatientID?.text ?? ""),
            ("referenceIdList", entry.referenceIDs.map(\.text).sorted().joined(separator: ", ")),
            ("author", entry.authors.map(author).sorted().joined(separator: "; ")),
            ("legalAuthenticator", entry.legalAuthenticator?.text ?? ""),
            ("sourcePatientInfo", entry.sourcePatientInfo.sorted().joined(separator: ", ")),
        ]
    }

    private static func author(_ author: Author) -> String {
        let parts = [author.person?.text ?? ""] + author.institutions.map(\.text) + author.roles + author.specialties
        return parts.joined(separator: ", ")
    }

    private func strangers(to reference: String, _ entries: [DocumentEntry], _ context: JudgementContext) -> [Finding] {
        entries.filter { entry in !entry.referenceIDs.contains { $0.text == reference } }.map { entry in
            context.finding(
                LocalizedText(
                    fr: "Une fiche rendue ne porte pas la référence demandée",
                    en: "An entry returned does not hold the requested reference"),
                expected: reference,
                actual: entry.referenceIDs.isEmpty ? "∅" : entry.referenceIDs.map(\.text).joined(separator: ", "),
                at: context.place(of: entry.source.object?.place ?? ReadPlace()))
        }
    }

    private func others(than patient: String, _ entries: [DocumentEntry], _ context: JudgementContext) -> [Finding] {
        let wanted = CX(patient)
        return entries.filter { $0.patientID.map { !$0.names(same: wanted) } ?? true }.map { entry in
            context.finding(
                LocalizedText(
                    fr: "Une fiche rendue est d'un autre patient", en: "An entry returned is of another patient"),
                expected: patient, actual: entry.patientID?.text ?? "∅",
                at: context.place(of: entry.source.object?.place ?? ReadPlace()))
        }
    }

    private func otherStatus(than status: String, _ entries: [DocumentEntry], _ context: JudgementContext) -> [Finding]
    {
        entries.filter { !($0.availabilityStatus ?? "").hasSuffix(":" + status) }.map { entry in
            context.finding(
                LocalizedText(
                    fr: "Une fiche rendue n'a pas le statut demandé",
                    en: "An entry returned does not have the requested status"),
                expected: status, actual: entry.availabilityStatus ?? "∅",
                at: context.place(of: entry.source.object?.place ?? ReadPlace()))
        }
    }
}

extension JudgementContext {
    /// The answer holds no registry response, though one is expected.
    func noRegistryResponse(expected: String) -> Judgement {
        let element = evidence.answer?.envelope?.content?.localName
        return failure(
            LocalizedText(
                fr: "La réponse ne contient pas de réponse de registre", en: "The answer holds no registry response"),
            expected: expected,
            actual: element ?? evidence.answer?.envelope?.fault.map { "Fault: \($0.reason)" }
                ?? evidence.exchange?.response.headers.first("Content-Type") ?? "∅",
            at: place())
    }

    /// The place of an element that was read from the answer.
    func place(of read: ReadPlace) -> EvidencePlace {
        guard let node = read.node, let answer = evidence.answer, let exchange = evidence.exchange else {
            return place()
        }
        return answer.evidencePlace(of: node, exchange)
    }

    /// The entries that the step `name` submitted; `step.kos` and `step.cr` name one of them.
    func submittedEntries(_ name: String) throws(StepObstacle) -> [DocumentEntry] {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard let evidence = earlier[parts[0]], !evidence.submittedEntries.isEmpty else {
            throw StepObstacle(
                .skipped, fr: "L'étape « \(parts[0]) » n'a rien soumis", en: "The step '\(parts[0])' submitted nothing")
        }
        guard parts.count == 2 else { return evidence.submittedEntries }
        let ids = Set(evidence.submitted.filter { $0.name == parts[1] }.map(\.uniqueID))
        return evidence.submittedEntries.filter { ids.contains($0.uniqueID) }
    }
}
