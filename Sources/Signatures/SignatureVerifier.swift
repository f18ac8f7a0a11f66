internal import CXMLSec
public import Foundation
public import XML

/// Verifies XML signatures, against signature wrapping first of all: what is verified is what the caller judges.
///
/// Nothing is fetched: keys come from the certificate of the signature, trust from the given authorities, and references
/// lead to the document itself. Nothing is thrown: a bad signature is a report with faults.
public struct SignatureVerifier: Sendable {
    /// The accepted authorities; nil: the chain is not looked at.
    public var trust: SignatureTrust?
    /// The time at which certificates must be in force.
    public var at: Date

    /// A verifier for that time.
    public init(trust: SignatureTrust? = nil, at: Date) {
        self.trust = trust
        self.at = at
    }

    /// The report on the enveloped signature of `judged`: its one child `ds:Signature`, which must sign it, and it alone
    /// besides parts of the signature itself.
    public func verifyEnveloped(_ judged: Node) -> SignatureReport {
        var report = SignatureReport()
        let found = judged.elements("Signature", in: SignatureNames.signature)
        guard let signature = found.first else {
            let elsewhere = judged.document.root.descendants("Signature", in: SignatureNames.signature)
            report.add(
                SignatureFault(
                    .missing, en: "\(judged.qualifiedName) has no signature of its own",
                    fr: "\(judged.qualifiedName) n'a pas de signature propre",
                    expected: "\(judged.path)/ds:Signature",
                    actual: elsewhere.first.map { "\($0.path)" } ?? "∅", at: judged))
            return report
        }
        guard found.count == 1 else {
            report.signature = signature
            report.add(
                SignatureFault(
                    .several, en: "\(judged.qualifiedName) has \(found.count) signatures",
                    fr: "\(judged.qualifiedName) a \(found.count) signatures", expected: "1", actual: "\(found.count)",
                    at: found[1]))
            return report
        }
        report = verify(signature, covering: [judged])
        guard judged.kind == .element, !report.has(.notCovered) else { return report }
        for comment in Self.comments(within: judged, except: signature) {
            report.add(
                SignatureFault(
                    .comment, .remark, en: "a comment stands within a signed text: the signature does not cover it",
                    fr: "un commentaire coupe un texte signé : la signature ne le couvre pas", at: comment))
        }
        return report
    }

    /// The report on `signature`, which must sign each of `covered`.
    ///
    /// A reference to anything else outside of the signature is a fault too.
    public func verify(_ signature: Node, covering covered: [Node]) -> SignatureReport {
        let reading = SignatureReading(signature)
        var report = SignatureReport()
        report.signature = signature
        report.faults = reading.faults
        report.references = reading.references
        report.certificates = reading.certificates
        report.canonicalization = reading.canonicalization
        report.signatureAlgorithm = reading.algorithm
        report.signer = Self.signer(reading.certificates)
        judgeCoverage(covered, &report)
        judgeValue(reading, &report)
        judgeSigner(&report)
        return report
    }

    /// The certificate that signed: the one that issued none of the others.
    private static func signer(_ certificates: [Certificate]) -> Certificate? {
        certificates.first { own in
            !certificates.contains { $0 != own && $0.issuer.names(same: own.subject) }
        } ?? certificates.first
    }

    // MARK: What is signed

    private func judgeCoverage(_ covered: [Node], _ report: inout SignatureReport) {
        guard let signature = report.signature else { return }
        let inner = Set(covered)
        for node in covered {
            let isSigned = report.references.contains { reference in
                guard let target = reference.target else { return false }
                return target == node || (target.kind == .document && node.document.documentElement == node)
            }
            guard !isSigned else { continue }
            let targets = report.references.map { $0.target?.path ?? $0.uri }
            report.add(
                SignatureFault(
                    .notCovered, en: "what is judged is not what is signed",
                    fr: "ce qui est jugé n'est pas ce qui est signé", expected: node.path,
                    actual: targets.isEmpty ? "∅" : targets.joined(separator: ", "), at: node))
        }
        for reference in report.references {
            guard let target = reference.target, !inner.contains(target), !target.isWithin(signature) else { continue }
            if target.kind == .document, inner.contains(target.document.documentElement) { continue }
            report.add(
                SignatureFault(
                    .notCovered, en: "the signature is that of another element",
                    fr: "la signature est celle d'un autre élément",
                    expected: covered.map(\.path).joined(separator: ", "), actual: target.path, at: reference.node))
        }
        let subtracts = report.references.contains { $0.transforms.contains(SignatureNames.filter2) }
        let others = signature.document.root.descendants("Signature", in: SignatureNames.signature)
        if subtracts, others.count > 1 {
            report.add(
                SignatureFault(
                    .several, en: "every Signature is taken out of what is signed, and there are \(others.count)",
                    fr: "toute Signature est ôtée de ce qui est signé, et il y en a \(others.count)", expected: "1",
                    actual: "\(others.count)", at: others.first { $0 != signature }))
        }
    }

    /// Comments that part a text of `judged`.
    private static func comments(within judged: Node, except signature: Node) -> [Node] {
        var found: [Node] = []
        for node in judged.descendants where node.kind == .comment && !node.isWithin(signature) {
            let siblings = node.parent?.children ?? []
            guard siblings.contains(where: { $0.kind == .text && !$0.stringValue.allSatisfy(\.isWhitespace) }) else {
                continue
            }
            found.append(node)
            guard found.count < 20 else { break }
        }
        return found
    }

    // MARK: Digests and value

    private func judgeValue(_ reading: SignatureReading, _ report: inout SignatureReport) {
        let hindrances: Set<SignatureFault.Code> = [
            .malformed, .noReference, .tooManyReferences, .externalReference, .danglingReference, .duplicateIdentifier,
            .transform, .algorithm,
        ]
        // What is not understood is not computed: a refused transform is never run.
        guard !report.faults.contains(where: { hindrances.contains($0.code) }) else { return }
        let outcome = SignatureCore.verify(reading, certificate: report.signer)
        for index in report.references.indices {
            report.references[index].isDigestRight = outcome.digests[index]
            guard outcome.digests[index] == false else { continue }
            let reference = report.references[index]
            let isWhole = reference.uri.isEmpty
            report.add(
                SignatureFault(
                    .digest,
                    en: isWhole
                        ? "the document was changed after it was signed"
                        : "what '\(reference.uri)' means was changed after it was signed",
                    fr: isWhole
                        ? "le document a été modifié après la signature"
                        : "ce que désigne « \(reference.uri) » a été modifié après la signature",
                    expected: reference.node.first("DigestValue", in: SignatureNames.signature).map {
                        "DigestValue \($0.stringValue.filter { !$0.isWhitespace })"
                    }, actual: reference.target.map { "\($0.path): ≠" } ?? "≠", at: reference.node))
        }
        report.isValueRight = outcome.isValueRight
        let value = report.signature?.first("SignatureValue", in: SignatureNames.signature)
        if outcome.isValueRight == false {
            report.add(
                SignatureFault(
                    .value, en: "the signature value is not that of the certificate's key over SignedInfo",
                    fr: "la valeur de signature n'est pas celle de la clé du certificat sur SignedInfo", at: value))
        } else if outcome.isValueRight == nil, report.signer != nil, !outcome.digests.contains(false) {
            report.add(
                SignatureFault(
                    .unverifiable, en: "the signature cannot be verified: \(outcome.message)",
                    fr: "la signature ne peut pas être vérifiée : \(outcome.message)", at: value))
        }
    }

    // MARK: Who signed

    private func judgeSigner(_ report: inout SignatureReport) {
        guard let signer = report.signer else {
            report.chain = .notRun(
                en: "there is no certificate that can be read", fr: "il n'y a pas de certificat lisible")
            return
        }
        let place = report.signature?.first("KeyInfo", in: SignatureNames.signature)
        if signer.keyType == "RSA", signer.keyBits < 2048 {
            report.add(
                SignatureFault(
                    .weakKey, .remark, en: "the signer's key has \(signer.keyBits) bits",
                    fr: "la clé du signataire a \(signer.keyBits) bits", expected: "≥ 2048",
                    actual: "\(signer.keyBits)", at: place))
        }
        if !signer.isValid(at: at) {
            let isLate = at > signer.notAfter
            report.add(
                SignatureFault(
                    isLate ? .expired : .notYetValid,
                    en: isLate
                        ? "the signer's certificate has expired" : "the signer's certificate is not yet in force",
                    fr: isLate
                        ? "le certificat du signataire a expiré"
                        : "le certificat du signataire n'est pas encore valable",
                    expected: "\(XMLInstant.text(signer.notBefore)) … \(XMLInstant.text(signer.notAfter))",
                    actual: XMLInstant.text(at), at: place))
        }
        guard let trust else {
            report.chain = .notRun(
                en: "no accepted authorities were given (--trust CA.pem)",
                fr: "aucune autorité acceptée n'a été donnée (--trust AC.pem)")
            return
        }
        let (chain, reason) = SignatureCore.chain(of: signer, among: report.certificates, trust, at: at)
        switch chain {
        case cisis_chain_trusted: report.chain = .trusted
        case cisis_chain_no_authorities:
            report.chain = .notRun(
                en: "the accepted authorities cannot be read: \(reason)",
                fr: "les autorités acceptées ne peuvent pas être lues : \(reason)")
        default:
            report.chain = .untrusted(reason)
            let isOwnDate = chain == cisis_chain_expired || chain == cisis_chain_not_yet_valid
            guard !isOwnDate || signer.isValid(at: at) else { return }
            let isRevoked = chain == cisis_chain_revoked
            report.add(
                SignatureFault(
                    isRevoked ? .revoked : .untrusted,
                    en: isRevoked
                        ? "the signer's certificate is revoked"
                        : "the signer leads to no accepted authority: \(reason)",
                    fr: isRevoked
                        ? "le certificat du signataire est révoqué"
                        : "le signataire ne mène à aucune autorité acceptée : \(reason)",
                    actual: signer.issuer.description, at: place))
        }
    }
}

extension Node {
    /// Whether it is `ancestor` or within it.
    func isWithin(_ ancestor: Node) -> Bool {
        document === ancestor.document && index >= ancestor.index
            && index < ancestor.document.nodes.end[Int(ancestor.index)]
    }
}
