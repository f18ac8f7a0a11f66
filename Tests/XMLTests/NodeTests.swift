import Testing
import XML

private let source = """
    <c:Clinical xmlns:c="urn:c" xmlns="urn:d">
      <target/><target><id root="1"/><?go x?><id root="2">t<!-- a -->u</id></target>
      <author c:k="v"><id/></author>
    </c:Clinical>
    """

@Test("A path is readable and finds its node again")
func paths() throws {
    let document = try Document(parsing: Array(source.utf8))
    let root = document.documentElement
    #expect(document.root.path == "/")
    #expect(root.path == "/c:Clinical")
    let ids = root.descendants("id", in: "urn:d")
    #expect(
        ids.map(\.path) == [
            "/c:Clinical/target[2]/id[1]", "/c:Clinical/target[2]/id[2]", "/c:Clinical/author/id",
        ])
    #expect(ids[1].attributes[0].path == "/c:Clinical/target[2]/id[2]/@root")
    #expect(
        ids[1].children.map(\.path) == [
            "/c:Clinical/target[2]/id[2]/text()[1]", "/c:Clinical/target[2]/id[2]/comment()",
            "/c:Clinical/target[2]/id[2]/text()[2]",
        ])
    #expect(ids[0].followingSiblings[0].path == "/c:Clinical/target[2]/processing-instruction(go)")
    #expect(root.elements[2].attributes[0].path == "/c:Clinical/author/@c:k")
    let paths = document.root.descendants.map(\.path)
    #expect(Set(paths).count == paths.count)
}

@Test("The axes are those of XPath")
func axes() throws {
    let root = try Document(parsing: Array(source.utf8)).documentElement
    let second = root.elements("target", in: "urn:d")[1]
    #expect(root.elements("target", in: "").isEmpty && root.elements("absent", in: "urn:d").isEmpty)
    #expect(root.first("target", in: "urn:d") == root.elements[0] && root.first("id", in: "urn:d") == nil)
    #expect(second.ancestors.map(\.kind) == [.element, .document])
    #expect(second.elements.map { $0.attribute("root") } == ["1", "2"])
    #expect(second.followingSiblings.filter { $0.kind == .element } == [root.elements[2]])
    #expect(second.precedingSiblings.filter { $0.kind == .element } == [root.elements[0]])
    #expect(second.attributes.isEmpty && second.elements[0].attributes[0].followingSiblings.isEmpty)
    #expect(second.descendants.count == 6)
    #expect(second.elements[1].children[0].descendants.isEmpty && second.elements[1].children[0].children.isEmpty)
    #expect(root.parent?.parent == nil && second.elements[0].attributes[0].parent == second.elements[0])
    #expect(root.elements[2].attributeNode("k", in: "urn:c")?.stringValue == "v")
    #expect(root.elements[2].attribute("k") == nil)
}

@Test("Order is document order, equality is identity")
func order() throws {
    let document = try Document(parsing: Array(source.utf8))
    let all = document.root.descendants
    #expect(all.shuffled().sorted() == all)
    let other = try Document(parsing: Array(source.utf8))
    #expect(other.documentElement != document.documentElement)
    #expect(Set([document.documentElement, other.documentElement, document.root.elements[0]]).count == 2)
    #expect((document.root < other.root) != (other.root < document.root))
}
