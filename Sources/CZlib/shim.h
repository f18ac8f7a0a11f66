#pragma once
#include <zlib.h>

// `inflateInit2` is a macro, which Swift cannot call. A negative window means a bare deflate stream, as in a zip.
static inline int cisis_inflate_start(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
// A window of 32 more means a stream of gzip or zlib, told by its head.
static inline int cisis_inflate_start_any(z_stream *stream) { return inflateInit2(stream, 32 + MAX_WBITS); }
