#include "internal.h"
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void cisis_words(char *buffer, size_t size, const char *text) {
    if (buffer == NULL || size == 0) return;
    size_t length = strlen(text);
    if (length >= size) length = size - 1;
    memcpy(buffer, text, length);
    buffer[length] = 0;
}

void cisis_openssl_words(char *buffer, size_t size, const char *otherwise) {
    unsigned long code = ERR_peek_last_error();
    const char *text = code == 0 ? NULL : ERR_reason_error_string(code);
    cisis_words(buffer, size, text == NULL ? otherwise : text);
    ERR_clear_error();
}

void cisis_bytes_free(cisis_bytes *bytes) {
    free(bytes->bytes);
    bytes->bytes = NULL;
    bytes->count = 0;
}

static int encode(X509 *certificate, cisis_bytes *der) {
    unsigned char *buffer = NULL;
    int length = i2d_X509(certificate, &buffer);
    if (length <= 0) return -1;
    der->bytes = malloc((size_t)length);
    if (der->bytes == NULL) {
        OPENSSL_free(buffer);
        return -1;
    }
    memcpy(der->bytes, buffer, (size_t)length);
    der->count = (size_t)length;
    OPENSSL_free(buffer);
    return 0;
}

static X509 *decode(const uint8_t *der, size_t count) {
    const unsigned char *position = der;
    X509 *certificate = d2i_X509(NULL, &position, (long)count);
    // What follows a certificate is none of it.
    if (certificate != NULL && position != der + count) {
        X509_free(certificate);
        certificate = NULL;
    }
    ERR_clear_error();
    return certificate;
}

static char *name_text(const X509_NAME *name) {
    BIO *output = BIO_new(BIO_s_mem());
    if (output == NULL) return NULL;
    char *text = NULL;
    if (X509_NAME_print_ex(output, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0) {
        char *data = NULL;
        long length = BIO_get_mem_data(output, &data);
        text = malloc((size_t)length + 1);
        if (text != NULL) {
            memcpy(text, data, (size_t)length);
            text[length] = 0;
        }
    }
    BIO_free(output);
    return text;
}

static int64_t seconds(const ASN1_TIME *time) {
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
    return (int64_t)timegm(&parts);
}

int cisis_certificate_read(const uint8_t *der, size_t count, cisis_certificate *out) {
    memset(out, 0, sizeof *out);
    X509 *certificate = decode(der, count);
    if (certificate == NULL) return -1;
    out->subject = name_text(X509_get_subject_name(certificate));
    out->issuer = name_text(X509_get_issuer_name(certificate));
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
    char *digits = number == NULL ? NULL : BN_bn2dec(number);
    out->serial = digits == NULL ? NULL : strdup(digits);
    OPENSSL_free(digits);
    BN_free(number);
    out->not_before = seconds(X509_get0_notBefore(certificate));
    out->not_after = seconds(X509_get0_notAfter(certificate));
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (key != NULL) {
        const char *type = EVP_PKEY_get0_type_name(key);
        cisis_words(out->key_type, sizeof out->key_type, type == NULL ? "unknown" : type);
        out->key_bits = EVP_PKEY_get_bits(key);
    } else {
        cisis_words(out->key_type, sizeof out->key_type, "unknown");
    }
    out->is_authority = X509_check_ca(certificate) > 0;
    X509_free(certificate);
    ERR_clear_error();
    if (out->subject == NULL || out->issuer == NULL || out->serial == NULL) {
        cisis_certificate_clear(out);
        return -1;
    }
    return 0;
}

void cisis_certificate_clear(cisis_certificate *certificate) {
    free(certificate->subject);
    free(certificate->issuer);
    free(certificate->serial);
    memset(certificate, 0, sizeof *certificate);
}

size_t cisis_certificate_next(const uint8_t *pem, size_t count, size_t offset, cisis_bytes *der) {
    if (offset >= count) return 0;
    BIO *input = BIO_new_mem_buf(pem + offset, (int)(count - offset));
    if (input == NULL) return 0;
    X509 *certificate = PEM_read_bio_X509(input, NULL, NULL, NULL);
    size_t next = 0;
    if (certificate != NULL && encode(certificate, der) == 0) next = count - (size_t)BIO_pending(input);
    X509_free(certificate);
    BIO_free(input);
    ERR_clear_error();
    return next;
}

// MARK: Chain

static int add_authorities(X509_STORE *store, const uint8_t *pem, size_t count, int *has_lists) {
    BIO *input = BIO_new_mem_buf(pem, (int)count);
    if (input == NULL) return 0;
    STACK_OF(X509_INFO) *items = PEM_X509_INFO_read_bio(input, NULL, NULL, NULL);
    BIO_free(input);
    int certificates = 0;
    for (int index = 0; index < sk_X509_INFO_num(items); index++) {
        X509_INFO *item = sk_X509_INFO_value(items, index);
        if (item->x509 != NULL && X509_STORE_add_cert(store, item->x509) == 1) certificates++;
        if (item->crl != NULL && X509_STORE_add_crl(store, item->crl) == 1) *has_lists = 1;
    }
    sk_X509_INFO_pop_free(items, X509_INFO_free);
    return certificates;
}

static cisis_chain meaning(int error) {
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return cisis_chain_expired;
    case X509_V_ERR_CERT_NOT_YET_VALID: return cisis_chain_not_yet_valid;
    case X509_V_ERR_CERT_REVOKED: return cisis_chain_revoked;
    default: return cisis_chain_untrusted;
    }
}

cisis_chain cisis_chain_verify(
    const uint8_t *leaf, size_t leaf_count, const uint8_t *const *others, const size_t *other_counts, size_t others_count,
    const uint8_t *authorities, size_t authorities_count, int64_t time, char *reason, size_t reason_size) {
    cisis_chain result = cisis_chain_untrusted;
    int has_lists = 0;
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *untrusted = sk_X509_new_null();
    X509 *certificate = decode(leaf, leaf_count);
    cisis_words(reason, reason_size, "out of memory");
    if (store == NULL || context == NULL || untrusted == NULL || certificate == NULL) goto done;
    if (add_authorities(store, authorities, authorities_count, &has_lists) == 0) {
        cisis_words(reason, reason_size, "no certificate in PEM");
        result = cisis_chain_no_authorities;
        goto done;
    }
    for (size_t index = 0; index < others_count; index++) {
        X509 *other = decode(others[index], other_counts[index]);
        if (other != NULL && sk_X509_push(untrusted, other) == 0) X509_free(other);
    }
    if (X509_STORE_CTX_init(context, store, certificate, untrusted) != 1) goto done;
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(parameters, (time_t)time);
    // An intermediate authority may be named alone: it is then the one that is trusted.
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN | (has_lists ? X509_V_FLAG_CRL_CHECK : 0));
    X509_VERIFY_PARAM_set_depth(parameters, 8);
    if (X509_verify_cert(context) == 1) {
        result = cisis_chain_trusted;
        cisis_words(reason, reason_size, "");
    } else {
        int error = X509_STORE_CTX_get_error(context);
        result = meaning(error);
        cisis_words(reason, reason_size, X509_verify_cert_error_string(error));
    }
done:
    X509_free(certificate);
    sk_X509_pop_free(untrusted, X509_free);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    ERR_clear_error();
    return result;
}

// MARK: Identities

/// Gives the passphrase that is there, and none else: OpenSSL would ask at the terminal.
static int passphrase_given(char *buffer, int size, int writing, void *context) {
    (void)writing;
    const char *passphrase = context;
    if (passphrase == NULL) return -1;
    size_t length = strlen(passphrase);
    if (length > (size_t)size) return -1;
    memcpy(buffer, passphrase, length);
    return (int)length;
}

static cisis_identity *finished(
    EVP_PKEY *key, STACK_OF(X509) *certificates, char *reason, size_t reason_size) {
    if (key != NULL && sk_X509_num(certificates) > 0) {
        if (X509_check_private_key(sk_X509_value(certificates, 0), key) == 1) {
            cisis_identity *identity = malloc(sizeof *identity);
            if (identity != NULL) {
                identity->key = key;
                identity->certificates = certificates;
                ERR_clear_error();
                return identity;
            }
        } else {
            ERR_clear_error();
            cisis_words(reason, reason_size, "the key is not that of the first certificate");
        }
    }
    EVP_PKEY_free(key);
    sk_X509_pop_free(certificates, X509_free);
    ERR_clear_error();
    return NULL;
}

cisis_identity *cisis_identity_pem(
    const uint8_t *certificates, size_t certificates_count, const uint8_t *key, size_t key_count, const char *passphrase,
    char *reason, size_t reason_size) {
    cisis_words(reason, reason_size, "out of memory");
    STACK_OF(X509) *chain = sk_X509_new_null();
    if (chain == NULL) return NULL;
    BIO *input = BIO_new_mem_buf(certificates, (int)certificates_count);
    for (X509 *next; input != NULL && (next = PEM_read_bio_X509(input, NULL, NULL, NULL)) != NULL;) {
        if (sk_X509_push(chain, next) == 0) X509_free(next);
    }
    BIO_free(input);
    ERR_clear_error();
    if (sk_X509_num(chain) == 0) cisis_words(reason, reason_size, "no certificate in PEM");
    EVP_PKEY *private_key = NULL;
    if (sk_X509_num(chain) > 0) {
        input = BIO_new_mem_buf(key, (int)key_count);
        if (input != NULL) private_key = PEM_read_bio_PrivateKey(input, NULL, passphrase_given, (void *)passphrase);
        BIO_free(input);
        if (private_key == NULL) {
            cisis_openssl_words(reason, reason_size, "no private key in PEM, or another passphrase");
        }
    }
    return finished(private_key, chain, reason, reason_size);
}

cisis_identity *cisis_identity_p12(
    const uint8_t *bytes, size_t count, const char *passphrase, char *reason, size_t reason_size) {
    cisis_words(reason, reason_size, "out of memory");
    BIO *input = BIO_new_mem_buf(bytes, (int)count);
    PKCS12 *file = input == NULL ? NULL : d2i_PKCS12_bio(input, NULL);
    BIO_free(input);
    if (file == NULL) {
        cisis_words(reason, reason_size, "no PKCS #12");
        ERR_clear_error();
        return NULL;
    }
    EVP_PKEY *key = NULL;
    X509 *certificate = NULL;
    STACK_OF(X509) *others = NULL;
    int parsed = PKCS12_parse(file, passphrase == NULL ? "" : passphrase, &key, &certificate, &others);
    PKCS12_free(file);
    if (parsed != 1) {
        cisis_openssl_words(reason, reason_size, "another passphrase");
        return NULL;
    }
    STACK_OF(X509) *chain = sk_X509_new_null();
    if (chain != NULL && certificate != NULL && sk_X509_push(chain, certificate) == 0) X509_free(certificate);
    while (chain != NULL && sk_X509_num(others) > 0) {
        X509 *next = sk_X509_shift(others);
        if (sk_X509_push(chain, next) == 0) X509_free(next);
    }
    sk_X509_pop_free(others, X509_free);
    if (sk_X509_num(chain) == 0 || key == NULL) cisis_words(reason, reason_size, "no certificate or no key in it");
    return finished(key, chain, reason, reason_size);
}

void cisis_identity_free(cisis_identity *identity) {
    if (identity == NULL) return;
    EVP_PKEY_free(identity->key);
    sk_X509_pop_free(identity->certificates, X509_free);
    free(identity);
}

size_t cisis_identity_certificate_count(const cisis_identity *identity) {
    return (size_t)sk_X509_num(identity->certificates);
}

int cisis_identity_certificate(const cisis_identity *identity, size_t index, cisis_bytes *der) {
    return encode(sk_X509_value(identity->certificates, (int)index), der);
}
