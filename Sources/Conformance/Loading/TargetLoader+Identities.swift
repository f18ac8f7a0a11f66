/// The part of a target file that says who acts: keys, professional, patients.
extension TargetLoader {
    /// The keys of the files of a certificate and its key.
    static let keyPairKeys = ["certificate", "key", "p12", "passphrase"]

    /// `{certificate: FILE, key: FILE}` or `{p12: FILE}`, each with `passphrase: {env: NAME}` where the key is locked.
    static func readKeyPair(
        _ fields: Fields, _ location: SourceLocation, _ folder: String, _ diagnostics: inout Diagnostics
    ) -> SystemUnderTest.KeyPair {
        var pair = SystemUnderTest.KeyPair()
        pair.certificate = readPath(fields, "certificate", folder, &diagnostics)
        pair.key = readPath(fields, "key", folder, &diagnostics)
        pair.p12 = readPath(fields, "p12", folder, &diagnostics)
        pair.passphraseVariable = fields["passphrase"].flatMap { readVariable($0.value, "'passphrase'", &diagnostics) }
        if (fields["certificate"] == nil) != (fields["key"] == nil) {
            diagnostics.report(
                location, "'certificate' and 'key' go together", advice: "give both PEM files, or one 'p12' file")
        }
        if let p12 = fields["p12"], fields["certificate"] != nil || fields["key"] != nil {
            diagnostics.report(p12.keyLocation, "'p12' stands instead of 'certificate' and 'key'", advice: "keep one")
        }
        return pair
    }

    /// `signing: {assertion: …, submission: …}`; a submission is signed with the key of the assertions unless it has its
    /// own.
    static func readSigning(
        _ value: SourceValue, _ folder: String, _ diagnostics: inout Diagnostics
    ) -> SystemUnderTest.Signing {
        var signing = SystemUnderTest.Signing()
        guard let fields = Fields(value, of: "'signing'", keys: ["assertion", "submission"], &diagnostics) else {
            return signing
        }
        signing.assertion = readNamedKeyPair(fields, "assertion", folder, &diagnostics)
        signing.submission = readNamedKeyPair(fields, "submission", folder, &diagnostics) ?? signing.assertion
        return signing
    }

    static func readNamedKeyPair(
        _ fields: Fields, _ key: String, _ folder: String, _ diagnostics: inout Diagnostics
    ) -> SystemUnderTest.KeyPair? {
        guard let entry = fields[key],
            let files = Fields(entry.value, of: "'\(key)'", keys: keyPairKeys, &diagnostics)
        else { return nil }
        if files["certificate"] == nil, files["key"] == nil, files["p12"] == nil {
            diagnostics.report(
                entry.value.location, "'\(key)' names no key",
                advice: "give 'certificate' and 'key', or 'p12'")
            return nil
        }
        return readKeyPair(files, entry.value.location, folder, &diagnostics)
    }

    // MARK: The professional

    static func readProfessional(
        _ value: SourceValue, _ diagnostics: inout Diagnostics
    ) -> SystemUnderTest.Professional {
        var professional = SystemUnderTest.Professional()
        let keys = [
            "professional", "name", "structure", "sector", "profession", "specialty", "mode", "homologation",
        ]
        guard let fields = Fields(value, of: "'vihf'", keys: keys, &diagnostics) else { return professional }
        professional.identifier = fields.text("professional", &diagnostics)
        if let entry = fields["name"],
            let name = Fields(entry.value, of: "'name'", keys: ["given", "family"], &diagnostics)
        {
            professional.given = name.requiredText("given", &diagnostics)
            professional.family = name.requiredText("family", &diagnostics)
        }
        professional.structure = fields.text("structure", &diagnostics)
        professional.sector = fields.text("sector", &diagnostics)
        professional.profession = readRole(fields, "profession", &diagnostics)
        professional.specialty = readRole(fields, "specialty", &diagnostics)
        professional.mode = fields.text("mode", &diagnostics)
        professional.homologation = fields.text("homologation", &diagnostics)
        return professional
    }

    /// `"10"` or `{code: "10", system: OID, display: Médecin}`.
    private static func readRole(
        _ fields: Fields, _ key: String, _ diagnostics: inout Diagnostics
    ) -> SystemUnderTest.Role? {
        guard let entry = fields[key] else { return nil }
        guard case .map = entry.value else {
            return fields.text(key, &diagnostics).map { SystemUnderTest.Role(code: $0) }
        }
        guard let role = Fields(entry.value, of: "'\(key)'", keys: ["code", "system", "display"], &diagnostics),
            let code = role.requiredText("code", &diagnostics)
        else { return nil }
        return SystemUnderTest.Role(
            code: code, system: readOID(role, "system", &diagnostics), display: role.text("display", &diagnostics))
    }

    // MARK: Patients

    /// `patients: {nominal: …, absent: …, closed: …, blocked: …}`; `nominal` is the patient of the key `patient`.
    static func readPatients(
        _ entry: SourceEntry, _ system: inout SystemUnderTest, _ diagnostics: inout Diagnostics
    ) {
        let keys = ["nominal", "absent", "closed", "blocked"]
        guard let fields = Fields(entry.value, of: "'patients'", keys: keys, &diagnostics) else { return }
        func patient(_ key: String, _ diagnostics: inout Diagnostics) -> SystemUnderTest.Patient? {
            fields[key].flatMap { readPatient($0.value, "'\(key)'", &diagnostics) }
        }
        if let nominal = fields["nominal"] {
            if system.patient != nil {
                diagnostics.report(
                    nominal.keyLocation, "'nominal' is the patient that the key 'patient' names already",
                    advice: "keep one of them")
            }
            system.patient = patient("nominal", &diagnostics)
        }
        system.patients.absent = patient("absent", &diagnostics)
        system.patients.closed = patient("closed", &diagnostics)
        system.patients.blocked = patient("blocked", &diagnostics)
        let named = [
            ("nominal", system.patient), ("absent", system.patients.absent), ("closed", system.patients.closed),
            ("blocked", system.patients.blocked),
        ]
        for (index, (name, patient)) in named.enumerated() {
            guard let patient, let twin = named[..<index].first(where: { $0.1 == patient }) else { continue }
            diagnostics.report(
                fields[name]?.value.location ?? entry.value.location,
                "'\(name)' is the patient of '\(twin.0)': a record is in one state",
                advice: "name another patient")
        }
    }

    static func readPatient(
        _ value: SourceValue, _ noun: String, _ diagnostics: inout Diagnostics
    ) -> SystemUnderTest.Patient? {
        guard let fields = Fields(value, of: noun, keys: ["ins", "authority"], &diagnostics),
            let identifier = fields.requiredText("ins", &diagnostics)
        else { return nil }
        let authority = readOID(fields, "authority", &diagnostics)
        // The two departments of Corsica have a letter in the seventh place.
        guard identifier.wholeMatch(of: /[0-9]{6}[0-9AB][0-9]{8}/) != nil else {
            diagnostics.report(
                fields["ins"]?.value.location ?? value.location,
                "'ins' must be the 15 digits of an INS, key included, found '\(identifier)'",
                advice: "write it between quotes, without blanks")
            return nil
        }
        return SystemUnderTest.Patient(
            nationalIdentifier: identifier, authority: authority ?? "1.2.250.1.213.1.4.10")
    }

    private static func readOID(_ fields: Fields, _ key: String, _ diagnostics: inout Diagnostics) -> String? {
        guard let entry = fields[key], let text = fields.text(key, &diagnostics) else { return nil }
        guard text.wholeMatch(of: /[0-2](\.(0|[1-9][0-9]*))+/) != nil else {
            diagnostics.report(entry.value.location, "'\(key)' must be an OID, found '\(text)'")
            return nil
        }
        return text
    }
}
