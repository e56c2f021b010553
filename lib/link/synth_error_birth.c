#include "link/synth_record.h"

static void make_sex(struct synth_making *k)
{
	char sex = k->person->woman ? 'F' : 'M';

	if (synth_hit(k, SYNTH_SEX_MISSING, true))
		sex = 0;
	else if (synth_hit(k, SYNTH_SEX_INVERTED, true))
		sex = sex == 'F' ? 'M' : 'F';
	k->rec->sex = sex;
}

/* Of people born abroad: the year is known, the day or the month is not. */
static void lose_day(struct synth_making *k, struct birth_date *d)
{
	if (synth_hit(k, SYNTH_DATE_JANUARY, d->day != 1 || d->month != 1))
		d->day = d->month = 1;
	if (synth_hit(k, SYNTH_DATE_DECEMBER, true)) {
		d->day = 31;
		d->month = 12;
	}
	if (!synth_hit(k, SYNTH_DATE_LUNAR, true))
		return;
	if (rng_chance(&k->rng, 0.6)) {
		d->day = d->month = 0;
	} else {
		d->month = (int8_t)rng_range(&k->rng, 13, 20);
	}
}

static void change_digit(struct synth_making *k, char *text, size_t first, size_t count)
{
	size_t at = first + rng_below(&k->rng, (uint32_t)count);

	text[at] = (char)('0' + (text[at] - '0' + 1 + (int)rng_below(&k->rng, 9)) % 10);
}

static void make_date(struct synth_making *k)
{
	struct birth_date d = k->person->birth;

	k->rec->date[0] = '\0';
	if (synth_hit(k, SYNTH_DATE_MISSING, true))
		return;
	if (k->person->place->abroad)
		lose_day(k, &d);
	if (synth_hit(k, SYNTH_DATE_SWAPPED,
		d.day >= 1 && d.day <= 12 && d.month <= 12 && d.month != d.day)) {
		int8_t day = d.day;

		d.day = d.month;
		d.month = day;
	}
	if (synth_hit(k, SYNTH_DATE_YEAR, true))
		d.year = (int16_t)(d.year + (rng_chance(&k->rng, 0.7) ? 1 : 10) *
						(rng_chance(&k->rng, 0.5) ? 1 : -1));
	birth_date_format(d, k->rec->date);
	if (synth_hit(k, SYNTH_DATE_DIGIT, true))
		change_digit(k, k->rec->date, 2, 6); /* the century stays */
}

static void set_text(struct synth_text *t, const struct synth_word *word)
{
	t->display_len = t->plain_len = 0;
	synth_add_word(t, word);
}

static void set_place(struct synth_record *rec, const char *code, const struct synth_word *label)
{
	memcpy(rec->code, code, SYNTH_CODE);
	set_text(&rec->place, label);
}

static const struct synth_place *other_place(struct synth_making *k)
{
	const struct synth_model *m = k->world->model;

	return &m->places.ptr[rng_below(&k->rng, (uint32_t)m->places.len)];
}

/* SAINT-ETIENNE as ST ETIENNE. */
static void shorten_saint(struct synth_text *t)
{
	char text[SYNTH_TEXT_MAX];
	bool woman = t->plain[5] == 'E';
	size_t from = woman ? 7 : 6, len = woman ? 4 : 3;

	memcpy(text, woman ? "STE " : "ST ", len);
	memcpy(text + len, t->plain + from, t->plain_len - from);
	synth_text_set(t, (struct view){text, len + t->plain_len - from});
}

static bool is_saint(const struct synth_text *t)
{
	struct view v = {t->plain, t->plain_len};

	return view_starts(v, VIEW_LIT("SAINT-")) || view_starts(v, VIEW_LIT("SAINTE-"));
}

static void place_in_france(struct synth_making *k)
{
	const struct synth_place *p = k->person->place;
	struct synth_record *rec = k->rec;

	if (synth_hit(k, SYNTH_PLACE_MODERN, strcmp(p->code, rec->code) != 0))
		memcpy(rec->code, p->code, SYNTH_CODE);
	if (synth_hit(k, SYNTH_PLACE_FORMER, p->absorbed_count > 0))
		memcpy(rec->code,
		    p->absorbed[rng_below(&k->rng, (uint32_t)p->absorbed_count)], SYNTH_CODE);
	if (synth_hit(k, SYNTH_PLACE_CITY, p->city != NULL))
		set_place(rec, p->city_code, p->city);
}

static void place_abroad(struct synth_making *k)
{
	if (synth_hit(k, SYNTH_PLACE_COUNTRY, true))
		set_text(&k->rec->place, &k->person->place->name);
	if (synth_hit(k, SYNTH_PLACE_UNKNOWN, true))
		memcpy(k->rec->code, "99999", SYNTH_CODE);
}

static void make_place(struct synth_making *k)
{
	const struct synth_person *p = k->person;
	struct synth_record *rec = k->rec;

	rec->code[0] = '\0';
	rec->place.plain_len = rec->place.display_len = 0;
	if (synth_hit(k, SYNTH_PLACE_MISSING, true))
		return;
	set_place(rec, p->code, p->city ? p->city : &p->place->name);
	if (p->place->abroad)
		place_abroad(k);
	else
		place_in_france(k);
	if (synth_hit(k, SYNTH_PLACE_OTHER, true)) {
		const struct synth_place *other = other_place(k);

		set_place(rec, other->code, &other->name);
	}
	if (synth_hit(k, SYNTH_PLACE_SAINT, is_saint(&rec->place)))
		shorten_saint(&rec->place);
}

void synth_make_birth(struct synth_making *k)
{
	make_sex(k);
	make_date(k);
	make_place(k);
}

/* Where two neighbours of the 13 differ, from a random start on; false when nowhere. */
static bool find_neighbours(struct synth_making *k, size_t *ret)
{
	const char *nir = k->rec->nir;
	size_t from = rng_below(&k->rng, 12);

	for (size_t i = 0; i < 12; i++) {
		size_t at = (from + i) % 12;

		if (nir[at] != nir[at + 1] && nir[at] <= '9' && nir[at + 1] <= '9') {
			*ret = at;
			return true;
		}
	}
	return false;
}

static void exchange_neighbours(struct synth_making *k)
{
	char *nir = k->rec->nir, c;
	size_t at;

	if (!find_neighbours(k, &at))
		return;
	c = nir[at];
	nir[at] = nir[at + 1];
	nir[at + 1] = c;
}

static void mistype_nir(struct synth_making *k)
{
	char *nir = k->rec->nir;
	bool corsica = nir[6] > '9';

	if (synth_hit(k, SYNTH_NIR_DIGIT, true))
		change_digit(k, nir, 7, 6);
	if (synth_hit(k, SYNTH_NIR_NEIGHBOURS, true))
		exchange_neighbours(k);
	if (synth_hit(k, SYNTH_NIR_CORSICA, corsica))
		nir[6] = '0';
	if (synth_hit(k, SYNTH_NIR_LETTER, strchr(nir, '0') != NULL))
		*strchr(nir, '0') = 'O';
	if (synth_hit(k, SYNTH_NIR_KEYLESS, true))
		nir[13] = '\0';
}

void synth_make_number(struct synth_making *k)
{
	const struct synth_person *p = k->person;
	bool child = p->birth.year > SYNTH_YEAR - 26 && p->parent != UINT64_MAX;

	k->rec->nir[0] = '\0';
	if (!k->errors->nir || synth_hit(k, SYNTH_NIR_MISSING, true))
		return;
	memcpy(k->rec->nir, p->nir, SYNTH_NIR_SIZE);
	if (synth_hit(k, SYNTH_NIR_PARENT, child))
		synth_person_nir(k->world, p->parent, k->rec->nir);
	mistype_nir(k);
}

bool synth_hit(struct synth_making *k, enum link_synth_error error, bool applies)
{
	if (!applies)
		return false;
	k->counts[error].applies++;
	if (!rng_chance(&k->rng, k->errors->rates[error]))
		return false;
	k->counts[error].applied++;
	k->rec->errors |= (uint64_t)1 << error;
	return true;
}

void synth_record_make(struct synth_record *rec, const struct synth_world *w,
    const struct synth_errors *e, const struct synth_person *p, uint64_t index,
    struct link_synth_count counts[SYNTH_ERRORS])
{
	struct synth_making k = {
	    .rec = rec,
	    .world = w,
	    .errors = e,
	    .person = p,
	    .rng = rng_at(w->seed, SYNTH_STREAM_RECORD, index),
	    .counts = counts,
	};

	rec->errors = 0;
	rec->capitals = rng_chance(&k.rng, 0.7);
	synth_make_names(&k);
	synth_make_birth(&k);
	synth_make_number(&k);
}
