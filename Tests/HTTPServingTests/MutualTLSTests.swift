import Cryptography
import Foundation
import HTTP
import HTTPServing
import Testing

@Suite(.enabled(if: TestCertificates.isPossible, "the openssl command is absent"), .timeLimit(.minutes(2)))
struct MutualTLSTests {
    /// Tells the client what it showed.
    private struct Mirror: HTTPHandler {
        func respond(to request: ServerRequest) async -> ServerResponse {
            let peer = request.clientCertificate
            return ServerResponse(
                200,
                headers: [
                    "X-Subject": peer?.subject ?? "none", "X-Issuer": peer?.issuer ?? "none",
                    "X-Digest": peer?.certificateSHA256 ?? "none", "X-Version": peer?.version ?? "none",
                ], body: .bytes(peer?.certificate ?? []))
        }
    }

    struct Identity: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable (TestCertificates) -> TLSIdentity
    }

    @Test(
        "A client shows its certificate from any kind of file",
        arguments: [
            Identity(testDescription: "PEM") { $0.client("client") },
            Identity(testDescription: "PEM with a locked key") {
                TLSIdentity(
                    .pem(certificateChain: $0.path("client.pem"), key: $0.path("locked.key")),
                    passphrase: TestCertificates.passphrase, trust: $0.path("ca.pem"))
            },
            Identity(testDescription: "P12") {
                TLSIdentity(
                    .p12($0.path("client.p12")), passphrase: TestCertificates.passphrase, trust: $0.path("ca.pem"))
            },
        ])
    func shown(_ item: Identity) async throws {
        let certificates = try await TestCertificates()
        let server = try await HTTPServer.start(tls: certificates.server(), handler: Mirror())
        #expect(server.baseURL.hasPrefix("https://"))
        let exchange = try await HTTPClient().send(
            HTTPRequest("GET", server.baseURL + "/"), identity: item.make(certificates))
        await server.stop()
        let headers = exchange.response.headers
        let der = [UInt8](try Data(contentsOf: URL(fileURLWithPath: certificates.path("client.der"))))
        #expect(headers.first("X-Subject") == "C=FR, O=Cabinet d'essai, CN=Zoé Essai")
        #expect(headers.first("X-Issuer") == "O=Test, CN=Test authority")
        #expect(headers.first("X-Digest") == MessageDigest.hexadecimal(of: der, .sha256))
        #expect(headers.first("X-Version") == "TLSv1.3")
        #expect(try exchange.response.body.bytes() == der)
        let tls = try #require(exchange.wire.tls)
        #expect(tls.version == "TLSv1.3")
        #expect(tls.subject == "O=Test, CN=localhost")
        #expect(tls.issuer == "O=Test, CN=Test authority")
        #expect(tls.certificateSHA256?.count == 64)
        #expect(exchange.wire.tlsSeconds != nil)
    }

    @Test("A server that asks for no certificate sees none")
    func notAsked() async throws {
        let certificates = try await TestCertificates()
        let server = try await HTTPServer.start(tls: certificates.server(mutual: false), handler: Mirror())
        let exchange = try await HTTPClient().send(
            HTTPRequest("GET", server.baseURL + "/"), identity: certificates.client("client"))
        await server.stop()
        #expect(exchange.response.headers.first("X-Subject") == "none")
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var server = "server"
        let says: String
        let make: @Sendable (TestCertificates) -> TLSIdentity?
    }

    @Test(
        "Each failure of TLS says what to mend",
        arguments: [
            Refused(
                testDescription: "no client certificate",
                says: "the server asks for a client certificate and none was shown"
            ) { $0.client(nil) },
            Refused(
                testDescription: "a client certificate of another authority",
                says: "the server does not trust the authority of the client certificate"
            ) { $0.client("client-stranger") },
            Refused(testDescription: "an expired client certificate", says: "the client certificate has expired") {
                $0.client("client-expired")
            },
            Refused(
                testDescription: "an expired server certificate", server: "server-expired",
                says: "the server's certificate has expired"
            ) { $0.client("client") },
            Refused(
                testDescription: "another host name", server: "server-elsewhere",
                says: "the server's certificate does not bear the host name"
            ) { $0.client("client") },
            Refused(
                testDescription: "a server of another authority",
                says: "the server's certificate comes from no trusted authority"
            ) { $0.client("client", trust: "other") },
            Refused(
                testDescription: "the system's authorities",
                says: "the server's certificate comes from no trusted authority"
            ) { _ in nil },
            Refused(testDescription: "a wrong P12 passphrase", says: "the client's P12 file does not open") {
                TLSIdentity(.p12($0.path("client.p12")), passphrase: "wrong", trust: $0.path("ca.pem"))
            },
            Refused(testDescription: "a wrong key passphrase", says: "the client's key does not open") {
                TLSIdentity(
                    .pem(certificateChain: $0.path("client.pem"), key: $0.path("locked.key")), passphrase: "wrong",
                    trust: $0.path("ca.pem"))
            },
            Refused(
                testDescription: "the key of another certificate",
                says: "the client's key does not open, or is not that of"
            ) {
                TLSIdentity(
                    .pem(certificateChain: $0.path("client.pem"), key: $0.path("server.key")),
                    trust: $0.path("ca.pem"))
            },
            Refused(testDescription: "a certificate that is none", says: "the client certificate cannot be used") {
                TLSIdentity(
                    .pem(certificateChain: $0.path("client.ext"), key: $0.path("client.key")),
                    trust: $0.path("ca.pem"))
            },
            Refused(testDescription: "a missing file", says: "absent.pem' cannot be read: No such file") {
                $0.client("absent")
            },
            Refused(testDescription: "a missing authority", says: "trusted authorities") {
                $0.client("client", trust: "absent")
            },
        ])
    func refused(_ item: Refused) async throws {
        let certificates = try await TestCertificates()
        let server = try await HTTPServer.start(tls: certificates.server(item.server), handler: Mirror())
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(
                HTTPRequest("POST", server.baseURL + "/", body: .bytes([1, 2, 3])), identity: item.make(certificates))
        }
        // The server lives on.
        let exchange = try await HTTPClient().send(
            HTTPRequest("GET", server.baseURL + "/"),
            identity: TLSIdentity(certificates.client("client").credential, verifyServer: false))
        #expect(exchange.response.status == 200)
        await server.stop()
        let message = error?.message ?? ""
        #expect(error?.code == .tls, "\(message)")
        #expect(message.contains(item.says), "\(message)")
        #expect(message.hasPrefix("127.0.0.1:\(server.port): "), "\(message)")
        #expect(!message.contains("\n"))
    }

    @Test(
        "The server is told why a client has no connection",
        arguments: [
            (nil, "ca", RefusedPeer.Cause.noCertificate), ("client-stranger", "ca", .certificate),
            ("client-expired", "ca", .certificate), ("client", "other", .ownCertificate),
        ] as [(String?, String, RefusedPeer.Cause)])
    func told(_ client: String?, _ trust: String, _ cause: RefusedPeer.Cause) async throws {
        let certificates = try await TestCertificates()
        let (peers, continuation) = AsyncStream<RefusedPeer>.makeStream()
        let server = try await HTTPServer.start(
            tls: certificates.server(), refusal: { continuation.yield($0) }, handler: Mirror())
        _ = try? await HTTPClient().send(
            HTTPRequest("GET", server.baseURL + "/"), identity: certificates.client(client, trust: trust))
        let peer = await peers.first { _ in true }
        await server.stop()
        #expect(peer?.cause == cause, "\(peer?.detail ?? "")")
        #expect(peer?.address?.hasPrefix("127.0.0.1:") == true)
        #expect(peer?.detail.wholeMatch(of: /[A-Z0-9_, ]+/) != nil, "\(peer?.detail ?? "")")
    }

    @Test("TLS against plain HTTP, either way, says so")
    func mixedUp() async throws {
        let certificates = try await TestCertificates()
        let plain = try await HTTPServer.start(handler: Mirror())
        let first = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest("GET", "https://127.0.0.1:\(plain.port)/"))
        }
        await plain.stop()
        #expect(first?.code == .tls, "\(first?.message ?? "")")
        #expect(first?.message.contains("the peer does not speak TLS on this port") == true, "\(first?.message ?? "")")
        let secure = try await HTTPServer.start(tls: certificates.server(), handler: Mirror())
        let second = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(HTTPRequest("GET", "http://127.0.0.1:\(secure.port)/"))
        }
        await secure.stop()
        #expect(second?.code == .closed, "\(second?.message ?? "")")
        #expect(second?.message.contains("where the port speaks TLS, use https://") == true, "\(second?.message ?? "")")
    }

    @Test("A server certificate that cannot be used is told at the start")
    func unusable() async throws {
        let certificates = try await TestCertificates()
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPServer.start(
                tls: ServerTLS(certificateChain: certificates.path("ca.pem"), key: certificates.path("absent.key")),
                handler: Mirror())
        }
        #expect(error?.code == .tls)
        #expect(error?.message.contains("ca.pem") == true)
    }
}
