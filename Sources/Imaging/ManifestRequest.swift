public import DICOM
public import XDS

extension KeyObjectSelection {
    /// The RAD-69 request for instances that this manifest lists, grouped as it lists them.
    ///
    /// The repository of each instance is the Retrieve Location UID (0040,E011) of its series, as IHE XDS-I.b says.
    /// - Parameters:
    ///   - instances: the SOP Instance UIDs wanted; nil: all.
    ///   - repository: the repository asked for, instead of that of the manifest.
    public func imagingRequest(
        instances: Set<String>? = nil, repository: String? = nil,
        transferSyntaxes: [String] = [UID.explicitLittleEndian]
    ) -> RetrieveImagingDocumentSetRequest {
        let studies = studies.compactMap { study -> RetrieveImagingDocumentSetRequest.Study? in
            let series = study.series.compactMap { series -> RetrieveImagingDocumentSetRequest.Series? in
                let documents = series.instances.compactMap { instance -> DocumentRequest? in
                    guard let uid = instance.sopInstance, instances?.contains(uid) ?? true else { return nil }
                    return DocumentRequest(
                        repositoryUniqueID: repository ?? series.retrieveLocationUID, documentUniqueID: uid)
                }
                return documents.isEmpty ? nil : .init(uid: series.uid, documents: documents)
            }
            return series.isEmpty ? nil : .init(uid: study.uid, series: series)
        }
        return RetrieveImagingDocumentSetRequest(studies, transferSyntaxes: transferSyntaxes)
    }

    /// The WADO-RS URLs of the series, as they are listed; a series without one is left out.
    public var retrieveURLs: [String] { series.compactMap(\.retrieveURL) }

    /// The WADO-RS URL of a whole study: what precedes `/series` in the first RetrieveURL.
    public var studyURL: String? {
        retrieveURLs.lazy.compactMap { WADOTarget(reading: $0) }.first.map {
            WADOTarget(base: $0.base, study: $0.study).url
        }
    }
}
