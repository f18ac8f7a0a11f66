internal import CLibXML2

extension TreeBuilder {
    /// Parses checked text into a node table.
    static func build(_ source: SourceText, _ options: ParsingOptions) throws(XMLError) -> NodeTable {
        LibXML.start()
        if let place = source.overlongTag(options.maximumAttributes) {
            throw source.error(.tooManyAttributes, source.tooManyAttributes(options.maximumAttributes), at: place)
        }
        let parsed: Result<NodeTable, XMLError> = source.text.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress,
                let context = xmlCreateMemoryParserCtxt(
                    base.advanced(by: source.start).assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count - source.start))
            else { return .failure(XMLError(.empty, "the document is empty", line: 1, column: 1, byteOffset: 0)) }
            defer { xmlFreeParserCtxt(context) }
            let builder = UnsafeMutablePointer<TreeBuilder>.allocate(capacity: 1)
            builder.initialize(to: TreeBuilder(source, options, context))
            defer {
                builder.pointee.deallocate()
                builder.deinitialize(count: 1)
                builder.deallocate()
            }
            // NOENT so that `&amp;` in an attribute comes resolved; there are no other entities without a DTD.
            // HUGE because the limits are ours; IGNORE_ENC because the text is UTF-8 whatever it declares.
            let flags =
                XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue | XML_PARSE_NOENT.rawValue
                | XML_PARSE_IGNORE_ENC.rawValue
            xmlCtxtUseOptions(context, Int32(flags))
            context.pointee.sax.pointee = Self.handler
            context.pointee.userData = UnsafeMutableRawPointer(builder)
            builder.pointee.finish(xmlParseDocument(context))
            if let fault = builder.pointee.fault { return .failure(fault) }
            return .success(builder.pointee.freeze())
        }
        return try parsed.get()
    }

    /// The events that matter, each handed to the builder at the other end of the pointer.
    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = {
            builder, local, prefix, namespace, namespaceCount, namespaces, count, _, attributes in
            guard let local else { return }
            builder?.assumingMemoryBound(to: TreeBuilder.self).pointee.startElement(
                local, prefix, namespace, namespaces, Int(namespaceCount), attributes, Int(count))
        }
        handler.endElementNs = { builder, _, _, _ in
            builder?.assumingMemoryBound(to: TreeBuilder.self).pointee.endElement()
        }
        handler.characters = { builder, bytes, length in
            guard let bytes else { return }
            builder?.assumingMemoryBound(to: TreeBuilder.self).pointee.characters(bytes, Int(length))
        }
        handler.ignorableWhitespace = handler.characters
        handler.cdataBlock = handler.characters
        handler.comment = { builder, value in
            guard let value else { return }
            builder?.assumingMemoryBound(to: TreeBuilder.self).pointee.comment(value)
        }
        handler.processingInstruction = { builder, target, value in
            guard let target else { return }
            builder?.assumingMemoryBound(to: TreeBuilder.self).pointee.processingInstruction(target, value)
        }
        handler.internalSubset = { builder, name, _, _ in
            builder?.assumingMemoryBound(to: TreeBuilder.self).pointee.doctype(
                name.map { String(cString: $0) } ?? "")
        }
        handler.serror = { builder, error in
            guard let error else { return }
            builder?.assumingMemoryBound(to: TreeBuilder.self).pointee.report(error.pointee)
        }
        return handler
    }
}
