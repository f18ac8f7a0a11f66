import DICOM

/// What a WADO-RS URL names: a study, a series, an instance or frames of it (PS3.18, 10.4).
public struct WADOTarget: Sendable, Hashable {
    /// What precedes `/studies`.
    public let base: String
    public let study: String
    public let series: String?
    public let instance: String?
    /// What follows `/frames/`, as written.
    public let frames: String?

    /// A target made from its parts.
    public init(
        base: String, study: String, series: String? = nil, instance: String? = nil, frames: String? = nil
    ) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.study = study
        self.series = series
        self.instance = instance
        self.frames = frames
    }

    /// Reads a URL or a path; nil where it has not the form `…/studies/{study}[/series/{series}[/instances/{instance}
    /// [/frames/{list}]]]`. The identifiers are not judged: see `illegalIdentifiers`.
    public init?(reading url: String) {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        guard let mark = path.ranges(of: "/studies/").last else { return nil }
        let segments = path[mark.upperBound...].split(separator: "/", omittingEmptySubsequences: false)
            .map(\.percentDecoded)
        guard let study = segments.first, !study.isEmpty else { return nil }
        let names = ["series", "instances", "frames"]
        var values: [String] = []
        var index = 1
        while index < segments.count {
            guard values.count < names.count, segments[index] == names[values.count], index + 1 < segments.count,
                !segments[index + 1].isEmpty
            else { return nil }
            values.append(segments[index + 1])
            index += 2
        }
        base = String(path[..<mark.lowerBound])
        self.study = study
        series = values.first
        instance = values.count > 1 ? values[1] : nil
        frames = values.count > 2 ? values[2] : nil
    }

    /// What follows the target where its metadata are asked for (PS3.18, 10.4.1.1.2).
    public static let metadataSuffix = "/metadata"

    /// The study, series or instance whose metadata a URL asks for; nil where it asks for something else.
    public static func ofMetadata(_ url: String) -> WADOTarget? {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        guard path.hasSuffix(metadataSuffix),
            let target = WADOTarget(reading: String(path.dropLast(metadataSuffix.count))),
            target.frames == nil
        else { return nil }
        return target
    }

    /// `<base>/studies/<study>[/series/<series>[/instances/<instance>[/frames/<frames>]]]`.
    public var url: String {
        var text = "\(base)/studies/\(study)"
        if let series { text += "/series/\(series)" }
        if let instance { text += "/instances/\(instance)" }
        if let frames { text += "/frames/\(frames)" }
        return text
    }

    /// The identifiers that are no legal UIDs.
    public var illegalIdentifiers: [String] {
        [study, series, instance].compactMap { $0 }.filter { !UID.isValid($0) }
    }
}
