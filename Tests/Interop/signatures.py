"""Signs and verifies SAML assertions with signxml: see signatures.sh."""

import sys

from lxml import etree
from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod, XMLSigner, XMLVerifier, methods

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
DS = "http://www.w3.org/2000/09/xmldsig#"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def verify(path, ca, digest="sha256"):
    digests = {DigestAlgorithm.SHA1, DigestAlgorithm.SHA256}
    signatures = {SignatureMethod.RSA_SHA1, SignatureMethod.RSA_SHA256, SignatureMethod.ECDSA_SHA256}
    expected = SignatureConfiguration(
        require_x509=True, digest_algorithms=frozenset(digests), signature_methods=frozenset(signatures)
    )
    root = etree.fromstring(read(path))
    assertion = root if root.tag == "{%s}Assertion" % SAML else root.find(".//{%s}Assertion" % SAML)
    result = XMLVerifier().verify(
        assertion, ca_pem_file=ca, id_attribute="ID", expect_config=expected
    )
    signed = result.signed_xml
    if signed.get("ID") != assertion.get("ID"):
        raise SystemExit("another element is signed")
    print(signed.tag, signed.get("ID"))


def sign(path, key, certificate, output):
    root = etree.fromstring(read(path))
    root.insert(1, etree.Element("{%s}Signature" % DS, nsmap={"ds": DS}, Id="placeholder"))
    signer = XMLSigner(method=methods.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
    signed = signer.sign(
        root, key=read(key), cert=read(certificate).decode(), reference_uri=root.get("ID"), id_attribute="ID"
    )
    with open(output, "wb") as file:
        file.write(etree.tostring(signed))


if __name__ == "__main__":
    {"verify": verify, "sign": sign}[sys.argv[1]](*sys.argv[2:])
