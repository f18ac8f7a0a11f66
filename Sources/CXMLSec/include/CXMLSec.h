#pragma once
#include <stddef.h>
#include <stdint.h>

// XML signatures over xmlsec1 and X.509 over OpenSSL behind an opaque API: no header of theirs reaches Swift.
//
// Nothing here opens a file or a socket, and nothing prints. Every function may be called from any thread.

/// Makes libxml2's and xmlsec's process-wide state ready; 0 when all is well. Call it once, before the rest.
int cisis_xmlsec_start(void);

/// Bytes that `cisis_bytes_free` frees.
typedef struct {
    uint8_t *bytes;
    size_t count;
} cisis_bytes;

void cisis_bytes_free(cisis_bytes *bytes);

// MARK: Certificates

/// What a certificate says of itself; texts are UTF-8, names as RFC 2253 writes them, times in seconds since 1970 UTC.
typedef struct {
    char *subject;
    char *issuer;
    char *serial;
    int64_t not_before;
    int64_t not_after;
    /// "RSA", "EC" or what else OpenSSL calls it.
    char key_type[24];
    int key_bits;
    int is_authority;
} cisis_certificate;

/// Reads a certificate in DER; 0 when all is well. `cisis_certificate_clear` frees what it holds.
int cisis_certificate_read(const uint8_t *der, size_t count, cisis_certificate *out);
void cisis_certificate_clear(cisis_certificate *certificate);

/// The DER of the certificates of a PEM text one after the other; the next offset in the text, 0 at the end.
size_t cisis_certificate_next(const uint8_t *pem, size_t count, size_t offset, cisis_bytes *der);

/// Why a chain is not trusted.
typedef enum {
    cisis_chain_trusted = 0,
    cisis_chain_untrusted,
    cisis_chain_expired,
    cisis_chain_not_yet_valid,
    cisis_chain_revoked,
    /// The authorities cannot be read.
    cisis_chain_no_authorities,
} cisis_chain;

/// Whether `leaf` leads to one of the authorities in PEM at that time; revocation lists in the same text are heeded.
///
/// `others` are further certificates in DER, each with its length. `reason` takes OpenSSL's own words.
cisis_chain cisis_chain_verify(
    const uint8_t *leaf, size_t leaf_count, const uint8_t *const *others, const size_t *other_counts, size_t others_count,
    const uint8_t *authorities, size_t authorities_count, int64_t time, char *reason, size_t reason_size);

// MARK: Identities

/// A private key and its certificates, the key's own first. Immutable once it is made.
typedef struct cisis_identity cisis_identity;

/// From PEM; NULL with words in `reason`. `passphrase` may be NULL: nobody is asked for one.
cisis_identity *cisis_identity_pem(
    const uint8_t *certificates, size_t certificates_count, const uint8_t *key, size_t key_count, const char *passphrase,
    char *reason, size_t reason_size);

/// From PKCS #12; NULL with words in `reason`.
cisis_identity *cisis_identity_p12(
    const uint8_t *bytes, size_t count, const char *passphrase, char *reason, size_t reason_size);

void cisis_identity_free(cisis_identity *identity);
size_t cisis_identity_certificate_count(const cisis_identity *identity);
/// The DER of a certificate; 0 when all is well.
int cisis_identity_certificate(const cisis_identity *identity, size_t index, cisis_bytes *der);

// MARK: Signatures

/// An attribute that identifies an element: the ordinal of the element in document order, from 0, and the attribute.
typedef struct {
    size_t element;
    const char *attribute;
    /// NULL for an attribute in no namespace.
    const char *namespace_uri;
} cisis_identifier;

/// The most references that are told apart.
#define CISIS_MAXIMUM_REFERENCES 64

typedef struct {
    /// 1: digests and value are right; 0: not, see the others; -1: xmlsec could not say, see `message`.
    int is_valid;
    size_t reference_count;
    /// Of each reference: 1 right, 0 wrong, -1 not looked at.
    int8_t references[CISIS_MAXIMUM_REFERENCES];
    /// 1 right, 0 wrong, -1 not looked at.
    int8_t value;
    char message[256];
} cisis_verification;

/// Verifies the signature that is the element `signature` of the UTF-8 document with the key of a certificate in DER.
///
/// Without certificate (NULL) the digests alone are looked at. Only elements of `identifiers` can be referred to.
void cisis_signature_verify(
    const uint8_t *xml, size_t count, size_t signature, const cisis_identifier *identifiers, size_t identifiers_count,
    const uint8_t *certificate, size_t certificate_count, cisis_verification *out);

/// Fills digests and value of the signature that is the element `signature`; `out` takes the whole document, UTF-8.
///
/// 0 when all is well, else words in `reason`.
int cisis_signature_sign(
    const uint8_t *xml, size_t count, size_t signature, const cisis_identifier *identifiers, size_t identifiers_count,
    const cisis_identity *identity, cisis_bytes *out, char *reason, size_t reason_size);
