import Checks
import Conformance
import SOAP
import TestSupport
import Testing
import XDS
import XML

/// One rule broken by one bend.
private struct BrokenRule: CustomTestStringConvertible, Sendable {
    let id: String
    let run: Severity
    let capture: Severity
    let message: @Sendable () -> SOAPMessage
    var testDescription: String { id }

    init(
        _ id: String, _ run: Severity = .violation, capture: Severity? = nil,
        _ bend: @escaping @Sendable (inout ProvideAndRegisterRequest) -> Void = { _ in },
        edit: @escaping @Sendable (inout String) -> Void = { _ in }
    ) {
        self.id = id
        self.run = run
        self.capture = capture ?? run
        message = { XDSSubmissionCase.message(bend, edit: edit) }
    }

    static let all: [BrokenRule] = [
        BrokenRule("PNR-008", edit: { $0.change("cid:0.2", to: "cid:0.9") }),
        BrokenRule("PNR-009") { $0.documents[1].id = "Other" },
        BrokenRule("PNR-010", edit: { $0.change(XDSUUID.submissionSet, to: XDSUUID.folder) }),
        BrokenRule("PNR-011") { $0.submission.submissionSets[0].sourceID = nil },
        BrokenRule("PNR-012") { $0.submission.associations.removeLast() },
        BrokenRule("PNR-012") { $0.submission.associations[0].slots = [] },
        BrokenRule("PNR-012", .warning, edit: { $0.change(">Original<", to: ">Reference<") }),
        BrokenRule("PNR-013", capture: .warning) {
            $0.submission.entries[0].patientID = CX(id: "1", oid: FrenchOID.insNIRTest, type: "NH")
        },
        BrokenRule("PNR-014") { $0.submission.submissionSets[0].submissionTime = DTM("20260115104000+0100") },
        BrokenRule("PNR-015") { $0.submission.submissionSets[0].authors = [] },
        BrokenRule("PNR-017") { $0.submission.entries[0].mimeType = "application/octet-stream" },
        BrokenRule("PNR-018") { $0.submission.entries[0].typeCode?.scheme = "1.2.3" },
        BrokenRule("PNR-019") { $0.submission.entries[0].classCode?.code = "10" },
        BrokenRule("PNR-020") { $0.submission.entries[0].formatCode?.scheme = "1.2.3" },
        BrokenRule("PNR-021") { $0.submission.entries[0].uniqueID = "2.25.9" },
        BrokenRule("PNR-022") { $0.submission.entries[0].languageCode = "en-US" },
        BrokenRule("PNR-023") { $0.submission.entries[0].hash = "00" },
        BrokenRule("PNR-024") { $0.submission.entries[1].size = "1" },
        BrokenRule("PNR-023", capture: .warning) { $0.submission.entries[0].hash = nil },
        BrokenRule("PNR-024", capture: .warning) { $0.submission.entries[0].size = nil },
        BrokenRule("PNR-028", .warning) { $0.submission.entries[0].eventCodes.append(FrenchCode.modality("ZZ")) },
        BrokenRule("PNR-029", .warning) {
            $0.submission.entries[0].eventCodes.append(FrenchCode.region("12345678", "Ailleurs"))
        },
        BrokenRule("xds.manifest-modalities", .warning) {
            $0.submission.entries[0].eventCodes[0] = FrenchCode.modality("MR")
        },
        BrokenRule("xds.manifest-modalities", .warning) {
            $0.submission.entries[0].eventCodes.append(FrenchCode.modality("MR"))
        },
        BrokenRule("xds.source-patient-info", capture: .warning) {
            $0.submission.entries[0].sourcePatientInfo[0] = "DEMO^ZOE^^^^^L"
        },
        BrokenRule("xds.source-patient-info", capture: .warning) {
            $0.submission.entries[0].sourcePatientInfo[1] = "PID-7|19791399"
        },
        BrokenRule("xds.source-patient-info", capture: .warning) {
            $0.submission.entries[0].sourcePatientInfo[2] = "PID-8|X"
        },
        BrokenRule("xds.source-patient-info", capture: .warning) {
            $0.submission.entries[0].sourcePatientInfo[2] = "PID-8F"
        },
        BrokenRule("xds.display-name", .warning) { $0.submission.entries[0].typeCode?.displayName = "" },
        BrokenRule("xds.display-name", .warning) {
            $0.submission.submissionSets[0].contentTypeCode?.displayName = " "
        },
        BrokenRule("PNR-040") {
            $0.submission.entries[0].authors[0].person = XCN(id: "", family: "MEDECIN", given: "ZOE")
        },
        BrokenRule("PNR-042") {
            $0.submission.entries[0].legalAuthenticator = XCN(
                id: "899700000002", family: "ESSAI", given: "CISIS", isDevice: true)
        },
        BrokenRule("PNR-026") { $0.submission.entries[0].confidentialityCodes = [FrenchCode.hiddenFromPatient] },
        BrokenRule("PNR-031") {
            $0.submission.entries[0].referenceIDs[0] = CXi(id: "ACC0001", oid: nil, kind: .accession)
        },
        BrokenRule("PNR-032") {
            $0.submission.entries[0].referenceIDs[1] = CXi(id: "2.25.8", oid: nil, kind: .studyInstanceUID)
        },
        BrokenRule("PNR-033") {
            $0.submission.entries[0].referenceIDs[0] = CXi(id: "ACC0001", oid: "2.25.7", kind: .accession)
        },
        BrokenRule("PNR-035") {
            $0.submission.entries[1].referenceIDs.append(CXi(id: "1", oid: nil, kind: .encounterID))
        },
        BrokenRule("PNR-036") {
            $0.submission.entries[0].patientID = CX(id: "279035121518989", oid: FrenchOID.insNIRTest, type: "PI")
        },
        BrokenRule("PNR-036") {
            $0.submission.entries[0].patientID = CX(id: "179035121518942", oid: FrenchOID.insNIRTest, type: "NH")
        },
        BrokenRule("PNR-036", capture: .warning) {
            $0.submission.entries[1].patientID = CX(id: "279035121518988", oid: FrenchOID.insNIRTest, type: "NH")
        },
        BrokenRule("PNR-027") {
            $0.submission.entries[0].confidentialityCodes.append(CodedValue("X", FrenchOID.confidentiality, "X"))
        },
        BrokenRule("PNR-028") { $0.submission.entries[0].eventCodes = [] },
        BrokenRule("PNR-028") { $0.submission.entries[0].eventCodes.append(FrenchCode.modality("KO")) },
        BrokenRule("PNR-016") { $0.submission.submissionSets[0].contentTypeCode?.code = "Other" },
        BrokenRule("PNR-025", .warning) { $0.submission.entries[0].creationTime = DTM("20260116103000") },
        BrokenRule("PNR-029", .warning) { $0.submission.entries[0].eventCodes.removeLast() },
        BrokenRule("PNR-034", .warning) { $0.submission.entries[0].referenceIDs.removeLast() },
        BrokenRule("PNR-038", .warning) { $0.submission.entries[0].sourcePatientInfo[1] = "PID-7|19800301" },
        BrokenRule("PNR-039", .warning) { $0.submission.entries[0].sourcePatientInfo[3] = "PID-11|^^^^^^BDL^^99999" },
        BrokenRule("PNR-043") { $0.submission.entries[0].healthcareFacilityTypeCode?.scheme = "1.2.3" },
        BrokenRule("PNR-068") {
            $0.submission.entries[1].referenceIDs[0] = CXi(id: "OTHER", oid: "2.25.314159.1.5", kind: .accession)
        },
        BrokenRule("PNR-030", .warning) { $0.submission.entries[0].eventCodes[0].scheme = FrenchOID.modalityValueSet },
        BrokenRule("PNR-037", capture: .warning) {
            $0.submission.entries[0].sourcePatientID = CX(id: "1", oid: "1.2.3", type: "NH")
        },
        BrokenRule("PNR-040") { $0.submission.entries[0].authors[0].person = XCN("1^NOM^X") },
        BrokenRule("PNR-041") { $0.submission.entries[0].authors[0].institutions = [XON("Centre")] },
        BrokenRule("PNR-044") { $0.submission.entries[0].practiceSettingCode?.code = "OTHER" },
        BrokenRule("PNR-045") { $0.submission.entries[0].serviceStartTime = DTM("20260115") },
        BrokenRule("PNR-045", .warning) { $0.submission.entries[0].serviceStopTime = DTM("20260114000000") },
        BrokenRule("PNR-042") { $0.submission.entries[0].legalAuthenticator = nil },
        BrokenRule("PNR-046", .warning) { $0.submission.entries[0].creationTime = DTM("20260115103000+0100") },
        BrokenRule("PNR-047") { $0.submission.entries[0].title = nil },
        BrokenRule(
            "PNR-048", capture: .warning,
            edit: { $0.change("classifiedObject=\"DocumentKOS\"", to: "classifiedObject=\"DocumentCR\"") }),
        BrokenRule("PNR-049", capture: .warning, edit: { $0.change("DocumentKOS.1\"", to: "DocumentKOS.2\"") }),
        BrokenRule("PNR-050") { $0.submission.entries[0].practiceSettingCode = nil },
        BrokenRule("PNR-064") { $0.submission.entries[1].classCode?.code = "31" },
        BrokenRule("PNR-065") { $0.submission.entries[1].formatCode?.code = "urn:other" },
    ]
}

@Suite("The rules of a submission")
struct XDSSubmissionRulesTests {
    private func outcomes(_ message: SOAPMessage, _ level: JudgementLevel) throws -> [String: RuleOutcome] {
        let subject = try #require(SubmissionSubject(message))
        return Dictionary(
            uniqueKeysWithValues: SubmissionRules.all.map { ($0.descriptor.id, $0.judge(subject, level: level)) })
    }

    @Test("A right submission passes every rule")
    func right() throws {
        let outcomes = try outcomes(XDSSubmissionCase.message(), .run)
        #expect(outcomes.count == SubmissionRules.all.count)
        for outcome in outcomes.values {
            #expect(outcome.findings.isEmpty, "\(outcome)")
            // What needs a readable report, the registry, the HL7v2 message or a kit cannot be seen here.
            let isSilent = ["PNR-056", "PNR-057", "PNR-062", "PNR-063", "xds.value-sets"]
            #expect((outcome.verdict == .pass) != isSilent.contains(outcome.id), "\(outcome)")
        }
    }

    @Test("Each bend breaks its rule, at its weight and place", arguments: BrokenRule.all)
    fileprivate func broken(_ example: BrokenRule) throws {
        for (level, severity) in [(JudgementLevel.run, example.run), (.capture, example.capture)] {
            let outcome = try #require(try outcomes(example.message(), level)[example.id])
            let finding = try #require(outcome.findings.first, "\(example.id) says nothing")
            #expect(finding.severity == severity)
            #expect(outcome.verdict == (severity == .violation ? .fail : .pass))
            #expect(finding.expected?.isEmpty == false && finding.actual?.isEmpty == false)
            #expect(finding.place?.line != nil && finding.place?.xpath != nil)
        }
    }

    @Test("Each rule has a message that breaks it, and a statement in both languages")
    func completeness() {
        // Those that look at more than the message are broken in the tests of single faults and of circumstances.
        let others: Set<String> = ["PNR-056", "PNR-057", "PNR-062", "PNR-063", "PNR-066", "PNR-067", "xds.value-sets"]
        #expect(Set(SubmissionRules.all.map(\.descriptor.id)) == Set(BrokenRule.all.map(\.id)).union(others))
        #expect(Set(SubmissionRules.all.map(\.descriptor.id)).count == SubmissionRules.all.count)
        for descriptor in SubmissionRules.all.map(\.descriptor) {
            #expect(descriptor.statement.fr != descriptor.statement.en && !descriptor.source.isEmpty)
        }
    }

    @Test("Bare metadata leave the rules on documents not run")
    func bare() throws {
        let list = Serializer.serialize(
            Element(
                "lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm],
                [XDSSubmissionCase.request.submission.element()]))
        let outcomes = try outcomes(SOAPMessage(reading: list, contentType: "application/xml"), .capture)
        for id in ["PNR-008", "PNR-009", "PNR-021", "PNR-023", "PNR-024", "PNR-033"] {
            #expect(outcomes[id]?.verdict == .notRun, "\(id)")
            #expect(outcomes[id]?.reason != nil)
        }
        #expect(outcomes["PNR-018"]?.verdict == .pass)
    }

    @Test("Rules on a kind of entry that is not there do not apply")
    func notApplicable() throws {
        let message = XDSSubmissionCase.message {
            $0.submission.entries.removeLast()
            $0.submission.associations.removeLast()
            $0.documents.removeLast()
        }
        #expect(try outcomes(message, .run)["PNR-064"]?.verdict == .notApplicable)
    }

    @Test("An envelope that was kept without its parts leaves the rules on documents not run")
    func withoutParts() throws {
        let envelope = try #require(XDSSubmissionCase.message().rootPart?.bytes)
        let message = SOAPMessage(reading: envelope, contentType: nil)
        let outcomes = try outcomes(message, .capture)
        for id in ["PNR-008", "PNR-021", "PNR-023", "PNR-024", "PNR-033"] {
            #expect(outcomes[id]?.verdict == .notRun, "\(id)")
        }
        for (level, severity) in [(JudgementLevel.capture, Severity.warning), (.run, .violation)] {
            let findings = MessageRules.findings(message, layers: [.mtom], level: level, requirement: nil)
            #expect(findings.filter { $0.check == "mtom.include-unresolved" }.map(\.severity) == [severity, severity])
        }
    }

    @Test(
        "The samples that the official validator calls right break nothing in a capture",
        .enabled(if: Corpora.has("drim-m/test a blanc"), Comment(rawValue: Corpora.absence)),
        arguments: [
            "drim-m/Echantillons validateurs/Cross-validateur/Echantillons de validation/XDS.xml",
            "drim-m/test a blanc/Cross-validateur/OK_HL7_XDS_invisible_masque/Metadata_invisible_masque.xml",
        ])
    func official(_ path: String) throws {
        let message = SOAPMessage(reading: try Corpora.bytes(path), contentType: nil)
        let outcomes = try outcomes(message, .capture)
        let failed = outcomes.values.filter { $0.verdict == .fail }
        #expect(failed.isEmpty, "\(failed)")
        let violations = MessageRules.findings(
            message, layers: Set(MessageRules.Layer.allCases), level: .capture, requirement: nil
        ).filter { $0.severity == .violation }
        #expect(violations.isEmpty, "\(violations)")
    }

    @Test("A hash in capitals is the same hash")
    func hashCase() throws {
        let message = XDSSubmissionCase.message { request in
            request.submission.entries[0].hash = request.submission.entries[0].hash?.uppercased()
        }
        #expect(try outcomes(message, .run)["PNR-023"]?.verdict == .pass)
    }

    @Test(
        "The official signed submission is read, its KOS confirmed, its signature part told",
        .enabled(if: Corpora.has("drim-m/informatif/XDS/publication.xml"), Comment(rawValue: Corpora.absence)))
    func publication() throws {
        let message = SOAPMessage(reading: try Corpora.bytes("drim-m/informatif/XDS/publication.xml"), contentType: nil)
        let outcomes = try outcomes(message, .capture)
        for id in ["PNR-023", "PNR-024"] {
            let findings = try #require(outcomes[id]?.findings)
            #expect(findings.count == 1 && findings.allSatisfy { $0.severity == .warning })
            #expect(findings.first?.message.en.contains("Signature01") == true)
        }
        #expect(outcomes["PNR-021"]?.verdict == .pass)
        #expect(outcomes["PNR-021"]?.findings.isEmpty == true)
        let failed = outcomes.values.filter { $0.verdict == .fail }
        #expect(failed.isEmpty, "\(failed)")
        let told = Set(
            MessageRules.findings(
                message, layers: Set(MessageRules.Layer.allCases), level: .capture, requirement: nil
            ).map { "\($0.check) \($0.severity.rawValue)" })
        let expected: Set<String> = [
            "mtom.line-ends-lf warning", "mtom.indented-delimiter warning", "mtom.indented-header warning",
            "mtom.root-leading-blanks warning", "mtom.no-http-header warning", "mtom.start-absent information",
            "mtom.transfer-encoding-base64 warning", "mtom.part-action warning",
            "soap.must-understand-unqualified warning",
        ]
        #expect(told == expected)
    }
}

@Suite("What a repository returns")
struct XDSRetrieveRulesTests {
    private static let entry: DocumentEntry = XDSSubmissionCase.entry(
        "urn:uuid:1", "text/xml", "2.25.1", XDSSubmissionCase.report)

    private func verdict(_ id: String, _ bend: (inout RetrieveSubject) -> Void = { _ in }) -> RuleOutcome? {
        var subject = RetrieveSubject(
            requested: [DocumentRequest(repositoryUniqueID: "2.25.2", documentUniqueID: "2.25.1")],
            entries: [Self.entry],
            documents: [
                RetrieveSubject.Document(
                    uniqueID: "2.25.1", repositoryUniqueID: "2.25.2", mimeType: "text/xml",
                    bytes: XDSSubmissionCase.report, place: EvidencePlace(object: "response body"))
            ])
        bend(&subject)
        return RetrieveRules.all.first { $0.descriptor.id == id }?.judge(subject, level: .run)
    }

    @Test("The document of the entry passes every rule", arguments: ["RET-003", "RET-004", "RET-005"])
    func right(_ id: String) {
        #expect(verdict(id)?.verdict == .pass)
    }

    @Test("The rules are these three")
    func all() {
        #expect(RetrieveRules.all.map(\.descriptor.id) == ["RET-003", "RET-004", "RET-005"])
    }

    @Test("One byte that differs breaks the hash, one more breaks the size too")
    func content() {
        #expect(verdict("RET-003") { $0.documents[0].bytes[0] = 0 }?.findings.count == 1)
        let longer = verdict("RET-003") { $0.documents[0].bytes.append(0) }
        #expect(longer?.verdict == .fail && longer?.findings.count == 2)
        #expect(longer?.findings.first?.place?.object == "response body")
    }

    @Test("Another media type fails")
    func mediaType() {
        #expect(verdict("RET-004") { $0.documents[0].mimeType = "text/plain" }?.verdict == .fail)
    }

    @Test("An id that nobody asked fails, and so does a missing repository")
    func identifiers() {
        #expect(verdict("RET-005") { $0.documents[0].uniqueID = "2.25.9" }?.verdict == .fail)
        #expect(verdict("RET-005") { $0.documents[0].repositoryUniqueID = nil }?.verdict == .fail)
    }

    @Test("Nothing came: nothing was judged", arguments: ["RET-003", "RET-004", "RET-005"])
    func nothing(_ id: String) {
        #expect(verdict(id) { $0.documents = [] }?.verdict == .notRun)
    }
}
