internal import Foundation
internal import GRDB
public import XDS
import XML

/// What a DMP holds, on disk: one SQLite database in a folder.
///
/// Every change is one transaction, written through before `commit` returns (write-ahead log, `synchronous = FULL`): after
/// a crash each acknowledged submission is there, and none is there by half. Documents are blobs of the same database, so
/// that they share the transaction.
public final class SQLiteStorage: DMPStorage {
    /// The name of the database in its folder.
    public static let fileName = "dmp.sqlite"

    private let queue: DatabaseQueue
    /// The path of the database.
    public let path: String

    /// Opens the database in `directory`, making both where they are absent.
    ///
    /// - Throws: `StorageError` with `open`, or `format` when another version wrote it.
    public init(directory: String) throws(StorageError) {
        let path = directory + "/" + Self.fileName
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(10)
            configuration.label = "dmp"
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                // GRDB lowers the level to NORMAL in WAL mode, where the last transactions may be lost with the power.
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
        } catch {
            throw StorageError(.open, "the store '\(directory)' cannot be opened: \(error)")
        }
        try prepare()
    }

    private static let version = 1

    private func prepare() throws(StorageError) {
        let found: Int
        do {
            found = try queue.write { database in
                let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard found == 0 else { return found }
                try database.execute(sql: Self.schema)
                try database.execute(sql: "PRAGMA user_version = \(Self.version)")
                return Self.version
            }
        } catch {
            throw StorageError(.open, "the store '\(path)' cannot be prepared: \(error)")
        }
        guard found == Self.version else {
            throw StorageError(
                .format,
                "the store '\(path)' is of version \(found), this tool reads \(Self.version): use another folder")
        }
    }

    private static let schema = """
        CREATE TABLE object (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, uniqueID TEXT, patient TEXT,
            logicalID TEXT, source TEXT, target TEXT, status TEXT, updated TEXT, xml TEXT NOT NULL);
        CREATE INDEX objectByKind ON object(kind);
        CREATE INDEX objectByUniqueID ON object(uniqueID);
        CREATE INDEX objectByPatient ON object(patient);
        CREATE INDEX objectByLogicalID ON object(logicalID);
        CREATE INDEX objectBySource ON object(source);
        CREATE INDEX objectByTarget ON object(target);
        CREATE TABLE document (
            sequence INTEGER PRIMARY KEY, entry TEXT NOT NULL UNIQUE, uniqueID TEXT NOT NULL, bytes BLOB NOT NULL);
        CREATE INDEX documentByUniqueID ON document(uniqueID);
        CREATE TABLE patient (
            id TEXT PRIMARY KEY, patient TEXT NOT NULL, state TEXT NOT NULL, defaultAuthorization TEXT NOT NULL,
            authorizations TEXT NOT NULL);
        """

    // MARK: Reading

    public func objects(_ selection: RegistrySelection) async throws(StorageError) -> Submission {
        let rows = try await read { database in
            try Self.requests(selection).flatMap {
                try StoredObject.fetchAll(database, sql: $0.sql, arguments: $0.arguments)
            }
        }
        var seen: Set<Int64> = []
        var found = Submission()
        for row in rows.sorted(by: { $0.sequence < $1.sequence }) where seen.insert(row.sequence).inserted {
            try row.add(to: &found)
        }
        return found
    }

    private struct Request: Sendable {
        var sql: String
        var arguments: StatementArguments
    }

    private static func requests(_ selection: RegistrySelection) -> [Request] {
        let columns = "SELECT sequence, kind, status, updated, xml FROM object"
        /// `column IN (…)`, in slices below SQLite's limit of arguments.
        func among(_ column: String, _ values: [String], _ more: String = "") -> [Request] {
            stride(from: 0, to: values.count, by: 500).map { start in
                let slice = values[start..<min(start + 500, values.count)]
                let marks = slice.map { _ in "?" }.joined(separator: ",")
                return Request(
                    sql: "\(columns) WHERE \(column) IN (\(marks))\(more)", arguments: StatementArguments(slice))
            }
        }
        switch selection {
        case .everything: return [Request(sql: columns, arguments: [])]
        case .ids(let ids): return among("id", ids)
        case .uniqueIDs(let ids): return among("uniqueID", ids)
        case .patient(let patient): return among("patient", [patient.storageKey])
        case .associations(let ids): return among("source", ids) + among("target", ids)
        case .logicalID(let id): return among("logicalID", [id])
        }
    }

    public func document(uniqueID: String) async throws(StorageError) -> [UInt8]? {
        let data = try await read { database in
            try Data.fetchOne(
                database, sql: "SELECT bytes FROM document WHERE uniqueID = ? ORDER BY sequence DESC LIMIT 1",
                arguments: [uniqueID])
        }
        return data.map { [UInt8]($0) }
    }

    public func record(of patient: CX) async throws(StorageError) -> PatientRecord? {
        let texts = try await read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM patient WHERE id = ?", arguments: [patient.storageKey]).map {
                row -> [String] in
                [row["patient"], row["state"], row["defaultAuthorization"], row["authorizations"]]
            }
        }
        guard let texts else { return nil }
        guard let state = PatientRecord.State(rawValue: texts[1]),
            let authorization = PatientRecord.Authorization(rawValue: texts[2])
        else { throw StorageError(.format, "the store '\(path)' holds an unknown state of a patient record") }
        var record = PatientRecord(CX(texts[0]), state: state, defaultAuthorization: authorization)
        for line in texts[3].split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = PatientRecord.Authorization(rawValue: parts[0]) else { continue }
            record.authorizations[parts[1]] = value
        }
        return record
    }

    public func entryCount() async throws(StorageError) -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM object WHERE kind = 'entry'") ?? 0 }
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await queue.read(body)
        } catch {
            throw StorageError(.read, "the store '\(path)' cannot be read: \(error)")
        }
    }

    // MARK: Writing

    public func commit(_ change: RegistryChange) async throws(StorageError) {
        do {
            try await queue.write { try Self.write(change, to: $0) }
        } catch {
            throw StorageError(.write, "the store '\(path)' cannot be written: \(error)")
        }
    }

    private static func write(_ change: RegistryChange, to database: Database) throws {
        for object in change.objects.storedObjects {
            try database.execute(
                sql: """
                    INSERT INTO object (id, kind, uniqueID, patient, logicalID, source, target, status, updated, xml)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    object.id, object.kind.rawValue, object.uniqueID, object.patient, object.logicalID, object.source,
                    object.target, object.status, object.updated, object.xml,
                ])
        }
        for document in change.documents {
            try database.execute(
                sql: "INSERT INTO document (entry, uniqueID, bytes) VALUES (?, ?, ?)",
                arguments: [document.entryID, document.uniqueID, Data(document.bytes)])
        }
        for (id, status) in change.statuses {
            try database.execute(sql: "UPDATE object SET status = ? WHERE id = ?", arguments: [status, id])
        }
        for (id, time) in change.folderTimes {
            try database.execute(sql: "UPDATE object SET updated = ? WHERE id = ?", arguments: [time, id])
        }
        for record in change.patients {
            let lines = record.authorizations.sorted { $0.key < $1.key }.map { "\($0.value.rawValue)\t\($0.key)" }
            try database.execute(
                sql: "INSERT OR REPLACE INTO patient VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    record.patient.storageKey, record.patient.text, record.state.rawValue,
                    record.defaultAuthorization.rawValue, lines.joined(separator: "\n"),
                ])
        }
    }

    public func close() async { try? queue.close() }

    /// Whether each commit is written through, and how: for tests and for the log.
    package func durability() async throws(StorageError) -> (journal: String, synchronous: Int) {
        let texts = try await read { database in
            [
                try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "",
                try String.fetchOne(database, sql: "PRAGMA synchronous") ?? "",
            ]
        }
        return (texts[0], Int(texts[1]) ?? -1)
    }
}
