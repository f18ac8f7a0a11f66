internal import CLibCurl
import Foundation

/// One exchange on the loop's thread: its easy handle, its phase, its record.
///
/// Not `Sendable`: it is made, called back and finished on the loop's thread alone.
final class Transfer {
    enum Phase {
        case connecting
        case sending
        case waiting
        case receiving
    }

    /// The heads of one answer, interim ones included, in bytes.
    static let headLimit = 256 << 10
    /// Empty pieces of a body, one after the other: the loop of all exchanges waits meanwhile.
    static let emptyLimit = 10_000
    /// Interim answers (1xx) before the answer.
    static let interimLimit = 32

    let easy: UnsafeMutableRawPointer
    let job: TransferJob
    let peer: String
    private let errorText: UnsafeMutablePointer<CChar>
    var headerList: UnsafeMutablePointer<curl_slist>?

    private(set) var phase = Phase.connecting
    var failure: HTTPError?
    var wire = WireRecord(started: Date())
    var tls = TLSPeer()
    /// Whether the server asked for a client certificate.
    var asksForCertificate = false

    private let started = Transfer.now()
    private var lastActivity = Transfer.now()
    private var waitingSince = 0.0
    private var lastSample = 0.0
    private var progress: UInt64 = 0
    private var sockets: [(descriptor: Int32, inode: UInt64)] = []

    // The request's body.
    let body: RequestBody
    private let bodyReader: @Sendable () throws -> [UInt8]?
    private var piece: ArraySlice<UInt8> = []
    private var handedOver: Int64 = 0
    private var sent: Int64 = 0
    private let requestRecorder: BodyRecorder

    // The answer.
    private var headBytes = 0
    private var interimCount = 0
    private var isHeadComplete = false
    private let responseRecorder: BodyRecorder

    init(_ job: TransferJob, reusesConnections: Bool) throws(HTTPError) {
        guard let easy = curl_easy_init() else { preconditionFailure("out of memory") }
        self.easy = easy
        self.job = job
        peer = Self.peer(of: job.request.url)
        body = job.request.body
        bodyReader = body.makeReader()
        requestRecorder = BodyRecorder(directory: job.spoolDirectory)
        responseRecorder = BodyRecorder(directory: job.spoolDirectory)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try configure(errorText: errorText, reusesConnections: reusesConnections)
    }

    deinit {
        silence()
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Ends the callbacks: libcurl still logs while it lets go of the handle.
    func silence() { cisis_curl_set_long(easy, CURLOPT_VERBOSE, 0) }

    /// Seconds of a clock that only goes forward.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    var isOver: Bool { failure != nil }

    func fail(_ code: HTTPError.Code, _ message: String) {
        if failure == nil { failure = HTTPError(code, "\(peer): \(message)") }
    }

    // MARK: Limits

    /// Fails the transfer where it is cancelled or beyond a limit; returns the seconds until the next look.
    func supervise(_ now: Double) -> Double {
        if job.cancellation.isCancelled {
            fail(.cancelled, "the exchange was cancelled")
            return 0
        }
        let limits = job.timeouts
        var wait = started + limits.total - now
        if wait <= 0 {
            fail(
                .totalTimeout,
                "the exchange was not over after \(Self.text(limits.total)) (total limit): raise it if so much data is meant"
            )
            return 0
        }
        switch phase {
        case .connecting:
            wait = min(wait, started + limits.connect - now)
            if wait <= 0 {
                fail(
                    .connectTimeout,
                    "no connection within \(Self.text(limits.connect)) (connect limit): check address, firewall and that the server speaks \(job.request.url.hasPrefix("https") ? "TLS" : "HTTP")"
                )
            }
        case .waiting:
            wait = min(wait, waitingSince + limits.firstByte - now)
            if wait <= 0 {
                fail(
                    .firstByteTimeout,
                    "no answer within \(Self.text(limits.firstByte)) after the request (first-byte limit): see the server's log, or raise the limit"
                )
            }
        case .sending, .receiving:
            let pause = min(0.25, limits.idle / 4)
            if now - lastSample >= pause { sample(now) }
            let left = lastActivity + limits.idle - now
            wait = min(wait, left, pause)
            if left <= 0 {
                fail(
                    .idleTimeout,
                    "no byte in either direction for \(Self.text(limits.idle)) while \(phase == .sending ? "sending the request" : "receiving the answer") (idle limit): see the server's log, or raise the limit"
                )
            }
        }
        return wait
    }

    /// What the system's counters say moved, though libcurl may still hold it.
    private func sample(_ now: Double) {
        lastSample = now
        // A closed socket's number may by now be that of another exchange.
        let open = sockets.filter { Self.inode($0.descriptor) == $0.inode }
        let progress = open.reduce(UInt64(0)) { $0 &+ cisis_tcp_progress($1.descriptor) }
        if progress != self.progress {
            self.progress = progress
            lastActivity = now
        }
    }

    private static func text(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }

    func opened(_ socket: Int32) { sockets.append((socket, Self.inode(socket))) }

    /// What tells one socket from a later one of the same number; 0 where it is closed.
    private static func inode(_ descriptor: Int32) -> UInt64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? UInt64(status.st_ino) : 0
    }

    // MARK: What libcurl hands over

    func told(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        switch kind {
        case CURLINFO_TEXT:
            readTLSText(String(decoding: bytes, as: UTF8.self))
        case CURLINFO_HEADER_OUT:
            wire.requestHead += bytes
            lastActivity = Self.now()
            if phase == .connecting { phase = .sending }
            if body.length == 0 { beginWaiting() }
        case CURLINFO_DATA_OUT:
            lastActivity = Self.now()
            // Of a chunked body the bytes here are framed: it was recorded when it was handed over.
            guard let length = body.length else { return }
            sent += Int64(bytes.count)
            if case .stream = body { record(bytes) }
            if sent >= length { beginWaiting() }
        case CURLINFO_HEADER_IN, CURLINFO_DATA_IN:
            lastActivity = Self.now()
            phase = .receiving
        default:
            break
        }
    }

    private func beginWaiting() {
        guard phase == .sending else { return }
        phase = .waiting
        waitingSince = Self.now()
    }

    private func record(_ bytes: UnsafeRawBufferPointer) {
        do throws(HTTPError) {
            try requestRecorder.append(bytes)
        } catch {
            failure = failure ?? error
        }
    }

    /// Fills `buffer` with the next bytes of the body; nil stops the transfer.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        guard failure == nil else { return nil }
        do {
            var empties = 0
            while piece.isEmpty {
                guard let next = try bodyReader() else { return endOfBody() }
                piece = next[...]
                empties += 1
                if empties > Self.emptyLimit {
                    fail(.consumer, "the request's body gives empty pieces without end")
                    return nil
                }
            }
        } catch {
            fail(.consumer, "the request's body could not be read: \(error)")
            return nil
        }
        let count = min(buffer.count, piece.count)
        if let length = body.length, handedOver + Int64(piece.count) > length {
            fail(.consumer, "the request's body goes on after the \(length) bytes announced")
            return nil
        }
        piece.prefix(count).withUnsafeBytes { source in
            buffer.copyMemory(from: source)
            if body.length == nil { record(source) }
        }
        piece = piece.dropFirst(count)
        handedOver += Int64(count)
        return count
    }

    private func endOfBody() -> Int? {
        if let length = body.length, handedOver < length {
            fail(.consumer, "the request's body ended after \(handedOver) of the \(length) bytes announced")
            return nil
        }
        beginWaiting()
        return 0
    }

    /// Takes one line of a head or trailer; false stops the transfer.
    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        guard failure == nil else { return false }
        headBytes += line.count
        if headBytes > Self.headLimit {
            fail(.tooLarge, "the answer's header fields exceed \(Self.headLimit) bytes")
            return false
        }
        if isHeadComplete, line.starts(with: "HTTP/".utf8) {
            // An interim head before this one.
            wire.interimHeads += wire.responseHead
            wire.responseHead = []
            isHeadComplete = false
            interimCount += 1
            if interimCount > Self.interimLimit {
                fail(.tooLarge, "more than \(Self.interimLimit) interim answers (1xx) came before the answer")
                return false
            }
        }
        if isHeadComplete {
            wire.trailers += line
        } else {
            wire.responseHead += line
            isHeadComplete = line.allSatisfy { $0 == ASCII.cr || $0 == ASCII.lf }
        }
        return true
    }

    /// Takes bytes of the answer's body; false stops the transfer.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard failure == nil else { return false }
        let room = max(0, job.maximumBody - responseRecorder.length)
        let kept = UnsafeRawBufferPointer(rebasing: bytes.prefix(Int(min(Int64(bytes.count), room))))
        do {
            try responseRecorder.append(kept)
            try job.onBody?(kept)
        } catch let error as HTTPError {
            failure = failure ?? error
            return false
        } catch {
            fail(.consumer, "the answer's reader stopped: \(error)")
            return false
        }
        if kept.count < bytes.count {
            fail(.tooLarge, "the answer's body exceeds the \(job.maximumBody) bytes allowed")
            return false
        }
        return true
    }

    // MARK: The end

    /// The exchange, or why there is none; `code` is nil where the transfer was stopped.
    func finish(_ code: CURLcode?) -> Result<HTTPExchange, HTTPError> {
        completeRecord()
        if let code, code != CURLE_OK, failure == nil {
            failure = error(of: code, text: String(cString: errorText))
        }
        checkHead()
        if let failure {
            var told = HTTPError(failure.code, failure.message, wire: wire)
            told.refusesClientCertificate = failure.refusesClientCertificate
            return .failure(told)
        }
        if job.connectsOnly {
            return .success(HTTPExchange(request: job.request, response: HTTPResponse(status: 0), wire: wire))
        }
        guard let body = wire.responseBody, let response = HTTPResponse(head: wire.responseHead, body: body) else {
            return .failure(HTTPError(.malformed, "\(peer): the answer has no status line of HTTP/1.1", wire: wire))
        }
        return .success(HTTPExchange(request: job.request, response: response, wire: wire))
    }

    /// What libcurl lets pass: a head that is cut, interim answers alone, lengths that contradict each other.
    private func checkHead() {
        guard failure == nil || failure?.code == .closed, !wire.responseHead.isEmpty else { return }
        let status = HTTPResponse(head: wire.responseHead, body: .empty)?.status ?? 0
        // RFC 9112 §6.3: differing lengths leave the end of the body unknown.
        let lengths = Set(HTTPHeaders.parse(wire.responseHead).headers.all("Content-Length"))
        if lengths.count > 1 {
            let list = lengths.sorted().joined(separator: ", ")
            failure = HTTPError(.malformed, "\(peer): the answer bears contradicting Content-Length fields: \(list)")
        } else if !isHeadComplete {
            fail(.closed, "the connection was closed within the head of the answer")
        } else if (100..<200).contains(status), status != 101 {
            fail(.closed, "the connection was closed after the interim answer \(status), before the answer")
        }
    }

    private func completeRecord() {
        if case .bytes(let bytes) = body {
            wire.requestBody = RecordedBody(sent >= bytes.count ? bytes : Array(bytes.prefix(Int(sent))))
        } else {
            wire.requestBody = requestRecorder.finish()
        }
        wire.responseBody = wire.responseHead.isEmpty ? nil : responseRecorder.finish()
        wire.connectSeconds = seconds(CURLINFO_CONNECT_TIME_T)
        wire.tlsSeconds = seconds(CURLINFO_APPCONNECT_TIME_T)
        wire.firstByteSeconds = wire.responseHead.isEmpty ? nil : seconds(CURLINFO_STARTTRANSFER_TIME_T)
        wire.totalSeconds = Self.now() - started
        wire.remoteAddress = remoteAddress()
        wire.tls = tlsPeer()
    }
}
