import Checks
import Conformance
import HTTP
import SOAP
import Simulators
import Testing
import XDS
import XML

/// A finding, in what the tests ask of it.
struct FoundFault: Sendable {
    let id: String
    let severity: Severity
    let place: EvidencePlace?
}

extension XDSSignedExam {
    static func findings(_ message: SOAPMessage, context: SubmissionContext) -> [FoundFault] {
        var found: [FoundFault] = []
        if let subject = SubmissionSubject(message, context: context) {
            for rule in SubmissionRules.complete {
                found += rule.judge(subject, level: .run).findings.map {
                    FoundFault(id: $0.check, severity: $0.severity, place: $0.place)
                }
            }
        } else {
            found += MessageRules.findings(
                message, layers: Set(MessageRules.Layer.allCases), level: .run, requirement: nil, direction: .request
            ).map {
                FoundFault(
                    id: FramingRules.requirement(of: $0.check, in: .provideAndRegister) ?? $0.check,
                    severity: $0.severity, place: $0.place)
            }
        }
        return found
    }
}

/// One fault in an else right submission.
struct SingleFault: Sendable, CustomTestStringConvertible {
    let id: String
    let name: String
    /// Other rules that the same fault breaks.
    var consequences: Set<String> = []
    var context = SubmissionContext()
    let package: @Sendable () -> MTOMPackage
    var testDescription: String { "\(id) \(name)" }

    static func bend(
        _ id: String, _ name: String, _ consequences: Set<String> = [], context: SubmissionContext = .init(),
        _ bend: @escaping @Sendable (inout ProvideAndRegisterRequest) -> Void
    ) -> SingleFault {
        SingleFault(
            id: id, name: name, consequences: consequences, context: context,
            package: { XDSSignedExam.package(bend) })
    }

    static func edit(_ id: String, _ name: String, _ consequences: Set<String> = [], _ old: String, _ new: String)
        -> SingleFault
    {
        SingleFault(
            id: id, name: name, consequences: consequences,
            package: { XDSSignedExam.package(edit: { $0.change(old, to: new) }) })
    }

    static func frame(
        _ id: String, _ name: String, _ consequences: Set<String> = [],
        _ bend: @escaping @Sendable (inout MTOMPackage) -> Void
    ) -> SingleFault {
        SingleFault(
            id: id, name: name, consequences: consequences,
            package: {
                var package = XDSSignedExam.package()
                bend(&package)
                return package
            })
    }

    static let all: [SingleFault] =
        framing + structure + shapes + entries + manifests + reports + signature + certificates + circumstances

    /// The occurrence `number` (from 0) of `old` in the envelope replaced.
    static func nth(
        _ id: String, _ number: Int, _ consequences: Set<String> = [], _ old: String, _ new: String
    ) -> SingleFault {
        SingleFault(
            id: id, name: "\(old) \(number)", consequences: consequences,
            package: {
                XDSSignedExam.package(edit: { text in
                    let found = text.ranges(of: old)
                    guard number < found.count else { return }
                    text.replaceSubrange(found[number], with: new)
                })
            })
    }

    typealias Bend = @Sendable (inout DocumentEntry) -> Void

    static func each(_ id: String, _ name: String, _ consequences: Set<String> = [], _ change: @escaping Bend)
        -> [SingleFault]
    {
        (0..<3).map { index in
            bend(id, "\(name), entry \(index)", consequences) { change(&$0.submission.entries[index]) }
        }
    }

    static func content(
        _ id: String, _ name: String, _ consequences: Set<String> = [], _ change: @escaping Bend
    )
        -> [SingleFault]
    {
        (0..<2).map { index in
            bend(id, "\(name), entry \(index)", consequences) { change(&$0.submission.entries[index]) }
        }
    }
}
