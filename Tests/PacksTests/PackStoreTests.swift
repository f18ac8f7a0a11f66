import Foundation
import TestSupport
import Testing

@testable import Packs

@Suite("The registered packs")
struct PackStoreTests {
    private let home: TestFolder
    private let kit: TestFolder
    private var store: PackStore { PackStore(home: home.path) }

    init() throws {
        home = try TestFolder()
        kit = try TestFolder(TestKit.files)
    }

    @Test("A folder is copied with its digest, count and instant")
    func addsFolder() throws {
        let now = Date(timeIntervalSince1970: 1_700_000_000.75)
        let record = try store.add(kit.path, name: "kit-1", now: now)
        #expect(record.files == TestKit.files.count)
        #expect(record.bytes == TestKit.files.values.map(\.utf8.count).reduce(0, +))
        #expect(record.digest.count == 64)
        #expect(record.added == Date(timeIntervalSince1970: 1_700_000_000))
        #expect(record.source == kit.url.lastPathComponent)
        #expect(try store.list().records == [record])
        #expect(store.isIntact(record))
        let pack = try store.named(nil)
        #expect(pack.name == "kit-1" && pack.digest == record.digest)
        #expect(pack.genericSchemas == OfficialPack.order && pack.missingSchemas.isEmpty)
        #expect(home.files.filter { $0.contains("/.") }.isEmpty)
    }

    @Test("A zip archive, with a folder around the kit, gives the digest of the folder")
    func addsArchive() throws {
        try home.write(TestZip.kit(TestKit.files, below: "TestContenuCDA 3.0-main/"), to: "Test Contenu.ZIP")
        try home.write(TestZip.kit(TestKit.files.mapValues { $0 + " " }), to: "other.zip")
        let folder = try store.add(kit.path, name: "folder")
        let archive = try store.add(home.path + "/Test Contenu.ZIP")
        #expect(archive.name == "Test-Contenu" && archive.source == "Test Contenu.ZIP")
        #expect(archive.digest == folder.digest && archive.files == folder.files)
        #expect(try store.add(home.path + "/other.zip").digest != folder.digest)
    }

    @Test("The newest pack is taken where none is named")
    func newest() throws {
        _ = try store.add(kit.path, name: "b", now: Date(timeIntervalSince1970: 20))
        _ = try store.add(kit.path, name: "a", now: Date(timeIntervalSince1970: 10))
        #expect(try store.named(nil).name == "b")
        #expect(try store.named("a").name == "a")
        #expect(try store.list().records.map(\.name) == ["b", "a"])
    }

    @Test("An overlay is copied and has its own digest")
    func overlay() throws {
        let overlay = try TestFolder(["profils/include/missing.xml": "<x/>"])
        let record = try store.add(kit.path, overlay: overlay.path, name: "with")
        #expect(record.overlayFiles == 1 && record.overlayDigest?.count == 64)
        #expect(record.digest == (try store.add(kit.path, name: "without")).digest)
        #expect(try store.named("with").overlay == home.path + "/packs/with/overlay")
        #expect(try store.named("without").overlay == nil)
    }

    @Test("A removed pack is gone with its files")
    func removes() throws {
        _ = try store.add(kit.path, name: "gone")
        try store.remove("gone")
        #expect(try store.list().records.isEmpty && home.files == ["packs"])
        #expect(throws: PackError.self) { try store.remove("gone") }
    }

    @Test("A pack whose record is spoilt can still be removed")
    func removesSpoilt() throws {
        _ = try store.add(kit.path, name: "gone")
        try home.write(["packs/gone/pack.json": "{"])
        let error = #expect(throws: PackError.self) { try store.named("gone") }
        #expect(error?.code == .spoilt)
        try store.remove("gone")
        #expect(try store.list().records.isEmpty)
    }

    @Test("A changed file shows")
    func altered() throws {
        let record = try store.add(kit.path, name: "kit")
        try home.write(["packs/kit/kit/jeuxDeValeurs/JDV_Un.xml": "<set/>"])
        #expect(!store.isIntact(record))
        let error = #expect(throws: PackError.self) { try store.named("kit") }
        #expect(error?.code == .spoilt && error?.message.contains("were changed") == true)
    }

    @Test("A copy whose times differ is still the pack, by its digests")
    func copied() throws {
        _ = try store.add(kit.path, name: "kit")
        let file = home.path + "/packs/kit/kit/jeuxDeValeurs/JDV_Un.xml"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try bytes.write(to: URL(fileURLWithPath: file))
        #expect(try store.named("kit").name == "kit")
    }

    @Test("A taken name, an odd name, no kit and nothing at all are refused with a reason")
    func refuses() throws {
        _ = try store.add(kit.path, name: "kit")
        func code(_ path: String, _ name: String?) -> PackError.Code? {
            do {
                _ = try store.add(path, name: name)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(kit.path, "kit") == .exists)
        #expect(code(kit.path, "../kit") == .name)
        #expect(code(kit.path, ".kit") == .name)
        #expect(code(kit.path, "") == .name)
        #expect(code(kit.path + "/jeuxDeValeurs", "x") == .notKit)
        #expect(code(kit.path + "/absent", "x") == .unreadable)
        #expect(code(kit.path + "/jeuxDeValeurs/JDV_Un.xml", "x") == .malformedArchive)
        #expect(try store.list().records.map(\.name) == ["kit"])
        #expect(home.files.filter { $0.contains("adding") }.isEmpty)
        let error = #expect(throws: PackError.self) { try store.named("other") }
        #expect(error?.code == .unknown && error?.message.contains("'kit'") == true)
        let none = #expect(throws: PackError.self) { try PackStore(home: kit.path).named(nil) }
        #expect(none?.code == .unknown)
    }

    @Test("A link out of the folder is refused, one inside is copied as the file that it names")
    func links() throws {
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: kit.path + "/jeuxDeValeurs/JDV_Deux.xml", withDestinationPath: "JDV_Un.xml")
        #expect(try store.add(kit.path, name: "inside").files == TestKit.files.count + 1)
        try manager.createSymbolicLink(atPath: kit.path + "/passwd", withDestinationPath: "/etc/passwd")
        let error = #expect(throws: PackError.self) { try store.add(kit.path, name: "outside") }
        #expect(error?.code == .outside && error?.message.contains("passwd") == true)
        #expect(try store.list().records.map(\.name) == ["inside"])
    }

    @Test("A kit over a limit is refused and leaves nothing behind")
    func limits() throws {
        var limits = PackLimits()
        limits.files = 3
        let small = PackStore(home: home.path, limits: limits)
        let error = #expect(throws: PackError.self) { try small.add(kit.path, name: "x") }
        #expect(error?.code == .tooLarge)
        limits = PackLimits()
        limits.fileSize = 100
        #expect(throws: PackError.self) { try PackStore(home: home.path, limits: limits).add(kit.path, name: "x") }
        #expect(home.files.allSatisfy { !$0.contains("packs/") })
    }

    @Test(
        "The settings folder comes from the environment",
        arguments: [
            (["CISIS_HOME": "/a", "XDG_CONFIG_HOME": "/b", "HOME": "/c"], "/a"),
            (["XDG_CONFIG_HOME": "/b", "HOME": "/c"], "/b/cisis"),
            (["CISIS_HOME": "", "HOME": "/c"], "/c/.config/cisis"),
        ])
    func home(_ environment: [String: String], _ expected: String) {
        #expect(PackStore.home(environment) == expected)
    }
}
