import Schematron
import Testing
import XML

/// Siblings that are alike are found at once, and as the expression says.
@Suite("Siblings that are alike")
struct TwinTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let test: String
        let children: String
        /// The values of `@n` of the elements that the report speaks of.
        let found: [String]
        var testDescription: String { "\(test) on \(children)" }
    }

    /// What follows the siblings in each row is read at `h:id`, whose `@r` and `@e` the rule keeps in `$r` and `$e`.
    static let cases = [
        Case(
            test: "$others[@r=$r]", children: "<id n='1' r='a'/><id n='2' r='b'/><id n='3' r='a'/>", found: ["1", "3"]),
        Case(test: "$others[@r=$r]", children: "<id n='1' r='a'/><id n='2' r='b'/>", found: []),
        Case(test: "$others[@r=$r]", children: "<id n='1'/><id n='2'/>", found: []),
        Case(test: "$others[@r=$r]", children: "<id n='1' r=''/><id n='2' r=''/>", found: ["1", "2"]),
        Case(
            test: "$others[@r=$r][@e=$e]",
            children: "<id n='1' r='a' e='1'/><id n='2' r='a' e='2'/><id n='3' r='a'/><id n='4' r='a' e='2'/>",
            found: ["2", "4"]),
        // Keys are told apart where their texts meet in another way.
        Case(test: "$others[@r=$r][@e=$e]", children: "<id n='1' r='ab' e='c'/><id n='2' r='a' e='bc'/>", found: []),
        Case(
            test: "$others[@r=$r][empty($e)] or $others[@r=$r][@e=$e]",
            children: "<id n='1' r='a'/><id n='2' r='a' e='2'/><id n='3' r='b'/>", found: ["1"]),
        Case(
            test: "@z and $others[not(@z)]", children: "<id n='1' z=''/><id n='2'/><id n='3'/>", found: ["1"]),
        Case(test: "@z and $others[not(@z)]", children: "<id n='1' z=''/><id n='2' z=''/>", found: []),
        Case(test: "not(@z) and $others[not(@z)]", children: "<id n='1' z=''/><id n='2'/>", found: []),
        Case(
            test: "$others[.=$all]", children: "<id n='1'>x<b>y</b></id><id n='2'>xy</id><id n='3'>y</id>",
            found: ["1", "2"]),
        // Of another namespace, but the same local name: one of them.
        Case(
            test: "$others[@r=$r]", children: "<id n='1' r='a'/><o:id xmlns:o='urn:other' r='a'/><b r='a'/>",
            found: ["1"]),
        Case(test: "$others[@r=$r]", children: "<id n='1' r='a'/><b r='a'/><b><id n='2' r='a'/></b>", found: []),
        // Not of that shape: evaluated as written.
        Case(test: "$others[@r!=$r]", children: "<id n='1' r='a'/><id n='2' r='b'/>", found: ["1", "2"]),
        Case(test: "$others[2]", children: "<id n='1'/><id n='2'/><id n='3'/>", found: ["1", "2", "3"]),
        Case(test: "$others[@e=$r]", children: "<id n='1' r='a' e='b'/><id n='2' r='b' e='c'/>", found: ["2"]),
    ]

    static let lets = """
        <let name="name" value="local-name()"/>
        <let name="others" value="preceding-sibling::*[local-name()=$name] | following-sibling::*[local-name()=$name]"/>
        <let name="r" value="@r"/><let name="e" value="@e"/><let name="all" value="."/>
        """

    @Test("A report speaks of the elements that have a twin", arguments: cases)
    func finds(_ item: Case) throws {
        let body = """
            <pattern><rule context="h:id">\(Self.lets)
              <report test="\(item.test)"><value-of select="@n"/></report></rule></pattern>
            """
        let report = try judge(body, on: "<a xmlns='urn:test'>\(item.children)</a>")
        #expect(report.texts == item.found)
        #expect(report.indeterminate.isEmpty)
    }

    @Test("The work grows with the count of siblings, not with its square")
    func isLinear() throws {
        let body = """
            <pattern><rule context="h:id">\(Self.lets)
              <assert test="not($others[@r=$r][empty($e)] or $others[@r=$r][@e=$e])">x</assert></rule></pattern>
            """
        func steps(_ count: Int) throws -> Int {
            let children = (0..<count).map { "<id r='a' e='\($0)'/>" }.joined()
            return try judge(body, on: "<a xmlns='urn:test'>\(children)</a>").steps
        }
        let (few, many) = (try steps(500), try steps(4000))
        #expect(few > 500)
        #expect(many < few * 9)
    }
}
