import Foundation
import HTTP
import HTTPServing

/// Authorities and certificates made for one test by the `openssl` command, in a folder that goes with them.
final class TestCertificates: Sendable {
    /// The passphrase of the P12 file and of the locked key.
    static let passphrase = "s3cret"

    /// Whether the command is there.
    static let isPossible = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .contains { FileManager.default.isExecutableFile(atPath: $0) }

    private let folder: TemporaryFolder

    init() async throws {
        folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        guard status == 0 else { throw HTTPError(.storage, "openssl ended with \(status)") }
    }

    func path(_ name: String) -> String { folder.path + "/" + name }

    func server(_ name: String = "server", mutual: Bool = true) -> ServerTLS {
        ServerTLS(
            certificateChain: path(name + ".pem"), key: path(name + ".key"),
            clientTrust: mutual ? path("ca.pem") : nil)
    }

    func client(_ name: String?, trust: String = "ca") -> TLSIdentity {
        TLSIdentity(
            name.map { .pem(certificateChain: path($0 + ".pem"), key: path($0 + ".key")) },
            trust: path(trust + ".pem"))
    }

    private static let script = """
        set -e
        key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -utf8"
        authority() { openssl req -x509 $key -keyout $1.key -out $1.pem -subj "/O=Test/CN=$2" -days 2; }
        leaf() {
            openssl req -new $key -keyout $1.key -out $1.csr -subj "$3"
            printf 'subjectAltName=%s\\n' "$5" > $1.ext
            openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -days $4 -extfile $1.ext -out $1.pem
        }
        authority ca "Test authority"
        authority other "Other authority"
        leaf server ca "/O=Test/CN=localhost" 2 "DNS:localhost,IP:127.0.0.1"
        leaf server-expired ca "/CN=localhost" -1 "DNS:localhost,IP:127.0.0.1"
        leaf server-elsewhere ca "/CN=elsewhere.example" 2 "DNS:elsewhere.example"
        leaf client ca "/C=FR/O=Cabinet d'essai/CN=Zoé Essai" 2 "DNS:client.example"
        leaf client-expired ca "/CN=late" -1 "DNS:client.example"
        leaf client-stranger other "/CN=stranger" 2 "DNS:client.example"
        openssl pkcs12 -export -in client.pem -inkey client.key -passout pass:\(passphrase) -out client.p12
        openssl pkcs8 -topk8 -in client.key -passout pass:\(passphrase) -out locked.key
        openssl x509 -in client.pem -outform DER -out client.der
        """
}

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "http-serving-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }
}
