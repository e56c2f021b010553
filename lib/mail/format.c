#include "mail/mail.h"

#include "base/base64.h"
#include "base/date.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	WORD = 45, /* bytes in an encoded word: 75 characters at most (RFC 2047, section 2) */
	LINE = 57, /* bytes in a line of base64: 76 characters */
	ADDRESS_MAX = 254,
};

bool mail_is_address(struct view v)
{
	const char *at = v.len ? memchr(v.ptr, '@', v.len) : NULL;

	if (!at || at == v.ptr || at == v.ptr + v.len - 1 || v.len > ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];

		if (c <= ' ' || c >= 127 || strchr("<>()[]\\,;:\"", c) ||
		    (c == '@' && v.ptr + i != at))
			return false;
	}
	return true;
}

/* The longest beginning of at most `max` bytes that cuts no character. */
static struct view whole_characters(struct view v, size_t max)
{
	size_t len = MIN(v.len, max);

	while (len < v.len && len > 0 && ((unsigned char)v.ptr[len] & 0xc0) == 0x80)
		len--;
	return (struct view){v.ptr, len};
}

/* RFC 2047: "=?UTF-8?B?...?=", as many as it takes. */
static void add_words(struct str *out, struct view text)
{
	for (const char *between = ""; text.len > 0; between = "\r\n ") {
		struct view piece = whole_characters(text, WORD);

		str_addf(out, "%s=?UTF-8?B?", between);
		base64_add(out, piece);
		str_addz(out, "?=");
		text = (struct view){text.ptr + piece.len, text.len - piece.len};
	}
}

/* RFC 5322, section 3.3, in UTC. */
static void add_date(struct str *out, int64_t now)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t seconds = now / 1000000, day = seconds / 86400, rest = seconds % 86400;
	struct civil c = date_to_civil((date_t)day);

	str_addf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n",
	    days + 3 * ((day + 4) % 7), c.day, months + 3 * (c.month - 1), c.year,
	    (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

static void add_text(struct str *out, struct view text)
{
	while (text.len > 0) {
		struct view line = {text.ptr, MIN(text.len, (size_t)LINE)};

		base64_add(out, line);
		str_addz(out, "\r\n");
		text = (struct view){text.ptr + line.len, text.len - line.len};
	}
}

void mail_format(struct str *ret, const struct mail_box *box, const struct mail *m, int64_t id,
    int64_t now)
{
	const char *host = strchr(box->from, '@');

	add_date(ret, now);
	str_addz(ret, "From: ");
	if (box->name) {
		add_words(ret, VIEW(box->name));
		str_addc(ret, ' ');
	}
	str_addf(ret, "<%s>\r\nTo: <%.*s>\r\nSubject: ", box->from, VIEW_ARG(m->to));
	add_words(ret, m->subject);
	str_addf(ret, "\r\nMessage-ID: <%" PRId64 ".%" PRId64 "%s>\r\n", now, id,
	    host ? host : "@localhost");
	str_addz(ret, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
		      "Content-Type: text/plain; charset=utf-8\r\n"
		      "Content-Transfer-Encoding: base64\r\n\r\n");
	add_text(ret, m->text);
}
