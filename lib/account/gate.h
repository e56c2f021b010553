/*
 * How many passwords are hashed at a time: each takes 64 MiB and some
 * hundredths of a second, and whoever waits for it holds a thread of the
 * server. So few run, few wait, and the next ones are told to come again.
 */
#ifndef ACCOUNT_GATE_H
#define ACCOUNT_GATE_H

#include "base/base.h"

enum {
	PASSWORD_AT_ONCE = 4, /* or as many as CPUs, when that is less: 256 MiB at most */
	PASSWORD_INSIDE = 6,  /* running and waiting: of the server's eight threads */
};

struct password_gate;

/* `width` at a time; 0: as above. */
struct password_gate *password_gate_new(int width);
void password_gate_free(struct password_gate **g);
/* Waits for its turn. ERR_IO: too many wait. */
MUST_CHECK int password_gate_enter(struct password_gate *g, struct err *err);
void password_gate_leave(struct password_gate *g);

/* For tests: how many wait now, and how many went through. */
int password_gate_waiting(struct password_gate *g);
int64_t password_gate_served(struct password_gate *g);

#endif
