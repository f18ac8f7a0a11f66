import Conformance
import DICOM
import Testing

@testable import Checks

/// A manifest in which one element is wrong, and what is said of it.
struct ManifestFault: Sendable, CustomTestStringConvertible {
    /// What is done to the element.
    enum Kind: String, Sendable, CaseIterable {
        case absent, empty, double, two, long, form, uid

        /// The file with the element of `path` so changed; nil where the change has no sense for it.
        func bytes(_ path: TagPath) -> [UInt8]? {
            guard let tag = path.tag else { return nil }
            let vr = DataDictionary.vr(tag)
            switch self {
            case .absent: return RichManifest.without(path).serialized()
            case .empty: return RichManifest.emptied(path).serialized()
            case .double: return doubled(path)
            case .two:
                guard ManifestModules.singleValued.contains(tag), vr.isMultiValued, vr != .UI else { return nil }
                return edited(path) { "\($0)\\\($0)" }
            case .long:
                let lengths: [VR: Int] = [.SH: 17, .LO: 65, .AE: 17, .PN: 65, .CS: 17]
                guard let length = lengths[vr] else { return nil }
                return edited(path) { _ in String(repeating: "X", count: length) }
            case .form:
                let texts: [VR: String] = [.DA: "20260229", .TM: "246000", .IS: "1.5", .CS: "no code", .SH: "A\u{7}"]
                guard let text = texts[vr] else { return nil }
                return edited(path) { _ in text }
            case .uid:
                guard vr == .UI else { return nil }
                return edited(path) { $0 + ".01" }
            }
        }

        private func edited(_ path: TagPath, _ change: (String) -> String) -> [UInt8] {
            RichManifest.edited(path) { item, tag in item.set(tag, change(item.text(tag) ?? "")) }.serialized()
        }

        /// The bytes of an element of the root written twice.
        private func doubled(_ path: TagPath) -> [UInt8]? {
            let bytes = RichManifest.file().serialized()
            guard path.steps.isEmpty, let dataSet = try? DICOMFile(reading: bytes).dataSet, let tag = path.tag,
                let index = dataSet.elements.firstIndex(where: { $0.tag == tag })
            else { return nil }
            let start = dataSet.elements[index].byteOffset
            let end = index + 1 < dataSet.elements.count ? dataSet.elements[index + 1].byteOffset : bytes.count
            return Array(bytes[..<end] + bytes[start..<end] + bytes[end...])
        }
    }

    let path: String
    let kind: Kind
    /// The rules that name the element, or an item around it.
    let ids: [String]
    /// Rules whose errors follow from the fault elsewhere.
    let consequences: [String]

    var testDescription: String { "\(path) \(kind.rawValue)" }

    /// A line: path, fault, ids, and after `;` the errors that follow elsewhere.
    init?(_ line: Substring) {
        let parts = line.split(separator: ";", omittingEmptySubsequences: false)
        let words = parts[0].split(separator: " ").map { String($0) }
        guard words.count >= 3, let kind = Kind(rawValue: words[1]) else { return nil }
        path = words[0]
        self.kind = kind
        ids = words[2...].map { "KOS-\($0)" }
        consequences = parts.count < 2 ? [] : parts[1].split(separator: " ").map { "KOS-\($0)" }
    }

    /// The place in the manifest.
    static func tagPath(_ text: String) -> TagPath? {
        RichManifest.paths.first { $0.description == text }
    }

    static let all: [ManifestFault] = table.description.split(separator: "\n").compactMap { ManifestFault($0) }
}

@Suite("Manifests with one fault each") struct ManifestFaultTests {
    private func judged(_ bytes: [UInt8]) throws -> (subject: ManifestSubject, findings: [Finding]) {
        let subject = try ManifestSubject(reading: bytes)
        return (subject, ManifestRules.all.flatMap { $0.judge(subject, level: .run).findings })
    }

    @Test("A fault is found by its rule, with tag and byte, and nothing else is said", arguments: ManifestFault.all)
    func found(_ fault: ManifestFault) throws {
        let path = try #require(ManifestFault.tagPath(fault.path))
        let bytes = try #require(fault.kind.bytes(path))
        let (subject, findings) = try judged(bytes)
        // Of an element that is gone the sequence or item around it may be named.
        let own = findings.filter { finding in finding.place?.tag.map { fault.path.hasPrefix($0) } == true }
        #expect(Set(own.map(\.check)).sorted() == fault.ids)
        let others = findings.filter { finding in
            finding.severity == .violation && !own.contains { $0.place == finding.place && $0.check == finding.check }
        }
        #expect(Set(others.map(\.check)).sorted() == fault.consequences)
        for finding in own {
            let byte = try #require(finding.place?.byte)
            #expect((132..<bytes.count).contains(byte))
            #expect(finding.expected?.isEmpty == false && finding.actual?.isEmpty == false)
            #expect(finding.advice != nil)
            guard finding.place?.tag == fault.path, subject.file.dataSet[path] != nil, let tag = path.tag else {
                continue
            }
            let written = [tag.group, tag.element].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            #expect(Array(bytes[byte..<byte + 4]) == written)
        }
    }

    @Test("What is free may be absent or empty", arguments: ManifestFault.allowed)
    func free(_ line: String) throws {
        let words = line.split(separator: " ")
        let path = try #require(ManifestFault.tagPath(String(words[0])))
        let kind = try #require(ManifestFault.Kind(rawValue: String(words[1])))
        let findings = try judged(try #require(kind.bytes(path))).findings
        #expect(findings.map { "\($0.check) \($0.place?.tag ?? "")" } == [])
    }

    @Test("Every change of every element is in the tables, and no row is without effect")
    func whole() {
        let rows = Set(ManifestFault.all.map { "\($0.path) \($0.kind.rawValue)" }).union(ManifestFault.allowed)
        for path in RichManifest.paths {
            for kind in ManifestFault.Kind.allCases where kind.bytes(path) != nil {
                // An absent character set shows in the texts, not in itself.
                guard "\(path) \(kind.rawValue)" != "(0008,0005) absent" else { continue }
                #expect(rows.contains("\(path) \(kind.rawValue)"))
            }
        }
        #expect(ManifestFault.all.count >= 350)
        #expect(Set(ManifestFault.all.flatMap(\.ids)).count >= 40)
    }
}

extension ManifestFault {
    static let allowed: [String] = free.description.split(separator: "\n").map { String($0) }
}
