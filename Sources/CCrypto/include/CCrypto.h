#pragma once
#include <stddef.h>
#include <stdint.h>

// Opaque digests over OpenSSL's EVP, so that no OpenSSL header reaches Swift.
typedef struct cisis_digest cisis_digest;

/// `name` is an OpenSSL digest name ("SHA1", "SHA256"); NULL when OpenSSL does not know it.
cisis_digest *cisis_digest_new(const char *name);
void cisis_digest_update(cisis_digest *digest, const void *bytes, size_t count);
/// A copy of the running state; NULL when memory is out.
cisis_digest *cisis_digest_copy(const cisis_digest *digest);
/// Writes the digest to `out` (64 bytes suffice) and returns its length. The state is spent afterwards.
size_t cisis_digest_finish(cisis_digest *digest, uint8_t *out);
void cisis_digest_free(cisis_digest *digest);

// A key on P-256 with its certificate, made anew.
typedef struct cisis_certificate cisis_certificate;

/// `issuer` NULL: an authority that signs itself. In force from `from` to `to`, seconds from now, which may be negative.
/// `alternatives`, where not NULL: "DNS:localhost,IP:127.0.0.1". NULL when OpenSSL cannot.
cisis_certificate *cisis_certificate_new(const cisis_certificate *issuer, const char *name, int64_t from, int64_t to,
                                         const char *alternatives);
/// The certificate in PEM, to be freed by `cisis_text_free`; NULL when memory is out.
char *cisis_certificate_pem(const cisis_certificate *made);
/// The key in PEM, unlocked, to be freed by `cisis_text_free`; NULL when memory is out.
char *cisis_certificate_key_pem(const cisis_certificate *made);
void cisis_text_free(char *text);
void cisis_certificate_free(cisis_certificate *made);
