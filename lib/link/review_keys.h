/* Where a session reads and writes: a terminal, or lines. */
#ifndef LINK_REVIEW_KEYS_H
#define LINK_REVIEW_KEYS_H

#include "base/view.h"

#include <termios.h>

enum link_press {
	LINK_KEY_NONE, /* nothing yet: the window may have changed */
	LINK_KEY_OTHER,
	LINK_KEY_YES,
	LINK_KEY_NO,
	LINK_KEY_UNSURE,
	LINK_KEY_BACK,
	LINK_KEY_FORWARD,
	LINK_KEY_UP,
	LINK_KEY_DOWN,
	LINK_KEY_QUIT,
};

struct link_console {
	int in, out;
	bool terminal;         /* both are */
	struct termios before; /* restored on close */
	size_t width, height;
};

#define AUTO_LINK_CONSOLE AUTO(link_console_close)
/* A terminal: its alternate screen, keys unseen and at once, Ctrl-C is a key. */
MUST_CHECK int link_console_open(struct link_console *c, int in, int out, struct err *err);
void link_console_close(struct link_console *c);
/* Ask for the size again; whether it has changed. */
bool link_console_resize(struct link_console *c);
MUST_CHECK int link_console_write(struct link_console *c, struct view bytes, struct err *err);
/* The next key, or line's first word; the end of the input is LINK_KEY_QUIT. */
MUST_CHECK int link_console_key(struct link_console *c, enum link_press *ret, struct err *err);
/* The key a word means, in both languages. */
enum link_press link_press_of_word(struct view word);

#endif
