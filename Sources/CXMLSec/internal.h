#pragma once
#include "CXMLSec.h"
#include <openssl/evp.h>
#include <openssl/x509.h>

struct cisis_identity {
    EVP_PKEY *key;
    STACK_OF(X509) *certificates;
};

/// Copies a text into a buffer of fixed size, cut where it does not fit.
void cisis_words(char *buffer, size_t size, const char *text);
/// The last words of OpenSSL's queue of this thread, which is emptied.
void cisis_openssl_words(char *buffer, size_t size, const char *otherwise);
