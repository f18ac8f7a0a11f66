import HTTP

/// The link of a report to its images, read as it was written.
///
/// The French form invokes an image display (IHE RAD-106) with four parameters:
/// `https://<place>/IHEInvokeImageDisplay?requestType=STUDY&studyUID=…&Accessionnumber=<root.extension>&idCDA=<root>`.
/// Reports of older versions hold a WADO-URI (IHE RAD-55) instead; it is read too and told apart.
public struct ImageDisplayLink: Sendable, Hashable {
    /// What kind of link it is.
    public enum Form: String, Sendable, CaseIterable {
        /// The French form with `studyUID`, `Accessionnumber` and `idCDA`.
        case french
        /// Another invocation of an image display.
        case imageDisplay
        /// `requestType=WADO`.
        case wadoURI
        /// Anything else.
        case unknown
    }

    /// One parameter of the query, decoded.
    public struct Parameter: Sendable, Hashable {
        public let name: String
        public let value: String
    }

    /// What is wrong with the writing of a link; it is told, never refused.
    public struct Fault: Sendable, Hashable {
        /// A stable name of a fault.
        public struct Code: RawRepresentable, Sendable, Hashable {
            public let rawValue: String
            public init(rawValue: String) { self.rawValue = rawValue }
            public static let empty = Code(rawValue: "empty")
            public static let relative = Code(rawValue: "relative")
            public static let notHTTPS = Code(rawValue: "not-https")
            public static let blanks = Code(rawValue: "blanks")
            public static let escapedTwice = Code(rawValue: "escaped-twice")
            public static let wrongPath = Code(rawValue: "wrong-path")
            public static let wrongRequestType = Code(rawValue: "wrong-request-type")
            public static let missingParameter = Code(rawValue: "missing-parameter")
            public static let emptyParameter = Code(rawValue: "empty-parameter")
            /// A user name, a password or a token in it.
            public static let secret = Code(rawValue: "secret")
            public static let repeatedParameter = Code(rawValue: "repeated-parameter")
        }

        public let code: Code
        /// One line in English.
        public let message: String
        /// The parameter that it is about.
        public let parameter: String?

        init(_ code: Code, _ message: String, parameter: String? = nil) {
            self.code = code
            self.message = message
            self.parameter = parameter
        }
    }

    /// The resource of the French form.
    public static let resource = "IHEInvokeImageDisplay"
    /// The parameters of the French form, as they are spelled in the volet.
    public static let frenchParameters = ["requestType", "studyUID", "Accessionnumber", "idCDA"]

    /// The link as it stands in the report, after XML's own unescaping.
    public let text: String
    /// In lower case; empty for a relative link.
    public let scheme: String
    /// Host and port as written; empty for a relative link.
    public let authority: String
    /// The path, with its leading slash.
    public let path: String
    /// In the order of writing.
    public let parameters: [Parameter]
    public let form: Form
    /// What is wrong with its writing.
    public let faults: [Fault]

    /// The value of a parameter, its name read without regard to case: samples write `Accessionnumber` and
    /// `accessionNumber`.
    public subscript(_ name: String) -> String? {
        parameters.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// `studyUID`.
    public var studyUID: String? { self["studyUID"] }
    /// `Accessionnumber`: root and extension joined by a dot.
    public var accession: String? { self["Accessionnumber"] }
    /// `idCDA`: the root of the document's id.
    public var documentID: String? { self["idCDA"] }
    /// The host without its port.
    public var host: String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return String(authority[...end]) }
        return String(authority.prefix { $0 != ":" })
    }

    /// Reads a link; nothing is refused, see `faults`.
    public init(reading text: String) {
        var faults: [Fault] = []
        let trimmed = text.withoutOuterBlanks
        if trimmed.isEmpty || trimmed == "NULL" || trimmed == "null" {
            faults.append(Fault(.empty, "the link is empty"))
        }
        if text.contains(where: \.isWhitespace) { faults.append(Fault(.blanks, "the link holds blanks")) }
        var source = trimmed
        if source.contains("&amp;") {
            faults.append(Fault(.escapedTwice, "'&amp;' stays after XML was read: the ampersand was escaped twice"))
            source.replace("&amp;", with: "&")
        }

        let query = source.firstIndex(of: "?")
        let head = source[..<(query ?? source.endIndex)]
        if let mark = head.firstRange(of: "://") {
            scheme = head[..<mark.lowerBound].lowercased()
            let rest = head[mark.upperBound...]
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            authority = String(rest[..<slash])
            path = rest[slash...].percentDecoded
        } else {
            scheme = ""
            authority = ""
            path = head.percentDecoded
        }
        var parameters: [Parameter] = []
        if let query {
            for piece in source[source.index(after: query)...].split(separator: "&") {
                let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                parameters.append(
                    Parameter(
                        name: parts[0].withoutOuterBlanks.percentDecoded,
                        value: parts.count > 1 ? parts[1].withoutOuterBlanks.percentDecoded : ""))
            }
        }
        self.text = text
        self.parameters = parameters
        form = Self.form(path: path, parameters: parameters)
        faults += Self.faults(scheme: scheme, authority: authority, path: path, parameters: parameters, form: form)
        self.faults = faults
    }

    /// Makes the link in the French form; `base` is the root URL of the display, with or without a final slash.
    public init(base: String, studyUID: String, accessionRoot: String, accession: String, documentID: String) {
        let root = base.hasSuffix("/") ? String(base.dropLast()) : base
        let query = zip(
            Self.frenchParameters, ["STUDY", studyUID, "\(accessionRoot).\(accession)", documentID]
        ).map { "\($0)=\(URLTarget.percentEncoded($1))" }
        self.init(reading: "\(root)/\(Self.resource)?\(query.joined(separator: "&"))")
    }

    private static func form(path: String, parameters: [Parameter]) -> Form {
        let names = Set(parameters.map { $0.name.lowercased() })
        let type = parameters.first { $0.name.lowercased() == "requesttype" }?.value.uppercased()
        if type == "WADO" || names.isSuperset(of: ["studyuid", "seriesuid", "objectuid"]) { return .wadoURI }
        if names.contains("idcda") { return .french }
        if path.lowercased().hasSuffix(resource.lowercased()) {
            return names.contains("accessionnumber") && names.contains("studyuid") ? .french : .imageDisplay
        }
        return .unknown
    }

    private static let secrets: Set = ["access_token", "id_token", "token", "password", "pwd"]

    private static func faults(
        scheme: String, authority: String, path: String, parameters: [Parameter], form: Form
    ) -> [Fault] {
        var faults: [Fault] = []
        if scheme.isEmpty || authority.isEmpty {
            faults.append(Fault(.relative, "the link is not an absolute URL"))
        } else if scheme != "https" {
            faults.append(Fault(.notHTTPS, "the scheme is '\(scheme)', not 'https'"))
        }
        if authority.contains("@") || parameters.contains(where: { secrets.contains($0.name.lowercased()) }) {
            faults.append(Fault(.secret, "the link holds a token or a password, which stays in the report"))
        }
        guard form != .wadoURI else { return faults }
        if !path.hasSuffix("/\(resource)") {
            faults.append(Fault(.wrongPath, "the path does not end in '/\(resource)'"))
        }
        for name in frenchParameters {
            let values = parameters.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
            switch values.count {
            case 0: faults.append(Fault(.missingParameter, "the parameter \(name) is missing", parameter: name))
            case 1: break
            default: faults.append(Fault(.repeatedParameter, "the parameter \(name) stands twice", parameter: name))
            }
            if values.contains("") {
                faults.append(Fault(.emptyParameter, "the parameter \(name) has no value", parameter: name))
            }
        }
        if let type = parameters.first(where: { $0.name.lowercased() == "requesttype" })?.value, type != "STUDY" {
            faults.append(
                Fault(.wrongRequestType, "requestType is '\(type)', not 'STUDY'", parameter: "requestType"))
        }
        return faults
    }
}
