#include "desk/form.h"

#include <inttypes.h>

struct saying {
	const char *name;
	const char *in[DESK_LANGUAGES];
	const char *tail[DESK_LANGUAGES]; /* behind the limit; NULL: no limit is said */
};

/* It would join the lines of each saying. */
/* clang-format off */
static const struct saying sayings[DESK_PROBLEMS] = {
    [DESK_MISSING] = {"missing",
        {"is missing", "est à renseigner"}, {0}},
    [DESK_TOO_LONG] = {"too_long",
        {"has more than ", "dépasse "}, {" characters", " caractères"}},
    [DESK_TOO_FEW] = {"too_few",
        {"needs at least ", "demande au moins "}, {" entries", " éléments"}},
    [DESK_TOO_MANY] = {"too_many",
        {"takes at most ", "accepte au plus "}, {" entries", " éléments"}},
    [DESK_TOO_SMALL] = {"too_small",
        {"must be ", "doit être égal à "}, {" or more", " ou plus"}},
    [DESK_TOO_LARGE] = {"too_large",
        {"must be ", "doit être égal à "}, {" or less", " ou moins"}},
    [DESK_NO_DATE] = {"no_date",
        {"is no date such as 2029-03-26", "n’est pas une date telle que 2029-03-26"}, {0}},
    [DESK_NO_NUMBER] = {"no_number",
        {"is no whole number", "n’est pas un nombre entier"}, {0}},
    [DESK_NO_EMAIL] = {"no_email",
        {"is no e-mail address", "n’est pas une adresse électronique"}, {0}},
    [DESK_NO_PHONE] = {"no_phone",
        {"is no phone number", "n’est pas un numéro de téléphone"}, {0}},
    [DESK_NO_OPTION] = {"no_option",
        {"is none of the choices offered", "n’est pas un des choix proposés"}, {0}},
    [DESK_BACKWARDS] = {"backwards",
        {"ends before it begins", "se termine avant de commencer"}, {0}},
    [DESK_TWICE] = {"twice",
        {"says the same twice", "répète un élément"}, {0}},
    [DESK_WRONG_SHAPE] = {"wrong_shape",
        {"has not the form of such an answer", "n’a pas la forme d’une telle réponse"}, {0}},
    [DESK_UNKNOWN] = {"unknown",
        {"holds an answer that this form does not ask for",
            "contient une réponse que ce formulaire ne demande pas"}, {0}},
};
/* clang-format on */

const char *desk_problem_name(enum desk_problem_kind kind)
{
	return sayings[kind].name;
}

void desk_problem_text(const struct desk_problem *p, enum desk_language language,
    struct str *out)
{
	const struct saying *s = &sayings[p->kind];

	if (p->row)
		str_addf(out, language == DESK_FRENCH ? "ligne %zu" : "row %zu", p->row);
	if (p->column)
		str_addf(out, ", %s", p->column->label.in[language]);
	if (p->row)
		str_addz(out, language == DESK_FRENCH ? " : " : ": ");
	str_addz(out, s->in[language]);
	if (s->tail[language])
		str_addf(out, "%" PRId64 "%s", p->limit, s->tail[language]);
}
