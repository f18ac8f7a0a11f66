import Cryptography
import DICOM
import SOAP
import XDS

/// Whether a submission may be stored: one error for each rule that it breaks (ITI TF-3: 4.2.4.1).
struct SubmissionJudge {
    let request: ProvideAndRegisterRequest
    /// What the registry holds of all that the submission names.
    let known: Submission
    /// The record of the patient of the submission set; nil where there is none.
    let record: PatientRecord?
    let entryCount: Int
    let policy: DMPPolicy
    let misbehaviors: Set<Misbehavior>

    func errors() -> [RegistryError] {
        let resources = resourceErrors()
        guard resources.isEmpty else { return resources }
        let errors =
            structureErrors() + documentErrors() + patientErrors() + uniquenessErrors() + attributeErrors()
            + associationErrors() + folderErrors() + signatureErrors() + contentErrors() + extraWarnings()
        guard misbehaviors.contains(.wrongErrorCode) else { return errors }
        return errors.map { error in
            guard !error.isWarning else { return error }
            return RegistryError(.repositoryError, error.context, severity: error.severity, location: error.location)
        }
    }

    var entries: [DocumentEntry] { request.submission.entries }

    private func resourceErrors() -> [RegistryError] {
        var errors: [RegistryError] = []
        if !policy.isRegistryReachable {
            errors.append(RegistryError(.registryNotAvailable, "the repository does not reach its registry"))
        }
        if let maximum = policy.maximumDocumentSize {
            for document in request.documents where document.bytes.count > maximum {
                errors.append(
                    RegistryError(
                        .repositoryOutOfResources,
                        "the document has \(document.bytes.count) bytes, the repository takes \(maximum)",
                        location: document.id))
            }
        }
        if let maximum = policy.maximumEntries, entryCount + entries.count > maximum {
            errors.append(RegistryError(.registryOutOfResources, "the registry holds \(maximum) entries at most"))
        }
        return errors
    }

    func structureErrors() -> [RegistryError] {
        let sets = request.submission.submissionSets
        guard sets.count == 1, let set = sets.first else {
            return [RegistryError(.registryMetadataError, "a submission has one submission set, not \(sets.count)")]
        }
        var missing: [String] = []
        if set.uniqueID.isEmpty { missing.append("uniqueId") }
        if set.sourceID == nil { missing.append("sourceId") }
        if set.patientID == nil { missing.append("patientId") }
        if set.contentTypeCode == nil { missing.append("contentTypeCode") }
        if set.submissionTime?.isValid != true { missing.append("submissionTime (DTM)") }
        if set.authors.isEmpty { missing.append("author") }
        return missing.map {
            RegistryError(.registryMetadataError, "the submission set has no \($0)", location: set.id)
        }
    }

    private func documentErrors() -> [RegistryError] {
        var errors: [RegistryError] = []
        for entry in entries {
            guard let document = request.document(entry.id), document.content?.isResolved ?? true else {
                if misbehaviors.contains(.acceptsMissingDocument) { continue }
                errors.append(
                    RegistryError(
                        .missingDocument, "no document was sent for the entry '\(entry.id)'", location: entry.id))
                continue
            }
            errors += integrityErrors(entry, document.bytes)
        }
        guard !misbehaviors.contains(.acceptsMissingEntry) else { return errors }
        for document in request.documents where !entries.contains(where: { $0.id == document.id }) {
            errors.append(
                RegistryError(
                    .missingDocumentMetadata, "no entry describes the document '\(document.id)'", location: document.id)
            )
        }
        return errors
    }

    private func integrityErrors(_ entry: DocumentEntry, _ bytes: [UInt8]) -> [RegistryError] {
        var errors: [RegistryError] = []
        let digest = MessageDigest.hexadecimal(of: bytes, .sha1)
        if let hash = entry.hash, hash.lowercased() != digest, !misbehaviors.contains(.acceptsWrongHash) {
            errors.append(
                RegistryError(
                    .repositoryMetadataError, "hash of '\(entry.id)' is \(hash), that of the document \(digest)",
                    location: entry.id))
        }
        if let size = entry.size, Int(size) != bytes.count, !misbehaviors.contains(.acceptsWrongSize) {
            errors.append(
                RegistryError(
                    .repositoryMetadataError, "size of '\(entry.id)' is \(size), the document has \(bytes.count) bytes",
                    location: entry.id))
        }
        return errors
    }

    private func patientErrors() -> [RegistryError] {
        guard let patient = request.submission.submissionSet?.patientID else { return [] }
        var errors: [RegistryError] = []
        if !misbehaviors.contains(.acceptsOtherPatient) {
            for entry in entries {
                guard let own = entry.patientID, !own.names(same: patient) else { continue }
                errors.append(
                    RegistryError(
                        .patientIDDoesNotMatch,
                        "patientId of '\(entry.id)' is not that of the submission set", location: entry.id))
            }
        }
        // A patient that differs between set and entries is that error alone.
        guard errors.isEmpty, !misbehaviors.contains(.acceptsOtherPatient),
            !misbehaviors.contains(.acceptsUnknownPatient)
        else { return errors }
        switch record?.state {
        case .active: break
        case .closed:
            errors.append(
                RegistryError(.unknownPatientID, "the record of the patient \(patient.text) is closed"))
        case nil:
            errors.append(
                RegistryError(.unknownPatientID, "the registry does not know the patient \(patient.text)"))
        }
        return errors
    }

    private func uniquenessErrors() -> [RegistryError] {
        var errors: [RegistryError] = []
        var seen: Set<String> = []
        for entry in entries where !entry.uniqueID.isEmpty {
            if !seen.insert(entry.uniqueID).inserted, !misbehaviors.contains(.acceptsRepeatedID) {
                errors.append(
                    RegistryError(
                        .repositoryDuplicateUniqueIDInMessage, "uniqueId \(entry.uniqueID) stands twice",
                        location: entry.id))
                continue
            }
            if let error = knownError(entry) { errors.append(error) }
        }
        let packages =
            request.submission.submissionSets.map { ($0.id, $0.uniqueID) }
            + request.submission.folders.map { ($0.id, $0.uniqueID) }
        for (id, uniqueID) in packages where !uniqueID.isEmpty {
            if !seen.insert(uniqueID).inserted {
                errors.append(
                    RegistryError(
                        .registryDuplicateUniqueIDInMessage, "uniqueId \(uniqueID) stands twice", location: id))
            } else if isKnown(uniqueID), !misbehaviors.contains(.acceptsKnownID) {
                errors.append(
                    RegistryError(
                        .duplicateUniqueIDInRegistry, "uniqueId \(uniqueID) is already registered", location: id))
            }
        }
        return errors + identifierErrors()
    }

    private func isKnown(_ uniqueID: String) -> Bool {
        known.submissionSets.contains { $0.uniqueID == uniqueID } || known.folders.contains { $0.uniqueID == uniqueID }
    }

    private func knownError(_ entry: DocumentEntry) -> RegistryError? {
        guard let other = known.entries.last(where: { $0.uniqueID == entry.uniqueID }),
            !misbehaviors.contains(.acceptsKnownID)
        else { return nil }
        let digest = request.document(entry.id)?.hash
        let isSame = digest == other.hash?.lowercased()
        return RegistryError(
            isSame ? .duplicateUniqueIDInRegistry : .nonIdenticalHash,
            "uniqueId \(entry.uniqueID) is already registered" + (isSame ? "" : " with other bytes"),
            location: entry.id)
    }

    // ITI TF-3: 4.2.3.1.2: the id of an object names it alone, in the message and in the registry.
    private func identifierErrors() -> [RegistryError] {
        let submission = request.submission
        let ids =
            submission.entries.map(\.id) + submission.submissionSets.map(\.id) + submission.folders.map(\.id)
            + submission.associations.map(\.id)
        var seen: Set<String> = []
        let taken = Set(known.entries.map(\.id) + known.submissionSets.map(\.id) + known.folders.map(\.id))
        return ids.compactMap { id in
            if !seen.insert(id).inserted {
                return RegistryError(.registryMetadataError, "two objects have the id '\(id)'", location: id)
            }
            guard taken.contains(id) else { return nil }
            return RegistryError(.registryMetadataError, "the id '\(id)' is already registered", location: id)
        }
    }

    private func attributeErrors() -> [RegistryError] {
        entries.flatMap { entry in
            defects(of: entry).map {
                RegistryError(.registryMetadataError, "entry '\(entry.id)': \($0)", location: entry.id)
            }
        }
    }

    private func defects(of entry: DocumentEntry) -> [String] {
        var defects: [String] = []
        let codes: [(String, CodedValue?)] = [
            ("classCode", entry.classCode), ("typeCode", entry.typeCode), ("formatCode", entry.formatCode),
            ("healthcareFacilityTypeCode", entry.healthcareFacilityTypeCode),
            ("practiceSettingCode", entry.practiceSettingCode),
            ("confidentialityCode", entry.confidentialityCodes.first),
        ]
        for (name, code) in codes {
            if code == nil {
                if name == "formatCode", misbehaviors.contains(.acceptsMissingFormat) { continue }
                defects.append("\(name) is missing")
            } else if code?.code.isEmpty != false || code?.scheme.isEmpty != false {
                defects.append("\(name) lacks its code or its coding scheme")
            }
        }
        if let code = entry.classCode, !isClassCode(code), !code.code.isEmpty,
            !misbehaviors.contains(.acceptsForeignCode)
        {
            defects.append("classCode '\(code.code)' of scheme '\(code.scheme)' is not in the affinity domain")
        }
        let times: [(String, DTM?, Bool)] = [
            ("creationTime", entry.creationTime, true), ("serviceStartTime", entry.serviceStartTime, true),
            ("serviceStopTime", entry.serviceStopTime, false),
        ]
        for (name, time, isRequired) in times {
            if let time {
                // An offset or a fraction is an oddity of official samples, letters are none.
                let isTime = time.isCalendarDate && (time.suffix.isEmpty || time.offset != nil || time.hasFraction)
                if !isTime, !misbehaviors.contains(.acceptsBadTime) {
                    defects.append("\(name) '\(time.text)' is no date and time")
                }
            } else if isRequired {
                defects.append("\(name) is missing")
            }
        }
        if entry.uniqueID.isEmpty { defects.append("uniqueId is missing") }
        if entry.mimeType.isEmpty { defects.append("mimeType is missing") }
        if entry.languageCode?.isEmpty != false { defects.append("languageCode is missing") }
        if entry.sourcePatientID == nil { defects.append("sourcePatientId is missing") }
        if let patient = entry.patientID {
            if let defect = patient.defect { defects.append("patientId '\(patient.text)': \(defect)") }
        } else {
            defects.append("patientId is missing")
        }
        if entry.objectType != XDSUUID.stableDocument {
            defects.append("objectType '\(entry.objectType)' is not that of a stable document")
        }
        return defects
    }

    private func isClassCode(_ code: CodedValue) -> Bool {
        code.matches(FrenchCode.signatureClass)
            || code.scheme == FrenchOID.classCode && code.code.utf8.count == 2
                && code.code.utf8.allSatisfy { (48...57).contains($0) }
    }
}
