import Foundation
import Testing

/// A broken file, and what a vendor must read of it.
private struct BrokenFile: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let check: String
    /// Words that stand in both languages: the place, the expected, the found.
    let words: [String]
    var testDescription: String { name }

    private static func soap(_ action: String, _ body: String) -> String {
        """
        <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://www.w3.org/2005/08/addressing">
        <e:Header><wsa:Action e:mustUnderstand="true">\(action)</wsa:Action>
        <wsa:MessageID>urn:uuid:00000000-0000-4000-8000-000000000001</wsa:MessageID><wsa:To>http://x</wsa:To></e:Header>
        <e:Body>\(body)</e:Body></e:Envelope>
        """
    }

    private static func query(_ id: String, _ slots: [(String, String)], _ option: String = "LeafClass") -> String {
        let list = slots.map {
            "<rim:Slot name=\"\($0)\"><rim:ValueList><rim:Value>\($1)</rim:Value></rim:ValueList></rim:Slot>"
        }
        return soap(
            "urn:ihe:iti:2007:RegistryStoredQuery",
            """
            <query:AdhocQueryRequest xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" \
            xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><query:ResponseOption returnComposedObjects="true" \
            returnType="\(option)"/><rim:AdhocQuery id="\(id)">\(list.joined())</rim:AdhocQuery></query:AdhocQueryRequest>
            """)
    }

    private static let find = "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"
    private static let patient = (
        "$XDSDocumentEntryPatientId", "'279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH'"
    )
    private static let status = (
        "$XDSDocumentEntryStatus", "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')"
    )

    private static func retrieve(_ content: String, _ action: String = "RetrieveDocumentSet") -> String {
        soap(
            "urn:ihe:iti:2007:\(action)",
            "<x:RetrieveDocumentSetRequest xmlns:x=\"urn:ihe:iti:xds-b:2007\"><x:DocumentRequest>\(content)"
                + "</x:DocumentRequest></x:RetrieveDocumentSetRequest>")
    }

    static let all: [BrokenFile] = [
        .init(
            name: "ITI-18 without status", text: query(find, [patient]), check: "xds.query-missing",
            words: ["/rim:AdhocQuery", "$XDSDocumentEntryStatus", "absent"]),
        .init(
            name: "ITI-18 with a bare patient", text: query(find, [(patient.0, "279035121518989"), status]),
            check: "QRY-004", words: ["/rim:Slot[1]", "^NH'", "279035121518989"]),
        .init(
            name: "ITI-18 of no query",
            text: query("urn:uuid:00000000-0000-0000-0000-000000000000", [patient, status]),
            check: "QRY-003", words: ["/rim:AdhocQuery", "urn:uuid:…", "00000000-0000-0000-0000-000000000000"]),
        .init(
            name: "ITI-18 of another return type", text: query(find, [patient, status], "All"), check: "QRY-002",
            words: ["/query:ResponseOption", "LeafClass", "All"]),
        .init(
            name: "ITI-18 with a code without scheme",
            text: query(find, [patient, status, ("$XDSDocumentEntryTypeCode", "IMG-KOS")]), check: "QRY-006",
            words: ["/rim:Slot[3]", "('code^^scheme')", "IMG-KOS"]),
        .init(
            name: "ITI-43 without document", text: retrieve("<x:RepositoryUniqueId>depot</x:RepositoryUniqueId>"),
            check: "RET-002", words: ["x:DocumentRequest", "OID", "depot"]),
        .init(
            name: "ITI-43 of another action",
            text: retrieve(
                "<x:RepositoryUniqueId>1.2</x:RepositoryUniqueId><x:DocumentUniqueId>1.3</x:DocumentUniqueId>",
                "Retrieve"), check: "RET-001",
            words: ["wsa:Action", "urn:ihe:iti:2007:RetrieveDocumentSet", "Retrieve"]),
        .init(
            name: "ITI-57 to a symbolic id",
            text: soap(
                "urn:ihe:iti:2010:UpdateDocumentSet",
                """
                <lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" \
                xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><rim:RegistryObjectList><rim:Association id="a" \
                associationType="urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus" sourceObject="S" \
                targetObject="DocumentKOS"/></rim:RegistryObjectList></lcm:SubmitObjectsRequest>
                """), check: "UPD-005", words: ["rim:Association", "targetObject=\"urn:uuid:…\"", "DocumentKOS"]),
        .init(
            name: "metadata without objects",
            text: "<lcm:SubmitObjectsRequest xmlns:lcm=\"urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0\"/>",
            check: "PNR-010", words: [":1:1", "a54d6aa5", "0"]),
        .init(
            name: "an assertion of a mode of nobody",
            text: """
                <a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" \
                IssueInstant="2026-01-15T10:00:00Z"><a:AttributeStatement><a:Attribute Name="Authentification_Mode">\
                <a:AttributeValue>INDIRECT</a:AttributeValue></a:Attribute></a:AttributeStatement></a:Assertion>
                """, check: "SEC-010", words: ["a:Attribute", "INDIRECTE", "INDIRECT"]),
        .init(
            name: "an unsigned whitelist",
            text: "<ListeBlancheDRIM-M><DateGeneration>2024-04-22T11:08:12Z</DateGeneration></ListeBlancheDRIM-M>",
            check: "WL-003", words: ["/ListeBlancheDRIM-M", "ds:Signature", "absent", "→"]),
        .init(
            name: "a multipart body that was cut",
            text: "--b\r\nContent-Type: application/xop+xml\r\n\r\n<a/>", check: "mtom.missing-close-delimiter",
            words: ["--boundary--", "absent", "→"]),
        .init(
            name: "an envelope that was cut",
            text: "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body>", check: "soap.not-xml",
            words: ["soap:Envelope", "→"]),
        .init(
            name: "an archive that is none", text: "PK\u{3}\u{4}nothing", check: "xdm.archive", words: ["(zip)", "→"]),
        .init(
            name: "a report that is no XML", text: "<ClinicalDocument><a></ClinicalDocument>", check: "xml.",
            words: [":1:"]),
    ]
}

@Suite("What validate says of broken files")
struct ValidateCommandTests {
    @Test(
        "Cause, place, expected, found and norm, in both languages, and no trace of the program",
        arguments: BrokenFile.all)
    fileprivate func broken(_ file: BrokenFile) async throws {
        let scratch = try Scratch()
        let path = try scratch.write(file.text, to: "broken")
        for (language, label) in [("en", "violation: "), ("fr", "violation: ")] {
            let command = try await Command("validate", path, "--lang", language)
            #expect(command.status == 1, "\(command.errors)")
            let lines = command.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let start = try #require(
                lines.firstIndex { $0.contains(label + file.check) }, "\(file.check): \(command.output)")
            let rest = lines[(start + 1)...].prefix { $0.hasPrefix("      ") }
            let block = ([lines[start]] + rest).joined(separator: "\n")
            for word in file.words { #expect(block.contains(word), "\(word) in:\n\(block)") }
            for trace in ["Fatal error", ".swift:", "Swift.", "Optional(", "Error Domain", "0x0"] {
                #expect(!command.output.contains(trace) && !command.errors.contains(trace))
            }
        }
    }

    @Test("A rule's statement is shown as what is not met, with its norm")
    func statement() async throws {
        let scratch = try Scratch()
        let path = try scratch.write(BrokenFile.all[0].text, to: "query.xml")
        let english = try await Command("validate", path, "--lang", "en").output
        #expect(english.contains("xds.query-missing: not met: The required parameters of the query are there"))
        #expect(english.contains("norm     IHE ITI TF-2 3.18.4.1.2.3"))
        #expect(try await Command("validate", path, "--lang", "fr").output.contains("non respecté : Les paramètres"))
    }

    @Test(
        "Options that cannot be understood are named with what would be right",
        arguments: [
            (["--at", "hier"], "write 2026-11-24"), (["--trust", "/nonexistent/ca.pem"], "/nonexistent/ca.pem"),
            (["--profile", "fr"], "dim"), (["--kind", "pdf"], "whitelist"),
        ])
    func options(_ arguments: [String], _ word: String) async throws {
        let scratch = try Scratch()
        let path = try scratch.write(BrokenFile.all[10].text, to: "list.xml")
        let command = try await Command(["validate", path] + arguments)
        #expect(command.status == 64 && command.errors.contains(word), "\(command.errors)")
    }

    @Test("A fault of the envelope names the requirement of its transaction, too")
    func requirement() async throws {
        let scratch = try Scratch()
        let text = """
            <soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header/><soap:Body>\
            <RetrieveDocumentSetRequest xmlns="urn:ihe:iti:xds-b:2007"/></soap:Body></soap:Envelope>
            """
        let command = try await Command("validate", try scratch.write(text, to: "request.xml"), "--lang", "en")
        #expect(command.output.contains("violation: soap.action-missing [RET-001]: "), "\(command.output)")
        #expect(command.output.contains("violation: RET-002: "))
    }

    @Test("--profile ihe leaves the French rules out, --kind judges what cannot be told")
    func profile() async throws {
        let scratch = try Scratch()
        let query = try scratch.write(BrokenFile.all[1].text, to: "query.xml")
        #expect(try await Command("validate", query, "--profile", "dim").output.contains("QRY-004"))
        #expect(try await !Command("validate", query, "--profile", "ihe").output.contains("violation: QRY-004"))
        let list = try scratch.write(BrokenFile.all[10].text, to: "list.xml")
        for kind in ["auto", "whitelist"] {
            let output = try await Command("validate", list, "--kind", kind, "--at", "2026-11-24").output
            #expect(output.contains("whitelist: fail") && output.contains("WL-003"))
        }
        let other = try await Command("validate", list, "--kind", "vihf")
        #expect(other.status == 2 && other.output.contains("vihf: error"))
    }
}
