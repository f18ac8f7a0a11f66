internal import Foundation
internal import Imaging
internal import Synchronization
internal import XML

/// The text of the PDF that is the body of a report of level 1.
enum PortableDocument {
    /// What the body gave.
    enum Reading: Sendable {
        case text(String)
        /// The body holds no PDF.
        case absent
        /// `pdftotext` is not installed.
        case noTool
        /// The PDF cannot be read.
        case unreadable(String)
    }

    private static let limit = 64 << 20
    private static let seconds = 20.0

    /// The text of the PDF of `report`, by poppler's `pdftotext`.
    static func text(of report: ImagingReport) -> Reading {
        guard let body = report.root.cda("component").compactMap({ $0.firstCDA("nonXMLBody") }).first,
            let text = body.firstCDA("text"),
            let data = Data(base64Encoded: Data(text.stringValue.utf8), options: .ignoreUnknownCharacters),
            data.starts(with: Array("%PDF".utf8)), data.count <= limit
        else { return .absent }
        guard let tool = tool() else { return .noTool }
        return run(tool, data)
    }

    private static func tool() -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { "\($0)/pdftotext" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func run(_ tool: String, _ data: Data) -> Reading {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-pdf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let input = folder.appendingPathComponent("report.pdf")
            let output = folder.appendingPathComponent("report.txt")
            try data.write(to: input)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: tool)
            // As it was written, so that a link goes on in the next line only where it was broken there.
            process.arguments = ["-enc", "UTF-8", "-raw", input.path, output.path]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            let ended = DispatchSemaphore(value: 0)
            process.terminationHandler = { _ in ended.signal() }
            try process.run()
            guard ended.wait(timeout: .now() + seconds) == .success else {
                process.terminate()
                return .unreadable("pdftotext: \(Int(seconds)) s")
            }
            guard process.terminationStatus == 0 else { return .unreadable("pdftotext: \(process.terminationStatus)") }
            return .text(String(decoding: try Data(contentsOf: output).prefix(limit), as: UTF8.self))
        } catch {
            return .unreadable(error.localizedDescription)
        }
    }

    /// The links to an image display in a text; one that is broken over lines is joined.
    static func links(in text: String) -> [ImageDisplayLink] {
        let lines = text.split(whereSeparator: { $0.isNewline || $0 == "\u{0C}" }).map { $0.withoutOuterBlanks }
        var links: [ImageDisplayLink] = []
        for (index, line) in lines.enumerated() {
            for match in line.matches(of: /https?:\/\/\S+/.ignoresCase()) {
                var address = String(match.output)
                var next = index + 1
                // It goes on where the line ends with it, and the next one has no blank.
                if match.range.upperBound == line.endIndex {
                    while next < lines.count, next <= index + 4, !lines[next].isEmpty,
                        !lines[next].contains(where: \.isWhitespace), isPiece(lines[next])
                    {
                        address += lines[next]
                        next += 1
                    }
                }
                while let last = address.last, ".,;)>»\"".contains(last) { address.removeLast() }
                let lowered = address.lowercased()
                guard
                    lowered.contains(ImageDisplayLink.resource.lowercased()) || lowered.contains("requesttype=")
                        || lowered.contains("studyuid=")
                else { continue }
                links.append(ImageDisplayLink(reading: address))
            }
        }
        return links
    }

    /// Whether a line can be the rest of an address: it has the signs of a query or of a UID.
    private static func isPiece(_ line: String) -> Bool {
        line.contains { "=&?/".contains($0) } || line.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    }
}
