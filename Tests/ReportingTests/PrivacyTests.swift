import Conformance
import Reporting
import Testing
import XML

/// Names of the patient and secrets: no report shows them.
@Suite struct PrivacyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let shown: String
        init(_ text: String, _ shown: String) {
            self.text = text
            self.shown = shown
        }
        var testDescription: String { text }
    }

    private static func record(_ findings: [Finding], _ exchange: ExchangeRecord? = nil) -> RunRecord {
        let check = Sample.check("x", "xds", 3, "x", "x", [], .fail, findings: findings)
        return Sample.record(
            scenarios: [Sample.scenario("s", "s", "s", [Sample.step("a", "a", "a", [check], exchange: exchange)])])
    }

    private static func record(actual: String, at place: EvidencePlace? = nil) -> RunRecord {
        record([
            Finding(
                check: "c", severity: .violation, message: Sample.both("m", "m"), actual: actual, place: place)
        ])
    }

    /// What the page, JUnit and the console make of `record`.
    private static func texts(_ record: RunRecord, showsIdentities: Bool = false) throws -> [String] {
        let console = ConsoleReporter(language: .en, showsIdentities: showsIdentities)
        return [
            try Page(record, options: .init(showsIdentities: showsIdentities)).document.root.stringValue,
            String(
                decoding: JUnitReporter.write(record, options: .init(showsIdentities: showsIdentities)), as: UTF8.self),
            record.scenarios.flatMap(console.details).joined(separator: "\n"),
        ]
    }

    private static func excerpt(_ body: [UInt8], options: HTMLReporter.Options = .init()) throws -> String {
        var exchange = Sample.exchange
        exchange.response?.body?.size = Int64(body.count)
        exchange.request.parts = []
        exchange.request.body = nil
        let bytes = HTMLReporter.write(record([], exchange), options: options) { _ in body }
        let page = try Page(text: String(decoding: bytes, as: UTF8.self))
        return page.elements.filter { $0.localName == "pre" }.last?.stringValue ?? ""
    }

    @Test(
        "Names and addresses of the patient are hidden in an excerpt; those of others stay",
        arguments: [
            Case(
                "<patient><name><given>JANE</given> <family>DOE</family></name></patient>",
                "<patient><name><given>****</given> <family>***</family></name></patient>"),
            Case(
                "<v:patient a='>'><v:name use=\"L\">Jane Doe</v:name><c/></v:patient><name>Dr House</name>",
                "<v:patient a='>'><v:name use=\"L\">**** ***</v:name><c/></v:patient><name>Dr House</name>"),
            Case(
                "<assignedPerson><name><family>HOUSE</family></name></assignedPerson>",
                "<assignedPerson><name><family>HOUSE</family></name></assignedPerson>"),
            Case(
                "<patientRole><addr><city>PARIS</city></addr><id/><providerOrganization><name>CHU</name>"
                    + "<addr><city>LYON</city></addr></providerOrganization></patientRole>",
                "<patientRole><addr><city>*****</city></addr><id/><providerOrganization><name>CHU</name>"
                    + "<addr><city>LYON</city></addr></providerOrganization></patientRole>"),
            Case("<patient><birthTime>1980</birthTime></patient>", "<patient><birthTime>1980</birthTime></patient>"),
            Case("<patient><name><family>DOE", "<patient><name><family>***"),
            Case(
                "Content-ID: <root@x>\n<patient><given>JANE</given></patient>\n<a>b</a>",
                "Content-ID: <root@x><patient><given>****</given></patient><a>b</a>"),
            Case(
                "<Value>PID-5|DOÉ^JANE^^^^^L</Value><Value>PID-7|1980</Value><Value>PID-11|1 rue X^^PARIS</Value>",
                "<Value>PID-5|****^****^^^^^*</Value><Value>PID-7|1980</Value><Value>PID-11|* *** *^^*****</Value>"),
            Case(
                "{\"00100010\": {\"vr\": \"PN\", \"Value\": [{\"Alphabetic\": \"DOE^JANE\"}]}, \"00100020\": {\"a\": \"B\"}}",
                "{\"00100010\": {\"vr\": \"PN\", \"Value\": [{\"Alphabetic\": \"***^****\"}]}, \"00100020\": {\"a\": \"B\"}}"
            ),
            Case("(0010,0010) PN [DOE^JANE] # 8\n(0010,0020)", "(0010,0010) PN [***^****] # 8(0010,0020)"),
        ])
    func names(_ item: Case) throws {
        #expect(try Self.excerpt(Array(item.text.utf8)) == item.shown)
        let open = try Self.excerpt(Array(item.text.utf8), options: .init(showsIdentities: true))
        #expect(open == item.text.replacing("\n", with: ""))
    }

    @Test("The name in a DICOM file is hidden in its first bytes, whatever the encoding", arguments: [true, false])
    func file(_ isExplicit: Bool) throws {
        let head: [UInt8] = isExplicit ? [0x50, 0x4E, 8, 0] : [8, 0, 0, 0]
        let body = [0x10, 0, 0x10, 0] + head + Array("DOE^JANE".utf8) + [0x10, 0, 0x20, 0] + Array("LO".utf8)
        let shown = try Self.excerpt(body)
        #expect(shown.contains("***^****"))
        #expect(!shown.contains("DOE"))
        #expect(!shown.contains("44 4f 45"))
        #expect(try Self.excerpt(body, options: .init(showsIdentities: true)).contains("DOE^JANE"))
    }

    @Test("A name in a finding is known by its place, and hidden in every report")
    func findings() throws {
        let places = [
            EvidencePlace(object: "KOS", tag: "(0010,0010)"),
            EvidencePlace(
                object: "CR", xpath: "/ClinicalDocument/recordTarget[1]/patientRole/patient/name/family[1]"),
        ]
        for place in places {
            let record = Self.record(actual: "CR: ZORGLUB^ÉVE", at: place)
            for text in try Self.texts(record) {
                #expect(text.contains("CR: *******^***"))
                #expect(!text.contains("ZORGLUB"))
            }
            for text in try Self.texts(record, showsIdentities: true) { #expect(text.contains("CR: ZORGLUB^ÉVE")) }
        }
        // What says that there is none stays, and so does a value at another place.
        #expect(try Self.texts(Self.record(actual: "absent", at: places[0])).allSatisfy { $0.contains("absent") })
        let other = EvidencePlace(object: "KOS", tag: "(0008,0060)")
        #expect(try Self.texts(Self.record(actual: "ZORGLUB", at: other)).allSatisfy { $0.contains("ZORGLUB") })
    }

    @Test("The page says that identities are masked, or that they are not")
    func legend() throws {
        let page = try Page(Sample.run)
        #expect(page.all("bar").first?.stringValue.contains("Identités masquées") ?? false)
        #expect(page.section("basis")?.contains("noms, prénoms et adresses du patient") ?? false)
        let open = try Page(Sample.run, options: .init(showsIdentities: true))
        #expect(open.all("bar").first?.stringValue.contains("Identités en clair") ?? false)
        #expect(!open.text.contains("Identités masquées"))
    }

    @Test(
        "A secret that reached a text is replaced in every report, even where identities are shown",
        arguments: [
            Case("sent Bearer aB3.x-Y_z= to it", "sent Bearer ●●● to it"),
            Case("bearer  secret1", "bearer  ●●●"),
            Case("/x?access_token=s3cr3t&a=1", "/x?access_token=●●●&a=1"),
            Case("access_token: 's3cr3t', a", "access_token: '●●●', a"),
            Case("Set-Cookie: sid=s3cr3t; Path=/", "Set-Cookie: ●●●"),
            Case("SET-COOKIE:s3cr3t", "SET-COOKIE:●●●"),
            Case("Authorization: Basic czNjcjN0 end", "Authorization: Basic ●●● end"),
            Case("Bearer ●●●", "Bearer ●●●"),
            Case("WWW-Authenticate: Bearer realm=", "WWW-Authenticate: Bearer ●●●"),
            Case("no active Bearer token", "no active Bearer token"),
            Case("the access_token is absent", "the access_token is absent"),
        ])
    func secrets(_ item: Case) throws {
        for shows in [true, false] {
            for text in try Self.texts(Self.record(actual: item.text), showsIdentities: shows) {
                #expect(text.contains(item.shown.replacing("&", with: text.hasPrefix("<?xml") ? "&amp;" : "&")))
                #expect(!text.contains("s3cr3t"))
            }
        }
        #expect(try Self.excerpt(Array(item.text.utf8)).contains(item.shown))
    }

    @Test("Headers that hold a secret show their scheme alone, also where the record kept it")
    func headers() throws {
        var exchange = Sample.exchange
        exchange.request.headers = [["Authorization", "Bearer s3cr3t"], ["Cookie", "a=s3cr3t"], ["X-A", "b"]]
        exchange.response?.headers = [["set-cookie", "sid=s3cr3t"]]
        let page = try Page(Self.record([], exchange))
        #expect(!page.text.contains("s3cr3t"))
        let shown = page.all("exchange").first?.stringValue ?? ""
        for header in ["Authorization: Bearer ●●●", "Cookie: ●●●", "X-A: b", "set-cookie: ●●●"] {
            #expect(shown.contains(header))
        }
    }

    @Test("A secret longer than a text may be is replaced whole, and the rest is counted")
    func cut() throws {
        let secret = String(repeating: "s", count: 4050)
        let page = try Page(Self.record(actual: "Bearer \(secret)"))
        #expect(page.all("value").first?.stringValue == "Bearer ●●●")
        let longer = try Page(Self.record(actual: "Bearer \(secret) " + String(repeating: "z", count: 6000)))
        #expect(!longer.text.contains("ssss"))
        #expect(longer.all("value").first?.stringValue.contains("… [+") ?? false)
    }
}
