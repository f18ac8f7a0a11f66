import SOAP
import XDS
import XML

// The French services around the registry: TD0.2 and TD0.3.
extension DMPSimulator {
    func existence(_ exchange: SOAPExchange) async -> AnswerOutcome {
        let request = exchange.message.envelope?.content.flatMap { ExistenceRequest(reading: $0) }
        let state: ExistenceAnswer.State
        if let request {
            do {
                state = try await existenceState(request, exchange)
            } catch {
                state = .refused(error.message)
            }
        } else {
            state = .refused("the body is no PRPA_IN201307UV02 that names a patient")
        }
        let content = ExistenceAnswer(state).element(to: request, identifiers: identifiers)
        var faults: [ReceivedFault] = []
        if case .refused(let reason) = state {
            faults = [ReceivedFault("td02.refused", en: reason, fr: "Question refusée : \(reason)")]
        }
        return AnswerOutcome(exchange.answer(outgoing(.existence, exchange, content)), faults: faults)
    }

    private func existenceState(
        _ request: ExistenceRequest, _ exchange: SOAPExchange
    ) async throws(StorageError) -> ExistenceAnswer.State {
        let record = try await store.record(of: request.patient)
        let professional = AssertionReading(exchange.message)?.professional ?? ""
        let mayRead = misbehaviors.contains(.grantsEverything)
        guard let record else { return misbehaviors.contains(.inventsRecord) ? .open(.valid) : .absent }
        guard record.state == .active else { return misbehaviors.contains(.inventsRecord) ? .open(.valid) : .closed }
        return .open(mayRead ? .valid : record.authorization(of: professional))
    }

    func authorize(_ exchange: SOAPExchange) async -> AnswerOutcome {
        let namespace = AuthorizationResponse.namespace
        let content = exchange.message.envelope?.content
        // The patient and the professional are those of the VIHF: without it nobody asks for anything.
        guard let reading = AssertionReading(exchange.message), let patient = reading.patient,
            let professional = reading.professional
        else {
            let defect = AssertionDefect(
                .missing, "setAuthorization takes patient and professional from the VIHF",
                fr: "setAuthorization prend le patient et le professionnel dans le VIHF")
            return AnswerOutcome(
                exchange.answer(defect.fault),
                faults: [ReceivedFault("vihf.missing", en: defect.reason, fr: "VIHF absent : \(defect.frenchReason)")])
        }
        let action = content?.first("action", in: namespace)?.stringValue.trimmedBlanks ?? ""
        let wanted: [String: PatientRecord.Authorization] = ["AJOUT": .valid, "SUPPRESSION": .absent]
        var response = AuthorizationResponse(isGranted: false, "the action '\(action)' is not AJOUT or SUPPRESSION")
        if content?.localName == "setAuthorization", content?.namespaceURI == namespace, let value = wanted[action] {
            do {
                let now = try await store.authorize(professional, for: patient, value)
                let isDone = now == value || misbehaviors.contains(.grantsEverything)
                response = AuthorizationResponse(
                    isGranted: isDone, now.map { isDone ? "" : "authorisation: \($0.rawValue)" } ?? "no open record")
            } catch {
                response = AuthorizationResponse(isGranted: false, error.message)
            }
        }
        let faults =
            response.isGranted
            ? [] : [ReceivedFault("td03.refused", en: response.context, fr: "Refusé : \(response.context)")]
        return AnswerOutcome(
            exchange.answer(outgoing(.authorization, exchange, response.element())), faults: faults)
    }
}
