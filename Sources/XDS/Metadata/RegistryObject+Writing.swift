public import XML

extension RegistryObject {
    /// The object as an element; the prefix `rim` is declared by whoever holds it.
    public func element() -> Element {
        var element = Element("rim:" + kind.rawValue)
        element.attributes.append((name: "id", value: id))
        let order = [
            "home", "lid", "status", "mimeType", "objectType", "associationType", "sourceObject", "targetObject",
        ]
        let others = attributes.keys.filter { !order.contains($0) }.sorted()
        for name in order + others {
            if let value = attributes[name] { element.attributes.append((name: name, value: value)) }
        }
        // ebRIM 3.0, RegistryObjectType: slots, name, description, version, classifications, identifiers.
        element.content += slots.map { .element($0.element()) }
        if let name { element.content.append(.element(Self.localized("rim:Name", name))) }
        if let description { element.content.append(.element(Self.localized("rim:Description", description))) }
        if let versionName {
            element.content.append(.element(Element("rim:VersionInfo", ["versionName": versionName])))
        }
        element.content += classifications.map { .element($0.element()) }
        element.content += identifiers.map { .element($0.element()) }
        return element
    }

    static func localized(_ name: String, _ value: String) -> Element {
        guard !value.isEmpty else { return Element(name) }
        return Element(
            name, [:],
            [Element("rim:LocalizedString", ["xml:lang": "fr-FR", "charset": "UTF-8", "value": value])])
    }
}

extension Slot {
    /// The slot as an element.
    public func element() -> Element {
        Element(
            "rim:Slot", ["name": name],
            [Element("rim:ValueList", [:], values.map { Element("rim:Value", text: $0) })])
    }
}

extension Classification {
    /// The classification as an element.
    public func element() -> Element {
        var element = Element("rim:Classification")
        element.attributes.append((name: "id", value: id))
        if !scheme.isEmpty { element.attributes.append((name: "classificationScheme", value: scheme)) }
        if !node.isEmpty { element.attributes.append((name: "classificationNode", value: node)) }
        element.attributes.append((name: "classifiedObject", value: classifiedObject))
        if node.isEmpty { element.attributes.append((name: "nodeRepresentation", value: nodeRepresentation)) }
        element.attributes.append((name: "objectType", value: XDSURN.classificationObject))
        element.content += slots.map { .element($0.element()) }
        if let name { element.content.append(.element(RegistryObject.localized("rim:Name", name))) }
        return element
    }
}

extension ExternalIdentifier {
    /// The identifier as an element.
    public func element() -> Element {
        var element = Element(
            "rim:ExternalIdentifier",
            [
                "id": id, "registryObject": registryObject, "identificationScheme": scheme, "value": value,
                "objectType": XDSURN.externalIdentifierObject,
            ])
        if let name { element.content.append(.element(RegistryObject.localized("rim:Name", name))) }
        return element
    }
}
