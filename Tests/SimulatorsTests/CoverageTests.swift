import Simulators
import Testing

@Suite struct CoverageTests {
    private static func ids(_ stem: String, _ range: ClosedRange<Int>, digits: Int = 2) -> [String] {
        range.map { number in
            let text = String(number)
            return stem + String(repeating: "0", count: digits - text.count) + text
        }
    }

    @Test("Every negative of the DMP exchanges is broken by a misbehaviour")
    func negatives() {
        let wanted =
            Self.ids("N-PNR-", 1...20) + Self.ids("N-QRY-", 1...6) + Self.ids("N-RET-", 1...5)
            + Self.ids("N-UPD-", 1...2) + Self.ids("N-SEC-", 1...4) + Self.ids("N-AUT-", 1...2)
        let broken = Set(Misbehavior.allCases.flatMap(\.breaks))
        #expect(wanted.filter { !broken.contains($0) } == [])
    }

    @Test(
        "Every negative of RAD-69, WADO-RS and the link is broken by a misbehaviour of the source, of which there are 60"
    )
    func images() {
        let wanted =
            Self.ids("N-IDS-", 1...9) + Self.ids("N-WRS-", 1...15) + Self.ids("N-LNK-", 1...6)
            + Self.ids("LNK-", 1...6, digits: 3)
        let faults = Misbehavior.allCases.filter { $0.actor == "source" }
        let broken = Set(faults.flatMap(\.breaks))
        #expect(wanted.filter { !broken.contains($0) } == [])
        #expect(faults.count >= 60)
    }

    @Test("What a client must do after an answer is broken by a client's misbehaviour")
    func clients() {
        let wanted =
            Self.ids("PNR-", 58...61, digits: 3) + ["QRY-011", "QRY-012", "QRY-013", "QRY-014", "QRY-015", "QRY-016"]
            + ["QRY-017", "QRY-018", "QRY-019", "QRY-020", "QRY-021", "QRY-022", "QRY-023"]
            + Self.ids("RET-", 6...14, digits: 3)
            + ["N-RET-05", "UPD-003"] + Self.ids("AUT-", 1...3, digits: 3) + Self.ids("N-AUT-", 1...2)
        let broken = Set(ClientMisbehavior.allCases.flatMap(\.breaks))
        #expect(wanted.filter { !broken.contains($0) } == [])
    }

    @Test("No name of a misbehaviour is used twice")
    func names() {
        let names = Misbehavior.allCases.map(\.name) + ClientMisbehavior.allCases.map(\.name)
        #expect(Set(names).count == names.count)
    }
}
