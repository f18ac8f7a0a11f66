internal import Checks
internal import Conformance
internal import HL7v2
internal import XDS

/// How a message of an information system is judged.
extension FileValidator {
    /// The most messages of one capture that are judged.
    private static let maximumMessages = 1000

    /// HL7 v2 messages, with or without their MLLP frames, and the reports in them.
    func judgeIntake(_ bytes: [UInt8], _ judgement: inout FileJudgement) async {
        let ranges = HL7Message.ranges(in: bytes)
        var answered: String?
        for (index, range) in ranges.prefix(Self.maximumMessages).enumerated() {
            var own = FileJudgement(file: judgement.file, kind: .hl7, layers: [], summary: [])
            await judgeMessage(Array(bytes[range]), answering: &answered, &own)
            judgement.pack = judgement.pack ?? own.pack
            judgement.summary += own.summary
            judgement.layers +=
                ranges.count == 1 ? own.layers : own.layers.map { $0.placed(in: "message \(index + 1)") }
        }
        guard ranges.count > Self.maximumMessages else { return }
        judgement.layers.append(
            LayerJudgement(
                "hl7v2", .inconclusive,
                fr: "Le fichier a \(ranges.count) messages : les \(Self.maximumMessages) premiers sont jugés",
                en: "The file has \(ranges.count) messages: the first \(Self.maximumMessages) are judged"))
    }

    /// One message; `answered` is the MSH-10 of the one before it, which an acknowledgment answers.
    private func judgeMessage(
        _ bytes: [UInt8], answering answered: inout String?, _ judgement: inout FileJudgement
    ) async {
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
        let earlier = answered
        answered = message.controlID
        let subject = await WorkerPool.shared.run { IntakeSubject(message) }
        guard !IntakeRules.isAcknowledgment(subject) else {
            judgement.layers.append(
                await rules("hl7", AcknowledgmentRules.all, AcknowledgmentSubject(controlID: earlier, answer: message)))
            return
        }
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

extension LayerJudgement {
    /// The layer with the places of its findings within `part`.
    fileprivate func placed(in part: String) -> LayerJudgement {
        var layer = self
        for index in layer.findings.indices {
            var place = layer.findings[index].place ?? EvidencePlace()
            place.part = place.part.map { "\(part), \($0)" } ?? part
            layer.findings[index].place = place
        }
        return layer
    }
}
