#pragma once
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libexslt/exslt.h>
#include <libxslt/extra.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <stdio.h>

// libxslt's error handler is variadic, which Swift cannot write: format, then hand the text on.
typedef void (*cisis_xslt_report)(const char *text);
static inline void cisis_xslt_format(void *report, const char *format, ...) {
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    ((cisis_xslt_report)report)(text);
}
static inline void cisis_xslt_set_report(cisis_xslt_report report) {
    xsltSetGenericErrorFunc((void *)report, cisis_xslt_format);
}
