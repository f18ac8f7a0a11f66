/// A value representation: the type of a value (DICOM PS3.5, 6.2). The cases bear the names of the standard.
public enum VR: String, Sendable, Hashable, CaseIterable {
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI,
        UL, UN, UR, US, UT, UV

    /// The representation of two letters, or nil where the standard knows none of that name.
    init?(_ first: UInt8, _ second: UInt8) {
        guard let vr = Self.byLetters[UInt16(first) << 8 | UInt16(second)] else { return nil }
        self = vr
    }

    private static let byLetters = Dictionary(
        uniqueKeysWithValues: allCases.map { vr in
            (vr.rawValue.utf8.reduce(UInt16(0)) { $0 << 8 | UInt16($1) }, vr)
        })

    /// Whether the explicit form has two reserved bytes and a length of 32 bits (PS3.5, 7.1.2).
    public var hasLongLength: Bool {
        switch self {
        case .OB, .OD, .OF, .OL, .OV, .OW, .SQ, .SV, .UC, .UN, .UR, .UT, .UV: true
        case .AE, .AS, .AT, .CS, .DA, .DS, .DT, .FD, .FL, .IS, .LO, .LT, .PN, .SH, .SL, .SS, .ST, .TM, .UI, .UL, .US:
            false
        }
    }

    /// Whether the value is characters.
    public var isText: Bool {
        switch self {
        case .AE, .AS, .CS, .DA, .DS, .DT, .IS, .LO, .LT, .PN, .SH, .ST, .TM, .UC, .UI, .UR, .UT: true
        case .AT, .FD, .FL, .OB, .OD, .OF, .OL, .OV, .OW, .SL, .SQ, .SS, .SV, .UL, .UN, .US, .UV: false
        }
    }

    /// Whether the characters are those of Specific Character Set (0008,0005), not of the default repertoire (PS3.5, 6.1.2.3).
    public var usesSpecificCharacterSet: Bool {
        switch self {
        case .LO, .LT, .PN, .SH, .ST, .UC, .UT: true
        case .AE, .AS, .AT, .CS, .DA, .DS, .DT, .FD, .FL, .IS, .OB, .OD, .OF, .OL, .OV, .OW, .SL, .SQ, .SS, .SV, .TM,
            .UI, .UL, .UN, .UR, .US, .UV:
            false
        }
    }

    /// Whether a backslash separates several values (PS3.5, 6.4).
    public var isMultiValued: Bool {
        switch self {
        case .AE, .AS, .CS, .DA, .DS, .DT, .IS, .LO, .PN, .SH, .TM, .UC, .UI: true
        case .AT, .FD, .FL, .LT, .OB, .OD, .OF, .OL, .OV, .OW, .SL, .SQ, .SS, .ST, .SV, .UL, .UN, .UR, .US, .UT, .UV:
            false
        }
    }

    /// Bytes of one number where the byte order matters, else 1.
    var unitSize: Int {
        switch self {
        case .AT, .OW, .SS, .US: 2
        case .FL, .OF, .OL, .SL, .UL: 4
        case .FD, .OD, .OV, .SV, .UV: 8
        case .AE, .AS, .CS, .DA, .DS, .DT, .IS, .LO, .LT, .OB, .PN, .SH, .SQ, .ST, .TM, .UC, .UI, .UN, .UR, .UT: 1
        }
    }

    /// The byte that makes a length even: NUL for UIDs and bytes, else a space (PS3.5, 6.2).
    var padding: UInt8 { isText && self != .UI ? 0x20 : 0 }
}
