internal import Checks
internal import Foundation
internal import Signatures

extension CertificateFacts {
    /// What the rules of a submission look at of the certificate `der`; nil where it is none.
    init?(der: [UInt8]) {
        guard let certificate = Certificate(der: der) else { return nil }
        self.init(
            subject: certificate.subject.description, notBefore: Self.digits(certificate.notBefore),
            notAfter: Self.digits(certificate.notAfter))
    }

    private static func digits(_ date: Date) -> String {
        String(XMLInstant.text(date).filter { $0.isASCII && $0.isNumber }.prefix(14))
    }
}
