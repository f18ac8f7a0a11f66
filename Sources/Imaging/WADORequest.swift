public import HTTP

/// A WADO-RS request as a French consumer sends it: Bearer token, the KOS that the URL was read from, and the list of
/// the ten transfer syntaxes with weights.
public struct WADORequest: Sendable, Hashable {
    /// A transfer syntax and its weight.
    public struct Preference: Sendable, Hashable {
        public let transferSyntax: String
        /// `0.9`.
        public let weight: String

        public init(_ transferSyntax: String, _ weight: String) {
            self.transferSyntax = transferSyntax
            self.weight = weight
        }
    }

    /// The header that names the KOS.
    public static let kosHeader = "KOS-SOPInstanceUID"

    /// The ten transfer syntaxes that a consumer lists, with the weights of the volet's lossless example.
    public static let lossless: [Preference] = [
        Preference("1.2.840.10008.1.2.4.70", "0.9"), Preference("1.2.840.10008.1.2.4.80", "0.8"),
        Preference("1.2.840.10008.1.2.4.91", "0.6"), Preference("1.2.840.10008.1.2.4.50", "0.5"),
        Preference("1.2.840.10008.1.2.4.51", "0.5"), Preference("1.2.840.10008.1.2.4.100", "0.5"),
        Preference("1.2.840.10008.1.2.4.101", "0.5"), Preference("1.2.840.10008.1.2.4.102", "0.5"),
        Preference("1.2.840.10008.1.2.4.103", "0.5"), Preference("1.2.840.10008.1.2.1", "0.4"),
    ]

    /// The same syntaxes, with the weights of the lossy example.
    public static let lossy: [Preference] = [
        Preference("1.2.840.10008.1.2.4.50", "0.9"), Preference("1.2.840.10008.1.2.4.51", "0.9"),
        Preference("1.2.840.10008.1.2.4.70", "0.6"), Preference("1.2.840.10008.1.2.4.80", "0.5"),
        Preference("1.2.840.10008.1.2.4.91", "0.5"), Preference("1.2.840.10008.1.2.4.100", "0.5"),
        Preference("1.2.840.10008.1.2.4.101", "0.5"), Preference("1.2.840.10008.1.2.4.102", "0.5"),
        Preference("1.2.840.10008.1.2.4.103", "0.5"), Preference("1.2.840.10008.1.2.1", "0.4"),
    ]

    /// The ten syntaxes as a set.
    public static let requiredTransferSyntaxes = Set(lossless.map(\.transferSyntax))

    /// The URL: a RetrieveURL of the KOS, unchanged, or one of its study or instances.
    public var url: String
    /// The SOP Instance UID of the KOS.
    public var kosInstanceUID: String
    /// The access token of the reader.
    public var token: String
    public var preferences: [Preference]
    /// The boundary offered; the demonstrator stops it at a dot, so it holds none.
    public var boundary: String
    /// Whether each entry has a header of its own, as some clients do.
    public var repeatsHeader: Bool

    /// A request for what `url` names.
    public init(
        url: String, kosInstanceUID: String, token: String, preferences: [Preference] = WADORequest.lossless,
        boundary: String = "cisis-boundary", repeatsHeader: Bool = false
    ) {
        self.url = url
        self.kosInstanceUID = kosInstanceUID
        self.token = token
        self.preferences = preferences
        self.boundary = boundary
        self.repeatsHeader = repeatsHeader
    }

    /// The entries of the `Accept` header.
    public var acceptEntries: [String] {
        preferences.map {
            "multipart/related; type=\"application/dicom\";transfer-syntax=\($0.transferSyntax);q=\($0.weight)"
                + ";boundary=\(boundary)"
        }
    }

    /// The headers, in the order of the samples.
    public var headers: HTTPHeaders {
        var headers = HTTPHeaders()
        headers.add("Authorization", "Bearer \(token)")
        headers.add(Self.kosHeader, kosInstanceUID)
        if repeatsHeader {
            for entry in acceptEntries { headers.add("Accept", entry) }
        } else {
            headers.add("Accept", acceptEntries.joined(separator: ","))
        }
        return headers
    }

    /// The message to send.
    public var httpRequest: HTTPRequest { HTTPRequest("GET", url, headers: headers, body: .empty) }
}
