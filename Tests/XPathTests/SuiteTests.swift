import Foundation
import TestSupport
import Testing
import XPath

@testable import xpath_suite

@Suite("The W3C suite QT3, the plain cases of XPath 2.0")
struct SuiteTests {
    /// The counts that must not fall. What fails and why stands in `known-failures.txt` beside this file.
    private static let leastPass = 11_802
    private static let mostFail = 9

    @Test(
        "No fewer cases pass than before, and no other fails",
        .enabled(if: Corpora.has("qt3/catalog.xml"), Comment(rawValue: Corpora.absence)))
    func suite() throws {
        let folder = Corpora.url("qt3")
        var failures: [String] = []
        let tally = try SuiteRun(suite: folder, cases: folder.appendingPathComponent("cases.tsv"), documents: nil).run {
            if case .fail = $0 { failures.append("\($2)/\($1.name)") }
        }
        #expect(tally.total.pass >= Self.leastPass)
        #expect(tally.total.fail <= Self.mostFail)
        let list = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "known-failures.txt")
        let known = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(Set(failures) == Set(known))
    }

    @Test("A catalogue of our own: what passes, fails, has another code, is unsupported")
    func ownCatalogue() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let space = "xmlns='http://www.w3.org/2010/09/qt-fots-catalog'"
        try Data(
            """
            <catalog \(space)><environment name='doc'><source role='.' file='d.xml'/></environment>
            <test-set name='s' file='s.xml'/><test-set name='gone' file='gone.xml'/></catalog>
            """.utf8
        ).write(to: folder.appendingPathComponent("catalog.xml"))
        try Data("<!DOCTYPE d [<!ATTLIST d i ID #IMPLIED>]><d i='x'>1</d>".utf8)
            .write(to: folder.appendingPathComponent("d.xml"))
        func testCase(_ name: String, _ test: String, _ result: String, _ other: String = "") -> String {
            "<test-case name='\(name)'>\(other)<test>\(test)</test><result>\(result)</result></test-case>"
        }
        let document = "<environment ref='doc'/>"
        let cases = [
            testCase("true", "1 = 1", "<assert-true/>"), testCase("false", "1 = 2", "<assert-true/>"),
            testCase("equal", "1 + 1", "<assert-eq>2</assert-eq>"),
            testCase("unequal", "1 + 1", "<assert-eq>3</assert-eq>"),
            testCase("string", "('a', 1)", "<assert-string-value>a 1</assert-string-value>"),
            testCase("type", "1", "<assert-type>xs:string</assert-type>"),
            testCase("count", "(1, 2)", "<assert-count>3</assert-count>"),
            testCase("deep", "(1, 2)", "<assert-deep-eq>1, 2</assert-deep-eq>"),
            testCase("permutation", "(1, 2)", "<assert-permutation>2, 1</assert-permutation>"),
            testCase("no permutation", "(1, 2, 2)", "<assert-permutation>2, 1, 1</assert-permutation>"),
            testCase("empty", "()", "<assert-empty/>"),
            testCase("xml", "/d", "<assert-xml>&lt;d i='x'>1&lt;/d></assert-xml>", document),
            testCase("other xml", "/d", "<assert-xml>&lt;d>1&lt;/d></assert-xml>", document),
            testCase("id", "id('x') is /d", "<assert-true/>", document),
            testCase("error", "1 +", "<error code='XPST0003'/>"),
            testCase("other code", "1 +", "<error code='XPST0008'/>"),
            testCase("no error", "1", "<error code='XPST0003'/>"),
            testCase("any", "1", "<any-of><assert-eq>2</assert-eq><assert-eq>1</assert-eq></any-of>"),
            testCase("all", "1", "<all-of><assert-eq>2</assert-eq><assert-eq>1</assert-eq></all-of>"),
            testCase("not", "1", "<not><assert-eq>2</assert-eq></not>"),
            testCase("spec", "1", "<assert-eq>1</assert-eq>", "<dependency type='spec' value='XQ10+'/>"),
        ]
        try Data("<test-set \(space) name='s'>\(cases.joined())</test-set>".utf8)
            .write(to: folder.appendingPathComponent("s.xml"))
        var outcomes: [String: String] = [:]
        let tally = try SuiteRun(suite: folder, cases: nil, documents: nil).run { outcome, suiteCase, _ in
            outcomes[suiteCase.name] = String("\(outcome)".prefix { $0 != "(" })
        }
        let failing: Set = [
            "false", "unequal", "type", "count", "no permutation", "other xml", "no error", "all",
        ]
        for (name, outcome) in outcomes {
            let expected =
                failing.contains(name)
                ? "fail" : name == "other code" ? "passOtherCode" : name == "spec" ? "unsupported" : "pass"
            #expect(outcome == expected, "\(name)")
        }
        #expect(outcomes.count == cases.count)
        #expect(tally.json.contains("\"total\": {\"pass\": 11, \"passOtherCode\": 1, \"fail\": 8, \"unsupported\": 1}"))
    }
}
