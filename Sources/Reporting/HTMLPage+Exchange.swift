internal import Conformance

/// An exchange: both messages with their heads, and the readable beginning of their bodies.
extension HTMLPage {
    mutating func write(_ exchange: ExchangeRecord, of step: StepRecord) {
        out.markup("<details class=\"exchange\"")
        if step.verdict == .fail { out.markup(" open=\"open\"") }
        out.markup("><summary><strong>")
        out.text(exchange.transaction.isEmpty ? "HTTP" : exchange.transaction)
        out.markup("</strong> ")
        out.text(exchange.request.startLine, limit: 300)
        out.markup(" → ")
        if let response = exchange.response {
            out.text(response.startLine, limit: 200)
        } else {
            out.both("sans réponse", "no answer")
        }
        out.markup("</summary><div class=\"inside\">")
        if let error = exchange.error {
            out.markup("<p class=\"message\">")
            out.text(error)
            out.markup("</p>")
        }
        out.markup("<dl class=\"facts\">")
        fact("Adresse", "URL")
        out.markup("<code>")
        out.text(exchange.url)
        out.markup("</code>")
        endFact()
        fact("Émetteur, destinataire", "From, to")
        out.text("\(exchange.initiator) → \(exchange.responder)")
        if let address = exchange.remoteAddress { out.text(" (\(address))") }
        endFact()
        fact("Chronologie", "Times")
        writeInstant(exchange.startedAt)
        time(exchange.connect, "connexion", "connected")
        time(exchange.firstByte, "premier octet", "first byte")
        time(exchange.total, "fin", "end")
        endFact()
        if let tls = exchange.tls {
            fact("TLS", "TLS")
            out.text(tls)
            endFact()
        }
        out.markup("</dl>")
        let hits = linesToMark(in: step)
        reserve = step.verdict >= .inconclusive ? 0 : options.excerptBudget / 2
        write(exchange.request, "Requête", "Request", hits)
        if let response = exchange.response { write(response, "Réponse", "Response", hits) }
        out.markup("</div></details>")
    }

    private mutating func time(_ seconds: Double?, _ fr: StaticString, _ en: StaticString) {
        guard let seconds else { return }
        out.markup(" · ")
        out.both(fr, en)
        out.markup(" ")
        let milliseconds = Number.decimal(seconds * 1000, digits: seconds < 0.1 ? 1 : 0)
        out.both(LocalizedText(fr: milliseconds.replacing(".", with: ",") + " ms", en: milliseconds + " ms"))
    }

    /// The lines that findings of the step name, by the digest of their file.
    private func linesToMark(in step: StepRecord) -> [String: Set<Int>] {
        var result: [String: Set<Int>] = [:]
        for finding in step.checks.lazy.flatMap(\.findings) {
            guard let place = finding.place, let sha256 = place.sha256, let line = place.line else { continue }
            result[sha256, default: []].insert(line)
        }
        return result
    }

    private mutating func write(
        _ message: MessageRecord, _ fr: StaticString, _ en: StaticString, _ hits: [String: Set<Int>]
    ) {
        out.markup("<h5>")
        out.both(fr, en)
        out.markup("</h5><pre><strong>")
        out.text(message.startLine)
        out.markup("</strong>")
        for header in message.headers.prefix(200) {
            out.markup("\n<i>")
            out.text(header.first ?? "")
            out.markup("</i>: ")
            out.text(out.mask.header(header.first ?? "", header.dropFirst().joined(separator: " ")))
        }
        out.markup("</pre>")
        guard let body = message.body else {
            out.markup("<p class=\"small soft\">")
            out.both("Sans corps.", "No body.")
            return out.markup("</p>")
        }
        out.markup("<p class=\"small\">")
        out.both("Corps : ", "Body: ")
        evidenceLink(body)
        if let head = message.head {
            out.markup(" · ")
            evidenceLink(head)
        }
        out.markup("</p>")
        guard !message.parts.isEmpty else { return writeExcerpt(of: body, hits) }
        let limit = 20
        for part in message.parts.prefix(limit) {
            out.markup("<p class=\"small\">")
            out.both("Partie ", "Part ")
            evidenceLink(part)
            out.markup("</p>")
            writeExcerpt(of: part, hits)
        }
        writeList(of: Array(message.parts.dropFirst(limit)), "Autres parties", "Other parts")
    }

    private mutating func writeExcerpt(of reference: EvidenceReference, _ hits: [String: Set<Int>]) {
        guard reference.size > 0 else { return }
        guard budget > reserve else {
            return note(
                "Extrait omis : la page a atteint sa taille maximale ; se reporter à la pièce.",
                "Not shown: the page has reached its size; see the file.")
        }
        guard reference.hasDigest, let bytes = evidence(reference) else {
            return note("La pièce est absente du dossier.", "The file is not in the folder.")
        }
        let excerpt = BodyExcerpt(of: bytes, limit: min(options.excerptLimit, budget - reserve), mask: out.mask)
        let marked = excerpt.form == .lines ? hits[reference.sha256] ?? [] : []
        switch excerpt.form {
        case .lines: out.markup("<pre class=\"lines\">")
        case .indented, .hexadecimal: out.markup("<pre>")
        }
        var isInTag = false
        for (index, line) in excerpt.lines.enumerated() {
            budget -= line.count + 1
            if excerpt.form == .lines {
                out.markup(marked.contains(index + 1) ? "<span class=\"hit\">" : "<span>")
            } else if index > 0 {
                out.markup("\n")
            }
            if excerpt.isXML { writeXML(line, &isInTag) } else { escape(line) }
            if excerpt.form == .lines { out.markup("</span>") }
        }
        out.markup("</pre>")
        writeNotes(excerpt, reference)
    }

    private mutating func writeNotes(_ excerpt: BodyExcerpt, _ reference: EvidenceReference) {
        if excerpt.form == .indented {
            note(
                "Mis en forme pour la lecture ; les octets exacts sont dans la pièce.",
                "Indented for reading; the exact bytes are in the file.")
        }
        guard Int64(excerpt.shown) < reference.size else { return }
        let shown = Wording.size(Int64(excerpt.shown))
        let whole = Wording.size(reference.size)
        out.markup("<p class=\"small soft\">")
        out.both(
            LocalizedText(fr: "Extrait : \(shown.fr) sur \(whole.fr).", en: "Excerpt: \(shown.en) of \(whole.en)."))
        out.markup("</p>")
    }

    private mutating func note(_ fr: StaticString, _ en: StaticString) {
        out.markup("<p class=\"small soft\">")
        out.both(fr, en)
        out.markup("</p>")
    }

    private mutating func escape(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { out.escape($0) }
    }

    /// Escapes a line of XML and sets its tags apart; a tag may go on over lines.
    private mutating func writeXML(_ line: ArraySlice<UInt8>, _ isInTag: inout Bool) {
        if isInTag { out.markup("<i>") }
        var start = line.startIndex
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == UInt8(ascii: "<"), !isInTag {
                escape(line[start..<index])
                out.markup("<i>")
                isInTag = true
                start = index
            } else if line[index] == UInt8(ascii: ">"), isInTag {
                escape(line[start...index])
                out.markup("</i>")
                isInTag = false
                start = index + 1
            }
            index += 1
        }
        escape(line[start...])
        if isInTag { out.markup("</i>") }
    }
}
