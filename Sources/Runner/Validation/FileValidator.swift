internal import Checks
public import Conformance
internal import DICOM
internal import Foundation
internal import HL7v2
internal import HTTP
internal import Imaging
public import Packs
internal import SOAP
public import Schematron
internal import Signatures
internal import XDS
internal import XML

/// Judges files that someone captured, without any system under test.
public struct FileValidator: Sendable {
    /// What is asked of it.
    public struct Options: Sendable {
        /// What the files are; nil: each tells by its bytes.
        public var kind: FileKind?
        /// A schema for CDA documents, in the place of the one that the project ships.
        public var schema: String?
        /// An official kit for CDA documents, in the place of a schema; nil: what the project ships.
        public var pack: OfficialPack?
        /// How much work Schematrons may be on one document.
        public var limits = ValidationLimits()
        /// How many schemas of the kit may work at once.
        public var jobs = 1
        public var level = JudgementLevel.capture
        /// The profiles that the rules are of.
        public var profile = JudgementProfile.dim
        /// With what signatures are judged.
        public var signatures = SignatureOptions()
        /// The other objects of the same exam.
        public var others: [String] = []
        /// The folder that holds `Profiles`.
        public var dataRoot: String

        /// Standard options.
        public init(dataRoot: String) { self.dataRoot = dataRoot }
    }

    let options: Options
    private let schema: Schema?
    private let documents: CDARules
    let messages: MessageSchemas
    private let catalogue = Made<ValueSetCatalogue>()

    /// The largest file that is read, in bytes.
    private static let limit = 1 << 30
    /// The beginning of a file that tells what it is, in bytes.
    private static let window = 1 << 16

    /// A validator; the schema is compiled once.
    ///
    /// - Throws: `RunError` with `usage` when the schema cannot be compiled.
    public init(_ options: Options) async throws(RunError) {
        self.options = options
        documents = CDARules(dataRoot: options.dataRoot, pack: options.pack, limits: options.limits)
        messages = MessageSchemas(folder: options.dataRoot + "/Profiles/Schemas")
        guard let path = options.schema else {
            schema = nil
            return
        }
        do {
            schema = try await WorkerPool.shared.run { try Schema(contentsOfFile: path, root: Self.schemaRoot(path)) }
        } catch {
            throw RunError(
                .usage, "the schema '\(path)' cannot be used: \((error as? XMLError)?.message ?? "\(error)")")
        }
    }

    /// Where codes of metadata are looked up; a CDA is judged without.
    func valueSets() -> ValueSetCatalogue {
        catalogue.value { ValueSetFiles.catalogue(dataRoot: options.dataRoot, pack: options.pack) }
    }

    /// The folder below which the schema's includes may be: two levels up, as the official kit lays them out.
    private static func schemaRoot(_ path: String) -> String {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
        return folder.deletingLastPathComponent().path
    }

    /// The judgement of the file at `path`.
    public func validate(_ path: String) async -> FileJudgement {
        let bytes: [UInt8]
        do {
            // What a large file is shows in its beginning: gigabytes of nothing known are not read.
            if options.kind == nil, FileKind.detect(try Self.read(path, atMost: Self.window)) == nil {
                return Self.unknown(path, try Self.read(path, atMost: Self.window))
            }
            bytes = try Self.read(path)
        } catch {
            return FileJudgement(
                file: path, kind: nil,
                layers: [LayerJudgement("file", .error, fr: error.message, en: error.message)], summary: [])
        }
        return await validate(bytes, name: path)
    }

    /// The judgement of bytes that came from elsewhere: a message with its HTTP head.
    public func validate(_ bytes: [UInt8], name path: String) async -> FileJudgement {
        guard let kind = options.kind ?? FileKind.detect(bytes) else {
            return Self.unknown(path, Array(bytes.prefix(Self.window)))
        }
        var judgement = FileJudgement(file: path, kind: kind, layers: [], summary: [])
        switch kind {
        case .cda: await judgeDocument(bytes, &judgement)
        case .kos, .dicom: await judgeDICOM(bytes, kind, &judgement)
        case .soap, .mtom: await judgeMessage(bytes, kind, &judgement)
        case .metadata: await judgeMetadata(bytes, &judgement)
        case .xdm: await judgeArchive(bytes, &judgement)
        case .vihf, .whitelist: await judgeSigned(bytes, kind, &judgement)
        case .hl7: await judgeIntake(bytes, &judgement)
        case .wadoResponse: await judgeImageAnswer(bytes, &judgement)
        case .wadoRequest, .contextCall, .healthcheck: await judgeRequest(bytes, kind, &judgement)
        }
        // A request was compared with the manifest by its own rules.
        if !options.others.isEmpty, kind != .wadoRequest, kind != .wadoResponse {
            judgement.layers.append(await coherence(path, bytes))
        }
        return judgement
    }

    /// A file that begins with `bytes` and is of no kind that is judged.
    private static func unknown(_ path: String, _ bytes: [UInt8]) -> FileJudgement {
        let known = FileKind.allCases.map(\.rawValue).joined(separator: ", ")
        let reason =
            if bytes.isEmpty {
                LocalizedText(fr: "Le fichier est vide", en: "The file is empty")
            } else if let name = FileReading.name(bytes) {
                name
            } else {
                LocalizedText(
                    fr: "Nature du fichier inconnue : dites-la par --kind (\(known))",
                    en: "Unknown kind of file: name it with --kind (\(known))")
            }
        return FileJudgement(
            file: path, kind: nil, layers: [LayerJudgement("file", .error, fr: reason.fr, en: reason.en)], summary: [])
    }

    /// The bytes of a file, or its first `count`.
    static func read(_ path: String, atMost count: Int? = nil) throws(RunError) -> [UInt8] {
        // Not by FileManager, which asks the system for the name of the owner too.
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw RunError(.usage, "'\(path)' cannot be read: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw RunError(.usage, "'\(path)' is no file: name files") }
        guard status.st_size <= limit || count != nil else {
            throw RunError(
                .usage, "'\(path)' has \(status.st_size) bytes, more than the \(limit) that are read")
        }
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            return Array(try file.read(upToCount: count ?? limit) ?? Data())
        } catch {
            throw RunError(.usage, "'\(path)' cannot be read: \(error.localizedDescription)")
        }
    }

    // MARK: CDA

    private func judgeDocument(_ bytes: [UInt8], _ judgement: inout FileJudgement) async {
        let name = judgement.file
        let document: Document
        switch await WorkerPool.shared.run({ () -> Result<Document, XMLError> in
            Result { () throws(XMLError) in try Document(parsing: bytes, name: name) }
        }) {
        case .failure(let error):
            judgement.layers.append(Self.syntax(error))
            judgement.pack = options.pack.map { PackIdentity($0) }
            judgement.layers.append(
                LayerJudgement(
                    "xsd", .inconclusive, fr: "Le document n'est pas du XML lisible",
                    en: "The document is no readable XML"))
            return
        case .success(let parsed): document = parsed
        }
        judgement.pack = options.pack.map { PackIdentity($0) }
        judgement.layers += await layers(of: document)
        if let subject = ReportSubject(document) { judgement.summary = ReportSummary.lines(subject.reading) }
    }

    func layers(of document: Document) async -> [LayerJudgement] {
        let (documents, level, jobs) = (documents, options.level, options.jobs)
        let named = schema.flatMap { schema in options.schema.map { (schema: schema, name: $0) } }
        return await WorkerPool.shared.run {
            documents.layers(document, schema: named, level: level, jobs: jobs)
        }
    }

    static func syntax(_ error: XMLError) -> LayerJudgement {
        LayerJudgement(
            "xml",
            findings: [
                Finding(
                    check: "xml.\(error.code.rawValue)", severity: .violation,
                    message: LocalizedText(
                        fr: "Le XML ne peut pas être lu : \(error.french)",
                        en: "The XML cannot be read: \(error.english)"),
                    place: EvidencePlace(line: error.line, column: error.column, byte: error.byteOffset))
            ])
    }

    // MARK: DICOM

    private func judgeDICOM(_ bytes: [UInt8], _ kind: FileKind, _ judgement: inout FileJudgement) async {
        let file: DICOMFile
        switch await WorkerPool.shared.run({ () -> Result<DICOMFile, DICOMError> in
            Result { () throws(DICOMError) in try DICOMFile(reading: bytes) }
        }) {
        case .failure(let error):
            judgement.layers.append(Self.unreadable(error, kind))
            return
        case .success(let read): file = read
        }
        judgement.layers.append(
            LayerJudgement(
                "dicom",
                findings: file.notes.map { note in
                    Finding(
                        check: "dicom.\(note.code.rawValue)", severity: .warning,
                        message: DICOMWording.text(note),
                        place: EvidencePlace(byte: note.byteOffset, tag: note.tagPath.isEmpty ? nil : note.tagPath))
                }))
        guard kind == .kos else {
            judgement.summary = ImageSummary.lines(ImageHeader(file))
            return
        }
        let subject = ManifestSubject(bytes: bytes, file: file, context: context(of: file, bytes))
        judgement.summary = ManifestSummary.lines(subject.selection)
        judgement.layers.append(await rules("kos", ManifestRules.all, subject))
    }

    /// A file that is not read: a manifest in a syntax that is recognised breaks a rule of its own.
    static func unreadable(_ error: DICOMError, _ kind: FileKind) -> LayerJudgement {
        let rule = kind == .kos && error.code == .transferSyntax ? "KOS-005" : nil
        return LayerJudgement(
            "dicom",
            findings: [
                Finding(
                    check: rule ?? "dicom.\(error.code.rawValue)", severity: .violation,
                    message: DICOMWording.text(error), advice: DICOMWording.advice(error),
                    place: EvidencePlace(byte: error.byteOffset, tag: error.tagPath.isEmpty ? nil : error.tagPath))
            ])
    }

    /// What the other files say of a manifest: the version before it, the national list.
    func context(of file: DICOMFile, _ bytes: [UInt8]) -> ManifestContext {
        var context = ManifestContext(profile: options.profile)
        let selection = KeyObjectSelection(file)
        for other in options.others {
            guard let others = try? Self.read(other), others != bytes else { continue }
            switch FileKind.detect(others) {
            case .kos:
                guard let found = (try? DICOMFile(reading: others)).map({ KeyObjectSelection($0) }),
                    found.studyInstanceUID == selection.studyInstanceUID,
                    (found.instanceNumber ?? 0) <= (selection.instanceNumber ?? 0)
                else { continue }
                context.previous = found
            case .whitelist:
                context.domains = (try? Document(parsing: others)).flatMap { Whitelist(reading: $0) }
            case .cda, .dicom, .metadata, .soap, .mtom, .xdm, .vihf, .hl7, .wadoRequest, .wadoResponse, .contextCall,
                .healthcheck, nil:
                continue
            }
        }
        return context
    }

    // MARK: Rules

    func rules<Subject: Sendable>(_ layer: String, _ table: [Rule<Subject>], _ subject: Subject) async
        -> LayerJudgement
    {
        let level = options.level
        let rules = table.filter { options.profile.holds($0.descriptor) }
        return LayerJudgement(
            layer,
            rules: await WorkerPool.shared.run { Echoes.removed(from: rules.map { $0.judge(subject, level: level) }) })
    }

    /// Whether the file and the others agree.
    private func coherence(_ path: String, _ bytes: [UInt8]) async -> LayerJudgement {
        var subject = CoherenceSubject()
        var failures: [Finding] = []
        // A request brings nothing of the exam: that nothing can be compared does not weigh on it.
        let isRequest = subject.add(bytes) && subject.isEmpty
        for other in options.others where other != path {
            do throws(RunError) {
                guard !subject.add(try Self.read(other)) else { continue }
                throw RunError(.usage, "'\(other)' holds no object of an exam that can be compared")
            } catch {
                failures.append(
                    Finding(
                        check: "file.unreadable", severity: .violation,
                        message: LocalizedText(fr: error.message, en: error.message)))
            }
        }
        let joined = subject
        let level = options.level
        var layer = LayerJudgement(
            "coherence",
            rules: await WorkerPool.shared.run { CoherenceRules.all.map { $0.judge(joined, level: level) } })
        layer.isRequired = !isRequest
        guard failures.isEmpty else {
            layer.findings += failures
            layer.verdict = .error
            return layer
        }
        return layer
    }
}

extension CoherenceSubject {
    /// Whether it holds no object.
    fileprivate var isEmpty: Bool { report == nil && manifest == nil && entries.isEmpty && images.isEmpty }

    /// Takes in what `bytes` hold of the exam; false where they hold nothing of one.
    mutating func add(_ bytes: [UInt8]) -> Bool {
        switch FileKind.detect(bytes) {
        case .cda:
            guard let subject = (try? Document(parsing: bytes)).flatMap({ ReportSubject($0) }) else { return false }
            report = report ?? subject
        case .kos:
            guard let file = try? DICOMFile(reading: bytes) else { return false }
            manifest = manifest ?? ManifestSubject(bytes: bytes, file: file)
        case .dicom:
            guard let file = try? DICOMFile(reading: bytes) else { return false }
            let head = ImageHeader(file)
            images.append(
                ReceivedImage(name: head.sopInstanceUID ?? "image", mediaType: "application/dicom", head: head))
        case .mtom, .soap, .metadata:
            let (contentType, body) = FileReading.message(bytes)
            let message = SOAPMessage(reading: body, contentType: contentType)
            guard let submission = SubmissionSubject(message) else { return add(message) }
            entries += submission.request.submission.entries
            for document in submission.request.documents { _ = add(document.bytes) }
        case .hl7:
            guard let message = try? HL7Message(reading: bytes),
                let document = ReportTransmission(message)?.report?.bytes
            else { return false }
            return add(document)
        // The national list is no object of an exam: it is for the rules of the manifest.
        case .whitelist: return true
        case .xdm, .vihf, .wadoRequest, .wadoResponse, .contextCall, .healthcheck, nil: return false
        }
        return true
    }

    /// Takes in the entries and documents of an answer; a request of documents or images is for the rules of its answer.
    private mutating func add(_ message: SOAPMessage) -> Bool {
        guard let answer = AnswerSubject(message) else {
            return RetrieveRequestSubject(message) != nil || ImagingRequestSubject(message) != nil
        }
        entries += answer.submission.entries
        for document in answer.documents { _ = add(document.content?.bytes ?? []) }
        return true
    }
}
