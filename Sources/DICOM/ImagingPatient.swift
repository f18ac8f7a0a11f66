/// The patient of an exam: the traits of the national identity (INS) and the number that the site uses (IPP).
public struct ImagingPatient: Sendable, Hashable {
    /// Birth name.
    public var familyName: String
    /// First birth given name.
    public var givenName: String
    /// Used names, each a person name (`NOM^Prénom`, `NOM`, `^Prénom`); often none.
    public var usedNames: [String]
    /// INS matricule: 15 characters, key included.
    public var ins: String
    /// Issuer of the INS: `ASIP-SANTE-INS-NIR` or `ASIP-SANTE-INS-NIA`.
    public var insIssuer: String
    /// OID of the INS: 1.2.250.1.213.1.4.8 (NIR), .9 (NIA), .10 (NIR for tests), .11 (NIR for demonstrations).
    public var insOID: String
    /// Birth date: `YYYYMMDD`.
    public var birthDate: String
    /// `M`, `F` or `O`.
    public var sex: String
    /// INSEE code of the birth place (COG).
    public var birthPlace: String
    /// The site's own number (IPP); empty where there is none.
    public var localID: String
    /// OID of the site's numbers.
    public var localOID: String

    /// A patient.
    public init(
        familyName: String, givenName: String, usedNames: [String] = [], ins: String,
        insIssuer: String = "ASIP-SANTE-INS-NIR", insOID: String = "1.2.250.1.213.1.4.10", birthDate: String,
        sex: String, birthPlace: String, localID: String = "", localOID: String = ""
    ) {
        self.familyName = familyName
        self.givenName = givenName
        self.usedNames = usedNames
        self.ins = ins
        self.insIssuer = insIssuer
        self.insOID = insOID
        self.birthDate = birthDate
        self.sex = sex
        self.birthPlace = birthPlace
        self.localID = localID
        self.localOID = localOID
    }

    /// Birth name and given name as a person name.
    public var name: String { "\(familyName)^\(givenName)" }

    /// Everything that is written as text, to choose a character set by.
    var texts: [String] { [familyName, givenName, ins, insIssuer, localID, birthPlace] + usedNames }

    /// Sets the elements of the Patient module that do not depend on which number comes first.
    func setTraits(_ dataSet: inout DataSet) {
        dataSet.set(.patientName, name)
        dataSet.set(.patientBirthDate, birthDate)
        dataSet.set(.patientSex, sex)
        if !usedNames.isEmpty { dataSet.set(.otherPatientNames, usedNames) }
    }

    /// The item of (0010,1002) that bears the INS.
    func insItem(_ characterSet: SpecificCharacterSet) -> DataSet {
        identifierItem(ins, issuer: insIssuer, oid: insOID, characterSet)
    }

    /// The item of (0010,1002) that bears the site's number; nil where there is none.
    func localItem(_ characterSet: SpecificCharacterSet) -> DataSet? {
        localID.isEmpty ? nil : identifierItem(localID, issuer: "", oid: localOID, characterSet)
    }

    private func identifierItem(
        _ value: String, issuer: String, oid: String, _ characterSet: SpecificCharacterSet
    ) -> DataSet {
        var item = DataSet(characterSet: characterSet)
        item.set(.patientID, value)
        if !issuer.isEmpty { item.set(.issuerOfPatientID, issuer) }
        item.set(.typeOfPatientID, "TEXT")
        if !oid.isEmpty { item.set(.issuerOfPatientIDQualifiersSequence, items: [.universalEntity(oid)]) }
        return item
    }
}

extension DataSet {
    /// An item that names an authority by its OID: (0040,0032), (0040,0033) = `ISO`.
    static func universalEntity(_ oid: String) -> DataSet {
        var item = DataSet()
        item.set(.universalEntityID, oid)
        item.set(.universalEntityIDType, "ISO")
        return item
    }

    /// A code item (PS3.3, 8.8).
    static func code(_ value: String, _ scheme: String, _ meaning: String, _ characterSet: SpecificCharacterSet)
        -> DataSet
    {
        var item = DataSet(characterSet: characterSet)
        item.set(.codeValue, value)
        item.set(.codingSchemeDesignator, scheme)
        item.set(.codeMeaning, meaning)
        return item
    }
}

extension SpecificCharacterSet {
    /// Latin 1 where it has all characters of `texts`, else UTF-8.
    static func fitting(_ texts: [String]) -> SpecificCharacterSet {
        texts.allSatisfy { SpecificCharacterSet.latin1.encode($0).lost.isEmpty } ? .latin1 : .utf8
    }
}
