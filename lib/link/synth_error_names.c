#include "link/synth_record.h"

enum { CUT = 12 };

static struct view plain(const struct synth_text *t)
{
	return (struct view){t->plain, t->plain_len};
}

static bool has(const struct synth_text *t, char c)
{
	return memchr(t->plain, c, t->plain_len) != NULL;
}

/* Length of a particle at the front, 0 without. */
static size_t particle_len(const struct synth_text *t)
{
	static const char *const particles[] = {"DE LA ", "DE ", "LE ", "DU ", "D'", "VAN ", "EL ",
	    "AIT ", "BEN "};

	for (size_t i = 0; i < ARRAY_LEN(particles); i++)
		if (view_starts(plain(t), VIEW(particles[i])))
			return strlen(particles[i]);
	return 0;
}

/* Where two surnames meet, 0 when there is one. */
static size_t joint(const struct synth_text *t)
{
	size_t from = particle_len(t);

	for (size_t i = from + 1; i + 1 < t->plain_len; i++)
		if (t->plain[i] == '-' || (from == 0 && t->plain[i] == ' '))
			return i;
	return 0;
}

static void drop(struct synth_text *t, size_t from, size_t len)
{
	synth_text_set(t, (struct view){t->plain + from, len});
}

static void replace(struct synth_text *t, char from, char to)
{
	for (size_t i = 0; i < t->plain_len; i++)
		if (t->plain[i] == from)
			t->plain[i] = to;
	for (size_t i = 0; i < t->display_len; i++)
		if (t->display[i] == from)
			t->display[i] = to;
}

static void reverse(struct synth_text *t, size_t at)
{
	char text[SYNTH_TEXT_MAX];
	size_t behind = t->plain_len - at - 1;

	memcpy(text, t->plain + at + 1, behind);
	text[behind] = t->plain[at];
	memcpy(text + behind + 1, t->plain, at);
	synth_text_set(t, (struct view){text, t->plain_len});
}

static void join(struct synth_text *t)
{
	char text[SYNTH_TEXT_MAX];
	size_t len = 0;

	for (size_t i = 0; i < t->plain_len; i++)
		if (t->plain[i] >= 'A' && t->plain[i] <= 'Z')
			text[len++] = t->plain[i];
	synth_text_set(t, (struct view){text, len});
}

/* Parts of compound names, particles, hyphens. */
static void surname_parts(struct synth_making *k)
{
	struct synth_text *t = &k->rec->surname;
	size_t at = joint(t);

	if (synth_hit(k, SYNTH_SURNAME_HALF, at > 0)) {
		if (rng_chance(&k->rng, 0.6))
			drop(t, 0, at);
		else
			drop(t, at + 1, t->plain_len - at - 1);
	}
	at = joint(t);
	if (synth_hit(k, SYNTH_SURNAME_REVERSED, at > 0))
		reverse(t, at);
	at = particle_len(t);
	if (synth_hit(k, SYNTH_SURNAME_PARTICLE, at > 0))
		drop(t, at, t->plain_len - at);
	if (synth_hit(k, SYNTH_SURNAME_JOINED, has(t, ' ') || has(t, '\'')))
		join(t);
	if (synth_hit(k, SYNTH_SURNAME_HYPHEN, has(t, '-')))
		replace(t, '-', ' ');
}

static void surname_letters(struct synth_making *k)
{
	struct synth_text *t = &k->rec->surname;

	if (synth_hit(k, SYNTH_SURNAME_SOUND, synth_text_has_sound(t)))
		(void)synth_text_sound(t, &k->rng); /* it has one */
	if (synth_hit(k, SYNTH_SURNAME_TYPO, t->plain_len > 1))
		synth_text_typo(t, &k->rng);
	if (synth_hit(k, SYNTH_SURNAME_CUT, t->plain_len > CUT))
		drop(t, 0, CUT);
}

static void make_surname(struct synth_making *k)
{
	struct synth_record *rec = k->rec;
	bool married = k->person->used.plain_len > 0;

	rec->surname = k->person->surname;
	rec->used = k->person->used;
	if (synth_hit(k, SYNTH_SURNAME_MISSING, true)) {
		rec->surname.plain_len = rec->surname.display_len = 0;
	} else {
		if (synth_hit(k, SYNTH_SURNAME_USED, married))
			rec->surname = k->person->used;
		surname_parts(k);
		surname_letters(k);
	}
	if (synth_hit(k, SYNTH_USED_MISSING, married))
		rec->used.plain_len = rec->used.display_len = 0;
}

static const struct synth_name *name_of(const struct synth_making *k, uint32_t id)
{
	return &k->world->model->names.ptr[id];
}

static void add_given(struct synth_making *k, uint32_t id)
{
	struct synth_text *t = &k->rec->given;

	if (t->plain_len > 0)
		synth_addz(t, " ");
	synth_add_word(t, &name_of(k, id)->word);
}

/* "JEAN-PIERRE ..." becomes "J PIERRE ...". */
static void make_initial(struct synth_text *t)
{
	const char *hyphen = memchr(t->plain, '-', t->plain_len);
	char text[SYNTH_TEXT_MAX];
	size_t behind = (size_t)(t->plain + t->plain_len - hyphen) - 1;

	text[0] = t->plain[0];
	text[1] = ' ';
	memcpy(text + 2, hyphen + 1, behind);
	synth_text_set(t, (struct view){text, behind + 2});
}

/* Which names, in which order. */
static void choose_given(struct synth_making *k)
{
	const struct synth_person *p = k->person;
	uint32_t ids[SYNTH_GIVEN_MAX];
	int count = p->given_count;
	const struct synth_name *first;

	memcpy(ids, p->given, sizeof(ids));
	if (synth_hit(k, SYNTH_GIVEN_SECOND_FIRST, count > 1)) {
		ids[0] = p->given[1];
		ids[1] = p->given[0];
	}
	if (synth_hit(k, SYNTH_GIVEN_FIRST_ONLY, count > 1))
		count = 1;
	first = name_of(k, ids[0]);
	if (synth_hit(k, SYNTH_GIVEN_VARIANT, first->variant_count > 0))
		ids[0] = k->world->model->variants.ptr[first->variants +
						       rng_below(&k->rng, first->variant_count)];
	for (int i = 0; i < count; i++)
		add_given(k, ids[i]);
}

static void make_given(struct synth_making *k)
{
	struct synth_text *t = &k->rec->given;
	bool compound;

	t->plain_len = t->display_len = 0;
	if (synth_hit(k, SYNTH_GIVEN_MISSING, true))
		return;
	choose_given(k);
	compound = has(t, '-') && (size_t)((const char *)memchr(t->plain, '-', t->plain_len) -
					   t->plain) <
	                              strcspn(t->plain, " ");
	if (synth_hit(k, SYNTH_GIVEN_INITIAL, compound))
		make_initial(t);
	if (synth_hit(k, SYNTH_GIVEN_HYPHEN, has(t, '-')))
		replace(t, '-', ' ');
	if (synth_hit(k, SYNTH_GIVEN_TYPO, t->plain_len > 1))
		synth_text_typo(t, &k->rng);
}

void synth_make_names(struct synth_making *k)
{
	struct synth_record *rec = k->rec;

	make_surname(k);
	make_given(k);
	if (synth_hit(k, SYNTH_NAMES_SWAPPED, rec->surname.plain_len && rec->given.plain_len)) {
		struct synth_text t = rec->surname;

		rec->surname = rec->given;
		rec->given = t;
	}
}
