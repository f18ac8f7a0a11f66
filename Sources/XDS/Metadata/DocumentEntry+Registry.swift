extension DocumentEntry {
    private static let referenceIDList = "urn:ihe:iti:xds:2013:referenceIdList"
    private static let knownSlots: Set<String> = [
        "creationTime", "serviceStartTime", "serviceStopTime", "languageCode", "legalAuthenticator",
        "sourcePatientId", "sourcePatientInfo", "hash", "size", "repositoryUniqueId", referenceIDList, "URI",
    ]
    private static let knownSchemes: Set<String> = [
        XDSUUID.author, XDSUUID.classCode, XDSUUID.confidentialityCode, XDSUUID.eventCode, XDSUUID.formatCode,
        XDSUUID.healthcareFacilityTypeCode, XDSUUID.practiceSettingCode, XDSUUID.typeCode,
    ]

    /// The entry that `object` holds; nil when it is no `ExtrinsicObject`.
    public init?(_ object: RegistryObject) {
        guard object.kind == .extrinsicObject else { return nil }
        func code(_ scheme: String) -> CodedValue? { object.classifications(of: scheme).first?.codedValue }
        func time(_ name: String) -> DTM? {
            object.slot(name).flatMap { slot in slot.values.first.map { DTM($0, place: slot.place(ofValue: 0)) } }
        }
        self.init(
            id: object.id, mimeType: object.attributes["mimeType"] ?? "",
            uniqueID: object.identifiers(of: XDSUUID.uniqueID).first?.value ?? "")
        source = SourceObject(object)
        logicalID = object.attributes["lid"]
        home = object.attributes["home"]
        objectType = object.attributes["objectType"] ?? ""
        availabilityStatus = object.attributes["status"]
        title = object.name
        comments = object.description
        version = object.versionName
        authors = object.classifications(of: XDSUUID.author).map { Author($0) }
        classCode = code(XDSUUID.classCode)
        typeCode = code(XDSUUID.typeCode)
        formatCode = code(XDSUUID.formatCode)
        healthcareFacilityTypeCode = code(XDSUUID.healthcareFacilityTypeCode)
        practiceSettingCode = code(XDSUUID.practiceSettingCode)
        confidentialityCodes = object.classifications(of: XDSUUID.confidentialityCode).map(\.codedValue)
        eventCodes = object.classifications(of: XDSUUID.eventCode).map(\.codedValue)
        creationTime = time("creationTime")
        serviceStartTime = time("serviceStartTime")
        serviceStopTime = time("serviceStopTime")
        languageCode = object.value("languageCode")
        hash = object.value("hash")
        size = object.value("size")
        repositoryUniqueID = object.value("repositoryUniqueId")
        uri = Self.joined(object.slot("URI"))
        sourcePatientInfo = object.slots.filter { $0.name == "sourcePatientInfo" }.flatMap(\.values)
        if let slot = object.slot("legalAuthenticator"), let value = slot.values.first {
            legalAuthenticator = XCN(value, place: slot.place(ofValue: 0))
        }
        if let slot = object.slot("sourcePatientId"), let value = slot.values.first {
            sourcePatientID = CX(value, place: slot.place(ofValue: 0))
        }
        if let identifier = object.identifiers(of: XDSUUID.patientID).first {
            patientID = CX(identifier.value, place: identifier.place)
        }
        referenceIDs = object.slots.filter { $0.name == Self.referenceIDList }.flatMap { slot in
            slot.values.enumerated().map { CXi($0.element, place: slot.place(ofValue: $0.offset)) }
        }
        otherSlots = object.slots.filter { !Self.knownSlots.contains($0.name) }
        otherClassifications = object.classifications.filter { !Self.knownSchemes.contains($0.scheme) }
    }

    /// The entry as an object of ebRIM.
    public var registryObject: RegistryObject {
        var object = RegistryObject(
            .extrinsicObject, id: id, attributes: ["mimeType": mimeType, "objectType": objectType], name: title,
            description: comments, versionName: version)
        object.attributes["lid"] = logicalID
        object.attributes["home"] = home
        object.attributes["status"] = availabilityStatus
        object.slots = slots
        object.classifications = classifications
        var writer = PartWriter(owner: id, first: object.classifications.count + 1)
        if let patientID {
            object.identifiers.append(
                writer.identifier(XDSUUID.patientID, patientID.text, "XDSDocumentEntry.patientId"))
        }
        if !uniqueID.isEmpty {
            object.identifiers.append(writer.identifier(XDSUUID.uniqueID, uniqueID, "XDSDocumentEntry.uniqueId"))
        }
        return object
    }

    private var slots: [Slot] {
        var slots: [Slot] = []
        func add(_ name: String, _ value: String?) { if let value { slots.append(Slot(name, [value])) } }
        add("creationTime", creationTime?.text)
        add("languageCode", languageCode)
        add("legalAuthenticator", legalAuthenticator?.text)
        add("serviceStartTime", serviceStartTime?.text)
        add("serviceStopTime", serviceStopTime?.text)
        add("sourcePatientId", sourcePatientID?.text)
        if !sourcePatientInfo.isEmpty { slots.append(Slot("sourcePatientInfo", sourcePatientInfo)) }
        add("hash", hash)
        add("size", size)
        add("repositoryUniqueId", repositoryUniqueID)
        if !referenceIDs.isEmpty { slots.append(Slot(Self.referenceIDList, referenceIDs.map(\.text))) }
        if let uri { slots.append(Slot("URI", Self.cut(uri))) }
        return slots + otherSlots
    }

    private var classifications: [Classification] {
        var writer = PartWriter(owner: id, first: 1)
        var all = authors.map { writer.author($0, scheme: XDSUUID.author) }
        let codes: [(String, [CodedValue])] = [
            (XDSUUID.classCode, classCode.map { [$0] } ?? []), (XDSUUID.typeCode, typeCode.map { [$0] } ?? []),
            (XDSUUID.formatCode, formatCode.map { [$0] } ?? []),
            (XDSUUID.healthcareFacilityTypeCode, healthcareFacilityTypeCode.map { [$0] } ?? []),
            (XDSUUID.practiceSettingCode, practiceSettingCode.map { [$0] } ?? []),
            (XDSUUID.confidentialityCode, confidentialityCodes), (XDSUUID.eventCode, eventCodes),
        ]
        for (scheme, values) in codes { all += values.map { writer.code($0, scheme: scheme) } }
        return all + otherClassifications
    }

    // IHE ITI TF-3 4.2.3.2.29: a URI of more than 128 characters is cut into values `1|…`, `2|…`.
    private static func joined(_ slot: Slot?) -> String? {
        guard let slot, let first = slot.values.first else { return nil }
        guard slot.values.count > 1 else { return first }
        return slot.values.sorted { (Int($0.prefix { $0 != "|" }) ?? 0) < (Int($1.prefix { $0 != "|" }) ?? 0) }
            .map { String($0.drop { $0 != "|" }.dropFirst()) }.joined()
    }

    private static func cut(_ uri: String) -> [String] {
        guard uri.count > 128 else { return [uri] }
        var rest = Substring(uri)
        var pieces: [String] = []
        while !rest.isEmpty {
            pieces.append("\(pieces.count + 1)|\(rest.prefix(120))")
            rest = rest.dropFirst(120)
        }
        return pieces
    }
}

/// Makes classifications and identifiers of one owner, with ids that are unique in the message.
struct PartWriter {
    let owner: String
    private let stem: String
    private var number: Int

    init(owner: String, first: Int) {
        self.owner = owner
        stem = owner.hasPrefix("urn:uuid:") ? "id_" + owner.dropFirst(9) : owner
        number = first
    }

    private mutating func nextID() -> String {
        defer { number += 1 }
        return "\(stem).\(number)"
    }

    mutating func code(_ value: CodedValue, scheme: String) -> Classification {
        Classification(
            id: nextID(), scheme: scheme, classifiedObject: owner, nodeRepresentation: value.code,
            slots: [Slot("codingScheme", [value.scheme])], name: value.displayName)
    }

    mutating func author(_ author: Author, scheme: String) -> Classification {
        Classification(id: nextID(), scheme: scheme, classifiedObject: owner, slots: author.slots)
    }

    mutating func mark(_ node: String) -> Classification {
        Classification(id: nextID(), node: node, classifiedObject: owner)
    }

    mutating func identifier(_ scheme: String, _ value: String, _ name: String) -> ExternalIdentifier {
        ExternalIdentifier(id: nextID(), scheme: scheme, registryObject: owner, value: value, name: name)
    }
}
