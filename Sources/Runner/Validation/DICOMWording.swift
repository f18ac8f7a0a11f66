internal import Conformance
internal import DICOM

/// What the reader of DICOM tells, in both languages; the detail with its numbers stays as the reader wrote it.
enum DICOMWording {
    /// Why a file cannot be read.
    static func text(_ error: DICOMError) -> LocalizedText {
        LocalizedText(
            fr:
                "Le fichier DICOM ne peut pas être lu : \(french[error.code.rawValue] ?? error.code.rawValue) (\(error.message))",
            en: "The DICOM file cannot be read: \(error.message)")
    }

    /// What is wrong in a file that can be read.
    static func text(_ note: DICOMNote) -> LocalizedText {
        LocalizedText(fr: "\(french[note.code.rawValue] ?? note.code.rawValue) (\(note.message))", en: note.message)
    }

    /// What to mend, where the code says it.
    static func advice(_ error: DICOMError) -> LocalizedText? {
        switch error.code {
        case .truncated:
            LocalizedText(
                fr: "Transmettre le fichier entier, ou corriger la longueur de l'élément nommé.",
                en: "Send the whole file, or mend the length of the element that is named.")
        case .overrun:
            LocalizedText(
                fr: "Recompter les longueurs des items et des séquences autour de l'élément nommé.",
                en: "Count the lengths of the items and sequences around the named element anew.")
        case .transferSyntax:
            LocalizedText(
                fr: "Écrire le fichier en Explicit VR Little Endian (1.2.840.10008.1.2.1).",
                en: "Write the file in Explicit VR Little Endian (1.2.840.10008.1.2.1).")
        case .notDICOM:
            LocalizedText(
                fr: "Vérifier que le fichier est bien un fichier DICOM (PS3.10), non compressé ni encodé.",
                en: "Check that the file is a DICOM file (PS3.10), neither compressed nor encoded.")
        default: nil
        }
    }

    private static let french: [String: String] = [
        "not-dicom": "ce n'est pas un fichier DICOM",
        "truncated": "le fichier finit au milieu d'un élément, d'un item ou d'une séquence",
        "overrun": "une longueur dépasse la fin de ce qui contient l'élément",
        "malformed": "une structure que la norme n'admet pas",
        "too-deep": "trop de séquences imbriquées",
        "too-many": "trop d'éléments",
        "transfer-syntax": "syntaxe de transfert reconnue mais non lue ici",
        "preamble-missing": "le préambule de 128 octets et « DICM » manquent",
        "meta-missing": "les méta-informations (groupe 0002) manquent",
        "meta-syntax": "les méta-informations ne sont pas en Explicit VR Little Endian",
        "meta-length-missing": "(0002,0000), la longueur du groupe, manque",
        "meta-length": "(0002,0000) ne donne pas la longueur du groupe 0002",
        "transfer-syntax-missing": "(0002,0010), la syntaxe de transfert, manque",
        "transfer-syntax-unknown": "(0002,0010) n'est pas une syntaxe de transfert connue",
        "transfer-syntax-wrong": "les données ne sont pas écrites dans la syntaxe de (0002,0010)",
        "odd-length": "longueur impaire",
        "out-of-order": "éléments en désordre",
        "duplicate": "élément écrit deux fois",
        "unknown-vr": "VR inconnue de la norme",
        "unexpected-vr": "VR autre que celle du dictionnaire",
        "private-creator-missing": "élément privé sans créateur",
        "delimiter": "délimiteur d'item ou de séquence hors de sa place",
        "forbidden-group": "groupe qui n'a pas sa place dans les données",
        "pixel-data-cut": "les pixels finissent avant leur longueur",
        "offset-table": "la table des images ne mène pas à leurs fragments",
        "trailing-bytes": "octets après le dernier élément",
        "character-set-unread": "jeu de caractères reconnu mais non décodé ici",
        "character-set-unknown":
            "(0008,0005) nomme un jeu que la norme n'a pas, ou un jeu sans extensions à côté d'un autre",
        "undecodable": "octet qui n'est pas un caractère du jeu déclaré",
        "utf8-undeclared": "UTF-8 sous la déclaration d'un autre jeu",
        "more-faults": "d'autres fautes ne sont pas listées",
    ]

    /// The codes that have a French sentence.
    static var codes: Set<String> { Set(french.keys) }
}
