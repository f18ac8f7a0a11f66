import Foundation
import Testing
import XML

@Suite("What a reader and a schema say, in French")
struct WordsTests {
    @Test(
        "A fault of the writing is told in French, with what it is about",
        arguments: [
            ("<a><b></a>", "la balise fermante a ne ferme pas b, ouvert ligne 1"),
            ("<a:x/>", "le préfixe a de l'élément x n'est pas déclaré"),
            ("<a p:b='1'/>", "le préfixe p de l'attribut b (élément a) n'est pas déclaré"),
            ("<a><b>", "le document finit avant que b, ouvert ligne 1, soit fermé"),
            ("<a>\u{1}</a>", "le caractère U+0001 est interdit en XML"),
            ("<a>&#1;</a>", "le caractère numéro 1 est interdit en XML"),
            ("<a b='1' b='2'/>", "l'attribut b est répété"),
            ("<a>&nbsp;</a>", "l'entité nbsp n'est pas définie : écrire le caractère lui-même"),
            ("<a>a & b</a>", "un « & » ne commence aucune référence d'entité : écrire &amp;"),
            ("<a/>x", "du contenu suit l'élément racine"),
            ("<a b=1/>", "la valeur d'un attribut n'est pas entre guillemets"),
            ("<a b/>", "l'attribut b n'a pas de valeur"),
            ("<!DOCTYPE a><a/>", "une déclaration de type de document (DOCTYPE a) n'est pas admise"),
            ("<a b='<'/>", "un attribut contient « < » : écrire &lt;"),
            ("<a><1/></a>", "un « < » n'est suivi d'aucun nom d'élément : écrire &lt;"), ("", "le document est vide"),
            ("<a xmlns:p='u' p:x='1' xmlns:q='u' q:x='2'/>", "l'attribut x de l'espace de noms u est répété"),
        ])
    func syntax(_ text: String, _ french: String) throws {
        let error = try #require(throws: XMLError.self) { try Document(parsing: Array(text.utf8)) }
        #expect(error.french == french)
        #expect(error.english != error.french && !error.english.isEmpty)
    }

    @Test("A sentence that is not known is quoted after the kind of fault")
    func unknown() {
        #expect(
            XMLError(.namespace, "something else").french == "les espaces de noms ne sont pas justes « something else »"
        )
    }

    private static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x" xmlns="urn:x"
            elementFormDefault="qualified">
          <xs:element name="a"><xs:complexType mixed="false"><xs:sequence>
            <xs:element name="b" type="xs:int"/>
          </xs:sequence><xs:attribute name="d" use="required"><xs:simpleType><xs:restriction base="xs:string">
            <xs:enumeration value="X"/><xs:enumeration value="Y"/>
          </xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element>
        </xs:schema>
        """

    @Test(
        "A violation of a schema is told in French, with the element and what is expected",
        arguments: [
            ("<a d='X'><z/></a>", "élément z : cet élément n'est pas attendu ici. Attendu : b."),
            ("<a d='X'/>", "élément a : il manque un élément enfant. Attendu : b."),
            ("<a d='X'><b>x</b></a>", "élément b : « x » n'est pas une valeur du type xs:int."),
            ("<a><b>1</b></a>", "élément a : l'attribut d est obligatoire et manque."),
            ("<a d='Z'><b>1</b></a>", "élément a, attribut d : « Z » n'est pas une valeur de l'ensemble {'X', 'Y'}."),
            ("<a d='X' e='1'><b>1</b></a>", "élément a, attribut e : l'attribut e n'est pas permis."),
            ("<a d='X'>t<b>1</b></a>", "élément a : du texte n'est pas permis ici : seuls des éléments le sont."),
        ])
    func schema(_ text: String, _ french: String) throws {
        let path = NSTemporaryDirectory() + "words-\(UUID().uuidString).xsd"
        try Data(Self.schema.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let schema = try Schema(contentsOfFile: path)
        let document = try Document(parsing: Array(text.replacing("<a", with: "<a xmlns='urn:x'").utf8))
        let found = schema.validate(document).map(\.french)
        #expect(found.contains(french), "\(found)")
    }
}
