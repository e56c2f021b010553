/*
 * Words to the person at the terminal, on stderr. For commands: libraries
 * return errors and counts instead.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/base.h"

enum log_level {
	LOG_QUIET,  /* errors only */
	LOG_NORMAL, /* and what was done */
};

void log_set_level(enum log_level level);
void log_error(const struct err *err);
void log_warn(const char *fmt, ...) ATTR_PRINTF(1, 2);
void log_info(const char *fmt, ...) ATTR_PRINTF(1, 2);

#endif
