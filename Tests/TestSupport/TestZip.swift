/// A zip archive made byte by byte, so that it can lie.
public struct TestZip {
    public struct Item: Sendable {
        public var name: [UInt8]
        public var content: [UInt8] = []
        public var packed: [UInt8]?
        public var method: UInt16 = 0
        public var declaredSize: Int?
        public var flags: UInt16 = 0
        public var mode: UInt32 = 0
        public var checksum: UInt32?

        public init(_ name: String, _ content: String = "") { self.init(name, Array(content.utf8)) }

        public init(_ name: String, _ content: [UInt8]) {
            self.name = Array(name.utf8)
            self.content = content
        }

        public func with(_ change: (inout Item) -> Void) -> Item {
            var copy = self
            change(&copy)
            return copy
        }
    }

    public static func bytes(_ items: [Item], declaredCount: Int? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for item in items {
            let packed = item.packed ?? item.content
            let checksum = item.checksum ?? Self.checksum(item.content)
            let sizes =
                number(checksum) + number(UInt32(packed.count))
                + number(UInt32(item.declaredSize ?? item.content.count)) + number(UInt16(item.name.count))
            let common = number(UInt16(20)) + number(item.flags) + number(item.method) + number(UInt32(0)) + sizes
            directory +=
                number(UInt32(0x0201_4B50)) + number(UInt16(0x0314)) + common + number(UInt16(0))
                + number(UInt16(0)) + number(UInt16(0)) + number(UInt16(0)) + number(item.mode << 16)
                + number(UInt32(bytes.count)) + item.name
            bytes += number(UInt32(0x0403_4B50)) + common + number(UInt16(0)) + item.name + packed
        }
        let count = UInt16(declaredCount ?? items.count)
        let end =
            number(UInt32(0x0605_4B50)) + number(UInt32(0)) + number(count) + number(count)
            + number(UInt32(directory.count)) + number(UInt32(bytes.count)) + number(UInt16(0))
        return bytes + directory + end
    }

    public static func kit(_ files: [String: String], below prefix: String = "") -> [UInt8] {
        bytes(files.sorted { $0.key < $1.key }.map { Item(prefix + $0.key, $0.value) })
    }

    /// CRC-32, as zip has it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }

    private static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
