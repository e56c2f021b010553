#include "base/hash.h"
#include "exchange/civil.h"
#include "health/nir.h"
#include "io/csv.h"

#include <stdlib.h>

enum { NIR,
	BIRTH_NAME,
	GIVEN_NAMES,
	BIRTH_DATE,
	SEX,
	USED_NAME,
	BIRTH_PLACE,
	DECEASED,
	COLUMNS,
	NEEDED = USED_NAME };

static const char *const columns[COLUMNS] = {"nir", "birth_name", "given_names", "birth_date",
    "sex", "used_name", "birth_place", "deceased"};

struct loading {
	struct exchange_population *population;
	struct csv_reader *csv;
	const char *path;
	size_t at[COLUMNS]; /* from 1; 0: the file has none */
	struct str name;
};

static uint64_t key_of(uint32_t kind, uint32_t a, uint32_t b, uint32_t c)
{
	const uint32_t parts[] = {kind, a, b, c};

	return hash_xxh3((struct view){(const char *)parts, sizeof(parts)});
}

static uint32_t pack_date(struct birth_date d)
{
	return d.year && d.month && d.day
	           ? (uint32_t)d.year << 16 | (uint32_t)d.month << 8 | (uint32_t)d.day
	           : 0;
}

static uint32_t pack_place(const char *place)
{
	return place[0] ? (uint32_t)hash_xxh3(VIEW(place)) : 0;
}

size_t civil_keys(const struct civil_person *p, uint64_t ret[CIVIL_KEYS])
{
	uint32_t date = pack_date(p->date);
	uint32_t place = pack_place(p->place);
	uint32_t sex = (uint32_t)p->sex;
	uint32_t year = (uint32_t)p->date.year;
	const uint32_t parts[CIVIL_KEYS][3] = {
	    {p->birth_name, date, 1},
	    {p->birth_name, p->first_name, sex ? sex : 1},
	    {p->first_name, date, place},
	    {p->first_name, date, 1},
	    {p->used_name, date, 1},
	    {p->birth_name, place, year},
	    {date, place, sex ? sex : 1},
	};
	size_t count = 0;

	for (uint32_t k = 0; k < CIVIL_KEYS; k++)
		if (parts[k][0] && parts[k][1] && parts[k][2])
			ret[count++] = key_of(k, parts[k][0], parts[k][1], parts[k][2]);
	return count;
}

static struct view value(const struct loading *l, int column)
{
	return l->at[column] ? view_trim(csv_field(l->csv, l->at[column] - 1)) : VIEW_NONE;
}

MUST_CHECK static int read_columns(struct loading *l, struct err *err)
{
	int rc = csv_next(l->csv, err);

	if (rc < 0)
		return -1;
	for (size_t i = 0; rc > 0 && i < csv_count(l->csv); i++)
		for (int c = 0; c < COLUMNS; c++)
			if (view_eq_nocase(view_trim(csv_field(l->csv, i)), VIEW(columns[c])))
				l->at[c] = i + 1;
	for (int c = 0; c < NEEDED; c++)
		if (!l->at[c])
			return err_set(err, ERR_FORMAT, "%s: column '%s' is missing", l->path,
			    columns[c]);
	return 0;
}

static uint32_t intern(struct loading *l, struct view raw)
{
	civil_name(raw, &l->name);
	return (uint32_t)map_intern(&l->population->names, str_view(&l->name));
}

static void count(uint32_t **counts, size_t *len, size_t *cap, size_t number)
{
	if (number >= *cap) {
		size_t before = *cap;

		*cap = MAX(number + 1, *cap * 2 + 64);
		*counts = mem_realloc(*counts, *cap, sizeof(**counts));
		memset(*counts + before, 0, (*cap - before) * sizeof(**counts));
	}
	*len = MAX(*len, number + 1);
	(*counts)[number]++;
}

#define COUNT(vec, number) count(&(vec).ptr, &(vec).len, &(vec).cap, (number))

static void count_person(struct exchange_population *p, const struct civil_person *person)
{
	COUNT(p->name_counts, person->birth_name);
	COUNT(p->first_counts, person->first_name);
	COUNT(p->place_counts, (size_t)map_intern(&p->places, VIEW(person->place)));
}

MUST_CHECK static int read_person(struct loading *l, struct err *err)
{
	struct exchange_population *p = l->population;
	struct civil_person *person = vec_push(&p->persons);
	struct view sex = value(l, SEX);
	struct view place = value(l, BIRTH_PLACE);
	struct view deceased = value(l, DECEASED);
	struct nir nir;

	if (nir_parse(&nir, value(l, NIR)) != NIR_SOUND)
		return err_set(err, ERR_FORMAT, "%s: row %zu: nir is no NIR", l->path,
		    p->persons.len);
	memcpy(person->nir, nir.digits, sizeof(person->nir));
	if (!birth_date_parse(value(l, BIRTH_DATE), &person->date))
		return err_set(err, ERR_FORMAT, "%s: row %zu: birth_date is no date", l->path,
		    p->persons.len);
	person->birth_name = intern(l, value(l, BIRTH_NAME));
	person->used_name = intern(l, value(l, USED_NAME));
	person->given_names = intern(l, value(l, GIVEN_NAMES));
	person->first_name = (uint32_t)map_intern(&p->names, civil_first(str_view(&l->name)));
	if (sex.len == 1 && strchr("12MF", sex.ptr[0]))
		person->sex = strchr("1M", sex.ptr[0]) ? '1' : '2';
	if (place.len == PLACE_LEN)
		memcpy(person->place, place.ptr, PLACE_LEN);
	person->deceased = deceased.len && !view_eq(deceased, VIEW_LIT("0"));
	count_person(p, person);
	return 0;
}

static int compare_entries(const void *pa, const void *pb)
{
	const struct civil_entry *a = pa;
	const struct civil_entry *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

static void build_index(struct exchange_population *p)
{
	vec_reserve(&p->index, p->persons.len * CIVIL_KEYS);
	for (size_t i = 0; i < p->persons.len; i++) {
		uint64_t keys[CIVIL_KEYS];
		size_t n = civil_keys(&p->persons.ptr[i], keys);

		for (size_t k = 0; k < n; k++)
			*vec_push(&p->index) = (struct civil_entry){keys[k], (uint32_t)i};
	}
	if (p->index.len)
		qsort(p->index.ptr, p->index.len, sizeof(p->index.ptr[0]), compare_entries);
}

MUST_CHECK static int read_all(struct loading *l, struct progress *progress, struct err *err)
{
	int rc;

	if (read_columns(l, err) < 0)
		return -1;
	while ((rc = csv_next(l->csv, err)) > 0) {
		if (l->population->persons.len == UINT32_MAX - 1)
			return err_set(err, ERR_LIMIT, "%s: more than 4 billion rows", l->path);
		if (read_person(l, err) < 0)
			return -1;
		progress_add(progress, 1);
	}
	if (rc == 0 && l->population->persons.len == 0)
		return err_set(err, ERR_FORMAT, "%s: holds no person", l->path);
	return rc;
}

int exchange_population_read(struct exchange_population **ret, const char *path, char separator,
    struct progress *progress, struct err *err)
{
	AUTO_EXCHANGE_POPULATION struct exchange_population *p = mem_zalloc(1, sizeof(*p));
	AUTO_CSV struct csv_reader *csv = NULL;
	struct loading l = {.population = p, .path = path};
	int rc;

	if (csv_open(&csv, path, separator, err) < 0 || places_load(&p->cog, err) < 0)
		return -1;
	l.csv = csv;
	(void)map_intern(&p->names, VIEW_LIT("")); /* number 0 */
	rc = read_all(&l, progress, err);
	str_clear(&l.name);
	if (rc < 0)
		return -1;
	build_index(p);
	*ret = TAKE(p);
	return 0;
}

void exchange_population_free(struct exchange_population **pp)
{
	struct exchange_population *p = TAKE(*pp);

	if (!p)
		return;
	vec_clear(&p->persons);
	map_clear(&p->names);
	map_clear(&p->places);
	vec_clear(&p->name_counts);
	vec_clear(&p->first_counts);
	vec_clear(&p->place_counts);
	vec_clear(&p->index);
	places_free(&p->cog);
	free(p);
}

size_t exchange_population_count(const struct exchange_population *p)
{
	return p->persons.len;
}
