import Conformance
import Reporting

/// A record that looks like a run: invented patient, test OIDs, no byte of a real exchange.
enum Sample {
    static let instant = "2026-03-02T09:15:30Z"
    /// An identifier of the shape of an INS, of nobody.
    static let identity = "180017501234567"

    static func both(_ fr: String, _ en: String) -> LocalizedText { LocalizedText(fr: fr, en: en) }

    /// A digest for evidence that the tests keep in memory.
    static func digest(_ seed: Int) -> String {
        let text = String(seed, radix: 16)
        return String(repeating: "e", count: 64 - text.count) + text
    }

    static let file = "Profiles/dim/partage-documents-imagerie/scenarios/01-submit-exam.yaml"

    static func at(_ line: Int) -> SourceLocation { SourceLocation(file: file, line: line, column: 9) }

    static let request = """
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header><a:Action xmlns:a="http://www.w3.org/2005/08/addressing" s:mustUnderstand="true">urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b</a:Action></s:Header><s:Body><xdsb:ProvideAndRegisterDocumentSetRequest xmlns:xdsb="urn:ihe:iti:xds-b:2007"><rim:Slot xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" name="sourcePatientId"><rim:ValueList><rim:Value>\(identity)^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH</rim:Value></rim:ValueList></rim:Slot></xdsb:ProvideAndRegisterDocumentSetRequest></s:Body></s:Envelope>
        """

    static let response = """
        <?xml version="1.0" encoding="UTF-8"?>
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">
          <s:Header>
            <a:Action xmlns:a="http://www.w3.org/2005/08/addressing">urn:ihe:iti:2007:Wrong</a:Action>
          </s:Header>
          <s:Body>
            <rs:RegistryResponse xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
                status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure">
              <rs:RegistryErrorList>
                <rs:RegistryError errorCode="XDSRepositoryError" codeContext="patient \(identity)"/>
              </rs:RegistryErrorList>
            </rs:RegistryResponse>
          </s:Body>
        </s:Envelope>

        """

    /// The evidence of `run`, by digest.
    static let evidence: [String: [UInt8]] = [
        digest(1): Array(request.utf8), digest(2): Array(response.utf8),
        digest(3): [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + (0..<200).map { UInt8($0) },
        digest(4): Array("HTTP/1.1 200 OK\r\n".utf8),
    ]

    static func reference(_ seed: Int, _ mediaType: String, _ kind: String, _ name: String) -> EvidenceReference {
        EvidenceReference(
            sha256: digest(seed), size: Int64(evidence[digest(seed)]?.count ?? 0), mediaType: mediaType, kind: kind,
            name: name)
    }

    static var exchange: ExchangeRecord {
        let request = MessageRecord(
            startLine: "POST /repository HTTP/1.1",
            headers: [
                ["Host", "127.0.0.1:44013"],
                [
                    "Content-Type",
                    "multipart/related; type=\"application/xop+xml\"; start=\"<root@cisis>\"; boundary=\"b1\"",
                ], ["Authorization", "Bearer ●●●"],
            ], body: reference(1, "multipart/related", "request-body", "request-body"),
            parts: [
                reference(1, "application/xop+xml", "part", "root@cisis"),
                reference(3, "application/dicom", "kos", "kos@cisis"),
            ])
        let response = MessageRecord(
            startLine: "HTTP/1.1 200 OK",
            headers: [["Content-Type", "application/soap+xml; charset=UTF-8"], ["Content-Length", "748"]],
            head: reference(4, "message/http", "response-head", "response-head"),
            body: reference(2, "application/soap+xml", "response-body", "response-body"))
        return ExchangeRecord(
            transaction: "ITI-41", initiator: "CISIS", responder: "document-repository",
            url: "http://127.0.0.1:44013/repository", request: request, response: response, startedAt: instant,
            connect: 0.0004, firstByte: 0.0121, total: 0.0134, remoteAddress: "127.0.0.1:44013")
    }

    static var failures: [Finding] {
        [
            Finding(
                check: "soap.action", requirement: "TF-SOAP-1", severity: .violation,
                message: both(
                    "L'action WS-Addressing de la réponse n'est pas celle de la transaction.",
                    "The WS-Addressing action of the answer is not that of the transaction."),
                expected: "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse",
                actual: "urn:ihe:iti:2007:Wrong",
                advice: both(
                    "Renvoyer l'action de réponse que fixe la transaction.",
                    "Answer with the response action that the transaction sets."),
                place: EvidencePlace(
                    object: "response body", line: 4, column: 5, xpath: "/s:Envelope/s:Header/a:Action",
                    sha256: digest(2)), source: at(18)),
            Finding(
                check: "N-PNR-01", requirement: "TF-ITI41-1", severity: .violation,
                message: both(
                    "Le registre refuse une soumission conforme.", "The registry refuses a conformant submission."),
                expected: "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success",
                actual: "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure (XDSRepositoryError)",
                place: EvidencePlace(
                    object: "response body", line: 7, column: 7,
                    xpath: "/s:Envelope/s:Body/rs:RegistryResponse/@status", sha256: digest(2)), source: at(22)),
        ]
    }

    static func check(
        _ id: String, _ layer: String, _ line: Int, _ fr: String, _ en: String, _ requirements: [String],
        _ verdict: Verdict, findings: [Finding] = [], reason: LocalizedText? = nil, isRequired: Bool = true
    ) -> CheckRecord {
        CheckRecord(
            id: id, layer: layer, title: both(fr, en), location: at(line), requirements: requirements,
            isRequired: isRequired, verdict: verdict, findings: findings, reason: reason,
            outcomes: requirements.map { OutcomeRecord(requirement: $0, verdict: verdict) })
    }

    static func step(_ id: String, _ fr: String, _ en: String, _ checks: [CheckRecord], exchange: ExchangeRecord? = nil)
        -> StepRecord
    {
        StepRecord(
            id: id, kind: "send", title: both(fr, en), location: at(12), startedAt: instant, duration: 0.0213,
            exchange: exchange, captures: exchange == nil ? [:] : ["entry": "urn:uuid:1"], checks: checks)
    }

    static func scenario(_ id: String, _ fr: String, _ en: String, _ steps: [StepRecord]) -> ScenarioRecord {
        ScenarioRecord(
            id: id, title: both(fr, en),
            summary: both(
                "Un examen complet est soumis (ITI-41 / RAD-68, MTOM) ; l'entrepôt doit l'accepter.",
                "A whole exam is submitted (ITI-41 / RAD-68, MTOM); the repository must accept it."),
            location: at(1), profile: "partage-documents-imagerie", role: "document-repository",
            tags: ["ITI-41", "nominal"], requirements: ["TF-ITI41-1", "TF-SOAP-1"], startedAt: instant,
            duration: 0.1342, steps: steps)
    }

    static func requirement(_ id: String, _ fr: String, _ en: String, _ verdict: Verdict, _ proofs: [String])
        -> RequirementRecord
    {
        RequirementRecord(
            id: id, level: "SHALL", statement: both(fr, en), source: "ITI TF-2: 3.41.4.2", isCertain: id != "TF-XSD-1",
            profile: "partage-documents-imagerie", verdict: verdict, proofs: proofs)
    }

    static var scenarios: [ScenarioRecord] {
        let warning = Finding(
            check: "XDS-021", requirement: "TF-ITI18-2", severity: .warning,
            message: both(
                "La taille est écrite avec un zéro de tête.", "The size is written with a leading zero."),
            expected: "1234", actual: "01234", place: EvidencePlace(object: "response body", line: 31))
        let unreachable = ExchangeRecord(
            transaction: "RAD-69", initiator: "CISIS", responder: "drimbox-source",
            url: "https://drimbox.invalid/rad69",
            request: MessageRecord(startLine: "POST /rad69 HTTP/1.1", headers: []),
            startedAt: instant, error: "drimbox.invalid:443: the name is not resolved: check the address")
        return [
            scenario(
                "submit-exam", "Alimenter le DMP avec le compte rendu et le manifeste KOS",
                "Submit the report and the KOS manifest to the DMP",
                [
                    step(
                        "submit", "Soumettre le CR et le KOS", "Submit report and KOS",
                        [
                            check("status", "http", 16, "Code HTTP de la réponse", "HTTP status", [], .pass),
                            check(
                                "soap", "soap", 17, "Enveloppe SOAP 1.2 et WS-Addressing",
                                "SOAP 1.2 envelope and WS-Addressing", ["TF-SOAP-1", "TF-SOAP-2"], .fail,
                                findings: [failures[0]]),
                            check(
                                "xsd", "xsd", 19, "Schéma XML du message", "XML Schema of the message", ["TF-XSD-1"],
                                .pass),
                            check(
                                "registry", "xds", 21, "Statut de la réponse du registre",
                                "Status of the registry response", ["TF-ITI41-1"], .fail, findings: [failures[1]]),
                        ], exchange: exchange)
                ]),
            scenario(
                "find-documents", "Retrouver les fiches du patient", "Find the entries of the patient",
                [
                    step(
                        "find", "FindDocuments", "FindDocuments",
                        [
                            check("status", "http", 16, "Code HTTP de la réponse", "HTTP status", [], .pass),
                            check(
                                "entries", "xds", 21, "Fiches retournées", "Entries returned",
                                ["TF-ITI18-1", "TF-ITI18-2"], .pass, findings: [warning]),
                            check(
                                "cda", "cda", 24, "Compte rendu CDA", "CDA report", [], .notRun,
                                reason: both(
                                    "Aucun schéma CDA n'est fourni : donner --schema.",
                                    "No CDA schema is given: name one with --schema."), isRequired: false),
                        ])
                ]),
            scenario(
                "rad69-retrieve", "Récupérer les images par RAD-69", "Retrieve the images by RAD-69",
                [
                    step(
                        "retrieve", "Demander trois instances", "Ask for three instances",
                        [
                            check(
                                "images", "images", 20, "Images retournées", "Images returned", ["TF-RAD69-1"],
                                .inconclusive,
                                reason: both(
                                    "L'échange s'est arrêté avant la réponse.", "The exchange ended before the answer.")
                            )
                        ], exchange: unreachable)
                ]),
        ]
    }

    /// A run with passes, failures, a warning, a layer not run and an unreachable system.
    static var run: RunRecord {
        record(
            scenarios: scenarios,
            requirements: [
                requirement(
                    "TF-ITI41-1", "Une soumission conforme reçoit une réponse de statut Success, sans erreur.",
                    "A conformant submission is answered with status Success, without error.", .fail,
                    ["submit-exam/submit/registry"]),
                requirement(
                    "TF-SOAP-1",
                    "La réponse est une enveloppe SOAP 1.2 dont wsa:Action est l'action de réponse de la transaction.",
                    "The answer is a SOAP 1.2 envelope whose wsa:Action is that of the transaction.", .fail,
                    ["submit-exam/submit/soap"]),
                requirement(
                    "TF-XSD-1", "Le corps de la réponse est valide selon le schéma XML.",
                    "The body of the answer is valid against the XML Schema.", .pass, ["submit-exam/submit/xsd"]),
                requirement(
                    "TF-ITI18-1", "Une requête FindDocuments rend les fiches du patient, et elles seules.",
                    "FindDocuments returns the entries of the patient, and only those.", .pass,
                    ["find-documents/find/entries"]),
                requirement(
                    "TF-RAD69-1", "Chaque instance demandée est rendue une fois.",
                    "Each instance that was asked for is returned once.", .inconclusive,
                    ["rad69-retrieve/retrieve/images"]),
                requirement(
                    "TF-MTOM-1", "La réponse MTOM est un multipart/related bien cadré.",
                    "The MTOM answer is a well-framed multipart/related.", .notRun, []),
            ])
    }

    static func record(scenarios: [ScenarioRecord], requirements: [RequirementRecord] = []) -> RunRecord {
        RunRecord(
            id: "20260302-091530-4f2a", startedAt: instant, duration: 3.214,
            tool: ToolRecord(name: "cisis", version: "0.1.0"),
            command: "cisis run --profile dim --seed 42 --misbehave wrong-action", seed: 42,
            profiles: [
                ProfileRecord(
                    id: "partage-documents-imagerie", version: "2024.01",
                    title: both("Partage de documents d'imagerie", "Sharing of imaging documents"))
            ],
            target: TargetRecord(
                name: "Système de référence", kind: "embedded",
                endpoints: ["repository": "http://127.0.0.1:44013/repository", "wado": "http://127.0.0.1:44014"],
                misbehaviors: ["wrong-action"]),
            rulePacks: [RulePackRecord(name: "cisis", version: "0.1.0", sha256: digest(9))],
            environment: ["os": "Linux x86-64", "hostname": "banc-1"], requirements: requirements,
            scenarios: scenarios)
    }

    /// The page of `record` over the evidence of `run`.
    static func page(_ record: RunRecord, options: HTMLReporter.Options = .init()) -> String {
        String(
            decoding: HTMLReporter.write(record, options: options) { evidence[$0.sha256] }, as: UTF8.self)
    }
}
