internal import Foundation

/// One run of a catalogue.
struct SuiteRun {
    /// The folder of `catalog.xml` and the sets.
    let suite: URL
    /// A table whose first two columns are set and case; nil runs all cases that are there.
    let cases: URL?
    /// The folder of the documents, where it is another one.
    let documents: URL?

    /// Runs the cases, tells `observe` of each, and counts.
    func run(_ observe: (Outcome, SuiteCase, String) -> Void) throws -> Tally {
        let catalogue = try Catalogue(folder: suite)
        let wanted = try cases.map(caseList)
        let runner = CaseRunner(host: SuiteHost(folder: documents ?? suite))
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
                observe(outcome, suiteCase, set.name)
            }
            for _ in missing { tally.add(.unsupported("the suite has no such case"), set: set.name) }
        }
        return tally
    }

    private func caseList(_ file: URL) throws -> [String: Set<String>] {
        let text = try String(contentsOf: file, encoding: .utf8)
        var result: [String: Set<String>] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 2 else { continue }
            result[String(fields[0]), default: []].insert(String(fields[1]))
        }
        return result
    }
}
