public import Conformance

/// Every rule of this room, for `cisis list checks`, `cisis lint` and the reports.
public enum RuleBook {
    /// The descriptors, in the order of the layers, without repetition.
    public static let descriptors: [RuleDescriptor] = {
        var seen: Set<String> = []
        let all =
            MessageRules.descriptors + SubmissionRules.complete.map(\.descriptor) + QueryRules.all.map(\.descriptor)
            + RetrieveRequestRules.all.map(\.descriptor) + RetrieveRules.all.map(\.descriptor)
            + AnswerRules.all.map(\.descriptor) + UpdateRules.all.map(\.descriptor)
            + ImagingRequestRules.all.map(\.descriptor) + ArchiveRules.all.map(\.descriptor)
            + ExistenceRules.all.map(\.descriptor)
            + ClientBehaviorRules.all.map(\.descriptor)
            + ManifestRules.all.map(\.descriptor) + ReportRules.descriptors
            + ImageAnswerRules.retrieveImagingDocumentSet.map(\.descriptor) + ImageAnswerRules.wado.map(\.descriptor)
            + CoherenceRules.all.map(\.descriptor)
            + AssertionRules.all.map(\.descriptor) + TokenRules.all.map(\.descriptor) + WhitelistRules.descriptors
            + SubmissionSealRules.all.map(\.descriptor) + IntakeRules.all.map(\.descriptor)
            + AcknowledgmentRules.all.map(\.descriptor) + ImageRequestRules.all.map(\.descriptor)
            + ContextCallRules.all.map(\.descriptor) + ContextAnswerRules.all.map(\.descriptor)
        return all.filter { seen.insert($0.id).inserted }
    }()
}
