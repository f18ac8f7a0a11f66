// swift-tools-version: 6.0
import PackageDescription

/// One setting for every target: Swift 6 language mode, explicit existentials, imports that stay inside.
let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the house: see ARCHITECTURE.md §2 for what each is for and what it may import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies, exclude: exclude,
        swiftSettings: swiftSettings)
}

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "cisis",
    products: [.executable(name: "cisis", targets: ["cisis"])],
    dependencies: [
        // The command line: parsing, help and completion are not what this project is for.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Scenarios are YAML; Yams gives line and column of every node.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // The simulators' sockets: byte control that no HTTP framework leaves us.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // TLS and client certificates of those sockets.
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        // The simulated DMP on disk: SQLite's transactions are what makes a submission whole or absent after a crash.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLibXSLT", pkgConfig: "libexslt", providers: [.apt(["libxslt1-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // Official kits come as zip archives.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // OpenSSL behind an opaque API: digests.
        .target(name: "CCrypto", linkerSettings: [.linkedLibrary("crypto")]),

        // XML signatures: xmlsec1 knows the standard. SwiftPM warns of the definitions in its pkg-config file and drops
        // them, so its headers are found by path and the definitions stand in the C file.
        .target(
            name: "CXMLSec", dependencies: ["CLibXML2"],
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
        room("Packs", ["Conformance", "XML", "XPath", "Schematron", "Cryptography", "CZlib"]),
        room("DICOM"),
        room("HL7v2"),
        room("HTTP", ["CLibCurl", "Cryptography"]),
        room("HTTPServing", ["HTTP", nioCore, nioPosix, nioSSL]),
        room("MLLPTransport", ["HL7v2", nioCore, nioPosix]),
        room("Signatures", ["XML", "CXMLSec", "Cryptography"]),
        room("SOAP", ["XML", "HTTP", "Signatures"]),
        room("XDS", ["XML", "SOAP", "Cryptography"]),
        room("Imaging", ["XML", "DICOM", "HTTP", "SOAP", "XDS"]),
        room("Conformance", [yams]),
        room(
            "Checks",
            [
                "Conformance", "XML", "DICOM", "HL7v2", "HTTP", "SOAP", "XDS", "Imaging", "Cryptography", "Signatures",
            ]),
        room(
            "Simulators",
            [
                "XML", "DICOM", "HL7v2", "HTTP", "HTTPServing", "SOAP", "XDS", "Imaging", "Cryptography", "Signatures",
                grdb,
            ]),
        room(
            "Runner",
            [
                "Conformance", "Checks", "Packs", "Simulators", "XML", "DICOM", "HL7v2", "HTTP", "HTTPServing", "SOAP",
                "XDS", "Imaging", "Cryptography", "Signatures",
            ]),
        room("Reporting", ["Conformance", "XML"]),
        .executableTarget(
            name: "cisis",
            dependencies: [
                "Conformance", "Checks", "Runner", "Reporting", "Simulators", "XML", "XPath", "Schematron", "Packs",
                "Signatures",
                argumentParser,
            ],
            swiftSettings: swiftSettings),
        // The W3C suite on our engine: a tool of this project, not installed.
        .executableTarget(
            name: "xpath-suite", dependencies: ["XPath", "XML"], swiftSettings: swiftSettings),
        // The official verdict against its floor and its peers: a tool of this project, not installed.
        .executableTarget(
            name: "schematron-benchmark", dependencies: ["XML", "Schematron"], swiftSettings: swiftSettings),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: swiftSettings),
        tests(of: "Cryptography"),
        tests(of: "XML"),
        tests(of: "XPath", ["XML", "xpath-suite"], exclude: ["known-failures.txt"]),
        tests(of: "Schematron", ["XPath", "XML"]),
        tests(of: "Packs", ["Conformance", "Schematron", "XML"]),
        tests(of: "DICOM"),
        tests(of: "HL7v2"),
        tests(of: "MLLPTransport", ["HL7v2"]),
        tests(of: "HTTP"),
        tests(of: "HTTPServing", ["HTTP"]),
        tests(of: "Signatures", ["XML"]),
        tests(of: "SOAP", ["XML", "HTTP", "Signatures"]),
        tests(of: "XDS", ["XML", "SOAP", "HTTP"]),
        tests(of: "Imaging", ["XML", "DICOM", "HTTP", "SOAP", "XDS"]),
        tests(of: "Conformance"),
        tests(
            of: "Checks",
            [
                "Conformance", "XML", "DICOM", "HL7v2", "HTTP", "SOAP", "XDS", "Imaging", "Simulators", "Cryptography",
                "Signatures",
            ]),
        .testTarget(
            name: "SecurityRulesTests",
            dependencies: [
                "Checks", "Conformance", "HTTP", "SOAP", "Signatures", "XDS", "XML", "TestSupport",
            ], swiftSettings: swiftSettings),
        tests(
            of: "Simulators",
            ["XML", "DICOM", "HTTP", "HTTPServing", "SOAP", "XDS", "Imaging", "Cryptography"]),
        tests(
            of: "Runner",
            [
                "Conformance", "Packs", "XML", "Simulators", "HTTP", "HTTPServing", "DICOM", "HL7v2", "Imaging", "SOAP",
                "XDS", "Signatures",
            ]),
        tests(of: "Reporting", ["Conformance", "XML"]),
        .testTarget(
            name: "CommandTests", dependencies: ["cisis", "Simulators", "DICOM", "HTTP", "SOAP", "XDS", "TestSupport"],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
