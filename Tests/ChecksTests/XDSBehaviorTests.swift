import Checks
import Conformance
import SOAP
import Simulators
import Testing
import XDS
import XML

/// One behavior, right and wrong.
private struct BehaviorCase: Sendable, CustomTestStringConvertible {
    let id: String
    let right: ClientBehavior
    let wrong: ClientBehavior
    var testDescription: String { id }

    typealias Exchange = ClientBehavior.Exchange
    typealias Observation = ClientBehavior.Observation

    static func seen(_ change: (inout Observation) -> Void) -> Observation {
        var observation = Observation()
        change(&observation)
        return observation
    }

    static func entry(
        _ unique: String, type: CodedValue = FrenchCode.kosType, status: String = XDSURN.approved,
        accession: String = "A", authority: String = "1.2.3", study: String = "1.2"
    ) -> DocumentEntry {
        var entry = DocumentEntry(
            id: "urn:uuid:00000000-0000-4000-8000-00000000000\(unique.count)",
            mimeType: type.code == "IMG-KOS" ? "application/dicom" : "text/xml", uniqueID: unique)
        entry.typeCode = type
        entry.availabilityStatus = status
        entry.repositoryUniqueID = "1.2.9"
        entry.referenceIDs = [
            CXi(id: accession, oid: authority, kind: .accession), CXi(id: study, oid: nil, kind: .studyInstanceUID),
        ]
        return entry
    }

    static func query(_ entries: [DocumentEntry], _ oddity: ClientBehavior.Oddity? = nil) -> Exchange {
        var exchange = Exchange(.query)
        exchange.entries = entries
        if let oddity { exchange.oddities = [oddity] }
        return exchange
    }

    static func retrieval(
        _ documents: [String], _ oddity: ClientBehavior.Oddity? = nil,
        outcome: ClientBehavior.Outcome = .success
    ) -> Exchange {
        var exchange = Exchange(.retrieval, documents: documents, outcome: outcome)
        exchange.delivered = documents
        if let oddity { exchange.oddities = [oddity] }
        return exchange
    }

    static func bears(_ id: String, _ oddity: ClientBehavior.Oddity, isUsed: Bool = true) -> BehaviorCase {
        let exchanges = [query([entry("1")], oddity)]
        let used = seen { $0.opened = ["1"] }
        let unused = seen { $0.opened = [] }
        return BehaviorCase(
            id: id, right: ClientBehavior(exchanges, observation: isUsed ? used : unused),
            wrong: ClientBehavior(exchanges, observation: isUsed ? unused : used))
    }

    static func opens(_ id: String, _ oddity: ClientBehavior.Oddity) -> BehaviorCase {
        let exchanges = [retrieval(["1"], oddity)]
        return BehaviorCase(
            id: id, right: ClientBehavior(exchanges, observation: seen { $0.opened = ["1"] }),
            wrong: ClientBehavior(exchanges, observation: seen { $0.opened = [] }))
    }

    static func refuses(_ id: String, _ oddity: ClientBehavior.Oddity) -> BehaviorCase {
        let exchanges = [retrieval(["1"], oddity)]
        return BehaviorCase(
            id: id,
            right: ClientBehavior(
                exchanges,
                observation: seen {
                    $0.opened = []
                    $0.signalledError = true
                }), wrong: ClientBehavior(exchanges, observation: seen { $0.opened = ["1"] }))
    }

    static func observed(
        _ id: String, _ exchanges: [Exchange], right: (inout Observation) -> Void, wrong: (inout Observation) -> Void
    ) -> BehaviorCase {
        BehaviorCase(
            id: id, right: ClientBehavior(exchanges, observation: seen(right)),
            wrong: ClientBehavior(exchanges, observation: seen(wrong)))
    }

    static let patient = CX(id: "1", oid: FrenchOID.insNIRTest, type: "NH")

    static func asked(_ assertion: CX) -> Exchange {
        var exchange = Exchange(.query, patient: patient)
        exchange.assertionPatient = assertion
        return exchange
    }

    static func update(_ target: String) -> Exchange {
        var exchange = Exchange(.update)
        exchange.targets = [target]
        exchange.isUnpublishing = true
        return exchange
    }

    static func asking(_ repository: String) -> Exchange {
        var exchange = retrieval(["1"])
        exchange.repositories = [repository]
        return exchange
    }

    static let accepted = Exchange(.submission, documents: ["1"])
    static let refused = Exchange(.submission, documents: ["1"], outcome: .failure([.registryError]))
    static let silent = Exchange(.submission, documents: ["1"], outcome: .silence)
    static let duplicate = Exchange(.submission, documents: ["1"], outcome: .failure([.duplicateUniqueIDInRegistry]))
    static let pair = [entry("1"), entry("22", type: FrenchCode.reportType)]
    static let twins = [entry("1"), entry("22", authority: "1.2.4", study: "1.9")]

    static func shown(_ groups: [Set<String>], images: Bool = true, report: Bool = true) -> [ClientBehavior.ShownExam] {
        groups.map { ClientBehavior.ShownExam(documents: $0, showsImages: images, showsReport: report) }
    }

    static let all: [BehaviorCase] = [
        observed("PNR-058", [accepted], right: { $0.recordedAsSent = ["1"] }, wrong: { $0.recordedAsSent = [] }),
        observed("PNR-059", [refused], right: { $0.signalledError = true }, wrong: { $0.recordedAsSent = ["1"] }),
        BehaviorCase(
            id: "PNR-060", right: ClientBehavior([duplicate]), wrong: ClientBehavior([duplicate, duplicate, duplicate])),
        BehaviorCase(
            id: "PNR-061", right: ClientBehavior([silent, accepted]),
            wrong: ClientBehavior([silent, accepted, accepted])),
        observed("QRY-011", [query([])], right: { $0.exams = [] }, wrong: { $0.signalledError = true }),
        BehaviorCase(
            id: "QRY-012", right: ClientBehavior([query([entry("1")]), asking("1.2.9")]),
            wrong: ClientBehavior([query([entry("1")]), asking("1.2.8")])),
        bears("QRY-013", .withoutTotalResultCount), bears("QRY-014", .unknownSlots),
        observed(
            "QRY-015", [query([entry("1", status: XDSURN.deleted)])], right: { $0.exams = [] },
            wrong: { $0.exams = shown([["1"]]) }),
        observed(
            "QRY-016", [query(pair)], right: { $0.exams = shown([["1", "22"]]) },
            wrong: { $0.exams = shown([["1"], ["22"]]) }),
        observed(
            "QRY-017", [query([entry("1")])], right: { $0.exams = shown([["1"]], report: false) },
            wrong: { $0.exams = shown([["1"]]) }),
        observed(
            "QRY-018", [query(twins)], right: { $0.exams = shown([["1"], ["22"]]) },
            wrong: { $0.exams = shown([["1", "22"]]) }),
        BehaviorCase(
            id: "QRY-019", right: ClientBehavior([query([entry("1")]), update(entry("1").id)]),
            wrong: ClientBehavior([update(entry("1").id)])),
        BehaviorCase(
            id: "QRY-020", right: ClientBehavior([asked(patient)]),
            wrong: ClientBehavior([asked(CX(id: "2", oid: FrenchOID.insNIRTest, type: "NH"))])),
        bears("QRY-021", .olderEventCodeSchemes),
        observed(
            "QRY-022", [Exchange(.query, outcome: .failure([.tooManyResults]))], right: { $0.signalledError = true },
            wrong: { $0.signalledError = false }),
        bears("QRY-023", .otherRelatesTo, isUsed: false), opens("RET-006", .partMediaType),
        opens("RET-007", .headerWriting), opens("RET-008", .inlineDocument),
        observed(
            "RET-009", [retrieval(["1"], outcome: .partialSuccess([.documentUniqueIDError]))],
            right: { $0.opened = ["1"] }, wrong: { $0.opened = [] }),
        refuses("RET-010", .brokenManifest), refuses("RET-011", .manifestOfOtherPatient),
        opens("RET-012", .implicitManifest), opens("RET-012", .explicitManifest),
        observed(
            "RET-013", [query(pair), retrieval(["22"])], right: { $0.opened = ["22"] }, wrong: { $0.opened = [] }),
        BehaviorCase(
            id: "UPD-006", right: ClientBehavior([update("urn:uuid:1")], observation: seen { $0.emptiedStudy = true }),
            wrong: ClientBehavior([], observation: seen { $0.emptiedStudy = true })),
        observed(
            "UPD-007", [], right: { $0.statusesAfterUnpublishing = [404] },
            wrong: { $0.statusesAfterUnpublishing = [200] }),
        BehaviorCase(
            id: "UPD-008",
            right: ClientBehavior([update("urn:uuid:1")], observation: seen { $0.changedConfidentiality = true }),
            wrong: ClientBehavior([], observation: seen { $0.changedConfidentiality = true })),
        observed("XDM-007", [], right: { $0.foundAfterImport = true }, wrong: { $0.foundAfterImport = false }),
        BehaviorCase(
            id: "AUT-002", right: ClientBehavior([Exchange(.existence), query([])]),
            wrong: ClientBehavior([query([])])),
        observed(
            "AUT-003", [Exchange(.authorization)], right: { $0.personAgreed = true }, wrong: { $0.personAgreed = false }
        ),
    ]
}

@Suite("The behavior of clients")
struct XDSBehaviorTests {
    private func judge(_ id: String, _ behavior: ClientBehavior) throws -> RuleOutcome {
        try #require(ClientBehaviorRules.all.first { $0.descriptor.id == id }).judge(behavior, level: .run)
    }

    @Test("What is right passes, what is wrong is told", arguments: BehaviorCase.all)
    fileprivate func both(_ example: BehaviorCase) throws {
        let right = try judge(example.id, example.right)
        #expect(right.verdict == .pass && right.findings.isEmpty, "\(right)")
        let wrong = try judge(example.id, example.wrong)
        #expect(!wrong.findings.isEmpty, "\(wrong)")
    }

    @Test("Nothing sent and nothing seen passes no rule", arguments: ClientBehaviorRules.all.map(\.descriptor.id))
    func nothing(_ id: String) throws {
        let outcome = try judge(id, ClientBehavior([]))
        #expect([.notRun, .notApplicable].contains(outcome.verdict) && outcome.reason != nil)
    }

    @Test("Every rule has its case")
    func complete() {
        #expect(Set(ClientBehaviorRules.all.map(\.descriptor.id)) == Set(BehaviorCase.all.map(\.id)))
    }
}

@Suite("Queries, retrievals, updates, archives")
struct XDSRequestRulesTests {
    private static func message(_ content: Element, _ action: String) -> SOAPMessage {
        let envelope = OutgoingEnvelope(
            Addressing(action: action, messageID: SOAPMessageCase.messageID, to: "http://127.0.0.1/"), content: content)
        return SOAPMessage(
            reading: envelope.serialized(), contentType: "application/soap+xml; charset=UTF-8; action=\"\(action)\"")
    }

    private static let patient = "'279035121518989^^^&\(FrenchOID.insNIRTest)&ISO^NH'"
    private static let status = "('\(XDSURN.approved)')"

    private static func query(
        _ change: (inout StoredQuery) -> Void = { _ in }, action: String = XDSTransaction.registryStoredQuery.action
    ) -> QuerySubject? {
        var query = StoredQuery(
            .findDocumentsByReferenceID,
            parameters: [
                .init("$XDSDocumentEntryPatientId", [patient]), .init("$XDSDocumentEntryStatus", [status]),
                .codes("$XDSDocumentEntryTypeCode", [FrenchCode.kosType]),
                .time("$XDSDocumentEntryCreationTimeFrom", DTM("20260101")),
                .codes("$XDSDocumentEntryEventCodeList", [FrenchCode.modality("CT")]),
                .codes("$XDSDocumentEntryEventCodeList", [FrenchCode.region("774007", "")]),
                .list("$XDSDocumentEntryReferenceIdList", [CXi(id: "A", oid: "1.2.3", kind: .accession).text]),
            ])
        change(&query)
        return QuerySubject(message(query.element(), action))
    }

    private func broken<S>(_ rules: [Rule<S>], _ subject: S?) throws -> Set<String> {
        let subject = try #require(subject)
        return Set(rules.flatMap { $0.judge(subject, level: .run).findings.map(\.check) })
    }

    @Test("A right query breaks nothing")
    func rightQuery() throws { #expect(try broken(QueryRules.all, Self.query()).isEmpty) }

    @Test(
        "Each fault of a query is told",
        arguments: [
            ("QRY-002", 0), ("QRY-003", 1), ("QRY-004", 2), ("QRY-005", 3), ("QRY-006", 4), ("QRY-007", 5),
            ("QRY-008", 6), ("QRY-009", 7), ("QRY-010", 8), ("xds.query-missing", 9), ("xds.query-number", 10),
            ("xds.query-unknown", 11), ("xds.query-patient", 2), ("QRY-004", 12), ("QRY-002", 13),
            ("QRY-004", 14),
        ])
    func brokenQuery(_ id: String, _ bend: Int) throws {
        let bends: [(inout StoredQuery) -> Void] = [
            { $0.returnType = "Leaf" }, { $0.id = .init(rawValue: "urn:uuid:1") },
            { $0.parameters[0].values = ["279035121518989^^^&1.2.3&ISO"] },
            { $0.parameters[1].values = ["'\(XDSURN.approved)'"] }, { $0.parameters[2].values = ["('IMG-KOS')"] },
            { $0.parameters[3].values = ["'20260101'"] },
            { $0.parameters[4].values = ["('CT^^1.2.840.10008.2.16.4','774007^^2.16.840.1.113883.6.96')"] },
            { $0.parameters.remove(at: 2) }, { $0.parameters[6].values = ["('A^^^&1.2.3&ISO^urn:other')"] },
            { $0.parameters.remove(at: 1) }, { $0.parameters.append($0.parameters[0]) },
            { $0.parameters.append(.init("$Other", ["'a'"])) },
            { $0.parameters[0].values = ["('279035121518989^^^&\(FrenchOID.insNIRTest)&ISO^NH')"] },
            { $0.returnsComposedObjects = nil },
            { $0.parameters[0].values = ["'279035121518988^^^&\(FrenchOID.insNIRTest)&ISO^NH'"] },
        ]
        #expect(try broken(QueryRules.all, Self.query(bends[bend])).contains(id))
    }

    @Test("A wrong key of the INS is a violation in a run, and a warning at capture, with the right key")
    func wrongKey() throws {
        let subject = try #require(
            Self.query { $0.parameters[0].values = ["'279035121518988^^^&\(FrenchOID.insNIRTest)&ISO^NH'"] })
        let rule = try #require(QueryRules.all.first { $0.descriptor.id == "QRY-004" })
        for (level, severity) in [(JudgementLevel.run, Severity.violation), (.capture, .warning)] {
            let found = rule.judge(subject, level: level).findings
            #expect(found.map(\.severity) == [severity])
            #expect(found.map(\.expected) == ["279035121518989"] && found.map(\.actual) == ["279035121518988"])
            #expect(found.allSatisfy { $0.place?.xpath != nil && $0.advice != nil })
        }
    }

    @Test("The action of another transaction is told")
    func action() throws {
        #expect(try broken(QueryRules.all, Self.query(action: "urn:ihe:iti:2007:Other")).contains("QRY-001"))
    }

    @Test("A retrieval is judged by its ids")
    func retrieval() throws {
        func subject(_ requests: [DocumentRequest]) -> RetrieveRequestSubject? {
            RetrieveRequestSubject(
                Self.message(
                    RetrieveDocumentSetRequest(requests).element(), XDSTransaction.retrieveDocumentSet.action))
        }
        let right = DocumentRequest(repositoryUniqueID: "1.2.9", documentUniqueID: "1.2.3")
        #expect(try broken(RetrieveRequestRules.all, subject([right])).isEmpty)
        #expect(try broken(RetrieveRequestRules.all, subject([])) == ["RET-002"])
        #expect(try broken(RetrieveRequestRules.all, subject([right, right])) == ["RET-014"])
        let bare = DocumentRequest(repositoryUniqueID: nil, documentUniqueID: "1.2.3")
        #expect(try broken(RetrieveRequestRules.all, subject([bare])) == ["RET-002"])
    }

    @Test("An unpublishing is judged by its set, its association and its target")
    func update() throws {
        func subject(_ change: (inout UpdateDocumentSetRequest) -> Void) -> UpdateSubject? {
            var request = UpdateDocumentSetRequest.changingStatus(
                of: ["urn:uuid:00000000-0000-4000-8000-000000000001"],
                in: XDSSignedExam.request.submission.submissionSets[0])
            change(&request)
            return UpdateSubject(Self.message(request.element(), XDSTransaction.updateDocumentSet.action))
        }
        #expect(try broken(UpdateRules.all, subject { _ in }).isEmpty)
        #expect(
            try broken(UpdateRules.all, subject { $0.submission.submissionSets[0].contentTypeCode = nil })
                .contains("UPD-002"))
        #expect(
            try broken(UpdateRules.all, subject { $0.submission.associations[0].slots.removeLast() }) == ["UPD-003"])
        #expect(
            try broken(
                UpdateRules.all,
                subject { $0.submission.associations[0].slots[1] = Slot("NewStatus", [XDSURN.deprecated]) })
                == ["UPD-004"])
        #expect(
            try broken(UpdateRules.all, subject { $0.submission.associations[0].target = "Nobody" })
                .contains("UPD-005"))
    }

    @Test("An archive is judged by its members")
    func archive() throws {
        var submission = XDSSignedExam.exam.submissionRequest().submission
        let documents = XDSSignedExam.exam.submissionRequest().documents
        for index in submission.entries.indices { submission.entries[index].uri = "DOC0000\(index).XML" }
        let metadata = Serializer.serialize(
            Element("lcm:SubmitObjectsRequest", ["xmlns:lcm": XDSNamespace.lcm], [submission.element()]))
        var members = [
            ArchiveSubject.Member(path: "KA202601/INDEX.HTM", bytes: []),
            ArchiveSubject.Member(path: "KA202601/README.TXT", bytes: []),
            ArchiveSubject.Member(path: "KA202601/IHE_XDM/SS000001/METADATA.XML", bytes: metadata),
        ]
        members += documents.enumerated().map { index, document in
            ArchiveSubject.Member(path: "KA202601/IHE_XDM/SS000001/DOC0000\(index).XML", bytes: document.bytes)
        }
        #expect(try broken(ArchiveRules.all, ArchiveSubject(members: members)).isEmpty)
        #expect(try broken(ArchiveRules.all, ArchiveSubject(members: Array(members.dropLast()))) == ["XDM-003"])
        let changed = members.dropLast() + [ArchiveSubject.Member(path: members[4].path, bytes: [1])]
        #expect(try broken(ArchiveRules.all, ArchiveSubject(members: Array(changed))) == ["XDM-004"])
        #expect(try broken(ArchiveRules.all, ArchiveSubject(members: Array(members.dropFirst()))) == ["XDM-002"])
        #expect(try broken(ArchiveRules.all, ArchiveSubject(members: [])).contains("XDM-001"))
    }
}
