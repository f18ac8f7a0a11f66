internal import Conformance

/// What a plan has to know of the system under test: what the target file gives, and so what can be replayed.
struct PlannedTarget: Sendable {
    var endpoints: Set<SystemUnderTest.Endpoint>
    /// Whether it says which exam it holds.
    var holdsExam: Bool
    /// What it says of that exam beyond report and manifest.
    var examParts: Set<HeldExam.Part>
    /// Whether it gives an access token for WADO-RS.
    var hasToken: Bool
    /// Whether it gives the cookies of a session of the viewer.
    var hasSession: Bool
    /// Whether it sends to the simulated DMP.
    var isClient: Bool
    /// With what keys messages can be signed.
    var signatures: Set<SignedPart>
    /// The endpoints that speak TLS.
    var secured: Set<SystemUnderTest.Endpoint>
    /// The certificates that can be shown in a handshake.
    var certificates: Set<ShownCertificate>
    /// The patients that are named, by the variable that scenarios use.
    var patients: Set<BuiltInVariable>

    /// The embedded reference system, which has all.
    static let embedded = PlannedTarget(
        endpoints: Set(SystemUnderTest.Endpoint.allCases), holdsExam: true,
        examParts: Set(HeldExam.Part.allCases), hasToken: true, hasSession: true, isClient: true,
        signatures: Set(SignedPart.allCases), secured: Set(SystemUnderTest.Endpoint.allCases),
        certificates: Set(ShownCertificate.allCases), patients: Set(patientKeys.keys))

    /// The key of a target file that names a patient of a state.
    private static let patientKeys: [BuiltInVariable: String] = [
        .absentPatientId: "patients.absent", .closedPatientId: "patients.closed",
        .blockedPatientId: "patients.blocked",
    ]

    /// The facts of the exam that the system holds.
    private static let examFacts: Set<BuiltInVariable> = [
        .heldPatientId, .heldAccessionReference, .heldStudyInstanceUID, .heldKosUniqueId,
        .heldInstanceUID,
    ]
}

extension PlannedTarget {
    /// What the target file of `system` gives.
    init(_ system: SystemUnderTest) {
        self.init(
            endpoints: Set(system.endpoints.keys), holdsExam: system.exam != nil,
            examParts: Set(system.exam?.parts.keys.map { $0 } ?? []),
            hasToken: system.tokenVariable != nil, hasSession: system.sessionVariable != nil,
            isClient: system.listening != nil, signatures: [],
            secured: Set(system.endpoints.filter { $0.value.lowercased().hasPrefix("https:") }.keys),
            certificates: [.none, .stranger], patients: Set(system.namedPatients.keys))
        if system.signing.assertion != nil { signatures.insert(.assertion) }
        if system.signing.submission != nil { signatures.insert(.submission) }
        if system.tls.identity.shownFile != nil { certificates.insert(.own) }
        if system.tls.expired != nil { certificates.insert(.expired) }
        if system.tls.unlisted != nil { certificates.insert(.unlisted) }
    }

    /// Why the scenario cannot be replayed against the system, with each key of the target file that would let it; nil
    /// when it can.
    func obstacle(_ scenario: Scenario, _ steps: [PlannedStep]) -> LocalizedText? {
        var missing: [String] = []
        for key in steps.flatMap({ needs(of: $0) }) + needs(ofTexts: scenario) where !missing.contains(key) {
            missing.append(key)
        }
        guard !missing.isEmpty else { return nil }
        func told(_ language: (LocalizedText) -> String, _ quotes: (String, String)) -> String {
            missing.map { key in
                let purpose = Self.purposes[key].map { " (\(language($0)))" } ?? ""
                return quotes.0 + key + quotes.1 + purpose
            }.joined(separator: ", ")
        }
        return LocalizedText(
            fr: "Le fichier cible ne déclare pas : \(told(\.fr, ("« ", " »")))",
            en: "The target file does not declare: \(told(\.en, ("'", "'")))")
    }

    /// What a key is for, where its name does not say it.
    private static let purposes: [String: LocalizedText] = [
        "listen": LocalizedText(
            fr: "où le système trouve le DMP simulé", en: "where the system finds the simulated DMP"),
        "exam": LocalizedText(fr: "un examen que le système détient", en: "an exam that the system holds"),
        "token": LocalizedText(fr: "le jeton d'accès de WADO-RS", en: "the access token of WADO-RS"),
        "session": LocalizedText(
            fr: "les cookies d'un professionnel connecté à la visionneuse",
            en: "the cookies of a professional who is logged in to the viewer"),
        "signing.assertion": LocalizedText(
            fr: "la clé qui signe les VIHF", en: "the key that signs the VIHF assertions"),
        "signing.submission": LocalizedText(
            fr: "la clé qui signe les lots de soumission", en: "the key that signs the submission sets"),
        "tls.certificate": LocalizedText(
            fr: "le certificat client que le système accepte, ou « tls.p12 »",
            en: "the client certificate that the system accepts, or 'tls.p12'"),
        "tls.expired": LocalizedText(
            fr: "un certificat client périmé de l'autorité que le système accepte",
            en: "an expired client certificate of the authority that the system accepts"),
        "tls.unlisted": LocalizedText(
            fr: "un certificat client de l'autorité admise, absent de la liste blanche",
            en: "a client certificate of the accepted authority that the whitelist does not name"),
        HeldExam.Part.olderReport.rawValue: LocalizedText(
            fr: "une version antérieure du compte rendu", en: "an older version of the report"),
        HeldExam.Part.withdrawnReport.rawValue: LocalizedText(
            fr: "le compte rendu d'un examen dépublié", en: "the report of an exam that was withdrawn"),
        HeldExam.Part.otherManifest.rawValue: LocalizedText(
            fr: "le KOS d'un autre examen que le système détient", en: "the KOS of another exam that the system holds"),
        HeldExam.Part.replacedManifest.rawValue: LocalizedText(
            fr: "le KOS que le KOS courant a remplacé", en: "the KOS that the current one replaced"),
        "patients.absent": LocalizedText(fr: "un patient sans DMP", en: "a patient without a record"),
        "patients.closed": LocalizedText(fr: "un patient au DMP fermé", en: "a patient whose record is closed"),
        "patients.blocked": LocalizedText(
            fr: "un patient qui a refusé l'accès au professionnel",
            en: "a patient who refused the professional the access"),
    ]

    /// The keys that a step needs and the file does not have.
    private func needs(of step: PlannedStep) -> [String] {
        var keys: [String] = []
        switch step.action {
        case .send(let driver, let endpoint):
            if !endpoints.contains(endpoint) { keys.append("endpoints.\(endpoint.rawValue)") }
            if (driver as? any UsesHeldExam)?.usesHeldExam ?? false, !holdsExam { keys.append("exam") }
            let parts = (driver as? any UsesHeldExam)?.examParts ?? []
            keys += parts.subtracting(examParts).map(\.rawValue).sorted()
            if driver is RetrieveSeries, !hasToken { keys.append("token") }
            if (driver as? InvokeImageDisplay)?.needsSession ?? false, !hasSession { keys.append("session") }
            if let shown = step.certificate {
                if endpoints.contains(endpoint), !secured.contains(endpoint) {
                    keys.append("endpoints.\(endpoint.rawValue): https://…")
                }
                if !certificates.contains(shown), let key = shown.key { keys.append(key) }
            }
            keys += driver.signatures.subtracting(signatures).map(\.rawValue).sorted()
        case .check(let collector):
            if collector.usesHeldExam, !holdsExam { keys.append("exam") }
        case .receive:
            if !isClient { keys.append("listen") }
        }
        return keys
    }

    /// The keys behind the variables that the scenario names.
    private func needs(ofTexts scenario: Scenario) -> [String] {
        let texts = scenario.texts
        return BuiltInVariable.allCases.compactMap { variable in
            guard texts.contains(where: { $0.contains("${\(variable.rawValue)}") }) else { return nil }
            if Self.examFacts.contains(variable) { return holdsExam ? nil : "exam" }
            return patients.contains(variable) ? nil : Self.patientKeys[variable]
        }
    }
}

extension Scenario {
    /// Every text in which a variable may stand.
    fileprivate var texts: [String] {
        variables.map(\.value)
            + steps.flatMap { step in
                step.with.flatMap(\.value.texts) + step.mutations.map(\.text) + step.captures.flatMap(\.value.texts)
                    + step.expectations.flatMap(\.argument.texts)
            }
    }
}

extension SourceValue {
    fileprivate var texts: [String] {
        switch self {
        case .scalar(let text, _): [text]
        case .list(let items, _): items.flatMap(\.texts)
        case .map(let entries, _): entries.flatMap(\.value.texts)
        }
    }
}
