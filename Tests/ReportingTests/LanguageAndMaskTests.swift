import Conformance
import Foundation
import Reporting
import Testing
import XML

@Suite struct LanguageTests {
    @Test("Both languages stand in the page, French is shown first and a switch without script changes it")
    func both() throws {
        let page = try Page(Sample.run)
        #expect(page.document.documentElement.attribute("lang") == "fr")
        let switches = page.elements.filter { $0.attribute("type") == "radio" }
        #expect(switches.map { $0.attribute("id") } == ["lang-fr", "lang-en"])
        #expect(switches.map { $0.attribute("checked") } == ["checked", nil])
        #expect(page.text.contains("#lang-fr:checked~* [lang=en],#lang-en:checked~* [lang=fr]{display:none}"))
        // The switches come before what they hide, and both labels say their own language.
        #expect(
            page.elements.filter { $0.localName == "label" }.map(\.stringValue).sorted() == ["English", "Français"])
        let french = page.elements.filter { $0.attribute("lang") == "fr" && $0.localName == "span" }
        let english = page.elements.filter { $0.attribute("lang") == "en" }
        #expect(french.count == english.count)
        #expect(french.count > 100)
        for (fr, en) in [
            ("Non conforme", "Not conformant"), ("échec", "fail"), ("Attendu", "Expected"),
            ("L'échange s'est arrêté avant la réponse.", "The exchange ended before the answer."),
        ] {
            #expect(french.contains { $0.stringValue == fr }, "\(fr)")
            #expect(english.contains { $0.stringValue == en }, "\(en)")
        }
    }

    @Test("No text of the page itself is empty in one language")
    func complete() throws {
        let page = try Page(Sample.run)
        for node in page.elements where node.localName == "span" && node.attribute("lang") != nil {
            #expect(node.stringValue.contains { !$0.isWhitespace })
        }
    }

    @Test("Tables have a caption and scoped headers, headings follow one another, and verdicts are words")
    func accessible() throws {
        let page = try Page(Sample.run)
        for table in page.elements where table.localName == "table" {
            #expect(table.elements.first?.localName == "caption")
            #expect(table.descendants("th", in: "").allSatisfy { ["col", "row"].contains($0.attribute("scope")) })
        }
        let levels = page.text.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
        #expect(levels.first == 1)
        #expect(levels.count { $0 == 1 } == 1)
        for (previous, next) in zip(levels, levels.dropFirst()) { #expect(next <= previous + 1) }
        for badge in page.all("v") where badge.attribute("class") != "v warning" {
            #expect(badge.stringValue.contains { $0.isLetter })
        }
        #expect(page.all("skip").first?.attribute("href") == "#main")
    }
}

@Suite struct MaskingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let masked: String
        init(_ text: String, _ masked: String) {
            self.text = text
            self.masked = masked
        }
        var testDescription: String { text }
    }

    private static func value(_ text: String, options: HTMLReporter.Options = .init()) throws -> String {
        let finding = Finding(check: "c", severity: .violation, message: Sample.both("m", "m"), actual: text)
        let check = Sample.check("x", "xds", 3, "x", "x", [], .fail, findings: [finding])
        let record = Sample.record(
            scenarios: [Sample.scenario("s", "s", "s", [Sample.step("a", "a", "a", [check])])])
        return try Page(record, options: options).all("value").first?.stringValue ?? ""
    }

    @Test(
        "What looks like an INS is masked; digests, OIDs and other numbers are not",
        arguments: [
            Case("180017501234567", "***********4567"),
            Case("INS180017501234567^^^", "INS***********4567^^^"),
            Case("a %27180017501234567%5E b", "a %27***********4567%5E b"),
            Case("2 85 02 2A 123 456 78", "* ** ** ** *** *56 78".replacing("*56", with: "*56")),
            Case("285022A12345678", "***********5678"),
            Case("1 80 01 75 012 345 67", "* ** ** ** *** *45 67"),
            Case("180017501234567 280017501234567", "***********4567 ***********4567"),
            Case("1800175012345678", "1800175012345678"),
            Case("580017501234567", "580017501234567"),
            Case("18001750123456", "18001750123456"),
            Case("1.2.826.180017501234567.4", "1.2.826.180017501234567.4"),
            Case("fin 180017501234567.", "fin ***********4567."),
            Case("1800175012345", "***********45"),
            Case("INS1800175012345^^^", "INS***********45^^^"),
            Case("1 80 01 75 012 345", "* ** ** ** *** *45"),
            Case("1800175012345 2024", "***********45 2024"),
            Case("285022A123456", "***********56"),
            Case("2 85 02 2B 123 456.", "* ** ** ** *** *56."),
            Case("185997512345678", "***********5678"),
            Case("1853375123456", "***********56"),
            Case("%271800175012345%5E", "%27***********45%5E"),
            Case("%5E1800175012345%5E", "%5E***********45%5E"),
            // No month 13, no order 000, no sex 5, no department 00.
            Case("1801375012345", "1801375012345"),
            Case("1800175012000", "1800175012000"),
            Case("5800175012345", "5800175012345"),
            Case("1800100012345", "1800100012345"),
            Case("1.2.826.1800175012345.4", "1.2.826.1800175012345.4"),
            Case("1.2.826.1800175012345", "1.2.826.1800175012345"),
            Case("20240115093012", "20240115093012"),
            Case("20240115093012.123456+0100", "20240115093012.123456+0100"),
            Case("urn:uuid:a1800175012345b", "urn:uuid:a1800175012345b"),
            Case("eeeeeeeeeee1800175012345eeeeeeee", "eeeeeeeeeee1800175012345eeeeeeee"),
            Case("eeeeeeeeee180017501234567eeeeeeeeeeeeeee", "eeeeeeeeee180017501234567eeeeeeeeeeeeeee"),
        ])
    func masking(_ item: Case) throws {
        #expect(try Self.value(item.text) == item.masked)
        #expect(try Self.value(item.text, options: .init(showsIdentities: true)) == item.text)
    }

    @Test("No identity of the sample's messages reaches any report, wherever it stands")
    func everywhere() throws {
        let page = try Page(Sample.run)
        #expect(!page.text.contains(Sample.identity.prefix(9)))
        #expect(page.text.contains("***********4567^^^&amp;amp;1.2.250.1.213.1.4.10"))
        let shown = try Page(Sample.run, options: .init(showsIdentities: true))
        #expect(shown.text.contains(Sample.identity))
    }

    @Test("An identity at the edge of an excerpt isn't cut in half and left readable", arguments: 1..<20)
    func edge(_ shift: Int) throws {
        let limit = 400
        let body =
            [UInt8](repeating: UInt8(ascii: "-"), count: limit - shift) + Array(Sample.identity.utf8)
            + [UInt8](repeating: 0x0A, count: 200)
        var exchange = Sample.exchange
        exchange.response?.body?.size = Int64(body.count)
        let check = Sample.check("x", "xds", 3, "x", "x", [], .pass)
        let step = Sample.step("a", "a", "a", [check], exchange: exchange)
        let record = Sample.record(scenarios: [Sample.scenario("s", "s", "s", [step])])
        let bytes = HTMLReporter.write(record, options: .init(excerptLimit: limit)) { _ in body }
        #expect(!String(decoding: bytes, as: UTF8.self).contains("--1"))
    }
}
