internal import Dispatch
internal import Glibc
internal import Synchronization
internal import XML

/// One Schematron on files: what `cisis schematron` does, without its words on the command line.
///
///     let runner = try SchematronRunner(schemaFile: "kit/schematrons/profils/IHE.sch", options: .init())
///     let status = runner.run(["report.xml"]) { output in … }
public struct SchematronRunner: Sendable {
    /// How reports are written.
    public enum Format: String, Sendable, CaseIterable {
        /// For a reader.
        case text
        /// SVRL as the norm has it.
        case svrl
        /// SVRL as the official kit writes it.
        case svrlANS = "svrl-ans"
        /// One JSON object a line, see `JSONLinesWriter`.
        case jsonLines = "jsonl"
    }

    /// What may be chosen.
    public struct Options: Sendable {
        /// The phase; nil for the schema's default one, `#ALL` for all patterns.
        public var phase: String?
        /// Whether the first error of an expression ends the run, as it ends the reference's.
        public var isStrict = false
        /// Whether an include that is absent is looked for without regard to letter case.
        public var ignoresIncludeCase = false
        /// The folder that all is read from; nil for the kit's that the schema stands in, else the schema's folder.
        public var root: String?
        /// Folders laid out as the root, whose files come first.
        public var overlays: [String] = []
        /// How much work the judgement of one document may be.
        public var limits = ValidationLimits()
        /// How many documents are judged at once.
        public var jobs = 1
        /// How reports are written.
        public var format = Format.text
        /// The language of the text format.
        public var language = TextWriter.Language.french
        /// What `dateHeure` shows in the kit's SVRL.
        public var date = ""

        /// The defaults: one job, text, not strict.
        public init() {}
    }

    /// What comes of a file.
    public enum Output: Sendable {
        /// The report as chosen by `Options.format`, with its line feed.
        case report(String)
        /// A file that cannot be judged, and why.
        case failure(String)
    }

    /// The compiled schema.
    public let schema: BoundSchema
    private let options: Options

    /// Reads and compiles a schema.
    public init(schemaFile: String, options: Options) throws(SchematronError) {
        let root = options.root ?? SchemaLibrary.root(forSchema: schemaFile)
        let library = SchemaLibrary(
            root: root, overlays: options.overlays, ignoresIncludeCase: options.ignoresIncludeCase)
        let relative = library.relativePath(of: schemaFile) ?? library.relativePath(of: root + "/" + schemaFile)
        guard let relative else {
            throw SchematronError(
                .unreadable, "the schema is absent, or does not stand below the root \(root)",
                at: SourcePlace(file: schemaFile))
        }
        schema = try BoundSchema(reading: relative, phase: options.phase, in: library)
        self.options = options
    }

    /// Judges files and gives what comes of them in the order of `files`.
    ///
    /// Gives the exit code: 0 if all conform, 1 if any does not, 2 if any could not be judged or there is none.
    public func run(_ files: [String], _ emit: (Output) -> Void) -> Int32 {
        var status: Int32 = files.isEmpty ? 2 : 0
        let jobs = max(1, min(options.jobs, files.count))
        // Reports are told in order, a slice of the files at a time: memory stays that of a few reports.
        let size = jobs == 1 ? 1 : jobs * 16
        for start in stride(from: 0, to: files.count, by: size) {
            for (output, code) in judge(Array(files[start..<min(start + size, files.count)]), jobs) {
                emit(output)
                // A proven fault is never hidden by a file that could not be judged.
                if code == 1 || status == 0 { status = code }
            }
        }
        return status
    }

    private func judge(_ files: [String], _ jobs: Int) -> [(Output, Int32)] {
        if files.count == 1 || jobs == 1 { return files.map { judge($0) } }
        let next = Atomic(0)
        let results = Mutex<[Int: (Output, Int32)]>([:])
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < files.count else { return }
                let result = judge(files[index])
                results.withLock { $0[index] = result }
            }
        }
        let made = results.withLock { $0 }
        return files.indices.compactMap { made[$0] }
    }

    /// Judges one file and writes the report.
    private func judge(_ file: String) -> (Output, Int32) {
        guard let bytes = FileAccess.read(file) else {
            return (.failure("\(file): the file cannot be read: give the path of an ordinary file"), 2)
        }
        do {
            let document = try Document(parsing: bytes, name: file)
            let report = Validator(schema, isStrict: options.isStrict, limits: options.limits).validate(document)
            return (.report(write(report, file)), status(report))
        } catch {
            return (.failure("\(file):\(error.line):\(error.column): not well-formed: \(error.message)"), 2)
        }
    }

    private func status(_ report: ValidationReport) -> Int32 {
        switch report.verdict {
        case .pass: 0
        case .fail: 1
        case .inconclusive, .error: 2
        }
    }

    private func write(_ report: ValidationReport, _ file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        switch options.format {
        case .text: return TextWriter.text(report, file: file, language: options.language)
        case .jsonLines:
            let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
            return JSONLinesWriter.line(report, document: stem) + "\n"
        case .svrl, .svrlANS:
            let bytes = SVRLWriter.bytes(
                report, flavour: options.format == .svrl ? .iso : .kit, documentName: name, date: options.date)
            return String(decoding: bytes, as: UTF8.self) + "\n"
        }
    }
}
