#include "base/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What does not fit ends with a whole character of UTF-8. */
static void cut(char *text, size_t size)
{
	size_t len = strlen(text), last = len;

	if (len + 1 < size)
		return;
	while (last > 0 && len - last < 4 && ((unsigned char)text[--last] & 0xc0) == 0x80)
		;
	text[last + view_utf8_prefix((struct view){text + last, len - last})] = '\0';
}

void err_set_(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	err->code = code;
	err->hint[0] = '\0';
	va_start(ap, fmt);
	vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	cut(err->msg, sizeof(err->msg));
}

void err_wrap_(struct err *err, const char *fmt, ...)
{
	char head[sizeof(err->msg)];
	size_t len;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(head, sizeof(head) - 2, fmt, ap);
	va_end(ap);
	cut(head, sizeof(head) - 2);
	len = strlen(head);
	memcpy(head + len, ": ", 3);
	len += 2;
	memmove(err->msg + len, err->msg, sizeof(err->msg) - len);
	memcpy(err->msg, head, len);
	err->msg[sizeof(err->msg) - 1] = '\0';
	cut(err->msg, sizeof(err->msg));
}

void err_hint_(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err->hint, sizeof(err->hint), fmt, ap);
	va_end(ap);
	cut(err->hint, sizeof(err->hint));
}

int err_exit_status(enum err_code code)
{
	switch (code) {
	case ERR_NONE: return 0;
	case ERR_USAGE: return 2;
	case ERR_IO:
	case ERR_FORMAT:
	case ERR_LIMIT: return 3;
	case ERR_DENIED: return 4;
	case ERR_OUTPUT:
	case ERR_INTERNAL: return 5;
	case ERR_CANCELLED: return 130;
	case ERR_CLOSED: return 141; /* 128 + SIGPIPE, as the shell counts */
	}
	return 5;
}
