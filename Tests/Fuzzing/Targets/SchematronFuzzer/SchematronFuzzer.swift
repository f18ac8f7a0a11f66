internal import Glibc
internal import Schematron
internal import XML

private let document = try? Document(
    parsing: Array(
        """
        <h:a xmlns:h="urn:test" i="1"><h:b n="0.5">text</h:b><h:b n="-3" code="x"/><h:c><h:d>a</h:d></h:c></h:a>
        """.utf8))

/// A folder of this process, with what the seeds include.
private let folder: String? = {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/schematron-fuzzer-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return nil }
    let folder = String(cString: made)
    let rule = "<rule xmlns='http://purl.oclc.org/dsdl/schematron' context='h:b'><assert test='@n'>n</assert></rule>"
    let pattern = "<pattern xmlns='http://purl.oclc.org/dsdl/schematron' id='q'>\(rule)</pattern>"
    write(Array(rule.utf8)[...], folder + "/rule.sch")
    write(Array(pattern.utf8)[...], folder + "/pattern.sch")
    write(Array("<codes><code v='x'/><code v='y'/></codes>".utf8)[...], folder + "/codes.xml")
    return folder
}()

private func write(_ bytes: ArraySlice<UInt8>, _ path: String) {
    guard let file = fopen(path, "w") else { return }
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
}

/// A schema file: read, expanded, bound; what binds judges a small document and writes every report.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let folder, let document else { return 0 }
    write(Array(UnsafeBufferPointer(start: bytes, count: count))[...], folder + "/main.sch")
    let library = SchemaLibrary(root: folder, siblings: [])
    guard let schema = try? BoundSchema(reading: "main.sch", in: library) else { return 0 }
    let report = Validator(schema).validate(document)
    _ = JSONLinesWriter.line(report, document: "document")
    _ = SVRLWriter.bytes(report, documentName: "document")
    _ = TextWriter.text(report, file: "document", language: .french)
    return 0
}
