#include "health/place.h"

#include "base/arena.h"
#include "base/embed.h"
#include "base/vec.h"
#include "io/csv.h"

/*
 * A code is a number: department * 1000 + commune, 2A and 2B behind the others.
 * slot[number] is 0 (never), 1 (always) or 2 + the index of its first span.
 */
enum { DEPARTMENTS = 102,
	SLOTS = DEPARTMENTS * 1000,
	NEVER = 0,
	ALWAYS = 1,
	FIRST_SPAN = 2,
	HISTORY_START = 1943,
	COUNTRIES = 1000 };

struct span {
	int16_t from, until; /* 0: open */
	int32_t heir;        /* number of the code, or -1 */
	bool last;           /* of its code */
};

struct country {
	struct view name; /* len 0: none */
	int until;        /* 0: exists */
};

struct places {
	uint16_t slot[SLOTS];
	VEC(struct span) spans;
	struct country countries[COUNTRIES];
	struct arena names;
};

static int digits(struct view v)
{
	int n = 0;

	for (size_t i = 0; i < v.len; i++) {
		if (v.ptr[i] < '0' || v.ptr[i] > '9')
			return -1;
		n = n * 10 + (v.ptr[i] - '0');
	}
	return v.len ? n : -1;
}

static int department_number(struct view two)
{
	if (view_eq(two, VIEW_LIT("2A")) || view_eq(two, VIEW_LIT("2B")))
		return two.ptr[1] == 'A' ? 100 : 101;
	return digits(two);
}

static int code_number(struct view code)
{
	int department, commune;

	if (code.len != PLACE_LEN)
		return -1;
	department = department_number((struct view){code.ptr, 2});
	commune = digits((struct view){code.ptr + 2, 3});
	return department < 0 || commune < 0 ? -1 : department * 1000 + commune;
}

static void code_text(int number, char ret[PLACE_LEN + 1])
{
	int department = number / 1000;

	ret[0] = department >= 100 ? '2' : (char)('0' + department / 10);
	ret[1] = department >= 100 ? (char)('A' + department - 100) : (char)('0' + department % 10);
	for (int i = 4, n = number % 1000; i > 1; i--, n /= 10)
		ret[i] = (char)('0' + n % 10);
	ret[5] = '\0';
}

/* "033" of the same department, or "2A004". */
static int heir_number(int department, struct view heir)
{
	int n;

	if (heir.len == PLACE_LEN)
		return code_number(heir);
	n = digits(heir);
	return heir.len == 3 && n >= 0 ? department * 1000 + n : -1;
}

/* "/1974,1978/" behind "166:", then ">033" perhaps. */
static bool add_spans(struct places *p, int number, struct view text)
{
	struct view spans, span, from;
	int heir = -1;

	if (!view_next(&text, '>', &spans))
		return false;
	if (text.len > 0 && (heir = heir_number(number / 1000, text)) < 0)
		return false;
	if (p->spans.len + FIRST_SPAN > UINT16_MAX)
		return false;
	p->slot[number] = (uint16_t)(p->spans.len + FIRST_SPAN);
	while (view_next(&spans, ',', &span)) {
		if (!view_next(&span, '/', &from))
			return false;
		*vec_push(&p->spans) = (struct span){
		    .from = (int16_t)(from.len ? digits(from) : 0),
		    .until = (int16_t)(span.len ? digits(span) : 0),
		    .heir = heir,
		    .last = spans.len == 0,
		};
	}
	return true;
}

/* "001-004", "007" or "005:...". */
static bool add_word(struct places *p, int department, struct view word)
{
	struct view head = {word.ptr, MIN(word.len, (size_t)3)};
	struct view rest = {word.ptr + head.len, word.len - head.len};
	int first = digits(head), last = first;

	if (head.len != 3 || first < 0)
		return false;
	if (rest.len > 0 && rest.ptr[0] == ':')
		return add_spans(p, department * 1000 + first,
		    (struct view){rest.ptr + 1, rest.len - 1});
	if (rest.len == 4 && rest.ptr[0] == '-')
		last = digits((struct view){rest.ptr + 1, 3});
	else if (rest.len > 0)
		return false;
	for (int i = first; i <= last; i++)
		p->slot[department * 1000 + i] = ALWAYS;
	return last >= first;
}

static int load_communes(struct places *p, struct err *err)
{
	static const char name[] = "health/data/communes.txt";
	struct view rest = embed_find("health/data/communes.txt"), line, word;

	while (view_next(&rest, '\n', &line)) {
		int department;

		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (!view_next(&line, ' ', &word) || (department = department_number(word)) < 0)
			return err_set(err, ERR_INTERNAL, "%s: no department", name);
		while (view_next(&line, ' ', &word)) {
			if (!add_word(p, department, word))
				return err_set(err, ERR_INTERNAL, "%s: department %d", name,
				    department);
		}
	}
	return 0;
}

static int load_countries(struct places *p, struct err *err)
{
	static const char name[] = "health/data/countries.csv";
	static const char *const columns[] = {"code", "until", "name"};
	AUTO_CSV struct csv_reader *csv =
	    csv_open_view(name, embed_find("health/data/countries.csv"), ',');
	size_t at[ARRAY_LEN(columns)];
	int rc;

	if (csv_header(csv, columns, ARRAY_LEN(columns), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		struct view until = csv_field(csv, at[1]);
		int code = digits(csv_field(csv, at[0]));

		if (code < 1 || code >= COUNTRIES || (until.len > 0 && digits(until) < 0))
			return err_set(err, ERR_INTERNAL, "%s: line %zu", name, csv_line(csv));
		p->countries[code] = (struct country){
		    .name = arena_view(&p->names, csv_field(csv, at[2])),
		    .until = until.len ? digits(until) : 0,
		};
	}
	return rc;
}

int places_load(struct places **ret, struct err *err)
{
	AUTO_PLACES struct places *p = mem_zalloc(1, sizeof(*p));

	if (load_communes(p, err) < 0 || load_countries(p, err) < 0) {
		err->code = ERR_INTERNAL;
		return -1;
	}
	*ret = TAKE(p);
	return 0;
}

void places_free(struct places **p)
{
	if (!*p)
		return;
	vec_clear(&(*p)->spans);
	arena_clear(&(*p)->names);
	free(*p);
	*p = NULL;
}

bool place_is_abroad(struct view code)
{
	return view_starts(code, VIEW_LIT("99"));
}

/* The country whose births were coded in this department before its independence, or 0. */
static int colony_of(int department, int *ret_until)
{
	if (department >= 91 && department <= 94) {
		*ret_until = 1962;
		return 352; /* Algeria */
	}
	*ret_until = 1956;
	if (department == 95)
		return 350;                /* Morocco */
	return department == 96 ? 351 : 0; /* Tunisia */
}

static enum place_state country_state(const struct places *p, int code, int year)
{
	const struct country *c = &p->countries[code];

	if (c->name.len == 0)
		return PLACE_UNKNOWN;
	return c->until != 0 && year > c->until ? PLACE_ENDED : PLACE_KNOWN;
}

static enum place_state span_state(const struct span *s, int year)
{
	bool ended = false;

	for (;; s++) {
		if (s->from != 0 && year < s->from)
			return ended ? PLACE_ENDED : PLACE_NOT_YET;
		if (s->until == 0 || year <= s->until)
			return PLACE_KNOWN;
		if (s->last)
			return PLACE_ENDED;
		ended = true;
	}
}

enum place_state places_find(const struct places *p, struct view code, int year)
{
	int number = code_number(code), until;

	if (number < 0)
		return PLACE_UNKNOWN;
	if (number / 1000 == 99)
		return country_state(p, number % 1000, year);
	if (colony_of(number / 1000, &until) && number % 1000 > 0 && year <= until &&
	    (year > 0 || p->slot[number] == NEVER))
		return PLACE_KNOWN;
	if (p->slot[number] == NEVER)
		return PLACE_UNKNOWN;
	if (p->slot[number] == ALWAYS || year == 0)
		return PLACE_KNOWN;
	return span_state(&p->spans.ptr[p->slot[number] - FIRST_SPAN], MAX(year, HISTORY_START));
}

static int heir_of(const struct places *p, int number)
{
	const struct span *s;

	if (p->slot[number] < FIRST_SPAN)
		return number;
	s = &p->spans.ptr[p->slot[number] - FIRST_SPAN];
	return s->heir >= 0 ? s->heir : number;
}

void places_heir(const struct places *p, struct view code, char ret[PLACE_LEN + 1])
{
	int number = code_number(code);

	if (number >= 0) {
		code_text(heir_of(p, number), ret);
		return;
	}
	memcpy(ret, code.ptr, MIN(code.len, (size_t)PLACE_LEN));
	ret[MIN(code.len, (size_t)PLACE_LEN)] = '\0';
}

/* Paris, Lyon and Marseille for their wards. */
static int city_of(int number)
{
	if (number > 75100 && number <= 75120)
		return 75056;
	if (number > 69380 && number <= 69389)
		return 69123;
	return number > 13200 && number <= 13216 ? 13055 : number;
}

static bool is_colony_code(int number, int country)
{
	int until;

	return number / 1000 != 99 && country / 1000 == 99 &&
	       colony_of(number / 1000, &until) == country % 1000 && country % 1000 != 0;
}

bool places_same(const struct places *p, struct view a, struct view b)
{
	int x = code_number(a), y = code_number(b);

	if (x < 0 || y < 0)
		return view_eq(a, b);
	if (is_colony_code(x, y) || is_colony_code(y, x))
		return true;
	return city_of(heir_of(p, x)) == city_of(heir_of(p, y)) &&
	       (x == y || city_of(x) == x || city_of(y) == y);
}

struct view places_country_name(const struct places *p, struct view code)
{
	int number = code_number(code);

	return number / 1000 == 99 ? p->countries[number % 1000].name : VIEW_NONE;
}
