public import Conformance
public import Foundation

/// A target file, read and looked at: its form, then what stands behind its values.
public enum TargetFile {
    /// The system that the file at `path` describes, with every error of the file.
    ///
    /// Beyond its form: the key of each INS, the authorities, the codes and identifiers of the professional, whether each
    /// key is that of its certificate, whether certificates are in force or, for `tls.expired`, are not.
    ///
    /// - Parameter time: when certificates must be in force.
    public static func load(path: String, at time: Date = Date()) -> Loaded<SystemUnderTest> {
        TargetLoader.load(path: path) { TargetInspection(system: $0, time: time).faults }
    }
}
