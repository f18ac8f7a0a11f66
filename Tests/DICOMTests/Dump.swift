import TestSupport

extension Tool {
    /// The values of `dcmdump +L`, in the order of the file: depth, tag, VR, text between brackets or nil.
    static func dump(_ bytes: [UInt8]) throws -> [DumpLine] {
        try withFile(bytes) { path in
            try run(["dcmdump", "+L", "-Un", "+R", "100000", path]).text.split(separator: "\n").compactMap {
                DumpLine($0)
            }
        }
    }

    struct DumpLine: Hashable {
        let depth: Int, tag: String, vr: String, value: String?

        init?(_ line: Substring) {
            let indent = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indent)
            guard rest.first == "(", rest.count > 15 else { return nil }
            depth = indent / 2
            tag = rest.prefix(11).uppercased()
            vr = String(rest.dropFirst(12).prefix(2))
            let text = rest.dropFirst(15)
            if text.first == "[", let end = text.lastIndex(of: "]") {
                value = String(text[text.index(after: text.startIndex)..<end])
            } else {
                value = nil
            }
        }
    }
}
