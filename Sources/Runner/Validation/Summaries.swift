internal import Checks
internal import DICOM
internal import Imaging
internal import SOAP
internal import XDS

/// What a report holds, in lines.
enum ReportSummary {
    static func lines(_ report: ImagingReport) -> [String] {
        var lines = ["id: \(report.identifier?.uniqueID ?? "∅")"]
        lines += report.accessions.map { "accession: \($0.joined)" }
        lines += report.acts.filter(\.isImaging).compactMap { $0.studyUID.map { "study: \($0)" } }
        lines += report.links.map { "link: \($0.link.text)" }
        return lines
    }
}

/// What a manifest holds, in lines.
enum ManifestSummary {
    static func lines(_ manifest: KeyObjectSelection) -> [String] {
        var lines = [
            "SOP Instance UID: \(manifest.sopInstanceUID ?? "∅")", "study: \(manifest.studyInstanceUID ?? "∅")",
            "accession: \(manifest.accession.map { "\($0.value) (\($0.issuerOID ?? "∅"))" } ?? "∅")",
        ]
        for series in manifest.series {
            lines.append(
                "series \(series.uid ?? "∅"): \(series.instances.count) instance(s), \(series.retrieveURL ?? "no RetrieveURL")"
            )
        }
        return lines
    }
}

/// What an image says of itself, in lines.
enum ImageSummary {
    static func lines(_ head: ImageHeader) -> [String] {
        [
            "SOP Instance UID: \(head.sopInstanceUID ?? "∅")", "series: \(head.seriesInstanceUID ?? "∅")",
            "study: \(head.studyInstanceUID ?? "∅")", "modality: \(head.modality ?? "∅")",
            "transfer syntax: \(head.transferSyntax)",
        ]
    }
}

/// What a message holds, in lines.
enum MessageLines {
    static func lines(_ message: MessageSummary) -> [String] {
        var lines: [String] = []
        if let operation = message.operation {
            lines.append("operation: \(operation)" + (message.transaction.map { " (\($0.rawValue))" } ?? ""))
        }
        if let action = message.action { lines.append("wsa:Action: \(action)") }
        if let status = message.status { lines.append("status: \(status)") }
        if let fault = message.fault { lines.append("fault: \(fault.code.rawValue): \(fault.reason)") }
        for (index, part) in message.parts.enumerated() {
            lines.append(
                "part \(part.contentID ?? "#\(index + 1)")\(part.isRoot ? " (root)" : ""): "
                    + "\(part.contentType ?? "no Content-Type"), \(part.transferEncoding), \(part.length) bytes, "
                    + "SHA-1 \(part.sha1)")
        }
        for entry in message.entries {
            lines.append("entry \(entry.id): \(entry.mimeType), uniqueId \(entry.uniqueID), \(confirmation(entry))")
        }
        for manifest in message.manifests {
            lines.append(
                "KOS in part \(manifest.part): SOP Instance UID \(manifest.sopInstanceUID ?? "∅"), study "
                    + "\(manifest.studyInstanceUIDs.joined(separator: ", ")), \(manifest.seriesCount) series, "
                    + "\(manifest.instanceCount) instances")
        }
        return lines
    }

    /// Whether hash and size of the entry are those of its document.
    private static func confirmation(_ entry: MessageSummary.Entry) -> String {
        switch entry.isConfirmed {
        // Signs for words: the lines of a summary stand in both languages.
        case true?: "hash = \(entry.actualHash ?? "∅"), size = \(entry.actualSize ?? 0)"
        case false?:
            "hash \(entry.declaredHash ?? "∅"), size \(entry.declaredSize ?? "∅") ≠ \(entry.actualHash ?? "∅"), "
                + "\(entry.actualSize.map(String.init) ?? "∅")"
        case nil: entry.actualHash == nil ? "document = ∅" : "hash = ∅, size = ∅"
        }
    }
}
