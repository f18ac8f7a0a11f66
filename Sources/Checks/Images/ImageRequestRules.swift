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

    static func place(_ field: CapturedRequest.Field?, _ name: String) -> EvidencePlace {
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
        if request.body.contains(where: { $0 != 0x0A && $0 != 0x0D }) {
            remarks.remark(
                LocalizedText(
                    fr: "La requête GET a un corps : une source peut la refuser (RFC 9110, 9.3.1)",
                    en: "The GET request has a body: a source may refuse it (RFC 9110, 9.3.1)"),
                expected: "∅", actual: "\(request.body.count)", at: requestLine, severity: .warning)
        }
        judgeAddress(request, &remarks)
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

    /// How the images are reached: in https (WL-008), by a path that was whole (KOS-048).
    private static func judgeAddress(_ request: CapturedRequest, _ remarks: inout Remarks) {
        if request.target.lowercased().hasPrefix("http://") {
            remarks.remark(
                LocalizedText(
                    fr: "L'URL n'est pas en https : les images passeraient en clair (WL-008)",
                    en: "The URL is not in https: the images would travel in clear (WL-008)"),
                expected: "https://…", actual: request.target, at: requestLine)
        }
        let path = request.target.prefix { $0 != "?" && $0 != "#" }
        if path.split(separator: "/").contains("null") {
            remarks.remark(
                LocalizedText(
                    fr: "Le chemin a une partie « null » : l'URL du KOS a été mal formée (KOS-048)",
                    en: "The path has a part 'null': the URL of the KOS was made wrong (KOS-048)"),
                expected: "…/studies/{study}/series/{series}", actual: request.target, at: requestLine)
        }
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
        // RFC 6750, 2.3 and 5.3: a URL stays in logs and histories.
        let query = subject.request.target.drop { $0 != "?" }.dropFirst()
        let names = query.split(separator: "&").map { $0.prefix { $0 != "=" }.lowercased() }
        if let name = names.first(where: { ["access_token", "token", "id_token"].contains($0) }) {
            remarks.remark(
                LocalizedText(
                    fr: "L'URL porte un jeton : il reste dans les journaux (SEC-020)",
                    en: "The URL holds a token: it stays in logs (SEC-020)"),
                expected: "Authorization: Bearer …", actual: "\(name)=…", at: requestLine, severity: .warning)
        }
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
        guard !token.allSatisfy({ "●•*…".contains($0) }) else {
            return remarks.notRun(
                fr: "Le jeton est masqué dans la capture : sa forme n'est pas jugée.",
                en: "The token is masked in the capture: its form is not judged.")
        }
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
}
