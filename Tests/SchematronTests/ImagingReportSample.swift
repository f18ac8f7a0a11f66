import Foundation
import XML

/// An imaging report of an invented patient, written for these tests: structured (level 3), or with a PDF body
/// (level 1).
enum ImagingReportSample {
    static let uid = "2.25.72902820486973652320601666514016335131"
    static let documentID = "2.25.104163102508332510964239678733080246715"
    /// The link, as XML writes it.
    static let link =
        "https://vi1.cisis.example/IHEInvokeImageDisplay?requestType=STUDY&amp;studyUID=\(uid)"
        + "&amp;Accessionnumber=1.2.250.1.999.3.1.CT198751655&amp;idCDA=\(documentID)"

    static let structuredTemplates = """
          <templateId root="1.2.840.10008.9.1"/>
          <templateId root="1.2.840.10008.9.20"/>
          <templateId root="1.2.840.10008.9.21"/>
          <templateId root="1.2.250.1.213.1.1.1.45" extension="2024.01"/>
        """

    /// The report of level 3.
    static let text =
        header.replacingOccurrences(of: "@templates", with: structuredTemplates) + """
              <component>
                <structuredBody>
                  <component>
                    \(actSection)
                  </component>
                  <component>
                    <section>
                      <templateId root="1.2.840.10008.9.5"/>
                      <templateId root="1.2.250.1.213.1.1.2.209"/>
                      <id root="2.25.3002"/>
                      <code code="19005-8" codeSystem="2.16.840.1.113883.6.1"/>
                      <title>Conclusion</title>
                      <text><paragraph>Micronodule solide de 5 mm du lobe inférieur droit.</paragraph></text>
                    </section>
                  </component>
                </structuredBody>
              </component>
            </ClinicalDocument>
            """

    /// The report of level 1: a PDF of a few bytes, on two lines.
    static let pdf =
        header.replacingOccurrences(
            of: "@templates", with: #"  <templateId root="1.3.6.1.4.1.19376.1.2.20"/>"#) + """
              <component>
                <nonXMLBody>
                  <text mediaType="application/pdf" representation="B64">JVBERi0xLjQK
            JSVFT0YK</text>
                </nonXMLBody>
              </component>
            </ClinicalDocument>
            """

    private static let organization = """
        <representedOrganization>
          <id root="1.2.250.1.71.4.2.2" extension="1990000001"/>
          <name>Centre d'imagerie d'essai</name>
        </representedOrganization>
        """

    private static let header = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:ps3-20="urn:dicom-org:ps3-20">
          <realmCode code="FR"/>
          <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
          <templateId root="2.16.840.1.113883.2.8.2.1"/>
          <templateId root="1.2.250.1.213.1.1.1.1"/>
        @templates
          <id root="\(documentID)"/>
          <code code="18748-4" codeSystem="2.16.840.1.113883.6.1">
            <translation code="24628-0" displayName="CT thorax" codeSystem="2.16.840.1.113883.6.1"/>
          </code>
          <title>CR d'imagerie médicale</title>
          <effectiveTime value="20260312103000+0100"/>
          <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
          <languageCode code="fr-FR"/>
          <setId root="2.25.97722935334474182055328946897928197952"/>
          <versionNumber value="2"/>
          <recordTarget>
            <patientRole>
              <id root="1.2.250.1.213.1.4.10" extension="270019999900024"/>
              <id root="1.2.250.1.999.3.3" extension="IPP20277712"/>
              <patient>
                <name>
                  <family qualifier="BR">PATIENTE-ESSAI</family>
                  <given>ALIX CLAUDE</given>
                  <given qualifier="BR">ALIX</given>
                </name>
                <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
                <birthTime value="19700101"/>
                <birthplace><place><addr><county>99999</county></addr></place></birthplace>
              </patient>
            </patientRole>
          </recordTarget>
          <author>
            <time value="20260312103000+0100"/>
            <assignedAuthor>
              <id root="1.2.250.1.71.4.2.1" extension="899700000000"/>
              \(organization)
            </assignedAuthor>
          </author>
          <legalAuthenticator>
            <time value="20260312103000+0100"/>
            <signatureCode code="S"/>
            <assignedEntity>
              <id root="1.2.250.1.71.4.2.1" extension="899700000000"/>
              \(organization)
            </assignedEntity>
          </legalAuthenticator>
          <inFulfillmentOf>
            <order>
              <id root="1.2.250.1.999.3.2" extension="OP680503129"/>
              <ps3-20:accessionNumber root="1.2.250.1.999.3.1" extension="CT198751655"/>
            </order>
          </inFulfillmentOf>
          <documentationOf>
            <serviceEvent classCode="ACT">
              <id root="\(uid)"/>
              <code code="24628-0" displayName="CT thorax" codeSystem="2.16.840.1.113883.6.1">
                <translation code="ZBQH001" codeSystem="1.2.250.1.215.300.1"/>
                <translation code="CT" codeSystem="1.2.840.10008.2.16.4">
                  <qualifier><name code="121139" codeSystem="1.2.840.10008.2.16.4"/></qualifier>
                </translation>
                <translation code="67734004" codeSystem="2.16.840.1.113883.6.96">
                  <qualifier><name code="39111-0" codeSystem="2.16.840.1.113883.6.1"/></qualifier>
                </translation>
              </code>
              <effectiveTime>
                <low value="20260312093000+0100"/>
                <high value="20260312095200+0100"/>
              </effectiveTime>
              <performer typeCode="PRF">
                <assignedEntity>
                  <id root="1.2.250.1.71.4.2.1" extension="899700000000"/>
                  \(organization)
                </assignedEntity>
              </performer>
            </serviceEvent>
          </documentationOf>
          <documentationOf>
            <serviceEvent classCode="ACT">
              <code code="Z13.9" displayName="Dépistage" codeSystem="2.16.840.1.113883.6.3"/>
            </serviceEvent>
          </documentationOf>
          <relatedDocument typeCode="RPLC">
            <parentDocument>
              <id root="2.25.4001"/>
              <setId root="2.25.97722935334474182055328946897928197952"/>
            </parentDocument>
          </relatedDocument>
          <componentOf>
            <encompassingEncounter>
              <effectiveTime nullFlavor="NA"/>
              <location>
                <healthCareFacility>
                  <code code="SA08" codeSystem="1.2.250.1.71.4.2.4"/>
                </healthCareFacility>
              </location>
            </encompassingEncounter>
          </componentOf>

        """

    private static let actSection = """
        <section>
                  <templateId root="1.2.840.10008.9.3"/>
                  <templateId root="1.2.250.1.213.1.1.2.206"/>
                  <id root="2.25.3001"/>
                  <code code="55111-9" codeSystem="2.16.840.1.113883.6.1"/>
                  <title>Technique d'imagerie</title>
                  <text><paragraph>Scanner du thorax avec injection.</paragraph></text>
                  <entry>
                    <procedure classCode="PROC" moodCode="EVN">
                      <templateId root="1.2.840.10008.9.14"/>
                      <templateId root="1.2.250.1.213.1.1.3.153"/>
                      <code code="24628-0" codeSystem="2.16.840.1.113883.6.1"/>
                      <methodCode code="CT" codeSystem="1.2.840.10008.2.16.4"/>
                    </procedure>
                  </entry>
                  <component>
                    \(catalogueSection)
                  </component>
                </section>
        """

    private static let catalogueSection = """
        <section>
                      <templateId root="2.16.840.1.113883.10.20.6.1.1"/>
                      <templateId root="1.2.250.1.213.1.1.2.217"/>
                      <id root="2.25.3003"/>
                      <code code="121181" codeSystem="1.2.840.10008.2.16.4"/>
                      <title>Catalogue d'objets DICOM</title>
                      <text><linkHtml href="\(link)">Images de l'examen</linkHtml></text>
                      <entry>
                        <act classCode="ACT" moodCode="EVN">
                          <templateId root="1.2.840.10008.9.16"/>
                          <templateId root="1.2.250.1.213.1.1.3.155"/>
                          <id root="\(uid)"/>
                          <code code="113014" codeSystem="1.2.840.10008.2.16.4"/>
                          <effectiveTime value="20260312093000+0100"/>
                          <entryRelationship typeCode="COMP">
                            <act classCode="ACT" moodCode="EVN">
                              <templateId root="1.2.840.10008.9.17"/>
                              <templateId root="1.2.250.1.213.1.1.3.156"/>
                              <id root="2.25.3004"/>
                              <code code="113015" codeSystem="1.2.840.10008.2.16.4">
                                <qualifier>
                                  <name code="121139" codeSystem="1.2.840.10008.2.16.4"/>
                                  <value code="CT" codeSystem="1.2.840.10008.2.16.4"/>
                                </qualifier>
                              </code>
                              <entryRelationship typeCode="COMP">
                                <observation classCode="DGIMG" moodCode="EVN">
                                  <templateId root="1.2.840.10008.9.18"/>
                                  <templateId root="1.2.250.1.213.1.1.3.157"/>
                                  <id root="2.25.3005"/>
                                  <code code="1.2.840.10008.5.1.4.1.1.2" codeSystem="1.2.840.10008.2.6.1"/>
                                  <text mediaType="application/dicom"><reference value="\(link)"/></text>
                                </observation>
                              </entryRelationship>
                            </act>
                          </entryRelationship>
                        </act>
                      </entry>
                    </section>
        """
}
