// SwiftPM drops the definitions of pkg-config: without them the layout of xmlsec's structures would differ silently.
#define XMLSEC_CRYPTO_OPENSSL 1
#define XMLSEC_NO_SIZE_T 1
#define XMLSEC_NO_CRYPTO_DYNAMIC_LOADING 1
#define XMLSEC_NO_GOST 1
#define XMLSEC_NO_GOST2012 1
#define __XMLSEC_FUNCTION__ __func__

#include "internal.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <string.h>
#include <stdlib.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/errors.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/templates.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

/// The first error of xmlsec of this thread in the running call.
static _Thread_local char first_error[256];

static void error_told(
    const char *file, int line, const char *function, const char *object, const char *subject, int reason,
    const char *message) {
    (void)file;
    (void)line;
    (void)object;
    (void)subject;
    if (first_error[0] != 0) return;
    const char *kind = NULL;
    for (xmlSecSize position = 0; xmlSecErrorsGetMsg(position) != NULL; position++) {
        if (xmlSecErrorsGetCode(position) == reason) kind = xmlSecErrorsGetMsg(position);
    }
    (void)function;
    char text[sizeof first_error];
    text[0] = 0;
    cisis_words(text, sizeof text, kind == NULL ? "xmlsec" : kind);
    if (message != NULL && message[0] != 0) {
        size_t length = strlen(text);
        if (length + 3 < sizeof text) {
            memcpy(text + length, ": ", 3);
            cisis_words(text + length + 2, sizeof text - length - 2, message);
        }
    }
    memcpy(first_error, text, sizeof first_error);
}

// libxml2 before 2.12 passes a mutable error, later ones a constant: no prototype suits both.
static void silent() {}

int cisis_xmlsec_start(void) {
    xmlInitParser();
    if (xmlSecInit() < 0) return -1;
    if (xmlSecOpenSSLAppInit(NULL) < 0) return -1;
    if (xmlSecOpenSSLInit() < 0) return -1;
    // The OpenSSL side sets a callback of its own, which prints.
    xmlSecErrorsSetCallback(error_told);
    return 0;
}

static xmlNodePtr following(xmlNodePtr node, xmlNodePtr root) {
    xmlNodePtr child = xmlFirstElementChild(node);
    if (child != NULL) return child;
    while (node != NULL && node != root) {
        xmlNodePtr sibling = xmlNextElementSibling(node);
        if (sibling != NULL) return sibling;
        node = node->parent;
    }
    return NULL;
}

/// The document, the elements of `identifiers` registered under their value, `*signature` found; NULL when not.
static xmlDocPtr opened(
    const uint8_t *xml, size_t count, size_t ordinal, const cisis_identifier *identifiers, size_t identifiers_count,
    xmlNodePtr *signature) {
    int options = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES |
                  XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDocPtr document = xmlReadMemory((const char *)xml, (int)count, NULL, NULL, options);
    if (document == NULL) return NULL;
    *signature = NULL;
    size_t registered = 0;
    xmlNodePtr root = xmlDocGetRootElement(document);
    size_t position = 0;
    for (xmlNodePtr node = root; node != NULL; node = following(node, root), position++) {
        if (position == ordinal) *signature = node;
        for (size_t index = 0; index < identifiers_count; index++) {
            const cisis_identifier *identifier = &identifiers[index];
            if (identifier->element != position) continue;
            xmlAttrPtr attribute = identifier->namespace_uri == NULL
                ? xmlHasNsProp(node, BAD_CAST identifier->attribute, NULL)
                : xmlHasNsProp(node, BAD_CAST identifier->attribute, BAD_CAST identifier->namespace_uri);
            xmlChar *value = attribute == NULL ? NULL : xmlNodeListGetString(document, attribute->children, 1);
            // `xml:id` is an identifier already.
            if (value != NULL && (xmlGetID(document, value) != NULL || xmlAddID(NULL, document, value, attribute) != NULL)) {
                registered++;
            }
            xmlFree(value);
        }
    }
    if (*signature == NULL || registered != identifiers_count) {
        xmlFreeDoc(document);
        return NULL;
    }
    return document;
}

/// A context that follows references within the document alone, by harmless transforms alone.
static xmlSecDSigCtxPtr restricted(void) {
    xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
    if (context == NULL) return NULL;
    context->flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
    context->enabledReferenceUris = xmlSecTransformUriTypeEmpty | xmlSecTransformUriTypeSameDocument;
    const xmlSecTransformId references[] = {
        xmlSecTransformEnvelopedId, xmlSecTransformInclC14NId, xmlSecTransformInclC14NWithCommentsId,
        xmlSecTransformExclC14NId, xmlSecTransformExclC14NWithCommentsId, xmlSecTransformXPath2Id,
        xmlSecOpenSSLTransformSha1Id, xmlSecOpenSSLTransformSha256Id, xmlSecOpenSSLTransformSha384Id,
        xmlSecOpenSSLTransformSha512Id,
    };
    const xmlSecTransformId signatures[] = {
        xmlSecTransformInclC14NId, xmlSecTransformInclC14NWithCommentsId, xmlSecTransformExclC14NId,
        xmlSecTransformExclC14NWithCommentsId, xmlSecOpenSSLTransformRsaSha1Id, xmlSecOpenSSLTransformRsaSha256Id,
        xmlSecOpenSSLTransformRsaSha384Id, xmlSecOpenSSLTransformRsaSha512Id, xmlSecOpenSSLTransformEcdsaSha1Id,
        xmlSecOpenSSLTransformEcdsaSha256Id, xmlSecOpenSSLTransformEcdsaSha384Id, xmlSecOpenSSLTransformEcdsaSha512Id,
    };
    for (size_t index = 0; index < sizeof references / sizeof *references; index++) {
        if (xmlSecDSigCtxEnableReferenceTransform(context, references[index]) < 0) goto failed;
    }
    for (size_t index = 0; index < sizeof signatures / sizeof *signatures; index++) {
        if (xmlSecDSigCtxEnableSignatureTransform(context, signatures[index]) < 0) goto failed;
    }
    return context;
failed:
    xmlSecDSigCtxDestroy(context);
    return NULL;
}

static xmlSecKeyPtr made_key(EVP_PKEY *value) {
    EVP_PKEY_up_ref(value);
    xmlSecKeyDataPtr data = xmlSecOpenSSLEvpKeyAdopt(value);
    if (data == NULL) {
        EVP_PKEY_free(value);
        return NULL;
    }
    xmlSecKeyPtr key = xmlSecKeyCreate();
    if (key == NULL || xmlSecKeySetValue(key, data) < 0) {
        xmlSecKeyDataDestroy(data);
        if (key != NULL) xmlSecKeyDestroy(key);
        return NULL;
    }
    return key;
}

static void enter(void) {
    first_error[0] = 0;
    xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)silent);
}

static void leave(void) { xmlSetStructuredErrorFunc(NULL, NULL); }

static void tell_references(xmlSecDSigCtxPtr context, cisis_verification *out) {
    xmlSecSize count = xmlSecPtrListGetSize(&context->signedInfoReferences);
    for (xmlSecSize index = 0; index < count && index < CISIS_MAXIMUM_REFERENCES; index++) {
        xmlSecDSigReferenceCtxPtr reference = xmlSecPtrListGetItem(&context->signedInfoReferences, index);
        if (reference == NULL) continue;
        out->references[index] = reference->status == xmlSecDSigStatusSucceeded ? 1
            : reference->status == xmlSecDSigStatusInvalid                     ? 0
                                                                               : -1;
        out->reference_count = index + 1;
    }
}

void cisis_signature_verify(
    const uint8_t *xml, size_t count, size_t signature, const cisis_identifier *identifiers, size_t identifiers_count,
    const uint8_t *certificate, size_t certificate_count, cisis_verification *out) {
    memset(out, 0, sizeof *out);
    memset(out->references, -1, sizeof out->references);
    out->is_valid = -1;
    out->value = -1;
    enter();
    xmlNodePtr node = NULL;
    xmlSecDSigCtxPtr context = NULL;
    xmlDocPtr document = opened(xml, count, signature, identifiers, identifiers_count, &node);
    if (document != NULL) context = restricted();
    if (context != NULL && certificate != NULL) {
        const unsigned char *position = certificate;
        X509 *read = d2i_X509(NULL, &position, (long)certificate_count);
        EVP_PKEY *key = read == NULL ? NULL : X509_get0_pubkey(read);
        if (key != NULL) context->signKey = made_key(key);
        X509_free(read);
    }
    if (context != NULL) {
        int done = xmlSecDSigCtxVerify(context, node);
        tell_references(context, out);
        int digests = out->reference_count > 0;
        for (size_t index = 0; index < out->reference_count; index++) digests = digests && out->references[index] == 1;
        if (done >= 0 && context->status == xmlSecDSigStatusSucceeded && digests) {
            out->is_valid = 1;
            out->value = 1;
        } else if (done >= 0 && context->status == xmlSecDSigStatusInvalid) {
            out->is_valid = 0;
            if (digests) out->value = 0;
        }
    }
    cisis_words(out->message, sizeof out->message, first_error);
    if (context != NULL) xmlSecDSigCtxDestroy(context);
    if (document != NULL) xmlFreeDoc(document);
    leave();
}

int cisis_signature_sign(
    const uint8_t *xml, size_t count, size_t signature, const cisis_identifier *identifiers, size_t identifiers_count,
    const cisis_identity *identity, cisis_bytes *out, char *reason, size_t reason_size) {
    int result = -1;
    out->bytes = NULL;
    out->count = 0;
    enter();
    xmlNodePtr node = NULL;
    xmlSecDSigCtxPtr context = NULL;
    xmlDocPtr document = opened(xml, count, signature, identifiers, identifiers_count, &node);
    if (document != NULL) context = restricted();
    if (context != NULL) context->signKey = made_key(identity->key);
    if (context != NULL && context->signKey != NULL && xmlSecDSigCtxSign(context, node) >= 0 &&
        context->status == xmlSecDSigStatusSucceeded) {
        xmlChar *text = NULL;
        int length = 0;
        xmlDocDumpMemoryEnc(document, &text, &length, "UTF-8");
        if (text != NULL && length > 0 && (out->bytes = malloc((size_t)length)) != NULL) {
            memcpy(out->bytes, text, (size_t)length);
            out->count = (size_t)length;
            result = 0;
        }
        xmlFree(text);
    }
    if (result != 0) cisis_words(reason, reason_size, first_error[0] == 0 ? "xmlsec refused" : first_error);
    if (context != NULL) xmlSecDSigCtxDestroy(context);
    if (document != NULL) xmlFreeDoc(document);
    leave();
    return result;
}
