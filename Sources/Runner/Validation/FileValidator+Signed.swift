internal import Checks
internal import Conformance
internal import SOAP
internal import Signatures
internal import XDS
internal import XML

/// What is signed: assertions, whitelists, submissions.
extension FileValidator {
    private var signatures: SignatureLayers {
        SignatureLayers(options: options.signatures, level: options.level, profile: options.profile)
    }

    /// The layers of the assertion of a message: a VIHF, or by IHE's profiles alone what XUA asks.
    func assertionLayers(of message: SOAPMessage) async -> [LayerJudgement] {
        let signatures = signatures
        return await WorkerPool.shared.run { signatures.assertion(of: message) }
    }

    /// The layers of the signatures of a submission.
    func sealLayers(of request: ProvideAndRegisterRequest) async -> [LayerJudgement] {
        guard options.profile == .dim else { return [] }
        let signatures = signatures
        return await WorkerPool.shared.run { signatures.seals(of: request) }
    }

    /// A file that holds an assertion, alone or in its message, or a whitelist.
    func judgeSigned(_ bytes: [UInt8], _ kind: FileKind, _ judgement: inout FileJudgement) async {
        let (signatures, name) = (signatures, judgement.file)
        let (contentType, body) = FileReading.message(bytes)
        let message = kind == .vihf ? SOAPMessage(reading: body, contentType: contentType) : nil
        if let message, let envelope = message.envelope {
            judgement.layers.append(LayerJudgement("xml", findings: []))
            judgement.layers += await WorkerPool.shared.run { signatures.assertion(of: message, isRequired: true) }
            if let assertion = VIHFReading(envelope) { judgement.summary = SignatureSummary.lines(assertion) }
            return
        }
        do throws(XMLError) {
            let document = try Document(parsing: bytes, name: name)
            judgement.layers.append(LayerJudgement("xml", findings: []))
            let layers = await WorkerPool.shared.run {
                kind == .vihf ? signatures.assertion(in: document) : signatures.whitelist(in: document)
            }
            judgement.layers +=
                layers ?? [
                    LayerJudgement(
                        kind.rawValue, .error, fr: "Le document n'est pas de cette nature",
                        en: "The document is not of this kind")
                ]
            if let list = Whitelist(reading: document) { judgement.summary = SignatureSummary.lines(list) }
            if let own = VIHFReading(document.documentElement) { judgement.summary = SignatureSummary.lines(own) }
        } catch {
            judgement.layers.append(Self.syntax(error))
        }
    }
}
