#include "CCrypto.h"
#include <openssl/evp.h>
#include <stdlib.h>

struct cisis_digest {
    EVP_MD_CTX *context;
};

cisis_digest *cisis_digest_new(const char *name) {
    const EVP_MD *algorithm = EVP_get_digestbyname(name);
    if (algorithm == NULL) return NULL;
    cisis_digest *digest = malloc(sizeof *digest);
    if (digest == NULL) return NULL;
    digest->context = EVP_MD_CTX_new();
    if (digest->context == NULL || EVP_DigestInit_ex(digest->context, algorithm, NULL) != 1) {
        cisis_digest_free(digest);
        return NULL;
    }
    return digest;
}

void cisis_digest_update(cisis_digest *digest, const void *bytes, size_t count) {
    EVP_DigestUpdate(digest->context, bytes, count);
}

cisis_digest *cisis_digest_copy(const cisis_digest *digest) {
    cisis_digest *copy = malloc(sizeof *copy);
    if (copy == NULL) return NULL;
    copy->context = EVP_MD_CTX_new();
    if (copy->context == NULL || EVP_MD_CTX_copy_ex(copy->context, digest->context) != 1) {
        cisis_digest_free(copy);
        return NULL;
    }
    return copy;
}

size_t cisis_digest_finish(cisis_digest *digest, uint8_t *out) {
    unsigned int length = 0;
    EVP_DigestFinal_ex(digest->context, out, &length);
    return length;
}

void cisis_digest_free(cisis_digest *digest) {
    if (digest == NULL) return;
    EVP_MD_CTX_free(digest->context);
    free(digest);
}
