internal import Foundation

/// Judges what authors wrote, without any system under test.
public enum Linter {
    /// Every error of the profiles and scenarios of a data root.
    ///
    /// - Parameter rules: the ids of the rules of the tool, which scenarios may name as requirements.
    public static func lint(dataRoot: String, rules: Set<String> = []) -> [LoadError] {
        let loaded = ProfileLoader.load(dataRoot: dataRoot, rules: rules)
        let scenarios = (loaded.value ?? []).flatMap(\.scenarios)
        let placeholders = scenarios.flatMap { scenario -> [LoadError] in
            let path = "\(dataRoot)/\(scenario.location.file)"
            guard let file = try? SourceFile.load(path: path, name: scenario.location.file) else { return [] }
            return PlaceholderLint(scenario, file).errors
        }
        return LoadErrors(loaded.errors + placeholders).errors
    }

    /// Every error of the files and folders `paths`.
    ///
    /// A file of a profile is judged with the names of its profile; the whole data root around it is read for that. A
    /// file that belongs to none is judged as a scenario in which any name will do.
    public static func lint(paths: [String], rules: Set<String> = []) -> [LoadError] {
        var errors: [LoadError] = []
        for path in paths {
            let full = URL(fileURLWithPath: path).standardizedFileURL.path
            if let root = dataRoot(around: full) {
                let name = Folder.name(of: full, below: root)
                errors += lint(dataRoot: root, rules: rules).filter { error in
                    full == root || error.location.file == name || error.location.file.hasPrefix(name + "/")
                        || error.location.file.hasPrefix(full)
                }
            } else if Folder.isFolder(full) {
                errors += files(below: full, depth: 0).flatMap { lintAlone($0) }
            } else {
                errors += lintAlone(full, name: path)
            }
        }
        return LoadErrors(errors).errors
    }

    /// The scenarios that the files and folders `paths` hold, as far as they can be read.
    public static func scenarios(paths: [String], rules: Set<String> = []) -> [Scenario] {
        paths.flatMap { path -> [Scenario] in
            let full = URL(fileURLWithPath: path).standardizedFileURL.path
            if let root = dataRoot(around: full) {
                let name = Folder.name(of: full, below: root)
                let all = ProfileLoader.load(dataRoot: root, rules: rules).value?.flatMap(\.scenarios) ?? []
                return all.filter {
                    full == root || $0.location.file == name || $0.location.file.hasPrefix(name + "/")
                }
            }
            let files = Folder.isFolder(full) ? self.files(below: full, depth: 0) : [full]
            return files.compactMap { file in
                let shown = Folder.isFolder(full) ? file : path
                return ScenarioLoader.load(path: file, name: shown, vocabulary: ScenarioVocabulary(profile: "")).value
            }
        }
    }

    private static func lintAlone(_ path: String, name: String? = nil) -> [LoadError] {
        do throws(LoadError) {
            let file = try SourceFile.load(path: path, name: name ?? path)
            let loaded = ScenarioLoader.read(file, ScenarioVocabulary(profile: ""))
            return loaded.errors + (loaded.value.map { PlaceholderLint($0, file).errors } ?? [])
        } catch {
            return [error]
        }
    }

    /// The nearest folder, from `path` upwards, that holds `Profiles` with `path` in it.
    private static func dataRoot(around path: String) -> String? {
        guard Folder.exists(path) else { return nil }
        if Folder.isFolder("\(path)/Profiles") { return path }
        let parts = path.split(separator: "/")
        guard let index = parts.lastIndex(of: "Profiles") else { return nil }
        return "/" + parts[..<index].joined(separator: "/")
    }

    private static func files(below folder: String, depth: Int) -> [String] {
        guard depth < 16 else { return [] }
        return Folder.names(in: folder).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            if Folder.isFolder(path) { return files(below: path, depth: depth + 1) }
            return name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? [path] : []
        }
    }
}

/// Checks the `${…}` of one scenario: defined, captured before they are used, and none defined in vain.
struct PlaceholderLint {
    private(set) var errors: [LoadError] = []
    private let file: SourceFile
    private let scenario: Scenario
    private var used: Set<String> = []

    init(_ scenario: Scenario, _ file: SourceFile) {
        self.scenario = scenario
        self.file = file
        var known = Set<String>()
        for variable in scenario.variables {
            check(variable.value, at: variable.location, known: known, captured: [:])
            known.insert(variable.name)
        }
        for (index, step) in scenario.steps.enumerated() {
            let captured = captures(of: scenario.steps[..<index])
            let own = captures(of: scenario.steps[...index])
            if let to = step.to { check(to, at: step.location, known: known, captured: captured) }
            for entry in step.with { check(entry.value, known: known, captured: captured) }
            for mutation in step.mutations {
                check(mutation.text, at: mutation.location, known: known, captured: captured)
            }
            for capture in step.captures { check(capture.value, known: known, captured: captured) }
            for expectation in step.expectations { check(expectation.argument, known: known, captured: own) }
        }
        for variable in scenario.variables where !used.contains(variable.name) {
            errors.append(
                file.error(
                    variable.location, "variable '\(variable.name)' is never used",
                    advice: "remove it, or use it as ${\(variable.name)}", length: variable.name.unicodeScalars.count))
        }
    }

    private func captures(of steps: ArraySlice<Step>) -> [String: Int] {
        var result: [String: Int] = [:]
        for step in steps {
            for capture in step.captures {
                result[capture.name] = capture.location.line
                result["\(step.id).\(capture.name)"] = capture.location.line
            }
        }
        return result
    }

    private mutating func check(_ value: SourceValue, known: Set<String>, captured: [String: Int]) {
        switch value {
        case .scalar(let text, let location): check(text, at: location, known: known, captured: captured)
        case .list(let items, _): for item in items { check(item, known: known, captured: captured) }
        case .map(let entries, _): for entry in entries { check(entry.value, known: known, captured: captured) }
        }
    }

    private mutating func check(
        _ text: String, at location: SourceLocation, known: Set<String>, captured: [String: Int]
    ) {
        for placeholder in Placeholder.all(in: text) {
            let name = placeholder.name
            used.insert(name)
            if name.isEmpty {
                report(placeholder, at: location, "a '${' is not closed, or names nothing", advice: "write ${name}")
                continue
            }
            if known.contains(name) || captured[name] != nil { continue }
            if let dot = name.firstIndex(of: "."), Placeholder.namespaces.contains(String(name[..<dot])) { continue }
            if let line = captures(of: scenario.steps[...])[name] {
                report(
                    placeholder, at: location, "'${\(name)}' is used before it is captured",
                    advice: "it is captured at line \(line): use it in a later step")
                continue
            }
            let names = known.union(captured.keys)
            let advice =
                Suggestion.advice(for: name, among: names.sorted())
                ?? "define it under 'variables', or capture it in an earlier step"
            report(placeholder, at: location, "'${\(name)}' is not defined", advice: advice)
        }
    }

    /// Reports at the placeholder itself where its line holds it, else at the value.
    private mutating func report(
        _ placeholder: Placeholder, at location: SourceLocation, _ message: String, advice: String
    ) {
        var place = location
        var length: Int?
        if let line = file.line(location.line), !placeholder.name.isEmpty {
            let scalars = Array(line.unicodeScalars)
            let pattern = Array("${\(placeholder.name)}".unicodeScalars)
            let start = max(0, location.column - 1)
            if scalars.count >= start + pattern.count,
                let offset = (start...(scalars.count - pattern.count)).first(where: {
                    scalars[$0..<($0 + pattern.count)].elementsEqual(pattern)
                })
            {
                place.column = offset + 1
                length = pattern.count
            }
        }
        errors.append(file.error(place, message, advice: advice, length: length))
    }
}
