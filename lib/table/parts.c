#include "table/parts.h"

#include "table/db.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>

enum { FIRST_LINE_MAX = 1 << 20 };

size_t table_parts_suffix(struct view name, bool *ret_csv)
{
	static const struct {
		const char *suffix;
		bool csv;
	} known[] = {{".parquet", false}, {".csv", true}};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		size_t len = strlen(known[i].suffix);

		if (name.len > len &&
		    view_eq_nocase((struct view){name.ptr + name.len - len, len},
			VIEW(known[i].suffix))) {
			*ret_csv = known[i].csv;
			return len;
		}
	}
	return 0;
}

/* What separates the fields of the first line; 0 when the file cannot tell. */
static char separator_of(const char *path)
{
	static const char candidates[] = ",;\t|";
	size_t counts[sizeof(candidates) - 1] = {0};
	size_t best = 0;
	FILE *f = fopen(path, "re");
	int c;

	if (!f)
		return 0;
	for (size_t n = 0; n < FIRST_LINE_MAX && (c = getc(f)) != EOF && c != '\n'; n++) {
		const char *hit = c ? strchr(candidates, c) : NULL;

		if (hit)
			counts[hit - candidates]++;
	}
	(void)fclose(f); /* only read */
	for (size_t i = 1; i < ARRAY_LEN(counts); i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

/*
 * Every cell is text: convert.c decides, and can name the row. DuckDB would
 * rather guess another separator, skip lines or see comments than say that a
 * line has too many fields; so nothing is left to guess. `separator` 0: unknown.
 */
static char *relation_of(const char *const *paths, size_t count, bool csv, char separator)
{
	struct str sql = {0};

	str_addz(&sql, csv ? "read_csv([" : "read_parquet([");
	for (size_t i = 0; i < count; i++) {
		str_addz(&sql, i ? ", " : "");
		table_quote_input(&sql, paths[i]);
	}
	str_addz(&sql, "], hive_partitioning = false");
	if (csv)
		str_addz(&sql, ", all_varchar = true, header = true, quote = '\"', escape = '\"', "
			       "skip = 0, comment = ''");
	if (csv && separator)
		str_addf(&sql, ", delim = '%c'", separator);
	str_addc(&sql, ')');
	return str_take(&sql);
}

char *table_parts_relation(const struct table_parts *parts)
{
	bool csv = parts->csv > 0;

	return relation_of((const char *const *)parts->ptr, parts->len, csv,
	    csv ? separator_of(parts->ptr[0]) : 0);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int table_parts_list(struct table_parts *ret, const char *folder, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot open: %s", folder, strerror(errno));
	while ((entry = readdir(dir))) {
		bool csv = false;

		if (entry->d_name[0] == '.' || !table_parts_suffix(VIEW(entry->d_name), &csv))
			continue;
		*vec_push(ret) = str_format("%s/%s", folder, entry->d_name);
		ret->csv += csv;
	}
	closedir(dir);
	if (ret->len)
		qsort(ret->ptr, ret->len, sizeof(*ret->ptr), by_path);
	return 0;
}

void table_parts_clear(struct table_parts *p)
{
	for (size_t i = 0; i < p->len; i++)
		free(p->ptr[i]);
	vec_clear(p);
	p->csv = 0;
}
