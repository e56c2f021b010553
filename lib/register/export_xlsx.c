/* libxlsxwriter writes to a path: the path of a file that is only in memory. */
#include "register/export.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
	CELL_MAX = 32767, /* letters: Excel's limit */
	WIDTH = 24,
	NO_TIME = 315532800, /* 1980-01-01: the same sheets give the same bytes */
};

static int write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
    struct err *err)
{
	lxw_error why = *text ? worksheet_write_string(sheet, row, column, text, NULL)
	                      : LXW_NO_ERROR;

	if (why == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return err_set(err, ERR_LIMIT, "row %u: a cell has more than %d letters", row + 1,
		    CELL_MAX);
	return why == LXW_NO_ERROR ? 0
	                           : err_set(err, ERR_INTERNAL, "a cell cannot be written");
}

static int write_rows(lxw_worksheet *sheet, const struct register_rows *rows, struct err *err)
{
	for (size_t c = 0; c < register_column_count; c++)
		if (write_cell(sheet, 0, (lxw_col_t)c, register_columns[c].header, err) < 0)
			return -1;
	for (size_t n = 0; n < rows->count; n++) {
		AUTO_JSON json_t *project = NULL;

		if (rows->sheet(rows->ctx, n, &project, err) < 0)
			return -1;
		for (size_t c = 0; c < register_column_count; c++) {
			AUTO_STR struct str cell = {0};

			register_cell(project, &register_columns[c], &cell);
			if (write_cell(sheet, (lxw_row_t)n + 1, (lxw_col_t)c, str_get(&cell),
				err) < 0)
				return -1;
		}
	}
	return 0;
}

/* The workbook is closed, and freed, whatever happened before. */
static int write_book(const char *path, const struct register_rows *rows, struct err *err)
{
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = book ? workbook_add_worksheet(book, "register") : NULL;
	lxw_doc_properties properties = {.created = NO_TIME};
	int status;

	if (!sheet)
		return err_set(err, ERR_INTERNAL, "no spreadsheet can be made");
	workbook_set_properties(book, &properties);
	worksheet_freeze_panes(sheet, 1, 0);
	worksheet_set_column(sheet, 0, (lxw_col_t)register_column_count - 1, WIDTH, NULL);
	status = write_rows(sheet, rows, err);
	if (status == 0)
		worksheet_autofilter(sheet, 0, 0, (lxw_row_t)rows->count,
		    (lxw_col_t)register_column_count - 1);
	if (workbook_close(book) != LXW_NO_ERROR && status == 0)
		status = err_set(err, ERR_OUTPUT, "the spreadsheet cannot be written");
	return status;
}

static int read_back(int fd, struct str *out, struct err *err)
{
	char piece[65536];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, piece, sizeof(piece), at)) > 0) {
		str_add(out, (struct view){piece, (size_t)n});
		at += n;
	}
	return n < 0 ? err_set(err, ERR_OUTPUT, "the spreadsheet cannot be read back") : 0;
}

int register_export_xlsx(const struct register_rows *rows, struct str *out, struct err *err)
{
	int fd = memfd_create("register.xlsx", MFD_CLOEXEC);
	char path[64];
	int status;

	if (fd < 0)
		return err_set(err, ERR_OUTPUT, "no memory for a spreadsheet");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	status = write_book(path, rows, err);
	if (status == 0)
		status = read_back(fd, out, err);
	close(fd);
	return status;
}
