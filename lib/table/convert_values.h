/*
 * One value of a Parquet file as another type: what convert.c has DuckDB do to
 * each row, done to each value once. Only the plain forms are known here; for
 * any other the caller asks DuckDB, which knows more, or names the row that is wrong.
 */
#ifndef TABLE_CONVERT_VALUES_H
#define TABLE_CONVERT_VALUES_H

#include "table/parquet_in.h"
#include "table/value_set.h"

/* Can it fail, value by value? */
bool convert_is_checked(enum table_type have, enum table_type want);
/* Is the pair of types known at all? */
bool convert_is_known(enum table_type have, enum table_type want);
/*
 * Value `index` of `v` as a code of `set`, whose type is wanted; 0 for NULL, which empty text
 * is. false: not in a plain form.
 */
bool convert_value(const struct parquet_values *v, enum table_type have, size_t index,
    struct value_set *set, uint32_t *ret);
/* Are all values of `v` in a plain form? */
bool convert_all_plain(const struct parquet_values *v, enum table_type have, enum table_type want);

#endif
