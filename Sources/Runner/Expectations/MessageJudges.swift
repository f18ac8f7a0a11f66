internal import Checks
internal import Conformance
internal import HTTP
internal import SOAP
internal import XDS
internal import XML

/// Looks at the MTOM/XOP framing of the answer: `mtom: true`.
///
/// Passes: a multipart/related whose parts are delimited and whose every `xop:Include` names a part.
/// Fails: no multipart, a missing close delimiter, a reference to no part, two parts of one Content-ID.
struct MTOMJudge: ExpectationJudge {
    init(_ expectation: Expectation) throws(LoadError) { try Argument(expectation.argument).flag() }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let answer = context.evidence.answer else { return .noAnswer(context) }
        var findings = context.faults(of: answer, layers: [.http, .mtom])
        if !answer.isMultipart, !findings.contains(where: { $0.severity == .violation }) {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "La réponse n'est pas un paquet MTOM (multipart/related)",
                        en: "The answer is no MTOM package (multipart/related)"),
                    expected: "multipart/related; type=\"application/xop+xml\"",
                    actual: context.evidence.headers?.first("Content-Type") ?? "∅",
                    at: context.headPlace(header: "Content-Type")))
        }
        return context.concluded(findings)
    }
}

/// Looks at the envelope: `soap: response` at envelope and action of an answer, `soap: relatesTo` at the link between
/// request and answer, `soap: request` at envelope and action of a message that the step waited for.
///
/// Passes: a SOAP 1.2 envelope with the response action; `wsa:RelatesTo` that repeats `wsa:MessageID`.
/// Fails: SOAP 1.1, HTML, no body, another action; no `wsa:RelatesTo` or that of another message.
struct SOAPJudge: ExpectationJudge {
    private enum Aspect: String, CaseIterable {
        case request, response, relatesTo
    }

    private let aspect: Aspect

    init(_ expectation: Expectation) throws(LoadError) {
        let text = try Argument(expectation.argument).text()
        guard let aspect = Aspect(rawValue: text) else {
            throw LoadError(
                expectation.argument.location, "'\(text)' is no aspect of an envelope",
                advice: "known here: \(Aspect.allCases.map(\.rawValue).joined(separator: ", "))",
                length: text.utf8.count)
        }
        self.aspect = aspect
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let answer = context.evidence.answer else { return .noAnswer(context) }
        switch aspect {
        case .request, .response:
            var findings = context.faults(of: answer, layers: [.http, .soap])
            if answer.envelope != nil {
                let accepted =
                    aspect == .request
                    ? [context.evidence.requestAction].compactMap { $0 } : context.evidence.responseActions
                findings += MessageRules.responseAction(
                    of: answer, accepted: accepted, requirement: context.requirement
                ).map { context.placed($0) }
            } else if !findings.contains(where: { $0.severity == .violation }) {
                findings.append(
                    context.finding(
                        LocalizedText(
                            fr: "Le message n'est pas une enveloppe SOAP", en: "The message is no SOAP envelope"),
                        expected: "env:Envelope", actual: answer.document?.documentElement.localName ?? "∅",
                        at: context.place()))
            }
            return context.concluded(findings)
        case .relatesTo:
            guard answer.envelope != nil, let messageID = context.evidence.messageID else {
                return .withheld(
                    .inconclusive, fr: "Il n'y a pas d'enveloppe où lire wsa:RelatesTo",
                    en: "There is no envelope in which to read wsa:RelatesTo")
            }
            return context.concluded(
                MessageRules.relatesTo(of: answer, messageID: messageID, requirement: context.requirement)
                    .map { context.placed($0) })
        }
    }
}

/// Validates the envelope of the answer and its body with the schemas of the transactions: `xsd: true`.
///
/// Passes: a body that is valid. Fails: each violation of the schema is a finding with line and column.
struct SchemaJudge: ExpectationJudge {
    /// The schema that imports those of all messages, below `Profiles/Schemas`.
    static let file = "messages.xsd"

    init(_ expectation: Expectation) throws(LoadError) { try Argument(expectation.argument).flag() }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard let answer = context.evidence.answer else { return .noAnswer(context) }
        guard let document = answer.document else {
            return .withheld(
                .inconclusive, fr: "La réponse ne contient pas de XML lisible", en: "The answer holds no readable XML")
        }
        let schema: Schema
        do {
            schema = try await context.services.schemas.schema(Self.file)
        } catch {
            return .withheld(
                .notRun, fr: "Le schéma des messages ne peut pas être lu : \(error)",
                en: "The schema of the messages cannot be read: \(error)")
        }
        let violations = await WorkerPool.shared.run { schema.validate(document) }
        let nodes = document.documentElement
        return context.concluded(
            violations.map { violation in
                var place =
                    answer.isMultipart ? context.place() : context.place(line: violation.line, column: violation.column)
                if answer.isMultipart {
                    // Lines of the part are not those of the body: the element tells where it stands in both.
                    place.part = answer.rootPart?.name
                    place.line = answer.place(of: nodes).line.map { $0 + violation.line - nodes.line }
                    place.column = violation.column
                }
                place.xpath = violation.path.isEmpty ? nil : violation.path
                return context.finding(
                    LocalizedText(
                        fr: "Le message n'est pas valide selon son schéma",
                        en: "The message is not valid against its schema"),
                    expected: "Profiles/Schemas/\(Self.file)", actual: violation.message, at: place)
            })
    }
}

/// Evaluates an XPath 1.0 expression at the root of the system's message: `xpath: "count(//rs:RegistryError) = 1"`.
///
/// `${name}` in a string stands for a variable or a capture.
///
/// The prefixes `env`, `wsa`, `rs`, `rim`, `query`, `lcm`, `xdsb`, `xop` and `hl7` are declared.
/// Passes: the effective boolean value is true. Fails: it is false, or the answer is no XML.
struct XPathJudge: ExpectationJudge {
    static let namespaces = [
        "env": SOAPNamespace.soap12, "wsa": SOAPNamespace.addressing, "xop": SOAPNamespace.xop, "rs": XDSNamespace.rs,
        "rim": XDSNamespace.rim, "query": XDSNamespace.query, "lcm": XDSNamespace.lcm, "xdsb": XDSNamespace.xdsb,
        "hl7": "urn:hl7-org:v3",
    ]

    private let text: String

    init(_ expectation: Expectation) throws(LoadError) {
        text = try Argument(expectation.argument).text()
        do {
            _ = try PathQuery(text, namespaces: Self.namespaces)
        } catch {
            throw LoadError(
                expectation.argument.location, error.message,
                advice: "XPath 1.0 with the prefixes \(Self.namespaces.keys.sorted().joined(separator: ", "))")
        }
    }

    func judge(_ context: JudgementContext) async -> Judgement {
        guard context.evidence.exchange != nil || context.evidence.received != nil else { return .noAnswer(context) }
        guard let document = context.evidence.answer?.document else {
            return context.failure(
                LocalizedText(fr: "Le message n'est pas du XML", en: "The message is no XML"),
                expected: text, actual: "∅", at: context.place())
        }
        do {
            let query = try PathQuery(try context.variables.expand(text), namespaces: Self.namespaces)
            let value = try query.evaluate(document)
            guard !value.isTrue else { return .pass }
            return context.failure(
                LocalizedText(
                    fr: "L'assertion XPath n'est pas vérifiée", en: "The XPath assertion does not hold"),
                expected: query.source, actual: Self.shown(value), at: context.place())
        } catch let missing as MissingVariable {
            return .withheld(
                .skipped, fr: "La variable « \(missing.name) » n'a pas été capturée",
                en: "The variable '\(missing.name)' was not captured")
        } catch {
            let cause = (error as? XMLError)?.message ?? "\(error)"
            return .withheld(
                .error, fr: "L'assertion XPath ne peut pas être évaluée : \(cause)",
                en: "The XPath assertion cannot be evaluated: \(cause)")
        }
    }

    private static func shown(_ value: PathQuery.Value) -> String {
        switch value {
        case .boolean(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "'\(value)'"
        case .nodes(let values): values.isEmpty ? "∅" : values.joined(separator: " | ")
        }
    }
}

extension JudgementContext {
    /// The requirement that a finding of this expectation names.
    var requirement: String? { expectation.requirements.first }

    /// The faults of a message in some layers, weighed for a system under test.
    ///
    /// A content coding that was not asked for (RFC 9110 §8.4) makes the body unreadable: that is the one fault told.
    func faults(of message: SOAPMessage, layers: Set<MessageRules.Layer>) -> [Finding] {
        if let coding = evidence.headers?.first("Content-Encoding"), coding.lowercased() != "identity" {
            return [
                finding(
                    LocalizedText(
                        fr: "La réponse est compressée alors que la requête ne l'a pas demandé (Accept-Encoding)",
                        en: "The answer is compressed though the request did not ask for it (Accept-Encoding)"),
                    expected: "Content-Encoding: ∅", actual: "Content-Encoding: \(coding)",
                    at: headPlace(header: "Content-Encoding"))
            ]
        }
        return MessageRules.findings(
            message, layers: layers, level: .run, requirement: requirement, direction: .response
        ).map { placed($0) }
    }

    /// `finding` with the digest of the answer and the weight of the expectation.
    func placed(_ finding: Finding) -> Finding {
        var finding = finding
        var place = finding.place ?? EvidencePlace()
        place.object = place.object ?? evidence.body.name
        place.sha256 = place.sha256 ?? evidence.body.sha256
        finding.place = place
        if finding.severity == .violation { finding.severity = expectation.severity }
        return finding
    }
}
