import Foundation

@testable import Packs

/// A folder that lives as long as the value.
final class TestFolder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("cisis-packs-\(UUID().uuidString)")
    var path: String { url.path }

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try write(files)
    }

    func write(_ files: [String: String]) throws {
        for (name, text) in files { try write(Array(text.utf8), to: name) }
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// All files below, sorted.
    var files: [String] { (FileManager.default.subpaths(atPath: path) ?? []).sorted() }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// A small invented kit, laid out as the official one.
enum TestKit {
    static let xsd = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:hl7-org:v3"
            targetNamespace="urn:hl7-org:v3" elementFormDefault="qualified">
          <xs:element name="ClinicalDocument"><xs:complexType><xs:sequence>
            <xs:element name="templateId" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
              <xs:attribute name="root"/><xs:attribute name="extension"/></xs:complexType></xs:element>
            <xs:element name="title" type="xs:string" maxOccurs="unbounded"/>
            <xs:element name="component" minOccurs="0"><xs:complexType><xs:sequence>
              <xs:any processContents="skip"/></xs:sequence></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """

    static func schema(_ body: String) -> String {
        """
        <schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
          <ns prefix="cda" uri="urn:hl7-org:v3"/>
          \(body)
        </schema>
        """
    }

    static func rule(_ context: String, _ test: String, _ message: String, _ attributes: String = "") -> String {
        "<pattern><rule context=\"\(context)\"><assert test=\"\(test)\" \(attributes)>\(message)</assert></rule></pattern>"
    }

    static let strucMin = "schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch"
    static let arc = "1.2.250.1.213.1.1.1."

    /// One schema for each of the kit's, and the volet `XX-CR` in two editions.
    static var files: [String: String] {
        var files = ["infrastructure/cda/CDA_extended.xsd": xsd, "jeuxDeValeurs/JDV_Un.xml": valueSet("a")]
        files["schematrons/profils/IHE.sch"] = schema(rule("cda:ClinicalDocument", "cda:title", "Un titre est requis"))
        files["schematrons/profils/terminologies/schematron/terminologie.sch"] = schema(
            rule("cda:nothing", "true()", "Jamais"))
        files["schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch"] = schema(
            rule("cda:title", "string-length(.) &lt; 10", "Le titre est long", "role='warning' id='T-LONG'"))
        files[strucMin] = schema(rule("cda:ClinicalDocument", "cda:templateId", "Un templateId est requis"))
        files["schematrons/profils/CI-SIS_Modeles_ANS.sch"] = schema(
            rule("cda:title", "document('../../jeuxDeValeurs/JDV_Un.xml')//c[@code = 'a']", "Code"))
        for edition in ["2022.01", "2024.01"] {
            files["schematrons/CI-SIS_XX-CR_\(edition).sch"] = schema(
                "<include href='include/XX_\(edition)/Entete/Entete_XX.sch'/>")
            files["schematrons/include/XX_\(edition)/Entete/Entete_XX.sch"] = """
                <pattern xmlns="http://purl.oclc.org/dsdl/schematron"><rule context="cda:ClinicalDocument">
                <assert test="cda:templateId[@root='\(arc)900']">XX \(edition)</assert></rule></pattern>
                """
        }
        return files
    }

    static func valueSet(_ code: String) -> String { "<set><c code='\(code)'/></set>" }

    static func document(_ body: String = "<title>Un titre</title>", templates: [(String, String?)] = []) -> [UInt8] {
        let ids = templates.map { root, edition in
            "<templateId root='\(root)'\(edition.map { " extension='\($0)'" } ?? "")/>"
        }
        return Array(
            """
            <ClinicalDocument xmlns="urn:hl7-org:v3">
              \(ids.joined())
              \(body)
            </ClinicalDocument>
            """.utf8)
    }
}
