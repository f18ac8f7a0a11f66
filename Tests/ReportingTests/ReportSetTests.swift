import Conformance
import Foundation
import Reporting
import Testing

@Suite struct ReportSetTests {
    private static func directory() throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url.appendingPathComponent("evidence"), withIntermediateDirectories: true)
        return url.path
    }

    private static func fill(_ directory: String) throws {
        for (digest, bytes) in Sample.evidence {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/evidence/\(digest)"))
        }
    }

    @Test("A run's folder holds record, JUnit and page, and the page shows the bodies of the evidence folder")
    func wholeSet() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Self.fill(directory)
        try ReportSet.write(Sample.run, to: directory)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        #expect(names == ["evidence", "junit.xml", "report.html", "run.json"])
        let read = try RunRecordFile.read("\(directory)/run.json")
        #expect(read.verdict == .fail)
        let page = try String(contentsOfFile: "\(directory)/report.html", encoding: .utf8)
        #expect(page.contains("XDSRepositoryError&quot; codeContext"))
        // The page can be made again from the record alone: then it says that the files are missing.
        let alone = String(decoding: HTMLReporter.write(read) { _ in nil }, as: UTF8.self)
        #expect(!alone.contains("codeContext"))
        #expect(alone.contains("La pièce est absente du dossier."))
    }

    @Test("Only a digest names a file of the evidence, and only its beginning is read")
    func evidence() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("secret".utf8).write(to: URL(fileURLWithPath: "\(directory)/outside"))
        let big = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        try big.write(to: URL(fileURLWithPath: "\(directory)/evidence/\(Sample.digest(7))"))
        func prefix(_ sha256: String) -> [UInt8]? {
            let reference = EvidenceReference(sha256: sha256, size: 6, mediaType: "text/plain", kind: "part", name: "")
            return ReportSet.evidencePrefix(of: reference, in: directory)
        }
        #expect(prefix("../outside") == nil)
        #expect(prefix(Sample.digest(8)) == nil)
        #expect(prefix(Sample.digest(7))?.count == HTMLReporter.evidencePrefix)
    }

    @Test("A folder that can't be written is told by name")
    func unwritable() {
        let error = #expect(throws: RecordError.self) { try ReportSet.write(Sample.run, to: "/dev/null/run") }
        #expect(error?.message.contains("/dev/null/run/run.json") ?? false)
    }

    /// `CISIS_SAMPLE_REPORT=<folder>` keeps the sample's reports, to be looked at in a browser.
    @Test(
        "The sample's reports are kept where a person asks for them",
        .enabled(if: ProcessInfo.processInfo.environment["CISIS_SAMPLE_REPORT"] != nil))
    func kept() throws {
        let directory = try #require(ProcessInfo.processInfo.environment["CISIS_SAMPLE_REPORT"])
        try FileManager.default.createDirectory(
            atPath: "\(directory)/evidence", withIntermediateDirectories: true)
        try Self.fill(directory)
        try ReportSet.write(Sample.run, to: directory)
        let console = ConsoleReporter(language: .fr, isColored: true)
        var lines: [String] = []
        for scenario in Sample.run.scenarios { lines += [console.line(for: scenario)] + console.details(of: scenario) }
        lines += console.summary(of: Sample.run, directory: directory)
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: "\(directory)/console.txt"))
        #expect(FileManager.default.fileExists(atPath: "\(directory)/report.html"))
    }
}
