/// Gives ids to names by the addresses of their parts, which libxml2's dictionary holds once a parser.
///
/// An open-addressed table: some nanoseconds a look-up, where hashing the strings would cost more than all the rest.
struct NameInterner {
    /// What is known of one written name.
    struct Entry {
        var local: UInt
        var prefix: UInt
        var namespace: UInt
        var name: UInt32
        var prefixID: UInt32
    }

    private(set) var table = NameTable()
    private var slots: UnsafeMutablePointer<Entry>
    private var mask: Int
    private var count = 0
    private let limit: Int
    /// Whether a name came with a part longer than the limit.
    private(set) var metLongName = false

    init(limit: Int) {
        self.limit = limit
        slots = .allocate(capacity: 512)
        slots.initialize(repeating: Self.free, count: 512)
        mask = 511
    }

    private static let free = Entry(local: 0, prefix: 0, namespace: 0, name: 0, prefixID: 0)

    /// Gives the table's memory back; the interner must not be used after.
    func deallocate() { slots.deallocate() }

    /// The entry of a name; `make` tells its parts where it is new.
    mutating func entry(
        _ local: UnsafePointer<UInt8>, _ prefix: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?
    ) -> (name: UInt32, prefix: UInt32) {
        let key = (UInt(bitPattern: local), UInt(bitPattern: prefix), UInt(bitPattern: namespace))
        let index = slot(key)
        if slots[index].local != 0 { return (slots[index].name, slots[index].prefixID) }
        if Self.isLong(local, limit) || Self.isLong(prefix, limit) { metLongName = true }
        let namespaceName = namespace.map { String(cString: $0) } ?? ""
        _ = table.internNamespace(namespaceName)
        slots[index] = Entry(
            local: key.0, prefix: key.1, namespace: key.2,
            name: table.intern(QName(String(cString: local), in: namespaceName)),
            prefixID: table.internPrefix(prefix.map { String(cString: $0) } ?? ""))
        let result = (slots[index].name, slots[index].prefixID)
        count += 1
        if count * 2 > mask { grow() }
        return result
    }

    mutating func namespace(_ name: String) -> UInt32 { table.internNamespace(name) }
    mutating func prefix(_ prefix: String) -> UInt32 { table.internPrefix(prefix) }
    mutating func plain(_ name: String) -> UInt32 { table.intern(QName(name)) }

    private static func isLong(_ name: UnsafePointer<UInt8>?, _ limit: Int) -> Bool {
        guard let name else { return false }
        var length = 0
        while name[length] != 0, length <= limit { length += 1 }
        return length > limit
    }

    private func slot(_ key: (UInt, UInt, UInt)) -> Int {
        var hash = key.0 &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ key.2) &* 0xC2B2_AE3D_27D4_EB4F
        hash = (hash ^ key.1) &* 0x9E37_79B9_7F4A_7C15
        var index = Int(truncatingIfNeeded: hash >> 32) & mask
        while slots[index].local != 0 {
            let entry = slots[index]
            if entry.local == key.0, entry.prefix == key.1, entry.namespace == key.2 { break }
            index = (index + 1) & mask
        }
        return index
    }

    private mutating func grow() {
        let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Self.free, count: mask + 1)
        for entry in old where entry.local != 0 {
            slots[slot((entry.local, entry.prefix, entry.namespace))] = entry
        }
        old.deallocate()
    }
}
