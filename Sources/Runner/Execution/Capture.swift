internal import XDS
internal import HTTP
internal import Conformance
internal import SOAP
internal import XML

/// One line under `capture:`: `{header: NAME}`, `{entry: ATTRIBUTE}` or `{xpath: EXPRESSION}`.
struct Capture {
    /// Why nothing was captured.
    struct Problem: Error {
        let message: String
    }

    private let source: SourceValue

    init(_ source: SourceValue) { self.source = source }

    /// The value in `evidence`.
    func value(in evidence: StepEvidence) -> Result<String, Problem> {
        guard case .map(let entries, _) = source, let entry = entries.first, case .scalar(let text, _) = entry.value
        else { return .failure(Problem(message: "a capture is {header: NAME} or {entry: id}")) }
        switch entry.key {
        case "header":
            guard let value = evidence.exchange?.response.headers.first(text) else {
                return .failure(Problem(message: "the answer has no header \(text)"))
            }
            return .success(value)
        case "entry":
            guard let first = evidence.entries.first else { return .failure(Problem(message: "no entry came back")) }
            switch text {
            case "id": return .success(first.id)
            case "uniqueId": return .success(first.uniqueID)
            case "repositoryUniqueId":
                return first.repositoryUniqueID.map { .success($0) }
                    ?? .failure(Problem(message: "the entry has no repositoryUniqueId"))
            default: return .failure(Problem(message: "an entry has no '\(text)' to capture"))
            }
        case "xpath":
            guard let document = evidence.answer?.document else {
                return .failure(Problem(message: "the message is no XML"))
            }
            do {
                let value = try PathQuery(text, namespaces: XPathJudge.namespaces).evaluate(document)
                switch value {
                case .string(let text) where !text.isEmpty: return .success(text)
                case .nodes(let texts) where !texts.isEmpty: return .success(texts[0])
                default: return .failure(Problem(message: "\(text) gives no text"))
                }
            } catch {
                return .failure(Problem(message: error.message))
            }
        default: return .failure(Problem(message: "nothing is captured from '\(entry.key)'"))
        }
    }
}
