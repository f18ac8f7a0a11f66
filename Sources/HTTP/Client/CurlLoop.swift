internal import CLibCurl
import Foundation
import Synchronization

/// One `curl_multi` loop on its own thread: all transfers of a client, none of which waits for another.
final class CurlLoop: Sendable {
    typealias Completion = @Sendable (Result<HTTPExchange, HTTPError>) -> Void

    private struct Inbox {
        var jobs: [(job: TransferJob, completion: Completion)] = []
        var isStopped = false
        /// The multi handle is gone.
        var isEnded = false
    }

    /// libcurl's multi handle. Sendable: other threads only call `curl_multi_wakeup` on it, which libcurl documents as
    /// safe from any thread, and only under the inbox's lock before the end; all else happens on the loop's thread.
    private struct Multi: @unchecked Sendable {
        let handle: UnsafeMutableRawPointer
    }

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    private let inbox = Mutex(Inbox())
    private let multi: Multi
    private let reusesConnections: Bool

    init(reusesConnections: Bool) {
        guard Self.isReady, let handle = curl_multi_init() else {
            preconditionFailure("libcurl always starts: only lack of memory stops it")
        }
        multi = Multi(handle: handle)
        self.reusesConnections = reusesConnections
        let thread = Thread { [self] in run() }
        thread.name = "HTTPClient"
        thread.start()
    }

    /// Begins a transfer; `completion` is called once, on the loop's thread.
    func start(_ job: TransferJob, _ completion: @escaping Completion) {
        inbox.withLock {
            precondition(!$0.isStopped, "the client that sends keeps its loop")
            $0.jobs.append((job, completion))
            curl_multi_wakeup(multi.handle)
        }
    }

    /// Makes the loop look at its transfers again.
    func wake() {
        inbox.withLock { if !$0.isEnded { curl_multi_wakeup(multi.handle) } }
    }

    /// Ends the thread when no transfer is left.
    func stop() {
        inbox.withLock {
            $0.isStopped = true
            curl_multi_wakeup(multi.handle)
        }
    }

    // MARK: On the loop's thread

    private func run() {
        var transfers: [UnsafeMutableRawPointer: (transfer: Transfer, completion: Completion)] = [:]
        while true {
            let (jobs, isStopped) = inbox.withLock { inbox in
                defer { inbox.jobs = [] }
                return (inbox.jobs, inbox.isStopped)
            }
            for (job, completion) in jobs { begin(job, completion, &transfers) }
            if isStopped, transfers.isEmpty { break }
            var running: Int32 = 0
            curl_multi_perform(multi.handle, &running)
            finishDone(&transfers)
            let wait = supervise(&transfers)
            curl_multi_poll(multi.handle, nil, 0, Int32(wait * 1000) + 1, nil)
        }
        inbox.withLock { $0.isEnded = true }
        curl_multi_cleanup(multi.handle)
    }

    private func begin(
        _ job: TransferJob, _ completion: @escaping Completion,
        _ transfers: inout [UnsafeMutableRawPointer: (transfer: Transfer, completion: Completion)]
    ) {
        do throws(HTTPError) {
            if job.cancellation.isCancelled {
                throw HTTPError(.cancelled, "\(Transfer.peer(of: job.request.url)): the exchange was cancelled")
            }
            let transfer = try Transfer(job, reusesConnections: reusesConnections)
            transfers[transfer.easy] = (transfer, completion)
            curl_multi_add_handle(multi.handle, transfer.easy)
        } catch {
            completion(.failure(error))
        }
    }

    private func finishDone(
        _ transfers: inout [UnsafeMutableRawPointer: (transfer: Transfer, completion: Completion)]
    ) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi.handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            guard let (transfer, completion) = transfers.removeValue(forKey: easy) else { continue }
            end(transfer, code, completion)
        }
    }

    /// Ends what is beyond a limit or cancelled; returns the seconds until the next look.
    private func supervise(
        _ transfers: inout [UnsafeMutableRawPointer: (transfer: Transfer, completion: Completion)]
    ) -> Double {
        var wait = 60.0
        let now = Transfer.now()
        for (easy, entry) in transfers {
            let next = entry.transfer.supervise(now)
            guard entry.transfer.isOver else {
                wait = min(wait, next)
                continue
            }
            transfers[easy] = nil
            end(entry.transfer, nil, entry.completion)
        }
        return max(0, wait)
    }

    private func end(_ transfer: Transfer, _ code: CURLcode?, _ completion: Completion) {
        let result = transfer.finish(code)
        // libcurl may still call back while it lets go.
        withExtendedLifetime(transfer) {
            _ = curl_multi_remove_handle(multi.handle, transfer.easy)
            transfer.silence()
        }
        completion(result)
    }
}
