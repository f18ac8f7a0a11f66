public import Conformance
internal import DICOM
internal import Imaging
internal import XDS

/// The rules that the report, the manifest, their entries in the DMP and the images of one exam keep together.
///
/// A rule compares what is there; it did not run when fewer than two objects hold the datum.
public enum CoherenceRules {
    /// Every rule, in the order of its id.
    public static let all: [Rule<CoherenceSubject>] = (identityRules + contentRules + patientRules).sorted {
        $0.descriptor.id < $1.descriptor.id
    }

    static let drim = "CI-SIS, DRIM-M, cohérence du compte rendu, du KOS et des images"

    /// One rule of the layer `coherence`.
    static func rule(
        _ id: String, _ severity: Severity, fr: String, en: String, source: String = drim,
        _ apply: @escaping @Sendable (CoherenceSubject, inout Remarks) -> Void
    ) -> Rule<CoherenceSubject> {
        Rule(RuleDescriptor(id, layer: "coherence", severity, fr: fr, en: en, source: source), apply)
    }

    /// Says that the objects which the rule compares are not all there.
    static func sayNothingToCompare(_ remarks: inout Remarks) {
        remarks.notRun(
            fr: "Moins de deux objets portent cette donnée : rien n'est à comparer.",
            en: "Fewer than two objects hold this datum: there is nothing to compare.")
    }
}

/// A datum as one object holds it.
struct Held: Sendable {
    /// One value, with the authority that gave it where there is one.
    struct Value: Sendable, Hashable {
        let value: String
        let authority: String?

        init(_ value: String, _ authority: String? = nil) {
            self.value = value
            self.authority = authority?.isEmpty == true ? nil : authority
        }

        /// Whether both are the same; an authority that one of them lacks is told by that object's own rules.
        func agrees(with other: Value) -> Bool {
            value == other.value && (authority == nil || other.authority == nil || authority == other.authority)
        }

        var text: String { authority.map { "\(value) (\($0))" } ?? value }
    }

    /// What names the object: `CR`, `KOS`, `XDS DocumentKOS`, an image.
    let object: String
    let values: [Value]
    let place: EvidencePlace
}

/// A datum as every object of the exam holds it; objects without it are left out.
struct Holders: Sendable {
    var report: Held?
    var manifest: [Held] = []
    var reportEntries: [Held] = []
    var manifestEntries: [Held] = []
    var images: [Held] = []

    /// Compares: the manifest with the report, each entry with its document, the images with the manifest; where one is
    /// missing, with the next that there is.
    ///
    /// A report may hold several exams: the values of the others have to be among its values.
    func judge(_ remarks: inout Remarks) {
        let report = report.flatMap { $0.values.isEmpty ? nil : $0 }
        let manifest = manifest.filter { !$0.values.isEmpty }
        let manifestEntries = manifestEntries.filter { !$0.values.isEmpty }
        let reportEntries = reportEntries.filter { !$0.values.isEmpty }
        let images = images.filter { !$0.values.isEmpty }
        var count = 0
        func compare(_ held: [Held], with base: Held?, _ remarks: inout Remarks) {
            guard let base else { return }
            for one in held {
                count += 1
                for value in one.values where !base.values.contains(where: { $0.agrees(with: value) }) {
                    remarks.remark(
                        expected: "\(base.object): \(base.values.map(\.text).joined(separator: ", "))",
                        actual: "\(one.object): \(value.text)", at: one.place)
                }
            }
        }
        compare(manifest, with: report, &remarks)
        let root = manifest.first
        compare(manifestEntries, with: root ?? report, &remarks)
        compare(images, with: root ?? report ?? manifestEntries.first ?? reportEntries.first, &remarks)
        if report != nil {
            compare(reportEntries, with: report, &remarks)
        } else if let other = root ?? manifestEntries.first {
            for entry in reportEntries { compare([other], with: entry, &remarks) }
        }
        if count == 0 { CoherenceRules.sayNothingToCompare(&remarks) }
    }
}

extension CoherenceSubject {
    /// The entries of KOS, signatures left out.
    var manifestEntries: [DocumentEntry] { entries.filter { $0.isKOS && !$0.isSignature } }
    /// The entries of imaging reports.
    var reportEntries: [DocumentEntry] { entries.filter { $0.isImagingReport && !$0.isKOS && !$0.isSignature } }

    /// The acts of the report that are of the exam of the manifest; all where the manifest names none of them.
    var acts: [ImagingReport.Act] {
        let acts = report?.reading.imagingActs ?? []
        let studies = Set(
            [manifest?.selection.studyInstanceUID].compactMap { $0 }
                + (manifest == nil ? manifestEntries.flatMap { $0.references(.studyInstanceUID) }.map(\.id) : []))
        let own = acts.filter { $0.studyUID.map(studies.contains) == true }
        return own.isEmpty ? acts : own
    }

    /// The lines of series in the description of the manifest.
    var seriesLines: [SeriesLine] { manifest?.selection.descriptionLines.compactMap { SeriesLine($0) } ?? [] }

    /// Where the report holds something.
    func reportPlace(_ identifier: ImagingReport.Identifier?) -> EvidencePlace {
        guard let node = identifier?.node ?? report?.reading.root else { return EvidencePlace(object: "CR") }
        var place = EvidencePlace(node)
        place.object = "CR"
        return place
    }

    /// Where the manifest holds something.
    func manifestPlace(_ path: TagPath) -> EvidencePlace {
        var place = manifest?.place(path) ?? EvidencePlace()
        place.object = "KOS"
        return place
    }

    func manifestPlace(_ tag: Tag) -> EvidencePlace { manifestPlace(TagPath([], tag)) }

    /// Where an entry holds something.
    static func entryPlace(_ entry: DocumentEntry, _ value: ReadPlace? = nil) -> EvidencePlace {
        guard let node = value?.node ?? entry.source.object?.place.node else {
            return EvidencePlace(object: entryName(entry))
        }
        var place = EvidencePlace(node)
        place.object = entryName(entry)
        return place
    }

    static func entryName(_ entry: DocumentEntry) -> String { "XDS \(entry.id)" }

    /// What the entries hold, each as `read` says.
    static func held(_ entries: [DocumentEntry], _ read: (DocumentEntry) -> (values: [Held.Value], place: ReadPlace?))
        -> [Held]
    {
        entries.map { entry in
            let (values, place) = read(entry)
            return Held(object: entryName(entry), values: values, place: entryPlace(entry, place))
        }
    }

    /// What the images hold.
    func heldByImages(_ tag: Tag, _ read: (ImageHeader) -> String?) -> [Held] {
        images.compactMap { image in
            guard let head = image.head, let value = read(head), !value.isEmpty else { return nil }
            return Held(
                object: image.name, values: [Held.Value(value)], place: ImageAnswerRules.place(image, tag.description))
        }
    }
}
