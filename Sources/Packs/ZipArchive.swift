/// A zip archive in memory (PKWARE APPNOTE 6.3): stored and deflated files, read by the central directory.
///
/// ZIP64, encryption, links and every path that is not plainly relative are refused before anything is unpacked. What
/// is unpacked never passes the size that the directory declares, nor the limits.
struct ZipArchive: PackSource {
    private struct Entry {
        let file: SourceFile
        let method: UInt16
        let checksum: UInt32
        let compressedSize: Int
        let headerOffset: Int
    }

    private let bytes: [UInt8]
    private var entries: [String: Entry] = [:]
    private(set) var files: [SourceFile] = []

    init(_ bytes: [UInt8], name: String, limits: PackLimits) throws(PackError) {
        self.bytes = bytes
        let end = try Self.endRecord(bytes, name)
        let count = Int(bytes.number16(end + 10))
        let size = Int(bytes.number32(end + 12))
        let start = Int(bytes.number32(end + 16))
        guard count != 0xFFFF, size != 0xFFFF_FFFF, start != 0xFFFF_FFFF else {
            throw Self.zip64(name)
        }
        guard bytes.number16(end + 4) == 0, bytes.number16(end + 6) == 0, Int(bytes.number16(end + 8)) == count else {
            throw PackError(
                .unreadForm, "'\(name)' is one volume of several, which is not read",
                fr: "'\(name)' est un volume d'une archive en plusieurs, forme qui n'est pas lue")
        }
        guard start + size <= end else {
            throw Self.malformed(name, "its directory passes its end", "son répertoire dépasse sa fin")
        }
        try limits.check(count: count, in: name)
        var offset = start
        var total = 0
        for _ in 0..<count { try readEntry(&offset, start + size, name, limits, &total) }
    }

    private static func malformed(_ name: String, _ what: String, _ french: String) -> PackError {
        PackError(
            .malformedArchive, "'\(name)' is no readable zip archive: \(what)",
            fr: "'\(name)' n'est pas une archive zip lisible : \(french)")
    }

    private static func zip64(_ name: String) -> PackError {
        PackError(
            .unreadForm, "'\(name)' is a ZIP64 archive, which is not read",
            fr: "'\(name)' est une archive ZIP64, forme qui n'est pas lue")
    }

    /// The end record stands in the last 64 KiB: a comment may follow it.
    private static func endRecord(_ bytes: [UInt8], _ name: String) throws(PackError) -> Int {
        var offset = bytes.count - 22
        let last = max(0, offset - 0xFFFF)
        while offset >= last {
            if bytes.number32(offset) == 0x0605_4B50, offset + 22 + Int(bytes.number16(offset + 20)) == bytes.count {
                return offset
            }
            offset -= 1
        }
        throw malformed(name, "it has no end record", "elle n'a pas d'enregistrement de fin")
    }

    private mutating func readEntry(
        _ offset: inout Int, _ end: Int, _ name: String, _ limits: PackLimits, _ total: inout Int
    ) throws(PackError) {
        guard offset + 46 <= end, bytes.number32(offset) == 0x0201_4B50 else {
            throw Self.malformed(
                name, "its directory is broken at byte \(offset)", "son répertoire est rompu à l'octet \(offset)")
        }
        let flags = bytes.number16(offset + 8)
        let method = bytes.number16(offset + 10)
        let checksum = bytes.number32(offset + 16)
        let compressedSize = Int(bytes.number32(offset + 20))
        let size = Int(bytes.number32(offset + 24))
        let nameLength = Int(bytes.number16(offset + 28))
        let rest = Int(bytes.number16(offset + 30)) + Int(bytes.number16(offset + 32))
        let mode = bytes.number32(offset + 38) >> 16
        let header = Int(bytes.number32(offset + 42))
        let nameStart = offset + 46
        offset = nameStart + nameLength + rest
        guard offset <= end else { throw Self.malformed(name, "its directory is cut", "son répertoire est coupé") }
        let path = Self.text(Array(bytes[nameStart..<nameStart + nameLength]))
        guard compressedSize != 0xFFFF_FFFF, size != 0xFFFF_FFFF, header != 0xFFFF_FFFF else {
            throw Self.zip64(name)
        }
        guard flags & 0x2041 == 0 else {
            throw PackError(
                .unsupportedArchive, "'\(path)' in '\(name)' is encrypted", fr: "'\(path)' dans '\(name)' est chiffré")
        }
        if path.hasSuffix("/") {
            try limits.check(path: String(path.dropLast()))
            return
        }
        try limits.check(path: path)
        guard mode & 0xF000 == 0 || mode & 0xF000 == 0x8000 else {
            throw PackError(
                .outside, "'\(path)' in '\(name)' is a link or no file: take it out",
                fr: "'\(path)' dans '\(name)' est un lien ou n'est pas un fichier : l'ôter")
        }
        guard method == 0 || method == 8 else {
            throw PackError(
                .unsupportedArchive, "'\(path)' in '\(name)' is packed by method \(method): only deflate is read",
                fr: "'\(path)' dans '\(name)' est compressé par la méthode \(method) : seule deflate est lue")
        }
        guard header + 30 + compressedSize <= bytes.count, method == 8 || size == compressedSize else {
            throw Self.malformed(name, "the sizes of '\(path)' cannot be", "les tailles de '\(path)' sont impossibles")
        }
        total += size
        try limits.check(size: size, total: total, of: path)
        let file = SourceFile(path: path, size: size)
        let entry = Entry(
            file: file, method: method, checksum: checksum, compressedSize: compressedSize, headerOffset: header)
        guard entries.updateValue(entry, forKey: path) == nil else {
            throw Self.malformed(name, "'\(path)' stands in it twice", "'\(path)' y figure deux fois")
        }
        files.append(file)
    }

    func bytes(_ file: SourceFile) throws(PackError) -> [UInt8] {
        guard let entry = entries[file.path] else { throw PackError(.unreadable, "'\(file.path)' is absent") }
        let header = entry.headerOffset
        let start = header + 30 + Int(bytes.number16(header + 26)) + Int(bytes.number16(header + 28))
        guard bytes.number32(header) == 0x0403_4B50, start + entry.compressedSize <= bytes.count else {
            throw PackError(
                .malformedArchive, "the header of '\(file.path)' is broken",
                fr: "l'en-tête de '\(file.path)' est rompu")
        }
        let packed = bytes[start..<start + entry.compressedSize]
        let content = entry.method == 0 ? Array(packed) : Inflation.bytes(of: packed, size: file.size)
        guard let content else {
            throw PackError(
                .malformedArchive, "'\(file.path)' does not unpack to the \(file.size) bytes that the archive declares",
                fr: "'\(file.path)' ne se décompresse pas en les \(file.size) octets que l'archive déclare")
        }
        guard Inflation.checksum(content) == entry.checksum else {
            throw PackError(
                .malformedArchive, "'\(file.path)' is damaged: its checksum differs",
                fr: "'\(file.path)' est abîmé : sa somme de contrôle diffère")
        }
        return content
    }

    /// Names are UTF-8 or, of old, code page 437.
    private static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : page437[Int($0) - 0x80] }))
    }

    private static let page437 = Array(
        ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
}

extension [UInt8] {
    /// The number at `offset`, the low byte first; 0 beyond the end.
    fileprivate func number16(_ offset: Int) -> UInt16 {
        guard offset >= 0, offset + 2 <= count else { return 0 }
        return UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
    }

    fileprivate func number32(_ offset: Int) -> UInt32 {
        UInt32(number16(offset)) | UInt32(number16(offset + 2)) << 16
    }
}
