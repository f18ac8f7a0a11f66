import Conformance
import HL7v2
import Simulators
import Testing

@testable import Checks

@Suite struct HL7RulesTests {
    private static let exam = ExamFixture(seed: 11)

    private static func subject(_ bytes: [UInt8]) throws -> IntakeSubject {
        IntakeSubject(try HL7Message(reading: bytes))
    }

    /// The exam's message with one text replaced by another.
    private static func edited(
        _ old: String, _ new: String, _ kind: ReportTransmission.Kind = .observation, report: [UInt8]? = nil
    ) throws -> IntakeSubject {
        let text = String(decoding: exam.intake(kind, controlID: "7", report: report).encoded(), as: UTF8.self)
        try #require(text.contains(old))
        return try subject(Array(text.replacing(old, with: new).utf8))
    }

    /// The report of the exam with one text replaced.
    private static func report(_ old: String, _ new: String) throws -> [UInt8] {
        let text = String(decoding: exam.reportBytes(), as: UTF8.self)
        try #require(text.contains(old))
        return Array(text.replacing(old, with: new).utf8)
    }

    private static let ins = exam.patient.nationalIdentifier.value
    private static let ipp = exam.patient.localIdentifier.value

    static let broken: [BrokenCase<IntakeSubject>] = [
        BrokenCase("HL7-001", "another type", actual: "ADT^A01") { try edited("ORU^R01^ORU_R01", "ADT^A01") },
        BrokenCase("HL7-001", "no profile", actual: "∅") { try edited("|2.1^CISIS_CDA_HL7_V2", "") },
        BrokenCase("HL7-001", "another profile", actual: "2.0^CISIS_CDA_HL7_V2") {
            try edited("2.1^CISIS", "2.0^CISIS")
        },
        BrokenCase("HL7-001", "another version", actual: "2.3.1", severity: .warning) {
            try edited("|T|2.5|", "|T|2.3.1|")
        },
        BrokenCase("HL7-001", "no control id", actual: "∅") { try edited("|7|T|", "||T|") },
        BrokenCase("HL7-001", "two messages in a frame", actual: "2 MSH") {
            let message = exam.intake(controlID: "7").encoded()
            return try subject(message + message)
        },
        BrokenCase("HL7-002", "an INS with a letter in its key", actual: "2700199999000AB") {
            try edited("\(ins)^^^ASIP", "2700199999000AB^^^ASIP")
        },
        BrokenCase("HL7-002", "no INS", actual: ipp) { try edited("&ISO^INS~", "&ISO^NI~") },
        BrokenCase("HL7-002", "an authority that is none of the INS", actual: "1.2.3") {
            try edited("&1.2.250.1.213.1.4.10&ISO^INS", "&1.2.3&ISO^INS")
        },
        BrokenCase("HL7-002", "an INS that is too short", actual: "12345") {
            try edited("\(ins)^^^ASIP", "12345^^^ASIP")
        },
        BrokenCase("HL7-002", "a wrong key", actual: "270019999900001", capture: .warning) {
            try edited("\(ins)^^^ASIP", "270019999900001^^^ASIP")
        },
        BrokenCase("HL7-002", "another type of authority", actual: "DNS", severity: .warning) {
            try edited(".4.10&ISO^INS", ".4.10&DNS^INS")
        },
        BrokenCase("HL7-002", "no IPP", actual: ins) { try edited("&ISO^PI", "&ISO^PN") },
        BrokenCase("HL7-002", "an IPP without authority", actual: ipp) {
            try edited("CISIS&1.2.250.1.999.3.3&ISO^PI", "CISIS^PI")
        },
        BrokenCase("HL7-003", "a provisional identity", actual: "PROV") { try edited("|VALI", "|PROV") },
        BrokenCase("HL7-003", "no status", actual: "∅") { try edited("|VALI", "|") },
        BrokenCase("HL7-004", "no document", actual: "TX/18748-4") { try edited("|ED|", "|TX|") },
        BrokenCase("HL7-004", "another code", actual: "11502-2") {
            try edited("ED|18748-4^", "ED|11502-2^")
        },
        BrokenCase("HL7-004", "another code system", actual: "L") {
            try edited("ED|18748-4^CR d'imagerie médicale^LN", "ED|18748-4^CR d'imagerie médicale^L")
        },
        BrokenCase("HL7-004", "another encoding", actual: "A", severity: .warning) { try edited("^Base64^", "^A^") },
        BrokenCase("HL7-004", "no Base64", actual: "*") { try edited("^Base64^", "^Base64^***") },
        BrokenCase("HL7-004", "another document", actual: "OBX-5") {
            try subject(exam.intake(controlID: "7", report: Array("<a/>".utf8)).encoded())
        },
        BrokenCase("HL7-004", "no XML", actual: "OBX-5") {
            try subject(exam.intake(controlID: "7", report: Array("%PDF-1.4".utf8)).encoded())
        },
        BrokenCase("HL7-004", "a CDA of another code", actual: "CDA: 11502-2") {
            let other = try report("code=\"18748-4\"", "code=\"11502-2\"")
            return try subject(exam.intake(controlID: "7", report: other).encoded())
        },
        BrokenCase("HL7-005", "a second patient", actual: "255019999900179") {
            let message = exam.intake(controlID: "7").encoded()
            return try subject(
                message + Array("PID|2||255019999900179^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS\r".utf8))
        },
        BrokenCase("HL7-005", "another INS", actual: "255019999900179") {
            try edited("\(ins)^^^ASIP", "255019999900179^^^ASIP")
        },
        BrokenCase("HL7-005", "another authority", actual: "1.2.250.1.213.1.4.8") {
            try edited("1.2.250.1.213.1.4.10&ISO^INS", "1.2.250.1.213.1.4.8&ISO^INS")
        },
        BrokenCase("HL7-005", "another IPP", actual: "IPPX") { try edited("~\(ipp)^^^", "~IPPX^^^") },
        BrokenCase("HL7-005", "another birth date", actual: "19710101") { try edited("|19700101|", "|19710101|") },
        BrokenCase("HL7-005", "another sex", actual: "M") { try edited("|F|", "|M|") },
        BrokenCase("HL7-005", "another name", actual: "AUTRE") { try edited("PATIENTE-ESSAI^ALIX^", "AUTRE^BELA^") },
        BrokenCase("HL7-005", "another given name", actual: "BELA", severity: .warning) {
            try edited("PATIENTE-ESSAI^ALIX^", "PATIENTE-ESSAI^BELA^")
        },
        BrokenCase("HL7-008", "neither Y nor N", actual: "peut-être") {
            try edited("Y^^expanded", "peut-être^^expanded")
        },
        BrokenCase("HL7-008", "no value", actual: "∅") { try edited("Y^^expandedYes-NoIndicator", "") },
        BrokenCase("HL7-008", "two values", actual: "N^^expandedYes-NoIndicator") {
            try subject(
                exam.intake(controlID: "7").encoded()
                    + Array("OBX|3|CE|DESTDMP^^MetaDMPMSS||N^^expandedYes-NoIndicator\r".utf8))
        },
        BrokenCase("HL7-008", "repeated", actual: "Y^^expandedYes-NoIndicator", severity: .warning) {
            try subject(exam.intake(controlID: "7", options: ["DESTDMP", "DESTDMP"]).encoded())
        },
        BrokenCase("HL7-008", "unknown", actual: "MASQUE_TOUS", severity: .warning) {
            try subject(exam.intake(controlID: "7", options: ["MASQUE_TOUS"]).encoded())
        },
        BrokenCase("HL7-008", "a former name", actual: "INVISIBLE_REPRENSANTS_LEGAUX", severity: .warning) {
            try subject(exam.intake(controlID: "7", options: ["INVISIBLE_REPRENSANTS_LEGAUX"]).encoded())
        },
        BrokenCase("HL7-009", "another document id", actual: "1.2.3.4") {
            try edited("|\(exam.documentID)|", "|1.2.3.4|", .document)
        },
        BrokenCase("HL7-009", "no document id", actual: "∅") { try edited("|\(exam.documentID)|", "||", .document) },
    ]

    @Test("The table is sound, and each rule has a failing case")
    func table() {
        expectSoundTable(IntakeRules.all, broken: Self.broken.map(\.id), prefix: "HL7-")
        expectSoundTable(AcknowledgmentRules.all, broken: ["HL7-006"], prefix: "HL7-")
    }

    @Test("A rule finds what it is about, with the field and its byte", arguments: broken)
    func finds(example: BrokenCase<IntakeSubject>) throws { try example.expectBroken(IntakeRules.all) }

    @Test("The messages of the exam break no rule", arguments: ReportTransmission.Kind.allCases)
    func sound(kind: ReportTransmission.Kind) throws {
        let subject = try Self.subject(Self.exam.intake(kind, controlID: "7").encoded())
        #expect(subject.message.faults == [])
        let found = verdicts(IntakeRules.all, subject)
        #expect(found.filter { $0.value != .pass } == (kind == .document ? [:] : ["HL7-009": .notApplicable]))
        for severity in [Severity.violation, .warning] {
            #expect(findings(IntakeRules.all, subject, severity) == [])
        }
        #expect(subject.document == Self.exam.reportBytes())
    }

    @Test("What cannot be seen is not judged")
    func unseen() throws {
        let other = try Self.subject(Array("MSH|^~\\&|||||||ADT^A01|7|P|2.5\r".utf8))
        let found = verdicts(IntakeRules.all, other)
        #expect(found["HL7-001"] == .fail)
        for id in ["HL7-002", "HL7-003", "HL7-004", "HL7-005"] { #expect(found[id] == .notRun, "\(id)") }
        let unreadable = try Self.subject(Self.exam.intake(.document, controlID: "7", report: [0x3C]).encoded())
        #expect(verdicts(IntakeRules.all, unreadable)["HL7-005"] == .notRun)
        #expect(verdicts(IntakeRules.all, unreadable)["HL7-009"] == .notRun)
    }

    @Test("A PID that is repeated for the same patient, and each option once, break no rule")
    func repeated() throws {
        let message = Self.exam.intake(controlID: "7", options: ["DESTDMP", "MASQUE_PS", "ACK_LECTURE_MSS"]).encoded()
        let segment = try #require(
            message.split(separator: 0x0D).first { $0.starts(with: "PID|".utf8) })
        let subject = try Self.subject(message + segment + [0x0D])
        #expect(subject.message.all("PID").count == 2)
        for severity in [Severity.violation, .warning] {
            #expect(findings(IntakeRules.all, subject, severity) == [])
        }
        let none = try Self.subject(Self.exam.intake(controlID: "7", options: []).encoded())
        #expect(verdicts(IntakeRules.all, none)["HL7-008"] == .notApplicable)
    }

    @Test(
        "A study that changed and an answer hand no report over, and break no rule",
        arguments: ["OMI^O23^OMI_O23", "ACK^R01^ACK"])
    func others(type: String) throws {
        let subject = try Self.subject(Array("MSH|^~\\&|||||||\(type)|7|P|2.5.1\rPID|1\r".utf8))
        let found = verdicts(IntakeRules.all, subject)
        #expect(found["HL7-001"] == .notApplicable)
        #expect(found.values.allSatisfy { $0 != .fail && $0 != .pass })
    }

    @Test(
        "A name that is written otherwise is the same name",
        arguments: ["Patiente Essai^Alix^", "PATIENTE-ESSAI^ALIX CLAUDE^", "patiente-essai^alix^"])
    func names(written: String) throws {
        let subject = try Self.edited("PATIENTE-ESSAI^ALIX^", written)
        #expect(verdicts(IntakeRules.all, subject)["HL7-005"] == .pass)
        #expect(findings(IntakeRules.all, subject, .warning) == [])
    }

    struct Answer: Sendable {
        let text: String?
        let verdict: Verdict
        let actual: String
    }

    @Test(
        "An answer names its message and what became of it",
        arguments: [
            Answer(text: "MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|AA|7\r", verdict: .pass, actual: ""),
            Answer(text: "MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|AE|7\r", verdict: .pass, actual: ""),
            Answer(text: "MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|AR|7\r", verdict: .pass, actual: ""),
            Answer(text: "MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|AA|8\r", verdict: .fail, actual: "8"),
            Answer(text: "MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|OK|7\r", verdict: .fail, actual: "OK"),
            Answer(text: "MSH|^~\\&|||||||ACK|1|P|2.5\rMSA\r", verdict: .fail, actual: "∅"),
            Answer(text: "MSH|^~\\&|||||||ACK|1|P|2.5\r", verdict: .fail, actual: "MSH"),
            Answer(text: nil, verdict: .fail, actual: "∅"),
        ])
    func acknowledgments(answer: Answer) throws {
        let message = try answer.text.map { try HL7Message(reading: Array($0.utf8)) }
        let rule = try #require(AcknowledgmentRules.all.first)
        let captured = rule.judge(AcknowledgmentSubject(controlID: nil, answer: message), level: .capture)
        // What is answered is not known: another id is none.
        #expect(captured.verdict == (answer.actual == "8" ? .pass : answer.verdict))
        let subject = AcknowledgmentSubject(controlID: "7", answer: message)
        let outcome = rule.judge(subject, level: .run)
        #expect(outcome.verdict == answer.verdict)
        if answer.verdict == .fail {
            #expect(outcome.findings.contains { $0.actual == answer.actual })
            #expect(outcome.findings.allSatisfy { $0.place != nil && $0.expected?.isEmpty == false })
        }
    }
}
