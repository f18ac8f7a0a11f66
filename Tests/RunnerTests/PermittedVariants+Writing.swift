import Foundation
import HTTP
import SOAP
import Simulators
import XDS
import XML

@testable import Runner

// MARK: XML

extension PermittedVariant {
    /// The RegistryObjectList with its children in another order, by `arrange`.
    private static func rearranged(
        _ name: String, _ arrange: @escaping @Sendable (inout [String]) -> Void
    ) -> PermittedVariant {
        xml(name) { text in
            guard let start = text.range(of: "<rim:RegistryObjectList"),
                let open = text.range(of: ">", range: start.upperBound..<text.endIndex),
                let close = text.range(of: "</rim:RegistryObjectList>")
            else { throw NothingToChange(text: "RegistryObjectList") }
            let bytes = Array(text[open.upperBound..<close.lowerBound].utf8)
            let list = try Document(
                parsing: Array("<l xmlns:rim='\(XDSNamespace.rim)'>".utf8) + bytes + Array("</l>".utf8))
            var children = list.documentElement.elements.map {
                String(decoding: Serializer.serialize(Element(copying: $0), declaration: false), as: UTF8.self)
            }
            arrange(&children)
            text.replaceSubrange(open.upperBound..<close.lowerBound, with: children.joined())
        }
    }

    static let xml: [PermittedVariant] = [
        xml("other prefixes") { text in
            for (old, new) in [("rim", "ns3"), ("lcm", "x-1"), ("xdsb", "_b"), ("xop", "inc"), ("soap", "S")] {
                try text.replace("<\(old):", by: "<\(new):")
                if old != "xop" { try text.replace("</\(old):", by: "</\(new):") }
                try text.replace("xmlns:\(old)=", by: "xmlns:\(new)=")
            }
            try text.replace("soap:mustUnderstand", by: "S:mustUnderstand")
        },
        xml("ebRIM as the default namespace") { text in
            try text.replace("<rim:", by: "<")
            try text.replace("</rim:", by: "</")
            try text.replaceFirst("xmlns:rim=", by: "xmlns=")
        },
        xml("attributes in another order") { text in
            try text.replace(
                "mimeType=\"application/dicom\" objectType=\"\(XDSUUID.stableDocument)\"",
                by: "objectType=\"\(XDSUUID.stableDocument)\" mimeType='application/dicom'")
        },
        xml("blanks and comments between elements") { text in
            try text.replace("<rim:ValueList>", by: "\n      <rim:ValueList>\n<!-- une valeur -->\t")
            try text.replace("</rim:ValueList>", by: "\n      </rim:ValueList>\n   ")
            try text.replace("<rim:Classification ", by: "\n\n<?editor keep?>  <rim:Classification ")
        },
        xml("line ends CRLF in the XML") { text in
            try text.replace("<rim:Slot ", by: "\r\n  <rim:Slot ")
            try text.replace("<soap:Body>", by: "\r\n<soap:Body>\r\n")
        },
        xml("no XML declaration") { text in
            guard let end = text.range(of: "?>") else { throw NothingToChange(text: "?>") }
            text.removeSubrange(text.startIndex..<end.upperBound)
            text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        },
        xml("a byte order mark") { text in text = "\u{FEFF}" + text },
        xml("character references and CDATA") { text in
            try text.replace("<rim:Value>fr-FR</rim:Value>", by: "<rim:Value>fr&#45;F&#x52;</rim:Value>")
            try text.replaceFirst("<rim:Value>PID-8|", by: "<rim:Value><![CDATA[PID-8|]]>")
        },
        xml("status, lid and version told") { text in
            try text.replace(
                "<rim:ExtrinsicObject ",
                by:
                    "<rim:ExtrinsicObject isOpaque=\"false\" status=\"\(XDSURN.approved)\" lid=\"urn:uuid:1fdc72f4-a11d-4a9d-9260-a9f745779e1d\" "
            )
        },
        xml("several languages of a name") { text in
            try text.replaceFirst(
                "<rim:LocalizedString ",
                by: "<rim:LocalizedString xml:lang=\"en-US\" charset=\"UTF-8\" value=\"Report\"/><rim:LocalizedString ")
        },
        xml("names without language and charset") { text in
            try text.replace(" xml:lang=\"fr-FR\" charset=\"UTF-8\"", by: "")
        },
        xml("the slotType of a slot") { text in
            try text.replaceFirst(
                "<rim:Slot name=\"hash\"", by: "<rim:Slot slotType=\"urn:example:text\" name=\"hash\"")
        },
        xml("id and comment of the request") { text in
            try text.replaceFirst(
                "<lcm:SubmitObjectsRequest ", by: "<lcm:SubmitObjectsRequest id=\"r1\" comment=\"lot\" ")
        },
        xml("a request slot list") { text in
            guard let end = text.range(of: "<rim:RegistryObjectList") else { throw NothingToChange(text: "list") }
            text.insert(
                contentsOf:
                    "<rs:RequestSlotList xmlns:rs=\"\(XDSNamespace.rs)\"><s:Slot xmlns:s=\"\(XDSNamespace.rim)\" name=\"urn:x\"><s:ValueList>"
                    + "<s:Value>1</s:Value></s:ValueList></s:Slot></rs:RequestSlotList>", at: end.lowerBound)
        },
        rearranged("the submission set first") { children in
            children.sort { first, second in
                first.hasPrefix("<rim:RegistryPackage") && !second.hasPrefix("<rim:RegistryPackage")
            }
        },
        rearranged("everything backwards") { $0.reverse() },
        rearranged("ObjectRefs of schemes before") { children in
            children.insert("<rim:ObjectRef id=\"\(XDSUUID.classCode)\"/>", at: 0)
        },
        xml("the mark of the submission set beside it") { text in
            guard let node = text.range(of: "classificationNode=\"\(XDSUUID.submissionSet)\""),
                let start = text.range(
                    of: "<rim:Classification ", options: .backwards, range: text.startIndex..<node.lowerBound),
                let end = text.range(of: "/>", range: node.upperBound..<text.endIndex)
            else { throw NothingToChange(text: XDSUUID.submissionSet) }
            let mark = String(text[start.lowerBound..<end.upperBound])
            text.removeSubrange(start.lowerBound..<end.upperBound)
            try text.replaceFirst("</rim:RegistryObjectList>", by: mark + "</rim:RegistryObjectList>")
        },
        xml("mustUnderstand 1") { text in
            try text.replaceFirst("mustUnderstand=\"true\"", by: "mustUnderstand=\"1\"")
        },
        xml("no ReplyTo") { text in
            guard let start = text.range(of: "<wsa:ReplyTo"), let end = text.range(of: "</wsa:ReplyTo>") else {
                throw NothingToChange(text: "ReplyTo")
            }
            text.removeSubrange(start.lowerBound..<end.upperBound)
        },
        xml("From, FaultTo and a header of another vendor") { text in
            try text.replaceFirst(
                "<soap:Header>",
                by: "<soap:Header><wsa:From><wsa:Address>https://drimbox.example/</wsa:Address></wsa:From><wsa:FaultTo>"
                    + "<wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:FaultTo>"
                    + "<v:Trace xmlns:v=\"urn:example:trace\" soap:mustUnderstand=\"0\">7</v:Trace>")
        },
        xml("blanks around the values of WS-Addressing") { text in
            try text.replace("</wsa:Action>", by: "\n    </wsa:Action>")
        },
        xml("MessageID in capitals") { text in
            try text.replaceFirst(
                "urn:uuid:00000000-0000-4000-8000-000000000001", by: "urn:uuid:ABCDEF00-0000-4000-8000-00000000000A")
        },
    ]
}

// MARK: MIME

extension PermittedVariant {
    static let framing: [PermittedVariant] = [
        header("boundary unquoted and first") { type in
            try type.replace("; boundary=\"b-1\"", by: "")
            try type.replace("multipart/related;", by: "multipart/related; boundary=b-1;")
        },
        header("names of parameters in capitals, no blanks") { type in
            try type.replace("; ", by: ";")
            try type.replace("type=", by: "TYPE=")
            try type.replace("boundary=", by: "Boundary=")
            try type.replace("multipart/related", by: "Multipart/Related")
        },
        header("start-info with its action") { type in
            try type.replace(
                "start-info=\"application/soap+xml\"",
                by: "start-info=\"application/soap+xml; action=\\\"\(XDSTransaction.provideAndRegister.action)\\\"\"")
        },
        framing("no start: the first part is the root") { $0.start = nil },
        framing("no action parameter") { $0.action = nil },
        framing("a boundary of all legal characters") { $0.framing.boundary = "=_A'b(c)+d,e-f.g/h:i?j" },
        framing("a boundary of 70 characters") { $0.framing.boundary = String(repeating: "b", count: 70) },
        framing("preamble and epilogue") { package in
            package.framing.preamble = Array("This is a multi-part message in MIME format.".utf8)
            package.framing.epilogue = Array("\r\nend".utf8)
        },
        framing("no line end after the close delimiter") { $0.framing.endsWithLineEnd = false },
        framing("Content-IDs as mail addresses") { package in
            try rename(&package) { "part\($0).17@drimbox.example" }
        },
        framing("Content-IDs as URNs") { package in try rename(&package) { "urn:uuid:0-0-\($0)" } },
        framing("Content-IDs that need escapes") { package in try rename(&package) { "a b/\($0)%é" } },
        framing("escapes that are not needed") { package in
            var text = String(decoding: package.envelope, as: UTF8.self)
            try text.replace("cid:0.2", by: "cid:%30%2e2")
            package.envelope = Array(text.utf8)
        },
        framing("parts in another order") { $0.attachments.reverse() },
        framing("types of parts") { package in
            package.attachments[0].contentType = "text/xml; charset=UTF-8"
            package.attachments[1].contentType = "application/dicom; transfer-syntax=1.2.840.10008.1.2.1"
            package.attachments[2].contentType = nil
        },
        framing("8bit in the XML parts") { package in
            package.rootTransferEncoding = "8bit"
            package.attachments[0].transferEncoding = "8BIT"
        },
        framing("root part with its parameters in another order") {
            $0.rootContentType = "Application/XOP+XML; type=\"application/soap+xml\"; charset=utf-8"
        },
        PermittedVariant("names of headers in any case, folded, with others") {
            let package = try SignedCapture.package(try SignedCapture.request())
            let bytes = try changing(
                try package.bytes(),
                [
                    ("Content-ID: <0.1>", "content-id:\t<0.1>\r\nX-Vendor: y"),
                    ("Content-ID: <0.2>", "CONTENT-ID:<0.2>\r\nContent-Description: the\r\n report"),
                ])
            return SignedCapture.capture(bytes, contentType: package.contentType)
        },
        PermittedVariant("the root not first, named by start") {
            let package = try SignedCapture.package(try SignedCapture.request())
            return SignedCapture.capture(
                try rotated(package), contentType: package.contentType)
        },
        PermittedVariant("another request line and headers") {
            let package = try SignedCapture.package(try SignedCapture.request())
            let head =
                "POST https://dmp.example:8443/si-dmp/repository?x=1 HTTP/1.1\r\nhost: dmp.example\r\nmime-version: 1.0\r\n"
                + "content-type: \(package.contentType)\r\nTransfer-Encoding: identity\r\n\r\n"
            return Array(head.utf8) + (try package.bytes())
        },
    ]

    /// New Content-IDs, in the parts and in the references.
    private static func rename(_ package: inout MTOMPackage, _ name: (Int) -> String) throws {
        var text = String(decoding: package.envelope, as: UTF8.self)
        for index in package.attachments.indices {
            let new = name(index)
            try text.replace("\"cid:0.\(index + 2)\"", by: "\"cid:\(PercentEncoding.encode(new))\"")
            package.attachments[index].contentID = new
        }
        package.envelope = Array(text.utf8)
    }

    /// `bytes` with each text of `changes` replaced once.
    private static func changing(_ bytes: [UInt8], _ changes: [(String, String)]) throws -> [UInt8] {
        var bytes = bytes
        for (old, new) in changes {
            guard let range = bytes.firstRange(of: Array(old.utf8)) else { throw NothingToChange(text: old) }
            bytes.replaceSubrange(range, with: Array(new.utf8))
        }
        return bytes
    }

    /// The first part moved to the end.
    private static func rotated(_ package: MTOMPackage) throws -> [UInt8] {
        let bytes = try package.bytes()
        let mark = Array("--b-1\r\n".utf8)
        guard let first = bytes.firstRange(of: mark),
            let second = bytes[first.upperBound...].firstRange(of: mark),
            let end = bytes.firstRange(of: Array("--b-1--".utf8))
        else { throw NothingToChange(text: "parts") }
        return Array(bytes[second.lowerBound..<end.lowerBound] + bytes[first.lowerBound..<second.lowerBound])
            + Array(bytes[end.lowerBound...])
    }
}
