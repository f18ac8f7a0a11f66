public import XML

/// The list of the domains that DRIMboxes may talk to. Source: DRIM-M, liste blanche.
public struct Whitelist: Sendable {
    /// One domain.
    public struct Domain: Sendable, Hashable {
        /// `Identifiant`.
        public var identifier: String
        /// The host of images.
        public var db: String
        /// The host of the viewer; empty where there is none.
        public var vi: String
        /// `Denomination`, or `Nom` in older lists.
        public var denomination: String
        /// `DNCertificatOperateur`, as written.
        public var certificateName: String
        public var responsibleContact: String?
        public var supportContact: String
        /// `DateMAJ`, as written.
        public var updated: String
        /// The element, where it was read.
        public var node: Node?

        /// A domain.
        public init(
            identifier: String, db: String, vi: String = "", denomination: String, certificateName: String,
            responsibleContact: String? = nil, supportContact: String, updated: String
        ) {
            self.identifier = identifier
            self.db = db
            self.vi = vi
            self.denomination = denomination
            self.certificateName = certificateName
            self.responsibleContact = responsibleContact
            self.supportContact = supportContact
            self.updated = updated
        }

        /// The subject that the client's certificate must have; nil where it is no name.
        public var name: DistinguishedName? { DistinguishedName(certificateName) }

        /// The child elements that a list may hold.
        public static let elementNames: Set<String> = [
            "Identifiant", "db", "vi", "Denomination", "Nom", "Description", "DNCertificatOperateur",
            "ResponsableContact", "SupportContact", "DateMAJ",
        ]

        init(_ node: Node) {
            func text(_ name: String) -> String? { node.first(name, in: node.namespaceURI)?.trimmedText }
            identifier = text("Identifiant") ?? ""
            db = text("db") ?? ""
            vi = text("vi") ?? ""
            denomination = text("Denomination") ?? text("Nom") ?? ""
            certificateName = text("DNCertificatOperateur") ?? ""
            responsibleContact = text("ResponsableContact")
            supportContact = text("SupportContact") ?? ""
            updated = text("DateMAJ") ?? ""
            self.node = node
        }
    }

    /// The name of the root element.
    public static let rootName = "ListeBlancheDRIM-M"
    /// The namespaces that lists have had, the current one first.
    public static let namespaces = [
        "https://github.com/ansforge/DRIM-M_DATA", "https://listeblanche.mesimagesmedicales.fr/schema",
    ]
    /// CN of the certificate that signs the list.
    public static let signerName = "Liste Blanche DRIM-M"
    /// OU of that certificate.
    public static let signerUnit = "318751275100020"

    public var namespace: String
    /// `versionFormat`.
    public var version: String?
    /// `DateDeGeneration`, as written.
    public var generated: String
    public var domains: [Domain]
    /// The root, where it was read.
    public var node: Node?

    /// A list.
    public init(generated: String, domains: [Domain], version: String? = "1.0.0", namespace: String = namespaces[0]) {
        self.namespace = namespace
        self.version = version
        self.generated = generated
        self.domains = domains
    }

    /// Reads a list; nil where the root has another name.
    public init?(reading document: Document) {
        let root = document.documentElement
        guard root.localName == Self.rootName else { return nil }
        namespace = root.namespaceURI
        version = root.attribute("versionFormat")
        generated = root.first("DateDeGeneration", in: root.namespaceURI)?.trimmedText ?? ""
        domains = root.elements("ListeDomaines", in: root.namespaceURI)
            .flatMap { $0.elements("Domaine", in: root.namespaceURI) }.map { Domain($0) }
        node = root
    }

    /// The domain whose hosts `host` is one of; nil where it is not listed.
    public func domain(of host: String) -> Domain? {
        let wanted = host.lowercased()
        return domains.first { $0.db.lowercased() == wanted || (!$0.vi.isEmpty && $0.vi.lowercased() == wanted) }
    }

    /// The domain whose certificate has that subject.
    public func domain(of subject: DistinguishedName) -> Domain? {
        domains.first { $0.name?.names(sameInAnyOrder: subject) == true }
    }

    /// The list, unsigned; `BaselineSignature` signs it.
    public func element() -> Element {
        let children = domains.map { domain in
            var fields = [
                Element("Identifiant", text: domain.identifier), Element("db", text: domain.db),
                Element("vi", text: domain.vi), Element("Denomination", text: domain.denomination),
                Element("DNCertificatOperateur", text: domain.certificateName),
            ]
            if let contact = domain.responsibleContact { fields.append(Element("ResponsableContact", text: contact)) }
            fields.append(Element("SupportContact", text: domain.supportContact))
            fields.append(Element("DateMAJ", text: domain.updated))
            return Element("Domaine", [:], fields)
        }
        var attributes = [(name: "xmlns", value: namespace)]
        if let version { attributes.append((name: "versionFormat", value: version)) }
        let content = [Element("DateDeGeneration", text: generated), Element("ListeDomaines", [:], children)]
        return Element(Self.rootName, attributes: attributes, content: content.map { .element($0) })
    }
}

extension Node {
    /// The text without blanks at both ends.
    var trimmedText: String {
        let text = stringValue
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}
