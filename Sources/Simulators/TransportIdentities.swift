internal import Cryptography
internal import Foundation
public import HTTP
public import HTTPServing

/// The certificates of a TLS test, made anew: those of a server that demands client certificates, and those of clients that
/// it must take or refuse. The files are in a folder that only the user can read, and go with the value.
public final class TransportIdentities: Sendable {
    /// What a client shows.
    public enum Client: String, Sendable, CaseIterable {
        /// A certificate of the authority that the server accepts.
        case known
        /// One of another authority.
        case stranger
        /// One of the accepted authority whose life is over.
        case expired
        /// One of the accepted authority, of a client that the whitelist of an imaging source does not name.
        case unlisted
    }

    /// The common names of the clients that the whitelist of an imaging source names.
    public static let listedClients: Set<String> = ["CISIS client"]

    private let folder: String

    /// Makes authorities and certificates.
    ///
    /// - Throws: `HTTPError` with `storage` when the folder cannot be written.
    public init() throws(HTTPError) {
        folder = NSTemporaryDirectory() + "cisis-tls-" + UUID().uuidString
        let authority = MadeCertificate(name: "CISIS authority")
        let names = "DNS:localhost,IP:127.0.0.1,IP:::1"
        let day: Int64 = 86_400
        let made: [(String, MadeCertificate)] = [
            ("authority", authority),
            ("server", MadeCertificate(issuer: authority, name: "localhost", alternatives: names)),
            (Client.known.rawValue, MadeCertificate(issuer: authority, name: "CISIS client")),
            (
                Client.expired.rawValue,
                MadeCertificate(issuer: authority, name: "CISIS expired client", from: -2 * day, to: -day)
            ),
            (Client.unlisted.rawValue, MadeCertificate(issuer: authority, name: "CISIS unlisted client")),
            (
                Client.stranger.rawValue,
                MadeCertificate(issuer: MadeCertificate(name: "Other authority"), name: "CISIS stranger")
            ),
        ]
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for (name, certificate) in made {
                try Data(certificate.certificatePEM.utf8).write(to: URL(fileURLWithPath: path(name + ".pem")))
                try Data(certificate.keyPEM.utf8).write(to: URL(fileURLWithPath: path(name + ".key")))
            }
        } catch {
            throw HTTPError(.storage, "\(folder): certificates cannot be written: \(error.localizedDescription)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func path(_ name: String) -> String { folder + "/" + name }

    /// A server that demands a certificate of the authority.
    public var server: ServerTLS {
        ServerTLS(certificateChain: path("server.pem"), key: path("server.key"), clientTrust: path("authority.pem"))
    }

    /// What a client shows, and whom it trusts.
    ///
    /// - Parameters:
    ///   - client: nil shows no certificate.
    ///   - trust: PEM file of the authorities of the server; nil: that of `server`.
    public func identity(_ client: Client?, trust: String? = nil, verifyServer: Bool = true) -> TLSIdentity {
        TLSIdentity(
            client.map {
                .pem(certificateChain: path($0.rawValue + ".pem"), key: path($0.rawValue + ".key"))
            }, trust: trust ?? path("authority.pem"), verifyServer: verifyServer)
    }
}
