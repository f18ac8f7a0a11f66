public import DICOM
internal import Foundation

/// Who the patient is, as one object of an exam says it; what it does not say is nil or empty.
public struct PatientTraits: Sendable, Hashable {
    /// The INS.
    public var identifier: String?
    /// OID of its authority.
    public var authority: String?
    /// Person names (`NOM^PRENOM`, `NOM`, `^PRENOM`): of birth first, then those in use.
    public var names: [String]
    /// `YYYYMMDD`.
    public var birthDate: String?
    /// `M`, `F` or `O`.
    public var sex: String?

    /// A patient.
    public init(
        identifier: String? = nil, authority: String? = nil, names: [String] = [], birthDate: String? = nil,
        sex: String? = nil
    ) {
        self.identifier = identifier
        self.authority = authority
        self.names = names.reduce(into: []) { kept, name in
            if !name.isEmpty, !kept.contains(name) { kept.append(name) }
        }
        self.birthDate = birthDate
        self.sex = sex
    }

    /// The patient of a manifest.
    public init(_ manifest: KeyObjectSelection) {
        self.init(
            identifier: manifest.patientID, authority: manifest.patientIDOID,
            names: [manifest.patientName].compactMap { $0 } + manifest.dataSet.strings(.otherPatientNames),
            birthDate: manifest.patientBirthDate, sex: manifest.patientSex)
    }

    /// The patient of an image.
    public init(_ image: ImageHeader) {
        let identifier = image.nationalIdentifiers.first
        self.init(
            identifier: identifier?.value, authority: identifier?.oid,
            names: [image.patientName].compactMap { $0 } + image.otherPatientNames, birthDate: image.birthDate,
            sex: image.sex)
    }

    /// The patient of a report.
    public init(_ patient: ImagingReport.Patient) {
        let givenNames = [patient.birthGivenNames, patient.firstBirthGivenName].compactMap { $0 }
        let birth = (patient.birthName ?? "", givenNames.isEmpty ? [""] : givenNames)
        let used = "\(patient.usedName ?? "")^\(patient.usedGivenName ?? "")"
        self.init(
            identifier: patient.nationalIdentifier?.value, authority: patient.nationalIdentifier?.root,
            names: birth.1.map { "\(birth.0)^\($0)" }.filter { $0 != "^" } + (used == "^" ? [] : [used]),
            birthDate: patient.birthDate.map { String($0.prefix(8)) },
            // HL7 has UN and U where DICOM has O.
            sex: patient.sex.map { ["U", "UN"].contains($0) ? "O" : $0 })
    }

    /// How a name agrees with those of a patient.
    public enum Agreement: Sendable, Hashable, Comparable {
        /// No word is the same.
        case none
        /// Some words are the same.
        case partial
        /// It is the name of birth or in use, or one with the given name of the other.
        case full
    }

    /// How a written name agrees with the names of the patient; case, accents, carets, hyphens and further given names
    /// apart. A character that was lost in a character set (`?`) stands for any.
    public func agreement(withName name: String) -> Agreement {
        if names.contains(name), !NameWords(name).all.isEmpty { return .full }
        let written = NameWords(name)
        let parts = names.map { NameWords($0) }
        let families = parts.map(\.family).filter { !$0.isEmpty }
        let givens = parts.map(\.given).filter { !$0.isEmpty }
        let all = written.all
        guard !all.isEmpty else { return .none }
        let isFull =
            families.contains { family in
                all.agrees(family) || givens.contains { $0.isContinued(by: all, after: family) }
                    || givens.contains { all.agrees($0 + family) }
            } || (written.family.isEmpty || families.isEmpty) && givens.contains { $0.agrees(written.given) }
        if isFull { return .full }
        let known = (families + givens).flatMap { $0 }
        return all.contains { word in known.contains { [$0].agrees([word]) } } ? .partial : .none
    }
}

/// The words of a person name without case, accents and signs.
struct NameWords {
    let family: [String]
    let given: [String]

    /// The first two components of the first group of a name: titles and suffixes follow them.
    init(_ name: String) {
        let group = name.split(separator: "=", omittingEmptySubsequences: false).first ?? ""
        let components = group.split(separator: "^", omittingEmptySubsequences: false).map { Self.words($0) }
        family = components.first ?? []
        given = components.dropFirst().first ?? []
    }

    var all: [String] { family + given }

    /// Words of capital letters and digits.
    static func words(_ text: some StringProtocol) -> [String] {
        let spelled = text.uppercased().replacing("Œ", with: "OE").replacing("Æ", with: "AE")
            .replacing("Ø", with: "O").replacing("Ł", with: "L")
        let letters = spelled.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.properties.generalCategory != .nonspacingMark
        }
        return String(String.UnicodeScalarView(letters)).split {
            !($0.isLetter || $0.isNumber || $0 == "?" || $0 == "\u{FFFD}")
        }.map { String($0) }
    }
}

extension [String] {
    /// Whether both are the same letters, however they are parted; `?` stands for any.
    fileprivate func agrees(_ other: [String]) -> Bool {
        let (left, right) = (Array<Character>(joined()), Array<Character>(other.joined()))
        let lost: Set<Character> = ["?", "\u{FFFD}"]
        return left.count == right.count
            && zip(left, right).allSatisfy { $0 == $1 || lost.contains($0) || lost.contains($1) }
    }

    /// Whether `all` is `family` and these given names, or the first ones of them, or these and more.
    fileprivate func isContinued(by all: [String], after family: [String]) -> Bool {
        if all.agrees(family + self) { return true }
        let rest = all.dropFirst(family.count)
        guard !rest.isEmpty, Array(all.prefix(family.count)).agrees(family) else { return false }
        let count = Swift.min(rest.count, self.count)
        return Array(rest.prefix(count)).agrees(Array(prefix(count)))
    }
}
