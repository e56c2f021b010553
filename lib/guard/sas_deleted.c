/*
 * One walk over the pages. The row size subheader, on one of the first, says how long a row is,
 * how many are on a page that has subheaders too, and how many are deleted: mostly none, and the
 * walk ends there.
 */
#include "guard/sas_deleted.h"

#include "base/base.h"

#include <string.h>
#include <unistd.h>

enum {
	START = 288, /* bytes of the header that are looked at */
	PAGE_MAX = 1 << 24,
	HEADER_MAX = 1 << 20,
	TYPE_DATA = 0x100,
	TYPE_MIX = 0x200,
	TYPE_BITS = 0x0f00,
	TYPE_DELETED = 0x80,
	TYPE_COMPRESSED_END = 0x9000,
	ROW_SKIPPED = 1,
	ROW_COMPRESSED = 4,
	ROW_DELETED = 5,
};

struct walk {
	struct guard_sas_deleted *found;
	int fd;
	bool is_64, is_big;
	size_t word;           /* bytes of a pointer */
	size_t header, page;   /* bytes */
	unsigned char *bytes;  /* of the page */
	uint64_t at;           /* where it begins in the file */
	uint64_t row_len, mix; /* by the row size subheader: bytes, rows of a mixed page */
	uint64_t rows, row;    /* all of them; the first of this page */
};

static uint64_t number(const struct walk *w, const unsigned char *at, size_t len)
{
	uint64_t n = 0;

	for (size_t i = 0; i < len; i++)
		n = n << 8 | at[w->is_big ? i : len - 1 - i];
	return n;
}

static bool read_at(const struct walk *w, unsigned char *ret, size_t len, uint64_t at)
{
	size_t got = 0;

	while (got < len) {
		ssize_t n = pread(w->fd, ret + got, len - got, (off_t)(at + got));

		if (n <= 0)
			return false;
		got += (size_t)n;
	}
	return true;
}

static bool read_header(struct walk *w)
{
	unsigned char start[START];
	size_t aligned;

	if (!read_at(w, start, START, 0))
		return false;
	w->is_64 = start[32] == 0x33;
	w->is_big = start[37] != 1;
	w->word = w->is_64 ? 8 : 4;
	aligned = start[35] == 0x33 ? 4 : 0;
	w->header = (size_t)number(w, start + 196 + aligned, 4);
	w->page = (size_t)number(w, start + 200 + aligned, 4);
	return w->header >= START && w->header <= HEADER_MAX && w->page >= 1024 &&
	       w->page <= PAGE_MAX;
}

/* Where the type of the page stands; the pointers are behind it. */
static size_t type_at(const struct walk *w)
{
	return w->is_64 ? 32 : 16;
}

static void read_row_size(struct walk *w, const unsigned char *subheader)
{
	const size_t word = w->word;

	w->row_len = number(w, subheader + 5 * word, word);
	w->rows = number(w, subheader + 6 * word, word);
	w->found->told = number(w, subheader + 7 * word, word);
	w->mix = number(w, subheader + 15 * word, word);
}

static bool is_row_size(const struct walk *w, const unsigned char *subheader)
{
	static const unsigned char mark[] = {0xf7, 0xf7, 0xf7, 0xf7};

	return memcmp(subheader, mark, 4) == 0 ||
	       (w->is_64 && memcmp(subheader + 4, mark, 4) == 0);
}

/* One pointer: to the row size subheader, or to a compressed row. */
static void look_at_pointer(struct walk *w, const unsigned char *pointer)
{
	uint64_t at = number(w, pointer, w->word), len = number(w, pointer + w->word, w->word);
	const unsigned char *kind = pointer + 2 * w->word;

	if (len == 0 || at > w->page || len > w->page - at || *kind == ROW_SKIPPED)
		return;
	if (*kind == ROW_DELETED) {
		*vec_push(&w->found->rows) = w->row++;
		*vec_push(&w->found->marks) = w->at + (uint64_t)(kind - w->bytes);
	} else if (*kind == ROW_COMPRESSED || (kind[1] == 1 && w->row_len && len == w->row_len)) {
		w->row++;
	} else if (!w->row_len && len >= 16 * w->word && is_row_size(w, w->bytes + at)) {
		read_row_size(w, w->bytes + at);
	}
}

/* The bitmap behind `count` rows: the first row is the highest bit of the first byte. */
static void look_at_bitmap(struct walk *w, size_t pointers_end, uint64_t count)
{
	uint64_t gap = number(w, w->bytes + (w->is_64 ? 24 : 12), 4);
	uint64_t at, rows = (uint64_t)count * w->row_len;

	if (rows > w->page || gap > w->page)
		return;
	at = pointers_end + pointers_end % 8 + gap + rows;
	if (at > w->page || (count + 7) / 8 > w->page - at)
		return;
	for (uint64_t i = 0; i < count; i++)
		if (w->bytes[at + i / 8] >> (7 - i % 8) & 1)
			*vec_push(&w->found->rows) = w->row + i;
}

static void look_at_rows(struct walk *w, unsigned type, size_t blocks, size_t pointers)
{
	size_t pointers_end = type_at(w) + 8 + pointers * (3 * w->word);
	uint64_t left = w->rows > w->row ? w->rows - w->row : 0;
	uint64_t count = (type & TYPE_BITS) == TYPE_MIX ? w->mix : blocks;

	count = MIN(count, left);
	if (type & TYPE_DELETED)
		look_at_bitmap(w, pointers_end, count);
	w->row += count;
}

static void look_at_page(struct walk *w)
{
	const unsigned char *head = w->bytes + type_at(w);
	unsigned type = (unsigned)number(w, head, 2);
	size_t blocks = (size_t)number(w, head + 2, 2), pointers = (size_t)number(w, head + 4, 2);

	if (type == TYPE_COMPRESSED_END || (type_at(w) + 8 + pointers * (3 * w->word)) > w->page)
		return;
	if ((type & TYPE_BITS) != TYPE_DATA)
		for (size_t i = 0; i < pointers; i++)
			look_at_pointer(w, head + 8 + i * (3 * w->word));
	if ((type & TYPE_BITS) == TYPE_DATA || (type & TYPE_BITS) == TYPE_MIX)
		look_at_rows(w, type, blocks, pointers);
}

void guard_sas_deleted_find(struct guard_sas_deleted *ret, int fd)
{
	struct walk w = {.found = ret, .fd = fd};

	*ret = (struct guard_sas_deleted){0};
	if (!read_header(&w))
		return;
	w.bytes = mem_alloc(w.page);
	for (w.at = w.header; read_at(&w, w.bytes, w.page, w.at); w.at += w.page) {
		look_at_page(&w);
		if (w.row_len && ret->told == 0)
			break;
	}
	free(w.bytes);
}

void guard_sas_deleted_clear(struct guard_sas_deleted *d)
{
	vec_clear(&d->rows);
	vec_clear(&d->marks);
}

bool guard_sas_deleted_is_sure(const struct guard_sas_deleted *d)
{
	return d->rows.len == d->told;
}

bool guard_sas_is_deleted(struct guard_sas_deleted *d, uint64_t row)
{
	while (d->next < d->rows.len && d->rows.ptr[d->next] < row)
		d->next++;
	return d->next < d->rows.len && d->rows.ptr[d->next] == row;
}

void guard_sas_undelete(const struct guard_sas_deleted *d, unsigned char *bytes, uint64_t at,
    uint64_t len)
{
	size_t low = 0, high = d->marks.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (d->marks.ptr[middle] < at)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < d->marks.len && d->marks.ptr[low] - at < len; low++)
		bytes[d->marks.ptr[low] - at] = ROW_COMPRESSED;
}
