/// What the command line asks for.
struct Options {
    /// A part of the benchmark that runs in a process of its own.
    enum Section: String {
        case warm, once, examples, growth, stylesheets
    }

    /// What times are read from: the wall, or the processor time of the thread, which a busy machine disturbs less.
    enum Clock: String {
        case wall, cpu
    }

    var kit = ""
    var overlay: String?
    var document = ""
    var rounds = 31
    var isJSON = false
    var clock = Clock.wall
    /// The command whose cold run is measured.
    var cisis: String?
    /// A folder with the official flow's stylesheets, and the Saxon that runs them.
    var officialFlow: String?
    var saxonJar: String?
    /// Set in the processes that the benchmark starts.
    var section: Section?
    /// The folder that `stylesheets` writes into.
    var output = ""

    init?(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.popFirst() {
            guard let value = rest.popFirst() else { return nil }
            switch argument {
            case "--kit": kit = value
            case "--overlay": overlay = value
            case "--document": document = value
            case "--repeat":
                guard let number = Int(value), number > 0 else { return nil }
                rounds = number
            case "--format":
                guard value == "text" || value == "json" else { return nil }
                isJSON = value == "json"
            case "--clock":
                guard let known = Clock(rawValue: value) else { return nil }
                clock = known
            case "--section":
                guard let known = Section(rawValue: value) else { return nil }
                section = known
            case "--cisis": cisis = value
            case "--official-flow": officialFlow = value
            case "--saxon-jar": saxonJar = value
            case "--output": output = value
            default: return nil
            }
        }
        guard !kit.isEmpty else { return nil }
        if document.isEmpty { document = kit + "/ExemplesCDA/IMG_CR_IMG_2024.01.xml" }
    }

    /// The arguments of a process that runs one section.
    func arguments(for section: Section, output: String = "") -> [String] {
        var list = ["--section", section.rawValue, "--kit", kit, "--document", document]
        list += ["--repeat", String(rounds), "--clock", clock.rawValue]
        if let overlay { list += ["--overlay", overlay] }
        if !output.isEmpty { list += ["--output", output] }
        return list
    }
}
