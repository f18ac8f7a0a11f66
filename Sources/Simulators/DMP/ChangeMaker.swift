import Cryptography
import SOAP
import XDS

/// What an accepted message changes: ids of the registry, statuses, folders.
struct ChangeMaker {
    let known: Submission
    let repositoryUniqueID: String
    let identifiers: IdentifierSource
    let now: DTM
    var keepsExtraMetadata = true
    private var names: [String: String] = [:]

    init(known: Submission, repositoryUniqueID: String, identifiers: IdentifierSource, now: DTM) {
        self.known = known
        self.repositoryUniqueID = repositoryUniqueID
        self.identifiers = identifiers
        self.now = now
    }

    /// What a submission changes.
    mutating func change(for request: ProvideAndRegisterRequest) -> RegistryChange {
        var change = RegistryChange()
        for var entry in request.submission.entries {
            let bytes = request.document(entry.id)?.bytes ?? []
            entry.id = registryID(entry.id)
            entry.logicalID = entry.id
            entry.version = "1"
            entry.availabilityStatus = XDSURN.approved
            entry.repositoryUniqueID = repositoryUniqueID
            entry.hash = entry.hash ?? MessageDigest.hexadecimal(of: bytes, .sha1)
            entry.size = entry.size ?? String(bytes.count)
            if !keepsExtraMetadata { entry.otherSlots = [] }
            change.objects.entries.append(entry)
            change.documents.append(
                StoredDocument(entryID: entry.id, uniqueID: entry.uniqueID, bytes: bytes))
        }
        for var folder in request.submission.folders {
            folder.id = registryID(folder.id)
            folder.availabilityStatus = XDSURN.approved
            // ITI TF-3: 4.2.3.4.6: the registry sets lastUpdateTime.
            folder.lastUpdateTime = now
            change.objects.folders.append(folder)
        }
        addSets(of: request.submission, to: &change)
        for association in request.submission.associations { add(association, to: &change) }
        return change
    }

    /// What an update of metadata changes.
    mutating func change(updating submission: Submission) -> RegistryChange {
        var change = RegistryChange()
        for var entry in submission.entries {
            let versions = known.entries.filter { $0.logicalID == entry.logicalID }
            guard let previous = versions.last(where: { $0.availabilityStatus == XDSURN.approved }) ?? versions.last
            else { continue }
            entry.id = registryID(entry.id)
            entry.version = String((Int(previous.version ?? "1") ?? 1) + 1)
            entry.availabilityStatus = XDSURN.approved
            entry.repositoryUniqueID = previous.repositoryUniqueID
            entry.hash = previous.hash
            entry.size = previous.size
            change.objects.entries.append(entry)
            // ITI TF-2: 3.57.4.1.3.3.1.2: the previous version becomes Deprecated.
            change.statuses[previous.id] = XDSURN.deprecated
        }
        addSets(of: submission, to: &change)
        for association in submission.associations {
            if association.type == XDSURN.updateAvailabilityStatus, let status = association.value("NewStatus") {
                change.statuses[association.target] = status
            }
            add(association, to: &change)
        }
        return change
    }

    private mutating func addSets(of submission: Submission, to change: inout RegistryChange) {
        for var set in submission.submissionSets {
            set.id = registryID(set.id)
            set.availabilityStatus = XDSURN.approved
            change.objects.submissionSets.append(set)
        }
    }

    private mutating func registryID(_ id: String) -> String {
        if id.hasPrefix("urn:uuid:") { return id }
        if let known = names[id] { return known }
        let fresh = identifiers.urn()
        names[id] = fresh
        return fresh
    }

    private mutating func add(_ association: Association, to change: inout RegistryChange) {
        var association = association
        association.id = registryID(association.id)
        association.source = registryID(association.source)
        association.target = registryID(association.target)
        association.availabilityStatus = XDSURN.approved
        change.objects.associations.append(association)
        switch association.type {
        case XDSURN.replaces, XDSURN.transformsAndReplaces: replace(association, in: &change)
        case XDSURN.hasMember:
            // ITI TF-3: 4.2.3.4.6: adding a member changes the lastUpdateTime of a known folder.
            if known.folders.contains(where: { $0.id == association.source }) {
                change.folderTimes[association.source] = now.text
            }
        default: break
        }
    }

    // ITI TF-3: 4.2.2.2.3: the replaced entry becomes Deprecated, with the addenda and transforms of it; the new one takes
    // its place in its folders.
    private mutating func replace(_ association: Association, in change: inout RegistryChange) {
        let target = association.target
        change.statuses[target] = XDSURN.deprecated
        for other in known.associations
        where other.target == target && [XDSURN.appends, XDSURN.transforms].contains(other.type) {
            change.statuses[other.source] = XDSURN.deprecated
        }
        for member in known.associations where member.type == XDSURN.hasMember && member.target == target {
            guard known.folders.contains(where: { $0.id == member.source }) else { continue }
            var membership = Association(
                id: identifiers.urn(), type: XDSURN.hasMember, source: member.source, target: association.source)
            membership.availabilityStatus = XDSURN.approved
            change.objects.associations.append(membership)
            change.folderTimes[member.source] = now.text
            guard let set = change.objects.submissionSets.first else { continue }
            var origin = Association.member(id: identifiers.urn(), set: set.id, entry: membership.id)
            origin.availabilityStatus = XDSURN.approved
            change.objects.associations.append(origin)
        }
    }
}
