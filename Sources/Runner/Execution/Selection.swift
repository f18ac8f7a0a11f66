public import Conformance

/// Which scenarios of the loaded profiles a run replays.
public struct Selection: Sendable {
    /// Scenario ids or globs; empty: every scenario.
    public var scenarios: [String]
    public var profile: String?
    public var role: String?
    public var requirements: [String]
    public var tags: [String]

    /// A selection; what is not given does not narrow it.
    public init(
        scenarios: [String] = [], profile: String? = nil, role: String? = nil, requirements: [String] = [],
        tags: [String] = []
    ) {
        self.scenarios = scenarios
        self.profile = profile
        self.role = role
        self.requirements = requirements
        self.tags = tags
    }

    /// Whether `scenario` is in.
    public func contains(_ scenario: Scenario) -> Bool {
        if let profile, !Self.matches(profile, scenario.profile), !scenario.profile.hasPrefix(profile + "/") {
            return false
        }
        if let role, !Self.matches(role, scenario.role) { return false }
        if !tags.isEmpty, !tags.contains(where: { tag in scenario.tags.contains { Self.matches(tag, $0) } }) {
            return false
        }
        if !requirements.isEmpty,
            !requirements.contains(where: { id in scenario.requirements.contains { Self.matches(id, $0.id) } })
        {
            return false
        }
        guard !scenarios.isEmpty else { return true }
        return scenarios.contains { name in
            Self.matches(name, scenario.id) || scenario.location.file == name
                || scenario.location.file.hasSuffix("/" + name)
        }
    }

    /// Refuses a name that no scenario has: a typo must not narrow a run unseen.
    ///
    /// - Throws: `RunError` with `usage`, with what may have been meant.
    func checkNames(_ all: [Scenario]) throws(RunError) {
        func check(_ noun: String, _ names: [String], _ candidates: [String], _ isIn: (String, Scenario) -> Bool)
            throws(RunError)
        {
            for name in names where !all.contains(where: { isIn(name, $0) }) {
                let near = Suggestion.nearest(to: name, among: candidates).map { ": did you mean '\($0)'?" } ?? ""
                throw RunError(.usage, "no scenario has the \(noun) '\(name)'\(near)")
            }
        }
        try check("id", scenarios, all.map(\.id)) { Selection(scenarios: [$0]).contains($1) }
        try check("profile", profile.map { [$0] } ?? [], all.map(\.profile)) { Selection(profile: $0).contains($1) }
        try check("role", role.map { [$0] } ?? [], all.map(\.role)) { Selection(role: $0).contains($1) }
        try check("requirement", requirements, all.flatMap { $0.requirements.map(\.id) }) {
            Selection(requirements: [$0]).contains($1)
        }
        try check("tag", tags, all.flatMap(\.tags)) { Selection(tags: [$0]).contains($1) }
    }

    /// Whether `text` matches the glob `pattern`: `*` any run of characters, `?` any one.
    public static func matches(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.utf8)
        let text = Array(text.utf8)
        var (p, t) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == UInt8(ascii: "?") {
                p += 1
                t += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                p = last.pattern + 1
                t = last.text + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
