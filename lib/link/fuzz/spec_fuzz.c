/* Any bytes as a spec: a spec within its limits, or an error of format. */
#include "io/json.h"
#include "link/spec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_LINK_SPEC struct link_spec spec = {0};
	AUTO_JSON json_t *root = NULL;
	struct err err = {0};

	if (json_parse(&root, "fuzz", (struct view){(const char *)data, size}, &err) < 0)
		return 0;
	if (link_spec_from_json(&spec, "fuzz", root, &err) < 0) {
		if (err.code != ERR_FORMAT && err.code != ERR_LIMIT)
			abort();
		return 0;
	}
	if (spec.fields.len == 0 || spec.fields.len > LINK_FIELDS_MAX)
		abort();
	for (size_t i = 0; i < spec.fields.len; i++)
		if (spec.fields.ptr[i].kind >= LINK_KINDS || !spec.fields.ptr[i].column)
			abort();
	return 0;
}
