public import Foundation
public import Signatures
public import XML

/// One way in which an assertion is made wrong, by name: `expire`, `drop-attribute:VIHF_Version`, ….
public struct VIHFMutation: RawRepresentable, Sendable, Hashable {
    /// The name, with an argument after a colon where the mutation has one.
    public let rawValue: String

    /// The mutation of that name; nil where there is none.
    public init?(rawValue: String) {
        let pieces = rawValue.split(separator: ":", maxSplits: 1).map(String.init)
        guard let name = pieces.first, let known = Self.all.first(where: { $0.name == name }) else { return nil }
        guard known.takesArgument == (pieces.count == 2) else { return nil }
        self.rawValue = rawValue
    }

    /// What `cisis list mutations` says of one.
    public struct Description: Sendable, Hashable {
        public let name: String
        /// Whether a name follows after a colon.
        public let takesArgument: Bool
        public let french: String
        public let english: String
        /// The rule that finds it.
        public let rule: String
        /// Whether it comes after the signature was made, which it breaks or evades.
        let isLate: Bool
        let change: @Sendable (inout VIHF, String, Date) -> Void

        init(
            _ name: String, takesArgument: Bool = false, isLate: Bool = false, _ rule: String, fr: String, en: String,
            _ change: @escaping @Sendable (inout VIHF, String, Date) -> Void = { _, _, _ in }
        ) {
            self.name = name
            self.takesArgument = takesArgument
            self.isLate = isLate
            self.rule = rule
            french = fr
            english = en
            self.change = change
        }

        public static func == (left: Self, right: Self) -> Bool { left.name == right.name }
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    private var pieces: [String] { rawValue.split(separator: ":", maxSplits: 1).map(String.init) }

    /// What it is.
    public var description: Description? { Self.all.first { $0.name == pieces.first } }

    /// The assertion of `vihf`, made wrong so, then signed, then made wrong in what comes after signing.
    ///
    /// - Parameters:
    ///   - stranger: who signs for `wrong-ca`; without one that mutation throws.
    public static func apply(
        _ mutations: [VIHFMutation], to vihf: VIHF, by identity: SigningIdentity, stranger: SigningIdentity? = nil,
        algorithm: SignatureAlgorithm = .rsaSHA256, at time: Date
    ) throws(SignatureError) -> Element {
        var vihf = vihf
        for mutation in mutations {
            guard let known = mutation.description, !known.isLate else { continue }
            known.change(&vihf, mutation.pieces.last ?? "", time)
        }
        let names = Set(mutations.compactMap { $0.pieces.first })
        var signer = identity
        if names.contains("wrong-ca") {
            guard let stranger else { throw SignatureError(.signing, "wrong-ca needs a second identity") }
            signer = stranger
        }
        if names.contains("unsign") { return vihf.element() }
        var element = try vihf.signed(by: signer, algorithm: algorithm)
        if names.contains("wrong-namespace") { rename(&element) }
        if names.contains("tamper") { tamper(&element) }
        if names.contains("tamper-value") { corrupt(&element) }
        if names.contains("mask-certificate") { replace(&element, "ds:X509Certificate", with: "XXXXXXX") }
        if names.contains("wrap") { element = wrapped(element, vihf) }
        return element
    }

    // MARK: After the signature

    private static func rename(_ element: inout Element) {
        for index in element.attributes.indices where element.attributes[index].name == "xmlns:saml2" {
            element.attributes[index].value = "urn:oasis:names:tc:SAML:1.0:assertion"
        }
    }

    private static func replace(_ element: inout Element, _ name: String, with text: String) {
        if element.name == name { element.content = [.text(text)] }
        for index in element.content.indices {
            guard case .element(var child) = element.content[index] else { continue }
            replace(&child, name, with: text)
            element.content[index] = .element(child)
        }
    }

    /// Another professional, after the signature.
    private static func tamper(_ element: inout Element) { replace(&element, "saml2:NameID", with: "899700000099") }

    /// Another signature value, of the same length.
    private static func corrupt(_ element: inout Element) {
        guard let value = find("ds:SignatureValue", in: element), case .text(let text)? = value.content.first else {
            return
        }
        let first = text.hasPrefix("A") ? "B" : "A"
        replace(&element, "ds:SignatureValue", with: first + text.dropFirst())
    }

    /// An unsigned assertion around the signed one.
    private static func wrapped(_ element: Element, _ vihf: VIHF) -> Element {
        var evil = vihf
        evil.id += "-wrapped"
        evil.nameID = "899700000099"
        var outer = evil.element()
        outer.content.append(.element(element))
        return outer
    }

    private static func find(_ name: String, in element: Element) -> Element? {
        if element.name == name { return element }
        for case .element(let child) in element.content {
            if let found = find(name, in: child) { return found }
        }
        return nil
    }
}
