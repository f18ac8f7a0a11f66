/// White space as XML has it: space, tab, line feed, carriage return.
enum Blanks {
    /// The text with runs of blanks made one space, none at the ends. A no-break space is an ordinary character.
    static func normalized(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var pending = false
        for byte in text.utf8 {
            if isBlank(byte) {
                pending = !result.isEmpty
                continue
            }
            if pending {
                result.append(0x20)
                pending = false
            }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
