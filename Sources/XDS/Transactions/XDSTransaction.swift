/// A transaction of XDS.b or XDS-I.b: its actions, its message bodies, whether it travels in MTOM.
///
/// Source: IHE ITI TF-2 3.18, 3.41, 3.43, 3.57; IHE RAD TF-2 4.68, 4.69.
public enum XDSTransaction: String, Sendable, Hashable, CaseIterable {
    case provideAndRegister = "ITI-41"
    case registryStoredQuery = "ITI-18"
    case retrieveDocumentSet = "ITI-43"
    case retrieveImagingDocumentSet = "RAD-69"
    case updateDocumentSet = "ITI-57"

    /// The action of the request.
    public var action: String {
        switch self {
        case .provideAndRegister: "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"
        case .registryStoredQuery: "urn:ihe:iti:2007:RegistryStoredQuery"
        case .retrieveDocumentSet: "urn:ihe:iti:2007:RetrieveDocumentSet"
        case .retrieveImagingDocumentSet: "urn:ihe:rad:2009:RetrieveImagingDocumentSet"
        case .updateDocumentSet: "urn:ihe:iti:2010:UpdateDocumentSet"
        }
    }

    /// The action of the answer.
    public var responseAction: String { action + "Response" }

    /// The actions that an answer may have: RAD-69 answers are seen with that of ITI-43 too.
    public var acceptedResponseActions: [String] {
        switch self {
        case .retrieveImagingDocumentSet: [responseAction, XDSTransaction.retrieveDocumentSet.responseAction]
        case .provideAndRegister, .registryStoredQuery, .retrieveDocumentSet, .updateDocumentSet: [responseAction]
        }
    }

    /// The local name of the request's body element.
    public var requestElement: String {
        switch self {
        case .provideAndRegister: "ProvideAndRegisterDocumentSetRequest"
        case .registryStoredQuery: "AdhocQueryRequest"
        case .retrieveDocumentSet: "RetrieveDocumentSetRequest"
        case .retrieveImagingDocumentSet: "RetrieveImagingDocumentSetRequest"
        case .updateDocumentSet: "SubmitObjectsRequest"
        }
    }

    /// The local name of the answer's body element.
    public var responseElement: String {
        switch self {
        case .provideAndRegister, .updateDocumentSet: "RegistryResponse"
        case .registryStoredQuery: "AdhocQueryResponse"
        case .retrieveDocumentSet, .retrieveImagingDocumentSet: "RetrieveDocumentSetResponse"
        }
    }

    /// The transaction whose request has the action `action`.
    public init?(action: String) {
        guard let found = Self.allCases.first(where: { $0.action == action }) else { return nil }
        self = found
    }
}
