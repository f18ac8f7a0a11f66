internal import Conformance
internal import DICOM
internal import HTTP
internal import Imaging

// What the rules of RAD-69 and of WADO-RS ask of each instance alone.
extension ImageAnswerRules {
    static let dicom = "application/dicom"

    /// The media type without its parameters.
    static func essence(_ image: ReceivedImage) -> String? {
        image.mediaType.map { (MediaType($0)?.essence ?? $0).lowercased() }
    }

    /// Whether the part is a DICOM file with its pixels.
    static func judgeFile(_ image: ReceivedImage, _ remarks: inout Remarks) {
        if essence(image) != dicom {
            remarks.remark(expected: dicom, actual: image.mediaType ?? Shown.absent, at: place(image))
        }
        guard let head = image.head else {
            return remarks.remark(expected: "DICOM Part 10", actual: image.error ?? Shown.absent, at: place(image))
        }
        if !head.faults.isDisjoint(with: [.preambleMissing, .metaMissing]) {
            let lacks = head.faults.contains(.preambleMissing) ? "DICM" : "(0002,eeee)"
            remarks.remark(
                LocalizedText(
                    fr: "Le fichier n'a pas le préambule ou les méta-informations de DICOM Part 10",
                    en: "The file lacks the preamble or the file meta information of DICOM Part 10"),
                expected: lacks, actual: Shown.absent, at: place(image, "(0002,0000)"))
        }
        judgePixels(image, head, &remarks)
    }

    /// Whether the pixels are there, and whole.
    private static func judgePixels(_ image: ReceivedImage, _ head: ImageHeader, _ remarks: inout Remarks) {
        let pixels = head.pixels
        let tag = pixels.tag ?? .pixelData
        let place = place(image, "\(tag)")
        let isCut = LocalizedText(
            fr: "Les pixels ne sont pas entiers", en: "The pixels are not whole")
        switch pixels.form {
        case .unseen: break
        case .absent:
            let isImage = head.sopClassUID.flatMap { SOPClass(uid: $0) }?.isImage ?? (head.rows != nil)
            guard isImage, !pixels.isByReference else { return }
            remarks.remark(
                LocalizedText(fr: "L'image n'a pas de pixels", en: "The image has no pixels"), expected: "\(tag)",
                actual: Shown.absent, at: place)
        case .native(let length, let announced):
            if length < announced {
                return remarks.remark(isCut, expected: "\(announced)", actual: "\(length)", at: place)
            }
            // The length of pixels that are compressed without saying so tells nothing.
            guard TransferSyntax(uid: head.transferSyntax)?.isEncapsulated != true else { return }
            guard let expected = pixels.expectedLength else {
                return remarks.remark(
                    expected: "(0028,0010) × (0028,0011) × (0028,0100)", actual: Shown.absent,
                    at: self.place(image, "(0028,0010)"))
            }
            guard length != expected, length != expected + expected % 2 else { return }
            remarks.remark(
                LocalizedText(
                    fr:
                        "La longueur des pixels n'est pas celle de leurs lignes, colonnes, échantillons, bits et trames",
                    en: "The length of the pixels is not that of their rows, columns, samples, bits and frames"),
                expected: "\(expected + expected % 2)", actual: "\(length)", at: place,
                // Less than a row too many is padding, which readers skip; a row too few or too many is another image.
                severity: length > expected && (length - expected) * max(1, head.rows ?? 1) * pixels.frames < expected
                    ? .warning : nil)
        case .encapsulated(let fragments, let length, let isWhole):
            if fragments == 0 || length == 0 || !isWhole {
                return remarks.remark(
                    isCut, expected: "(FFFE,E000), (FFFE,E0DD)",
                    actual: "\(fragments) × (FFFE,E000)\(isWhole ? ", (FFFE,E0DD)" : ""), \(length)", at: place)
            }
            // A video has its frames together, a still image each in its own fragments (PS3.5, A.4).
            guard fragments < pixels.frames, Codec(syntax: head.transferSyntax) != nil else { return }
            remarks.remark(
                isCut, expected: ">= \(pixels.frames) × (FFFE,E000)", actual: "\(fragments) × (FFFE,E000)", at: place)
        }
    }

    /// Whether the data set and the pixels are written as (0002,0010) says.
    static func judgeEncoding(_ image: ReceivedImage, _ head: ImageHeader, _ remarks: inout Remarks) {
        let place = place(image, "(0002,0010)")
        if head.faults.contains(.transferSyntaxMissing) || head.faults.contains(.metaMissing) {
            remarks.remark(expected: "(0002,0010)", actual: Shown.absent, at: place)
        }
        if head.faults.contains(.transferSyntaxWrong) {
            remarks.remark(
                LocalizedText(
                    fr: "Le fichier n'est pas écrit dans la syntaxe de transfert qu'il annonce",
                    en: "The file is not written in the transfer syntax that it announces"),
                expected: head.transferSyntax, actual: "≠ \(head.transferSyntax)", at: place)
        }
        guard let syntax = TransferSyntax(uid: head.transferSyntax) else { return }
        switch head.pixels.form {
        case .native(let length, _) where syntax.isEncapsulated:
            remarks.remark(
                LocalizedText(
                    fr: "(0002,0010) annonce des pixels compressés, et ils ne le sont pas",
                    en: "(0002,0010) announces compressed pixels, and they are not"),
                expected: "\(syntax.uid): (FFFE,E000)", actual: "(7FE0,0010): \(length)", at: place)
        case .encapsulated(let fragments, _, _) where !syntax.isEncapsulated:
            remarks.remark(
                LocalizedText(
                    fr: "(0002,0010) annonce des pixels non compressés, et ils le sont",
                    en: "(0002,0010) announces pixels that are not compressed, and they are"),
                expected: "\(syntax.uid): (7FE0,0010)", actual: "\(fragments) × (FFFE,E000)", at: place)
        case .encapsulated where head.pixels.start.count == 2:
            guard let codec = Codec(syntax: syntax.uid), let mark = codec.mark, mark != head.pixels.start else {
                return
            }
            remarks.remark(
                LocalizedText(
                    fr: "Les pixels ne sont pas du codage que (0002,0010) annonce",
                    en: "The pixels are not of the coding that (0002,0010) announces"),
                expected: "\(syntax.uid): \(Shown.hexadecimal(mark))",
                actual: Shown.hexadecimal(head.pixels.start), at: place)
        case _: break
        }
    }

    /// Whether the file meta information names the instance that the data set is.
    static func judgeMeta(_ image: ReceivedImage, _ head: ImageHeader, _ remarks: inout Remarks) {
        // A file without it is told as such.
        guard !head.faults.contains(.metaMissing) else { return }
        let pairs = [
            ("(0002,0002)", "(0008,0016)", head.mediaStorageSOPClassUID, head.sopClassUID),
            ("(0002,0003)", "(0008,0018)", head.mediaStorageSOPInstanceUID, head.sopInstanceUID),
        ]
        for (tag, other, meta, uid) in pairs where meta == nil || meta != uid {
            remarks.remark(
                LocalizedText(fr: "\(tag) n'est pas \(other)", en: "\(tag) is not \(other)"),
                expected: uid ?? other, actual: meta ?? Shown.absent, at: place(image, tag))
        }
    }

    /// Whether the instance is of the class that the manifest gives it.
    static func judgeClass(
        _ image: ReceivedImage, _ head: ImageHeader, _ wanted: InstanceReference?, _ remarks: inout Remarks
    ) {
        guard let expected = wanted?.sopClass, head.sopClassUID != expected else { return }
        remarks.remark(expected: expected, actual: head.sopClassUID ?? Shown.absent, at: place(image, "(0008,0016)"))
    }

    /// Whether name, birth date and sex are those of the exam's patient.
    static func judgeTraits(
        _ image: ReceivedImage, _ head: ImageHeader, _ patient: PatientTraits, _ object: String = "KOS",
        _ remarks: inout Remarks
    ) {
        let own = PatientTraits(head)
        for (tag, expected, actual) in [
            ("(0010,0030)", patient.birthDate, own.birthDate), ("(0010,0040)", patient.sex, own.sex),
        ] {
            guard let expected, let actual, !expected.isEmpty else { continue }
            let isSame =
                expected.filter(\.isASCIIWord).uppercased() == actual.filter(\.isASCIIWord).uppercased()
            guard !isSame else { continue }
            remarks.remark(
                expected: "\(object): \(expected)", actual: "\(image.name): \(actual)", at: place(image, tag))
        }
        guard !own.names.isEmpty, !patient.names.isEmpty else { return }
        let agreement = own.names.map { patient.agreement(withName: $0) }.max() ?? .full
        guard agreement != .full else { return }
        remarks.remark(
            LocalizedText(
                fr: "Le nom du patient de l'image n'est ni son nom de naissance ni un nom utilisé",
                en: "The patient's name of the image is neither the name of birth nor one in use"),
            expected: "\(object): \(patient.names.joined(separator: ", "))",
            actual: "\(image.name): \(own.names.joined(separator: ", "))", at: place(image, "(0010,0010)"),
            severity: agreement == .partial ? .warning : nil)
    }
}

/// How the pixels of a still image are coded.
private struct Codec {
    /// What its code stream begins with; nil where that tells nothing.
    let mark: [UInt8]?

    init?(syntax: String) {
        let number = syntax.split(separator: ".").last.flatMap { Int($0) }
        if syntax == "1.2.840.10008.1.2.5" {
            mark = nil
        } else if syntax.hasPrefix("1.2.840.10008.1.2.4."), syntax.split(separator: ".").count == 8, let number {
            switch number {
            case 50...81: mark = [0xFF, 0xD8]
            case 90...93, 201...203: mark = [0xFF, 0x4F]
            case _: return nil
            }
        } else {
            return nil
        }
    }
}

/// Values for a person that are the same in every language.
enum Shown {
    /// There is none.
    static let absent = "∅"
    /// It is there without a value.
    static let empty = "\"\""

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}

extension Character {
    /// A letter or digit of ASCII.
    fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}
