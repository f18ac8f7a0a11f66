import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct PatientServiceTests {
    private static let absent = CX(id: "180019999900069", oid: "1.2.250.1.213.1.4.10", type: "NH")

    @Test("The existence check tells an open record, a closed one and none, with what the professional may do")
    func existence() async throws {
        let harness = await Harness()
        let (patient, store) = (harness.actors.exam.patientCX, harness.actors.store)
        #expect(try await harness.existence(patient)?.state == .open(.valid))
        #expect(try await harness.existence(Self.absent)?.state == .absent)
        try await store.set(PatientRecord(patient, defaultAuthorization: .absent))
        #expect(try await harness.existence(patient)?.state == .open(.absent))
        try await store.set(PatientRecord(patient, authorizations: ["899700000000": .blocked]))
        let seen = try await harness.existence(patient, headerBlocks: [VIHF(patient).unjudged])
        #expect(seen?.state == .open(.blocked))
        try await store.set(PatientRecord(patient, state: .closed))
        #expect(try await harness.existence(patient)?.state == .closed)
        let message = try await harness.exchange(.existence, Element("x")).message
        let refused = message.envelope?.content.flatMap { ExistenceAnswer(reading: $0) }
        guard case .refused = refused?.state else {
            Issue.record("a body that asks nothing is refused")
            return
        }
        #expect(message.envelope?.addressing.action == "urn:hl7-org:v3:PRPA_IN201308UV02")
    }

    @Test("A question is read as it was written")
    func question() throws {
        let request = ExistenceRequest(
            patient: Self.absent, id: ("1.2.3", "a"), queryID: ("1.2.4", "b"), creationTime: DTM("20260312090000"))
        let document = try Document(parsing: Serializer.serialize(request.element()))
        #expect(ExistenceRequest(reading: document.documentElement) == request)
    }

    @Test("An authorisation is granted, seen, withdrawn, and refused where the patient blocked it or closed the record")
    func authorization() async throws {
        let harness = await Harness()
        let (patient, store) = (harness.actors.exam.patientCX, harness.actors.store)
        let vihf = VIHF(patient).unjudged
        func ask(_ action: String) async throws -> Bool? {
            try await harness.exchange(
                .authorization, AuthorizationResponse.request(action), headerBlocks: [vihf]
            ).message.envelope?.content.flatMap { AuthorizationResponse(reading: $0)?.isGranted }
        }
        try await store.set(PatientRecord(patient, defaultAuthorization: .absent))
        #expect(try await ask("AJOUT") == true)
        #expect(try await harness.existence(patient, headerBlocks: [vihf])?.state == .open(.valid))
        #expect(try await harness.existence(patient)?.state == .open(.absent), "another professional has none")
        #expect(try await ask("SUPPRESSION") == true)
        #expect(try await harness.existence(patient, headerBlocks: [vihf])?.state == .open(.absent))
        #expect(try await ask("PEINTURE") == false)
        try await store.set(PatientRecord(patient, defaultAuthorization: .blocked))
        #expect(try await ask("AJOUT") == false)
        try await store.set(PatientRecord(patient, state: .closed))
        #expect(try await ask("AJOUT") == false)
        let nobody = try await harness.exchange(.authorization, AuthorizationResponse.request())
        #expect(nobody.message.envelope?.content?.localName == "Fault")
        #expect(nobody.response.status == 400)
    }

    @Test("Where records are checked, a query of a closed or forbidden record is refused")
    func checkedRecords() async throws {
        var policy = DMPPolicy()
        policy.checksRecord = true
        let harness = await Harness(policy: policy)
        let (exam, store) = (harness.actors.exam, harness.actors.store)
        #expect(try await harness.query(harness.find(exam))?.registry.isSuccess == true)
        try await store.set(PatientRecord(exam.patientCX, defaultAuthorization: .absent))
        #expect(try await harness.query(harness.find(exam))?.registry.errors.map(\.code) == [.registryError])
        try await store.set(PatientRecord(exam.patientCX, state: .closed))
        #expect(try await harness.query(harness.find(exam))?.registry.errors.map(\.code) == [.unknownPatientID])
        #expect(
            try await harness.submit(Harness.fresh().submissionRequest()).registry?.errors.map(\.code)
                == [.unknownPatientID])
    }

    struct Assertion: Sendable, CustomTestStringConvertible {
        let name: String
        let subcode: String?
        let edit: @Sendable (inout VIHF) -> Void
        var testDescription: String { name }
    }

    @Test(
        "An assertion is judged where it is; a bad one ends in a fault that names what is wrong",
        arguments: [
            Assertion(name: "right", subcode: nil) { _ in },
            Assertion(name: "other version", subcode: "InvalidSecurityToken") { $0.version = "1.1" },
            Assertion(name: "unsigned", subcode: "FailedCheck") { $0.isSigned = false },
            Assertion(name: "signed elsewhere", subcode: "FailedCheck") { $0.id = "assertion-2" },
            Assertion(name: "no professional", subcode: "InvalidSecurityToken") { $0.professional = nil },
            Assertion(name: "no patient", subcode: "InvalidSecurityToken") { $0.patient = nil },
            Assertion(name: "another patient", subcode: "FailedAuthentication") { $0.patient = absent.text },
            Assertion(name: "too old", subcode: "InvalidSecurityToken") { $0.issued = "2026-03-12T09:50:00Z" },
            Assertion(name: "of the future", subcode: "InvalidSecurityToken") { $0.issued = "2026-03-12T10:06:00Z" },
            Assertion(name: "in local time", subcode: "InvalidSecurityToken") {
                $0.issued = "2026-03-12T11:00:00+01:00"
            },
            Assertion(name: "within the tolerance", subcode: nil) { $0.issued = "2026-03-12T09:56:00.123Z" },
            Assertion(name: "old but still valid", subcode: nil) {
                $0.issued = "2026-03-12T08:00:00Z"
                $0.notOnOrAfter = "2026-03-12T11:00:00Z"
            },
            Assertion(name: "expired", subcode: "InvalidSecurityToken") { $0.notOnOrAfter = "2026-03-12T09:00:00Z" },
        ])
    func assertions(_ item: Assertion) async throws {
        var policy = DMPPolicy()
        policy.assertion.demand = .required
        policy.assertion.now = { VIHF.now }
        let harness = await Harness(policy: policy)
        var vihf = VIHF(harness.actors.exam.patientCX)
        item.edit(&vihf)
        let answer = try await harness.exchange(
            .registryStoredQuery, harness.find(harness.actors.exam).element(), headerBlocks: [vihf.header])
        let fault = answer.message.envelope?.content.flatMap { Fault(reading: $0) }
        #expect(fault?.subcode?.local == item.subcode)
        #expect(answer.response.status == (item.subcode == nil ? 200 : 400))
        let remarks = await harness.actors.log.messages.last?.faults.map(\.code) ?? []
        #expect(remarks.contains { $0.hasPrefix("vihf.") } == (item.subcode != nil))
    }

    @Test("The verifier sees the assertion, the transaction, the patient and the message")
    func verifier() async throws {
        var policy = DMPPolicy()
        policy.assertion.now = { VIHF.now }
        policy.assertion.verify = { context in
            let sees =
                context.transaction == .registryStoredQuery && context.patient != nil && context.peer == nil
                && context.assertion.localName == "Assertion" && context.message.envelope != nil
            return [AssertionDefect(.structure, sees ? "seen" : "blind", fr: sees ? "vue" : "non vue")]
        }
        let harness = await Harness(policy: policy)
        let answer = try await harness.exchange(
            .registryStoredQuery, harness.find(harness.actors.exam).element(),
            headerBlocks: [VIHF(harness.actors.exam.patientCX).header])
        let fault = answer.message.envelope?.content.flatMap { Fault(reading: $0) }
        #expect(fault?.reason == "VIHF: seen")
    }
}

extension VIHF {
    /// A header that passes with the clock of today: it is valid for long.
    var unjudged: Element {
        var copy = self
        copy.notOnOrAfter = "2199-01-01T00:00:00Z"
        return copy.header
    }
}
