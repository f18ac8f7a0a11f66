import ArgumentParser
import Conformance
import Foundation
import XML
import XPath

/// `cisis xpath`: an XPath 2.0 expression on a document.
struct XPathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xpath",
        abstract: "Evaluate an XPath 2.0 expression on a document.",
        discussion: """
            Examples:
              cisis xpath "//h:section/h:title" report.xml --ns h=urn:hl7-org:v3
              cisis xpath -- "-1 * count(//*)" report.xml
            """)

    @Argument(help: "The expression.")
    var expression: String

    @Argument(help: "The document.")
    var file: String

    @Option(name: .customLong("ns"), parsing: .singleValue, help: "A prefix: p=uri; may be repeated.")
    var namespaces: [String] = []

    @Option(help: "text or json.")
    var format = RunCommand.Format.text

    @OptionGroup var common: CommonOptions

    func run() throws {
        let compiled: XPathExpression
        do {
            compiled = try XPathExpression(expression, namespaces: try prefixes())
        } catch let error as XPathError {
            throw Ending.usage(Self.told(error))
        }
        let document: Document
        do {
            document = try Document(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: file))), name: file)
        } catch let error as XMLError {
            throw Ending(2, "\(file):\(error.line):\(error.column): \(error.message)")
        } catch {
            throw Ending.usage("'\(file)' cannot be read: \(error.localizedDescription)")
        }
        let value: XPathValue
        do {
            value = try compiled.evaluate(at: document.root)
        } catch {
            throw Ending(2, "cisis: " + Self.told(error))
        }
        try Terminal.put(try shown(value))
        if value.items.isEmpty, let hint = compiled.namespaceHint(in: document) { Terminal.say("cisis: \(hint)") }
    }

    private func prefixes() throws -> [String: String] {
        var result: [String: String] = [:]
        for entry in namespaces {
            guard let equals = entry.firstIndex(of: "="), equals != entry.startIndex else {
                throw Ending.usage("--ns takes prefix=uri, found '\(entry)'")
            }
            result[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
        }
        return result
    }

    private static func told(_ error: XPathError) -> String {
        let place = error.span.map { " (at \($0.lowerBound + 1))" } ?? ""
        return "\(error)\(place)"
    }

    /// One item a line: nodes with their place.
    private func shown(_ value: XPathValue) throws -> String {
        let items = value.items.map { item in
            ShownItem(
                value: item.string, type: item.node == nil ? item.typeName : nil, path: item.node?.path,
                line: item.node?.line)
        }
        switch format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(items), as: UTF8.self) + "\n"
        case .text:
            return items.map { item in
                let place = item.path.map { "\(file):\(item.line ?? 0): \($0): " } ?? ""
                return place + item.value + "\n"
            }.joined()
        }
    }
}

/// One item of a value.
private struct ShownItem: Encodable {
    var value: String
    var type: String?
    var path: String?
    var line: Int?
}
