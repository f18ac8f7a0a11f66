internal import Foundation
public import HL7v2

/// The messages by which an information system hands the report of an exam to a DRIMbox source.
extension ExamFixture {
    /// A message with the report, each datum from the exam.
    ///
    /// - Parameters:
    ///   - kind: ORU^R01 in HL7 v2.5 or MDM^T02 in v2.6.
    ///   - controlID: MSH-10.
    ///   - report: the CDA; that of the exam where nil.
    ///   - options: the options of the delivery (code system MetaDMPMSS) that are asked for.
    public func intake(
        _ kind: ReportTransmission.Kind = .observation, controlID: String, report: [UInt8]? = nil,
        options: [String] = ["DESTDMP"]
    ) -> HL7Draft {
        let document = Data(report ?? reportBytes()).base64EncodedString()
        let isObservation = kind == .observation
        let time = reported.cda
        var segments = [
            HL7Draft.Segment(
                "MSH",
                [
                    3: "CISIS-RIS", 4: escaped(organization.name), 5: "DRIMBOX", 6: escaped(organization.name), 7: time,
                    9: kind.rawValue + (isObservation ? "^ORU_R01" : "^MDM_T02"), 10: controlID, 11: "T",
                    12: isObservation ? "2.5" : "2.6", 17: "FRA", 18: "UNICODE UTF-8", 21: ReportTransmission.profile,
                ])
        ]
        if !isObservation { segments.append(HL7Draft.Segment("EVN", [1: "", 2: time])) }
        segments.append(patientSegment())
        segments.append(HL7Draft.Segment("PV1", [2: "N"]))
        if isObservation {
            let code = "\(ReportTransmission.reportCode)^CR d'imagerie médicale^LN"
            segments.append(HL7Draft.Segment("ORC", [1: "NW", 2: order.value]))
            segments.append(
                HL7Draft.Segment("OBR", [1: "1", 2: order.value, 3: accession.value, 4: code, 7: start.cda]))
        } else {
            segments.append(
                HL7Draft.Segment(
                    "TXA", [1: "1", 2: "CR", 4: time, 12: documentID, 17: "LA"]))
        }
        segments.append(
            HL7Draft.Segment(
                "OBX",
                [
                    1: "1", 2: "ED", 3: "\(ReportTransmission.reportCode)^CR d'imagerie médicale^LN",
                    5: "^TEXT^XML^Base64^\(document)", 11: "F",
                ]))
        for (number, option) in options.enumerated() {
            segments.append(
                HL7Draft.Segment(
                    "OBX",
                    [
                        1: "\(number + 2)", 2: "CE", 3: "\(option)^^\(ReportTransmission.optionSystem)",
                        5: "Y^^expandedYes-NoIndicator", 11: "F",
                    ]))
        }
        segments.append(submitterSegment())
        return HL7Draft(segments)
    }

    private func patientSegment() -> HL7Draft.Segment {
        let ins = patient.nationalIdentifier
        let identifiers = [
            "\(ins.value)^^^ASIP-SANTE-INS-NIR&\(ins.root)&ISO^INS",
            "\(patient.localIdentifier.value)^^^CISIS&\(patient.localIdentifier.root)&ISO^PI",
        ]
        let name =
            "\(escaped(patient.birthName))^\(escaped(patient.firstBirthGivenName))^\(escaped(patient.birthGivenNames))"
        return HL7Draft.Segment(
            "PID",
            [
                3: identifiers.joined(separator: "~"), 5: name + "^^^^L", 7: patient.birthDate, 8: patient.sex,
                11: "^^^^^^BDL^^\(patient.birthPlaceCode)", 32: "VALI",
            ])
    }

    /// Who submits: the author and the organisation.
    private func submitterSegment() -> HL7Draft.Segment {
        let person =
            "\(author.identifier)^\(escaped(author.family))^\(escaped(author.given))^^^^^^ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS"
        let place =
            "\(escaped(organization.name))^^^^^ASIP-SANTE-ST&1.2.250.1.71.4.2.2&ISO^IDNST^^^\(organization.identifier)"
        return HL7Draft.Segment("PRT", [2: "UC", 4: "SB^Send by^participation", 5: person, 8: place])
    }

    private func escaped(_ text: String) -> String { HL7Draft.escaped(text) }
}
