internal import Foundation

/// Loads a target file: the addresses and identities of one system under test.
///
///     target: my-drimbox
///     endpoints:
///       repository: https://dmp.example/repository
///       registry: https://dmp.example/registry
///     tls: {certificate: client.pem, key: client.key, trust: ca.pem}
///     signing: {assertion: {p12: vihf.p12, passphrase: {env: VIHF_PASSPHRASE}}}
///     vihf: {professional: "899700000000", profession: "10", structure: "1990000001"}
///     patient: {ins: "279035121518989"}
///     timeouts: {connect: 5, firstByte: 60, idle: 30, total: 600}
///
/// Files are named from the folder of the target file. Secrets are never in it: it names the environment variables that
/// hold them.
public enum TargetLoader {
    private static let keys = [
        "target", "endpoints", "tls", "signing", "vihf", "timeouts", "token", "session", "repositoryUniqueId",
        "sourceId",
        "patient", "patients", "exam", "maximumBody", "listen",
    ]

    /// The system that the file at `path` describes, with every error of the file.
    ///
    /// - Parameter inspecting: looks at what stands behind the values, with what this room does not see: keys, identifiers.
    public static func load(
        path: String, inspecting: (SystemUnderTest) -> [TargetFault] = { _ in [] }
    ) -> Loaded<SystemUnderTest> {
        let file: SourceFile
        let root: SourceValue
        do {
            file = try SourceFile.load(path: path, name: path)
            root = try YAMLReader.read(file)
        } catch {
            return Loaded(value: nil, errors: [error])
        }
        var diagnostics = Diagnostics(file)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let system = read(root, folder: folder, &diagnostics)
        for fault in system.map(inspecting) ?? [] {
            diagnostics.report(fault.location(in: root), fault.message, advice: fault.advice)
        }
        return Loaded(value: diagnostics.errors.isEmpty ? system : nil, errors: diagnostics.errors)
    }

    private static func read(_ root: SourceValue, folder: String, _ diagnostics: inout Diagnostics)
        -> SystemUnderTest?
    {
        guard let fields = Fields(root, of: "a target", keys: keys, &diagnostics),
            let name = fields.requiredText("target", &diagnostics)
        else { return nil }
        var system = SystemUnderTest(name: name, location: root.location)
        readEndpoints(fields, &system, &diagnostics)
        if let entry = fields["listen"] { system.listening = readListening(entry.value, folder, &diagnostics) }
        if let entry = fields["tls"] { system.tls = readTLS(entry.value, folder: folder, &diagnostics) }
        if let entry = fields["timeouts"] { system.limits = readLimits(entry.value, &diagnostics) }
        if let entry = fields["maximumBody"], let text = fields.text("maximumBody", &diagnostics) {
            if let bytes = Int64(text), bytes > 0 {
                system.limits.maximumBody = bytes
            } else {
                diagnostics.report(entry.value.location, "'maximumBody' must be bytes above 0, found '\(text)'")
            }
        }
        system.tokenVariable = fields["token"].flatMap { readVariable($0.value, "'token'", &diagnostics) }
        system.sessionVariable = fields["session"].flatMap { readVariable($0.value, "'session'", &diagnostics) }
        system.repositoryUniqueID = fields.text("repositoryUniqueId", &diagnostics)
        system.sourceID = fields.text("sourceId", &diagnostics)
        if let entry = fields["signing"] { system.signing = readSigning(entry.value, folder, &diagnostics) }
        if let entry = fields["vihf"] { system.professional = readProfessional(entry.value, &diagnostics) }
        if let entry = fields["patient"] { system.patient = readPatient(entry.value, "'patient'", &diagnostics) }
        if let entry = fields["patients"] { readPatients(entry, &system, &diagnostics) }
        if let entry = fields["exam"],
            let exam = Fields(
                entry.value, of: "'exam'",
                keys: ["report", "manifest", "olderReport", "withdrawnReport", "otherManifest", "replacedManifest"],
                &diagnostics),
            let report = readPath(exam, "report", folder, &diagnostics),
            let manifest = readPath(exam, "manifest", folder, &diagnostics)
        {
            var held = SystemUnderTest.Exam(report: report, manifest: manifest)
            held.olderReport = readPath(exam, "olderReport", folder, &diagnostics)
            held.withdrawnReport = readPath(exam, "withdrawnReport", folder, &diagnostics)
            held.otherManifest = readPath(exam, "otherManifest", folder, &diagnostics)
            held.replacedManifest = readPath(exam, "replacedManifest", folder, &diagnostics)
            system.exam = held
        }
        return system
    }

    private static func readEndpoints(
        _ fields: Fields, _ system: inout SystemUnderTest, _ diagnostics: inout Diagnostics
    ) {
        let known = SystemUnderTest.Endpoint.allCases.map(\.rawValue)
        // A system that is judged as a client alone has no address of its own.
        guard fields["endpoints"] != nil || fields["listen"] == nil else { return }
        guard let value = fields.required("endpoints", &diagnostics),
            let endpoints = Fields(value, of: "'endpoints'", keys: known, &diagnostics)
        else { return }
        for endpoint in SystemUnderTest.Endpoint.allCases {
            guard let entry = endpoints[endpoint.rawValue], let url = endpoints.text(endpoint.rawValue, &diagnostics)
            else { continue }
            if let fault = addressFault(url) {
                diagnostics.report(
                    entry.value.location, "'\(endpoint.rawValue)' \(fault)", advice: "write http(s)://host[:port]/path")
                continue
            }
            system.endpoints[endpoint] = url
        }
        if system.endpoints.isEmpty, diagnostics.errors.isEmpty {
            diagnostics.report(
                value.location, "no endpoint is named", advice: "name one of \(known.joined(separator: ", "))")
        }
    }

    /// What an address may not be; nil for a good one.
    private static func addressFault(_ url: String) -> String? {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
        else { return "must be an http or https URL, found '\(url)'" }
        if parts.user != nil || parts.password != nil {
            return "holds a user or a password: an address is no place for a secret"
        }
        if parts.fragment != nil { return "holds a fragment (#), which is never sent" }
        if let port = parts.port, !(1...65_535).contains(port) { return "has the port \(port), which does not exist" }
        return nil
    }

    private static func readTLS(_ value: SourceValue, folder: String, _ diagnostics: inout Diagnostics)
        -> SystemUnderTest.TLS
    {
        var tls = SystemUnderTest.TLS()
        let keys = keyPairKeys + ["trust", "verify", "expired", "unlisted"]
        guard let fields = Fields(value, of: "'tls'", keys: keys, &diagnostics) else { return tls }
        tls.identity = readKeyPair(fields, value.location, folder, &diagnostics)
        tls.expired = readNamedKeyPair(fields, "expired", folder, &diagnostics)
        tls.unlisted = readNamedKeyPair(fields, "unlisted", folder, &diagnostics)
        tls.trust = readPath(fields, "trust", folder, &diagnostics)
        tls.verifies = fields.flag("verify", default: true, &diagnostics)
        return tls
    }

    private static func readListening(
        _ value: SourceValue, _ folder: String, _ diagnostics: inout Diagnostics
    ) -> SystemUnderTest.Listening {
        var listening = SystemUnderTest.Listening()
        let keys = ["host", "port", "certificate", "key", "trust"]
        guard let fields = Fields(value, of: "'listen'", keys: keys, &diagnostics) else { return listening }
        listening.host = fields.text("host", &diagnostics) ?? listening.host
        if let entry = fields["port"], let text = fields.text("port", &diagnostics) {
            if let port = Int(text), (0...65_535).contains(port) {
                listening.port = port
            } else {
                diagnostics.report(entry.value.location, "'port' must be 0 to 65535, found '\(text)'")
            }
        }
        listening.certificate = readPath(fields, "certificate", folder, &diagnostics)
        listening.key = readPath(fields, "key", folder, &diagnostics)
        listening.trust = readPath(fields, "trust", folder, &diagnostics)
        if (listening.certificate == nil) != (listening.key == nil) {
            diagnostics.report(value.location, "'certificate' and 'key' go together", advice: "give both PEM files")
        }
        if listening.trust != nil, listening.certificate == nil {
            diagnostics.report(
                value.location, "'trust' asks clients for a certificate, which only TLS can",
                advice: "give 'certificate' and 'key' too")
        }
        return listening
    }

    private static func readLimits(_ value: SourceValue, _ diagnostics: inout Diagnostics) -> SystemUnderTest.Limits {
        var limits = SystemUnderTest.Limits()
        let paths: [(String, WritableKeyPath<SystemUnderTest.Limits, Double>)] = [
            ("connect", \.connect), ("firstByte", \.firstByte), ("idle", \.idle), ("total", \.total),
        ]
        guard let fields = Fields(value, of: "'timeouts'", keys: paths.map(\.0), &diagnostics) else { return limits }
        for (key, path) in paths {
            guard let entry = fields[key], let text = fields.text(key, &diagnostics) else { continue }
            guard let seconds = Double(text), seconds > 0, seconds <= 86_400 else {
                diagnostics.report(entry.value.location, "'\(key)' must be seconds above 0, found '\(text)'")
                continue
            }
            limits[keyPath: path] = seconds
        }
        return limits
    }

    /// A file that must exist, named from `folder`.
    static func readPath(
        _ fields: Fields, _ key: String, _ folder: String, _ diagnostics: inout Diagnostics
    ) -> String? {
        guard let entry = fields[key], let text = fields.text(key, &diagnostics) else { return nil }
        let path = text.hasPrefix("/") ? text : folder + "/" + text
        guard FileManager.default.fileExists(atPath: path) else {
            diagnostics.report(entry.value.location, "no such file '\(text)'", advice: "it is sought from \(folder)")
            return nil
        }
        return path
    }

    /// `{env: NAME}`: a secret by the environment variable that holds it.
    static func readVariable(_ value: SourceValue, _ noun: String, _ diagnostics: inout Diagnostics)
        -> String?
    {
        guard case .map = value, let fields = Fields(value, of: noun, keys: ["env"], &diagnostics) else {
            diagnostics.report(
                value.location, "\(noun) is a secret: it does not stand in the file",
                advice: "write {env: NAME} and put it in that environment variable")
            if let text = value.scalar { diagnostics.hide(text) }
            return nil
        }
        return fields.requiredText("env", &diagnostics)
    }
}
