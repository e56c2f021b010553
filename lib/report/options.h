/* The options every analysis has, for the option tables of cmd/. */
#ifndef REPORT_OPTIONS_H
/* clang-format off */
#define REPORT_OPTIONS_H

#include "base/opt.h"
#include "report/report.h"

#define REPORT_OPTIONS(type, member)                                                               \
	{.name = "format", .kind = OPT_CHOICE,                                                     \
	    .offset = offsetof(type, member) + offsetof(struct report_output, format),             \
	    .value = REPORT_FORMATS, .help = "what to print"},                                     \
	{                                                                                          \
		.name = "report", .kind = OPT_OUTPUT,                                              \
		.offset = offsetof(type, member) + offsetof(struct report_output, html_path),      \
		.value = "FILE", .help = "also write one HTML page with charts"                    \
	}
/* clang-format on */

#endif
