import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

@Suite struct HostileMessageTests {
    private static func envelope(_ action: String, _ body: String) -> String {
        """
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://www.w3.org/2005/08/addressing">\
        <s:Header><a:Action>\(action)</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header>\
        <s:Body>\(body)</s:Body></s:Envelope>
        """
    }

    private static let shapes: [(name: String, make: @Sendable (DMPTransaction) -> String)] = [
        ("nothing", { _ in "" }),
        ("no XML", { _ in "GET / HTTP/1.1" }),
        ("zeros", { _ in String(repeating: "\0", count: 64) }),
        ("a document type", { "<!DOCTYPE a [<!ENTITY b \"c\">]>" + envelope($0.action, "&b;") }),
        ("half of an envelope", { String(envelope($0.action, "<x/>").prefix(200)) }),
        ("no envelope", { _ in "<x/>" }),
        (
            "SOAP 1.1",
            {
                envelope($0.action, "<x/>").replacing(
                    "http://www.w3.org/2003/05/soap-envelope", with: "http://schemas.xmlsoap.org/soap/envelope/")
            }
        ),
        ("no action", { _ in envelope("", "<x/>").replacing("<a:Action></a:Action>", with: "") }),
        ("an empty action", { _ in envelope("", "<x/>") }),
        ("an empty body", { envelope($0.action, "") }),
        ("a body of nobody", { envelope($0.action, "<x/>") }),
        ("a body of text", { envelope($0.action, "text") }),
        (
            "a depth of a thousand",
            {
                envelope($0.action, String(repeating: "<x>", count: 1000) + String(repeating: "</x>", count: 1000))
            }
        ),
        (
            "a query of nothing",
            {
                envelope($0.action, "<q:AdhocQueryRequest xmlns:q=\"urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0\"/>")
            }
        ),
        (
            "a submission of nothing",
            {
                envelope($0.action, "<p:ProvideAndRegisterDocumentSetRequest xmlns:p=\"urn:ihe:iti:xds-b:2007\"/>")
            }
        ),
        (
            "an update of nothing",
            {
                envelope($0.action, "<l:SubmitObjectsRequest xmlns:l=\"urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0\"/>")
            }
        ),
        (
            "a retrieval of nothing",
            {
                envelope($0.action, "<p:RetrieveDocumentSetRequest xmlns:p=\"urn:ihe:iti:xds-b:2007\"/>")
            }
        ),
        (
            "a retrieval of blanks",
            {
                envelope(
                    $0.action,
                    """
                    <p:RetrieveDocumentSetRequest xmlns:p="urn:ihe:iti:xds-b:2007"><p:DocumentRequest/>\
                    <p:DocumentRequest><p:RepositoryUniqueId> </p:RepositoryUniqueId></p:DocumentRequest>\
                    </p:RetrieveDocumentSetRequest>
                    """)
            }
        ),
        ("a question of nobody", { envelope($0.action, "<v:PRPA_IN201307UV02 xmlns:v=\"urn:hl7-org:v3\"/>") }),
        (
            "an unknown action of access",
            {
                envelope($0.action, "<h:setAuthorization xmlns:h=\"urn:si-dmp-habilitations\"/>")
            }
        ),
        (
            "objects without ids",
            {
                envelope(
                    $0.action,
                    """
                    <p:ProvideAndRegisterDocumentSetRequest xmlns:p="urn:ihe:iti:xds-b:2007" \
                    xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" \
                    xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><l:SubmitObjectsRequest><r:RegistryObjectList>\
                    <r:ExtrinsicObject/><r:ExtrinsicObject/><r:RegistryPackage/><r:Association/><r:Classification/>\
                    </r:RegistryObjectList></l:SubmitObjectsRequest><p:Document/><p:Document id=""/>\
                    </p:ProvideAndRegisterDocumentSetRequest>
                    """)
            }
        ),
        (
            "ten thousand parameters",
            { transaction in
                let slot = """
                    <r:Slot name="$XDSDocumentEntryEventCodeList"><r:ValueList><r:Value>('a^^1')</r:Value></r:ValueList></r:Slot>
                    """
                return envelope(
                    transaction.action,
                    """
                    <q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" \
                    xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><q:ResponseOption returnType="LeafClass"/>\
                    <r:AdhocQuery id="urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d">\(String(repeating: slot, count: 10_000))\
                    </r:AdhocQuery></q:AdhocQueryRequest>
                    """)
            }
        ),
    ]

    @Test(
        "Whatever is sent, the DMP answers with a refusal, stores nothing and remarks it",
        arguments: DMPTransaction.allCases)
    func refusals(_ transaction: DMPTransaction) async throws {
        let harness = await Harness()
        for (name, make) in Self.shapes {
            let request = SimulatorRequest(
                "POST", transaction.path, headers: ["Content-Type": "application/soap+xml; charset=UTF-8"],
                body: RecordedBody(Array(make(transaction).utf8)))
            let response = try await harness.actors.dmp.answer(request).response()
            let text = try response.text
            let isRefused =
                [400, 500].contains(response.status) && text.contains("Fault")
                || response.status == 200
                    && (text.contains("RegistryErrorList") || text.contains("typeCode=\"AE\"")
                        || text.contains("DMPRefused"))
            #expect(isRefused, "\(transaction) \(name): \(response.status) \(text.prefix(300))")
        }
        #expect(try await harness.actors.store.entries.count == 3)
        #expect(await harness.actors.log.messages.count == Self.shapes.count)
    }

    @Test(
        "A request that is no POST, or to no service, is refused by HTTP",
        arguments: [
            ("GET", "/registry", 405), ("PUT", "/patients", 405), ("POST", "/", 404), ("POST", "/registry/x", 404),
        ])
    func methods(_ method: String, _ path: String, _ status: Int) async throws {
        let harness = await Harness()
        let response = try await harness.actors.dmp.answer(SimulatorRequest(method, path)).response()
        #expect(response.status == status)
    }
}
