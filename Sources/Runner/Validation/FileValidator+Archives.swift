internal import Checks
internal import Conformance
internal import Packs
internal import XDS

/// How archives of documents (XDM) are judged.
extension FileValidator {
    /// What is read of an archive at most, in bytes: exams with their images are larger than a kit.
    private static let archiveLimits = {
        var limits = PackLimits()
        limits.fileSize = limits.totalSize
        limits.archiveSize = limits.totalSize
        return limits
    }()

    /// An archive of documents (XDM): each of its submission sets, and every document.
    func judgeArchive(_ bytes: [UInt8], _ judgement: inout FileJudgement) async {
        let name = judgement.file
        let members: [(path: String, bytes: [UInt8])]
        switch await WorkerPool.shared.run({ () -> Result<[(path: String, bytes: [UInt8])], PackError> in
            Result { () throws(PackError) in
                try ZipMembers.members(of: bytes, name: name, limits: Self.archiveLimits)
            }
        }) {
        case .failure(let error):
            judgement.layers.append(Self.unread(error))
            return
        case .success(let read): members = read
        }
        let all = members.map { ArchiveSubject.Member(path: $0.path, bytes: $0.bytes) }
        let subject = ArchiveSubject(members: all, name: name)
        judgement.summary = members.map { "\($0.path): \($0.bytes.count) bytes" }
        judgement.layers.append(LayerJudgement("zip", findings: []))
        judgement.layers.append(await rules("xdm", ArchiveRules.own, subject))
        judgement.layers += await metadataLayers(of: subject)
        for path in subject.otherSets {
            let set = ArchiveSubject(members: all, name: name, set: path)
            var layers = [await rules("xdm", ArchiveRules.ofFurtherSet, set)] + (await metadataLayers(of: set))
            let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? path
            for index in layers.indices { layers[index].layer += ":" + folder }
            judgement.layers += layers
        }
        for member in members where FileKind.detect(member.bytes) == .kos || FileKind.detect(member.bytes) == .cda {
            judgement.layers += await layers(of: SubmittedDocument(id: member.path, bytes: member.bytes))
        }
    }

    /// The metadata of one submission set; every finding is at their file.
    private func metadataLayers(of subject: ArchiveSubject) async -> [LayerJudgement] {
        guard let path = subject.metadataPath, let metadata = subject.members.first(where: { $0.path == path }) else {
            return []
        }
        var inner = FileJudgement(file: path, kind: .metadata, layers: [], summary: [])
        await judgeMetadata(metadata.bytes, &inner)
        return inner.layers.map { layer in
            var layer = layer
            for index in layer.findings.indices {
                var place = layer.findings[index].place ?? EvidencePlace()
                place.object = path
                layer.findings[index].place = place
            }
            return layer
        }
    }

    /// An archive that was not read: by its own fault, or because the tool reads no such form or no more.
    private static func unread(_ error: PackError) -> LayerJudgement {
        guard !error.isOurLimit else {
            return LayerJudgement(
                "zip", .inconclusive,
                fr: "L'archive n'est pas jugée : \(error.french). C'est une limite de l'outil, non un défaut de "
                    + "l'archive ; juger ses fichiers un par un",
                en:
                    "The archive is not judged: \(error.message). That is a limit of the tool, no fault of the archive; "
                    + "judge its files one by one")
        }
        return LayerJudgement(
            "zip",
            findings: [
                Finding(
                    check: "xdm.archive", severity: .violation,
                    message: LocalizedText(
                        fr: "L'archive ne peut pas être lue : \(error.french)",
                        en: "The archive cannot be read: \(error.message)"),
                    expected: "zip (IHE ITI TF-2 3.32.4.1.2)", actual: error.code.rawValue,
                    advice: LocalizedText(
                        fr: "Refaire l'archive : des chemins relatifs simples, chacun une fois, sans lien ni "
                            + "chiffrement, de tailles vraies.",
                        en: "Make the archive again: plain relative paths, each once, without links or "
                            + "encryption, of true sizes."), place: EvidencePlace(object: "zip"))
            ])
    }
}
