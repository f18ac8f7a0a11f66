import SOAP
import XDS

/// The submission set, its associations, and what every entry has.
extension SingleFault {
    static let structure: [SingleFault] =
        [
            bend("PNR-009", "document without entry") {
                $0.documents.append(SubmittedDocument(id: "Extra", bytes: [1]))
            },
            edit("PNR-010", "no mark", ["PNR-012", "xds.unique-id-form"], XDSUUID.submissionSet, XDSUUID.folder),
            bend("PNR-011", "no sourceId") { $0.submission.submissionSets[0].sourceID = nil },
            bend("PNR-011", "no patientId") { $0.submission.submissionSets[0].patientID = nil },
            bend("PNR-011", "no uniqueId", ["PNR-054"]) { $0.submission.submissionSets[0].uniqueID = "" },
            bend("PNR-013", "set of another patient") {
                $0.submission.submissionSets[0].patientID = CX(id: "1", oid: FrenchOID.insNIRTest, type: "NH")
            },
            bend("PNR-014", "no submissionTime") { $0.submission.submissionSets[0].submissionTime = nil },
            bend("PNR-015", "no author") { $0.submission.submissionSets[0].authors = [] },
            bend("PNR-016", "no contentTypeCode", ["xds.attribute-missing"]) {
                $0.submission.submissionSets[0].contentTypeCode = nil
            },
            bend("PNR-016", "scheme of contentTypeCode") {
                $0.submission.submissionSets[0].contentTypeCode?.scheme = "1.2.3"
            },
            bend("PNR-016", "form of contentTypeCode") {
                $0.submission.submissionSets[0].contentTypeCode?.code = "Imagerie"
            },
            bend("xds.source-id-form", "sourceId") { $0.submission.submissionSets[0].sourceID = "source" },
            bend("xds.unique-id-form", "uniqueId of the set", ["PNR-054"]) {
                $0.submission.submissionSets[0].uniqueID = "1.02.3"
            },
        ]
        + [
            "20260115104000+0100", "202601151", "20261315104000", "20260230000000", "20260115250000", "demain",
            "20260115104000.5", "2026-01-15",
        ].map { text in
            bend("PNR-014", text) { $0.submission.submissionSets[0].submissionTime = DTM(text) }
        }
        + (0..<3).flatMap { index in
            [
                bend("PNR-009", "entry \(index) without document", ["PNR-053", "PNR-054"]) {
                    $0.documents.remove(at: index)
                },
                bend("PNR-012", "member \(index) missing") { request in
                    let id = request.submission.entries[index].id
                    request.submission.associations.removeAll { $0.type == XDSURN.hasMember && $0.target == id }
                },
                bend("PNR-012", "member \(index) without status") { request in
                    let id = request.submission.entries[index].id
                    guard
                        let member = request.submission.associations.firstIndex(where: {
                            $0.type == XDSURN.hasMember && $0.target == id
                        })
                    else { return }
                    request.submission.associations[member].slots = []
                },
                bend("xds.association-type", "association \(index)", ["PNR-012"]) {
                    $0.submission.associations[index].type = "HasMember"
                },
                bend("xds.association-end", "target \(index)", ["PNR-012"]) {
                    $0.submission.associations[index].target = "Nobody"
                },
            ]
        }

    static let singleCodes: [(String, any WritableKeyPath<DocumentEntry, CodedValue?> & Sendable)] = [
        ("classCode", \.classCode), ("typeCode", \.typeCode), ("formatCode", \.formatCode),
        ("healthcareFacilityTypeCode", \.healthcareFacilityTypeCode), ("practiceSettingCode", \.practiceSettingCode),
    ]
    static let kinds: Set<String> = [
        "PNR-018", "PNR-019", "PNR-020", "PNR-043", "PNR-044", "PNR-050", "PNR-051", "PNR-052", "PNR-064", "PNR-065",
        "xds.derived-type", "PNR-068", "xds.code-empty", "xds.coding-scheme", "PNR-026", "PNR-027", "PNR-028",
    ]

    static let entries: [SingleFault] =
        content("PNR-022", "language") { $0.languageCode = "en-US" }
        + content("PNR-022", "no language", ["xds.attribute-missing"]) { $0.languageCode = nil }
        + each("PNR-023", "hash") { $0.hash = String(repeating: "0", count: 40) }
        + each("xds.hash-form", "hash of 39 digits", ["PNR-023"]) { $0.hash = $0.hash.map { String($0.dropLast()) } }
        + each("PNR-024", "size") { $0.size = "1" }
        + each("xds.size-form", "size in words", ["PNR-024"]) { $0.size = "many" }
        + each("PNR-026", "confidentiality without N") { $0.confidentialityCodes = [FrenchCode.hiddenFromPatient] }
        + each("PNR-026", "no confidentiality", ["xds.attribute-missing"]) { $0.confidentialityCodes = [] }
        + each("PNR-027", "other confidentiality") {
            $0.confidentialityCodes.append(CodedValue("INVISIBLE_REP_LEGAUX", FrenchOID.confidentiality, "x"))
        }
        + each("PNR-013", "patient", ["PNR-036", "xds.derived-patient"]) {
            $0.patientID = CX(id: "1", oid: FrenchOID.insNIRTest, type: "NH")
        }
        + each("PNR-036", "patient of type PI") { entry in
            entry.patientID = entry.patientID.map { CX(id: $0.id, oid: FrenchOID.insNIRTest, type: "PI") }
        }
        + each("xds.patient-form", "patient without authority", ["PNR-013", "PNR-036", "xds.derived-patient"]) {
            $0.patientID = CX("123")
        }
        + each("xds.patient-form", "local patient without authority", ["PNR-037"]) { $0.sourcePatientID = CX("IPP") }
        + each("PNR-037", "local patient of type NH") { entry in
            entry.sourcePatientID = entry.sourcePatientID.map { CX(id: $0.id, oid: "1.2.3", type: "NH") }
        }
        + each("PNR-040", "author") { $0.authors[0].person = XCN("1^NOM^X") }
        + each("xds.person-form", "empty author", ["PNR-040"]) { $0.authors[0].person = XCN("^^X") }
        + each("PNR-041", "institution") { $0.authors[0].institutions = [XON("Centre")] }
        + each("xds.institution-form", "institution without name", ["PNR-041"]) {
            $0.authors[0].institutions = [XON("^^^^^&1.2.3&ISO^IDNST^^^x")]
        }
        + each("PNR-042", "no legalAuthenticator") { $0.legalAuthenticator = nil }
        + each("PNR-045", "no start") { $0.serviceStartTime = nil }
        + each("PNR-045", "start of 8 digits") { $0.serviceStartTime = DTM("20260115") }
        + ["20261315000000", "demain", "20260230", "2026011510400", "20260115106100"].flatMap { text in
            each("xds.time-form", "creationTime \(text)") { $0.creationTime = DTM(text) }
                + each("xds.time-form", "serviceStopTime \(text)") { $0.serviceStopTime = DTM(text) }
        }
        + each("xds.attribute-missing", "no creationTime") { $0.creationTime = nil }
        + each("PNR-047", "no title") { $0.title = nil }
        + each("PNR-049", "id of the set") { entry in
            entry.otherClassifications.append(
                Classification(
                    id: "\(entry.id).1", scheme: XDSUUID.confidentialityCode, classifiedObject: entry.id,
                    nodeRepresentation: "N", slots: [Slot("codingScheme", [FrenchOID.hl7Confidentiality])]))
        }
        + each("PNR-048", "classifiedObject") { entry in
            entry.otherClassifications.append(
                Classification(
                    id: "\(entry.id).99", scheme: XDSUUID.confidentialityCode, classifiedObject: "Other",
                    nodeRepresentation: "N", slots: [Slot("codingScheme", [FrenchOID.hl7Confidentiality])]))
        }
        + each("xds.language-form", "language", ["PNR-022"]) { $0.languageCode = "français de France" }
        + each("xds.mime-type", "mimeType", ["PNR-017", "PNR-051", "PNR-064"]) { $0.mimeType = "dicom" }
        + each("xds.submitted-type", "on demand") { $0.objectType = XDSUUID.onDemandDocument }
        + each("xds.object-type", "objectType") { $0.objectType = "urn:uuid:00000000-0000-0000-0000-000000000000" }
        + ["document", "1.2.3.", "1.02.3", "9.2", "1.2^", "1..2", "urn:oid:1.2.3"].flatMap { text in
            each("xds.unique-id-form", "uniqueId \(text)", ["PNR-021", "PNR-054", "PNR-066"]) { $0.uniqueID = text }
        }
        + each("xds.attribute-missing", "no uniqueId", ["PNR-021", "PNR-054", "PNR-066"]) { $0.uniqueID = "" }
        + [
            "x", "^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:accession", "1^^^1.2.3^urn:ihe:iti:xds:2013:order",
            "1^^^&1.2.3&ISO^x",
        ]
        .flatMap { text in
            content("xds.reference-form", text, ["PNR-031", "PNR-035", "xds.derived-references"]) {
                $0.referenceIDs.append(CXi(text))
            }
        }
        + content("PNR-035", "encounter") { $0.referenceIDs.append(CXi(id: "1", oid: "1.2.3", kind: .encounterID)) }
        + each("PNR-043", "facility scheme") { $0.healthcareFacilityTypeCode?.scheme = "1.2.3" }
        + each("PNR-043", "facility form") { $0.healthcareFacilityTypeCode?.code = "hospital" }
        + each("PNR-044", "practice setting") { $0.practiceSettingCode?.code = "OTHER" }
        + singleCodes.flatMap { name, path in
            content("PNR-050", "no \(name)", kinds) { $0[keyPath: path] = nil }
                + each("xds.code-empty", "empty \(name)", kinds) { $0[keyPath: path]?.code = "" }
        }
}
