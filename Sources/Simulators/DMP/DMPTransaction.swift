import XDS

/// The exchanges that the DMP serves: four of IHE and two French ones.
public enum DMPTransaction: String, Sendable, Hashable, CaseIterable {
    case provideAndRegister = "ITI-41"
    case registryStoredQuery = "ITI-18"
    case retrieveDocumentSet = "ITI-43"
    case updateDocumentSet = "ITI-57"
    /// Does the patient have a DMP, and may the professional see it? DMP transaction TD0.2.
    case existence = "TD0.2"
    /// Grants the professional access. DMP transaction TD0.3; the number is not confirmed.
    case authorization = "TD0.3"

    /// `wsa:Action` of the request.
    public var action: String {
        switch self {
        case .provideAndRegister: XDSTransaction.provideAndRegister.action
        case .registryStoredQuery: XDSTransaction.registryStoredQuery.action
        case .retrieveDocumentSet: XDSTransaction.retrieveDocumentSet.action
        case .updateDocumentSet: XDSTransaction.updateDocumentSet.action
        case .existence: "urn:hl7-org:v3:PRPA_IN201307UV02"
        case .authorization: "urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization"
        }
    }

    /// `wsa:Action` of the answer; those of the French exchanges are not confirmed.
    public var responseAction: String {
        switch self {
        case .existence: "urn:hl7-org:v3:PRPA_IN201308UV02"
        default: action + "Response"
        }
    }

    /// Where the DMP serves it.
    public var path: String {
        switch self {
        case .registryStoredQuery, .updateDocumentSet: DMPSimulator.registryPath
        case .provideAndRegister, .retrieveDocumentSet: DMPSimulator.repositoryPath
        case .existence: DMPSimulator.patientsPath
        case .authorization: DMPSimulator.habilitationsPath
        }
    }
}
