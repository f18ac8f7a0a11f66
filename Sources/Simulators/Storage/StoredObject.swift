internal import GRDB
import XDS
import XML

/// An object of the registry as a row.
struct StoredObject: Sendable, FetchableRecord {
    enum Kind: String, Sendable {
        case entry
        case submissionSet
        case folder
        case association
    }

    var sequence: Int64 = 0
    var kind: Kind
    var id = ""
    var uniqueID: String?
    var patient: String?
    var logicalID: String?
    var source: String?
    var target: String?
    var status: String?
    var updated: String?
    var xml: String

    init(row: Row) throws {
        sequence = row["sequence"]
        let name: String = row["kind"]
        guard let kind = Kind(rawValue: name) else { throw StorageError(.format, "an object of the kind '\(name)'") }
        self.kind = kind
        status = row["status"]
        updated = row["updated"]
        xml = row["xml"]
    }

    init(_ kind: Kind, _ object: RegistryObject) {
        self.kind = kind
        id = object.id
        status = object.attributes["status"]
        var element = object.element()
        element["xmlns:rim"] = XDSNamespace.rim
        xml = String(decoding: Serializer.serialize(element, declaration: false), as: UTF8.self)
    }

    /// Adds the object to those of `submission`, with the status that it has now.
    func add(to submission: inout Submission) throws(StorageError) {
        guard let document = try? Document(parsing: Array(xml.utf8)),
            let object = RegistryObject(reading: document.documentElement)
        else { throw StorageError(.format, "an object of the store is no ebRIM: \(xml.prefix(200))") }
        switch kind {
        case .entry:
            guard var entry = DocumentEntry(object) else { break }
            entry.availabilityStatus = status
            submission.entries.append(entry.detached())
        case .submissionSet:
            guard var set = SubmissionSet(object) else { break }
            set.availabilityStatus = status
            submission.submissionSets.append(set.detached())
        case .folder:
            guard var folder = Folder(object) else { break }
            folder.availabilityStatus = status
            folder.lastUpdateTime = updated.map { DTM($0) }
            submission.folders.append(folder.detached())
        case .association:
            guard var association = Association(object) else { break }
            association.availabilityStatus = status
            submission.associations.append(association.detached())
        }
    }
}

extension Submission {
    /// The objects as rows.
    var storedObjects: [StoredObject] {
        let entries = entries.map { entry in
            var object = StoredObject(.entry, entry.registryObject)
            object.uniqueID = entry.uniqueID
            object.patient = entry.patientID?.storageKey
            object.logicalID = entry.logicalID
            return object
        }
        let sets = submissionSets.map { set in
            var object = StoredObject(.submissionSet, set.registryObject)
            object.uniqueID = set.uniqueID
            object.patient = set.patientID?.storageKey
            return object
        }
        let folders = folders.map { folder in
            var object = StoredObject(.folder, folder.registryObject)
            object.uniqueID = folder.uniqueID
            object.patient = folder.patientID?.storageKey
            object.updated = folder.lastUpdateTime?.text
            return object
        }
        let associations = associations.map { association in
            var object = StoredObject(.association, association.registryObject)
            object.source = association.source
            object.target = association.target
            return object
        }
        return entries + sets + folders + associations
    }
}
