internal import Conformance

/// One page in the making.
struct HTMLPage {
    let record: RunRecord
    let options: HTMLReporter.Options
    let evidence: (EvidenceReference) -> [UInt8]?
    let points: [CheckPoint]
    let summary: RunSummary
    let requirements: [String: RequirementRecord]
    /// The anchors of check points that the page has, by path.
    let anchors: Set<String>
    var usedAnchors: Set<String> = []
    /// How many bytes of bodies may still be shown, and how many of them are kept for steps that did not pass.
    var budget: Int
    var reserve = 0
    var out: HTMLBuffer

    init(record: RunRecord, options: HTMLReporter.Options, evidence: @escaping (EvidenceReference) -> [UInt8]?) {
        self.record = record
        self.options = options
        self.evidence = evidence
        points = CheckPoint.all(of: record)
        summary = RunSummary(of: record, points: points)
        requirements = Dictionary(record.requirements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        anchors = Set(points.map { Anchor.name($0.path) } + record.scenarios.map { Anchor.name($0.id) })
        budget = options.excerptBudget
        out = HTMLBuffer(mask: IdentityMask(isActive: !options.showsIdentities))
    }

    mutating func write() {
        writeHead()
        out.markup("<div class=\"page\"><header>")
        writeBar()
        writeVerdict()
        writeNotices()
        out.markup("</header><main id=\"main\">")
        writeCounts()
        writeFailures()
        writeSkipped()
        writeUndecided()
        writeWarnings()
        writeNotRun()
        writeRequirements()
        writeScenarios()
        writeBasis()
        out.markup("</main><footer><p>")
        out.text("\(record.tool.name) \(record.tool.version) · \(record.id) · \(record.format)")
        out.markup("</p></footer></div></body></html>\n")
    }

    private mutating func writeHead() {
        out.markup("<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"/>")
        out.markup(
            """
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            img-src data:; base-uri 'none'; form-action 'none'"/>
            """)
        out.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
        out.markup("<meta name=\"referrer\" content=\"no-referrer\"/><title>")
        out.text(Wording.title(of: record))
        out.markup("</title><style>\n")
        out.markup(HTMLStyle.sheet)
        out.markup("</style></head><body>")
        out.markup("<input class=\"switch\" type=\"radio\" name=\"lang\" id=\"lang-fr\" checked=\"checked\"/>")
        out.markup("<input class=\"switch\" type=\"radio\" name=\"lang\" id=\"lang-en\"/>")
    }

    private mutating func writeBar() {
        out.markup("<a class=\"skip\" href=\"#main\">")
        out.both("Aller au contenu", "Skip to content")
        out.markup("</a><div class=\"bar\"><strong>CISIS</strong><span>")
        out.both("Rapport de conformité", "Conformance report")
        out.markup("</span><span>")
        if options.showsIdentities {
            out.both("Identités en clair", "Identities shown")
        } else {
            out.both("Identités masquées", "Identities masked")
        }
        out.markup("</span><div class=\"languages\"><label for=\"lang-fr\">Français</label>")
        out.markup("<label for=\"lang-en\">English</label></div></div>")
    }

    // MARK: Header

    private mutating func writeVerdict() {
        switch record.exitCode {
        case 0 where record.verdict == .skipped: out.markup("<div class=\"verdict partial\"><h1>")
        case 0: out.markup("<div class=\"verdict pass\"><h1>")
        case 1: out.markup("<div class=\"verdict fail\"><h1>")
        default: out.markup("<div class=\"verdict error\"><h1>")
        }
        out.both(Wording.conclusion(of: record))
        out.markup("</h1><p class=\"say\">")
        out.both(Wording.outcome(of: summary))
        out.markup("</p><dl class=\"facts\">")
        fact("Système évalué", "System under test")
        out.text(record.target.name)
        out.markup(" ")
        if record.target.kind == "embedded" {
            out.both("(système de référence embarqué)", "(embedded reference system)")
        }
        endFact()
        fact("Référentiel", "Judged against")
        for (index, profile) in record.profiles.enumerated() {
            if index > 0 { out.markup("<br/>") }
            out.both(profile.title)
            out.text(" – \(profile.id) \(profile.version)")
        }
        endFact()
        fact("Date et durée", "Date and duration")
        writeInstant(record.startedAt)
        out.markup(" · ")
        out.both(Wording.duration(record.duration))
        endFact()
        fact("Outil", "Tool")
        out.text("\(record.tool.name) \(record.tool.version)")
        endFact()
        fact("Rejouer", "Run again")
        out.markup("<code>")
        out.text(record.command)
        out.markup("</code>")
        endFact()
        fact("Identifiant", "Run id")
        out.text(record.id)
        endFact()
        out.markup("</dl><p class=\"small soft\">")
        out.both(Wording.rehearsal)
        out.markup("</p></div>")
    }

    mutating func fact(_ fr: StaticString, _ en: StaticString) {
        out.markup("<dt>")
        out.both(fr, en)
        out.markup("</dt><dd>")
    }

    mutating func endFact() { out.markup("</dd>") }

    mutating func writeInstant(_ instant: String) {
        out.markup("<time")
        out.attribute("datetime", instant)
        out.markup(">")
        out.text(instant.replacing("T", with: " ", maxReplacements: 1).replacing("Z", with: " UTC"))
        out.markup("</time>")
    }

    private mutating func writeNotices() {
        if record.isInterrupted {
            out.markup("<p class=\"notice\">")
            out.both(Wording.interrupted)
            out.markup("</p>")
        }
        if record.environment["tls.verifies"] == "false" {
            out.markup("<p class=\"notice\">")
            out.both(Wording.unverifiedServer)
            out.markup("</p>")
        }
        guard !record.target.misbehaviors.isEmpty else { return }
        out.markup("<p class=\"notice\">")
        out.both(
            "Le système de référence embarqué a reçu l'ordre de commettre ces fautes : ",
            "The embedded reference system was told to misbehave: ")
        for (index, name) in record.target.misbehaviors.enumerated() {
            if index > 0 { out.markup(", ") }
            out.markup("<code>")
            out.text(name)
            out.markup("</code>")
        }
        out.markup("</p>")
    }

    // MARK: Shared pieces

    /// The verdict as sign and word.
    mutating func badge(_ verdict: Verdict) { badge(Standing(verdict: verdict)) }

    /// The verdict as sign and word.
    mutating func badge(_ standing: Standing) {
        out.markup("<span")
        out.attribute("class", "v \(standing.verdict.rawValue)")
        out.markup("><span aria-hidden=\"true\">")
        out.text(standing.verdict.sign)
        out.markup(" </span>")
        out.both(standing.word)
        out.markup("</span>")
    }

    /// A link to a requirement of the page, or its id alone.
    mutating func requirementLink(_ id: String) {
        guard requirements[id] != nil else {
            out.markup("<code>")
            out.text(id)
            return out.markup("</code>")
        }
        out.markup("<a class=\"id\"")
        out.attribute("href", "#r/\(Anchor.name(id))")
        out.markup(">")
        out.text(id)
        out.markup("</a>")
    }

    /// A link to a scenario or check point of the page, or its path alone.
    mutating func pathLink(_ path: String) {
        let anchor = Anchor.name(path)
        guard anchors.contains(anchor) else { return out.text(path) }
        out.markup("<a")
        out.attribute("href", "#\(anchor)")
        out.markup(">")
        out.text(path)
        out.markup("</a>")
    }

    /// ` id="…"`, once for each anchor.
    mutating func anchor(_ name: String) {
        guard usedAnchors.insert(name).inserted else { return }
        out.attribute("id", name)
    }

    /// A link to a file of the evidence, with what it is and its size.
    mutating func evidenceLink(_ reference: EvidenceReference) {
        openEvidence(reference.sha256, fileName: reference.suggestedFileName)
        out.both(Wording.object(reference.name.isEmpty ? reference.kind : reference.name))
        if reference.hasDigest { out.markup("</a>") }
        out.markup(" <span class=\"soft\">")
        out.text(reference.mediaType, limit: 120)
        out.markup(" · ")
        out.both(Wording.size(reference.size))
        out.markup("</span>")
    }

    private mutating func openEvidence(_ sha256: String, fileName: String = "") {
        let hasDigest = sha256.utf8.count == 64 && sha256.utf8.allSatisfy(\.isHexadecimal)
        guard hasDigest else { return }
        // Offered as a file: what a system sent must not be opened as a page.
        out.markup("<a")
        out.attribute("download", fileName)
        out.attribute("href", "evidence/\(sha256)")
        out.markup(">")
    }

    mutating func placeLink(_ place: EvidencePlace) {
        let hasLink = place.sha256.map { $0.utf8.count == 64 && $0.utf8.allSatisfy(\.isHexadecimal) } ?? false
        if let sha256 = place.sha256 { openEvidence(sha256) }
        let fr = place.description(in: .fr)
        let en = place.description(in: .en)
        if fr.isEmpty {
            out.both("pièce", "file")
        } else {
            out.both(LocalizedText(fr: fr, en: en))
        }
        if hasLink { out.markup("</a>") }
    }

    mutating func source(_ location: SourceLocation) {
        out.markup("<code>")
        out.text("\(location.file):\(location.line)")
        out.markup("</code>")
    }
}

extension EvidenceReference {
    /// A name to save it under, which a program for its type opens: `kos-1f2e3d4c.dcm`.
    fileprivate var suggestedFileName: String {
        let type = mediaType.lowercased()
        let known = [
            ("xop+xml", ".xml"), ("xhtml", ".txt"), ("multipart/", ".mime"), ("xml", ".xml"), ("dicom", ".dcm"),
            ("json", ".json"), ("http", ".txt"), ("text/", ".txt"),
        ]
        let ending = known.first { type.contains($0.0) }?.1 ?? ".bin"
        return "\(Anchor.name(kind).replacing("/", with: "-"))-\(sha256.prefix(8))\(ending)"
    }
}
