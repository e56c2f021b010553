#include "link/review_keys.h"

#include "base/cancel.h"
#include "io/file.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	WIDTH = 80,
	HEIGHT = 24,
	ESCAPE = 27,
	LOOK_MS = 300,  /* how often the size of the window is asked for */
	ESCAPE_MS = 50, /* in which the rest of a key's bytes has come */
	LINE_MAX_BYTES = 100,
};

/* DEC private mode 1049 (xterm): the alternate screen, cleared, cursor kept. 25: the cursor. */
#define ENTER_SCREEN "\033[?1049h\033[?25l\033[2J"
#define LEAVE_SCREEN "\033[2J\033[?25h\033[?1049l"

static const struct {
	const char *word;
	enum link_press key;
} words[] = {
    {"y", LINK_KEY_YES},
    {"yes", LINK_KEY_YES},
    {"o", LINK_KEY_YES},
    {"oui", LINK_KEY_YES},
    {"n", LINK_KEY_NO},
    {"no", LINK_KEY_NO},
    {"non", LINK_KEY_NO},
    {"?", LINK_KEY_UNSURE},
    {"b", LINK_KEY_BACK},
    {"back", LINK_KEY_BACK},
    {"r", LINK_KEY_BACK},
    {"retour", LINK_KEY_BACK},
    {"\b", LINK_KEY_BACK},
    {"\177", LINK_KEY_BACK},
    {"f", LINK_KEY_FORWARD},
    {"next", LINK_KEY_FORWARD},
    {"s", LINK_KEY_FORWARD},
    {"suivante", LINK_KEY_FORWARD},
    {"q", LINK_KEY_QUIT},
    {"quit", LINK_KEY_QUIT},
    {"stop", LINK_KEY_QUIT},
    {"\003", LINK_KEY_QUIT}, /* Ctrl-C, Ctrl-D */
    {"\004", LINK_KEY_QUIT},
};

enum link_press link_press_of_word(struct view word)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (view_eq_nocase(word, VIEW(words[i].word)))
			return words[i].key;
	return LINK_KEY_OTHER;
}

bool link_console_resize(struct link_console *c)
{
	struct winsize size = {0};
	size_t width = WIDTH;
	size_t height = HEIGHT;
	bool changed;

	if (c->terminal && ioctl(c->out, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row) {
		width = size.ws_col;
		height = size.ws_row;
	}
	changed = width != c->width || height != c->height;
	c->width = width;
	c->height = height;
	return changed;
}

int link_console_write(struct link_console *c, struct view bytes, struct err *err)
{
	while (bytes.len) {
		ssize_t n = write(c->out, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_write_error("standard output", errno, err);
		bytes.ptr += n;
		bytes.len -= (size_t)n;
	}
	return 0;
}

int link_console_open(struct link_console *c, int in, int out, struct err *err)
{
	struct termios raw;

	*c = (struct link_console){.in = in, .out = out};
	if (isatty(in) && !isatty(out)) {
		(void)err_set(err, ERR_USAGE, "standard output is no terminal");
		return err_hint(err, "what is shown are identities: read them on a terminal");
	}
	if (isatty(in) && tcgetattr(in, &c->before) == 0) {
		raw = c->before;
		raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
		raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
		raw.c_cc[VMIN] = 1;
		raw.c_cc[VTIME] = 0;
		if (tcsetattr(in, TCSAFLUSH, &raw) < 0)
			return err_set(err, ERR_IO, "terminal: %s", strerror(errno));
		c->terminal = true;
	}
	(void)link_console_resize(c);
	return c->terminal ? link_console_write(c, VIEW_LIT(ENTER_SCREEN), err) : 0;
}

void link_console_close(struct link_console *c)
{
	struct err ignored = {0};

	if (!c->terminal)
		return;
	/* the terminal may be gone: nothing is left to be restored then */
	(void)!link_console_write(c, VIEW_LIT(LEAVE_SCREEN), &ignored);
	tcsetattr(c->in, TCSAFLUSH, &c->before);
	c->terminal = false;
}

/* 1: there is something to read, or the end; 0: nothing yet. */
static int wait_input(const struct link_console *c, int ms, struct err *err)
{
	struct pollfd p = {.fd = c->in, .events = POLLIN};
	int n = poll(&p, 1, ms);

	if (cancel_check(err) < 0)
		return -1;
	if (n < 0 && errno != EINTR)
		return err_set(err, ERR_IO, "standard input: %s", strerror(errno));
	return n > 0;
}

/* A byte: 1, at the end 0. */
static int read_byte(const struct link_console *c, char *ret, struct err *err)
{
	ssize_t n;

	do {
		n = read(c->in, ret, 1);
		if (cancel_check(err) < 0)
			return -1;
	} while (n < 0 && errno == EINTR);
	/* EIO: the terminal has hung up */
	if (n < 0 && errno != EIO)
		return err_set(err, ERR_IO, "standard input: %s", strerror(errno));
	return n > 0;
}

/* The last byte of what follows an escape: ECMA-48 5.4 has them in 0x40 to 0x7E. */
static int read_escape(const struct link_console *c, enum link_press *ret, struct err *err)
{
	char byte = 0;
	bool introduced = false;
	int rc;

	*ret = LINK_KEY_OTHER;
	while ((rc = wait_input(c, ESCAPE_MS, err)) > 0 && (rc = read_byte(c, &byte, err)) > 0) {
		if (!introduced && (byte == '[' || byte == 'O')) {
			introduced = true;
			continue;
		}
		if (byte < 0x40)
			continue;
		if (introduced)
			*ret = byte == 'A'   ? LINK_KEY_UP
			       : byte == 'B' ? LINK_KEY_DOWN
			       : byte == 'C' ? LINK_KEY_FORWARD
			       : byte == 'D' ? LINK_KEY_BACK
			                     : LINK_KEY_OTHER;
		return 0;
	}
	return rc < 0 ? -1 : 0;
}

static int read_key(const struct link_console *c, enum link_press *ret, struct err *err)
{
	char byte;
	int rc = wait_input(c, LOOK_MS, err);

	*ret = LINK_KEY_NONE;
	if (rc <= 0)
		return rc;
	rc = read_byte(c, &byte, err);
	if (rc > 0 && byte == ESCAPE)
		return read_escape(c, ret, err);
	*ret = rc > 0 ? link_press_of_word((struct view){&byte, 1}) : LINK_KEY_QUIT;
	return rc < 0 ? -1 : 0;
}

static int read_line(const struct link_console *c, enum link_press *ret, struct err *err)
{
	char line[LINE_MAX_BYTES];
	size_t len = 0;
	char byte = 0;
	int rc;

	while ((rc = read_byte(c, &byte, err)) > 0 && byte != '\n')
		if (len < sizeof(line))
			line[len++] = byte;
	if (rc < 0)
		return -1;
	*ret = rc == 0 && len == 0 ? LINK_KEY_QUIT
	                           : link_press_of_word(view_trim((struct view){line, len}));
	return 0;
}

int link_console_key(struct link_console *c, enum link_press *ret, struct err *err)
{
	return c->terminal ? read_key(c, ret, err) : read_line(c, ret, err);
}
