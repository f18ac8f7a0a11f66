public import Conformance
internal import Foundation
internal import Signatures

/// Whether a certificate and its key can be used, in words for who named the files.
public struct IdentityInspection: Sendable {
    /// What is wrong; none for a pair that can be used, and for one that names no file.
    public private(set) var faults: [TargetFault] = []
    /// The certificate of the key, where it can be read.
    private(set) var certificate: Certificate?
    /// The keys that lead to the certificate.
    private(set) var place: [String]

    private let keys: [String]

    /// Reads the files of `pair`, which stands at `keys`.
    public init(_ pair: SystemUnderTest.KeyPair, _ keys: [String]) {
        self.keys = keys
        place = keys + [pair.p12 == nil ? "certificate" : "p12"]
        let passphrase: String?
        if let variable = pair.passphraseVariable {
            // A variable that is not set is told when the run opens the keys.
            guard let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty else { return }
            passphrase = value
        } else {
            passphrase = nil
        }
        if let p12 = pair.p12 {
            read(p12: p12, passphrase, pair.passphraseVariable)
        } else if let certificate = pair.certificate, let key = pair.key {
            read(certificate, key, passphrase, pair.passphraseVariable)
        }
    }

    private mutating func report(_ key: String, _ message: String, _ advice: String) {
        faults.append(TargetFault(keys + [key], message, advice: advice))
    }

    // MARK: PKCS #12

    private mutating func read(p12 path: String, _ passphrase: String?, _ variable: String?) {
        guard let bytes = bytes(path, "p12") else { return }
        do {
            certificate = try SigningIdentity(p12: bytes, passphrase: passphrase).certificate
        } catch {
            let message = error.message
            if message.contains("no PKCS #12") {
                report(
                    "p12", "'\(Self.name(path))' is no PKCS #12 file",
                    "give a .p12 or .pfx file, or 'certificate' and 'key'")
            } else if message.contains("no certificate or no key") {
                report("p12", "'\(Self.name(path))' holds no certificate or no key", "export both into one file")
            } else if message.contains("is not that of") {
                report("p12", "the key in '\(Self.name(path))' is not that of its certificate", "export the pair again")
            } else if message.contains("unsupported") {
                report(
                    "p12", "'\(Self.name(path))' is locked by a method that is no longer in use",
                    "open it where it was made and export it with AES, or give PEM files")
            } else {
                reportPassphrase(path, variable, "p12")
            }
        }
    }

    private mutating func reportPassphrase(_ path: String, _ variable: String?, _ key: String) {
        guard let variable else {
            guard !keys.isEmpty, keys != ["listen"] else {
                return report(
                    key, "'\(Self.name(path))' is locked by a passphrase", "name a key that is not locked")
            }
            return report(
                key, "'\(Self.name(path))' is locked by a passphrase, and none is given",
                "add passphrase: {env: NAME} and put it in that environment variable")
        }
        faults.append(
            TargetFault(
                keys + ["passphrase"], "the passphrase in \(variable) does not open '\(Self.name(path))'",
                advice: "put the right one in that environment variable"))
    }

    // MARK: PEM

    private mutating func read(_ chain: String, _ key: String, _ passphrase: String?, _ variable: String?) {
        guard let certificates = bytes(chain, "certificate"), let secret = bytes(key, "key") else { return }
        guard !Certificate.read(pem: certificates).isEmpty else {
            return report(
                "certificate", Self.noCertificate(certificates, chain), "name the PEM file of the certificate")
        }
        guard Self.holdsKey(secret) else {
            return report("key", "'\(Self.name(key))' holds no private key in PEM", "name the PEM file of the key")
        }
        do {
            certificate = try SigningIdentity(
                certificates: certificates, key: secret, passphrase: passphrase
            ).certificate
        } catch {
            if error.message.contains("is not that of") {
                report(
                    "key", "the key '\(Self.name(key))' is not that of the certificate '\(Self.name(chain))'",
                    "name the key with which the certificate was asked for")
            } else if Self.isLocked(secret) {
                reportPassphrase(key, variable, "key")
            } else {
                report("key", "'\(Self.name(key))' holds no key that can be read", "export it again as PEM (PKCS #8)")
            }
        }
    }

    // MARK: Whom to trust

    /// What is wrong with a PEM file of authorities.
    public static func faults(ofTrust path: String, _ keys: [String]) -> [TargetFault] {
        var file = IdentityInspection(SystemUnderTest.KeyPair(), Array(keys.dropLast()))
        guard let key = keys.last, let bytes = file.bytes(path, key) else { return file.faults }
        if Certificate.read(pem: bytes).isEmpty {
            file.report(key, noCertificate(bytes, path), "name the PEM file of the accepted authorities")
        }
        return file.faults
    }

    // MARK: Files

    private mutating func bytes(_ path: String, _ key: String) -> [UInt8]? {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = (try? FileManager.default.attributesOfItem(atPath: real))?[.type] as? FileAttributeType
        guard type == .typeRegular else {
            let found = type == nil ? "there is no file" : "a folder or device stands at"
            report(key, "\(found) '\(Self.name(path))'", "name a file")
            return nil
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            report(key, "'\(Self.name(path))' cannot be read", "check its permissions")
            return nil
        }
        guard !data.isEmpty, data.count < 1 << 20 else {
            report(
                key, data.isEmpty ? "'\(Self.name(path))' is empty" : "'\(Self.name(path))' is larger than 1 MiB",
                "name another file")
            return nil
        }
        return [UInt8](data)
    }

    private static func noCertificate(_ bytes: [UInt8], _ path: String) -> String {
        if holdsKey(bytes) { return "'\(name(path))' holds a private key, a certificate was expected" }
        guard Certificate(der: bytes) == nil else { return "'\(name(path))' is a certificate in DER, PEM was expected" }
        return "'\(name(path))' holds no certificate in PEM"
    }

    private static func holdsKey(_ bytes: [UInt8]) -> Bool {
        bytes.firstRange(of: Array("PRIVATE KEY-----".utf8)) != nil
    }

    private static func isLocked(_ bytes: [UInt8]) -> Bool { bytes.firstRange(of: Array("ENCRYPTED".utf8)) != nil }

    private static func name(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }
}
