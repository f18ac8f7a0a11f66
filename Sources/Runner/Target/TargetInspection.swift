internal import Conformance
internal import Foundation
internal import Imaging
internal import Signatures

/// Looks at what stands behind the values of a target file, so that no run blames a right system for a slip of its author.
struct TargetInspection: Sendable {
    let system: SystemUnderTest
    let time: Date

    var faults: [TargetFault] {
        patientFaults + professionalFaults + identifierFaults + certificateFaults
    }

    // MARK: Patients

    private var patientFaults: [TargetFault] {
        let named: [([String], SystemUnderTest.Patient?)] = [
            (["patients", "nominal"], system.patient), (["patients", "absent"], system.patients.absent),
            (["patients", "closed"], system.patients.closed), (["patients", "blocked"], system.patients.blocked),
        ]
        return named.flatMap { keys, patient in patient.map { faults(of: $0, keys) } ?? [] }
    }

    // CI-SIS, INS: 13 characters and a key of two digits, 97 − (number mod 97), 2A read as 19 and 2B as 18.
    private func faults(of patient: SystemUnderTest.Patient, _ keys: [String]) -> [TargetFault] {
        var faults: [TargetFault] = []
        // The patient of the exams has two names.
        let others = keys == ["patients", "nominal"] ? ["patient"] : []
        func report(_ key: String, _ message: String, _ advice: String) {
            faults.append(
                TargetFault(keys + [key], or: others.isEmpty ? [] : others + [key], message, advice: advice))
        }
        let number = patient.nationalIdentifier
        let body = String(number.prefix(13))
        if let key = NationalIdentifier.key(of: body) {
            if !number.hasSuffix(key) {
                report(
                    "ins", "the key of 'ins' is \(number.suffix(2)), that of its first 13 characters is \(key)",
                    "check the number; if it is invented, write \(body)\(key)")
            }
        } else {
            report(
                "ins", "'ins' is no INS: a letter stands in it elsewhere than in 2A or 2B",
                "write 13 characters and the key of two digits")
        }
        if NationalIdentifier.authority(oid: patient.authority) == nil {
            let known = NationalIdentifier.authorities.map { "\($0.oid) (\($0.usage))" }.joined(separator: ", ")
            report("authority", "'\(patient.authority)' is no authority of the INS", "known: \(known)")
        }
        return faults
    }

    // MARK: The professional

    private struct Shape {
        let key: String
        let value: String?
        let isRight: (String) -> Bool
        let wanted: String
    }

    // CI-SIS, Volet Transport synchrone, VIHF: NameID, Identifiant_Structure, Secteur_Activite, role.
    private var professionalFaults: [TargetFault] {
        let who = system.professional
        let shapes = [
            Shape(
                key: "professional", value: who.identifier, isRight: Self.isProfessional,
                wanted: "8 and the RPPS (12 digits), 0 and the ADELI number, or an internal id: 3FINESS/id, 5SIRET/id"),
            Shape(
                key: "structure", value: who.structure, isRight: Self.isStructure,
                wanted:
                    "1 and the FINESS, 2 and the SIREN, 3 and the SIRET, 4 and RPPS with rank, 0 and ADELI with rank"),
            Shape(
                key: "sector", value: who.sector, isRight: { $0.wholeMatch(of: /SA[0-9]{2}/) != nil },
                wanted: "SA and two digits, without its OID: SA07"),
            Shape(
                key: "mode", value: who.mode,
                isRight: { ["DIRECTE", "INDIRECTE", "INDIRECTE_RENFORCEE"].contains($0) },
                wanted: "DIRECTE, INDIRECTE or INDIRECTE_RENFORCEE"),
            Shape(
                key: "profession", value: who.profession?.code,
                isRight: { code in Self.isCode(code, of: who.profession?.system, like: /[0-9]{2}/) },
                wanted: "two digits of the French professions: 10 for a doctor, 21, 60"),
            Shape(
                key: "specialty", value: who.specialty?.code,
                isRight: { code in
                    let isDoctor = [nil, "10"].contains(who.profession?.code)
                    return Self.isCode(
                        code, of: who.specialty?.system, like: isDoctor ? /S[A-Z][A-Z]?[0-9]{2,3}/ : /[A-Z0-9_]{1,12}/)
                }, wanted: "a code of the specialties, without its OID: SM44"),
        ]
        return shapes.compactMap { shape in
            guard let value = shape.value, !shape.isRight(value) else { return nil }
            let isRole = ["profession", "specialty"].contains(shape.key)
            return TargetFault(
                ["vihf", shape.key] + (isRole ? ["code"] : []), "'\(shape.key)' has the wrong form, found '\(value)'",
                advice: "write \(shape.wanted)")
        }
    }

    /// The first digit says whose number follows.
    private static func isProfessional(_ text: String) -> Bool {
        text.wholeMatch(of: /8[0-9]{11}|0[0-9][0-9AB][0-9]{6,7}|[1-7][0-9AB]{8,14}\/[^\s^&|]{1,40}/) != nil
    }

    private static func isStructure(_ text: String) -> Bool {
        text.wholeMatch(of: /1[0-9][0-9AB][0-9]{7}|2[0-9]{9}|3[0-9]{14}|4[0-9]{11,14}|0[0-9][0-9AB][0-9]{6,10}/) != nil
    }

    /// A code of the standard system has a known form; of another system only what separates fields is wrong.
    private static func isCode(_ code: String, of system: String?, like form: Regex<Substring>) -> Bool {
        guard system == nil else { return code.wholeMatch(of: /[^\s^&|<>]{1,40}/) != nil }
        return code.wholeMatch(of: form) != nil
    }

    // MARK: Identifiers

    private var identifierFaults: [TargetFault] {
        [("repositoryUniqueId", system.repositoryUniqueID), ("sourceId", system.sourceID)].compactMap { key, value in
            guard let value, value.utf8.count > 64 || value.wholeMatch(of: /[0-2](\.(0|[1-9][0-9]*))+/) == nil else {
                return nil
            }
            return TargetFault(
                [key], "'\(key)' must be an OID, found '\(value)'",
                advice: "write numbers and dots, 64 characters at most, without urn:oid:")
        }
    }

    // MARK: Certificates

    private var certificateFaults: [TargetFault] {
        var faults: [TargetFault] = []
        faults += own + expired
        for (key, pair) in [("assertion", system.signing.assertion), ("submission", system.signing.submission)] {
            guard let pair, key == "assertion" || pair != system.signing.assertion else { continue }
            faults += IdentityInspection(pair, ["signing", key]).faults
        }
        if let path = system.tls.trust { faults += IdentityInspection.faults(ofTrust: path, ["tls", "trust"]) }
        guard let listening = system.listening else { return faults }
        var pair = SystemUnderTest.KeyPair()
        (pair.certificate, pair.key) = (listening.certificate, listening.key)
        faults += IdentityInspection(pair, ["listen"]).faults
        if let path = listening.trust { faults += IdentityInspection.faults(ofTrust: path, ["listen", "trust"]) }
        return faults
    }

    /// What a right server would refuse, and the run would blame it for.
    private var own: [TargetFault] {
        let inspection = IdentityInspection(system.tls.identity, ["tls"])
        guard let certificate = inspection.certificate, !certificate.isValid(at: time) else { return inspection.faults }
        let isOver = certificate.notAfter < time
        return inspection.faults + [
            TargetFault(
                inspection.place,
                isOver
                    ? "the certificate expired on \(Self.day(certificate.notAfter)): a right server refuses it"
                    : "the certificate is not in force before \(Self.day(certificate.notBefore))",
                advice: "name a certificate that is in force")
        ]
    }

    /// N-SEC-04 asks the server to refuse it: it has to be out of date.
    private var expired: [TargetFault] {
        guard let pair = system.tls.expired else { return [] }
        let inspection = IdentityInspection(pair, ["tls", "expired"])
        guard let certificate = inspection.certificate, certificate.notAfter >= time else { return inspection.faults }
        return inspection.faults + [
            TargetFault(
                inspection.place,
                "'expired' names a certificate that is in force until \(Self.day(certificate.notAfter)):"
                    + " a right server accepts it",
                advice: "name one whose validity has ended, or leave 'expired' out")
        ]
    }

    private static func day(_ date: Date) -> String { String(XMLInstant.text(date).prefix(10)) }
}
