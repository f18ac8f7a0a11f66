import HTTP
import SOAP
import XDS

/// HTTP, MIME, addressing, and departures from ebRIM that no value of the project can hold.
extension SingleFault {
    static let framing: [SingleFault] = [
        frame("PNR-001", "type parameter") { $0.type = "text/xml" },
        frame("PNR-001", "no type parameter") { $0.type = nil },
        edit(
            "PNR-001", "SOAP 1.1", ["PNR-006"], SOAPNamespace.soap12, SOAPNamespace.soap11),
        frame("PNR-002", "no close delimiter") { $0.framing.writesCloseDelimiter = false },
        frame("PNR-003", "unknown start") { $0.start = "<0.99>" },
        frame("PNR-004", "root type") { $0.rootContentType = "text/xml; charset=UTF-8" },
        frame("PNR-005", "action parameter") { $0.action = "urn:other" },
        edit(
            "PNR-005", "wsa:Action", [], ">\(XDSTransaction.provideAndRegister.action)<", ">urn:ihe:iti:2007:Other<"),
        edit("PNR-007", "MessageID form", [], ">\(SOAPMessageCase.messageID)<", ">uuid:1<"),
        edit("PNR-007", "empty To", [], ">http://127.0.0.1/repository<", "><"),
        edit("PNR-008", "cid of no part", [], "cid:0.2", "cid:0.9"),
        edit("PNR-008", "http href", [], "cid:0.3", "http://127.0.0.1:9/x"),
        edit("PNR-008", "file href", [], "cid:0.4", "file:///etc/hostname"),
    ]

    static let owners = ["DocumentCR", "DocumentKOS", "Signature01", "SubmissionSet01"]

    /// Departures from ebRIM that no value of the project can hold.
    static let shapes: [SingleFault] =
        owners.flatMap { owner in
            [
                nth("xds.identifier-owner", 0, [], "registryObject=\"\(owner)\"", "registryObject=\"Other\""),
                nth("PNR-048", 0, [], "classifiedObject=\"\(owner)\"", "classifiedObject=\"Other\""),
                nth("PNR-049", 0, [], "id=\"\(owner).1\"", "id=\"\(owner).2\""),
            ]
        }
        + (0..<3).flatMap { number in
            [
                nth(
                    "xds.identifier-name", number, [], "XDSDocumentEntry.uniqueId", "XDSDocumentEntry.uniqueID"),
                nth("xds.slot-name", number, ["PNR-023"], "name=\"hash\"", "name=\"\""),
                nth(
                    "xds.slot-repeated", number, ["PNR-022", "xds.attribute-missing"], "name=\"languageCode\"",
                    "name=\"creationTime\""),
                nth(
                    "xds.slot-single", number, ["PNR-045", "xds.derived-service-start"],
                    "<rim:Slot name=\"creationTime\"><rim:ValueList>",
                    "<rim:Slot name=\"creationTime\"><rim:ValueList><rim:Value>20260115103000</rim:Value>"),
                nth(
                    "xds.identifier-scheme", number, ["PNR-013", "PNR-036", "xds.attribute-missing"],
                    XDSUUID.patientID, "urn:uuid:00000000-0000-0000-0000-000000000000"),
                nth(
                    "xds.uuid-case", number, ["PNR-019", "PNR-050", "PNR-064"], XDSUUID.classCode,
                    "urn:uuid:" + XDSUUID.classCode.dropFirst(9).uppercased()),
                nth(
                    "xds.identifier-repeated", number,
                    [
                        "xds.attribute-missing", "PNR-021", "PNR-054", "PNR-066",
                        "PNR-013", "PNR-036", "xds.unique-id-form", "xds.derived-patient", "xds.patient-form",
                        "xds.identifier-name",
                    ], XDSUUID.uniqueID, XDSUUID.patientID),
                nth(
                    "xds.slot-order", number, [], "<rim:ExternalIdentifier ",
                    "<rim:Slot name=\"late\"><rim:ValueList><rim:Value>1</rim:Value></rim:ValueList></rim:Slot>"
                        + "<rim:ExternalIdentifier "),
            ]
        }
        + (0..<8).map { nth("xds.coding-scheme", $0, kinds, "name=\"codingScheme\"", "name=\"scheme\"") }
        + [
            edit(
                "xds.classification-target", "classification of nobody", ["PNR-048"], "</rim:RegistryObjectList>",
                "<rim:Classification id=\"c0\" classificationNode=\"\(XDSUUID.folder)\" classifiedObject=\"Nobody\"/>"
                    + "</rim:RegistryObjectList>"),
            SingleFault(
                id: "xds.list-missing", name: "no list of objects",
                consequences: ["PNR-009", "PNR-010", "PNR-051"],
                package: {
                    XDSSignedExam.package(edit: { text in
                        guard let start = text.ranges(of: "<rim:RegistryObjectList").first,
                            let end = text.ranges(of: "</rim:RegistryObjectList>").first
                        else { return }
                        text.removeSubrange(start.lowerBound..<end.upperBound)
                    })
                }),
            nth(
                "xds.id-missing", 0,
                [
                    "PNR-010", "PNR-012", "PNR-048", "PNR-052", "xds.association-end",
                    "xds.classification-target", "xds.identifier-owner", "UPD-002",
                ], "<rim:RegistryPackage id=\"SubmissionSet01\"", "<rim:RegistryPackage id=\"\""),
            nth(
                "xds.identifier-value", 0, ["PNR-011"],
                "identificationScheme=\"\(XDSUUID.sourceID)\" value=\"\(XDSSignedExam.request.submission.submissionSets[0].sourceID ?? "")\"",
                "identificationScheme=\"\(XDSUUID.sourceID)\" value=\"\""),
        ]
}
