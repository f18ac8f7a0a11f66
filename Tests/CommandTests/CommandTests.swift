import Foundation
import Testing

@Suite("The command line")
struct CommandTests {
    @Test("A run writes its four results, lets 'latest' point at them and ends with 0")
    func run() async throws {
        let scratch = try Scratch()
        let command = try await Command("run", "--jobs", "2", folder: scratch.path)
        #expect(command.status == 0, "\(command.errors)\(command.output)")
        for name in ["run.json", "junit.xml", "report.html", "evidence"] {
            #expect(scratch.has("Reports/runs/latest/\(name)"), "\(name)")
        }
        #expect(command.output.contains("Reports/runs/"))
        #expect(!command.output.contains("\u{1B}"), "colour goes to terminals only")
    }

    @Test("A run that shows a misbehaviour ends with 1 and names requirement, values, scenario line and place")
    func misbehaving() async throws {
        let scratch = try Scratch()
        let command = try await Command("run", "--misbehave", "dmp-accepts-wrong-hash", "--out", scratch.path)
        #expect(command.status == 1)
        for word in [
            "N-PNR-05", "02-submit-wrong-hash.yaml:", "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure",
        ] {
            #expect((command.errors + command.output).contains(word), "\(word): \(command.errors)")
        }
    }

    @Test("What follows a misbehaviour is a scenario; several misbehaviours are named one by one")
    func misbehavingScenario() async throws {
        let scratch = try Scratch()
        let command = try await Command(
            "run", "--misbehave", "dmp-accepts-wrong-hash", "submit-wrong-hash", "--misbehave",
            "dmp-accepts-wrong-size", "submit-wrong-size", "--quiet", "--format", "json", "--out", scratch.path)
        #expect(command.status == 1, "\(command.errors)")
        let record = try #require(try command.json() as? [String: Any])
        let scenarios = try #require(record["scenarios"] as? [[String: Any]])
        #expect(scenarios.map { $0["id"] as? String } == ["submit-wrong-hash", "submit-wrong-size"])
        #expect(scenarios.allSatisfy { $0["verdict"] as? String == "fail" })
        let wrong = try await Command("run", "--misbehave", "dmp-accepts-wrong-hash", "dmp-accepts-wrong-size")
        #expect(wrong.status == 64 && wrong.errors.contains("--misbehave dmp-accepts-wrong-size"), "\(wrong.errors)")
    }

    @Test("With a target each run has a seed of its own, which the record and the command to run again name")
    func seeds() async throws {
        let scratch = try Scratch()
        let target = try scratch.write(
            "target: nobody\nendpoints: {repository: 'http://127.0.0.1:9/r'}\n", to: "target.yaml")
        func record(_ more: String...) async throws -> (seed: UInt64, command: String, errors: String) {
            let command = try await Command(
                ["run", "submit-exam", "--target", target, "--format", "json", "--out", scratch.path + "/out"] + more)
            let record = try #require(try command.json() as? [String: Any], "\(command.errors)")
            let seed = try #require(record["seed"] as? UInt64)
            return (seed, try #require(record["command"] as? String), command.errors)
        }
        let (first, second) = (try await record(), try await record())
        #expect(first.seed != second.seed && first.seed > 1 && second.seed > 1)
        #expect(first.command.hasSuffix(" --seed \(first.seed)"), "\(first.command)")
        #expect(first.errors.contains("seed \(first.seed)"), "\(first.errors)")
        let third = try await record("--seed", "\(first.seed)")
        #expect(third.seed == first.seed)
        #expect(third.command.ranges(of: "--seed").count == 1)
        let embedded = try await Command("run", "submit-exam", "--quiet", "--format", "json", "--out", scratch.path)
        #expect((try embedded.json() as? [String: Any])?["seed"] as? Int == 1)
    }

    @Test("A slip in the values of a target file ends with 65, at its line, before anything is sent")
    func targetValues() async throws {
        let scratch = try Scratch()
        let path = try scratch.write(
            "target: a\nendpoints: {registry: 'http://127.0.0.1:9/'}\npatient: {ins: '279035121518990'}\n",
            to: "a.yaml")
        for arguments in [["run", "--target", path], ["resolve", "report.xml", "--target", path]] {
            let command = try await Command(arguments, folder: scratch.path)
            #expect(command.status == 65 && command.errors.contains("a.yaml:3:16"), "\(command.errors)")
        }
        #expect(!scratch.has("Reports"))
    }

    @Test("--quiet prints the result only, --format json prints the record")
    func formats() async throws {
        let scratch = try Scratch()
        let quiet = try await Command("run", "submit-exam", "--quiet", "--out", scratch.path)
        #expect(quiet.errors.isEmpty, "\(quiet.errors)")
        let json = try await Command("run", "submit-exam", "--quiet", "--format", "json", "--out", scratch.path)
        let record = try #require(try json.json() as? [String: Any])
        #expect(record["verdict"] as? String == "pass")
        #expect((record["scenarios"] as? [Any])?.count == 1)
    }

    @Test("An unreachable target ends with 2 within the connect limit, with one line that says why")
    func unreachable() async throws {
        let scratch = try Scratch()
        let target = try scratch.write(
            """
            target: nobody
            endpoints: {repository: "http://127.0.0.1:9/r", registry: "http://127.0.0.1:9/q"}
            timeouts: {connect: 3}
            """, to: "target.yaml")
        let command = try await Command(
            "run", "--target", target, "--quiet", "--format", "json", "--out", scratch.path + "/out")
        #expect(command.status == 2)
        let record = try #require(try command.json() as? [String: Any])
        #expect(try #require(record["duration"] as? Double) < 10)
        let causes = command.errors.split(separator: "\n").filter { $0.contains("127.0.0.1:9") }
        #expect(causes.count == 1, "\(command.errors)")
    }

    @Test(
        "Wrong usage ends with 64",
        arguments: [
            ["run", "--no-such-option"], ["run", "no-such-scenario"], ["run", "--misbehave", "dmp-sings"],
            ["run", "--jobs", "0"], ["run", "--lang", "de"], ["validate"], ["validate", "x", "--kind", "poem"],
            ["list", "cats"], ["report", "/nonexistent/run.json"], ["dance"], ["run", "--data", "/nonexistent"],
        ])
    func usage(_ arguments: [String]) async throws {
        let scratch = try Scratch()
        let command = try await Command(arguments, folder: scratch.path)
        #expect(command.status == 64, "\(command.errors)")
        #expect(!command.errors.isEmpty)
        #expect(!scratch.has("Reports"), "nothing is left behind")
    }

    /// Author's errors: the file, its text, and what the message must hold.
    static let mistakes: [(name: String, text: String, words: [String])] = [
        ("broken YAML", "scenario: [a\nb: c", ["scenario.yaml:"]),
        (
            "unknown key", "scenario: a\ntitel: {fr: a, en: a}\nrole: r\nsteps: []",
            ["scenario.yaml:2:1", "titel", "title"]
        ),
        (
            "unknown expectation",
            "scenario: a\ntitle: {fr: a, en: a}\nrole: r\nsteps:\n  - send: ITI-41\n    id: s\n    expect:\n      - statsu: 200",
            ["scenario.yaml:8:9", "statsu", "status"]
        ),
        ("no YAML", "\u{0}\u{1}", ["scenario.yaml"]),
        (
            "what a run refuses",
            "scenario: a\ntitle: {fr: a, en: a}\nrole: r\nsteps:\n  - send: ITI-41\n    id: s\n    mutate: [explode kos]\n    expect:\n      - registry: Sucess\n      - kos: [KOS-999]\n      - xpath: '///['",
            [
                "scenario.yaml:7", "explode", "scenario.yaml:9:", "Sucess", "scenario.yaml:10:", "KOS-999",
                "scenario.yaml:11:",
            ]
        ),
    ]

    @Test("Author's errors end with 65, with file, line, column and a remedy", arguments: mistakes.indices)
    func authors(_ index: Int) async throws {
        let mistake = Self.mistakes[index]
        let scratch = try Scratch()
        let path = try scratch.write(mistake.text, to: "scenario.yaml")
        let command = try await Command("lint", path)
        #expect(command.status == 65, "\(mistake.name): \(command.errors)")
        for word in mistake.words { #expect(command.errors.contains(word), "\(mistake.name): \(command.errors)") }
    }

    @Test("A target file with an unknown key, a missing file and no file ends with 65")
    func target() async throws {
        let scratch = try Scratch()
        let unknown = try scratch.write("target: a\nendpoint: {}\n", to: "a.yaml")
        let missing = try scratch.write("target: a\nendpoints: {}\ntls: {trust: none.pem}\n", to: "b.yaml")
        for (path, word) in [
            (unknown, "did you mean 'endpoints'"), (missing, "none.pem"), (scratch.path + "/c.yaml", "c.yaml"),
        ] {
            let command = try await Command("run", "--target", path, folder: scratch.path)
            #expect(command.status == 65, "\(command.errors)")
            #expect(command.errors.contains(word), "\(command.errors)")
        }
        #expect(!scratch.has("Reports"))
    }

    @Test("A full or closed standard output never ends in a trap", arguments: ["/dev/full", "closed", "reader"])
    func output(_ kind: String) async throws {
        let scratch = try Scratch()
        let redirection = ["/dev/full": "> /dev/full", "closed": ">&-", "reader": "| head -c 10"][kind] ?? ""
        let script = "'\(Command.path)' run submit-exam --quiet --format json --out '\(scratch.path)' \(redirection)"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script + "; echo $? > '\(scratch.path)/status'"]
        process.environment = ["CISIS_DATA": Command.root, "PATH": "/usr/bin:/bin"]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        await withCheckedContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume() }
        }
        let status = try String(
            decoding: Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/status")), as: UTF8.self)
        #expect(Int(status.trimmingCharacters(in: .whitespacesAndNewlines)) == (kind == "reader" ? 0 : 2))
        #expect(scratch.has("run.json"))
    }

    @Test("A folder that cannot be made ends with 2 and says what stands in the way")
    func storage() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("x", to: "file")
        let command = try await Command("run", "submit-exam", "--out", file + "/out")
        #expect(command.status == 2)
        #expect(command.errors.contains("'\(file)' is a file"), "\(command.errors)")
    }

    @Test("The project's own profiles have no error")
    func lint() async throws {
        let command = try await Command("lint")
        #expect(command.status == 0, "\(command.errors)")
    }

    @Test(
        "Lists are tables for people and JSON arrays for scripts",
        arguments: ["scenarios", "requirements", "transactions", "actors", "checks", "misbehaviors", "mutations"])
    func lists(_ subject: String) async throws {
        let text = try await Command("list", subject)
        let json = try await Command("list", subject, "--format", "json")
        #expect(text.status == 0 && json.status == 0)
        let items = try #require(try json.json() as? [[String: Any]])
        #expect(!items.isEmpty)
        #expect(text.output.split(separator: "\n").count == items.count)
        let key = ["scenarios", "misbehaviors", "mutations"].contains(subject) ? "name" : "id"
        for item in items {
            let name = try #require(item[key] as? String)
            #expect(text.output.contains(name))
            let title = try #require(item["title"] as? [String: String])
            #expect(Set(title.keys) == ["fr", "en"])
            #expect(!title.values.contains(""))
        }
        #expect(Set(items.compactMap { $0[key] as? String }).count == items.count || subject == "transactions")
    }

    @Test("French is spoken where the locale is not English, and where it is asked for")
    func language() async throws {
        let french = try await Command("list", "misbehaviors", environment: ["LANG": "C"])
        let english = try await Command("list", "misbehaviors")
        let asked = try await Command("list", "misbehaviors", "--lang", "fr")
        #expect(french.output == asked.output)
        #expect(french.output != english.output)
    }

    @Test("validate gives text, JSON and the exit code of the verdict")
    func validate() async throws {
        let scratch = try Scratch()
        let good = try scratch.write("<ClinicalDocument xmlns='urn:hl7-org:v3'/>", to: "good.xml")
        let bad = try scratch.write("<ClinicalDocument xmlns='urn:hl7-org:v3'>", to: "bad.xml")
        let schema = try scratch.write(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:hl7-org:v3'>"
                + "<xs:element name='ClinicalDocument'/></xs:schema>", to: "any.xsd")
        #expect(try await Command("validate", good).status == 1, "the schema of CDA asks for more")
        #expect(try await Command("validate", good, "--schema", schema).status == 0)
        #expect(try await Command("validate", good, bad, "--schema", schema).status == 1)
        #expect(try await Command("validate", good, scratch.path + "/none.xml", "--schema", schema).status == 2)
        let json = try await Command("validate", bad, "--format", "json")
        let object = try #require(try json.json() as? [String: Any])
        #expect(object["kind"] as? String == "cda")
        #expect(object["verdict"] as? String == "fail")
        let layers = try #require(object["layers"] as? [[String: Any]])
        #expect(layers.first?["layer"] as? String == "xml")
        let finding = try #require((layers.first?["findings"] as? [[String: Any]])?.first)
        #expect(finding["line"] as? Int == 1)
        #expect(finding["severity"] as? String == "violation")
    }

    @Test("A report is made again from its record, the same bytes")
    func report() async throws {
        let scratch = try Scratch()
        _ = try await Command("run", "submit-exam", "--out", scratch.path)
        for (format, name) in [("junit", "junit.xml"), ("html", "report.html")] {
            let again = try await Command("report", scratch.path + "/run.json", "--format", format)
            #expect(again.status == 0)
            let first = try String(
                decoding: Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/\(name)")), as: UTF8.self)
            #expect(again.output == first, "\(name)")
        }
    }

    @Test("Every command has help with an example", arguments: ["run", "validate", "list", "lint", "report"])
    func help(_ name: String) async throws {
        let command = try await Command(name, "--help")
        #expect(command.status == 0)
        #expect(command.output.contains("cisis \(name)"))
        #expect(command.output.contains("Example"))
    }
}
