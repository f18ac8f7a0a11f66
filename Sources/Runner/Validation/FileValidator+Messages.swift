internal import Checks
internal import Conformance
internal import HTTP
internal import Imaging
internal import SOAP
internal import XDS
internal import XML

/// How messages, metadata and archives are judged.
extension FileValidator {
    /// A SOAP message, in MTOM or alone, with or without its HTTP head.
    func judgeMessage(_ bytes: [UInt8], _ kind: FileKind, _ judgement: inout FileJudgement) async {
        let transport = CapturedTransport(reading: bytes)
        if let obstacle = transport.obstacle {
            judgement.layers.append(LayerJudgement("http", .inconclusive, fr: obstacle.fr, en: obstacle.en))
            return
        }
        let message = await WorkerPool.shared.run {
            SOAPMessage(reading: transport.body, contentType: transport.contentType)
        }
        let method = CapturedRequest(reading: bytes)?.method
        judgement.summary = MessageLines.lines(MessageSummary(message))
        let layers = await contentLayers(of: message, method: method)
        let transaction = layers.transaction
        if let reason = MessageRules.reasonNotRun(.http, of: message) {
            judgement.layers.append(LayerJudgement("http", .notRun, fr: reason.fr, en: reason.en, isRequired: false))
        } else {
            var http = layer("http", message, [.http], transaction)
            http.findings += transport.findings
            if transport.findings.contains(where: { $0.severity == .violation }) { http.verdict = .fail }
            judgement.layers.append(http)
        }
        if kind == .mtom { judgement.layers.append(layer("mtom", message, [.mtom], transaction)) }
        var soap = layer("soap", message, [.soap], transaction)
        if let beyond = layers.beyond {
            soap.findings += beyond.findings
            if beyond.verdict == .fail { soap.verdict = .fail }
        }
        if message.document == nil, soap.verdict == .pass {
            soap.verdict = .inconclusive
            soap.reason = LocalizedText(
                fr: "Le message ne contient pas d'enveloppe lisible", en: "The message holds no readable envelope")
        }
        judgement.layers.append(soap)
        judgement.layers.append(await schemaLayer(message))
        judgement.layers += await assertionLayers(of: message)
        judgement.layers += layers.own
        if let subject = layers.submission { judgement.layers += await sealLayers(of: subject.request) }
        await judge(layers.documents, layers.declaredTypes, &judgement)
    }

    /// The documents that a message brings.
    private func judge(
        _ documents: [SubmittedDocument], _ declared: [String: String], _ judgement: inout FileJudgement
    ) async {
        for document in documents {
            judgement.layers += await self.layers(of: document, declaredType: declared[document.id])
        }
        if documents.contains(where: { FileKind.detect($0.bytes) == .cda }) {
            judgement.pack = options.pack.map { PackIdentity($0) }
        }
    }

    /// Metadata, or another body, without an envelope.
    func judgeMetadata(_ bytes: [UInt8], _ judgement: inout FileJudgement) async {
        let repair = MetadataRepair(bytes)
        let message = await WorkerPool.shared.run {
            SOAPMessage(reading: repair?.bytes ?? bytes, contentType: "application/xml")
        }
        if let error = message.faults.first(where: { $0.code == .notXML }) {
            judgement.layers.append(
                LayerJudgement(
                    "xml",
                    findings: [
                        Finding(
                            check: "xml.malformed", severity: .violation,
                            message: LocalizedText(fr: error.french, en: error.english),
                            place: EvidencePlace(byte: error.byteOffset))
                    ]))
            return
        }
        judgement.layers.append(LayerJudgement("xml", findings: repair.map { [unbound($0)] } ?? []))
        judgement.summary = MessageLines.lines(MessageSummary(message))
        judgement.layers.append(await schemaLayer(message))
        let layers = await contentLayers(of: message, method: nil)
        judgement.layers += layers.own
        if layers.submission == nil { await judge(layers.documents, layers.declaredTypes, &judgement) }
    }

    // MARK: Content

    /// What the body of a message is, and what its rules say.
    struct ContentLayers {
        var own: [LayerJudgement] = []
        var transaction: XDSTransaction?
        var submission: SubmissionSubject?
        /// The documents that the message brings.
        var documents: [SubmittedDocument] = []
        /// What an answer says that each of them is, by their ids; of a submission the rules on entries judge that.
        var declaredTypes: [String: String] = [:]
        /// What the transaction asks of the message besides the faults of its framing.
        var beyond: LayerJudgement?
    }

    func contentLayers(of message: SOAPMessage, method: String?) async -> ContentLayers {
        var layers = ContentLayers()
        let hasEnvelope = message.envelope != nil
        if let layer = olderLayer(message) {
            layers.own = [layer]
        } else if let subject = UpdateSubject(message, httpMethod: method) {
            layers.transaction = .updateDocumentSet
            layers.own = [await rules("metadata", withoutFraming(UpdateRules.all, "UPD-001"), subject)]
            if hasEnvelope {
                layers.beyond = await rules("soap", FramingRules.rulesBeyondFaults(of: .updateDocumentSet), subject)
            }
        } else if let subject = submissionSubject(message, method: method) {
            layers.transaction = .provideAndRegister
            layers.submission = subject
            layers.documents = subject.request.documents
            let table = SubmissionRules.complete.filter { rule in
                !SubmissionRules.framing.contains { $0.descriptor.id == rule.descriptor.id }
            }
            layers.own = [await rules("metadata", table, subject)] + valueSetLayers()
            if hasEnvelope {
                layers.beyond = await rules("soap", FramingRules.rulesBeyondFaults(of: .provideAndRegister), subject)
            }
        } else if let subject = QuerySubject(message, httpMethod: method) {
            layers.transaction = .registryStoredQuery
            layers.own = [await rules("query", withoutFraming(QueryRules.all, "QRY-001"), subject)]
            if hasEnvelope {
                layers.beyond = await rules("soap", FramingRules.rulesBeyondFaults(of: .registryStoredQuery), subject)
            }
        } else if let subject = RetrieveRequestSubject(message, httpMethod: method) {
            layers.transaction = .retrieveDocumentSet
            layers.own = [await rules("retrieve", withoutFraming(RetrieveRequestRules.all, "RET-001"), subject)]
            if hasEnvelope {
                layers.beyond = await rules("soap", FramingRules.rulesBeyondFaults(of: .retrieveDocumentSet), subject)
            }
        } else if let subject = ImagingRequestSubject(message, manifest: manifest()?.selection, httpMethod: method) {
            layers.transaction = .retrieveImagingDocumentSet
            layers.own = [await rules("rad69", ImagingRequestRules.own, subject)]
            if hasEnvelope {
                layers.beyond = await rules(
                    "soap", FramingRules.rulesBeyondFaults(of: .retrieveImagingDocumentSet), subject)
            }
        } else if let subject = AnswerSubject(message) {
            layers.own = [await rules("answer", AnswerRules.all, subject)] + (await retrievalLayers(of: subject))
            layers.beyond = LayerJudgement("soap", findings: MessageRules.answer(message, level: options.level))
            if !subject.isOfImages {
                for document in subject.documents {
                    layers.declaredTypes[document.documentUniqueID] = document.mimeType
                }
                layers.documents = subject.documents.compactMap { document in
                    document.content.map { SubmittedDocument(id: document.documentUniqueID, bytes: $0.bytes) }
                }
            }
        } else if let subject = ExistenceSubject(message, httpMethod: method) {
            layers.own = [await rules("existence", ExistenceRules.all, subject)]
        } else if let subject = AuthorizationSubject(message, httpMethod: method) {
            layers.own = [await rules("authorization", AuthorizationRules.all, subject)]
        }
        return layers
    }

    private func withoutFraming<Subject>(_ table: [Rule<Subject>], _ id: String) -> [Rule<Subject>] {
        table.filter { $0.descriptor.id != id }
    }

    private func submissionSubject(_ message: SOAPMessage, method: String?) -> SubmissionSubject? {
        var context = SubmissionContext()
        context.valueSets = valueSets()
        context.httpMethod = method
        context.certificate = { SignatureLayers.facts($0) }
        return SubmissionSubject(message, context: context)
    }

    /// What is said of the codes whose value set no kit gives; a French profile alone asks for them.
    private func valueSetLayers() -> [LayerJudgement] {
        let names = SubmissionRules.unlistedCodes(in: valueSets()).joined(separator: ", ")
        guard !names.isEmpty, options.profile == .dim else { return [] }
        return [
            LayerJudgement(
                "value-sets", .notRun,
                fr: "L'appartenance de \(names) à leur jeu de valeurs n'est pas jugée : seuls le système de codes et "
                    + "la forme le sont, faute de kit officiel enregistré",
                en: "Whether \(names) are of their value sets is not judged: code system and form alone are, as no "
                    + "official kit is registered", isRequired: false)
        ]
    }

    /// Metadata of ebRIM 2.1 (XDS.a) are named, not judged.
    private func olderLayer(_ message: SOAPMessage) -> LayerJudgement? {
        guard let root = message.envelope?.content ?? message.document?.documentElement else { return nil }
        guard isOlder(root) || root.elements.contains(where: isOlder) else { return nil }
        return LayerJudgement(
            "metadata", .notRun, fr: "Les métadonnées sont en ebRIM 2.1 (XDS.a) : elles ne sont pas jugées",
            en: "The metadata are ebRIM 2.1 (XDS.a): they are not judged")
    }

    /// ebRIM 2 has `urn:…:ebxml-regrep:rim:xsd:2.1` where 3.0 has `urn:…:ebxml-regrep:xsd:rim:3.0`; only it has a list of
    /// leaves, whatever namespace a mixture gives it.
    private func isOlder(_ node: Node) -> Bool {
        ["rim", "registry", "query"].contains {
            node.namespaceURI.hasPrefix("urn:oasis:names:tc:ebxml-regrep:\($0):xsd:")
        } || node.localName == "LeafRegistryObjectList"
    }

    private func unbound(_ repair: MetadataRepair) -> Finding {
        let names = repair.prefixes.map { $0.isEmpty ? "xmlns" : "xmlns:\($0)" }.joined(separator: ", ")
        return Finding(
            check: "xml.prefix-unbound", severity: options.level == .capture ? .warning : .violation,
            message: LocalizedText(
                fr: "Des préfixes ne sont pas déclarés : le fichier a été lu comme de l'ebRIM 3.0",
                en: "Prefixes are not declared: the file was read as ebRIM 3.0"),
            expected: names, actual: "∅",
            advice: LocalizedText(
                fr: "Déclarer les espaces de noms sur l'élément racine.",
                en: "Declare the namespaces on the root element."), place: EvidencePlace(line: 1))
    }

    // MARK: Layers

    private func layer(
        _ name: String, _ message: SOAPMessage, _ layers: Set<MessageRules.Layer>, _ transaction: XDSTransaction?
    ) -> LayerJudgement {
        var findings = MessageRules.findings(message, layers: layers, level: options.level, requirement: nil)
        if let transaction {
            for index in findings.indices {
                guard let id = FramingRules.requirement(of: findings[index].check, in: transaction) else { continue }
                findings[index].requirement = id
            }
            // PNR-008 tells of each document by itself.
            if message.isMultipart { findings.removeAll { $0.requirement == "PNR-008" } }
        }
        return LayerJudgement(name, findings: findings)
    }

    func schemaLayer(_ message: SOAPMessage) async -> LayerJudgement {
        guard let document = message.document else {
            return LayerJudgement(
                "xsd", .inconclusive, fr: "Le message ne contient pas de XML lisible",
                en: "The message holds no readable XML")
        }
        guard olderLayer(message) == nil else {
            return LayerJudgement(
                "xsd", .notRun, fr: "ebRIM 2.1 n'a pas de schéma ici", en: "ebRIM 2.1 has no schema here",
                isRequired: false)
        }
        let schema: Schema
        do {
            schema = try await messages.schema(SchemaJudge.file)
        } catch {
            return LayerJudgement(
                "xsd", .notRun, fr: "Le schéma des messages ne peut pas être lu : \(error)",
                en: "The schema of the messages cannot be read: \(error)")
        }
        let violations = await WorkerPool.shared.run { schema.validate(document) }
        let root = document.documentElement
        let shift = (message.place(of: root).line ?? root.line) - root.line
        let tolerated = options.level == .capture ? LateSlots.paths(in: document) : []
        return LayerJudgement(
            "xsd",
            findings: violations.map { violation in
                var finding = LayerJudgement.finding(violation)
                finding.place?.line = violation.line + shift
                finding.place?.byte = nil
                finding.place?.part = message.isMultipart ? message.rootPart?.name : nil
                if tolerated.contains(violation.path) { LateSlots.weaken(&finding) }
                return finding
            })
    }
}

/// Slots that stand after the classifications of their object: the official samples have them, against the schema.
private enum LateSlots {
    /// The paths of the first of them in each object.
    static func paths(in document: Document) -> Set<String> {
        var paths: Set<String> = []
        for name in ["ExtrinsicObject", "RegistryPackage", "Association"] {
            for object in document.root.descendants(name, in: XDSNamespace.rim) {
                var isLate = false
                for child in object.elements where child.namespaceURI == XDSNamespace.rim {
                    if child.localName != "Slot" { isLate = true } else if isLate { paths.insert(child.path) }
                }
            }
        }
        return paths
    }

    static func weaken(_ finding: inout Finding) {
        finding.severity = .warning
        finding.message = LocalizedText(
            fr: "Un Slot suit les classifications de son objet, contre rim.xsd ; toléré dans une capture : "
                + "des exemples officiels l'écrivent ainsi",
            en: "A Slot stands after the classifications of its object, against rim.xsd; tolerated in a capture: "
                + "official samples write it so")
        finding.advice = LocalizedText(
            fr: "Mettre tous les Slot avant Name, Description et Classification.",
            en: "Put all Slots before Name, Description and Classification.")
    }
}
