import ArgumentParser
import Conformance
import Packs
import Runner

/// `cisis lint`: judges scenarios, profiles and Schematrons without any system under test.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check scenarios, profiles and Schematrons without any system under test.",
        discussion: """
            Examples:
              cisis lint Profiles/dim
              cisis lint Schematron/cda/imaging-report.sch
            """)

    @Argument(help: "Files or folders (default: the data root).")
    var paths: [String] = []

    @OptionGroup var common: CommonOptions

    func run() throws {
        let root = paths.isEmpty ? try common.dataRoot() : ""
        let schemas = SchematronLint(paths.isEmpty ? [root + "/Schematron"] : paths)
        let written = paths.filter { !$0.hasSuffix(".sch") }
        let scenarios =
            paths.isEmpty || !written.isEmpty ? ScenarioFiles(paths: written, dataRoot: root).errors : []
        for note in schemas.notes { Terminal.say("\(common.language == .fr ? "remarque" : "note"): \(note)") }
        let errors = scenarios + schemas.errors
        guard errors.isEmpty else { throw Ending.authors(errors) }
        if !common.quiet { Terminal.say(common.language == .fr ? "aucune erreur" : "no error") }
    }
}

/// What `cisis lint` looks at.
private struct ScenarioFiles {
    let paths: [String]
    let dataRoot: String

    /// Every error: of the YAML, then of the steps as a run would read them.
    var errors: [LoadError] {
        let rules = RequirementCatalogue.ruleIDs
        let written =
            paths.isEmpty ? Linter.lint(dataRoot: dataRoot, rules: rules) : Linter.lint(paths: paths, rules: rules)
        guard written.isEmpty else { return written }
        let scenarios =
            paths.isEmpty
            ? ProfileLoader.load(dataRoot: dataRoot, rules: rules).value?.flatMap(\.scenarios) ?? []
            : Linter.scenarios(paths: paths, rules: rules)
        return ScenarioLint.errors(scenarios)
    }
}
