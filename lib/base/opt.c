#include "base/opt.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static void *field(const struct opt *o, void *args)
{
	return (char *)args + o->offset;
}

static bool is_option(const struct opt *o)
{
	return o->name != NULL;
}

static int bad_value(const struct opt *o, const char *text, const char *wanted, struct err *err)
{
	const char *dashes = o->name ? "--" : "";
	const char *name = o->name ? o->name : o->value;

	return err_set(err, ERR_USAGE, "%s%s: '%s' is not %s", dashes, name, text, wanted);
}

static int set_int(const struct opt *o, const char *text, int64_t *ret, struct err *err)
{
	int64_t n;

	if (!view_to_i64(VIEW(text), &n))
		return bad_value(o, text, "a whole number", err);
	if (n < o->min || (o->max && n > o->max)) {
		char wanted[80];

		if (o->max)
			snprintf(wanted, sizeof(wanted), "in %lld..%lld", (long long)o->min,
			    (long long)o->max);
		else
			snprintf(wanted, sizeof(wanted), "at least %lld", (long long)o->min);
		return bad_value(o, text, wanted, err);
	}
	*ret = n;
	return 0;
}

static int set_size(const struct opt *o, const char *text, uint64_t *ret, struct err *err)
{
	static const char units[] = "KMGT";
	struct view v = VIEW(text);
	const char *unit;
	int shift = 0;
	int64_t n;

	if (v.len && (v.ptr[v.len - 1] == 'B' || v.ptr[v.len - 1] == 'b'))
		v.len--;
	unit = v.len ? strchr(units, v.ptr[v.len - 1] & ~0x20) : NULL;
	if (unit && *unit) {
		shift = 10 * (int)(unit - units + 1);
		v.len--;
	}
	if (!view_to_i64(v, &n) || n <= 0 || n > INT64_MAX >> shift)
		return bad_value(o, text, "a size such as 512M or 4G", err);
	*ret = (uint64_t)n << shift;
	return 0;
}

static int set_choice(const struct opt *o, const char *text, int *ret, struct err *err)
{
	struct view rest = VIEW(o->value);
	struct view word;

	for (int i = 0; view_next(&rest, '|', &word); i++) {
		if (view_eq(word, VIEW(text))) {
			*ret = i;
			return 0;
		}
	}
	return err_set(err, ERR_USAGE, "--%s: '%s' is not one of %s", o->name, text, o->value);
}

/* Known before the work begins, not after it. */
static int set_output(const char *text, const char **ret, struct err *err)
{
	const char *slash = strrchr(text, '/');
	AUTO_FREE char *folder = slash ? str_format("%.*s", (int)(slash - text) + 1, text)
	                               : str_format(".");

	if (access(folder, W_OK | X_OK) != 0)
		return err_set(err, ERR_OUTPUT, "%s: cannot write: %s", text, strerror(errno));
	*ret = text;
	return 0;
}

static int set_value(const struct opt *o, const char *text, void *args, struct err *err)
{
	void *at = field(o, args);

	switch (o->kind) {
	case OPT_TEXT: *(const char **)at = text; return 0;
	case OPT_OUTPUT: return set_output(text, at, err);
	case OPT_LIST: *vec_push(&((struct opt_list *)at)->items) = text; return 0;
	case OPT_INT: return set_int(o, text, at, err);
	case OPT_SIZE: return set_size(o, text, at, err);
	case OPT_CHOICE: return set_choice(o, text, at, err);
	case OPT_DATE:
		if (!date_parse(VIEW(text), at))
			return bad_value(o, text, "a date such as 2018-01-31", err);
		return 0;
	case OPT_FLAG:
	case OPT_NONE: break;
	}
	return err_set(err, ERR_INTERNAL, "option table: --%s takes no value", o->name);
}

static const struct opt *find_named(const struct opt *table, struct view name)
{
	for (const struct opt *o = table; o->kind; o++)
		if (is_option(o) && view_eq(VIEW(o->name), name))
			return o;
	return NULL;
}

static const struct opt *find_positional(const struct opt *table, size_t index)
{
	for (const struct opt *o = table; o->kind; o++) {
		if (is_option(o))
			continue;
		if (index == 0 || o->kind == OPT_LIST)
			return o;
		index--;
	}
	return NULL;
}

static int unknown_option(const struct opt *table, const char *typed, struct err *err)
{
	VEC(const char *)
	words = {0};
	const char *near;

	for (const struct opt *o = table; o->kind; o++)
		if (is_option(o))
			*vec_push(&words) = o->name;
	*vec_push(&words) = "help";
	*vec_push(&words) = NULL;
	near = opt_nearest(typed, words.ptr);
	vec_clear(&words);
	(void)err_set(err, ERR_USAGE, "unknown option '--%s'", typed);
	if (near)
		return err_hint(err, "did you mean '--%s'?", near);
	return -1;
}

static bool is_yes_no(const struct opt *o)
{
	return o->kind == OPT_CHOICE && strcmp(o->value, "yes|no") == 0;
}

static bool says_yes_no(int argc, char **argv, int i)
{
	return i < argc && (strcmp(argv[i], "yes") == 0 || strcmp(argv[i], "no") == 0);
}

/* One "--name", "--name=value" or "--name value"; *i moves over a value. */
static int parse_named(const struct opt *table, int argc, char **argv, int *i, void *args,
    struct err *err)
{
	struct view rest = VIEW(argv[*i] + 2);
	struct view name = VIEW_NONE;
	const struct opt *o;
	const char *value;

	(void)view_next(&rest, '=', &name); /* never empty-handed: argv has a text */
	value = rest.ptr;
	o = find_named(table, name);
	if (!o) {
		AUTO_STR struct str typed = {0};

		str_add(&typed, name);
		return unknown_option(table, str_get(&typed), err);
	}
	if (o->kind == OPT_FLAG) {
		if (value)
			return err_set(err, ERR_USAGE, "--%s takes no value", o->name);
		*(bool *)field(o, args) = true;
		return 0;
	}
	if (!value && is_yes_no(o) && !says_yes_no(argc, argv, *i + 1))
		value = "yes";
	if (!value && *i + 1 < argc)
		value = argv[++*i];
	if (!value)
		return err_set(err, ERR_USAGE, "--%s needs a value: %s", o->name, o->value);
	return set_value(o, value, args, err);
}

static int check_required(const struct opt *table, const bool *seen, size_t positionals,
    struct err *err)
{
	size_t position = 0;

	for (const struct opt *o = table; o->kind; o++) {
		if (is_option(o) && o->required && !seen[o - table])
			return err_set(err, ERR_USAGE, "--%s %s is missing", o->name, o->value);
		if (is_option(o))
			continue;
		if (o->required && position >= positionals)
			return err_set(err, ERR_USAGE, "%s is missing", o->value);
		position++;
	}
	return 0;
}

static size_t table_len(const struct opt *table)
{
	size_t n = 0;

	while (table[n].kind)
		n++;
	return n;
}

static int parse_all(const struct opt *table, int argc, char **argv, void *args, bool *seen,
    struct err *err)
{
	size_t positionals = 0;
	bool only_positionals = false;

	for (int i = 0; i < argc; i++) {
		const struct opt *o;

		if (!only_positionals && strcmp(argv[i], "--") == 0) {
			only_positionals = true;
			continue;
		}
		if (!only_positionals && strncmp(argv[i], "--", 2) == 0) {
			size_t name_len = strcspn(argv[i] + 2, "=");

			o = find_named(table, (struct view){argv[i] + 2, name_len});
			if (parse_named(table, argc, argv, &i, args, err) < 0)
				return -1;
			seen[o - table] = true;
			continue;
		}
		o = find_positional(table, positionals);
		if (!o)
			return err_set(err, ERR_USAGE, "unexpected argument '%s'", argv[i]);
		if (set_value(o, argv[i], args, err) < 0)
			return -1;
		positionals++;
	}
	return check_required(table, seen, positionals, err);
}

int opt_parse(const struct opt *table, int argc, char **argv, void *args, struct err *err)
{
	bool *seen = mem_zalloc(table_len(table), sizeof(*seen));
	int rc = parse_all(table, argc, argv, args, seen, err);

	free(seen);
	return rc;
}

void opt_clear(const struct opt *table, void *args)
{
	for (const struct opt *o = table; o->kind; o++)
		if (o->kind == OPT_LIST)
			vec_clear(&((struct opt_list *)field(o, args))->items);
}
