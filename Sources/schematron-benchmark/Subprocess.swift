internal import Glibc

/// A program that is run to its end.
struct Subprocess {
    /// What came of it.
    struct Result {
        let status: Int32
        let output: String
        /// From before the start to after the end.
        let milliseconds: Double
        /// The processor time of all its threads, user and system.
        let processorMilliseconds: Double

        func milliseconds(by clock: Options.Clock) -> Double {
            clock == .cpu ? processorMilliseconds : milliseconds
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a program found on the PATH; what it writes to standard error is thrown away unless `showsErrors`.
    static func run(_ program: String, _ arguments: [String], showsErrors: Bool = false) throws(Failure) -> Result {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(errno)))") }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[1])
        if !showsErrors { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var process = pid_t()
        let start = ContinuousClock.now
        let fault = posix_spawnp(&process, program, &actions, nil, pointers, environ)
        close(ends[1])
        guard fault == 0 else {
            throw Failure(description: "\(program) cannot be run: \(String(cString: strerror(fault)))")
        }
        let output = readAll(ends[0])
        var state: Int32 = 0
        var usage = rusage()
        while wait4(process, &state, 0, &usage) < 0, errno == EINTR {}
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        return Result(
            status: state & 0x7F == 0 ? (state >> 8) & 0xFF : 128 + (state & 0x7F),
            output: String(decoding: output, as: UTF8.self), milliseconds: milliseconds,
            processorMilliseconds: Self.milliseconds(usage.ru_utime) + Self.milliseconds(usage.ru_stime))
    }

    private static func milliseconds(_ time: timeval) -> Double {
        let microseconds = Double(time.tv_usec)
        return Double(time.tv_sec) * 1000 + microseconds / 1000
    }

    private static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }
}
