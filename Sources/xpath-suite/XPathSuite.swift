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
        let suite = SuiteRun(
            suite: URL(fileURLWithPath: options.suite), cases: options.cases.map { URL(fileURLWithPath: $0) },
            documents: options.documents.map { URL(fileURLWithPath: $0) })
        return try suite.run { outcome, suiteCase, set in
            if options.listsFailures { report(outcome, suiteCase, set) }
        }
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
