// swift-tools-version: 6.0
import PackageDescription

// The fuzz targets and the rooms that they feed, apart from the project's package: every module is built with libFuzzer's
// coverage. `.ci/fuzz` builds and runs it.

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the project; `Rooms` is a link to its `Sources`.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Rooms/\(name)", swiftSettings: swiftSettings)
}

/// A target without `main`: libFuzzer brings it.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Targets/\(name)",
        swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "fuzzing",
    targets: [
        .systemLibrary(name: "CLibXML2", path: "Rooms/CLibXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CLibXSLT", path: "Rooms/CLibXSLT", pkgConfig: "libexslt"),
        .target(name: "CCrypto", path: "Rooms/CCrypto", linkerSettings: [.linkedLibrary("crypto")]),
        room("Cryptography", ["CCrypto"]),
        room("XML", ["CLibXML2", "CLibXSLT"]),
        room("XPath", ["XML"]),
        room("Schematron", ["XML", "XPath", "Cryptography"]),
        fuzzer("XPathFuzzer", ["XML", "XPath"]),
        fuzzer("RegexFuzzer", ["XPath"]),
        fuzzer("SchematronFuzzer", ["XML", "Schematron"]),
    ],
    swiftLanguageModes: [.v6]
)
