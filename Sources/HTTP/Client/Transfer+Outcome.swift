internal import CLibCurl
import Cryptography
import Foundation

extension Transfer {
    /// The error of a libcurl code: where, what, and what to do.
    func error(of code: CURLcode, text: String) -> HTTPError {
        let reason = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
        func make(_ code: HTTPError.Code, _ message: String) -> HTTPError { HTTPError(code, "\(peer): \(message)") }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            return make(.unresolved, "the host name has no address: check its spelling and the resolver")
        case CURLE_COULDNT_CONNECT:
            return connectionError(reason)
        case CURLE_URL_MALFORMAT:
            return make(.invalidRequest, "the URL '\(job.request.url)' cannot be used: \(reason)")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_INVALIDCERTSTATUS:
            return tlsError(reason)
        case CURLE_GOT_NOTHING:
            return refusedCertificate(reason)
                ?? hungUp(make(.closed, "the connection was closed without an answer\(schemeHint)"))
        case CURLE_PARTIAL_FILE:
            return make(.closed, "the connection was closed before the end of the answer: \(reason)")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2:
            return make(.malformed, "what came is no HTTP/1.1 answer: \(reason)")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            return brokenConnection(reason)
        case CURLE_OUT_OF_MEMORY where phase == .waiting || phase == .receiving:
            // libcurl's word for a line beyond its own buffer.
            return make(.tooLarge, "a header line is too long: \(reason)")
        default:
            return make(.closed, "the exchange failed: \(reason) (libcurl \(code.rawValue))")
        }
    }

    /// A TLS server hangs up on plain HTTP without a word.
    private var schemeHint: String {
        let isPlain = !job.request.url.hasPrefix("https") && wire.responseHead.isEmpty
        return isPlain ? ": see the server's log; where the port speaks TLS, use https://" : ""
    }

    private func connectionError(_ reason: String) -> HTTPError {
        var number = 0
        cisis_curl_get_long(easy, CURLINFO_OS_ERRNO, &number)
        if Int32(number) == ECONNREFUSED {
            return HTTPError(.refused, "\(peer): nothing listens there: start the server or correct the port")
        }
        let cause = number == 0 ? reason : String(cString: strerror(Int32(number)))
        return HTTPError(.unreachable, "\(peer): no connection: \(cause): check address and network")
    }

    private func brokenConnection(_ reason: String) -> HTTPError {
        if reason.contains("chunk") {
            return HTTPError(.malformed, "\(peer): the answer's chunked framing is broken: \(reason)")
        }
        // TLS 1.3: a refused client certificate is told only when the answer is read.
        if reason.contains(" alert ") { return tlsError(reason) }
        return refusedCertificate(reason)
            ?? hungUp(HTTPError(.closed, "\(peer): the connection broke: \(reason)\(schemeHint)"))
    }

    /// The error of a connection that the server ended before its answer: over the certificate, where it asked for one and
    /// no byte of the answer came. An alert may be lost when the client still sends.
    private func hungUp(_ error: HTTPError) -> HTTPError {
        var error = error
        error.refusesClientCertificate = asksForCertificate && wire.responseHead.isEmpty
        return error
    }

    /// `host:port` of a URL, for messages.
    static func peer(of url: String) -> String {
        let isSecure = url.lowercased().hasPrefix("https:")
        guard let mark = url.firstRange(of: "://") else { return url }
        var authority = String(url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
        if let at = authority.lastIndex(of: "@") { authority = String(authority[authority.index(after: at)...]) }
        let hasPort = authority.last != "]" && authority.split(separator: "]").last?.contains(":") == true
        return hasPort ? authority : "\(authority):\(isSecure ? 443 : 80)"
    }

    func seconds(_ info: CURLINFO) -> Double? {
        var microseconds: curl_off_t = 0
        guard cisis_curl_get_offset(easy, info, &microseconds) == CURLE_OK, microseconds > 0 else { return nil }
        return Double(microseconds) / 1e6
    }

    func remoteAddress() -> String? {
        var address: UnsafePointer<CChar>?
        var port = 0
        guard cisis_curl_get_string(easy, CURLINFO_PRIMARY_IP, &address) == CURLE_OK, let address,
            cisis_curl_get_long(easy, CURLINFO_PRIMARY_PORT, &port) == CURLE_OK, port > 0
        else { return nil }
        let text = String(cString: address)
        return text.contains(":") ? "[\(text)]:\(port)" : "\(text):\(port)"
    }

    /// libcurl tells version and cipher nowhere but in its log: `SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384`;
    /// nor that the server wants a certificate: `TLSv1.3 (IN), TLS handshake, Request CERT (13):`.
    func readTLSText(_ text: String) {
        if text.contains("(IN), TLS handshake, Request CERT") { asksForCertificate = true }
        let mark = "SSL connection using "
        guard text.hasPrefix(mark) else { return }
        let words = text.dropFirst(mark.count).split { $0 == " " || $0 == "/" || $0 == "\n" }
        guard words.count >= 2 else { return }
        tls.version = String(words[0])
        tls.cipher = String(words[1])
    }

    func tlsPeer() -> TLSPeer? {
        var peer = tls
        var pointer: UnsafeMutableRawPointer?
        if cisis_curl_get_pointer(easy, CURLINFO_CERTINFO, &pointer) == CURLE_OK, let pointer {
            let chain = pointer.assumingMemoryBound(to: curl_certinfo.self).pointee
            if chain.num_of_certs > 0, let first = chain.certinfo?[0] { Self.read(first, into: &peer) }
        }
        return peer == TLSPeer() ? nil : peer
    }

    private static func read(_ list: UnsafeMutablePointer<curl_slist>, into peer: inout TLSPeer) {
        var item: UnsafeMutablePointer<curl_slist>? = list
        while let entry = item {
            defer { item = entry.pointee.next }
            guard let data = entry.pointee.data else { continue }
            let text = String(cString: data)
            guard let colon = text.firstIndex(of: ":") else { continue }
            let value = String(text[text.index(after: colon)...])
            switch text[..<colon] {
            case "Subject": peer.subject = value
            case "Issuer": peer.issuer = value
            case "Cert": peer.certificate = certificate(pem: value)
            default: break
            }
        }
        peer.certificateSHA256 = peer.certificate.map { MessageDigest.hexadecimal(of: $0, .sha256) }
        peer.readNames()
    }

    private static func certificate(pem: String) -> [UInt8]? {
        let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
        return Data(base64Encoded: lines.joined()).map { [UInt8]($0) }
    }
}
