internal import Cryptography

/// The digest over what fired.
enum FiredDigest {
    static func hexadecimal(_ report: ValidationReport) -> String {
        let digest = MessageDigest(.sha1)
        var line: [UInt8] = []
        for firing in report.firings {
            line.removeAll(keepingCapacity: true)
            line += String(firing.pattern).utf8
            line.append(0x09)
            line += report.schema.rules[Int(firing.rule)].rule.context.utf8
            line.append(0x0A)
            digest.update(line)
        }
        return digest.hexadecimal()
    }
}
