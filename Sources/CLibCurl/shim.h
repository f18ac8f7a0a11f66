#pragma once
#include <curl/curl.h>
#include <stdint.h>
#include <string.h>
#include <netinet/in.h>
#include <sys/socket.h>

// libcurl's setters are variadic, which Swift cannot call: one typed function a kind of value.
static inline CURLcode cisis_curl_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cisis_curl_set_offset(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cisis_curl_set_string(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cisis_curl_set_pointer(CURL *h, CURLoption o, void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cisis_curl_set_list(CURL *h, CURLoption o, struct curl_slist *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode cisis_curl_set_blob(CURL *h, CURLoption o, void *data, size_t n) {
    struct curl_blob blob = {data, n, CURL_BLOB_COPY};
    return curl_easy_setopt(h, o, &blob);
}
typedef size_t (*cisis_curl_transfer)(char *, size_t, size_t, void *);
static inline CURLcode cisis_curl_set_transfer(CURL *h, CURLoption o, cisis_curl_transfer f) { return curl_easy_setopt(h, o, f); }
typedef int (*cisis_curl_debug)(CURL *, curl_infotype, char *, size_t, void *);
static inline CURLcode cisis_curl_set_debug(CURL *h, cisis_curl_debug f) { return curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, f); }
typedef int (*cisis_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode cisis_curl_set_progress(CURL *h, cisis_curl_progress f) { return curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, f); }
static inline CURLcode cisis_curl_get_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode cisis_curl_get_offset(CURL *h, CURLINFO i, curl_off_t *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode cisis_curl_get_string(CURL *h, CURLINFO i, const char **v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode cisis_curl_get_pointer(CURL *h, CURLINFO i, void **v) { return curl_easy_getinfo(h, i, v); }

// A GNU function that <string.h> hides from Swift: the place of `needle` in `haystack`, or NULL.
extern void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
static inline const void *cisis_find(const void *haystack, size_t length, const void *needle, size_t needle_length) {
    return memmem(haystack, length, needle, needle_length);
}

typedef int (*cisis_curl_socket)(void *, curl_socket_t, curlsocktype);
static inline CURLcode cisis_curl_set_socket(CURL *h, cisis_curl_socket f) { return curl_easy_setopt(h, CURLOPT_SOCKOPTFUNCTION, f); }

// Payload bytes that the peer acknowledged or sent on a TCP socket; 0 where the system does not tell.
// Linux: struct tcp_info (linux/tcp.h) has tcpi_bytes_acked at byte 120 and tcpi_bytes_received at 128; <netinet/tcp.h> lacks both.
static inline uint64_t cisis_tcp_progress(int socket) {
#ifdef __linux__
    unsigned char info[256] = {0};
    socklen_t length = sizeof info;
    uint64_t acknowledged = 0, received = 0;
    if (getsockopt(socket, IPPROTO_TCP, 11 /* TCP_INFO */, info, &length) != 0 || length < 136) return 0;
    memcpy(&acknowledged, info + 120, 8);
    memcpy(&received, info + 128, 8);
    return acknowledged + received;
#else
    (void)socket;
    return 0;
#endif
}
