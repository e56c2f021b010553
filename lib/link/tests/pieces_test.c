/* The quick way through a CSV file against io/csv.h, on files of all sorts. */
#include "io/csv.h"
#include "link/pieces.h"
#include "world.h"

static const char *const cells[] = {"", "a", " b ", "\"q\"", "\"x,y\"", "\"two\nlines\"",
    "\"d\"\"d\"", "\"\"\"\"", "\xc3\xa9t\xc3\xa9", "12\r3", "1951-03-07", "\"r\"\r", "c\r"};
static const char *const odd[] = {
    "in\"side", "\"open", "\"shut\"more", "a,b", "\n", "\r", "\r\n", "\"\"x"};

static void make_file(struct rng *r, size_t rows, double oddness, struct str *out)
{
	if (rng_chance(r, 0.3))
		str_addz(out, "\xEF\xBB\xBF");
	str_addz(out, "h1,h2,h3\n");
	for (size_t i = 0; i < rows; i++) {
		for (int c = 0; c < 3; c++)
			str_addf(out, "%s%s", c ? "," : "",
			    rng_chance(r, oddness)
				? odd[rng_below(r, ARRAY_LEN(odd))]
				: cells[rng_below(r, ARRAY_LEN(cells) - (c < 2 ? 2 : 0))]);
		if (i + 1 < rows || rng_chance(r, 0.7))
			str_addz(out, rng_chance(r, 0.1) ? "\r\n" : "\n");
	}
}

struct quick {
	struct link_records r;
	struct map raw[LINK_FIELDS_MAX];
	int rc;
};

static void quick_read(struct quick *q, const char *path, int threads)
{
	static const int column[] = {2, 0};
	struct link_pieces p = {.path = path,
	    .separator = ',',
	    .columns = 3,
	    .column = column,
	    .id_column = 1,
	    .threads = threads};
	struct err err = {0};

	*q = (struct quick){.r.fields = 2};
	q->rc = link_pieces_read(&q->r, q->raw, &p, &err);
	assert_true(q->rc >= 0);
}

static void quick_clear(struct quick *q)
{
	vec_clear(&q->r.rows);
	vec_clear(&q->r.id_bytes);
	vec_clear(&q->r.id_ends);
	for (size_t f = 0; f < 2; f++)
		map_clear(&q->raw[f]);
}

static void check_cell(const struct quick *q, size_t row, size_t f, struct view want)
{
	uint32_t value = q->r.rows.ptr[row * 2 + f];
	struct view got = value ? q->raw[f].entries.ptr[value - 1].key : VIEW_LIT("");

	assert_true(view_eq(got, view_trim(want)));
}

/* What was read quickly is what the reader reads, and it refuses nothing of it. */
static void check_file(const struct quick *q, struct view bytes)
{
	AUTO_CSV struct csv_reader *csv = csv_open_view("made", bytes, ',');
	struct err err = {0};
	size_t row = 0;
	int rc;

	assert_int_equal(csv_next(csv, &err), 1);
	while ((rc = csv_next(csv, &err)) > 0) {
		if (csv_count(csv) == 1 && csv_field(csv, 0).len == 0)
			continue;
		assert_int_equal(csv_count(csv), 3);
		assert_true(row < q->r.count);
		check_cell(q, row, 0, csv_field(csv, 2));
		check_cell(q, row, 1, csv_field(csv, 0));
		assert_true(
		    view_eq(link_record_id(&q->r, row), view_trim(csv_field(csv, 1))));
		row++;
	}
	assert_int_equal(rc, 0);
	assert_int_equal(row, q->r.count);
}

static void write_made(char *path, const struct str *text)
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text->buf, text->len), (ssize_t)text->len);
	close(fd);
}

static void test_as_the_reader_reads(void **state)
{
	size_t quick = 0, left = 0;

	(void)state; /* cmocka's */
	for (uint64_t seed = 0; seed < 3000; seed++) {
		struct rng rng = rng_at(seed, 9, 0);
		char path[] = "/tmp/hygie-pieces-XXXXXX";
		AUTO_STR struct str text = {0};
		struct quick q;

		make_file(&rng, rng_below(&rng, 9), seed % 2 ? 0.02 : 0, &text);
		write_made(path, &text);
		quick_read(&q, path, 1 + (int)(seed % 3));
		unlink(path);
		if (q.rc)
			check_file(&q, str_view(&text));
		else
			assert_int_equal(q.r.count + q.r.rows.len + q.r.id_ends.len, 0);
		quick += q.rc == 1;
		left += q.rc == 0;
		quick_clear(&q);
	}
	assert_true(quick > 1000);
	assert_true(left > 100);
}

/* Rows that lie across pieces. */
static void test_many_pieces(void **state)
{
	char path[] = "/tmp/hygie-pieces-XXXXXX";
	AUTO_STR struct str text = {.max = (size_t)64 << 20};
	struct rng rng = rng_at(1, 9, 1);
	struct quick one, three;

	(void)state; /* cmocka's */
	str_addz(&text, "h1,h2,h3\n");
	for (int i = 0; i < 500000; i++)
		str_addf(&text, "%u,%d,%s\n", rng_below(&rng, 50000), i,
		    cells[rng_below(&rng, ARRAY_LEN(cells))]);
	write_made(path, &text);
	quick_read(&one, path, 1);
	quick_read(&three, path, 3);
	unlink(path);
	assert_int_equal(one.rc, 1);
	assert_int_equal(one.r.count, 500000);
	check_file(&one, str_view(&text));
	assert_int_equal(three.r.count, one.r.count);
	assert_memory_equal(
	    three.r.rows.ptr, one.r.rows.ptr, one.r.rows.len * sizeof(uint32_t));
	quick_clear(&one);
	quick_clear(&three);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_as_the_reader_reads),
	    cmocka_unit_test(test_many_pieces),
	};

	return cmocka_run_group_tests_name("pieces", tests, NULL, NULL);
}
