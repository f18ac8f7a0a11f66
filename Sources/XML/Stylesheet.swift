internal import CLibXML2
internal import CLibXSLT

/// An XSLT 1.0 stylesheet, compiled once and shared by threads.
///
/// It reads and writes nothing: `document()`, `xsl:import`, `xsl:include` and output to files or the network are
/// refused. Of EXSLT it has common, math, sets and strings.
///
/// `@unchecked Sendable`: libxslt only reads a compiled stylesheet while it transforms but for `xsl:key` tables and the
/// like, which are in the transformation's context (libxslt's own rule: one stylesheet, many threads).
public final class Stylesheet: @unchecked Sendable {
    private let stylesheet: xsltStylesheetPtr
    private let options: ParsingOptions

    private static let started: Void = {
        LibXML.start()
        xsltInit()
        exsltCommonRegister()
        exsltMathRegister()
        exsltSetsRegister()
        exsltStrRegister()
        cisis_xslt_set_report { text in
            guard let text else { return }
            StylesheetLog.current?.add(String(cString: text))
        }
    }()

    /// Compiles a stylesheet.
    public init(_ bytes: [UInt8], options: ParsingOptions = .init()) throws(XMLError) {
        Self.started
        self.options = options
        let document = try Document(parsing: bytes, options: options)
        let log = StylesheetLog()
        let compiled: (value: xsltStylesheetPtr?, errors: [Diagnostic]) = log.during {
            guard let tree = LibXML.tree(document.source, name: "") else { return nil }
            guard let stylesheet = xsltParseStylesheetDoc(tree) else {
                xmlFreeDoc(tree)
                return nil
            }
            guard stylesheet.pointee.errors == 0 else {
                xsltFreeStylesheet(stylesheet)
                return nil
            }
            return stylesheet
        }
        guard let stylesheet = compiled.value else {
            throw log.error("the stylesheet does not compile", compiled.errors)
        }
        self.stylesheet = stylesheet
    }

    deinit { xsltFreeStylesheet(stylesheet) }

    /// The result of the stylesheet over a document, in the encoding that `xsl:output` names.
    ///
    /// - Parameter parameters: values of top-level `xsl:param`, as strings.
    public func transform(_ bytes: [UInt8], parameters: [String: String] = [:]) throws(XMLError) -> [UInt8] {
        try transform(try Document(parsing: bytes, options: options), parameters: parameters)
    }

    /// The result of the stylesheet over a document, in the encoding that `xsl:output` names.
    public func transform(_ document: Document, parameters: [String: String] = [:]) throws(XMLError) -> [UInt8] {
        let log = StylesheetLog()
        let output: (value: [UInt8]?, errors: [Diagnostic]) = log.during { apply(document, parameters) }
        guard let result = output.value else { throw log.error("the transformation stopped", output.errors) }
        return result
    }

    private func apply(_ document: Document, _ parameters: [String: String]) -> [UInt8]? {
        guard let tree = LibXML.tree(document.source, name: "") else { return nil }
        defer { xmlFreeDoc(tree) }
        guard let context = xsltNewTransformContext(stylesheet, tree) else { return nil }
        defer { xsltFreeTransformContext(context) }
        guard let security = xsltNewSecurityPrefs() else { return nil }
        defer { xsltFreeSecurityPrefs(security) }
        for option in [
            XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
            XSLT_SECPREF_WRITE_NETWORK,
        ] {
            xsltSetSecurityPrefs(security, option, xsltSecurityForbid)
        }
        guard xsltSetCtxtSecurityPrefs(security, context) == 0 else { return nil }
        context.pointee.maxTemplateDepth = 1000
        context.pointee.maxTemplateVars = 15_000
        // A loop that never ends must.
        context.pointee.opLimit = 50_000_000
        for (name, value) in parameters {
            guard xsltQuoteOneUserParam(context, Array(name.utf8) + [0], Array(value.utf8) + [0]) == 0 else {
                return nil
            }
        }
        guard let result = xsltApplyStylesheetUser(stylesheet, tree, nil, nil, nil, context) else { return nil }
        defer { xmlFreeDoc(result) }
        guard context.pointee.state == XSLT_STATE_OK else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        var length: Int32 = 0
        guard xsltSaveResultToString(&text, &length, result, stylesheet) == 0 else { return nil }
        guard let text else { return [] }
        defer { cisis_xmlFree(text) }
        return [UInt8](UnsafeBufferPointer(start: text, count: Int(length)))
    }
}
