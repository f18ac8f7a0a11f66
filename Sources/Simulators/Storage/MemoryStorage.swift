public import XDS

/// What a DMP holds, in memory: gone when the process ends.
public actor MemoryStorage: DMPStorage {
    private var entries = Shelf<DocumentEntry>()
    private var submissionSets = Shelf<SubmissionSet>()
    private var folders = Shelf<Folder>()
    private var associations = Shelf<Association>()
    private var documents: [String: [UInt8]] = [:]
    private var records: [String: PatientRecord] = [:]
    private var touching: [String: [Int]] = [:]

    /// An empty store.
    public init() {}

    public func objects(_ selection: RegistrySelection) -> Submission {
        var found = Submission()
        switch selection {
        case .everything:
            found.entries = entries.items
            found.submissionSets = submissionSets.items
            found.folders = folders.items
            found.associations = associations.items
        case .ids(let ids):
            found.entries = entries.find(ids)
            found.submissionSets = submissionSets.find(ids)
            found.folders = folders.find(ids)
            found.associations = associations.find(ids)
        case .uniqueIDs(let ids):
            found.entries = entries.find(uniqueIDs: ids)
            found.submissionSets = submissionSets.find(uniqueIDs: ids)
            found.folders = folders.find(uniqueIDs: ids)
        case .patient(let patient):
            let key = patient.storageKey
            found.entries = entries.find(patient: key)
            found.submissionSets = submissionSets.find(patient: key)
            found.folders = folders.find(patient: key)
        case .associations(let ids):
            let indices = Set(ids.flatMap { touching[$0] ?? [] })
            found.associations = indices.sorted().map { associations.items[$0] }
        case .logicalID(let id):
            found.entries = entries.items.filter { $0.logicalID == id }
        }
        return found
    }

    public func document(uniqueID: String) -> [UInt8]? { documents[uniqueID] }

    public func record(of patient: CX) -> PatientRecord? { records[patient.storageKey] }

    public func entryCount() -> Int { entries.items.count }

    public func commit(_ change: RegistryChange) {
        for entry in change.objects.entries {
            entries.add(entry.detached(), entry.id, entry.uniqueID, entry.patientID)
        }
        for set in change.objects.submissionSets {
            submissionSets.add(set.detached(), set.id, set.uniqueID, set.patientID)
        }
        for folder in change.objects.folders {
            folders.add(folder.detached(), folder.id, folder.uniqueID, folder.patientID)
        }
        for association in change.objects.associations {
            let index = associations.items.count
            associations.add(association.detached(), association.id, nil, nil)
            for end in Set([association.source, association.target]) { touching[end, default: []].append(index) }
        }
        for document in change.documents { documents[document.uniqueID] = document.bytes }
        for (id, status) in change.statuses {
            entries.change(id) { $0.availabilityStatus = status }
            submissionSets.change(id) { $0.availabilityStatus = status }
            folders.change(id) { $0.availabilityStatus = status }
            associations.change(id) { $0.availabilityStatus = status }
        }
        for (id, time) in change.folderTimes { folders.change(id) { $0.lastUpdateTime = DTM(time) } }
        for record in change.patients { records[record.patient.storageKey] = record }
    }

    public func close() {}
}

/// Objects of one kind in the order of arrival, found by id, uniqueId and patient.
private struct Shelf<Item: Sendable>: Sendable {
    private(set) var items: [Item] = []
    private var ids: [String: Int] = [:]
    private var uniqueIDs: [String: [Int]] = [:]
    private var patients: [String: [Int]] = [:]

    mutating func add(_ item: Item, _ id: String, _ uniqueID: String?, _ patient: CX?) {
        let index = items.count
        items.append(item)
        ids[id] = index
        if let uniqueID { uniqueIDs[uniqueID, default: []].append(index) }
        if let patient { patients[patient.storageKey, default: []].append(index) }
    }

    mutating func change(_ id: String, _ edit: (inout Item) -> Void) {
        if let index = ids[id] { edit(&items[index]) }
    }

    func find(_ wanted: [String]) -> [Item] { Set(wanted.compactMap { ids[$0] }).sorted().map { items[$0] } }

    func find(uniqueIDs wanted: [String]) -> [Item] {
        Set(wanted.flatMap { uniqueIDs[$0] ?? [] }).sorted().map { items[$0] }
    }

    func find(patient: String) -> [Item] { (patients[patient] ?? []).map { items[$0] } }
}
