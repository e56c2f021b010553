/* The import from hostile bytes: a spreadsheet or CSV. What it makes are sheets. */
#include "register/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_REGISTER_IMPORT struct register_import import = {0};
	struct err err = {0};

	if (register_import_parse(&import, "fuzz", (struct view){(const char *)data, size}, &err) <
	    0)
		return 0;
	for (size_t i = 0; i < json_array_size(import.sheets); i++)
		if (register_sheet_check(json_array_get(import.sheets, i), &err) < 0)
			abort();
	for (size_t i = 0; i < import.findings.len; i++)
		if (import.findings.ptr[i].row == 0)
			abort();
	return 0;
}
