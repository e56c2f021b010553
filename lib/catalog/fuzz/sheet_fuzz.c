/* Any bytes as a spreadsheet: refused with a line, or a graph that is written as one again. */
#include "catalog/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct catalog_rules rules;
	static struct catalog_sheet sheet;
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_STR struct str out = {0};
	struct err err = {0};

	if (rules.rules.len == 0 &&
	    (catalog_rules_read(&rules, &err) < 0 || catalog_sheet_open(&sheet, &err) < 0))
		abort();
	if (catalog_sheet_read(&sheet, &g, &rules, "https://hub.example", "fuzz",
		(struct view){(const char *)data, size}, &err) < 0)
		return err.code == ERR_FORMAT || err.code == ERR_LIMIT ? 0 : (abort(), 0);
	rdf_index(&g);
	catalog_sheet_write(&sheet, &g, &rules, &out);
	return 0;
}
