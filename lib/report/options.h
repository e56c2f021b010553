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
/* For commands whose every text has its French (po/report_fr.po). */
#define REPORT_LANGUAGE_OPTION(type, member)                                                       \
	{                                                                                          \
		.name = "language", .kind = OPT_CHOICE,                                            \
		.offset = offsetof(type, member) + offsetof(struct report_output, language),       \
		.value = REPORT_LANGUAGES,                                                         \
		.help = "of the table and the page; JSON and CSV are the same in all"              \
	}

/* Of a command that prints by report_emit_account. */
#define REPORT_QUIET(type, member)                                                                 \
	{                                                                                          \
		.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(type, member),               \
		.help = "no progress, no table, no closing line"                                   \
	}
/* clang-format on */

#endif
