/// An expanded name (Namespaces in XML 1.0 §2.1): equal whatever the prefix.
public struct QName: Hashable, Sendable, CustomStringConvertible {
    /// The namespace name; empty where there is none.
    public let namespace: String
    /// The local part.
    public let local: String

    /// The name `local` in `namespace`.
    public init(_ local: String, in namespace: String = "") {
        self.namespace = namespace
        self.local = local
    }

    /// `{namespace}local`, or the local part alone.
    public var description: String { namespace.isEmpty ? local : "{\(namespace)}\(local)" }
}
