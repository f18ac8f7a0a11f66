internal import FuzzSupport
internal import XDS

/// A text as each value of the metadata and of stored queries: what has no defect is made again of its components, and
/// must name the same.
func read(value text: String) {
    readIdentifiers(text)
    readPeople(text)
    let time = DTM(text)
    _ = (time.digits, time.suffix, time.offset, time.hasFraction)
    if time.isValid {
        require(DTM(time.earliest).isValid && time.earliest <= time.latest, "\(text) ends before it begins")
    }
    let value = QueryValue(parsing: text)
    if value.defect == nil {
        require(QueryValue(parsing: value.written) == value, "\(text) was written \(value.written)")
    }
    for literal in value.literals {
        let string = QueryValue(parsing: QueryValue.string(literal.text).written)
        require(string.literals.map(\.text) == [literal.text] && string.defect == nil, "quoted, \(text) changed")
    }
    _ = QueryPattern(text).matches(text + text)
    if let code = CodedValue(queryText: text) {
        require(CodedValue(queryText: code.queryText).map(code.matches) == true, "the code \(text) changed")
    }
    _ = (OID.isWellFormed(text), OID.isDocumentUniqueID(text), OID.isUID(text))
    _ = (UUIDText.isWellFormed(text), UUIDText.isURN(text))
}

private func readIdentifiers(_ text: String) {
    let patient = CX(text)
    if patient.defect == nil, let authority = patient.authority {
        let made = CX(id: patient.id, oid: authority.universalID, type: patient.type.isEmpty ? nil : patient.type)
        require(made.names(same: patient) && made.type == patient.type, "CX \(text) changed")
    }
    let reference = CXi(text)
    _ = reference.home
    if reference.defect == nil {
        let made = CXi(id: reference.id, oid: reference.authority?.universalID, kind: reference.kind)
        let isSame = made.id == reference.id && made.authority == reference.authority && made.kind == reference.kind
        require(isSame, "CXi \(text) changed")
    }
}

private func readPeople(_ text: String) {
    let person = XCN(text)
    _ = (person.nameType, person.identifierType, person.authority?.text)
    require(person.names(same: person), "XCN \(text) is not itself")
    if person.defect == nil {
        let made = XCN(id: person.id, family: person.family, given: person.given)
        require(
            (made.id, made.family, made.given) == (person.id, person.family, person.given), "XCN \(text) changed")
        require(made.defect == nil, "the made XCN of \(text) has a defect")
    }
    let organisation = XON(text)
    if organisation.defect == nil {
        let made = XON(name: organisation.name, id: organisation.id)
        require((made.name, made.id) == (organisation.name, organisation.id), "XON \(text) changed")
    }
    _ = (organisation.identifierType, organisation.authority?.isOID)
}
