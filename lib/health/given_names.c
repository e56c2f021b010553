#include "health/given_names.h"

#include "base/embed.h"
#include "io/csv.h"

static const char file[] = "health/data/given_names.csv";

/* "12 0 7": one number a decade. */
static bool parse_births(struct given_name *ret, struct view births)
{
	struct view count;
	int64_t n;

	for (int d = 0; d < GIVEN_NAME_DECADES; d++) {
		if (!view_next(&births, ' ', &count) || !view_to_i64(count, &n) || n < 0 ||
		    n > UINT32_MAX)
			return false;
		ret->births[d] = (uint32_t)n;
	}
	return births.len == 0;
}

static bool parse_name(struct given_name *ret, struct view sex, struct view name,
    struct view births)
{
	*ret = (struct given_name){.name = name, .is_woman = view_eq(sex, VIEW_LIT("F"))};
	ret->has_births = births.len > 0;
	return name.len && (ret->is_woman || view_eq(sex, VIEW_LIT("M"))) &&
	       (!ret->has_births || parse_births(ret, births));
}

int given_names_read(given_name_fn *take, void *ctx, struct err *err)
{
	static const char *const columns[] = {"sex", "name", "births"};
	AUTO_CSV struct csv_reader *csv = csv_open_view(file, embed_find(file), ',');
	size_t at[ARRAY_LEN(columns)];
	int rc;

	if (csv_header(csv, columns, ARRAY_LEN(columns), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		struct given_name name;

		if (!parse_name(&name, csv_field(csv, at[0]), csv_field(csv, at[1]),
			csv_field(csv, at[2])))
			return err_set(err, ERR_INTERNAL, "%s: line %zu", file, csv_line(csv));
		take(ctx, &name);
	}
	return rc;
}
