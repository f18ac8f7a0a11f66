internal import Checks
internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging

// The routes of WADO-RS that give no images: metadata and frames (DICOM PS3.18 10.4.1.1.2, 10.4.1.1.6).
extension ImagesJudge {
    /// The metadata are JSON, describe each instance that was asked for, and hold no pixels.
    func judgeMetadata(_ context: JudgementContext) -> Judgement {
        guard let exchange = context.evidence.exchange, let asked = context.evidence.asked else {
            return .noAnswer(context)
        }
        guard let metadata = context.evidence.metadata else {
            return context.failure(
                LocalizedText(fr: "La réponse ne contient pas de métadonnées", en: "The answer holds no metadata"),
                expected: "200 application/dicom+json", actual: "\(exchange.response.status)", at: context.place())
        }
        var findings: [Finding] = []
        if metadata.mediaType?.essence.lowercased() != "application/dicom+json" {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Les métadonnées ne sont pas annoncées comme du JSON DICOM",
                        en: "The metadata are not announced as DICOM JSON"),
                    expected: "application/dicom+json", actual: metadata.mediaType?.essence ?? "∅",
                    at: context.headPlace(header: "Content-Type")))
        }
        guard let instances = metadata.instances else {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Le corps n'est pas un tableau JSON d'objets", en: "The body is no JSON array of objects"),
                    expected: "[{…}]", actual: "∅", at: context.place()))
            return context.concluded(findings)
        }
        let told = Set(instances.map { InstanceReference($0) })
        let wanted = Set(asked.instances.map { InstanceReference($0) })
        for missing in wanted.subtracting(told).map(\.instance).sorted() {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Les métadonnées ne décrivent pas une instance que le KOS liste",
                        en: "The metadata do not describe an instance that the KOS lists"),
                    expected: missing, actual: "∅", at: context.place()))
        }
        for other in told.subtracting(wanted).map(\.instance).sorted() {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Les métadonnées décrivent une instance que le KOS ne liste pas à cet endroit",
                        en: "The metadata describe an instance that the KOS does not list at this place"),
                    expected: "\(wanted.count) × (0008,0018)", actual: other.isEmpty ? "∅" : other,
                    at: context.place()))
        }
        if let first = instances.first(where: \.hasPixels) {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Les métadonnées contiennent les pixels", en: "The metadata hold the pixels"),
                    expected: "∅ | BulkDataURI", actual: "(7FE0,0010) InlineBinary: \(first.instance ?? "∅")",
                    at: context.place()))
        }
        return context.concluded(findings)
    }

    /// The frames are as many as asked, each application/octet-stream and as long as the pixels of the instance.
    func judgeFrames(_ count: Int, of step: String?, _ context: JudgementContext) -> Judgement {
        guard let exchange = context.evidence.exchange else { return .noAnswer(context) }
        guard let received = context.evidence.frames else {
            return context.failure(
                LocalizedText(fr: "La réponse ne contient pas de trames", en: "The answer holds no frames"),
                expected: "200 multipart/related", actual: "\(exchange.response.status)", at: context.place())
        }
        var findings: [Finding] = []
        if received.frames.count != count || !received.isClosed {
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Le nombre de trames entières n'est pas celui demandé",
                        en: "The number of whole frames is not the one asked for"),
                    expected: "\(count)", actual: "\(received.frames.count)\(received.isClosed ? "" : ", …")",
                    at: context.place()))
        }
        let image = step.flatMap { context.earlier[$0]?.images?.images.first?.head }
        for frame in received.frames {
            if frame.mediaType != "application/octet-stream" {
                findings.append(
                    context.finding(
                        LocalizedText(
                            fr: "Une trame n'est pas de type application/octet-stream",
                            en: "A frame is not of type application/octet-stream"),
                        expected: "application/octet-stream", actual: frame.mediaType ?? "∅",
                        at: context.place(byte: frame.byteOffset)))
            }
            guard let expected = Self.length(of: image, as: frame), frame.length != expected else { continue }
            findings.append(
                context.finding(
                    LocalizedText(
                        fr: "Une trame n'a pas la longueur que disent les lignes, colonnes et bits de l'instance",
                        en: "A frame has not the length that rows, columns and bits of the instance tell"),
                    expected: "\(expected)", actual: "\(frame.length)", at: context.place(byte: frame.byteOffset)))
        }
        return context.concluded(findings)
    }

    /// The bytes of a frame that is not compressed; nil where they cannot be told.
    private static func length(of image: ImageHeader?, as frame: ReceivedFrames.Frame) -> Int? {
        let syntax = frame.transferSyntax ?? UID.explicitLittleEndian
        guard [UID.explicitLittleEndian, UID.implicitLittleEndian].contains(syntax), let image,
            let length = image.pixels.expectedLength
        else { return nil }
        return length / image.pixels.frames
    }
}

extension InstanceReference {
    /// Where the instance is, without what it is.
    fileprivate init(_ other: InstanceReference) {
        self.init(study: other.study, series: other.series, instance: other.instance)
    }

    fileprivate init(_ told: ReceivedMetadata.Instance) {
        self.init(study: told.study ?? "", series: told.series ?? "", instance: told.instance ?? "")
    }
}
