#include "register/sheet.h"

#include <string.h>

struct view register_sheet_text(const json_t *object, const char *field)
{
	const json_t *v = json_object_get(object, field);

	return json_is_string(v) ? (struct view){json_string_value(v), json_string_length(v)}
	                         : VIEW_NONE;
}

struct view register_sheet_words(const json_t *object, const char *field,
    enum register_language l, enum register_language *ret_said)
{
	static const char *const codes[REGISTER_LANGUAGES] = {"en", "fr"};
	const json_t *both = json_object_get(object, field);
	struct view text = register_sheet_text(both, codes[l]);

	if (text.len == 0) {
		l = l == REGISTER_FRENCH ? REGISTER_ENGLISH : REGISTER_FRENCH;
		text = register_sheet_text(both, codes[l]);
	}
	if (ret_said)
		*ret_said = l;
	return text;
}

date_t register_sheet_date(const json_t *object, const char *field)
{
	date_t d;

	return date_parse(register_sheet_text(object, field), &d) ? d : DATE_NONE;
}

void register_source_path(const json_t *source, struct str *out)
{
	struct view component = register_sheet_text(source, "component");

	str_add(out, register_sheet_text(source, "source"));
	if (component.len > 0) {
		str_addc(out, '/');
		str_add(out, component);
	}
}

enum register_results_state register_results_state(const json_t *sheet, date_t today,
    date_t *ret_due)
{
	const json_t *extension = json_object_get(sheet, "results_extension");
	date_t ended = register_sheet_date(sheet, "ended");
	date_t until = register_sheet_date(extension, "until");
	date_t due = ended == DATE_NONE ? DATE_NONE
	                                : date_add_months(ended, REGISTER_RESULT_MONTHS);
	bool extended = due != DATE_NONE && until != DATE_NONE && until > due;

	if (extended)
		due = until;
	if (ret_due)
		*ret_due = due;
	if (json_array_size(json_object_get(sheet, "results")) > 0)
		return REGISTER_RESULTS_THERE;
	if (due == DATE_NONE)
		return REGISTER_RESULTS_NONE;
	if (today > due)
		return REGISTER_RESULTS_LATE;
	return extended ? REGISTER_RESULTS_EXTENDED : REGISTER_RESULTS_AWAITED;
}

void register_sheet_patch(json_t *sheet, const json_t *patch)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)patch, key, value)
	{
		json_t *old = json_object_get(sheet, key);

		if (json_is_null(value)) {
			json_object_del(sheet, key);
		} else if (json_is_object(value)) {
			if (!json_is_object(old)) {
				old = json_object();
				json_object_set_new(sheet, key, old);
			}
			register_sheet_patch(old, value);
		} else {
			json_object_set(sheet, key, value);
		}
	}
}

static int by_path(const void *a, const void *b)
{
	AUTO_STR struct str x = {0};
	AUTO_STR struct str y = {0};

	register_source_path(*(json_t *const *)a, &x);
	register_source_path(*(json_t *const *)b, &y);
	return view_cmp(str_view(&x), str_view(&y));
}

void register_sheet_tidy(json_t *sheet)
{
	json_t *list = json_object_get(sheet, "sources");
	VEC(json_t *) all = {0};

	for (size_t i = 0; i < json_array_size(list); i++)
		*vec_push(&all) = json_incref(json_array_get(list, i));
	if (all.len > 0)
		qsort(all.ptr, all.len, sizeof(*all.ptr), by_path);
	for (size_t i = 0; i < all.len; i++)
		json_array_set_new(list, i, all.ptr[i]);
	vec_clear(&all);
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool register_reference_valid(struct view r)
{
	if (r.len < 1 || r.len > 64 || !is_plain(r.ptr[0]))
		return false;
	for (size_t i = 0; i < r.len; i++)
		if (!is_plain(r.ptr[i]) && (!r.ptr[i] || !strchr("._-", r.ptr[i])))
			return false;
	return true;
}
