import Conformance
import Foundation
import Testing

@Suite struct RunRecordFileTests {
    static func record(_ verdict: Verdict) -> RunRecord {
        let place = SourceLocation(file: "s.yaml", line: 3, column: 5)
        let title = LocalizedText(fr: "Dépôt", en: "Submission")
        let check = CheckRecord(
            id: "status", layer: "http", title: title, location: place, requirements: ["PNR-001"], verdict: verdict,
            findings: [
                Finding(
                    check: "http.status", severity: .violation, message: title, expected: "200", actual: "a/b \u{1} \"",
                    place: EvidencePlace(object: "response", byte: 3))
            ], outcomes: [OutcomeRecord(requirement: "PNR-001", verdict: verdict)])
        let step = StepRecord(
            id: "a", kind: "send", title: title, location: place, startedAt: "2025-01-01T00:00:00Z", duration: 0.25,
            exchange: ExchangeRecord(
                transaction: "ITI-41", initiator: "source", responder: "repository", url: "http://127.0.0.1/x",
                request: MessageRecord(startLine: "POST /x HTTP/1.1", headers: [["Host", "127.0.0.1"]]),
                startedAt: "2025-01-01T00:00:00Z", error: "refused"), captures: ["b": "1", "a": "2"], checks: [check])
        let scenario = ScenarioRecord(
            id: "submit", title: title, location: place, profile: "demo", role: "repository", tags: [],
            requirements: ["PNR-001"], startedAt: "2025-01-01T00:00:00Z", duration: 0.5, steps: [step])
        return RunRecord(
            id: "r1", startedAt: "2025-01-01T00:00:00Z", duration: 1, tool: ToolRecord(name: "cisis", version: "0.1"),
            command: "cisis run", seed: .max, profiles: [ProfileRecord(id: "demo", version: "1", title: title)],
            target: TargetRecord(name: "demo", kind: "embedded", endpoints: [:]), rulePacks: [], environment: [:],
            requirements: [], scenarios: [scenario])
    }

    @Test("A record reads back as it was written, byte for byte", arguments: Verdict.allCases)
    func roundTrip(_ verdict: Verdict) throws {
        let root = try DataRoot([:])
        let path = "\(root.path)/out/run.json"
        try RunRecordFile.write(Self.record(verdict), to: path)
        let read = try RunRecordFile.read(path)
        #expect(read.verdict == verdict)
        #expect(read.seed == .max)
        #expect(read.scenarios[0].steps[0].checks[0].findings[0].actual == "a/b \u{1} \"")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try RunRecordFile.encode(read) == bytes)
        #expect(bytes.last == UInt8(ascii: "\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(root.path)/out") == ["run.json"])
    }

    struct Case: Sendable {
        let from: String
        let to: String
        let message: String
    }

    @Test(
        "A file that isn't a record is refused with what is wrong in it",
        arguments: [
            Case(from: "cisis-run/1", to: "cisis-run/9", message: "run.json: the record has the format 'cisis-run/9'"),
            Case(
                from: "\"seed\" :", to: "\"sead\" :",
                message: "run.json: the file is no run record: the document lacks 'seed'"),
            Case(
                from: "\"fail\"", to: "\"broken\"",
                message:
                    "run.json: the file is no run record: '/scenarios/[0]/steps/[0]/checks/[0]/outcomes/[0]/verdict' has a value that is not known"
            ),
            Case(
                from: "\"steps\" : [", to: "\"steps\" : [[",
                message: "run.json: the file is no run record: the JSON is broken or cut"),
            Case(
                from: "\"duration\" : 0.25", to: "\"duration\" : \"x\"",
                message: "run.json: the file is no run record: '/scenarios/[0]/steps/[0]/duration' must be a number"),
        ])
    func refusals(_ item: Case) throws {
        let text = String(decoding: try RunRecordFile.encode(Self.record(.fail)), as: UTF8.self)
        #expect(text.contains(item.from))
        let error = #expect(throws: RecordError.self) {
            try RunRecordFile.decode([UInt8](text.replacing(item.from, with: item.to, maxReplacements: 1).utf8))
        }
        #expect(error?.message.hasPrefix(item.message) ?? false, "\(error?.message ?? "")")
    }

    @Test(
        "What has another shape is told in the words of JSON, not in those of the tool's language",
        arguments: [
            ("[]", "the document must be a JSON object"), ("\"x\"", "the document must be a JSON object"),
            ("{\"format\": \"cisis-run/1\"}", "the document lacks '"), ("", "the JSON is broken or cut"),
            ("{\"format\": 1}", "'/format' must be a text"),
        ])
    func shapes(_ text: String, _ words: String) {
        let error = #expect(throws: RecordError.self) { try RunRecordFile.decode(Array(text.utf8)) }
        #expect(error?.message.hasPrefix("run.json: the file is no run record: \(words)") ?? false, "\(error as Any)")
        for word in ["Dictionary", "Swift", "Any", "Int"] { #expect(error?.message.contains(word) == false) }
    }

    @Test(
        "Each kind of value has its word",
        arguments: [
            ("\"isInterrupted\" : false", "\"isInterrupted\" : 3", "'/isInterrupted' must be true or false"),
            ("\"requirements\" : [\n\n  ]", "\"requirements\" : {}", "'/requirements' must be a list"),
            ("\"command\" : \"cisis run\"", "\"command\" : null", "'/command' must be a text, not null"),
            ("\"environment\" : {\n\n  }", "\"environment\" : \"\"", "'/environment' must be a JSON object"),
        ])
    func kinds(_ from: String, _ to: String, _ words: String) throws {
        let text = String(decoding: try RunRecordFile.encode(Self.record(.fail)), as: UTF8.self)
        #expect(text.contains(from))
        let error = #expect(throws: RecordError.self) {
            try RunRecordFile.decode([UInt8](text.replacing(from, with: to, maxReplacements: 1).utf8))
        }
        #expect(error?.message == "run.json: the file is no run record: \(words)")
    }

    @Test("A file of more than 256 MiB is refused before it is read")
    func tooLarge() throws {
        let root = try DataRoot([:])
        let path = "\(root.path)/run.json"
        try Data("{".utf8).write(to: URL(fileURLWithPath: path))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        // A hole: it takes no place on the disk.
        try handle.truncate(atOffset: UInt64(RunRecordFile.maximumSize) + (1 << 20))
        try handle.close()
        let error = #expect(throws: RecordError.self) { try RunRecordFile.read(path) }
        #expect(error?.code == .tooLarge)
        #expect(error?.message.hasPrefix("\(path): 257 MiB, and a record of more than 256 MiB is not read") ?? false)
    }

    @Test("A missing file and a folder that can't be written are told by name")
    func files() throws {
        let missing = #expect(throws: RecordError.self) { try RunRecordFile.read("/nowhere/run.json") }
        #expect(missing?.message.hasPrefix("/nowhere/run.json: no such file") ?? false)
        let unwritable = #expect(throws: RecordError.self) {
            try RunRecordFile.write(Self.record(.pass), to: "/dev/null/run.json")
        }
        #expect(unwritable?.code == .file)
    }

    @Test("The exit code says conformant only where something passed and nothing failed")
    func exitCode() {
        let expected: [Verdict: Int32] = [
            .pass: 0, .fail: 1, .error: 2, .inconclusive: 2, .notRun: 2, .skipped: 2, .notApplicable: 2,
        ]
        for verdict in Verdict.allCases { #expect(Self.record(verdict).exitCode == expected[verdict]) }
        var cut = Self.record(.pass)
        cut.isInterrupted = true
        #expect(cut.exitCode == 2)
    }
}
