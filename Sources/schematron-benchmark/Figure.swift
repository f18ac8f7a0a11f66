/// One number that was measured, or why there is none.
struct Figure {
    let group: String
    let name: String
    let value: Double
    let unit: String
    /// What it must not exceed, or with `isAtLeast`, must reach.
    var limit: Double?
    var isAtLeast = false

    /// Whether the limit is kept; nil where there is none.
    var isMet: Bool? { limit.map { isAtLeast ? value >= $0 : value <= $0 } }

    init(_ group: String, _ name: String, _ value: Double, _ unit: String) {
        self.group = group
        self.name = name
        self.value = value
        self.unit = unit
    }

    /// A ratio with its limit.
    init(ratio name: String, _ value: Double, atMost limit: Double) {
        self.init("ratio", name, value, "times")
        self.limit = limit
    }

    init(ratio name: String, _ value: Double, atLeast limit: Double) {
        self.init(ratio: name, value, atMost: limit)
        isAtLeast = true
    }

    /// The line that a section's process writes for the one that started it.
    var line: String { "\(group)\t\(name)\t\(value)\t\(unit)" }

    init?(line: Substring) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard parts.count == 4, let value = Double(String(parts[2])) else { return nil }
        self.init(String(parts[0]), String(parts[1]), value, String(parts[3]))
    }
}

/// The figures of a run and what could not be measured.
struct FigureList {
    var figures: [Figure] = []
    var remarks: [String] = []

    subscript(group: String, name: String) -> Double? {
        figures.first { $0.group == group && $0.name == name }?.value
    }

    var text: String {
        var text = ""
        var group = ""
        let width = figures.map(\.name.count).max() ?? 0
        for figure in figures {
            if figure.group != group {
                group = figure.group
                text += (text.isEmpty ? "" : "\n") + group + "\n"
            }
            let number = Self.number(figure.value)
            text += "  " + figure.name + String(repeating: " ", count: width - figure.name.count)
            text += String(repeating: " ", count: max(1, 12 - number.count)) + number + " " + figure.unit
            if let limit = figure.limit, let isMet = figure.isMet {
                text += "  (\(figure.isAtLeast ? "at least" : "at most") \(Self.number(limit)): "
                text += isMet ? "kept)" : "NOT kept)"
            }
            text += "\n"
        }
        if !remarks.isEmpty { text += "\n" + remarks.map { "note: \($0)\n" }.joined() }
        return text
    }

    var json: String {
        let lines = figures.map { figure in
            var line = "{\"group\":\(Self.quoted(figure.group)),\"name\":\(Self.quoted(figure.name)),"
            line += "\"value\":\(figure.value),\"unit\":\(Self.quoted(figure.unit))"
            if let limit = figure.limit, let isMet = figure.isMet {
                line += ",\"\(figure.isAtLeast ? "atLeast" : "atMost")\":\(limit),\"kept\":\(isMet)"
            }
            return line + "}"
        }
        let notes = remarks.map(Self.quoted).joined(separator: ",")
        return "{\"figures\":[\n" + lines.joined(separator: ",\n") + "\n],\"notes\":[\(notes)]}\n"
    }

    /// Three digits after the point, none for large numbers.
    private static func number(_ value: Double) -> String {
        let digits = abs(value) >= 1000 ? 0 : abs(value) >= 100 ? 1 : abs(value) >= 10 ? 2 : 3
        let scale = [1, 10, 100, 1000][digits]
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 ? "-" : ""
        guard digits > 0 else { return sign + String(scaled) }
        let fraction = String(scaled % scale)
        return sign + String(scaled / scale) + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            default: result += scalar.value < 0x20 ? " " : String(scalar)
            }
        }
        return result + "\""
    }
}
