#include "CCrypto.h"
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

struct cisis_certificate {
    EVP_PKEY *key;
    X509 *certificate;
};

static int add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension == NULL) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

static int set_serial(X509 *certificate) {
    unsigned char bytes[8];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return 0;
    uint64_t number = 0;
    memcpy(&number, bytes, sizeof number);
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1 | 1);
}

static int fill(cisis_certificate *made, const cisis_certificate *issuer, const char *name, int64_t from, int64_t to,
                const char *alternatives) {
    X509 *certificate = made->certificate;
    X509 *authority = issuer == NULL ? certificate : issuer->certificate;
    X509_NAME *subject = X509_get_subject_name(certificate);
    if (X509_set_version(certificate, 2) != 1 || !set_serial(certificate)) return 0;
    if (X509_gmtime_adj(X509_getm_notBefore(certificate), (long)from) == NULL) return 0;
    if (X509_gmtime_adj(X509_getm_notAfter(certificate), (long)to) == NULL) return 0;
    if (X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0) != 1) return 0;
    if (X509_set_issuer_name(certificate, X509_get_subject_name(authority)) != 1) return 0;
    if (X509_set_pubkey(certificate, made->key) != 1) return 0;
    const char *constraints = issuer == NULL ? "critical,CA:TRUE" : "critical,CA:FALSE";
    const char *usage = issuer == NULL ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature";
    if (!add_extension(certificate, authority, NID_basic_constraints, constraints)) return 0;
    if (!add_extension(certificate, authority, NID_key_usage, usage)) return 0;
    if (alternatives != NULL && !add_extension(certificate, authority, NID_subject_alt_name, alternatives)) return 0;
    return X509_sign(certificate, issuer == NULL ? made->key : issuer->key, EVP_sha256()) > 0;
}

cisis_certificate *cisis_certificate_new(const cisis_certificate *issuer, const char *name, int64_t from, int64_t to,
                                         const char *alternatives) {
    cisis_certificate *made = calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    made->key = EVP_EC_gen("P-256");
    made->certificate = X509_new();
    if (made->key == NULL || made->certificate == NULL || !fill(made, issuer, name, from, to, alternatives)) {
        cisis_certificate_free(made);
        return NULL;
    }
    return made;
}

static char *text(BIO *bio) {
    char *bytes = NULL;
    long count = BIO_get_mem_data(bio, &bytes);
    char *copy = count > 0 ? malloc((size_t)count + 1) : NULL;
    if (copy == NULL) return NULL;
    memcpy(copy, bytes, (size_t)count);
    copy[count] = 0;
    return copy;
}

char *cisis_certificate_pem(const cisis_certificate *made) {
    BIO *bio = BIO_new(BIO_s_mem());
    if (bio == NULL) return NULL;
    char *copy = PEM_write_bio_X509(bio, made->certificate) == 1 ? text(bio) : NULL;
    BIO_free(bio);
    return copy;
}

char *cisis_certificate_key_pem(const cisis_certificate *made) {
    BIO *bio = BIO_new(BIO_s_mem());
    if (bio == NULL) return NULL;
    char *copy = PEM_write_bio_PrivateKey(bio, made->key, NULL, NULL, 0, NULL, NULL) == 1 ? text(bio) : NULL;
    BIO_free(bio);
    return copy;
}

void cisis_text_free(char *text) { free(text); }

void cisis_certificate_free(cisis_certificate *made) {
    if (made == NULL) return;
    EVP_PKEY_free(made->key);
    X509_free(made->certificate);
    free(made);
}
