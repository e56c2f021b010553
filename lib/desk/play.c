#include "desk/play.h"

const struct desk_step *desk_play_step(const struct desk_application *a, const char *command,
    const char *word)
{
	for (size_t i = 0; i < a->route->step_count; i++) {
		const struct desk_step *s = &a->route->steps[i];
		bool fits = !s->when;

		for (const char *const *w = s->when_in; w && *w; w++)
			fits |= strcmp(*w, word) == 0;
		if (strcmp(s->command, command) == 0 && (s->from >> a->state & 1) && fits)
			return s;
	}
	return NULL;
}

static json_t *dullest(const struct desk_need *n, date_t day, const char *word)
{
	char buf[DATE_TEXT_SIZE];

	switch (n->kind) {
	case DESK_TEXT:
		return json_string("text");
	case DESK_TEXTS:
		return json_pack("[s]", "text");
	case DESK_DAY:
		return json_string(*word ? word : date_format(date_add_years(day, 1), buf));
	case DESK_TRUE:
		return json_true();
	case DESK_NUMBER:
		return json_integer(7);
	case DESK_WORD:
		break;
	}
	return json_string(*word ? word : n->words[0]);
}

json_t *desk_play_data(const struct desk_step *s, date_t day, const char *word)
{
	json_t *data = json_object();

	for (size_t i = 0; i < s->need_count; i++)
		if (!s->needs[i].optional)
			json_object_set_new(data, s->needs[i].name,
			    dullest(&s->needs[i], day, word));
	return data;
}

enum desk_role desk_play_role(const struct desk_step *s)
{
	int role = 0;

	while (!(s->roles >> role & 1))
		role++;
	return (enum desk_role)role;
}

struct desk_event desk_play_created(const struct desk_route *r, int64_t actor, int64_t at)
{
	return (struct desk_event){.at = at,
	    .actor = actor,
	    .role = DESK_APPLICANT,
	    .type = "created",
	    .data = json_pack("{ssss}", "route", r->id, "version", r->version)};
}

int64_t desk_play_actor(const struct desk_application *a, enum desk_role role, int64_t actor)
{
	if (role == DESK_APPLICANT)
		return a->applicant;
	while (actor == a->applicant || desk_is_member(a, actor))
		actor++;
	return actor;
}

int desk_play(struct desk_application *basis, const char *command, const char *word, int64_t actor,
    int64_t at, struct desk_event *ret, struct err *err)
{
	date_t day = desk_paris_day(at);
	struct desk_application now = desk_at(basis, day);
	const struct desk_step *s = desk_play_step(&now, command, word);
	AUTO_JSON json_t *data = s ? desk_play_data(s, day, word) : json_object();
	enum desk_role role = s ? desk_play_role(s) : DESK_OFFICER;
	struct desk_command c = {
	    command, at, desk_play_actor(basis, role, actor), role, data};

	if (desk_decide(basis, &c, ret, err) < 0 || desk_apply(basis, ret, err) < 0)
		return -1;
	ret->data = TAKE(data);
	return 0;
}
