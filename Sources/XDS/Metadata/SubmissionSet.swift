/// A submission set: what was sent together, by whom and when. Source: IHE ITI TF-3 4.2.3.3.
public struct SubmissionSet: Sendable, Hashable {
    /// `@id`.
    public var id: String
    /// `Approved`, set by the registry.
    public var availabilityStatus: String?
    /// The community.
    public var home: String?
    /// The title.
    public var title: String?
    /// The comments.
    public var comments: String?
    /// Who sent it.
    public var authors: [Author] = []
    /// The kind of activity.
    public var contentTypeCode: CodedValue?
    /// The patient.
    public var patientID: CX?
    /// The OID of the source.
    public var sourceID: String?
    /// Its own identifier.
    public var uniqueID: String
    /// When it was sent.
    public var submissionTime: DTM?
    /// For whom.
    public var intendedRecipients: [String] = []
    /// Slots that no attribute above holds.
    public var otherSlots: [Slot] = []
    /// The object that it was read from.
    public var source = SourceObject(nil)

    /// A submission set.
    public init(id: String, uniqueID: String) {
        self.id = id
        self.uniqueID = uniqueID
    }

    /// The submission set that `object` holds; nil when it is no `RegistryPackage`.
    public init?(_ object: RegistryObject) {
        guard object.kind == .registryPackage else { return nil }
        self.init(id: object.id, uniqueID: object.identifiers(of: XDSUUID.submissionSetUniqueID).first?.value ?? "")
        source = SourceObject(object)
        availabilityStatus = object.attributes["status"]
        home = object.attributes["home"]
        title = object.name
        comments = object.description
        authors = object.classifications(of: XDSUUID.submissionSetAuthor).map { Author($0) }
        contentTypeCode = object.classifications(of: XDSUUID.contentTypeCode).first?.codedValue
        if let identifier = object.identifiers(of: XDSUUID.submissionSetPatientID).first {
            patientID = CX(identifier.value, place: identifier.place)
        }
        sourceID = object.identifiers(of: XDSUUID.sourceID).first?.value
        if let slot = object.slot("submissionTime"), let value = slot.values.first {
            submissionTime = DTM(value, place: slot.place(ofValue: 0))
        }
        intendedRecipients = object.slot("intendedRecipient")?.values ?? []
        otherSlots = object.slots.filter { !["submissionTime", "intendedRecipient"].contains($0.name) }
    }

    /// The submission set as an object of ebRIM, its mark inside.
    public var registryObject: RegistryObject {
        var object = RegistryObject(
            .registryPackage, id: id, attributes: ["objectType": XDSURN.registryPackageObject], name: title,
            description: comments)
        object.attributes["status"] = availabilityStatus
        object.attributes["home"] = home
        if let submissionTime { object.slots.append(Slot("submissionTime", [submissionTime.text])) }
        if !intendedRecipients.isEmpty { object.slots.append(Slot("intendedRecipient", intendedRecipients)) }
        object.slots += otherSlots
        var writer = PartWriter(owner: id, first: 1)
        object.classifications = authors.map { writer.author($0, scheme: XDSUUID.submissionSetAuthor) }
        if let contentTypeCode {
            object.classifications.append(writer.code(contentTypeCode, scheme: XDSUUID.contentTypeCode))
        }
        object.classifications.append(writer.mark(XDSUUID.submissionSet))
        let identifiers: [(String, String?, String)] = [
            (XDSUUID.submissionSetPatientID, patientID?.text, "XDSSubmissionSet.patientId"),
            (XDSUUID.sourceID, sourceID, "XDSSubmissionSet.sourceId"),
            (XDSUUID.submissionSetUniqueID, uniqueID.isEmpty ? nil : uniqueID, "XDSSubmissionSet.uniqueId"),
        ]
        for (scheme, value, name) in identifiers {
            if let value { object.identifiers.append(writer.identifier(scheme, value, name)) }
        }
        return object
    }
}

/// A folder. Source: IHE ITI TF-3 4.2.3.4.
public struct Folder: Sendable, Hashable {
    /// `@id`.
    public var id: String
    /// `Approved`, set by the registry.
    public var availabilityStatus: String?
    /// The title.
    public var title: String?
    /// The comments.
    public var comments: String?
    /// What it is about.
    public var codes: [CodedValue] = []
    /// The patient.
    public var patientID: CX?
    /// Its own identifier.
    public var uniqueID: String
    /// When it last changed.
    public var lastUpdateTime: DTM?
    /// The object that it was read from.
    public var source = SourceObject(nil)

    /// A folder.
    public init(id: String, uniqueID: String) {
        self.id = id
        self.uniqueID = uniqueID
    }

    /// The folder that `object` holds; nil when it is no `RegistryPackage`.
    public init?(_ object: RegistryObject) {
        guard object.kind == .registryPackage else { return nil }
        self.init(id: object.id, uniqueID: object.identifiers(of: XDSUUID.folderUniqueID).first?.value ?? "")
        source = SourceObject(object)
        availabilityStatus = object.attributes["status"]
        title = object.name
        comments = object.description
        codes = object.classifications(of: XDSUUID.folderCodeList).map(\.codedValue)
        if let identifier = object.identifiers(of: XDSUUID.folderPatientID).first {
            patientID = CX(identifier.value, place: identifier.place)
        }
        lastUpdateTime = object.value("lastUpdateTime").map { DTM($0) }
    }

    /// The folder as an object of ebRIM, its mark inside.
    public var registryObject: RegistryObject {
        var object = RegistryObject(
            .registryPackage, id: id, attributes: ["objectType": XDSURN.registryPackageObject], name: title,
            description: comments)
        object.attributes["status"] = availabilityStatus
        if let lastUpdateTime { object.slots.append(Slot("lastUpdateTime", [lastUpdateTime.text])) }
        var writer = PartWriter(owner: id, first: 1)
        object.classifications = codes.map { writer.code($0, scheme: XDSUUID.folderCodeList) }
        object.classifications.append(writer.mark(XDSUUID.folder))
        if let patientID {
            object.identifiers.append(writer.identifier(XDSUUID.folderPatientID, patientID.text, "XDSFolder.patientId"))
        }
        object.identifiers.append(writer.identifier(XDSUUID.folderUniqueID, uniqueID, "XDSFolder.uniqueId"))
        return object
    }
}

/// An association between two objects. Source: IHE ITI TF-3 4.2.2.
public struct Association: Sendable, Hashable {
    /// `@id`.
    public var id: String
    /// The type URN: `XDSURN.hasMember`, `XDSURN.replaces`, ….
    public var type: String
    /// From.
    public var source: String
    /// To.
    public var target: String
    /// Status of the association, set by the registry.
    public var availabilityStatus: String?
    /// The slots: `SubmissionSetStatus`, `OriginalStatus`, `NewStatus`, ….
    public var slots: [Slot]
    /// Where it was read.
    public var place: ReadPlace

    /// An association.
    public init(
        id: String, type: String, source: String, target: String, slots: [Slot] = [], place: ReadPlace = .init()
    ) {
        self.id = id
        self.type = type
        self.source = source
        self.target = target
        self.slots = slots
        self.place = place
    }

    /// The membership of a document in a submission set, `Original` unless it is `Reference`d.
    public static func member(id: String, set: String, entry: String, isOriginal: Bool = true) -> Association {
        Association(
            id: id, type: XDSURN.hasMember, source: set, target: entry,
            slots: [Slot("SubmissionSetStatus", [isOriginal ? "Original" : "Reference"])])
    }

    /// The association that `object` holds; nil when it is none.
    public init?(_ object: RegistryObject) {
        guard object.kind == .association else { return nil }
        self.init(
            id: object.id, type: object.attributes["associationType"] ?? "",
            source: object.attributes["sourceObject"] ?? "", target: object.attributes["targetObject"] ?? "",
            slots: object.slots, place: object.place)
        availabilityStatus = object.attributes["status"]
    }

    /// The association as an object of ebRIM.
    public var registryObject: RegistryObject {
        var object = RegistryObject(
            .association, id: id,
            attributes: [
                "associationType": type, "sourceObject": source, "targetObject": target,
                "objectType": XDSURN.associationObject,
            ], slots: slots)
        object.attributes["status"] = availabilityStatus
        return object
    }

    /// The first value of the slot `name`.
    public func value(_ name: String) -> String? { slots.first { $0.name == name }?.values.first }
}
