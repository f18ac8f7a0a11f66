internal import Conformance
internal import Dispatch
public import Schematron
internal import Synchronization
public import XML

/// Judges CDA documents by an official kit: its XML Schema, its generic Schematrons and the volet's own.
///
/// Schemas are compiled when they are first needed, once, and shared by threads.
public final class CDAJudge: Sendable {
    /// The kit.
    public let pack: OfficialPack

    private let library: SchemaLibrary
    private let limits: ValidationLimits
    private let schema = Shared<Schema, XMLError>()
    private let schematrons = Mutex<[String: Shared<BoundSchema, SchematronError>]>([:])

    /// A judge. An include that is absent is looked for without regard to letter case, as the kit's own platform does.
    ///
    /// - Parameter limits: how much work each Schematron may be on one document.
    public init(_ pack: OfficialPack, limits: ValidationLimits = .init()) {
        self.pack = pack
        self.limits = limits
        library = pack.library()
    }

    /// Judges the bytes of a document; what does not parse fails its layer `xml`, and the others are inconclusive.
    ///
    /// - Parameters:
    ///   - name: the file's name, which may tell the edition of the model.
    ///   - jobs: how many schemas may work at once.
    public func judge(_ bytes: [UInt8], name: String = "", jobs: Int = 1) -> PackJudgement {
        do {
            return judge(try Document(parsing: bytes, name: name), jobs: jobs)
        } catch {
            let syntax = LayerMaking.syntax(error)
            let reason = LocalizedText(
                fr: "Le document n'est pas du XML lisible", en: "The document is no readable XML")
            let others = ["xsd"] + pack.genericSchemas.map(OfficialPack.layer)
            return judgement([syntax] + others.map { PackLayer($0, .inconclusive, reason) })
        }
    }

    /// Judges a document.
    ///
    /// - Parameters:
    ///   - jobs: how many schemas may work at once.
    ///   - beside: other work on the document, which has its turn among the schemas.
    public func judge(
        _ document: Document, jobs: Int = 1, beside: @Sendable () -> Void = {}
    ) -> PackJudgement {
        let choice = pack.volet(for: document)
        var paths = pack.genericSchemas
        if case .volet(let volet, _) = choice { paths.append(volet.schema) }
        let outcomes = run(paths, document, jobs, beside)
        let hasFired = outcomes.contains { outcome in
            if case .report(let report) = outcome { return report.firedRules > 0 }
            return false
        }
        var layers = [PackLayer("xml", .pass)]
        var defects = PackDefects()
        for outcome in outcomes {
            layers.append(layer(outcome, hasFired: hasFired, &defects))
        }
        if case .volet(_, let note?) = choice, let last = layers.indices.last, layers[last].reason == nil {
            layers[last].reason = note
        }
        layers += LayerMaking.absent(pack.missingSchemas)
        if let layer = LayerMaking.volet(choice) { layers.append(layer) }
        return judgement(layers)
    }

    /// What the XML Schema of the kit says alone: the layer `xsd`.
    public func validateSchema(_ document: Document) -> PackLayer {
        var defects = PackDefects()
        return layer(validate(document), hasFired: false, &defects)
    }

    private func layer(_ outcome: Outcome, hasFired: Bool, _ defects: inout PackDefects) -> PackLayer {
        switch outcome {
        case .violations(let violations): LayerMaking.schema(violations)
        case .report(let report): LayerMaking.layer(report, hasFired: hasFired, &defects)
        case .failure(let layer, let message):
            PackLayer(
                layer, .error,
                LocalizedText(
                    fr: "Le schéma du kit est inutilisable : \(message)",
                    en: "The kit's schema cannot be used: \(message)"))
        }
    }

    private func judgement(_ layers: [PackLayer]) -> PackJudgement {
        PackJudgement(pack: pack.name, digest: pack.digest, layers: layers)
    }
}

extension CDAJudge {
    private enum Outcome: Sendable {
        case violations([SchemaViolation])
        case report(ValidationReport)
        case failure(layer: String, message: String)
    }

    /// What the XML Schema and then each Schematron says, in that order.
    private func run(
        _ paths: [String], _ document: Document, _ jobs: Int, _ beside: @Sendable () -> Void
    ) -> [Outcome] {
        guard jobs > 1 else {
            beside()
            return runInTurn(paths, document)
        }
        let found = Mutex<[Int: Outcome]>([:])
        // The longest work first: who ends early takes the next.
        let order = (0...paths.count).sorted { weight($0, paths) > weight($1, paths) }
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: min(jobs, order.count)) { _ in
            while true {
                let turn = next.withLock { turn in
                    defer { turn += 1 }
                    return turn
                }
                guard turn < order.count else {
                    if turn == order.count { beside() }
                    return
                }
                let index = order[turn]
                let outcome = index == 0 ? validate(document) : validate(document, by: paths[index - 1])
                found.withLock { $0[index] = outcome }
            }
        }
        let all = found.withLock { $0 }
        return (0...paths.count).compactMap { all[$0] }
    }

    private func weight(_ index: Int, _ paths: [String]) -> Int {
        guard index > 0 else { return 3 }
        if paths[index - 1].contains("StrucMin") { return 4 }
        return paths[index - 1].hasSuffix("terminologie.sch") ? 0 : 2
    }

    /// In turn the Schematrons share what they look up in the document.
    private func runInTurn(_ paths: [String], _ document: Document) -> [Outcome] {
        var outcomes = [validate(document)]
        let bound = paths.map { schematron($0) }
        var reports = Validator.validate(document, by: bound.compactMap { try? $0.get() }, limits: limits)[...]
        for (path, result) in zip(paths, bound) {
            switch result {
            case .success: if let report = reports.popFirst() { outcomes.append(.report(report)) }
            case .failure(let error):
                outcomes.append(.failure(layer: OfficialPack.layer(of: path), message: "\(error)"))
            }
        }
        return outcomes
    }

    private func validate(_ document: Document) -> Outcome {
        let path = pack.schemaPath
        let root = pack.folder + "/infrastructure"
        switch schema.value({ () throws(XMLError) in try Schema(contentsOfFile: path, root: root) }) {
        case .success(let schema): return .violations(schema.validate(document))
        case .failure(let error): return .failure(layer: "xsd", message: error.message)
        }
    }

    private func validate(_ document: Document, by path: String) -> Outcome {
        switch schematron(path) {
        case .success(let schema): return .report(Validator(schema, limits: limits).validate(document))
        case .failure(let error): return .failure(layer: OfficialPack.layer(of: path), message: "\(error)")
        }
    }

    private func schematron(_ path: String) -> Result<BoundSchema, SchematronError> {
        let shared = schematrons.withLock { table in
            if let shared = table[path] { return shared }
            let shared = Shared<BoundSchema, SchematronError>()
            table[path] = shared
            return shared
        }
        return shared.value { () throws(SchematronError) in try BoundSchema(reading: path, in: library) }
    }
}
