internal import Checks
internal import Conformance
internal import DICOM
internal import Imaging

/// How requests without an envelope are judged: WADO-RS, contextual calls, health checks.
extension FileValidator {
    /// A captured HTTP request.
    func judgeRequest(_ bytes: [UInt8], _ kind: FileKind, _ judgement: inout FileJudgement) async {
        guard let request = CapturedRequest(reading: bytes) else {
            judgement.layers.append(
                LayerJudgement(
                    "http",
                    findings: [
                        Finding(
                            check: "http.request-line", severity: .violation,
                            message: LocalizedText(
                                fr: "Le fichier ne commence pas par une ligne de requête HTTP",
                                en: "The file does not begin with an HTTP request line"),
                            expected: "GET https://… HTTP/1.1",
                            actual: String(decoding: bytes.prefix { $0 != 0x0A }.prefix(80), as: UTF8.self),
                            place: EvidencePlace(line: 1))
                    ]))
            return
        }
        judgement.summary =
            ["\(request.method) \(request.target)"] + request.fields.map { "\($0.name): \(Self.shown($0))" }
        judgement.layers.append(LayerJudgement("http", findings: Self.findings(request)))
        switch kind {
        case .wadoRequest:
            var subject = ImageRequestSubject(request)
            subject.manifest = manifest()
            judgement.layers.append(await rules("wado", ImageRequestRules.all, subject))
        case .contextCall:
            judgement.layers.append(await rules("context-call", ContextCallRules.all, ContextCall(request)))
        default:
            let isRight = request.method == "GET" && request.body.isEmpty
            judgement.layers.append(
                LayerJudgement(
                    "healthcheck",
                    findings: isRight
                        ? []
                        : [
                            Finding(
                                check: "healthcheck.method", severity: .violation,
                                message: LocalizedText(
                                    fr: "Un healthcheck est un GET sans corps",
                                    en: "A health check is a GET without body"),
                                expected: "GET", actual: request.method, place: EvidencePlace(line: 1))
                        ]))
        }
    }

    /// The manifest among the other objects that were named.
    func manifest() -> ManifestSubject? {
        options.others.lazy.compactMap { path -> ManifestSubject? in
            guard let bytes = try? Self.read(path), FileKind.detect(bytes) == .kos,
                let file = try? DICOMFile(reading: bytes)
            else { return nil }
            return ManifestSubject(bytes: bytes, file: file)
        }.first
    }

    /// A token is a secret.
    private static func shown(_ field: CapturedRequest.Field) -> String {
        let value = field.value
        guard field.name.lowercased() == "authorization" else { return String(value.prefix(120)) }
        return (value.split(separator: " ").first.map(String.init) ?? "") + " …"
    }

    /// What is unusual about the writing of a request.
    private static func findings(_ request: CapturedRequest) -> [Finding] {
        var findings = request.notes.map { note in
            Finding(
                check: "http.\(note.code)", severity: note.code == "malformed-header" ? .violation : .warning,
                message: LocalizedText(fr: french[note.code] ?? note.message, en: note.message),
                place: EvidencePlace(line: note.line))
        }
        for field in request.fields("Accept") where field.value.hasSuffix(",") || field.value.hasPrefix(",") {
            findings.append(
                Finding(
                    check: "http.empty-element", severity: .warning,
                    message: LocalizedText(
                        fr:
                            "La liste Accept a un élément vide (virgule en trop) ; des exemples officiels l'écrivent ainsi",
                        en: "The Accept list has an empty element (a comma too much); official samples write it so"),
                    expected: "a, b", actual: "…,",
                    place: EvidencePlace(line: field.line, header: "Accept")))
        }
        return findings
    }

    private static let french = [
        "folded-header": "Un en-tête continue sur une deuxième ligne (forme abandonnée, RFC 9112, 5.2)",
        "malformed-header": "Une ligne de l'en-tête n'a pas de deux-points : ce n'est pas un champ HTTP",
        "no-version": "La ligne de requête n'a pas de version HTTP",
        "line-ends-lf": "Les lignes finissent par LF et non CRLF : courant dans un fichier texte, faux sur le réseau",
        "no-blank-line": "Aucune ligne vide ne finit l'en-tête",
    ]
}
