import Conformance
import Foundation
import HTTP
import HTTPServing
import Runner

/// A folder that goes with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let file = path + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    func write(_ text: String, to name: String) throws -> String { try write(text.utf8, to: name) }
}

enum Checkout {
    /// The data root of the project.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static func profiles() throws -> [Profile] {
        try ProfileLoader.loadProfiles(dataRoot: root, rules: RequirementCatalogue.ruleIDs)
    }
}

/// Counts what an observer is told.
actor Observer: RunObserver {
    private(set) var total = 0
    private(set) var notices: [WaitingNotice] = []
    private(set) var started: [String] = []
    private(set) var ended: [String] = []

    func willStart(_ total: Int) { self.total = total }
    func didStart(_ scenario: Scenario) { started.append(scenario.id) }
    func isWaiting(_ notice: WaitingNotice) { notices.append(notice) }
    func didEnd(_ record: ScenarioRecord) { ended.append(record.id) }
}

/// Runs the scenarios of the project, or one that a test writes.
enum Replay {
    static func record(
        _ folder: TemporaryFolder, selection: Selection = Selection(), jobs: Int = 2, target: SystemUnderTest? = nil,
        misbehaviors: [String] = [], seed: UInt64 = 1, mayRepeat: Bool = false, observer: Observer = Observer(),
        profiles: [Profile]? = nil
    ) async throws -> RunRecord {
        let configuration = RunConfiguration(
            dataRoot: Checkout.root, outputDirectory: folder.path, selection: selection, jobs: jobs, target: target,
            misbehaviors: misbehaviors, seed: seed, mayRepeat: mayRepeat, version: "test")
        return try await Run(configuration, profiles: try profiles ?? Checkout.profiles()).execute(observer)
    }

    /// A profile of one scenario.
    static func profile(_ scenario: String) throws -> Profile {
        let location = SourceLocation(file: "test.yaml", line: 1)
        let loaded = ScenarioLoader.read(
            text: scenario, name: "test.yaml", vocabulary: ScenarioVocabulary(profile: "test"))
        guard let value = loaded.value, loaded.errors.isEmpty else { throw LoadErrors(loaded.errors) }
        return Profile(
            id: "test", version: "1", title: LocalizedText(fr: "essai", en: "test"), actors: [], transactions: [],
            requirements: [], scenarios: [value], location: location)
    }

    /// The steps `steps` as a scenario.
    static func scenario(_ steps: String) -> String {
        """
        scenario: test
        title: {fr: essai, en: test}
        role: document-repository
        requirements: [T-1]
        steps:

        """ + steps
    }

    /// A target whose endpoints all have the address `url`.
    static func target(_ url: String, limits: (inout SystemUnderTest.Limits) -> Void = { _ in }) -> SystemUnderTest {
        var system = SystemUnderTest(name: "test", location: SourceLocation(file: "target.yaml", line: 1))
        for endpoint in SystemUnderTest.Endpoint.allCases { system.endpoints[endpoint] = url }
        limits(&system.limits)
        return system
    }
}

/// Always gives the same answer.
struct FixedAnswer: HTTPHandler {
    let make: @Sendable (ServerRequest) -> ServerResponse

    func respond(to request: ServerRequest) async -> ServerResponse { make(request) }
}
