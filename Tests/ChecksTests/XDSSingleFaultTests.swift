import Checks
import Conformance
import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

/// A finding, in what the tests ask of it.
struct FoundFault: Sendable {
    let id: String
    let severity: Severity
    let place: EvidencePlace?
}

extension XDSSignedExam {
    static func findings(_ message: SOAPMessage, context: SubmissionContext) -> [FoundFault] {
        var found: [FoundFault] = []
        if let subject = SubmissionSubject(message, context: context) {
            for rule in SubmissionRules.complete {
                found += rule.judge(subject, level: .run).findings.map {
                    FoundFault(id: $0.check, severity: $0.severity, place: $0.place)
                }
            }
        } else {
            found += MessageRules.findings(
                message, layers: Set(MessageRules.Layer.allCases), level: .run, requirement: nil, direction: .request
            ).map {
                FoundFault(
                    id: FramingRules.requirement(of: $0.check, in: .provideAndRegister) ?? $0.check,
                    severity: $0.severity, place: $0.place)
            }
        }
        return found
    }
}

/// One fault in an else right submission.
private struct SingleFault: Sendable, CustomTestStringConvertible {
    let id: String
    let name: String
    /// Other rules that the same fault breaks.
    var consequences: Set<String> = []
    var context = SubmissionContext()
    let package: @Sendable () -> MTOMPackage
    var testDescription: String { "\(id) \(name)" }

    static func bend(
        _ id: String, _ name: String, _ consequences: Set<String> = [], context: SubmissionContext = .init(),
        _ bend: @escaping @Sendable (inout ProvideAndRegisterRequest) -> Void
    ) -> SingleFault {
        SingleFault(
            id: id, name: name, consequences: consequences, context: context,
            package: { XDSSignedExam.package(bend) })
    }

    static func edit(_ id: String, _ name: String, _ consequences: Set<String> = [], _ old: String, _ new: String)
        -> SingleFault
    {
        SingleFault(
            id: id, name: name, consequences: consequences,
            package: { XDSSignedExam.package(edit: { $0.change(old, to: new) }) })
    }

    static func frame(
        _ id: String, _ name: String, _ consequences: Set<String> = [],
        _ bend: @escaping @Sendable (inout MTOMPackage) -> Void
    ) -> SingleFault {
        SingleFault(
            id: id, name: name, consequences: consequences,
            package: {
                var package = XDSSignedExam.package()
                bend(&package)
                return package
            })
    }

    static let all: [SingleFault] =
        framing + structure + shapes + entries + manifests + reports + signature + circumstances

    private static let framing: [SingleFault] = [
        frame("PNR-001", "type parameter") { $0.type = "text/xml" },
        frame("PNR-001", "no type parameter") { $0.type = nil },
        edit(
            "PNR-001", "SOAP 1.1", ["PNR-006"], SOAPNamespace.soap12, SOAPNamespace.soap11),
        frame("PNR-002", "no close delimiter") { $0.framing.writesCloseDelimiter = false },
        frame("PNR-003", "unknown start") { $0.start = "<0.99>" },
        frame("PNR-004", "root type") { $0.rootContentType = "text/xml; charset=UTF-8" },
        frame("PNR-005", "action parameter") { $0.action = "urn:other" },
        edit(
            "PNR-005", "wsa:Action", [], ">\(XDSTransaction.provideAndRegister.action)<", ">urn:ihe:iti:2007:Other<"),
        edit("PNR-007", "MessageID form", [], ">\(SOAPMessageCase.messageID)<", ">uuid:1<"),
        edit("PNR-007", "empty To", [], ">http://127.0.0.1/repository<", "><"),
        edit("PNR-008", "cid of no part", [], "cid:0.2", "cid:0.9"),
        edit("PNR-008", "http href", [], "cid:0.3", "http://127.0.0.1:9/x"),
        edit("PNR-008", "file href", [], "cid:0.4", "file:///etc/hostname"),
    ]

    private static let structure: [SingleFault] =
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

    /// The occurrence `number` (from 0) of `old` in the envelope replaced.
    private static func nth(
        _ id: String, _ number: Int, _ consequences: Set<String> = [], _ old: String, _ new: String
    ) -> SingleFault {
        SingleFault(
            id: id, name: "\(old) \(number)", consequences: consequences,
            package: {
                XDSSignedExam.package(edit: { text in
                    let found = text.ranges(of: old)
                    guard number < found.count else { return }
                    text.replaceSubrange(found[number], with: new)
                })
            })
    }

    private static let owners = ["DocumentCR", "DocumentKOS", "Signature01", "SubmissionSet01"]

    /// Departures from ebRIM that no value of the project can hold.
    private static let shapes: [SingleFault] =
        owners.flatMap { owner in
            [
                nth("xds.identifier-owner", 0, [], "registryObject=\"\(owner)\"", "registryObject=\"Other\""),
                nth("PNR-048", 0, [], "classifiedObject=\"\(owner)\"", "classifiedObject=\"Other\""),
                nth("PNR-049", 0, [], "id=\"\(owner).1\"", "id=\"\(owner).2\""),
            ]
        }
        + (0..<3).flatMap { number in
            [
                nth("xds.slot-name", number, ["PNR-023"], "name=\"hash\"", "name=\"\""),
                nth(
                    "xds.slot-repeated", number, ["PNR-022", "xds.attribute-missing"], "name=\"languageCode\"",
                    "name=\"creationTime\""),
                nth(
                    "xds.slot-single", number, ["PNR-045", "xds.derived-service-start"],
                    "<rim:Slot name=\"creationTime\"><rim:ValueList>",
                    "<rim:Slot name=\"creationTime\"><rim:ValueList><rim:Value>20260115103000</rim:Value>"),
                nth(
                    "xds.identifier-scheme", number, ["PNR-013", "PNR-036", "xds.attribute-missing"],
                    XDSUUID.patientID, "urn:uuid:00000000-0000-0000-0000-000000000000"),
                nth(
                    "xds.uuid-case", number, ["PNR-019", "PNR-050", "PNR-064"], XDSUUID.classCode,
                    "urn:uuid:" + XDSUUID.classCode.dropFirst(9).uppercased()),
                nth(
                    "xds.identifier-repeated", number,
                    [
                        "xds.attribute-missing", "PNR-021", "PNR-054", "PNR-066",
                        "PNR-013", "PNR-036", "xds.unique-id-form", "xds.derived-patient", "xds.patient-form",
                    ], XDSUUID.uniqueID, XDSUUID.patientID),
                nth(
                    "xds.slot-order", number, [], "<rim:ExternalIdentifier ",
                    "<rim:Slot name=\"late\"><rim:ValueList><rim:Value>1</rim:Value></rim:ValueList></rim:Slot>"
                        + "<rim:ExternalIdentifier "),
            ]
        }
        + (0..<8).map { nth("xds.coding-scheme", $0, kinds, "name=\"codingScheme\"", "name=\"scheme\"") }
        + [
            nth(
                "xds.id-missing", 0,
                [
                    "PNR-010", "PNR-012", "PNR-048", "PNR-052", "xds.association-end",
                    "xds.classification-target", "xds.identifier-owner", "UPD-002",
                ], "<rim:RegistryPackage id=\"SubmissionSet01\"", "<rim:RegistryPackage id=\"\""),
            nth(
                "xds.identifier-value", 0, ["PNR-011"],
                "identificationScheme=\"\(XDSUUID.sourceID)\" value=\"\(XDSSignedExam.request.submission.submissionSets[0].sourceID ?? "")\"",
                "identificationScheme=\"\(XDSUUID.sourceID)\" value=\"\""),
        ]

    private typealias Bend = @Sendable (inout DocumentEntry) -> Void

    private static func each(_ id: String, _ name: String, _ consequences: Set<String> = [], _ change: @escaping Bend)
        -> [SingleFault]
    {
        (0..<3).map { index in
            bend(id, "\(name), entry \(index)", consequences) { change(&$0.submission.entries[index]) }
        }
    }

    private static func content(
        _ id: String, _ name: String, _ consequences: Set<String> = [], _ change: @escaping Bend
    )
        -> [SingleFault]
    {
        (0..<2).map { index in
            bend(id, "\(name), entry \(index)", consequences) { change(&$0.submission.entries[index]) }
        }
    }

    private static let singleCodes: [(String, any WritableKeyPath<DocumentEntry, CodedValue?> & Sendable)] = [
        ("classCode", \.classCode), ("typeCode", \.typeCode), ("formatCode", \.formatCode),
        ("healthcareFacilityTypeCode", \.healthcareFacilityTypeCode), ("practiceSettingCode", \.practiceSettingCode),
    ]
    private static let kinds: Set<String> = [
        "PNR-018", "PNR-019", "PNR-020", "PNR-043", "PNR-044", "PNR-050", "PNR-051", "PNR-052", "PNR-064", "PNR-065",
        "xds.derived-type", "PNR-068", "xds.code-empty", "xds.coding-scheme", "PNR-026", "PNR-027", "PNR-028",
    ]

    private static let entries: [SingleFault] =
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

    private static let manifests: [SingleFault] = [
        bend("PNR-017", "mimeType") { $0.submission.entries[1].mimeType = "application/octet-stream" },
        bend("PNR-018", "typeCode", ["PNR-068"]) { $0.submission.entries[1].typeCode?.scheme = "1.2.3" },
        bend("PNR-019", "classCode") { $0.submission.entries[1].classCode?.code = "10" },
        bend("PNR-020", "formatCode") { $0.submission.entries[1].formatCode?.scheme = "1.2.3" },
        bend("PNR-021", "uniqueId", ["PNR-054"]) { $0.submission.entries[1].uniqueID = "2.25.9" },
        bend("PNR-028", "no event code") {
            $0.submission.entries[1].eventCodes.removeAll { $0.scheme == FrenchOID.dicomTerminology }
        },
        bend("PNR-028", "KO") { $0.submission.entries[1].eventCodes.append(FrenchCode.modality("KO")) },
        bend("PNR-031", "no accession", ["PNR-068"]) { request in
            request.submission.entries[1].referenceIDs.removeAll { $0.kind == .accession }
        },
        bend("PNR-032", "no study") { request in
            request.submission.entries[1].referenceIDs.removeAll { $0.kind == .studyInstanceUID }
        },
        bend("PNR-033", "other accession", ["PNR-068"]) { request in
            request.submission.entries[1].referenceIDs[0] = CXi(id: "OTHER", oid: "1.2.3", kind: .accession)
        },
        bend("PNR-036", "INS of another", ["PNR-013"]) {
            $0.submission.entries[1].patientID = CX(id: "179035121518922", oid: FrenchOID.insNIRTest, type: "NH")
        },
        bend("xds.unique-id-repeated", "uniqueId twice", ["PNR-021", "PNR-054"]) {
            $0.submission.entries[1].uniqueID = $0.submission.entries[0].uniqueID
        },
    ]

    private static let reports: [SingleFault] = [
        bend("PNR-064", "classCode") { $0.submission.entries[0].classCode?.code = "31" },
        bend("PNR-064", "mimeType") { $0.submission.entries[0].mimeType = "application/pdf" },
        bend("PNR-065", "formatCode") { $0.submission.entries[0].formatCode?.code = "urn:other" },
        bend("PNR-066", "uniqueId", ["PNR-054"]) { $0.submission.entries[0].uniqueID = "2.25.8" },
        bend("PNR-068", "accession", ["xds.derived-references"]) {
            $0.submission.entries[0].referenceIDs[0] = CXi(id: "OTHER", oid: "1.2.3", kind: .accession)
        },
        bend("xds.derived-patient", "patient", ["PNR-013"]) {
            $0.submission.entries[0].patientID = CX(id: "179035121518922", oid: FrenchOID.insNIRTest, type: "NH")
        },
        bend("xds.derived-type", "typeCode", ["PNR-064"]) { $0.submission.entries[0].typeCode?.code = "11502-2" },
        bend("xds.derived-references", "order") {
            $0.submission.entries[0].referenceIDs[1] = CXi(id: "OTHER", oid: "1.2.3", kind: .order)
        },
    ]

    /// The signature document bent, hash and size mended.
    private static func signed(_ id: String, _ name: String, _ old: String, _ new: String) -> SingleFault {
        bend(id, name, ["PNR-053", "PNR-054"]) { request in
            let text = String(decoding: request.documents[2].bytes, as: UTF8.self).changing(old, to: new)
            let document = SubmittedDocument(id: "Signature01", bytes: Array(text.utf8))
            request.documents[2] = document
            request.submission.entries[2].hash = document.hash
            request.submission.entries[2].size = "\(document.bytes.count)"
        }
    }

    private static let signature: [SingleFault] = [
        bend("PNR-051", "no signature") { request in
            request.submission.entries.removeLast()
            request.documents.removeLast()
            request.submission.associations.removeLast(2)
        },
        bend("PNR-051", "typeCode") { $0.submission.entries[2].typeCode?.scheme = "1.2.3" },
        bend("PNR-051", "mimeType") { $0.submission.entries[2].mimeType = "text/plain" },
        bend("PNR-052", "no signs") { $0.submission.associations.removeLast() },
        signed("PNR-053", "type of the manifest", "xmldsig#Manifest", "xmldsig#Object"),
        signed("PNR-053", "no manifest in SignedInfo", "URI=\"#IHEManifest\"", "URI=\"#Other\""),
        signed("PNR-053", "signing time", "2026-01-15T10:40:00Z", "2026-01-15T10:41:00Z"),
        signed("PNR-054", "digest of the set", "AA==", "AQ=="),
        bend("PNR-054", "KOS changed after the signature", ["PNR-023"]) { request in
            var bytes = request.documents[1].bytes
            bytes[0] = 1
            request.documents[1].bytes = bytes
            request.submission.entries[1].hash = request.documents[1].hash
        },
    ]

    private static var known: SubmissionContext {
        var context = SubmissionContext()
        var old = XDSSignedExam.request.submission.entries[1]
        old.id = "urn:uuid:00000000-0000-4000-8000-000000000001"
        old.uniqueID = "2.25.4"
        old.availabilityStatus = XDSURN.deprecated
        context.registered = [old]
        return context
    }

    private static func replacing(_ target: String) -> Association {
        Association(id: "Replaces1", type: XDSURN.replaces, source: "DocumentKOS", target: target)
    }

    private static let circumstances: [SingleFault] = [
        bend("PNR-056", "symbolic target", ["xds.association-end"]) {
            $0.submission.associations.append(replacing("DocumentCR"))
        },
        bend("PNR-056", "deprecated target", context: known) {
            $0.submission.associations.append(replacing("urn:uuid:00000000-0000-4000-8000-000000000001"))
        },
        bend("PNR-057", "same uniqueId", ["PNR-056", "PNR-021", "PNR-054"], context: known) {
            $0.submission.entries[1].uniqueID = "2.25.4"
            $0.submission.associations.append(replacing("urn:uuid:00000000-0000-4000-8000-000000000001"))
        },
        bend(
            "PNR-063", "no report before",
            context: {
                var context = SubmissionContext()
                context.trigger = SubmissionContext.Trigger(hasValidatedReport: false)
                return context
            }()
        ) { _ in },
    ]
}

@Suite("Single faults in a whole French submission")
struct XDSSingleFaultTests {
    @Test("The right submission breaks no rule")
    func right() {
        let found = XDSSignedExam.findings(XDSSignedExam.package())
        #expect(found.isEmpty, "\(found)")
    }

    @Test("There are at least 300 faults")
    func count() { #expect(SingleFault.all.count >= 300) }

    @Test(
        "Each fault is found by its rule, with its place, and nothing unrelated is an error", arguments: SingleFault.all
    )
    fileprivate func found(_ fault: SingleFault) throws {
        let found = XDSSignedExam.findings(fault.package(), context: fault.context)
        let own = found.filter { $0.id == fault.id }
        #expect(own.contains { $0.severity == .violation }, "\(found.map(\.id))")
        let place = try #require(own.first?.place, "no place")
        #expect(place.xpath != nil || place.part != nil || place.byte != nil || place.header != nil)
        let unrelated = found.filter {
            $0.severity == .violation && $0.id != fault.id && !fault.consequences.contains($0.id)
        }
        #expect(unrelated.isEmpty, "\(unrelated)")
    }

    @Test("Every rule that can fail a submission has its fault")
    func complete() {
        let demanded = SubmissionRules.complete.map(\.descriptor).filter { $0.severity == .violation }.map(\.id)
        // What the maker of messages cannot write, or what needs a reader of certificates.
        let elsewhere: Set<String> = [
            "PNR-055", "xds.list-missing", "xds.classification-target",
        ]
        let missing = Set(demanded).subtracting(SingleFault.all.map(\.id)).subtracting(elsewhere)
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
}
