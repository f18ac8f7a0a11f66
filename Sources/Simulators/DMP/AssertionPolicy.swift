public import HTTP
public import SOAP
public import XDS
public import XML

/// How the VIHF assertion of a message is looked at.
public struct AssertionPolicy: Sendable {
    /// Whether it must be there.
    public var demand = DMPPolicy.Demand.whenPresent
    /// How far the clock of the sender may be from ours, in seconds.
    public var tolerance = 300
    /// Verifies the signature and its certificate. Without it an assertion needs only to hold a signature.
    public var verify: (@Sendable (AssertionContext) async -> [AssertionDefect])?
    /// The time, as 14 digits in UTC.
    public var now: @Sendable () -> DTM = DTM.now

    /// Looks at what needs no key, where there is an assertion.
    public init(
        demand: DMPPolicy.Demand = .whenPresent,
        verify: (@Sendable (AssertionContext) async -> [AssertionDefect])? = nil
    ) {
        self.demand = demand
        self.verify = verify
    }
}

/// What a verifier of assertions gets to see.
public struct AssertionContext: Sendable {
    /// `saml2:Assertion`, in the tree of the envelope.
    public let assertion: Node
    /// The whole message.
    public let message: SOAPMessage
    /// `ITI-41`, `TD0.2`, ….
    public let transaction: DMPTransaction
    /// The patient that the message names, where it does.
    public let patient: CX?
    /// The client certificate of the connection, where one was shown.
    public let peer: TLSPeer?
}

/// Something wrong with an assertion.
public struct AssertionDefect: Sendable, Hashable {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// There is none.
        case missing
        /// It is not a SAML 2.0 assertion as VIHF wants it.
        case malformed
        /// No signature, one that does not verify, or of a certificate that is not trusted.
        case signature
        /// Not yet, or no longer, valid.
        case time
        /// The patient of `resource-id` is not that of the message.
        case patient
        /// The structure is not that of the certificate.
        case structure
    }

    public let kind: Kind
    /// One line, in English.
    public let reason: String
    /// The same in French.
    public let frenchReason: String

    /// A defect.
    public init(_ kind: Kind, _ reason: String, fr frenchReason: String) {
        self.kind = kind
        self.reason = reason
        self.frenchReason = frenchReason
    }

    /// The SOAP fault that refuses the message.
    // WSS SOAP Message Security 1.1 §12: the faults of the security header.
    var fault: Fault {
        let name: String
        switch kind {
        case .missing: name = "SecurityTokenUnavailable"
        case .malformed, .time: name = "InvalidSecurityToken"
        case .signature: name = "FailedCheck"
        case .patient, .structure: name = "FailedAuthentication"
        }
        return Fault(.sender, subcode: QName(name, in: AssertionReading.wsse), reason: "VIHF: \(reason)")
    }

    /// The misbehaviours under which it is let pass.
    var misbehaviors: Set<Misbehavior> {
        switch kind {
        case .missing: [.acceptsMissingAssertion]
        case .signature, .malformed: [.acceptsAlteredAssertion]
        case .time: [.acceptsExpiredAssertion]
        case .patient, .structure: [.acceptsOtherResource]
        }
    }
}

/// What of an assertion can be judged without keys.
struct AssertionReading {
    static let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    static let saml = "urn:oasis:names:tc:SAML:2.0:assertion"
    static let signature = "http://www.w3.org/2000/09/xmldsig#"
    static let resourceID = "urn:oasis:names:tc:xacml:2.0:resource:resource-id"

    let assertion: Node

    /// The assertion of a message; nil when there is none.
    init?(_ message: SOAPMessage) {
        guard let root = message.document?.root else { return nil }
        guard
            let assertion = root.descendants("Security", in: Self.wsse).flatMap({
                $0.elements("Assertion", in: Self.saml)
            }).first
        else { return nil }
        self.assertion = assertion
    }

    /// The national id of the professional.
    var professional: String? {
        assertion.first("Subject", in: Self.saml)?.first("NameID", in: Self.saml)?.stringValue.trimmedBlanks
    }

    /// The patient of `resource-id`.
    var patient: CX? { values(Self.resourceID).first.map { CX($0) } }

    func values(_ name: String) -> [String] {
        assertion.elements("AttributeStatement", in: Self.saml)
            .flatMap { $0.elements("Attribute", in: Self.saml) }
            .filter { $0.attribute("Name") == name }
            .flatMap { $0.elements("AttributeValue", in: Self.saml) }
            .map { $0.stringValue.trimmedBlanks }
    }

    func defects(patient: CX?, now: DTM, tolerance: Int) -> [AssertionDefect] {
        var defects: [AssertionDefect] = []
        if assertion.attribute("Version") != "2.0" {
            defects.append(AssertionDefect(.malformed, "Version is not 2.0", fr: "Version n'est pas 2.0"))
        }
        let id = assertion.attribute("ID") ?? ""
        let references = assertion.first("Signature", in: Self.signature)?
            .descendants("Reference", in: Self.signature).compactMap { $0.attribute("URI") }
        if let references {
            if id.isEmpty || !references.contains("#\(id)") {
                defects.append(
                    AssertionDefect(
                        .signature, "the signature does not cover the assertion",
                        fr: "la signature ne couvre pas l'assertion"))
            }
        } else {
            defects.append(
                AssertionDefect(.signature, "the assertion is not signed", fr: "l'assertion n'est pas signée"))
        }
        if professional?.isEmpty != false {
            defects.append(AssertionDefect(.malformed, "NameID is missing", fr: "NameID est absent"))
        }
        defects += timeDefects(now, tolerance)
        guard let resource = self.patient else {
            defects.append(
                AssertionDefect(
                    .malformed, "the attribute \(Self.resourceID) is missing",
                    fr: "l'attribut \(Self.resourceID) est absent"))
            return defects
        }
        if let patient, !resource.names(same: patient) {
            defects.append(
                AssertionDefect(
                    .patient, "resource-id is not the patient of the message",
                    fr: "resource-id n'est pas le patient du message"))
        }
        return defects
    }

    private func timeDefects(_ now: DTM, _ tolerance: Int) -> [AssertionDefect] {
        guard let present = now.secondsSince1970 else { return [] }
        let conditions = assertion.first("Conditions", in: Self.saml)
        func seconds(_ text: String?) -> Int? { text.flatMap { DTM(instant: $0)?.secondsSince1970 } }
        guard let issued = seconds(assertion.attribute("IssueInstant")) else {
            return [
                AssertionDefect(
                    .time, "IssueInstant is missing or no instant in UTC",
                    fr: "IssueInstant est absent ou n'est pas un instant en UTC")
            ]
        }
        if issued > present + tolerance {
            return [AssertionDefect(.time, "IssueInstant lies in the future", fr: "IssueInstant est à venir")]
        }
        if let start = seconds(conditions?.attribute("NotBefore")), start > present + tolerance {
            return [AssertionDefect(.time, "NotBefore lies in the future", fr: "NotBefore est à venir")]
        }
        if let end = seconds(conditions?.attribute("NotOnOrAfter")) {
            return end <= present - tolerance
                ? [AssertionDefect(.time, "NotOnOrAfter has passed", fr: "NotOnOrAfter est passé")] : []
        }
        // SEC-005: a VIHF is made for one request.
        return issued < present - tolerance
            ? [AssertionDefect(.time, "IssueInstant is too old", fr: "IssueInstant est trop ancien")] : []
    }
}

extension DTM {
    /// An instant of XML Schema in UTC: `2026-03-12T08:30:00Z`, with or without a fraction.
    init?(instant text: String) {
        guard text.hasSuffix("Z"), text.count >= 20 else { return nil }
        let digits = text.prefix(19).filter { $0.isASCII && $0.isNumber }
        let time = DTM(String(digits))
        guard digits.count == 14, time.isValid else { return nil }
        self = time
    }

    /// Seconds since 1970 of 14 digits in UTC.
    var secondsSince1970: Int? {
        guard isValid, digits.utf8.count == 14 else { return nil }
        let numbers = digits.utf8.map { Int($0) - 48 }
        func number(_ range: Range<Int>) -> Int { numbers[range].reduce(0) { $0 * 10 + $1 } }
        // Days from the civil calendar, the year beginning in March.
        let month = number(4..<6)
        let year = number(0..<4) - (month <= 2 ? 1 : 0)
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + number(6..<8) - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400 + number(8..<10) * 3600 + number(10..<12) * 60 + number(12..<14)
    }
}
