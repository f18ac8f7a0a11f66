import Conformance
import Reporting
import XML

/// A report read back by the XML parser: what is in it, by what a person or a server would count.
struct Page {
    let text: String
    let document: Document

    /// The page of `record`.
    init(_ record: RunRecord, options: HTMLReporter.Options = .init()) throws {
        try self.init(text: Sample.page(record, options: options))
    }

    init(text: String) throws {
        self.text = text
        let xml = text.replacing("<!DOCTYPE html>\n", with: "", maxReplacements: 1)
        document = try Document(parsing: Array(xml.utf8), name: "report.html")
    }

    /// Every element of the page.
    var elements: [Node] {
        var result: [Node] = []
        var stack = [document.documentElement]
        while let node = stack.popLast() {
            result.append(node)
            stack += Array(node.elements).reversed()
        }
        return result
    }

    /// The elements whose class attribute holds `name`.
    func all(_ name: String) -> [Node] {
        elements.filter { $0.attribute("class")?.split(separator: " ").contains(Substring(name)) ?? false }
    }

    /// How many elements of a class there are, by their `data-verdict`.
    func verdicts(_ name: String) -> [String: Int] {
        all(name).reduce(into: [:]) { $0[$1.attribute("data-verdict") ?? "", default: 0] += 1 }
    }

    /// The row of the summary table, by verdict, without zeros.
    func counts(_ row: String) -> [String: Int] {
        let rows = elements.filter { $0.attribute("data-counts") == row }
        var result: [String: Int] = [:]
        for cell in rows.flatMap({ Array($0.elements) }) {
            guard let verdict = cell.attribute("data-verdict"), let number = Int(cell.stringValue), number > 0 else {
                continue
            }
            result[verdict] = number
        }
        return result
    }

    /// The section of a heading's id, as text.
    func section(_ id: String) -> String? {
        elements.first { $0.attribute("aria-labelledby") == id }?.stringValue
    }
}
