internal import Checks
internal import Conformance
internal import Foundation
internal import HTTP
internal import Imaging

/// Looks at what the link of the report opened: `link: {opens: study}`, or `link: {opens: nothing}` of a refusal;
/// `link: {opens: login}` of a link that is opened without a session: a redirection to Pro Santé Connect, whose
/// authorization request obeys SEC-018. `mayRefuse: true` looks at nothing where the link is refused; `hides: TEXT` also demands that the answer does not repeat the text.
///
/// The page, or the address to which it redirects, says which study it shows: by
/// `<meta name="study-instance-uid" content="…">`, or by a parameter `StudyInstanceUIDs`, `StudyInstanceUID` or
/// `studyUID` of `Location`.
/// Passes: it is the study of the link; for a refusal, none is told. Fails: it is another study; a refusal shows one.
/// `notRun`, which weighs on nothing: the page does not say, as most viewers; a person must look.
struct LinkJudge: ExpectationJudge {
    private static let window = 1 << 20
    private let opened: Opened
    private let hidden: String?
    private let mayRefuse: Bool
    var ruleIDs: [String] { opened == .login ? Self.authorization.map(\.descriptor.id) : [] }

    private enum Opened: String, CaseIterable {
        case study, nothing, login
    }

    private static let authorization = TokenRules.all.filter { $0.descriptor.id == "SEC-018" }

    init(_ expectation: Expectation) throws(LoadError) {
        let fields = try Argument(expectation.argument).map(keys: ["opens", "hides", "mayRefuse"])
        guard let opened = try (fields["opens"]?.text()).flatMap(Opened.init(rawValue:)) else {
            let known = Opened.allCases.map { "{opens: \($0.rawValue)}" }.joined(separator: ", ")
            throw LoadError(expectation.argument.location, "'link' takes one of \(known)")
        }
        self.opened = opened
        hidden = try fields["hides"]?.text()
        try fields["mayRefuse"]?.flag()
        mayRefuse = fields["mayRefuse"] != nil
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let response = context.evidence.exchange?.response else { return .noAnswer(context) }
        guard let study = context.evidence.link?.studyUID else {
            return .withheld(.inconclusive, fr: "Le lien ne nomme pas d'étude", en: "The link names no study")
        }
        let page = String(decoding: (try? response.body.prefix(Self.window)) ?? [], as: UTF8.self)
        let address = response.headers.first("Location") ?? ""
        let fields = response.headers.fields.map(\.value).joined(separator: "\n")
        if let hidden, page.contains(hidden) || fields.contains(hidden) {
            return context.failure(
                LocalizedText(
                    fr: "La réponse répète un paramètre tel quel : un script s'y exécuterait",
                    en: "The answer repeats a parameter as it is: a script in it would run"),
                expected: "∅", actual: hidden, at: context.place())
        }
        let shown = Self.studies(in: address) + Self.studies(inPage: page)
        if opened == .login { return login(response, shown: Self.studies(inPage: page), address, context) }
        guard opened == .study else {
            guard let first = shown.first else { return .pass }
            return context.failure(
                LocalizedText(
                    fr: "La réponse refuse le lien, mais elle ouvre une étude",
                    en: "The answer refuses the link, but it opens a study"),
                expected: "∅", actual: first, at: context.place())
        }
        if mayRefuse, (400..<500).contains(response.status) {
            return unjudged(
                LocalizedText(fr: "Le lien est refusé, ce qui est permis", en: "The link is refused, which is allowed"),
                context)
        }
        guard (200..<400).contains(response.status) else {
            return context.failure(
                LocalizedText(fr: "Le lien n'ouvre pas l'examen", en: "The link does not open the exam"),
                expected: study, actual: "\(response.status) \(response.reason)",
                at: context.headPlace(header: ":status", line: 1))
        }
        if (300..<400).contains(response.status), address.isEmpty {
            return context.failure(
                LocalizedText(
                    fr: "La redirection ne dit pas où aller", en: "The redirection does not say where to go"),
                expected: "Location: …", actual: "∅", at: context.headPlace(header: "Location"))
        }
        if (200..<300).contains(response.status), response.body.isEmpty {
            return context.failure(
                LocalizedText(fr: "La page ouverte est vide", en: "The page that opened is empty"),
                expected: study, actual: "0", at: context.place())
        }
        guard !shown.isEmpty else { return unseen(context) }
        guard shown.contains(where: { $0 != study }) else { return .pass }
        return context.failure(
            LocalizedText(
                fr: "Le lien ouvre une autre étude que celle du compte rendu",
                en: "The link opens another study than that of the report"),
            expected: study, actual: shown.joined(separator: ", "), at: context.place())
    }

    /// Without a session, the link leads to Pro Santé Connect, and shows nothing.
    private func login(
        _ response: HTTPResponse, shown: [String], _ address: String, _ context: JudgementContext
    ) -> Judgement {
        if let first = shown.first {
            return context.failure(
                LocalizedText(
                    fr: "Le lien montre une étude sans que personne se soit connecté",
                    en: "The link shows a study though nobody logged in"),
                expected: "302 | 303: Pro Santé Connect", actual: first, at: context.place())
        }
        guard (200..<400).contains(response.status), !((300..<400).contains(response.status) && address.isEmpty) else {
            return context.failure(
                LocalizedText(
                    fr: "Le lien ne mène pas à la connexion par Pro Santé Connect",
                    en: "The link does not lead to the login of Pro Santé Connect"),
                expected: "302 | 303: Pro Santé Connect", actual: "\(response.status) \(response.reason)",
                at: context.headPlace(header: ":status", line: 1))
        }
        guard address.firstMatch(of: /[?&]response_type=/) != nil else { return unseen(context) }
        var judgement = Judgement(
            rules: Self.authorization.map { $0.judge(TokenSubject(authorization: address), level: .run) })
        judgement.findings = judgement.findings.map { finding in
            var finding = finding
            finding.place = context.headPlace(header: "Location")
            return finding
        }
        judgement.outcomes += context.expectation.requirements.map { OutcomeRecord(requirement: $0, verdict: .pass) }
        return judgement
    }

    /// The page does not say what it shows: said in the report, without weight on the verdict.
    private func unseen(_ context: JudgementContext) -> Judgement {
        unjudged(
            LocalizedText(
                fr: "La page ouverte ne dit pas quelle étude elle montre : elle est à regarder dans un navigateur",
                en: "The page that opened does not say which study it shows: look at it in a browser"),
            context)
    }

    private func unjudged(_ reason: LocalizedText, _ context: JudgementContext) -> Judgement {
        var judgement = Judgement.withheld(.notRun, fr: reason.fr, en: reason.en)
        judgement.isRequired = false
        judgement.outcomes = context.expectation.requirements.map {
            OutcomeRecord(requirement: $0, verdict: .inconclusive)
        }
        return judgement
    }

    /// The studies that the address of a viewer names, in its query, its fragment or its path; viewers take lists.
    private static func studies(in address: String) -> [String] {
        let named = address.matches(of: /(?:studyinstanceuids?|studyuid)=([^&#\s]+)/.ignoresCase()).map(\.output.1)
        let placed = address.matches(of: /\/studies\/([0-9.]+)/).map(\.output.1)
        return (named + placed).flatMap { list in
            (list.removingPercentEncoding ?? String(list))
                .split(whereSeparator: { $0 == "," || $0 == "\\" || $0 == ";" }).map(String.init)
        }
    }

    /// The studies that a page names in its head, whatever the order of the attributes.
    private static func studies(inPage page: String) -> [String] {
        page.matches(of: /<meta\b[^>]{0,1000}>/.ignoresCase()).compactMap { match in
            let tag = String(match.output)
            guard let name = attribute("name", of: tag), name.lowercased() == "study-instance-uid" else { return nil }
            return attribute("content", of: tag)
        }
    }

    /// The value of an attribute of an HTML tag, in single, double or no quotes.
    private static func attribute(_ name: String, of tag: String) -> String? {
        for match in tag.matches(of: /([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/)
        where match.1.lowercased() == name {
            return (match.2 ?? match.3 ?? match.4).map(String.init)
        }
        return nil
    }
}
