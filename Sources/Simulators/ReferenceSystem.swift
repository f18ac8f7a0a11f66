public import HTTP
public import HTTPServing
import Imaging
public import XDS

/// All actors of the reference system on free loopback ports: a DMP and a DRIMbox source that hold one exam.
///
/// The exam names public addresses in `https`, as a real one does; nothing listens there. `addresses.reachable` gives the
/// loopback address of each.
public final class ReferenceSystem: Sendable {
    /// Where the actors listen.
    public struct AddressBook: Sendable, Hashable {
        /// ITI-18.
        public let registry: String
        /// ITI-41 and ITI-43.
        public let repository: String
        /// The existence check, TD0.2.
        public let patients: String
        /// Authorisations, TD0.3.
        public let habilitations: String
        /// RAD-69.
        public let imagingSource: String
        /// WADO-RS: what precedes `/studies`.
        public let wado: String
        /// The display: what precedes `/IHEInvokeImageDisplay`.
        public let viewer: String
        /// The DMP and the source over TLS, by the names of a target file; empty without TLS.
        public let secureEndpoints: [String: String]
        /// Public address and loopback address, in the order in which they are tried.
        public let routes: [Route]

        /// A public address and where it is served.
        public struct Route: Sendable, Hashable {
            public let published: String
            public let served: String
        }

        /// Where a URL that the exam names is served; the URL itself where no route is known.
        public func reachable(_ url: String) -> String {
            for route in routes where url == route.published || url.hasPrefix(route.published + "/") {
                return route.served + url.dropFirst(route.published.count)
            }
            return url
        }

        /// The addresses by the names of a target file.
        public var endpoints: [String: String] {
            [
                "registry": registry, "repository": repository, "patients": patients,
                "habilitations": habilitations, "imaging-source": imagingSource, "wado": wado,
                "viewer": viewer, "imaging-gateway": imagingSource,
            ]
        }
    }

    /// The actors behind the sockets.
    public let actors: ReferenceActors
    public let addresses: AddressBook
    /// The faults that the system was told to show.
    public let misbehaviors: Set<Misbehavior>
    private let servers: [SimulatorServer]

    /// The exam that the system holds.
    public var exam: ExamFixture { actors.exam }
    /// What the system received so far.
    public var received: [ReceivedMessage] { get async { await actors.log.messages } }

    private init(
        actors: ReferenceActors, addresses: AddressBook, misbehaviors: Set<Misbehavior>, servers: [SimulatorServer]
    ) {
        self.actors = actors
        self.addresses = addresses
        self.misbehaviors = misbehaviors
        self.servers = servers
    }

    /// Starts the system.
    ///
    /// - Parameters:
    ///   - exam: what the system holds.
    ///   - misbehaviors: the rules that it breaks.
    ///   - patients: who the registry knows beside the patient of the exam; nil: every patient.
    ///   - seed: the seed of message and entry ids.
    ///   - policy: what the DMP demands beyond XDS.
    ///   - tls: serves the DMP and the source over TLS too, each on a port of its own; the source takes the clients of
    ///     its whitelist alone.
    ///   - dmpPort: the port of the DMP; 0 takes a free one.
    ///   - sourcePort: the port of the source; 0 takes a free one.
    /// - Throws: `HTTPError` when a port cannot be had.
    public static func start(
        exam: ExamFixture = ExamFixture(), misbehaviors: Set<Misbehavior> = [], patients: [CX]? = [],
        seed: UInt64? = nil, policy: DMPPolicy = .init(), tls: ServerTLS? = nil, host: String = "127.0.0.1",
        dmpPort: Int = 0,
        sourcePort: Int = 0
    ) async throws(HTTPError) -> ReferenceSystem {
        let actors = await ReferenceActors(
            exam: exam, misbehaviors: misbehaviors, patients: patients, seed: seed, policy: policy,
            admittedClients: tls == nil ? nil : TransportIdentities.listedClients)
        var servers: [SimulatorServer] = []
        func listen(_ simulator: any Simulator, port: Int, tls: ServerTLS? = nil) async throws(HTTPError)
            -> SimulatorServer
        {
            do {
                let server = try await SimulatorServer.start(simulator, host: host, port: port, tls: tls)
                servers.append(server)
                return server
            } catch {
                for server in servers { await server.stop() }
                throw error
            }
        }
        let dmp = try await listen(actors.dmp, port: dmpPort)
        let source = try await listen(actors.source, port: sourcePort)
        var secure: [String: String] = [:]
        if let tls {
            // N-SEC-04, N-WRS-12: a server that asks for no certificate takes every client.
            var (ofDMP, ofSource) = (tls, tls)
            if misbehaviors.contains(.acceptsAnyCertificate) { ofDMP.clientTrust = nil }
            if misbehaviors.contains(.sourceAnyCertificate) { ofSource.clientTrust = nil }
            secure = DMPClient.Endpoints(base: try await listen(actors.dmp, port: 0, tls: ofDMP).baseURL).named
            let base = try await listen(actors.source, port: 0, tls: ofSource).baseURL
            secure.merge(ImagingSourceSimulator.endpoints(base)) { own, _ in own }
        }
        let wado = source.baseURL + ImagingSourceSimulator.wadoPath
        let plain = DMPClient.Endpoints(base: dmp.baseURL)
        let addresses = AddressBook(
            registry: plain.registry, repository: plain.repository, patients: plain.patients,
            habilitations: plain.habilitations, imagingSource: source.baseURL + ImagingSourceSimulator.retrievePath,
            wado: wado, viewer: source.baseURL,
            secureEndpoints: secure,
            routes: [
                AddressBook.Route(published: exam.imageBaseURL, served: wado),
                AddressBook.Route(published: exam.displayBaseURL, served: source.baseURL),
            ])
        return ReferenceSystem(
            actors: actors, addresses: addresses, misbehaviors: misbehaviors, servers: servers)
    }

    /// Stops all actors; open connections are closed.
    public func stop() async {
        for server in servers { await server.stop() }
    }
}
