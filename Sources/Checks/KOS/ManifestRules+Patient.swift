internal import Conformance
internal import DICOM
internal import Imaging

// The patient and the INS: KOS-018 to KOS-028. KOS-023 needs the mode of the platform, which a file does not show.
extension ManifestRules {
    private static let ins = "CI-SIS, référentiel INS; \(drim)"

    static let patientRules = [
        rule(
            "KOS-018", .violation, capture: .warning,
            fr: "(0010,0010) contient le nom de naissance et le premier prénom de naissance.",
            en: "(0010,0010) holds the birth name and the first birth given name.", source: ins
        ) { subject, remarks in
            let group = (subject.selection.patientName ?? "").split(separator: "=", omittingEmptySubsequences: false)
            let parts = (group.first ?? "").split(separator: "^", omittingEmptySubsequences: false)
            guard parts.count < 2 || parts[0].isEmpty || parts[1].isEmpty else { return }
            remarks.remark(
                expected: "…^…", actual: subject.shown(.patientName), at: subject.place(.patientName))
        },
        rule(
            "KOS-019", .violation,
            fr: "(0010,0020) est un matricule INS : 13 caractères et une clé de 2 chiffres juste.",
            en: "(0010,0020) is an INS: 13 characters and a right key of 2 digits.", source: ins
        ) { subject, remarks in
            remarks.judgeNationalIdentifier(subject.selection.patientID ?? "", at: subject.place(.patientID))
        },
        rule(
            "KOS-020", .violation, fr: "(0010,0021) vaut ASIP-SANTE-INS-NIR ou ASIP-SANTE-INS-NIA.",
            en: "(0010,0021) is ASIP-SANTE-INS-NIR or ASIP-SANTE-INS-NIA.", source: ins
        ) { subject, remarks in
            demand(.issuerOfPatientID, ["ASIP-SANTE-INS-NIR", "ASIP-SANTE-INS-NIA"], subject, &remarks)
        },
        rule(
            "KOS-021", .violation,
            fr: "(0010,0024) a un item, qui porte l'OID de l'INS (0040,0032) et ISO (0040,0033).",
            en: "(0010,0024) has one item, with the OID of the INS (0040,0032) and ISO (0040,0033).", source: ins
        ) { subject, remarks in
            let sequence = Tag.issuerOfPatientIDQualifiersSequence
            let items = subject.file.dataSet.items(sequence)
            let authorities = NationalIdentifier.authorities.map(\.oid)
            guard items.count == 1 else {
                return remarks.remark(
                    expected: "1 × (FFFE,E000)", actual: subject.shown(sequence), at: subject.place(sequence))
            }
            let path = TagPath([(sequence, 1)])
            if items[0].string(.universalEntityID).map(authorities.contains) != true {
                let path = path.element(.universalEntityID)
                remarks.remark(
                    expected: authorities.joined(separator: ", "), actual: subject.shown(path),
                    at: subject.place(path))
            }
            if items[0].string(.universalEntityIDType) != "ISO" {
                let path = path.element(.universalEntityIDType)
                remarks.remark(expected: "ISO", actual: subject.shown(path), at: subject.place(path))
            }
        },
        rule(
            "KOS-022", .warning,
            fr: "L'émetteur (0010,0021) et l'OID de l'INS désignent la même autorité (NIR ou NIA).",
            en: "The issuer (0010,0021) and the OID of the INS name the same authority (NIR or NIA).", source: ins
        ) { subject, remarks in
            guard let issuer = subject.selection.issuerOfPatientID,
                let authority = subject.selection.patientIDOID.flatMap(NationalIdentifier.authority)
            else {
                return remarks.notRun(
                    fr: "L'émetteur ou l'OID de l'INS manque.", en: "The issuer or the OID of the INS is missing.")
            }
            guard issuer != authority.issuer else { return }
            remarks.remark(
                expected: "\(authority.issuer) (\(authority.oid))", actual: issuer,
                at: subject.place(.issuerOfPatientID))
        },
        rule(
            "KOS-024", .warning, fr: "(0010,1002) répète l'INS dans un item de type TEXT.",
            en: "(0010,1002) repeats the INS in an item of type TEXT.", source: drim
        ) { subject, remarks in
            let items = subject.file.dataSet.items(.otherPatientIDsSequence)
            let found = items.map { "\($0.string(.patientID) ?? "") \($0.string(.typeOfPatientID) ?? "")" }
            let wanted = "\(subject.selection.patientID ?? "INS") TEXT"
            guard !found.contains(wanted) else { return }
            let index = items.firstIndex { $0.string(.patientID) == subject.selection.patientID }
            let path =
                index.map { TagPath([(.otherPatientIDsSequence, $0 + 1)], .typeOfPatientID) }
                ?? TagPath([], .otherPatientIDsSequence)
            remarks.remark(
                expected: wanted, actual: found.isEmpty ? Shown.absent : found.joined(separator: ", "),
                at: subject.place(path))
        },
        rule(
            "KOS-025", .violation, fr: "(0010,0030) est une date réelle de huit chiffres.",
            en: "(0010,0030) is a real date of eight digits.", source: ins
        ) { subject, remarks in
            guard subject.selection.patientBirthDate.map(DICOMForm.isDate) != true else { return }
            remarks.remark(
                expected: "YYYYMMDD", actual: subject.shown(.patientBirthDate), at: subject.place(.patientBirthDate))
        },
        rule(
            "KOS-026", .violation, fr: "(0010,0040) vaut M, F ou O.", en: "(0010,0040) is M, F or O.",
            source: "DICOM PS3.3 C.7.1.1; \(ins)"
        ) { subject, remarks in demand(.patientSex, ["M", "F", "O"], subject, &remarks) },
        rule(
            "KOS-027", .warning, fr: "(0010,4000) contient le code COG du lieu de naissance, cinq caractères.",
            en: "(0010,4000) holds the COG code of the birth place, five characters.", source: ins
        ) { subject, remarks in
            guard !isPlaceCode(subject.file.dataSet.string(.patientComments) ?? "") else { return }
            remarks.remark(
                expected: "COG (5)", actual: subject.shown(.patientComments), at: subject.place(.patientComments))
        },
        rule(
            "KOS-028", .information,
            fr: "Les noms utilisés (0010,1001), s'il y en a, ont la forme d'un nom de personne.",
            en: "The used names (0010,1001), where there are any, have the form of a person name.",
            source: "DICOM PS3.5 6.2.1"
        ) { subject, remarks in
            guard subject.file.dataSet.contains(.otherPatientNames) else {
                return remarks.notApplicable(
                    fr: "Le manifeste n'a pas de nom utilisé.", en: "The manifest has no used name.")
            }
            let names = subject.file.dataSet.strings(.otherPatientNames)
            for name in names.isEmpty ? [""] : names where !isPersonName(name) {
                remarks.remark(
                    expected: "…^…, …, ^…", actual: name.isEmpty ? Shown.empty : name,
                    at: subject.place(.otherPatientNames))
            }
        },
    ]

    /// Five digits, or a department of Corsica and three digits.
    static func isPlaceCode(_ text: String) -> Bool {
        let bytes = Array(text.uppercased().utf8)
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        guard bytes.count == 5, isDigit(bytes[0]), bytes[2...].allSatisfy(isDigit) else { return false }
        let isCorsica =
            bytes[0] == UInt8(ascii: "2") && (bytes[1] == UInt8(ascii: "A") || bytes[1] == UInt8(ascii: "B"))
        return isCorsica || isDigit(bytes[1])
    }

    /// At most three groups of at most five components and 64 characters, one of them not empty (PS3.5, 6.2.1).
    private static func isPersonName(_ text: String) -> Bool {
        let groups = text.split(separator: "=", omittingEmptySubsequences: false)
        return groups.count <= 3 && text.contains { !"^=".contains($0) }
            && groups.allSatisfy { group in
                group.count <= 64 && group.split(separator: "^", omittingEmptySubsequences: false).count <= 5
            }
    }
}
