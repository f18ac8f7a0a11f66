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
    dependencies: [
        // What the rules of Checks are described with reads YAML.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2")
    ],
    targets: [
        .systemLibrary(name: "CLibXML2", path: "Rooms/CLibXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CLibXSLT", path: "Rooms/CLibXSLT", pkgConfig: "libexslt"),
        .systemLibrary(name: "CLibCurl", path: "Rooms/CLibCurl", pkgConfig: "libcurl"),
        .target(name: "CCrypto", path: "Rooms/CCrypto", linkerSettings: [.linkedLibrary("crypto")]),
        .target(
            name: "CXMLSec", dependencies: ["CLibXML2"], path: "Rooms/CXMLSec",
            cSettings: [
                .unsafeFlags(["-isystem", "/usr/include/xmlsec1", "-isystem", "/opt/homebrew/include/xmlsec1"])
            ],
            linkerSettings: [
                .linkedLibrary("xmlsec1-openssl"), .linkedLibrary("xmlsec1"), .linkedLibrary("crypto"),
                .linkedLibrary("xml2"),
            ]),
        room("Cryptography", ["CCrypto"]),
        room("XML", ["CLibXML2", "CLibXSLT"]),
        room("XPath", ["XML"]),
        room("Schematron", ["XML", "XPath", "Cryptography"]),
        room("DICOM", []),
        room("HL7v2", []),
        room("HTTP", ["CLibCurl", "Cryptography"]),
        room("Signatures", ["XML", "CXMLSec", "Cryptography"]),
        room("SOAP", ["XML", "HTTP", "Signatures"]),
        room("XDS", ["XML", "SOAP", "Cryptography"]),
        room("Imaging", ["XML", "DICOM", "HTTP", "SOAP", "XDS"]),
        room("Conformance", [.product(name: "Yams", package: "Yams")]),
        room(
            "Checks",
            [
                "Conformance", "XML", "DICOM", "HL7v2", "HTTP", "SOAP", "XDS", "Imaging", "Cryptography", "Signatures",
            ]),
        fuzzer("XPathFuzzer", ["XML", "XPath"]),
        fuzzer("RegexFuzzer", ["XPath"]),
        fuzzer("SchematronFuzzer", ["XML", "Schematron"]),
        .target(name: "FuzzSupport", path: "Targets/FuzzSupport", swiftSettings: swiftSettings),
        fuzzer("MultipartFuzzer", ["HTTP", "FuzzSupport"]),
        fuzzer("MTOMFuzzer", ["XML", "HTTP", "SOAP", "FuzzSupport"]),
        fuzzer("EbRIMFuzzer", ["XML", "HTTP", "SOAP", "XDS", "Signatures", "Checks", "Conformance", "FuzzSupport"]),
        fuzzer("SAMLFuzzer", ["XML", "SOAP", "Signatures", "FuzzSupport"]),
        fuzzer("DICOMFuzzer", ["DICOM", "FuzzSupport"]),
        fuzzer("HL7Fuzzer", ["HL7v2", "Checks", "Conformance", "FuzzSupport"]),
        // The seeds that are signed or binary; not run by `.ci/fuzz`.
        fuzzer("SeedWriter", ["DICOM", "HTTP", "SOAP", "Signatures", "XDS", "XML"]),
    ],
    swiftLanguageModes: [.v6]
)
