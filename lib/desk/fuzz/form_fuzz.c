/* A form from hostile bytes, then answers to it: two JSON texts parted by a NUL. */
#include "desk/form_view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view rest = {(const char *)data, size}, text;
	AUTO_DESK_PROBLEMS struct desk_problems problems = {0};
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_JSON json_t *answers = NULL;
	AUTO_JSON json_t *model = NULL;
	struct desk_form_view v = {.form = &f, .problems = &problems, .blank_rows = 1};
	struct err err = {0};

	if (!view_next(&rest, '\0', &text) || desk_form_parse(&f, "fuzz", text, &err) < 0 ||
	    json_parse(&answers, "fuzz", rest, &err) < 0 || !json_is_object(answers))
		return 0;
	v.answers = answers;
	desk_form_check(&f, answers, &problems);
	for (size_t i = 0; i < problems.all.len; i++) {
		AUTO_STR struct str words = {0};

		desk_problem_text(&problems.all.ptr[i], DESK_FRENCH, &words);
	}
	model = desk_form_section_model(&v, 0);
	json_decref(desk_form_answers_model(&v));
	json_decref(desk_form_diff(&v, model));
	return 0;
}
