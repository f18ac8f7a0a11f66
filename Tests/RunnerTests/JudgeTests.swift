import Conformance
import HTTP
import HTTPServing
import Runner
import Testing

/// Each kind of expectation, with an answer that meets it and answers that do not.
@Suite("Expectations")
struct JudgeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let expectation: String
        let answer: Answer
        let verdict: Verdict

        init(_ expectation: String, _ answer: Answer, _ verdict: Verdict) {
            self.expectation = expectation
            self.answer = answer
            self.verdict = verdict
        }

        var testDescription: String { "\(expectation) on \(answer)" }
    }

    /// Answers of a document repository.
    enum Answer: Sendable {
        case success, failure(String), warning, successWithError, unknownStatus, fault, otherAction, unrelated, soap11,
            created

        func response(to request: ServerRequest) -> ServerResponse {
            let text = String(decoding: (try? request.body.bytes()) ?? [], as: UTF8.self)
            let messageID = text.firstMatch(of: /MessageID[^>]*>([^<]+)</).map { String($0.1) } ?? ""
            var status = 200
            var action = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse"
            var relates = messageID
            var version = "http://www.w3.org/2003/05/soap-envelope"
            let urn = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:"
            let rs = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
            func errors(_ code: String) -> String {
                "<rs:RegistryErrorList><rs:RegistryError errorCode=\"\(code)\" codeContext=\"c\" severity=\"urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error\"/></rs:RegistryErrorList>"
            }
            var body = "<rs:RegistryResponse xmlns:rs=\"\(rs)\" status=\"\(urn)Success\"/>"
            switch self {
            case .success: break
            case .failure(let code):
                body =
                    "<rs:RegistryResponse xmlns:rs=\"\(rs)\" status=\"\(urn)Failure\">\(errors(code))</rs:RegistryResponse>"
            case .warning:
                let list = errors("XDSRegistryError").replacing("Type:Error", with: "Type:Warning")
                body = "<rs:RegistryResponse xmlns:rs=\"\(rs)\" status=\"\(urn)Failure\">\(list)</rs:RegistryResponse>"
            case .successWithError:
                body =
                    "<rs:RegistryResponse xmlns:rs=\"\(rs)\" status=\"\(urn)Success\">\(errors("XDSRegistryError"))</rs:RegistryResponse>"
            case .unknownStatus: body = "<rs:RegistryResponse xmlns:rs=\"\(rs)\" status=\"\(urn)Fine\"/>"
            case .fault:
                status = 500
                body =
                    "<e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason><e:Text xml:lang=\"en\">no</e:Text></e:Reason></e:Fault>"
            case .otherAction: action = "urn:example:other"
            case .unrelated: relates = "urn:uuid:00000000-0000-4000-8000-000000000000"
            case .soap11: version = "http://schemas.xmlsoap.org/soap/envelope/"
            case .created: status = 201
            }
            let wsa = "http://www.w3.org/2005/08/addressing"
            let envelope =
                "<e:Envelope xmlns:e=\"\(version)\" xmlns:a=\"\(wsa)\"><e:Header><a:Action e:mustUnderstand=\"1\">\(action)</a:Action><a:RelatesTo>\(relates)</a:RelatesTo></e:Header><e:Body>\(body)</e:Body></e:Envelope>"
            return ServerResponse(
                status, headers: ["Content-Type": "application/soap+xml; charset=UTF-8", "X-Trace": "abc"],
                body: .bytes(Array(envelope.utf8)))
        }
    }

    static let cases: [Case] = [
        Case("status: 200", .success, .pass), Case("status: [200, 201]", .created, .pass),
        Case("status: 200", .created, .fail), Case("status: 200", .fault, .fail),
        Case("header: {name: X-Trace, is: abc}", .success, .pass),
        Case("header: {name: x-trace, contains: b}", .success, .pass),
        Case("header: {name: X-Trace, is: abd}", .success, .fail),
        Case("header: {name: X-Other}", .success, .fail),
        Case("mtom: true", .success, .fail),
        Case("soap: response", .success, .pass), Case("soap: response", .otherAction, .fail),
        Case("soap: response", .soap11, .fail),
        Case("soap: relatesTo", .success, .pass), Case("soap: relatesTo", .unrelated, .fail),
        Case("xsd: true", .success, .pass), Case("xsd: true", .unknownStatus, .fail),
        Case("registry: Success", .success, .pass), Case("registry: Success", .failure("XDSRegistryError"), .fail),
        Case("registry: Success", .successWithError, .fail), Case("registry: Success", .unknownStatus, .fail),
        Case("registry: Success", .fault, .fail), Case("registry: Failure", .failure("XDSRegistryError"), .pass),
        Case("registry: Failure", .failure("XDSDuplicateUniqueIdInRegistry"), .inconclusive),
        Case("registry: Failure", .failure("XDSNonIdenticalHash"), .inconclusive),
        Case("registry: Success", .failure("XDSDuplicateUniqueIdInRegistry"), .fail),
        Case("errorCode: [XDSMissingDocument]", .failure("XDSDuplicateUniqueIdInRegistry"), .inconclusive),
        Case(
            "errorCode: [XDSDuplicateUniqueIdInRegistry]", .failure("XDSDuplicateUniqueIdInRegistry"), .pass),
        Case("errorCode: [XDSNonIdenticalHash]", .failure("XDSDuplicateUniqueIdInRegistry"), .fail),
        Case("registry: Failure", .success, .fail), Case("registry: PartialSuccess", .success, .fail),
        Case("errorCode: [XDSRegistryError]", .failure("XDSRegistryError"), .pass),
        Case("errorCode: [XDSMissingDocument]", .failure("XDSRegistryError"), .fail),
        Case("errorCode: [XDSRegistryError]", .warning, .fail),
        Case("errorCode: {codes: [XDSRegistryError], location: c}", .failure("XDSRegistryError"), .pass),
        Case("errorCode: {codes: [XDSRegistryError], location: x}", .failure("XDSRegistryError"), .fail),
        Case("errorCode: [XDSMissingDocument]", .success, .fail),
        Case("errorCode: [XDSMissingDocument]", .fault, .fail),
        Case("xpath: \"count(//rs:RegistryError) = 0\"", .success, .pass),
        Case("xpath: \"count(//rs:RegistryError) = 0\"", .failure("XDSRegistryError"), .fail),
        Case("xpath: \"//rs:RegistryResponse/@status\"", .success, .pass),
        Case("xpath: \"//rs:RegistryResponse/@colour\"", .success, .fail),
        Case("entries: {count: 0}", .success, .pass), Case("entries: {count: 1}", .success, .fail),
        Case("entries: {count: 0}", .fault, .fail),
        Case("documents: {count: 0}", .success, .pass), Case("documents: {count: 2}", .success, .fail),
        Case("metadata: [all]", .success, .pass),
        Case("kos: [all]", .success, .inconclusive), Case("cda: [all]", .success, .inconclusive),
        Case("images: {instances: all}", .success, .inconclusive),
        Case("link: {opens: study}", .success, .inconclusive),
        Case("coherence: [all]", .success, .notRun),
    ]

    @Test("pass when they are met, and fail with what was expected and found when not", arguments: cases)
    func judge(_ test: Case) async throws {
        let folder = try TemporaryFolder()
        let server = try await HTTPServer.start(handler: FixedAnswer { test.answer.response(to: $0) })
        let steps =
            "  - send: ITI-41\n    id: submit\n    expect:\n      - \(test.expectation)\n        requirements: [T-1]\n"
        let profile = try Replay.profile(Replay.scenario(steps))
        let record = try await Replay.record(folder, target: Replay.target(server.baseURL), profiles: [profile])
        await server.stop()
        let check = try #require(record.scenarios.first?.steps.first?.checks.first)
        #expect(check.verdict == test.verdict, "\(check.findings) \(check.reason?.en ?? "")")
        switch check.verdict {
        case .fail:
            let finding = try #require(check.findings.first { $0.severity == .violation })
            #expect(finding.source?.description == "test.yaml:9:9")
            #expect(finding.place != nil)
            #expect(!finding.message.fr.isEmpty && finding.message.fr != finding.message.en)
        case .pass: #expect(!check.findings.contains { $0.severity == .violation })
        default: #expect(check.reason != nil)
        }
        #expect(check.outcomes.contains { $0.requirement == "T-1" && $0.verdict == check.verdict })
    }

    @Test("An expectation of severity warning warns and does not fail")
    func warning() async throws {
        let folder = try TemporaryFolder()
        let server = try await HTTPServer.start(handler: FixedAnswer { Answer.created.response(to: $0) })
        let steps = "  - send: ITI-41\n    id: submit\n    expect:\n      - status: 200\n        severity: warning\n"
        let profile = try Replay.profile(Replay.scenario(steps))
        let record = try await Replay.record(folder, target: Replay.target(server.baseURL), profiles: [profile])
        await server.stop()
        let check = try #require(record.scenarios.first?.steps.first?.checks.first)
        #expect(check.verdict == .pass)
        #expect(check.findings.map(\.severity) == [.warning])
    }

    @Test("A header is captured and used by a later step; a capture that finds nothing makes the step inconclusive")
    func captures() async throws {
        let folder = try TemporaryFolder()
        let server = try await HTTPServer.start(handler: FixedAnswer { Answer.success.response(to: $0) })
        func record(_ name: String) async throws -> ScenarioRecord {
            let steps = """
                  - send: ITI-41
                    id: first
                    capture: {trace: {header: \(name)}}
                    expect: [{status: 200}]
                  - send: ITI-41
                    id: second
                    mutate: ["metadata.set kos uniqueId ${trace}"]
                    expect: [{status: 200}]
                """
            let profile = try Replay.profile(Replay.scenario(steps + "\n"))
            let record = try await Replay.record(folder, target: Replay.target(server.baseURL), profiles: [profile])
            return try #require(record.scenarios.first)
        }
        let good = try await record("X-Trace")
        #expect(good.verdict == .pass)
        #expect(good.steps[0].captures == ["trace": "abc"])
        let bad = try await record("X-Nothing")
        #expect(bad.steps[0].checks.contains { $0.verdict == .inconclusive })
        #expect(bad.steps[1].verdict == .skipped)
        #expect(bad.verdict != .pass)
        await server.stop()
    }
}
