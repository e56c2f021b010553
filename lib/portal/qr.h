/* A text as a QR code (libqrencode), drawn as SVG: black on white, four modules of quiet around. */
#ifndef PORTAL_QR_H
#define PORTAL_QR_H

#include "base/str.h"

MUST_CHECK int qr_draw(struct str *ret, const char *text, struct err *err);

#endif
