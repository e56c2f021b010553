#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static enum log_level threshold = LOG_NORMAL;

void log_set_level(enum log_level level)
{
	threshold = level;
}

void log_error(const struct err *err)
{
	if (err->code == ERR_CLOSED)
		return;
	fprintf(stderr, "hygie: %s\n", err->msg);
	if (err->hint[0])
		fprintf(stderr, "  %s\n", err->hint);
}

static ATTR_PRINTF(2, 0) void say(const char *prefix, const char *fmt, va_list ap)
{
	fputs(prefix, stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

void log_warn(const char *fmt, ...)
{
	va_list ap;

	if (threshold < LOG_NORMAL)
		return;
	va_start(ap, fmt);
	say("hygie: warning: ", fmt, ap);
	va_end(ap);
}

void log_info(const char *fmt, ...)
{
	va_list ap;

	if (threshold < LOG_NORMAL)
		return;
	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}
