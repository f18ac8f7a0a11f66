import Imaging
import Testing

@Suite struct AcceptListTests {
    private static let explicit = "1.2.840.10008.1.2.1"
    private static let jpegLossless = "1.2.840.10008.1.2.4.70"

    private func entry(_ syntax: String, _ weight: String, boundary: String = "b") -> String {
        "multipart/related; type=\"application/dicom\";transfer-syntax=\(syntax);q=\(weight);boundary=\(boundary)"
    }

    @Test("One header with commas, a trailing comma and repeated headers mean the same")
    func spellings() {
        let entries = [entry(Self.explicit, "0.4"), entry(Self.jpegLossless, "0.9")]
        let one = AcceptList([entries.joined(separator: ",") + ","])
        let repeated = AcceptList(entries)
        #expect(one == repeated)
        #expect(one.transferSyntaxes == [Self.explicit, Self.jpegLossless])
    }

    @Test("An entry without a media type counts when it names a transfer syntax")
    func withoutMediaType() {
        let list = AcceptList(["transfer-syntax=\(Self.explicit);q=0.5;boundary=**"])
        #expect(list.dicomEntries.count == 1)
        #expect(list.entries.first?.boundary == "**")
        #expect(AcceptList(["image/png"]).dicomEntries.isEmpty)
    }

    @Test("A comma inside quotes parts no entry")
    func quotes() {
        let list = AcceptList(["multipart/related; type=\"application/dicom\"; boundary=\"a,b\""])
        #expect(list.entries.count == 1)
        #expect(list.entries.first?.boundary == "a,b")
    }

    struct Weight: Sendable {
        let text: String
        let isLegal: Bool
    }

    @Test(
        "A weight is 0 to 1 with at most three decimals",
        arguments: [
            Weight(text: "0", isLegal: true), Weight(text: "0.0", isLegal: true), Weight(text: "1", isLegal: true),
            Weight(text: "1.000", isLegal: true), Weight(text: "0.125", isLegal: true),
            Weight(text: "0.1255", isLegal: false), Weight(text: "1.1", isLegal: false),
            Weight(text: "-0.1", isLegal: false), Weight(text: ".5", isLegal: false), Weight(text: "x", isLegal: false),
            Weight(text: "0x1", isLegal: false),
        ])
    func weights(_ item: Weight) {
        #expect(AcceptList([entry(Self.explicit, item.text)]).entries.first?.weight?.isLegal == item.isLegal)
    }

    struct Negotiation: Sendable {
        let accept: [String]
        let choice: AcceptList.Choice
    }

    @Test("The producible syntax of greatest weight is served")
    func negotiation() {
        let both: Set<String> = [Self.explicit, Self.jpegLossless]
        let list = AcceptList([entry(Self.explicit, "0.4"), entry(Self.jpegLossless, "0.9", boundary: "c")])
        #expect(
            list.choose(stored: Self.explicit, producible: both)
                == .serve(transferSyntax: Self.jpegLossless, boundary: "b"))
        #expect(
            list.choose(stored: Self.explicit, producible: [Self.explicit])
                == .serve(transferSyntax: Self.explicit, boundary: "b"))
        #expect(list.choose(stored: Self.explicit, producible: ["1.2.840.10008.1.2.4.80"]) == .notAcceptable)
    }

    @Test("At equal weight the stored syntax wins, and weight 0 excludes")
    func ties() {
        let both: Set<String> = [Self.explicit, Self.jpegLossless]
        let tie = AcceptList([entry(Self.jpegLossless, "0.5"), entry(Self.explicit, "0.5")])
        #expect(
            tie.choose(stored: Self.explicit, producible: both) == .serve(transferSyntax: Self.explicit, boundary: "b"))
        let zero = AcceptList([entry(Self.explicit, "0.0")])
        #expect(zero.choose(stored: Self.explicit, producible: both) == .notAcceptable)
    }
}
