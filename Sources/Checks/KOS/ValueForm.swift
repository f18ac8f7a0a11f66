internal import DICOM

/// The forms of values by representation (DICOM PS3.5, table 6.2-1).
enum ValueForm {
    /// The first value of an element that does not have the form of its representation, and that form; nil where all do.
    static func fault(of element: DataElement, _ characterSet: SpecificCharacterSet) -> (value: String, form: String)? {
        guard case .bytes(let bytes) = element.value, !bytes.isEmpty else { return nil }
        let vr = element.meaning
        guard vr.isText else {
            let size = unit(of: vr)
            guard bytes.count % size != 0 else { return nil }
            return ("\(bytes.count) × 8 bit", "\(size) × n × 8 bit")
        }
        let set = vr.usesSpecificCharacterSet ? characterSet : .ascii
        for raw in element.rawValues where !raw.isEmpty {
            let value = set.decode(raw, isPersonName: vr == .PN).text
            if let form = fault(of: value, vr) { return (value, form) }
        }
        return nil
    }

    private static func unit(of vr: VR) -> Int {
        switch vr {
        case .SS, .US, .OW: 2
        case .AT, .FL, .OF, .OL, .SL, .UL: 4
        case .FD, .OD, .OV, .SV, .UV: 8
        case .AE, .AS, .CS, .DA, .DS, .DT, .IS, .LO, .LT, .OB, .PN, .SH, .SQ, .ST, .TM, .UC, .UI, .UN, .UR, .UT: 1
        }
    }

    /// The form that `value` does not have; nil where it has it.
    private static func fault(of value: String, _ vr: VR) -> String? {
        switch vr {
        case .AE: return isLong(value, 16) || hasControl(value) ? "1–16 ASCII" : nil
        case .AS: return value.wholeMatch(of: #/[0-9]{3}[DWMY]/#) == nil ? "nnnD, nnnW, nnnM, nnnY" : nil
        case .CS: return value.wholeMatch(of: #/[A-Z0-9 _]{1,16}/#) == nil ? "1–16 × A–Z 0–9 _" : nil
        case .DA: return DICOMForm.isDate(value) ? nil : "YYYYMMDD"
        case .TM: return DICOMForm.isTime(value) ? nil : "HHMMSS.FFFFFF"
        case .DT: return isDateTime(value) ? nil : "YYYYMMDDHHMMSS.FFFFFF&ZZXX"
        case .DS:
            let isNumber = value.wholeMatch(of: #/[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?/#) != nil
            return !isNumber || isLong(value, 16) ? "1–16 × 0–9 + - E e ." : nil
        case .IS:
            let isNumber = value.wholeMatch(of: #/[+-]?[0-9]{1,12}/#) != nil && Int32(value) != nil
            return isNumber && !isLong(value, 12) ? nil : "1–12 × 0–9 + -"
        case .LO: return isLong(value, 64) || hasControl(value) ? "<= 64" : nil
        case .SH: return isLong(value, 16) || hasControl(value) ? "<= 16" : nil
        case .PN: return isPersonName(value) ? nil : "<= 3 × (<= 64, <= 5 × ^)"
        case .ST: return isLong(value, 1024) ? "<= 1024" : nil
        case .LT: return isLong(value, 10240) ? "<= 10240" : nil
        case .UR: return value.unicodeScalars.contains { !$0.isASCII || $0.value <= 0x20 } ? "RFC 3986" : nil
        case .AT, .FD, .FL, .OB, .OD, .OF, .OL, .OV, .OW, .SL, .SQ, .SS, .SV, .UC, .UI, .UL, .UN, .US, .UT, .UV:
            return nil
        }
    }

    private static func isLong(_ value: String, _ maximum: Int) -> Bool { value.unicodeScalars.count > maximum }

    private static func hasControl(_ value: String) -> Bool {
        value.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" }
    }

    private static func isPersonName(_ value: String) -> Bool {
        let groups = value.split(separator: "=", omittingEmptySubsequences: false)
        return groups.count <= 3 && !hasControl(value)
            && groups.allSatisfy { group in
                !isLong(String(group), 64) && group.split(separator: "^", omittingEmptySubsequences: false).count <= 5
            }
    }

    private static func isDateTime(_ value: String) -> Bool {
        let zone = value.lastIndex { "+-".contains($0) }
        let instant = zone.map { String(value[..<$0]) } ?? value
        if let zone, !DICOMForm.isOffset(String(value[zone...])) { return false }
        let digits = instant.prefix { $0.isASCII && $0.isNumber }
        switch digits.count {
        case 4: return instant.count == 4
        case 6: return instant.count == 6 && DICOMForm.isDate(instant + "01")
        case 8...14:
            return DICOMForm.isDate(String(instant.prefix(8)))
                && (instant.count == 8 || DICOMForm.isTime(String(instant.dropFirst(8))))
        default: return false
        }
    }
}
