import DICOM
import HTTP
import Imaging
import Simulators
import XDS

/// Whether a rule of WADO-RS or of the link is seen broken, by the misbehaviour that breaks it.
enum WADOProbes {
    static func probe(_ item: Misbehavior) -> MisbehaviorTests.Probe {
        switch item {
        case .wadoAnyScheme: serves { $0.set("Authorization", "Basic eDp5") }
        case .wadoInactiveToken: serves { $0.set("Authorization", "Bearer \(ImagingSourceSimulator.inactiveToken)") }
        case .wadoNoAccept: serves { $0.remove("Accept") }
        case .wadoNoSyntax: serves { $0.set("Accept", accept(";q=0.5;boundary=b")) }
        case .wadoNoWeight: serves { $0.set("Accept", accept(";transfer-syntax=1.2.840.10008.1.2.1;boundary=b")) }
        case .wadoNoBoundary: serves { $0.set("Accept", accept(";transfer-syntax=1.2.840.10008.1.2.1;q=0.5")) }
        case .wadoNoManifest: serves { $0.remove("KOS-SOPInstanceUID") }
        case .wadoReplacedManifest: servesManifest { $0.replaced.manifestUID }
        case .wadoOtherManifest: servesManifest { $0.other.manifestUID }
        case .wadoUnknownSeries: { try await status($0, url: { $0 + "1" }) == 200 }
        case .wadoNotAcceptable: serves { $0.set("Accept", "image/png") }
        case .wadoAnswersPost: { try await $0.wado($0.seriesRequest, method: "POST").status == 200 }
        case .wadoMalformedUID: { try await status($0, url: { $0.replacing("/series/", with: "/series/abc") }) == 500 }
        case .wadoStudyDropsSeries: { try await count($0, target($0, .study)) == 3 }
        case .wadoInstanceAsSeries: { try await count($0, target($0, .instance)) == 3 }
        case .wadoFrameTruncated:
            { harness in
                let frame = try await harness.wado(request(harness, target(harness, .frames)), edit: acceptFrames).study
                let whole = try await harness.wado(request(harness, target(harness, .instance))).study.parts.first
                return frame.parts.first?.length != whole?.image?.pixels.expectedLength
            }
        case .wadoFrameAsFile:
            {
                let frame = try await $0.wado(request($0, target($0, .frames)), edit: acceptFrames).study.parts.first
                return frame?.contentType?.essence != "application/octet-stream"
            }
        case .wadoMetadataIncomplete:
            { try await metadata($0).matches(of: /"00080018":/).count < $0.everyInstance.requests.count }
        case .wadoMetadataWithPixels: { try await metadata($0).contains("\"7FE00010\"") }
        case .wadoIgnoresWhitelist, .sourceAnyCertificate: TransportProbes.probe(item)
        case .linkIgnoresRequestType: opens { $0.replacing("requestType=STUDY", with: "requestType=PATIENT") }
        case .linkCaseSensitive: isRefused { $0.replacing("Accessionnumber", with: "accessionNumber") }
        case .linkOlderOpensOther:
            { harness in
                let page = try await harness.open(harness.actors.olderReport.link.text).text
                return !page.contains(harness.actors.exam.studyUID)
            }
        case .linkIgnoresStudy: opens { $0.replacing("studyUID=", with: "studyUID=9.") }
        case .linkIgnoresAccession: opens { $0.replacing("Accessionnumber=", with: "Accessionnumber=9.") }
        case .linkOpensWithdrawn: { try await $0.open($0.actors.withdrawn.link.text).status == 200 }
        case .linkReflects:
            {
                let link = $0.actors.exam.link.text.replacing("idCDA=", with: "idCDA=%3Cscript%3E")
                return try await $0.open(link).text.contains("<script>")
            }
        case .linkStripsCharacters: opens { $0.replacing("idCDA=", with: "idCDA=%3C%3E") }
        case .linkWithoutLogin: { try await $0.open($0.actors.exam.link.text, session: nil).status == 200 }
        case .linkForbids: { try await $0.open($0.actors.exam.link.text, session: nil).status == 403 }
        case .linkLoginWithoutState:
            {
                let location = try await $0.open($0.actors.exam.link.text, session: nil).headers.first("Location")
                return location?.contains("state=") == false
            }
        case .linkShowsOthers:
            { try await $0.open($0.actors.exam.link.text).text.matches(of: /study-instance-uid/).count == 2 }
        case _: preconditionFailure("no probe of WADO-RS or the link for \(item.name)")
        }
    }

    private enum Level { case study, instance, frames, metadata }

    private static func accept(_ parameters: String) -> String {
        "multipart/related; type=\"application/dicom\"" + parameters
    }

    private static func acceptFrames(_ headers: inout HTTPHeaders) {
        headers.set("Accept", "multipart/related; type=\"application/octet-stream\";boundary=b")
    }

    /// Whether the series comes back though the request is changed so.
    private static func serves(_ edit: @escaping @Sendable (inout HTTPHeaders) -> Void) -> MisbehaviorTests.Probe {
        { try await $0.wado($0.seriesRequest, edit: edit).status == 200 }
    }

    private static func servesManifest(
        _ manifest: @escaping @Sendable (ReferenceActors) -> String
    ) -> MisbehaviorTests.Probe {
        { harness in
            try await harness.wado(harness.seriesRequest) {
                $0.set("KOS-SOPInstanceUID", manifest(harness.actors))
            }.status == 200
        }
    }

    private static func status(_ harness: Harness, url: (String) -> String) async throws -> Int {
        var request = harness.seriesRequest
        request.url = url(request.url)
        return try await harness.wado(request).status
    }

    private static func target(_ harness: Harness, _ level: Level) -> String {
        let exam = harness.actors.exam
        let series = exam.series[0]
        var target = WADOTarget(base: exam.imageBaseURL, study: exam.studyUID)
        switch level {
        case .study: break
        case .instance, .frames:
            target = WADOTarget(
                base: exam.imageBaseURL, study: exam.studyUID, series: series.uid, instance: series.instances[0].uid,
                frames: level == .frames ? "1" : nil)
        case .metadata: return target.url + WADOTarget.metadataSuffix
        }
        return target.url
    }

    private static func request(_ harness: Harness, _ url: String) -> WADORequest {
        var request = harness.seriesRequest
        request.url = url
        return request
    }

    private static func count(_ harness: Harness, _ url: String) async throws -> Int {
        try await harness.wado(request(harness, url)).study.parts.count
    }

    private static func metadata(_ harness: Harness) async throws -> String {
        try await harness.wado(request(harness, target(harness, .metadata))) {
            $0.set("Accept", "application/dicom+json")
        }.text
    }

    private static func opens(_ change: @escaping @Sendable (String) -> String) -> MisbehaviorTests.Probe {
        { try await $0.open(change($0.actors.exam.link.text)).status == 200 }
    }

    private static func isRefused(_ change: @escaping @Sendable (String) -> String) -> MisbehaviorTests.Probe {
        { try await $0.open(change($0.actors.exam.link.text)).status != 200 }
    }
}

/// Whether the source takes a client that it must refuse, over TLS.
enum TransportProbes {
    static func probe(_ item: Misbehavior) -> MisbehaviorTests.Probe {
        { harness in
            let made = try TransportIdentities()
            let system = try await ReferenceSystem.start(
                exam: harness.actors.exam, misbehaviors: harness.misbehaviors, seed: 3, tls: made.server)
            let identity = made.identity(item == .wadoIgnoresWhitelist ? .unlisted : nil)
            var request = harness.seriesRequest
            request.url =
                (system.addresses.secureEndpoints["wado"] ?? "")
                + request.url.dropFirst(harness.actors.exam.imageBaseURL.count)
            let status: Int
            do throws(HTTPError) {
                status = try await HTTPClient().send(request.httpRequest, identity: identity).response.status
            } catch {
                status = 0
            }
            await system.stop()
            // The whitelist ends before the token and the KOS are looked at.
            return status != 0 && status != 403
        }
    }
}
