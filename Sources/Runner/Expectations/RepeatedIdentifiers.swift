internal import Conformance
internal import XDS

extension JudgementContext {
    /// What says that an identifier is known already: the submission is refused for that alone.
    private static let codes: [XDSErrorCode] = [.duplicateUniqueIDInRegistry, .nonIdenticalHash]

    /// Why `response` shows nothing of what the step asks: the system knows the identifiers of the submission already, as
    /// after an earlier run with the same seed, and refuses it for that alone. Nil where it says anything else, and where the
    /// step is about such a refusal.
    func repetition(_ response: RegistryResponse) -> Judgement? {
        let errors = response.errors.filter { !$0.isWarning }
        guard !errors.isEmpty, errors.allSatisfy({ Self.codes.contains($0.code) }), !expectsRepetition else {
            return nil
        }
        let told = errors.map { "\($0.code.rawValue): \($0.context)" }.joined(separator: "; ")
        let seed = services.seed
        return .withheld(
            .inconclusive,
            fr:
                "Le système refuse la soumission parce qu'il en connaît déjà un identifiant (\(told)), et non pour ce que"
                + " l'étape examine. Si la graine \(seed) a déjà été rejouée sur ce système, relancez avec une autre :"
                + " --seed N, ou sans --seed",
            en:
                "The system refuses the submission because it knows one of its identifiers already (\(told)), not for what"
                + " the step looks at. If the seed \(seed) was replayed on this system before, run again with another one:"
                + " --seed N, or without --seed")
    }

    /// Whether the step names a code of a repetition, or expects one in any other way.
    private var expectsRepetition: Bool {
        let names = Set(Self.codes.map(\.rawValue))
        return siblings.contains { $0.kind == "errorCode" && !names.isDisjoint(with: $0.argument.scalars) }
    }
}

extension SourceValue {
    /// Every scalar in it.
    fileprivate var scalars: [String] {
        switch self {
        case .scalar(let text, _): [text]
        case .list(let items, _): items.flatMap(\.scalars)
        case .map(let entries, _): entries.flatMap(\.value.scalars)
        }
    }
}
