import Imaging

/// An instant of the exam with the offset of its place, in the writings of CDA, DICOM and XDS.
public struct ExamInstant: Sendable, Hashable {
    /// Fourteen digits, local: `20260312093000`.
    public let local: String
    /// Minutes east of UTC.
    public let offset: Int
    /// Fourteen digits in UTC, as XDS metadata.
    public let utc: String

    /// An instant; nil unless `local` is a date and time of fourteen digits.
    public init?(_ local: String, offset: Int = 60) {
        guard local.utf8.count == 14, let stamp = TimeStamp(local), stamp.offset == nil, abs(offset) <= 14 * 60 else {
            return nil
        }
        self.local = local
        self.offset = offset
        utc = TimeStamp.utc(seconds: stamp.secondsAsWritten - offset * 60)
    }

    /// `20260312093000+0100`.
    public var cda: String { local + zone }
    /// `+0100`, as (0008,0201).
    public var zone: String {
        let minutes = abs(offset)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return (offset < 0 ? "-" : "+") + two(minutes / 60) + two(minutes % 60)
    }
    /// `20260312`.
    public var date: String { String(local.prefix(8)) }
    /// `093000`.
    public var time: String { String(local.suffix(6)) }
}
