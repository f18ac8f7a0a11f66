internal import Glibc

/// The times of one thing, over rounds.
struct Timing {
    private(set) var milliseconds: [Double] = []

    /// Runs and times.
    mutating func measure<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let start = Self.now()
        let result = try body()
        milliseconds.append(Self.now() - start)
        return result
    }

    private static let clock = Options(CommandLine.arguments.dropFirst())?.clock ?? .wall

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(clock == .cpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }

    mutating func add(_ value: Double) { milliseconds.append(value) }

    var median: Double {
        guard !milliseconds.isEmpty else { return .nan }
        let sorted = milliseconds.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// Fits `time = c · size^exponent` by least squares over the logarithms.
func growthExponent(_ points: [(size: Double, time: Double)]) -> Double {
    let logarithms = points.map { (x: log($0.size), y: log($0.time)) }
    let count = Double(logarithms.count)
    let meanX = logarithms.map(\.x).reduce(0, +) / count
    let meanY = logarithms.map(\.y).reduce(0, +) / count
    let covariance = logarithms.map { ($0.x - meanX) * ($0.y - meanY) }.reduce(0, +)
    return covariance / logarithms.map { ($0.x - meanX) * ($0.x - meanX) }.reduce(0, +)
}

/// The peak of this process's memory in MB, from its own `status`: `getrusage` would count that of the process that
/// started it.
func peakMemory() -> Double {
    guard let file = fopen("/proc/self/status", "r") else { return .nan }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard text.hasPrefix("VmHWM:") else { continue }
        return Double(text.filter(\.isNumber)).map { $0 / 1024 } ?? .nan
    }
    return .nan
}

/// Says a figure to the process that started this one.
func tell(_ group: String, _ name: String, _ value: Double, _ unit: String = "ms") {
    print(Figure(group, name, value, unit).line)
}
