public import XML

extension RegistryObject {
    /// The object that `node` is; nil when it is none of ebRIM 3.0 that XDS uses.
    public init?(reading node: Node) {
        guard node.namespaceURI == XDSNamespace.rim, let kind = Kind(rawValue: node.localName) else { return nil }
        self.init(kind, id: node.attribute("id")?.trimmedLine ?? "", place: ReadPlace(node))
        for attribute in node.attributes where attribute.namespaceURI.isEmpty && attribute.localName != "id" {
            attributes[attribute.localName] = attribute.stringValue.trimmedLine
        }
        for child in node.elements where child.namespaceURI == XDSNamespace.rim {
            switch child.localName {
            case "Slot": slots.append(Slot(reading: child))
            case "Name": name = name ?? Self.localized(child)
            case "Description": description = description ?? Self.localized(child)
            case "VersionInfo": versionName = child.attribute("versionName")
            case "Classification": classifications.append(Classification(reading: child))
            case "ExternalIdentifier": identifiers.append(ExternalIdentifier(reading: child))
            default: break
            }
        }
    }

    static func localized(_ node: Node) -> String {
        node.first("LocalizedString", in: XDSNamespace.rim)?.attribute("value") ?? ""
    }
}

extension Slot {
    /// The slot that `node` is.
    public init(reading node: Node) {
        let values = node.elements("ValueList", in: XDSNamespace.rim)
            .flatMap { $0.elements("Value", in: XDSNamespace.rim) }
        self.init(
            node.attribute("name")?.trimmedLine ?? "", values.map { $0.stringValue.trimmedLine },
            place: ReadPlace(node), valuePlaces: values.map { ReadPlace($0) })
    }
}

extension Classification {
    /// The classification that `node` is.
    public init(reading node: Node) {
        self.init(
            id: node.attribute("id")?.trimmedLine ?? "",
            scheme: node.attribute("classificationScheme")?.trimmedLine ?? "",
            node: node.attribute("classificationNode")?.trimmedLine ?? "",
            classifiedObject: node.attribute("classifiedObject")?.trimmedLine ?? "",
            nodeRepresentation: node.attribute("nodeRepresentation")?.trimmedLine ?? "",
            slots: node.elements("Slot", in: XDSNamespace.rim).map { Slot(reading: $0) },
            name: node.first("Name", in: XDSNamespace.rim).map { RegistryObject.localized($0) },
            place: ReadPlace(node))
    }
}

extension ExternalIdentifier {
    /// The identifier that `node` is.
    public init(reading node: Node) {
        self.init(
            id: node.attribute("id")?.trimmedLine ?? "",
            scheme: node.attribute("identificationScheme")?.trimmedLine ?? "",
            registryObject: node.attribute("registryObject")?.trimmedLine ?? "",
            value: node.attribute("value")?.trimmedLine ?? "",
            name: node.first("Name", in: XDSNamespace.rim).map { RegistryObject.localized($0) },
            place: ReadPlace(node))
    }
}
