internal import Foundation

/// Loads the profiles of a data root: `Profiles/<profile>/<volet>/{profile.yaml,requirements.yaml,scenarios/*.yaml}`.
///
/// A profile may also stand directly below `Profiles`. Every error of every file is reported.
public enum ProfileLoader {
    /// The profiles, sorted by folder.
    ///
    /// Throws every author's error at once; none of the profiles may be run then.
    ///
    /// - Parameter rules: the ids of the rules of the tool, which scenarios may name as requirements.
    public static func loadProfiles(dataRoot: String, rules: Set<String> = []) throws(LoadErrors) -> [Profile] {
        let loaded = load(dataRoot: dataRoot, rules: rules)
        guard loaded.errors.isEmpty, let profiles = loaded.value else { throw LoadErrors(loaded.errors) }
        return profiles
    }

    /// The profiles as far as they could be read, with every error.
    public static func load(dataRoot: String, rules: Set<String> = []) -> Loaded<[Profile]> {
        let root = URL(fileURLWithPath: dataRoot, isDirectory: true).appendingPathComponent("Profiles")
        let location = SourceLocation(file: root.path, line: 1)
        guard Folder.isFolder(root.path) else {
            return Loaded(
                value: nil,
                errors: [
                    LoadError(location, "no such folder", advice: "name the data root with --data DIR or CISIS_DATA")
                ])
        }
        let volets = Folder.subfolders(of: root.path).flatMap { folder in
            Folder.isVolet(folder) ? [folder] : Folder.subfolders(of: folder).filter(Folder.isVolet)
        }
        guard !volets.isEmpty else {
            return Loaded(
                value: [],
                errors: [LoadError(location, "no profile here", advice: "a profile is a folder with a profile.yaml")])
        }
        let drafts = volets.map { ProfileDraft(folder: $0, name: Folder.name(of: $0, below: dataRoot)) }
        return assemble(drafts, rules)
    }

    private static func assemble(_ drafts: [ProfileDraft], _ rules: Set<String>) -> Loaded<[Profile]> {
        var errors = drafts.flatMap(\.errors)
        var profiles: [Profile] = []
        for volets in Dictionary(grouping: drafts, by: \.id).values {
            errors += duplicates(
                volets.flatMap { draft in draft.requirements.map { ($0.id, $0.location, draft.requirementsFile) } },
                "requirement")
            var vocabulary = ScenarioVocabulary(
                profile: "", actors: volets.compactMap(\.actorIDs).flatten(count: volets.count),
                transactions: volets.compactMap(\.transactionIDs).flatten(count: volets.count),
                requirements: volets.compactMap(\.requirementIDs).flatten(count: volets.count)
                    .map { $0 + rules.subtracting($0).sorted() })
            var located: [(String, SourceLocation, SourceFile?)] = []
            for draft in volets {
                errors += draft.crossCheck(actors: vocabulary.actors)
                vocabulary.profile = draft.voletID
                let names = vocabulary
                let scenarios = draft.scenarioFiles.map { file in
                    ScenarioLoader.load(path: file.path, name: file.name, vocabulary: names)
                }
                errors += scenarios.flatMap(\.errors)
                let values = scenarios.compactMap(\.value)
                located += values.map { ($0.id, $0.location, nil) }
                if let profile = draft.profile(scenarios: values) { profiles.append(profile) }
            }
            errors += duplicates(located, "scenario")
        }
        return Loaded(
            value: profiles.sorted { $0.location.file < $1.location.file }, errors: LoadErrors(errors).errors)
    }

    private static func duplicates(
        _ items: [(id: String, location: SourceLocation, file: SourceFile?)], _ noun: String
    ) -> [LoadError] {
        var first: [String: SourceLocation] = [:]
        var errors: [LoadError] = []
        for (id, location, file) in items {
            guard let earlier = first[id] else {
                first[id] = location
                continue
            }
            let message = "\(noun) '\(id)' exists already"
            let advice = "the other is at \(earlier)"
            errors.append(
                file?.error(location, message, advice: advice) ?? LoadError(location, message, advice: advice))
        }
        return errors
    }
}

extension [[String]] {
    /// All names, or nil where a part of `count` is missing: then any name will do.
    fileprivate func flatten(count expected: Int) -> [String]? {
        guard count == expected else { return nil }
        var seen: Set<String> = []
        return flatMap { $0 }.filter { seen.insert($0).inserted }
    }
}

/// Folders, in a stable order.
enum Folder {
    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The names in a folder, sorted, without the hidden ones.
    static func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    static func subfolders(of path: String) -> [String] {
        names(in: path).map { "\(path)/\($0)" }.filter(isFolder)
    }

    /// Whether the folder holds a profile, or a part of one.
    static func isVolet(_ path: String) -> Bool {
        exists("\(path)/profile.yaml") || exists("\(path)/requirements.yaml") || isFolder("\(path)/scenarios")
    }

    /// `path` relative to `root`, or itself where it lies elsewhere.
    static func name(of path: String, below root: String) -> String {
        let base = URL(fileURLWithPath: root).standardizedFileURL.path
        let full = URL(fileURLWithPath: path).standardizedFileURL.path
        guard full.hasPrefix(base + "/") else { return full }
        return String(full.dropFirst(base.count + 1))
    }
}
