#include "base/command.h"

#include "base/log.h"
#include "base/version.h"

#include <errno.h>
#include <stdio.h>

/* How many words of argv make the command's name; 0: another command. */
static int match_words(const char *name, int argc, char **argv)
{
	struct view rest = VIEW(name);
	struct view word;
	int n = 0;

	while (view_next(&rest, ' ', &word)) {
		if (n >= argc || !view_eq(word, VIEW(argv[n])))
			return 0;
		n++;
	}
	return n;
}

static const struct command *find(const struct command *const *all, int argc, char **argv,
    int *ret_words)
{
	const struct command *best = NULL;

	*ret_words = 0;
	for (; *all; all++) {
		int n = match_words((*all)->name, argc, argv);

		if (n > *ret_words) {
			*ret_words = n;
			best = *all;
		}
	}
	return best;
}

static bool in_group(const struct command *c, struct view group)
{
	struct view name = VIEW(c->name);

	return view_starts(name, group) && name.len > group.len && name.ptr[group.len] == ' ';
}

static int longest_name(const struct command *const *all)
{
	size_t longest = 0;

	for (; *all; all++)
		longest = MAX(longest, strlen((*all)->name));
	return (int)longest;
}

/* The commands whose name begins with `group` ("" for all); how many. */
static int add_list(const struct command *const *all, struct view group, struct str *out)
{
	int width = longest_name(all);
	int n = 0;

	for (; *all; all++) {
		if (group.len && !in_group(*all, group))
			continue;
		str_addf(out, "  hygie %-*s  %s\n", width, (*all)->name, (*all)->summary);
		n++;
	}
	return n;
}

void command_overview(const struct command *const *all, struct str *out)
{
	str_addz(out, "hygie: an open health data hub, from request to published result\n\n");
	add_list(all, VIEW_LIT(""), out);
	str_addz(out, "\n'hygie help COMMAND' explains one. "
		      "'hygie --version' prints the version.\n");
}

void command_help(const struct command *c, struct str *out)
{
	str_addf(out, "hygie %s: %s\n\nusage: hygie %s", c->name, c->summary, c->name);
	opt_synopsis(c->opts, out);
	str_addc(out, '\n');
	if (c->about)
		str_addf(out, "\n%s\n", c->about);
	if (c->opts->kind)
		str_addc(out, '\n');
	opt_help(c->opts, c->defaults, out);
}

static int fail(const struct err *err)
{
	log_error(err);
	return err_exit_status(err->code);
}

static int unknown(const struct command *const *all, int argc, char **argv)
{
	AUTO_STR struct str typed = {0};
	VEC(const char *)
	names = {0};
	struct err err = {0};
	const char *near;

	str_addz(&typed, argv[0]);
	if (argc > 1 && argv[1][0] != '-')
		str_addf(&typed, " %s", argv[1]);
	for (const struct command *const *c = all; *c; c++)
		*vec_push(&names) = (*c)->name;
	*vec_push(&names) = "help";
	*vec_push(&names) = "--help";
	*vec_push(&names) = "--version";
	*vec_push(&names) = NULL;
	near = opt_nearest(str_get(&typed), names.ptr);
	if (!near)
		near = opt_nearest(argv[0], names.ptr);
	vec_clear(&names);
	err_set_(&err, ERR_USAGE, "unknown command '%s'", str_get(&typed));
	if (near)
		err_hint_(&err, "did you mean 'hygie %s'?", near);
	else
		err_hint_(&err, "'hygie help' lists the commands");
	return fail(&err);
}

/* -1 unless stdout took everything: a full disk is an error, a reader who left ends quietly. */
static int flush_output(struct err *err)
{
	/* what failed on the way is not flushed again: only ferror remembers it */
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	if (errno == EPIPE)
		return err_set(err, ERR_CLOSED, "standard output: closed by its reader");
	return err_set(err, ERR_OUTPUT, "cannot write to standard output");
}

static int put(const struct str *text)
{
	struct err err = {0};

	errno = 0;
	fputs(str_get(text), stdout);
	return flush_output(&err) < 0 ? fail(&err) : 0;
}

static bool wants_help(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

static int run(const struct command *c, int argc, char **argv)
{
	struct err err = {0};
	void *args = mem_zalloc(1, c->args_size);
	int status;

	if (c->defaults)
		memcpy(args, c->defaults, c->args_size);
	status = opt_parse(c->opts, argc, argv, args, &err);
	if (status < 0 && !err.hint[0])
		err_hint_(&err, "'hygie help %s' lists the options", c->name);
	if (status == 0)
		status = c->run(args, &err);
	if (status >= 0 && flush_output(&err) < 0)
		status = -1;
	if (status < 0)
		status = fail(&err);
	opt_clear(c->opts, args);
	free(args);
	return status;
}

/* "help", "help X", "X --help", a group's name alone. -1: not about help. */
static int try_help(const struct command *const *all, int argc, char **argv)
{
	AUTO_STR struct str text = {0};
	const struct command *c;
	bool asked = strcmp(argv[0], "help") == 0;
	int words;

	if (asked || strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0) {
		argc--;
		argv++;
		if (argc == 0) {
			command_overview(all, &text);
			return put(&text);
		}
	}
	c = find(all, argc, argv, &words);
	if (c && (asked || wants_help(argc - words, argv + words))) {
		command_help(c, &text);
		return put(&text);
	}
	if (!c && add_list(all, VIEW(argv[0]), &text) > 0 &&
	    (argc == 1 || wants_help(argc - 1, argv + 1)))
		return put(&text);
	if (asked)
		return unknown(all, argc, argv);
	return -1;
}

int command_main(const struct command *const *all, int argc, char **argv)
{
	AUTO_STR struct str text = {0};
	const struct command *c;
	int status;
	int words;

	argc--;
	argv++;
	if (argc == 0) {
		command_overview(all, &text);
		return put(&text);
	}
	if (strcmp(argv[0], "--version") == 0) {
		str_addf(&text, "hygie %s\n", hygie_version());
		return put(&text);
	}
	status = try_help(all, argc, argv);
	if (status >= 0)
		return status;
	c = find(all, argc, argv, &words);
	return c ? run(c, argc - words, argv + words) : unknown(all, argc, argv);
}
