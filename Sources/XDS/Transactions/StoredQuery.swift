public import XML

/// The request of ITI-18: a stored query and its parameters. Source: IHE ITI TF-2 3.18.4.1.
public struct StoredQuery: Sendable, Hashable {
    /// Which query.
    public struct Identifier: RawRepresentable, Hashable, Sendable {
        /// `urn:uuid:…`.
        public let rawValue: String

        /// A query by its id, known or not.
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let findDocuments = Self(rawValue: "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d")
        public static let findSubmissionSets = Self(rawValue: "urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9")
        public static let findFolders = Self(rawValue: "urn:uuid:958f3006-baad-4929-a4de-ff1114824431")
        public static let getAll = Self(rawValue: "urn:uuid:10b545ea-725c-446d-9b95-8aeb444eddf3")
        public static let getDocuments = Self(rawValue: "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4")
        public static let getFolders = Self(rawValue: "urn:uuid:5737b14c-8a1a-4539-b659-e03a34a5e1e4")
        public static let getAssociations = Self(rawValue: "urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155")
        public static let getDocumentsAndAssociations = Self(
            rawValue: "urn:uuid:bab9529a-4a10-40b3-a01f-f68a615d247a")
        public static let getSubmissionSets = Self(rawValue: "urn:uuid:51224314-5390-4169-9b91-b1980040715a")
        public static let getSubmissionSetAndContents = Self(
            rawValue: "urn:uuid:e8e3cb2c-e39c-46b9-99e4-c12f57260b83")
        public static let getFolderAndContents = Self(rawValue: "urn:uuid:b909a503-523d-4517-8acf-8e5834dfc4c7")
        public static let getFoldersForDocument = Self(rawValue: "urn:uuid:10cae35a-c7f9-4cf5-b61e-fc3278ffb578")
        public static let getRelatedDocuments = Self(rawValue: "urn:uuid:d90e5407-b356-4d91-a89f-873917b4b0e6")
        public static let findDocumentsByReferenceID = Self(
            rawValue: "urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492")

        /// Every query of the specification with its name.
        public static let all: [(id: Identifier, name: String)] = [
            (.findDocuments, "FindDocuments"), (.findSubmissionSets, "FindSubmissionSets"),
            (.findFolders, "FindFolders"), (.getAll, "GetAll"), (.getDocuments, "GetDocuments"),
            (.getFolders, "GetFolders"), (.getAssociations, "GetAssociations"),
            (.getDocumentsAndAssociations, "GetDocumentsAndAssociations"),
            (.getSubmissionSets, "GetSubmissionSets"),
            (.getSubmissionSetAndContents, "GetSubmissionSetAndContents"),
            (.getFolderAndContents, "GetFolderAndContents"), (.getFoldersForDocument, "GetFoldersForDocument"),
            (.getRelatedDocuments, "GetRelatedDocuments"),
            (.findDocumentsByReferenceID, "FindDocumentsByReferenceId"),
        ]

        /// Its name; nil for one that the specification does not know.
        public var name: String? { Self.all.first { $0.id == self }?.name }
    }

    /// One slot of the query.
    public struct Parameter: Sendable, Hashable {
        /// The name, `$` included.
        public var name: String
        /// The values as written, one per `rim:Value`.
        public var values: [String]
        /// Where it was read.
        public var place: ReadPlace

        /// A parameter.
        public init(_ name: String, _ values: [String], place: ReadPlace = .init()) {
            self.name = name
            self.values = values
            self.place = place
        }

        /// The values, parsed.
        public var parsed: [QueryValue] { values.map { QueryValue(parsing: $0) } }
        /// The texts of all literals of all values.
        public var literals: [String] { parsed.flatMap { $0.literals.map(\.text) } }
    }

    /// Which query.
    public var id: Identifier
    /// The community.
    public var home: String?
    /// `LeafClass` or `ObjectRef`; empty when absent.
    public var returnType: String
    /// `returnComposedObjects` as written; nil when absent.
    public var returnsComposedObjects: String?
    /// The slots, in order, repetitions included.
    public var parameters: [Parameter]
    /// The body element, where it was read.
    public var place = ReadPlace()
    /// `query:ResponseOption`, where it was read.
    public var optionPlace = ReadPlace()
    /// `rim:AdhocQuery`, where it was read.
    public var queryPlace = ReadPlace()

    /// A query.
    public init(_ id: Identifier, returnType: String = "LeafClass", parameters: [Parameter]) {
        self.id = id
        self.returnType = returnType
        returnsComposedObjects = "true"
        self.parameters = parameters
    }

    /// The query that the body element `node` is; nil when it is none.
    public init?(reading node: Node) {
        guard node.localName == "AdhocQueryRequest", node.namespaceURI == XDSNamespace.query else { return nil }
        let option = node.first("ResponseOption", in: XDSNamespace.query)
        let query = node.first("AdhocQuery", in: XDSNamespace.rim)
        id = Identifier(rawValue: query?.attribute("id")?.trimmedLine ?? "")
        home = query?.attribute("home")
        returnType = option?.attribute("returnType")?.trimmedLine ?? ""
        returnsComposedObjects = option?.attribute("returnComposedObjects")?.trimmedLine
        parameters = (query?.elements("Slot", in: XDSNamespace.rim) ?? []).map { node in
            let slot = Slot(reading: node)
            return Parameter(slot.name, slot.values, place: slot.place)
        }
        place = ReadPlace(node)
        optionPlace = ReadPlace(option)
        queryPlace = ReadPlace(query)
    }

    /// The slots called `name`.
    public func parameters(_ name: String) -> [Parameter] { parameters.filter { $0.name == name } }

    /// The first literal of the first slot called `name`.
    public func text(_ name: String) -> String? { parameters(name).first?.literals.first }

    /// The body element.
    public func element() -> Element {
        var option = Element("query:ResponseOption")
        option["returnComposedObjects"] = returnsComposedObjects
        if !returnType.isEmpty { option["returnType"] = returnType }
        var query = Element("rim:AdhocQuery", ["id": id.rawValue])
        query["home"] = home
        for parameter in parameters { query.append(Slot(parameter.name, parameter.values).element()) }
        return Element(
            "query:AdhocQueryRequest", ["xmlns:query": XDSNamespace.query, "xmlns:rim": XDSNamespace.rim],
            [option, query])
    }
}

/// The answer of ITI-18.
public struct StoredQueryResponse: Sendable, Hashable {
    /// The status and the errors.
    public var registry: RegistryResponse
    /// What was found.
    public var objects: Submission
    /// `totalResultCount`.
    public var totalResultCount: Int?

    /// An answer.
    public init(_ registry: RegistryResponse = .init(), objects: Submission = .init()) {
        self.registry = registry
        self.objects = objects
    }

    /// The answer that the body element `node` is; nil when it is none.
    public init?(reading node: Node) {
        guard node.localName == "AdhocQueryResponse", node.namespaceURI == XDSNamespace.query else { return nil }
        registry = RegistryResponse(reading: node)
        objects = Submission.list(in: node).map { Submission(reading: $0) } ?? Submission()
        totalResultCount = node.attribute("totalResultCount").flatMap { Int($0.trimmedLine) }
    }

    /// The body element.
    public func element() -> Element {
        var element = registry.element("query:AdhocQueryResponse")
        element["xmlns:query"] = XDSNamespace.query
        element["totalResultCount"] = totalResultCount.map(String.init)
        element.append(objects.element())
        return element
    }
}
