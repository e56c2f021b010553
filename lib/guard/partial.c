#include "guard/partial.h"

#include "guard/partial_record.h"
#include "guard/profile.h"

#include "base/hash.h"
#include "base/secret.h"
#include "base/version.h"

#include <assert.h>
#include <math.h>

static const char magic[] = "hygie-partial\n";

enum {
	FORMAT = 4,
	SEAL = 8, /* bytes of the hash at the end */
	VERSION_MAX = 64,
};

void guard_partial_clear(struct guard_partial *p)
{
	guard_csv_clear(&p->csv);
	for (size_t i = 0; i < ARRAY_LEN(p->tallies); i++)
		guard_tally_clear(&p->tallies[i]);
	for (size_t i = 0; i < ARRAY_LEN(p->pairs); i++)
		guard_tally_clear(&p->pairs[i]);
	*p = (struct guard_partial){0};
}

/* Shape, length, and whether a number ends in 0 or 5: what evidence.h and checks ask for. */
static void mask(struct guard_value_text *t)
{
	for (size_t i = 0; i < t->len; i++) {
		unsigned char byte = (unsigned char)t->text[i];
		bool is_round = (byte == '0' || byte == '5') && i + 1 == t->len;

		if (byte >= '0' && byte <= '9')
			t->text[i] = is_round ? '5' : '3';
		else if (byte >= 'A' && byte <= 'Z')
			t->text[i] = 'A';
		else if ((byte >= 'a' && byte <= 'z') || byte >= 128)
			t->text[i] = 'a';
		else if (byte < ' ' || byte == 127)
			t->text[i] = '?';
	}
	t->is_masked = true;
}

/* The numbers that stand for nothing: no person's. */
struct sentinels {
	double numbers[64];
	size_t count;
};

static void load_sentinels(struct sentinels *s)
{
	char text[16];

	s->count = 0;
	for (size_t i = 0; guard_sentinel_at(i, text) && s->count < ARRAY_LEN(s->numbers); i++)
		s->count += view_to_double(VIEW(text), &s->numbers[s->count]);
}

static bool is_sentinel(const struct sentinels *s, struct view text)
{
	double x;

	if (!view_to_double(text, &x))
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (fabs(x - s->numbers[i]) < 1e-9)
			return true;
	return false;
}

static void mask_values(struct guard_column *c, const struct guard_telling *telling,
    const struct sentinels *sentinels, const struct guard_knowledge *k)
{
	bool tells = guard_tells_values(telling, c);

	for (size_t i = 0; i < c->values.slot_count; i++) {
		const struct guard_value *v = &c->values.slots[i];
		struct view text;

		if (!v->hash)
			continue;
		text = guard_distinct_text(&c->values, v);
		c->values.texts[i].is_first_name = guard_is_first_name(k, text);
		if ((!tells || v->count < telling->rows_min) && !is_sentinel(sentinels, text))
			mask(&c->values.texts[i]);
	}
}

/* To 1 %, on the same side of the numbers that evidence.h compares with. */
static double blur(double x)
{
	static const double bounds[] = {0, 130, 1850, 2100, 185000, 210000};
	struct guard_quantiles one = {0};
	double from = -HUGE_VAL, to = HUGE_VAL, y;

	guard_quantiles_add(&one, x);
	one.min = -HUGE_VAL;
	one.max = HUGE_VAL;
	y = guard_quantiles_at(&one, 0.5);
	guard_quantiles_clear(&one);
	for (size_t i = 0; i < ARRAY_LEN(bounds); i++) {
		from = x >= bounds[i] ? bounds[i] : from;
		to = x <= bounds[i] && bounds[i] < to ? bounds[i] : to;
	}
	return fmin(fmax(y, from), to);
}

/* The year, but for days that stand for nothing. */
static void blur_days(struct guard_column *c)
{
	char sentinel[16];
	date_t day;
	bool first = false, last = false;

	if (c->day_min == DATE_NONE)
		return;
	for (size_t i = 0; guard_sentinel_at(i, sentinel); i++) {
		bool is_day = date_parse(VIEW(sentinel), &day);

		first = first || (is_day && day == c->day_min);
		last = last || (is_day && day == c->day_max);
	}
	if (!first)
		c->day_min = date_from_civil(date_to_civil(c->day_min).year, 1, 1);
	if (!last)
		c->day_max = date_from_civil(date_to_civil(c->day_max).year, 12, 31);
}

static void strip(struct guard_partial *p, const struct guard_findings *f,
    const struct guard_knowledge *k)
{
	struct guard_told told = guard_told_from(&p->csv, f);
	struct sentinels sentinels;

	load_sentinels(&sentinels);
	for (size_t i = 0; i < p->csv.dialect.names.len; i++) {
		struct guard_column *c = &p->csv.columns[i];
		struct guard_telling telling = guard_telling_of(&f->columns.ptr[i], told);

		mask_values(c, &telling, &sentinels, k);
		blur_days(c);
		if (telling.is_open || !c->numbers.count)
			continue;
		c->numbers.min = blur(c->numbers.min);
		c->numbers.max = blur(c->numbers.max);
	}
}

static const struct view bound = VIEW_LIT("hygie-partial");

static void write_sealed(struct guard_partial *p, const unsigned char *key, struct str *out)
{
	AUTO_SECRET_STR struct str record = {0};
	struct guard_codec c = {.out = &record};

	guard_record_walk(&c, p);
	secret_seal_same(out, key, bound, str_view(&record));
}

void guard_partial_format(struct guard_partial *p, const struct guard_findings *f,
    const struct guard_knowledge *k, const unsigned char *key, struct str *out)
{
	struct guard_codec c = {.out = out};
	struct view version = VIEW(hygie_version());
	uint64_t format = FORMAT, seal;
	bool is_sealed = key != NULL;

	assert(is_sealed || p->diversity.count == 0);
	strip(p, f, k);
	str_add(out, (struct view){magic, sizeof(magic) - 1});
	guard_codec_number(&c, &format, FORMAT);
	guard_codec_bytes(&c, &version, VERSION_MAX);
	guard_codec_flag(&c, &is_sealed);
	if (is_sealed)
		write_sealed(p, key, out);
	else
		guard_record_walk(&c, p);
	seal = hash_xxh3(str_view(out));
	str_add(out, (struct view){(const char *)&seal, SEAL});
}

static int check_seal(struct view bytes, const char *path, struct err *err)
{
	uint64_t seal;

	if (!view_starts(bytes, (struct view){magic, sizeof(magic) - 1}))
		return err_set(err, ERR_FORMAT, "%s: is no partial of hygie", path);
	if (bytes.len < sizeof(magic) - 1 + SEAL)
		return err_set(err, ERR_FORMAT, "%s: ends early", path);
	memcpy(&seal, bytes.ptr + bytes.len - SEAL, SEAL);
	if (seal != hash_xxh3((struct view){bytes.ptr, bytes.len - SEAL}))
		return err_set(err, ERR_FORMAT, "%s: is damaged or ends early", path);
	return 0;
}

static int open_sealed(struct str *ret, struct view box, const char *path,
    const unsigned char *key, struct err *err)
{
	if (!key) {
		(void)err_set(err, ERR_USAGE, "%s: is sealed", path);
		return err_hint(err, "give the key file of the scan: --key");
	}
	if (secret_unseal(ret, key, bound, box, err) < 0)
		return err_set(err, ERR_USAGE, "%s: is not sealed with this key", path);
	return 0;
}

int guard_partial_parse(struct guard_partial *ret, struct view bytes, const char *path,
    const unsigned char *key, struct err *err)
{
	AUTO_SECRET_STR struct str opened = {0};
	bool is_sealed = false;
	struct guard_codec c = {0};
	struct view version = VIEW_NONE;
	uint64_t format = 0;

	if (check_seal(bytes, path, err) < 0)
		return -1;
	c.in = (struct view){bytes.ptr + sizeof(magic) - 1,
	    bytes.len - (sizeof(magic) - 1) - SEAL};
	guard_codec_number(&c, &format, UINT64_MAX);
	guard_codec_bytes(&c, &version, VERSION_MAX);
	if (c.bad || format != FORMAT || !view_eq(version, VIEW(hygie_version()))) {
		(void)err_set(err, ERR_FORMAT, "%s: is of another version of hygie", path);
		return err_hint(err, "scan the part again with this one");
	}
	*ret = (struct guard_partial){0};
	guard_codec_flag(&c, &is_sealed);
	if (is_sealed) {
		if (open_sealed(&opened, c.in, path, key, err) < 0)
			return -1;
		c.in = str_view(&opened);
	}
	guard_record_walk(&c, ret);
	guard_codec_check(&c, is_sealed || ret->diversity.count == 0);
	if (!c.bad && !c.in.len)
		return 0;
	guard_partial_clear(ret);
	return err_set(err, ERR_FORMAT, "%s: holds what no scan writes", path);
}
