import Conformance
import Foundation

/// A text with places marked by 1️⃣, 2️⃣, …, which are taken out.
struct Marked {
    let text: String
    private var places: [Character: (line: Int, column: Int)] = [:]

    init(_ source: String) {
        var result = ""
        var line = 1
        var column = 1
        for character in source {
            if "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣".contains(character) {
                places[character] = (line, column)
                continue
            }
            result.append(character)
            column += character.unicodeScalars.count
            if character.isNewline { (line, column) = (line + 1, 1) }
        }
        text = result
    }

    /// `line:column` of a marker.
    subscript(marker: Character) -> String { places[marker].map { "\($0.line):\($0.column)" } ?? "not marked" }

    var markers: [Character] { places.keys.sorted() }
}

/// A data root in a temporary folder, removed with the value.
final class DataRoot {
    let path: String

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A small sound profile; the tests break one thing of it at a time.
enum Sample {
    static let profile = """
        profile: demo
        version: "1.0"
        title: {fr: Partage, en: Sharing}
        sources: [Invented for tests]
        actors:
          - id: source
            title: {fr: Source, en: Source}
          - id: repository
            title: {fr: Entrepôt, en: Repository}
        transactions:
          - id: ITI-41
            title: {fr: Dépôt, en: Provide and register}
            initiator: source
            responder: repository

        """

    static let requirements = """
        - id: PNR-001
          level: SHALL
          fr: Le dépôt est accepté.
          en: The submission is accepted.
          source: Invented
          actors: [repository]
        - id: PNR-002
          level: SHOULD
          fr: Le message est court.
          en: The message is short.
          certain: false
          notTested: nothing shows it

        """

    static let scenario = """
        scenario: submit
        title: {fr: Déposer, en: Submit}
        summary: {fr: Un examen est déposé., en: An exam is submitted.}
        role: repository
        requirements: [PNR-001]
        tags: [nominal, ITI-41]
        variables: {count: "2"}
        steps:
          - send: ITI-41
            id: first
            title: {fr: Dépôt, en: Submission}
            to: repository
            with: {documents: [kos, cr], copies: "${count}"}
            mutate: [metadata.set kos hash 00]
            capture: {entry: {xpath: "//rim:ExtrinsicObject/@id"}}
            expect:
              - status: 200
              - registry: Success
                requirements: [PNR-001]
                severity: warning
                title: {fr: Accepté, en: Accepted}
          - check: coherence
            with: {entry: "${entry}", study: "${exam.studyInstanceUID}"}
            expect:
              - coherence: [all]

        """

    static let vocabulary = ScenarioVocabulary(
        profile: "demo", actors: ["source", "repository"], transactions: ["ITI-41"],
        requirements: ["PNR-001", "PNR-002"])

    static let files = [
        "Profiles/demo/volet/profile.yaml": profile, "Profiles/demo/volet/requirements.yaml": requirements,
        "Profiles/demo/volet/scenarios/01-submit.yaml": scenario,
    ]
}
