/// What a DMP demands and how far it goes, beyond the rules of XDS.
public struct DMPPolicy: Sendable {
    /// Whether something is looked at.
    public enum Demand: String, Sendable, Hashable, CaseIterable {
        /// Never.
        case ignored
        /// Where it is there.
        case whenPresent = "when-present"
        /// Always: its absence is a fault.
        case required
    }

    /// The VIHF assertion of each message.
    public var assertion = AssertionPolicy()
    /// The signature of the submission set (N-PNR-19, N-PNR-20).
    public var signature = SignaturePolicy()
    /// Whether slots that XDS does not know are kept; else they are dropped, with the warning XDSExtraMetadataNotSaved.
    public var keepsExtraMetadata = true
    /// Larger documents are refused by XDSRepositoryOutOfResources; nil: any size.
    public var maximumDocumentSize: Int?
    /// With so many entries the registry is full: XDSRegistryOutOfResources; nil: never.
    public var maximumEntries: Int?
    /// More entries than this are not returned by one query: XDSTooManyResults; nil: any number.
    public var maximumResults: Int?
    /// Whether the repository reaches its registry; else submissions end in XDSRegistryNotAvailable.
    public var isRegistryReachable = true
    /// The OID of the community, as `urn:oid:…`; a message that names another gets XDSUnknownCommunity.
    public var homeCommunityID: String?
    /// Whether queries by id and retrievals must name the community: XDSMissingHomeCommunityId.
    public var demandsHomeCommunity = false
    /// Whether queries are served only for open records that the professional may see (N-AUT-01, N-AUT-02).
    public var checksRecord = false

    /// XDS alone: assertions and signatures are looked at where they are.
    public init() {}
}
