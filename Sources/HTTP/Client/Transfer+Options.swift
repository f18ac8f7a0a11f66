internal import CLibCurl

extension Transfer {
    /// Tells libcurl what to send, and to do nothing else of its own.
    func configure(errorText: UnsafeMutablePointer<CChar>, reusesConnections: Bool) throws(HTTPError) {
        try checkRequest()
        try checkIdentity()
        set(CURLOPT_ERRORBUFFER, pointer: errorText)
        set(CURLOPT_URL, job.request.url)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_FOLLOWLOCATION, 0)
        // The limits are supervised here, each with its own code: libcurl has one code for all.
        set(CURLOPT_CONNECTTIMEOUT_MS, 1 << 30)
        set(CURLOPT_BUFFERSIZE, FileIO.pieceSize)
        set(CURLOPT_UPLOAD_BUFFERSIZE, FileIO.pieceSize)
        if !reusesConnections {
            set(CURLOPT_FRESH_CONNECT, 1)
            set(CURLOPT_FORBID_REUSE, 1)
        }
        if job.connectsOnly { set(CURLOPT_CONNECT_ONLY, 1) }
        configureTLS()
        configureMessage()
        configureCallbacks()
    }

    private func checkRequest() throws(HTTPError) {
        let request = job.request
        guard ASCII.isToken(request.method.utf8) else {
            throw HTTPError(.invalidRequest, "the method '\(request.method)' is no token: it cannot be sent")
        }
        guard request.url.hasPrefix("http://") || request.url.hasPrefix("https://") else {
            throw HTTPError(.invalidRequest, "the URL '\(request.url)' must begin with http:// or https://")
        }
        // libcurl takes C strings: a NUL would silently cut the URL.
        guard request.url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw HTTPError(.invalidRequest, "the URL '\(request.url)' holds a blank or control byte: write it as %XX")
        }
        guard body.length.map({ $0 >= 0 }) ?? true else {
            throw HTTPError(.invalidRequest, "a request body of negative length cannot be sent")
        }
        for field in request.headers.fields {
            let isPlain = (field.name + field.value).utf8.allSatisfy { $0 != ASCII.cr && $0 != ASCII.lf && $0 != 0 }
            guard isPlain, ASCII.isToken(field.name.utf8) else {
                throw HTTPError(.invalidRequest, "the header '\(field.name)' holds a line break or is no token")
            }
        }
    }

    private func configureTLS() {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_SESSIONID_CACHE, 0)
        set(CURLOPT_CERTINFO, 1)
        // Without a passphrase of ours OpenSSL would ask for one on the terminal.
        set(CURLOPT_KEYPASSWD, job.identity?.passphrase ?? "")
        guard let identity = job.identity else { return }
        if let trust = identity.trust {
            set(CURLOPT_CAINFO, trust)
            cisis_curl_set_string(easy, CURLOPT_CAPATH, nil)
        }
        set(CURLOPT_SSL_VERIFYPEER, identity.verifyServer ? 1 : 0)
        set(CURLOPT_SSL_VERIFYHOST, identity.verifyServer ? 2 : 0)
        switch identity.credential {
        case .pem(let certificateChain, let key):
            set(CURLOPT_SSLCERT, certificateChain)
            set(CURLOPT_SSLKEY, key)
        case .p12(let path):
            set(CURLOPT_SSLCERTTYPE, "P12")
            set(CURLOPT_SSLCERT, path)
        case nil:
            break
        }
    }

    private func configureMessage() {
        let request = job.request
        var lines: [String] = request.headers.fields.map {
            $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)"
        }
        // A header without value takes away what libcurl would add.
        for name in ["Expect", "Accept"] where !request.headers.contains(name) { lines.append("\(name):") }
        switch request.method {
        case "HEAD":
            set(CURLOPT_NOBODY, 1)
        case "GET" where body.length == 0:
            set(CURLOPT_HTTPGET, 1)
        default:
            let wantsBody = body.length != 0 || ["POST", "PUT", "PATCH"].contains(request.method)
            if wantsBody {
                set(CURLOPT_UPLOAD, 1)
                cisis_curl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(body.length ?? -1))
                if body.length == nil, !request.headers.contains("Transfer-Encoding") {
                    lines.append("Transfer-Encoding: chunked")
                }
            }
            set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        for line in lines { headerList = curl_slist_append(headerList, line) }
        cisis_curl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    }

    /// The callbacks get the transfer unretained: the loop keeps it until its easy handle is out of the multi handle.
    private func configureCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA, CURLOPT_SOCKOPTDATA,
        ] {
            set(option, pointer: context)
        }
        cisis_curl_set_transfer(easy, CURLOPT_READFUNCTION) { buffer, size, count, context in
            guard let transfer = Transfer.from(context) else { return Int(CURL_READFUNC_ABORT) }
            let target = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
            return transfer.read(into: target) ?? Int(CURL_READFUNC_ABORT)
        }
        cisis_curl_set_transfer(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.from(context)?.takeBody(piece) == true ? size * count : Int(CURL_WRITEFUNC_ERROR)
        }
        cisis_curl_set_transfer(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.from(context)?.takeHeader(line) == true ? size * count : Int(CURL_WRITEFUNC_ERROR)
        }
        cisis_curl_set_debug(easy) { _, kind, bytes, count, context in
            Transfer.from(context)?.told(kind, UnsafeRawBufferPointer(start: bytes, count: count))
            return 0
        }
        cisis_curl_set_socket(easy) { context, socket, _ in
            Transfer.from(context)?.opened(socket)
            return 0
        }
        set(CURLOPT_VERBOSE, 1)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func set(_ option: CURLoption, _ value: Int) { cisis_curl_set_long(easy, option, value) }

    private func set(_ option: CURLoption, _ value: String) { cisis_curl_set_string(easy, option, value) }

    private func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) {
        cisis_curl_set_pointer(easy, option, pointer)
    }
}
