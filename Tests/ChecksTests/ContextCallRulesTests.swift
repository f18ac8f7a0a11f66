import Conformance
import Imaging
import Simulators
import Testing

@testable import Checks

@Suite struct ContextCallRulesTests {
    private static let exam = ExamFixture(seed: 4)

    static let fields: [(name: String, value: String)] = [
        ("Patient.identifier.value", exam.patient.nationalIdentifier.value),
        ("Patient.identifier.system", "1.2.250.1.213.1.4.10"), ("Patient.name.family", "PATIENTE-%C3%89SSAI"),
        ("Patient.name.given", "ALIX"), ("Patient.gender", "F"), ("Patient.birthDate", "19700101"),
        ("Address.district", "99999"), ("InformationEtOppositionConsultation", "true"), ("PatientID", "IPP123"),
        ("PatientIDIssuer", "CHU%261.2.250.1.999.3.3%26ISO"), ("StudyInstanceUID", "1.2.3"), ("Modality", "CT"),
        ("AccessionNumber", "A1"), ("AccessionNumberIssuer", "1.2.3"), ("StudyDate", "20250101-20251231"),
        ("AnatomicRegion", "67734004"),
    ]

    static var body: String { fields.map { "\($0.name)=\($0.value)" }.joined(separator: "&") }

    static func call(
        _ body: String, line: String = "POST /api/conso/parameters HTTP/1.1",
        type: String = "application/x-www-form-urlencoded"
    ) throws -> ContextCall {
        let text = "\(line)\r\nHost: drimbox.example\r\nContent-Type: \(type)\r\n\r\n\(body)"
        return ContextCall(try #require(CapturedRequest(reading: Array(text.utf8))))
    }

    private static func edited(_ old: String, _ new: String) throws -> ContextCall {
        try #require(body.contains(old))
        return try call(body.replacing(old, with: new))
    }

    static let broken: [BrokenCase<ContextCall>] =
        [
            BrokenCase("CTX-001", "GET", actual: "GET") { try call("", line: "GET /api?\(body) HTTP/1.1") },
            BrokenCase("CTX-001", "data in the URL", actual: "Patient.name.given") {
                try call(body, line: "POST /api?Patient.name.given=ALIX HTTP/1.1")
            },
            BrokenCase("CTX-001", "INS in the URL", actual: "x") {
                try call(body, line: "POST /api?x=\(exam.patient.nationalIdentifier.value) HTTP/1.1")
            },
            BrokenCase("CTX-002", "JSON", actual: "application/json") { try call(body, type: "application/json") },
            BrokenCase("CTX-002", "Latin-1 by name", actual: "ISO-8859-1") {
                try call(body, type: "application/x-www-form-urlencoded; charset=ISO-8859-1")
            },
            BrokenCase("CTX-002", "Latin-1 by bytes", actual: "%C9") { try edited("%C3%89", "%C9") },
            BrokenCase("CTX-002", "a bare percent sign", actual: "%Z") { try edited("=ALIX", "=%ZALIX") },
            BrokenCase("CTX-002", "no value", actual: "Modality") { try edited("Modality=CT", "Modality") },
            BrokenCase("CTX-003", "another case", actual: "patient.gender") {
                try edited("Patient.gender", "patient.gender")
            },
            BrokenCase("CTX-003", "repeated", actual: "2") { try edited("Modality=CT", "Modality=CT&Modality=MR") },
            BrokenCase("CTX-003", "an optional one is empty", actual: "Modality=") {
                try edited("Modality=CT", "Modality=")
            },
            BrokenCase("CTX-003", "unknown", actual: "Colour", severity: .warning) {
                try edited("Modality=CT", "Modality=CT&Colour=red")
            },
            BrokenCase("CTX-003", "the former name", actual: "InformationEtConsentement", severity: .warning) {
                try edited("InformationEtOppositionConsultation", "InformationEtConsentement")
            },
            BrokenCase("CTX-003", "no boolean", actual: "oui", severity: .warning) {
                try edited("Consultation=true", "Consultation=oui")
            },
            BrokenCase("CTX-004", "a wrong key", actual: "270019999900001") {
                try edited(exam.patient.nationalIdentifier.value, "270019999900001")
            },
            BrokenCase("CTX-004", "too short", actual: "2700199") {
                try edited(exam.patient.nationalIdentifier.value, "2700199")
            },
            BrokenCase("CTX-005", "another OID", actual: "1.2.3.4") { try edited("1.2.250.1.213.1.4.10", "1.2.3.4") },
            BrokenCase("CTX-006", "no date", actual: "19701301") { try edited("19700101", "19701301") },
            BrokenCase("CTX-006", "a year", actual: "1970") { try edited("19700101", "1970") },
            BrokenCase("CTX-007", "another code", actual: "X") { try edited("gender=F", "gender=X") },
            BrokenCase("CTX-008", "a postal name", actual: "Paris") { try edited("99999", "Paris") },
            BrokenCase("CTX-009", "a modality in words", actual: "Scanner") {
                try edited("Modality=CT", "Modality=Scanner")
            },
            BrokenCase("CTX-009", "a modality of no exam", actual: "KO") { try edited("Modality=CT", "Modality=KO") },
            BrokenCase("CTX-009", "an unknown modality", actual: "ZZ") { try edited("Modality=CT", "Modality=ZZ") },
            BrokenCase("CTX-009", "an unknown region", actual: "12345678") { try edited("67734004", "12345678") },
            BrokenCase("CTX-009", "a region in words", actual: "thorax") { try edited("67734004", "thorax") },
            BrokenCase("CTX-010", "one date", actual: "20250101") { try edited("20250101-20251231", "20250101") },
            BrokenCase("CTX-010", "the end before the start", actual: "20251231-20250101") {
                try edited("20250101-20251231", "20251231-20250101")
            },
            BrokenCase("CTX-011", "no UID", actual: "1.02.3") { try edited("UID=1.2.3", "UID=1.02.3") },
            BrokenCase("CTX-012", "a number alone", actual: "AccessionNumber") {
                try edited("&AccessionNumberIssuer=1.2.3", "")
            },
            BrokenCase("CTX-012", "an issuer alone", actual: "AccessionNumberIssuer") {
                try edited("&AccessionNumber=A1", "")
            },
            BrokenCase("CTX-013", "an OID alone", actual: "1.2.3") {
                try edited("CHU%261.2.250.1.999.3.3%26ISO", "1.2.3")
            },
        ]
        + ContextCall.mandatory.flatMap { name -> [BrokenCase<ContextCall>] in
            let value = fields.first { $0.name == name }?.value ?? ""
            return [
                BrokenCase("CTX-003", "without \(name)", actual: "∅") {
                    try edited("\(name)=\(value)", "Situation=1")
                },
                BrokenCase("CTX-003", "\(name) is empty", actual: "\(name)=") {
                    try edited("\(name)=\(value)&", "\(name)=&")
                },
            ]
        }

    @Test("The table is sound, and each rule has a failing case")
    func table() { expectSoundTable(ContextCallRules.all, broken: Self.broken.map(\.id), prefix: "CTX-") }

    @Test("A rule finds what it is about", arguments: broken)
    func finds(example: BrokenCase<ContextCall>) throws { try example.expectBroken(ContextCallRules.all) }

    @Test("A whole call breaks no rule, and so does one of the mandatory parameters alone")
    func sound() throws {
        for body in [Self.body, Self.fields.prefix(10).map { "\($0.name)=\($0.value)" }.joined(separator: "&")] {
            let call = try Self.call(body)
            for severity in [Severity.violation, .warning] {
                #expect(findings(ContextCallRules.all, call, severity) == [])
            }
        }
        let call = try Self.call(Self.body)
        #expect(call["Patient.name.family"] == "PATIENTE-ÉSSAI")
        #expect(call["PatientIDIssuer"] == "CHU&1.2.250.1.999.3.3&ISO")
        #expect(verdicts(ContextCallRules.all, call).values.allSatisfy { $0 == .pass })
    }

    @Test(
        "Writings that are in use are accepted",
        arguments: [
            ("19700101", "1970-01-01"), ("gender=F", "gender=female"), ("gender=F", "gender=m"), ("99999", "2A004"),
            ("=ALIX", "=ALIX+CLAUDE"), ("=ALIX", "=ALIX%20CLAUDE"), ("=true", "=false"), ("&", "&&"),
        ])
    func accepted(old: String, new: String) throws {
        let call = try Self.edited(old, new)
        for severity in [Severity.violation, .warning] {
            #expect(findings(ContextCallRules.all, call, severity) == [])
        }
    }

    @Test("A request is known as a call by its form, or by its query")
    func recognized() throws {
        #expect(ContextCall.isRecognized(try Self.call(Self.body).request))
        #expect(ContextCall.isRecognized(try Self.call("", line: "GET /api?\(Self.body) HTTP/1.1").request))
        #expect(!ContextCall.isRecognized(try Self.call("token=x").request))
    }

    struct Answer: Sendable {
        let status: Int
        let location: String?
        let broken: [String]
    }

    static let answers = [
        Answer(status: 302, location: "https://ui.example/?uuid=0f8fad5bd9cb469fa16570867728950e", broken: []),
        Answer(status: 303, location: "https://ui.example/c/0f8fad5b-d9cb-469f-a165-70867728950e", broken: []),
        Answer(status: 302, location: "http://127.0.0.1:8080/?u=0f8fad5bd9cb469fa165", broken: []),
        Answer(status: 200, location: "https://ui.example/?uuid=0f8fad5bd9cb469fa16570867728950e", broken: ["CTX-014"]),
        Answer(status: 301, location: "https://ui.example/?uuid=0f8fad5bd9cb469fa16570867728950e", broken: ["CTX-014"]),
        Answer(status: 302, location: nil, broken: ["CTX-014"]),
        Answer(status: 302, location: "/ui?uuid=0f8fad5bd9cb469fa16570867728950e", broken: ["CTX-014"]),
        Answer(status: 302, location: "http://ui.example/?uuid=0f8fad5bd9cb469fa16570867728950e", broken: ["CTX-014"]),
        Answer(status: 302, location: "https://ui.example/?id=17", broken: ["CTX-015"]),
        Answer(
            status: 302, location: "https://ui.example/?uuid=0f8fad5bd9cb469fa16570867728950e&ipp=IPP123",
            broken: ["CTX-015"]),
        Answer(
            status: 302, location: "https://ui.example/?uuid=0f8fad5bd9cb469fa16570867728950e&n=PATIENTE-%C3%89SSAI",
            broken: ["CTX-015"]),
    ]

    @Test("The answer sends the browser to an address that tells nothing", arguments: answers)
    func judges(answer: Answer) throws {
        let subject = ContextAnswer(
            to: try Self.call(Self.body), status: answer.status, location: answer.location)
        let broken = ContextAnswerRules.all.filter { !$0.judge(subject, level: .run).findings.isEmpty }
        #expect(broken.map(\.descriptor.id) == answer.broken)
        expectSoundTable(
            ContextAnswerRules.all, broken: Self.answers.flatMap(\.broken), prefix: "CTX-")
    }
}
