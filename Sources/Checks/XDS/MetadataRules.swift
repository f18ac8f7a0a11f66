public import Conformance
import SOAP
import XDS
import XML

/// What metadata must be whatever the country: the shape of ebRIM 3.0 and the forms of IHE ITI TF-3 4.2.
///
/// They look at any message with metadata. Passes: identifiers, dates, codes and references in the forms of IHE. Fails:
/// each departure, at its element. Ids: `xds.<kind of fault>`.
public enum MetadataRules {
    /// What one kind of fault weighs.
    private struct Weight {
        let code: MetadataFault.Code
        var severity = Severity.violation
        var capture: Severity?
        let fr: String
        let en: String
        let source: String

        init(
            _ code: MetadataFault.Code, _ severity: Severity = .violation, capture: Severity? = nil, source: String,
            fr: String, en: String
        ) {
            self.code = code
            self.severity = severity
            self.capture = capture
            self.fr = fr
            self.en = en
            self.source = source
        }

        var descriptor: RuleDescriptor {
            RuleDescriptor(
                "xds.\(code.rawValue)", layer: "xds", severity, capture: capture, fr: fr, en: en, source: source)
        }
    }

    /// The descriptors of all of them.
    public static let descriptors: [RuleDescriptor] = weights.map(\.descriptor)

    /// The rules, for any subject with metadata.
    public static func rules<Subject: MetadataSubject>() -> [Rule<Subject>] {
        weights.map { weight in
            Rule(weight.descriptor) { subject, remarks in
                for fault in subject.metadataFaults where fault.code == weight.code {
                    let place = fault.place.node ?? subject.submission.place.node ?? subject.body
                    remarks.remark(
                        expected: fault.expected, actual: fault.actual,
                        at: place.map { MessageRules.evidencePlace(subject.message.place(of: $0), object: nil) })
                }
            }
        }
    }

    private static let objects = "ebRIM 3.0 2"
    private static let table = "IHE ITI TF-3 table 4.2.3.2-1"
    private static let types = "IHE ITI TF-3 table 4.2.3.1.7-2"
    private static let uuids = "IHE ITI TF-3 table 4.3-1"

    private static let weights: [Weight] = [
        Weight(
            .listMissing, source: objects, fr: "Le message a une RegistryObjectList",
            en: "The message has a RegistryObjectList"),
        Weight(
            .unknownElement, .warning, source: objects, fr: "RegistryObjectList n'a que des objets de XDS",
            en: "RegistryObjectList has only objects of XDS"),
        Weight(.idMissing, source: objects, fr: "Chaque objet a un id", en: "Each object has an id"),
        Weight(.slotName, source: objects, fr: "Chaque Slot a un nom", en: "Each Slot has a name"),
        Weight(
            .slotRepeated, source: "ebRIM 3.0 2.8.6", fr: "Les noms des Slot d'un objet sont uniques",
            en: "The names of an object's Slots are unique"),
        Weight(
            .slotValues, .warning, source: objects, fr: "Chaque Slot a au moins une valeur", en: "Each Slot has a value"
        ),
        Weight(
            .slotValueEmpty, .warning, source: objects, fr: "Aucune valeur de Slot n'est vide",
            en: "No value of a Slot is empty"
        ),
        Weight(
            .slotOrder, capture: .warning, source: "ebRIM 3.0, rim.xsd RegistryObjectType",
            fr: "Les Slot d'un objet précèdent son nom, ses classifications et ses identifiants",
            en: "The Slots of an object stand before its name, classifications and identifiers"),
        Weight(
            .slotSingle, source: table, fr: "Un attribut à valeur unique n'a qu'une valeur",
            en: "An attribute of one value has only one"),
        Weight(
            .valueBlanks, .warning, source: types, fr: "Une valeur n'a pas de blancs autour d'elle",
            en: "A value has no blanks around it"),
        Weight(
            .codingScheme, source: "IHE ITI TF-3 4.2.3.1.2", fr: "Chaque code a un et un seul codingScheme",
            en: "Each code has exactly one codingScheme"),
        Weight(
            .codeEmpty, source: "IHE ITI TF-3 4.2.3.1.2", fr: "Chaque classification codée a un nodeRepresentation",
            en: "Each coded classification has a nodeRepresentation"),
        Weight(
            .classificationTarget, capture: .warning, source: "ebRIM 3.0 4.3",
            fr: "classifiedObject est l'id d'un objet du message",
            en: "classifiedObject is the id of an object of the message"
        ),
        Weight(
            .classificationOwner, capture: .warning, source: "ebRIM 3.0 4.3",
            fr: "classifiedObject d'une classification est l'objet qui la porte",
            en: "classifiedObject of a classification is the object that holds it"),
        Weight(
            .classificationScheme, .warning, source: uuids, fr: "Chaque classification a un schéma de XDS",
            en: "Each classification has a scheme of XDS"),
        Weight(
            .uuidCase, source: uuids, fr: "Les UUID des schémas sont en minuscules",
            en: "The UUIDs of schemes are in lower case"),
        Weight(
            .identifierScheme, capture: .warning, source: uuids, fr: "Chaque identifiant externe a un schéma de XDS",
            en: "Each external identifier has a scheme of XDS"),
        Weight(
            .identifierOwner, capture: .warning, source: "ebRIM 3.0 2.10",
            fr: "registryObject d'un identifiant externe est l'objet qui le porte",
            en: "registryObject of an external identifier is the object that holds it"),
        Weight(
            .identifierName, capture: .warning, source: uuids,
            fr: "Le nom d'un identifiant externe est celui de son attribut",
            en: "The name of an external identifier is that of its attribute"),
        Weight(
            .identifierValue, source: objects, fr: "Chaque identifiant externe a une valeur",
            en: "Each external identifier has a value"),
        Weight(
            .identifierRepeated, source: uuids, fr: "Un objet n'a qu'un identifiant externe par schéma",
            en: "An object has one external identifier of each scheme"),
        Weight(
            .objectType, source: "IHE ITI TF-3 4.2.5.2",
            fr: "objectType de la fiche est celui d'un document stable ou à la demande",
            en: "objectType of the entry is that of a stable or on-demand document"),
        Weight(
            .packageUnmarked, .warning, source: uuids, fr: "Chaque RegistryPackage est marqué comme lot ou classeur",
            en: "Each RegistryPackage is marked as submission set or folder"),
        Weight(
            .associationType, source: "IHE ITI TF-3 table 4.2.2.2-1", fr: "Le type de chaque association est de XDS",
            en: "The type of each association is of XDS"),
        Weight(
            .associationEnd, source: "IHE ITI TF-3 4.2.2",
            fr: "Chaque bout d'une association est un objet du message ou un urn:uuid: du registre",
            en: "Each end of an association is an object of the message or a urn:uuid: of the registry"),
        Weight(
            .patientForm, source: types, fr: "Un identifiant de patient est un CX : id^^^&OID&ISO",
            en: "A patient identifier is a CX: id^^^&OID&ISO"),
        Weight(
            .timeForm, source: types, fr: "Une date est un DTM du calendrier", en: "A time is a DTM of the calendar"),
        Weight(
            .uniqueIDForm, source: "IHE ITI TF-3 4.2.3.2.26", fr: "uniqueId est un OID, avec une extension au plus",
            en: "uniqueId is an OID, with at most one extension"),
        Weight(
            .sourceIDForm, source: "IHE ITI TF-3 4.2.3.3.9", fr: "sourceId est un OID", en: "sourceId is an OID"),
        Weight(
            .uniqueIDRepeated, source: "IHE ITI TF-3 4.2.3.2.26",
            fr: "Chaque uniqueId ne figure qu'une fois dans le message",
            en: "Each uniqueId stands once in the message"),
        Weight(
            .personForm, source: types, fr: "Une personne est un XCN avec un identifiant ou un nom",
            en: "A person is an XCN with an id or a name"),
        Weight(
            .institutionForm, source: types, fr: "Une structure est un XON avec un nom",
            en: "An organisation is an XON with a name"
        ),
        Weight(
            .referenceForm, source: types, fr: "Une référence est un CXi : id^^^&OID&ISO^urn:…",
            en: "A reference is a CXi: id^^^&OID&ISO^urn:…"),
        Weight(
            .hashForm, source: "IHE ITI TF-3 4.2.3.2.10", fr: "hash a 40 chiffres hexadécimaux",
            en: "hash has 40 hexadecimal digits"),
        Weight(.sizeForm, source: "IHE ITI TF-3 4.2.3.2.26", fr: "size est un nombre", en: "size is a number"),
        Weight(
            .languageForm, source: "IHE ITI TF-3 4.2.3.2.13; RFC 5646",
            fr: "languageCode est une langue de la RFC 5646",
            en: "languageCode is a language of RFC 5646"),
        Weight(
            .mimeType, source: "IHE ITI TF-3 4.2.3.2.14", fr: "mimeType est type/sous-type",
            en: "mimeType is type/subtype"),
        Weight(
            .attributeMissing, source: table, fr: "Les attributs que IHE exige de chaque fiche sont là",
            en: "The attributes that IHE requires of each entry are there"),
    ]
}

extension MessageSubject {
    /// The body of the message, else its document element.
    var body: Node? { message.envelope?.content ?? message.document?.documentElement }
}
