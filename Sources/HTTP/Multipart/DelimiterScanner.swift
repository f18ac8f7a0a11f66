internal import CLibCurl

/// Finds delimiter lines in a window of bytes, at the speed of `memmem`.
struct DelimiterScanner {
    /// White space that may stand before `--boundary`, and after it, to be still seen as a delimiter.
    static let maximumBlanks = 256

    /// A delimiter line; all places count from the window's begin.
    struct Delimiter {
        /// Where the content before ends: the line break belongs to the delimiter.
        var contentEnd: Int
        /// The first byte of `--boundary`.
        var marker: Int
        /// The byte after the line; after the marker for a close delimiter.
        var next: Int
        var isClose: Bool
        var isIndented: Bool
        /// The place of a LF without CR, before or after the marker.
        var bareLF: Int?
    }

    enum Result {
        case delimiter(Delimiter)
        /// No delimiter: bytes before `safe` are content for certain, the rest awaits more bytes.
        case content(safe: Int)
    }

    let marker: [UInt8]

    init(boundary: String) { marker = Array("--".utf8) + Array(boundary.utf8) }

    /// Looks for the first delimiter at or after `start`.
    ///
    /// - Parameters:
    ///   - startsLine: whether `start` is the begin of a line.
    ///   - isLast: whether no byte follows the window.
    ///   - tell: called with the place of a marker that other text follows.
    func find(
        in window: UnsafeRawBufferPointer, from start: Int, startsLine: Bool, isLast: Bool, tell: (Int) throws -> Void
    ) rethrows -> Result {
        var place = start
        while let found = nextMarker(in: window, from: place) {
            place = found + 1
            guard let line = lineStart(before: found, in: window, from: start, startsLine: startsLine) else { continue }
            switch tail(after: found + marker.count, in: window, isLast: isLast) {
            case .text:
                try tell(found)
            case .unknown:
                return .content(safe: contentEnd(before: line, in: window, from: start).end)
            case .close, .line:
                break
            }
            guard let delimiter = delimiter(found, line: line, in: window, from: start, isLast: isLast) else {
                continue
            }
            return .delimiter(delimiter)
        }
        return .content(
            safe: isLast ? window.count : safeEnd(of: window, from: start, startsLine: startsLine))
    }

    /// Reads `line` (from `start`, its LF included if there) as a delimiter; nil where it is none.
    func delimiter(atLine start: Int, in window: UnsafeRawBufferPointer, isLast: Bool) -> Delimiter? {
        var place = start
        while place < window.count, ASCII.isBlank(window[place]), place - start < Self.maximumBlanks { place += 1 }
        guard matchLength(at: place, in: window) == marker.count else { return nil }
        return delimiter(place, line: start, in: window, from: start, isLast: isLast)
    }

    private enum Tail {
        case line(lf: Int?, next: Int)
        case close(next: Int)
        case text
        case unknown
    }

    private func delimiter(_ found: Int, line: Int, in window: UnsafeRawBufferPointer, from start: Int, isLast: Bool)
        -> Delimiter?
    {
        let before = contentEnd(before: line, in: window, from: start)
        var delimiter = Delimiter(
            contentEnd: before.end, marker: found, next: 0, isClose: false, isIndented: line != found,
            bareLF: before.bareLF)
        switch tail(after: found + marker.count, in: window, isLast: isLast) {
        case .text, .unknown:
            return nil
        case .close(let next):
            delimiter.isClose = true
            delimiter.next = next
        case .line(let lf, let next):
            delimiter.bareLF = delimiter.bareLF ?? lf
            delimiter.next = next
        }
        return delimiter
    }

    private func nextMarker(in window: UnsafeRawBufferPointer, from place: Int) -> Int? {
        guard place < window.count, let base = window.baseAddress else { return nil }
        guard let found = cisis_find(base + place, window.count - place, marker, marker.count) else { return nil }
        return base.distance(to: found)
    }

    /// The begin of the line of `marker`, if only white space stands before it.
    private func lineStart(before marker: Int, in window: UnsafeRawBufferPointer, from start: Int, startsLine: Bool)
        -> Int?
    {
        var place = marker
        while place > start, marker - place < Self.maximumBlanks, ASCII.isBlank(window[place - 1]) { place -= 1 }
        if place > start { return window[place - 1] == ASCII.lf ? place : nil }
        return startsLine ? place : nil
    }

    private func contentEnd(before line: Int, in window: UnsafeRawBufferPointer, from start: Int) -> (
        end: Int, bareLF: Int?
    ) {
        guard line > start else { return (line, nil) }
        if line - 2 >= start, window[line - 2] == ASCII.cr { return (line - 2, nil) }
        return (line - 1, line - 1)
    }

    private func tail(after place: Int, in window: UnsafeRawBufferPointer, isLast: Bool) -> Tail {
        let hyphen = UInt8(ascii: "-")
        if place < window.count, window[place] == hyphen {
            if place + 1 < window.count { return window[place + 1] == hyphen ? .close(next: place + 2) : .text }
            return isLast ? .text : .unknown
        }
        var end = place
        while end < window.count, ASCII.isBlank(window[end]), end - place < Self.maximumBlanks { end += 1 }
        guard end < window.count else { return isLast ? .line(lf: nil, next: end) : .unknown }
        if window[end] == ASCII.lf { return .line(lf: end, next: end + 1) }
        guard window[end] == ASCII.cr else { return .text }
        guard end + 1 < window.count else { return isLast ? .line(lf: nil, next: end + 1) : .unknown }
        return window[end + 1] == ASCII.lf ? .line(lf: nil, next: end + 2) : .text
    }

    /// How many bytes of the marker stand at `place`, up to the window's end; -1 where other bytes stand there.
    private func matchLength(at place: Int, in window: UnsafeRawBufferPointer) -> Int {
        let count = min(marker.count, window.count - place)
        for index in 0..<count where window[place + index] != marker[index] { return -1 }
        return count
    }

    /// Where the bytes begin that may still become a delimiter when more come.
    private func safeEnd(of window: UnsafeRawBufferPointer, from start: Int, startsLine: Bool) -> Int {
        let end = window.count
        guard end > start else { return end }
        if window[end - 1] == ASCII.cr { return end - 1 }
        let floor = max(start, end - marker.count - Self.maximumBlanks - 2)
        var line = end
        while line > floor, window[line - 1] != ASCII.lf { line -= 1 }
        let isLine = line > floor ? true : (floor == start && startsLine)
        guard isLine else { return end }
        var place = line
        while place < end, ASCII.isBlank(window[place]), place - line < Self.maximumBlanks { place += 1 }
        guard matchLength(at: place, in: window) >= 0 else { return end }
        return contentEnd(before: line, in: window, from: start).end
    }
}
