/* The files of a table: one, or the parts of a folder. */
#ifndef TABLE_PARTS_H
#define TABLE_PARTS_H

#include "base/vec.h"
#include "base/view.h"

struct table_parts {
	char **ptr; /* paths, by name */
	size_t len, cap;
	size_t csv; /* how many are CSV */
};

#define AUTO_PARTS AUTO(table_parts_clear)

void table_parts_clear(struct table_parts *p);
/* Length of ".parquet" or ".csv" at the end of a file's name; 0: no table file. */
size_t table_parts_suffix(struct view name, bool *ret_csv);
/* The table files of a folder. */
MUST_CHECK int table_parts_list(struct table_parts *ret, const char *folder, struct err *err);
/* What stands behind FROM to read them as they are. */
char *table_parts_relation(const struct table_parts *parts);

#endif
