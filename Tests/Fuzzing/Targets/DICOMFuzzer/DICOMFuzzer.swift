internal import FuzzSupport
internal import DICOM

/// A file: read, described, seen as a key object selection; where its faults leave no doubt of what it means, it is
/// written and read again, and must be the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    _ = try? DICOMFile.readMeta(input)
    var options = DICOMFile.ReadingOptions()
    options.maximumNotes = 100
    guard let file = try? DICOMFile(reading: input, options: options) else { return 0 }
    let lines = file.dataSet.describe(limit: 500, width: 40).lines
    for line in lines where line.tag != Tag(0xFFFE, 0xE000) {
        require(file.dataSet[line.path]?.tag == line.tag, "\(line.path) leads elsewhere")
    }
    _ = file.dataSet.characterFaults(limit: 100).map(\.description)
    _ = file.notes.map(\.description)
    for element in file.dataSet.elements { visit(element, file.dataSet.characterSet) }
    visit(KeyObjectSelection(file))
    guard file.notes.allSatisfy({ harmless.contains($0.code) }) else { return 0 }
    for sequences in [DataSetWriter.SequenceLength.defined, .undefined] {
        let written = file.serialized(sequences: sequences)
        do {
            let again = try DICOMFile(reading: written, options: options)
            requireSame(file.meta, again.meta)
            requireSame(file.dataSet, again.dataSet)
            require(again.serialized(sequences: sequences) == written, "written twice, it differs")
        } catch {
            fatalError("written, it cannot be read: \(error)")
        }
    }
    return 0
}

/// Faults that do not change what the elements are.
private let harmless: Set<DICOMNote.Code> = [
    .preambleMissing, .metaLength, .metaLengthMissing, .oddLength, .duplicate, .privateCreatorMissing, .delimiter,
    .trailingBytes, .pixelDataCut, .characterSetUnknown,
]

private func visit(_ element: DataElement, _ characterSet: SpecificCharacterSet) {
    _ = element.strings(characterSet)
    _ = element.integers
    for value in element.rawValues {
        let decoded = characterSet.decode(value)
        let encoded = characterSet.encode(decoded.text)
        guard decoded.undecodable.isEmpty, encoded.lost.isEmpty else { continue }
        require(characterSet.decode(encoded.bytes).text == decoded.text, "written, it is another text")
    }
}

private func visit(_ selection: KeyObjectSelection) {
    _ = selection.descriptionLines
    _ = (selection.title, selection.isManifest, selection.accession, selection.placerOrder, selection.patientName)
    _ = (selection.patientIDOID, selection.instanceNumber, selection.studyDescription, selection.requests)
    for instance in selection.instances {
        require(selection.file.dataSet.items(at: instance.path) != nil, "\(instance.path) leads nowhere")
    }
}

extension DataSet {
    /// The item at the end of a path of steps.
    fileprivate func items(at path: TagPath) -> DataSet? {
        path.steps.reduce(Optional(self)) { found, step in
            guard let items = found?.items(step.tag), items.indices.contains(step.item - 1) else { return nil }
            return items[step.item - 1]
        }
    }
}

private func requireSame(_ read: DataSet, _ again: DataSet) {
    let first = read.elements.filter { $0.tag != .fileMetaInformationGroupLength }
    let second = again.elements.filter { $0.tag != .fileMetaInformationGroupLength }
    require(first.map(\.tag) == second.map(\.tag), "\(first.map(\.tag)) became \(second.map(\.tag))")
    for (element, other) in zip(first, second) {
        switch (element.value, other.value) {
        case (.bytes(let bytes), .bytes(let others)):
            require(others.starts(with: bytes) && others.count - bytes.count < 2, "\(element.tag) changed")
            require(element.vr == other.vr, "\(element.tag): \(element.vr) became \(other.vr)")
        case (.items(let items), .items(let others)):
            require(items.count == others.count, "\(element.tag) has other items")
            for (item, other) in zip(items, others) { requireSame(item, other) }
        case (.fragments(let fragments), .fragments(let others)):
            require(fragments.count == others.count, "\(element.tag) has other fragments")
            for (fragment, other) in zip(fragments, others) {
                require(other.starts(with: fragment) && other.count - fragment.count < 2, "a fragment changed")
            }
        default:
            require(element.isEmpty && other.isEmpty, "\(element.tag) became another kind of value")
        }
    }
}
