import Imaging
import Testing

@Suite struct ImageDisplayLinkTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let form: ImageDisplayLink.Form
        let faults: [String]
        var testDescription: String { text }
    }

    private static let query = "requestType=STUDY&studyUID=1.2.3&Accessionnumber=1.2.9.A1&idCDA=1.5"

    @Test(
        "The form of a link and each fault of its writing are told",
        arguments: [
            Case(text: "https://vi1.a.example/IHEInvokeImageDisplay?\(query)", form: .french, faults: []),
            Case(
                text: "http://vi1.a.example/IHEInvokeImageDisplay?\(query)", form: .french, faults: ["not-https"]),
            Case(text: "/IHEInvokeImageDisplay?\(query)", form: .french, faults: ["relative"]),
            Case(
                text:
                    "https://a.example/IHEInvokeImageDisplay?requestType=STUDY &studyUID=1.2.3&Accessionnumber=9&idCDA=1",
                form: .french, faults: ["blanks"]),
            Case(
                text: "https://a.example/IHEInvokeImageDisplay?\(query.replacing("&", with: "&amp;"))", form: .french,
                faults: ["escaped-twice"]),
            Case(
                text: "https://a.example/IHEInvokeImageDisplay?requestType=STUDY&studyUID=1.2.3", form: .imageDisplay,
                faults: ["missing-parameter Accessionnumber", "missing-parameter idCDA"]),
            Case(
                text:
                    "https://a.example/IHEInvokeImageDisplay?requestType=PATIENT&studyUID=1&Accessionnumber=&idCDA=1&IDCDA=2",
                form: .french,
                faults: [
                    "empty-parameter Accessionnumber", "repeated-parameter idCDA", "wrong-request-type requestType",
                ]),
            Case(
                text: "https://me:secret@a.example/IHEInvokeImageDisplay?\(query)", form: .french, faults: ["secret"]),
            Case(
                text: "https://a.example/IHEInvokeImageDisplay?\(query)&access_token=abc", form: .french,
                faults: ["secret"]),
            Case(text: "https://a.example/open?\(query)", form: .french, faults: ["wrong-path"]),
            Case(
                text: "http://a.example/wado?requestType=WADO &studyUID=1.2 &seriesUID=1.3 &objectUID=1.4",
                form: .wadoURI, faults: ["blanks", "not-https"]),
            Case(
                text: "https://a.example/", form: .unknown,
                faults: [
                    "wrong-path", "missing-parameter requestType", "missing-parameter studyUID",
                    "missing-parameter Accessionnumber", "missing-parameter idCDA",
                ]),
        ])
    func forms(_ item: Case) {
        let link = ImageDisplayLink(reading: item.text)
        #expect(link.form == item.form)
        let faults = link.faults.map { [$0.code.rawValue, $0.parameter].compactMap { $0 }.joined(separator: " ") }
        #expect(faults == item.faults)
    }

    @Test("An empty link is told as such", arguments: ["", "  ", "NULL"])
    func empty(_ text: String) {
        #expect(ImageDisplayLink(reading: text).faults.contains { $0.code == .empty })
    }

    @Test("Parameter names are read without regard to case")
    func names() {
        let link = ImageDisplayLink(
            reading: "https://a.example/IHEInvokeImageDisplay?REQUESTTYPE=STUDY&STUDYUID=1.2&accessionNumber=3&IdCda=4")
        #expect(link.studyUID == "1.2")
        #expect(link.accession == "3")
        #expect(link.documentID == "4")
        #expect(link.faults.isEmpty)
    }

    @Test("A link that was made is read back with its four values, whatever ends the base")
    func roundTrip() {
        for base in ["https://vi1.a.example", "https://vi1.a.example/"] {
            let link = ImageDisplayLink(
                base: base, studyUID: "1.2.3", accessionRoot: "1.9", accession: "A 1&b", documentID: "1.5")
            #expect(
                link.text
                    == "https://vi1.a.example/IHEInvokeImageDisplay?requestType=STUDY&studyUID=1.2.3&Accessionnumber=1.9.A%201%26b&idCDA=1.5"
            )
            #expect(link.accession == "1.9.A 1&b")
            #expect(link.host == "vi1.a.example")
            #expect(link.faults.isEmpty)
        }
    }
}
