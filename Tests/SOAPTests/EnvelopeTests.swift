import SOAP
import Testing
import XML

@Suite("Envelopes")
struct EnvelopeTests {
    private func envelope(_ text: String) throws -> Envelope {
        try #require(Envelope(try Document(parsing: Array(text.utf8))))
    }

    @Test("What is written is read back", arguments: [Envelope.Version.soap12, .soap11])
    func roundTrip(_ version: Envelope.Version) throws {
        let addressing = Addressing(
            action: "urn:a&b", messageID: "urn:uuid:1", to: "http://127.0.0.1/<x>",
            replyTo: SOAPNamespace.anonymousAddress,
            relatesTo: "urn:uuid:0")
        let written = OutgoingEnvelope(
            addressing, headerBlocks: [Element("x:Block", ["xmlns:x": "urn:x"])], content: Element("body", text: "é"),
            version: version)
        let envelope = try envelope(String(decoding: written.serialized(), as: UTF8.self))
        #expect(envelope.version == version)
        #expect(envelope.addressing == addressing)
        #expect(envelope.headerBlocks.count == 6)
        #expect(envelope.content?.stringValue == "é")
        #expect(envelope.mustUnderstand("Action").isRequired)
        #expect(!envelope.mustUnderstand("To").isRequired)
        #expect(envelope.faults.map(\.code) == (version == .soap12 ? [] : [.soap11]))
    }

    @Test("Blanks around addressing values are no part of them")
    func blanks() throws {
        let envelope = try envelope(
            "<e:Envelope xmlns:e='\(SOAPNamespace.soap12)'><e:Header><Action xmlns='\(SOAPNamespace.addressing)'>\n urn:a \n</Action></e:Header><e:Body><a/></e:Body></e:Envelope>"
        )
        #expect(envelope.addressing.action == "urn:a")
    }

    @Test("mustUnderstand is understood in its namespace alone")
    func mustUnderstand() throws {
        func read(_ attribute: String) throws -> MustUnderstand {
            try envelope(
                "<e:Envelope xmlns:e='\(SOAPNamespace.soap12)'><e:Header><Action xmlns='\(SOAPNamespace.addressing)' \(attribute)>a</Action></e:Header><e:Body><a/></e:Body></e:Envelope>"
            ).mustUnderstand("Action")
        }
        #expect(try read("e:mustUnderstand='1'") == .qualified("1"))
        #expect(try read("e:mustUnderstand='1'").isRequired)
        #expect(try !read("e:mustUnderstand='false'").isRequired)
        #expect(try read("mustUnderstand='true'") == .unqualified("true"))
        #expect(try !read("mustUnderstand='true'").isRequired)
        #expect(try read("") == .absent)
    }

    @Test("A document of another root is no envelope", arguments: ["<a/>", "<Envelope/>", "<Envelope xmlns='urn:x'/>"])
    func other(_ text: String) throws {
        #expect(Envelope(try Document(parsing: Array(text.utf8))) == nil)
    }

    @Test("RelatesTo may be repeated, Action may not")
    func repeated() throws {
        func faults(_ name: String) throws -> [MessageFault.Code] {
            let block = "<\(name) xmlns='\(SOAPNamespace.addressing)'>a</\(name)>"
            return try envelope(
                "<e:Envelope xmlns:e='\(SOAPNamespace.soap12)'><e:Header>\(block)\(block)</e:Header><e:Body><a/></e:Body></e:Envelope>"
            ).faults.map(\.code)
        }
        #expect(try faults("RelatesTo").isEmpty)
        #expect(try faults("Action") == [.addressingRepeated])
    }
}

@Suite("SOAP faults")
struct FaultTests {
    private func read(_ fault: Fault, _ version: Envelope.Version = .soap12) -> Fault? {
        let envelope = OutgoingEnvelope(fault: fault, relatesTo: "urn:uuid:1", version: version)
        return SOAPMessage(reading: envelope.serialized(), contentType: "application/soap+xml").envelope?.fault
    }

    @Test(
        "A fault is read back as it was written",
        arguments: [
            Fault(.receiver, reason: "busy"),
            Fault(.sender, subcode: QName("x", in: "urn:x"), reason: "no", language: "fr"),
            Fault(.mustUnderstand, reason: ""),
        ])
    func roundTrip(_ fault: Fault) { #expect(read(fault) == fault) }

    @Test("An unknown action has the code, subcode and action of WS-Addressing")
    func actionNotSupported() throws {
        let fault = try #require(read(.actionNotSupported("urn:x")))
        #expect(fault.code == .sender)
        #expect(fault.subcode == QName("ActionNotSupported", in: SOAPNamespace.addressing))
        #expect(fault.detail == "urn:x")
        let envelope = OutgoingEnvelope(fault: .actionNotSupported("urn:x"))
        #expect(envelope.addressing.action == SOAPNamespace.addressing + "/fault")
        #expect(
            OutgoingEnvelope(fault: Fault(.receiver, reason: "")).addressing.action
                == SOAPNamespace.addressing + "/soap/fault")
    }

    @Test("The codes of SOAP 1.1 are read as their counterparts", arguments: [Fault.Code.sender, .receiver])
    func soap11(_ code: Fault.Code) throws {
        let fault = try #require(read(Fault(code, reason: "why"), .soap11))
        #expect(fault.code == code && fault.reason == "why")
    }
}
