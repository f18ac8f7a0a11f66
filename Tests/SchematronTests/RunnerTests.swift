import Foundation
import Schematron
import Testing

@Suite("The runner")
struct RunnerTests {
    static let files = [
        "main.sch": schemaText(
            "<pattern><rule context='a'><assert test='@n = 1'>n is <value-of select='@n'/></assert></rule></pattern>"),
        "good.xml": "<a n='1'/>", "bad.xml": "<a n='2'/>", "other.xml": "<z/>", "broken.xml": "<a",
    ]

    @Test(
        "The exit code is that of the worst file, a fault before what could not be judged",
        arguments: [
            (["good.xml"], Int32(0)), (["good.xml", "bad.xml"], 1), (["other.xml"], 2),
            (["broken.xml", "good.xml"], 2),
            (["broken.xml", "bad.xml", "good.xml"], 1), (["none.xml"], 2), ([], 2),
        ] as [([String], Int32)])
    func status(_ names: [String], _ status: Int32) throws {
        let folder = try SchemaFolder(Self.files)
        let runner = try SchematronRunner(schemaFile: folder.path + "/main.sch", options: .init())
        var count = 0
        #expect(runner.run(names.map { folder.path + "/" + $0 }) { _ in count += 1 } == status)
        #expect(count == names.count)
    }

    @Test("Reports come in the order of the files, whatever the count of jobs", arguments: [1, 3, 8])
    func order(_ jobs: Int) throws {
        let folder = try SchemaFolder(Self.files)
        var options = SchematronRunner.Options()
        options.jobs = jobs
        options.format = .jsonLines
        let runner = try SchematronRunner(schemaFile: folder.path + "/main.sch", options: options)
        let names = (0..<50).map { $0 % 3 == 0 ? "bad" : "good" }
        var lines: [String] = []
        _ = runner.run(names.map { "\(folder.path)/\($0).xml" }) { output in
            if case .report(let line) = output { lines.append(line) }
        }
        #expect(lines.count == names.count)
        for (name, line) in zip(names, lines) { #expect(line.hasPrefix("{\"doc\":\"\(name)\",\"sch\":\"main\"")) }
    }

    @Test("A schema that is absent is told")
    func absent() throws {
        let folder = try SchemaFolder(Self.files)
        let error = #expect(throws: SchematronError.self) {
            try SchematronRunner(schemaFile: folder.path + "/none.sch", options: .init())
        }
        #expect(error?.code == .unreadable)
    }

    @Test("An overlay comes before the root")
    func overlay() throws {
        let folder = try SchemaFolder([
            "root/main.sch": schemaText(
                "<pattern><rule context='a'><assert test=\"@n = doc('c.xml')/c\">no</assert></rule></pattern>"),
            "over/c.xml": "<c>1</c>", "a.xml": "<a n='1'/>",
        ])
        var options = SchematronRunner.Options()
        let path = folder.path + "/root/main.sch"
        let without = try SchematronRunner(schemaFile: path, options: options)
        var text = ""
        _ = without.run([folder.path + "/a.xml"]) { if case .report(let report) = $0 { text = report } }
        #expect(text.contains("défaut du kit"))
        options.overlays = [folder.path + "/over"]
        #expect(try SchematronRunner(schemaFile: path, options: options).run([folder.path + "/a.xml"]) { _ in } == 0)
    }

    @Test("Fifty thousand asserts are judged")
    func many() throws {
        let asserts = (0..<50_000).map { "<assert test='@n != \($0)'>\($0)</assert>" }.joined()
        let report = try judge("<pattern><rule context='a'>" + asserts + "</rule></pattern>", on: "<a n='777'/>")
        #expect(report.texts == ["777"])
    }
}
