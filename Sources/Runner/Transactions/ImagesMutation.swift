internal import Conformance
internal import HTTP
internal import SOAP
internal import XML

/// A RAD-69 request on its way to the wire: what mutations change before it is sent.
struct ImagesDraft {
    /// The body element; nil: the body is empty.
    var content: Element?
    /// `wsa:Action`; nil: the header block is left out.
    var action: String?
    var version = Envelope.Version.soap12
    /// Whether the envelope ends in its middle.
    var isCut = false
    /// What is done to the MTOM package; nil: the envelope goes alone.
    var framing: [@Sendable (inout MTOMPackage) -> Void]?
    /// The boundary that Content-Type names, where it shall be another than the one that parts the body.
    var declaredBoundary: String?
    /// Why the exam of the system does not lend itself to a mutation.
    var obstacle: StepObstacle?
    /// What is done to the request last.
    var last: [@Sendable (inout HTTPRequest) -> Void] = []
}

/// One mutation of a RAD-69 request: how it is written and what it does.
///
/// A PART is an element or attribute of the request by its name, or one of several of that name: `DocumentUniqueId[2]`.
struct ImagesMutation: Sendable {
    /// What a word may be.
    enum Word: Sendable {
        case part, element, free
    }

    /// A part of the request.
    struct Part: Sendable {
        static let elements = [
            "RetrieveImagingDocumentSetRequest", "StudyRequest", "SeriesRequest", "DocumentRequest", "HomeCommunityId",
            "RepositoryUniqueId", "DocumentUniqueId", "TransferSyntaxUIDList", "TransferSyntaxUID",
        ]
        static let attributes = ["studyInstanceUID", "seriesInstanceUID", "xmlns:xdsi", "xmlns:xdsb"]

        let name: String
        /// From 1; nil: each of them.
        let number: Int?
        var isAttribute: Bool { Self.attributes.contains(name) }

        /// `NAME` or `NAME[2]`; nil where the request has no such part.
        init?(_ text: String, among known: [String]) {
            let name = text.prefix { $0 != "[" }
            let rest = text.dropFirst(name.count)
            guard known.contains(String(name)) else { return nil }
            self.name = String(name)
            guard !rest.isEmpty else {
                number = nil
                return
            }
            guard rest.hasSuffix("]"), let number = Int(rest.dropFirst().dropLast()), number > 0 else { return nil }
            self.number = number
        }
    }

    let name: String
    let words: [Word]
    let change: @Sendable (inout ImagesDraft, [String]) -> Void

    private init(
        _ name: String, _ words: [Word] = [], _ change: @escaping @Sendable (inout ImagesDraft, [String]) -> Void
    ) {
        self.name = name
        self.words = words
        self.change = change
    }

    /// Every mutation, by name.
    static let all: [String: ImagesMutation] = Dictionary(
        uniqueKeysWithValues: (bodyTable + messageTable).map { ($0.name, $0) })

    private static let bodyTable = [
        ImagesMutation("images.set", [.part, .free]) { draft, words in draft.set(words[0], words[1]) },
        ImagesMutation("images.clear", [.part]) { draft, words in draft.set(words[0], "") },
        ImagesMutation("images.blank", [.part]) { draft, words in draft.set(words[0], "  ") },
        ImagesMutation("images.remove", [.part]) { draft, words in
            draft.edit(words[0], element: { _ in [] }, attribute: { $0[$1] = nil })
        },
        ImagesMutation("images.repeat", [.element]) { draft, words in
            draft.edit(words[0], element: { [$0, $0] }, attribute: { _, _ in })
        },
        ImagesMutation("images.rename", [.part, .free]) { draft, words in
            draft.edit(words[0]) { element in
                var renamed = element
                renamed.name = words[1]
                return [renamed]
            } attribute: { element, name in
                let value = element[name]
                element[name] = nil
                element[words[1]] = value
            }
        },
        ImagesMutation("images.move", [.element, .element]) { draft, words in draft.move(words[0], to: words[1]) },
        ImagesMutation("images.swap", [.part]) { draft, words in draft.swap(words[0]) },
    ]

    private static let messageTable = [
        ImagesMutation("soap.set-action", [.free]) { draft, words in draft.action = words[0] },
        ImagesMutation("soap.remove-action") { draft, _ in draft.action = nil },
        ImagesMutation("soap.empty-body") { draft, _ in draft.content = nil },
        ImagesMutation("soap.version-11") { draft, _ in draft.version = .soap11 },
        ImagesMutation("soap.cut") { draft, _ in draft.isCut = true },
        ImagesMutation("mtom.package") { draft, _ in draft.framing = draft.framing ?? [] },
        ImagesMutation("mtom.drop-root") { draft, _ in
            draft.framing =
                (draft.framing ?? []) + [
                    { package in
                        package.envelope = []
                        package.rootContentType = "application/octet-stream"
                    }
                ]
        },
        ImagesMutation("mtom.declare-boundary", [.free]) { draft, words in
            draft.framing = draft.framing ?? []
            draft.declaredBoundary = words[0]
        },
        ImagesMutation("http.set-method", [.free]) { draft, words in
            let method = words[0]
            draft.last.append { $0.method = method }
        },
        ImagesMutation("http.set-header", [.free, .free]) { draft, words in
            let (name, value) = (words[0], words[1])
            draft.last.append { $0.headers.set(name, value) }
        },
        ImagesMutation("http.remove-header", [.free]) { draft, words in
            let name = words[0]
            draft.last.append { $0.headers.remove(name) }
        },
    ]

    /// What `mutation` does; words that it does not take are the author's error.
    static func of(_ mutation: Mutation) throws(LoadError) -> ImagesMutation? {
        guard let known = all[mutation.name] else { return nil }
        for (word, kind) in zip(mutation.words, known.words) {
            let names: [String]
            switch kind {
            case .part: names = Part.elements + Part.attributes
            case .element: names = Part.elements
            case .free: continue
            }
            guard Part(word, among: names) == nil else { continue }
            throw LoadError(
                mutation.location, "no part '\(word)' of the request for '\(mutation.name)'",
                advice: "known here: \(names.joined(separator: ", ")), each with a number: DocumentRequest[2]")
        }
        return known
    }
}

extension ImagesDraft {
    /// Writes `value` into the text of elements, or into attributes.
    fileprivate mutating func set(_ part: String, _ value: String) {
        edit(part) { element in
            var changed = element
            changed.content = value.isEmpty ? [] : [.text(value)]
            return [changed]
        } attribute: {
            $0[$1] = value
        }
    }

    /// Changes each element that `part` names, or each element that has the attribute.
    fileprivate mutating func edit(
        _ part: String, element: (Element) -> [Element], attribute: (inout Element, String) -> Void
    ) {
        guard let part = ImagesMutation.Part(part, among: ImagesMutation.Part.elements + ImagesMutation.Part.attributes)
        else { return }
        var count = 0
        func isMeant() -> Bool {
            count += 1
            return part.number == nil || part.number == count
        }
        func change(_ one: Element) -> [Element] {
            if part.isAttribute {
                guard one[part.name] != nil, isMeant() else { return [one] }
                var changed = one
                attribute(&changed, part.name)
                return [changed]
            }
            return one.localName == part.name && isMeant() ? element(one) : [one]
        }
        content = content.flatMap { Element("holder", [:], [$0]).rewritten(change).children.first }
    }

    /// Takes away each element that `part` names and puts it at the end of the first that `parent` names.
    fileprivate mutating func move(_ part: String, to parent: String) {
        var moved: [Element] = []
        edit(part) { element in
            moved.append(element)
            return []
        } attribute: { _, _ in
        }
        edit(parent + "[1]") { element in
            var changed = element
            for one in moved { changed.append(one) }
            return [changed]
        } attribute: { _, _ in
        }
    }

    /// Exchanges the first and the last value of a part.
    fileprivate mutating func swap(_ part: String) {
        var values: [String] = []
        edit(part) { element in
            values.append(element.text)
            return [element]
        } attribute: { element, name in
            values.append(element[name] ?? "")
        }
        guard let first = values.first, let last = values.last, first != last else {
            obstacle = StepObstacle(
                .skipped, fr: "L'examen détenu n'a pas deux valeurs différentes de \(part) à échanger",
                en: "The exam that is held has no two different values of \(part) to exchange")
            return
        }
        set(part + "[1]", last)
        set(part + "[\(values.count)]", first)
    }
}

extension Element {
    /// The name without its prefix.
    fileprivate var localName: String { name.split(separator: ":").last.map(String.init) ?? name }

    /// The elements in it.
    fileprivate var children: [Element] {
        content.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The text in it.
    fileprivate var text: String {
        content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    /// The element with each of those below it replaced by what `change` makes of it, in document order.
    fileprivate func rewritten(_ change: (Element) -> [Element]) -> Element {
        var result = self
        result.content = content.flatMap { item -> [Content] in
            guard case .element(let child) = item else { return [item] }
            return change(child).map { .element($0.rewritten(change)) }
        }
        return result
    }
}
