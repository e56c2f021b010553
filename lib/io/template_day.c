#include "io/template_inside.h"

/* "2026-03-12T14:05:30Z", "2026-03-12T14:05Z": the minutes, or nothing. */
static struct view hour_of(struct view text)
{
	static const char shape[] = "Tdd:dd";
	struct view hour = {text.ptr + 10, text.len - 10};

	if (hour.len < strlen(shape) + 1 || hour.ptr[hour.len - 1] != 'Z')
		return VIEW_NONE;
	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'd' ? hour.ptr[i] < '0' || hour.ptr[i] > '9'
				    : hour.ptr[i] != shape[i])
			return VIEW_NONE;
	return (struct view){hour.ptr + 1, 5};
}

void template_add_day(struct str *out, struct view text, enum date_language language,
    bool element)
{
	char words[DATE_WORDS_SIZE];
	struct view hour = VIEW_NONE;
	date_t day;

	if (text.len > 10)
		hour = hour_of(text);
	if (text.len < 10 || !date_parse((struct view){text.ptr, 10}, &day) ||
	    (text.len > 10 && hour.len == 0)) {
		str_add(out, text);
		return;
	}
	if (element)
		str_addf(out, "<time datetime=\"%.*s\">", VIEW_ARG(text));
	str_addz(out, date_words(day, language, words));
	if (hour.len)
		str_addf(out, ", %.*s UTC", VIEW_ARG(hour));
	if (element)
		str_addz(out, "</time>");
}
