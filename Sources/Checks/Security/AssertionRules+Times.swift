import Conformance
import Foundation
import SOAP
import Signatures
import XML

/// SEC-005: the instants of an assertion, by themselves and against the message that brought it.
///
/// What SAML forbids is an error: what is no `xs:dateTime`, a validity that ends before it begins. What only a clock
/// tells, and a local time, are warnings.
extension AssertionRules {
    private static let skew: TimeInterval = 300

    static func judgeTimes(_ assertion: VIHFReading, _ subject: AssertionSubject, _ remarks: inout Remarks) {
        let values = assertion.values
        let issued = judge(values.issueInstant, "IssueInstant", at: assertion.node, subject, &remarks)
        let authenticated = judge(
            values.authnInstant ?? "", "AuthnInstant", at: assertion.authnStatement ?? assertion.node, subject,
            &remarks)
        if let issued, let authenticated, authenticated.date.timeIntervalSince(issued.date) > skew {
            remarks.remark(
                LocalizedText(
                    fr: "L'authentification (AuthnInstant) est postérieure à l'émission de l'assertion",
                    en: "The authentication (AuthnInstant) is later than the issue of the assertion"),
                expected: "≤ \(values.issueInstant)", actual: values.authnInstant,
                at: subject.place(assertion.authnStatement), severity: .warning)
        }
        judgeValidity(assertion, issued, subject, &remarks)
    }

    /// The instant that `text` is; what is none or no UTC is told. Source: SAML 2.0 Core 1.3.3.
    private static func judge(
        _ text: String, _ name: String, at node: Node, _ subject: AssertionSubject, _ remarks: inout Remarks
    ) -> XMLInstant? {
        guard let instant = XMLInstant(text) else {
            remarks.remark(
                LocalizedText(fr: "\(name) n'est pas un instant", en: "\(name) is no instant"),
                expected: "2026-01-31T12:00:00Z", actual: text.isEmpty ? "∅" : text, at: subject.place(node))
            return nil
        }
        if !instant.isUTC {
            remarks.remark(
                LocalizedText(fr: "\(name) n'est pas un instant en UTC", en: "\(name) is no instant in UTC"),
                expected: "2026-01-31T12:00:00Z", actual: text, at: subject.place(node), severity: .warning)
        } else if let received = subject.receivedAt, abs(instant.date.timeIntervalSince(received)) > skew {
            remarks.remark(
                LocalizedText(
                    fr: "\(name) est à plus de 5 minutes de la réception",
                    en: "\(name) is more than 5 minutes from the reception"),
                expected: XMLInstant.text(received), actual: text, at: subject.place(node), severity: .warning)
        }
        return instant
    }

    /// `NotBefore` and `NotOnOrAfter`, against each other, the issue and the reception. Source: SAML 2.0 Core 2.5.1.2.
    private static func judgeValidity(
        _ assertion: VIHFReading, _ issued: XMLInstant?, _ subject: AssertionSubject, _ remarks: inout Remarks
    ) {
        let values = assertion.values
        let place = subject.place(assertion.conditions)
        func instant(_ name: String, _ text: String?) -> XMLInstant? {
            guard let text else { return nil }
            if let instant = XMLInstant(text) { return instant }
            remarks.remark(
                LocalizedText(fr: "\(name) n'est pas un instant", en: "\(name) is no instant"),
                expected: "xs:dateTime", actual: text.isEmpty ? "∅" : text, at: place)
            return nil
        }
        let start = instant("NotBefore", values.notBefore)
        let end = instant("NotOnOrAfter", values.notOnOrAfter)
        if let start, let end, end.date <= start.date {
            remarks.remark(
                LocalizedText(
                    fr: "NotOnOrAfter n'est pas après NotBefore : l'assertion n'est jamais en vigueur",
                    en: "NotOnOrAfter is not after NotBefore: the assertion is never in force"),
                expected: "NotOnOrAfter > \(values.notBefore ?? "")", actual: values.notOnOrAfter, at: place)
        }
        let moments: [(XMLInstant?, String, String?, Bool)] = [
            (start, "NotBefore", values.notBefore, true), (end, "NotOnOrAfter", values.notOnOrAfter, false),
        ]
        for case (let limit?, let name, let text, let isStart) in moments {
            if let received = subject.receivedAt {
                guard isStart ? received < limit.date : received >= limit.date else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "L'assertion n'est pas en vigueur à la réception (\(name))",
                        en: "The assertion is not in force at the reception (\(name))"),
                    expected: XMLInstant.text(received), actual: text, at: place, severity: .warning)
            } else if let issued {
                // When it came is not known; it was sent after it was issued.
                let isOutside =
                    isStart ? limit.date.timeIntervalSince(issued.date) > skew : limit.date <= issued.date
                guard isOutside else { continue }
                remarks.remark(
                    LocalizedText(
                        fr: "L'assertion n'est pas en vigueur à son émission (\(name))",
                        en: "The assertion is not in force when it is issued (\(name))"),
                    expected: values.issueInstant, actual: text, at: place, severity: .warning)
            }
        }
    }
}
