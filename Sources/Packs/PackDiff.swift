internal import Foundation
internal import Schematron
internal import XML

/// What differs between two packs: the asserts that came, went and changed, and the value sets.
public struct PackDiff: Sendable {
    /// An assert or report of a schema.
    public struct Assertion: Hashable, Sendable {
        /// Stays the same from edition to edition as long as neither context nor test changes.
        public let id: String
        /// `assert` or `report`.
        public let kind: String
        /// The context of its rule.
        public let context: String
        /// Its test.
        public let test: String
        /// Its message; `{…}` stands for what a document fills in.
        public let message: String
        /// `role` or `flag` of the assertion, else of its rule; empty where there is none.
        public let role: String
    }

    /// An assert whose weight, message, context or test is another than before.
    public struct Change: Hashable, Sendable {
        public let old: Assertion
        public let new: Assertion

        /// What differs: `context`, `test`, `message`, `role`.
        public var members: [String] {
            var members: [String] = []
            if old.context != new.context { members.append("context") }
            if old.test != new.test { members.append("test") }
            if old.message != new.message { members.append("message") }
            if old.role != new.role { members.append("role") }
            return members
        }
    }

    /// What differs in one schema.
    public struct SchemaDiff: Hashable, Sendable {
        /// How a schema of one pack relates to the other pack.
        public enum State: String, Sendable { case came, went, changed }

        /// Relative to the kit.
        public let schema: String
        public let state: State
        public let came: [Assertion]
        public let went: [Assertion]
        public let changed: [Change]
    }

    /// A schema that could not be compiled, and why.
    public struct Failure: Hashable, Sendable {
        public let pack: String
        public let schema: String
        public let message: String
    }

    /// The schemas that differ, in the order of a run, volets after.
    public private(set) var schemas: [SchemaDiff] = []
    /// The count of schemas that are the same in both packs.
    public private(set) var sameSchemas = 0
    /// The value sets (files of `jeuxDeValeurs`) that came, went and changed.
    public private(set) var valueSets: (came: [String], went: [String], changed: [String]) = ([], [], [])
    /// What could not be compared.
    public private(set) var failures: [Failure] = []

    /// Compares two packs, the older one first.
    ///
    /// A schema is compiled only where one of its files differs.
    public init(from old: OfficialPack, to new: OfficialPack) {
        let before = Side(old)
        let after = Side(new)
        var paths = OfficialPack.order
        paths += Set((old.volets + new.volets).map(\.schema)).sorted()
        for path in paths { compare(path, before, after) }
        compareValueSets(before, after)
    }

    private mutating func compare(_ path: String, _ old: Side, _ new: Side) {
        let before = old.source(path)
        let after = new.source(path)
        switch (before, after) {
        case (nil, nil): return
        case (let before?, let after?):
            if old.isSame(before, after, in: new) {
                sameSchemas += 1
                return
            }
            guard let asserts = assertions(path, old), let others = assertions(path, new) else { return }
            let diff = Self.diff(path, asserts, others)
            // Files may differ in comments alone.
            if diff.came.isEmpty, diff.went.isEmpty, diff.changed.isEmpty {
                sameSchemas += 1
            } else {
                schemas.append(diff)
            }
        case (_?, nil):
            let went = assertions(path, old) ?? []
            schemas.append(SchemaDiff(schema: path, state: .went, came: [], went: went, changed: []))
        case (nil, _?):
            let came = assertions(path, new) ?? []
            schemas.append(SchemaDiff(schema: path, state: .came, came: came, went: [], changed: []))
        }
    }

    private mutating func assertions(_ path: String, _ side: Side) -> [Assertion]? {
        do throws(SchematronError) {
            return try side.assertions(path)
        } catch {
            failures.append(Failure(pack: side.pack.name, schema: path, message: "\(error)"))
            return nil
        }
    }

    static func diff(_ path: String, _ old: [Assertion], _ new: [Assertion]) -> SchemaDiff {
        let known = Dictionary(old.map { ($0.id, $0) }) { first, _ in first }
        var went = known
        var came: [Assertion] = []
        var changed: [Change] = []
        for assertion in new {
            guard let before = went.removeValue(forKey: assertion.id) else {
                came.append(assertion)
                continue
            }
            if before != assertion { changed.append(Change(old: before, new: assertion)) }
        }
        var gone = old.filter { went[$0.id] != nil }
        // An id made from context and test is another once either is: the same message says that it is the same assert.
        came.removeAll { assertion in
            guard !assertion.message.isEmpty,
                let place = gone.firstIndex(where: {
                    $0.kind == assertion.kind && $0.message == assertion.message
                        && ($0.context == assertion.context || $0.test == assertion.test)
                })
            else { return false }
            changed.append(Change(old: gone.remove(at: place), new: assertion))
            return true
        }
        return SchemaDiff(schema: path, state: .changed, came: came, went: gone, changed: changed)
    }

    private mutating func compareValueSets(_ old: Side, _ new: Side) {
        let before = old.valueSets
        let after = new.valueSets
        valueSets = (
            came: after.subtracting(before).sorted(), went: before.subtracting(after).sorted(),
            changed: before.intersection(after).sorted().filter { old.bytes($0) != new.bytes($0) }
        )
    }
}

/// One pack of a comparison.
private struct Side {
    let pack: OfficialPack
    let library: SchemaLibrary

    init(_ pack: OfficialPack) {
        self.pack = pack
        library = pack.library()
    }

    /// The schema as read, nil where the pack has none that can be read.
    func source(_ path: String) -> SchematronSchema? { try? SchematronSchema(reading: path, in: library) }

    func bytes(_ path: String) -> [UInt8]? { library.read(path)?.bytes }

    /// Whether all files that make up a schema are the same.
    func isSame(_ mine: SchematronSchema, _ theirs: SchematronSchema, in other: Side) -> Bool {
        mine.files == theirs.files && Set(mine.files).allSatisfy { bytes($0) == other.bytes($0) }
    }

    var valueSets: Set<String> {
        let names = (try? FileSystem.names(in: pack.folder + "/jeuxDeValeurs")) ?? []
        return Set(names.filter { $0.hasSuffix(".xml") }.map { "jeuxDeValeurs/" + $0 })
    }

    func assertions(_ path: String) throws(SchematronError) -> [PackDiff.Assertion] {
        let schema = try BoundSchema(reading: path, in: library)
        return schema.checks.enumerated().map { index, check in
            let rule = schema.rules[check.rule].rule
            let annotation = check.assertion.annotation
            return PackDiff.Assertion(
                id: schema.stableID(ofCheck: index), kind: check.assertion.kind.rawValue,
                context: Self.normalized(rule.context), test: Self.normalized(check.assertion.test),
                message: Self.normalized(check.assertion.message.map(Self.text).joined()),
                role: annotation.role ?? annotation.flag ?? rule.annotation.role ?? rule.annotation.flag ?? "")
        }
    }

    private static func text(_ part: MessagePart) -> String {
        switch part {
        case .text(let text): text
        case .value(let select, _): "{\(select)}"
        case .name(let path, _): "{name(\(path ?? "."))}"
        }
    }

    private static func normalized(_ text: String) -> String {
        text.split(whereSeparator: { " \t\r\n".contains($0) || $0 == "\r\n" }).joined(separator: " ")
    }
}
