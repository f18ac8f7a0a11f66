internal import Signatures

/// The identity of the harness towards the embedded system: it opens nothing but a DMP on loopback that knows it.
///
/// Made for the project (RSA 2048, self-signed, in force until 2126); the structure is that of `ExamFixture`.
enum EmbeddedIdentity {
    /// The identity; the files below are one, so that reading them cannot fail.
    static let shared: SigningIdentity = {
        do {
            return try SigningIdentity(
                certificates: Array(certificate.utf8), key: Array(key.utf8), name: "the embedded identity")
        } catch {
            preconditionFailure("the embedded identity cannot be read: \(error)")
        }
    }()

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIDnTCCAoWgAwIBAgIUBLsaodrdigmG99lb+Jo42TlAfZMwDQYJKoZIhvcNAQEL
        BQAwXTELMAkGA1UEBhMCRlIxEzARBgNVBAgMClBhcmlzICg3NSkxFDASBgNVBAoM
        C0NJU0lTIEVTU0FJMRMwEQYDVQQLDAoxOTkwMDAwMDAxMQ4wDAYDVQQDDAVDSVNJ
        UzAgFw0yNjExMjQxNDU1NThaGA8yMTI2MTAzMTE0NTU1OFowXTELMAkGA1UEBhMC
        RlIxEzARBgNVBAgMClBhcmlzICg3NSkxFDASBgNVBAoMC0NJU0lTIEVTU0FJMRMw
        EQYDVQQLDAoxOTkwMDAwMDAxMQ4wDAYDVQQDDAVDSVNJUzCCASIwDQYJKoZIhvcN
        AQEBBQADggEPADCCAQoCggEBANQBby56to0UL9C3lafPt51gSdnWdY7BkU13gP6n
        ej9Vu1Ugc8k0ERGua+SMmfVj9g9gWhfgM5igolKAX6WfJ2js0ICvTnLkZPVpDIM3
        U0ilQHhlvIneB967RZjKf5eQ/nyjopPQS/kCwI6kghgaAiMzWYGLZNe057WC5eoy
        Q3SP8/EyehVykhXI86ygpytJjiFcp0xJr9ALO6HVy7e31tXCfvd/Ssx24Et7Z8ZR
        uq9muVUPJiwjES+UF70YLZkYybg7CmwSS+/nOjRWo6fg1TFXDfLCUlVUiXHksxhs
        zO7RVE3WTo1DjOlPtrf9wZVUeM3DNV/CiAL+oeEmttXpSO8CAwEAAaNTMFEwHQYD
        VR0OBBYEFMAni4+dVWENCl4qQDm6j71hhCUIMB8GA1UdIwQYMBaAFMAni4+dVWEN
        Cl4qQDm6j71hhCUIMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEB
        AC6fQeb8C+H+cmJ+qGCVF0XBm3w1/S2Vw6+VUJBXLkdtBwNUAXsvzAhV23Ea0Kmd
        f5arGTmD7XmqNsKsXTef3EUY48t0iTT3XADHRe6BOp88Iv41RLEurHKEkn/YWhen
        MHpyGejwk3iRDTLqLcI/gZWtNtLEuViyixKDSbIEhka7hbBwe9L9yKT972oQCooe
        pJN4Ore0bzMAqLGvYGW6902gb3oJrOiFU1GDIEZhND/moy3Kmkjz3KdITKklB5sb
        CauBZCHJ78PkGMPbj7BYQPpxMM+fwmFH7TL6licFLcKoAL7Ha8PnjV3NRD5W2fk3
        gI0GMWyfxrtnBtf7cvxmW1U=
        -----END CERTIFICATE-----
        """

    // gitleaks:allow: a key without a secret to keep, for loopback alone.
    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDUAW8ueraNFC/Q
        t5Wnz7edYEnZ1nWOwZFNd4D+p3o/VbtVIHPJNBERrmvkjJn1Y/YPYFoX4DOYoKJS
        gF+lnydo7NCAr05y5GT1aQyDN1NIpUB4ZbyJ3gfeu0WYyn+XkP58o6KT0Ev5AsCO
        pIIYGgIjM1mBi2TXtOe1guXqMkN0j/PxMnoVcpIVyPOsoKcrSY4hXKdMSa/QCzuh
        1cu3t9bVwn73f0rMduBLe2fGUbqvZrlVDyYsIxEvlBe9GC2ZGMm4OwpsEkvv5zo0
        VqOn4NUxVw3ywlJVVIlx5LMYbMzu0VRN1k6NQ4zpT7a3/cGVVHjNwzVfwogC/qHh
        JrbV6UjvAgMBAAECggEAMynFcyoaNCHTCEPF0iHG5iv+ppui8zizoEZe0xYH4pEG
        DJ0wVDZEiEfXsehcn2PoVf2iwHBTA1qA0fg5HPczw5ajGuszu3ZzBua7Jk+LwdRf
        oq6quXrj21TGjwEPmbxcLigvbAywyP9pCQOagcaFDYmu6ByD0arO4HcelU5cCRzj
        zg4YgsIdmNYXBEeJeVUpRZeZ2ReH3sDMGhkVm9176XceJRdNCUN9CwBvT28SESLO
        C18HsI18lRNgvjyRy299tU2o1kSez+AeM0byu1Lj69dH+mdf14GDA4EiV09kTHxL
        9DfXUbwL9vpZ+iNpGFyVl+OFUebobAcqCHETk8b/QQKBgQD4QXOMm3zaY64O93Xq
        CyuIf74/D9hfcgXOzU6HDYDvduRDFwXPcjZnESOPAcq1xDelVnmybsFJat0u30At
        hxbswfLePQP0yMJqYoUBo/R4oP0puRPGOG8e+6IM94sXy1Oa5yaqms9Heq6UQna+
        kJkwdj8DdbI4OcivA0fueMMyUwKBgQDann40z6OdnuGINs8YyiiZEyqnKBcshsyp
        pKm3kjV7pxLxORYhFui1E4mIfI7Dpx+NfBsqMls5B6k4FnlX3Senyzytm/9d8WxS
        KQLe98owTJOU82E0udCoJaamQDCjNNVAcy9jkMPQlYDgWNK16VFDm5wQ77Fbx+wr
        2SiGw4hzdQKBgQDDHgYoTAjsSI4EO2CUy6SyitxHCjgghCimaly+7tEY5NPxGwY5
        DmZNyX2uJ1VgWVD3BSlvIXePMYuYDGWPou5UtPcizsfuO1/6Z2ZsbKV3rehsQ4eU
        MsS7kEDEekb7M5aJWAXe7v/dCUJvSnGzw0hze2x5Vqb1ZA0j6Ks/dfDM+wKBgAib
        PLSvh+1ol9BY+AYtzzNXgdJaza6/D8eN5/CGHPzlMuW0LZ7X3Alk34E0BhrFtYRI
        YnliyhyQpKTEnbpLxofghF8BSShVnMIPQ0Gr15XXLegrPKRqvEAiW1EoLcH/DnYf
        ErqEtHC9sfkjBgiLStuygI5aIU1PrYh8YBAOGo0RAoGAEmmpW9NSUCl7q7tDQoaF
        EqAf6GTBoYM3zdd3pUcorNHre4VGV5sKaswA/GCtBIVebf0ffHBS6TFBL2J4Vooe
        JOyz/irv/ueCwsu2aAqgRYBuWf19vdQwO6B6eUVk+Rrt1hL+khFzDx7n7s5m8v+8
        Y93y9TQBuJYDi6YyEHL2fnA=
        -----END PRIVATE KEY-----
        """
}
