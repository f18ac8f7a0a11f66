internal import Glibc

/// A fresh `cisis validate --pack` on the document, with the kit registered in a folder of its own.
struct ColdCommand {
    static let name = "cisis validate --pack"

    private let program: String
    private let home: String
    private let document: String

    /// Registers the kit; nil, with a remark, where that cannot be.
    init?(_ program: String, _ options: Options, _ list: inout FigureList) {
        self.program = program
        document = options.document
        guard let folder = TemporaryFolder.make() else {
            list.remarks.append("no temporary folder: no cold run of \(program)")
            return nil
        }
        home = folder
        var arguments = ["CISIS_HOME=\(home)", program, "pack", "add", options.kit, "--name", "kit"]
        if let overlay = options.overlay { arguments += ["--overlay", overlay] }
        guard let result = try? Subprocess.run("env", arguments), result.status == 0 else {
            list.remarks.append("\(program) pack add fails: no cold run of it")
            remove()
            return nil
        }
    }

    func run() throws -> Subprocess.Result {
        let result = try Subprocess.run(
            "env", ["CISIS_HOME=\(home)", program, "validate", document, "--pack", "kit"])
        // 0: conformant, 1: not; any other means that nothing was judged.
        guard result.status < 2 else {
            throw Subprocess.Failure(description: "\(program) validate --pack ended with status \(result.status)")
        }
        return result
    }

    func remove() { TemporaryFolder.remove(home) }
}

/// Folders that are gone after the benchmark.
enum TemporaryFolder {
    static func make() -> String? {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        var template = Array("\(parent)/schematron-benchmark-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { return nil }
        return String(cString: made)
    }

    static func remove(_ folder: String) { _ = try? Subprocess.run("rm", ["-rf", folder]) }
}
