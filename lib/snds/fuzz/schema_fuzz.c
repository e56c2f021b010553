/* Any bytes as a table's schema: a model whose drawing is harmless, or one error. */
#include "report/report.h"
#include "snds/dictionary.h"
#include "snds/schema_build.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = snds_schema_new("fuzz");
	struct view text = {(const char *)data, size};
	AUTO_STR struct str svg = {0};
	struct err err = {0};
	int year;

	if (snds_schema_parse(s, "fuzz", text, &err) < 0 || snds_schema_finish(s, &err) < 0) {
		if (err.code == ERR_NONE || err.msg[0] == '\0')
			abort();
		return 0;
	}
	snds_diagram(s, SNDS_FR, &svg);
	if (!report_svg_is_plain(str_get(&svg)) ||
	    !snds_schema_match(s, VIEW(s->tables.ptr[0].name), &year))
		abort();
	return 0;
}
