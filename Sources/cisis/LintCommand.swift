import ArgumentParser
import Conformance
import Runner

/// `cisis lint`: judges scenarios and profiles without any system under test.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check scenarios and profiles without any system under test.",
        discussion: "Example: cisis lint Profiles/dim")

    @Argument(help: "Files or folders (default: the data root).")
    var paths: [String] = []

    @OptionGroup var common: CommonOptions

    func run() throws {
        let rules = RequirementCatalogue.ruleIDs
        let errors =
            paths.isEmpty
            ? Linter.lint(dataRoot: try common.dataRoot(), rules: rules) : Linter.lint(paths: paths, rules: rules)
        guard errors.isEmpty else { throw Ending.authors(errors) }
        if !common.quiet { Terminal.say(common.language == .fr ? "aucune erreur" : "no error") }
    }
}
