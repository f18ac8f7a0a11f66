internal import Conformance

/// What the system under test is asked to do so that it sends: `with: {stimulus: submit}`.
///
/// The embedded reference system does it by itself; a person does it with a real one.
enum Stimulus: String, CaseIterable, Sendable {
    /// Submits an exam: report and manifest.
    case submit
    /// Sends again what was not accepted.
    case retry
    /// Replaces the report that was submitted before.
    case replace
    /// Withdraws the manifest that was submitted before.
    case withdraw
    /// Sends again what the DMP refused, after a person mended it.
    case resubmit
    /// Looks for the exams of the patient and retrieves their documents.
    case consult
    /// Opens a document again that was found before.
    case reopen

    /// What a person is asked to do.
    func instruction(patient: String, repository: String, registry: String) -> LocalizedText {
        switch self {
        case .submit:
            LocalizedText(
                fr: "Soumettez un examen (compte rendu et KOS) à l'entrepôt \(repository)",
                en: "Submit an exam (report and KOS) to the repository \(repository)")
        case .retry:
            LocalizedText(
                fr: "Laissez le système reprendre l'envoi refusé ou interrompu, ou déclenchez la reprise",
                en: "Let the system send again what was refused or interrupted, or trigger it")
        case .replace:
            LocalizedText(
                fr: "Remplacez le compte rendu que vous venez de soumettre", en: "Replace the report that you submitted"
            )
        case .withdraw:
            LocalizedText(
                fr: "Dépubliez le KOS que vous venez de soumettre", en: "Withdraw the KOS that you submitted")
        case .resubmit:
            LocalizedText(
                fr: "Faites renvoyer, comme après correction, la soumission que le DMP a refusée",
                en: "Let the submission that the DMP refused be sent again, as after a correction")
        case .reopen:
            LocalizedText(
                fr: "Rouvrez, depuis la liste déjà affichée, un des documents que vous venez de consulter",
                en: "Open one of the documents that you consulted again, from the list that is shown already")
        case .consult:
            LocalizedText(
                fr:
                    "Consultez les examens d'imagerie du patient \(patient) et ouvrez tous les documents montrés ; registre \(registry), entrepôt \(repository)",
                en:
                    "Consult the imaging exams of the patient \(patient) and open all documents shown; registry \(registry), repository \(repository)"
            )
        }
    }
}
