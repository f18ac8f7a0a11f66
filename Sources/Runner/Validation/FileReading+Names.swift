internal import Conformance
internal import HTTP
internal import Imaging
internal import SOAP
internal import XML

/// Files of the trade that are judged in another form: what each is, and what to give instead.
extension FileReading {
    /// What `bytes`, the beginning of a file, seem to be; nil where nothing is known of them.
    static func name(_ bytes: [UInt8]) -> LocalizedText? {
        archive(bytes) ?? batch(bytes) ?? request(bytes) ?? markup(bytes) ?? other(bytes)
    }

    private static func archive(_ bytes: [UInt8]) -> LocalizedText? {
        if bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return LocalizedText(
                fr: "Archive zip vide : il n'y a rien à juger", en: "An empty zip archive: there is nothing to judge")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x07, 0x08]) {
            return LocalizedText(
                fr: "Un volume d'une archive zip en plusieurs : donner l'archive d'un seul tenant",
                en: "One volume of a zip archive in several: give the archive in one piece")
        }
        if bytes.starts(with: [0x1F, 0x8B]) {
            return LocalizedText(
                fr: "Fichier compressé (gzip) : le décompresser et donner ce qu'il contient",
                en: "A compressed file (gzip): unpack it and give what it holds")
        }
        // A member's header: signature, version 2.0 at most 6.3, whose high byte is 0.
        guard let start = bytes.firstRange(of: [0x50, 0x4B, 0x03, 0x04])?.lowerBound, start > 0,
            start + 6 <= bytes.count, bytes[start + 4] <= 63, bytes[start + 5] == 0
        else { return nil }
        return LocalizedText(
            fr: "Archive zip précédée de \(start) octets qui n'en font pas partie : les ôter",
            en: "A zip archive after \(start) bytes that are not part of it: remove them")
    }

    private static func batch(_ bytes: [UInt8]) -> LocalizedText? {
        let head = String(
            decoding: bytes.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.prefix(4), as: UTF8.self)
        guard ["FHS", "BHS"].contains(String(head.prefix(3))), head.dropFirst(3).first?.isLetter == false else {
            return nil
        }
        return LocalizedText(
            fr:
                "Lot de messages HL7 v2 (\(head.prefix(3))) : donner chaque message, à partir de son MSH, dans un fichier",
            en: "A batch of HL7 v2 messages (\(head.prefix(3))): give each message, from its MSH, in a file of its own")
    }

    private static func request(_ bytes: [UInt8]) -> LocalizedText? {
        if let request = CapturedRequest(reading: bytes) {
            return LocalizedText(
                fr:
                    "Requête HTTP (\(request.method)) d'aucune nature connue : ni SOAP, ni WADO-RS, ni appel contextuel",
                en:
                    "An HTTP request (\(request.method)) of no known kind: neither SOAP, nor WADO-RS, nor a contextual call"
            )
        }
        if let response = responseHead(bytes) {
            let type = response.headers.first("Content-Type") ?? "∅"
            return LocalizedText(
                fr:
                    "Réponse HTTP \(response.status), Content-Type \(type) : elle n'apporte ni enveloppe SOAP ni image DICOM",
                en:
                    "An HTTP answer \(response.status), Content-Type \(type): it brings neither a SOAP envelope nor a DICOM "
                    + "image")
        }
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        let pairs = line.split(separator: "&", omittingEmptySubsequences: false)
        let isForm =
            pairs.count > 1
            && pairs.allSatisfy { pair in
                pair.contains("=") && pair.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") }
            }
        guard isForm else { return nil }
        return LocalizedText(
            fr: "Corps d'un formulaire sans sa requête : le donner avec sa ligne de requête et ses en-têtes "
                + "(POST https://… HTTP/1.1, Content-Type: application/x-www-form-urlencoded)",
            en: "The body of a form without its request: give it with its request line and headers "
                + "(POST https://… HTTP/1.1, Content-Type: application/x-www-form-urlencoded)")
    }

    private static func markup(_ bytes: [UInt8]) -> LocalizedText? {
        guard bytes.first(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }) == UInt8(ascii: "<") else {
            return nil
        }
        let root = (try? Document(parsing: bytes))?.documentElement
        let head = String(decoding: bytes.prefix(2048), as: UTF8.self)
        let models = ["file-format", "data-set", "NativeDicomModel"]
        if models.contains(where: { $0 == root?.localName || (root == nil && head.contains("<\($0)")) }) {
            return LocalizedText(
                fr: "Objet DICOM écrit en XML (dcm2xml) : donner le fichier DICOM lui-même (xml2dcm le refait)",
                en: "A DICOM object written in XML (dcm2xml): give the DICOM file itself (xml2dcm makes it again)")
        }
        if let root, root.localName == "Security", root.namespaceURI == SOAPNamespace.security {
            return LocalizedText(
                fr: "En-tête wsse:Security sans son message : donner l'enveloppe entière, ou saml2:Assertion seule",
                en: "A wsse:Security header without its message: give the whole envelope, or saml2:Assertion alone")
        }
        guard let root else { return nil }
        return LocalizedText(
            fr: "XML dont la racine {\(root.namespaceURI)}\(root.localName) n'est d'aucune nature connue",
            en: "XML whose root {\(root.namespaceURI)}\(root.localName) is of no known kind")
    }

    private static func other(_ bytes: [UInt8]) -> LocalizedText? {
        if bytes.starts(with: "%PDF".utf8) {
            return LocalizedText(
                fr: "PDF : donner le CDA qui le contient", en: "A PDF: give the CDA that holds it")
        }
        // DICOM PS3.18 F: the tag of the SOP Instance UID as a key.
        guard bytes.starts(with: "[".utf8) || bytes.starts(with: "{".utf8),
            String(decoding: bytes, as: UTF8.self).contains("\"00080018\"")
        else { return nil }
        return LocalizedText(
            fr: "Objet DICOM écrit en JSON : donner le fichier DICOM lui-même",
            en: "A DICOM object written in JSON: give the DICOM file itself")
    }
}
