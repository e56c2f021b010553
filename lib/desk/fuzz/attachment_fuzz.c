/* A file that an applicant hands in. */
#include "desk/form_attachment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {0};
	enum desk_file_type type;

	(void)!desk_file_check((struct view){(const char *)data, size}, VIEW("a.docx"), &type,
	    &err);
	return 0;
}
