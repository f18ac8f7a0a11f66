import HTTP

extension StringProtocol {
    /// The text without blanks (space, tab, line ends) at both ends.
    package var withoutOuterBlanks: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// The text with its `%XX` decoded; as it is where they do not make UTF-8.
    package var percentDecoded: String { URLTarget.percentDecoded(self) ?? String(self) }
}
