internal import Glibc

/// SaxonC (PyPI `saxonche`) on the same Schematrons, compiled before, in one warm process.
struct SaxonComparison {
    let options: Options

    /// What Python runs: folder of stylesheets, kit, overlay, document, rounds, clock.
    private static let script = #"""
        import glob, os, shutil, sys, time
        from statistics import median
        from saxonche import PySaxonProcessor
        folder, kit, overlay, document, rounds, clock = sys.argv[1:7]
        # The files that expressions look up, with the overlay's laid over them.
        for part in ('schematrons', 'jeuxDeValeurs'):
            shutil.copytree(os.path.join(kit, part), os.path.join(folder, 'kit', part), copy_function=os.symlink)
        for path, _, names in os.walk(overlay) if overlay else ():
            target = os.path.normpath(os.path.join(folder, 'kit/schematrons', os.path.relpath(path, overlay)))
            os.makedirs(target, exist_ok=True)
            for name in names:
                if os.path.lexists(os.path.join(target, name)): os.remove(os.path.join(target, name))
                os.symlink(os.path.join(path, name), os.path.join(target, name))
        def tell(group, name, value, unit='ms'): print(group, name, value, unit, sep='\t', flush=True)
        now = lambda: (time.process_time() if clock == 'cpu' else time.perf_counter()) * 1000
        with PySaxonProcessor(license=False) as saxon:
            sheets = []
            start = now()
            for file in sorted(glob.glob(folder + '/*.xsl')):
                name = os.path.basename(file)[2:-4]
                sheets.append((name, saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=file), []))
            tell('SaxonC', 'compile', now() - start)
            totals = []
            for turn in range(int(rounds) + 2):
                begin = now()
                tree = saxon.parse_xml(xml_file_name=document)
                for name, sheet, times in sheets:
                    start = now()
                    text = sheet.transform_to_string(xdm_node=tree)
                    times.append(now() - start)
                    if turn == 0: tell('SaxonC counts', name, text.count('<svrl:fired-rule'), 'fired rules')
                totals.append(now() - begin)
            for name, _, times in sheets: tell('SaxonC', name, median(times[2:]))
            tell('SaxonC', 'all Schematrons', median(totals[2:]))
            peak = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0]
            tell('SaxonC', 'peak memory', int(peak) / 1024, 'MB')
        os._exit(0)
        """#

    /// The figures, or why there are none.
    func run(_ list: inout FigureList, program: String) throws {
        let python = getenv("CISIS_PYTHON").map { String(cString: $0) } ?? "python3"
        guard (try? Subprocess.run(python, ["-c", "import saxonche"]))?.status == 0 else {
            list.remarks.append("\(python) has no saxonche: no comparison with SaxonC (CISIS_PYTHON names another)")
            return
        }
        guard let folder = TemporaryFolder.make() else {
            list.remarks.append("no temporary folder: no comparison with SaxonC")
            return
        }
        defer { TemporaryFolder.remove(folder) }
        let written = try Subprocess.run(
            program, options.arguments(for: .stylesheets, output: folder), showsErrors: true)
        guard written.status == 0 else {
            list.remarks.append("the stylesheets for SaxonC could not be written")
            return
        }
        let rounds = String(max(3, options.rounds / 3))
        let result = try Subprocess.run(
            python,
            [
                "-c", Self.script, folder, absolute(options.kit), options.overlay.map(absolute) ?? "",
                absolute(options.document), rounds, options.clock.rawValue,
            ], showsErrors: true)
        guard result.status == 0 else {
            list.remarks.append("SaxonC stopped with status \(result.status)")
            return
        }
        let figures = result.output.split(separator: "\n").compactMap { Figure(line: $0) }
        list.figures += figures.filter { $0.group == "SaxonC" }
        for figure in figures where figure.group == "SaxonC counts" {
            let ours = list["counts", figure.name]
            if ours != figure.value {
                list.remarks.append(
                    "\(figure.name): SaxonC fires \(Int(figure.value)) rules, we \(ours.map { Int($0) } ?? 0): "
                        + "the times are not of the same work")
            }
        }
    }

    private func absolute(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
