internal import Foundation

/// Runs a catalogue in the W3C QT3 form over the XPath engine.
///
///     xpath-suite --suite DIR --cases FILE.tsv [--documents DIR] [--list-failures] [--format text|json]
@main
enum XPathSuite {
    private struct Options {
        var suite = ""
        var cases: String?
        var documents: String?
        var listsFailures = false
        var isJSON = false
    }

    private static let usage = """
        usage: xpath-suite --suite DIR [--cases FILE.tsv] [--documents DIR] [--list-failures] [--format text|json]
        """

    static func main() {
        guard let options = options(CommandLine.arguments.dropFirst()) else {
            FileHandle.standardError.write(Data((usage + "\n").utf8))
            exit(64)
        }
        do {
            let tally = try run(options)
            print(options.isJSON ? tally.json : tally.text)
        } catch {
            FileHandle.standardError.write(Data("xpath-suite: \(error)\n".utf8))
            exit(2)
        }
    }

    private static func options(_ arguments: ArraySlice<String>) -> Options? {
        var options = Options()
        var rest = arguments
        while let argument = rest.popFirst() {
            switch argument {
            case "--list-failures": options.listsFailures = true
            case "--suite", "--cases", "--documents", "--format":
                guard let value = rest.popFirst() else { return nil }
                switch argument {
                case "--suite": options.suite = value
                case "--cases": options.cases = value
                case "--documents": options.documents = value
                default:
                    guard value == "text" || value == "json" else { return nil }
                    options.isJSON = value == "json"
                }
            default: return nil
            }
        }
        return options.suite.isEmpty ? nil : options
    }

    private static func run(_ options: Options) throws -> Tally {
        let folder = URL(fileURLWithPath: options.suite)
        let catalogue = try Catalogue(folder: folder)
        var wanted: [String: Set<String>]?
        if let path = options.cases { wanted = try caseList(path) }
        let host = SuiteHost(folder: options.documents.map { URL(fileURLWithPath: $0) } ?? folder)
        let runner = CaseRunner(host: host)
        var tally = Tally()
        for set in catalogue.sets {
            if let wanted, wanted[set.name] == nil { continue }
            guard wanted != nil || catalogue.has(set.file) else { continue }
            var missing = wanted?[set.name] ?? []
            for suiteCase in try catalogue.cases(set.file) {
                if let wanted, wanted[set.name]?.contains(suiteCase.name) != true { continue }
                missing.remove(suiteCase.name)
                let outcome = runner.run(suiteCase)
                tally.add(outcome, set: set.name)
                if options.listsFailures { report(outcome, suiteCase, set.name) }
            }
            for name in missing { tally.add(.unsupported("the suite has no case \(name)"), set: set.name) }
        }
        return tally
    }

    /// The cases by set of a table whose first two columns are set and case.
    private static func caseList(_ path: String) throws -> [String: Set<String>] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var result: [String: Set<String>] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 2 else { continue }
            result[String(fields[0]), default: []].insert(String(fields[1]))
        }
        return result
    }

    private static func report(_ outcome: Outcome, _ suiteCase: SuiteCase, _ set: String) {
        let line: String
        switch outcome {
        case .pass: return
        case .passOtherCode(let message): line = "other code\t\(set)\t\(suiteCase.name)\t\(message)"
        case .fail(let message): line = "fail\t\(set)\t\(suiteCase.name)\t\(message)"
        case .unsupported(let reason): line = "unsupported\t\(set)\t\(suiteCase.name)\t\(reason)"
        }
        let flat = line.replacingOccurrences(of: "\n", with: " ")
        FileHandle.standardError.write(Data((flat + "\n").utf8))
    }
}

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

    mutating func add(_ outcome: Outcome, set: String) {
        let field: WritableKeyPath<Counts, Int>
        switch outcome {
        case .pass: field = \.pass
        case .passOtherCode: field = \.passOtherCode
        case .fail: field = \.fail
        case .unsupported: field = \.unsupported
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
        return lines.joined(separator: "\n")
    }
}
