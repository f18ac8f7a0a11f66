internal import Checks
internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging
internal import SOAP
internal import XDS

/// How answers are judged by what they bring: documents of ITI-43, images of RAD-69 and of WADO-RS.
extension FileValidator {
    // MARK: ITI-43 and RAD-69

    /// What an answer brings, against what the other files say that was asked and registered.
    func retrievalLayers(of subject: AnswerSubject) async -> [LayerJudgement] {
        guard !subject.documents.isEmpty || subject.isOfImages else { return [] }
        let others = otherMessages()
        return subject.isOfImages
            ? [await imageLayer(of: subject, others)] : [await documentLayer(of: subject, others)]
    }

    private func documentLayer(of subject: AnswerSubject, _ others: [SOAPMessage]) async -> LayerJudgement {
        let requested = others.compactMap { RetrieveRequestSubject($0)?.request.documents }.flatMap { $0 }
        let entries = others.flatMap { message in
            SubmissionSubject(message)?.request.submission.entries ?? AnswerSubject(message)?.submission.entries ?? []
        }
        guard !requested.isEmpty || !entries.isEmpty else {
            return LayerJudgement(
                "retrieve", .notRun,
                fr: "Ni la requête ITI-43 ni les fiches ne sont connues : empreinte, taille, mimeType et identifiants "
                    + "des documents rendus ne sont pas comparés ; donner ces messages par --against",
                en: "Neither the ITI-43 request nor the entries are known: hash, size, mimeType and ids of the "
                    + "documents returned are not compared; name those messages with --against", isRequired: false)
        }
        let retrieval = RetrieveSubject(
            requested: requested, entries: entries,
            documents: subject.documents.map { document in
                RetrieveSubject.Document(
                    uniqueID: document.documentUniqueID,
                    repositoryUniqueID: document.repositoryUniqueID.isEmpty ? nil : document.repositoryUniqueID,
                    mimeType: document.mimeType, bytes: document.content?.bytes ?? [], place: subject.place(document))
            })
        return await rules("retrieve", RetrieveRules.all, retrieval)
    }

    private func imageLayer(of subject: AnswerSubject, _ others: [SOAPMessage]) async -> LayerJudgement {
        let request = others.lazy.compactMap { ImagingRequestSubject($0)?.request }.first
        let manifest = manifest()
        let documents = subject.documents
        let registry = subject.registry
        let answer = await WorkerPool.shared.run {
            ImageAnswerSubject(
                asked: (request?.requests ?? []).map { study, series, document in
                    InstanceReference(
                        study: study ?? "", series: series ?? "", instance: document.documentUniqueID ?? "",
                        repository: document.repositoryUniqueID)
                }, transferSyntaxes: request?.transferSyntaxes ?? [], images: documents.map { ReceivedImage($0) },
                registry: registry, patient: manifest.map { PatientTraits($0.selection) })
        }
        return await rules("rad69", ImageAnswerRules.retrieveImagingDocumentSet, answer)
    }

    /// The messages among the other files.
    private func otherMessages() -> [SOAPMessage] {
        options.others.compactMap { path in
            guard let bytes = try? Self.read(path), let kind = FileKind.detect(bytes),
                [.soap, .mtom, .metadata].contains(kind)
            else { return nil }
            let (contentType, body) = FileReading.message(bytes)
            return SOAPMessage(reading: body, contentType: kind == .metadata ? "application/xml" : contentType)
        }
    }

    // MARK: WADO-RS

    /// A captured answer of WADO-RS, with or without its HTTP head.
    func judgeImageAnswer(_ bytes: [UInt8], _ judgement: inout FileJudgement) async {
        let head = FileReading.responseHead(bytes)
        let transport = CapturedTransport(reading: bytes)
        if let obstacle = transport.obstacle {
            judgement.layers.append(LayerJudgement("http", .inconclusive, fr: obstacle.fr, en: obstacle.en))
            return
        }
        let body = transport.body
        let type = (transport.contentType ?? FileReading.bareContentType(body)).flatMap { MediaType($0) }
        let study = await WorkerPool.shared.run { Self.study(body, type) }
        judgement.summary = study.images.map { image in
            "\(image.name): \(image.head?.sopInstanceUID ?? image.error ?? "∅"), \(image.head?.transferSyntax ?? "∅")"
        }
        guard head != nil else {
            judgement.layers.append(
                LayerJudgement(
                    "http", .notRun,
                    fr: "Les en-têtes HTTP ne sont pas connus : statut et Content-Type ne sont pas jugés",
                    en: "The HTTP headers are not known: status and Content-Type are not judged", isRequired: false))
            judgement.layers.append(await imageLayer(of: study, head: nil))
            return
        }
        judgement.layers.append(LayerJudgement("http", findings: transport.findings))
        judgement.layers.append(await imageLayer(of: study, head: head))
    }

    private static func study(_ body: [UInt8], _ type: MediaType?) -> ReceivedImages {
        if type?.type.lowercased() == "multipart" || type == nil {
            return ReceivedImages(MultipartStudy(reading: body, contentType: type))
        }
        var image = ReceivedImage(name: "body", mediaType: type?.essence)
        do throws(DICOMError) {
            image.head = ImageHeader(try DICOMFile(reading: body))
        } catch {
            image.error = error.brief
        }
        return ReceivedImages([image])
    }

    private func imageLayer(of received: ReceivedImages, head: HTTPResponse?) async -> LayerJudgement {
        let manifest = manifest()
        let request = options.others.lazy.compactMap { path -> ImageRequestSubject? in
            guard let bytes = try? Self.read(path), FileKind.detect(bytes) == .wadoRequest else { return nil }
            return CapturedRequest(reading: bytes).map { ImageRequestSubject($0) }
        }.first
        let target = request?.target
        let asked = (manifest?.selection.askable ?? []).filter { instance in
            guard let target else { return false }
            return instance.study == target.study && target.series.map { $0 == instance.series } ?? true
                && target.instance.map { $0 == instance.instance } ?? true
        }
        let accepted = AcceptList(request?.request.fields("Accept").map(\.value) ?? [])
        return await rules(
            "wado", ImageAnswerRules.wado,
            ImageAnswerSubject(
                asked: asked, transferSyntaxes: accepted.transferSyntaxes, images: received.images,
                status: head?.status, contentType: head?.headers.first("Content-Type").flatMap { MediaType($0) },
                faults: received.faults, isClosed: received.isClosed,
                patient: manifest.map { PatientTraits($0.selection) }))
    }
}

extension ReceivedImage {
    /// The image that `document` of a RAD-69 answer brings.
    init(_ document: DocumentResponse) {
        self.init(
            name: document.documentUniqueID, declaredUID: document.documentUniqueID, mediaType: document.mimeType,
            declaredRepository: document.repositoryUniqueID)
        do throws(DICOMError) {
            head = ImageHeader(try DICOMFile(reading: document.content?.bytes ?? []))
        } catch {
            self.error = error.brief
        }
    }
}
