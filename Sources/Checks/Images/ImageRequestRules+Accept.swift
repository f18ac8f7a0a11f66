internal import Conformance
internal import DICOM
internal import Imaging

// What the consumer says that it takes: WRS-004 to WRS-007.
extension ImageRequestRules {
    /// The entries with the header line that each stands in.
    private static func entries(_ subject: ImageRequestSubject) -> [(entry: AcceptEntry, field: CapturedRequest.Field)]
    {
        subject.request.fields("Accept").flatMap { field in
            AcceptList([field.value]).entries.map { ($0, field) }
        }
    }

    static func judgeAccept(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        let entries = entries(subject)
        guard let first = entries.first else {
            return remarks.remark(
                LocalizedText(fr: "Accept est absent ou vide", en: "Accept is missing or empty"),
                expected: "multipart/related; type=\"application/dicom\"; …", actual: "∅",
                at: place(subject.request.field("Accept"), "Accept"))
        }
        if subject.target?.frames != nil { return judgeFrames(entries, &remarks) }
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
            case (_?, _) where entry.isWildcard: break
            case (let type?, _):
                remarks.remark(
                    LocalizedText(
                        fr: "Une entrée demande autre chose que multipart/related",
                        en: "An entry asks for something else than multipart/related"),
                    expected: "multipart/related", actual: type, at: place(field, "Accept"), severity: .warning)
            }
            if !entry.hasQuotedType {
                remarks.remark(
                    LocalizedText(
                        fr: "Le paramètre type n'est pas entre guillemets : sa valeur a une barre oblique",
                        en: "The parameter type is not in quotes: its value has a slash"),
                    expected: "type=\"application/dicom\"", actual: entry.text, at: place(field, "Accept"),
                    severity: .warning)
            }
            guard entry.isDICOM, !entry.isWildcard, entry.boundary?.isEmpty != false else { continue }
            remarks.remark(
                LocalizedText(
                    fr: "Une entrée n'offre pas de boundary : le démonstrateur la refuse",
                    en: "An entry offers no boundary: the demonstrator refuses it"),
                expected: "boundary=…", actual: entry.text, at: place(field, "Accept"), severity: .warning)
        }
    }

    /// Frames are no files of DICOM (PS3.18, 8.7.3.3 and 10.4.1.1.6): their bytes, or images, are asked for.
    private static func judgeFrames(
        _ entries: [(entry: AcceptEntry, field: CapturedRequest.Field)], _ remarks: inout Remarks
    ) {
        for (entry, field) in entries
        where entry.mediaType == "application/dicom" || entry.partType == "application/dicom" {
            remarks.remark(
                LocalizedText(
                    fr: "Des trames sont demandées comme fichiers DICOM : elles n'en sont pas (WRS-021)",
                    en: "Frames are asked for as DICOM files: they are none (WRS-021)"),
                expected: "multipart/related; type=\"application/octet-stream\"", actual: entry.text,
                at: place(field, "Accept"), severity: .warning)
        }
    }

    static func judgeSyntaxes(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        guard subject.target?.frames == nil else { return framesAsked(&remarks) }
        let all = entries(subject).filter { $0.entry.isDICOM }
        // What takes anything at a lower weight stands beside the ten.
        let named = all.filter { !$0.entry.isWildcard }
        let entries = named.isEmpty ? all : named
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

    static func judgeWeights(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
        guard subject.target?.frames == nil else { return framesAsked(&remarks) }
        let all = entries(subject).filter { $0.entry.isDICOM }
        guard let first = all.first else { return notSeen(&remarks) }
        if all.allSatisfy({ $0.entry.weight?.value == 0 }) {
            remarks.remark(
                LocalizedText(
                    fr: "Tous les poids sont nuls : aucune réponse n'est acceptée",
                    en: "All weights are 0: no answer is taken"),
                expected: "q > 0", actual: "\(all.count) × q=0", at: place(first.field, "Accept"))
        }
        let named = all.filter { !$0.entry.isWildcard || $0.entry.weight != nil }
        for (entry, field) in named.isEmpty ? all : named {
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
                    expected: "0 … 1, 0.123", actual: "\(name): q=\(weight.text)", at: place(field, "Accept"))
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

    static func judgeRepetitions(_ subject: ImageRequestSubject, _ remarks: inout Remarks) {
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

    private static func framesAsked(_ remarks: inout Remarks) {
        remarks.notApplicable(
            fr: "La requête demande des trames, non des fichiers DICOM",
            en: "The request asks for frames, not for DICOM files")
    }

    private static func notSeen(_ remarks: inout Remarks) {
        remarks.notRun(fr: "Accept ne demande pas de fichiers DICOM", en: "Accept asks for no DICOM files")
    }
}
