internal import Checks
internal import Conformance
internal import Cryptography
internal import DICOM
internal import Foundation
internal import HTTP
internal import Imaging
internal import SOAP
internal import Simulators
internal import XDS

/// The hops from a link on: the entry of the KOS in the DMP, the KOS, its images.
struct SystemHops {
    static let names = ["dmp", "kos", "images"]

    private let system: ResolutionSystem

    init(_ system: ResolutionSystem) { self.system = system }

    /// The layers `dmp`, `kos`, `images`; the first that leads nowhere ends the way.
    func follow(_ found: FoundLink, of report: ImagingReport, suffix: String) async -> [LayerJudgement] {
        let resolution: LinkResolution
        do throws(LinkResolution.Failure) {
            resolution = try LinkResolution(found.link, of: report)
        } catch {
            let words = Self.words(error)
            return Self.names.map {
                LayerJudgement($0 + suffix, .notRun, fr: words.fr, en: words.en, isRequired: false)
            }
        }
        var layers: [LayerJudgement] = []
        do throws(Stop) {
            let entry = try await entry(resolution, "dmp" + suffix)
            layers.append(LayerJudgement("dmp" + suffix, findings: []))
            let (manifest, findings) = try await manifest(entry, resolution, "kos" + suffix)
            layers.append(LayerJudgement("kos" + suffix, findings: findings))
            layers.append(try await images(manifest, resolution, "images" + suffix))
        } catch {
            layers.append(error.layer)
        }
        for name in Self.names.dropFirst(layers.count) {
            layers.append(
                LayerJudgement(
                    name + suffix, .notRun, fr: "L'étape précédente ne mène nulle part",
                    en: "The hop before leads nowhere", isRequired: false))
        }
        return layers
    }

    /// Where the way ends.
    private struct Stop: Error {
        let layer: LayerJudgement
    }

    // MARK: DMP

    private func entry(_ resolution: LinkResolution, _ name: String) async throws(Stop) -> DocumentEntry {
        guard let dmp = system.dmp else {
            throw Stop(
                layer: LayerJudgement(
                    name, .notRun, fr: "Le fichier cible n'a pas endpoints.registry et endpoints.repository",
                    en: "The target file has no endpoints.registry and endpoints.repository", isRequired: false))
        }
        let reply = await dmp.exchange(
            .registryStoredQuery, resolution.query.element(), patient: resolution.patient)
        guard let content = reply.content, let response = StoredQueryResponse(reading: content) else {
            throw obstacle(reply, name)
        }
        let errors = response.registry.errors.filter { !$0.isWarning }
        guard errors.isEmpty else { throw refusal(errors, name, "ITI-18") }
        do throws(LinkResolution.Failure) {
            return try resolution.manifest(in: response.objects.entries)
        } catch {
            let words = Self.words(error)
            throw Stop(
                layer: LayerJudgement(
                    name,
                    findings: [
                        Finding(
                            check: "link.\(error.code.rawValue)", requirement: "LNK-006", severity: .violation,
                            message: words,
                            expected: "1 KOS, \(resolution.accession)^^^&\(resolution.accessionRoot)&ISO, "
                                + resolution.studyUID,
                            actual: response.objects.entries.isEmpty
                                ? "0" : response.objects.entries.map(\.uniqueID).prefix(5).joined(separator: ", "),
                            place: EvidencePlace(object: "ITI-18"))
                    ]))
        }
    }

    // MARK: KOS

    private func manifest(
        _ entry: DocumentEntry, _ resolution: LinkResolution, _ name: String
    ) async throws(Stop) -> (KeyObjectSelection, [Finding]) {
        guard let dmp = system.dmp else { preconditionFailure("the entry came from it") }
        let request = RetrieveDocumentSetRequest([
            DocumentRequest(
                home: entry.home, repositoryUniqueID: entry.repositoryUniqueID ?? "", documentUniqueID: entry.uniqueID)
        ])
        let reply = await dmp.exchange(.retrieveDocumentSet, request.element(), patient: resolution.patient)
        guard let message = reply.message, reply.content != nil,
            let response = RetrieveDocumentSetResponse(reading: message)
        else { throw obstacle(reply, name) }
        let errors = (response.registry?.errors ?? []).filter { !$0.isWarning }
        guard errors.isEmpty else { throw refusal(errors, name, "ITI-43") }
        guard let content = response.documents.first(where: { $0.documentUniqueID == entry.uniqueID })?.content,
            content.isResolved
        else {
            throw failure(
                name, "no-document", fr: "L'entrepôt n'a pas rendu le KOS", en: "The repository did not give the KOS",
                expected: entry.uniqueID, actual: "∅", object: "ITI-43")
        }
        let bytes = content.bytes
        let selection: KeyObjectSelection
        do throws(DICOMError) {
            selection = KeyObjectSelection(try DICOMFile(reading: bytes))
        } catch {
            throw failure(
                name, "unreadable", fr: "Le KOS ne peut pas être lu : \(error.message)",
                en: "The KOS cannot be read: \(error.message)", expected: "DICOM", actual: "\(bytes.count)",
                object: "KOS")
        }
        return (selection, findings(selection, bytes, entry, resolution))
    }

    private func findings(
        _ selection: KeyObjectSelection, _ bytes: [UInt8], _ entry: DocumentEntry, _ resolution: LinkResolution
    ) -> [Finding] {
        var findings: [Finding] = []
        func compare(_ what: String, _ french: String, _ expected: String, _ actual: String?) {
            guard expected.lowercased() != actual?.lowercased() else { return }
            findings.append(
                Finding(
                    check: "link.kos.\(what.replacing(" ", with: "-"))", severity: .violation,
                    message: LocalizedText(
                        fr: "Le KOS n'a pas \(french) attendu", en: "The KOS has not the expected \(what)"),
                    expected: expected, actual: actual ?? "∅", place: EvidencePlace(object: "KOS")))
        }
        compare("SOP Instance UID", "le SOP Instance UID", entry.uniqueID, selection.sopInstanceUID)
        compare("patient", "le patient", resolution.patient.id, selection.patientID)
        if let hash = entry.hash {
            compare("hash", "l'empreinte", hash, MessageDigest.hexadecimal(of: bytes, .sha1))
        }
        return findings
    }

    // MARK: Images

    private func images(
        _ manifest: KeyObjectSelection, _ resolution: LinkResolution, _ name: String
    ) async throws(Stop) -> LayerJudgement {
        let series: [KeyObjectSelection.Series]
        do throws(LinkResolution.Failure) {
            series = try resolution.series(of: manifest)
        } catch {
            let words = Self.words(error)
            throw failure(
                name, error.code.rawValue, fr: words.fr, en: words.en, expected: resolution.studyUID,
                actual: manifest.studyInstanceUID ?? "∅", object: "KOS")
        }
        var findings: [Finding] = []
        var obstacle: LocalizedText?
        for one in series where !one.instances.isEmpty {
            switch await retrieve(one, manifest) {
            case .complete: break
            case .finding(let finding): findings.append(finding)
            case .obstacle(let reason): obstacle = obstacle ?? reason
            }
        }
        var layer = LayerJudgement(name, findings: findings)
        if let obstacle, layer.verdict == .pass {
            layer.verdict = .error
            layer.reason = obstacle
        }
        return layer
    }

    private enum Outcome {
        case complete
        case finding(Finding)
        case obstacle(LocalizedText)
    }

    private func retrieve(_ series: KeyObjectSelection.Series, _ manifest: KeyObjectSelection) async -> Outcome {
        func told(_ check: String, _ fr: String, _ en: String, _ expected: String, _ actual: String) -> Outcome {
            .finding(
                Finding(
                    check: "link.images.\(check)", severity: .violation, message: LocalizedText(fr: fr, en: en),
                    expected: expected, actual: actual,
                    place: EvidencePlace(object: "series \(series.uid ?? "∅")")))
        }
        guard let written = series.retrieveURL?.withoutOuterBlanks, let target = WADOTarget(reading: written) else {
            return told(
                "no-url", "Le KOS ne donne pas d'URL de la série (0008,1190)",
                "The KOS gives no URL of the series (0008,1190)", "…/studies/{study}/series/{series}",
                series.retrieveURL ?? "∅")
        }
        let place = WADOTarget(
            base: system.wado ?? target.base, study: target.study, series: target.series)
        let request = WADORequest(
            url: place.url, kosInstanceUID: manifest.sopInstanceUID ?? "", token: system.token)
        do throws(HTTPError) {
            let response = try await system.client.send(
                request.httpRequest, identity: system.identity, timeouts: system.timeouts,
                maximumBody: system.maximumBody
            ).response
            guard response.status == 200 else {
                return told(
                    "status", "La source ne sert pas la série", "The source does not serve the series", "200",
                    "\(response.status) \(response.reason)")
            }
            let type = response.headers.first("Content-Type").flatMap { MediaType($0) }
            let study = try? await WorkerPool.shared.run {
                try MultipartStudy(reading: response.body, contentType: type)
            }
            let got = Set((study?.parts ?? []).compactMap { $0.image?.sopInstanceUID })
            let expected = Set(series.instances.compactMap(\.sopInstance))
            guard got != expected else { return .complete }
            let missing = expected.subtracting(got).sorted()
            let more = got.subtracting(expected).sorted()
            return told(
                "instances", "Les images servies ne sont pas celles du KOS",
                "The images that are served are not those of the KOS", "\(expected.count)",
                "\(got.count)" + (missing.isEmpty ? "" : " ; − \(missing.prefix(3).joined(separator: ", "))")
                    + (more.isEmpty ? "" : " ; + \(more.prefix(3).joined(separator: ", "))"))
        } catch {
            return .obstacle(error.told)
        }
    }

    // MARK: Words

    private func obstacle(_ reply: DMPReply, _ name: String) -> Stop {
        let message = reply.problem?.message ?? "no answer of the transaction"
        guard reply.problem?.kind == .transport else {
            return failure(
                name, "answer", fr: "Le DMP ne répond pas à la demande : \(message)",
                en: "The DMP does not answer the request: \(message)", expected: "Success",
                actual: reply.response.map { "HTTP \($0.status)" } ?? "∅", object: "DMP")
        }
        return Stop(
            layer: LayerJudgement(name, .error, fr: "Le DMP n'a pas pu être joint : \(message)", en: message))
    }

    private func refusal(_ errors: [RegistryError], _ name: String, _ transaction: String) -> Stop {
        failure(
            name, "refused", fr: "Le DMP refuse la demande (\(transaction))",
            en: "The DMP refuses the request (\(transaction))", expected: "Success",
            actual: errors.prefix(3).map { "\($0.code.rawValue): \($0.context)" }.joined(separator: " ; "),
            object: transaction)
    }

    private func failure(
        _ name: String, _ check: String, fr: String, en: String, expected: String, actual: String, object: String
    ) -> Stop {
        Stop(
            layer: LayerJudgement(
                name,
                findings: [
                    Finding(
                        check: "link.\(check)", severity: .violation, message: LocalizedText(fr: fr, en: en),
                        expected: expected, actual: actual, place: EvidencePlace(object: object))
                ]))
    }

    private static func words(_ failure: LinkResolution.Failure) -> LocalizedText {
        let french =
            switch failure.code {
            case .noLink: "Le compte rendu ne porte pas de lien"
            case .formerLink: "Le lien est de forme antérieure : il ne nomme ni l'accession number ni le compte rendu"
            case .incompleteLink: "Il manque au lien studyUID, Accessionnumber ou idCDA"
            case .noPatient: "Le compte rendu n'a pas d'INS"
            case .noAccession: "Aucun accession number de l'en-tête n'est celui du lien"
            case .noManifest: "Le DMP n'a pas de KOS actif de cet accession number et de cette étude"
            case .severalManifests: "Le DMP a plusieurs KOS actifs de cet examen"
            case .otherStudy: "Le KOS décrit une autre étude que celle du lien"
            case .noInstance: "Le KOS ne cite aucune instance de l'étude"
            default: failure.message
            }
        return LocalizedText(fr: french, en: failure.message.prefix(1).uppercased() + failure.message.dropFirst())
    }
}
