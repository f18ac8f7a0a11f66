import Conformance
import HTTP
import HTTPServing
import Runner
import Simulators
import Testing

/// What a viewer may answer to the link of a report.
@Suite("The link of a report")
struct LinkTests {
    struct Case: Sendable {
        let status: Int
        /// `Location`, and the page; `STUDY` stands for the study of the link.
        let location: String?
        let page: String
        /// `study`, `nothing` or `login`, and what else the expectation says.
        let opens: String
        let verdict: Verdict
    }

    static let cases = [
        Case(
            status: 200, location: nil, page: "<meta name='study-instance-uid' content='STUDY'>", opens: "study",
            verdict: .pass),
        Case(
            status: 200, location: nil, page: "<meta content=\"1.2.3\" name=\"study-instance-uid\">", opens: "study",
            verdict: .fail),
        Case(
            status: 302, location: "https://v.example/?StudyInstanceUIDs=STUDY", page: "", opens: "study",
            verdict: .pass),
        Case(
            status: 302, location: "https://v.example/?StudyInstanceUIDs=STUDY,1.2.3", page: "", opens: "study",
            verdict: .fail),
        Case(
            status: 302, location: "https://v.example/#/viewer?StudyInstanceUIDs=1.2.3", page: "", opens: "study",
            verdict: .fail),
        Case(status: 302, location: "https://v.example/studies/1.2.3", page: "", opens: "study", verdict: .fail),
        Case(status: 302, location: nil, page: "", opens: "study", verdict: .fail),
        Case(status: 200, location: nil, page: "", opens: "study", verdict: .fail),
        Case(status: 404, location: nil, page: "no", opens: "study", verdict: .fail),
        Case(status: 200, location: nil, page: "<div id=root>", opens: "study", verdict: .notRun),
        Case(status: 404, location: nil, page: "STUDY is unknown", opens: "nothing", verdict: .pass),
        Case(
            status: 404, location: nil, page: "<meta name=study-instance-uid content=STUDY>", opens: "nothing",
            verdict: .fail),
        Case(status: 404, location: nil, page: "", opens: "study, mayRefuse: true", verdict: .notRun),
        Case(
            status: 200, location: nil, page: "<meta name=study-instance-uid content=1.2>",
            opens: "study, mayRefuse: true", verdict: .fail),
        Case(status: 404, location: nil, page: "no <script>", opens: "nothing, hides: <script>", verdict: .fail),
        Case(status: 404, location: nil, page: "no &lt;script>", opens: "nothing, hides: <script>", verdict: .pass),
        Case(status: 302, location: "/<script>", page: "", opens: "nothing, hides: <script>", verdict: .fail),
        Case(
            status: 302, location: login + "&state=s&nonce=n&acr_values=eidas1&scope=openid+scope_all", page: "",
            opens: "login", verdict: .pass),
        Case(
            status: 302, location: login + "&nonce=n&acr_values=eidas1&scope=openid%20scope_all", page: "",
            opens: "login", verdict: .fail),
        Case(
            status: 302, location: login + "&state=s&nonce=n&acr_values=eidas1&scope=openid", page: "",
            opens: "login", verdict: .fail),
        Case(status: 302, location: nil, page: "", opens: "login", verdict: .fail),
        Case(status: 403, location: nil, page: "no", opens: "login", verdict: .fail),
        Case(
            status: 200, location: nil, page: "<meta name=study-instance-uid content=STUDY>", opens: "login",
            verdict: .fail),
        // A page of the vendor with a button: a person must look.
        Case(status: 200, location: nil, page: "<a href=/psc>", opens: "login", verdict: .notRun),
        Case(status: 302, location: "/login", page: "", opens: "login", verdict: .notRun),
    ]

    private static let login = "https://psc.example/auth?response_type=code&client_id=c"

    @Test("is judged by the study that the page or its address tells", arguments: cases.indices)
    func link(_ index: Int) async throws {
        let test = Self.cases[index]
        let folder = try TemporaryFolder()
        let exam = ExamFixture(seed: 6)
        let study = exam.studyUID
        let server = try await HTTPServer.start(
            handler: FixedAnswer { _ in
                var headers: HTTPHeaders = ["Content-Type": "text/html"]
                if let location = test.location { headers.set("Location", location.replacing("STUDY", with: study)) }
                let page = test.page.replacing("STUDY", with: study)
                return ServerResponse(test.status, headers: headers, body: .bytes(Array(page.utf8)))
            })
        var target = Replay.target(server.baseURL)
        target.exam = SystemUnderTest.Exam(
            report: try folder.write(exam.reportBytes(), to: "cr.xml"),
            manifest: try folder.write(exam.manifestBytes(), to: "kos.dcm"))
        let steps =
            "  - send: RAD-106\n    id: open\n    expect:\n      - link: {opens: \(test.opens)}\n        requirements: [T-1]\n"
        let profile = try Replay.profile(Replay.scenario(steps))
        let record = try await Replay.record(folder, target: target, profiles: [profile])
        await server.stop()
        let check = try #require(record.scenarios.first?.steps.first?.checks.first)
        #expect(check.verdict == test.verdict, "\(check.findings) \(check.reason?.en ?? "")")
        #expect(check.isRequired == (test.verdict != .notRun), "what nobody can see weighs on nothing")
    }
}
