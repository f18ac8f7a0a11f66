// The values of entries, submission sets and folders: their form, whatever the affinity domain.
extension MetadataInspection {
    private func place(_ object: SourceObject) -> ReadPlace { object.object?.place ?? ReadPlace() }

    private func place(_ object: SourceObject, slot name: String) -> ReadPlace {
        object.object?.slot(name)?.place ?? place(object)
    }

    private func place(_ object: SourceObject, identifier scheme: String) -> ReadPlace {
        object.object?.identifiers(of: scheme).first?.place ?? place(object)
    }

    // IHE ITI TF-3 table 4.2.3.2-1, and 4.2.3.2.1 to 4.2.3.2.30.
    mutating func inspect(_ entry: DocumentEntry) {
        let source = entry.source
        if ![XDSUUID.stableDocument, XDSUUID.onDemandDocument].contains(entry.objectType) {
            say(
                .objectType, "objectType=\"\(XDSUUID.stableDocument)\"", entry.objectType,
                place(source))
        }
        if entry.mimeType.split(separator: "/", omittingEmptySubsequences: false).count != 2 {
            say(.mimeType, "mimeType=\"type/subtype\"", entry.mimeType, place(source))
        }
        // IHE ITI TF-3 table 4.2.3.2-1: an on-demand entry has no creation time.
        let isStable = entry.objectType != XDSUUID.onDemandDocument
        inspect(entry.creationTime, "creationTime", isRequired: isStable, source)
        inspect(entry.serviceStartTime, "serviceStartTime", isRequired: false, source)
        inspect(entry.serviceStopTime, "serviceStopTime", isRequired: false, source)
        require("languageCode", entry.languageCode, source)
        if let language = entry.languageCode, !language.isEmpty, !Self.isLanguage(language) {
            say(.languageForm, "xx-XX (RFC 5646)", language, place(source, slot: "languageCode"))
        }
        if let hash = entry.hash, hash.utf8.count != 40 || !hash.utf8.allSatisfy(UUIDText.isHexadecimal) {
            say(.hashForm, "40 hexadecimal digits", hash, place(source, slot: "hash"))
        }
        if let size = entry.size, size.isEmpty || !size.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            say(.sizeForm, "digits", size, place(source, slot: "size"))
        }
        if entry.uniqueID.isEmpty {
            say(.attributeMissing, "uniqueId", "∅", place(source))
        } else if !OID.isDocumentUniqueID(entry.uniqueID) {
            say(
                .uniqueIDForm, "OID, OID^extension", entry.uniqueID,
                place(source, identifier: XDSUUID.uniqueID))
        }
        inspect(entry.patientID, XDSUUID.patientID, source)
        if entry.patientID == nil { say(.attributeMissing, "patientId", "∅", place(source)) }
        if let local = entry.sourcePatientID, local.defect != nil {
            say(.patientForm, "id^^^&OID&ISO", local.text, place(source, slot: "sourcePatientId"))
        }
        for reference in entry.referenceIDs where reference.defect != nil {
            say(.referenceForm, "id^^^&OID&ISO^urn:…", reference.text, reference.place)
        }
        inspect(entry.authors)
        if let person = entry.legalAuthenticator, person.defect != nil {
            say(.personForm, "id^family^given^…^&OID&ISO", person.text, person.place)
        }
        // The codes of which there is one are counted by a rule of their own (PNR-050).
        if entry.confidentialityCodes.isEmpty { say(.attributeMissing, "confidentialityCode", "∅", place(source)) }
        inspectSingle(source, Self.singleEntrySlots)
    }

    private static let singleEntrySlots = [
        "creationTime", "serviceStartTime", "serviceStopTime", "languageCode", "legalAuthenticator",
        "sourcePatientId", "hash", "size", "repositoryUniqueId",
    ]

    // IHE ITI TF-3 table 4.2.3.3-1.
    mutating func inspect(_ set: SubmissionSet) {
        inspect(set.patientID, XDSUUID.submissionSetPatientID, set.source)
        if !set.uniqueID.isEmpty, !OID.isWellFormed(set.uniqueID, maximumLength: 64) {
            say(
                .uniqueIDForm, "OID", set.uniqueID,
                place(set.source, identifier: XDSUUID.submissionSetUniqueID))
        }
        if let identifier = set.sourceID, !identifier.isEmpty, !OID.isWellFormed(identifier, maximumLength: 64) {
            say(.sourceIDForm, "OID", identifier, place(set.source, identifier: XDSUUID.sourceID))
        }
        if set.contentTypeCode == nil { say(.attributeMissing, "contentTypeCode", "∅", place(set.source)) }
        inspect(set.authors)
        inspectSingle(set.source, ["submissionTime"])
    }

    mutating func inspect(_ folder: Folder) {
        inspect(folder.patientID, XDSUUID.folderPatientID, folder.source)
        if folder.uniqueID.isEmpty || !OID.isWellFormed(folder.uniqueID) {
            say(.uniqueIDForm, "OID", folder.uniqueID, place(folder.source, identifier: XDSUUID.folderUniqueID))
        }
    }

    private mutating func inspect(_ authors: [Author]) {
        for author in authors {
            if let person = author.person, person.defect != nil {
                say(.personForm, "id^family^given^…^&OID&ISO", person.text, person.place)
            }
            for institution in author.institutions where institution.defect != nil {
                say(.institutionForm, "name^^^^^&OID&ISO^type^^^id", institution.text, institution.place)
            }
        }
    }

    private mutating func inspect(_ time: DTM?, _ name: String, isRequired: Bool, _ source: SourceObject) {
        guard let time else {
            if isRequired { say(.attributeMissing, name, "∅", place(source)) }
            return
        }
        // An offset or a fraction is told by its own rule: the date before it is looked at here.
        guard time.isCalendarDate, Self.isToleratedSuffix(time.suffix) else {
            return say(.timeForm, "YYYY[MM[DD[hh[mm[ss]]]]]", time.text, place(source, slot: name))
        }
    }

    /// Whether what follows the digits is a fraction, an offset or both.
    private static func isToleratedSuffix(_ suffix: String) -> Bool {
        var rest = Substring(suffix)
        if rest.hasPrefix(".") { rest = rest.dropFirst().drop { $0.isASCII && $0.isNumber } }
        if rest.isEmpty || rest == "Z" { return true }
        guard rest.hasPrefix("+") || rest.hasPrefix("-") else { return false }
        return rest.count == 5 && rest.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }

    private mutating func inspect(_ patient: CX?, _ scheme: String, _ source: SourceObject) {
        guard let patient, patient.defect != nil else { return }
        say(.patientForm, "id^^^&OID&ISO", patient.text, place(source, identifier: scheme))
    }

    private mutating func require(_ name: String, _ value: String?, _ source: SourceObject) {
        if value?.isEmpty != false { say(.attributeMissing, name, "∅", place(source)) }
    }

    private mutating func inspectSingle(_ source: SourceObject, _ names: [String]) {
        for name in names {
            guard let slot = source.object?.slot(name), slot.values.count > 1 else { continue }
            say(.slotSingle, "1 rim:Value", "\(slot.values.count)", slot.place)
        }
    }

    // RFC 5646 2.1: a language of two or three letters, and subtags of letters and digits.
    private static func isLanguage(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.count), first.allSatisfy(isLetter) else { return false }
        return parts.dropFirst().allSatisfy { part in
            (2...8).contains(part.count) && part.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
