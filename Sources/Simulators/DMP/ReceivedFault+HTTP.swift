/// What HTTP alone says of a request: it never came to be a message of the DMP.
extension ReceivedFault {
    /// The prefix of the codes.
    public static let httpPrefix = "http."
    /// Nothing is served at the path.
    public static let noService = "http.path"
    /// The method is not that of SOAP.
    public static let otherMethod = "http.method"

    static func noService(_ request: SimulatorRequest) -> ReceivedFault {
        let paths = Set(DMPTransaction.allCases.map(\.path)).sorted().joined(separator: ", ")
        return ReceivedFault(
            noService, en: "nothing is served at '\(request.path)'", fr: "rien n'est servi à « \(request.path) »",
            expected: paths, actual: request.path, place: "\(request.method) \(request.path)")
    }

    // SOAP 1.2 Part 2 §7: requests of the messages of XDS travel by POST.
    static func otherMethod(_ request: SimulatorRequest) -> ReceivedFault {
        ReceivedFault(
            otherMethod, en: "the method is \(request.method), a message comes by POST",
            fr: "la méthode est \(request.method), un message vient par POST", expected: "POST",
            actual: request.method, place: "\(request.method) \(request.path)")
    }

    /// Refused with `status` before it was a message.
    static func refused(_ request: SimulatorRequest, _ status: Int, _ reason: String) -> ReceivedFault {
        let french =
            switch status {
            case 408: "la requête ne s'est pas terminée à temps"
            case 413: "le corps dépasse la limite"
            case 431: "l'en-tête dépasse la limite"
            case 505: "seul HTTP/1.1 est parlé ici"
            case 500...: "le simulateur ne peut pas garder la requête"
            default: "ce n'est pas une requête HTTP/1.1 bien formée"
            }
        let beginning = [request.method, request.path].filter { !$0.isEmpty }.joined(separator: " ")
        return ReceivedFault(
            httpPrefix + "\(status)", en: "refused by HTTP \(status): \(reason)",
            fr: "refusée par HTTP \(status) : \(french)", expected: "HTTP/1.1", actual: reason,
            place: beginning.isEmpty ? nil : beginning)
    }
}
