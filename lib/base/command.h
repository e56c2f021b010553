/*
 * A command of hygie: its table of options and its run function. Commands
 * register by existing: cmd/snds_synth.c defines cmd_snds_synth, the build
 * makes the list.
 */
#ifndef BASE_COMMAND_H
#define BASE_COMMAND_H

#include "base/opt.h"

struct command {
	const char *name;    /* "snds synth" */
	const char *summary; /* one line, no full stop */
	const char *about;   /* paragraphs for --help, may be NULL */
	const struct opt *opts;
	size_t args_size;
	const void *defaults; /* args_size bytes, or NULL for zeros */
	/* 0 done, 1 done with findings, -1 failed with err set. */
	int (*run)(void *args, struct err *err);
};

/* Made by the build, sorted by name, NULL-terminated. */
extern const struct command *const command_all[];

/* Parse argv, run, report; returns the process exit status. */
int command_main(const struct command *const *all, int argc, char **argv);
/* What `hygie NAME --help` prints. */
void command_help(const struct command *c, struct str *out);
/* What `hygie` alone prints. */
void command_overview(const struct command *const *all, struct str *out);

#endif
