internal import Checks
internal import Conformance
internal import XDS

/// Looks at the documents that ITI-43 returned.
///
/// `count: N`; `identicalTo: STEP`: byte for byte those that a step submitted; `entries: STEP`: as the entries of a
/// query say (hash, size, media type, ids).
/// Passes: all hold. Fails: a document too few or too many, one byte that differs, another media type.
struct DocumentsJudge: ExpectationJudge {
    private let count: Int?
    private let identicalTo: String?
    private let entries: String?

    init(_ expectation: Expectation) throws(LoadError) {
        let fields = try Argument(expectation.argument).map(keys: ["count", "identicalTo", "entries"])
        guard !fields.isEmpty else {
            throw LoadError(
                expectation.argument.location, "'documents' asks for nothing",
                advice: "known here: count, identicalTo, entries")
        }
        count = try fields["count"]?.integers().first
        identicalTo = try fields["identicalTo"]?.text()
        entries = try fields["entries"]?.text()
    }

    var ruleIDs: [String] { entries == nil ? [] : RetrieveRules.all.map(\.descriptor.id) }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard context.evidence.exchange != nil else { return .noAnswer(context) }
        guard context.evidence.registryResponse != nil else {
            return context.noRegistryResponse(expected: "RetrieveDocumentSetResponse")
        }
        let documents = context.evidence.documents
        var findings: [Finding] = []
        var outcomes: [RuleOutcome] = []
        if let count, documents.count != count {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Le nombre de documents rendus n'est pas celui attendu",
                        en: "The number of documents returned is not the expected one"),
                    expected: "\(count)",
                    actual: "\(documents.count)"
                        + (documents.isEmpty ? "" : ": " + documents.map(\.uniqueID).joined(separator: ", ")),
                    at: context.place()))
        }
        if let identicalTo {
            guard let submitted = context.earlier[identicalTo]?.submitted, !submitted.isEmpty else {
                return .withheld(
                    .skipped, fr: "L'étape « \(identicalTo) » n'a rien soumis",
                    en: "The step '\(identicalTo)' submitted nothing")
            }
            findings += unevenness(documents, submitted, context)
            for document in documents {
                guard let original = submitted.first(where: { $0.uniqueID == document.uniqueID }) else { continue }
                if let finding = difference(document, original, context) { findings.append(finding) }
            }
        }
        if let entries {
            let known = context.earlier[entries]?.entries ?? []
            let subject = RetrieveSubject(
                requested: context.evidence.requestedDocuments, entries: known,
                documents: documents.map {
                    RetrieveSubject.Document(
                        uniqueID: $0.uniqueID, repositoryUniqueID: $0.repositoryUniqueID, mimeType: $0.mimeType,
                        bytes: $0.bytes, place: $0.place)
                })
            outcomes = await WorkerPool.shared.run { RetrieveRules.all.map { $0.judge(subject, level: .run) } }
        }
        var judgement = Judgement(rules: outcomes)
        judgement.findings = findings + judgement.findings.map { context.placed($0) }
        judgement.verdict =
            judgement.findings.contains { $0.severity == .violation }
            ? .fail : documents.isEmpty && count != 0 ? .notRun : .pass
        judgement.evidence = documents.compactMap(\.reference)
        return judgement
    }

    /// The documents that were asked and are known, but did not come once; and those that nobody asked.
    private func unevenness(_ documents: [HeldDocument], _ submitted: [HeldDocument], _ context: JudgementContext)
        -> [Finding]
    {
        let asked = Set(context.evidence.requestedDocuments.compactMap(\.documentUniqueID))
        let expected = submitted.map(\.uniqueID).filter(asked.contains)
        var findings = expected.compactMap { uid -> Finding? in
            let times = documents.count { $0.uniqueID == uid }
            guard times != 1 else { return nil }
            return context.finding(
                LocalizedText(
                    fr: "Un document demandé n'est pas rendu une fois", en: "A requested document does not come once"),
                expected: "1 × \(uid)", actual: "\(times) × \(uid)", at: context.place())
        }
        for document in documents where !asked.contains(document.uniqueID) {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Un document rendu n'a pas été demandé", en: "A document returned was not asked for"),
                    expected: asked.sorted().joined(separator: ", "), actual: document.uniqueID,
                    at: document.place ?? context.place()))
        }
        return findings
    }

    /// The first byte that is not as submitted.
    private func difference(_ document: HeldDocument, _ original: HeldDocument, _ context: JudgementContext) -> Finding?
    {
        guard document.bytes != original.bytes else { return nil }
        let offset = zip(document.bytes, original.bytes).enumerated().first { $1.0 != $1.1 }?.offset
        var place = document.place ?? context.place()
        place.object = "\(document.name) \(document.uniqueID)"
        place.byte = offset ?? min(document.bytes.count, original.bytes.count)
        func shown(_ bytes: [UInt8]) -> String {
            let byte = offset.map { ", byte \($0): 0x" + String(bytes[$0], radix: 16) } ?? ""
            return "\(bytes.count) bytes\(byte)"
        }
        return context.finding(
            LocalizedText(
                fr: "Le document rendu n'est pas, octet pour octet, celui qui a été soumis",
                en: "The document returned is not, byte for byte, the one that was submitted"),
            expected: shown(original.bytes), actual: shown(document.bytes), at: place)
    }
}
