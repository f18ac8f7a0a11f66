/// Counts of outcomes, by set and in total.
struct Tally {
    struct Counts {
        var pass = 0
        var passOtherCode = 0
        var fail = 0
        var unsupported = 0

        var json: String {
            "{\"pass\": \(pass), \"passOtherCode\": \(passOtherCode), \"fail\": \(fail), \"unsupported\": \(unsupported)}"
        }
    }

    private(set) var total = Counts()
    private var sets: [String: Counts] = [:]
    private var reasons: [String: Int] = [:]

    mutating func add(_ outcome: Outcome, set: String) {
        let field: WritableKeyPath<Counts, Int>
        switch outcome {
        case .pass: field = \.pass
        case .passOtherCode: field = \.passOtherCode
        case .fail: field = \.fail
        case .unsupported(let reason):
            field = \.unsupported
            reasons[reason, default: 0] += 1
        }
        total[keyPath: field] += 1
        sets[set, default: Counts()][keyPath: field] += 1
    }

    var json: String {
        let members = sets.sorted { $0.key < $1.key }.map { "    \"\($0.key)\": \($0.value.json)" }
        return "{\n  \"total\": \(total.json),\n  \"sets\": {\n\(members.joined(separator: ",\n"))\n  }\n}"
    }

    var text: String {
        var lines = ["pass\tother code\tfail\tunsupported\tset"]
        for (name, counts) in sets.sorted(by: { $0.key < $1.key }) + [("total", total)] {
            lines.append(
                "\(counts.pass)\t\(counts.passOtherCode)\t\(counts.fail)\t\(counts.unsupported)\t\(name)")
        }
        if !reasons.isEmpty {
            lines += ["", "unsupported\treason"]
            lines += reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value)\t\($0.key)" }
        }
        return lines.joined(separator: "\n")
    }
}
