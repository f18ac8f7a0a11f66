import Cryptography
import Testing

@Suite struct MessageDigestTests {
    struct Case: Sendable {
        let text: String
        let algorithm: MessageDigest.Algorithm
        let hexadecimal: String
    }

    // FIPS 180-2, appendices A.1 and B.1.
    @Test(
        "A digest equals the one that the standard prints",
        arguments: [
            Case(text: "abc", algorithm: .sha1, hexadecimal: "a9993e364706816aba3e25717850c26c9cd0d89d"),
            Case(text: "", algorithm: .sha1, hexadecimal: "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            Case(
                text: "abc", algorithm: .sha256,
                hexadecimal: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func standardVectors(_ item: Case) {
        #expect(MessageDigest.hexadecimal(of: item.text.utf8, item.algorithm) == item.hexadecimal)
    }

    @Test("A digest read midway goes on")
    func midway() {
        let digest = MessageDigest(.sha1)
        digest.update("a".utf8)
        _ = digest.value()
        digest.update("bc".utf8)
        #expect(digest.hexadecimal() == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }
}
