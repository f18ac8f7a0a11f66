#!/usr/bin/env bash
# Judges XML signatures with two strangers: the `xmlsec1` tool and Python's `signxml`.
#
#   signatures.sh verify KIND FILE CA.pem      KIND: saml (an assertion) or xades (a submission's or a list's signature)
#   signatures.sh sign FILE KEY CERT OUT       an assertion with an empty signature after its Issuer, signed by xmlsec1
#   signatures.sh signxml-verify FILE CA.pem [DIGEST]
#   signatures.sh signxml-sign FILE KEY CERT OUT
#
# CISIS_SIGNXML names a python that has signxml (else python3). Ends with 0 when the stranger accepts.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=${CISIS_SIGNXML:-python3}
action=$1
shift
case $action in
  verify)
    kind=$1 file=$2 ca=$3
    if [ "$kind" = saml ]; then
      xmlsec1 --verify --trusted-pem "$ca" --id-attr:ID urn:oasis:names:tc:SAML:2.0:assertion:Assertion "$file"
    else
      xmlsec1 --verify --ignore-manifests --trusted-pem "$ca" --enabled-reference-uris empty,same-doc \
        --id-attr:Id http://www.w3.org/2000/09/xmldsig#:Manifest \
        --id-attr:Id http://uri.etsi.org/01903/v1.1.1#:SignedProperties \
        --id-attr:Id http://uri.etsi.org/01903/v1.3.2#:SignedProperties "$file"
    fi
    ;;
  sign)
    xmlsec1 --sign --privkey-pem "$2,$3" --id-attr:ID urn:oasis:names:tc:SAML:2.0:assertion:Assertion --output "$4" "$1"
    ;;
  signxml-verify | signxml-sign) "$python" "$here/signatures.py" "${action#signxml-}" "$@" ;;
  *) exit 64 ;;
esac
