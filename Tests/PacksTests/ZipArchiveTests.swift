import TestSupport
import Testing

@testable import Packs

@Suite("Zip archives")
struct ZipArchiveTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: PackError.Code
        let bytes: [UInt8]

        init(_ description: String, _ code: PackError.Code, _ items: [TestZip.Item]) {
            self.init(description, code, bytes: TestZip.bytes(items))
        }

        init(_ description: String, _ code: PackError.Code, bytes: [UInt8]) {
            testDescription = description
            self.code = code
            self.bytes = bytes
        }
    }

    private func content(_ bytes: [UInt8], _ limits: PackLimits = .init()) throws -> [String: [UInt8]] {
        let archive = try ZipArchive(bytes, name: "kit.zip", limits: limits)
        var content: [String: [UInt8]] = [:]
        for file in archive.files { content[file.path] = try archive.bytes(file) }
        return content
    }

    /// 1,000 times `a`, deflated.
    private static let deflated: [UInt8] = [0x4B, 0x4C, 0x1C, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0x00]

    @Test("Stored and deflated files are read, folders are passed over")
    func reads() throws {
        var packed = TestZip.Item("b/a.txt", String(repeating: "a", count: 1000))
        packed.packed = Self.deflated
        packed.method = 8
        let found = try content(TestZip.bytes([TestZip.Item("b/"), TestZip.Item("c.txt", "é"), packed]))
        #expect(found == ["c.txt": Array("é".utf8), "b/a.txt": [UInt8](repeating: 0x61, count: 1000)])
    }

    @Test("An old name is read by code page 437")
    func oldName() throws {
        let item = TestZip.Item("x", "1").with { $0.name = [0x4D, 0x6F, 0x64, 0x8A, 0x6C, 0x65] }
        #expect(try Array(content(TestZip.bytes([item])).keys) == ["Modèle"])
    }

    @Test("A comment may follow the end record")
    func comment() throws {
        var bytes = TestZip.bytes([TestZip.Item("a", "1")])
        bytes[bytes.count - 2] = 3
        #expect(try content(bytes + Array("abc".utf8)).count == 1)
    }

    @Test(
        "What is refused",
        arguments: [
            Refusal("a path that climbs", .outside, [TestZip.Item("../evil", "1")]),
            Refusal("a path that climbs inside", .outside, [TestZip.Item("a/../../evil", "1")]),
            Refusal("an absolute path", .outside, [TestZip.Item("/etc/passwd", "1")]),
            Refusal("a drive", .outside, [TestZip.Item("C:/evil", "1")]),
            Refusal("a backslash", .outside, [TestZip.Item("..\\evil", "1")]),
            Refusal("a NUL", .outside, [TestZip.Item("a\0b", "1")]),
            Refusal("a folder that climbs", .outside, [TestZip.Item("../", "")]),
            Refusal("a link", .outside, [TestZip.Item("a", "/etc/passwd").with { $0.mode = 0xA1FF }]),
            Refusal("encryption", .unsupportedArchive, [TestZip.Item("a", "1").with { $0.flags = 1 }]),
            Refusal("another method", .unsupportedArchive, [TestZip.Item("a", "1").with { $0.method = 12 }]),
            Refusal(
                "ZIP64 by its size", .unreadForm, [TestZip.Item("a").with { $0.declaredSize = 0xFFFF_FFFF }]),
            Refusal(
                "ZIP64 by its count", .unreadForm,
                bytes: TestZip.bytes([TestZip.Item("a", "1")], declaredCount: 0xFFFF)),
            Refusal("a name twice", .malformedArchive, [TestZip.Item("a", "1"), TestZip.Item("a", "2")]),
            Refusal("a wrong checksum", .malformedArchive, [TestZip.Item("a", "1").with { $0.checksum = 7 }]),
            Refusal(
                "a stored size that differs", .malformedArchive, [TestZip.Item("a", "1").with { $0.declaredSize = 2 }]),
            Refusal(
                "a stream that is longer than declared", .malformedArchive,
                [
                    TestZip.Item("a", String(repeating: "a", count: 10)).with {
                        $0.packed = deflated
                        $0.method = 8
                    }
                ]),
            Refusal(
                "a stream that is shorter than declared", .malformedArchive,
                [
                    TestZip.Item("a", String(repeating: "a", count: 2000)).with {
                        $0.packed = deflated
                        $0.method = 8
                    }
                ]),
            Refusal(
                "a declared gigabyte", .tooLarge,
                [
                    TestZip.Item("a", "1").with {
                        $0.declaredSize = 1 << 30; $0.method = 8
                    }
                ]),
            Refusal(
                "files that are too large together", .tooLarge,
                (0..<9).map { number in
                    TestZip.Item("\(number)", "1").with {
                        $0.declaredSize = 64 << 20
                        $0.method = 8
                    }
                }),
            Refusal(
                "too many folders", .tooLarge, [TestZip.Item(String(repeating: "a/", count: 40) + "b", "1")]),
            Refusal("no archive", .malformedArchive, bytes: Array("this is no zip archive at all".utf8)),
            Refusal("nothing", .malformedArchive, bytes: []),
            Refusal(
                "a count that is too high", .malformedArchive,
                bytes: TestZip.bytes([TestZip.Item("a", "1")], declaredCount: 2)),
            Refusal(
                "a cut archive", .malformedArchive, bytes: TestZip.bytes([TestZip.Item("a", "1")]).dropLast(9) + []),
        ])
    func refuses(_ refusal: Refusal) {
        let error = #expect(throws: PackError.self) { try content(refusal.bytes) }
        #expect(error?.code == refusal.code, "\(error?.message ?? "")")
    }

    @Test("The count of files is limited")
    func count() {
        var limits = PackLimits()
        limits.files = 2
        let error = #expect(throws: PackError.self) {
            try content(TestZip.bytes(["a", "b", "c"].map { TestZip.Item($0, "1") }), limits)
        }
        #expect(error?.code == .tooLarge)
    }

    @Test("No damaged byte makes it trap")
    func damaged() {
        let whole = TestZip.bytes([
            TestZip.Item("a/b", "hello"),
            TestZip.Item("c", String(repeating: "a", count: 1000)).with {
                $0.packed = Self.deflated
                $0.method = 8
            },
        ])
        var readable = 0
        for index in whole.indices {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var bytes = whole
                bytes[index] = value
                if (try? content(bytes)) != nil { readable += 1 }
            }
        }
        #expect(readable > 0 && readable < 3 * whole.count)
    }
}
