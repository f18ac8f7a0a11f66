import DICOM
import HTTP
import Imaging
import SOAP

// WADO-RS between DRIMboxes (DICOM PS3.18 10.4; IHE RAD-107): routes of study, series, instance, frames and metadata.
extension ImagingSourceSimulator {
    /// One image to send.
    struct Selected: Sendable {
        let instance: ExamFixture.Instance
        let series: ExamFixture.Series
    }

    struct Refusal: Error {
        let answer: SimulatorAnswer
        let fault: ReceivedFault
    }

    func serveImages(_ request: SimulatorRequest) -> (SimulatorAnswer, [ReceivedFault]) {
        guard request.method == "GET" || misbehaviors.contains(.wadoAnswersPost) else {
            return (.text(405, "GET is expected", headers: ["Allow": "GET"]), [])
        }
        do throws(Refusal) {
            let metadata = WADOTarget.ofMetadata(request.target)
            let target = try checked(metadata ?? WADOTarget(reading: request.target))
            try checkToken(request)
            if metadata != nil { return (try answerMetadata(request, target), []) }
            if let frames = target.frames { return (try answerFrames(request, target, frames), []) }
            let choice = try negotiate(request)
            let exam = try currentExam(request, target)
            let selected = delivered(try select(target, in: exam), target, of: exam)
            return (answer(selected, of: exam, choice), told(request))
        } catch {
            return (error.answer, [error.fault])
        }
    }

    /// What of Accept is not as the volet asks, though the request is served (WRS-005, WRS-006).
    private func told(_ request: SimulatorRequest) -> [ReceivedFault] {
        let accepted = AcceptList(request.headers.all("Accept"))
        var faults: [ReceivedFault] = []
        let missing = WADORequest.requiredTransferSyntaxes.subtracting(accepted.transferSyntaxes).sorted()
        if !missing.isEmpty {
            faults.append(
                ReceivedFault(
                    "wado.transfer-syntaxes-missing",
                    en: "Accept does not list the ten transfer syntaxes of the volet",
                    fr: "Accept ne cite pas les dix syntaxes de transfert du volet",
                    expected: missing.joined(separator: ", "), actual: "∅", place: "Accept"))
        }
        for entry in accepted.dicomEntries {
            guard let weight = entry.weight, !weight.isLegal else { continue }
            faults.append(
                ReceivedFault(
                    "wado.illegal-weight", en: "q is not 0 to 1 with at most three decimals",
                    fr: "q n'est pas de 0 à 1, à trois décimales au plus", expected: "0.000 … 1.000",
                    actual: "q=\(weight.text)", place: "Accept"))
        }
        return faults
    }

    func refusal(_ status: Int, _ code: String, en: String, fr: String, header: String? = nil) -> Refusal {
        var answer = SimulatorAnswer.text(status, en)
        if status == 401 { answer.headers.set("WWW-Authenticate", "Bearer") }
        return Refusal(
            answer: answer, fault: ReceivedFault("wado.\(code)", en: en, fr: fr, place: header))
    }

    private func checked(_ target: WADOTarget?) throws(Refusal) -> WADOTarget {
        let isFailing = misbehaviors.contains(.wadoMalformedUID)
        guard let target, target.base == Self.wadoPath else {
            throw refusal(
                isFailing ? 500 : 404, "no-such-route",
                en: "no such route; studies, series, instances, frames and metadata are served",
                fr: "route inconnue ; études, séries, instances, trames et métadonnées sont servies")
        }
        if !target.illegalIdentifiers.isEmpty {
            throw refusal(
                isFailing ? 500 : 400, "illegal-uid", en: "an identifier of the path is not a legal UID",
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
        let isBearer = parts.first?.lowercased() == "bearer" || misbehaviors.contains(.wadoAnyScheme)
        let isActive = parts.last.map { $0 != Self.inactiveToken } == true
        guard parts.count == 2, isBearer, isActive || misbehaviors.contains(.wadoInactiveToken) else {
            throw refusal(
                401, "token-refused", en: "Authorization holds no active Bearer token",
                fr: "Authorization ne porte pas de jeton Bearer actif", header: "Authorization")
        }
    }

    private func negotiate(
        _ request: SimulatorRequest
    ) throws(Refusal) -> (transferSyntax: String, boundary: String) {
        let accepted = AcceptList(request.headers.all("Accept"))
        if accepted.isEmpty {
            guard misbehaviors.contains(.wadoNoAccept) else {
                throw refusal(400, "no-accept", en: "Accept is missing", fr: "Accept est absent", header: "Accept")
            }
            return (UID.explicitLittleEndian, ownBoundary)
        }
        if accepted.dicomEntries.isEmpty {
            guard misbehaviors.contains(.wadoNotAcceptable) else {
                throw refusal(
                    406, "not-dicom", en: "only multipart/related; type=\"application/dicom\" is served",
                    fr: "seul multipart/related; type=\"application/dicom\" est servi", header: "Accept")
            }
            return (UID.explicitLittleEndian, ownBoundary)
        }
        let demands: [(String, Misbehavior, (AcceptEntry) -> Bool)] = [
            ("transfer-syntax", .wadoNoSyntax, { $0.transferSyntax != nil }),
            ("q", .wadoNoWeight, { $0.weight?.value != nil }),
            ("boundary", .wadoNoBoundary, { $0.boundary?.isEmpty == false }),
        ]
        for (name, ignoring, holds) in demands
        where !accepted.dicomEntries.allSatisfy(holds) && !misbehaviors.contains(ignoring) {
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
        return (syntax, boundary(offered: offered))
    }

    private var ownBoundary: String { "cisis-\(identifiers.uuid())" }

    /// The boundary that the client offered, where it is one.
    func boundary(offered: String?) -> String {
        offered.flatMap { Self.isLegal(boundary: $0) ? $0 : nil } ?? ownBoundary
    }

    /// RFC 2046, 5.1.1; samples offer `**`, which is none.
    private static func isLegal(boundary: String) -> Bool {
        (1...70).contains(boundary.utf8.count)
            && boundary.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "'()+_,-./:=?".utf8.contains(byte)
            }
    }

    /// The exam that the request names, by its study and its current KOS.
    func currentExam(_ request: SimulatorRequest, _ target: WADOTarget) throws(Refusal) -> ExamFixture {
        let manifest = request.headers.first(WADORequest.kosHeader) ?? ""
        guard !manifest.isEmpty || misbehaviors.contains(.wadoNoManifest) else {
            throw refusal(
                400, "no-manifest", en: "\(WADORequest.kosHeader) is missing",
                fr: "\(WADORequest.kosHeader) est absent", header: WADORequest.kosHeader)
        }
        guard let held = served.first(where: { $0.exam.studyUID == target.study }) else {
            throw refusal(404, "unknown-study", en: "the study is not held", fr: "l'étude n'est pas détenue")
        }
        guard manifest.isEmpty || manifest == held.exam.manifestUID || isTaken(manifest, of: held) else {
            throw refusal(
                404, "not-current-manifest", en: "the KOS is not the current one of the study",
                fr: "le KOS n'est pas le KOS courant de l'étude", header: WADORequest.kosHeader)
        }
        return held.exam
    }

    /// Whether a KOS that is not the current one of the exam is taken all the same, as a fault.
    private func isTaken(_ manifest: String, of held: Held) -> Bool {
        if misbehaviors.contains(.wadoIgnoresManifest) { return true }
        if manifest == held.replacedManifestUID { return misbehaviors.contains(.wadoReplacedManifest) }
        let isOther = served.contains { $0.exam.manifestUID == manifest }
        return isOther && misbehaviors.contains(.wadoOtherManifest)
    }

    /// The images that the URL names.
    func select(_ target: WADOTarget, in exam: ExamFixture) throws(Refusal) -> [Selected] {
        var series = exam.series.filter { target.series == nil || $0.uid == target.series }
        if series.isEmpty, misbehaviors.contains(.wadoUnknownSeries) { series = Array(exam.series.prefix(1)) }
        var selected = series.flatMap { one in one.instances.map { Selected(instance: $0, series: one) } }
        if let wanted = target.instance { selected = selected.filter { $0.instance.uid == wanted } }
        guard !selected.isEmpty else {
            throw refusal(
                404, "not-in-manifest", en: "the KOS does not list it", fr: "le KOS ne la mentionne pas")
        }
        return selected
    }

    /// The images that are sent for those `selected`, faults included.
    private func delivered(_ selected: [Selected], _ target: WADOTarget, of exam: ExamFixture) -> [Selected] {
        var delivered = selected
        if target.series == nil, misbehaviors.contains(.wadoStudyDropsSeries), let last = exam.series.last {
            delivered.removeAll { $0.series.uid == last.uid }
        }
        if target.instance != nil, misbehaviors.contains(.wadoInstanceAsSeries), let series = selected.first?.series {
            delivered = series.instances.map { Selected(instance: $0, series: series) }
        }
        if misbehaviors.contains(.wadoMissingInstance), delivered.count > 1 { delivered.removeLast() }
        if misbehaviors.contains(.wadoInstanceTwice), delivered.count > 1 {
            delivered[delivered.count - 1] = delivered[0]
        }
        return delivered
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
