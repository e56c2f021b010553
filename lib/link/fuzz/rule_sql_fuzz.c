/* Any text as a blocking rule: refused, or written so that it reads back the same. */
#include "link/rule_sql.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct link_records r = {.fields = 3,
	    .field = {{.column = "surname", .kind = LINK_SURNAME},
		{.column = "dob", .kind = LINK_DATE},
		{.column = "zip", .kind = LINK_POSTCODE}}};
	AUTO_STR struct str sql = {0};
	AUTO_STR struct str twice = {0};
	struct link_given_pass pass, again;
	struct err err = {0};

	if (link_rule_read(&pass, &r, (struct view){(const char *)data, size}, "", 1, &err) < 0)
		return 0;
	link_rule_write(&pass, &r, &sql);
	if (link_rule_read(&again, &r, str_view(&sql), "", 1, &err) < 0)
		abort();
	link_rule_write(&again, &r, &twice);
	if (!view_eq(str_view(&sql), str_view(&twice)))
		abort();
	return 0;
}
