internal import Conformance

/// What a vendor does about a remark of a manifest, by rule; a remark that knows better says so itself.
enum ManifestAdvice {
    static let advice: [String: LocalizedText] = encoding.merging(content) { first, _ in first }

    /// The file, the document, the patient, the title: KOS-001 to KOS-035.
    private static let encoding: [String: LocalizedText] = [
        "KOS-001": LocalizedText(
            fr: "Écrire 128 octets quelconques puis « DICM » devant les méta-informations.",
            en: "Write 128 bytes, then 'DICM', before the file meta information."),
        "KOS-002": LocalizedText(
            fr: "Écrire le groupe 0002 en Explicit VR Little Endian et recompter (0002,0000).",
            en: "Write group 0002 in Explicit VR Little Endian and count (0002,0000) anew."),
        "KOS-003": LocalizedText(
            fr: "Mettre en (0002,0002) la classe du document, 1.2.840.10008.5.1.4.1.1.88.59.",
            en: "Put the class of the document, 1.2.840.10008.5.1.4.1.1.88.59, into (0002,0002)."),
        "KOS-004": LocalizedText(
            fr: "Recopier (0008,0018) en (0002,0003).",
            en: "Copy (0008,0018) into (0002,0003)."),
        "KOS-005": LocalizedText(
            fr: "Écrire le jeu de données en Explicit VR Little Endian et le dire en (0002,0010).",
            en: "Write the data set in Explicit VR Little Endian and say so in (0002,0010)."),
        "KOS-006": LocalizedText(
            fr: "Mettre en (0002,0012) l'UID de l'implémentation qui écrit.",
            en: "Put the UID of the implementation that writes into (0002,0012)."),
        "KOS-007": LocalizedText(
            fr: "Trier les éléments par tag, ôter les doublons, compléter les valeurs impaires d'un octet.",
            en: "Sort the elements by tag, drop the doubles, pad odd values by one byte."),
        "KOS-008": LocalizedText(
            fr: "Mettre en (0008,0016) 1.2.840.10008.5.1.4.1.1.88.59.",
            en: "Put 1.2.840.10008.5.1.4.1.1.88.59 into (0008,0016)."),
        "KOS-009": LocalizedText(
            fr: "Générer l'UID de nouveau : chiffres et points, sans zéro initial, 64 caractères au plus.",
            en: "Make the UID anew: digits and dots, no leading zero, 64 characters at most."),
        "KOS-010": LocalizedText(
            fr: "Mettre KO en (0008,0060).",
            en: "Put KO into (0008,0060)."),
        "KOS-011": LocalizedText(
            fr: "Déclarer en (0008,0005) le jeu dans lequel les textes sont écrits : ISO_IR 100 ou ISO_IR 192.",
            en: "Declare in (0008,0005) the set in which the texts are written: ISO_IR 100 or ISO_IR 192."),
        "KOS-012": LocalizedText(
            fr: "Dater le contenu du manifeste : AAAAMMJJ et HHMMSS.",
            en: "Date the content of the manifest: YYYYMMDD and HHMMSS."),
        "KOS-013": LocalizedText(
            fr: "Dater la création du manifeste : AAAAMMJJ et HHMMSS.",
            en: "Date the creation of the manifest: YYYYMMDD and HHMMSS."),
        "KOS-014": LocalizedText(
            fr: "Mettre en (0008,0201) le décalage de toutes les heures du document, par exemple +0100.",
            en: "Put the offset of all times of the document into (0008,0201): +0100."),
        "KOS-015": LocalizedText(
            fr: "Ajouter (0008,0050) à la racine, sans valeur si le numéro ne figure que dans la demande.",
            en: "Add (0008,0050) at the root, without value where the number stands in the request alone."),
        "KOS-016": LocalizedText(
            fr:
                "Écrire le nom, neuf « ^ », puis le FINESS, SIRET ou identifiant de la structure ; 64 caractères en tout.",
            en: "Write the name, nine '^', then the national number of the structure; 64 characters in all."),
        "KOS-017": LocalizedText(
            fr: "Ajouter l'attribut, au besoin sans valeur.",
            en: "Add the attribute, without value if need be."),
        "KOS-018": LocalizedText(
            fr: "Écrire NOM DE NAISSANCE^PREMIER PRÉNOM, comme dans l'INS.",
            en: "Write BIRTH NAME^FIRST GIVEN NAME, as in the INS."),
        "KOS-019": LocalizedText(
            fr: "Écrire le matricule INS suivi de sa clé, 15 caractères, sans espace.",
            en: "Write the INS and its key, 15 characters, without blanks."),
        "KOS-020": LocalizedText(
            fr: "Mettre ASIP-SANTE-INS-NIR, ou ASIP-SANTE-INS-NIA pour un NIA.",
            en: "Put ASIP-SANTE-INS-NIR, or ASIP-SANTE-INS-NIA for a NIA."),
        "KOS-021": LocalizedText(
            fr: "Écrire un seul item : (0040,0032) l'OID de l'INS, (0040,0033) ISO.",
            en: "Write one item: (0040,0032) the OID of the INS, (0040,0033) ISO."),
        "KOS-022": LocalizedText(
            fr: "Accorder (0010,0021) avec l'OID de (0010,0024).",
            en: "Make (0010,0021) agree with the OID of (0010,0024)."),
        "KOS-023": LocalizedText(
            fr: "Prendre l'OID de l'usage : production 1.2.250.1.213.1.4.8 ou .9, test .10, démonstration .11.",
            en: "Take the OID of the use: production 1.2.250.1.213.1.4.8 or .9, test .10, demonstration .11."),
        "KOS-024": LocalizedText(
            fr: "Ajouter en (0010,1002) un item : (0010,0020) l'INS, (0010,0022) TEXT.",
            en: "Add an item to (0010,1002): (0010,0020) the INS, (0010,0022) TEXT."),
        "KOS-025": LocalizedText(
            fr: "Écrire la date de naissance en huit chiffres, AAAAMMJJ, telle que dans l'INS.",
            en: "Write the birth date in eight digits, YYYYMMDD, as in the INS."),
        "KOS-026": LocalizedText(
            fr: "Mettre M, F ou O.",
            en: "Put M, F or O."),
        "KOS-027": LocalizedText(
            fr: "Mettre le code officiel géographique du lieu de naissance, par exemple 63220 ; 99… pour l'étranger.",
            en: "Put the official code of the birth place: 63220; 99… for abroad."),
        "KOS-028": LocalizedText(
            fr: "Écrire chaque nom utilisé sous la forme NOM^PRÉNOM.",
            en: "Write each used name as FAMILY^GIVEN."),
        "KOS-029": LocalizedText(
            fr: "Mettre l'UID de l'examen référencé.",
            en: "Put the UID of the study that is referred to."),
        "KOS-030": LocalizedText(
            fr: "Donner au manifeste une série à lui.",
            en: "Give the manifest a series of its own."),
        "KOS-031": LocalizedText(
            fr: "Mettre des entiers ; (0020,0013) commence à 1 et croît à chaque version.",
            en: "Put whole numbers; (0020,0013) begins at 1 and grows with each version."),
        "KOS-032": LocalizedText(
            fr: "Mettre CONTAINER en (0040,A040) et SEPARATE en (0040,A050).",
            en: "Put CONTAINER into (0040,A040) and SEPARATE into (0040,A050)."),
        "KOS-033": LocalizedText(
            fr: "Écrire un seul item : (0008,0100) 113030, (0008,0102) DCM, (0008,0104) Manifest.",
            en: "Write one item: (0008,0100) 113030, (0008,0102) DCM, (0008,0104) Manifest."),
        "KOS-034": LocalizedText(
            fr: "Mettre Manifest en (0008,0104).",
            en: "Put Manifest into (0008,0104)."),
        "KOS-035": LocalizedText(
            fr: "Ajouter (0040,A504) : (0008,0105) DCMR, (0040,DB00) 2010.",
            en: "Add (0040,A504): (0008,0105) DCMR, (0040,DB00) 2010."),
    ]

    /// The request, the evidence, the content tree, the modules: KOS-036 on.
    private static let content: [String: LocalizedText] = [
        "KOS-036": LocalizedText(
            fr: "Écrire un item pour la demande de cet examen.",
            en: "Write one item for the request of this study."),
        "KOS-037": LocalizedText(
            fr: "Recopier l'UID (0020,000D) de la racine.",
            en: "Copy the UID (0020,000D) of the root."),
        "KOS-038": LocalizedText(
            fr: "Mettre le numéro d'accession du RIS dans la demande.",
            en: "Put the accession number of the RIS into the request."),
        "KOS-039": LocalizedText(
            fr: "Écrire un item : (0040,0032) l'OID de l'émetteur, (0040,0033) ISO.",
            en: "Write one item: (0040,0032) the OID of the issuer, (0040,0033) ISO."),
        "KOS-040": LocalizedText(
            fr: "Ajouter (0040,2016) ; s'il a une valeur, ajouter (0040,0026) : OID et ISO.",
            en: "Add (0040,2016); where it has a value, add (0040,0026): OID and ISO."),
        "KOS-041": LocalizedText(
            fr: "Ajouter l'attribut à la demande, au besoin sans valeur.",
            en: "Add the attribute to the request, without value if need be."),
        "KOS-042": LocalizedText(
            fr: "Écrire un seul item d'examen, avec toutes ses séries ; un manifeste par examen.",
            en: "Write one item of study, with all its series; one manifest a study."),
        "KOS-043": LocalizedText(
            fr: "Recopier l'UID (0020,000D) de la racine.",
            en: "Copy the UID (0020,000D) of the root."),
        "KOS-044": LocalizedText(
            fr: "Écrire un item par série, chacun avec son UID, sans répétition.",
            en: "Write one item a series, each with its UID, none twice."),
        "KOS-045": LocalizedText(
            fr: "Ajouter (0008,1190) à l'item de la série.",
            en: "Add (0008,1190) to the item of the series."),
        "KOS-046": LocalizedText(
            fr: "Écrire https://<DRIMbox>/…/studies/<examen>/series/<série>, avec les UID de cet item.",
            en: "Write https://<DRIMbox>/…/studies/<study>/series/<series>, with the UIDs of this item."),
        "KOS-047": LocalizedText(
            fr: "Publier l'adresse sous un domaine inscrit à la liste blanche, ou y faire inscrire ce domaine.",
            en: "Publish the address under a listed domain, or have this domain listed."),
        "KOS-048": LocalizedText(
            fr: "Configurer l'adresse publique de la DRIMbox avant de publier.",
            en: "Configure the public address of the DRIMbox before publishing."),
        "KOS-049": LocalizedText(
            fr: "Ajouter (0040,E011) : l'OID de la source qui répond à RAD-69.",
            en: "Add (0040,E011): the OID of the source that answers RAD-69."),
        "KOS-050": LocalizedText(
            fr: "Ajouter (0008,0054) si la source a un titre AE.",
            en: "Add (0008,0054) where the source has an AE title."),
        "KOS-051": LocalizedText(
            fr: "Écrire un item par instance : (0008,1150) la classe, (0008,1155) l'UID.",
            en: "Write one item an instance: (0008,1150) the class, (0008,1155) the UID."),
        "KOS-052": LocalizedText(
            fr: "Ne référencer chaque instance qu'une fois.",
            en: "Refer to each instance once."),
        "KOS-053": LocalizedText(
            fr: "Mettre la classe (0008,0016) de l'instance référencée.",
            en: "Put the class (0008,0016) of the instance that is referred to."),
        "KOS-054": LocalizedText(
            fr: "Ajouter (0028,0008) à l'item de l'instance.",
            en: "Add (0028,0008) to the item of the instance."),
        "KOS-055": LocalizedText(
            fr: "Référencer les mêmes instances en (0040,A375) et en (0040,A730).",
            en: "Refer to the same instances in (0040,A375) and in (0040,A730)."),
        "KOS-056": LocalizedText(
            fr: "Mettre CONTAINS en (0040,A010).",
            en: "Put CONTAINS into (0040,A010)."),
        "KOS-057": LocalizedText(
            fr: "Mettre le type qui suit la classe : IMAGE, WAVEFORM ou COMPOSITE.",
            en: "Put the type that follows the class: IMAGE, WAVEFORM or COMPOSITE."),
        "KOS-058": LocalizedText(
            fr: "Terminer l'arbre par un item TEXT de titre (113012, DCM, Key Object Description).",
            en: "End the tree with an item TEXT of the title (113012, DCM, Key Object Description)."),
        "KOS-059": LocalizedText(
            fr: "Commencer la description par « Examen : » et le libellé de l'examen.",
            en: "Begin the description with 'Examen : ' and the label of the study."),
        "KOS-060": LocalizedText(
            fr: "Écrire en deuxième ligne « Acte = » et le libellé de l'acte.",
            en: "Write 'Acte = ' and the label of the act on the second line."),
        "KOS-061": LocalizedText(
            fr: "Écrire une ligne par série : Série-<UID> : <modalité> @ [<région>] : <libellé>.",
            en: "Write one line a series: Série-<UID> : <modality> @ [<region>] : <label>."),
        "KOS-062": LocalizedText(
            fr: "Nommer dans la description les séries de (0040,A375), et elles seules.",
            en: "Name the series of (0040,A375) in the description, and no other."),
        "KOS-063": LocalizedText(
            fr: "Ôter cet attribut : un manifeste n'a ni pixels, ni états de vérification.",
            en: "Remove this attribute: a manifest has neither pixels nor verification states."),
        "KOS-064": LocalizedText(
            fr: "Ôter le groupe privé, ou réserver son bloc par un créateur (gggg,00xx).",
            en: "Remove the private group, or reserve its block by a creator (gggg,00xx)."),
        "KOS-065": LocalizedText(
            fr: "Donner à la nouvelle version un UID neuf et (0020,0013) plus un, sans changer examen ni accession.",
            en: "Give the new version a fresh UID and (0020,0013) plus one; change neither study nor accession."),
        "KOS-066": LocalizedText(
            fr: "Ôter la référence au manifeste ; ne garder que les instances de l'examen.",
            en: "Remove the reference to the manifest; keep the instances of the study alone."),
        "KOS-067": LocalizedText(
            fr: "Ôter l'instance rejetée et publier une nouvelle version.",
            en: "Remove the rejected instance and publish a new version."),
        "KOS-068": LocalizedText(
            fr: "Ne pas publier ce manifeste ; dépublier celui de l'examen vidé.",
            en: "Do not publish this manifest; unpublish that of the emptied study."),
        "KOS-069": LocalizedText(
            fr: "Ajouter l'attribut, avec une valeur.",
            en: "Add the attribute, with a value."),
        "KOS-070": LocalizedText(
            fr: "Ajouter l'attribut, au besoin sans valeur.",
            en: "Add the attribute, without value if need be."),
        "KOS-071": LocalizedText(
            fr: "Écrire la valeur dans la forme de sa VR, ou la raccourcir.",
            en: "Write the value in the form of its VR, or shorten it."),
        "KOS-072": LocalizedText(
            fr: "N'écrire qu'une valeur : « \\ » sépare des valeurs.",
            en: "Write one value: '\\' separates values."),
        "KOS-073": LocalizedText(
            fr: "Écrire l'élément avec la VR du dictionnaire DICOM.",
            en: "Write the element with the VR of the DICOM dictionary."),
        "KOS-074": LocalizedText(
            fr: "Ôter l'attribut ou l'item en trop, ou corriger le type (0040,A040) dont il dépend.",
            en: "Remove the attribute or item too many, or mend the type (0040,A040) on which it depends."),
        "KOS-075": LocalizedText(
            fr:
                "Corriger les longueurs et les délimiteurs d'items et de séquences ; ne rien écrire après le dernier élément.",
            en: "Mend the lengths and delimiters of items and sequences; write nothing after the last element."),
    ]
}
