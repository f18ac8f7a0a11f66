import Foundation

/// Keys and certificates for signatures, made for the tests of one process by the `openssl` command: nobody else's.
public final class SigningFiles: Sendable {
    /// The passphrase of the locked key and of the P12 file.
    public static let passphrase = "s3cret"
    /// The structure that the certificates name.
    public static let structure = "499700000000017"
    public static let absence = "the openssl command is absent"

    /// Whether the command is there.
    public static let isPossible = Tool.has("openssl")

    /// The files; call it only in tests enabled by `isPossible`.
    public static let shared: SigningFiles = {
        do { return try SigningFiles() } catch { preconditionFailure("openssl cannot make the files: \(error)") }
    }()

    private let folder: URL

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let output = try Tool.run(["sh", "-c", "cd '\(folder.path)' && {\n\(Self.script)\n}"])
        guard output.status == 0 else { throw Failure(text: output.text) }
    }

    struct Failure: Error { let text: String }

    /// The path of a file: `ca.pem`, `drimbox.pem`, `drimbox.key`, …
    public func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// The bytes of a file.
    public func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    private static let script = """
        set -e
        authority() { openssl req -x509 -newkey rsa:2048 -nodes -utf8 -keyout $1.key -out $1.pem -subj "/C=FR/O=Test/CN=$2" -days 400 \\
            -addext keyUsage=critical,keyCertSign,cRLSign; }
        leaf() {
            openssl req -new -newkey $4 -nodes -utf8 -keyout $1.key -out $1.csr -subj "$3"
            printf '%s\\n' basicConstraints=CA:false keyUsage=critical,digitalSignature,nonRepudiation \\
                extendedKeyUsage=clientAuth,emailProtection subjectAltName=DNS:$1.test \\
                subjectKeyIdentifier=hash authorityKeyIdentifier=keyid > $1.ext
            openssl x509 -req -extfile $1.ext -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -days 200 -out $1.pem
        }
        structure="/C=FR/ST=Paris (75)/O=CABINET DE TEST/OU=\(structure)"
        authority ca "Test authority"
        authority other "Other authority"
        leaf drimbox ca "$structure/CN=DRIMbox" rsa:2048
        leaf elliptic ca "$structure/CN=DRIMbox" "ec -pkeyopt ec_paramgen_curve:prime256v1"
        leaf short ca "$structure/CN=DRIMbox" rsa:1024
        leaf stranger other "$structure/CN=DRIMbox" rsa:2048
        leaf list ca "/C=FR/ST=Paris (75)/O=AGENCE DE TEST/OU=318751275100020/CN=Liste Blanche DRIM-M" rsa:2048
        leaf impostor ca "/C=FR/ST=Paris (75)/O=AGENCE DE TEST/OU=318751275100020/CN=Autre liste" rsa:2048
        openssl rsa -in drimbox.key -aes256 -passout pass:\(passphrase) -out locked.key
        openssl pkcs12 -export -inkey drimbox.key -in drimbox.pem -certfile ca.pem -passout pass:\(passphrase) -out drimbox.p12
        printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index.txt\\ndefault_md=sha256\\ndefault_crl_days=300\\n' > ca.cnf
        : > index.txt
        openssl ca -config ca.cnf -cert ca.pem -keyfile ca.key -revoke impostor.pem
        openssl ca -config ca.cnf -cert ca.pem -keyfile ca.key -gencrl -out revoked.crl
        cat ca.pem revoked.crl > trust.pem
        """
}
