#include "link/block.h"

#include "base/hash.h"
#include "link/sort.h"
#include "link/standard.h"

static const char *const takes[LINK_TAKES] = {
    "", " sound", " start", " end", " last word", " year", " month and day", " before the @",
    " in either order",
    " first letter", " first 2 letters", " first 3 letters", " first 4 letters",
    " first 5 letters", " first 6 letters", " first 7 letters", " first 8 letters"};

void link_blocking_clear(struct link_blocking *b)
{
	for (size_t i = 0; i < b->parts; i++)
		free(b->part[i].of_value);
	for (size_t i = 0; i < b->passes; i++) {
		if (!b->keys)
			free(b->pass[i].key);
		vec_clear(&b->pass[i].splits);
	}
	free(b->keys);
	*b = (struct link_blocking){0};
}

void link_blocking_point(struct link_blocking *b)
{
	for (size_t p = 0; p < b->passes && b->keys; p++) {
		b->pass[p].key = b->keys + p;
		b->pass[p].stride = b->passes;
	}
}

static uint32_t mix(uint32_t hash, uint32_t more)
{
	uint64_t x = ((uint64_t)hash << 32 | more) * UINT64_C(0x9E3779B97F4A7C15);

	x ^= x >> 32;
	x *= UINT64_C(0xD6E8FEB86659FD93);
	return (uint32_t)(x >> 32) | 1; /* never 0 */
}

static uint32_t hash_text(struct view text)
{
	return (uint32_t)hash_xxh3(text) | 1;
}

static struct view take_word(struct view text)
{
	size_t at = text.len;

	while (at > 0 && text.ptr[at - 1] != ' ')
		at--;
	/* only where it differs from the whole */
	return at ? (struct view){text.ptr + at, text.len - at} : text;
}

static uint32_t hash_piece(struct view text, size_t start, size_t len)
{
	return text.len >= start + len ? hash_text((struct view){text.ptr + start, len}) : 0;
}

static uint32_t hash_date_piece(struct view text, size_t start, size_t len)
{
	/* unknown parts bring nobody together */
	return text.len == 8 && memcmp(text.ptr + start, "0000", len) != 0
	           ? hash_piece(text, start, len)
	           : 0;
}

static uint32_t take_hash(enum link_take take, enum link_kind kind, struct view text)
{
	size_t start = kind == LINK_POSTCODE ? 3 : 4;
	uint32_t sound;
	struct view local;

	switch (take) {
	case LINK_TAKE_WHOLE: return hash_text(text);
	case LINK_TAKE_SOUND: sound = link_sound(text); return sound ? mix(sound, 7) : 0;
	case LINK_TAKE_START: return hash_piece(text, 0, MIN(start, text.len));
	case LINK_TAKE_END: return hash_piece(text, text.len - MIN(text.len, (size_t)4), 4);
	case LINK_TAKE_WORD: return hash_text(take_word(text));
	case LINK_TAKE_YEAR: return hash_date_piece(text, 0, 4);
	case LINK_TAKE_MONTH_DAY: return hash_date_piece(text, 4, 4);
	case LINK_TAKE_LOCAL: return view_next(&text, '@', &local) ? hash_text(local) : 0;
	case LINK_TAKE_FIRST1:
	case LINK_TAKE_FIRST2:
	case LINK_TAKE_FIRST3:
	case LINK_TAKE_FIRST4:
	case LINK_TAKE_FIRST5:
	case LINK_TAKE_FIRST6:
	case LINK_TAKE_FIRST7:
	case LINK_TAKE_FIRST8:
		return hash_piece(
		    text, 0, MIN((size_t)take - LINK_TAKE_FIRST1 + 1, text.len));
	case LINK_TAKE_BOTH:
	case LINK_TAKES: break;
	}
	return 0;
}

void link_part_hash(const struct link_records *r, struct link_part *p, size_t first)
{
	const struct link_dictionary *d = link_values(r, p->field);

	if (p->take == LINK_TAKE_BOTH)
		return;
	p->of_value = mem_zalloc(link_dictionary_size(d), sizeof(*p->of_value));
	for (size_t i = first; i < r->count; i++) {
		uint32_t v = link_row(r, i)[p->field];

		if (v && !p->of_value[v])
			p->of_value[v] = take_hash(p->take, r->field[p->field].kind,
			    link_dictionary_text(d, v));
	}
}

static void add_part(struct link_blocking *b, size_t field, enum link_take take)
{
	const struct link_dictionary *d = link_values(b->records, field);
	size_t n = link_dictionary_size(d);
	struct link_part *p;

	if (b->parts == LINK_PARTS_MAX)
		return;
	p = &b->part[b->parts++];
	*p = (struct link_part){.field = field, .take = take};
	p->of_value = mem_zalloc(n, sizeof(*p->of_value));
	for (uint32_t v = 1; v < n; v++)
		p->of_value[v] =
		    take_hash(take, b->records->field[field].kind, link_dictionary_text(d, v));
}

static void add_parts(struct link_blocking *b, size_t field)
{
	add_part(b, field, LINK_TAKE_WHOLE);
	switch (b->records->field[field].kind) {
	case LINK_GIVEN:
	case LINK_SURNAME:
	case LINK_USED:
	case LINK_ADDRESS:
	case LINK_PLACE:
		add_part(b, field, LINK_TAKE_SOUND);
		add_part(b, field, LINK_TAKE_START);
		break;
	case LINK_FULL:
		add_part(b, field, LINK_TAKE_SOUND);
		add_part(b, field, LINK_TAKE_WORD);
		break;
	case LINK_DATE:
		add_part(b, field, LINK_TAKE_YEAR);
		add_part(b, field, LINK_TAKE_MONTH_DAY);
		break;
	case LINK_IDENTIFIER:
	case LINK_PHONE:
		add_part(b, field, LINK_TAKE_START);
		add_part(b, field, LINK_TAKE_END);
		break;
	case LINK_POSTCODE: add_part(b, field, LINK_TAKE_START); break;
	case LINK_EMAIL: add_part(b, field, LINK_TAKE_LOCAL); break;
	case LINK_IGNORE:
	case LINK_ID:
	case LINK_SEX:
	case LINK_NUMBER:
	case LINK_CATEGORY:
	case LINK_KINDS: break;
	}
}

static void add_both(struct link_blocking *b)
{
	const struct link_records *r = b->records;
	size_t given = r->fields;
	size_t surname = r->fields;

	for (size_t f = r->fields; f-- > 0;) {
		given = r->field[f].kind == LINK_GIVEN ? f : given;
		surname = r->field[f].kind == LINK_SURNAME ? f : surname;
	}
	if (given < r->fields && surname < r->fields && b->parts < LINK_PARTS_MAX)
		b->part[b->parts++] = (struct link_part){
		    .field = given, .other = surname, .take = LINK_TAKE_BOTH};
}

void link_blocking_init(struct link_blocking *b, const struct link_records *r, enum link_type type)
{
	*b = (struct link_blocking){.records = r, .type = type};
	add_both(b);
	for (size_t f = 0; f < r->fields; f++)
		if (r->known[f])
			add_parts(b, f);
}

static uint32_t part_key(const struct link_part *p, const uint32_t *row)
{
	if (p->take != LINK_TAKE_BOTH)
		return p->of_value[row[p->field]];
	if (!row[p->field] || !row[p->other])
		return 0;
	return mix(MIN(row[p->field], row[p->other]), MAX(row[p->field], row[p->other]));
}

uint32_t link_pass_key(
    const struct link_blocking *b, const struct link_pass *p, const uint32_t *row)
{
	uint32_t key = 1;

	for (size_t i = 0; i < p->parts && key; i++) {
		uint32_t part = part_key(&b->part[p->part[i]], row);

		key = part ? mix(key, part) : 0;
	}
	return key;
}

struct link_given_pass link_pass_given(const struct link_blocking *b, const struct link_pass *p)
{
	struct link_given_pass g = {.all = p->all, .parts = p->parts};

	for (size_t i = 0; i < p->parts; i++) {
		const struct link_part *part = &b->part[p->part[i]];

		g.part[i] = (struct link_given_part){part->field, part->other, part->take};
	}
	return g;
}

void link_pass_name(const struct link_blocking *b, const struct link_pass *p, struct str *out)
{
	if (p->all)
		str_addz(out, "all pairs");
	for (size_t i = 0; i < p->parts; i++) {
		const struct link_part *part = &b->part[p->part[i]];

		str_addf(out, "%s%s", i ? " + " : "", b->records->field[part->field].column);
		if (part->take == LINK_TAKE_BOTH)
			str_addf(out, " and %s", b->records->field[part->other].column);
		str_addz(out, takes[part->take]);
	}
}

uint64_t link_possible_pairs(const struct link_records *r, enum link_type type)
{
	uint64_t n = r->count;
	uint64_t left = r->left;

	if (type == LINK_LINK_ONLY)
		return left * (n - left);
	return n * (n - (n > 0)) / 2;
}
