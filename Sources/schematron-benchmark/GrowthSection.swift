internal import Schematron
internal import XML

/// The document with its body's content repeated, up to 64 times.
struct GrowthSection {
    let kit: Kit
    let options: Options

    init(_ options: Options) {
        kit = Kit(options)
        self.options = options
    }

    func run() throws {
        let schema = try kit.schema()
        let original = try Document(contentsOfFile: options.document)
        let schemas = try kit.schematrons(for: options.document, original).map { try kit.schematron($0) }
        guard let growing = GrowingDocument(original) else { return }
        var points: [(size: Double, time: Double)] = []
        for factor in [1, 2, 4, 8, 16, 32, 64] {
            let bytes = growing.bytes(repeated: factor)
            let document = try Document(parsing: bytes)
            var floor = Timing()
            var verdict = Timing()
            for round in 0...max(3, options.rounds / factor) {
                if round == 1 { (floor, verdict) = (Timing(), Timing()) }
                _ = floor.measure { schema.validate(document) }
                try verdict.measure { () throws(XMLError) in
                    let document = try Document(parsing: bytes)
                    _ = schema.validate(document)
                    _ = Validator.validate(document, by: schemas)
                }
            }
            points.append((Double(document.nodes.count), verdict.median))
            tell("growth", "\(factor)×: nodes", Double(document.nodes.count), "")
            tell("growth", "\(factor)×: bytes", Double(bytes.count), "")
            tell("growth", "\(factor)×: violations of the XML Schema", Double(schema.validate(document).count), "")
            let steps = Validator.validate(document, by: schemas).map(\.steps).max() ?? 0
            tell("growth", "\(factor)×: most steps of a Schematron", Double(steps), "")
            tell("growth", "\(factor)×: floor", floor.median)
            tell("growth", "\(factor)×: whole verdict", verdict.median)
        }
        tell("growth", "exponent over nodes", growthExponent(points), "")
        tell("growth", "peak memory", peakMemory(), "MB")
    }
}

/// Makes larger documents of one: the content of `structuredBody` again and again, with ids of its own each time, and
/// texts of more than 64 kB (images) cut to 4 kB, so that what grows is the count of nodes.
struct GrowingDocument {
    private let head: ArraySlice<UInt8>
    private let body: [UInt8]
    private let tail: ArraySlice<UInt8>

    init?(_ document: Document) {
        let bytes = document.bytes
        guard let element = document.documentElement.descendants("structuredBody", in: "urn:hl7-org:v3").first,
            let start = element.elements.first?.byteOffset
        else { return nil }
        let end = Self.lastOffset(of: Array("</\(element.qualifiedName)".utf8), in: bytes)
        guard let end, end > start else { return nil }
        head = bytes[..<start]
        body = Self.withoutLongTexts(bytes[start..<end])
        tail = bytes[end...]
    }

    func bytes(repeated factor: Int) -> [UInt8] {
        var result = Array(head)
        for copy in 0..<factor { result += copy == 0 ? body : renamed(copy) }
        return result + tail
    }

    private func renamed(_ copy: Int) -> [UInt8] {
        let mark = Array(" ID=\"".utf8)
        let addition = Array("copy\(copy)-".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(body.count + body.count / 32)
        for index in body.indices {
            result.append(body[index])
            if index >= 4, body[index] == mark[4], body[(index - 4)...index].elementsEqual(mark) { result += addition }
        }
        return result
    }

    private static func lastOffset(of text: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= text.count else { return nil }
        return (0...(bytes.count - text.count)).last { bytes[$0..<($0 + text.count)].elementsEqual(text) }
    }

    private static func withoutLongTexts(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes
        while !rest.isEmpty {
            let text = rest.prefix { $0 != 0x3C }
            result += text.count > 65536 ? text.prefix(4096) : text
            rest = rest[text.endIndex...]
            let tag = rest.prefix { $0 != 0x3E }
            result += tag
            rest = rest[tag.endIndex...]
        }
        return result
    }
}
