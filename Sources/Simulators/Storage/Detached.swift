import XDS

// Values that were read keep the whole message by their places; what is stored must not.

extension DocumentEntry {
    /// The same entry without the places where its values were read.
    func detached() -> DocumentEntry {
        var entry = self
        entry.otherSlots = otherSlots.map { Slot($0.name, $0.values) }
        entry.otherClassifications = otherClassifications.map { $0.detached() }
        guard var copy = DocumentEntry(entry.registryObject) else {
            preconditionFailure("an entry is written as an ExtrinsicObject")
        }
        copy.source = SourceObject(nil)
        return copy
    }
}

extension SubmissionSet {
    /// The same set without the places where its values were read.
    func detached() -> SubmissionSet {
        var set = self
        set.otherSlots = otherSlots.map { Slot($0.name, $0.values) }
        guard var copy = SubmissionSet(set.registryObject) else {
            preconditionFailure("a submission set is written as a RegistryPackage")
        }
        copy.source = SourceObject(nil)
        return copy
    }
}

extension Folder {
    /// The same folder without the places where its values were read.
    func detached() -> Folder {
        guard var copy = Folder(registryObject) else {
            preconditionFailure("a folder is written as a RegistryPackage")
        }
        copy.source = SourceObject(nil)
        return copy
    }
}

extension Association {
    /// The same association without the place where it was read.
    func detached() -> Association {
        var copy = Association(
            id: id, type: type, source: source, target: target, slots: slots.map { Slot($0.name, $0.values) })
        copy.availabilityStatus = availabilityStatus
        return copy
    }
}

extension Classification {
    /// The same classification without the place where it was read.
    func detached() -> Classification {
        Classification(
            id: id, scheme: scheme, node: node, classifiedObject: classifiedObject,
            nodeRepresentation: nodeRepresentation, slots: slots.map { Slot($0.name, $0.values) }, name: name)
    }
}
