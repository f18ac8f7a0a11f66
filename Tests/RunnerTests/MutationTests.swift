import Conformance
import Foundation
import SOAP
import Simulators
import Testing
import XDS
import XML

@testable import Runner

@Suite("Mutations of the messages to the DMP")
struct MutationTests {
    private func record(_ steps: String) async throws -> ScenarioRecord {
        let folder = try TemporaryFolder()
        let record = try await Replay.record(folder, profiles: [Replay.profile(Replay.scenario(steps))])
        return try #require(record.scenarios.first)
    }

    @Test(
        "What an author writes wrong is told at its place, with what is known",
        arguments: [
            ("ITI-41", "metadata.set cda hash 0", "no entry 'cda' for 'metadata.set'"),
            ("ITI-41", "metadata.set kos colour blue", "no attribute 'colour'"),
            ("ITI-41", "metadata.set submissionSet hash 0", "no attribute 'hash' of the submission set"),
            ("ITI-41", "metadata.set kos hash", "takes 3 word(s), found 2"),
            ("ITI-41", "association.add LINK kos urn:uuid:1", "no relation 'LINK'"),
            ("ITI-41", "mtom.drop-root now", "takes 0 word(s), found 1"),
            ("ITI-41", "query.remove $x", "no mutation 'query.remove'"),
            ("ITI-18", "query.set colour blue", "'colour' of a query cannot be set"),
            ("ITI-43", "retrieve.full", "no mutation 'retrieve.full'"),
            ("ITI-57", "update.remove target", "'target' of an update cannot be removed"),
            ("RAD-69", "images.clear colour", "no part 'colour' of the request"),
            ("RAD-69", "images.repeat studyInstanceUID", "no part 'studyInstanceUID' of the request"),
            ("RAD-69", "images.clear DocumentUniqueId[0]", "no part 'DocumentUniqueId[0]'"),
            ("RAD-69", "images.move DocumentRequest", "takes 2 word(s), found 1"),
            ("WADO-RS", "url.set frames 1", "'frames' of the URL cannot be set"),
            ("WADO-RS", "images.clear StudyRequest", "no mutation 'images.clear'"),
            ("RAD-106", "link.clear", "takes 1 word(s), found 0"),
            ("TD0.2", "vihf.paint", "no mutation 'vihf.paint'"),
            ("TD0.3", "vihf.drop-attribute", "takes 1 word(s), found 0"),
        ])
    func authors(_ transaction: String, _ mutation: String, _ message: String) async throws {
        let arguments =
            ["ITI-43": "{entries: x}", "ITI-57": "{target: x}"][transaction].map { "\n  with: \($0)" } ?? ""
        let steps = "- send: \(transaction)\(arguments)\n  mutate: [\"\(mutation)\"]\n  expect: [status: 200]"
        await #expect {
            _ = try await record(steps)
        } throws: { error in
            ((error as? RunError)?.errors ?? []).contains { $0.message.contains(message) }
        }
    }

    @Test("Every mutation has a title in both languages and a transaction that takes it")
    func catalogue() {
        #expect(MutationCatalogue.all.count > 45)
        for entry in MutationCatalogue.all {
            #expect(entry.title.fr != entry.name && entry.title.en != entry.name, "\(entry.name)")
            #expect(!entry.transactions.isEmpty)
        }
    }

    @Test(
        "Every mutation of a submission changes it",
        arguments: [
            ["metadata.set", "kos", "title", "Autre"], ["metadata.remove", "kos", "formatCode"],
            ["metadata.drop-entry", "kos"], ["association.add", "RPLC", "kos", "urn:uuid:1"],
            ["document.alter", "kos"],
            ["document.tamper", "kos"], ["kos.title", "113001"], ["mtom.drop-document", "kos"],
        ])
    func submission(_ words: [String]) throws {
        let mutation = try #require(SubmissionMutation.all[words[0]])
        let request = ExamFixture(seed: 3).submissionRequest()
        var draft = SubmissionDraft(request: request)
        try mutation.change(&draft, Array(words.dropFirst()))
        let isSame =
            draft.request.submission == request.submission
            && draft.request.documents.map(\.bytes) == request.documents.map(\.bytes)
        #expect(!isSame)
    }

    @Test(
        "Every mutation of a RAD-69 request changes what it names, and nothing else",
        arguments: [
            (["images.set", "seriesInstanceUID", "9"], "seriesInstanceUID=\"9\"", 2),
            (["images.set", "DocumentUniqueId[2]", "9"], "<xdsb:DocumentUniqueId>9</xdsb:DocumentUniqueId>", 1),
            (["images.clear", "studyInstanceUID"], "studyInstanceUID=\"\"", 1),
            (["images.blank", "DocumentUniqueId"], "<xdsb:DocumentUniqueId>  </xdsb:DocumentUniqueId>", 2),
            (["images.remove", "DocumentRequest[1]"], "<xdsb:DocumentRequest>", 1),
            (["images.repeat", "TransferSyntaxUID"], "<xdsi:TransferSyntaxUID>", 2),
            (["images.rename", "SeriesRequest", "xdsi:seriesRequest"], "<xdsi:seriesRequest ", 2),
            (["images.rename", "studyInstanceUID", "uid"], " uid=\"1.2\"", 1),
            (["images.set", "xmlns:xdsi", "urn:x"], "xmlns:xdsi=\"urn:x\"", 1),
            (
                ["images.move", "TransferSyntaxUIDList", "StudyRequest"],
                "</xdsi:TransferSyntaxUIDList></xdsi:StudyRequest>", 1
            ),
            (["images.swap", "DocumentUniqueId"], "<xdsb:DocumentUniqueId>1.2.2.1</xdsb:DocumentUniqueId></", 1),
        ])
    func images(_ words: [String], _ written: String, _ count: Int) throws {
        let mutation = try #require(ImagesMutation.all[words[0]])
        let series = [1, 2].map { number in
            RetrieveImagingDocumentSetRequest.Series(
                uid: "1.2.\(number)",
                documents: [DocumentRequest(repositoryUniqueID: "1.9", documentUniqueID: "1.2.\(number).1")])
        }
        let request = RetrieveImagingDocumentSetRequest(
            [.init(uid: "1.2", series: series)], transferSyntaxes: ["1.2.840.10008.1.2.1"])
        var draft = ImagesDraft(content: request.element(), action: "a")
        mutation.change(&draft, Array(words.dropFirst()))
        func text(_ element: Element?) -> String {
            let envelope = OutgoingEnvelope(Addressing(action: "a", messageID: "m", to: "t"), content: element)
            return String(decoding: envelope.serialized(), as: UTF8.self)
        }
        #expect(text(draft.content).ranges(of: written).count == count, "\(text(draft.content))")
        #expect(text(draft.content) != text(request.element()))
        #expect(draft.obstacle == nil)
    }

    @Test("An exam whose values cannot be exchanged is an obstacle, not a request")
    func obstacle() throws {
        let request = RetrieveImagingDocumentSetRequest([.init(uid: "1.2", series: [])], transferSyntaxes: ["1.2.3"])
        var draft = ImagesDraft(content: request.element(), action: "a")
        try #require(ImagesMutation.all["images.swap"]).change(&draft, ["studyInstanceUID"])
        #expect(draft.obstacle?.verdict == .skipped)
    }

    @Test("Every attribute that can be set is set, and taken away", arguments: EntryAttribute.all.keys.sorted())
    func attributes(_ name: String) throws {
        let attribute = try #require(EntryAttribute.all[name])
        let request = ExamFixture(seed: 3).submissionRequest()
        let entry = try #require(request.submission.entries.first)
        let set = try #require(request.submission.submissionSets.first)
        for value in ["20990101", nil] {
            var (changedEntry, changedSet) = (entry, set)
            attribute.ofEntry?(&changedEntry, value)
            attribute.ofSet?(&changedSet, value)
            #expect(attribute.ofEntry == nil || changedEntry != entry, "\(name) of an entry")
            #expect(attribute.ofSet == nil || changedSet != set, "\(name) of the set")
        }
    }

    @Test("A signed submission names its documents by their digests; one changed afterwards does not fit")
    func signing() throws {
        var request = ExamFixture(seed: 3).submissionRequest()
        try SubmissionSigner(EmbeddedIdentity.shared, request).sign(&request, uniqueID: "2.25.7")
        #expect(Simulators.SubmissionSignature(request)?.defects() == [])
        var draft = SubmissionDraft(request: request)
        try SubmissionMutation.all["document.tamper"]?.change(&draft, ["kos"])
        #expect(Simulators.SubmissionSignature(draft.request)?.defects().count == 1)
        try SubmissionMutation.all["signature.drop"]?.change(&draft, [])
        #expect(Simulators.SubmissionSignature(draft.request) == nil)
    }
}

@Suite("Rules on what a step waited for")
struct ReceivedJudgeTests {
    private func record(_ steps: String, misbehaviors: [String] = []) async throws -> ScenarioRecord {
        let folder = try TemporaryFolder()
        let record = try await Replay.record(
            folder, misbehaviors: misbehaviors, profiles: [Replay.profile(Replay.scenario(steps))])
        return try #require(record.scenarios.first)
    }

    @Test(
        "A message that breaks a rule fails where one that does not passes",
        arguments: [
            (
                "- await: ITI-41\n  with: {stimulus: submit}\n  expect: [arrival: required]\n"
                    + "- await: ITI-57\n  with: {stimulus: withdraw}\n  expect: [update: [UPD-003]]",
                "source-withdraws-without-original-status"
            ),
            (
                "- await: ITI-43\n  with: {stimulus: consult}\n  expect: [retrieve: [RET-002]]",
                "consumer-assumes-repository"
            ),
            (
                "- await: ITI-43\n  with: {stimulus: consult}\n  expect: [behavior: [QRY-012]]",
                "consumer-assumes-repository"
            ),
            (
                "- await: ITI-18\n  with: {stimulus: consult, answer: with-withdrawn}\n  expect: [arrival: required]\n"
                    + "- await: ITI-43\n  expect: [behavior: [QRY-015]]",
                "consumer-shows-withdrawn"
            ),
            (
                "- await: ITI-18\n  with: {stimulus: consult, answer: extra-slots}\n  expect: [behavior: [QRY-014]]",
                "consumer-refuses-extra-slots"
            ),
            (
                "- await: TD0.2\n  with: {stimulus: consult}\n"
                    + "  expect: [existence: [all], xpath: \"boolean(//hl7:patientIdentifier)\"]\n"
                    + "  capture: {asked: {xpath: \"string(//hl7:PRPA_IN201307UV02/hl7:id/@extension)\"}}\n"
                    + "- await: TD0.2\n  with: {stimulus: consult}\n"
                    + "  expect: [xpath: \"not(//hl7:id/@extension = '${asked}')\"]",
                "consumer-repeats-existence-id"
            ),
        ])
    func verdicts(_ steps: String, _ misbehavior: String) async throws {
        let right = try await record(steps)
        #expect(right.verdict == .pass, "\(right.steps.flatMap(\.checks).map { ($0.id, $0.verdict, $0.reason) })")
        #expect(try await record(steps, misbehaviors: [misbehavior]).verdict == .fail)
    }

    @Test("A stored query is judged; a rule that needs a person's eyes cannot be named")
    func query() async throws {
        let passing = try await record("- await: ITI-18\n  with: {stimulus: consult}\n  expect: [query: [all]]")
        #expect(passing.verdict == .pass)
        await #expect {
            _ = try await record("- await: ITI-18\n  with: {stimulus: consult}\n  expect: [behavior: [QRY-016]]")
        } throws: { error in
            ((error as? RunError)?.errors ?? []).contains { $0.message.contains("no rule 'QRY-016'") }
        }
    }

    @Test("What did not come leaves its rules undecided")
    func absence() async throws {
        let steps = "- await: ITI-57\n  with: {stimulus: submit}\n  expect: [arrival: none, update: [all]]"
        #expect(try await record(steps).steps[0].checks.map(\.verdict) == [.pass, .inconclusive])
    }
}
