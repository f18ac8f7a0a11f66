internal import Conformance

/// Hides who the patient is in what people read: national identifiers (INS), names and addresses; and secrets, always.
///
/// What is hidden becomes `*`, byte for byte, so that no line or column moves. A secret becomes `●●●` whatever its
/// length.
struct IdentityMask: Sendable {
    /// False where the person asked to see identities; secrets are hidden even then.
    let isActive: Bool

    /// `text` without identities and secrets.
    func masked(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { masked($0) }.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// `bytes` without identities and secrets.
    func masked(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBufferPointer { masked($0) } ?? bytes }

    /// The bytes without what is to be hidden; nil where there is nothing.
    private func masked(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let open = SecretMask.redacted(bytes)
        guard isActive else { return open }
        if let open { return open.withUnsafeBufferPointer { Self.hidden(in: $0) } ?? open }
        return Self.hidden(in: bytes)
    }

    private static func hidden(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let positions = hiddenPositions(in: bytes) + NameMask.hiddenPositions(in: bytes)
        guard !positions.isEmpty else { return nil }
        var result = Array(bytes)
        for position in positions { result[position] = UInt8(ascii: "*") }
        return result
    }

    /// The value of a header: those that hold secrets keep their scheme alone.
    func header(_ name: String, _ value: String) -> String {
        switch name.lowercased() {
        case "cookie", "set-cookie": return SecretMask.sign
        case "authorization", "proxy-authorization":
            let scheme = value.split(separator: " ", maxSplits: 1)
            return scheme.count == 2 ? "\(scheme[0]) \(SecretMask.sign)" : SecretMask.sign
        default: return masked(value)
        }
    }

    /// `finding` without the patient's name in the values of an element or attribute that holds one.
    ///
    /// The place tells: a bare `DOE` is no name elsewhere.
    func withoutName(_ finding: Finding) -> Finding {
        guard isActive, let place = finding.place, place.isOfPatientName else { return finding }
        var finding = finding
        finding.expected = finding.expected.map(NameMask.hidden)
        finding.actual = finding.actual.map(NameMask.hidden)
        return finding
    }

    /// `check` without identities in what it says: to be done before a text is shortened, lest half of one stays.
    ///
    /// Texts keep 8 KiB, four times what plain reports show.
    func masked(_ check: CheckRecord) -> CheckRecord {
        var check = check
        check.title = masked(check.title)
        check.reason = check.reason.map(masked)
        for index in check.findings.indices { mask(&check.findings[index]) }
        return check
    }

    private func masked(_ text: LocalizedText) -> LocalizedText {
        LocalizedText(fr: maskedStart(text.fr), en: maskedStart(text.en))
    }

    private func maskedStart(_ text: String) -> String {
        let limit = 8192
        return masked(text.utf8.count > limit ? String(decoding: text.utf8.prefix(limit), as: UTF8.self) : text)
    }

    private func mask(_ finding: inout Finding) {
        finding = withoutName(finding)
        finding.message = masked(finding.message)
        finding.expected = finding.expected.map(maskedStart)
        finding.actual = finding.actual.map(maskedStart)
        finding.advice = finding.advice.map(masked)
        guard var place = finding.place else { return }
        place.object = place.object.map(maskedStart)
        place.part = place.part.map(maskedStart)
        place.xpath = place.xpath.map(maskedStart)
        place.header = place.header.map(maskedStart)
        finding.place = place
    }
}

extension UInt8 {
    /// `0` to `9`.
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// A digit, or `a` to `f` in either case.
    var isHexadecimal: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x66) }
}
