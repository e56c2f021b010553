#include "report/language.h"

#include "io/file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	WIDTH_UNKNOWN = 100, /* no terminal: files, pipes, the manual's transcripts */
	WIDTH_MIN = 20,
	WIDTH_MAX = 500,
};

static size_t terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = {0};
	int64_t n = 0;

	if (!isatty(STDOUT_FILENO))
		return WIDTH_UNKNOWN;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		n = size.ws_col;
	else if (!columns || !view_to_i64(VIEW(columns), &n) || n <= 0)
		n = WIDTH_UNKNOWN;
	return (size_t)MIN(MAX(n, WIDTH_MIN), WIDTH_MAX);
}

/* NO_COLOR: https://no-color.org, set and not empty. */
static bool wants_colour(void)
{
	const char *no_colour = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && (!no_colour || !*no_colour);
}

static void render(const struct report *r, enum report_format format, struct str *out)
{
	switch (format) {
	case REPORT_AS_TABLE: report_to_terminal(r, terminal_width(), wants_colour(), out); break;
	case REPORT_AS_JSON: report_to_json(r, out); break;
	case REPORT_AS_CSV: report_to_csv(r, out); break;
	}
}

static int check_size(const struct str *text, struct err *err)
{
	if (text->full)
		return err_set(err, ERR_LIMIT, "the result is larger than %zu MB",
		    STR_MAX_DEFAULT >> 20);
	return 0;
}

static int write_page(const struct report *r, const char *path, struct err *err)
{
	AUTO_STR struct str page = {0};

	report_to_html(r, &page);
	if (check_size(&page, err) < 0 ||
	    file_write(path, str_view(&page), err) < 0)
		return err_wrap(err, "report");
	return 0;
}

static int print(const struct report *r, enum report_format format, struct err *err)
{
	AUTO_STR struct str text = {0};

	render(r, format, &text);
	if (check_size(&text, err) < 0)
		return -1;
	if (fwrite(str_get(&text), 1, text.len, stdout) != text.len || fflush(stdout) != 0)
		return file_write_error("standard output", errno, err);
	return 0;
}

/* The page first: when it fails nothing has been printed. */
int report_emit_account(const struct report *r, const struct report_output *o, bool quiet,
    struct err *err)
{
	AUTO_REPORT_LANGUAGE struct report_language language = {0};
	struct report read = *r; /* borrows all of it */

	if (report_language_open(&language, (enum report_in)o->language, err) < 0)
		return -1;
	read.language = language.code ? &language : NULL;
	if (o->html_path && write_page(&read, o->html_path, err) < 0)
		return -1;
	return quiet && o->format == REPORT_AS_TABLE
	           ? 0
	           : print(&read, (enum report_format)o->format, err);
}

int report_emit(const struct report *r, const struct report_output *o, struct err *err)
{
	return report_emit_account(r, o, false, err);
}
