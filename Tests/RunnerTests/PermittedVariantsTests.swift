import Conformance
import Runner
import Testing

/// What the norm leaves open must not be called a fault: samples of others are not written as the project writes.
@Suite("Permitted variants of right messages")
struct PermittedVariantsTests {
    private static func validator(_ profile: JudgementProfile, _ level: JudgementLevel) async throws -> FileValidator {
        var options = FileValidator.Options(dataRoot: Checkout.root)
        options.profile = profile
        options.level = level
        return try await FileValidator(options)
    }

    @Test("No variant has an error, in a capture or as in a run", arguments: PermittedVariant.all)
    func permitted(_ variant: PermittedVariant) async throws {
        let bytes = try variant.make()
        for profile in variant.profiles {
            for level in [JudgementLevel.capture, .run] {
                let judgement = await (try Self.validator(profile, level)).validate(bytes, name: variant.name)
                let violations = judgement.layers.flatMap(\.findings).filter { $0.severity == .violation }
                #expect(
                    violations.isEmpty,
                    "\(profile) \(level): \(violations.map { "\($0.check) \($0.message.en) \($0.actual ?? "")" })")
                #expect(judgement.verdict == .pass, "\(judgement.layers.filter { $0.verdict != .pass })")
                #expect(judgement.kind != nil)
            }
        }
    }

    @Test("There are at least 40, and no two have one name")
    func count() {
        #expect(PermittedVariant.all.count >= 40)
        #expect(Set(PermittedVariant.all.map(\.name)).count == PermittedVariant.all.count)
    }
}
