#include "io/turtle.h"

void turtle_add_text(struct str *out, struct view text)
{
	str_addc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c == '"' || c == '\\')
			str_addf(out, "\\%c", c);
		else if (c < 32 || c == 127)
			str_addf(out, "\\u%04X", c);
		else
			str_addc(out, (char)c);
	}
	str_addc(out, '"');
}
