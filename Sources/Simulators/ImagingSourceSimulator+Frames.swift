import DICOM
import HTTP
import Imaging

// The frames and the metadata of WADO-RS (DICOM PS3.18 10.4.1.1.2, 10.4.1.1.6).
extension ImagingSourceSimulator {
    /// The media type of metadata.
    static let metadataType = "application/dicom+json"

    func answerMetadata(_ request: SimulatorRequest, _ target: WADOTarget) throws(Refusal) -> SimulatorAnswer {
        let accepted = AcceptList(request.headers.all("Accept"))
        guard
            accepted.entries.contains(where: { [Self.metadataType, "application/json", "*/*"].contains($0.mediaType) })
        else {
            throw refusal(
                406, "not-json", en: "metadata are served as \(Self.metadataType)",
                fr: "les métadonnées sont servies en \(Self.metadataType)", header: "Accept")
        }
        let exam = try currentExam(request, target)
        var selected = try select(target, in: exam)
        if misbehaviors.contains(.wadoMetadataIncomplete), selected.count > 1 { selected.removeLast() }
        let dataSets = selected.map { one in
            var dataSet = exam.image(one.instance, of: one.series).dataSet
            // Bulk values are no metadata.
            if !misbehaviors.contains(.wadoMetadataWithPixels) { dataSet.remove(.pixelData) }
            return dataSet
        }
        return SimulatorAnswer(
            200, headers: ["Content-Type": Self.metadataType], body: .bytes(DICOMJSON.metadata(dataSets)))
    }

    func answerFrames(
        _ request: SimulatorRequest, _ target: WADOTarget, _ frames: String
    ) throws(Refusal) -> SimulatorAnswer {
        let accepted = AcceptList(request.headers.all("Accept")).entries
        let wanted = accepted.filter {
            $0.mediaType == "multipart/related" && $0.partType == "application/octet-stream"
                && [nil, "*", UID.explicitLittleEndian].contains($0.transferSyntax)
        }
        guard !wanted.isEmpty else {
            throw refusal(
                406, "no-acceptable-frames", en: "frames are served uncompressed, as application/octet-stream",
                fr: "les trames sont servies sans compression, en application/octet-stream", header: "Accept")
        }
        let numbers = frames.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard numbers.allSatisfy({ $0 > 0 }) else {
            throw refusal(
                400, "illegal-frames", en: "frames are numbers from 1, parted by commas",
                fr: "les trames sont des nombres à partir de 1, séparés par des virgules")
        }
        let exam = try currentExam(request, target)
        // Every image of an exam has one frame.
        guard let one = try select(target, in: exam).first, numbers.allSatisfy({ $0 == 1 }) else {
            throw refusal(404, "unknown-frame", en: "the instance has one frame", fr: "l'instance a une seule trame")
        }
        let writer = MultipartWriter(boundary: boundary(offered: wanted.compactMap(\.boundary).first))
        let part = frame(one, of: exam)
        return SimulatorAnswer(
            200,
            headers: [
                "Content-Type": writer.contentType(
                    parameters: [MediaType.Parameter("type", "application/octet-stream", isQuoted: true)])
            ], body: writer.body(numbers.map { _ in part }))
    }

    private func frame(_ one: Selected, of exam: ExamFixture) -> MultipartWriter.Part {
        let file = exam.image(one.instance, of: one.series)
        if misbehaviors.contains(.wadoFrameAsFile) {
            return MultipartWriter.Part(
                headers: ["Content-Type": "application/dicom"], body: .bytes(file.serialized()))
        }
        var pixels = Array(file.dataSet[.pixelData]?.bytes ?? [])
        if misbehaviors.contains(.wadoFrameTruncated) { pixels.removeLast(pixels.count / 4) }
        return MultipartWriter.Part(
            headers: ["Content-Type": "application/octet-stream;transfer-syntax=\(UID.explicitLittleEndian)"],
            body: .bytes(pixels))
    }
}
