import ArgumentParser
import Checks
import Conformance
import Foundation
import Packs
import Runner
import Simulators

/// `cisis list`: what there is, for people and for scripts.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List scenarios, requirements, transactions, actors, checks, misbehaviors, mutations or packs.",
        discussion: "Example: cisis list requirements --format json")

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case scenarios, requirements, transactions, actors, checks, misbehaviors, mutations, packs
    }

    @Argument(
        help: ArgumentHelp("One of: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "what"))
    var subject: Subject

    @Option(help: "text or json.")
    var format = RunCommand.Format.text

    @OptionGroup var common: CommonOptions

    func run() throws {
        let items = try items()
        switch format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try Terminal.put(String(decoding: try encoder.encode(items), as: UTF8.self) + "\n")
        case .text:
            let width = min(44, items.map { $0.key.count }.max() ?? 0)
            for item in items {
                let key = item.key.padding(toLength: max(width, item.key.count), withPad: " ", startingAt: 0)
                try Terminal.put("\(key)  \(item.title.text(in: common.language))\n")
            }
        }
    }

    private func items() throws -> [ListedItem] {
        switch subject {
        case .misbehaviors:
            let system = Misbehavior.allCases.sorted().map {
                ListedItem.misbehavior($0.name, $0.actor, $0.description, unseen: nil)
            }
            return system
                + ClientMisbehavior.allCases.sorted().map {
                    ListedItem.misbehavior($0.name, $0.actor, $0.description, unseen: $0.unseen)
                }
        case .checks:
            return RuleBook.descriptors.map {
                ListedItem(
                    id: $0.id, title: $0.statement, layer: $0.layer, level: $0.severity.rawValue, source: $0.source)
            }
        case .mutations:
            return MutationCatalogue.all.map {
                ListedItem(name: $0.name, title: $0.title, transactions: $0.transactions)
            }
        case .packs:
            return try PackCommand.sound().map {
                ListedItem(name: $0.name, title: PackLine.title($0), source: $0.source, digest: $0.digest)
            }
        default: break
        }
        let profiles: [Profile]
        do {
            profiles = try ProfileLoader.loadProfiles(
                dataRoot: try common.dataRoot(), rules: RequirementCatalogue.ruleIDs)
        } catch let error as LoadErrors {
            throw Ending.authors(error.errors)
        }
        switch subject {
        case .scenarios:
            return profiles.flatMap(\.scenarios).map {
                ListedItem(
                    name: $0.id, title: $0.title, profile: $0.profile, actor: $0.role,
                    requirements: $0.requirements.map(\.id), tags: $0.tags, file: $0.location.file)
            }
        case .requirements:
            return RequirementCatalogue.all(profiles).map {
                ListedItem(
                    id: $0.id, title: $0.statement, profile: $0.profile.isEmpty ? nil : $0.profile, level: $0.level,
                    source: $0.source)
            }
        case .transactions:
            return profiles.flatMap { profile in
                profile.transactions.map {
                    ListedItem(
                        id: $0.id, title: $0.title, profile: profile.id, initiator: $0.initiator,
                        responder: $0.responder)
                }
            }
        case .actors:
            var seen: Set<String> = []
            return profiles.flatMap { profile in
                profile.actors.filter { seen.insert($0.id).inserted }.map {
                    ListedItem(id: $0.id, title: $0.title, profile: profile.id)
                }
            }
        case .checks, .misbehaviors, .mutations, .packs: return []
        }
    }
}

/// One line of a list; what does not concern it is left out of the JSON.
private struct ListedItem: Encodable {
    var id: String?
    var name: String?
    var title: LocalizedText
    var profile: String?
    var layer: String?
    var level: String?
    var source: String?
    var actor: String?
    var initiator: String?
    var responder: String?
    var requirements: [String]?
    var transactions: [String]?
    var tags: [String]?
    var file: String?
    var digest: String?
    /// Why no run shows it.
    var unseen: LocalizedText?

    static func misbehavior(
        _ name: String, _ actor: String, _ description: Misbehavior.Description,
        unseen: (french: String, english: String)?
    ) -> ListedItem {
        var item = ListedItem(
            name: name, title: LocalizedText(fr: description.french, en: description.english), actor: actor,
            requirements: description.breaks)
        if let unseen {
            item.unseen = LocalizedText(fr: unseen.french, en: unseen.english)
            item.title.fr += " [sans trace : \(unseen.french)]"
            item.title.en += " [no trace: \(unseen.english)]"
        }
        return item
    }

    var key: String { id ?? name ?? "" }
}
