import XML

/// The look at metadata that were read: their shape, object by object, then their values.
struct MetadataInspection {
    let submission: Submission
    private(set) var faults: [MetadataFault] = []
    private let identifiers: Set<String>

    init(_ submission: Submission) {
        self.submission = submission
        identifiers = Set(submission.objects.map(\.id))
    }

    mutating func inspect() {
        if let list = submission.place.node {
            for node in list.elements where RegistryObject(reading: node) == nil {
                say(
                    .unknownElement, "rim:ExtrinsicObject, RegistryPackage, Classification, Association, ObjectRef",
                    "{\(node.namespaceURI)}\(node.localName)", ReadPlace(node))
            }
        }
        if submission.place.node == nil, submission.objects.isEmpty, submission.submissionSets.isEmpty {
            say(.listMissing, "rim:RegistryObjectList", "∅", submission.place)
        }
        for object in submission.objects { inspect(object) }
        for package in submission.unmarkedPackages {
            say(.packageUnmarked, "classificationNode=\"\(XDSUUID.submissionSet)\"", "∅", package.place)
        }
        for classification in submission.classifications { inspect(classification, of: nil) }
        for association in submission.associations { inspect(association) }
        for entry in submission.entries { inspect(entry) }
        for set in submission.submissionSets { inspect(set) }
        for folder in submission.folders { inspect(folder) }
        inspectUniqueness()
    }

    mutating func say(_ code: MetadataFault.Code, _ expected: String, _ actual: String, _ place: ReadPlace) {
        faults.append(MetadataFault(code, expected: expected, actual: actual, at: place))
    }

    // MARK: Shape

    private mutating func inspect(_ object: RegistryObject) {
        if object.id.isEmpty { say(.idMissing, "id=\"…\"", "∅", object.place) }
        guard object.kind != .classification, object.kind != .objectReference else { return }
        inspect(object.slots)
        inspectOrder(object)
        for classification in object.classifications { inspect(classification, of: object) }
        for identifier in object.identifiers { inspect(identifier, of: object) }
        let schemes = object.identifiers.map(\.scheme)
        for (index, identifier) in object.identifiers.enumerated() where schemes[..<index].contains(identifier.scheme) {
            say(.identifierRepeated, "1 \(identifier.scheme)", "2", identifier.place)
        }
    }

    private mutating func inspect(_ slots: [Slot]) {
        var seen: Set<String> = []
        for slot in slots {
            if slot.name.isEmpty { say(.slotName, "name=\"…\"", "∅", slot.place) }
            // ebRIM 3.0 2.8.6: the names of an object's slots are unique.
            if !slot.name.isEmpty, !seen.insert(slot.name).inserted {
                say(.slotRepeated, "1 \(slot.name)", "2", slot.place)
            }
            if slot.values.isEmpty {
                say(.slotValues, "rim:ValueList/rim:Value", "∅", slot.place)
            }
            for (index, value) in slot.values.enumerated() {
                let place = slot.place(ofValue: index)
                if value.isEmpty { say(.slotValueEmpty, "rim:Value …", "∅", place) }
                // Values on lines of their own are written so for reading.
                guard let written = place.node?.stringValue, written != value, !value.isEmpty,
                    !written.contains(where: \.isNewline)
                else { continue }
                say(.valueBlanks, value, "'\(written)'", place)
            }
        }
    }

    // ebRIM 3.0, RegistryObjectType: slots come before name, description, classifications and identifiers.
    private mutating func inspectOrder(_ object: RegistryObject) {
        guard let node = object.place.node else { return }
        var before: String?
        for child in node.elements where child.namespaceURI == XDSNamespace.rim {
            if child.localName != "Slot" {
                before = child.localName
            } else if let before {
                say(
                    .slotOrder, "rim:Slot, rim:Name, rim:Description, rim:VersionInfo, rim:Classification, …",
                    "rim:Slot name=\"\(child.attribute("name") ?? "")\" after rim:\(before)", ReadPlace(child))
            }
        }
    }

    private static let entrySchemes: Set<String> = [
        XDSUUID.author, XDSUUID.classCode, XDSUUID.confidentialityCode, XDSUUID.eventCode, XDSUUID.formatCode,
        XDSUUID.healthcareFacilityTypeCode, XDSUUID.practiceSettingCode, XDSUUID.typeCode,
    ]
    private static let packageSchemes: Set<String> = [
        XDSUUID.submissionSetAuthor, XDSUUID.contentTypeCode, XDSUUID.folderCodeList,
    ]

    private mutating func inspect(_ classification: Classification, of owner: RegistryObject?) {
        let place = classification.place
        if classification.scheme.isEmpty, classification.node.isEmpty {
            say(.classificationScheme, "classificationScheme or classificationNode", "∅", place)
            return
        }
        if owner == nil, !identifiers.contains(classification.classifiedObject) {
            say(.classificationTarget, "classifiedObject: id", classification.classifiedObject, place)
        }
        if let owner, classification.classifiedObject != owner.id {
            say(.classificationOwner, owner.id, classification.classifiedObject, place)
        }
        guard classification.node.isEmpty, let owner else { return }
        inspect(classification.slots)
        let known = owner.kind == .extrinsicObject ? Self.entrySchemes : Self.packageSchemes
        if !known.contains(classification.scheme) {
            let isKnownElsewhere = known.contains(classification.scheme.lowercased())
            // IHE ITI TF-3 4.2.3.1.5: other classifications are extensions; they are kept, and told.
            say(
                isKnownElsewhere ? .uuidCase : .classificationScheme, "urn:uuid:… (IHE ITI TF-3 table 4.3-1)",
                classification.scheme, place)
            return
        }
        let isAuthor = [XDSUUID.author, XDSUUID.submissionSetAuthor].contains(classification.scheme)
        guard !isAuthor else { return }
        let schemes = classification.slots.filter { $0.name == "codingScheme" }.flatMap(\.values)
        if schemes.count != 1 {
            say(.codingScheme, "1 codingScheme", "\(schemes.count)", place)
        }
        if classification.nodeRepresentation.isEmpty {
            say(.codeEmpty, "nodeRepresentation=\"…\"", "∅", place)
        }
    }

    // IHE ITI TF-3 table 4.3-1, 4.2.3.1.7: the name of an identifier is that of its attribute.
    private static let identifierNames = [
        XDSUUID.patientID: "XDSDocumentEntry.patientId", XDSUUID.uniqueID: "XDSDocumentEntry.uniqueId",
        XDSUUID.submissionSetPatientID: "XDSSubmissionSet.patientId", XDSUUID.sourceID: "XDSSubmissionSet.sourceId",
        XDSUUID.submissionSetUniqueID: "XDSSubmissionSet.uniqueId",
        XDSUUID.folderPatientID: "XDSFolder.patientId", XDSUUID.folderUniqueID: "XDSFolder.uniqueId",
    ]

    private mutating func inspect(_ identifier: ExternalIdentifier, of owner: RegistryObject) {
        let known: Set<String> =
            owner.kind == .extrinsicObject
            ? [XDSUUID.patientID, XDSUUID.uniqueID]
            : [
                XDSUUID.submissionSetPatientID, XDSUUID.sourceID, XDSUUID.submissionSetUniqueID,
                XDSUUID.folderPatientID, XDSUUID.folderUniqueID,
            ]
        if !known.contains(identifier.scheme) {
            say(.identifierScheme, known.sorted().joined(separator: ", "), identifier.scheme, identifier.place)
        }
        if let name = Self.identifierNames[identifier.scheme], identifier.name != name {
            say(.identifierName, "rim:Name \(name)", identifier.name ?? "∅", identifier.place)
        }
        if identifier.value.isEmpty { say(.identifierValue, "value=\"…\"", "∅", identifier.place) }
        if identifier.registryObject != owner.id {
            say(.identifierOwner, "registryObject=\"\(owner.id)\"", identifier.registryObject, identifier.place)
        }
    }

    private mutating func inspect(_ association: Association) {
        if !XDSURN.associationTypes.contains(association.type) {
            say(
                .associationType, XDSURN.associationTypes.sorted().joined(separator: ", "), association.type,
                association.place)
        }
        for (name, end) in [("sourceObject", association.source), ("targetObject", association.target)]
        where !identifiers.contains(end) && !UUIDText.isURN(end) {
            // IHE ITI TF-3 4.2.2: an end is an object of the message, or the urn:uuid: of one in the registry.
            say(.associationEnd, "\(name): id, urn:uuid:…", end, association.place)
        }
    }

    // MARK: Uniqueness

    private mutating func inspectUniqueness() {
        var seen: Set<String> = []
        let values =
            submission.entries.map { ($0.uniqueID, $0.source.object?.place ?? ReadPlace()) }
            + submission.submissionSets.map { ($0.uniqueID, $0.source.object?.place ?? ReadPlace()) }
        for (value, place) in values where !value.isEmpty && !seen.insert(value).inserted {
            say(.uniqueIDRepeated, "1 uniqueId \(value)", "2", place)
        }
    }
}
