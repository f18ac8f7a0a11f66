extension SchematronSchema {
    /// Reads the schema `path`, relative to the library's root, with all that it includes.
    public init(reading path: String, in library: SchemaLibrary) throws(SchematronError) {
        self = try SchemaReader.read(path, library)
    }
}
