import ArgumentParser
import Schematron

/// How much work Schematrons may be on one document.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The most steps of one Schematron on one document; asserts beyond it are not judged, and said.",
            valueName: "count"))
    var maxSteps: Int?

    @Option(help: ArgumentHelp("The most time of the Schematrons on one document.", valueName: "seconds"))
    var timeout: Double?

    func validate() throws {
        if let maxSteps, maxSteps < 1 { throw ValidationError("--max-steps must be at least 1") }
        if let timeout, !(timeout > 0 && timeout <= 86_400) { throw ValidationError("--timeout must be above 0") }
    }

    var limits: ValidationLimits {
        var limits = ValidationLimits()
        if let maxSteps { (limits.stepsPerSchema, limits.stepsPerExpression) = (maxSteps, maxSteps) }
        limits.time = timeout.map { .seconds($0) }
        return limits
    }
}
