internal import Glibc
internal import XML

/// The kit's own way to a verdict: a start of Java for the XML Schema and four for each Schematron (include, expand,
/// compile, run).
///
/// The stylesheets of the first three steps are no part of this project and are named by `--official-flow`. Without
/// them the last step is measured alone, with stylesheets made here: the whole flow takes longer than that.
struct OfficialFlow {
    static let group = "official flow"
    static let whole = "whole"
    static let lastStep = "last step alone"

    let options: Options

    private static let steps = ["iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt2.xsl"]

    /// The figures, or why there are none.
    func run(_ list: inout FigureList, program: String) throws {
        guard let jar = options.saxonJar else {
            list.remarks.append("official flow: not measured: name Saxon for Java by --saxon-jar")
            return
        }
        guard access(jar, R_OK) == 0, (try? Subprocess.run("java", ["-version"]))?.status == 0 else {
            list.remarks.append("official flow: not measured: there is no java on the PATH, or no \(jar)")
            return
        }
        guard let folder = TemporaryFolder.make() else {
            list.remarks.append("official flow: not measured: no temporary folder")
            return
        }
        defer { TemporaryFolder.remove(folder) }
        if let sheets = options.officialFlow {
            if let missing = Self.steps.first(where: { access("\(sheets)/\($0)", R_OK) != 0 }) {
                list.remarks.append("official flow: the whole is not measured: there is no \(sheets)/\(missing)")
            } else {
                try runWhole(jar, sheets, folder, &list)
                return
            }
        } else {
            list.remarks.append("official flow: the whole is not measured: name its stylesheets by --official-flow")
        }
        try runLastStep(jar, folder, program, &list)
    }

    private func runWhole(_ jar: String, _ sheets: String, _ folder: String, _ list: inout FigureList) throws {
        let document = try Document(contentsOfFile: options.document)
        let kit = Kit(options)
        try lay(folder)
        var sum = 0.0
        var starts = 0
        for name in kit.schematrons(for: options.document, document) {
            var input = "\(folder)/kit/schematrons/\(name).sch"
            // Each step's output stands where the schema stands, for what it refers to.
            let stem = String(input.dropLast(4))
            for (number, step) in Self.steps.enumerated() {
                let output = "\(stem).step\(number).xsl"
                sum += try saxon(jar, input, "\(sheets)/\(step)", output)
                input = output
                starts += 1
            }
            sum += try saxon(jar, options.document, input, "\(folder)/report.xml")
            starts += 1
        }
        list.figures.append(Figure(Self.group, Self.whole, sum, "ms"))
        list.figures.append(Figure(Self.group, "starts of Java", Double(starts), ""))
    }

    private func runLastStep(
        _ jar: String, _ folder: String, _ program: String, _ list: inout FigureList
    ) throws {
        let written = try Subprocess.run(
            program, options.arguments(for: .stylesheets, output: folder), showsErrors: true)
        guard written.status == 0 else {
            list.remarks.append("official flow: not measured: the stylesheets could not be written")
            return
        }
        try lay(folder)
        let document = try Document(contentsOfFile: options.document)
        var sum = 0.0
        let names = Kit(options).schematrons(for: options.document, document)
        for (index, name) in names.enumerated() {
            let sheet = "\(folder)/\(index)-\(Kit.lastSegment(name)).xsl"
            sum += try saxon(jar, options.document, sheet, "\(folder)/report.xml")
        }
        list.figures.append(Figure(Self.group, Self.lastStep, sum, "ms"))
        list.figures.append(Figure(Self.group, "starts of Java", Double(names.count), ""))
    }

    /// The kit with its overlay, as links.
    private func lay(_ folder: String) throws {
        let copies = [
            ("\(options.kit)/schematrons", "schematrons"), ("\(options.kit)/jeuxDeValeurs", "jeuxDeValeurs"),
        ]
        for (source, name) in copies {
            try expect("mkdir", ["-p", "\(folder)/kit"])
            try expect("cp", ["-r", source, "\(folder)/kit/\(name)"])
            try expect("chmod", ["-R", "u+w", "\(folder)/kit/\(name)"])
        }
        if let overlay = options.overlay {
            try expect("cp", ["-r", "\(overlay)/.", "\(folder)/kit/schematrons/"])
        }
    }

    private func expect(_ program: String, _ arguments: [String]) throws {
        guard try Subprocess.run(program, arguments, showsErrors: true).status == 0 else {
            throw Subprocess.Failure(description: "\(program) \(arguments.joined(separator: " ")) fails")
        }
    }

    private func saxon(_ jar: String, _ source: String, _ sheet: String, _ output: String) throws -> Double {
        let result = try Subprocess.run(
            "java",
            ["-cp", jar, "net.sf.saxon.Transform", "-versionmsg:off", "-s:\(source)", "-xsl:\(sheet)", "-o:\(output)"])
        guard result.status == 0 else {
            throw Subprocess.Failure(description: "Saxon on \(sheet) ended with status \(result.status)")
        }
        return result.milliseconds(by: options.clock)
    }
}
