/* Loads communes and countries of birth. */
#include "link/synth_model.h"

#include "base/embed.h"
#include "health/place.h"
#include "io/csv.h"

/* Of 100 inhabitants, born abroad: INSEE, about 12 with the French of them; a hypothesis. */
enum { ABROAD_PERCENT = 12 };

static const struct {
	const char *code, *name;
	const char *wards; /* what their codes begin with */
} cities[] = {{"75056", "Paris", "751"}, {"69123", "Lyon", "693"}, {"13055", "Marseille", "132"}};

static bool set_code(char ret[SYNTH_CODE], struct view text)
{
	if (text.len != SYNTH_CODE - 1)
		return text.len == 0;
	memcpy(ret, text.ptr, text.len);
	return true;
}

static void set_absorbed(struct synth_model *m, struct synth_place *p, struct view codes)
{
	struct view rest = codes, code;
	char(*list)[SYNTH_CODE] =
	    arena_zalloc(&m->arena, codes.len / SYNTH_CODE + 1, SYNTH_CODE);

	while (view_next(&rest, ' ', &code))
		if (code.len > 0 && set_code(list[p->absorbed_count], code))
			p->absorbed_count++;
	p->absorbed = (const char(*)[SYNTH_CODE])list;
}

static void set_city(struct synth_model *m, struct synth_place *p)
{
	for (size_t i = 0; i < ARRAY_LEN(cities); i++) {
		struct synth_word *word;

		if (memcmp(p->code, cities[i].wards, 3) != 0 ||
		    strstr(p->name.plain.ptr, "ARRONDISSEMENT") == NULL)
			continue;
		word = arena_zalloc(&m->arena, 1, sizeof(*word));
		synth_word_of(m, VIEW(cities[i].name), word);
		p->city = word;
		p->city_code = cities[i].code;
	}
}

static int load_communes(struct synth_model *m, struct err *err)
{
	static const char *const columns[] = {"code", "population", "before", "until", "absorbed",
	    "name"};
	AUTO_CSV struct csv_reader *csv = csv_open_view("synth_communes.csv",
	    embed_find("link/data/synth_communes.csv"), ',');
	size_t at[ARRAY_LEN(columns)];
	int rc;

	if (csv_header(csv, columns, ARRAY_LEN(columns), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		struct view until = csv_field(csv, at[3]);
		struct synth_place *p;
		int64_t population, year = 0;

		if (!view_to_i64(csv_field(csv, at[1]), &population) || population < 1 ||
		    (until.len && !view_to_i64(until, &year)))
			return err_set(err, ERR_INTERNAL, "synth_communes.csv: line %zu",
			    csv_line(csv));
		p = vec_push(&m->places);
		p->weight = (uint32_t)population;
		if (!set_code(p->code, csv_field(csv, at[0])) ||
		    !set_code(p->before, csv_field(csv, at[2])))
			return err_set(err, ERR_INTERNAL, "synth_communes.csv: line %zu",
			    csv_line(csv));
		p->until = (int)year;
		set_absorbed(m, p, csv_field(csv, at[4]));
		synth_word_of(m, csv_field(csv, at[5]), &p->name);
		set_city(m, p);
	}
	return rc;
}

static void set_cities(struct synth_model *m, struct synth_place *p, struct view names)
{
	struct view rest = names, name;
	size_t count = 1;
	struct synth_word *list;

	for (size_t i = 0; i < names.len; i++)
		count += names.ptr[i] == '|';
	list = arena_zalloc(&m->arena, count, sizeof(*list));
	while (view_next(&rest, '|', &name))
		synth_word_of(m, name, &list[p->city_count++]);
	p->cities = list;
}

/* Their weight is their share of those born abroad until weigh_places. */
static int load_countries(struct synth_model *m, struct err *err)
{
	static const char *const columns[] = {"code", "share", "group", "cities"};
	AUTO_CSV struct csv_reader *csv = csv_open_view("synth_countries.csv",
	    embed_find("link/data/synth_countries.csv"), ',');
	AUTO_PLACES struct places *known = NULL;
	size_t at[ARRAY_LEN(columns)];
	int rc;

	if (places_load(&known, err) < 0 ||
	    csv_header(csv, columns, ARRAY_LEN(columns), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		struct synth_place *p;
		int64_t share;

		if (!view_to_i64(csv_field(csv, at[1]), &share) || share < 1)
			return err_set(err, ERR_INTERNAL, "synth_countries.csv: line %zu",
			    csv_line(csv));
		p = vec_push(&m->places);
		p->weight = (uint32_t)share;
		if (!set_code(p->code, csv_field(csv, at[0])))
			return err_set(err, ERR_INTERNAL, "synth_countries.csv: line %zu",
			    csv_line(csv));
		p->abroad = true;
		synth_word_of(m, places_country_name(known, VIEW(p->code)), &p->name);
		p->group = synth_group_of(m, csv_field(csv, at[2]));
		set_cities(m, p, csv_field(csv, at[3]));
	}
	return rc;
}

/* Inhabitants for shares, and what stands before each place. */
static void weigh_places(struct synth_model *m)
{
	uint64_t communes = 0, shares = 0;

	for (size_t i = 0; i < m->places.len; i++)
		*(m->places.ptr[i].abroad ? &shares : &communes) += m->places.ptr[i].weight;
	for (size_t i = 0; i < m->places.len; i++) {
		struct synth_place *p = &m->places.ptr[i];

		if (p->abroad)
			p->weight = (uint32_t)(communes * ABROAD_PERCENT * p->weight /
					       ((100 - ABROAD_PERCENT) * MAX(shares, 1u)));
		p->first = m->place_weight;
		m->place_weight += p->weight;
	}
}

int synth_load_places(struct synth_model *m, struct err *err)
{
	if (load_communes(m, err) < 0 || load_countries(m, err) < 0)
		return -1;
	weigh_places(m);
	return 0;
}
