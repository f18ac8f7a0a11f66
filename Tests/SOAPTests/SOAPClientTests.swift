import HTTP
import SOAP
import Testing

@Suite("SOAP requests")
struct SOAPClientTests {
    // A stack that answers in kind packs the documents of its answer as MTOM only for a client that accepts it.
    @Test("A request without documents accepts an answer packed as MTOM")
    func plainRequestAcceptsPackages() {
        let request = SOAPClient.request(to: "http://dmp.example/repository", envelope: [], action: "urn:action")
        #expect(request.headers.first("Content-Type") == "application/soap+xml; charset=UTF-8; action=\"urn:action\"")
        #expect(
            request.headers.all("Accept") == ["multipart/related; type=\"application/xop+xml\", application/soap+xml"])
    }
}
