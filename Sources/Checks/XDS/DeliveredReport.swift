import Imaging
import SOAP
import XDS
import XML

/// A report that came with its entry.
struct DeliveredReport: Sendable {
    let entry: DocumentEntry
    let reading: ImagingReport

    /// The reports of `request` that are readable CDA.
    static func all(in request: ProvideAndRegisterRequest) -> [DeliveredReport] {
        request.submission.entries.compactMap { entry in
            guard !entry.isKOS, !entry.isSignature, let document = request.document(entry.id),
                document.content?.isResolved ?? true, let parsed = try? Document(parsing: document.bytes)
            else { return nil }
            // A CDA may lie in the style sheet that shows it.
            return ImagingReport(parsed).map { DeliveredReport(entry: entry, reading: $0) }
        }
    }
}
