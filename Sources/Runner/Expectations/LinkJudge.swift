internal import Conformance
internal import Foundation
internal import HTTP
internal import Imaging

/// Looks at what the link of the report opened: `link: {opens: study}`.
///
/// The page, or the address to which it redirects, says which study it shows: by
/// `<meta name="study-instance-uid" content="…">`, by a parameter `StudyInstanceUIDs` or `studyUID`, or by the UID in
/// its text.
/// Passes: it is the study of the link. Fails: it is another one. `notRun`: it does not say, so a person must look.
struct LinkJudge: ExpectationJudge {
    private static let window = 1 << 20

    init(_ expectation: Expectation) throws(LoadError) {
        let fields = try Argument(expectation.argument).map(keys: ["opens"])
        guard let opens = fields["opens"], try opens.text() == "study" else {
            throw LoadError(expectation.argument.location, "'link' takes {opens: study}")
        }
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let response = context.evidence.exchange?.response else { return .noAnswer(context) }
        guard let study = context.evidence.link?.studyUID else {
            return .withheld(.inconclusive, fr: "Le lien ne nomme pas d'étude", en: "The link names no study")
        }
        guard (200..<400).contains(response.status) else {
            return context.failure(
                LocalizedText(fr: "Le lien n'ouvre pas l'examen", en: "The link does not open the exam"),
                expected: study, actual: "\(response.status) \(response.reason)",
                at: EvidencePlace(object: "response head", line: 1, header: ":status"))
        }
        let page = String(decoding: (try? response.body.prefix(Self.window)) ?? [], as: UTF8.self)
        let address = response.headers.first("Location") ?? ""
        if let shown = Self.study(in: address) ?? Self.study(inPage: page) {
            guard shown != study else { return .pass }
            return context.failure(
                LocalizedText(
                    fr: "Le lien ouvre une autre étude que celle du compte rendu",
                    en: "The link opens another study than that of the report"),
                expected: study, actual: shown, at: context.place())
        }
        if Self.contains(study, in: page) || Self.contains(study, in: address) { return .pass }
        return .withheld(
            .notRun, fr: "La page ouverte ne dit pas quelle étude elle montre : elle est à regarder dans un navigateur",
            en: "The page that opened does not say which study it shows: look at it in a browser")
    }

    /// The study that the address of a viewer names.
    private static func study(in address: String) -> String? {
        guard let target = try? URLTarget(address) else { return nil }
        let names = ["studyinstanceuids", "studyinstanceuid", "studyuid"]
        return target.items.first { names.contains($0.name.lowercased()) }?.value
    }

    /// The study that a page names in its head.
    private static func study(inPage page: String) -> String? {
        guard let name = page.range(of: "name=\"study-instance-uid\"", options: .caseInsensitive),
            let content = page.range(
                of: "content=\"", options: .caseInsensitive, range: name.upperBound..<page.endIndex),
            let end = page.range(of: "\"", range: content.upperBound..<page.endIndex)
        else { return nil }
        return String(page[content.upperBound..<end.lowerBound])
    }

    /// Whether `uid` stands in `text` as a whole, not as the beginning or end of a longer UID.
    private static func contains(_ uid: String, in text: String) -> Bool {
        var rest = text.startIndex..<text.endIndex
        while let found = text.range(of: uid, range: rest) {
            let before = found.lowerBound > text.startIndex ? text[text.index(before: found.lowerBound)] : " "
            let after = found.upperBound < text.endIndex ? text[found.upperBound] : " "
            let isPart: (Character) -> Bool = { $0.isNumber || $0 == "." }
            if !isPart(before), !isPart(after) { return true }
            rest = found.upperBound..<text.endIndex
        }
        return false
    }
}
