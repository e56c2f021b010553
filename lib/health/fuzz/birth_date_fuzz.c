/* Any bytes: a date that is read is written and read again, and agrees with itself. */
#include "health/birth_date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct birth_date d, again;
	char text[BIRTH_TEXT_SIZE];
	enum birth_agreement self;

	if (!birth_date_parse((struct view){(const char *)data, size}, &d))
		return 0;
	if (!birth_date_parse(VIEW(birth_date_format(d, text)), &again) ||
	    memcmp(&d, &again, sizeof(d)) != 0)
		abort();
	if (birth_date_is_day(d) && birth_date_is_lunar(d))
		abort();
	self = birth_date_compare(d, d);
	if (self != (!d.year ? BIRTH_UNKNOWN : d.month && d.day ? BIRTH_EQUAL
								: BIRTH_COMPATIBLE))
		abort();
	if (d.year && birth_date_is_day(d) &&
	    birth_date_local(d) != date_from_civil(d.year, d.month, d.day))
		abort();
	return 0;
}
