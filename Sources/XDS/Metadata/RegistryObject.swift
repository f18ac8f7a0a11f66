import XML

/// A `rim:Slot`: a name and its values.
public struct Slot: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The values, blanks at both ends taken off.
    public var values: [String]
    /// Where it was read.
    public var place: ReadPlace
    /// Where each value was read.
    public var valuePlaces: [ReadPlace]

    /// A slot.
    public init(_ name: String, _ values: [String], place: ReadPlace = .init(), valuePlaces: [ReadPlace] = []) {
        self.name = name
        self.values = values
        self.place = place
        self.valuePlaces = valuePlaces
    }

    /// The place of the value `index`, else of the slot.
    public func place(ofValue index: Int) -> ReadPlace {
        index < valuePlaces.count && valuePlaces[index].node != nil ? valuePlaces[index] : place
    }

    /// Equal when name and values are.
    public static func == (left: Slot, right: Slot) -> Bool { left.name == right.name && left.values == right.values }

    /// Hashes name and values.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(values)
    }
}

/// A `rim:Classification` inside an object or beside it.
public struct Classification: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// `classificationScheme`.
    public var scheme: String
    /// `classificationNode`, of the marks of submission set and folder.
    public var node: String
    /// `classifiedObject`.
    public var classifiedObject: String
    /// `nodeRepresentation`: the code.
    public var nodeRepresentation: String
    /// The slots.
    public var slots: [Slot]
    /// The first localized name.
    public var name: String?
    /// Where it was read.
    public var place: ReadPlace

    /// A classification.
    public init(
        id: String, scheme: String = "", node: String = "", classifiedObject: String, nodeRepresentation: String = "",
        slots: [Slot] = [], name: String? = nil, place: ReadPlace = .init()
    ) {
        self.id = id
        self.scheme = scheme
        self.node = node
        self.classifiedObject = classifiedObject
        self.nodeRepresentation = nodeRepresentation
        self.slots = slots
        self.name = name
        self.place = place
    }

    /// The code that it stands for.
    public var codedValue: CodedValue {
        CodedValue(
            nodeRepresentation, slots.first { $0.name == "codingScheme" }?.values.first ?? "", name ?? "",
            place: place)
    }
}

/// A `rim:ExternalIdentifier` of an object.
public struct ExternalIdentifier: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// `identificationScheme`.
    public var scheme: String
    /// `registryObject`.
    public var registryObject: String
    /// `value`.
    public var value: String
    /// The first localized name.
    public var name: String?
    /// Where it was read.
    public var place: ReadPlace

    /// An identifier.
    public init(
        id: String, scheme: String, registryObject: String, value: String, name: String? = nil,
        place: ReadPlace = .init()
    ) {
        self.id = id
        self.scheme = scheme
        self.registryObject = registryObject
        self.value = value
        self.name = name
        self.place = place
    }
}

/// An object of ebRIM 3.0 as it stands in a message: the layer under document entries and submission sets.
public struct RegistryObject: Sendable, Hashable {
    /// Which element it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case extrinsicObject = "ExtrinsicObject"
        case registryPackage = "RegistryPackage"
        case association = "Association"
        case classification = "Classification"
        case objectReference = "ObjectRef"
    }

    /// Which element it is.
    public var kind: Kind
    /// Its id.
    public var id: String
    /// The other attributes by name, in the order of writing: `lid`, `home`, `objectType`, `status`, `mimeType`, ….
    public var attributes: [String: String]
    /// The slots.
    public var slots: [Slot]
    /// The first localized name; empty for a `rim:Name` without text.
    public var name: String?
    /// The first localized description.
    public var description: String?
    /// `VersionInfo@versionName`.
    public var versionName: String?
    /// The classifications inside.
    public var classifications: [Classification]
    /// The external identifiers.
    public var identifiers: [ExternalIdentifier]
    /// Where it was read.
    public var place: ReadPlace

    /// An object.
    public init(
        _ kind: Kind, id: String, attributes: [String: String] = [:], slots: [Slot] = [], name: String? = nil,
        description: String? = nil, versionName: String? = nil, classifications: [Classification] = [],
        identifiers: [ExternalIdentifier] = [], place: ReadPlace = .init()
    ) {
        self.kind = kind
        self.id = id
        self.attributes = attributes
        self.slots = slots
        self.name = name
        self.description = description
        self.versionName = versionName
        self.classifications = classifications
        self.identifiers = identifiers
        self.place = place
    }

    /// The first slot called `name`.
    public func slot(_ name: String) -> Slot? { slots.first { $0.name == name } }

    /// The first value of the slot called `name`.
    public func value(_ name: String) -> String? { slot(name)?.values.first }

    /// The classifications of `scheme`.
    public func classifications(of scheme: String) -> [Classification] {
        classifications.filter { $0.scheme == scheme }
    }

    /// The identifiers of `scheme`.
    public func identifiers(of scheme: String) -> [ExternalIdentifier] { identifiers.filter { $0.scheme == scheme } }
}
