internal import Checks
internal import Conformance
internal import HL7v2
internal import XDS

/// How a message of an information system is judged.
extension FileValidator {
    /// An HL7 v2 message, with or without its MLLP frame, and the report in it.
    func judgeIntake(_ bytes: [UInt8], _ judgement: inout FileJudgement) async {
        let message: HL7Message
        do throws(HL7Error) {
            message = try HL7Message(reading: bytes)
        } catch {
            judgement.layers.append(
                LayerJudgement(
                    "hl7v2",
                    findings: [
                        Finding(
                            check: "hl7v2.malformed", severity: .violation,
                            message: LocalizedText(fr: error.french, en: error.english),
                            expected: "MSH|^~\\&|…", place: EvidencePlace(byte: error.byteOffset))
                    ]))
            return
        }
        judgement.layers.append(LayerJudgement("hl7v2", findings: message.faults.map(Self.finding)))
        judgement.summary = Self.summary(message)
        let subject = await WorkerPool.shared.run { IntakeSubject(message) }
        guard !IntakeRules.isOther(subject) else {
            judgement.layers.append(
                LayerJudgement(
                    "hl7", .notRun,
                    fr: "\(message.type) ne transmet pas de compte rendu : son contenu n'est pas jugé",
                    en: "\(message.type) hands no report over: its content is not judged", isRequired: false))
            return
        }
        judgement.layers.append(await rules("hl7", IntakeRules.all, subject))
        guard let document = subject.document else { return }
        judgement.layers += await layers(of: SubmittedDocument(id: "OBX-5", bytes: document))
        if FileKind.detect(document) == .cda { judgement.pack = options.pack.map { PackIdentity($0) } }
    }

    /// A message that breaks its encoding but can be read: HL7 v2.5, 2.5.4 and 2.14.9.18.
    private static func finding(_ fault: HL7Fault) -> Finding {
        let isFatal = fault.code == .tooMany || fault.code == .character
        return Finding(
            check: "hl7v2.\(fault.code.rawValue)", severity: isFatal ? .violation : .warning,
            message: LocalizedText(fr: fault.french, en: fault.english), place: EvidencePlace(byte: fault.byteOffset))
    }

    private static func summary(_ message: HL7Message) -> [String] {
        var lines = ["MSH-9 \(message.type), MSH-10 \(message.controlID), MSH-12 \(message.version)"]
        lines.append(message.segments.map(\.name).joined(separator: " "))
        for document in ReportTransmission(message)?.documents ?? [] {
            let size = document.bytes.map { "\($0.count) bytes" } ?? "-"
            lines.append("\(document.segment.place(5)): \(document.code) \(document.encoding), \(size)")
        }
        return lines
    }
}
