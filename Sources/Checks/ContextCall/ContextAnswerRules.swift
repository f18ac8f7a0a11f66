public import Conformance
internal import Foundation
public import Imaging

/// The answer of a DRIMbox consumer to a contextual call.
public struct ContextAnswer: Sendable {
    /// The call that is answered.
    public let call: ContextCall
    public let status: Int
    /// `Location`, as it came; nil where there is none.
    public let location: String?

    /// An answer.
    public init(to call: ContextCall, status: Int, location: String?) {
        self.call = call
        self.status = status
        self.location = location
    }
}

/// The rules on the answer to a contextual call: CTX-014 and CTX-015.
///
/// Passes: 302 or 303 with an absolute https Location whose id cannot be guessed. Fails: another status, no Location, a
/// relative one, one that holds a datum of the patient.
public enum ContextAnswerRules {
    /// Every rule.
    public static let all: [Rule<ContextAnswer>] = [
        Rule(
            ContextCallRules.descriptor(
                "CTX-014", .violation, fr: "La réponse est 302 ou 303, avec un Location https absolu",
                en: "The answer is 302 or 303, with an absolute https Location"), judgeRedirection),
        Rule(
            ContextCallRules.descriptor(
                "CTX-015", .warning,
                fr: "Location ne porte pas de donnée du patient, et son identifiant ne se devine pas",
                en: "Location holds no datum of the patient, and its id cannot be guessed"), judgeSecrecy),
    ]

    private static let place = EvidencePlace(header: "Location")

    private static func judgeRedirection(_ answer: ContextAnswer, _ remarks: inout Remarks) {
        if answer.status != 302, answer.status != 303 {
            remarks.remark(
                LocalizedText(
                    fr: "La réponse ne renvoie pas le navigateur vers l'interface",
                    en: "The answer does not send the browser to the interface"),
                expected: "302 | 303", actual: "\(answer.status)", at: EvidencePlace(object: "status line", line: 1))
        }
        let url = answer.location.flatMap { URL(string: $0) }
        let host = url?.host() ?? ""
        let isLoopback = ["127.0.0.1", "localhost", "::1"].contains(host)
        guard let scheme = url?.scheme?.lowercased(), !host.isEmpty,
            scheme == "https" || (scheme == "http" && isLoopback)
        else {
            return remarks.remark(
                LocalizedText(
                    fr: "Location est absent, relatif ou sans https", en: "Location is missing, relative or not https"),
                expected: "https://…", actual: answer.location ?? "∅", at: place)
        }
    }

    private static func judgeSecrecy(_ answer: ContextAnswer, _ remarks: inout Remarks) {
        guard let location = answer.location, !location.isEmpty else {
            return remarks.notRun(fr: "La réponse n'a pas de Location", en: "The answer has no Location")
        }
        let written = location.percentDecoded.lowercased()
        // Short values, such as a sex or a flag, stand in any URL by chance.
        let told = ContextCall.mandatory.filter { name in
            guard let value = answer.call[name], value.count >= 5, value.lowercased() != "false" else { return false }
            return written.contains(value.lowercased()) && name != "Patient.identifier.system"
        }
        if !told.isEmpty {
            remarks.remark(
                LocalizedText(fr: "Location porte des données du patient", en: "Location holds data of the patient"),
                expected: "?uuid=…", actual: told.joined(separator: ", "), at: place)
        }
        let longest =
            location.split { "/?&=#".contains($0) }.map { part in part.filter { $0.isHexDigit || $0.isLetter }.count }
            .max() ?? 0
        if longest < 16 {
            remarks.remark(
                LocalizedText(
                    fr: "Location n'a pas d'identifiant assez long pour ne pas se deviner",
                    en: "Location has no id that is long enough not to be guessed"),
                expected: "≥ 16 × [0-9A-Za-z]", actual: location, at: place)
        }
    }
}
