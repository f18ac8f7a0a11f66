internal import Conformance
internal import Foundation
internal import HTTP
internal import Signatures
internal import Simulators
internal import XDS

/// The keys that a target file names, opened; secrets come from the environment variables that it names.
struct TargetIdentities: Sendable {
    /// The client of TLS connections; nil for the embedded system.
    let client: TLSIdentity?
    /// The expired client that the system must refuse; nil where the file names none.
    let expired: TLSIdentity?
    /// The client that the whitelist does not name; nil where the file names none.
    let unlisted: TLSIdentity?
    /// With what messages are signed; nil where the file names no key.
    let credentials: Credentials?
    /// The access token of WADO-RS.
    let token: String?
    /// The cookies of a session of the viewer.
    let session: String?
    /// What must not be told: passphrases, the token and the session.
    let secrets: [String]

    /// - Throws: `RunError` with `usage` for a variable that is not set, and for a key that cannot be opened.
    init(_ target: SystemUnderTest?) throws(RunError) {
        guard let target else {
            (client, expired, unlisted, credentials, token, session, secrets) = (nil, nil, nil, nil, nil, nil, [])
            return
        }
        let token = try target.tokenVariable.map { variable throws(RunError) in try Self.secret(variable) }
        let session = try target.sessionVariable.map { variable throws(RunError) in try Self.secret(variable) }
        let tls = target.tls
        let client = TLSIdentity(
            tls.identity.credential, passphrase: try Self.passphrase(tls.identity), trust: tls.trust,
            verifyServer: tls.verifies)
        func refused(_ pair: SystemUnderTest.KeyPair?) throws(RunError) -> TLSIdentity? {
            try pair.map { pair throws(RunError) in
                TLSIdentity(
                    pair.credential, passphrase: try Self.passphrase(pair), trust: tls.trust,
                    verifyServer: tls.verifies)
            }
        }
        expired = try refused(tls.expired)
        unlisted = try refused(tls.unlisted)
        let assertion = try Self.signer(target.signing.assertion, "signing.assertion")
        let submission =
            target.signing.submission == target.signing.assertion
            ? assertion : try Self.signer(target.signing.submission, "signing.submission")
        credentials =
            assertion == nil && submission == nil
            ? nil : Credentials(assertion: assertion, submission: submission, professional: target.professional)
        let passphrases = [target.signing.assertion, target.signing.submission].compactMap { $0?.passphraseVariable }
        var secrets = [token, session, client.passphrase, expired?.passphrase, unlisted?.passphrase].compactMap { $0 }
        for variable in passphrases { secrets.append(try Self.secret(variable)) }
        (self.client, self.token, self.session, self.secrets) = (client, token, session, secrets)
    }

    private static func secret(_ variable: String) throws(RunError) -> String {
        guard let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty else {
            throw RunError(.usage, "the target file names the environment variable \(variable), which is not set")
        }
        return value
    }

    private static func passphrase(_ pair: SystemUnderTest.KeyPair) throws(RunError) -> String? {
        try pair.passphraseVariable.map { variable throws(RunError) in try secret(variable) }
    }

    private static func signer(_ pair: SystemUnderTest.KeyPair?, _ key: String) throws(RunError) -> SigningIdentity? {
        guard let pair else { return nil }
        let passphrase = try passphrase(pair)
        do throws(SignatureError) {
            if let p12 = pair.p12 { return try SigningIdentity(p12File: p12, passphrase: passphrase) }
            guard let certificate = pair.certificate, let key = pair.key else { return nil }
            return try SigningIdentity(certificateChain: certificate, key: key, passphrase: passphrase)
        } catch {
            throw RunError(.usage, "the key '\(key)' of the target file: \(error.message)")
        }
    }
}

extension SystemUnderTest.KeyPair {
    /// The files as a TLS client shows them; nil where none is named.
    var credential: TLSIdentity.Credential? {
        p12.map { .p12($0) } ?? certificate.map { .pem(certificateChain: $0, key: key ?? $0) }
    }
}

extension SystemUnderTest.Exam {
    /// The files beyond report and manifest.
    var parts: [HeldExam.Part: String] {
        var files: [HeldExam.Part: String] = [:]
        files[.olderReport] = olderReport
        files[.withdrawnReport] = withdrawnReport
        files[.otherManifest] = otherManifest
        files[.replacedManifest] = replacedManifest
        return files
    }
}

extension SystemUnderTest {
    /// The patients of the file whose records are in a state that scenarios ask for.
    var namedPatients: [BuiltInVariable: CX] {
        let named: [(BuiltInVariable, Patient?)] = [
            (.absentPatientId, patients.absent), (.closedPatientId, patients.closed),
            (.blockedPatientId, patients.blocked),
        ]
        var values: [BuiltInVariable: CX] = [:]
        for (variable, patient) in named {
            // INS-C and test numbers have authorities of their own; the type of an identity of the national register is NH.
            values[variable] = patient.map { CX(id: $0.nationalIdentifier, oid: $0.authority, type: "NH") }
        }
        return values
    }
}
