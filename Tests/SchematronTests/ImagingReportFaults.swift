// The faults by part of the schema; each row: the ids without `CR-`, then the edit.

import Foundation

extension ImagingReportFault {
    static let all = header + acts + body + catalogue + pdf + link

    private static let documentID = ImagingReportSample.documentID
    private static let uid = ImagingReportSample.uid
    private static let identifier = #"<id root="\#(uid)"/>"#
    private static let act = #"<serviceEvent classCode="ACT">"#
    private static let loinc = "2.16.840.1.113883.6.1"

    static let header: [Self] = [
        swap("002a", #"<templateId root="2.16.840.1.113883.2.8.2.1"/>"#, ""),
        swap("002a", #"<templateId root="1.2.250.1.213.1.1.1.1"/>"#, ""),
        swap("002a", #"<templateId root="1.2.840.10008.9.1"/>"#, ""),
        swap("002a", #"<templateId root="1.2.840.10008.9.20"/>"#, ""),
        swap("002a", #"<templateId root="1.2.840.10008.9.21"/>"#, ""),
        swap("002a", #"<templateId root="1.2.250.1.213.1.1.1.45" extension="2024.01"/>"#, ""),
        swap("002b", #" extension="2024.01""#, ""),
        swap("002b", #"extension="2024.01""#, #"extension="2022.01""#),
        swap("002c", "2.16.840.1.113883.2.8.2.1", "1.2", base: .pdf),
        swap("002c", #""1.2.250.1.213.1.1.1.1""#, #""1.2""#, base: .pdf),
        swap("002c", "1.3.6.1.4.1.19376.1.2.20", "1.3.6.1.4.1.19376.1.2.2", base: .pdf),
        swap("003", "18748-4", "11502-2"), swap("003", "18748-4", "11502-2", base: .pdf),
        swap("003", loinc, "1.2.3", after: "18748-4"),
        cut("003 004a", "code", after: #"extension="2024.01""#),
        cut("004a", "translation", after: "18748-4"),
        swap("004b", "24628-0", "24628", after: "18748-4"),
        swap("004b", loinc, "1.2.3", after: "24628-0"),
        cut("005a 031", "id", after: #"extension="2024.01""#),
        cut("005b", "setId"), swap("005b", "<setId root", "<setId extension"),
        cut("005c", "versionNumber"), swap("005c", #"<versionNumber value="2""#, #"<versionNumber value="0""#),
        swap("005c", #"<versionNumber value="2""#, #"<versionNumber value="-1""#),
        swap("005c", #"<versionNumber value="2""#, #"<versionNumber value="2a""#),
        cut("006a", "recordTarget"), cut("006a", "patientRole"),
        swap("006b", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.2"),
        swap("006b", #" extension="270019999900024""#, ""),
        swap(
            "006b", #"<id root="1.2.250.1.213.1.4.10""#,
            #"<id root="1.2" extension="x"/><id root="1.2.250.1.213.1.4.10""#),
        swap("006c", "270019999900024", "270019999900025"), swap("006c", "270019999900024", "27001999990002"),
        swap("006c", "270019999900024", "2700199999OOO24"), swap("006c", "270019999900024", "170012A00400112"),
        cut("007a", "family"), swap("007a", #"family qualifier="BR""#, #"family qualifier="CL""#),
        swap("007b", "<given>ALIX CLAUDE</given>", ""), swap("007b", "<given>ALIX CLAUDE</given>", "<given> </given>"),
        swap("007c", #"<given qualifier="BR">ALIX</given>"#, ""),
        cut("007d", "administrativeGenderCode"), swap("007d", #"code="F""#, #"nullFlavor="UNK""#),
        cut("007e", "birthTime"), swap("007e", #"value="19700101""#, #"nullFlavor="UNK""#),
        cut("007f", "birthplace"), swap("007f", "<county>99999</county>", "<county/>"),
        swap("007g", "<county>99999</county>", "<county>9999</county>"),
        swap("007g", "<county>99999</county>", "<county>2C004</county>"),
        cut("008 030", "inFulfillmentOf"), cut("008 030", "order"),
        cut("009a", "id", after: "<order>"), double("009a", "id", after: "<order>"),
        swap("009b", #"<id root="1.2.250.1.999.3.2" extension="OP680503129"/>"#, "<id/>"),
        cut("010a 030", "ps3-20:accessionNumber"), double("010a", "ps3-20:accessionNumber"),
        swap("010a 030", "urn:dicom-org:ps3-20", "urn:dicom-org:ps3-21"),
        swap("010b 030", #"accessionNumber root="1.2.250.1.999.3.1""#, "accessionNumber"),
        swap("010b 030", #"accessionNumber root="1.2.250.1.999.3.1""#, #"accessionNumber root="""#),
        swap("010c 030", #" extension="CT198751655""#, ""), swap("010c 030", "CT198751655", ""),
        cut("018a", "componentOf"), cut("018a", "code", after: "<healthCareFacility>"),
        swap("018b", "1.2.250.1.71.4.2.4", "1.2.250.1.71.4.2.5"),
        swap("018b", "1.2.250.1.71.4.2.4", "1.2.250.1.213.1.1.4.6"),
        cut("019", "representedOrganization", after: "<assignedAuthor>"),
        cut("037a", "relatedDocument"), swap("037a", "RPLC", "APND"),
        swap("037b", "2.25.97722935334474182055328946897928197952", "2.25.9", after: "<parentDocument>"),
        cut("037c", "id", after: "<parentDocument>"), swap("037c", "2.25.4001", documentID),
    ]

    static let acts: [Self] = [
        cut("011a 023a", "id", after: act),
        swap("011b 023a", identifier, #"<id root="1.02"/>"#), swap("011b 023a", identifier, #"<id root="1.2."/>"#),
        swap("011b 023a", identifier, #"<id root="D52DE737-001D-4031-B571-0A0ED7C42300"/>"#),
        swap("011b 023a", identifier, #"<id root="1.\#(String(repeating: "2", count: 63))"/>"#),
        swap("011c", identifier, #"<id root="\#(uid)" extension="x"/>"#),
        swap("011d", identifier, #"<id root="\#(uid)" extension="studyInstanceUID"/>"#),
        double("012a", "id", after: act), double("012a", "id", after: act, uid, "1.2.3"),
        double("012b 021", "documentationOf"),
        swap("013a", loinc, "1.2.250.1.213.2.5", after: act), cut("013a 014a 015a", "code", after: act),
        swap("013b", "24628-0", "24628", after: act), swap("013b", "24628-0", "24628-00", after: act),
        cut("014a", "translation", after: "ZBQH001"),
        swap("014b", "121139", "121058", after: act), cut("014b", "qualifier", after: #"<translation code="CT""#),
        swap("014c 035", #"<translation code="CT""#, #"<translation code="KO""#),
        swap("014a 014d", "1.2.840.10008.2.16.4", "1.2.250.1.213.1.1.5.618", after: act),
        double("014d", "translation", after: "ZBQH001", #"codeSystem="1.2.840.10008.2.16.4">"#, #"codeSystem="1.2">"#),
        cut("015a", "translation", after: "121139"),
        swap("015b", "39111-0", "39111-1"), cut("015b", "qualifier", after: "67734004"),
        swap("015c", "67734004", "69536005"),
        swap("015a 015d", "2.16.840.1.113883.6.96", "1.2.250.1.213.1.1.5.695"),
        cut("016", "low", after: act), cut("016", "effectiveTime", after: act),
        swap("016", #"<low value="20260312093000+0100"/>"#, #"<low nullFlavor="UNK"/>"#),
        cut("017", "performer", after: act), cut("017", "representedOrganization", after: act),
        cut("017", "id", after: #"extension="899700000000"/>"# + "\n          <representedOrganization>"),
    ]

    static let body: [Self] = [
        swap("020a", "1.2.250.1.213.1.1.2.209", "1.2.3"),
        swap(
            "020a", "1.2.250.1.213.1.1.2.206\"/>",
            "1.2.250.1.213.1.1.2.206\"/><templateId root=\"1.2.250.1.213.1.1.2.209\"/>"),
        cut("020b", "text", after: "1.2.250.1.213.1.1.2.209"),
        swap("020b", "Micronodule solide de 5 mm du lobe inférieur droit.", ""),
        swap("021", "1.2.250.1.213.1.1.2.206", "1.2.3"),
        swap("022a 039f", "1.2.250.1.213.1.1.2.217", "1.2.3"),
        cut("022a", "section", after: "<methodCode"), double("022a 023b", "section", after: "<methodCode"),
        swap("022b 039c", "121181", "121180"), cut("022b 039c", "code", after: "2.25.3003"),
        cut("022c 033 039d", "text", after: "121181"),
        swap("035", #"<methodCode code="CT""#, #"<methodCode code="MR""#),
        swap("035", #"<methodCode code="CT""#, #"<methodCode nullFlavor="UNK""#),
    ]

    static let catalogue: [Self] = [
        swap("023a 029", uid, "1.2.3", after: "1.2.250.1.213.1.1.3.155"),
        cut("023a 029", "id", after: "1.2.250.1.213.1.1.3.155"),
        double("023b", "entry", after: "121181"),
        cut("024a", "effectiveTime", after: "1.2.250.1.213.1.1.3.155"),
        swap("024b", "1.2.250.1.213.1.1.3.156", "1.2.3"),
        cut("024b", "entryRelationship"), double("024b", "entryRelationship"),
        swap("024c", "113014", "113015"), swap("024c", "1.2.840.10008.2.16.4", "1.2.3", after: "113014"),
        cut("025a", "value"), double("025a", "value"), cut("025a", "qualifier", after: "113015"),
        swap("025b", "1.2.250.1.213.1.1.3.157", "1.2.3"),
        cut("025b", "entryRelationship", after: "113015"), double("025b", "entryRelationship", after: "113015"),
        swap("025c", "121139", "121138", after: "113015"), cut("025c", "name", after: "113015"),
        swap("025d", "113015", "113014"), swap("025d", "1.2.840.10008.2.16.4", "1.2.3", after: "113015"),
        cut("025e", "id", after: "1.2.250.1.213.1.1.3.156"),
        swap("026a", "DGIMG", "OBS"), swap("026a", #"classCode="DGIMG" "#, ""),
        swap("026b", "1.2.840.10008.5.1.4.1.1.2", "CT"),
        swap("026b", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.2.2.1"),
        cut("026b", "code", after: "2.25.3005"),
        swap("026c", "1.2.840.10008.2.6.1", "1.2.840.10008.2.16.4"),
        swap("027a", "application/dicom", "text/plain"), swap("027a", #" mediaType="application/dicom""#, ""),
        cut("027b", "reference"), cut("038", "text", after: "2.25.3005"),
        cut("039a", "id", after: "1.2.250.1.213.1.1.2.217"), cut("039b", "title", after: "2.25.3003"),
        swap("039c", "1.2.840.10008.2.16.4", "1.2.3", after: "121181"),
        swap("039e", "2.16.840.1.113883.10.20.6.1.1", "1.2.3"),
        swap("040", "1.2.250.1.213.1.1.3.155", "1.2.3"), cut("040", "entry", after: "121181"),
    ]

    static let pdf: [Self] = [
        cut("036a", "nonXMLBody", base: .pdf), cut("036a", "text", base: .pdf),
        swap("036b", "B64", "TXT", base: .pdf), swap("036b", #" representation="B64""#, "", base: .pdf),
        swap("036c", "application/pdf", "text/plain", base: .pdf),
        swap("036d", "JVBERi0x", "UEsDBBQA", base: .pdf),
        swap("036e", "JSVFT0YK", "JSVFT0Y", base: .pdf), swap("036e", "JSVFT0YK", "JSVF*0YK", base: .pdf),
        swap("036e", "JSVFT0YK", "JS==T0YK", base: .pdf), swap("036e", "JSVFT0YK", "J===", base: .pdf),
        swap("036d", "JVBERi0xLjQK\nJSVFT0YK", "", base: .pdf),
    ]

    private static let wado =
        "https://vi1.cisis.example/wado?requestType=WADO&amp;studyUID=\(uid)&amp;seriesUID=1.3&amp;objectUID=1.4"

    static let link: [Self] = [
        relink("028a", "", wado), relink("028a", "", wado.replacingOccurrences(of: "requestType=WADO", with: "x=y")),
        relink("028a 032a", "", wado.replacingOccurrences(of: "https", with: "http")),
        relink("028a 032a", "", wado.replacingOccurrences(of: "&amp;", with: " &amp;")),
        relink("028a 029", "", wado.replacingOccurrences(of: uid, with: "1.2")),
        relink("028b 032b", "", "NULL"), relink("028b 032b", "", ""), relink("028b 032b 032d", "", " "),
        relink("028c", "&amp;", "&amp;amp;"),
        relink("028d", "IHEInvokeImageDisplay", "viewer"),
        relink("028d", "/IHEInvokeImageDisplay", "/x/IHEinvokeimagedisplay"),
        relink("028e", "STUDY", "PATIENT"), relink("028e", "STUDY", "study"), relink("028e", "STUDY", "STUDY%20"),
        relink("028f", "requestType=STUDY&amp;", ""), relink("028f", "studyUID=\(uid)&amp;", ""),
        relink("028f", "Accessionnumber=1.2.250.1.999.3.1.CT198751655&amp;", ""),
        relink("028f", "&amp;idCDA=\(documentID)", ""), relink("028e 028f", "&amp;", ";"),
        relink("028g", "idCDA=\(documentID)", "idCDA="), relink("028g", "STUDY", ""),
        relink("028g", "studyUID=\(uid)", "studyUID"),
        relink("028h", "requestType", "idCDA=\(documentID)&amp;requestType"),
        relink("029", uid, "1.2.3"), relink("030", "CT198751655", "AUTRE"), relink("030", "3.1.CT", "3.1^CT"),
        relink("031", documentID, "1.2.3"),
        relink("032b", "https://vi1.cisis.example", ""), relink("032b", "https:", ""),
        relink("032c", "https:", "http:"), relink("032c", "https:", "dicomweb:"),
        relink("032d", "&amp;studyUID", " &amp;studyUID"), relink("032d", "https", " https"),
        swap("033", "vi1", "vi2", after: "linkHtml"), cut("033", "linkHtml"),
        swap("033", "<linkHtml href", "<linkHtml ID"),
        relink("034", "vi1", "db1"), relink("034", "vi1.cisis.example", "localhost"),
    ]
}
