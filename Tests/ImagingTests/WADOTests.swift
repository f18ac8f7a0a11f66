import HTTP
import Imaging
import TestSupport
import Testing

@Suite struct WADOTests {
    @Test(
        "A target is read from a URL and written back",
        arguments: [
            "https://db1.a.example/x/studies/1.2", "https://db1.a.example/studies/1.2/series/1.3",
            "/rs/studies/1.2/series/1.3/instances/1.4", "/rs/studies/1.2/series/1.3/instances/1.4/frames/1,3",
        ])
    func targets(_ url: String) throws {
        let target = try #require(WADOTarget(reading: url))
        #expect(target.url == url)
        #expect(target.study == "1.2")
        #expect(target.illegalIdentifiers.isEmpty)
    }

    @Test(
        "What is no route of WADO-RS is no target",
        arguments: ["/rs", "/studies/", "/studies/1.2/series", "/studies/1.2/instances/1.4", "/studies/1.2/series//"])
    func noTargets(_ url: String) {
        #expect(WADOTarget(reading: url) == nil)
    }

    @Test("Frames and illegal identifiers are told apart")
    func frames() throws {
        let frames = try #require(WADOTarget(reading: "/studies/1.2/series/1.3/instances/1.4/frames/1,2"))
        #expect(frames.frames == "1,2")
        let escaped = try #require(WADOTarget(reading: "/studies/1.2%2F..%2F3/series/01.2"))
        #expect(escaped.illegalIdentifiers == ["1.2/../3", "01.2"])
    }

    @Test(
        "Metadata are of a study, a series or an instance",
        arguments: ["/studies/1.2", "/studies/1.2/series/1.3", "/rs/studies/1.2/series/1.3/instances/1.4"])
    func metadata(_ url: String) throws {
        #expect(try #require(WADOTarget.ofMetadata(url + "/metadata?x=1")).url == url)
        #expect(WADOTarget.ofMetadata(url) == nil)
        #expect(WADOTarget.ofMetadata("/studies/1.2/series/1.3/instances/1.4/frames/1/metadata") == nil)
    }

    @Test("A request lists the ten transfer syntaxes, in one header or in ten")
    func request() {
        var request = WADORequest(url: "https://a.example/studies/1.2", kosInstanceUID: "1.9", token: "t")
        #expect(request.headers.all("Accept").count == 1)
        #expect(Set(AcceptList(request.headers.all("Accept")).transferSyntaxes) == WADORequest.requiredTransferSyntaxes)
        #expect(WADORequest.requiredTransferSyntaxes.count == 10)
        #expect(request.headers.first("authorization") == "Bearer t")
        #expect(request.headers.first("KOS-SOPInstanceUID") == "1.9")
        request.repeatsHeader = true
        #expect(request.headers.all("Accept").count == 10)
    }

    @Test("A saved request is read with its oddities told")
    func capture() throws {
        let text = "GET /studies/1.2 HTTP/1.1\nAccept:a;q=0.5,\nX: y\n  z\nbroken\n"
        let request = try #require(CapturedRequest(reading: Array(text.utf8)))
        #expect(request.method == "GET")
        #expect(request.target == "/studies/1.2")
        #expect(request.field("accept")?.value == "a;q=0.5,")
        #expect(request.field("x")?.value == "y z")
        #expect(request.field("x")?.line == 3)
        #expect(
            request.notes.map { "\($0.code) \($0.line)" } == [
                "folded-header 4", "malformed-header 5", "line-ends-lf 1", "no-blank-line 5", "host-missing 1",
            ])
    }

    @Test("A well-written request has no note and keeps its body")
    func cleanCapture() throws {
        let text = "POST /x HTTP/1.1\r\nHost: a\r\n\r\nbody"
        let request = try #require(CapturedRequest(reading: Array(text.utf8)))
        #expect(request.notes.isEmpty)
        #expect(request.body == Array("body".utf8))
    }

    @Test("What is no request is refused", arguments: ["", "<html>", "hello world", "GET", "GET x HTTP/1.1"])
    func noCapture(_ text: String) {
        #expect(CapturedRequest(reading: Array(text.utf8)) == nil)
    }

    @Test(
        "The official request samples are read",
        .enabled(if: Corpora.has("drim-m"), Comment(rawValue: Corpora.absence)),
        arguments: [
            "drim-m/test a blanc/Simulateur client wadoRS/OK_Instances.txt",
            "drim-m/test a blanc/Validateur de requete-reponses/Request-validation-instance/OK_Instances_v1.txt",
            "drim-m/test a blanc/Simulateur client healthcheck/OK_Healthcheck_Request.txt",
        ])
    func samples(_ path: String) throws {
        let request = try #require(CapturedRequest(reading: try Corpora.bytes(path)))
        #expect(request.method == "GET")
        #expect(request.field("Accept") != nil)
        #expect(request.notes.contains { $0.code == "line-ends-lf" })
    }
}
