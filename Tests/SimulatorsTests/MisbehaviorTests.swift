import DICOM
import HTTP
import Imaging
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct MisbehaviorTests {
    /// Whether the rule that a fault breaks is seen broken.
    typealias Probe = @Sendable (Harness) async throws -> Bool

    @Test("The names are unique, and every fault says in two languages what it does and what it breaks")
    func descriptions() {
        #expect(Misbehavior.allCases.count >= 14)
        for item in Misbehavior.allCases {
            #expect(["dmp", "source", "kos"].contains(item.actor))
            #expect(!item.breaks.isEmpty)
            #expect(item.description.french.hasSuffix(".") && item.description.english.hasSuffix("."))
            #expect(Misbehavior(rawValue: item.name) == item)
        }
    }

    @Test("A fault breaks its rule, and without it the rule holds", arguments: Misbehavior.allCases)
    func faults(_ item: Misbehavior) async throws {
        let probe = Self.probe(item)
        let policy = Self.policy(item)
        #expect(try await !probe(await Harness(policy: policy)), "seen without the fault")
        #expect(try await probe(await Harness([item], policy: policy)), "not seen with the fault")
    }

    /// What the DMP demands so that the rule of `item` counts.
    private static func policy(_ item: Misbehavior) -> DMPPolicy {
        var policy = DMPPolicy()
        policy.assertion = AssertionPolicy { context in
            context.assertion.attribute("ID") == "altered"
                ? [AssertionDefect(.signature, "digest", fr: "empreinte")] : []
        }
        policy.assertion.now = { VIHF.now }
        if item == .acceptsMissingAssertion { policy.assertion.demand = .required }
        if item == .acceptsMissingSignature { policy.signature.demand = .required }
        return policy
    }

    private static func probe(_ item: Misbehavior) -> Probe {
        switch item {
        case .acceptsWrongHash:
            { try await isAccepted($0) { $0.submission.entries[1].hash = String(repeating: "0", count: 40) } }
        case .acceptsMissingDocument: { try await isAccepted($0) { $0.documents.removeLast() } }
        case .acceptsOtherPatient:
            {
                try await isAccepted($0) {
                    $0.submission.submissionSets[0].patientID = CX(
                        id: "299999999999945", oid: NationalIdentifier.testAuthority, type: "NH")
                }
            }
        case .wrongErrorCode:
            { harness in
                var request = Harness.fresh().submissionRequest()
                request.documents.removeLast()
                return try await harness.submit(request).registry?.errors.first?.code == .repositoryError
            }
        case .wrongResponseAction:
            { try await submission($0).message.envelope?.addressing.action == XDSTransaction.provideAndRegister.action }
        case .relatesToMissing: { try await submission($0).message.envelope?.addressing.relatesTo == nil }
        case .relatesToOther:
            {
                try await submission($0).message.envelope?.addressing.relatesTo
                    != "urn:uuid:00000000-0000-4000-8000-0000000000aa"
            }
        case .soap11:
            { harness in
                let exam = harness.actors.exam
                let answers = [
                    try await submission(harness).message,
                    try await harness.retrieve([(exam.repositoryUniqueID, exam.manifestUID)]).message,
                ]
                return answers.allSatisfy { $0.envelope?.version == .soap11 }
            }
        case .queryOmitsRepository:
            { try await $0.query($0.find($0.actors.exam))?.objects.entries.first?.repositoryUniqueID == nil }
        case .queryReturnsDeprecated: { try await $0.query($0.find($0.actors.exam))?.objects.entries.count == 3 }
        case .queryIgnoresReference:
            { harness in
                let reference = StoredQuery.Parameter(
                    "$XDSDocumentEntryReferenceIdList",
                    [QueryValue.list([Harness.fresh().accessionReference.text]).written])
                let query = harness.find(harness.actors.exam, [reference], id: .findDocumentsByReferenceID)
                return try await harness.query(query)?.objects.entries.isEmpty == false
            }
        case .queryIgnoresMissingParameter:
            { harness in
                var query = harness.find(harness.actors.exam)
                query.parameters.removeLast()
                return try await harness.query(query)?.registry.isSuccess == true
            }
        case .retrieveCorruptsDocument: { try await manifest($0)?.content?.bytes != $0.actors.manifest }
        case .retrieveWrongMimeType: { try await manifest($0)?.mimeType != "application/dicom" }
        case .retrieveMissingClose: { try await retrieval($0).has(.init(rawValue: "missing-close-delimiter")) }
        case .retrieveDanglingInclude: { try await retrieval($0).has(.includeUnresolved) }
        case .retrieveFailsWhole:
            { harness in
                let exam = harness.actors.exam
                let wanted = [exam.manifestUID, "1.2.404"].map { (exam.repositoryUniqueID, $0) }
                return try await harness.retrieve(wanted).answer?.registry?.status == XDSURN.failure
            }
        case .htmlErrorPage:
            { try await submission($0).response.headers.first("Content-Type")?.hasPrefix("text/html") == true }
        case .emptyAnswer: { try await submission($0).response.body.isEmpty }
        case .unknownStatus: { try await submission($0).registry?.isStatusKnown == false }
        case .registersRefused:
            { harness in
                let exam = Harness.fresh()
                var request = exam.submissionRequest()
                request.submission.entries[1].hash = String(repeating: "0", count: 40)
                _ = try await harness.submit(request)
                return try await harness.query(harness.find(exam))?.objects.entries
                    .contains { $0.uniqueID == exam.manifestUID } == true
            }
        case .queryChangesMetadata:
            {
                let entries = try await $0.query($0.find($0.actors.exam))?.objects.entries ?? []
                return entries.contains { $0.typeCode?.code == "00000-0" }
            }
        case .retrieveRepeatsDocument:
            { harness in
                let exam = harness.actors.exam
                let wanted = [exam.documentID, exam.manifestUID].map { (exam.repositoryUniqueID, $0) }
                let documents = try await harness.retrieve(wanted).answer?.documents ?? []
                return Set(documents.map(\.documentUniqueID)).count < documents.count
            }
        case .refusalWithDocuments:
            { harness in
                let exam = harness.actors.exam
                let answer = try await harness.retrieve([(exam.repositoryUniqueID, "1.2.404")]).answer
                return answer?.registry?.status == XDSURN.failure && answer?.documents.isEmpty == false
            }
        case .acceptsMissingEntry, .acceptsRepeatedID, .acceptsKnownID, .acceptsWrongSize, .acceptsUnknownPatient,
            .acceptsForeignCode, .acceptsMissingFormat, .acceptsBadTime, .acceptsUnknownTarget, .replacesDeprecated,
            .acceptsRejectionNote, .acceptsBrokenPackage, .acceptsUnknownAction, .acceptsAlteredAssertion,
            .acceptsOtherResource, .acceptsExpiredAssertion, .acceptsMissingAssertion, .acceptsAnyCertificate,
            .acceptsBrokenSignature, .acceptsMissingSignature:
            SubmissionProbes.probe(item)
        case .servesUnknownQuery, .queryIgnoresRepetition, .queryIgnoresChoice, .queryIgnoresQuotes,
            .queryIgnoresReturnType, .retrieveIgnoresRepository, .retrieveIgnoresUnknown, .retrieveAcceptsNothing,
            .retrieveServesWithdrawn, .updatesUnknown, .updateIgnoresOriginalStatus, .inventsRecord,
            .grantsEverything:
            ServiceProbes.probe(item)
        case .rad69DropsInstance:
            {
                let answer = try await $0.retrieveImages($0.everyInstance).answer
                return answer?.registry?.isSuccess == true && answer?.documents.count == 5
            }
        case .rad69WrongTransferSyntax:
            {
                let document = try await $0.retrieveImages($0.everyInstance).answer?.documents.first
                return try DICOMFile(reading: document?.content?.bytes ?? []).transferSyntax != UID.explicitLittleEndian
            }
        case .rad69WrongErrorCode:
            {
                var request = $0.everyInstance
                request.studies[0].series[0].documents[0].documentUniqueID = "1.2.404"
                return try await $0.retrieveImages(request).answer?.registry?.errors.first?.code == .repositoryError
            }
        case .rad69TruncatedPixels:
            { try await retrieved($0).contains { !isWhole(ImageHeader($0)) } }
        case .rad69OtherPatient:
            { harness in
                let patient = harness.actors.exam.patient.nationalIdentifier.value
                return try await retrieved(harness).contains { ImageHeader($0).nationalIdentifier?.value != patient }
            }
        case .rad69WrongEncoding:
            { try await retrieved($0).contains { $0.transferSyntax != UID.explicitLittleEndian } }
        case .rad69OtherRepository:
            { harness in
                let repository = harness.actors.exam.retrieveLocationUID
                let answer = try await harness.retrieveImages(harness.everyInstance).answer
                return answer?.documents.contains { $0.repositoryUniqueID != repository } == true
            }
        case .wadoIgnoresToken: { try await $0.wado($0.seriesRequest) { $0.remove("Authorization") }.status == 200 }
        case .wadoIgnoresManifest:
            { try await $0.wado($0.seriesRequest) { $0.set("KOS-SOPInstanceUID", "1.2.404") }.status == 200 }
        case .wadoPartWithoutSyntax:
            { try await $0.wado($0.seriesRequest).study.parts.contains { $0.declaredTransferSyntax == nil } }
        case .wadoTruncated: { try await !$0.wado($0.seriesRequest).study.isClosed }
        case .wadoMissingInstance: { try await $0.wado($0.seriesRequest).study.parts.count == 2 }
        case .wadoNoINS:
            { try await $0.wado($0.seriesRequest).study.parts.contains { $0.image?.nationalIdentifier == nil } }
        case .wadoOtherSeries:
            { harness in
                let series = harness.actors.exam.series[0].uid
                return try await harness.wado(harness.seriesRequest).study.parts
                    .contains { $0.image?.seriesInstanceUID != series }
            }
        case .wadoInstanceTwice:
            { harness in
                let parts = try await harness.wado(harness.seriesRequest).study.parts
                return parts.count == 3 && Set(parts.compactMap(\.image?.sopInstanceUID)).count == 2
            }
        case .wadoOtherPatient:
            { harness in
                let patient = harness.actors.exam.patient.nationalIdentifier.value
                return try await images(harness).contains { $0.nationalIdentifier?.value != patient }
            }
        case .wadoOtherBirthDate:
            { harness in
                let date = harness.actors.exam.patient.birthDate
                return try await images(harness).contains { $0.birthDate != date }
            }
        case .wadoTruncatedPixels: { try await images($0).contains { !isWhole($0) } }
        case .wadoNoPixels: { try await images($0).contains { $0.pixels.form == .absent } }
        case .wadoWrongEncoding: { try await images($0).contains { $0.transferSyntax != UID.explicitLittleEndian } }
        case .wadoWrongMeta:
            { try await images($0).contains { $0.mediaStorageSOPInstanceUID != $0.sopInstanceUID } }
        case .wadoWrongClass: { try await images($0).contains { $0.sopClassUID != UID.ctImage } }
        case .linkIgnoresDocument:
            { try await $0.open($0.actors.exam.link.text.replacing("idCDA=", with: "idCDA=9.")).status == 200 }
        case .linkIgnoresParameters:
            { try await $0.open($0.actors.exam.link.text.replacing("studyUID=", with: "study=")).status == 200 }
        case .linkOpensOther:
            { try await !$0.open($0.actors.exam.link.text).text.contains($0.actors.exam.studyUID) }
        case .rad69IgnoresRepository, .rad69UnknownAsSuccess, .rad69IgnoresSeries, .rad69IgnoresStudy,
            .rad69RefusalWithImages, .rad69AcceptsEmptyUIDs, .rad69MalformedAsUnknown, .rad69AcceptsEmptyRequest,
            .rad69SkipsMissingIDs, .rad69IgnoresRepetition, .rad69DefaultSyntax, .rad69ServesStoredSyntax,
            .rad69FailsWhole, .rad69PartialAsSuccess, .rad69IgnoresAction, .rad69HTMLFault, .rad69IgnoresHome,
            .rad69ErrorWithoutLocation, .rad69ErrorWithoutContext, .rad69ErrorAsWarning, .rad69RepeatsInstance,
            .rad69IgnoresNamespaces, .rad69AcceptsBrokenPackage, .rad69RefusesPackage, .rad69AcceptsSOAP11,
            .rad69PlainAnswer, .rad69WrongMimeType, .rad69NoPixels, .rad69WrongMeta, .rad69UnaskedInstance:
            RetrieveProbes.probe(item)
        case .wadoAnyScheme, .wadoInactiveToken, .wadoNoAccept, .wadoNoSyntax, .wadoNoWeight, .wadoNoBoundary,
            .wadoNoManifest, .wadoReplacedManifest, .wadoOtherManifest, .wadoUnknownSeries, .wadoNotAcceptable,
            .wadoAnswersPost, .wadoMalformedUID, .wadoStudyDropsSeries, .wadoInstanceAsSeries, .wadoFrameTruncated,
            .wadoFrameAsFile, .wadoMetadataIncomplete, .wadoMetadataWithPixels, .wadoIgnoresWhitelist,
            .sourceAnyCertificate, .linkIgnoresRequestType, .linkCaseSensitive, .linkOlderOpensOther,
            .linkIgnoresStudy, .linkIgnoresAccession, .linkOpensWithdrawn, .linkReflects, .linkStripsCharacters,
            .linkWithoutLogin, .linkForbids, .linkLoginWithoutState, .linkShowsOthers:
            WADOProbes.probe(item)
        case .manifestWrongStudy: { try kos($0).studyInstanceUID != $0.actors.exam.studyUID }
        case .manifestWrongPatient: { try kos($0).patientID != $0.actors.exam.patient.nationalIdentifier.value }
        }
    }

    /// The heads of the images of WADO-RS.
    private static func images(_ harness: Harness) async throws -> [ImageHeader] {
        try await harness.wado(harness.seriesRequest).study.parts.compactMap(\.image)
    }

    /// The images of RAD-69.
    private static func retrieved(_ harness: Harness) async throws -> [DICOMFile] {
        try await harness.retrieveImages(harness.everyInstance).answer?.documents
            .map { try DICOMFile(reading: $0.content?.bytes ?? []) } ?? []
    }

    private static func isWhole(_ image: ImageHeader) -> Bool {
        guard case .native(let length, let announced) = image.pixels.form else { return false }
        return length == announced
    }

    static func isAccepted(
        _ harness: Harness, _ edit: (inout ProvideAndRegisterRequest) -> Void
    ) async throws -> Bool {
        var request = Harness.fresh().submissionRequest()
        edit(&request)
        return try await harness.submit(request).registry?.isSuccess == true
    }

    private static func submission(
        _ harness: Harness
    ) async throws -> (response: HTTPResponse, message: SOAPMessage, registry: RegistryResponse?) {
        try await harness.submit(Harness.fresh().submissionRequest())
    }

    private static func retrieval(_ harness: Harness) async throws -> SOAPMessage {
        let exam = harness.actors.exam
        return try await harness.retrieve([(exam.repositoryUniqueID, exam.manifestUID)]).message
    }

    private static func manifest(_ harness: Harness) async throws -> DocumentResponse? {
        let exam = harness.actors.exam
        return try await harness.retrieve([(exam.repositoryUniqueID, exam.manifestUID)]).answer?.documents.first
    }

    private static func kos(_ harness: Harness) throws -> KeyObjectSelection {
        KeyObjectSelection(try DICOMFile(reading: harness.actors.manifest))
    }
}
