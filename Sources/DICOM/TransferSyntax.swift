/// How a data set is written: VR, byte order, compression (DICOM PS3.5, annex A; PS3.6, annex A).
public struct TransferSyntax: Sendable, Hashable {
    /// The UID of the syntax.
    public let uid: String
    /// The name in the standard: `Explicit VR Little Endian`.
    public let name: String
    /// Whether each element bears its VR.
    public let isExplicit: Bool
    /// Whether the least significant byte comes first.
    public let isLittleEndian: Bool
    /// Whether pixel data are compressed or wrapped in fragments.
    public let isEncapsulated: Bool
    /// Whether the whole data set is deflated (RFC 1951).
    public let isDeflated: Bool
    /// Whether the compression may lose information.
    public let isLossy: Bool
    /// Whether the standard has withdrawn it.
    public let isRetired: Bool

    /// The syntax of a UID, or nil where the table has none.
    public init?(uid: String) {
        guard let found = Self.byUID[uid] else { return nil }
        self = found
    }

    private init?(_ line: inout TableLine) {
        uid = line.word()
        let flags = Array(line.word().utf8)
        guard flags.count == 3 else { return nil }
        name = line.rest()
        isExplicit = flags[0] != UInt8(ascii: "I")
        isLittleEndian = flags[0] != UInt8(ascii: "B")
        isEncapsulated = flags[0] == UInt8(ascii: "E")
        isDeflated = flags[0] == UInt8(ascii: "Z")
        isLossy = flags[1] == UInt8(ascii: "Y")
        isRetired = flags[2] == UInt8(ascii: "R")
    }

    /// All syntaxes of the table, by UID as the standard sorts them.
    public static let all: [TransferSyntax] = TableLine.parse(table) { TransferSyntax(&$0) }

    private static let byUID = Dictionary(all.map { ($0.uid, $0) }) { first, _ in first }

    /// One syntax a line: UID, form, name.
    ///
    /// Form: `I` implicit, `X` explicit, `B` big endian, `Z` deflated, `E` encapsulated, `J` pixels by reference;
    /// then `L` lossless, `Y` possibly lossy; then `R` retired.
    private static let table: StaticString = """
        1.2.840.10008.1.2 IL- Implicit VR Little Endian
        1.2.840.10008.1.2.1 XL- Explicit VR Little Endian
        1.2.840.10008.1.2.1.98 EL- Encapsulated Uncompressed Explicit VR Little Endian
        1.2.840.10008.1.2.1.99 ZL- Deflated Explicit VR Little Endian
        1.2.840.10008.1.2.2 BLR Explicit VR Big Endian
        1.2.840.10008.1.2.4.50 EY- JPEG Baseline (Process 1)
        1.2.840.10008.1.2.4.51 EY- JPEG Extended (Process 2 and 4)
        1.2.840.10008.1.2.4.52 EYR JPEG Extended (Process 3 and 5)
        1.2.840.10008.1.2.4.53 EYR JPEG Spectral Selection, Non-Hierarchical (Process 6 and 8)
        1.2.840.10008.1.2.4.54 EYR JPEG Spectral Selection, Non-Hierarchical (Process 7 and 9)
        1.2.840.10008.1.2.4.55 EYR JPEG Full Progression, Non-Hierarchical (Process 10 and 12)
        1.2.840.10008.1.2.4.56 EYR JPEG Full Progression, Non-Hierarchical (Process 11 and 13)
        1.2.840.10008.1.2.4.57 EL- JPEG Lossless, Non-Hierarchical (Process 14)
        1.2.840.10008.1.2.4.58 ELR JPEG Lossless, Non-Hierarchical (Process 15)
        1.2.840.10008.1.2.4.59 EYR JPEG Extended, Hierarchical (Process 16 and 18)
        1.2.840.10008.1.2.4.60 EYR JPEG Extended, Hierarchical (Process 17 and 19)
        1.2.840.10008.1.2.4.61 EYR JPEG Spectral Selection, Hierarchical (Process 20 and 22)
        1.2.840.10008.1.2.4.62 EYR JPEG Spectral Selection, Hierarchical (Process 21 and 23)
        1.2.840.10008.1.2.4.63 EYR JPEG Full Progression, Hierarchical (Process 24 and 26)
        1.2.840.10008.1.2.4.64 EYR JPEG Full Progression, Hierarchical (Process 25 and 27)
        1.2.840.10008.1.2.4.65 ELR JPEG Lossless, Hierarchical (Process 28)
        1.2.840.10008.1.2.4.66 ELR JPEG Lossless, Hierarchical (Process 29)
        1.2.840.10008.1.2.4.70 EL- JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])
        1.2.840.10008.1.2.4.80 EL- JPEG-LS Lossless Image Compression
        1.2.840.10008.1.2.4.81 EY- JPEG-LS Lossy (Near-Lossless) Image Compression
        1.2.840.10008.1.2.4.90 EL- JPEG 2000 Image Compression (Lossless Only)
        1.2.840.10008.1.2.4.91 EY- JPEG 2000 Image Compression
        1.2.840.10008.1.2.4.92 EL- JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only)
        1.2.840.10008.1.2.4.93 EY- JPEG 2000 Part 2 Multi-component Image Compression
        1.2.840.10008.1.2.4.94 JY- JPIP Referenced
        1.2.840.10008.1.2.4.95 ZY- JPIP Referenced Deflate
        1.2.840.10008.1.2.4.100 EY- MPEG2 Main Profile / Main Level
        1.2.840.10008.1.2.4.100.1 EY- Fragmentable MPEG2 Main Profile / Main Level
        1.2.840.10008.1.2.4.101 EY- MPEG2 Main Profile / High Level
        1.2.840.10008.1.2.4.101.1 EY- Fragmentable MPEG2 Main Profile / High Level
        1.2.840.10008.1.2.4.102 EY- MPEG-4 AVC/H.264 High Profile / Level 4.1
        1.2.840.10008.1.2.4.102.1 EY- Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1
        1.2.840.10008.1.2.4.103 EY- MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1
        1.2.840.10008.1.2.4.103.1 EY- Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1
        1.2.840.10008.1.2.4.104 EY- MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video
        1.2.840.10008.1.2.4.104.1 EY- Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video
        1.2.840.10008.1.2.4.105 EY- MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video
        1.2.840.10008.1.2.4.105.1 EY- Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video
        1.2.840.10008.1.2.4.106 EY- MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2
        1.2.840.10008.1.2.4.106.1 EY- Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2
        1.2.840.10008.1.2.4.107 EY- HEVC/H.265 Main Profile / Level 5.1
        1.2.840.10008.1.2.4.108 EY- HEVC/H.265 Main 10 Profile / Level 5.1
        1.2.840.10008.1.2.4.201 EL- High-Throughput JPEG 2000 Image Compression (Lossless Only)
        1.2.840.10008.1.2.4.202 EL- High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)
        1.2.840.10008.1.2.4.203 EY- High-Throughput JPEG 2000 Image Compression
        1.2.840.10008.1.2.4.204 JY- JPIP HTJ2K Referenced
        1.2.840.10008.1.2.4.205 ZY- JPIP HTJ2K Referenced Deflate
        1.2.840.10008.1.2.5 EL- RLE Lossless
        """
}
