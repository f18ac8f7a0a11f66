internal import CLibCurl
import Foundation

extension Transfer {
    /// Refuses an identity whose files cannot be read, before a connection is made.
    func checkIdentity() throws(HTTPError) {
        guard let identity = job.identity else { return }
        var files: [(what: String, path: String)] = []
        if let trust = identity.trust { files.append(("the file of trusted authorities", trust)) }
        switch identity.credential {
        case .pem(let certificateChain, let key):
            files += [("the client certificate", certificateChain), ("the client's key", key)]
        case .p12(let path):
            files.append(("the client's P12 file", path))
        case nil:
            break
        }
        for (what, path) in files where access(path, R_OK) != 0 {
            throw HTTPError(
                .tls, "\(peer): \(what) '\(path)' cannot be read: \(String(cString: strerror(errno))): correct its path"
            )
        }
    }

    /// The error of a handshake: the cause, what to mend, and OpenSSL's words.
    func tlsError(_ reason: String) -> HTTPError {
        let cause = Self.causes.first { cause in cause.words.contains { reason.contains($0) } }
        var remedy = cause?.remedy ?? "check certificates, authorities and the clock of both sides"
        if asksForCertificate, job.identity?.credential == nil, cause == nil || cause?.isVague == true {
            remedy = Self.noCertificate
        }
        var error = HTTPError(.tls, "\(peer): TLS failed: \(remedy) (\(reason))")
        error.refusesClientCertificate = cause?.isOfClient == true || asksForCertificate && cause?.isVague == true
        return error
    }

    /// The error of a connection that ended before the answer, where TLS may be why; nil where it is not.
    func refusedCertificate(_ reason: String) -> HTTPError? {
        // TLS 1.3 (RFC 8446 §4.4.2.4): the server judges the client's certificate after the client's handshake is over.
        guard asksForCertificate, job.identity?.credential == nil, wire.responseHead.isEmpty else { return nil }
        var error = HTTPError(.tls, "\(peer): TLS failed: \(Self.noCertificate) (\(reason))")
        error.refusesClientCertificate = true
        return error
    }

    static let noCertificate =
        "the server asks for a client certificate and none was shown: name one in the TLS identity"

    private struct Cause {
        let words: [String]
        let remedy: String
        /// It fits other failures too.
        var isVague = false
        /// The server speaks of the client's certificate.
        var isOfClient = false
    }

    /// OpenSSL's words, and what they mean to who runs the exchange; the first that fits counts.
    private static let causes: [Cause] = [
        Cause(
            words: ["wrong version number", "packet length too long", "http request", "record layer failure"],
            remedy: "the peer does not speak TLS on this port: use http:// or correct the port"),
        Cause(
            words: ["alert protocol version", "unsupported protocol", "no protocols available"],
            remedy: "the server offers no TLS 1.2 or later: update its TLS settings"),
        Cause(words: ["alert certificate required"], remedy: noCertificate, isOfClient: true),
        Cause(
            words: ["alert unknown ca"],
            remedy: "the server does not trust the authority of the client certificate: "
                + "give the server that authority, or show another certificate",
            isOfClient: true),
        Cause(
            words: ["alert certificate expired"], remedy: "the client certificate has expired: renew it",
            isOfClient: true),
        Cause(
            words: ["alert certificate revoked"], remedy: "the client certificate is revoked: show another",
            isOfClient: true),
        Cause(
            words: [
                "alert bad certificate", "alert unsupported certificate", "alert certificate unknown",
                "alert access denied", "alert decrypt error",
            ],
            remedy: "the server refuses the client certificate: see the server's log, or show another",
            isOfClient: true),
        Cause(
            words: ["certificate has expired"],
            remedy: "the server's certificate has expired: renew it, or set the clock of this host"),
        Cause(
            words: ["not yet valid"],
            remedy: "the server's certificate is not valid yet: set the clock of this host, or make it anew"),
        Cause(
            words: ["subject name", "does not match target", "unable to obtain common name"],
            remedy: "the server's certificate does not bear the host name of the URL: "
                + "use a name that it bears, or make it anew"),
        Cause(
            words: [
                "local issuer certificate", "self-signed certificate", "self signed certificate", "issuer cert",
                "certificate signature failure", "asn1 encoding routines::EVP lib",
            ],
            remedy: "the server's certificate comes from no trusted authority: "
                + "name that authority's PEM file as the trust of the TLS identity"),
        Cause(
            words: ["PKCS12 file, check password", "mac verify failure"],
            remedy: "the client's P12 file does not open: correct its passphrase, "
                + "or make it anew with AES where its encryption is an old one"),
        Cause(
            words: ["bad decrypt", "bad password", "private key"],
            remedy: "the client's key does not open, or is not that of its certificate: "
                + "give the pair, in PEM, with its passphrase"),
        Cause(
            words: ["PEM client certificate", "client certificate"],
            remedy: "the client certificate cannot be used: give a PEM file that holds it"),
        Cause(
            words: ["certificate verify locations"],
            remedy: "the file of trusted authorities cannot be used: give a PEM file of certificates"),
        Cause(
            words: ["SSL_ERROR_SYSCALL", "unexpected eof", "Connection reset", "SSL_ERROR_ZERO_RETURN"],
            remedy: "the peer hung up during the handshake: check that this port speaks TLS, and see the server's log",
            isVague: true),
        Cause(
            words: ["alert handshake failure", "no shared cipher"],
            remedy: "the two sides have no cipher in common, or the server wants another certificate: "
                + "see the server's log",
            isVague: true),
    ]
}
