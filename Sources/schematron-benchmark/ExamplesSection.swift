internal import Schematron
internal import XML

/// All examples of the kit in one process with all their Schematrons.
struct ExamplesSection {
    let kit: Kit
    let options: Options

    init(_ options: Options) {
        kit = Kit(options)
        self.options = options
    }

    func run() throws {
        let schema = try kit.schema()
        var compiled: [String: BoundSchema] = [:]
        var cases: [(document: Document, schemas: [BoundSchema])] = []
        var compiling = Timing()
        for file in kit.examples() {
            let document = try Document(contentsOfFile: file)
            var schemas: [BoundSchema] = []
            for name in kit.schematrons(for: file, document) {
                if let known = compiled[name] {
                    schemas.append(known)
                } else {
                    let made = try compiling.measure { try kit.schematron(name) }
                    compiled[name] = made
                    schemas.append(made)
                }
            }
            cases.append((document, schemas))
        }
        var floor = Timing()
        var verdict = Timing()
        var first = Timing()
        for round in 0...max(3, options.rounds / 6) {
            var floorSum = 0.0
            var verdictSum = 0.0
            for (document, schemas) in cases {
                var one = Timing()
                _ = one.measure { schema.validate(document) }
                floorSum += one.median
                var other = Timing()
                try other.measure { () throws(XMLError) in
                    let document = try Document(parsing: document.bytes)
                    _ = schema.validate(document)
                    _ = Validator.validate(document, by: schemas)
                }
                verdictSum += other.median
            }
            if round == 0 {
                first.add(verdictSum)
            } else {
                floor.add(floorSum)
                verdict.add(verdictSum)
            }
        }
        tell("examples", "documents", Double(cases.count), "")
        tell("examples", "Schematron runs", Double(cases.map(\.schemas.count).reduce(0, +)), "")
        tell("examples", "compile of \(compiled.count) Schematrons", compiling.milliseconds.reduce(0, +))
        tell("examples", "floor", floor.median)
        tell("examples", "whole verdicts, the first time", first.median)
        tell("examples", "whole verdicts", verdict.median)
        let steps = cases.flatMap { Validator.validate($0.document, by: $0.schemas).map(\.steps) }.max() ?? 0
        tell("examples", "most steps of a Schematron", Double(steps), "")
        tell("examples", "peak memory", peakMemory(), "MB")
    }
}
