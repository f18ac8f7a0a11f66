import Checks
import Conformance
import SOAP
import Testing
import XDS
import XML

/// One answer that breaks one rule.
private struct AnswerFault: Sendable, CustomTestStringConvertible {
    let id: String
    let name: String
    var severity = Severity.violation
    let body: @Sendable () -> Element
    var testDescription: String { "\(id) \(name)" }

    static func answer(_ status: String, _ errors: [RegistryError] = []) -> Element {
        RegistryResponse(status: status, errors: errors).element()
    }

    static func entries(
        _ bend: (inout DocumentEntry) -> Void = { _ in }, status: String = XDSURN.success,
        errors: [RegistryError] = []
    ) -> Element {
        var entry = XDSSubmissionCase.request.submission.entries[0]
        entry.id = "urn:uuid:3fdc72f4-a11d-4a9d-9260-a9f745779e1d"
        entry.availabilityStatus = XDSURN.approved
        entry.repositoryUniqueID = "2.25.2"
        bend(&entry)
        var objects = Submission()
        objects.entries = [entry]
        return StoredQueryResponse(RegistryResponse(status: status, errors: errors), objects: objects).element()
    }

    static let error = RegistryError(.registryError, "cause")
    static let warning = RegistryError(.registryError, "cause", severity: XDSURN.warning)

    static let all: [AnswerFault] = [
        AnswerFault(id: "xds.answer-status", name: "no status") { answer("") },
        AnswerFault(id: "xds.answer-status", name: "another status") { answer("Success") },
        AnswerFault(id: "xds.answer-status", name: "success with an error") { answer(XDSURN.success, [error]) },
        AnswerFault(id: "xds.answer-status", name: "failure without error") { answer(XDSURN.failure) },
        AnswerFault(id: "xds.answer-status", name: "failure with warnings alone") { answer(XDSURN.failure, [warning]) },
        AnswerFault(id: "xds.answer-status", name: "failure with entries") {
            entries(status: XDSURN.failure, errors: [error])
        },
        AnswerFault(id: "xds.answer-code", name: "a code of nobody", severity: .warning) {
            answer(XDSURN.failure, [RegistryError(XDSErrorCode(rawValue: "DMPOuch"), "cause")])
        },
        AnswerFault(id: "xds.answer-code", name: "a severity of nobody", severity: .warning) {
            answer(XDSURN.failure, [RegistryError(.registryError, "cause", severity: "Error")])
        },
        AnswerFault(id: "xds.answer-repository", name: "no repository") { entries { $0.repositoryUniqueID = nil } },
        AnswerFault(id: "xds.answer-repository", name: "a repository that is no OID") {
            entries { $0.repositoryUniqueID = "depot" }
        },
        AnswerFault(id: "xds.answer-repository", name: "no status") { entries { $0.availabilityStatus = nil } },
        AnswerFault(id: "xds.answer-repository", name: "a symbolic id") { entries { $0.id = "DocumentKOS" } },
        AnswerFault(id: "xds.time-form", name: "a date that is none") { entries { $0.creationTime = DTM("hier") } },
        AnswerFault(id: "xds.answer-document", name: "no content") { documents("") },
        AnswerFault(id: "xds.answer-document", name: "content that is not there") {
            documents("<xdsb:Document><xop:Include xmlns:xop='\(SOAPNamespace.xop)' href='cid:9'/></xdsb:Document>")
        },
        AnswerFault(id: "xds.answer-document", name: "no media type") {
            documents("<xdsb:Document>QQ==</xdsb:Document>", mimeType: "")
        },
        AnswerFault(id: "xds.answer-document", name: "no uniqueId") {
            documents("<xdsb:Document>QQ==</xdsb:Document>", unique: "")
        },
    ]

    static func documents(_ content: String, mimeType: String = "text/xml", unique: String = "2.25.4") -> Element {
        let text = """
            <xdsb:RetrieveDocumentSetResponse xmlns:xdsb="\(XDSNamespace.xdsb)">
            <rs:RegistryResponse xmlns:rs="\(XDSNamespace.rs)" status="\(XDSURN.success)"/>
            <xdsb:DocumentResponse><xdsb:RepositoryUniqueId>1.2.3</xdsb:RepositoryUniqueId>
            <xdsb:DocumentUniqueId>\(unique)</xdsb:DocumentUniqueId><xdsb:mimeType>\(mimeType)</xdsb:mimeType>\(content)
            </xdsb:DocumentResponse></xdsb:RetrieveDocumentSetResponse>
            """
        guard let document = try? Document(parsing: Array(text.utf8)) else { return Element("unreadable") }
        return Element(copying: document.documentElement)
    }
}

@Suite("The rules of an answer")
struct XDSAnswerRulesTests {
    private func subject(_ body: Element) throws -> AnswerSubject {
        let envelope = OutgoingEnvelope(
            Addressing(action: "urn:x", relatesTo: SOAPMessageCase.messageID), content: body)
        return try #require(
            AnswerSubject(SOAPMessage(reading: envelope.serialized(), contentType: "application/soap+xml")))
    }

    @Test("Each fault is found by its rule alone, with place, expected and found", arguments: AnswerFault.all)
    fileprivate func faults(_ fault: AnswerFault) throws {
        let subject = try subject(fault.body())
        let findings = AnswerRules.all.flatMap { $0.judge(subject, level: .run).findings }
        #expect(!findings.isEmpty && findings.allSatisfy { $0.check == fault.id }, "\(findings.map(\.check))")
        for finding in findings {
            #expect(finding.severity == fault.severity)
            #expect(finding.expected?.isEmpty == false && finding.actual?.isEmpty == false)
            #expect(finding.place?.line != nil && finding.place?.xpath != nil)
        }
    }

    @Test("Each rule of answers has its fault")
    func complete() {
        let own = AnswerRules.all.map(\.descriptor.id).filter { $0.hasPrefix("xds.answer-") }
        #expect(Set(own).isSubset(of: Set(AnswerFault.all.map(\.id))) && own.count == 4)
    }

    @Test("Right answers break nothing: success, warnings, failure, a partial answer, entries, a document")
    func right() throws {
        let bodies = [
            AnswerFault.answer(XDSURN.success), AnswerFault.answer(XDSURN.success, [AnswerFault.warning]),
            AnswerFault.answer(XDSURN.failure, [AnswerFault.error]), AnswerFault.entries(),
            AnswerFault.entries(status: XDSURN.partialSuccess, errors: [AnswerFault.error]),
            AnswerFault.documents("<xdsb:Document>QQ==</xdsb:Document>"), StoredQueryResponse().element(),
        ]
        for body in bodies {
            let subject = try subject(body)
            let outcomes = AnswerRules.all.map { $0.judge(subject, level: .run) }
            #expect(outcomes.allSatisfy { $0.findings.isEmpty }, "\(outcomes.flatMap(\.findings))")
        }
    }

    @Test("A request is no answer", arguments: ["<a/>", "<RegistryResponse status=\"x\"/>"])
    func others(_ text: String) {
        #expect(AnswerSubject(SOAPMessage(reading: Array(text.utf8), contentType: "application/xml")) == nil)
    }
}
