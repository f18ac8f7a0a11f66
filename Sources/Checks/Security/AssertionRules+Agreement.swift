import Conformance
import HTTP
import SOAP
import Signatures
import XDS
import XML

extension AssertionRules {
    static let agreement: [Rule<AssertionSubject>] = [
        assertionRule(
            "SEC-014", fr: "resource-id est le CX du patient du message",
            en: "resource-id is the CX of the message's patient"
        ) { assertion, subject, remarks in
            guard let node = assertion.attributes(VIHF.Name.patient).first, let text = assertion.values.patient else {
                return
            }
            let patient = CX(text)
            let isINS = FrenchOID.ins.contains(patient.authority?.universalID ?? "")
            guard patient.defect == nil, isINS, patient.type == "NH" else {
                if remarks.isCapture, isMasked(text) {
                    return remarks.notRun(
                        fr: "Le patient est masqué dans la capture", en: "The patient is masked in the capture")
                }
                remarks.remark(
                    LocalizedText(fr: "resource-id n'est pas le CX d'un INS", en: "resource-id is no CX of an INS"),
                    expected: "<INS>^^^&\(FrenchOID.insNIR)&ISO^NH", actual: text.isEmpty ? "∅" : text,
                    at: subject.place(node))
                return
            }
            guard !subject.patients.isEmpty else {
                return remarks.notRun(
                    fr: "Le message ne nomme aucun patient", en: "The message names no patient")
            }
            guard !subject.patients.contains(where: { $0.names(same: patient) }) else { return }
            remarks.remark(
                LocalizedText(
                    fr: "Le patient de l'assertion n'est pas celui du message",
                    en: "The patient of the assertion is not that of the message"),
                expected: Set(subject.patients.map(\.text)).sorted().joined(separator: ", "), actual: text,
                at: subject.place(node))
        },
        assertionRule(
            "SEC-015", fr: "Identifiant_Structure est la structure du certificat et de l'auteur",
            en: "Identifiant_Structure is the structure of the certificate and of the author",
            source: "\(Norm.vihf); DRIM-M, foire aux questions"
        ) { assertion, subject, remarks in
            guard let node = assertion.attributes(VIHF.Name.structure).first,
                let structure = assertion.values[VIHF.Name.structure]
            else { return }
            if remarks.isCapture, isMasked(structure) {
                return remarks.notRun(
                    fr: "Identifiant_Structure est masqué dans la capture",
                    en: "Identifiant_Structure is masked in the capture")
            }
            let signer = subject.signature?.signer?.subject
            if let signer, !signer.units.contains(where: { same($0, structure) }) {
                remarks.remark(
                    LocalizedText(
                        fr: "La structure n'est pas celle du certificat (OU)",
                        en: "The structure is not that of the certificate (OU)"),
                    expected: signer.units.isEmpty ? "OU" : signer.units.joined(separator: ", "), actual: structure,
                    at: subject.place(node))
            }
            if !subject.structures.isEmpty, !subject.structures.contains(where: { same($0, structure) }) {
                remarks.remark(
                    LocalizedText(
                        fr: "La structure n'est celle d'aucun auteur de la soumission",
                        en: "The structure is that of no author of the submission"),
                    expected: Set(subject.structures).sorted().joined(separator: ", "), actual: structure,
                    at: subject.place(node))
            }
            guard signer == nil, subject.structures.isEmpty else { return }
            remarks.notRun(
                fr: "Ni le certificat ni l'auteur ne sont connus", en: "Neither the certificate nor the author is known"
            )
        },
    ]

    /// Whether both name the same structure: as they are, or one with the digit of its type before it.
    private static func same(_ left: String, _ right: String) -> Bool {
        left == right || left.dropFirst() == right || left == right.dropFirst()
    }

    static let channel: [Rule<AssertionSubject>] = [
        rule(
            "SEC-017", fr: "TLS 1.2 au moins, certificat client demandé et présenté",
            en: "TLS 1.2 at least, client certificate requested and sent", source: "CI-SIS, DMP, IGC-Santé"
        ) { subject, remarks in
            if subject.isCleartext == true {
                remarks.remark(
                    LocalizedText(fr: "Le message est venu sans TLS", en: "The message came without TLS"),
                    expected: "TLS ≥ 1.2", actual: "http")
                return
            }
            guard let peer = subject.peer else {
                return remarks.notRun(
                    fr: "Le canal n'est pas connu : ni version de TLS ni certificat client",
                    en: "The channel is not known: neither version of TLS nor client certificate")
            }
            if let version = peer.version, !["TLSv1.2", "TLSv1.3"].contains(version) {
                remarks.remark(expected: "TLSv1.2, TLSv1.3", actual: version)
            }
            guard peer.certificate == nil, peer.subject == nil else { return }
            remarks.remark(
                LocalizedText(fr: "Aucun certificat client", en: "No client certificate"),
                expected: "ORG AUTH_CLI", actual: "∅")
        }
    ]
}
