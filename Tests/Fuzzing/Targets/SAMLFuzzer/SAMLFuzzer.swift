internal import FuzzSupport
internal import Foundation
internal import SOAP
internal import Signatures
internal import XML

/// XML with signatures: an assertion alone or in a security header, a whitelist, the signature of a submission.
///
/// What is called intact must say what a seed says: nobody here has a key to sign anything else.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    for (report, texts) in Judged.all(in: input, seeds.verifier) where report.integrity == .intact || report.isValid {
        for text in texts {
            require(seeds.signed.contains(text), "FALSE ACCEPTANCE of what nobody signed: \(text)")
        }
    }
    return 0
}

/// What was signed for this project.
private struct Seeds {
    var signed: Set<String> = []
    var verifier = SignatureVerifier(at: Date(timeIntervalSince1970: 1_800_000_000))

    init() {
        let folder = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
        let path = "/\(folder)/Seeds/saml"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)") else { continue }
            for (report, texts) in Judged.all(in: Array(bytes), verifier) where report.integrity == .intact {
                signed.formUnion(texts)
                guard let signer = report.signer, verifier.trust == nil else { continue }
                let pem = """
                    -----BEGIN CERTIFICATE-----
                    \(Data(signer.der).base64EncodedString(options: .lineLength64Characters))
                    -----END CERTIFICATE-----

                    """
                verifier.trust = SignatureTrust(pem: Array(pem.utf8))
            }
        }
        require(signed.count >= 3, "no signed seeds in \(path): nothing would be compared")
    }
}

private let seeds = Seeds()

/// What the readers make of an input: reports, each with what it vouches for.
private enum Judged {
    static func all(in input: [UInt8], _ verifier: SignatureVerifier) -> [(SignatureReport, [String])] {
        var options = ParsingOptions()
        options.toleratesLeadingBlanks = true
        guard let document = try? Document(parsing: input, options: options) else { return [] }
        let root = document.documentElement
        var all: [(SignatureReport, [String])] = []
        if let envelope = Envelope(document), let header = SecurityHeader(envelope) {
            _ = header.strays.map(\.path)
            for assertion in header.assertions { all.append((read(assertion, verifier), [text(of: assertion)])) }
        }
        if root.localName == "Assertion" { all.append((read(root, verifier), [text(of: root)])) }
        if let list = Whitelist(reading: document) {
            _ = list.domain(of: "db1.example.invalid")
            _ = list.domains.compactMap(\.name).map(\.description)
            all.append((verifier.verifyBaseline(root), [text(of: root)]))
        }
        if let seal = SubmissionSignature(reading: document) {
            _ = seal.manifestFaults(submissionSet: "1.2.3", documents: [])
            let report = seal.verify(verifier)
            let nodes = [seal.manifest, seal.properties?.node].compactMap { $0 }
            all.append((report, nodes.map { text(of: $0) }))
        }
        for (report, _) in all { visit(report) }
        return all
    }

    private static func read(_ assertion: Node, _ verifier: SignatureVerifier) -> SignatureReport {
        guard let reading = VIHFReading(assertion) else { return verifier.verifyEnveloped(assertion) }
        let values = reading.values
        _ = (values.mode, values.patient, values.roles, values.purpose, reading.attributes(VIHF.Name.patient).count)
        _ = [values.notBefore, values.notOnOrAfter, values.authnInstant].map { $0.flatMap { XMLInstant($0) } }
        _ = DistinguishedName(values.issuer)?.description
        _ = Serializer.serialize(values.element())
        return reading.verify(verifier)
    }

    private static func visit(_ report: SignatureReport) {
        for fault in report.faults { _ = (fault.line, fault.path, fault.english, fault.french) }
        for certificate in report.certificates { _ = (certificate.subject.description, certificate.sha256) }
        require(!report.isValid || report.integrity == .intact, "valid and not intact")
    }

    /// What a signature of `node` covers, independent of any canonicalization: no signature of its own, no comments.
    private static func text(of node: Node) -> String {
        var text = ""
        write(node, omitting: true, to: &text)
        return text
    }

    private static func write(_ node: Node, omitting: Bool, to text: inout String) {
        switch node.kind {
        case .element:
            text += "<\(node.qualifiedName) {\(node.namespaceURI)}"
            let attributes = node.attributes.map { " \($0.qualifiedName) {\($0.namespaceURI)}='\($0.stringValue)'" }
            text += attributes.sorted().joined() + ">"
            for child in node.children {
                let isSignature = child.localName == "Signature" && child.namespaceURI == SignatureNames.signature
                if omitting, child.kind == .element, isSignature { continue }
                write(child, omitting: false, to: &text)
            }
            text += "</>"
        case .text: text += node.stringValue
        case .processingInstruction: text += "<?\(node.localName) \(node.stringValue)?>"
        case .document, .attribute, .comment: break
        }
    }
}

/// Moves elements about, besides the mutations of bytes.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
    ElementMutator.mutate(bytes, count, limit, seed)
}
