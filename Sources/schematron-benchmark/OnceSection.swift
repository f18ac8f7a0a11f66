internal import Dispatch
internal import Schematron
internal import Synchronization
internal import XML

/// A process that compiles everything on two threads, judges one document and ends: what a user waits for.
struct OnceSection {
    let kit: Kit
    let options: Options

    private enum Compiled: Sendable {
        case schema(Result<Schema, XMLError>)
        case schematron(Int, Result<BoundSchema, SchematronError>)
    }

    init(_ options: Options) {
        kit = Kit(options)
        self.options = options
    }

    func run() throws {
        let document = try Document(contentsOfFile: options.document)
        let names = kit.schematrons(for: options.document, document)
        // The longest first: the XML Schema, then StrucMin.
        let order = names.indices.sorted { left, right in
            names[left].hasSuffix("StrucMin") && !names[right].hasSuffix("StrucMin")
        }
        let kit = kit
        let next = Atomic(-1)
        let results = Mutex<[Compiled]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            while true {
                let task = next.add(1, ordering: .relaxed).oldValue
                guard task < order.count else { return }
                let result: Compiled
                if task < 0 {
                    result = .schema(Result { () throws(XMLError) in try kit.schema() })
                } else {
                    let index = order[task]
                    result = .schematron(
                        index, Result { () throws(SchematronError) in try kit.schematron(names[index]) })
                }
                results.withLock { $0.append(result) }
            }
        }
        var schema: Schema?
        var schemas: [Int: BoundSchema] = [:]
        for result in results.withLock({ $0 }) {
            switch result {
            case .schema(let made): schema = try made.get()
            case .schematron(let index, let made): schemas[index] = try made.get()
            }
        }
        let violations = schema?.validate(document).count ?? 0
        let reports = Validator.validate(document, by: names.indices.compactMap { schemas[$0] })
        let failed = reports.filter { $0.verdict != .pass }.count
        tell("cold", "verdict", violations == 0 && failed == 0 ? 0 : 1, "faults")
        tell("cold", "peak memory", peakMemory(), "MB")
    }
}
