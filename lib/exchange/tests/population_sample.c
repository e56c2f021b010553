/*
 * A French population that does not exist, and what three centres hold of it.
 *
 *   sample_exchange_population make FOLDER PERSONS SEED
 *       reference.csv   the identity service's register
 *       nantes.csv      NIR;    brest.csv, quimper.csv: traits, with errors
 *       truth.csv       centre, idacc, person
 *       identities.txt  one text a line that only an identity holds
 *   sample_exchange_population score TRUTH RESULT
 *       pairs of rows of one person: recall, and the share of false pairs
 *
 * Errors of a row of traits: capitals, accents, hyphens written another way 40 %,
 * further given names left out 30 %, a letter of the surname wrong 1.5 %, of the
 * given name 1 %, day and month exchanged 0.5 %, a digit of the date wrong 0.5 %,
 * place missing 3 % or wrong 0.5 %, sex wrong 0.3 %, birth name left out for the
 * used one 0.1 %. Of NIR rows: a wrong key 0.05 %.
 */
#include "base/map.h"
#include "base/rng.h"
#include "health/nir.h"
#include "io/csv.h"
#include "io/file.h"

#include <stdio.h>

enum { STREAM_PERSON,
	STREAM_NANTES,
	STREAM_BREST,
	STREAM_QUIMPER };

static const char *const men[] = {"Jean", "Pierre", "Michel", "André", "Philippe", "René", "Louis",
    "Alain", "Jacques", "Bernard", "Marcel", "Daniel", "Roger", "Robert", "Paul", "Claude",
    "Christian", "Henri", "Georges", "Nicolas", "François", "Laurent", "Éric", "Loïc", "Yann",
    "Jean-Pierre", "Jean-Luc", "Hervé", "Benoît", "Théo", "Lucas", "Hugo", "Mohamed", "Karim"};
static const char *const women[] = {"Marie", "Jeanne", "Françoise", "Monique", "Catherine",
    "Nathalie", "Isabelle", "Jacqueline", "Anne", "Sylvie", "Martine", "Madeleine", "Nicole",
    "Suzanne", "Hélène", "Christine", "Marguerite", "Denise", "Louise", "Renée", "Élodie",
    "Anne-Marie", "Marie-Thérèse", "Chloé", "Léa", "Inès", "Fatima", "Noémie", "Zoé", "Gaëlle"};
static const char *const heads[] = {"Le ", "De ", "Du", "Ker", "Mar", "Ber", "Gui", "Rou", "Dé",
    "Fa", "Mo", "Lam", "Bou", "Char", "Pi", "Gau", "Ro", "Vi", "Per", "Cor", "Tan", "Sa", "Bré"};
static const char *const middles[] = {"ti", "nar", "lle", "ver", "go", "chau", "ri", "mé", "do",
    "ran", "ssi", "vel", "bo", "que", "thi", "lan", "nou", "pé", "ga", "zan", "ché", "fi", "ru"};
static const char *const tails[] = {"n", "d", "lt", "er", "ot", "ard", "in", "eau", "et", "on",
    "ec", "ic", "and", "ou", "el", "as", "ey", "ain", "é", "is", "ert", "oux"};

struct person {
	char surname[48], used[48], given[64];
	int year, month, day, commune, sex, order;
	int twin_of; /* 0: none */
};

static const char *pick(struct rng *r, const char *const *list, size_t count)
{
	/* the square: some names are common */
	double u = rng_unit(r);

	return list[(size_t)(u * u * (double)count)];
}

static void make_surname(struct rng *r, char *out, size_t size)
{
	const char *head = pick(r, heads, ARRAY_LEN(heads));
	const char *a = pick(r, middles, ARRAY_LEN(middles));
	const char *b = rng_chance(r, 0.6) ? pick(r, middles, ARRAY_LEN(middles)) : "";

	snprintf(out, size, "%s%s%s%s", head, a, b, pick(r, tails, ARRAY_LEN(tails)));
	for (char *c = strchr(out, ' '); c && c[1] >= 'a' && c[1] <= 'z'; c = NULL)
		c[1] = (char)(c[1] - 32);
}

static struct person make_person(uint64_t seed, uint64_t index)
{
	struct rng r = rng_at(seed, STREAM_PERSON, index);
	bool is_twin = index > 0 && index % 97 == 0;
	struct rng base = rng_at(seed, STREAM_PERSON, is_twin ? index - 1 : index);
	struct person p = {.sex = rng_range(&base, 1, 2)};
	const char *const *names = p.sex == 1 ? men : women;
	size_t count = p.sex == 1 ? ARRAY_LEN(men) : ARRAY_LEN(women);

	make_surname(&base, p.surname, sizeof(p.surname));
	p.year = rng_range(&base, 1925, 2020);
	p.month = rng_range(&base, 1, 12);
	p.day = rng_range(&base, 1, 28);
	p.commune = rng_chance(&base, 0.3)
	                ? 29019 + rng_range(&base, 0, 5) * 100
	                : rng_range(&base, 1, 89) * 1000 + rng_range(&base, 1, 400);
	p.order = (int)(index % 900) + 1;
	(void)rng_u32(&r);
	snprintf(p.given, sizeof(p.given), "%s %s", names[(index * 7 + rng_below(&r, 5)) % count],
	    pick(&r, names, count));
	if (p.sex == 2 && p.year < 2000 && rng_chance(&r, 0.45))
		make_surname(&r, p.used, sizeof(p.used));
	return p;
}

/* The commune's last digits carry the index, so that numbers differ. */
static void make_nir(const struct person *p, uint64_t index, char out[NIR_KEYED_LEN + 1])
{
	AUTO_STR struct str text = {0};

	str_addf(&text, "%d%02d%02d%02d%03d%03d", p->sex, p->year % 100, p->month,
	    p->commune / 1000, (int)(index / 900 % 900) + 1, p->order);
	str_addf(&text, "%02d", nir_key(str_get(&text)));
	memcpy(out, str_get(&text), NIR_KEYED_LEN + 1);
}

/* Another way to write it: capitals, no accents, blanks for hyphens. */
static void restyle(struct rng *r, char *text)
{
	static const char *const from[] = {"é", "è", "ê", "ë", "ï", "î", "ç", "É", "ô", "ù", NULL};
	static const char to[] = "eeeeiicEou";
	char out[96] = "";
	size_t n = 0;
	bool plain = rng_chance(r, 0.6);
	bool upper = rng_chance(r, 0.6);

	if (!rng_chance(r, 0.4))
		return;
	for (const char *c = text; *c && n < sizeof(out) - 3;) {
		size_t k = 0;

		while (plain && from[k] && strncmp(c, from[k], strlen(from[k])) != 0)
			k++;
		if (plain && from[k]) {
			out[n++] = to[k];
			c += strlen(from[k]);
		} else {
			out[n++] = *c == '-' && upper ? ' ' : *c;
			c++;
		}
	}
	for (size_t i = 0; upper && i < n; i++)
		if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char)(out[i] - 32);
	memcpy(text, out, n);
	text[n] = '\0';
}

static void mistype(struct rng *r, char *text)
{
	size_t len = strlen(text);
	size_t at = 1 + rng_below(r, (uint32_t)len - 1);

	for (size_t i = 0; i < len; i++, at = 1 + at % (len - 1))
		if (text[at] >= 'a' && text[at] <= 'z')
			break;
	if (text[at] >= 'a' && text[at] <= 'z')
		text[at] = (char)('a' + rng_below(r, 26));
}

static void add_traits(struct rng *r, const struct person *p, const char *idacc, struct str *out)
{
	struct person q = *p;
	int year = q.year, month = q.month, day = q.day;
	char place[8];

	snprintf(place, sizeof(place), "%05d", q.commune);
	if (rng_chance(r, 0.3))
		*strrchr(q.given, ' ') = '\0';
	if (rng_chance(r, 0.015))
		mistype(r, q.surname);
	if (rng_chance(r, 0.01))
		mistype(r, q.given);
	if (rng_chance(r, 0.005)) {
		day = p->month;
		month = p->day <= 12 ? p->day : p->month;
	}
	if (rng_chance(r, 0.005))
		day = (day + 3) % 28 + 1;
	if (rng_chance(r, 0.005))
		year += 1;
	if (rng_chance(r, 0.03))
		place[0] = '\0';
	if (rng_chance(r, 0.005))
		snprintf(place, sizeof(place), "%s", "29019");
	if (rng_chance(r, 0.003))
		q.sex = 3 - q.sex;
	if (q.used[0] && rng_chance(r, 0.001))
		snprintf(q.surname, sizeof(q.surname), "%s", q.used);
	restyle(r, q.surname);
	restyle(r, q.used);
	restyle(r, q.given);
	str_addf(out, "%s,%s,%s,%s,%04d-%02d-%02d,%d,%s\n", idacc, q.surname, q.used, q.given, year,
	    month, day, q.sex, place);
}

static void add_nir(struct rng *r, const struct person *p, uint64_t index, const char *idacc,
    struct str *out)
{
	char nir[NIR_KEYED_LEN + 1];

	make_nir(p, index, nir);
	if (rng_chance(r, 0.0005))
		nir[NIR_LEN] = (char)('0' + (nir[NIR_LEN] - '0' + 1) % 9);
	str_addf(out, "%s,%s,%04d%02d%02d,%d\n", idacc, nir, p->year, p->month, p->day, p->sex);
}

struct centre {
	const char *name;
	int stream;
	double share;
};

static int make_centre(const struct centre *c, const char *folder, uint64_t persons,
    uint64_t seed, struct str *truth, struct err *err)
{
	AUTO_STR struct str out = {0};
	AUTO_FREE char *path = str_format("%s/%s.csv", folder, c->name);
	uint64_t number = 0;

	str_addz(&out, c->stream == STREAM_NANTES
			   ? "idacc,nir,birth_date,sex\n"
			   : "idacc,birth_name,used_name,given_names,birth_date,sex,birth_place\n");
	for (uint64_t i = 0; i < persons; i++) {
		struct rng r = rng_at(seed, (uint32_t)c->stream, i);
		struct person p = make_person(seed, i);
		int times = rng_chance(&r, c->share) ? rng_chance(&r, 0.02) ? 2 : 1 : 0;

		for (; times > 0; times--) {
			char idacc[32];

			snprintf(idacc, sizeof(idacc), "%c%08llx", c->name[0],
			    (unsigned long long)(++number * 2654435761u % 4294967291u));
			if (c->stream == STREAM_NANTES)
				add_nir(&r, &p, i, idacc, &out);
			else
				add_traits(&r, &p, idacc, &out);
			str_addf(truth, "%s,%s,%llu\n", c->name, idacc, (unsigned long long)i);
		}
	}
	return file_write(path, str_view(&out), err);
}

static int make_reference(const char *folder, uint64_t persons, uint64_t seed, struct err *err)
{
	AUTO_STR struct str out = {0};
	AUTO_STR struct str planted = {0};
	AUTO_FREE char *path = path_join(folder, "reference.csv");
	AUTO_FREE char *texts = path_join(folder, "identities.txt");

	str_addz(&out, "nir,birth_name,used_name,given_names,birth_date,sex,birth_place\n");
	for (uint64_t i = 0; i < persons; i++) {
		struct person p = make_person(seed, i);
		char nir[NIR_KEYED_LEN + 1];

		make_nir(&p, i, nir);
		str_addf(&out, "%s,%s,%s,%s,%04d%02d%02d,%d,%05d\n", nir, p.surname, p.used,
		    p.given, p.year, p.month, p.day, p.sex, p.commune);
		str_addf(&planted, "%.13s\n", nir);
		if (strlen(p.surname) >= 8)
			str_addf(&planted, "%s\n", p.surname);
		if (strlen(p.given) >= 12)
			str_addf(&planted, "%s\n", p.given);
	}
	return file_write(path, str_view(&out), err) < 0
	           ? -1
	           : file_write(texts, str_view(&planted), err);
}

static int make(const char *folder, uint64_t persons, uint64_t seed, struct err *err)
{
	static const struct centre centres[] = {{"nantes", STREAM_NANTES, 0.4},
	    {"brest", STREAM_BREST, 0.35}, {"quimper", STREAM_QUIMPER, 0.3}};
	AUTO_STR struct str truth = {0};
	AUTO_FREE char *path = path_join(folder, "truth.csv");

	str_addz(&truth, "centre,idacc,person\n");
	if (path_make_folder(folder, err) < 0 || make_reference(folder, persons, seed, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(centres); i++)
		if (make_centre(&centres[i], folder, persons, seed, &truth, err) < 0)
			return -1;
	return file_write(path, str_view(&truth), err);
}

/* Rows by a key: how many have it. */
struct counter {
	struct map keys;
	VEC(uint64_t) counts;
};

static void count_key(struct counter *c, struct view key)
{
	size_t at = (size_t)map_intern(&c->keys, key);

	if (at == c->counts.len)
		*vec_push(&c->counts) = 0;
	c->counts.ptr[at]++;
}

static uint64_t pairs(struct counter *c)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < c->counts.len; i++)
		sum += c->counts.ptr[i] * (c->counts.ptr[i] - 1) / 2;
	map_clear(&c->keys);
	vec_clear(&c->counts);
	return sum;
}

static int read_truth(const char *path, struct map *person_of, struct counter *persons,
    struct err *err)
{
	AUTO_CSV struct csv_reader *csv = NULL;
	AUTO_STR struct str key = {0};
	int rc;

	if (csv_open(&csv, path, ',', err) < 0 || csv_next(csv, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		int64_t person = 0;

		str_reset(&key);
		str_addf(&key, "%.*s %.*s", VIEW_ARG(csv_field(csv, 0)),
		    VIEW_ARG(csv_field(csv, 1)));
		if (!view_to_i64(csv_field(csv, 2), &person))
			return err_set(err, ERR_FORMAT, "%s: no person", path);
		*map_add(person_of, str_view(&key), 0) = person;
		count_key(persons, csv_field(csv, 2));
	}
	return rc;
}

static int score(const char *truth, const char *result, struct err *err)
{
	AUTO_MAP struct map person_of = {0};
	AUTO_CSV struct csv_reader *csv = NULL;
	AUTO_STR struct str key = {0};
	struct counter persons = {0}, pseudonyms = {0}, both = {0};
	double right, wanted, found;
	int rc;

	if (read_truth(truth, &person_of, &persons, err) < 0 ||
	    csv_open(&csv, result, ',', err) < 0 || csv_next(csv, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		const int64_t *person;

		str_reset(&key);
		str_addf(&key, "%.*s %.*s", VIEW_ARG(csv_field(csv, 0)),
		    VIEW_ARG(csv_field(csv, 1)));
		person = map_find(&person_of, str_view(&key));
		if (!person)
			return err_set(err, ERR_FORMAT, "%s: a row nobody deposited", result);
		if (csv_field(csv, 2).len == 0)
			continue;
		str_reset(&key);
		str_addf(&key, "%.*s %lld", VIEW_ARG(csv_field(csv, 2)), (long long)*person);
		count_key(&pseudonyms, csv_field(csv, 2));
		count_key(&both, str_view(&key));
	}
	right = (double)pairs(&both);
	wanted = (double)pairs(&persons);
	found = (double)pairs(&pseudonyms);
	printf("links %.0f found %.0f recall %.5f false %.5f\n", wanted, found, right / wanted,
	    (found - right) / found);
	printf("%s\n", right / wanted >= 0.995 && (found - right) / found <= 0.001 ? "reached"
										   : "missed");
	return rc;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	int64_t persons, seed;
	int rc = -1;

	if (argc == 5 && strcmp(argv[1], "make") == 0 && view_to_i64(VIEW(argv[3]), &persons) &&
	    view_to_i64(VIEW(argv[4]), &seed))
		rc = make(argv[2], (uint64_t)persons, (uint64_t)seed, &err);
	else if (argc == 4 && strcmp(argv[1], "score") == 0)
		rc = score(argv[2], argv[3], &err);
	if (rc < 0)
		fprintf(stderr, "%s\n", err.msg);
	return rc < 0;
}
