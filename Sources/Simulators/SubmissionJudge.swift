import Cryptography
import SOAP
import XDS

/// Whether a submission may be stored: one error for each rule that it breaks (ITI TF-3: 4.2.4.1).
struct SubmissionJudge {
    let request: ProvideAndRegisterRequest
    let patients: [CX]?
    let documents: [DocumentStore.Stored]
    let misbehaviors: Set<Misbehavior>

    func errors() -> [RegistryError] {
        let errors =
            structureErrors() + documentErrors() + patientErrors() + uniquenessErrors() + attributeErrors()
            + associationErrors()
        guard misbehaviors.contains(.wrongErrorCode) else { return errors }
        return errors.map { RegistryError(.repositoryError, $0.context, severity: $0.severity, location: $0.location) }
    }

    private var entries: [DocumentEntry] { request.submission.entries }

    private func structureErrors() -> [RegistryError] {
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
        for document in request.documents where !entries.contains(where: { $0.id == document.id }) {
            errors.append(
                RegistryError(
                    .missingDocumentMetadata, "no entry describes the document '\(document.id)'", location: document.id)
            )
        }
        return errors
    }

    private func integrityErrors(_ entry: DocumentEntry, _ bytes: [UInt8]) -> [RegistryError] {
        guard !misbehaviors.contains(.acceptsWrongHash) else { return [] }
        var errors: [RegistryError] = []
        let digest = MessageDigest.hexadecimal(of: bytes, .sha1)
        if let hash = entry.hash, hash.lowercased() != digest {
            errors.append(
                RegistryError(
                    .repositoryMetadataError, "hash of '\(entry.id)' is \(hash), that of the document \(digest)",
                    location: entry.id))
        }
        if let size = entry.size, Int(size) != bytes.count {
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
        guard errors.isEmpty, let patients, !misbehaviors.contains(.acceptsOtherPatient) else { return errors }
        if !patients.contains(where: { $0.names(same: patient) }) {
            errors.append(RegistryError(.unknownPatientID, "the registry does not know the patient \(patient.text)"))
        }
        return errors
    }

    private func uniquenessErrors() -> [RegistryError] {
        var seen: Set<String> = []
        return entries.flatMap { entry -> [RegistryError] in
            guard !entry.uniqueID.isEmpty else { return [] }
            if !seen.insert(entry.uniqueID).inserted {
                return [
                    RegistryError(
                        .repositoryDuplicateUniqueIDInMessage, "uniqueId \(entry.uniqueID) stands twice",
                        location: entry.id)
                ]
            }
            guard let known = documents.first(where: { $0.entry.uniqueID == entry.uniqueID }) else { return [] }
            let isSame = known.bytes == request.document(entry.id)?.bytes
            return [
                RegistryError(
                    isSame ? .duplicateUniqueIDInRegistry : .nonIdenticalHash,
                    "uniqueId \(entry.uniqueID) is already registered" + (isSame ? "" : " with other bytes"),
                    location: entry.id)
            ]
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
                defects.append("\(name) is missing")
            } else if code?.code.isEmpty != false || code?.scheme.isEmpty != false {
                defects.append("\(name) lacks its code or its coding scheme")
            }
        }
        if let code = entry.classCode, !isClassCode(code), !code.code.isEmpty {
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
                if !isTime { defects.append("\(name) '\(time.text)' is no date and time") }
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

    private func associationErrors() -> [RegistryError] {
        let submission = request.submission
        var errors: [RegistryError] = []
        for entry in entries {
            let isMember = submission.associations.contains {
                $0.type == XDSURN.hasMember && $0.target == entry.id && $0.source == submission.submissionSet?.id
            }
            if !isMember {
                errors.append(
                    RegistryError(
                        .registryMetadataError, "'\(entry.id)' is no member of the submission set", location: entry.id))
            }
        }
        for association in submission.associations where association.type != XDSURN.hasMember {
            if let error = relationError(association) { errors.append(error) }
        }
        return errors
    }

    private func relationError(_ association: Association) -> RegistryError? {
        let changes = [XDSURN.replaces, XDSURN.appends, XDSURN.transforms, XDSURN.transformsAndReplaces]
        guard changes.contains(association.type) else { return nil }
        guard let target = documents.first(where: { $0.entry.id == association.target }) else {
            return RegistryError(
                .unresolvedReference, "the target '\(association.target)' is not registered", location: association.id)
        }
        if target.entry.availabilityStatus != XDSURN.approved {
            return RegistryError(
                .registryDeprecatedDocument, "the target '\(association.target)' is not Approved",
                location: association.id)
        }
        if let own = request.submission.submissionSet?.patientID, let other = target.entry.patientID,
            !own.names(same: other)
        {
            return RegistryError(
                .patientIDDoesNotMatch, "the target '\(association.target)' is of another patient",
                location: association.id)
        }
        return nil
    }
}
