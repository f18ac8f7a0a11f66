public import XML

/// The objects of one `rim:RegistryObjectList`: a submission, or what a query found.
public struct Submission: Sendable, Hashable {
    /// The document entries, in order.
    public var entries: [DocumentEntry] = []
    /// The submission sets; one in a submission.
    public var submissionSets: [SubmissionSet] = []
    /// The folders.
    public var folders: [Folder] = []
    /// The associations.
    public var associations: [Association] = []
    /// Registry packages that neither mark makes a submission set or a folder.
    public var unmarkedPackages: [RegistryObject] = []
    /// Classifications beside the objects.
    public var classifications: [Classification] = []
    /// `rim:ObjectRef` ids.
    public var references: [String] = []
    /// Elements that are none of XDS, by local name.
    public var unknownElements: [String] = []
    /// Every object as it stood, in order.
    public var objects: [RegistryObject] = []
    /// The list that it was read from.
    public var place = ReadPlace()

    /// An empty list.
    public init() {}

    /// The first submission set.
    public var submissionSet: SubmissionSet? { submissionSets.first }

    /// Reads a `rim:RegistryObjectList`.
    public init(reading list: Node) {
        place = ReadPlace(list)
        for node in list.elements {
            if let object = RegistryObject(reading: node) {
                objects.append(object)
            } else {
                unknownElements.append(node.localName)
            }
        }
        for object in objects where object.kind == .classification {
            if let node = object.place.node { classifications.append(Classification(reading: node)) }
        }
        for object in objects { sort(object) }
    }

    private mutating func sort(_ object: RegistryObject) {
        switch object.kind {
        case .extrinsicObject: if let entry = DocumentEntry(object) { entries.append(entry) }
        case .association: if let association = Association(object) { associations.append(association) }
        case .objectReference: references.append(object.id)
        case .classification: break
        case .registryPackage:
            let marks =
                object.classifications.map(\.node)
                + classifications.filter { $0.classifiedObject == object.id }.map(\.node)
            if marks.contains(XDSUUID.submissionSet) {
                if let set = SubmissionSet(object) { submissionSets.append(set) }
            } else if marks.contains(XDSUUID.folder) {
                if let folder = Folder(object) { folders.append(folder) }
            } else {
                unmarkedPackages.append(object)
            }
        }
    }

    /// The `rim:RegistryObjectList`, the prefix `rim` declared.
    public func element() -> Element {
        var objects = entries.map(\.registryObject) + folders.map(\.registryObject)
        objects += submissionSets.map(\.registryObject) + unmarkedPackages + associations.map(\.registryObject)
        let references = references.map { Element("rim:ObjectRef", ["id": $0]) }
        return Element(
            "rim:RegistryObjectList", ["xmlns:rim": XDSNamespace.rim],
            objects.map { $0.element() } + classifications.map { $0.element() } + references)
    }

    /// The entry with the id `id`.
    public func entry(_ id: String) -> DocumentEntry? { entries.first { $0.id == id } }

    /// The `rim:RegistryObjectList` under `node`: itself, or in an `lcm:SubmitObjectsRequest`.
    public static func list(in node: Node) -> Node? {
        if node.localName == "RegistryObjectList", node.namespaceURI == XDSNamespace.rim { return node }
        if let list = node.first("RegistryObjectList", in: XDSNamespace.rim) { return list }
        return node.first("SubmitObjectsRequest", in: XDSNamespace.lcm)?
            .first("RegistryObjectList", in: XDSNamespace.rim)
    }
}
