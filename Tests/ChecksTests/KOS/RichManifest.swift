import DICOM
import Simulators

@testable import Checks

/// The manifest of the invented exam with every optional sequence that the modules know filled as well, and its elements.
enum RichManifest {
    /// The file; all its rules pass.
    static func file(transferSyntax: String = UID.explicitLittleEndian) -> DICOMFile {
        var file = KOS.exam.manifest().file(transferSyntax: transferSyntax)
        file.dataSet.set(.seriesDescription, "Manifeste")
        file.dataSet.set(.referencedPerformedProcedureStepSequence, items: [reference("1.2.840.10008.3.1.2.3.3")])
        file.dataSet.set(.issuerOfAccessionNumberSequence, items: [authority("1.2.3.4")])
        file.dataSet.edit(KOS.request) { item in
            item.set(.referencedStudySequence, items: [reference("1.2.840.10008.3.1.2.3.1")])
            item.set(.requestedProcedureCodeSequence, items: [code("ZBQK002", "CCAM", "Radiographie")])
            item.set(.fillerOrderNumberImagingServiceRequest, "F1")
            item.set(.orderFillerIdentifierSequence, items: [authority("1.2.3.5")])
        }
        file.dataSet.edit(KOS.instance) { item in
            item.set(Tag(0x0040, 0xA170), items: [code("121322", "DCM", "Source image for image processing operation")])
        }
        return file
    }

    static func code(_ value: String, _ scheme: String, _ meaning: String) -> DataSet {
        var item = DataSet()
        item.set(.codeValue, value)
        item.set(.codingSchemeDesignator, scheme)
        item.set(.codeMeaning, meaning)
        return item
    }

    static func authority(_ oid: String) -> DataSet {
        var item = DataSet()
        item.set(.universalEntityID, oid)
        item.set(.universalEntityIDType, "ISO")
        return item
    }

    static func reference(_ sopClass: String) -> DataSet {
        var item = DataSet()
        item.set(.referencedSOPClassUID, sopClass)
        item.set(.referencedSOPInstanceUID, "1.2.3.6")
        return item
    }

    /// Every element at every level, of the first item of each sequence and of the description.
    static let paths: [TagPath] = {
        var paths: [TagPath] = []
        file().dataSet.visit { _, path, _ in
            let isFirst = path.steps.allSatisfy { $0.item == 1 }
            let isDescription = path.description.hasPrefix(KOS.description.description)
            if isFirst || isDescription { paths.append(path) }
        }
        return paths
    }()

    /// The file without the element of `path`, the parents of it edited in place.
    static func without(_ path: TagPath) -> DICOMFile { edited(path) { $0.remove($1) } }

    /// The file with the element of `path` left without value.
    static func emptied(_ path: TagPath) -> DICOMFile { edited(path) { $0.setEmpty($1) } }

    static func edited(_ path: TagPath, _ edit: (inout DataSet, Tag) -> Void) -> DICOMFile {
        var file = file()
        file.dataSet.edit(path) { item in
            guard let tag = path.tag else { return }
            edit(&item, tag)
        }
        return file
    }
}
