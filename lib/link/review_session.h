/*
 * A reader and the pairs: on a terminal one key an answer, on a screen that
 * leaves nothing behind (the alternate one); elsewhere a line an answer. The
 * labels are written after each.
 */
#ifndef LINK_REVIEW_SESSION_H
#define LINK_REVIEW_SESSION_H

#include "link/review_screen.h"

struct link_session {
	struct link_review *review;
	const struct link_texts *texts;
	const char *labels; /* file to write */
	int in, out;
	bool colour; /* on a terminal */
	bool reveal; /* tell after an answer what the model said */
};

/*
 * Until the reader stops, the input ends, or (ERR_CANCELLED) a signal comes.
 * An input that is a terminal with an output that is none is ERR_USAGE: what is
 * shown are identities, not to be kept in a file.
 */
MUST_CHECK int link_session_run(const struct link_session *s, struct err *err);

#endif
