/// What a stored query breaks, with the code by which a registry refuses it.
public struct QueryFault: Sendable, Hashable {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case returnType = "return-type"
        case composedObjects = "composed-objects"
        case unknownQuery = "unknown-query"
        case missingParameter = "missing-parameter"
        case parameterNumber = "parameter-number"
        case unknownParameter = "unknown-parameter"
        case syntax
        case patientForm = "patient-form"
        case listForm = "list-form"
        case codeForm = "code-form"
        case timeForm = "time-form"
        case referenceForm = "reference-form"
        case uuidForm = "uuid-form"
    }

    /// What is wrong.
    public var kind: Kind
    /// The code of a registry's refusal; nil for what a registry overlooks.
    public var code: XDSErrorCode?
    /// The parameter; nil for the query as a whole.
    public var parameter: String?
    /// What the specification asks.
    public var expected: String
    /// What was found.
    public var actual: String
    /// Where.
    public var place: ReadPlace
}

extension StoredQuery {
    /// What the query breaks, in the order of its parts; empty when it may be answered.
    ///
    /// Source: IHE ITI TF-2 3.18.4.1.2.3 and 3.18.4.1.3.
    public var faults: [QueryFault] {
        var faults = optionFaults
        guard let definition = StoredQueryDefinition.of(id) else {
            faults.append(
                QueryFault(
                    kind: .unknownQuery, code: .unknownStoredQuery, expected: "urn:uuid:… (IHE ITI TF-2 3.18.4.1.2.4)",
                    actual: id.rawValue.isEmpty ? "∅" : id.rawValue, place: queryPlace))
            return faults
        }
        faults += countFaults(definition)
        for parameter in parameters {
            guard let known = definition.parameter(parameter.name) else {
                faults.append(
                    QueryFault(
                        kind: .unknownParameter, code: nil, parameter: parameter.name,
                        expected: definition.parameters.map(\.name).joined(separator: ", "), actual: parameter.name,
                        place: parameter.place))
                continue
            }
            faults += parameter.faults(known.form)
        }
        return faults
    }

    private var optionFaults: [QueryFault] {
        var faults: [QueryFault] = []
        if !["LeafClass", "ObjectRef"].contains(returnType) {
            faults.append(
                QueryFault(
                    kind: .returnType, code: .registryError, expected: "LeafClass, ObjectRef",
                    actual: returnType.isEmpty ? "∅" : returnType, place: optionPlace.node == nil ? place : optionPlace)
            )
        }
        if returnsComposedObjects != "true", returnsComposedObjects != "1" {
            faults.append(
                QueryFault(
                    kind: .composedObjects, code: nil, expected: "returnComposedObjects=\"true\"",
                    actual: returnsComposedObjects ?? "∅", place: optionPlace.node == nil ? place : optionPlace))
        }
        return faults
    }

    private func countFaults(_ definition: StoredQueryDefinition) -> [QueryFault] {
        var faults: [QueryFault] = []
        func say(_ kind: QueryFault.Kind, _ code: XDSErrorCode, _ name: String, _ expected: String, _ actual: String) {
            faults.append(
                QueryFault(
                    kind: kind, code: code, parameter: name, expected: expected, actual: actual,
                    place: parameters(name).last?.place ?? queryPlace))
        }
        for parameter in definition.parameters {
            let slots = parameters(parameter.name)
            let count = slots.reduce(0) { $0 + $1.literals.filter { !$0.isEmpty }.count }
            if parameter.isRequired, count == 0 {
                say(.missingParameter, .storedQueryMissingParameter, parameter.name, parameter.name, "∅")
            }
            if slots.count > 1, !parameter.isRepeatable {
                say(.parameterNumber, .storedQueryParameterNumber, parameter.name, "1 slot", "\(slots.count) slots")
            } else if count > 1, [.patient, .time].contains(parameter.form) {
                say(.parameterNumber, .storedQueryParameterNumber, parameter.name, "1 value", "\(count) values")
            }
        }
        guard !definition.alternatives.isEmpty else { return faults }
        let given = definition.alternatives.filter { !parameters($0).isEmpty }
        let choice = definition.alternatives.joined(separator: " | ")
        if given.isEmpty {
            say(.missingParameter, .storedQueryMissingParameter, definition.alternatives[0], choice, "∅")
        } else if given.count > 1 {
            say(.parameterNumber, .storedQueryParameterNumber, given[1], choice, given.joined(separator: ", "))
        }
        return faults
    }
}

extension StoredQuery.Parameter {
    /// What its values break, written in the form `form`.
    func faults(_ form: StoredQueryDefinition.Form) -> [QueryFault] {
        parsed.enumerated().compactMap { index, value in
            guard let (kind, code, expected) = Self.fault(value, form) else { return nil }
            return QueryFault(
                kind: kind, code: code, parameter: name, expected: expected,
                actual: value.defect.map { "\(values[index]) (\($0))" } ?? values[index], place: place)
        }
    }

    private static func fault(
        _ value: QueryValue, _ form: StoredQueryDefinition.Form
    ) -> (QueryFault.Kind, XDSErrorCode?, String)? {
        switch form {
        case .patient:
            let isWhole = !value.isList && value.literals.allSatisfy(\.isQuoted) && value.defect == nil
            guard !isWhole || value.literals.contains(where: { CX($0.text).defect != nil }) else { return nil }
            return (.patientForm, .registryError, "'<id>^^^&<OID>&ISO'")
        case .time:
            let isWhole =
                !value.isList && value.defect == nil
                && value.literals.allSatisfy { !$0.isQuoted && $0.text.utf8.count <= 14 && DTM($0.text).isValid }
            return isWhole ? nil : (.timeForm, .registryError, "YYYY[MM[DD[hh[mm[ss]]]]]")
        case .list, .patterns, .status:
            return isQuotedList(value) ? nil : (.listForm, .registryError, "('…','…')")
        case .codes:
            guard isQuotedList(value) else { return (.codeForm, .registryError, "('code^^scheme')") }
            let areCodes = value.literals.allSatisfy { CodedValue(queryText: $0.text) != nil }
            return areCodes ? nil : (.codeForm, .registryError, "('code^^scheme')")
        case .references:
            guard isQuotedList(value) else { return (.referenceForm, .registryError, "('id^^^&OID&ISO^urn:…')") }
            let areReferences = value.literals.allSatisfy { CXi($0.text).defect == nil }
            return areReferences ? nil : (.referenceForm, .registryError, "('id^^^&OID&ISO^urn:…')")
        case .uuids:
            guard isQuotedList(value) else { return (.listForm, .registryError, "('urn:uuid:…')") }
            return value.literals.allSatisfy { UUIDText.isURN($0.text) }
                ? nil : (.uuidForm, .registryError, "('urn:uuid:…')")
        case .text:
            return isQuoted(value) ? nil : (.listForm, .registryError, "'…'")
        case .uuid:
            guard isQuoted(value) else { return (.listForm, .registryError, "'urn:uuid:…'") }
            return value.literals.allSatisfy { UUIDText.isURN($0.text) }
                ? nil : (.uuidForm, .registryError, "'urn:uuid:…'")
        }
    }

    private static func isQuotedList(_ value: QueryValue) -> Bool {
        value.isList && isQuoted(value)
    }

    private static func isQuoted(_ value: QueryValue) -> Bool {
        value.defect == nil && !value.literals.isEmpty && value.literals.allSatisfy(\.isQuoted)
    }
}
