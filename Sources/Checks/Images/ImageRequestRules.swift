public import Conformance
internal import DICOM
internal import Imaging

/// The rules on the WADO-RS request of a consumer: WRS-001…007.
///
/// Passes: `GET <RetrieveURL>` with a Bearer token, the UID of the KOS and an Accept list of the ten transfer syntaxes, each
/// with a weight and a boundary. Fails: each of them that is missing or another; the finding names the header and its line.
public enum ImageRequestRules {
    private static let volet = "CI-SIS, volet Accès aux documents d'imagerie"

    /// Every rule.
    public static let all: [Rule<ImageRequestSubject>] = [
        rule(
            "WRS-001", .violation, fr: "Le client appelle par GET l'URL du KOS (RetrieveURL), inchangée",
            en: "The client GETs the URL of the KOS (RetrieveURL), unchanged",
            source: volet + " ; DICOM PS3.18, 10.4", judgeRoute),
        rule(
            "WRS-002", .violation, fr: "Authorization porte un jeton d'accès Bearer",
            en: "Authorization holds a Bearer access token", source: volet + " ; RFC 6750, 2.1", judgeToken),
        rule(
            "WRS-003", .violation, fr: "\(WADORequest.kosHeader) est le SOP Instance UID du KOS",
            en: "\(WADORequest.kosHeader) is the SOP Instance UID of the KOS", source: volet, judgeManifest),
        rule(
            "WRS-004", .violation,
            fr: "Accept demande multipart/related; type=\"application/dicom\"",
            en: "Accept asks for multipart/related; type=\"application/dicom\"",
            source: volet + " ; DICOM PS3.18, 8.7.3", judgeAccept),
        // The volet's sentence could not be read: samples and demonstrator agree.
        rule(
            "WRS-005", .warning, fr: "Accept cite les dix syntaxes de transfert du volet",
            en: "Accept lists the ten transfer syntaxes of the volet", source: volet, judgeSyntaxes),
        rule(
            "WRS-006", .violation, fr: "Chaque syntaxe de transfert a un poids q de 0 à 1, à trois décimales au plus",
            en: "Each transfer syntax has a weight q from 0 to 1, with three decimals at most",
            source: volet + " ; RFC 9110, 12.4.2", judgeWeights),
        rule(
            "WRS-007", .warning, fr: "Aucune syntaxe de transfert n'est citée avec deux poids",
            en: "No transfer syntax is listed with two weights", source: volet + " ; RFC 9110, 12.5.1", judgeRepetitions
        ),
    ]

    private static func rule(
        _ id: String, _ severity: Severity, fr: String, en: String, source: String,
        _ apply: @escaping @Sendable (ImageRequestSubject, inout Remarks) -> Void
    ) -> Rule<ImageRequestSubject> {
        Rule(RuleDescriptor(id, layer: "wado", severity, fr: fr, en: en, source: source), apply)
    }

    private static func place(_ field: CapturedRequest.Field?, _ name: String) -> EvidencePlace {
        EvidencePlace(line: field?.line ?? 1, header: name)
    }

    private static let requestLine = EvidencePlace(object: "request line", line: 1)

    // MARK: Route

    private static func judgeRoute(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        let request = subject.request
        if request.method != "GET" {
            remarks.remark(
                LocalizedText(fr: "La méthode n'est pas GET", en: "The method is not GET"), expected: "GET",
                actual: request.method, at: requestLine)
        }
        let path = String(request.target.prefix { $0 != "?" && $0 != "#" })
        if path.split(separator: "/").contains(where: { [".", ".."].contains(String($0).percentDecoded) }) {
            remarks.remark(
                LocalizedText(
                    fr: "Le chemin remonte (..) : il n'est pas une URL de KOS",
                    en: "The path climbs (..): it is no URL of a KOS"),
                expected: "…/studies/{study}/series/{series}", actual: request.target, at: requestLine)
            return
        }
        guard let target = subject.target else {
            remarks.remark(
                LocalizedText(
                    fr: "L'URL n'est pas une route WADO-RS (étude, série, instance ou trames)",
                    en: "The URL is no route of WADO-RS (study, series, instance or frames)"),
                expected: "…/studies/{study}[/series/{series}[/instances/{instance}[/frames/{n,…}]]]",
                actual: request.target, at: requestLine)
            return
        }
        for uid in target.illegalIdentifiers {
            remarks.remark(
                LocalizedText(fr: "L'URL porte un UID qui n'en est pas un", en: "The URL holds a UID that is none"),
                expected: "UID", actual: uid, at: requestLine)
        }
        if let frames = target.frames,
            !frames.split(separator: ",", omittingEmptySubsequences: false).allSatisfy({ isFrame($0) })
        {
            remarks.remark(
                LocalizedText(
                    fr: "La liste de trames n'est pas faite de nombres à partir de 1",
                    en: "The list of frames is not made of numbers from 1"),
                expected: "1,2,…", actual: frames, at: requestLine)
        }
        if path.count < request.target.count {
            remarks.remark(
                LocalizedText(
                    fr: "L'URL a des paramètres que le RetrieveURL n'a pas",
                    en: "The URL has parameters that the RetrieveURL has not"),
                expected: path, actual: request.target, at: requestLine, severity: .warning)
        }
        judgeAgreement(subject, target, &remarks)
    }

    private static func isFrame(_ text: Substring) -> Bool { (Int(text) ?? 0) > 0 && text.utf8.first != 0x2B }

    /// The URL against those of the manifest: one of them, its study, or an instance below it.
    private static func judgeAgreement(
        _ subject: ImageRequestSubject, _ target: WADOTarget, _ remarks: inout Remarks
    ) {
        guard let selection = subject.manifest?.selection else { return }
        let urls = selection.studies.flatMap(\.series).compactMap(\.retrieveURL).map(\.withoutOuterBlanks)
        let known = urls.compactMap { WADOTarget(reading: $0) }
        guard !known.isEmpty else { return }
        let asked = path(of: target.base)
        let matches = known.contains { other in
            path(of: other.base) == asked && other.study == target.study
                && (target.series == nil || other.series == nil || other.series == target.series)
        }
        guard !matches else { return }
        remarks.remark(
            LocalizedText(
                fr: "L'URL n'est aucune de celles du KOS, ni une instance de l'une d'elles",
                en: "The URL is none of those of the KOS, nor an instance of one of them"),
            expected: urls.prefix(3).joined(separator: " | "), actual: subject.request.target, at: requestLine)
    }

    /// The path of a base: a request names the host in a header, a RetrieveURL in itself.
    private static func path(of base: String) -> String {
        guard let scheme = base.firstRange(of: "://") else { return base }
        let rest = base[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? ""
    }

    // MARK: Identity

    private static func judgeToken(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        let fields = subject.request.fields("Authorization")
        guard let field = fields.first else {
            return remarks.remark(
                LocalizedText(fr: "Authorization est absent", en: "Authorization is missing"), expected: "Bearer …",
                actual: "∅", at: place(nil, "Authorization"))
        }
        if fields.count > 1 {
            remarks.remark(
                LocalizedText(fr: "Authorization est répété", en: "Authorization is repeated"), expected: "1",
                actual: "\(fields.count)", at: place(fields[1], "Authorization"))
        }
        let parts = field.value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.first?.lowercased() == "bearer" else {
            return remarks.remark(
                LocalizedText(fr: "Le schéma n'est pas Bearer", en: "The scheme is not Bearer"), expected: "Bearer …",
                actual: parts.first.map(String.init) ?? "∅", at: place(field, "Authorization"))
        }
        let token = parts.count > 1 ? parts[1].withoutOuterBlanks : ""
        guard !token.isEmpty else {
            return remarks.remark(
                LocalizedText(fr: "Le jeton est vide", en: "The token is empty"), expected: "Bearer …",
                actual: "Bearer",
                at: place(field, "Authorization"))
        }
        guard !isToken(token) else { return }
        // The token itself is a secret: its length is enough.
        remarks.remark(
            LocalizedText(
                fr: "Le jeton a des caractères qu'un jeton Bearer n'a pas",
                en: "The token has characters that a Bearer token has not"),
            expected: "[A-Za-z0-9-._~+/]+=*", actual: "\(token.count) …", at: place(field, "Authorization"))
    }

    /// RFC 6750, 2.1: b64token.
    private static func isToken(_ text: String) -> Bool {
        let body = text.utf8.reversed().drop { $0 == 0x3D }
        return !body.isEmpty
            && body.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "-._~+/".utf8.contains(byte)
            }
    }

    private static func judgeManifest(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        let name = WADORequest.kosHeader
        let fields = subject.request.fields(name)
        guard let field = fields.first, !field.value.isEmpty else {
            return remarks.remark(
                LocalizedText(fr: "\(name) est absent ou vide", en: "\(name) is missing or empty"), expected: "UID",
                actual: "∅", at: place(fields.first, name))
        }
        if fields.count > 1 {
            remarks.remark(
                LocalizedText(fr: "\(name) est répété", en: "\(name) is repeated"), expected: "1",
                actual: "\(fields.count)", at: place(fields[1], name))
        }
        if !UID.isValid(field.value) {
            remarks.remark(
                LocalizedText(fr: "\(name) n'est pas un UID", en: "\(name) is no UID"), expected: "UID",
                actual: field.value, at: place(field, name))
        } else if let own = subject.manifest?.selection.sopInstanceUID, own != field.value {
            remarks.remark(
                LocalizedText(
                    fr: "\(name) n'est pas celui du KOS donné", en: "\(name) is not that of the KOS that was given"),
                expected: own, actual: field.value, at: place(field, name))
        }
    }

    // MARK: Accept

    /// The entries with the header line that each stands in.
    private static func entries(_ subject: ImageRequestSubject) -> [(entry: AcceptEntry, field: CapturedRequest.Field)]
    {
        subject.request.fields("Accept").flatMap { field in
            AcceptList([field.value]).entries.map { ($0, field) }
        }
    }

    private static func judgeAccept(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        let entries = entries(subject)
        guard let first = entries.first else {
            return remarks.remark(
                LocalizedText(fr: "Accept est absent ou vide", en: "Accept is missing or empty"),
                expected: "multipart/related; type=\"application/dicom\"; …", actual: "∅",
                at: place(subject.request.field("Accept"), "Accept"))
        }
        if !entries.contains(where: { $0.entry.isDICOM }) {
            remarks.remark(
                LocalizedText(
                    fr: "Accept ne demande pas de fichiers DICOM", en: "Accept asks for no DICOM files"),
                expected: "multipart/related; type=\"application/dicom\"", actual: first.entry.text,
                at: place(first.field, "Accept"))
            return
        }
        for (entry, field) in entries {
            switch (entry.mediaType, entry.partType) {
            case ("multipart/related", "application/dicom"): break
            case ("multipart/related", let type):
                remarks.remark(
                    LocalizedText(
                        fr: "Une entrée multipart/related n'a pas type=\"application/dicom\"",
                        en: "An entry multipart/related has not type=\"application/dicom\""),
                    expected: "application/dicom", actual: type ?? "∅", at: place(field, "Accept"))
            case (nil, _) where entry.transferSyntax != nil:
                remarks.remark(
                    LocalizedText(
                        fr: "Une entrée n'a pas de type de média ; des exemples officiels l'écrivent ainsi",
                        en: "An entry has no media type; official samples write it so"),
                    expected: "multipart/related; type=\"application/dicom\"; …", actual: entry.text,
                    at: place(field, "Accept"), severity: .warning)
            case (nil, _):
                remarks.remark(
                    LocalizedText(fr: "Une entrée n'est pas un type de média", en: "An entry is no media type"),
                    expected: "multipart/related; type=\"application/dicom\"; …", actual: entry.text,
                    at: place(field, "Accept"))
            case (let type?, _):
                remarks.remark(
                    LocalizedText(
                        fr: "Une entrée demande autre chose que multipart/related",
                        en: "An entry asks for something else than multipart/related"),
                    expected: "multipart/related", actual: type, at: place(field, "Accept"), severity: .warning)
            }
            guard entry.isDICOM, entry.mediaType != "*/*", entry.boundary?.isEmpty != false else { continue }
            remarks.remark(
                LocalizedText(
                    fr: "Une entrée n'offre pas de boundary : le démonstrateur la refuse",
                    en: "An entry offers no boundary: the demonstrator refuses it"),
                expected: "boundary=…", actual: entry.text, at: place(field, "Accept"), severity: .warning)
        }
    }

    private static func judgeSyntaxes(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        let entries = entries(subject).filter { $0.entry.isDICOM }
        guard let first = entries.first else { return notSeen(&remarks) }
        for (entry, field) in entries {
            guard let syntax = entry.transferSyntax, !syntax.isEmpty else {
                remarks.remark(
                    LocalizedText(
                        fr: "Une entrée n'a pas de transfer-syntax : la source répond 400",
                        en: "An entry has no transfer-syntax: the source answers 400"),
                    expected: "transfer-syntax=…", actual: entry.text, at: place(field, "Accept"), severity: .violation)
                continue
            }
            if syntax != "*", !UID.isValid(syntax) {
                remarks.remark(
                    LocalizedText(
                        fr: "Une transfer-syntax n'est pas un UID", en: "A transfer-syntax is no UID"),
                    expected: "UID", actual: syntax, at: place(field, "Accept"), severity: .violation)
            }
        }
        let listed = Set(subject.accepted.transferSyntaxes)
        let missing = WADORequest.lossless.map(\.transferSyntax).filter { !listed.contains($0) }
        guard !missing.isEmpty, !listed.isEmpty else { return }
        remarks.remark(
            LocalizedText(
                fr: "Des syntaxes de transfert du volet ne sont pas citées",
                en: "Transfer syntaxes of the volet are not listed"),
            expected: missing.joined(separator: ", "), actual: "\(listed.count)", at: place(first.field, "Accept"))
    }

    private static func judgeWeights(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        let entries = entries(subject).filter { $0.entry.isDICOM }
        guard !entries.isEmpty else { return notSeen(&remarks) }
        for (entry, field) in entries {
            let name = entry.transferSyntax ?? entry.text
            guard let weight = entry.weight else {
                remarks.remark(
                    LocalizedText(
                        fr: "Une entrée n'a pas de poids q : la source répond 400",
                        en: "An entry has no weight q: the source answers 400"),
                    expected: "q=0.1 … q=1.0", actual: name, at: place(field, "Accept"))
                continue
            }
            if !weight.isLegal {
                remarks.remark(
                    LocalizedText(fr: "Un poids q n'est pas légal", en: "A weight q is not legal"),
                    expected: "0 … 1, ≤ 3 décimales", actual: "\(name): q=\(weight.text)", at: place(field, "Accept"))
            } else if weight.text.count != 3 || (weight.value ?? 0) < 0.1 {
                remarks.remark(
                    LocalizedText(
                        fr:
                            "Un poids q n'est pas de la forme d.d ou sort de 0.1 à 1.0 : le démonstrateur ne le lit pas",
                        en:
                            "A weight q has not the form d.d or is outside of 0.1 to 1.0: the demonstrator does not read it"
                    ),
                    expected: "0.1 … 1.0", actual: "\(name): q=\(weight.text)", at: place(field, "Accept"),
                    severity: .warning)
            }
        }
    }

    private static func judgeRepetitions(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        var weights: [String: Double] = [:]
        for (entry, field) in entries(subject) {
            guard let syntax = entry.transferSyntax, let weight = entry.weight?.value else { continue }
            if let earlier = weights[syntax], earlier != weight {
                remarks.remark(
                    expected: "\(syntax): q=\(earlier)", actual: "\(syntax): q=\(weight)", at: place(field, "Accept"))
            }
            weights[syntax] = weights[syntax] ?? weight
        }
    }

    private static func notSeen(_ remarks: inout Remarks) {
        remarks.notRun(fr: "Accept ne demande pas de fichiers DICOM", en: "Accept asks for no DICOM files")
    }
}
