import Checks
import Cryptography
import SOAP
import TestSupport
import Testing
import XDS

@Suite("What a message holds")
struct SOAPMessageSummaryTests {
    @Test("Parts, operation, entries and manifest of a submission are listed")
    func submission() throws {
        let summary = MessageSummary(XDSSubmissionCase.message())
        #expect(summary.parts.map(\.contentID) == ["0.1", "0.2", "0.3"])
        #expect(summary.parts.map(\.isRoot) == [true, false, false])
        #expect(summary.parts[1].length == XDSSubmissionCase.kos.count)
        #expect(summary.parts[1].sha1 == MessageDigest.hexadecimal(of: XDSSubmissionCase.kos, .sha1))
        #expect(summary.parts[1].sha256 == MessageDigest.hexadecimal(of: XDSSubmissionCase.kos, .sha256))
        #expect(summary.parts[1].transferEncoding == "binary")
        #expect(summary.operation == "ProvideAndRegisterDocumentSetRequest")
        #expect(summary.transaction == .provideAndRegister)
        #expect(summary.entries.map(\.id) == ["DocumentKOS", "DocumentCR"])
        #expect(summary.entries.map(\.isConfirmed) == [true, true])
        #expect(summary.entries[0].formatCode == FrenchOID.kosFormat)
        let manifest = try #require(summary.manifests.first)
        #expect(summary.manifests.count == 1)
        #expect(manifest.part == "0.2" && manifest.sopInstanceUID == "2.25.314159.3.1")
        #expect(manifest.studyInstanceUIDs == [XDSSubmissionCase.study])
        #expect(manifest.seriesCount == 1 && manifest.instanceCount == 3)
    }

    @Test("A hash that differs is not confirmed")
    func differing() {
        let summary = MessageSummary(XDSSubmissionCase.message { $0.submission.entries[0].hash = "00" })
        #expect(summary.entries.map(\.isConfirmed) == [false, true])
    }

    @Test("An answer has its status, a fault its reason")
    func answers() {
        #expect(MessageSummary(SOAPMessageCase.answer()).status == XDSURN.success)
        let query = SOAPMessageCase.answer(
            action: XDSTransaction.registryStoredQuery.responseAction, content: StoredQueryResponse().element())
        #expect(MessageSummary(query).transaction == .registryStoredQuery)
        #expect(MessageSummary(query).status == XDSURN.success)
        let fault = SOAPMessage(
            reading: OutgoingEnvelope(fault: Fault(.receiver, reason: "busy")).serialized(),
            contentType: "application/soap+xml")
        #expect(MessageSummary(fault).fault?.reason == "busy")
    }

    @Test("What cannot be read gives an empty summary")
    func unreadable() {
        let summary = MessageSummary(SOAPMessage(reading: Array("nothing".utf8), contentType: "text/plain"))
        #expect(summary.parts.isEmpty && summary.entries.isEmpty && summary.operation == nil)
    }

    @Test(
        "The official signed submission is listed",
        .enabled(if: Corpora.has("drim-m/informatif/XDS/publication.xml"), Comment(rawValue: Corpora.absence)))
    func publication() throws {
        let bytes = try Corpora.bytes("drim-m/informatif/XDS/publication.xml")
        let summary = MessageSummary(SOAPMessage(reading: bytes, contentType: nil))
        #expect(summary.parts.count == 3)
        #expect(summary.transaction == .provideAndRegister)
        let kos = try #require(summary.entries.first { $0.id == "DocumentKOS" })
        #expect(kos.isConfirmed == true && kos.actualSize == 8450)
        #expect(summary.entries.first { $0.id == "Signature01" }?.isConfirmed == false)
        #expect(summary.manifests.map(\.sopInstanceUID) == [kos.uniqueID])
    }
}
