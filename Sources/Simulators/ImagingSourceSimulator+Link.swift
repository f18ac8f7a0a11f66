import DICOM
import HTTP
import Imaging
import SOAP

// The link of a report (IHE RAD-106 in the French form of the CI-SIS volet IMG-CR-IMG).
extension ImagingSourceSimulator {
    func open(_ request: SimulatorRequest) -> (SimulatorAnswer, [ReceivedFault]) {
        guard request.method == "GET" else {
            return (.text(405, "GET is expected", headers: ["Allow": "GET"]), [])
        }
        let link = ImageDisplayLink(reading: "https://display.example" + request.target)
        if let name = missingParameter(of: link), !misbehaviors.contains(.linkIgnoresParameters) {
            return refused(
                400, "missing-parameter", en: "the parameter \(name) is missing", fr: "paramètre absent : \(name)")
        }
        if let type = link["requestType"], type != "STUDY", !misbehaviors.contains(.linkIgnoresRequestType) {
            return refused(
                501, "request-type", en: "only requestType=STUDY is served", fr: "seul requestType=STUDY est servi")
        }
        // The values are never repeated in an answer that refuses them.
        let values = [link.studyUID, link.accession, link.documentID].compactMap { $0 }
        let strips = misbehaviors.contains(.linkStripsCharacters)
        if let illegal = values.first(where: { !$0.utf8.allSatisfy(Self.isPlain) }), !strips {
            let shown = misbehaviors.contains(.linkReflects) ? " : \(illegal)" : ""
            return refused(
                400, "illegal-characters", en: "a parameter holds characters that no identifier has",
                fr: "un paramètre contient des caractères qu'aucun identifiant n'a\(shown)")
        }
        let opened = misbehaviors.contains(.linkOpensWithdrawn) ? self.held : served
        guard let held = opened.first(where: { matches($0, link) }) else {
            return refused(
                406, "no-match", en: "report, accession number and study do not match an exam of this source",
                fr: "compte rendu, numéro d'accession et étude ne correspondent pas à un examen de cette source")
        }
        // CI-SIS, DRIM-M: who has no session of Pro Santé Connect logs in first.
        guard isLoggedIn(request) || misbehaviors.contains(.linkWithoutLogin) else {
            return misbehaviors.contains(.linkForbids)
                ? refused(403, "no-session", en: "no session", fr: "session absente") : (login(request), [])
        }
        return (page(held, link), [])
    }

    private func isLoggedIn(_ request: SimulatorRequest) -> Bool {
        request.headers.all("Cookie").flatMap { $0.split(separator: ";") }
            .contains { $0.drop { $0 == " " } == Self.session[...] }
    }

    /// The authorization request of OpenID Connect to Pro Santé Connect.
    private func login(_ request: SimulatorRequest) -> SimulatorAnswer {
        var parameters = [
            ("response_type", "code"), ("client_id", "cisis-drimbox"),
            ("redirect_uri", "https://display.example/callback"), ("scope", "openid scope_all"),
            ("acr_values", "eidas1"), ("nonce", identifiers.uuid()),
        ]
        if !misbehaviors.contains(.linkLoginWithoutState) { parameters.append(("state", identifiers.uuid())) }
        let address = "https://wallet.bas.psc.esante.gouv.fr/auth?" + URLTarget.query(parameters)
        return SimulatorAnswer(302, headers: ["Location": address])
    }

    private func missingParameter(of link: ImageDisplayLink) -> String? {
        let isSensitive = misbehaviors.contains(.linkCaseSensitive)
        return ImageDisplayLink.frenchParameters.first { name in
            let isWritten = !isSensitive || link.parameters.contains { $0.name == name }
            return !isWritten || link[name]?.isEmpty != false
        }
    }

    private func refused(_ status: Int, _ code: String, en: String, fr: String) -> (SimulatorAnswer, [ReceivedFault]) {
        let page = Self.document("Examen indisponible", "<p>\(fr)</p>")
        return (.html(status, page), [ReceivedFault("link.\(code)", en: en, fr: fr)])
    }

    private func matches(_ held: Held, _ link: ImageDisplayLink) -> Bool {
        let ignoresMissing = misbehaviors.contains(.linkIgnoresParameters)
        func agrees(_ value: String?, _ expected: [String], _ ignoring: Misbehavior) -> Bool {
            guard let value, !value.isEmpty else { return ignoresMissing }
            let plain = String(decoding: value.utf8.filter(Self.isPlain), as: UTF8.self)
            return expected.contains(plain) || misbehaviors.contains(ignoring)
        }
        let accession = "\(held.exam.accession.root).\(held.exam.accession.value)"
        return agrees(link.studyUID, [held.linkedStudyUID], .linkIgnoresStudy)
            && agrees(link.accession, [accession], .linkIgnoresAccession)
            && agrees(link.documentID, held.reportIDs, .linkIgnoresDocument)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
    }

    private func page(_ held: Held, _ link: ImageDisplayLink) -> SimulatorAnswer {
        let isOlder = link.documentID.map { held.reportIDs.dropFirst().contains($0) } ?? false
        let opensOther =
            misbehaviors.contains(.linkOpensOther) || isOlder && misbehaviors.contains(.linkOlderOpensOther)
        let study = opensOther ? held.exam.derived.uid("other-study") : held.linkedStudyUID
        let others = misbehaviors.contains(.linkShowsOthers) ? [held.exam.derived.uid("other-study")] : []
        let head = ([study] + others).map { "<meta name=\"study-instance-uid\" content=\"\($0)\">" }.joined()
        let rows = held.exam.series.map {
            "<li>\(Self.escaped($0.description)) : \($0.instances.count) images</li>"
        }.joined()
        return .html(
            200,
            Self.document(
                "Examen",
                "<p>Étude <span id=\"study\">\(study)</span></p><ul>\(rows)</ul>", head: head))
    }

    private static func document(_ title: String, _ body: String, head: String = "") -> String {
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"UTF-8\">\(head)<title>\(title)</title></head>"
            + "<body><h1>\(title)</h1>\(body)</body></html>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
