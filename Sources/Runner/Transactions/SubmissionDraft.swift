internal import Conformance
internal import Cryptography
internal import DICOM
internal import Foundation
internal import HTTP
internal import SOAP
internal import Signatures
internal import Simulators
internal import XDS

/// A submission on its way to the wire: what mutations change before it is sent.
struct SubmissionDraft {
    var request: ProvideAndRegisterRequest
    /// `wsa:Action`, where it shall be another.
    var action: String?
    /// What is done to the package last.
    var framing: [@Sendable (inout MTOMPackage) -> Void] = []
    /// The boundary that Content-Type names, where it shall be another than the one that parts the body.
    var declaredBoundary: String?
}

/// One mutation of a submission: how it is written and what it does.
struct SubmissionMutation: Sendable {
    /// When it is done: before the submission is signed, or to what was signed.
    enum Moment: Sendable {
        case beforeSigning, afterSigning
    }

    let name: String
    /// What the words are, in order.
    let words: [Word]
    let moment: Moment
    let change: @Sendable (inout SubmissionDraft, [String]) throws -> Void

    /// What a word may be.
    enum Word: Sendable {
        case entry, entryOrSet, attribute, relation, free

        /// The texts that it takes; nil: any.
        var known: [String]? {
            switch self {
            case .entry: ExamDocument.allCases.map(\.rawValue) + ["signature"]
            case .entryOrSet: ExamDocument.allCases.map(\.rawValue) + ["signature", "submissionSet"]
            case .attribute: EntryAttribute.all.keys.sorted()
            case .relation: SubmissionMutation.relations.keys.sorted()
            case .free: nil
            }
        }

        var title: String {
            switch self {
            case .entry, .entryOrSet: "entry"
            case .attribute: "attribute"
            case .relation: "relation"
            case .free: "value"
            }
        }
    }

    /// Whether it makes no sense in a submission that is not signed.
    var needsSignature: Bool { name == "document.tamper" }

    private init(
        _ name: String, _ words: [Word], _ moment: Moment = .beforeSigning,
        _ change: @escaping @Sendable (inout SubmissionDraft, [String]) throws -> Void
    ) {
        self.name = name
        self.words = words
        self.moment = moment
        self.change = change
    }

    static let relations = [
        "RPLC": XDSURN.replaces, "APND": XDSURN.appends, "XFRM": XDSURN.transforms,
        "XFRM_RPLC": XDSURN.transformsAndReplaces,
    ]

    /// Every mutation, by name.
    static let all: [String: SubmissionMutation] = Dictionary(
        uniqueKeysWithValues: table.map { ($0.name, $0) })

    private static let table: [SubmissionMutation] = [
        SubmissionMutation("metadata.set", [.entryOrSet, .attribute, .free]) { draft, words in
            draft.set(words[1], of: words[0], to: words[2])
        },
        SubmissionMutation("metadata.remove", [.entryOrSet, .attribute]) { draft, words in
            draft.set(words[1], of: words[0], to: nil)
        },
        SubmissionMutation("metadata.drop-entry", [.entry]) { draft, words in
            let id = SubmissionDraft.entryID(words[0])
            draft.request.submission.entries.removeAll { $0.id == id }
            draft.request.submission.associations.removeAll { $0.target == id || $0.source == id }
        },
        SubmissionMutation("association.add", [.relation, .entry, .free]) { draft, words in
            draft.request.submission.associations.append(
                Association(
                    id: "Relation-\(words[1])", type: relations[words[0]] ?? words[0],
                    source: SubmissionDraft.entryID(words[1]), target: words[2]))
        },
        SubmissionMutation("document.alter", [.entry]) { draft, words in
            draft.alter(words[0]) { bytes in
                bytes.isEmpty ? [0x20] : Array(bytes.dropLast()) + [bytes[bytes.count - 1] ^ 1]
            }
        },
        SubmissionMutation("document.tamper", [.entry], .afterSigning) { draft, words in
            draft.alter(words[0]) { bytes in
                bytes.isEmpty ? [0x20] : Array(bytes.dropLast()) + [bytes[bytes.count - 1] ^ 1]
            }
        },
        SubmissionMutation("kos.title", [.free]) { draft, words in
            draft.alter(ExamDocument.manifest.rawValue) { bytes in
                guard var file = try? DICOMFile(reading: bytes) else { return bytes }
                var title = DataSet()
                title.set(.codeValue, words[0])
                title.set(.codingSchemeDesignator, "DCM")
                title.set(.codeMeaning, "CISIS \(words[0])")
                file.dataSet.set(.conceptNameCodeSequence, items: [title])
                return DICOMFile(dataSet: file.dataSet, transferSyntax: file.transferSyntax).serialized()
            }
        },
        SubmissionMutation("signature.drop", [], .afterSigning) { draft, _ in
            let id = SubmissionDraft.entryID("signature")
            draft.request.submission.entries.removeAll { $0.id == id }
            draft.request.submission.associations.removeAll { $0.target == id || $0.source == id }
            draft.request.documents.removeAll { $0.id == id }
        },
        SubmissionMutation("mtom.drop-document", [.entry]) { draft, words in
            let id = SubmissionDraft.entryID(words[0])
            draft.request.documents.removeAll { $0.id == id }
        },
        SubmissionMutation("mtom.drop-root", [], .afterSigning) { draft, _ in
            draft.framing.append { package in
                package.envelope = []
                package.rootContentType = "application/octet-stream"
            }
        },
        SubmissionMutation("mtom.declare-boundary", [.free], .afterSigning) { draft, words in
            draft.declaredBoundary = words[0]
        },
        SubmissionMutation("soap.set-action", [.free], .afterSigning) { draft, words in draft.action = words[0] },
    ]

    /// What `mutation` does; words that it does not take are the author's error.
    static func of(_ mutation: Mutation) throws(LoadError) -> SubmissionMutation? {
        guard let known = all[mutation.name] else { return nil }
        for (word, kind) in zip(mutation.words, known.words) {
            guard let texts = kind.known, !texts.contains(word) else { continue }
            throw LoadError(
                mutation.location, "no \(kind.title) '\(word)' for '\(mutation.name)'",
                advice: "known here: \(texts.joined(separator: ", "))")
        }
        guard mutation.words.first == "submissionSet", mutation.words.count > 1,
            EntryAttribute.all[mutation.words[1]]?.ofSet == nil
        else { return known }
        let names = EntryAttribute.all.filter { $0.value.ofSet != nil }.keys.sorted()
        throw LoadError(
            mutation.location, "no attribute '\(mutation.words[1])' of the submission set can be set",
            advice: "known here: \(names.joined(separator: ", "))")
    }
}

extension SubmissionDraft {
    /// The id of an entry in the submission by its name in scenarios.
    static func entryID(_ name: String) -> String {
        ExamDocument(rawValue: name)?.entryID ?? SubmissionSigner.entryID
    }

    fileprivate mutating func set(_ attribute: String, of target: String, to value: String?) {
        guard let known = EntryAttribute.all[attribute] else { return }
        if target == "submissionSet" {
            for index in request.submission.submissionSets.indices {
                known.ofSet?(&request.submission.submissionSets[index], value)
            }
            return
        }
        let id = Self.entryID(target)
        for index in request.submission.entries.indices where request.submission.entries[index].id == id {
            known.ofEntry?(&request.submission.entries[index], value)
        }
    }

    /// Changes the bytes of a document, with the hash and the size of its entry.
    fileprivate mutating func alter(_ name: String, _ change: ([UInt8]) -> [UInt8]) {
        let id = Self.entryID(name)
        for index in request.documents.indices where request.documents[index].id == id {
            request.documents[index].bytes = change(request.documents[index].bytes)
            let document = request.documents[index]
            for entry in request.submission.entries.indices where request.submission.entries[entry].id == id {
                request.submission.entries[entry].hash = document.hash
                request.submission.entries[entry].size = String(document.bytes.count)
            }
        }
    }
}

/// An attribute that `metadata.set` can change, of an entry, of the submission set, or of both.
///
/// A code is written `CODE` or `CODE^^SCHEME`; without a scheme that of the attribute stays.
struct EntryAttribute: Sendable {
    var ofEntry: (@Sendable (inout DocumentEntry, String?) -> Void)?
    var ofSet: (@Sendable (inout SubmissionSet, String?) -> Void)?

    /// Every attribute, by its name.
    static let all: [String: EntryAttribute] = [
        "hash": EntryAttribute(ofEntry: { $0.hash = $1 }),
        "size": EntryAttribute(ofEntry: { $0.size = $1 }),
        "uniqueId": EntryAttribute(ofEntry: { $0.uniqueID = $1 ?? "" }, ofSet: { $0.uniqueID = $1 ?? "" }),
        "patientId": EntryAttribute(
            ofEntry: { $0.patientID = $1.map { CX($0) } }, ofSet: { $0.patientID = $1.map { CX($0) } }),
        "sourceId": EntryAttribute(ofSet: { $0.sourceID = $1 }),
        "submissionTime": EntryAttribute(ofSet: { $0.submissionTime = $1.map { DTM($0) } }),
        "contentTypeCode": EntryAttribute(ofSet: { $0.contentTypeCode = code($1, $0.contentTypeCode) }),
        "sourcePatientId": EntryAttribute(ofEntry: { $0.sourcePatientID = $1.map { CX($0) } }),
        "creationTime": EntryAttribute(ofEntry: { $0.creationTime = $1.map { DTM($0) } }),
        "serviceStartTime": EntryAttribute(ofEntry: { $0.serviceStartTime = $1.map { DTM($0) } }),
        "serviceStopTime": EntryAttribute(ofEntry: { $0.serviceStopTime = $1.map { DTM($0) } }),
        "mimeType": EntryAttribute(ofEntry: { $0.mimeType = $1 ?? "" }),
        "objectType": EntryAttribute(ofEntry: { $0.objectType = $1 ?? "" }),
        "languageCode": EntryAttribute(ofEntry: { $0.languageCode = $1 }),
        "title": EntryAttribute(ofEntry: { $0.title = $1 }, ofSet: { $0.title = $1 }),
        "classCode": EntryAttribute(ofEntry: { $0.classCode = code($1, $0.classCode) }),
        "typeCode": EntryAttribute(ofEntry: { $0.typeCode = code($1, $0.typeCode) }),
        "formatCode": EntryAttribute(ofEntry: { $0.formatCode = code($1, $0.formatCode) }),
        "healthcareFacilityTypeCode": EntryAttribute(
            ofEntry: { $0.healthcareFacilityTypeCode = code($1, $0.healthcareFacilityTypeCode) }),
        "practiceSettingCode": EntryAttribute(ofEntry: { $0.practiceSettingCode = code($1, $0.practiceSettingCode) }),
    ]

    private static func code(_ text: String?, _ old: CodedValue?) -> CodedValue? {
        guard let text else { return nil }
        if let parsed = CodedValue(queryText: text) { return CodedValue(parsed.code, parsed.scheme, parsed.code) }
        return CodedValue(text, old?.scheme ?? "", text)
    }
}
