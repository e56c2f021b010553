#include "base/command.h"
#include "base/embed.h"
#include "io/file.h"

#include <errno.h>
#include <stdio.h>

/* What stands behind an option: "words:table csv", "folder", "file", "text"; NULL: nothing. */
static const char *value_kind(const struct opt *o)
{
	switch (o->kind) {
	case OPT_CHOICE: return "words:";
	case OPT_TEXT:
	case OPT_OUTPUT:
	case OPT_LIST: return view_eq(VIEW(o->value), VIEW_LIT("DIR")) ? "folder" : "file";
	case OPT_INT:
	case OPT_SIZE:
	case OPT_DATE: return "text";
	case OPT_FLAG:
	case OPT_NONE: break;
	}
	return NULL;
}

static void add_commands(struct str *out)
{
	str_addz(out, "_hygie_commands() {\n\tprintf '%s\\n'");
	for (const struct command *const *c = command_all; *c; c++)
		str_addf(out, " '%s'", (*c)->name);
	str_addz(out, "\n}\n\n");
}

static void add_options(struct str *out)
{
	str_addz(out, "_hygie_options() {\n\tcase $1 in\n");
	for (const struct command *const *c = command_all; *c; c++) {
		str_addf(out, "\t'%s') echo '", (*c)->name);
		for (const struct opt *o = (*c)->opts; o->kind; o++)
			if (o->name)
				str_addf(out, "--%s ", o->name);
		str_addz(out, "' ;;\n");
	}
	str_addz(out, "\tesac\n}\n\n");
}

static void add_words(const char *choices, struct str *out)
{
	struct view rest = VIEW(choices);
	struct view word;

	while (view_next(&rest, '|', &word)) {
		str_add(out, word);
		str_addc(out, ' ');
	}
}

static void add_values(struct str *out)
{
	str_addz(out, "_hygie_value() {\n\tcase \"$1 $2\" in\n");
	for (const struct command *const *c = command_all; *c; c++) {
		for (const struct opt *o = (*c)->opts; o->kind; o++) {
			const char *kind = value_kind(o);

			if (!o->name || !kind)
				continue;
			str_addf(out, "\t'%s --%s') echo '%s", (*c)->name, o->name, kind);
			if (o->kind == OPT_CHOICE)
				add_words(o->value, out);
			str_addz(out, "' ;;\n");
		}
	}
	str_addz(out, "\tesac\n}\n\n");
}

static int run(void *args, struct err *err)
{
	AUTO_STR struct str out = {0};

	(void)args;
	add_commands(&out);
	add_options(&out);
	add_values(&out);
	str_add(&out, embed_find("base/data/completion.bash"));
	if (fwrite(out.buf, 1, out.len, stdout) != out.len)
		return file_write_error("standard output", errno, err);
	return 0;
}

static const struct opt opts[] = {{0}};

const struct command cmd_completion_bash = {
    .name = "completion bash",
    .summary = "print the completion of hygie's commands and options for bash",
    .about = "Put it where bash finds it, or into the running shell:\n\n"
	     "  source <(hygie completion bash)\n\n"
	     "'make install' does the former.",
    .opts = opts,
    .args_size = 1,
    .run = run,
};
