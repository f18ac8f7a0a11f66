import HTTP
import XML

// The root part, the references of the envelope, the actions.
extension MessageReading {
    // XOP 1.0 4.1 and SOAP MTOM 3.2: the root part is application/xop+xml whose type is that of the SOAP message.
    mutating func checkRoot(_ root: MessagePart) {
        let type = root.contentType
        let inner = type?["type"].flatMap { MediaType($0)?.essence.lowercased() }
        if type?.essence.lowercased() != "application/xop+xml" || inner != "application/soap+xml" {
            faults.append(
                MessageFault(
                    .rootContentType, en: "the root part is not application/xop+xml with type=\"application/soap+xml\"",
                    fr: "la partie racine n'est pas application/xop+xml avec type=\"application/soap+xml\"",
                    expected: "application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"",
                    actual: root.headers.first("Content-Type") ?? "(absent)", byteOffset: root.headerOffset,
                    part: root.name))
        }
        if let charset = type?["charset"], !["utf-8", "utf-16"].contains(charset.lowercased()) {
            faults.append(
                MessageFault(
                    .rootCharset, en: "the charset of the root part is neither UTF-8 nor UTF-16",
                    fr: "le charset de la partie racine n'est ni UTF-8 ni UTF-16", expected: "UTF-8", actual: charset,
                    byteOffset: root.headerOffset, part: root.name))
        }
    }

    mutating func resolveIncludes() {
        guard let document else { return }
        var used: Set<Int> = []
        for node in document.documentElement.descendants("Include", in: SOAPNamespace.xop) {
            let href = node.attribute("href") ?? ""
            let index = resolve(href, at: node)
            if let index { used.insert(index) }
            includes.append(SOAPMessage.Inclusion(node: node, href: href, partIndex: index))
            // XOP 1.0 3.2: xop:Include is the sole child of the element whose content it stands for.
            if let parent = node.parent, hasSiblings(node, in: parent) {
                faults.append(
                    MessageFault(
                        .includeSiblings, en: "xop:Include is not the only content of its element",
                        fr: "xop:Include n'est pas le seul contenu de son élément", expected: "xop:Include",
                        actual: "xop:Include + …", node: node))
            }
        }
        guard isMultipart else { return }
        for part in parts where part.index != rootIndex && part.contentID != nil && !used.contains(part.index) {
            faults.append(
                MessageFault(
                    .orphanPart, en: "nothing refers to the part", fr: "rien ne renvoie à la partie",
                    expected: "xop:Include href=\"cid:\(part.name)\"", byteOffset: part.headerOffset,
                    part: part.name))
        }
    }

    private func hasSiblings(_ node: Node, in parent: Node) -> Bool {
        parent.children.contains { child in
            switch child.kind {
            case .element: child != node
            case .text: !child.stringValue.trimmedBlanks.isEmpty
            case .document, .attribute, .comment, .processingInstruction: false
            }
        }
    }

    private mutating func resolve(_ href: String, at node: Node) -> Int? {
        guard href.lowercased().hasPrefix("cid:") else {
            // Nothing but the message's own parts is ever looked at.
            faults.append(
                MessageFault(
                    .includeScheme, en: "href of xop:Include is no cid: URL; it is not fetched",
                    fr: "href de xop:Include n'est pas une URL cid: ; elle n'est pas suivie", expected: "cid:…",
                    actual: href, node: node))
            return nil
        }
        let escaped = String(href.dropFirst(4))
        let decoded = PercentEncoding.decode(escaped)
        if let index = parts.firstIndex(where: { $0.contentID == decoded }) { return index }
        // RFC 2392 2: a cid URL is percent-encoded; some writers encode nothing, or encode the Content-ID too.
        let other = parts.firstIndex { part in
            guard let identifier = part.contentID else { return false }
            return identifier == escaped || decoded.map { PercentEncoding.decode(identifier) == $0 } ?? false
        }
        guard let other else {
            let identifiers = parts.compactMap(\.contentID).map { "cid:\($0)" }.joined(separator: ", ")
            faults.append(
                MessageFault(
                    .includeUnresolved, en: "href of xop:Include names no part",
                    fr: "href de xop:Include ne désigne aucune partie",
                    expected: identifiers.isEmpty ? "cid:…" : identifiers, actual: href, node: node))
            return nil
        }
        faults.append(
            MessageFault(
                .includeEscape, en: "href of xop:Include and Content-ID agree only when percent-escapes are overlooked",
                fr: "href de xop:Include et Content-ID ne concordent qu'en négligeant les échappements %",
                expected: "cid:" + PercentEncoding.encode(parts[other].contentID ?? ""), actual: href, node: node))
        return other
    }

    // The action is said up to three times: Content-Type of the message, Content-Type of the root part, wsa:Action.
    mutating func checkActions() {
        guard let envelope, let action = envelope.addressing.action, !action.isEmpty else { return }
        if let said = mediaType?["action"], said != action {
            faults.append(
                MessageFault(
                    .headerAction, en: "the action parameter of the Content-Type is not wsa:Action",
                    fr: "le paramètre action du Content-Type n'est pas wsa:Action", expected: action, actual: said))
        }
        guard isMultipart, let rootIndex, let said = parts[rootIndex].contentType?["action"], said != action else {
            return
        }
        faults.append(
            MessageFault(
                .partAction, en: "the action parameter of the root part is not wsa:Action",
                fr: "le paramètre action de la partie racine n'est pas wsa:Action", expected: action, actual: said,
                byteOffset: parts[rootIndex].headerOffset, part: parts[rootIndex].name))
    }
}
