/// A place in a file that a person wrote: scenario, profile, target.
public struct SourceLocation: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The file, relative to the data root or as the person named it.
    public var file: String
    /// 1-based line.
    public var line: Int
    /// 1-based column.
    public var column: Int

    /// A place.
    public init(file: String, line: Int, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }
}

/// A place in the evidence: which object, and where in it.
public struct EvidencePlace: Codable, Hashable, Sendable {
    /// The SHA-256 of the evidence, once it is stored.
    public var sha256: String?
    /// What the object is, for a person: `response body`, `part <kos@cisis>`, a file name.
    public var object: String?
    /// The MIME part, by its Content-ID.
    public var part: String?
    /// 1-based line in the object.
    public var line: Int?
    /// 1-based column in the object.
    public var column: Int?
    /// 0-based byte offset in the object.
    public var byte: Int?
    /// The element or attribute, as a readable XPath.
    public var xpath: String?
    /// The DICOM attribute, as a path of tags: `(0040,A375)[1]/(0008,1115)[2]/(0008,1190)`.
    public var tag: String?
    /// The HTTP header.
    public var header: String?

    /// A place; what is not known stays nil.
    public init(
        object: String? = nil, part: String? = nil, line: Int? = nil, column: Int? = nil, byte: Int? = nil,
        xpath: String? = nil, tag: String? = nil, header: String? = nil, sha256: String? = nil
    ) {
        self.object = object
        self.part = part
        self.line = line
        self.column = column
        self.byte = byte
        self.xpath = xpath
        self.tag = tag
        self.header = header
        self.sha256 = sha256
    }
}

/// One remark of a check on the system under test.
public struct Finding: Codable, Hashable, Sendable {
    /// The stable id of the check or rule that speaks: `KOS-010`, `http.status`.
    public var check: String
    /// The requirement that is broken or touched.
    public var requirement: String?
    /// Its weight; only a violation fails.
    public var severity: Severity
    /// What is wrong, in both languages.
    public var message: LocalizedText
    /// What the norm or the scenario asks.
    public var expected: String?
    /// What was found.
    public var actual: String?
    /// What to do.
    public var advice: LocalizedText?
    /// Where in the evidence.
    public var place: EvidencePlace?
    /// Where in the scenario.
    public var source: SourceLocation?

    /// A remark.
    public init(
        check: String, requirement: String? = nil, severity: Severity, message: LocalizedText,
        expected: String? = nil, actual: String? = nil, advice: LocalizedText? = nil, place: EvidencePlace? = nil,
        source: SourceLocation? = nil
    ) {
        self.check = check
        self.requirement = requirement
        self.severity = severity
        self.message = message
        self.expected = expected
        self.actual = actual
        self.advice = advice
        self.place = place
        self.source = source
    }
}
