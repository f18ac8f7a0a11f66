internal import Schematron
internal import XML

/// One document again and again in one process, everything compiled before.
///
/// A round measures each part once, so that whatever slows the machine slows them alike.
struct WarmSection {
    let kit: Kit
    let options: Options

    init(_ options: Options) {
        kit = Kit(options)
        self.options = options
    }

    func run() throws {
        var compiling = Timing()
        let schema = try compiling.measure { try kit.schema() }
        tell("compile", "XML Schema", compiling.median)
        let original = try Document(contentsOfFile: options.document)
        let bytes = original.bytes
        let names = kit.schematrons(for: options.document, original)
        var schemas: [BoundSchema] = []
        for name in names {
            var timing = Timing()
            schemas.append(try timing.measure { try kit.schematron(name) })
            tell("compile", Kit.lastSegment(name), timing.median)
        }
        var floor = Timing()
        var parse = Timing()
        var each = [Timing](repeating: Timing(), count: schemas.count)
        var six = Timing()
        var verdict = Timing()
        for round in 0..<options.rounds + 3 {
            if round == 3 {
                // The first rounds read value sets and warm the caches.
                (floor, parse, six, verdict) = (Timing(), Timing(), Timing(), Timing())
                each = [Timing](repeating: Timing(), count: schemas.count)
            }
            _ = floor.measure { schema.validate(original) }
            let document = try parse.measure { () throws(XMLError) in try Document(parsing: bytes) }
            for index in schemas.indices {
                _ = each[index].measure { Validator(schemas[index]).validate(document) }
            }
            _ = six.measure { Validator.validate(document, by: schemas) }
            _ = try verdict.measure { () throws(XMLError) in
                let document = try Document(parsing: bytes)
                let violations = schema.validate(document)
                return (violations, Validator.validate(document, by: schemas))
            }
        }
        tell("warm", "floor: libxml2 parse and XML Schema", floor.median)
        tell("warm", "parse into the tree", parse.median)
        for (name, timing) in zip(names, each) { tell("warm", Kit.lastSegment(name), timing.median) }
        tell("warm", "all Schematrons together", six.median)
        tell("warm", "whole verdict", verdict.median)
        tell("warm", "peak memory", peakMemory(), "MB")
        for report in Validator.validate(original, by: schemas) {
            tell("counts", Kit.lastSegment(report.schema.name), Double(report.firedRules), "fired rules")
        }
    }
}
