/* The same table in every format that hygie guard scan reads: sample_guard_formats FOLDER. */
#include "base/date.h"
#include "base/rng.h"
#include "io/csv.h"
#include "io/file.h"
#include "io/json.h"
#include "table/writer.h"

#include <math.h>
#include <readstat.h>
#include <stdio.h>

enum { ROWS = 700,
	COLUMNS = 7,
	TEXT_MAX = 80 };

enum kind { WORDS,
	NUMBER,
	DAY };

/* Names that the oldest of the formats can hold. */
static const struct {
	const char *name;
	enum kind kind;
} columns[COLUMNS] = {{"IPP", NUMBER}, {"NIR", WORDS}, {"NOM", WORDS}, {"NAISS", DAY},
    {"SEXE", NUMBER}, {"POIDS", NUMBER}, {"NOTE", WORDS}};

struct cell {
	bool is_missing;
	double number; /* a DAY: days since 1970 */
	char text[TEXT_MAX];
};

static void set_text(struct cell *c, const char *text)
{
	(void)snprintf(c->text, sizeof(c->text), "%s", text);
	c->is_missing = !*text;
}

static void make_nir(struct cell *c, struct rng *r)
{
	uint64_t head = 1000000000000 * (1 + rng_below(r, 2)) + 10000000000 * rng_below(r, 100) +
	                100000000 * (1 + rng_below(r, 12)) + 75056000 + rng_below(r, 1000);

	(void)snprintf(c->text, sizeof(c->text), "%013llu%02llu", (unsigned long long)head,
	    (unsigned long long)(97 - head % 97));
}

static void make_row(struct cell cells[COLUMNS], uint64_t row)
{
	static const char *const names[] = {"MARTIN", "PETIT", "DURAND", "LEROY", "MOREAU"};
	static const char *const notes[] = {"rien", "vu, \"rassurant\"", "suite\nverso", "", "NA",
	    "appel de Mme Petit, 06 12 34 56 78"};
	struct rng r = rng_at(11, 0, row);

	memset(cells, 0, COLUMNS * sizeof(*cells));
	cells[0].number = 80000 + (double)row;
	make_nir(&cells[1], &r);
	set_text(&cells[2], names[rng_below(&r, ARRAY_LEN(names))]);
	cells[3].number = date_from_civil(1930, 1, 1) + (double)rng_below(&r, 30000);
	cells[4].number = 1 + rng_below(&r, 2);
	cells[5].number = (400 + rng_below(&r, 600)) / 10.0;
	cells[5].is_missing = rng_below(&r, 10) == 0;
	set_text(&cells[6], notes[rng_below(&r, ARRAY_LEN(notes))]);
}

/* As a person would write it. */
static void write_text(struct str *out, size_t column, const struct cell *c)
{
	char day[DATE_TEXT_SIZE];

	str_reset(out);
	if (c->is_missing)
		return;
	if (columns[column].kind == WORDS)
		str_addz(out, c->text);
	else if (columns[column].kind == DAY)
		str_addz(out, date_format((date_t)c->number, day));
	else
		str_addf(out, "%.10g", c->number);
}

static int write_csv(const char *path, struct err *err)
{
	AUTO_STR struct str out = {0}, text = {0};
	struct cell cells[COLUMNS];

	for (size_t i = 0; i < COLUMNS; i++)
		csv_add_field(&out, VIEW(columns[i].name), i == 0);
	csv_add_end(&out);
	for (uint64_t row = 0; row < ROWS; row++) {
		make_row(cells, row);
		for (size_t i = 0; i < COLUMNS; i++) {
			write_text(&text, i, &cells[i]);
			csv_add_field(&out, str_view(&text), i == 0);
		}
		csv_add_end(&out);
	}
	return file_write(path, str_view(&out), err);
}

/* What is missing is not named, but for null in every second row. */
static int write_json(const char *path, struct err *err)
{
	AUTO_STR struct str out = {0}, text = {0};
	struct cell cells[COLUMNS];

	for (uint64_t row = 0; row < ROWS; row++) {
		struct json_writer w = {.out = &out};

		make_row(cells, row);
		json_begin_object(&w);
		for (size_t i = 0; i < COLUMNS; i++) {
			write_text(&text, i, &cells[i]);
			if (cells[i].is_missing && row % 2)
				continue;
			json_key(&w, columns[i].name);
			if (cells[i].is_missing)
				json_add_null(&w);
			else if (columns[i].kind == NUMBER)
				json_add_raw(&w, str_view(&text));
			else
				json_add_text(&w, str_view(&text));
		}
		json_end_object(&w);
		str_addc(&out, '\n');
	}
	return file_write(path, str_view(&out), err);
}

static int write_parquet(const char *path, struct err *err)
{
	static const enum table_type types[] = {
	    [WORDS] = TABLE_TYPE_TEXT, [NUMBER] = TABLE_TYPE_DOUBLE, [DAY] = TABLE_TYPE_DATE};
	struct table_column table_columns[COLUMNS];
	struct table_schema schema = {.name = "same", .columns = table_columns, .count = COLUMNS};
	AUTO_WRITER struct table_writer *w = NULL;
	struct table_batch *batch;
	struct cell cells[COLUMNS];

	for (size_t i = 0; i < COLUMNS; i++)
		table_columns[i] =
		    (struct table_column){columns[i].name, types[columns[i].kind]};
	if (table_writer_open(&w, &schema, path, TABLE_PARQUET, err) < 0)
		return -1;
	batch = table_batch_new(&schema);
	for (uint64_t row = 0; row < ROWS; row++) {
		make_row(cells, row);
		table_batch_row(batch);
		for (size_t i = 0; i < COLUMNS; i++)
			if (cells[i].is_missing)
				continue;
			else if (columns[i].kind == WORDS)
				table_set_text(batch, i, VIEW(cells[i].text));
			else if (columns[i].kind == DAY)
				table_set_date(batch, i, (date_t)cells[i].number);
			else
				table_set_double(batch, i, cells[i].number);
	}
	if (table_writer_put(w, &batch, err) < 0)
		return -1;
	return table_writer_close(&w, NULL, err);
}

/* A statistical format: how it begins, how it calls a day, when its days begin. */
struct stat_format {
	const char *suffix;
	readstat_error_t (*begin)(readstat_writer_t *w, void *ctx, long rows);
	const char *day;
	double unit; /* of a day */
	int epoch_year, epoch_month, epoch_day;
};

static const struct stat_format stat_formats[] = {
    {"dta", readstat_begin_writing_dta, "%td", 1, 1960, 1, 1},
    {"sav", readstat_begin_writing_sav, "DATE11", 86400, 1582, 10, 14},
    {"por", readstat_begin_writing_por, "DATE11", 86400, 1582, 10, 14},
    {"xpt", readstat_begin_writing_xport, "DATE9", 1, 1960, 1, 1},
    {"sas7bdat", readstat_begin_writing_sas7bdat, "DATE9", 1, 1960, 1, 1},
};

static ssize_t take_bytes(const void *bytes, size_t len, void *ctx)
{
	str_add(ctx, (struct view){bytes, len});
	return (ssize_t)len;
}

static void add_variables(readstat_writer_t *w, const struct stat_format *f,
    readstat_variable_t *variables[COLUMNS])
{
	readstat_label_set_t *labels =
	    f->epoch_year == 1582 ? readstat_add_label_set(w, READSTAT_TYPE_DOUBLE, "SEX") : NULL;

	for (size_t i = 0; i < COLUMNS; i++) {
		bool is_text = columns[i].kind == WORDS;

		variables[i] = readstat_add_variable(w, columns[i].name,
		    is_text ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, is_text ? TEXT_MAX : 8);
		if (columns[i].kind == DAY)
			readstat_variable_set_format(variables[i], f->day);
	}
	readstat_variable_set_label(variables[3], "date of birth");
	if (!labels)
		return;
	readstat_label_double_value(labels, 1, "man");
	readstat_label_double_value(labels, 2, "woman");
	readstat_variable_set_label_set(variables[4], labels);
}

static void write_cell(readstat_writer_t *w, const struct stat_format *f, size_t i,
    const struct cell *c)
{
	readstat_variable_t *v = readstat_get_variable(w, (int)i);
	double epoch = date_from_civil(f->epoch_year, f->epoch_month, f->epoch_day);

	if (columns[i].kind == WORDS)
		(void)readstat_insert_string_value(w, v, c->text);
	else if (c->is_missing)
		(void)readstat_insert_missing_value(w, v);
	else if (columns[i].kind == DAY)
		(void)readstat_insert_double_value(w, v, (c->number - epoch) * f->unit);
	else
		(void)readstat_insert_double_value(w, v, c->number);
}

static int write_stat(const char *path, const struct stat_format *f, struct err *err)
{
	AUTO_STR struct str out = {0};
	readstat_writer_t *w = readstat_writer_init();
	readstat_variable_t *variables[COLUMNS];
	struct cell cells[COLUMNS];
	readstat_error_t e;

	(void)readstat_set_data_writer(w, take_bytes);
	(void)readstat_writer_set_file_timestamp(w, 1500000000);
	add_variables(w, f, variables);
	e = f->begin(w, &out, ROWS);
	for (uint64_t row = 0; row < ROWS && e == READSTAT_OK; row++) {
		make_row(cells, row);
		e = readstat_begin_row(w);
		for (size_t i = 0; i < COLUMNS; i++)
			write_cell(w, f, i, &cells[i]);
		if (e == READSTAT_OK)
			e = readstat_end_row(w);
	}
	if (e == READSTAT_OK)
		e = readstat_end_writing(w);
	readstat_writer_free(w);
	if (e != READSTAT_OK)
		return err_set(err, ERR_INTERNAL, "%s: %s", path, readstat_error_message(e));
	return file_write(path, str_view(&out), err);
}

static int write_all(const char *folder, struct err *err)
{
	AUTO_FREE char *csv = path_join(folder, "same.csv");
	AUTO_FREE char *json = path_join(folder, "same.jsonl");
	AUTO_FREE char *parquet = path_join(folder, "same.parquet");

	if (write_csv(csv, err) < 0 || write_json(json, err) < 0 ||
	    write_parquet(parquet, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(stat_formats); i++) {
		AUTO_FREE char *path = str_format("%s/same.%s", folder, stat_formats[i].suffix);

		if (write_stat(path, &stat_formats[i], err) < 0)
			return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct err err = {0};

	if (argc == 2 && write_all(argv[1], &err) == 0)
		return 0;
	fprintf(stderr, "sample_guard_formats: %s\n", err.msg);
	return 1;
}
