public import Conformance
import Cryptography
public import SOAP
public import XDS
import XML

/// An archive of documents (XDM): its members, and its metadata.
public struct ArchiveSubject: MetadataSubject {
    /// A member.
    public struct Member: Sendable {
        /// The path in the archive, with `/`.
        public let path: String
        /// The bytes.
        public let bytes: [UInt8]

        /// A member.
        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// The members, in order.
    public let members: [Member]
    /// The name of the archive's file or folder; nil when not known.
    public let name: String?
    /// The path of the metadata; nil when they are not there.
    public let metadataPath: String?
    public let message: SOAPMessage
    public let submission: Submission
    public let metadataFaults: [MetadataFault]
    public var httpMethod: String? { nil }

    /// Where the metadata lie. Source: IHE ITI TF-2 3.32.4.1.2.
    static let metadataName = "IHE_XDM/SS000001/METADATA.XML"

    /// An archive; its metadata are repaired where they lack the declarations of their prefixes.
    ///
    /// - Parameter set: the path of the metadata of another submission set than the first.
    public init(members: [Member], name: String? = nil, set: String? = nil) {
        self.members = members
        self.name = name
        let found =
            members.first { $0.path == set }
            ?? members.first { $0.path.uppercased().hasSuffix(Self.metadataName) }
            ?? members.first { $0.path.uppercased().hasSuffix("/METADATA.XML") }
        metadataPath = found?.path
        let bytes = found.map { MetadataRepair($0.bytes)?.bytes ?? $0.bytes } ?? []
        message = SOAPMessage(reading: bytes, contentType: "application/xml")
        let body = message.document?.documentElement
        submission = body.flatMap { Submission.list(in: $0) }.map { Submission(reading: $0) } ?? Submission()
        metadataFaults = body == nil ? [] : submission.faults
    }

    /// The metadata of the other submission sets: `IHE_XDM/SS000002/METADATA.XML`, …. Source: IHE ITI TF-2 3.32.4.1.2.
    public var otherSets: [String] {
        members.map(\.path).filter { path in
            path != metadataPath && path.uppercased().hasSuffix("/METADATA.XML")
                && path.uppercased().hasPrefix(root.uppercased() + "IHE_XDM/")
        }
    }

    /// The folder of the metadata, with its `/`.
    var folder: String { metadataPath.map { String($0.dropLast("METADATA.XML".count)) } ?? "" }

    /// What stands before `IHE_XDM/`.
    var root: String {
        guard let path = metadataPath, let range = path.uppercased().ranges(of: "IHE_XDM/").first else { return "" }
        return String(path[..<range.lowerBound])
    }

    /// The member that a URI of the metadata names; nil where there is none.
    func member(_ uri: String) -> Member? {
        members.first { $0.path == folder + uri }
            ?? members.first { $0.path == root + "IHE_XDM/" + uri }
            ?? members.first { $0.path.uppercased() == (folder + uri).uppercased() }
    }

    func place(_ entry: DocumentEntry, slot name: String) -> EvidencePlace? {
        let object = entry.source.object
        guard let node = object?.slot(name)?.place.node ?? object?.place.node else { return nil }
        var place = MessageRules.evidencePlace(message.place(of: node), object: metadataPath)
        // A repair shifts the bytes of the first tag.
        place.byte = nil
        return place
    }
}

/// The rules of an archive (XDM): XDM-001 to XDM-006, XDM-008.
///
/// Passes: metadata at their place, each URI a member whose SHA-1 and length are those of its entry. Fails: a member that
/// is missing or another.
public enum ArchiveRules {
    /// Every rule, in the order of the ids.
    public static let all: [Rule<ArchiveSubject>] = own + MetadataRules.rules()

    /// The rules of each further submission set: what they say of the archive was said with the first.
    public static let ofFurtherSet: [Rule<ArchiveSubject>] = own.filter {
        !["XDM-001", "XDM-002", "XDM-005", "XDM-006", "XDM-008"].contains($0.descriptor.id)
    }

    private static let norm = "IHE ITI TF-2 3.32.4.1.2"

    private static func rule(
        _ id: String, _ severity: Severity = .violation, capture: Severity? = nil, fr: String, en: String,
        source: String = norm, _ apply: @escaping @Sendable (ArchiveSubject, inout Remarks) -> Void
    ) -> Rule<ArchiveSubject> {
        Rule(
            RuleDescriptor(id, layer: "xdm", severity, capture: capture, fr: fr, en: en, source: source), apply)
    }

    /// The rules of the archive: without the forms of its metadata, which whoever judges the metadata tells.
    public static let own: [Rule<ArchiveSubject>] = [
        rule(
            "XDM-001", fr: "L'archive contient IHE_XDM/SS000001/METADATA.XML",
            en: "The archive holds IHE_XDM/SS000001/METADATA.XML"
        ) { subject, remarks in
            guard let path = subject.metadataPath, path.uppercased().hasSuffix(ArchiveSubject.metadataName) else {
                return remarks.remark(
                    expected: ArchiveSubject.metadataName, actual: subject.metadataPath ?? "∅",
                    at: EvidencePlace(object: subject.metadataPath ?? "zip"))
            }
            // What is no XML is told with its place by whoever reads it.
            guard !subject.hasMetadata, let root = subject.message.document?.documentElement else { return }
            remarks.remark(
                LocalizedText(
                    fr: "METADATA.XML est là mais ne contient pas de métadonnées ebRIM 3.0",
                    en: "METADATA.XML is there but holds no ebRIM 3.0 metadata"),
                expected: "{\(XDSNamespace.lcm)}SubmitObjectsRequest/rim:RegistryObjectList",
                actual: "{\(root.namespaceURI)}\(root.localName)", at: EvidencePlace(object: path, line: root.line))
        },
        rule(
            "XDM-002", .warning, fr: "INDEX.HTM et README.TXT sont à la racine de l'archive",
            en: "INDEX.HTM and README.TXT are at the root of the archive"
        ) { subject, remarks in
            let names = Set(subject.members.map { $0.path.uppercased() })
            for name in ["INDEX.HTM", "README.TXT"] where !names.contains(subject.root.uppercased() + name) {
                remarks.remark(expected: subject.root + name, actual: "∅", at: EvidencePlace(object: "zip"))
            }
        },
        rule(
            "XDM-003", fr: "Chaque URI des métadonnées désigne un membre de l'archive",
            en: "Each URI of the metadata names a member of the archive"
        ) { subject, remarks in
            guard subject.canCompare(&remarks) else { return }
            for entry in subject.submission.entries {
                let isThere = entry.uri.flatMap { subject.member($0) } != nil
                guard !isThere else { continue }
                remarks.remark(
                    expected: entry.uri.map { subject.folder + $0 } ?? "Slot URI", actual: "∅",
                    at: subject.place(entry, slot: "URI"))
            }
        },
        rule(
            "XDM-004", fr: "hash et size de chaque fiche sont ceux du membre",
            en: "hash and size of each entry are those of the member", source: "IHE ITI TF-3 4.2.3.2.10, 4.2.3.2.26"
        ) { subject, remarks in
            guard subject.canCompare(&remarks) else { return }
            for entry in subject.submission.entries {
                guard let member = entry.uri.flatMap({ subject.member($0) }) else { continue }
                let digest = MessageDigest.hexadecimal(of: member.bytes, .sha1)
                if entry.hash?.lowercased() != digest {
                    remarks.remark(
                        expected: "\(member.path): \(digest)", actual: entry.hash ?? "∅",
                        at: subject.place(entry, slot: "hash"))
                }
                if entry.size.flatMap({ Int($0) }) != member.bytes.count {
                    remarks.remark(
                        expected: "\(member.path): \(member.bytes.count)", actual: entry.size ?? "∅",
                        at: subject.place(entry, slot: "size"))
                }
            }
        },
        rule(
            "XDM-005", .warning, fr: "Les noms sont en majuscules, de huit caractères et trois d'extension",
            en: "Names are in capitals, eight characters and three of extension", source: "\(norm); ISO 9660 niveau 1"
        ) { subject, remarks in
            for member in subject.members where member.path.hasPrefix(subject.root) {
                let names = member.path.dropFirst(subject.root.count).split(separator: "/")
                guard !names.allSatisfy({ isShort($0) }) else { continue }
                remarks.remark(
                    expected: "AAAAAAAA.AAA", actual: member.path, at: EvidencePlace(object: member.path))
            }
        },
        rule(
            "XDM-006", .warning, fr: "CR.TXT a six champs : racine, extension, INS et son OID, IPP et son OID",
            en: "CR.TXT has six fields: root, extension, INS and its OID, IPP and its OID",
            source: "CI-SIS, DRIM-M, archive locale de la DRIMbox"
        ) { subject, remarks in
            guard let member = subject.members.first(where: { $0.path.uppercased().hasSuffix("CR.TXT") }) else {
                return remarks.notApplicable(fr: "L'archive n'a pas de CR.TXT", en: "The archive has no CR.TXT")
            }
            let line = String(decoding: member.bytes.prefix(4096), as: UTF8.self).split(whereSeparator: \.isNewline)
            let fields = line.first?.split(separator: ";", omittingEmptySubsequences: false) ?? []
            let isWhole = fields.count == 6 && OID.isWellFormed(String(fields[0]))
            guard !isWhole else { return }
            remarks.remark(
                expected: "cdaRoot;cdaExt;ins;insOID;ippRoot;ippExt", actual: line.first.map(String.init) ?? "∅",
                at: EvidencePlace(object: member.path, line: 1))
        },
        rule(
            "XDM-008", .information, fr: "L'archive est dans un dossier mensuel KAyyyyMM",
            en: "The archive is in a monthly folder KAyyyyMM", source: "CI-SIS, DRIM-M, archive locale de la DRIMbox"
        ) { subject, remarks in
            let parts = (subject.root + (subject.name ?? "")).split(separator: "/")
            guard !parts.contains(where: { isMonthly($0) }) else { return }
            remarks.remark(
                expected: "KAyyyyMM/", actual: subject.root.isEmpty ? "∅" : subject.root,
                at: EvidencePlace(object: "zip"))
        },
    ]

    private static func isMonthly(_ name: Substring) -> Bool {
        name.hasPrefix("KA") && name.count == 8 && name.dropFirst(2).allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func isShort(_ name: Substring) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...8).contains(parts[0].count), (parts.count == 1 || parts[1].count <= 3)
        else { return false }
        return parts.joined().utf8.allSatisfy {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
    }
}

extension ArchiveSubject {
    /// Whether the metadata could be read.
    var hasMetadata: Bool { submission.place.node != nil }

    /// Whether there are metadata to compare the members with.
    func canCompare(_ remarks: inout Remarks) -> Bool {
        guard !hasMetadata else { return true }
        remarks.notRun(fr: "Les métadonnées ne peuvent pas être lues", en: "The metadata cannot be read")
        return false
    }
}
