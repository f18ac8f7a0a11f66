internal import Glibc

/// The whole benchmark: starts a process for each section, gathers their figures and adds the ratios.
struct Suite {
    private let options: Options
    private let program: String
    private var list = FigureList()

    init(_ options: Options) {
        self.options = options
        // The program that runs, wherever it was started from.
        program = "/proc/self/exe".withCString { path in
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink(path, &buffer, buffer.count - 1)
            return count > 0
                ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
                : CommandLine.arguments[0]
        }
    }

    mutating func run() throws -> String {
        try section(.warm)
        try cold()
        try section(.examples)
        try section(.growth)
        try SaxonComparison(options: options).run(&list, program: program)
        try OfficialFlow(options: options).run(&list, program: program)
        ratios()
        list.remarks.append(
            options.clock == .wall
                ? "times by the wall clock: on a busy machine compare with --clock cpu"
                : "times of the processor; of cold processes, of all their threads")
        return options.isJSON ? list.json : list.text
    }

    private mutating func section(_ section: Options.Section) throws {
        let result = try Subprocess.run(program, options.arguments(for: section), showsErrors: true)
        guard result.status == 0 else {
            throw Subprocess.Failure(description: "the section \(section.rawValue) ended with status \(result.status)")
        }
        list.figures += result.output.split(separator: "\n").compactMap { Figure(line: $0) }
    }

    /// Fresh processes of this program and of `xmllint --schema`, in turns.
    private mutating func cold() throws {
        var own = Timing()
        var other = Timing()
        var memory = Timing()
        let schema = Kit(options).schemaFile
        let arguments = ["--noout", "--schema", schema, options.document]
        let command = options.cisis.flatMap { ColdCommand($0, options, &list) }
        defer { command?.remove() }
        var ours = Timing()
        let hasOther = (try? Subprocess.run("xmllint", ["--version"]))?.status == 0
        if !hasOther { list.remarks.append("xmllint is not on the PATH: no comparison of cold runs") }
        for round in 0...max(5, options.rounds / 3) {
            let result = try Subprocess.run(program, options.arguments(for: .once), showsErrors: true)
            guard result.status == 0 else {
                throw Subprocess.Failure(description: "the section once ended with status \(result.status)")
            }
            let judged = try command?.run()
            let reference = hasOther ? try Subprocess.run("xmllint", arguments).milliseconds(by: options.clock) : nil
            // The first round reads the files from the disk.
            guard round > 0 else { continue }
            own.add(result.milliseconds(by: options.clock))
            if let reference { other.add(reference) }
            if let judged { ours.add(judged.milliseconds(by: options.clock)) }
            for line in result.output.split(separator: "\n") {
                guard let figure = Figure(line: line), figure.name == "peak memory" else { continue }
                memory.add(figure.value)
            }
        }
        list.figures.append(Figure("cold", "process, start to verdict", own.median, "ms"))
        list.figures.append(Figure("cold", "peak memory", memory.median, "MB"))
        if command != nil { list.figures.append(Figure("cold", ColdCommand.name, ours.median, "ms")) }
        if hasOther { list.figures.append(Figure("cold", "xmllint --schema", other.median, "ms")) }
    }

    private mutating func ratios() {
        let floor = "floor: libxml2 parse and XML Schema"
        if let value = list["warm", "whole verdict"], let least = list["warm", floor] {
            list.figures.append(Figure(ratio: "whole verdict, warm : floor", value / least, atMost: 8))
        }
        if let value = list["warm", "whole verdict"], let other = list["SaxonC", "all Schematrons"] {
            list.figures.append(Figure(ratio: "SaxonC warm : whole verdict, warm", other / value, atLeast: 50))
        }
        if let value = list["warm", "all Schematrons together"], let parse = list["warm", "parse into the tree"],
            let other = list["SaxonC", "all Schematrons"]
        {
            // SaxonC's time holds no XML Schema: the same work on both sides.
            list.figures.append(
                Figure("ratio", "SaxonC warm : parse and Schematrons, warm", other / (value + parse), "times"))
        }
        if let value = list["cold", "process, start to verdict"], let other = list["cold", "xmllint --schema"] {
            list.figures.append(Figure(ratio: "cold process : cold xmllint --schema", value / other, atMost: 8))
        }
        if let value = list["cold", ColdCommand.name], let other = list["cold", "xmllint --schema"] {
            list.figures.append(
                Figure(ratio: "cold \(ColdCommand.name) : cold xmllint --schema", value / other, atMost: 8))
        }
        for own in ["process, start to verdict", ColdCommand.name] {
            guard let value = list["cold", own] else { continue }
            let flows = [
                (OfficialFlow.whole, "official flow"), (OfficialFlow.otherEdition, "official flow"),
                (OfficialFlow.least, "official flow, at least"),
            ]
            for (figure, flow) in flows {
                guard let other = list[OfficialFlow.group, figure] else { continue }
                list.figures.append(Figure(ratio: "\(flow) : cold \(own)", other / value, atLeast: 100))
            }
        }
        if let value = list["examples", "whole verdicts"], let least = list["examples", "floor"] {
            list.figures.append(Figure(ratio: "all examples : their floor", value / least, atMost: 8))
        }
        if let value = list["growth", "64×: whole verdict"], let least = list["growth", "64×: floor"] {
            list.figures.append(Figure(ratio: "64× the body : its floor", value / least, atMost: 8))
        }
        if let exponent = list["growth", "exponent over nodes"] {
            var figure = Figure("ratio", "growth exponent, 1× to 64×", exponent, "")
            figure.limit = 1.15
            list.figures.append(figure)
        }
        for group in ["warm", "cold"] {
            guard let peak = list[group, "peak memory"] else { continue }
            var figure = Figure("ratio", "peak memory, \(group)", peak, "MB")
            figure.limit = 120
            list.figures.append(figure)
        }
    }
}
