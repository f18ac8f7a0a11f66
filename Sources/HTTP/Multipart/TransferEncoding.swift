/// Undoes a Content-Transfer-Encoding (RFC 2045 §6), telling what is not as it should be.
enum TransferEncoding {
    static func decode(_ body: ArraySlice<UInt8>, _ encoding: String?, at offset: Int) -> (
        bytes: [UInt8], faults: [MultipartFault]
    ) {
        switch encoding {
        case nil, "binary", "8bit":
            return (Array(body), [])
        case "7bit":
            guard let place = body.firstIndex(where: { $0 > 127 }) else { return (Array(body), []) }
            let message = "a 7bit part holds byte \(body[place])"
            return (Array(body), [MultipartFault(.badEncoding, message, at: offset + place - body.startIndex)])
        case "base64":
            return base64(body, at: offset)
        case "quoted-printable":
            return quotedPrintable(body, at: offset)
        case .some(let name):
            let message = "the Content-Transfer-Encoding '\(name)' is unknown: the bytes are taken as they are"
            return (Array(body), [MultipartFault(.unknownEncoding, message, at: offset)])
        }
    }

    private static func base64(_ body: ArraySlice<UInt8>, at offset: Int) -> (bytes: [UInt8], faults: [MultipartFault])
    {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(body.count / 4 * 3)
        var bits: UInt32 = 0
        var digits = 0
        var padding = 0
        var garbage: (first: Int, byte: UInt8, count: Int)?
        var afterPadding: Int?
        for (index, byte) in body.enumerated() {
            if ASCII.isBlank(byte) || byte == ASCII.cr || byte == ASCII.lf { continue }
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard let value = base64Value(byte) else {
                garbage = garbage.map { ($0.first, $0.byte, $0.count + 1) } ?? (index, byte, 1)
                continue
            }
            if padding > 0, afterPadding == nil { afterPadding = index }
            bits = bits << 6 | UInt32(value)
            digits += 1
            guard digits % 4 == 0 else { continue }
            decoded += [
                UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8),
                UInt8(truncatingIfNeeded: bits),
            ]
        }
        switch digits % 4 {
        case 2: decoded.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3: decoded += [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: break
        }
        var faults: [MultipartFault] = []
        if let garbage {
            let message = "\(garbage.count) bytes are no base64, the first is \(garbage.byte): they were passed over"
            faults.append(MultipartFault(.badEncoding, message, at: offset + garbage.first))
        }
        if let afterPadding {
            faults.append(MultipartFault(.badEncoding, "base64 goes on after its padding", at: offset + afterPadding))
        }
        let wanted = (4 - digits % 4) % 4
        if digits % 4 == 1 || padding != wanted {
            let message = "the base64 has \(digits) digits and \(padding) '='; \(wanted) '=' were wanted"
            faults.append(MultipartFault(.badEncoding, message, at: offset + body.count))
        }
        return (decoded, faults)
    }

    private static func base64Value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func quotedPrintable(_ body: ArraySlice<UInt8>, at offset: Int) -> (
        bytes: [UInt8], faults: [MultipartFault]
    ) {
        var decoded: [UInt8] = []
        var faults: [MultipartFault] = []
        var place = body.startIndex
        while place < body.endIndex {
            let byte = body[place]
            guard byte == UInt8(ascii: "=") else {
                decoded.append(byte)
                place += 1
                continue
            }
            let rest = body[(place + 1)...]
            let line = rest.drop { ASCII.isBlank($0) }
            if let high = rest.first.flatMap(ASCII.hexadecimal),
                let low = rest.dropFirst().first.flatMap(ASCII.hexadecimal)
            {
                decoded.append(high << 4 | low)
                place += 3
            } else if line.first == ASCII.lf {
                place = line.startIndex + 1
            } else if line.starts(with: [ASCII.cr, ASCII.lf]) {
                place = line.startIndex + 2
            } else {
                if faults.isEmpty {
                    let message = "'=' is followed by neither two hexadecimal digits nor a line end"
                    faults.append(MultipartFault(.badEncoding, message, at: offset + place - body.startIndex))
                }
                decoded.append(byte)
                place += 1
            }
        }
        return (decoded, faults)
    }
}
