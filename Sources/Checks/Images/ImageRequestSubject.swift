public import Imaging

/// A WADO-RS request of a consumer, as the rules look at it.
public struct ImageRequestSubject: Sendable {
    public let request: CapturedRequest
    /// The manifest that the URL was read from; nil when not known.
    public var manifest: ManifestSubject?
    let accepted: AcceptList

    /// A request.
    public init(_ request: CapturedRequest, manifest: ManifestSubject? = nil) {
        self.request = request
        self.manifest = manifest
        accepted = AcceptList(request.fields("Accept").map(\.value))
    }

    /// What the URL names; nil where it is no route of WADO-RS.
    public var target: WADOTarget? { WADOTarget(reading: request.target) }

    /// Whether `request` asks a WADO-RS service for images: by its route, or by what its headers speak of.
    public static func isRecognized(_ request: CapturedRequest) -> Bool {
        let path = request.target.prefix { $0 != "?" && $0 != "#" }
        if path.contains("/studies/") || path.hasSuffix("/studies") { return true }
        return request.field(WADORequest.kosHeader) != nil
            || request.fields("Accept").contains { $0.value.lowercased().contains("application/dicom") }
    }
}
