internal import Checks
internal import DICOM
internal import Imaging
internal import SOAP

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
    static func lines(_ message: MessageSummary) -> [String] { message.lines }
}
