/// An instance of CT Image Storage with the pixels of a phantom (DICOM PS3.3, A.3), the same bytes for the same values.
public struct CTImage: Sendable, Hashable {
    /// The patient; the site's number is the Patient ID of an image, the INS stands in (0010,1002).
    public var patient: ImagingPatient
    /// The exam.
    public var study: Study
    /// The series.
    public var series: Series
    /// SOP Instance UID.
    public var sopInstanceUID: String
    /// Instance number, from 1; it moves the slice and the shapes.
    public var number: Int
    /// Pixels a row.
    public var columns: Int
    /// Pixels a column.
    public var rows: Int

    /// The exam that the image is of.
    public struct Study: Sendable, Hashable {
        /// Study Instance UID.
        public var uid: String
        /// Study ID.
        public var id: String
        /// `YYYYMMDD`.
        public var date: String
        /// `HHMMSS`.
        public var time: String
        /// Offset from UTC of all times: `+0100`.
        public var timezone: String
        /// Label.
        public var description: String
        /// Accession number: at most 16 characters.
        public var accession: String
        /// OID of its issuer.
        public var accessionOID: String
        /// Order of the placer; may be empty.
        public var placerOrder: String
        /// OID of its issuer.
        public var placerOID: String
        /// Referring physician as a person name; may be empty.
        public var referringPhysician: String
        /// Name of the institution.
        public var institution: String

        /// An exam.
        public init(
            uid: String, id: String = "", date: String, time: String, timezone: String, description: String,
            accession: String, accessionOID: String, placerOrder: String = "", placerOID: String = "",
            referringPhysician: String = "", institution: String
        ) {
            self.uid = uid
            self.id = id
            self.date = date
            self.time = time
            self.timezone = timezone
            self.description = description
            self.accession = accession
            self.accessionOID = accessionOID
            self.placerOrder = placerOrder
            self.placerOID = placerOID
            self.referringPhysician = referringPhysician
            self.institution = institution
        }
    }

    /// The series that the image is of.
    public struct Series: Sendable, Hashable {
        /// Series Instance UID.
        public var uid: String
        /// Series number; it changes the shapes.
        public var number: Int
        /// Label.
        public var description: String
        /// Body part in the terms of the standard: `CHEST`; may be empty.
        public var bodyPart: String
        /// Frame of Reference UID.
        public var frameOfReferenceUID: String

        /// A series.
        public init(uid: String, number: Int, description: String, bodyPart: String, frameOfReferenceUID: String) {
            self.uid = uid
            self.number = number
            self.description = description
            self.bodyPart = bodyPart
            self.frameOfReferenceUID = frameOfReferenceUID
        }
    }

    /// An image.
    public init(
        patient: ImagingPatient, study: Study, series: Series, sopInstanceUID: String, number: Int, columns: Int = 64,
        rows: Int = 64
    ) {
        self.patient = patient
        self.study = study
        self.series = series
        self.sopInstanceUID = sopInstanceUID
        self.number = number
        self.columns = columns
        self.rows = rows
    }

    /// The file of the image: Part 10.
    public func file(transferSyntax: String = UID.explicitLittleEndian) -> DICOMFile {
        let characterSet = SpecificCharacterSet.fitting(
            patient.texts
                + [study.description, study.institution, study.referringPhysician, study.id, series.description])
        var dataSet = DataSet(characterSet: characterSet)
        dataSet.set(.specificCharacterSet, characterSet.terms)
        setPatient(&dataSet)
        setStudy(&dataSet)
        setSeries(&dataSet)
        setImage(&dataSet)
        return DICOMFile(dataSet: dataSet, transferSyntax: transferSyntax)
    }

    private func setPatient(_ dataSet: inout DataSet) {
        patient.setTraits(&dataSet)
        dataSet.set(.patientID, patient.localID.isEmpty ? patient.ins : patient.localID)
        let oid = patient.localID.isEmpty ? patient.insOID : patient.localOID
        if !oid.isEmpty { dataSet.set(.issuerOfPatientIDQualifiersSequence, items: [.universalEntity(oid)]) }
        dataSet.set(.otherPatientIDsSequence, items: [patient.insItem(dataSet.characterSet)])
    }

    private func setStudy(_ dataSet: inout DataSet) {
        dataSet.set(.studyInstanceUID, study.uid)
        dataSet.set(.studyID, study.id)
        dataSet.set(.studyDate, study.date)
        dataSet.set(.studyTime, study.time)
        dataSet.set(.studyDescription, study.description)
        dataSet.set(.timezoneOffsetFromUTC, study.timezone)
        dataSet.set(.referringPhysicianName, study.referringPhysician)
        dataSet.set(.institutionName, study.institution)
        dataSet.set(.accessionNumber, study.accession)
        dataSet.set(.issuerOfAccessionNumberSequence, items: [.universalEntity(study.accessionOID)])
        if !study.placerOrder.isEmpty {
            dataSet.set(.placerOrderNumberImagingServiceRequest, study.placerOrder)
            dataSet.set(.orderPlacerIdentifierSequence, items: [.universalEntity(study.placerOID)])
        }
    }

    private func setSeries(_ dataSet: inout DataSet) {
        dataSet.set(.modality, "CT")
        dataSet.set(.seriesInstanceUID, series.uid)
        dataSet.set(.seriesNumber, series.number)
        dataSet.set(.seriesDate, study.date)
        dataSet.set(.seriesTime, study.time)
        dataSet.set(.seriesDescription, series.description)
        if !series.bodyPart.isEmpty { dataSet.set(.bodyPartExamined, series.bodyPart) }
        dataSet.set(.patientPosition, "HFS")
        dataSet.set(.frameOfReferenceUID, series.frameOfReferenceUID)
        dataSet.setEmpty(.positionReferenceIndicator)
        dataSet.set(.manufacturer, "CISIS")
        dataSet.set(.manufacturerModelName, "Phantom")
        dataSet.set(.softwareVersions, "1")
    }

    private func setImage(_ dataSet: inout DataSet) {
        dataSet.set(.sopClassUID, UID.ctImage)
        dataSet.set(.sopInstanceUID, sopInstanceUID)
        dataSet.set(.instanceNumber, number)
        dataSet.set(.imageType, ["ORIGINAL", "PRIMARY", "AXIAL"])
        for tag in [Tag.acquisitionDate, .contentDate] { dataSet.set(tag, study.date) }
        for tag in [Tag.acquisitionTime, .contentTime] { dataSet.set(tag, study.time) }
        dataSet.set(.acquisitionNumber, 1)
        dataSet.set(.kvp, "120")
        // Pixels of 0.75 mm, slices of 5 mm.
        dataSet.set(.pixelSpacing, ["0.75", "0.75"])
        dataSet.set(.sliceThickness, "5")
        dataSet.set(.imageOrientationPatient, ["1", "0", "0", "0", "1", "0"])
        dataSet.set(
            .imagePositionPatient,
            [Self.decimal(thousandths: columns * -375), Self.decimal(thousandths: rows * -375), String(number * 5)])
        dataSet.set(.samplesPerPixel, 1)
        dataSet.set(.photometricInterpretation, "MONOCHROME2")
        dataSet.set(.rows, rows)
        dataSet.set(.columns, columns)
        dataSet.set(.bitsAllocated, 16)
        dataSet.set(.bitsStored, 16)
        dataSet.set(.highBit, 15)
        dataSet.set(.pixelRepresentation, 1)
        dataSet.set(.windowCenter, "40")
        dataSet.set(.windowWidth, "400")
        dataSet.set(.rescaleIntercept, "0")
        dataSet.set(.rescaleSlope, "1")
        dataSet.set(.rescaleType, "HU")
        dataSet.set(.pixelData, bytes: pixels(), vr: .OW)
    }

    /// A number of thousandths in decimal: -24000 is `-24`, 375 is `0.375`.
    static func decimal(thousandths: Int) -> String {
        let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
        var text = (thousandths < 0 ? "-" : "") + String(whole)
        if rest != 0 {
            let digits = String(1000 + rest).dropFirst()
            text += "." + (digits.lastIndex { $0 != "0" }.map { digits[...$0] } ?? "")
        }
        return text
    }
}

// Pixels.
extension CTImage {
    private struct Ellipse {
        let centerX, centerY, radiusX, radiusY: Int
        let value: Int

        func contains(_ x: Int, _ y: Int) -> Bool {
            let (dx, dy) = ((x - centerX) * radiusY, (y - centerY) * radiusX)
            return dx * dx + dy * dy <= radiusX * radiusX * radiusY * radiusY
        }
    }

    /// The value of each pixel in Hounsfield units, row by row, as signed 16-bit little-endian numbers.
    ///
    /// A trunk in air: soft tissue with a gradient from top to bottom, two lungs and a spine that change from slice to slice
    /// and from series to series, and a row of squares that counts the instance in binary.
    func pixels() -> [UInt8] {
        let shapes = ellipses()
        var bytes = [UInt8](repeating: 0, count: rows * columns * 2)
        var index = 0
        for y in 0..<rows {
            for x in 0..<columns {
                var value = -1000
                for shape in shapes where shape.contains(x, y) { value = shape.value }
                if value == Self.softTissue { value += y * 40 / max(1, rows) }
                if let bit = counterBit(x, y) { value = bit ? 1000 : 0 }
                bytes[index] = UInt8(truncatingIfNeeded: value)
                bytes[index + 1] = UInt8(truncatingIfNeeded: value >> 8)
                index += 2
            }
        }
        return bytes
    }

    private static let softTissue = 20

    private func ellipses() -> [Ellipse] {
        let phase = (number * 3 + series.number * 5) % 16
        let (width, height) = (max(columns, 1), max(rows, 1))
        let lung = (width * (16 + phase / 2) / 160, height * (20 + phase) / 160)
        func ellipse(_ x: Int, _ y: Int, _ radiusX: Int, _ radiusY: Int, _ value: Int) -> Ellipse {
            Ellipse(centerX: x, centerY: y, radiusX: max(1, radiusX), radiusY: max(1, radiusY), value: value)
        }
        return [
            ellipse(width / 2, height / 2, width * 9 / 20, height * 7 / 20, Self.softTissue),
            ellipse(width * 3 / 10, height / 2, lung.0, lung.1, -850),
            ellipse(width * 7 / 10, height / 2, lung.0, lung.1, -850),
            ellipse(width / 2, height * 7 / 10, width * (5 + phase % 4) / 100, height * 6 / 100, 700),
        ]
    }

    /// The bit of the instance number that a pixel of the top row of squares shows, or nil beside it.
    private func counterBit(_ x: Int, _ y: Int) -> Bool? {
        let side = max(1, columns / 32)
        guard y < side, x / side < 16 else { return nil }
        return number >> (x / side) & 1 == 1
    }
}
