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
