import DICOM
import HTTP
import Imaging
import SOAP

// WADO-RS between DRIMboxes (DICOM PS3.18 10.4; IHE RAD-107): routes of study, series and instance.
extension ImagingSourceSimulator {
    /// One image to send.
    private struct Selected: Sendable {
        let instance: ExamFixture.Instance
        let series: ExamFixture.Series
    }

    private struct Refusal: Error {
        let answer: SimulatorAnswer
        let fault: ReceivedFault
    }

    func serveImages(_ request: SimulatorRequest) -> (SimulatorAnswer, [ReceivedFault]) {
        guard request.method == "GET" else {
            return (.text(405, "GET is expected", headers: ["Allow": "GET"]), [])
        }
        do throws(Refusal) {
            let target = try target(of: request)
            try checkToken(request)
            let syntax = try negotiate(request)
            let exam = try currentExam(request, target)
            let selected = try select(target, in: exam)
            return (answer(selected, of: exam, syntax), [])
        } catch {
            return (error.answer, [error.fault])
        }
    }

    private func refusal(_ status: Int, _ code: String, en: String, fr: String, header: String? = nil) -> Refusal {
        var answer = SimulatorAnswer.text(status, en)
        if status == 401 { answer.headers.set("WWW-Authenticate", "Bearer") }
        return Refusal(
            answer: answer, fault: ReceivedFault("wado.\(code)", en: en, fr: fr, place: header))
    }

    private func target(of request: SimulatorRequest) throws(Refusal) -> WADOTarget {
        guard let target = WADOTarget(reading: request.target), target.base == Self.wadoPath else {
            throw refusal(
                404, "no-such-route", en: "no such route; studies, series and instances are served",
                fr: "route inconnue ; études, séries et instances sont servies")
        }
        if !target.illegalIdentifiers.isEmpty {
            throw refusal(
                400, "illegal-uid", en: "an identifier of the path is not a legal UID",
                fr: "un identifiant du chemin n'est pas un UID")
        }
        return target
    }

    private func checkToken(_ request: SimulatorRequest) throws(Refusal) {
        guard !misbehaviors.contains(.wadoIgnoresToken) else { return }
        guard let value = request.headers.first("Authorization") else {
            throw refusal(
                401, "no-authorization", en: "Authorization is missing", fr: "Authorization est absent",
                header: "Authorization")
        }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1] != Self.inactiveToken else {
            throw refusal(
                401, "token-refused", en: "Authorization holds no active Bearer token",
                fr: "Authorization ne porte pas de jeton Bearer actif", header: "Authorization")
        }
    }

    private func negotiate(
        _ request: SimulatorRequest
    ) throws(Refusal) -> (transferSyntax: String, boundary: String) {
        let accepted = AcceptList(request.headers.all("Accept"))
        guard !accepted.isEmpty else {
            throw refusal(400, "no-accept", en: "Accept is missing", fr: "Accept est absent", header: "Accept")
        }
        guard !accepted.dicomEntries.isEmpty else {
            throw refusal(
                406, "not-dicom", en: "only multipart/related; type=\"application/dicom\" is served",
                fr: "seul multipart/related; type=\"application/dicom\" est servi", header: "Accept")
        }
        let demands: [(String, (AcceptEntry) -> Bool)] = [
            ("transfer-syntax", { $0.transferSyntax != nil }), ("q", { $0.weight?.value != nil }),
            ("boundary", { $0.boundary?.isEmpty == false }),
        ]
        for (name, holds) in demands where !accepted.dicomEntries.allSatisfy(holds) {
            throw refusal(
                400, "accept-without-\(name)", en: "an entry of Accept has no \(name)",
                fr: "une entrée de Accept n'a pas de \(name)", header: "Accept")
        }
        guard
            case .serve(let syntax, let offered) = accepted.choose(
                stored: UID.explicitLittleEndian, producible: [UID.explicitLittleEndian])
        else {
            throw refusal(
                406, "no-acceptable-syntax", en: "no transfer syntax of Accept can be made",
                fr: "aucune syntaxe de transfert de Accept ne peut être produite", header: "Accept")
        }
        return (syntax, offered.flatMap { Self.isLegal(boundary: $0) ? $0 : nil } ?? "cisis-\(identifiers.uuid())")
    }

    /// RFC 2046, 5.1.1; samples offer `**`, which is none.
    private static func isLegal(boundary: String) -> Bool {
        (1...70).contains(boundary.utf8.count)
            && boundary.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "'()+_,-./:=?".utf8.contains(byte)
            }
    }

    private func currentExam(_ request: SimulatorRequest, _ target: WADOTarget) throws(Refusal) -> ExamFixture {
        guard let manifest = request.headers.first(WADORequest.kosHeader), !manifest.isEmpty else {
            throw refusal(
                400, "no-manifest", en: "\(WADORequest.kosHeader) is missing",
                fr: "\(WADORequest.kosHeader) est absent", header: WADORequest.kosHeader)
        }
        guard let exam = exam(study: target.study) else {
            throw refusal(404, "unknown-study", en: "the study is not held", fr: "l'étude n'est pas détenue")
        }
        guard exam.manifestUID == manifest || misbehaviors.contains(.wadoIgnoresManifest) else {
            throw refusal(
                404, "not-current-manifest", en: "the KOS is not the current one of the study",
                fr: "le KOS n'est pas le KOS courant de l'étude", header: WADORequest.kosHeader)
        }
        return exam
    }

    private func select(_ target: WADOTarget, in exam: ExamFixture) throws(Refusal) -> [Selected] {
        guard target.frames == nil else {
            throw refusal(501, "frames", en: "frames are not served", fr: "les trames ne sont pas servies")
        }
        var selected = exam.series.filter { target.series == nil || $0.uid == target.series }.flatMap { series in
            series.instances.map { Selected(instance: $0, series: series) }
        }
        if let wanted = target.instance { selected = selected.filter { $0.instance.uid == wanted } }
        guard !selected.isEmpty else {
            throw refusal(
                404, "not-in-manifest", en: "the KOS does not list it", fr: "le KOS ne la mentionne pas")
        }
        if misbehaviors.contains(.wadoMissingInstance), selected.count > 1 { selected.removeLast() }
        if misbehaviors.contains(.wadoInstanceTwice), selected.count > 1 { selected[selected.count - 1] = selected[0] }
        return selected
    }

    private func answer(
        _ selected: [Selected], of exam: ExamFixture, _ choice: (transferSyntax: String, boundary: String)
    ) -> SimulatorAnswer {
        let writer = MultipartWriter(boundary: choice.boundary)
        let syntax = misbehaviors.contains(.wadoWrongEncoding) ? UID.losslessJPEG : choice.transferSyntax
        let type =
            misbehaviors.contains(.wadoPartWithoutSyntax)
            ? "application/dicom" : "application/dicom;transfer-syntax=\(syntax)"
        let queue = Queue(selected)
        let body = writer.body {
            guard let next = queue.next() else { return nil }
            return MultipartWriter.Part(
                headers: ["Content-Type": type], body: .bytes(bytes(next.instance, of: next.series, in: exam)))
        }
        var answer = SimulatorAnswer(
            200,
            headers: [
                "Content-Type": "multipart/related; type=\"application/dicom\"; boundary=\"\(choice.boundary)\""
            ], body: body)
        if misbehaviors.contains(.wadoTruncated), let last = selected.last {
            // Through the last image: what came before it is whole.
            let size = bytes(last.instance, of: last.series, in: exam).count
            answer.framing = .cut(afterBytes: size * selected.count - size / 2)
        }
        return answer
    }
}
