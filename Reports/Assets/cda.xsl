<?xml version="1.0" encoding="UTF-8"?>
<!-- A CDA R2 document as a page for people. Nothing of the document is copied as markup: text is text, no link is
     followed, no image is loaded. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:h="urn:hl7-org:v3"
    exclude-result-prefixes="h">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>

  <xsl:template match="/">
    <html lang="fr">
      <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title><xsl:value-of select="h:ClinicalDocument/h:title"/></title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
          h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; border-bottom: 1px solid #d0d7de; margin-top: 2rem }
          table { border-collapse: collapse; margin: .5rem 0 } td, th { border: 1px solid #d0d7de; padding: .2rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
          dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem } dt { color: #57606a } dd { margin: 0 }
        </style>
      </head>
      <body><xsl:apply-templates select="h:ClinicalDocument"/></body>
    </html>
  </xsl:template>

  <xsl:template match="h:ClinicalDocument">
    <h1><xsl:value-of select="h:title"/></h1>
    <dl>
      <xsl:call-template name="row">
        <xsl:with-param name="label">Patient</xsl:with-param>
        <xsl:with-param name="value">
          <xsl:for-each select="h:recordTarget/h:patientRole/h:patient/h:name/*"><xsl:value-of select="concat(., ' ')"/></xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="row">
        <xsl:with-param name="label">Né(e) le</xsl:with-param>
        <xsl:with-param name="value"><xsl:call-template name="date"><xsl:with-param name="value" select="h:recordTarget/h:patientRole/h:patient/h:birthTime/@value"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="row">
        <xsl:with-param name="label">Date du document</xsl:with-param>
        <xsl:with-param name="value"><xsl:call-template name="date"><xsl:with-param name="value" select="h:effectiveTime/@value"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="row">
        <xsl:with-param name="label">Identifiant du document</xsl:with-param>
        <xsl:with-param name="value" select="concat(h:id/@root, substring('^', 1, boolean(h:id/@extension)), h:id/@extension)"/>
      </xsl:call-template>
      <xsl:for-each select="h:author/h:assignedAuthor/h:assignedPerson/h:name">
        <xsl:call-template name="row">
          <xsl:with-param name="label">Auteur</xsl:with-param>
          <xsl:with-param name="value"><xsl:for-each select="*"><xsl:value-of select="concat(., ' ')"/></xsl:for-each></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </dl>
    <xsl:apply-templates select="h:component/h:structuredBody/h:component/h:section"/>
    <xsl:if test="h:component/h:nonXMLBody">
      <p>Le corps du document n'est pas structuré (<xsl:value-of select="h:component/h:nonXMLBody/h:text/@mediaType"/>).</p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="row">
    <xsl:param name="label"/>
    <xsl:param name="value"/>
    <xsl:if test="normalize-space($value)"><dt><xsl:value-of select="$label"/></dt><dd><xsl:value-of select="normalize-space($value)"/></dd></xsl:if>
  </xsl:template>

  <xsl:template name="date">
    <xsl:param name="value"/>
    <xsl:if test="$value">
      <xsl:value-of select="concat(substring($value, 7, 2), '/', substring($value, 5, 2), '/', substring($value, 1, 4))"/>
      <xsl:if test="string-length($value) &gt; 11"><xsl:value-of select="concat(' ', substring($value, 9, 2), ':', substring($value, 11, 2))"/></xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template match="h:section">
    <h2><xsl:value-of select="h:title"/></h2>
    <xsl:apply-templates select="h:text/node()" mode="narrative"/>
    <xsl:apply-templates select="h:component/h:section"/>
  </xsl:template>

  <xsl:template match="text()" mode="narrative"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="comment() | processing-instruction()" mode="narrative"/>
  <xsl:template match="h:paragraph" mode="narrative"><p><xsl:apply-templates mode="narrative"/></p></xsl:template>
  <xsl:template match="h:br" mode="narrative"><br/></xsl:template>
  <xsl:template match="h:list" mode="narrative"><ul><xsl:apply-templates select="h:item" mode="narrative"/></ul></xsl:template>
  <xsl:template match="h:item" mode="narrative"><li><xsl:apply-templates mode="narrative"/></li></xsl:template>
  <xsl:template match="h:caption" mode="narrative"><strong><xsl:apply-templates mode="narrative"/></strong><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="h:table" mode="narrative"><table><xsl:apply-templates select="h:thead/h:tr | h:tbody/h:tr | h:tr" mode="narrative"/></table></xsl:template>
  <xsl:template match="h:tr" mode="narrative"><tr><xsl:apply-templates select="h:th | h:td" mode="narrative"/></tr></xsl:template>
  <xsl:template match="h:th" mode="narrative"><th><xsl:apply-templates mode="narrative"/></th></xsl:template>
  <xsl:template match="h:td" mode="narrative"><td><xsl:apply-templates mode="narrative"/></td></xsl:template>
  <!-- The address is shown, not linked: a click would leave the evidence. -->
  <xsl:template match="h:linkHtml" mode="narrative"><xsl:apply-templates mode="narrative"/> [<xsl:value-of select="@href"/>]</xsl:template>
  <xsl:template match="h:renderMultiMedia" mode="narrative">[image]</xsl:template>
  <xsl:template match="*" mode="narrative"><xsl:apply-templates mode="narrative"/></xsl:template>
</xsl:stylesheet>
