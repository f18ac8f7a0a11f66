import Cryptography
import DICOM
import HTTP
public import SOAP
public import XDS
import XML

/// What a captured message holds: parts, operation, entries with their documents, manifests.
public struct MessageSummary: Sendable, Hashable {
    /// A MIME part.
    public struct Part: Sendable, Hashable {
        /// The Content-ID without angle brackets; nil where there is none.
        public var contentID: String?
        /// The Content-Type as written.
        public var contentType: String?
        /// The Content-Transfer-Encoding in lower case.
        public var transferEncoding: String
        /// Whether it is the root part.
        public var isRoot: Bool
        /// The length of the content, its transfer encoding undone.
        public var length: Int
        /// SHA-1 of the content, in lower case hexadecimal.
        public var sha1: String
        /// SHA-256 of the content, in lower case hexadecimal.
        public var sha256: String
    }

    /// A document entry and the document that came with it.
    public struct Entry: Sendable, Hashable {
        /// `@id`.
        public var id: String
        /// `XDSDocumentEntry.uniqueId`.
        public var uniqueID: String
        public var mimeType: String
        public var formatCode: String?
        public var typeCode: String?
        public var title: String?
        /// `hash` and `size` as the entry says.
        public var declaredHash: String?
        public var declaredSize: String?
        /// SHA-1 and length of the document; nil where it did not come.
        public var actualHash: String?
        public var actualSize: Int?

        /// Whether hash and size are those of the document; nil where there is nothing to compare.
        public var isConfirmed: Bool? {
            guard let actualHash, let actualSize, declaredHash != nil || declaredSize != nil else { return nil }
            return (declaredHash.map { $0.lowercased() == actualHash } ?? true)
                && (declaredSize.map { Int($0) == actualSize } ?? true)
        }
    }

    /// A KOS manifest in a part or document.
    public struct Manifest: Sendable, Hashable {
        /// The Content-ID of its part, or `#n`.
        public var part: String
        public var sopInstanceUID: String?
        public var studyInstanceUIDs: [String]
        public var seriesCount: Int
        public var instanceCount: Int
    }

    /// The parts, in order; none for a message that is no multipart.
    public var parts: [Part]
    /// The local name of the body element.
    public var operation: String?
    /// The transaction, where it is known: `ITI-41`.
    public var transaction: XDSTransaction?
    /// `wsa:Action`.
    public var action: String?
    /// The status of a registry response.
    public var status: String?
    /// The SOAP fault, where the body is one.
    public var fault: Fault?
    /// The document entries.
    public var entries: [Entry] = []
    /// The manifests.
    public var manifests: [Manifest]

    /// Whether the DMP takes it only with a VIHF: a request to it, by its body. RAD-69 goes from DRIMbox to DRIMbox.
    public var needsAssertion: Bool {
        let others = ["PRPA_IN201307UV02", "setAuthorization"]
        guard let operation else { return false }
        return others.contains(operation)
            || XDSTransaction.allCases.contains {
                $0 != .retrieveImagingDocumentSet && $0.requestElement == operation
            }
    }

    /// What `message` holds.
    public init(_ message: SOAPMessage) {
        parts = message.isMultipart ? message.parts.map { Part($0, isRoot: $0.index == message.rootIndex) } : []
        let content = message.envelope?.content ?? message.document?.documentElement
        operation = content?.localName
        action = message.envelope?.addressing.action
        transaction = message.envelope?.addressing.action.flatMap { action in
            XDSTransaction.allCases.first { $0.action == action || $0.responseAction == action }
        }
        fault = message.envelope?.fault
        manifests = message.parts.compactMap { Manifest($0) }
        if let request = ProvideAndRegisterRequest(reading: message) {
            entries = request.submission.entries.map { Entry($0, document: request.document($0.id)) }
        } else if let content, let answer = StoredQueryResponse(reading: content) {
            entries = answer.objects.entries.map { Entry($0, document: nil) }
            status = answer.registry.status
        } else if let answer = RetrieveDocumentSetResponse(reading: message) {
            status = answer.registry?.status
        } else if let content, content.localName == "RegistryResponse" {
            status = RegistryResponse(reading: content).status
        }
    }
}

extension MessageSummary.Part {
    init(_ part: MessagePart, isRoot: Bool) {
        contentID = part.contentID
        contentType = part.headers.first("Content-Type")
        transferEncoding = part.transferEncoding
        self.isRoot = isRoot
        length = part.content.count
        sha1 = MessageDigest.hexadecimal(of: part.bytes, .sha1)
        sha256 = MessageDigest.hexadecimal(of: part.bytes, .sha256)
    }
}

extension MessageSummary.Entry {
    init(_ entry: DocumentEntry, document: SubmittedDocument?) {
        id = entry.id
        uniqueID = entry.uniqueID
        mimeType = entry.mimeType
        formatCode = entry.formatCode?.code
        typeCode = entry.typeCode?.code
        title = entry.title
        declaredHash = entry.hash
        declaredSize = entry.size
        guard let document, document.content?.isResolved ?? true else { return }
        actualHash = document.hash
        actualSize = document.bytes.count
    }
}

extension MessageSummary.Manifest {
    /// The manifest that `part` holds; nil when it holds none.
    init?(_ part: MessagePart) {
        guard let selection = KeyObjectSelection(bytes: part.bytes) else { return nil }
        self.part = part.name
        sopInstanceUID = selection.sopInstanceUID
        studyInstanceUIDs = selection.studies.compactMap(\.uid)
        seriesCount = selection.series.count
        instanceCount = selection.instances.count
    }
}

extension KeyObjectSelection {
    /// The KOS that `bytes` are; nil when they are no DICOM file or one of another class.
    init?(bytes: [UInt8]) {
        // PS3.10 7.1: the prefix DICM stands after the preamble of 128 bytes.
        guard bytes.count > 132, bytes[128..<132].elementsEqual("DICM".utf8),
            let file = try? DICOMFile(reading: bytes)
        else { return nil }
        self.init(file)
        guard isKeyObjectSelection else { return nil }
    }
}
