internal import Foundation
internal import XML

/// A catalogue in the W3C QT3 form: environments and sets of cases.
struct Catalogue {
    static let namespace = "http://www.w3.org/2010/09/qt-fots-catalog"

    let folder: URL
    private(set) var sets: [(name: String, file: String)] = []
    private(set) var environments: [String: Surroundings] = [:]

    init(folder: URL) throws {
        self.folder = folder
        let root = try Document(contentsOfFile: folder.appendingPathComponent("catalog.xml").path).documentElement
        for element in root.elements("environment", in: Self.namespace) {
            environments[element.attribute("name") ?? ""] = Surroundings(element, base: "catalog.xml")
        }
        for element in root.elements("test-set", in: Self.namespace) {
            sets.append((element.attribute("name") ?? "", element.attribute("file") ?? ""))
        }
    }

    /// Whether the file of a set is there: a part of the suite is a suite.
    func has(_ file: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(file).path)
    }

    /// The cases of a set.
    func cases(_ file: String) throws -> [SuiteCase] {
        let root = try Document(contentsOfFile: folder.appendingPathComponent(file).path).documentElement
        var local: [String: Surroundings] = [:]
        for element in root.elements("environment", in: Self.namespace) {
            local[element.attribute("name") ?? ""] = Surroundings(element, base: file)
        }
        let shared = root.elements("dependency", in: Self.namespace).map(Dependency.init)
        return root.elements("test-case", in: Self.namespace).compactMap { element in
            guard let test = element.first("test", in: Self.namespace),
                let result = element.first("result", in: Self.namespace)?.elements.first
            else { return nil }
            var surroundings = Surroundings()
            if let environment = element.first("environment", in: Self.namespace) {
                if let name = environment.attribute("ref") {
                    surroundings = local[name] ?? environments[name] ?? Surroundings()
                } else {
                    surroundings = Surroundings(environment, base: file)
                }
            }
            var source = test.stringValue
            if let path = test.attribute("file") {
                let place = folder.appendingPathComponent(file).deletingLastPathComponent().appendingPathComponent(path)
                source = (try? String(contentsOf: place, encoding: .utf8)) ?? source
            }
            return SuiteCase(
                name: element.attribute("name") ?? "", file: file, source: source, surroundings: surroundings,
                dependencies: shared + element.elements("dependency", in: Self.namespace).map(Dependency.init),
                expected: result)
        }
    }
}

/// One case.
struct SuiteCase {
    let name: String
    /// The file of its set, relative to the suite.
    let file: String
    let source: String
    let surroundings: Surroundings
    let dependencies: [Dependency]
    let expected: Node
}

/// What a case asks of a processor.
struct Dependency {
    let type: String
    let value: String
    let isSatisfied: Bool

    init(_ element: Node) {
        type = element.attribute("type") ?? ""
        value = element.attribute("value") ?? ""
        isSatisfied = element.attribute("satisfied") != "false"
    }

    /// Why the dependency is not met, or nil.
    var refusal: String? {
        let isMet: Bool
        switch type {
        case "spec": isMet = value.split(separator: " ").contains { $0 == "XP20" || $0 == "XP20+" }
        case "feature":
            isMet = ["xpath-1.0-compatibility", "collection-stability", "non_empty_sequence_collection", "infoset-dtd"]
                .contains(value)
        case "xsd-version": isMet = value == "1.1"
        case "xml-version": isMet = value.hasPrefix("1.0")
        case "unicode-normalization-form": isMet = value != "FULLY-NORMALIZED"
        case "calendar", "language", "default-language", "format-integer-sequence": isMet = false
        default: isMet = true
        }
        if type == "spec" { return isMet ? nil : "spec \(value)" }
        return isMet == isSatisfied || (isMet && type == "feature") ? nil : "\(type) \(value)"
    }
}

/// An environment: documents, namespaces, parameters.
struct Surroundings {
    struct Source {
        let role: String?
        let path: String
        let uri: String?
    }

    private(set) var sources: [Source] = []
    private(set) var namespaces: [String: String] = [:]
    private(set) var parameters: [(name: String, select: String)] = []
    private(set) var collections: [(uri: String, paths: [String])] = []
    private(set) var baseURI: String?
    private(set) var hasSchema = false

    init() {}

    /// Reads an environment of the file `base`; paths become relative to the suite.
    init(_ element: Node, base: String) {
        let folder = base.split(separator: "/").dropLast().joined(separator: "/")
        func path(_ file: String) -> String {
            var parts = folder.split(separator: "/").map(String.init)
            for part in file.split(separator: "/") {
                if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
            }
            return parts.joined(separator: "/")
        }
        for child in element.elements {
            switch child.localName {
            case "source":
                guard let file = child.attribute("file") else { continue }
                sources.append(
                    Source(role: child.attribute("role"), path: path(file), uri: child.attribute("uri")))
            case "namespace": namespaces[child.attribute("prefix") ?? ""] = child.attribute("uri") ?? ""
            case "param":
                parameters.append((child.attribute("name") ?? "", child.attribute("select") ?? "()"))
            case "collection":
                let paths = child.elements("source", in: Catalogue.namespace).compactMap { $0.attribute("file") }
                collections.append((child.attribute("uri") ?? "", paths.map(path)))
            case "static-base-uri": baseURI = child.attribute("uri")
            case "schema": hasSchema = true
            default: break
            }
        }
    }
}
