/* Any bytes: a payload that is read is written and read again. */
#include "health/ins.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_STR struct str first = {0};
	AUTO_STR struct str second = {0};
	struct err err = {0};
	struct ins ins;

	if (ins_parse(&ins, (struct view){(const char *)data, size}, &err) < 0) {
		if (err.code == ERR_NONE)
			abort();
		return 0;
	}
	ins_format(&ins, &first);
	if (ins_parse(&ins, str_view(&first), &err) < 0)
		abort();
	ins_format(&ins, &second);
	if (!view_eq(str_view(&first), str_view(&second)))
		abort();
	return 0;
}
