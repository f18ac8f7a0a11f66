internal import Glibc
internal import XML

/// The kit's own way to a verdict: a start of Java for the XML Schema and four for each Schematron (include, expand,
/// compile, run).
///
/// The stylesheets of the first three steps are no part of this project and are named by `--official-flow`. Without
/// them the flow is bounded from below: the first step copies what is included and does no more, the identity stands in
/// the place of the next two, and the last step runs on stylesheets made here. The whole takes longer than that. The start
/// for the XML Schema is counted where Xerces and its samples stand beside Saxon.
struct OfficialFlow {
    static let group = "official flow"
    static let whole = "whole"
    static let least = "at least: mere copies in place of the first three steps"
    static let lastStep = "of which the last step"
    /// How often the flow runs for a median: a round takes half a minute.
    private static let rounds = 3

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
            list.remarks.append(
                "official flow: a lower bound is measured; name its stylesheets by --official-flow for the whole")
        }
        try runBound(jar, folder, program, &list)
    }

    private func runWhole(_ jar: String, _ sheets: String, _ folder: String, _ list: inout FigureList) throws {
        let document = try Document(contentsOfFile: options.document)
        let names = Kit(options).schematrons(for: options.document, document)
        try lay(folder)
        var whole = Timing()
        for _ in 0..<Self.rounds {
            var sum = try xerces(jar) ?? 0
            for name in names {
                var input = "\(folder)/kit/schematrons/\(name).sch"
                // Each step's output stands where the schema stands, for what it refers to.
                let stem = String(input.dropLast(4))
                for (number, step) in Self.steps.enumerated() {
                    let output = "\(stem).step\(number).xsl"
                    sum += try saxon(jar, input, "\(sheets)/\(step)", output)
                    input = output
                }
                sum += try saxon(jar, options.document, input, "\(folder)/report.xml")
            }
            whole.add(sum)
        }
        list.figures.append(Figure(Self.group, Self.whole, whole.median, "ms"))
        list.figures.append(Figure(Self.group, "starts of Java", Double(starts(jar, names.count)), ""))
    }

    private func runBound(
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
        let (inclusion, identity) = ("\(folder)/include.xsl", "\(folder)/identity.xsl")
        try write(Self.sheet(Self.inclusion), to: inclusion)
        try write(Self.sheet(""), to: identity)
        let names = Kit(options).schematrons(for: options.document, document)
        var (least, last) = (Timing(), Timing())
        for _ in 0..<Self.rounds {
            var (first, end) = (try xerces(jar) ?? 0, 0.0)
            for (index, name) in names.enumerated() {
                let source = "\(folder)/kit/schematrons/\(name).sch"
                let steps = (0..<Self.steps.count).map { "\(folder)/step\($0).xml" }
                first += try saxon(jar, source, inclusion, steps[0])
                for (input, output) in zip(steps, steps.dropFirst()) {
                    first += try saxon(jar, input, identity, output)
                }
                let sheet = "\(folder)/\(index)-\(Kit.lastSegment(name)).xsl"
                end += try saxon(jar, options.document, sheet, "\(folder)/report.xml")
            }
            least.add(first + end)
            last.add(end)
        }
        list.figures.append(Figure(Self.group, Self.least, least.median, "ms"))
        list.figures.append(Figure(Self.group, Self.lastStep, last.median, "ms"))
        list.figures.append(Figure(Self.group, "starts of Java", Double(starts(jar, names.count)), ""))
    }

    private static func sheet(_ templates: String) -> String {
        """
        <xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
            xmlns:sch="http://purl.oclc.org/dsdl/schematron">
        <xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>
        \(templates)
        </xsl:stylesheet>
        """
    }

    private static let inclusion = """
        <xsl:template match="sch:include[doc-available(resolve-uri(@href, base-uri()))]">
        <xsl:apply-templates select="document(@href, .)/*"/>
        </xsl:template>
        """

    private func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Subprocess.Failure(description: "\(path) cannot be written") }
        let status = fputs(text, file)
        guard fclose(file) == 0, status >= 0 else {
            throw Subprocess.Failure(description: "\(path) cannot be written")
        }
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

    private func starts(_ jar: String, _ schemas: Int) -> Int {
        schemas * (Self.steps.count + 1) + (validator(jar) == nil ? 0 : 1)
    }

    /// The class path of Xerces and its samples, whose validator is a start of Java for an XML Schema.
    private func validator(_ jar: String) -> String? {
        let folder = jar.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let jars = ["xercesImpl.jar", "xercesSamples.jar"].map { "\(folder)/\($0)" }
        return jars.allSatisfy { access($0, R_OK) == 0 } ? jars.joined(separator: ":") : nil
    }

    private func xerces(_ jar: String) throws -> Double? {
        guard let path = validator(jar) else { return nil }
        let result = try Subprocess.run(
            "java",
            ["-cp", path, "jaxp.SourceValidator", "-a", Kit(options).schemaFile, "-i", options.document])
        guard result.status == 0 else {
            throw Subprocess.Failure(description: "Xerces ended with status \(result.status)")
        }
        return result.milliseconds(by: options.clock)
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
