#include "portal/qr.h"

#include <qrencode.h>
#include <sodium.h>

enum { QUIET = 4 }; /* ISO/IEC 18004, section 6.3.8 */

static void free_code(QRcode **c)
{
	if (*c)
		sodium_memzero((*c)->data, (size_t)(*c)->width * (size_t)(*c)->width);
	QRcode_free(*c);
}

/* Each run of dark modules of a row is one piece of the path. */
static void add_row(struct str *ret, const unsigned char *row, int width, int y)
{
	for (int x = 0, end; x < width; x = end) {
		for (end = x; end < width && (row[end] & 1) == (row[x] & 1);)
			end++;
		if (row[x] & 1)
			str_addf(ret, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
	}
}

int qr_draw(struct str *ret, const char *text, struct err *err)
{
	AUTO(free_code)
	QRcode *c = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	int size;

	if (!c)
		return err_set(err, ERR_LIMIT, "too long for a QR code");
	size = c->width + 2 * QUIET;
	str_addf(ret,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"240\" "
	    "height=\"240\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
	    "<path fill=\"#fff\" d=\"M0 0h%dv%dh-%dz\"/><path fill=\"#000\" d=\"",
	    size, size, size, size, size);
	for (int y = 0; y < c->width; y++)
		add_row(ret, c->data + (size_t)y * (size_t)c->width, c->width, y);
	str_addz(ret, "\"/></svg>");
	return 0;
}
