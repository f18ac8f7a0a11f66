/// Who made a document or a submission.
public struct Author: Sendable, Hashable {
    /// The person or device.
    public var person: XCN?
    /// The structures.
    public var institutions: [XON]
    /// The roles.
    public var roles: [String]
    /// The specialties, `code^label^OID`.
    public var specialties: [String]
    /// Where it was read.
    public var place: ReadPlace

    /// An author.
    public init(
        person: XCN?, institutions: [XON] = [], roles: [String] = [], specialties: [String] = [],
        place: ReadPlace = .init()
    ) {
        self.person = person
        self.institutions = institutions
        self.roles = roles
        self.specialties = specialties
        self.place = place
    }

    init(_ classification: Classification) {
        func slot(_ name: String) -> Slot? { classification.slots.first { $0.name == name } }
        let person = slot("authorPerson")
        let institution = slot("authorInstitution")
        self.init(
            person: person.flatMap { slot in slot.values.first.map { XCN($0, place: slot.place(ofValue: 0)) } },
            institutions: institution.map { slot in
                slot.values.enumerated().map { XON($0.element, place: slot.place(ofValue: $0.offset)) }
            } ?? [],
            roles: slot("authorRole")?.values ?? [], specialties: slot("authorSpecialty")?.values ?? [],
            place: classification.place)
    }

    var slots: [Slot] {
        var slots: [Slot] = []
        if let person { slots.append(Slot("authorPerson", [person.text])) }
        if !institutions.isEmpty { slots.append(Slot("authorInstitution", institutions.map(\.text))) }
        if !roles.isEmpty { slots.append(Slot("authorRole", roles)) }
        if !specialties.isEmpty { slots.append(Slot("authorSpecialty", specialties)) }
        return slots
    }
}
