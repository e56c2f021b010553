#include "snds/tables.h"

#include <stdio.h>

#define COLUMN(table, name, type) {#name, TABLE_TYPE_##type},
#define COLUMNS(table, file) \
	static const struct table_column table##_columns[] = {table##_COLUMNS(COLUMN)};
SNDS_WHOLE_TABLES(COLUMNS)
SNDS_YEARLY_TABLES(COLUMNS)

#define SCHEMA(table, file) \
	[SNDS_##table] = {file, table##_columns, ARRAY_LEN(table##_columns)},

static const struct table_schema schemas[SNDS_TABLES] = {
    SNDS_WHOLE_TABLES(SCHEMA) SNDS_YEARLY_TABLES(SCHEMA)};

const struct table_schema *snds_table_schema(enum snds_table table)
{
	return &schemas[table];
}

void snds_table_file(enum snds_table table, int year, char *ret, size_t size)
{
	const char *name = schemas[table].name;
	size_t mark = strcspn(name, "@#");

	if (!name[mark])
		snprintf(ret, size, "%s", name);
	else
		snprintf(ret, size, "%.*s%0*d%s", (int)mark, name, name[mark] == '@' ? 2 : 4,
		    name[mark] == '@' ? year % 100 : year, name + mark + 1);
}
